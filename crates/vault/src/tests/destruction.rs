//! Any one file of a vault is destroyed: everything in the other files is there, and what
//! was destroyed is named, and mended when it can be.

use super::*;
use crate::create::README;
use crate::{Finding, write_quick_note};
use casebook::Attachment;
use casebook::practice::Organisation;
use std::collections::{BTreeMap, BTreeSet};

/// A vault with something of everything in it, locked.
struct Full {
    copy: Copy,
    attachment: (Uuid, Attachment),
}

/// All that an open vault gives, by the file that it is in.
type Shown = BTreeMap<Object, Vec<String>>;

impl Full {
    fn new() -> Self {
        let copy = Copy::new();
        let mut vault = copy.open();
        let mut practice = vault.practice().clone();
        let organisation = Organisation::named(CaseText::from("Zorggroep"));
        practice.organisations.write(Uuid::new_v4(), organisation, vault.stamp(now()));
        vault.save_practice(practice, now()).expect("there is room");
        let brief = copy.folder.path().join("brief.txt");
        fs::write(&brief, vec![b'b'; 70_000]).expect("it can be written");
        let attachment = vault.attach(&brief).expect("there is room");
        for (place, id) in copy.cases.into_iter().enumerate() {
            let mut case = vault.case(id).expect("it opens");
            add_note(&mut case, &vault, "het tweede gesprek");
            if place == 0 {
                case.attachments.write(attachment.0, attachment.1.clone(), vault.stamp(now()));
            }
            vault.save_case(&case, now()).expect("there is room");
        }
        vault.lock(now()).expect("there is room");
        write_quick_note(&copy.root(), &copy.state, &CaseText::from("morgen bellen"), now()).expect("it is known");
        Self { copy, attachment }
    }

    /// The same vault once more, on this computer or on one that never saw it.
    fn again(&self, known: bool) -> Copy {
        let copy = self.copy.elsewhere();
        if !known {
            return copy;
        }
        copy_folder(&self.copy.folder.path().join("state"), &copy.folder.path().join("state"));
        let state = LocalState::open(&copy.folder.path().join("state")).expect("it can be written");
        Copy { state, ..copy }
    }

    fn shown(&self, vault: &mut Vault) -> Shown {
        // EXPOSE: the test compares its own made-up words.
        let named = vault.practice().organisations.current();
        let mut practice: Vec<String> = named.iter().map(|one| one.body.name.expose().to_owned()).collect();
        practice.push(format!("{} cases", vault.practice().cases.current().len()));
        let mut shown = Shown::from([(Object::Practice, practice)]);
        let ids: Vec<Uuid> = vault.cases().iter().map(|summary| summary.id).collect();
        for id in ids {
            let mut words = notes(vault, id);
            // They were written at one moment, so nothing else gives them an order.
            words.sort_unstable();
            shown.insert(Object::Case(id), words);
        }
        let (id, attachment) = &self.attachment;
        if let Ok(bytes) = vault.read_attachment(*id, attachment, 300_000) {
            shown.insert(Object::Attachment(*id), vec![format!("{} bytes", bytes.len())]);
        }
        for note in vault.inbox().expect("it can be listed").notes {
            // EXPOSE: the test compares its own made-up words.
            shown.insert(Object::QuickNote(note.id), vec![note.text.expose().to_owned()]);
        }
        shown
    }
}

/// What becomes of a file, and what is then said of an object that is not mended.
type Harm = (&'static str, fn(&Path), fn(Object) -> Finding);

const HARMS: [Harm; 3] = [
    ("deleted", |path| fs::remove_file(path).expect("it can be removed"), Finding::Missing),
    (
        "zeroed",
        |path| {
            let length = fs::metadata(path).expect("a file").len();
            fs::write(path, vec![0; usize::try_from(length).expect("a small file")]).expect("it can be written");
        },
        Finding::Damaged,
    ),
    ("emptied", |path| fs::write(path, b"").expect("it can be written"), Finding::Truncated),
];

/// Every file below a folder, relative to it.
fn files(root: &Path, below: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            found.extend(files(root, &path));
        } else {
            found.insert(path);
        }
    }
    found
}

/// What a file of the vault is; the page is nothing that a check names.
fn object_at(path: &Path) -> Option<Object> {
    let name = path.file_name()?.to_string_lossy();
    let id = Object::id_from_name(&name).unwrap_or_default();
    let named = [Object::Identity, Object::IdentityCopy, Object::Recovery, Object::Practice, Object::Register];
    let of_an_id = [Object::Case(id), Object::Attachment(id), Object::QuickNote(id)];
    named.into_iter().chain(of_an_id).find(|object| object.path() == path)
}

