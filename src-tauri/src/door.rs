//! The page's only way in: one command for everything, and a few for the window itself.

use crate::clipboard::Clipboard;
use crate::dialogs;
use crate::handover::{Handover, Place};
use crate::leaving::{self, Leaving};
use crate::timer::Presence;
use crate::window::Closing;
use api::app::{App, LockSignal};
use api::commands::{Dialog, dialog, dispatch};
use api::error::{ApiError, ErrorCode};
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _, State};

/// How long the process before this one may take to let go of the vault.
const HAND_OVER: Duration = Duration::from_secs(5);

/// How long whoever may lock waits for its setting.
const ASKING: Duration = Duration::from_millis(200);

/// The one app behind the window. A panic inside a command poisons nothing: the app is
/// closed, because what was saved is on the disk.
#[derive(Clone)]
pub(crate) struct Door {
    app: Arc<Mutex<App>>,
    /// Whether the vault is open, also readable while a command is at work.
    open: Arc<AtomicBool>,
    panicked: Arc<AtomicBool>,
    started: Instant,
}

impl Door {
    pub(crate) fn new(app: App) -> Self {
        Self { app: Arc::new(Mutex::new(app)), open: Arc::default(), panicked: Arc::default(), started: Instant::now() }
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut App) -> T) -> T {
        let mut app = self.app.lock().unwrap_or_else(PoisonError::into_inner);
        let done = act(&mut app);
        self.open.store(app.is_open(), Ordering::SeqCst);
        done
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::SeqCst)
    }

    /// Does something with the app as soon as no command is at work any more; nothing when
    /// that takes too long.
    fn within<T>(&self, patience: Duration, act: impl FnOnce(&mut App) -> T) -> Option<T> {
        let until = Instant::now() + patience;
        loop {
            match self.app.try_lock() {
                Ok(mut app) => return Some(act(&mut app)),
                Err(TryLockError::Poisoned(app)) => return Some(act(&mut app.into_inner())),
                Err(TryLockError::WouldBlock) if Instant::now() > until => return None,
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// Whether the settings say that Luwte locks at this. While a long command is at work
    /// nobody can ask them, and then it locks.
    pub(crate) fn locks_on(&self, signal: LockSignal) -> bool {
        self.within(ASKING, |app| app.locks_on(signal)).unwrap_or(true)
    }

    /// After how many minutes without work it locks; `None` while a command is at work.
    pub(crate) fn lock_minutes(&self) -> Option<u32> {
        self.within(ASKING, |app| app.lock_minutes())
    }

    /// Whether a command ever ended in a panic: the process is not to be trusted longer
    /// than the last words need.
    fn has_panicked(&self) -> bool {
        self.panicked.load(Ordering::SeqCst)
    }

    /// Closes the vault as soon as no command is at work any more. Answers the words
    /// that could be put aside nowhere but in memory, sealed.
    pub(crate) fn close_within(&self, patience: Duration) -> Vec<u8> {
        self.within(patience, App::lock_keeping_words).unwrap_or_default()
    }

    /// Runs a command; while the vault is still held by the process that was locked, an
    /// unlock waits for it.
    fn run(&self, name: &str, request: Value, last: bool) -> Result<Value, ApiError> {
        loop {
            let again = request.clone();
            let done = self.with(|app| {
                let kept = last.then(|| request.clone());
                let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| dispatch(app, name, again)));
                let outcome = outcome.unwrap_or_else(|_| {
                    self.panicked.store(true, Ordering::SeqCst);
                    Err(ApiError::internal("panic"))
                });
                if let (Err(_), Some(words)) = (&outcome, kept) {
                    app.keep_words(name, words);
                }
                outcome
            });
            match done {
                Err(error) if error.code == ErrorCode::VaultInUse && self.started.elapsed() < HAND_OVER => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                done => return done,
            }
        }
    }
}

/// Passes a command on. Where the command needs a file, the person is asked with a
/// dialog; `null` means that she changed her mind. The page never names a path. With
/// `last` the words are kept for after the lock when they cannot be saved now.
#[tauri::command]
pub(crate) async fn call(
    handle: AppHandle,
    door: State<'_, Door>,
    name: String,
    request: Value,
    last: bool,
) -> Result<Value, ApiError> {
    let door = door.inner().clone();
    let work = move || {
        let leaving = handle.state::<Leaving>();
        let busy = leaving.busy();
        let mut request = request;
        let Some(fields) = request.as_object_mut() else { return Err(ApiError::bad_request("request")) };
        // Only a dialog may name a file.
        fields.remove("path");
        fields.remove("figures");
        if dialog(&name) != Dialog::None {
            // A dialog may stand open for an hour; a lock does not wait for it.
            drop(busy);
            match dialogs::ask(&handle, &name, fields) {
                Some(path) => fields.insert("path".to_owned(), Value::String(path)),
                None => return Ok(Value::Null),
            };
        }
        let done = door.run(&name, request, last);
        if door.has_panicked() {
            leaving::begin(&handle);
        }
        done
    };
    // The passphrase work takes a second; the window stays awake meanwhile.
    tauri::async_runtime::spawn_blocking(work).await.map_err(|_| ApiError::internal("task"))?
}

/// Locks: the page is asked for its last words and answers with [`locked`].
#[tauri::command]
pub(crate) fn lock(handle: AppHandle) {
    leaving::begin(&handle);
}

/// The page has nothing more to save; this is where she was.
#[tauri::command]
pub(crate) async fn locked(handle: AppHandle, place: Value) {
    let ended = move || leaving::finish(&handle, Place::of(place));
    // The process ends in there.
    drop(tauri::async_runtime::spawn_blocking(ended).await);
}

/// Where she was when the vault was locked, once.
#[tauri::command]
pub(crate) fn place(handover: State<'_, Mutex<Handover>>) -> Option<Place> {
    handover.lock().unwrap_or_else(PoisonError::into_inner).place.take()
}

/// Puts words on the clipboard, marked as secret.
#[tauri::command]
pub(crate) fn copy(handle: AppHandle, text: String) {
    Clipboard::put(&handle, text);
}

/// Somebody is at work in the page.
#[tauri::command]
pub(crate) fn present(presence: State<'_, Presence>) {
    presence.seen();
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
