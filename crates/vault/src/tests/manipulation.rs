//! Files that were rolled back, damaged or taken away, and what can be done then. All that
//! a stranger can do to the folder stands in `tampering`.

use super::*;
use crate::Finding;
use crate::db::{self, Care};
use crate::keys::Keys;

fn keys(copy: &Copy) -> Keys {
    let sealed = fs::read(copy.root().join("vault.age")).expect("a file");
    let opened = seal::open_keys(&sealed, &passphrase().0, Object::Identity);
    opened.expect("it opens").expect("the passphrase is right")
}

fn findings(copy: &Copy) -> Vec<Finding> {
    copy.open().warnings().to_vec()
}

fn case(copy: &Copy, place: usize) -> Object {
    Object::Case(copy.cases[place])
}

#[test]
fn a_file_of_a_newer_format_is_named_with_its_number() {
    let copy = Copy::new();
    let (keys, object) = (keys(&copy), case(&copy, 0));
    let sealed = fs::read(copy.case_path(0)).expect("a file");
    let mut image = seal::open(&sealed, &keys, object).expect("it opens");
    image[60..64].copy_from_slice(&2_u32.to_be_bytes());
    fs::write(copy.case_path(0), seal::seal(&image, &keys, object).expect("memory is there").bytes)
        .expect("it can be written");
    assert_eq!(findings(&copy), [Finding::NewerFormat { object, format: 2 }]);
}

#[test]
fn an_older_version_is_opened_and_named_and_saving_over_it_keeps_it() {
    let copy = Copy::new();
    let old = fs::read(copy.case_path(0)).expect("a file");
    let mut vault = copy.open();
    let mut changed = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut changed, &vault, "later");
    vault.save_case(&changed, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    fs::write(copy.case_path(0), &old).expect("it can be written");
    // Nor is what was written since in a snapshot.
    fs::remove_dir_all(copy.root().join("prev/2026-03-02")).expect("it can be removed");

    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Older(case(&copy, 0))]);
    assert_eq!(vault.check().findings, [Finding::Older(case(&copy, 0))]);
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "op de oude verder");
    vault.save_case(&case, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    let kept: Vec<Vec<u8>> = fs::read_dir(copy.root().join("prev"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&copy.cases[0].to_string()))
        .map(|entry| fs::read(entry.path()).expect("a file"))
        .collect();
    assert!(kept.contains(&old), "the older version is kept too");
    assert_eq!(copy.open().warnings(), [], "the new version counts as later than what was seen");
}

#[test]
fn a_listed_case_without_a_file_is_missing_and_stays_listed() {
    let copy = Copy::new();
    fs::remove_file(copy.case_path(0)).expect("it can be removed");
    for _ in 0..2 {
        let vault = copy.open();
        assert_eq!(vault.warnings(), [Finding::Missing(case(&copy, 0))]);
        assert_eq!(vault.cases().len(), 1);
        vault.lock(now()).expect("there is room");
    }
}

#[test]
fn a_case_that_no_list_knows_is_adopted() {
    let copy = Copy::new();
    let older_practice = fs::read(copy.root().join("practice.age")).expect("a file");
    let mut vault = copy.open();
    let mut new = Case::new(Uuid::new_v4());
    new.facts.write(new.id, Facts::draft(vault.next_number(2026), day()), vault.stamp(now()));
    vault.save_case(&new, now()).expect("there is room");
    drop(vault);
    fs::write(copy.root().join("practice.age"), older_practice).expect("it can be written");
    let elsewhere = copy.elsewhere();
    let vault = elsewhere.open();
    assert_eq!(vault.warnings(), [Finding::Adopted(Object::Case(new.id))]);
    assert_eq!(vault.next_number(2026).serial, 4);
    vault.lock(now()).expect("there is room");
    assert_eq!(elsewhere.open().warnings(), []);
}

