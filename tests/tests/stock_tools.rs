//! Follows LEESMIJ.txt to the letter with the stock `age` and `sqlite3` programs: the
//! promise that the owner can leave, tested on every file of a vault of today and of every
//! vault that was frozen.
//!
//! The commands are taken out of the page as it stands in the vault. Only the names of
//! the case and the attachment are filled in, and the place in memory is exchanged for a
//! folder of this test.
#![expect(clippy::disallowed_methods, reason = "this test plays the owner at a terminal")]

use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use casebook::practice::Organisation;
use chrono::{DateTime, NaiveDate, Utc};
use luwte_tests::frozen::Frozen;
use luwte_tests::terminal::{commands, halves, lines, need_stock_programs, oks, typing};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use taxonomy::ContactChannel;
use uuid::Uuid;
use vault::{LocalState, Passphrase, Vault, write_quick_note};

const PASSPHRASE: &str = "zes woörden die niemand raadt";

struct Made {
    folder: tempfile::TempDir,
    code: String,
    case: Uuid,
    attachment: Uuid,
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
    let id = first.expect("two cases were made");
    let letter = folder.path().join("brief.txt");
    fs::write(&letter, "Beste collega").expect("it can be written");
    let (attachment, attached) = vault.attach(&letter).expect("there is room");
    let mut case = vault.case(id).expect("it opens");
    case.attachments.write(attachment, attached, vault.stamp(now));
    vault.save_case(&case, now).expect("there is room");
    vault.lock(now).expect("there is room");
    write_quick_note(&root, &state, &CaseText::from("Morgen terugbellen"), now).expect("the inbox is known");
    Made { folder, code: code.expose().to_string(), case: id, attachment }
}

/// The commands of one half of the page with the names filled in that it leaves open.
fn filled_in(half: &str, case: &str, attachment: &str, memory: &Path) -> Vec<String> {
    let named = [("NAAM", case), ("NAME", case), ("BIJLAGE", attachment), ("ATTACHMENT", attachment)];
    let fill = |line: &str| {
        let line = named.into_iter().fold(line.to_owned(), |line, (open, name)| line.replace(open, name));
        line.replace("/dev/shm", &memory.display().to_string())
    };
    commands(half).into_iter().map(fill).collect()
}

/// Runs commands at a terminal and types the secret whenever one is asked for: the code
/// for `recovery.age`, the passphrase for anything else.
fn at_a_terminal(folder: &Path, commands: &str, code: &str) -> String {
    typing(folder, commands, |asked| if asked.contains("recovery.age") { code } else { PASSPHRASE })
}

