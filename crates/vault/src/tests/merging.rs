//! Two computers that write into one synced folder.

use super::*;
use crate::{Finding, SaveError};
use std::collections::BTreeSet;

/// What sync programs and people call a second file of `X.age`.
pub(super) fn copy_names(stem: &str) -> Vec<String> {
    [
        ("", ".sync-conflict-20260102-030405-ABCDEFG.age"),
        ("", " (conflicted copy 2026-01-02 030405).age"),
        ("", " (Anna's conflicted copy 2026-01-02).age"),
        ("", " (1).age"),
        ("", "-LAPTOP.age"),
        ("", " 2.age"),
        ("", " copy.age"),
        ("", " - Copy.age"),
        (".syncthing.", ".age.tmp"),
    ]
    .map(|(before, after)| format!("{before}{stem}{after}"))
    .to_vec()
}

/// The vault on another computer, where these words were written in the first case.
pub(super) fn write_there(copy: &Copy, words: &str) -> Copy {
    let there = copy.elsewhere();
    let mut vault = there.open();
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, words);
    vault.save_case(&case, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    there
}

fn kept(copy: &Copy) -> BTreeSet<String> {
    let listed = fs::read_dir(copy.root().join("prev")).expect("a folder").map(|entry| entry.expect("an entry"));
    let files = listed.filter(|entry| entry.path().is_file());
    files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_save_joins_what_another_computer_wrote_meanwhile() {
    let copy = Copy::new();
    let mut here = copy.open();
    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    let there = write_there(&copy, "daar geschreven");
    let theirs = fs::read(there.case_path(0)).expect("a file");
    fs::write(copy.case_path(0), &theirs).expect("the sync program does this");
    let saved = here.save_case(&case, now()).expect("both open, so both are kept");
    assert!(saved.merged);
    assert_eq!(here.warnings(), [Finding::Merged(Object::Case(copy.cases[0]))]);
    assert_eq!(notes(&mut here, copy.cases[0]).len(), 3);
    let stem = copy.root().join("prev").join(format!("{}.age", copy.cases[0]));
    assert_eq!(fs::read(stem).expect("a file"), theirs, "the version it displaced is kept");
    here.lock(now()).expect("there is room");
    assert_eq!(fs::read_dir(copy.root().join(".tmp")).expect("a folder").count(), 0);
    assert_eq!(copy.open().warnings(), []);
}

#[test]
fn a_practice_that_was_changed_elsewhere_is_joined() {
    let copy = Copy::new();
    let mut here = copy.open();
    let elsewhere = copy.elsewhere();
    let organisation = |vault: &mut Vault, name: &str| {
        let mut practice = vault.practice().clone();
        let stamp = vault.stamp(now());
        practice.organisations.write(
            Uuid::new_v4(),
            casebook::practice::Organisation::named(CaseText::from(name)),
            stamp,
        );
        vault.save_practice(practice, now()).expect("there is room").merged
    };
    let mut there = elsewhere.open();
    assert!(!organisation(&mut there, "Daar"));
    fs::copy(elsewhere.root().join("practice.age"), copy.root().join("practice.age")).expect("the sync program does");
    assert!(organisation(&mut here, "Hier"));
    assert_eq!(here.practice().organisations.current().len(), 2);
}

#[test]
fn a_file_that_opens_for_nobody_is_not_written_over() {
    let copy = Copy::new();
    let mut here = copy.open();
    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    let mut theirs = fs::read(write_there(&copy, "daar").case_path(0)).expect("a file");
    let last = theirs.len() - 1;
    theirs[last] ^= 1;
    fs::write(copy.case_path(0), &theirs).expect("the sync program does this");
    assert!(matches!(here.save_case(&case, now()), Err(SaveError::File(Finding::Damaged(_)))));
    assert_eq!(fs::read(copy.case_path(0)).expect("a file"), theirs);
}

#[test]
fn a_conflict_copy_of_any_name_is_joined_and_then_kept_in_prev() {
    for name in copy_names(&original().cases[0].to_string()) {
        let copy = Copy::new();
        let there = write_there(&copy, "daar geschreven");
        let theirs = fs::read(there.case_path(0)).expect("a file");
        let path = copy.root().join("cases").join(&name);
        fs::write(&path, &theirs).expect("the sync program does this");
        let mut vault = copy.open();
        assert_eq!(vault.warnings(), [Finding::Merged(Object::Case(copy.cases[0]))], "{name}");
        assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2, "{name}");
        assert!(!path.exists() && !vault.is_incomplete(), "{name}");
        let in_prev =
            kept(&copy).iter().any(|kept| fs::read(copy.root().join("prev").join(kept)).expect("a file") == theirs);
        assert!(in_prev, "{name}: moved, not deleted");
        vault.lock(now()).expect("there is room");
        let vault = copy.open();
        assert_eq!((vault.warnings(), vault.check().findings.len()), (&[][..], 0), "{name}");
    }
}

