//! The arrows between the crates, and what must never be reachable from where.
//!
//! Cargo refuses an edge that is not there; these tests notice an edge that was added.
#![expect(clippy::disallowed_methods, reason = "these tests read the project's own sources")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that speak to a network.
const NETWORK: &[&str] = &[
    "async-std",
    "attohttpc",
    "curl",
    "h2",
    "hickory-resolver",
    "hyper",
    "hyper-tls",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "tungstenite",
    "ureq",
];

/// Crates that run other work in the background; the report needs none.
const RUNTIMES: &[&str] = &["smol", "tokio"];

/// Where the committed closure stands, and how it is made again.
const CLOSURE: &str = "tests/fixtures/report-closure.txt";
const REFRESH: &str = "cargo tree -p report -e normal --target all --prefix none -f '{p}' | cut -d' ' -f1 | \
                       LC_ALL=C sort -u > tests/fixtures/report-closure.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package stands one folder below the top").to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments).current_dir(root()).output().expect("cargo runs these tests");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints text")
}

/// Every crate that a package needs to run, itself included.
fn closure(package: &str, target: &str) -> BTreeSet<String> {
    let tree = ["tree", "--locked", "-p", package, "-e", "normal", "--target", target, "--prefix", "none", "-f", "{p}"];
    cargo(&tree)
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn assert_apart(package: &str, target: &str, forbidden: &[&str]) {
    let reached = closure(package, target);
    let found: Vec<&str> = forbidden.iter().copied().filter(|name| reached.contains(*name)).collect();
    assert!(found.is_empty(), "{package} must never reach {found:?}; see it with: cargo tree -p {package} -i NAME");
}

/// Our own packages with the packages of ours that they need to build or run.
fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"]))
        .expect("cargo prints metadata as JSON");
    let packages = metadata["packages"].as_array().expect("metadata lists packages");
    let name = |value: &Value| value["name"].as_str().expect("a package has a name").to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    let needs = |package: &Value| -> BTreeSet<String> {
        let all = package["dependencies"].as_array().expect("a package lists its dependencies");
        all.iter().filter(|d| d["kind"] != "dev").map(name).filter(|d| ours.contains(d)).collect()
    };
    packages.iter().map(|package| (name(package), needs(package))).collect()
}

/// The table under the heading "The arrows" in ARCHITECTURE.md.
fn drawn_arrows() -> BTreeMap<String, BTreeSet<String>> {
    let page = read("ARCHITECTURE.md");
    let section =
        page.split("\n## ").find(|section| section.starts_with("The arrows")).expect("the page has the table");
    let names = |cell: &str| -> BTreeSet<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut drawn = BTreeMap::new();
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.trim_matches('|').split('|');
        let from = names(cells.next().expect("a row has a first cell")).into_iter().next().expect("it names a package");
        drawn.insert(from, names(cells.next().expect("a row has a second cell")));
    }
    drawn
}

#[test]
fn the_report_cannot_reach_a_case_a_key_a_file_format_or_a_window() {
    assert_apart(
        "report",
        "all",
        &["casebook", "vault", "intervision", "api", "rusqlite", "libsqlite3-sys", "age", "tauri", "wry"],
    );
}

#[test]
fn the_report_cannot_reach_a_network() {
    assert_apart("report", "all", NETWORK);
    assert_apart("report", "all", RUNTIMES);
}

#[test]
fn the_report_links_no_foreign_library() {
    // `windows-sys` holds Microsoft's declarations of what every Windows has anyway.
    let foreign: Vec<String> =
        closure("report", "all").into_iter().filter(|name| name.ends_with("-sys") && name != "windows-sys").collect();
    assert!(foreign.is_empty(), "the report links {foreign:?}");
}

#[test]
fn the_whole_closure_of_the_report_is_the_committed_one() {
    let (now, known) = (closure("report", "all"), read(CLOSURE));
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    let new: Vec<_> = now.difference(&known).collect();
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "the report now reaches {new:?} and no longer {gone:?}. If that is meant, look at each new crate and run:\n{REFRESH}"
    );
}

#[test]
fn every_layer_stays_away_from_what_it_may_not_know() {
    assert_apart("casebook", "all", &["vault", "rusqlite", "age", "typst", "tauri", "report", "typeset"]);
    assert_apart("vault", "all", &["typst", "tauri", "report", "typeset", "intervision", "api"]);
    assert_apart("intervision", "all", &["vault", "report", "rusqlite", "age", "tauri"]);
    assert_apart("api", "all", &["tauri", "wry"]);
}

#[test]
fn neither_program_contains_a_network_client() {
    assert_apart("cli", "all", NETWORK);
    // On Linux; deny.toml says the same for Windows and macOS. Tauri brings tokio as
    // its runtime, built without anything that opens a socket.
    assert_apart("luwte-desktop", "x86_64-unknown-linux-gnu", NETWORK);
}

#[test]
fn the_arrows_on_paper_are_the_arrows_in_cargo() {
    let mut real = edges();
    // Tests and measurements may look at everything.
    real.retain(|package, _| {
        !["luwte-tests", "luwte-bench", "luwte-campaign", "luwte-e2e", "luwte-scan"].contains(&package.as_str())
    });
    assert_eq!(drawn_arrows(), real, "left: ARCHITECTURE.md, right: the manifests");
}