#[test]
fn every_command_of_leesmij_works_with_the_stock_programs() {
    need_stock_programs();
    let made = make_vault();
    let root = made.folder.path().join("kluis");
    let page = fs::read_to_string(root.join("LEESMIJ.txt")).expect("the page is in the vault");
    assert!(!page.contains(PASSPHRASE) && !page.contains(&made.code), "there is no secret in it");
    let memory = made.folder.path().join("geheugen");
    fs::create_dir(&memory).expect("it can be made");
    for half in halves(&page) {
        let lines = filled_in(half, &made.case.to_string(), &made.attachment.to_string(), &memory);
        assert_eq!(lines.len(), 30, "all steps were found");
        let shown = at_a_terminal(&root, &lines.join("\n"), &made.code);
        assert_eq!(oks(&shown), 6, "practice, case three ways, all two cases:\n{shown}");
        let written = ["Zorggroep Noorderlicht", "2026-001", "2026-002", "Zij voelt zich buitengesloten", "brief.txt"];
        for words in written.into_iter().chain(["Morgen terugbellen"]) {
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

/// The files of a vault that are not one of the three copies of its identity.
struct Files {
    databases: Vec<String>,
    attachments: Vec<String>,
    notes: Vec<String>,
}

impl Files {
    fn of(root: &Path) -> Self {
        let mut files = Self { databases: Vec::new(), attachments: Vec::new(), notes: Vec::new() };
        let all = luwte_tests::all_files(root);
        let names = all.iter().map(|(path, _)| path.strip_prefix(root).expect("it is below").display().to_string());
        for name in names.collect::<BTreeSet<String>>() {
            match name.split('/').next() {
                Some("vault.age" | "vault.bak.age" | "recovery.age" | "LEESMIJ.txt") => {}
                Some("attachments") => files.attachments.push(name),
                Some("inbox") => files.notes.push(name),
                _ => files.databases.push(name),
            }
        }
        files
    }
}

#[test]
fn every_frozen_vault_follows_its_own_page() {
    need_stock_programs();
    for frozen in Frozen::all() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = frozen.copy(place.path());
        let page = fs::read_to_string(root.join("LEESMIJ.txt")).expect("the page is in the vault");
        let memory = place.path().join("geheugen");
        fs::create_dir(&memory).expect("it can be made");
        let files = Files::of(&root);
        let cases = files.databases.iter().filter(|name| name.starts_with("cases/")).count();
        let attachment = files.attachments[0].trim_start_matches("attachments/").trim_end_matches(".age");
        let of_it = frozen.content.lines().take_while(|line| !line.contains(attachment));
        let case = of_it.filter_map(|line| line.strip_prefix("case ")?.split(' ').nth(1)).last();
        for half in halves(&page) {
            let lines = filled_in(half, case.expect("it belongs to a case"), attachment, &memory);
            let secret = |asked: &str| if asked.contains("recovery.age") { &*frozen.code } else { &*frozen.passphrase };
            let shown = typing(&root, &lines.join("\n"), secret);
            let checks = lines.iter().filter(|line| line.contains("integrity_check")).count();
            assert_eq!(oks(&shown), checks - 1 + cases, "the last of them is for all cases:\n{shown}");
            assert_eq!(fs::read_dir(&memory).expect("a folder").count(), 0, "what was decrypted is destroyed");
        }
    }
}

#[test]
fn every_file_of_every_frozen_vault_opens_with_the_stock_programs_and_each_of_its_secrets() {
    need_stock_programs();
    for frozen in Frozen::all() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = frozen.copy(place.path());
        let files = Files::of(&root);
        let database = place.path().join("rest.db").display().to_string();
        let with_key = |file: &String| format!("printf '%s\\n' \"$KEY\" | age -d -i - '{file}'");
        for (identity, secret) in
            [("vault.age", &frozen.passphrase), ("vault.bak.age", &frozen.passphrase), ("recovery.age", &frozen.code)]
        {
            let mut typed = vec![format!("KEY=$(age -d '{identity}')")];
            for file in &files.databases {
                typed.push(format!("{} > '{database}'", with_key(file)));
                typed.push(format!("sqlite3 '{database}' 'PRAGMA integrity_check'"));
            }
            typed.extend(files.attachments.iter().map(|file| format!("{} | sha256sum", with_key(file))));
            typed.push(format!("{} > '{database}'", with_key(&"practice.age".to_owned())));
            typed.push(format!("KEY=$(sqlite3 '{database}' 'SELECT secret FROM inbox_keys')"));
            typed.extend(files.notes.iter().map(|file| format!("{} | head -n 1", with_key(file))));
            let shown = typing(&root, &typed.join("\n"), |_| secret);
            let what = format!("{} with {identity}", frozen.name());
            assert_eq!(oks(&shown), files.databases.len(), "{what}:\n{shown}");
            let sums: Vec<&str> = lines(&shown).filter_map(|line| line.strip_suffix("  -")).collect();
            assert_eq!(sums.len(), files.attachments.len(), "{what}:\n{shown}");
            assert!(sums.iter().all(|sum| frozen.content.contains(sum)), "{what}: an attachment is another one");
            let notes = lines(&shown).filter(|line| line.starts_with("luwte-note 1 ")).count();
            assert_eq!(notes, files.notes.len(), "{what}:\n{shown}");
        }
    }
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

#[test]
fn the_stock_unzip_program_unpacks_a_back_up_into_a_vault_that_opens() {
    let mut desk = luwte_tests::Desk::new();
    let organisation = desk.organisation("Zorggroep Noorderlicht");
    desk.case(&organisation);
    let (file, out) = (desk.beside("Luwte back-up.zip"), desk.beside("uitgepakt"));
    desk.call("make_backup_at", serde_json::json!({ "path": file }));
    let status = std::process::Command::new("unzip").arg("-q").arg(&file).arg("-d").arg(&out).status();
    assert!(status.expect("this test needs `unzip`: apt install unzip").success());
    let state = LocalState::open(&desk.beside("elsewhere")).expect("it can be written");
    let passphrase = Passphrase::new(luwte_tests::PASSPHRASE.to_owned());
    let vault = Vault::unlock(&out, &passphrase, &state, DateTime::<Utc>::UNIX_EPOCH).expect("it opens");
    assert_eq!((vault.cases().len(), vault.warnings()), (1, &[][..]));
}
