//! `luwte`: the same door without a window, for tests, rescue and automation.
//!
//! A secret is never an argument. Errors are one plain sentence on stderr, exit 1;
//! usage errors exit 2.

mod acts;
mod arguments;
mod secrets;

use crate::arguments::Arguments;
use api::app::App;
use api::clock::SystemClock;
use api::error::{ApiError, ErrorCode};
use api::messages::Language;
use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: memory::Wiping<std::alloc::System> = memory::WIPING;

fn main() -> ExitCode {
    let prepared = memory::prepare().map_err(|_| ApiError::internal("memory"));
    let arguments = Arguments::parse();
    let answer = prepared.and_then(|()| open_app()).and_then(|mut app| acts::run(&mut app, &arguments));
    match answer {
        Ok(answer) => {
            let text = if arguments.json { answer.json.to_string() } else { answer.text };
            let written = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
            if written.is_ok() && answer.good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            let text = if arguments.json {
                serde_json::json!({ "error": error }).to_string()
            } else {
                api::messages::sentence(&error, language())
            };
            // Nothing can be done when even the error stream is closed.
            drop(writeln!(std::io::stderr().lock(), "{text}"));
            ExitCode::FAILURE
        }
    }
}

fn open_app() -> Result<App, ApiError> {
    let folder = dirs::data_local_dir().ok_or_else(|| ApiError::new(ErrorCode::FolderReadOnly))?;
    App::new(&folder.join("luwte"), Box::new(SystemClock))
}

/// The language of the sentences: that of the terminal, Dutch or else English.
fn language() -> Language {
    let dutch = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .is_some_and(|value| value.starts_with("nl"));
    if dutch { Language::Nl } else { Language::En }
}
