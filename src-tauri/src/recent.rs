//! The list of recent files. GTK's file dialog adds what is chosen to a list in the home
//! folder that every program reads; it would name what she attached or saved.

use std::path::Path;
use tauri::AppHandle;

/// Takes a file off that list again, before GTK writes it: that waits a quarter of a
/// second after the dialog added the file, which it does once it knows what kind it is.
#[cfg(target_os = "linux")]
pub(crate) fn forget(handle: &AppHandle, path: &Path) {
    use gtk::glib::{self, ControlFlow};
    use gtk::prelude::RecentManagerExt as _;
    use std::time::{Duration, Instant};

    const AGAIN: Duration = Duration::from_millis(15);
    const PATIENCE: Duration = Duration::from_secs(5);

    let Ok(uri) = glib::filename_to_uri(path, None) else { return };
    // A window that is closing has no list to write any more.
    let _ = handle.run_on_main_thread(move || {
        let until = Instant::now() + PATIENCE;
        glib::timeout_add_local(AGAIN, move || {
            let removed = gtk::RecentManager::default().is_none_or(|list| list.remove_item(&uri).is_ok());
            if removed || Instant::now() > until { ControlFlow::Break } else { ControlFlow::Continue }
        });
    });
}

/// The dialogs of the other systems do this themselves: on Windows and macOS a file is
/// listed by the program that opens it, and Luwte does not ask for that.
#[cfg(not(target_os = "linux"))]
pub(crate) fn forget(_: &AppHandle, _: &Path) {}
