//! Other keys: whoever has the former ones opens nothing that is left in the folder, and
//! nothing is lost on the way there.

use super::sim::scrypt;
use super::*;
use crate::keys::Keys;
use crate::{Finding, RotationStep, SaveError, write_quick_note};
use casebook::Attachment;

pub(super) const NEW: &str = "een nieuwe zin die niemand raadt";

pub(super) fn new_passphrase() -> Passphrase {
    Passphrase::new(NEW.to_owned())
}

pub(super) fn new_code() -> RecoveryCode {
    RecoveryCode::parse("000011-720885-000000-123453-000022-000033-000044-000055").expect("it could be printed")
}

pub(super) fn former() -> Keys {
    Keys::parse(&original().keys).unwrap_or_else(|error| panic!("they were in use: {error:?}"))
}

pub(super) fn rotate(copy: &Copy, vault: &mut Vault) {
    let rotated = scrypt::cheaply(|| vault.rotate(&passphrase(), &new_passphrase(), &new_code(), &copy.state, now()));
    rotated.expect("there is room");
}

pub(super) fn unlock_with(copy: &Copy, words: &str) -> Result<Vault, OpenError> {
    scrypt::cheaply(|| Vault::unlock(&copy.root(), &Passphrase::new(words.to_owned()), &copy.state, now()))
}

/// Goes on until nothing happens any more.
pub(super) fn go_on(copy: &Copy, vault: &mut Vault, let_go: bool) -> RotationStep {
    loop {
        let step = vault.continue_rotation(3, let_go, &copy.state, now()).expect("there is room");
        if step.finished || step.waiting {
            return step;
        }
    }
}

pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// The files below a folder that these keys open.
pub(super) fn opened_by(folder: &Path, keys: &Keys) -> Vec<PathBuf> {
    let opens = |path: &PathBuf| {
        let sealed = fs::read(path).expect("a file");
        let kinds = [Object::Practice, Object::QuickNote(Uuid::nil())];
        kinds.into_iter().any(|object| seal::open(&sealed, keys, object).is_ok())
    };
    files(folder).into_iter().filter(opens).collect()
}

pub(super) fn inbox_recipient(copy: &Copy) -> String {
    let root = fs::canonicalize(copy.root()).expect("a folder");
    copy.state.inbox(&root).expect("the inbox is known")
}

pub(super) fn with_attachment(copy: &Copy, vault: &mut Vault) -> (Uuid, Attachment) {
    let path = copy.folder.path().join("brief.pdf");
    fs::write(&path, vec![7; 200_000]).expect("it can be written");
    let (id, attachment) = vault.attach(&path).expect("there is room");
    let mut case = vault.case(copy.cases[0]).expect("it opens");
    case.attachments.write(id, attachment.clone(), vault.stamp(now()));
    vault.save_case(&case, now()).expect("there is room");
    (id, attachment)
}

#[test]
fn after_a_change_of_keys_the_former_ones_open_nothing_and_the_new_ones_everything() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, attachment) = with_attachment(&copy, &mut vault);
    vault.lock(now()).expect("there is room");
    write_quick_note(&copy.root(), &copy.state, &CaseText::from("tussendoor"), now()).expect("the inbox is known");
    let mut vault = copy.open();
    // What a sync program leaves while the vault is open, and an attachment's copy.
    fs::copy(copy.case_path(1), copy.root().join("cases/zaak (1).age")).expect("it can be copied");
    let sealed = copy.root().join(Object::Attachment(id).path());
    fs::copy(&sealed, copy.root().join("attachments/brief (1).age")).expect("it can be copied");
    let before = opened_by(&copy.root(), &former()).len();
    assert!(before >= 10, "cases, practice, register, attachment, copies, earlier versions: {before}");
    let inbox_before = inbox_recipient(&copy);

    rotate(&copy, &mut vault);
    let step = go_on(&copy, &mut vault, false);
    assert!(step.finished && step.kept_back.is_empty() && !vault.is_rotating(), "{step:?}");
    assert_eq!(opened_by(&copy.root(), &former()), Vec::<PathBuf>::new());
    assert!(opened_by(&copy.root(), &vault.store.keys).len() >= before);
    assert_eq!(vault.check().findings, [Finding::ConflictCopy(Object::Case(copy.cases[1]))]);
    assert_eq!(*vault.read_attachment(id, &attachment, 200_000).expect("it opens"), vec![7; 200_000]);
    assert_ne!(inbox_recipient(&copy), inbox_before, "the inbox has another key too");
    let note = fs::read(files(&copy.root().join("inbox")).first().expect("one note")).expect("a file");
    let newest = crate::inbox::identities(vault.practice()).swap_remove(0);
    assert!(seal::open_with(&note, &newest, Object::QuickNote(Uuid::nil())).is_ok(), "sealed for the new key");
    vault.lock(now()).expect("there is room");

    assert!(matches!(unlock_with(&copy, PASSPHRASE), Err(OpenError::WrongPassphrase)));
    let mut vault = unlock_with(&copy, NEW).expect("the new passphrase opens it");
    assert_eq!(vault.warnings(), [Finding::Merged(Object::Case(copy.cases[1]))].get(1..).unwrap_or_default());
    assert_eq!(notes(&mut vault, copy.cases[0]), ["het eerste gesprek"]);
    assert_eq!(vault.inbox_count(), 1);
    assert_eq!(vault.prove_recovery_code(&new_code()), Ok(true));
    assert_eq!(vault.prove_recovery_code(&code()), Ok(false), "the sheet of before");
}

