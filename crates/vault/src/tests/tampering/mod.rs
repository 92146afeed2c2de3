//! What somebody can do to the folder of a vault who may write in it: with nothing else,
//! with an older copy of it, with another vault, or with a recipient that leaked. Whatever
//! it is, it is named, nothing wrong is shown, and no version of anything is lost.

mod rows;

use super::*;
use crate::db::{self, Care};
use crate::keys::Keys;
use crate::meta::Meta;
use crate::store::{case_revisions, none_lost, practice_revisions};
use crate::{Finding, write_quick_note};
use casebook::Attachment;
use casebook::practice::{Organisation, Practice};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What a forger puts in everything that he makes.
const FORGED: &str = "VALS";

/// What must be said of a row.
enum Said {
    /// By the unlock.
    AtUnlock(Vec<Finding>),
    /// By nothing before a check of the whole vault, or a look into the inbox.
    AtCheck(Vec<Finding>),
    /// The vault does not open, and nothing in its folder is touched.
    NotOpened(Finding),
}

type Row = (&'static str, fn(&World) -> Said);

/// A folder with the only file of a kind in `attachments/` and `inbox/`.
struct Filled {
    place: TempDir,
    case: Uuid,
    attachment: (Uuid, Attachment),
    note: Uuid,
}

/// What every row begins with.
struct Made {
    copy: Copy,
    /// The folder as it was before the last session.
    old: TempDir,
    /// Another vault of which the owner chose the same words.
    foreign: Filled,
    /// The case of the last session.
    added: Uuid,
    attachments: [(Uuid, Attachment); 2],
    note: Uuid,
    keys: Keys,
    /// The same identity with another origin key: all that a leaked recipient is good for.
    forger: Keys,
    words: BTreeMap<Uuid, Vec<String>>,
}

fn attach(vault: &mut Vault, place: &TempDir, case: Uuid, length: usize) -> (Uuid, Attachment) {
    let file = place.path().join(format!("{length}.txt"));
    fs::write(&file, vec![b'x'; length]).expect("it can be written");
    let (id, attachment) = vault.attach(&file).expect("there is room");
    let mut case = vault.case(case).expect("it opens");
    case.attachments.write(id, attachment.clone(), vault.stamp(now()));
    vault.save_case(&case, now()).expect("there is room");
    (id, attachment)
}

fn write_note(root: &Path, state: &LocalState) -> Uuid {
    write_quick_note(root, state, &CaseText::from("morgen bellen"), now()).expect("it is known");
    let name = fs::read_dir(root.join("inbox")).expect("a folder").next().expect("one note").expect("an entry");
    Object::id_from_name(&name.file_name().to_string_lossy()).expect("it is called after an id")
}

fn organisation(practice: &mut Practice, vault: &Vault, name: &str) {
    practice.organisations.write(Uuid::new_v4(), Organisation::named(CaseText::from(name)), vault.stamp(now()));
}

fn new_case(vault: &mut Vault, words: &str) -> Uuid {
    let mut case = Case::new(Uuid::new_v4());
    case.facts.write(case.id, Facts::draft(vault.next_number(2026), day()), vault.stamp(now()));
    add_note(&mut case, vault, words);
    vault.save_case(&case, now()).expect("there is room");
    case.id
}

impl Filled {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let state = LocalState::open(&place.path().join("state")).expect("it can be written");
        let root = place.path().join("vault");
        let (mut vault, _) = Vault::create(&root, &passphrase(), &state, now()).expect("an empty folder");
        let case = new_case(&mut vault, FORGED);
        let attachment = attach(&mut vault, &place, case, 10);
        vault.lock(now()).expect("there is room");
        let note = write_note(&root, &state);
        Self { place, case, attachment, note }
    }
}

impl Made {
    fn new() -> Self {
        let copy = Copy::new();
        let mut vault = copy.open();
        let attachments = [1_000, 2_000].map(|length| attach(&mut vault, &copy.folder, copy.cases[0], length));
        let mut practice = vault.practice().clone();
        organisation(&mut practice, &vault, "Zorggroep");
        vault.save_practice(practice, now()).expect("there is room");
        vault.lock(now()).expect("there is room");
        let note = write_note(&copy.root(), &copy.state);
        let old = tempfile::tempdir().expect("a temporary folder");
        copy_folder(&copy.root(), old.path());

        let mut vault = copy.open();
        let mut case = vault.case(copy.cases[0]).expect("it opens");
        add_note(&mut case, &vault, "het laatste gesprek");
        vault.save_case(&case, now()).expect("there is room");
        let added = new_case(&mut vault, "een nieuwe melding");
        vault.new_recovery_code().expect("there is room");
        let ids = [copy.cases[0], copy.cases[1], added];
        let words = ids.map(|id| (id, words(&mut vault, id))).into();
        let keys = Keys::parse(vault.store.keys.to_file().as_bytes()).expect("it was just made");
        vault.lock(now()).expect("there is room");
        let forger = forger(&keys);
        Self { copy, old, foreign: Filled::new(), added, attachments, note, keys, forger, words }
    }
}

