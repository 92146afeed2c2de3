//! Prints the window's TypeScript bindings; `cargo xtask codegen` puts them in place.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().lock().write_all(api::typescript::bindings().as_bytes())
}
