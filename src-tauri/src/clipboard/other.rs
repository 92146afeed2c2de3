//! The clipboards of Windows and macOS, with the marks that keep words out of their
//! histories and clouds. Written from their documentation; not tried on either system.

use arboard::Clipboard;
use std::sync::{Mutex, PoisonError};

/// What we put there last, to see whether it still stands there.
static OURS: Mutex<Option<String>> = Mutex::new(None);

pub(super) fn put(text: String) {
    let Ok(mut clipboard) = Clipboard::new() else { return };
    let set = clipboard.set();
    #[cfg(target_os = "windows")]
    let set = {
        use arboard::SetExtWindows as _;
        set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
    };
    #[cfg(target_os = "macos")]
    let set = {
        use arboard::SetExtApple as _;
        set.exclude_from_history()
    };
    if set.text(text.as_str()).is_ok() {
        *OURS.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }
}

pub(super) fn forget() {
    let Some(ours) = OURS.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let Ok(mut clipboard) = Clipboard::new() else { return };
    if clipboard.get_text().is_ok_and(|there| there == ours) {
        drop(clipboard.clear());
    }
}
