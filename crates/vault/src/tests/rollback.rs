//! Folders that are older than what this computer saw, and what they do to a count.

use super::*;
use crate::Finding;

fn add_case(vault: &mut Vault) -> Uuid {
    let mut new = Case::new(Uuid::new_v4());
    new.facts.write(new.id, Facts::draft(vault.next_number(2026), day()), vault.stamp(now()));
    vault.save_case(&new, now()).expect("there is room");
    new.id
}

#[test]
fn a_case_that_an_older_folder_does_not_know_is_missing_until_its_file_is_back() {
    let copy = Copy::new();
    let older = tempfile::tempdir().expect("a temporary folder");
    copy_folder(&copy.root(), older.path());
    let mut vault = copy.open();
    let added = add_case(&mut vault);
    vault.lock(now()).expect("there is room");
    let file = fs::read(copy.root().join(Object::Case(added).path())).expect("a file");
    fs::remove_dir_all(copy.root()).expect("it can be removed");
    copy_folder(older.path(), &copy.root());

    let missing = Finding::Missing(Object::Case(added));
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Older(Object::Practice), missing]);
    let practice = vault.practice().clone();
    vault.save_practice(practice, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    for _ in 0..2 {
        let vault = copy.open();
        assert_eq!(vault.warnings(), [missing], "the list looks new again, and the case is still gone");
        assert_eq!(vault.check().findings, [missing]);
        assert_eq!(vault.first_obstacle(), Some(missing));
        vault.lock(now()).expect("there is room");
    }

    fs::write(copy.root().join(Object::Case(added).path()), file).expect("it can be written");
    let vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Adopted(Object::Case(added))]);
    assert!(!vault.is_incomplete());
    vault.lock(now()).expect("there is room");
    assert_eq!(copy.open().warnings(), []);
}

#[test]
fn a_vault_with_a_case_that_is_gone_broken_or_older_is_incomplete() {
    let whole = fs::read(Copy::new().case_path(0)).expect("a file");
    let half = whole[..whole.len() / 2].to_vec();
    type Harm = (Option<Vec<u8>>, fn(Object) -> Finding);
    let harms: [Harm; 3] =
        [(None, Finding::Missing), (Some(half), Finding::Truncated), (Some(vec![0; 5000]), Finding::Damaged)];
    for (content, expected) in harms {
        let copy = Copy::new();
        match content {
            Some(bytes) => fs::write(copy.case_path(0), bytes).expect("it can be written"),
            None => fs::remove_file(copy.case_path(0)).expect("it can be removed"),
        }
        let vault = copy.open();
        assert_eq!(vault.first_obstacle(), Some(expected(Object::Case(copy.cases[0]))));
        assert!(vault.is_incomplete());
    }

    let copy = Copy::new();
    let old = fs::read(copy.root().join("practice.age")).expect("a file");
    let mut vault = copy.open();
    assert!(!vault.is_incomplete());
    let practice = vault.practice().clone();
    vault.save_practice(practice, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    fs::write(copy.root().join("practice.age"), old).expect("it can be written");
    assert_eq!(copy.open().first_obstacle(), Some(Finding::Older(Object::Practice)));
}

#[test]
fn what_changes_no_number_does_not_make_a_vault_incomplete() {
    let copy = Copy::new();
    fs::write(copy.root().join("register.age"), b"").expect("it can be written");
    fs::write(copy.root().join("vault.bak.age"), b"").expect("it can be written");
    fs::copy(copy.root().join("practice.age"), copy.root().join("practice (1).age")).expect("it can be copied");
    let mut vault = copy.open();
    assert_eq!(vault.warnings().len(), 2, "register and copy of the identity; the second practice said the same");
    assert_eq!(vault.first_obstacle(), None);
    add_case(&mut vault);
    assert!(!vault.is_incomplete(), "a case that was just made is there");
}