/// What was said in a case, in an order that no clock decides.
fn words(vault: &mut Vault, id: Uuid) -> Vec<String> {
    let mut words = notes(vault, id);
    words.sort_unstable();
    words
}

fn forger(keys: &Keys) -> Keys {
    let (ours, other) = (keys.to_file(), Keys::make().to_file());
    let line = |text: &str| text.lines().find(|line| line.starts_with("# origin-key")).map(str::to_owned);
    let (real, guess) = (line(&ours).expect("a line"), line(&other).expect("a line"));
    let forger = Keys::parse(ours.replace(&real, &guess).as_bytes()).expect("a well-formed file");
    assert_eq!(forger.recipient().to_string(), keys.recipient().to_string());
    forger
}

/// One row's own copy of everything.
struct World<'a> {
    made: &'a Made,
    copy: Copy,
}

impl World<'_> {
    fn at(&self, object: Object) -> PathBuf {
        self.copy.root().join(object.path())
    }

    fn old(&self, object: Object) -> PathBuf {
        self.made.old.path().join(object.path())
    }

    fn foreign(&self, object: Object) -> PathBuf {
        self.made.foreign.place.path().join("vault").join(object.path())
    }

    fn case(&self, place: usize) -> Object {
        Object::Case(self.copy.cases[place])
    }

    fn added(&self) -> Object {
        Object::Case(self.made.added)
    }

    fn attachment(&self, place: usize) -> Object {
        Object::Attachment(self.made.attachments[place].0)
    }

    fn note(&self) -> Object {
        Object::QuickNote(self.made.note)
    }

    /// Puts a file in the place of an object.
    fn put(&self, from: impl AsRef<Path>, object: Object) {
        let bytes = fs::read(from).expect("a file");
        fs::write(self.at(object), bytes).expect("it can be written");
    }

    /// Moves an object to the place of another.
    fn moved(&self, from: Object, to: Object) {
        fs::rename(self.at(from), self.at(to)).expect("it can be moved");
    }

    /// Lets two objects change names.
    fn exchange(&self, one: Object, other: Object) {
        let aside = self.copy.folder.path().join("aside");
        for (from, to) in [(self.at(one), aside.clone()), (self.at(other), self.at(one)), (aside, self.at(other))] {
            fs::rename(from, to).expect("it can be moved");
        }
    }

    fn remove(&self, object: Object) {
        fs::remove_file(self.at(object)).expect("it can be removed");
    }

    /// Takes every earlier version away, so that nothing can be put back.
    fn forget(&self) {
        fs::remove_dir_all(self.copy.root().join("prev")).expect("it can be removed");
    }

    /// Changes the bytes of a file.
    fn change(&self, object: Object, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.at(object)).expect("a file");
        change(&mut bytes);
        fs::write(self.at(object), bytes).expect("it can be written");
    }

    /// Makes a file as somebody can who has the recipient and not the origin key.
    fn forge(&self, object: Object, fill: impl FnOnce(&Connection) -> rusqlite::Result<()>) {
        let forger = &self.made.forger;
        let meta = Meta { object, generation: 99, parent: None, device: Uuid::new_v4(), saved_at: now() };
        let image = db::make(&meta, forger, fill).expect("memory is there");
        let sealed = seal::seal(&image, forger, object).expect("memory is there");
        fs::write(self.at(object), sealed.bytes).expect("it can be written");
    }
}

/// Every file of a folder, by its path in it.
fn contents(root: &Path, below: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = below.join(entry.file_name());
        match entry.file_type().expect("a kind") {
            kind if kind.is_dir() => found.extend(contents(root, &path)),
            kind if kind.is_file() => drop(found.insert(path, fs::read(entry.path()).expect("a file"))),
            _ => {}
        }
    }
    found
}

/// Whether all that a file holds is in the vault as it is now. A register is made of the
/// cases, so nothing can be lost with one.
fn is_in(vault: &mut Vault, made: &Made, bytes: &[u8]) -> bool {
    let Ok(image) = seal::open(bytes, &made.keys, Object::Practice) else { return false };
    let Some(meta) = db::identify(&image, &made.keys) else { return false };
    let opened = db::open(&image, &made.keys, meta.object, Care::Full).expect("it is what it says");
    match meta.object {
        Object::Case(id) => {
            let held = crate::stored_case::read(id, &opened.0).expect("it is a case");
            vault.case(id).is_ok_and(|now| none_lost(&case_revisions(&held), &case_revisions(&now)))
        }
        Object::Practice => {
            let held = crate::stored_practice::read(&opened.0).expect("it is a practice");
            none_lost(&practice_revisions(&held), &practice_revisions(vault.practice()))
        }
        _ => true,
    }
}

