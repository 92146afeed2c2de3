//! Follows LEESMIJ.txt to the letter with the stock `age` and `sqlite3` programs: the
//! promise that the owner can leave, tested on every file of a vault.
//!
//! The commands are taken out of the page as it stands in the vault. Only the name of
//! the case is filled in, and the place in memory is exchanged for a folder of this
//! test. age asks for its secret on a terminal, so `script` (util-linux) plays one.
#![expect(clippy::disallowed_methods, reason = "this test plays the owner at a terminal")]

use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use casebook::practice::Organisation;
use chrono::{DateTime, NaiveDate, Utc};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use taxonomy::ContactChannel;
use uuid::Uuid;
use vault::{LocalState, Passphrase, Vault};

const PASSPHRASE: &str = "zes woörden die niemand raadt";

struct Made {
    folder: tempfile::TempDir,
    code: String,
    case: Uuid,
}

fn make_vault() -> Made {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a real day");
    let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
    let root = folder.path().join("kluis");
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let (mut vault, code) = Vault::create(&root, &passphrase, &state, now).expect("an empty folder");
    let mut practice = vault.practice().clone();
    let organisation = Organisation::named(CaseText::from("Zorggroep Noorderlicht"));
    practice.organisations.write(Uuid::new_v4(), organisation, vault.stamp(now));
    vault.save_practice(practice, now).expect("there is room");
    let mut first = None;
    for words in ["Zij voelt zich buitengesloten", "Hij wil eerst nadenken"] {
        let mut case = Case::new(Uuid::new_v4());
        case.facts.write(case.id, Facts::draft(vault.next_number(2026), day), vault.stamp(now));
        let note = Note {
            date: day,
            channel: ContactChannel::Phone,
            minutes: 30,
            with_whom: CaseText::from("melder"),
            facts: CaseText::from(words),
            impressions: CaseText::default(),
        };
        case.notes.write(Uuid::new_v4(), note, vault.stamp(now));
        vault.save_case(&case, now).expect("there is room");
        // A second version, so that prev/ has something to open as well.
        vault.save_case(&case, now).expect("there is room");
        first.get_or_insert(case.id);
    }
    vault.lock(now).expect("there is room");
    Made { folder, code: code.expose().to_string(), case: first.expect("two cases were made") }
}

/// The indented lines of one half of the page.
fn commands(half: &str) -> Vec<&str> {
    half.lines().filter_map(|line| line.strip_prefix("    ")).collect()
}

/// Runs commands at a terminal and types the secret whenever one is asked for: the code
/// for `recovery.age`, the passphrase for anything else.
fn at_a_terminal(folder: &Path, commands: &str, code: &str) -> String {
    typing(folder, commands, |asked| if asked.contains("recovery.age") { code } else { PASSPHRASE })
}

/// Runs commands at a terminal and types what `secret` says to each question.
fn typing<'a>(folder: &Path, commands: &str, secret: impl Fn(&str) -> &'a str) -> String {
    let file = folder.parent().expect("the vault is in a folder").join("commands.sh");
    fs::write(&file, format!("set -eo pipefail\n{commands}\n")).expect("it can be written");
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &format!("bash '{}'", file.display()), "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` is part of util-linux, which every Debian has");
    let mut keyboard = child.stdin.take().expect("it is piped");
    let mut screen = child.stdout.take().expect("it is piped");
    let (mut shown, mut answered, mut piece) = (Vec::new(), 0, [0; 4096]);
    loop {
        let count = screen.read(&mut piece).expect("the terminal can be read");
        if count == 0 {
            break;
        }
        shown.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&shown).into_owned();
        let prompts: Vec<&str> = text.split("Enter passphrase").skip(1).filter(|rest| rest.contains(": ")).collect();
        for prompt in prompts.iter().skip(answered) {
            let asked = prompt.split(": ").next().unwrap_or_default();
            keyboard.write_all(format!("{}\n", secret(asked)).as_bytes()).expect("the terminal listens");
            answered += 1;
        }
    }
    let shown = String::from_utf8_lossy(&shown).into_owned();
    assert!(child.wait().expect("it ends").success(), "a command of LEESMIJ.txt failed:\n{shown}");
    shown
}

/// How often a database was said to be whole. age wipes its prompt with escape codes,
/// which end in K and stand before the answer.
fn oks(shown: &str) -> usize {
    shown.lines().filter(|line| line.rsplit("\u{1b}[K").next().is_some_and(|answer| answer.trim() == "ok")).count()
}

