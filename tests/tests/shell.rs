//! What the window may do: the policy of its pages, its headers, its commands, what it
//! is built from. All of it is one committed list; a change is a decision.
#![expect(clippy::disallowed_methods, reason = "these tests read the project's own sources")]

use api::error::ErrorCode;
use luwte_tests::Desk;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the committed list stands.
const KNOWN: &str = "tests/fixtures/shell.txt";

/// Plugins and features that hand the page, or a stranger, a way around the door.
const FORBIDDEN: &[&str] = &[
    "tauri-plugin-cli",
    "tauri-plugin-clipboard-manager",
    "tauri-plugin-deep-link",
    "tauri-plugin-global-shortcut",
    "tauri-plugin-http",
    "tauri-plugin-localhost",
    "tauri-plugin-log",
    "tauri-plugin-notification",
    "tauri-plugin-opener",
    "tauri-plugin-os",
    "tauri-plugin-persisted-scope",
    "tauri-plugin-process",
    "tauri-plugin-shell",
    "tauri-plugin-sql",
    "tauri-plugin-store",
    "tauri-plugin-updater",
    "tauri-plugin-upload",
    "tauri-plugin-websocket",
    "tauri-plugin-window-state",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package stands one folder below the top").to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn config() -> Value {
    serde_json::from_str(&read("src-tauri/tauri.conf.json")).expect("the configuration is JSON")
}

