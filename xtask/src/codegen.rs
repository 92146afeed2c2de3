//! `ui/src/api/bindings.gen.ts`: the TypeScript side of the table of commands.

use crate::step::{Failure, cargo, printed, root, say};
use std::fs;
use std::path::PathBuf;

fn file() -> PathBuf {
    root().join("ui/src/api/bindings.gen.ts")
}

fn fresh() -> Result<String, Failure> {
    let mut command = cargo(&["run", "--quiet", "--package", "api", "--example", "codegen"]);
    printed("Reading the types from the table of commands", &mut command)
}

/// Writes the file when it differs.
pub(crate) fn write() -> Result<(), Failure> {
    let fresh = fresh()?;
    if fs::read_to_string(file()).is_ok_and(|known| same(&known, &fresh)) {
        say("ui/src/api/bindings.gen.ts was up to date.");
        return Ok(());
    }
    fs::write(file(), fresh).map_err(|e| Failure::wrong(format!("Cannot write {}: {e}.", file().display())))?;
    say("ui/src/api/bindings.gen.ts is new.");
    Ok(())
}

/// Stops when the file differs.
pub(crate) fn check() -> Result<(), Failure> {
    let fresh = fresh()?;
    if fs::read_to_string(file()).is_ok_and(|known| same(&known, &fresh)) {
        return Ok(());
    }
    Err(Failure::wrong("ui/src/api/bindings.gen.ts is not what the table of commands says: run `cargo xtask codegen`."))
}

/// A checkout may have turned the line endings.
fn same(known: &str, fresh: &str) -> bool {
    known.lines().eq(fresh.lines())
}
