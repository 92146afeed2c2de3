//! Two computers that write into one synced folder.

use super::*;
use crate::SaveError;

#[test]
fn a_case_that_was_changed_elsewhere_is_not_overwritten_and_nothing_is_lost() {
    let copy = Copy::new();
    let mut here = copy.open();
    let elsewhere = copy.elsewhere();
    let mut there = elsewhere.open();
    let mut case = there.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &there, "daar geschreven");
    there.save_case(&case, now()).expect("there is room");

    let mut case = here.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &here, "hier geschreven");
    fs::copy(elsewhere.case_path(0), copy.case_path(0)).expect("the sync program does this");
    let refused = here.save_case(&case, now());
    assert!(matches!(refused, Err(SaveError::ChangedElsewhere(Object::Case(_)))));
    assert_eq!(
        fs::read(copy.case_path(0)).expect("a file"),
        fs::read(elsewhere.case_path(0)).expect("a file"),
        "theirs is as it was"
    );
    assert_eq!(fs::read_dir(copy.root().join(".tmp")).expect("a folder").count(), 0);

    let mut merged = here.case(copy.cases[0]).expect("theirs opens");
    assert!(matches!(here.save_case(&case, now()), Err(SaveError::FewerRevisions(_))), "ours lacks their note");
    add_note(&mut merged, &here, "hier geschreven");
    here.save_case(&merged, now()).expect("a version that holds both");
    assert_eq!(notes(&mut here, copy.cases[0]).len(), 3);
}

#[test]
fn a_practice_that_was_changed_elsewhere_is_not_overwritten() {
    let copy = Copy::new();
    let mut here = copy.open();
    let elsewhere = copy.elsewhere();
    let mut there = elsewhere.open();
    let practice = there.practice().clone();
    there.save_practice(practice, now()).expect("there is room");
    fs::copy(elsewhere.root().join("practice.age"), copy.root().join("practice.age")).expect("the sync program does");
    let practice = here.practice().clone();
    assert!(matches!(here.save_practice(practice, now()), Err(SaveError::ChangedElsewhere(Object::Practice))));
}

#[test]
fn a_case_whose_file_was_taken_away_is_written_again() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "nog steeds hier");
    fs::remove_file(copy.case_path(0)).expect("it can be removed");
    vault.save_case(&case, now()).expect("absent is not deleted");
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2);
}

#[test]
fn a_save_that_has_lost_words_is_refused() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let before = fs::read(copy.case_path(0)).expect("a file");
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    case.notes = casebook::Entries::default();
    assert!(matches!(vault.save_case(&case, now()), Err(SaveError::FewerRevisions(_))));
    drop(vault);
    let mut vault = copy.open();
    assert!(matches!(vault.save_case(&case, now()), Err(SaveError::FewerRevisions(_))), "without opening it first");
    assert!(matches!(vault.save_case(&Case::new(copy.cases[0]), now()), Err(SaveError::NoFacts(_))));
    assert_eq!(fs::read(copy.case_path(0)).expect("a file"), before);
}

#[test]
fn each_save_keeps_the_version_before_it() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let before = fs::read(copy.case_path(0)).expect("a file");
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "erbij");
    vault.save_case(&case, now()).expect("there is room");
    let kept = copy.root().join("prev").join(format!("{}.age", copy.cases[0]));
    assert_eq!(fs::read(kept).expect("a file"), before);
}
