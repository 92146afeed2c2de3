//! `cargo xtask run`: the app, or without a display the same job by the command line.

use crate::node;
use crate::setup::{self, Install, Job};
use crate::step::{Failure, binaries, cargo, npm, printed, root, run as step, say, target};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

/// Opens the app; `demo` on a vault of invented cases.
pub(crate) fn run(demo: bool, install: Install) -> Result<(), Failure> {
    if !has_display() {
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.");
        say("The command line does the same job instead: a vault of invented cases and an annual report from it.");
        setup::packages(&[Job::Core], install)?;
        return without_window();
    }
    setup::packages(&[Job::Core, Job::Window], install)?;
    node::ready(install)?;
    step("Building the front end", &mut npm(&["run", "build"]))?;
    step("Building the app", &mut cargo(&["build", "--package", "luwte-desktop", "--package", "cli"]))?;
    let mut app = Command::new(binary("luwte-desktop")?);
    if env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // With many graphics cards WebKitGTK otherwise shows an empty window.
        app.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    if demo {
        let demo = Demo::make()?;
        say(&format!("The passphrase of the demo vault is: {}", demo.passphrase));
        app.env("LUWTE_VAULT", &demo.vault).env("XDG_DATA_HOME", computer(&demo.folder));
    }
    step("Luwte is open; this command ends when you close it", &mut app)
}

fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn binary(name: &str) -> Result<PathBuf, Failure> {
    Ok(binaries()?.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The largest organisation in `assets/demo`.
const ORGANISATION: &str = "Gemeente Voorbeeldstad";

/// A vault of invented cases.
struct Demo {
    folder: PathBuf,
    vault: PathBuf,
    passphrase: String,
}

impl Demo {
    /// Made anew each time, so that it always fits the program.
    fn make() -> Result<Self, Failure> {
        let folder = target()?.join("demo");
        let cannot = |e: std::io::Error| Failure::wrong(format!("Cannot use {}: {e}.", folder.display()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(cannot)?;
        }
        fs::create_dir_all(&folder).map_err(cannot)?;
        let vault = folder.join("kluis");
        let words: [&OsStr; 3] = ["--json".as_ref(), "demo".as_ref(), vault.as_os_str()];
        let made = luwte("Making a vault of invented cases", &folder, &words)?;
        let passphrase = field(&made, "passphrase")
            .ok_or_else(|| Failure::wrong("`luwte demo --json` did not say the passphrase of the demo vault."))?;
        fs::write(folder.join("wachtzin.txt"), &passphrase).map_err(cannot)?;
        Ok(Self { folder, vault, passphrase })
    }
}

/// The main job by the command line: the demo vault, its annual report and the figures in it.
fn without_window() -> Result<(), Failure> {
    step("Building the command line", &mut cargo(&["build", "--package", "cli"]))?;
    let demo = Demo::make()?;
    let (report, figures) = (demo.folder.join("jaarverslag.pdf"), demo.folder.join("jaarverslag.json"));
    let secret = demo.folder.join("wachtzin.txt");
    let year = last_year().to_string();
    let words: [&OsStr; 13] = [
        "report".as_ref(),
        demo.vault.as_os_str(),
        "--organisation".as_ref(),
        ORGANISATION.as_ref(),
        "--year".as_ref(),
        year.as_ref(),
        "--out".as_ref(),
        report.as_os_str(),
        "--figures".as_ref(),
        figures.as_os_str(),
        "--passphrase-file".as_ref(),
        secret.as_os_str(),
        "--json".as_ref(),
    ];
    luwte("Making an annual report", &demo.folder, &words)?;
    say("");
    say(&format!("Demo vault:     {}", demo.vault.display()));
    say(&format!("Passphrase:     {}", demo.passphrase));
    say(&format!("Annual report:  {}", report.display()));
    say(&format!("Its figures:    {}", figures.display()));
    Ok(())
}

fn luwte(what: &str, demo: &Path, words: &[&OsStr]) -> Result<String, Failure> {
    printed(what, Command::new(binary("luwte")?).args(words).env("XDG_DATA_HOME", computer(demo)).current_dir(root()))
}

/// What Luwte remembers of this computer, kept apart from what it remembers of real vaults.
fn computer(demo: &Path) -> PathBuf {
    demo.join("computer")
}

/// The last year that is over; its cases are all in the demo vault.
fn last_year() -> u64 {
    const AVERAGE_YEAR: u64 = 31_556_952;
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    1969 + since_1970.as_secs() / AVERAGE_YEAR
}

/// One text of a flat JSON object without escapes.
fn field(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\":"))?;
    let value = rest.trim_start().strip_prefix('"')?.split('"').next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passphrase_is_read_from_what_the_command_line_says() {
        let said = r#"{"vault":"kluis", "passphrase": "zes rustige woorden"}"#;
        assert_eq!(field(said, "passphrase").as_deref(), Some("zes rustige woorden"));
        assert_eq!(field(said, "code"), None);
    }

    #[test]
    fn the_demo_knows_the_organisation_that_is_reported_on() {
        let practice = fs::read_to_string(root().join("assets/demo/practice.json")).expect("the demo stands in assets");
        assert!(practice.contains(&format!("\"{ORGANISATION}\"")));
    }
}
