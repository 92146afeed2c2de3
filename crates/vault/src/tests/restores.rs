//! Back-ups that are put back: beside the vault, whole or not at all.

use super::backups::Place;
use super::*;
use crate::Finding;
use crate::backup::{BackupFile, RestoreError};

#[test]
fn what_is_put_back_reports_as_before_and_is_not_called_older() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    // The vault goes on, so that what is in the back-up is old.
    let mut vault = place.copy.open();
    let mut case = vault.case(place.copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "na de back-up");
    vault.save_case(&case, later(60)).expect("there is room");
    vault.lock(later(61)).expect("there is room");
    let beside = place.copy.folder.path().join("terug");
    let mut file = BackupFile::open(&made.file).expect("it is a back-up");
    let root = file.restore(&beside, &place.copy.state).expect("there is room");
    let mut restored = Vault::unlock(&root, &passphrase(), &place.copy.state, later(70)).expect("the vault opens");
    assert_eq!(restored.warnings(), []);
    assert_eq!(restored.first_obstacle(), None, "a report can be made");
    assert_eq!(notes(&mut restored, place.copy.cases[0]), ["het eerste gesprek"]);
    let mut case = restored.case(place.copy.cases[0]).expect("the case opens");
    add_note(&mut case, &restored, "verder vanaf hier");
    restored.save_case(&case, later(71)).expect("there is room");
    restored.lock(later(72)).expect("there is room");
    // The original still notices that it was set back, and so does the new folder: what
    // was saved last comes back from a snapshot.
    let original = place.copy.case_path(0);
    fs::copy(place.copy.root().join("prev").join(original.file_name().expect("a name")), &original).expect("a file");
    let mut noticed = place.copy.open();
    assert_eq!(noticed.warnings(), [Finding::Returned(Object::Case(place.copy.cases[0]))]);
    assert_eq!(notes(&mut noticed, place.copy.cases[0]).len(), 2);
    drop(noticed);
    let in_new = root.join(Object::Case(place.copy.cases[0]).path());
    fs::copy(root.join("prev").join(in_new.file_name().expect("a name")), &in_new).expect("a file");
    let set_back = Vault::unlock(&root, &passphrase(), &place.copy.state, later(80)).expect("the vault opens");
    assert_eq!(set_back.warnings(), [Finding::Returned(Object::Case(place.copy.cases[0]))]);
}

#[test]
fn a_back_up_is_put_back_only_into_a_new_or_empty_folder_outside_every_vault() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    let mut file = BackupFile::open(&made.file).expect("it is a back-up");
    let before = copied(&place.copy.root());
    for inside in ["", "nieuw", "cases", "prev/terug"] {
        let outcome = file.restore(&place.copy.root().join(inside), &place.copy.state);
        assert!(matches!(outcome, Err(RestoreError::NotEmpty | RestoreError::InVault)), "{inside}");
    }
    assert!(matches!(file.restore(&place.plan.folder, &place.copy.state), Err(RestoreError::NotEmpty)));
    assert_eq!(copied(&place.copy.root()), before, "the vault is as it was");
}

/// Every file below a folder with its bytes.
fn copied(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.push((path.clone(), Vec::new()));
            files.extend(copied(&path));
        } else {
            files.push((path.clone(), fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}

#[test]
fn whichever_operation_of_a_restore_fails_nothing_is_left_of_it() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    let mut file = BackupFile::open(&made.file).expect("it is a back-up");
    let fs_of = FailingFs::new(io::ErrorKind::StorageFull, false);
    for operation in 0.. {
        let beside = place.copy.folder.path().join(format!("terug{operation}"));
        fs_of.fail_after(operation);
        let outcome = file.restore_on(&*fs_of, &beside, &place.copy.state);
        let hit = fs_of.failed();
        fs_of.heal();
        if !hit {
            outcome.expect("without a fault it is put back");
            assert!(operation > 20, "each of seven files is made, written, flushed and read: {operation}");
            return;
        }
        let left = if beside.exists() { copied(&beside) } else { Vec::new() };
        let files = left.iter().filter(|(path, _)| path.is_file()).count();
        assert!(outcome.is_err() && files == 0, "operation {operation} left {files} files");
    }
}
