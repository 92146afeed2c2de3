//! Create, unlock, save, lock, change the secret.

use super::*;
use crate::{Finding, SaveError};
use casebook::practice::Organisation;

#[test]
fn what_was_saved_is_there_after_locking_and_unlocking() {
    let copy = Copy::new();
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), []);
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "het tweede gesprek");
    assert_eq!(vault.save_case(&case, later(5)).expect("there is room").at, later(5));
    let mut practice = vault.practice().clone();
    let organisation = Uuid::new_v4();
    practice.organisations.write(organisation, Organisation::named(CaseText::from("Zorggroep")), vault.stamp(now()));
    vault.save_practice(practice, now()).expect("there is room");
    vault.lock(now()).expect("there is room");

    let mut vault = copy.open();
    assert_eq!(vault.warnings(), []);
    assert_eq!(notes(&mut vault, copy.cases[0]), ["het eerste gesprek", "het tweede gesprek"]);
    assert!(vault.practice().organisations.get(organisation).is_some());
    let summary = vault.cases().iter().find(|summary| summary.id == copy.cases[0]).expect("it is listed");
    assert_eq!(summary.work.iter().map(|work| (work.contacts, work.minutes)).collect::<Vec<_>>(), [(2, 60)]);
}

#[test]
fn a_word_that_was_acknowledged_survives_a_program_that_just_dies() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let mut case = vault.case(copy.cases[1]).expect("the case opens");
    add_note(&mut case, &vault, "net opgeschreven");
    vault.save_case(&case, now()).expect("there is room");
    drop(vault);
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [], "a register that runs behind is no reason to worry her");
    assert_eq!(notes(&mut vault, copy.cases[1]).len(), 2);
    let summary = vault.cases().iter().find(|summary| summary.id == copy.cases[1]).expect("it is listed");
    assert_eq!(summary.work[0].contacts, 2, "the summary was made again from the case");
}

#[test]
fn the_folder_holds_what_the_format_says_and_nothing_readable() {
    let copy = Copy::new();
    let mut names: Vec<String> = fs::read_dir(copy.root())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let expected = [
        ".tmp",
        "LEESMIJ.txt",
        "attachments",
        "cases",
        "inbox",
        "practice.age",
        "prev",
        "recovery.age",
        "register.age",
        "vault.age",
        "vault.bak.age",
    ];
    assert_eq!(names, expected);
    for path in [copy.case_path(0), copy.root().join("practice.age"), copy.root().join("register.age")] {
        let bytes = fs::read(path).expect("a file");
        assert!(bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "));
        assert!(!bytes.windows(6).any(|six| six == b"SQLite" || six == b"gespre"));
    }
    assert!(String::from_utf8_lossy(&original().made[..80]).contains(" 18\n"), "the work factor is always 18");
    assert_eq!(fs::read_dir(copy.root().join(".tmp")).expect("a folder").count(), 0);
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let copy = original();
    let root = copy.folder.path().join("vault");
    let mode = |path: PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(root.clone()), 0o700);
    assert_eq!(mode(root.join("practice.age")), 0o600);
    assert_eq!(mode(root.join("cases").join(format!("{}.age", copy.cases[0]))), 0o600);
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
    let made = Vault::create(folder.path(), &passphrase(), &state, now());
    assert!(matches!(made, Err(crate::CreateError::NotEmpty)));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "only the state is there");
    let opened = Vault::unlock(folder.path(), &passphrase(), &state, now());
    assert!(matches!(opened, Err(OpenError::NotAVault)));
    let opened = Vault::unlock(&folder.path().join("nergens"), &passphrase(), &state, now());
    assert!(matches!(opened, Err(OpenError::NotAVault)));
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_changes_nothing() {
    let copy = Copy::new();
    let before = fs::read(copy.root().join("vault.age")).expect("a file");
    let opened = Vault::unlock(&copy.root(), &Passphrase::new("iets anders".to_owned()), &copy.state, now());
    assert!(matches!(opened, Err(OpenError::WrongPassphrase)));
    assert_eq!(fs::read(copy.root().join("vault.age")).expect("a file"), before);
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let copy = Copy::new();
    let new = Passphrase::new("een nieuwe zin".to_owned());
    let mut vault = copy.open();
    assert!(matches!(vault.change_passphrase(&new, &new), Err(SaveError::WrongPassphrase)));
    vault.change_passphrase(&passphrase(), &new).expect("there is room");
    vault.lock(now()).expect("there is room");
    assert!(matches!(copy.unlock(), Err(OpenError::WrongPassphrase)), "neither copy opens with the old one");
    let mut vault = Vault::unlock(&copy.root(), &new, &copy.state, now()).expect("the new one opens");
    assert_eq!(vault.warnings(), []);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 1);
}

