//! The measurements behind `docs/performance.md`.

use crate::setup::{self, Install, Job};
use crate::step::{self, Failure, cargo};

/// Measures everything on this computer, in one run, and prints the table.
pub(crate) fn run(install: Install) -> Result<(), Failure> {
    setup::packages(&[Job::Core, Job::Bench], install)?;
    let mut measure = cargo(&["run", "--package", "luwte-bench"]);
    // The libraries are built once for everything; only our own crates are optimised anew.
    measure.env("CARGO_PROFILE_DEV_OPT_LEVEL", "2");
    step::run("Measuring", &mut measure)
}
