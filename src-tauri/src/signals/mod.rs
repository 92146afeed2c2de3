//! What the system says that makes Luwte lock: sleep, a locked screen, another user.
//! One interface, one file per system. A system that says nothing leaves the timer.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

use crate::door::Door;
use crate::leaving;
use api::app::LockSignal;
use std::sync::Arc;
use tauri::{AppHandle, Manager as _};

/// A source of signals to lock.
pub(crate) trait LockSignals {
    /// Calls `heard` from now on, from any thread, for as long as the program runs.
    fn start(self, heard: Arc<dyn Fn(LockSignal) + Send + Sync>);
}

/// Listens to the system, and locks when the settings say so.
pub(crate) fn listen(handle: &AppHandle) {
    let handle = handle.clone();
    #[cfg(target_os = "windows")]
    let window = handle.get_webview_window("main");
    let heard = Arc::new(move |signal| {
        let handle = handle.clone();
        // The system's thread is not kept waiting for a command that is at work.
        std::thread::spawn(move || {
            if handle.state::<Door>().locks_on(signal) {
                leaving::begin(&handle);
            }
        });
    });
    #[cfg(target_os = "linux")]
    linux::MessageBus.start(heard);
    #[cfg(target_os = "macos")]
    macos::Workspace.start(heard);
    #[cfg(target_os = "windows")]
    if let Some(window) = window.and_then(|window| window.hwnd().ok()) {
        windows::WindowMessages { window }.start(heard);
    }
}