#[test]
fn a_conflict_copy_of_the_practice_is_joined_wherever_it_is() {
    for (folder, name) in copy_names("practice").into_iter().map(|name| ("", name)).chain([("cases", "x".to_owned())]) {
        let copy = Copy::new();
        let there = copy.elsewhere();
        let mut vault = there.open();
        let mut practice = vault.practice().clone();
        let adviser = casebook::practice::Adviser { name: CaseText::from("A. Bos"), ..Default::default() };
        practice.adviser.write(Uuid::new_v4(), adviser, vault.stamp(now()));
        vault.save_practice(practice, now()).expect("there is room");
        vault.lock(now()).expect("there is room");
        fs::copy(there.root().join("practice.age"), copy.root().join(folder).join(&name)).expect("it can be copied");
        let vault = copy.open();
        assert_eq!(vault.warnings(), [Finding::Merged(Object::Practice)], "{name}");
        assert_eq!(vault.practice().adviser.current().len(), 1);
        assert!(!copy.root().join(folder).join(&name).exists());
    }
}

#[test]
fn two_copies_that_would_get_one_name_in_prev_are_both_kept() {
    let copy = Copy::new();
    let theirs = fs::read(write_there(&copy, "daar geschreven").case_path(0)).expect("a file");
    let before = kept(&copy).len();
    for name in ["een.age", "twee.age"] {
        fs::write(copy.root().join("cases").join(name), &theirs).expect("it can be written");
    }
    let mut vault = copy.open();
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2);
    assert!(kept(&copy).len() >= before + 2, "{:?}", kept(&copy));
}

#[test]
fn a_copy_whose_case_is_not_there_is_taken_in_its_place() {
    let copy = Copy::new();
    let there = write_there(&copy, "daar geschreven");
    fs::copy(there.case_path(0), copy.root().join("cases").join("kopie (1).age")).expect("it can be copied");
    fs::remove_file(copy.case_path(0)).expect("it can be removed");
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Merged(Object::Case(copy.cases[0]))]);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2);
    assert!(!vault.is_incomplete());
}

#[test]
fn on_a_disk_that_takes_nothing_the_copy_stays_and_is_named() {
    let copy = Copy::new();
    let path = copy.root().join("cases").join("kopie (1).age");
    fs::copy(write_there(&copy, "daar").case_path(0), &path).expect("it can be copied");
    let disk = FailingFs::new(io::ErrorKind::ReadOnlyFilesystem, true);
    disk.fail_after(0);
    let vault = Vault::unlock_on(disk, &copy.root(), &passphrase(), &copy.state, now()).expect("reading is enough");
    assert!(vault.warnings().contains(&Finding::ConflictCopy(Object::Case(copy.cases[0]))));
    assert!(path.exists());
}

/// A file with a length and no block, as some sync programs leave in place of the bytes.
fn hollow(path: &Path) {
    fs::remove_file(path).expect("it can be removed");
    fs::File::create(path).and_then(|file| file.set_len(131_072)).expect("it can be made");
}

#[test]
fn a_case_that_is_not_downloaded_is_waited_for() {
    type Stub = fn(&Copy);
    let stubs: [Stub; 3] = [
        |copy| hollow(&copy.case_path(0)),
        |copy| stub(copy, &format!(".{}.age.icloud", copy.cases[0])),
        |copy| stub(copy, &format!("{}.age.nextcloud", copy.cases[0])),
    ];
    fn stub(copy: &Copy, name: &str) {
        fs::remove_file(copy.case_path(0)).expect("it can be removed");
        fs::write(copy.root().join("cases").join(name), b"x").expect("it can be written");
    }
    for make in stubs {
        let copy = Copy::new();
        let mut open = copy.open();
        let mut case = open.case(copy.cases[0]).expect("the case opens");
        add_note(&mut case, &open, "nog niet bewaard");
        make(&copy);
        let waiting = Finding::NotDownloaded(Object::Case(copy.cases[0]));
        let listing = || fs::read_dir(copy.root().join("cases")).expect("a folder").count();
        let before = listing();
        let refused = open.save_case(&case, now());
        assert!(matches!(refused, Err(SaveError::File(Finding::NotDownloaded(_)))), "never saved over: {refused:?}");
        drop(open);
        let vault = copy.open();
        assert_eq!(vault.warnings(), [waiting]);
        assert_eq!(vault.check().findings, [waiting]);
        assert_eq!(vault.first_obstacle(), Some(waiting), "nothing is counted without it");
        vault.lock(now()).expect("there is room");
        assert_eq!(listing(), before, "never made again");
    }
}

#[test]
fn a_practice_that_is_not_downloaded_says_so() {
    let copy = Copy::new();
    hollow(&copy.root().join("practice.age"));
    assert!(matches!(copy.unlock(), Err(OpenError::File(Finding::NotDownloaded(Object::Practice)))));
}