/// What must be said of an earlier version that was destroyed, in `prev/` or a snapshot.
/// That one is not there says nothing.
fn of_kept(path: &Path, says: fn(Object) -> Finding) -> Vec<Finding> {
    let object = path.starts_with("prev").then(|| path.file_name()).flatten();
    let object = object.and_then(|name| crate::kept::object_of(&name.to_string_lossy()));
    let there = object.filter(|object| !matches!(says(*object), Finding::Missing(_)));
    there.map(Finding::KeptDamaged).into_iter().collect()
}

/// What must be said of an object that was destroyed; a register that is not there is
/// simply made, and nothing lists the notes that should be in the inbox.
fn expected(object: Option<Object>, says: fn(Object) -> Finding) -> Vec<Finding> {
    let Some(object) = object else { return Vec::new() };
    let finding = says(object);
    match object {
        Object::Identity | Object::IdentityCopy => vec![Finding::Repaired(object)],
        Object::Practice => vec![Finding::Restored(object)],
        Object::Register | Object::QuickNote(_) if matches!(finding, Finding::Missing(_)) => Vec::new(),
        _ => vec![finding],
    }
}

/// Everything that the owner can be told about a vault.
fn said(vault: &Vault) -> BTreeSet<String> {
    let inbox = vault.inbox().expect("it can be listed").findings;
    let check = vault.check().findings;
    vault.warnings().iter().chain(&inbox).chain(&check).map(|finding| format!("{finding:?}")).collect()
}

