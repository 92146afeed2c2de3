//! What a back-up is worth is found by opening it: at once, or after the next unlock.

use super::backups::{Place, clock};
use super::*;
use crate::backup::{self, BackupPlan, Contents, ReadBackupError};

impl Place {
    /// Opens the last back-up with the keys of an unlocked vault, as the program does.
    fn prove(&self) -> Result<Contents, ReadBackupError> {
        let vault = self.copy.open();
        let proof = vault.backup_proof(&self.current()).expect("one was made");
        let made = proof.run(&self.copy.state);
        vault.lock(now()).expect("there is room");
        made.map(|made| made.contents.expect("everything was opened"))
    }

    /// Makes a back-up with the keys, as she does by hand.
    fn make_open(&self, vault: &Vault, seconds: i64) -> Contents {
        let made = vault.back_up(&self.copy.state, &self.current(), later(seconds), clock(seconds));
        made.expect("there is room").contents.expect("the vault is open")
    }

    fn keep(&self, keep: u32) {
        self.copy.state.set_backup_plan(&BackupPlan { keep, ..self.current() }).expect("there is room");
    }

    fn last(&self) -> String {
        self.current().last.expect("one was made").name
    }

    /// Changes a byte in the middle of a case, which looks like a sealed file as before.
    fn spoil_a_case(&self) {
        spoil(&self.copy.case_path(1));
    }
}

fn spoil(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, &bytes).expect("it can be written");
}

#[test]
fn an_open_vault_proves_its_back_up_by_opening_everything() {
    let place = Place::new();
    let vault = place.copy.open();
    let contents = place.make_open(&vault, 0);
    assert_eq!((contents.cases, contents.bad), (2, vec![]));
    // One byte in the middle of a case: the copy is true, and what was copied is not good.
    let path = place.copy.case_path(1);
    let mut bytes = fs::read(&path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).expect("it can be written");
    let contents = place.make_open(&vault, 1);
    assert_eq!(contents.bad, [format!("cases/{}.age", place.copy.cases[1])]);
    assert_eq!(contents.cases, 1);
}

#[test]
fn a_back_up_made_while_locked_is_proved_after_the_next_unlock() {
    let place = Place::new();
    place.make(0).expect("there is room");
    assert!(place.current().unproved(), "it was compared and never opened");
    let contents = place.prove().expect("it is there");
    assert_eq!((contents.cases, contents.bad), (2, vec![]));
    let plan = place.current();
    assert!(!plan.unproved() && !plan.damaged);
    assert_eq!(plan.proved, Some(place.last()));
    place.make(1).expect("there is room");
    assert!(place.current().unproved(), "and so is each one that follows");
}

#[test]
fn the_last_back_up_that_opened_stays_however_many_follow_that_nobody_opened() {
    let place = Place::new();
    place.keep(2);
    place.make(0).expect("there is room");
    place.prove().expect("it is there");
    let proved = place.last();
    for seconds in 1..6 {
        place.make(seconds).expect("there is room");
    }
    assert_eq!(place.names().len(), 3, "two, and the one that is proved");
    assert!(place.names().contains(&proved));
    place.prove().expect("it is there");
    place.make(6).expect("there is room");
    assert_eq!(place.names().len(), 2);
    assert!(!place.names().contains(&proved), "a later one is proved");
}

#[test]
fn while_something_does_not_open_the_last_good_back_up_and_all_before_it_stay() {
    let place = Place::new();
    place.keep(3);
    for seconds in 0..2 {
        place.make(seconds).expect("there is room");
        place.prove().expect("it is there");
    }
    let good = place.names();
    place.spoil_a_case();
    place.make(2).expect("it is copied as it is");
    assert_eq!(place.prove().expect("it is there").bad.len(), 1);
    assert!(place.current().damaged);
    let vault = place.copy.open();
    for seconds in [3, 5, 7] {
        place.make(seconds).expect("there is room");
        place.make_open(&vault, seconds + 1);
    }
    let names = place.names();
    assert!(good.iter().all(|name| names.contains(name)), "{names:?}");
    assert_eq!(names.len(), good.len() + 3, "those that are as bad as the last one take turns");
    assert!(place.current().damaged, "nobody has seen a good one yet");
}

