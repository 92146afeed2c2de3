//! Locking after a while without work does not depend on the page: one that hangs, or that
//! something holds up, says no more that somebody is there.

use crate::door::Door;
use crate::leaving;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _};

/// The page, which warns first, is a little earlier: it says at most every ten seconds
/// that somebody is there (`ui/src/app/idle.svelte.ts`).
const LATER: Duration = Duration::from_secs(15);
/// How often is looked.
const LOOK: Duration = Duration::from_secs(5);

/// Minutes, as long as the settings could not be asked.
const USUAL: u32 = 10;

/// When somebody was there for the last time.
pub(crate) struct Presence(Mutex<Instant>);

impl Default for Presence {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Presence {
    /// Somebody is there.
    pub(crate) fn seen(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn away(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// Looks as long as the program runs.
pub(crate) fn watch(handle: &AppHandle) {
    let handle = handle.clone();
    std::thread::spawn(move || {
        let (door, presence) = (handle.state::<Door>(), handle.state::<Presence>());
        let mut minutes = USUAL;
        loop {
            std::thread::sleep(LOOK);
            // While a command is at work the setting is as it was.
            minutes = door.lock_minutes().unwrap_or(minutes);
            if !door.is_open() {
                // The time begins with the unlock.
                presence.seen();
            } else if presence.away() > Duration::from_secs(60 * u64::from(minutes)) + LATER {
                leaving::begin(&handle);
            }
        }
    });
}