fn as_said(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

#[test]
fn whichever_file_is_destroyed_everything_else_opens_and_it_is_named() {
    sim::scrypt::cheaply(|| {
        let full = Full::new();
        let whole = full.shown(&mut full.again(true).open());
        let all = files(&full.copy.root(), Path::new(""));
        let kinds: BTreeSet<&str> = all.iter().filter_map(|path| object_at(path)).map(Object::kind).collect();
        assert_eq!(kinds.len(), 8, "a file of every kind: {kinds:?}");
        assert_eq!((all.len(), whole.len()), (16, 5), "{all:?}");
        for path in &all {
            for (harm, destroy, says) in HARMS {
                for known in [true, false] {
                    let copy = full.again(known);
                    destroy(&copy.root().join(path));
                    let what = format!("{} {harm}, known: {known}", path.display());
                    judge(&full, &copy, &whole, (path, says), &what);
                }
            }
        }
    });
}

fn judge(full: &Full, copy: &Copy, whole: &Shown, (path, says): (&Path, fn(Object) -> Finding), what: &str) {
    let object = object_at(path);
    let all = [expected(object, says), of_kept(path, says)].concat();
    let mut vault = copy.unlock().unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let mut rest = whole.clone();
    if let Some(gone @ (Object::Case(_) | Object::Attachment(_) | Object::QuickNote(_))) = object {
        rest.remove(&gone);
    }
    assert_eq!(full.shown(&mut vault), rest, "{what}");
    assert_eq!(said(&vault), as_said(&all), "{what}");
    let page = fs::read_to_string(copy.root().join("LEESMIJ.txt"));
    assert_eq!(page.ok().as_deref(), Some(README), "{what}");
    if let Some(case @ Object::Case(_)) = object {
        assert_eq!(vault.restorable(vault.warnings()), [case].into(), "{what}");
        assert!(vault.restore_previous(case, now()).expect("there is room"), "{what}");
        rest = whole.clone();
        assert_eq!(full.shown(&mut vault), rest, "{what}: put back");
    }
    vault.lock(now()).expect("there is room");

    let mut vault = copy.open();
    assert_eq!(full.shown(&mut vault), rest, "{what}: the next time");
    let lasting = match object {
        // Nothing but the owner can put these back, and nothing but time an earlier version.
        Some(Object::Recovery | Object::Attachment(_) | Object::QuickNote(_)) => all,
        Some(_) => Vec::new(),
        None => all,
    };
    assert_eq!(said(&vault), as_said(&lasting), "{what}: the next time");
}

#[test]
fn whichever_file_but_its_own_is_destroyed_the_recovery_code_opens_everything_else() {
    sim::scrypt::cheaply(|| {
        let full = Full::new();
        let whole = full.shown(&mut full.again(true).open());
        let new = Passphrase::new("na het vergeten".to_owned());
        for path in files(&full.copy.root(), Path::new("")) {
            for (harm, destroy, _) in HARMS {
                let copy = full.again(true);
                destroy(&copy.root().join(&path));
                let what = format!("{} {harm}", path.display());
                let recovered = Vault::recover(&copy.root(), &code(), &new, &copy.state, now());
                if object_at(&path) == Some(Object::Recovery) {
                    assert!(matches!(recovered, Err(OpenError::File(_))), "{what}");
                    continue;
                }
                let mut vault = recovered.unwrap_or_else(|error| panic!("{what}: {error:?}"));
                let mut rest = whole.clone();
                if let Some(gone @ (Object::Case(_) | Object::Attachment(_) | Object::QuickNote(_))) = object_at(&path)
                {
                    rest.remove(&gone);
                }
                assert_eq!(full.shown(&mut vault), rest, "{what}");
            }
        }
    });
}

#[test]
fn a_practice_that_is_destroyed_before_a_lock_kept_it_comes_back_as_an_older_one() {
    sim::scrypt::cheaply(|| {
        let full = Full::new();
        let copy = full.again(true);
        let mut vault = copy.open();
        let mut practice = vault.practice().clone();
        let organisation = Organisation::named(CaseText::from("Nog een"));
        practice.organisations.write(Uuid::new_v4(), organisation, vault.stamp(now()));
        vault.save_practice(practice, now()).expect("there is room");
        drop(vault);
        fs::write(copy.root().join("practice.age"), b"kapot").expect("it can be written");
        let mut vault = copy.open();
        let object = Object::Practice;
        assert_eq!(vault.warnings(), [Finding::Restored(object), Finding::Older(object)]);
        assert_eq!(vault.first_obstacle(), Some(Finding::Older(object)), "what was saved last is not in it");
        assert_eq!(full.shown(&mut vault)[&object], ["Zorggroep", "2 cases"]);
        let kept = files(&copy.root(), Path::new("prev"));
        let bad = kept.iter().filter(|path| fs::read(copy.root().join(path)).expect("a file") == b"kapot");
        assert_eq!(bad.count(), 1, "what stood there is kept too");
        vault.lock(now()).expect("there is room");
        assert_eq!(copy.open().warnings(), []);
    });
}

#[test]
fn there_is_a_second_version_of_the_practice_after_the_first_lock_of_a_back_up_that_was_put_back() {
    sim::scrypt::cheaply(|| {
        let full = Full::new();
        let copy = full.again(true);
        let whole = full.shown(&mut copy.open());
        // A back-up holds no earlier versions.
        fs::remove_dir_all(copy.root().join("prev")).expect("it can be removed");
        copy.open().lock(now()).expect("there is room");
        assert_eq!(files(&copy.root(), Path::new("prev")), [PathBuf::from("prev/2026-03-02/practice.age")].into());
        fs::remove_file(copy.root().join("practice.age")).expect("it can be removed");
        let mut vault = copy.open();
        assert_eq!(vault.warnings(), [Finding::Restored(Object::Practice)]);
        assert_eq!(full.shown(&mut vault), whole);
    });
}

#[test]
fn a_destroyed_practice_of_which_nothing_is_kept_is_named_and_nothing_is_written() {
    let copy = Copy::new();
    fs::remove_dir_all(copy.root().join("prev")).expect("it can be removed");
    fs::write(copy.root().join("vault.bak.age"), b"kapot").expect("it can be written");
    fs::write(copy.root().join("practice.age"), b"kapot").expect("it can be written");
    assert!(matches!(copy.unlock(), Err(OpenError::File(Finding::Damaged(Object::Practice)))));
    assert_eq!(fs::read(copy.root().join("practice.age")).expect("a file"), b"kapot");
    assert_eq!(fs::read(copy.root().join("vault.bak.age")).expect("a file"), b"kapot", "no copy is repaired");
    fs::remove_file(copy.root().join("practice.age")).expect("it can be removed");
    assert!(matches!(copy.unlock(), Err(OpenError::File(Finding::Missing(Object::Practice)))));
}

#[test]
fn an_earlier_practice_tells_which_identity_is_ours_when_the_last_one_cannot() {
    let copy = Copy::new();
    let foreign = seal::seal_keys_at(&crate::keys::Keys::make(), &passphrase().0, Object::Identity, 14);
    fs::write(copy.root().join("vault.age"), foreign.expect("memory is there").bytes).expect("it can be written");
    fs::write(copy.root().join("practice.age"), b"").expect("it can be written");
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Restored(Object::Practice), Finding::Repaired(Object::Identity)]);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 1);
}