#[test]
fn every_command_of_leesmij_works_with_the_stock_programs() {
    for program in ["age", "sqlite3"] {
        let found = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        assert!(found.is_ok_and(|status| status.success()), "this test needs `{program}`: apt install age sqlite3");
    }
    let made = make_vault();
    let root = made.folder.path().join("kluis");
    let page = fs::read_to_string(root.join("LEESMIJ.txt")).expect("the page is in the vault");
    assert!(!page.contains(PASSPHRASE) && !page.contains(&made.code), "there is no secret in it");
    let memory = made.folder.path().join("geheugen");
    fs::create_dir(&memory).expect("it can be made");
    let filled_in = |line: &str| {
        line.replace("NAAM", &made.case.to_string())
            .replace("NAME", &made.case.to_string())
            .replace("/dev/shm", &memory.display().to_string())
    };
    let (dutch, english) = page.split_once("IN ENGLISH").expect("the page has two halves");
    for half in [dutch, english] {
        let lines: Vec<String> = commands(half).into_iter().map(filled_in).collect();
        assert_eq!(lines.len(), 24, "all steps were found");
        let shown = at_a_terminal(&root, &lines.join("\n"), &made.code);
        assert_eq!(oks(&shown), 6, "practice, case three ways, all two cases:\n{shown}");
        for words in ["Zorggroep Noorderlicht", "2026-001", "2026-002", "Zij voelt zich buitengesloten"] {
            assert!(shown.contains(words), "{words} is not shown:\n{shown}");
        }
        assert!(shown.contains(&made.case.to_string()), "the list tells which file is which");
        assert_eq!(fs::read_dir(&memory).expect("a folder").count(), 0, "what was decrypted is destroyed");
    }

    // What the page does not name one by one: the register, the previous versions and
    // the snapshot of the day.
    let mut rest = vec!["register.age".to_owned()];
    let mut folders = vec!["prev".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() { folders.push(name) } else { rest.push(name) }
        }
    }
    assert_eq!(rest.len(), 7, "the register, and the practice and two cases as they were before and at lock: {rest:?}");
    let open = |file: &String| {
        let database = memory.join("rest.db").display().to_string();
        format!("age -d -i vault.age '{file}' > '{database}'\nsqlite3 '{database}' 'PRAGMA integrity_check'")
    };
    let lines: Vec<String> = rest.iter().map(open).collect();
    assert_eq!(oks(&at_a_terminal(&root, &lines.join("\n"), &made.code)), rest.len());
}

/// Every sealed copy of the identity in a folder, relative to the vault.
fn sealed_with_a_secret(root: &Path) -> Vec<String> {
    let sealed = |bytes: &[u8]| bytes.windows(10).take(64).any(|window| window == b"-> scrypt ");
    let mut found: Vec<String> = luwte_tests::all_files(root)
        .into_iter()
        .filter(|(_, bytes)| sealed(bytes))
        .map(|(path, _)| path.strip_prefix(root).expect("it is below").display().to_string())
        .collect();
    found.sort();
    found
}

#[test]
fn a_new_recovery_sheet_leaves_nothing_that_the_old_one_opens_with_stock_age() {
    let made = make_vault();
    let root = made.folder.path().join("kluis");
    fs::create_dir(root.join("prev/2020-01-05")).expect("it can be made");
    for place in ["prev/recovery.age", "prev/2020-01-05/recovery.age", "recovery (1).age"] {
        fs::copy(root.join("recovery.age"), root.join(place)).expect("it can be copied");
    }
    let open = |file: &String| format!("age -d -i '{file}' practice.age > /dev/null");
    let lines = |files: &[String], sign: &str| -> String {
        files.iter().map(|file| format!("{sign} {}", open(file))).collect::<Vec<_>>().join("\n")
    };
    let before: Vec<String> =
        sealed_with_a_secret(&root).into_iter().filter(|file| file.contains("recovery")).collect();
    assert_eq!(before.len(), 4);
    typing(&root, &lines(&before, ""), |_| &made.code);

    let state = LocalState::open(&made.folder.path().join("state")).expect("it can be written");
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let mut vault = Vault::unlock(&root, &passphrase, &state, DateTime::<Utc>::UNIX_EPOCH).expect("it opens");
    let new = vault.new_recovery_code().expect("there is room");
    drop(vault);
    let after = sealed_with_a_secret(&root);
    assert_eq!(after, ["recovery.age", "vault.age", "vault.bak.age"]);
    typing(&root, &lines(&after, "!"), |_| &made.code);
    at_a_terminal(&root, &lines(&after, ""), &new.expose());
}