#[test]
fn what_was_put_over_an_open_file_is_joined_after_a_crash_too() {
    let copy = Copy::new();
    let there = write_there(&copy, "daar geschreven");
    let mut here = copy.open();
    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    here.save_case(&case, now()).expect("there is room");
    assert!(here.check().findings.is_empty(), "the second name of what was saved is no copy");
    fs::rename(there.case_path(0), copy.case_path(0)).expect("the sync program does this");
    drop(here);
    let mut again = copy.open();
    assert_eq!(again.warnings(), [Finding::Merged(Object::Case(copy.cases[0]))]);
    assert_eq!(notes(&mut again, copy.cases[0]).len(), 3);
    again.lock(now()).expect("there is room");
    assert_eq!(fs::read_dir(copy.root().join(".tmp")).expect("a folder").count(), 0);
}

#[test]
fn putting_a_case_back_brings_what_this_session_saved_too() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let id = copy.cases[0];
    for words in ["eerst", "daarna"] {
        let mut case = vault.case(id).expect("the case opens");
        add_note(&mut case, &vault, words);
        vault.save_case(&case, now()).expect("there is room");
    }
    fs::remove_file(copy.case_path(0)).expect("the sync program does this");
    assert!(vault.check().findings.contains(&Finding::Missing(Object::Case(id))));
    assert!(vault.restore_previous(Object::Case(id), now()).expect("there is room"));
    assert_eq!(notes(&mut vault, id).len(), 3, "both of this session, and the one before it");
}

#[test]
fn what_was_silently_put_over_ours_comes_back_from_a_snapshot() {
    let copy = Copy::new();
    let there = write_there(&copy, "daar geschreven");
    let mut here = copy.open();
    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    here.save_case(&case, now()).expect("there is room");
    here.lock(now()).expect("there is room");
    let dated = copy.root().join("prev").join("2026-03-02");
    fs::create_dir_all(&dated).expect("it can be made");
    fs::copy(copy.case_path(0), dated.join(format!("{}.age", copy.cases[0]))).expect("the snapshot");
    fs::copy(there.case_path(0), copy.case_path(0)).expect("the sync program keeps the last writer");

    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Returned(Object::Case(copy.cases[0]))]);
    let mut words = notes(&mut vault, copy.cases[0]);
    words.sort_unstable();
    assert_eq!(words, ["daar geschreven", "het eerste gesprek", "hier geschreven"]);
    vault.lock(now()).expect("there is room");
    assert_eq!(copy.open().warnings(), []);
}

#[test]
fn what_is_put_over_ours_while_the_vault_is_open_is_saved_again() {
    let copy = Copy::new();
    let there = write_there(&copy, "daar geschreven");
    let mut here = copy.open();
    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    here.save_case(&case, now()).expect("there is room");
    fs::copy(there.case_path(0), copy.case_path(0)).expect("the sync program keeps the last writer");
    assert_eq!(notes(&mut here, copy.cases[0]).len(), 3, "the screen shows both");
    here.lock(now()).expect("there is room");
    let mut again = copy.open();
    assert_eq!(notes(&mut again, copy.cases[0]).len(), 3);
}

#[test]
fn a_bad_missing_or_older_file_is_put_back_from_prev_and_the_bad_one_is_kept_too() {
    type Harm = fn(&Copy, &[u8]);
    let harms: [Harm; 3] = [
        |copy, _| fs::write(copy.case_path(0), vec![7; 9_000]).expect("it can be written"),
        |copy, _| fs::remove_file(copy.case_path(0)).expect("it can be removed"),
        |copy, old| fs::write(copy.case_path(0), old).expect("it can be written"),
    ];
    for harm in harms {
        let copy = Copy::new();
        let object = Object::Case(copy.cases[0]);
        let old = fs::read(copy.case_path(0)).expect("a file");
        let mut vault = copy.open();
        for words in ["twee", "drie"] {
            let mut case = vault.case(copy.cases[0]).expect("the case opens");
            add_note(&mut case, &vault, words);
            vault.save_case(&case, now()).expect("there is room");
        }
        drop(vault);
        fs::remove_dir_all(copy.folder.path().join("state").join("pins")).expect("it can be removed");
        fs::create_dir(copy.folder.path().join("state").join("pins")).expect("it can be made");
        // What was only seen is written at lock.
        copy.open().lock(now()).expect("there is room");
        harm(&copy, &old);
        let bad = fs::read(copy.case_path(0)).ok();
        let mut vault = copy.open();
        let check = vault.check();
        if bad.as_ref() != Some(&old) {
            assert_eq!(vault.restorable(&check.findings), [object].into());
            assert!(vault.restore_previous(object, now()).expect("there is room"));
        }
        assert!(notes(&mut vault, copy.cases[0]).contains(&"twee".to_owned()), "the newest that was kept");
        assert!(vault.check().findings.is_empty());
        assert!(vault.restorable(&vault.check().findings).is_empty());
        assert_eq!(vault.first_obstacle(), None);
        if let Some(bad) = bad {
            let kept = kept(&copy);
            assert!(kept.iter().any(|name| fs::read(copy.root().join("prev").join(name)).expect("a file") == bad));
        }
    }
}
