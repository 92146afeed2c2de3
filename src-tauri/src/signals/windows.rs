//! Windows: the window itself is told of sleep and of a session that is locked or left.
//! Written from Microsoft's documentation; not tried on Windows.

use super::LockSignals;
use api::app::LockSignal;
use std::sync::{Arc, OnceLock};
use windows::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows::Win32::System::RemoteDesktop::{NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification};
use windows::Win32::UI::Shell::{DefSubclassProc, SetWindowSubclass};
use windows::Win32::UI::WindowsAndMessaging::{
    PBT_APMSUSPEND, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK,
};

type Heard = Arc<dyn Fn(LockSignal) + Send + Sync>;

/// The one window's listener: a window procedure cannot carry it along.
static HEARD: OnceLock<Heard> = OnceLock::new();

/// The messages that the one window gets.
pub(crate) struct WindowMessages {
    pub(crate) window: HWND,
}

impl LockSignals for WindowMessages {
    fn start(self, heard: Heard) {
        if HEARD.set(heard).is_err() {
            return;
        }
        #[expect(unsafe_code, reason = "two calls of the system for a window that lives as long as the program")]
        // SAFETY: called on the thread of the window, which exists.
        unsafe {
            let _ = SetWindowSubclass(self.window, Some(listen), 1, 0);
            let _ = WTSRegisterSessionNotification(self.window, NOTIFY_FOR_THIS_SESSION);
        }
    }
}

#[expect(unsafe_code, reason = "the shape that Windows calls")]
unsafe extern "system" fn listen(
    window: HWND,
    message: u32,
    what: WPARAM,
    more: LPARAM,
    _: usize,
    _: usize,
) -> LRESULT {
    let code = u32::try_from(what.0).unwrap_or_default();
    let left = [WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT].contains(&code);
    let signal = match message {
        WM_POWERBROADCAST if code == PBT_APMSUSPEND => Some(LockSignal::Sleep),
        WM_WTSSESSION_CHANGE if left => Some(LockSignal::ScreenLock),
        _ => None,
    };
    if let (Some(signal), Some(heard)) = (signal, HEARD.get()) {
        heard(signal);
    }
    // SAFETY: the message is passed on as it came.
    unsafe { DefSubclassProc(window, message, what, more) }
}