#[test]
fn every_manipulation_is_named_shows_nothing_wrong_and_loses_no_version() {
    sim::scrypt::cheaply(|| {
        let made = Made::new();
        assert!(rows::ROWS.len() >= 30 && made.copy.open().warnings().is_empty());
        for (what, manipulate) in rows::ROWS {
            let copy = made.copy.elsewhere();
            copy_folder(&made.copy.folder.path().join("state"), &copy.folder.path().join("state"));
            let state = LocalState::open(&copy.folder.path().join("state")).expect("it can be written");
            let world = World { made: &made, copy: Copy { state, ..copy } };
            let said = manipulate(&world);
            judge(&world, said, what);
        }
    });
}

fn judge(world: &World<'_>, said: Said, what: &str) {
    let root = world.copy.root();
    let before = contents(&root, Path::new(""));
    let vault = world.copy.unlock();
    let (mut vault, named) = match (vault, said) {
        (Ok(vault), Said::AtUnlock(findings)) => {
            assert_eq!(as_set(vault.warnings()), as_set(&findings), "{what}");
            (vault, findings)
        }
        (Ok(vault), Said::AtCheck(findings)) => {
            assert_eq!(vault.warnings(), [], "{what}");
            let inbox = vault.inbox().expect("it can be listed").findings;
            let found: Vec<Finding> = vault.check().findings.into_iter().chain(inbox).collect();
            assert_eq!(as_set(&found), as_set(&findings), "{what}");
            (vault, findings)
        }
        (Err(OpenError::File(found)), Said::NotOpened(finding)) => {
            assert_eq!(found, finding, "{what}");
            assert!(contents(&root, Path::new("")) == before, "{what}: something was written");
            return;
        }
        (vault, _) => panic!("{what}: {:?}", vault.map(|vault| vault.warnings().to_vec())),
    };
    nothing_wrong_is_shown(world, &mut vault, &named, what);
    vault.lock(now()).expect("there is room");
    let mut vault = world.copy.unlock().unwrap_or_else(|error| panic!("{what}, the next time: {error:?}"));
    nothing_wrong_is_shown(world, &mut vault, &named, what);
    let after: BTreeSet<Vec<u8>> = contents(&root, Path::new("")).into_values().collect();
    for (path, bytes) in before {
        let kept = after.contains(&bytes) || is_in(&mut vault, world.made, &bytes);
        assert!(kept, "{what}: what stood in {} is gone", path.display());
    }
}

fn as_set(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

/// A case that nothing is said of is there with every word; of the others no word is shown
/// that the owner did not write.
fn nothing_wrong_is_shown(world: &World<'_>, vault: &mut Vault, named: &[Finding], what: &str) {
    let mended = |finding: &Finding| matches!(finding, Finding::Returned(_) | Finding::Merged(_));
    let shown: Vec<Uuid> = vault.cases().iter().map(|summary| summary.id).collect();
    assert!(shown.iter().all(|id| world.made.words.contains_key(id)), "{what}: a case that is not ours");
    for (id, words) in &world.made.words {
        let about = |finding: &&Finding| finding.object() == Object::Case(*id) && !mended(finding);
        if named.iter().any(|finding| about(&finding)) {
            let some = if vault.case(*id).is_ok() { notes(vault, *id) } else { Vec::new() };
            assert!(some.iter().all(|word| words.contains(word)), "{what}: {some:?}");
        } else {
            assert!(shown.contains(id), "{what}: a good case is not there");
            assert_eq!(self::words(vault, *id), *words, "{what}");
        }
    }
    // EXPOSE: the test compares its own made-up words.
    let names = vault.practice().organisations.current();
    assert!(names.iter().all(|one| one.body.name.expose() == "Zorggroep"), "{what}");
    let inbox = vault.inbox().expect("it can be listed").notes;
    assert!(inbox.iter().all(|note| note.text.expose() == "morgen bellen"), "{what}");
    for (id, attachment) in &world.made.attachments {
        let bytes = vault.read_attachment(*id, attachment, 10_000);
        assert!(
            bytes.is_ok_and(|bytes| bytes.iter().all(|byte| *byte == b'x')) || {
                named.iter().any(|finding| finding.object() == Object::Attachment(*id))
            },
            "{what}"
        );
    }
}
