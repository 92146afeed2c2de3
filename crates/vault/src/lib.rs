//! The only crate that touches age, SQLite and the disk.
