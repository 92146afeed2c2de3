//! What a session saved stands once more in `prev/` after lock.

use super::*;

fn header(path: &Path) -> crate::header::HeaderId {
    crate::header::scan(&fs::read(path).expect("a file"), Object::Practice).expect("it is sealed")
}

fn save(copy: &Copy, vault: &mut Vault, at: DateTime<Utc>) {
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    add_note(&mut case, vault, "nog een gesprek");
    vault.save_case(&case, at).expect("there is room");
}

#[test]
fn what_was_saved_last_is_found_after_a_sync_program_took_its_place() {
    for renamed in [true, false] {
        let copy = Copy::new();
        let mut vault = copy.open();
        save(&copy, &mut vault, later(1));
        save(&copy, &mut vault, later(2));
        let last = header(&copy.case_path(0));
        // The day after, because the vault itself was made and locked the day before.
        vault.lock(later(86_400)).expect("there is room");
        // The older version under a new file with the old name, as sync programs do.
        let older = copy.root().join("prev").join(copy.case_path(0).file_name().expect("a name"));
        let new = copy.folder.path().join("binnengehaald");
        fs::copy(older, &new).expect("a file");
        if renamed {
            fs::rename(&new, copy.case_path(0)).expect("it can be moved");
        } else {
            // Or into the file itself.
            fs::write(copy.case_path(0), fs::read(&new).expect("a file")).expect("it can be written");
        }
        assert_ne!(header(&copy.case_path(0)), last);
        // A case that was not saved has no snapshot: nothing of it could be lost.
        let day = copy.root().join("prev/2026-03-03");
        assert_eq!(header(&day.join(copy.case_path(0).file_name().expect("a name"))), last, "renamed: {renamed}");
        let kept = fs::read_dir(day).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        assert_eq!(kept.collect::<Vec<_>>(), [copy.case_path(0).file_name().expect("a name")]);
    }
}

#[test]
fn the_last_version_of_a_day_is_the_one_that_is_kept() {
    let copy = Copy::new();
    for seconds in [1, 60] {
        let mut vault = copy.open();
        save(&copy, &mut vault, later(seconds));
        vault.lock(later(seconds + 1)).expect("there is room");
    }
    let kept = copy.root().join("prev/2026-03-02").join(copy.case_path(0).file_name().expect("a name"));
    assert_eq!(header(&kept), header(&copy.case_path(0)));
}

#[test]
fn old_snapshots_go_and_what_is_not_a_snapshot_stays() {
    let copy = Copy::new();
    let previous = copy.root().join("prev");
    let sealed = fs::read(copy.case_path(0)).expect("a file");
    let name = copy.case_path(0).file_name().expect("a name").to_owned();
    for back in 1..40_u64 {
        let day = previous.join((now().date_naive() - chrono::Days::new(back)).to_string());
        fs::create_dir(&day).expect("it can be made");
        fs::write(day.join(&name), &sealed).expect("it can be written");
    }
    let foreign =
        [previous.join("2020-01-01/brief.txt"), previous.join("vakantie/x.age"), previous.join("2099-01-01/x")];
    for path in &foreign {
        fs::create_dir(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, b"van iemand anders").expect("it can be written");
    }
    let elsewhere = copy.folder.path().join("elders");
    fs::create_dir(&elsewhere).expect("it can be made");
    fs::write(elsewhere.join(&name), &sealed).expect("it can be written");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&elsewhere, previous.join("2019-01-01")).expect("it can be made");
    let mut vault = copy.open();
    save(&copy, &mut vault, later(1));
    vault.lock(later(2)).expect("there is room");
    let kept = |path: &Path| path.join(&name).exists();
    let days = fs::read_dir(&previous).expect("a folder").filter(|entry| kept(&entry.as_ref().expect("one").path()));
    assert_eq!(days.count(), 7 + 4 + usize::from(cfg!(unix)), "seven days, four weeks, and the link is not followed");
    assert!(kept(&elsewhere) && foreign.iter().all(|path| path.exists()));
}

#[test]
fn a_disk_that_takes_no_snapshot_does_not_keep_the_vault_open() {
    for operation in 0..40 {
        let (copy, disk) = (Copy::new(), FailingFs::new(io::ErrorKind::StorageFull, true));
        let of_vault: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&disk);
        let mut vault = Vault::unlock_on(of_vault, &copy.root(), &passphrase(), &copy.state, now()).expect("it opens");
        save(&copy, &mut vault, later(1));
        disk.fail_after(operation);
        drop(vault.lock(later(2)));
        let hit = disk.failed();
        disk.heal();
        assert_eq!(notes(&mut copy.open(), copy.cases[0]).len(), 2, "operation {operation}");
        if !hit {
            return assert!(operation > 8, "the register, a link, its name, the folders, the pin: {operation}");
        }
    }
    unreachable!("locking has an end");
}
