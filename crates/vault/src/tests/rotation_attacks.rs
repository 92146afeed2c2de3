//! What somebody with the former keys, a sync program or bad luck may do to a change of
//! keys.

use super::rotation::{
    NEW, files, former, go_on, inbox_recipient, new_code, new_passphrase, opened_by, rotate, unlock_with,
    with_attachment,
};
use super::sim::scrypt;
use super::*;
use crate::Finding;

#[test]
fn an_inbox_key_of_somebody_with_the_former_keys_is_not_in_use_afterwards() {
    let copy = Copy::new();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    // He saves a practice with a key of his own, of a day that is yet to come.
    let (theirs, far) = (copy.elsewhere(), chrono::TimeDelta::days(20_000));
    let mut his = unlock_with(&theirs, NEW).expect("it opens");
    let mut practice = his.practice().clone();
    let stamp = casebook::Stamp { at: now() + far, ..his.stamp(now()) };
    crate::inbox::add_key(&mut practice.inbox_keys, stamp);
    his.save_practice(practice, now()).expect("there is room");
    his.lock(now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    fs::copy(theirs.root().join("practice.age"), copy.root().join("practice (1).age")).expect("it can be copied");
    let mut vault = unlock_with(&copy, NEW).expect("it opens");
    let planted = inbox_recipient(&copy);
    assert!(!go_on(&copy, &mut vault, false).finished, "another computer wrote");
    assert!(go_on(&copy, &mut vault, true).finished);
    let in_use = inbox_recipient(&copy);
    assert_ne!(in_use, planted);
    let newest = crate::inbox::identities(vault.practice()).swap_remove(0);
    assert_eq!(newest.to_public().to_string(), in_use);
}

#[test]
fn an_identity_file_of_before_the_end_does_not_bring_the_former_keys_back() {
    let copy = Copy::new();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    let half_way = ["vault.age", "recovery.age"].map(|name| fs::read(copy.root().join(name)).expect("a file"));
    let stolen = fs::read(copy.case_path(0)).expect("a file");
    assert!(go_on(&copy, &mut vault, false).finished);
    vault.lock(now()).expect("there is room");
    fs::write(copy.root().join("vault.age"), &half_way[0]).expect("it can be written");
    fs::write(copy.root().join("recovery.age"), &half_way[1]).expect("it can be written");
    fs::write(copy.case_path(0), &stolen).expect("it can be written");
    let vault = unlock_with(&copy, NEW).expect("it opens");
    let foreign = Finding::Foreign(Object::Case(copy.cases[0]));
    let repaired = Finding::Repaired(Object::Identity);
    assert_eq!(vault.warnings(), [repaired, Finding::Unproven(Object::Recovery), foreign]);
    assert!(!vault.is_rotating());
    drop(vault);
    fs::write(copy.root().join("vault.age"), &half_way[0]).expect("it can be written");
    let new = Passphrase::new("de zin van na het herstelblad".to_owned());
    let vault = scrypt::cheaply(|| Vault::recover(&copy.root(), &new_code(), &new, &copy.state, now()));
    let vault = vault.expect("the sheet opens it");
    assert!(!vault.is_rotating() && vault.warnings().contains(&foreign), "{:?}", vault.warnings());
}

#[test]
fn a_folder_of_before_the_change_is_noticed_on_the_computer_that_made_it() {
    let copy = Copy::new();
    let before = copy.elsewhere();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    assert!(go_on(&copy, &mut vault, false).finished);
    vault.lock(now()).expect("there is room");
    let pins = files(&copy.folder.path().join("state/pins"));
    let pinned = fs::read(&pins[0]).expect("a file");
    fs::remove_dir_all(copy.root()).expect("it can be removed");
    copy_folder(&before.root(), &copy.root());
    let vault = unlock_with(&copy, PASSPHRASE).expect("it opens");
    assert_eq!(vault.warnings(), [Finding::Older(Object::Identity)]);
    assert!(vault.is_incomplete(), "nothing is counted from it");
    vault.lock(now()).expect("there is room");
    assert_eq!(fs::read(&pins[0]).expect("a file"), pinned, "what was seen is not forgotten");
}

#[test]
fn sealing_anew_makes_no_older_version_the_newest_and_loses_none_that_was_put_over() {
    let copy = Copy::new();
    let older = fs::read(copy.case_path(0)).expect("a file");
    let mut vault = copy.open();
    for place in [0, 1] {
        let mut case = vault.case(copy.cases[place]).expect("it opens");
        add_note(&mut case, &vault, "later geschreven");
        vault.save_case(&case, now()).expect("there is room");
    }
    vault.lock(now()).expect("there is room");
    for path in files(&copy.root().join("prev")) {
        if path.to_string_lossy().contains(&copy.cases[0].to_string()) {
            fs::remove_file(path).expect("it can be removed");
        }
    }
    fs::write(copy.case_path(0), older).expect("it can be written");
    let mut vault = copy.open();
    let warned = Finding::Older(Object::Case(copy.cases[0]));
    assert_eq!(vault.warnings(), [warned]);
    // While she works another version is put over the second case.
    let there = copy.elsewhere();
    let kept = copy.root().join("prev").join(format!("{}.age", copy.cases[1]));
    fs::copy(&kept, there.case_path(1)).expect("the version before the last note");
    fs::copy(there.case_path(1), copy.case_path(1)).expect("it is carried over");
    rotate(&copy, &mut vault);
    assert!(go_on(&copy, &mut vault, false).finished);
    drop(vault);
    let mut vault = unlock_with(&copy, NEW).expect("it opens");
    assert_eq!(vault.warnings(), [warned], "it is as old as it was");
    assert_eq!(notes(&mut vault, copy.cases[1]).len(), 2, "what was put over is in it again");
    assert_eq!(opened_by(&copy.root(), &former()), Vec::<PathBuf>::new());
}

#[test]
fn she_lets_go_of_what_she_was_shown_and_of_nothing_else() {
    let copy = Copy::new();
    let mut vault = copy.open();
    fs::remove_file(copy.case_path(0)).expect("it can be removed");
    rotate(&copy, &mut vault);
    let missing = |place: usize| Finding::Missing(Object::Case(copy.cases[place]));
    assert_eq!(go_on(&copy, &mut vault, false).kept_back, [missing(0)]);
    fs::remove_file(copy.case_path(1)).expect("it can be removed");
    let step = go_on(&copy, &mut vault, true);
    assert!(step.waiting && step.kept_back.contains(&missing(1)), "{step:?}");
    assert!(go_on(&copy, &mut vault, true).finished);
}

#[test]
fn attachments_that_are_not_there_keep_the_former_keys() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, _) = with_attachment(&copy, &mut vault);
    let elsewhere = copy.folder.path().join("bijlagen");
    fs::rename(copy.root().join("attachments"), &elsewhere).expect("it can be moved");
    rotate(&copy, &mut vault);
    let step = go_on(&copy, &mut vault, false);
    assert_eq!(step.kept_back, [Finding::Missing(Object::Attachment(id))]);
    fs::rename(&elsewhere, copy.root().join("attachments")).expect("it is there again");
    assert!(go_on(&copy, &mut vault, false).finished);
    assert_eq!(vault.check().findings, []);
}

