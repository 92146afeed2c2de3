//! The one window: private, without a way out, with a constant title.

use std::time::Duration;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// How long the page may take to save the last words when the window is closed.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Opens the window.
pub(crate) fn open(handle: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(handle, "main", WebviewUrl::App("index.html".into()))
        .title("Luwte")
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 480.0)
        // Nothing of a page is kept on the disk. The test driver needs an ordinary view.
        .incognito(!cfg!(feature = "webdriver"))
        .devtools(false)
        .zoom_hotkeys_enabled(false)
        .general_autofill_enabled(false)
        .content_protected(true)
        .on_navigation(stays_home)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let page = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            // The page saves what is still being typed and then calls `quit`.
            api.prevent_close();
            drop(page.eval("window.dispatchEvent(new Event('luwte-close'))"));
            let handle = page.app_handle().clone();
            std::thread::spawn(move || {
                std::thread::sleep(LAST_WORDS);
                handle.exit(0);
            });
        }
    });
    Ok(())
}

/// Only the app's own pages may be shown.
fn stays_home(url: &Url) -> bool {
    url.scheme() == "tauri" || (matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost"))
}
