//! The part of the campaign that every run of the tests makes.

use std::process::Command;

#[test]
fn three_hundred_kills_while_saving_lose_nothing_that_was_called_saved() {
    let told = Command::new(env!("CARGO_BIN_EXE_luwte-campaign"))
        .args(["run", "L1", "--count", "300"])
        .output()
        .expect("the campaign was built with this test");
    let said = String::from_utf8_lossy(&told.stdout);
    // 3: nothing lost, in fewer kills than the figure asks.
    assert_eq!(told.status.code(), Some(3), "{said}");
    assert!(said.contains("300 kills"), "{said}");
}
