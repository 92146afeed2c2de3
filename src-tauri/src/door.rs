//! The page's only way in: one command for everything, and one to close.

use crate::window::Closing;
use crate::{Door, dialogs};
use api::commands::{Dialog, dialog, dispatch};
use api::error::ApiError;
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use tauri::{AppHandle, State};

/// Passes a command on. Where the command needs a file, the person is asked with a
/// dialog; `null` means that she changed her mind. The page never names a path.
#[tauri::command]
pub(crate) async fn call(
    handle: AppHandle,
    door: State<'_, Door>,
    name: String,
    request: Value,
) -> Result<Value, ApiError> {
    let door = door.inner().clone();
    let work = move || {
        let mut request = request;
        let Some(fields) = request.as_object_mut() else { return Err(ApiError::bad_request("request")) };
        // Only a dialog may name a file.
        fields.remove("path");
        fields.remove("figures");
        if dialog(&name) != Dialog::None {
            match dialogs::ask(&handle, &name, fields) {
                Some(path) => fields.insert("path".to_owned(), Value::String(path)),
                None => return Ok(Value::Null),
            };
        }
        door.with(|app| {
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| dispatch(app, &name, request)));
            outcome.unwrap_or_else(|_| {
                app.close();
                Err(ApiError::internal("panic"))
            })
        })
    };
    // The passphrase work takes a second; the window stays awake meanwhile.
    tauri::async_runtime::spawn_blocking(work).await.map_err(|_| ApiError::internal("task"))?
}

/// Answers a request to close: ends the program once everything is saved. When
/// something could not be saved the window stays, and only a second request ends it.
#[tauri::command]
pub(crate) fn quit(handle: AppHandle, closing: State<'_, Closing>, saved: bool) {
    if saved {
        handle.exit(0);
    } else {
        closing.refuse();
    }
}
