//! Disks that fail: every operation of a save once, full disks, read-only disks, and
//! programs that die between two operations.

use super::sim::scrypt;
use super::*;
use crate::finding::DiskTrouble;
use crate::{CreateError, SaveError};

fn unlock_on(fs: Arc<FailingFs>, copy: &Copy) -> Vault {
    Vault::unlock_on(fs, &copy.root(), &passphrase(), &copy.state, now()).expect("the vault opens")
}

/// Fails the first operation of a save, then the second, until a save gets through.
/// Returns how many operations a save has.
fn fail_each_operation(disk: &Arc<FailingFs>, copy: &Copy) -> usize {
    let mut vault = unlock_on(Arc::clone(disk), copy);
    let id = copy.cases[0];
    let mut acknowledged = notes(&mut vault, id);
    let mut case = vault.case(id).expect("the case opens");
    for operation in 0.. {
        let words = format!("bij bewerking {operation}");
        add_note(&mut case, &vault, &words);
        let before = fs::read(copy.case_path(0)).expect("a file");
        disk.fail_after(operation);
        let saved = vault.save_case(&case, now());
        let hit = disk.failed();
        disk.heal();
        // A failed operation may be one of tidying up; then the save is good all the same.
        if saved.is_ok() {
            acknowledged.push(words.clone());
        }
        let on_disk = Copy { folder: tempfile::tempdir().expect("a folder"), state: local(), cases: copy.cases };
        copy_folder(&copy.root(), &on_disk.root());
        let found = notes(&mut on_disk.open(), id);
        assert!(acknowledged.iter().all(|word| found.contains(word)), "operation {operation} lost a word");
        let unchanged = fs::read(copy.case_path(0)).expect("a file") == before;
        assert!(!(unchanged && found.contains(&words)), "operation {operation}: what was not saved came back");
        if !hit {
            assert!(saved.is_ok(), "without a fault a save succeeds");
            return operation;
        }
        vault.save_case(&case, now()).expect("the next save works");
        if saved.is_err() {
            acknowledged.push(words);
        }
        assert_eq!(notes(&mut vault, id).len(), acknowledged.len(), "operation {operation}");
    }
    unreachable!("a save has an end")
}

/// A computer of its own each time, so that no lock or pin of another is in the way.
fn local() -> LocalState {
    let folder = original().folder.path().join(Uuid::new_v4().to_string());
    LocalState::open(&folder).expect("it can be written")
}

#[test]
fn whichever_operation_of_a_save_fails_it_is_reported_and_no_word_is_lost() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
        let operations = fail_each_operation(&FailingFs::new(kind, false), &Copy::new());
        assert!(operations >= 8, "create, write, flush, read, look, exchange, keep, flush: {operations}");
    }
}

#[test]
fn the_same_holds_where_files_cannot_change_places_or_have_two_names() {
    let fs = FailingFs::new(io::ErrorKind::StorageFull, false);
    fs.exchanges.store(false, Ordering::SeqCst);
    assert!(fail_each_operation(&fs, &Copy::new()) >= 8);
    fs.links.store(false, Ordering::SeqCst);
    assert!(fail_each_operation(&fs, &Copy::new()) >= 8);
}

#[test]
fn a_full_or_read_only_disk_is_named_and_nothing_changes() {
    for (kind, trouble) in [
        (io::ErrorKind::StorageFull, DiskTrouble::Full),
        (io::ErrorKind::ReadOnlyFilesystem, DiskTrouble::ReadOnly),
        (io::ErrorKind::PermissionDenied, DiskTrouble::Denied),
    ] {
        let (copy, fs) = (Copy::new(), FailingFs::new(kind, true));
        fs.fail_after(0);
        let mut vault = unlock_on(Arc::clone(&fs), &copy);
        assert_eq!(vault.warnings(), [], "reading needs no room");
        let before = fs::read(copy.case_path(0)).expect("a file");
        let mut case = vault.case(copy.cases[0]).expect("the case opens");
        add_note(&mut case, &vault, "past dit nog");
        let failed = vault.save_case(&case, now());
        assert!(matches!(failed, Err(SaveError::Disk(found)) if found == trouble), "{trouble}");
        assert_eq!(fs::read(copy.case_path(0)).expect("a file"), before);
        fs.heal();
        vault.save_case(&case, now()).expect("with room again the same text is saved");
        assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2);
    }
}

#[test]
fn a_vault_that_cannot_be_made_leaves_an_empty_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for operation in [0, 3, 8, 14] {
        let fs = FailingFs::new(io::ErrorKind::StorageFull, false);
        fs.fail_after(operation);
        let root = folder.path().join(format!("vault{operation}"));
        let made = scrypt::cheaply(|| Vault::create_on(fs, &root, &passphrase(), &local(), now()));
        assert!(matches!(made, Err(CreateError::Disk(DiskTrouble::Full))), "operation {operation}");
        let left = fs::read_dir(&root).map_or(0, |entries| {
            let whole = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").path();
            entries.map(whole).filter(|path| path.is_file()).count()
        });
        assert_eq!(left, 0, "operation {operation}");
    }
}