#[test]
fn the_recovery_code_gives_a_new_passphrase_and_a_new_code_revokes_it() {
    let copy = Copy::new();
    let new = Passphrase::new("na het vergeten".to_owned());
    let mut vault = Vault::recover(&copy.root(), &code(), &new, &copy.state, now()).expect("the code opens");
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 1);
    let second = vault.new_recovery_code().expect("there is room");
    vault.lock(now()).expect("there is room");
    let with_old = Vault::recover(&copy.root(), &code(), &new, &copy.state, now());
    assert!(matches!(with_old, Err(OpenError::WrongRecoveryCode)));
    let second = RecoveryCode::parse(&second.expose()).expect("it was printed");
    assert!(Vault::recover(&copy.root(), &second, &new, &copy.state, now()).is_ok());
}

#[test]
fn a_sealed_copy_of_the_identity_that_is_lost_is_made_again() {
    let copy = Copy::new();
    fs::write(copy.root().join("vault.age"), b"").expect("it can be written");
    let vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Repaired(Object::Identity)]);
    vault.lock(now()).expect("there is room");
    fs::remove_file(copy.root().join("vault.bak.age")).expect("it can be removed");
    let vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Repaired(Object::IdentityCopy)]);
    vault.lock(now()).expect("there is room");
    assert_eq!(copy.open().warnings(), []);
}

#[test]
fn numbers_are_never_given_twice() {
    let copy = Copy::new();
    let vault = copy.open();
    assert_eq!(vault.next_number(2026).to_string(), "2026-003");
    assert_eq!(vault.next_number(2027).to_string(), "2027-001");
    drop(vault);
    fs::remove_file(copy.case_path(1)).expect("it can be removed");
    assert_eq!(copy.open().next_number(2026).to_string(), "2026-003", "the missing case keeps its number");
}

#[test]
fn a_check_counts_the_good_files_and_finds_nothing() {
    let copy = Copy::new();
    let check = copy.open().check();
    assert_eq!((check.good, check.findings), (7, vec![]), "three identities, practice, register, two cases");
}

#[test]
fn a_vault_that_is_open_does_not_open_again() {
    let copy = Copy::new();
    let vault = copy.open();
    assert!(matches!(copy.unlock(), Err(OpenError::InUse)), "the same computer");
    let other_state = LocalState::open(&copy.folder.path().join("other-state")).expect("it can be written");
    let second = Vault::unlock(&copy.root(), &passphrase(), &other_state, now());
    assert!(matches!(second, Err(OpenError::InUse)), "another user of the same disk");
    drop(vault);
    assert!(copy.unlock().is_ok(), "the lock goes with its holder");
}

#[test]
fn what_reads_differently_the_second_time_is_not_called_damaged() {
    let copy = Copy::new();
    let vault = copy.open();
    let object = Object::Case(copy.cases[0]);
    let judge = |bad: usize| {
        let times = std::cell::Cell::new(0);
        crate::check::twice(&vault.store, object, || {
            times.set(times.get() + 1);
            if times.get() <= bad { Err(Finding::Damaged(object)) } else { Ok(()) }
        })
    };
    assert_eq!(judge(0), Ok(()));
    assert_eq!(judge(1), Err(Finding::Unsteady(object)));
    assert_eq!(judge(2), Err(Finding::Damaged(object)));
}
