//! Builders for the tests that cross crates.