#[test]
fn files_that_hold_no_revisions_are_no_conflict_copies_and_stay_where_they_are() {
    let copy = Copy::new();
    for name in ["vakantie.age", ".DS_Store"] {
        fs::write(copy.root().join("cases").join(name), b"not ours").expect("it can be written");
    }
    for name in ["register", "vault", "recovery"] {
        let path = copy.root().join(format!("{name} (1).age"));
        fs::copy(copy.root().join(format!("{name}.age")), path).expect("it can be copied");
    }
    fs::write(copy.root().join("vakantie.age"), b"not ours").expect("it can be written");
    assert_eq!(findings(&copy), [], "these hold nothing that could be lost or counted");
    for name in ["vakantie.age", "vault (1).age", "recovery (1).age", "cases/vakantie.age", "cases/.DS_Store"] {
        assert!(copy.root().join(name).exists(), "{name}");
    }
    assert!(!copy.root().join("register (1).age").exists(), "a register is derived; a second one goes to prev/");
}

#[test]
fn any_flipped_bit_and_any_cut_of_a_case_is_noticed() {
    let copy = Copy::new();
    let whole = fs::read(copy.case_path(0)).expect("a file");
    let (keys, object) = (keys(&copy), case(&copy, 0));
    let opens = |bytes: &[u8]| {
        seal::open(bytes, &keys, object).and_then(|image| db::open(&image, &keys, object, Care::Full).map(|_| ()))
    };
    assert_eq!(opens(&whole), Ok(()));
    let places = (0..400).chain((400..whole.len()).step_by(1499)).chain(whole.len() - 40..whole.len());
    for place in places {
        for flip in [0x01, 0x80, 0xff] {
            let mut bad = whole.clone();
            bad[place] ^= flip;
            assert!(opens(&bad).is_err(), "byte {place} xor {flip}");
        }
        assert!(opens(&whole[..place]).is_err(), "cut at {place}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(opens(&longer).is_err(), "one byte more");
}

#[test]
fn a_damaged_case_does_not_keep_the_vault_closed_and_is_not_overwritten() {
    let copy = Copy::new();
    let whole = fs::read(copy.case_path(0)).expect("a file");
    let mut case_before = copy.open().case(copy.cases[0]).expect("the case opens");
    for (bad, expected) in [
        (whole[..whole.len() / 2].to_vec(), Finding::Truncated(case(&copy, 0))),
        (Vec::new(), Finding::Truncated(case(&copy, 0))),
        (vec![0; 5000], Finding::Damaged(case(&copy, 0))),
    ] {
        // Each time a vault whose register still knows the whole file.
        let copy_of_it = Copy::new();
        fs::write(copy_of_it.case_path(0), &bad).expect("it can be written");
        let mut vault = copy_of_it.open();
        assert_eq!(vault.warnings(), [expected]);
        assert_eq!(vault.cases().len(), 1);
        assert!(matches!(vault.case(copy.cases[0]), Err(OpenError::File(_))));
        add_note(&mut case_before, &vault, "erbij");
        assert!(vault.save_case(&case_before, now()).is_err());
        assert_eq!(fs::read(copy_of_it.case_path(0)).expect("a file"), bad, "what may be rescued is left");
    }
}

#[test]
fn a_bad_register_is_made_again() {
    let copy = Copy::new();
    for bad in [Vec::new(), vec![7; 9000]] {
        fs::write(copy.root().join("register.age"), bad).expect("it can be written");
        let vault = copy.open();
        assert_eq!(vault.warnings().len(), 1);
        assert_eq!(vault.warnings()[0].object(), Object::Register);
        assert_eq!(vault.cases().len(), 2);
        vault.lock(now()).expect("there is room");
        assert_eq!(findings(&copy), []);
    }
    fs::remove_file(copy.root().join("register.age")).expect("it can be removed");
    assert_eq!(copy.open().warnings(), [], "it may be deleted at any time");
}

#[cfg(unix)]
#[test]
fn a_link_or_a_pipe_in_the_place_of_a_case_is_refused() {
    let copy = Copy::new();
    let aside = copy.folder.path().join("aside.age");
    fs::rename(copy.case_path(0), &aside).expect("it can be renamed");
    std::os::unix::fs::symlink(&aside, copy.case_path(0)).expect("a link");
    assert_eq!(findings(&copy), [Finding::Refused(case(&copy, 0))]);
    fs::remove_file(copy.case_path(0)).expect("it can be removed");
    rustix::fs::mkfifoat(rustix::fs::CWD, copy.case_path(0), rustix::fs::Mode::RWXU).expect("a pipe");
    assert_eq!(findings(&copy), [Finding::Refused(case(&copy, 0))], "and unlocking does not wait for it");
}