#[test]
fn half_way_every_file_opens_and_the_next_unlock_goes_on() {
    let copy = Copy::new();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    let step = vault.continue_rotation(1, false, &copy.state, now()).expect("there is room");
    assert!(!step.finished && step.done == 1 && step.left > 0, "{step:?}");
    let mut case = vault.case(copy.cases[0]).expect("it opens");
    add_note(&mut case, &vault, "halverwege");
    vault.save_case(&case, now()).expect("there is room");
    // The program dies.
    drop(vault);
    assert!(matches!(unlock_with(&copy, PASSPHRASE), Err(OpenError::WrongPassphrase)));
    let mut vault = unlock_with(&copy, NEW).expect("it opens");
    assert!(vault.is_rotating());
    assert_eq!(vault.warnings(), []);
    assert_eq!(vault.check().findings, []);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 2);
    assert!(matches!(vault.new_recovery_code(), Err(SaveError::Rotating)), "its sheet is on paper already");
    assert!(go_on(&copy, &mut vault, false).finished);
    assert_eq!(opened_by(&copy.root(), &former()), Vec::<PathBuf>::new());
    let again = scrypt::cheaply(|| vault.new_recovery_code()).expect("there is room");
    assert_eq!(vault.prove_recovery_code(&again), Ok(true));
}

#[test]
fn with_a_wrong_passphrase_or_during_a_change_no_change_begins() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let before: Vec<Vec<u8>> = files(&copy.root()).iter().map(|path| fs::read(path).expect("a file")).collect();
    let wrong = Passphrase::new("iets heel anders dan dat".to_owned());
    let refused = scrypt::cheaply(|| vault.rotate(&wrong, &new_passphrase(), &new_code(), &copy.state, now()));
    assert!(matches!(refused, Err(SaveError::WrongPassphrase)));
    let after: Vec<Vec<u8>> = files(&copy.root()).iter().map(|path| fs::read(path).expect("a file")).collect();
    assert!(before == after && !vault.is_rotating(), "nothing was written");
    rotate(&copy, &mut vault);
    let again = vault.rotate(&new_passphrase(), &passphrase(), &new_code(), &copy.state, now());
    assert!(matches!(again, Err(SaveError::Rotating)));
}

#[test]
fn a_passphrase_that_is_changed_or_recovered_on_the_way_is_the_one_at_the_end() {
    const THIRD: &str = "en nog een zin na die andere";
    let copy = Copy::new();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    scrypt::cheaply(|| vault.change_passphrase(&new_passphrase(), &Passphrase::new(THIRD.to_owned()))).expect("room");
    drop(vault);
    assert!(matches!(unlock_with(&copy, NEW), Err(OpenError::WrongPassphrase)));
    drop(unlock_with(&copy, THIRD).expect("it opens"));
    let fourth = Passphrase::new("de zin van na het herstelblad".to_owned());
    let mut vault =
        scrypt::cheaply(|| Vault::recover(&copy.root(), &new_code(), &fourth, &copy.state, now())).expect("it opens");
    assert!(vault.is_rotating() && go_on(&copy, &mut vault, false).finished);
    drop(vault);
    for words in [PASSPHRASE, NEW, THIRD] {
        assert!(matches!(unlock_with(&copy, words), Err(OpenError::WrongPassphrase)), "{words}");
    }
    let mut vault = unlock_with(&copy, "de zin van na het herstelblad").expect("it opens");
    assert_eq!(vault.warnings(), []);
    assert_eq!(vault.prove_recovery_code(&new_code()), Ok(true));
    assert_eq!(opened_by(&copy.root(), &former()), Vec::<PathBuf>::new());
}