#[test]
fn a_vault_that_cannot_be_made_leaves_nothing_in_the_way_of_trying_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Once, and a disk that is full from then on.
    for for_good in [false, true] {
        let root = folder.path().join(format!("vault-{for_good}"));
        let whole = folder.path().join(format!("whole-{for_good}"));
        for empty in [&root, &whole] {
            fs::create_dir(empty).expect("it can be made");
        }
        let measured = FailingFs::new(io::ErrorKind::StorageFull, for_good);
        let make = |fs, root| scrypt::cheaply(|| Vault::create_on(fs, root, &passphrase(), &local(), now()));
        make(Arc::clone(&measured) as _, &whole).expect("there is room");
        let operations = measured.done.load(Ordering::SeqCst);
        // The last steps are those in which a vault can already be opened.
        for operation in [9, 3, 2, 1].map(|before| operations - before) {
            let fs = FailingFs::new(io::ErrorKind::StorageFull, for_good);
            fs.fail_after(operation);
            let made = make(fs, &root);
            assert!(matches!(made, Err(CreateError::Disk(DiskTrouble::Full))), "operation {operation}");
            assert_eq!(fs::read_dir(&root).expect("a folder").count(), 0, "operation {operation}");
        }
        Vault::create(&root, &passphrase(), &local(), now()).expect("with room it works in the same folder");
    }
}

#[test]
fn a_vault_that_is_being_made_is_not_taken_back_by_a_second_program() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let held = RealFs.lock(folder.path()).expect("it can be locked");
    let made = Vault::create(folder.path(), &passphrase(), &local(), now());
    assert!(matches!(made, Err(CreateError::Disk(DiskTrouble::Taken))));
    drop(held);
    fs::write(folder.path().join("LEESMIJ.txt"), b"van een ander").expect("it can be written");
    let made = Vault::create(folder.path(), &passphrase(), &local(), now());
    assert!(matches!(made, Err(CreateError::NotEmpty)));
    assert_eq!(fs::read(folder.path().join("LEESMIJ.txt")).expect("it is left"), b"van een ander");
}

#[test]
fn a_passphrase_change_that_fails_half_way_leaves_a_vault_that_opens() {
    let new = Passphrase::new("een nieuwe zin".to_owned());
    for operation in [1, 2, 5, 12] {
        let (copy, fs) = (Copy::new(), FailingFs::new(io::ErrorKind::StorageFull, false));
        let mut vault = unlock_on(Arc::clone(&fs), &copy);
        fs.fail_after(operation);
        let changed = vault.change_passphrase(&passphrase(), &new);
        assert!(changed.is_err(), "operation {operation}");
        fs.heal();
        drop(vault);
        let opens = |secret: &Passphrase| Vault::unlock(&copy.root(), secret, &copy.state, now()).is_ok();
        assert!(opens(&passphrase()) || opens(&new), "operation {operation}");
    }
}

#[test]
fn a_version_that_a_dead_program_displaced_or_finished_is_not_thrown_away() {
    let copy = Copy::new();
    let (target, temp) = (copy.case_path(0), copy.root().join(".tmp"));
    let old = fs::read(&target).expect("a file");
    let mut vault = copy.open();
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "het tweede gesprek");
    vault.save_case(&case, now()).expect("there is room");
    drop(vault);
    let new = fs::read(&target).expect("a file");
    let kept = copy.root().join("prev").join(format!("{}.age", copy.cases[0]));
    let leftover = || temp.join(format!("{}.age", Uuid::new_v4()));

    // Died after the exchange: the displaced version has the temporary name.
    fs::remove_file(&kept).expect("it can be removed");
    fs::write(leftover(), &old).expect("it can be written");
    drop(copy.open());
    assert_eq!(fs::read(&kept).expect("it is put where it belongs"), old);

    // Died before the exchange: the new version is complete and not in its place.
    fs::write(&target, &old).expect("it can be written");
    fs::write(leftover(), &new).expect("it can be written");
    let mut vault = copy.open();
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2, "it is published after all");
    drop(vault);

    // The target vanished: the leftover is all there is.
    fs::remove_file(&target).expect("it can be removed");
    fs::write(leftover(), &new).expect("it can be written");
    drop(copy.open());
    assert_eq!(fs::read(&target).expect("it is back"), new);

    // A piece, and a file of somebody else.
    fs::write(leftover(), &new[..5000]).expect("it can be written");
    fs::write(temp.join("eigen.txt"), b"not ours").expect("it can be written");
    drop(copy.open());
    let left: Vec<_> =
        fs::read_dir(&temp).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(left, ["eigen.txt"]);
}

#[test]
fn a_finished_version_that_cannot_be_published_yet_waits_for_the_next_unlock() {
    let copy = Copy::new();
    let (target, temp) = (copy.case_path(0), copy.root().join(".tmp"));
    let only = fs::read(&target).expect("a file");
    fs::rename(&target, temp.join(format!("{}.age", Uuid::new_v4()))).expect("it can be renamed");
    let fs_that_fails = FailingFs::new(io::ErrorKind::StorageFull, true);
    fs_that_fails.fail_after(0);
    let vault = unlock_on(fs_that_fails, &copy);
    assert_eq!(vault.warnings(), [crate::Finding::Missing(Object::Case(copy.cases[0]))]);
    drop(vault);
    assert_eq!(copy.open().warnings(), []);
    assert_eq!(fs::read(&target).expect("it is back"), only);
}
