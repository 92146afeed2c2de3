//! The window's TypeScript is made from the table of commands, and is fresh.
#![expect(clippy::disallowed_methods, reason = "tests look at files themselves")]

use std::path::Path;

#[test]
fn the_bindings_of_the_window_are_those_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/bindings.gen.ts");
    let written = std::fs::read_to_string(path).expect("the bindings are committed");
    assert!(written == api::typescript::bindings(), "the bindings are stale: run `cargo xtask codegen`");
}
