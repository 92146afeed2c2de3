//! The window around the door: it opens a web view, shows file dialogs and passes
//! every command on. It knows nothing of cases.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod dialogs;
mod door;
mod pages;
mod window;

use api::app::App;
use api::clock::SystemClock;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::Manager as _;

/// The one app behind the window. A panic inside a command poisons nothing: the app is
/// closed and stays usable, because what was saved is on the disk.
pub(crate) struct Door(Arc<Mutex<App>>);

impl Door {
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut App) -> T) -> T {
        let mut app = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut app)
    }
}

impl Clone for Door {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

fn main() -> ExitCode {
    prefer_safe_rendering();
    silence_panics();
    let Some(mut app) = open_app() else { return ExitCode::FAILURE };
    app.remember_folder(true);
    if let Some(folder) = std::env::var_os("LUWTE_VAULT") {
        // A vault that somebody else chose for this start is not remembered.
        app.remember_folder(false);
        app.use_folder(Path::new(&folder));
    }
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Door(Arc::new(Mutex::new(app))))
        .manage(window::Closing::default())
        .register_uri_scheme_protocol("luwtepage", |context, request| pages::serve(context.app_handle(), &request))
        .invoke_handler(tauri::generate_handler![door::call, door::quit])
        .setup(|app| Ok(window::open(app.handle())?))
        .build(tauri::generate_context!());
    let Ok(running) = built else { return ExitCode::FAILURE };
    running.run(|handle, event| {
        if let tauri::RunEvent::Exit = event {
            handle.state::<Door>().with(App::close);
        }
    });
    ExitCode::SUCCESS
}

fn open_app() -> Option<App> {
    App::new(&dirs::data_local_dir()?.join("luwte"), Box::new(SystemClock)).ok()
}

/// Many Linux graphics drivers show a blank window otherwise; whoever knows better can
/// set the variable.
fn prefer_safe_rendering() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        #[expect(unsafe_code, reason = "nothing else runs yet: this is the first line of main")]
        // SAFETY: no other thread exists at this point.
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
}

/// A panic message could quote text of a case; nothing of it is printed or logged.
fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