fn names_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The crates of the window with their features, on every system, without those of tests.
fn crates() -> Vec<String> {
    let tree = ["tree", "--locked", "-p", "luwte-desktop", "-e", "normal", "--target", "all", "--prefix", "none"];
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(tree)
        .args(["--format", "{p} [{f}]"])
        .current_dir(root())
        .output()
        .expect("cargo runs these tests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo prints text");
    // Versions may move; features may not.
    let line = |line: &str| {
        let (name, rest) = line.split_once(' ')?;
        let features = rest.split_once('[')?.1.split_once(']')?.0;
        Some(format!("{name} [{features}]"))
    };
    text.lines().filter_map(line).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The words between quotes, or the last parts of paths, in the list after a marker.
fn list_after(text: &str, marker: &str, quoted: bool) -> Vec<String> {
    let list = text.split_once(marker).unwrap_or_else(|| panic!("{marker} is gone")).1;
    let list = list.split_once(']').expect("a list ends").0;
    let names: BTreeSet<String> = if quoted {
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    } else {
        list.split(',').filter_map(|path| path.trim().rsplit("::").next()).map(str::to_owned).collect()
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

fn section(page: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    write!(page, "\n# {title}\n").expect("a string takes more");
    for line in lines {
        writeln!(page, "{line}").expect("a string takes more");
    }
}

/// Everything that this test keeps an eye on, as text.
fn now() -> String {
    let mut config = config();
    let security = config["app"]["security"].as_object_mut().expect("the window has a security policy");
    let policy = security.remove("csp").expect("the pages have a policy");
    let headers = security.remove("headers").expect("the pages have headers");
    let mut page = "The window as it is built. Checked by tests/tests/shell.rs.\n".to_owned();

    let directives = policy.as_str().expect("the policy is one line").split(';');
    section(&mut page, "Content-Security-Policy", directives.map(|part| part.trim().to_owned()));
    let headers = headers.as_object().expect("headers have names").clone();
    let values = headers.iter().flat_map(|(name, value)| {
        value.as_str().unwrap_or_default().split(", ").map(|part| format!("{name}: {part}")).collect::<Vec<_>>()
    });
    section(&mut page, "Headers", values);
    let app = config["app"].as_object().expect("the window is configured");
    section(&mut page, "Configuration", app.iter().map(|(name, value)| format!("{name}: {value}")));
    section(&mut page, "Build", [config["build"].to_string()]);

    let window = read("src-tauri/src/window.rs");
    let built = window.split_once("WebviewWindowBuilder::new(").expect("the window is built there").1;
    let calls = built.split_once(';').expect("a statement ends").0.lines().map(str::trim);
    section(&mut page, "Window", calls.filter(|call| call.starts_with('.')).map(str::to_owned));

    let capabilities = names_in("src-tauri/capabilities").into_iter().map(|name| {
        let text = read(&format!("src-tauri/capabilities/{name}"));
        let capability: Value = serde_json::from_str(&text).expect("a capability is JSON");
        format!("{name}: {} may {}", capability["windows"], capability["permissions"])
    });
    section(&mut page, "Capabilities", capabilities);
    section(&mut page, "Commands", list_after(&read("src-tauri/build.rs"), ".commands(&[", true));
    let main = read("src-tauri/src/main.rs");
    let plugins = main.lines().map(str::trim).filter(|line| line.starts_with(".plugin("));
    section(&mut page, "Plugins that run", plugins.map(str::to_owned));

    let watched = |line: &String| {
        let name = line.split(' ').next().unwrap_or_default();
        name.starts_with("tauri") || ["wry", "tao", "rusqlite", "libsqlite3-sys", "webkit2gtk"].contains(&name)
    };
    section(&mut page, "Crates and their features", crates().into_iter().filter(watched));
    section(&mut page, "SQLite", sqlite_options());
    page
}

/// How SQLite was compiled, without which compiler did it.
fn sqlite_options() -> Vec<String> {
    let connection = rusqlite::Connection::open_in_memory().expect("memory is there");
    let mut statement = connection.prepare("PRAGMA compile_options").expect("a pragma");
    let options = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    options.map(|option| option.expect("text")).filter(|option| !option.starts_with("COMPILER=")).collect()
}

#[test]
fn the_window_is_the_committed_one() {
    let (now, known) = (now(), read(KNOWN));
    if now != known {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shell.txt");
        fs::write(&fresh, &now).expect("the build folder is writable");
        let old: BTreeSet<&str> = known.lines().collect();
        let new: BTreeSet<&str> = now.lines().collect();
        panic!(
            "what the window may do has changed.\nnew: {:#?}\ngone: {:#?}\nIf that is meant: cp {} {KNOWN}",
            new.difference(&old).collect::<Vec<_>>(),
            old.difference(&new).collect::<Vec<_>>(),
            fresh.display()
        );
    }
}

#[test]
fn a_page_may_load_and_run_only_its_own_files() {
    let config = config();
    let policy = config["app"]["security"]["csp"].as_str().expect("the policy is one line");
    assert!(policy.starts_with("default-src 'none'; "), "what is not named is refused");
    for weak in ["unsafe", "data:", "blob:", "*", "https:"] {
        assert!(!policy.contains(weak), "{weak} in the policy of the pages");
    }
    for part in policy.split(';').filter(|part| part.contains("http:")) {
        assert!(part.split("http://").skip(1).all(|host| host.contains(".localhost")), "{part} names another computer");
    }
    assert!(policy.contains("require-trusted-types-for 'script'"));
    // A second file would be merged into the first, on one system only.
    let files = names_in("src-tauri");
    let configurations: Vec<&String> = files.iter().filter(|name| name.to_lowercase().contains("tauri.")).collect();
    assert_eq!(configurations, ["tauri.conf.json"]);
    assert_eq!(config["app"]["windows"], json!([]), "the one window is made in window.rs");
}

#[test]
fn what_the_page_may_call_is_what_is_declared_and_allowed() {
    let declared = list_after(&read("src-tauri/build.rs"), ".commands(&[", true);
    let handled = list_after(&read("src-tauri/src/main.rs"), "generate_handler![", false);
    assert_eq!(declared, handled, "left: build.rs, right: main.rs");
    let capability: Value =
        serde_json::from_str(&read("src-tauri/capabilities/main.json")).expect("a capability is JSON");
    let allowed = capability["permissions"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let allowed: BTreeSet<&str> = allowed.filter_map(|name| name.strip_prefix("allow-")).collect();
    assert_eq!(allowed, declared.iter().map(String::as_str).collect());
    assert_eq!(capability["permissions"].as_array().map(Vec::len), Some(declared.len()), "and nothing else");
    assert!(capability.get("remote").is_none(), "no other origin may call anything");
    assert_eq!(names_in("src-tauri/capabilities"), ["main.json"]);
}

#[test]
fn the_door_takes_no_name_that_is_not_in_its_table() {
    let mut desk = Desk::new();
    for name in ["", "Unlock", "unlock ", "app_state\0", "../unlock", "__proto__", "plugin:dialog|open"] {
        let refused = desk.ask(name, json!({})).expect_err("no such command");
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::FieldInvalid, Some("command")), "{name:?}");
    }
}

#[test]
fn no_inspector_and_no_forbidden_plugin_is_in_the_window() {
    let crates = crates();
    assert!(crates.iter().any(|line| line.starts_with("tauri [")), "the list is the right one");
    for line in &crates {
        let (name, features) = line.split_once(' ').expect("a name and its features");
        assert!(!FORBIDDEN.contains(&name), "{name} is in the window");
        let inspector = ["tauri", "wry", "tauri-runtime-wry"].contains(&name) && features.contains("devtools");
        assert!(!inspector, "{line} brings the inspector into a release");
    }
    let main = read("src-tauri/src/main.rs");
    assert_eq!(main.matches(".plugin(").count(), 1, "one plugin, that of the file dialogs");
}
