//! What a save keeps, and what it refuses.

use super::*;
use crate::SaveError;

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
