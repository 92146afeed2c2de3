//! The window around the door: it opens a web view, shows file dialogs and passes
//! every command on. It knows nothing of cases.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod backups;
mod clipboard;
mod dialogs;
mod door;
mod handover;
mod leaving;
mod pages;
mod recent;
mod signals;
mod timer;
mod window;

use api::app::App;
use api::clock::SystemClock;
use door::Door;
use handover::{AFTER_LOCK, Handover};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use tauri::Manager as _;

#[global_allocator]
static MEMORY: memory::Wiping<std::alloc::System> = memory::WIPING;

fn main() -> ExitCode {
    prefer_safe_rendering();
    silence_panics();
    if memory::prepare().is_err() {
        return ExitCode::FAILURE;
    }
    let mut handover = take_over();
    let Some(mut app) = open_app() else { return ExitCode::FAILURE };
    app.remember_folder(true);
    if let Some(folder) = std::env::var_os("LUWTE_VAULT") {
        // A vault that somebody else chose for this start is not remembered.
        app.remember_folder(false);
        app.use_folder(Path::new(&folder));
    }
    app.take_words(std::mem::take(&mut handover.sealed));
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Door::new(app))
        .manage(Mutex::new(handover))
        .manage(leaving::Leaving::default())
        .manage(timer::Presence::default())
        .manage(clipboard::Clipboard::default())
        .manage(window::Closing::default())
        .register_uri_scheme_protocol("luwtepage", |context, request| pages::serve(context.app_handle(), &request))
        .invoke_handler(tauri::generate_handler![
            door::call,
            door::quit,
            door::lock,
            door::locked,
            door::place,
            door::copy,
            door::present
        ])
        .setup(|app| {
            backups::keep_making(app.state::<Door>().inner().clone());
            window::open(app.handle())?;
            signals::listen(app.handle());
            timer::watch(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!());
    let Ok(running) = built else { return ExitCode::FAILURE };
    running.run(|handle, event| {
        if let tauri::RunEvent::Exit = event {
            clipboard::Clipboard::forget_here(handle);
            let door = handle.state::<Door>();
            door.with(App::close);
            backups::make_due(&door);
        }
    });
    ExitCode::SUCCESS
}

/// What the process before this one hands over when it was locked.
fn take_over() -> Handover {
    if std::env::args_os().nth(1).is_some_and(|word| word == AFTER_LOCK) {
        Handover::read(std::io::stdin())
    } else {
        Handover::default()
    }
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