#[test]
fn a_back_up_with_a_case_that_the_newest_has_not_stays_whatever_follows() {
    let place = Place::new();
    place.keep(1);
    place.make(0).expect("there is room");
    let with_all = place.last();
    fs::remove_file(place.copy.case_path(0)).expect("it can go");
    let vault = place.copy.open();
    for seconds in [1, 3, 5] {
        place.make(seconds).expect("there is room");
        place.make_open(&vault, seconds + 1);
    }
    assert!(place.names().contains(&with_all), "the case is nowhere else");
    assert_eq!(place.names().len(), 2, "it, and the newest of those without the case");
}

#[test]
fn what_is_attached_while_a_back_up_is_made_is_in_it_with_its_case() {
    let place = Place::new();
    let letter = place.plan.folder.with_file_name("brief.txt");
    fs::write(&letter, b"Beste collega").expect("it can be written");
    let (mut vault, id) = (place.copy.open(), place.copy.cases[0]);
    let disk = FailingFs::new(io::ErrorKind::Other, false);
    disk.before_open(place.copy.case_path(0), move || {
        let (attached, attachment) = vault.attach(&letter).expect("there is room");
        let mut case = vault.case(id).expect("it opens");
        case.attachments.write(attached, attachment, vault.stamp(now()));
        vault.save_case(&case, now()).expect("there is room");
        vault.lock(now()).expect("there is room");
    });
    backup::make_on(disk, &place.copy.state, &place.current(), None, later(0), clock(0)).expect("there is room");
    let contents = place.prove().expect("it is there");
    assert_eq!((contents.attachments, contents.bad), (1, vec![]));
}

#[test]
fn an_attachment_that_is_gone_is_missed_in_a_back_up() {
    let place = Place::new();
    let letter = place.plan.folder.with_file_name("brief.txt");
    fs::write(&letter, b"Beste collega").expect("it can be written");
    let mut vault = place.copy.open();
    let (id, attachment) = vault.attach(&letter).expect("there is room");
    let mut case = vault.case(place.copy.cases[0]).expect("it opens");
    case.attachments.write(id, attachment, vault.stamp(now()));
    vault.save_case(&case, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    place.make(0).expect("there is room");
    assert_eq!(place.prove().expect("it is there").bad, Vec::<String>::new());
    fs::remove_file(place.copy.root().join(Object::Attachment(id).path())).expect("it can go");
    place.make(1).expect("there is room");
    assert_eq!(place.prove().expect("it is there").bad, [format!("attachments/{id}.age")]);
    assert!(place.current().damaged);
}

#[test]
fn a_last_back_up_whose_bytes_changed_is_damaged_and_one_that_is_not_there_is_not() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    let bytes = fs::read(&made.file).expect("a file");
    fs::remove_file(&made.file).expect("it can go");
    assert!(matches!(place.prove(), Err(ReadBackupError::Disk(_))));
    assert!(place.current().unproved() && !place.current().damaged, "the stick is somewhere else");
    fs::write(&made.file, &bytes).expect("it can be written");
    spoil(&made.file);
    assert!(matches!(place.prove(), Err(ReadBackupError::Damaged)));
    let plan = place.current();
    assert!(plan.damaged && backup::due(&plan, clock(1).date(), false), "the next lock makes another");
    place.make(1).expect("there is room");
    place.prove().expect("it is there");
    assert!(!place.current().damaged);
}

#[test]
fn a_proof_says_nothing_of_a_newer_back_up_and_stops_when_the_vault_is_closed() {
    let place = Place::new();
    place.make(0).expect("there is room");
    let vault = place.copy.open();
    let proof = vault.backup_proof(&place.current()).expect("one was made");
    vault.lock(now()).expect("there is room");
    place.make(1).expect("there is room");
    let made = proof.run(&place.copy.state).expect("it is there");
    assert_eq!(made.contents, None, "the vault is closed, so nothing of it is opened");
    assert!(place.current().unproved());
}