#[test]
fn what_cannot_be_sealed_anew_keeps_the_former_keys_until_it_can_or_she_lets_go() {
    type Spoil = fn(&Copy);
    type Named = fn(Object) -> Finding;
    let spoils: [(Spoil, Named); 3] = [
        (
            |copy| {
                let mut sealed = fs::read(copy.case_path(0)).expect("a file");
                *sealed.last_mut().expect("it is not empty") ^= 1;
                fs::write(copy.case_path(0), sealed).expect("it can be written");
            },
            Finding::Damaged,
        ),
        (|copy| fs::remove_file(copy.case_path(0)).expect("it can be removed"), Finding::Missing),
        (
            |copy| {
                let stub = copy.root().join("cases").join(format!(".{}.age.icloud", copy.cases[0]));
                fs::rename(copy.case_path(0), stub).expect("it can be moved");
            },
            Finding::NotDownloaded,
        ),
    ];
    for (spoil, finding) in spoils {
        for let_go in [false, true] {
            let copy = Copy::new();
            let mut vault = copy.open();
            let good = fs::read(copy.case_path(0)).expect("a file");
            spoil(&copy);
            rotate(&copy, &mut vault);
            let step = go_on(&copy, &mut vault, false);
            assert_eq!(step.kept_back, [finding(Object::Case(copy.cases[0]))]);
            assert!(!step.finished && vault.is_rotating());
            if !let_go {
                fs::write(copy.case_path(0), &good).expect("it is there again");
            }
            let step = go_on(&copy, &mut vault, let_go);
            assert!(step.finished, "{step:?}");
            let mut vault = {
                drop(vault);
                unlock_with(&copy, NEW).expect("it opens")
            };
            if let_go {
                assert!(vault.case(copy.cases[0]).is_err(), "it was let go of");
            } else {
                assert_eq!(notes(&mut vault, copy.cases[0]), ["het eerste gesprek"]);
            }
        }
    }
}

#[test]
fn while_another_computer_may_hold_files_the_former_keys_still_open_them() {
    let copy = Copy::new();
    let there = copy.elsewhere();
    let mut other = there.open();
    let mut case = other.case(copy.cases[0]).expect("it opens");
    add_note(&mut case, &other, "daar geschreven");
    other.save_case(&case, now()).expect("there is room");
    fs::copy(there.case_path(0), copy.case_path(0)).expect("it is carried over");

    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    let step = go_on(&copy, &mut vault, false);
    assert!(step.other_computers && !step.finished && step.kept_back.is_empty(), "{step:?}");
    // A word that the other computer wrote before it heard of the new keys arrives late.
    add_note(&mut case, &other, "en nog iets");
    other.save_case(&case, now()).expect("there is room");
    drop(other);
    fs::copy(there.case_path(0), copy.root().join("cases/zaak (conflict).age")).expect("it is carried over");
    drop(vault);
    let mut vault = unlock_with(&copy, NEW).expect("it opens");
    assert_eq!(vault.warnings(), [Finding::Merged(Object::Case(copy.cases[0]))]);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 3);
    assert!(!go_on(&copy, &mut vault, false).finished);
    assert!(go_on(&copy, &mut vault, true).finished);
    assert_eq!(opened_by(&copy.root(), &former()), Vec::<PathBuf>::new());
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 3);
}

#[test]
fn what_somebody_with_the_former_keys_makes_afterwards_is_foreign() {
    let copy = Copy::new();
    let stolen = fs::read(copy.case_path(0)).expect("a file");
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    assert!(go_on(&copy, &mut vault, false).finished);
    vault.lock(now()).expect("there is room");
    fs::write(copy.case_path(0), &stolen).expect("it can be written");
    let vault = unlock_with(&copy, NEW).expect("it opens");
    assert_eq!(vault.warnings(), [Finding::Foreign(Object::Case(copy.cases[0]))]);
}

#[test]
fn an_older_file_is_noticed_across_a_change_of_keys() {
    let copy = Copy::new();
    let mut vault = copy.open();
    rotate(&copy, &mut vault);
    assert!(go_on(&copy, &mut vault, false).finished);
    let older = fs::read(copy.case_path(1)).expect("a file");
    let mut case = vault.case(copy.cases[1]).expect("it opens");
    add_note(&mut case, &vault, "later");
    vault.save_case(&case, now()).expect("there is room");
    vault.lock(now()).expect("there is room");
    fs::write(copy.case_path(1), older).expect("it can be written");
    let mut vault = unlock_with(&copy, NEW).expect("it opens");
    assert_eq!(vault.warnings(), [Finding::Returned(Object::Case(copy.cases[1]))], "its pin was kept");
    assert_eq!(notes(&mut vault, copy.cases[1]).len(), 2);
}

#[test]
fn words_that_were_put_aside_survive_a_change_of_keys() {
    let copy = Copy::new();
    let mut vault = copy.open();
    vault.put_words_aside(b"laatste woorden", &copy.state).expect("there is room");
    rotate(&copy, &mut vault);
    assert!(go_on(&copy, &mut vault, false).finished);
    drop(vault);
    let vault = unlock_with(&copy, NEW).expect("it opens");
    assert_eq!(vault.words_aside(None, &copy.state).expect("they open").as_slice(), b"laatste woorden");
}
