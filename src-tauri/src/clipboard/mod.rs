//! Words on the clipboard: marked as secret for clipboard histories, and gone after a
//! minute and at lock when they are still ours.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod system;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tauri::{AppHandle, Manager as _};

/// How long copied words stay.
const STAY: Duration = Duration::from_secs(60);

/// The number of the last copy, so that an older one's minute does not end a newer one.
#[derive(Default)]
pub(crate) struct Clipboard(AtomicU64);

impl Clipboard {
    /// Puts words on the clipboard for a minute.
    pub(crate) fn put(handle: &AppHandle, text: String) {
        let number = handle.state::<Self>().0.fetch_add(1, Ordering::SeqCst) + 1;
        drop(handle.run_on_main_thread(move || system::put(text)));
        let handle = handle.clone();
        std::thread::spawn(move || {
            std::thread::sleep(STAY);
            if handle.state::<Self>().0.load(Ordering::SeqCst) == number {
                Self::forget(&handle);
            }
        });
    }

    /// As [`Clipboard::forget`], at once, on the main thread itself.
    pub(crate) fn forget_here(handle: &AppHandle) {
        if handle.state::<Self>().0.load(Ordering::SeqCst) > 0 {
            system::forget();
        }
    }

    /// Empties the clipboard when what stands there is ours.
    pub(crate) fn forget(handle: &AppHandle) {
        if handle.state::<Self>().0.load(Ordering::SeqCst) > 0 {
            drop(handle.run_on_main_thread(system::forget));
        }
    }
}
