//! The system's own file dialogs, opened from here so that the page never sees a path.

use crate::{Door, recent};
use api::commands::{Dialog, dialog};
use serde_json::{Map, Value};
use std::path::PathBuf;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::DialogExt as _;

/// Asks for the file or folder that a command needs; `None` when she cancels.
pub(crate) fn ask(handle: &AppHandle, command: &str, request: &Map<String, Value>) -> Option<String> {
    let ask = handle.dialog().file();
    let kind = dialog(command);
    let chosen = match kind {
        Dialog::None => None,
        Dialog::Folder => ask.blocking_pick_folder(),
        Dialog::OpenTable => ask.add_filter("CSV, Excel", &["csv", "xlsx"]).blocking_pick_file(),
        Dialog::OpenAny => ask.blocking_pick_file(),
        Dialog::SaveAttachment => {
            let id = |field: &str| request.get(field).and_then(Value::as_str).and_then(|id| id.parse().ok());
            let proposed = handle.state::<Door>().with(|app| app.proposed_name(id("case")?, id("entry")?));
            ask.set_file_name(proposed?).blocking_save_file()
        }
        Dialog::SavePdf => {
            let name = format!("Jaarverslag {}.pdf", request.get("year").and_then(Value::as_i64).unwrap_or_default());
            ask.set_file_name(name).add_filter("PDF", &["pdf"]).blocking_save_file()
        }
        Dialog::SaveSheet => ask.set_file_name("Herstelblad.pdf").add_filter("PDF", &["pdf"]).blocking_save_file(),
        Dialog::SavePdfOrText => {
            let ask = ask.set_file_name("Intervisie.pdf").add_filter("PDF", &["pdf"]);
            ask.add_filter("Tekst", &["txt"]).blocking_save_file()
        }
        Dialog::OpenBackup => ask.add_filter("Back-up", &["zip"]).blocking_pick_file(),
        Dialog::SaveBackup => {
            ask.set_file_name("Luwte back-up.zip").add_filter("Back-up", &["zip"]).blocking_save_file()
        }
    };
    let chosen = chosen?.into_path().ok()?;
    recent::forget(handle, &chosen);
    let allowed: &[&str] = match kind {
        Dialog::SavePdf | Dialog::SaveSheet => &["pdf"],
        Dialog::SavePdfOrText => &["pdf", "txt"],
        Dialog::SaveBackup => &["zip"],
        _ => &[],
    };
    ending(chosen, allowed).into_os_string().into_string().ok()
}

/// Adds the first ending when she typed a name without one.
fn ending(mut path: PathBuf, allowed: &[&str]) -> PathBuf {
    let known = path.extension().is_some_and(|e| allowed.iter().any(|a| e.eq_ignore_ascii_case(a)));
    if let (false, Some(first)) = (known, allowed.first()) {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(first);
        path.set_file_name(name);
    }
    path
}
