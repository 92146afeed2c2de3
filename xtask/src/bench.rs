//! The measurements behind `docs/performance.md`.

use crate::setup::{self, Install, Job};
use crate::step::{self, Failure, cargo};

/// Measures everything on this computer, in one run, and prints the table.
pub(crate) fn run(install: Install) -> Result<(), Failure> {
    setup::packages(&[Job::Core, Job::Bench], install)?;
    step::run("Measuring", &mut cargo(&["run", "--package", "luwte-bench"]))
}