#[test]
fn no_program_can_be_built_with_mistakes_on_purpose() {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"]))
        .expect("cargo prints metadata as JSON");
    let mut offered = 0;
    for package in metadata["packages"].as_array().expect("metadata lists packages") {
        let name = package["name"].as_str().expect("a package has a name");
        for (feature, needs) in package["features"].as_object().expect("a package lists its features") {
            offered += usize::from(feature == "sabotage");
            let asks = needs.to_string().contains("sabotage");
            assert!(!asks || (name, feature.as_str()) == ("luwte-campaign", "sabotage"), "{name}, feature {feature}");
        }
        for dependency in package["dependencies"].as_array().expect("a package lists its dependencies") {
            assert!(!dependency["features"].to_string().contains("sabotage"), "{name} asks for {dependency}");
        }
    }
    assert_eq!(offered, 2, "the vault and its campaigns have the feature, and nobody else");
}

#[test]
fn the_window_and_the_command_line_have_one_door() {
    let edges = edges();
    for program in ["cli", "luwte-desktop"] {
        let needs: Vec<&str> = edges[program].iter().map(String::as_str).collect();
        // The allocator belongs to a program as a whole and knows nothing of a vault.
        assert_eq!(needs, ["api", "memory"], "{program} goes through the door only");
    }
}

#[test]
fn counts_and_lists_have_no_string_to_carry_a_sentence_in() {
    for package in ["counts", "taxonomy"] {
        let mut found = false;
        for (path, text) in sources(&format!("crates/{package}/src"), &["rs"]) {
            found |= text.lines().any(|line| line == "#![no_std]");
            let shipped = text.replace("#[cfg(test)]\nextern crate std;", "");
            assert!(!shipped.contains("extern crate"), "{path} may bring in neither alloc nor std, tests apart");
        }
        assert!(found, "{package} declares #![no_std]");
        let allowed: BTreeSet<String> = ["counts", "taxonomy"].map(str::to_owned).into();
        assert!(closure(package, "all").is_subset(&allowed), "{package} needs nobody else");
    }
}

#[test]
fn only_one_file_of_the_front_end_knows_tauri() {
    for (path, text) in sources("ui/src", &["ts", "svelte"]) {
        let knows = imports(&text).iter().any(|from| from.starts_with("@tauri-apps"));
        assert!(!knows || path == "ui/src/api/tauri.ts", "{path} imports @tauri-apps; go through ui/src/api/call.ts");
    }
}

#[test]
fn no_feature_of_the_front_end_imports_another() {
    for (path, from, target) in front_end_imports() {
        let (own, feature) = (feature_of(&path), feature_of(&target));
        let composes = path == "ui/src/main.ts" || path.starts_with("ui/src/app/");
        assert!(
            feature.is_none() || feature == own || composes,
            "{path} imports {from}; only ui/src/app composes features"
        );
    }
}

#[test]
fn what_features_share_knows_neither_a_feature_nor_a_screen() {
    for (path, from, target) in front_end_imports() {
        let shared = ["controls", "api", "i18n"].iter().any(|layer| path.starts_with(&format!("ui/src/{layer}/")));
        assert!(!shared || !target.starts_with("ui/src/app/"), "{path} imports {from}; it may know no screen");
        // Features may use the state in ui/src/app, but not the components that compose them.
        let component = target.strip_prefix("ui/src/app/").is_some_and(|name| name.starts_with(char::is_uppercase));
        assert!(
            feature_of(&path).is_none() || !component,
            "{path} imports {from}; a feature is composed, it composes nobody"
        );
    }
}

/// Every relative import of the front end: importer, what it says, and the path it means.
fn front_end_imports() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (path, text) in sources("ui/src", &["ts", "svelte"]) {
        for from in imports(&text) {
            if let Some(target) = resolve(&path, &from) {
                found.push((path.clone(), from, target));
            }
        }
    }
    found
}

fn feature_of(path: &str) -> Option<&str> {
    path.strip_prefix("ui/src/features/").and_then(|rest| rest.split('/').next())
}

/// All files below a folder with one of the extensions: path from the top, and text.
fn sources(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|e| panic!("{folder}: {e}"));
    for entry in entries {
        let entry = entry.expect("a folder of the project can be listed");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(sources(&path, extensions));
        } else if extensions.iter().any(|extension| path.ends_with(&format!(".{extension}"))) {
            found.push((path.clone(), read(&path)));
        }
    }
    assert!(!found.is_empty() || folder.matches('/').count() > 1, "{folder} holds no sources");
    found
}

/// What a TypeScript or Svelte file imports, statically or not.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for marker in ["from ", "import ", "import("] {
        for rest in text.split(marker).skip(1) {
            let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
            if let Some(name) = quote.and_then(|quote| rest[1..].split(quote).next()) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// A relative import as a path from the top; `None` for a package.
fn resolve(importer: &str, from: &str) -> Option<String> {
    let mut parts: Vec<&str> = match from.strip_prefix("$lib/").or_else(|| from.strip_prefix("@/")) {
        Some(_) => vec!["ui", "src"],
        None if from.starts_with('.') => importer.rsplit_once('/')?.0.split('/').collect(),
        None => return None,
    };
    for part in from.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "$lib" | "@" => {}
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn imports_are_read_from_their_own_folder() {
    let text = "import { a } from '../api/call';\nconst b = await import(\"./b\");\nimport './c.css';";
    assert_eq!(imports(text), ["../api/call", "./c.css", "./b"]);
    assert_eq!(resolve("ui/src/features/cases/x.ts", "../report/y").as_deref(), Some("ui/src/features/report/y"));
    assert_eq!(resolve("ui/src/main.ts", "svelte"), None);
}
