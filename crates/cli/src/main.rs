//! The same door without a window.
fn main() {}
