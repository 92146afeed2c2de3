//! The recovery sheet: proving it, and revoking it everywhere in the folder.

use super::*;
use crate::keys::Keys;
use crate::{Finding, SaveError};

/// Everywhere a version of `recovery.age` can be: kept by a save, kept by day, left by
/// a save that was interrupted, and left by programs that synchronise.
const PLACES: [&str; 7] = [
    "prev/recovery.age",
    "prev/recovery.0123456789abcdef.age",
    "prev/2026-11-22/recovery.age",
    ".tmp/0b6f5a3e-52a5-4bb1-9d1c-3f2a8f0d4c11.age",
    "recovery (1).age",
    "recovery.sync-conflict-20260102-030405-ABCDEFG.age",
    "recovery-LAPTOP.age",
];

/// Files that the code opens, in the folder and below it.
fn opens(root: &Path, code: &RecoveryCode) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(opens(&path, code));
            continue;
        }
        let sealed = fs::read(&path).expect("a file");
        if matches!(seal::open_keys(&sealed, &code.passphrase(), Object::Recovery), Ok(Some(_))) {
            found.push(path);
        }
    }
    found
}

#[test]
fn after_a_new_sheet_the_old_code_opens_nothing_that_is_left_in_the_folder() {
    let copy = Copy::new();
    let mut vault = copy.open();
    fs::create_dir_all(copy.root().join("prev/2026-11-22")).expect("it can be made");
    for place in PLACES {
        fs::copy(copy.root().join("recovery.age"), copy.root().join(place)).expect("it can be copied");
    }
    let own = copy.root().join("recovery.txt");
    fs::write(&own, b"van haarzelf").expect("it can be written");
    assert_eq!(opens(&copy.root(), &code()).len(), PLACES.len() + 1, "the check can see them");
    let new = vault.new_recovery_code().expect("there is room");
    assert_eq!(opens(&copy.root(), &code()), Vec::<PathBuf>::new());
    assert_eq!(opens(&copy.root(), &new), [copy.root().join("recovery.age")]);
    assert!(own.exists(), "what is no sealed identity is not ours to remove");
    drop(vault);
    assert!(copy.unlock().is_ok(), "the passphrase opens it as before");
}

#[test]
fn a_kept_version_that_cannot_be_removed_leaves_the_old_code_at_work() {
    let copy = Copy::new();
    fs::copy(copy.root().join("recovery.age"), copy.root().join("prev/recovery.age")).expect("it can be copied");
    let sick = FailingFs::new(io::ErrorKind::PermissionDenied, true);
    let mut vault = Vault::unlock_on(sick.clone(), &copy.root(), &passphrase(), &copy.state, now()).expect("it opens");
    let before = fs::read(copy.root().join("recovery.age")).expect("a file");
    sick.fail_after(0);
    assert!(matches!(vault.new_recovery_code(), Err(SaveError::Disk(_))));
    sick.heal();
    assert_eq!(fs::read(copy.root().join("recovery.age")).expect("a file"), before);
    assert_eq!(vault.prove_recovery_code(&code()), Ok(true));
}

#[test]
fn a_sheet_is_proved_by_opening_and_an_older_one_is_told_apart() {
    let copy = Copy::new();
    let mut vault = copy.open();
    assert_eq!(vault.prove_recovery_code(&code()), Ok(true));
    let new = vault.new_recovery_code().expect("there is room");
    assert_eq!(vault.prove_recovery_code(&code()), Ok(false), "an older sheet");
    assert_eq!(vault.prove_recovery_code(&new), Ok(true));
}

#[test]
fn a_file_that_no_sheet_can_open_is_named_and_a_new_sheet_mends_it() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let path = copy.root().join("recovery.age");
    let foreign = seal::seal_keys_at(&Keys::make(), &code().passphrase(), Object::Recovery, 14);
    for (bytes, finding) in [
        (b"kapot".to_vec(), Finding::Damaged(Object::Recovery)),
        (foreign.expect("memory is there").bytes, Finding::Foreign(Object::Recovery)),
    ] {
        fs::write(&path, bytes).expect("it can be written");
        assert_eq!(vault.prove_recovery_code(&code()), Err(finding));
    }
    fs::remove_file(&path).expect("it is there");
    assert_eq!(vault.prove_recovery_code(&code()), Err(Finding::Missing(Object::Recovery)));
    let new = vault.new_recovery_code().expect("there is room");
    assert_eq!(vault.prove_recovery_code(&new), Ok(true));
}

#[test]
fn a_changed_file_is_no_longer_unproven_once_its_sheet_opened_it() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    let again = seal::seal_keys(&copy.open().store.keys, &code().passphrase(), Object::Recovery);
    fs::write(copy.root().join("recovery.age"), again.expect("memory is there").bytes).expect("it can be written");
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Unproven(Object::Recovery)]);
    assert_eq!(vault.prove_recovery_code(&code()), Ok(true));
    assert_eq!(vault.warnings(), []);
    vault.lock(now()).expect("there is room");
    assert_eq!(copy.open().warnings(), [], "this computer remembers it");
}
