//! The app without a window: one door, one table of commands.
