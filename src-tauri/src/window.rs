//! The one window: private, without a way out, with a constant title.

use crate::handover::{Frame, Handover};
use crate::leaving;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// How long a page that no longer answers may hold the window open.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Opens the window.
pub(crate) fn open(handle: &AppHandle) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(handle, "main", WebviewUrl::App("index.html".into()))
        .title("Luwte")
        .min_inner_size(360.0, 480.0)
        // Nothing of a page is kept on the disk. The test driver needs an ordinary view.
        .incognito(!cfg!(feature = "webdriver"))
        .devtools(false)
        .zoom_hotkeys_enabled(false)
        .general_autofill_enabled(false)
        .content_protected(true)
        // Files and text that are dropped on the window go nowhere.
        .disable_drag_drop_handler()
        .on_navigation(stays_home)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    let window = placed(handle, builder).build()?;
    let page = window.clone();
    window.on_window_event(move |event| {
        let WindowEvent::CloseRequested { api, .. } = event else { return };
        api.prevent_close();
        let handle = page.app_handle().clone();
        // She knows that something could not be saved: now it is sealed as at a lock.
        if handle.state::<Closing>().was_refused() {
            return leaving::quit(&handle);
        }
        // The page saves what is still being typed and then calls `quit`.
        drop(page.eval("window.dispatchEvent(new Event('luwte-close'))"));
        std::thread::spawn(move || {
            std::thread::sleep(LAST_WORDS);
            if !handle.state::<Closing>().was_refused() {
                leaving::quit(&handle);
            }
        });
    });
    Ok(())
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// After a lock the window stands where it stood.
fn placed<'a>(handle: &AppHandle, builder: Builder<'a>) -> Builder<'a> {
    let handover = handle.state::<Mutex<Handover>>();
    let frame = handover.lock().unwrap_or_else(PoisonError::into_inner).frame;
    match frame {
        Some(Frame { x, y, width, height, maximized }) => {
            builder.position(x, y).inner_size(width, height).maximized(maximized)
        }
        None => builder.inner_size(1280.0, 800.0),
    }
}

/// Whether the page said that something could not be saved when the window was closed.
#[derive(Default)]
pub(crate) struct Closing(AtomicBool);

impl Closing {
    pub(crate) fn refuse(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn was_refused(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Only the app's own pages may be shown.
fn stays_home(url: &Url) -> bool {
    url.scheme() == "tauri" || (matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost"))
}