#[test]
fn a_change_that_cannot_begin_says_whether_the_sheet_still_opens() {
    for operation in 0..60 {
        let copy = Copy::new();
        let disk = FailingFs::new(io::ErrorKind::StorageFull, true);
        let of_vault: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&disk);
        let unlock = || Vault::unlock_on(of_vault, &copy.root(), &passphrase(), &copy.state, now());
        let mut vault = scrypt::cheaply(unlock).expect("it opens");
        disk.fail_after(operation);
        let begun = scrypt::cheaply(|| vault.rotate(&passphrase(), &new_passphrase(), &new_code(), &copy.state, now()));
        disk.heal();
        if begun.is_ok() {
            return assert!(operation > 6, "three files, each written, flushed and put in place: {operation}");
        }
        let opens = scrypt::cheaply(|| vault.prove_recovery_code(&code()).unwrap_or(false));
        let said = vault.warnings().contains(&Finding::Unproven(Object::Recovery));
        assert!(opens != said, "operation {operation}: the old sheet opens it: {opens}");
        drop(vault);
        let vault = unlock_with(&copy, PASSPHRASE).or_else(|_| unlock_with(&copy, NEW)).expect("one of them opens it");
        assert_eq!(vault.check().findings.contains(&Finding::Unproven(Object::Recovery)), said);
    }
    panic!("a change has a beginning");
}
