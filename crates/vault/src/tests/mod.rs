//! The vault as a whole, on a real disk and on one that fails.
#![expect(clippy::disallowed_methods, reason = "these tests play the world outside: they copy, damage and swap files")]

mod attachments;
mod backups;
mod convergence;
mod crash;
mod destruction;
mod faults;
mod identity;
mod inbox;
mod lifecycle;
mod manipulation;
mod merging;
mod recovery;
mod rollback;
mod rotation;
mod schema;
pub(crate) mod sim;
mod sizes;
mod snapshots;
mod tampering;
mod vectors;
mod writers;

use crate::fs::{Head, Held, Listed, NewFile, OpenFile, VaultFs};
use crate::real_fs::RealFs;
use crate::seal;
use crate::store::keys_mark;
use crate::{LocalState, Object, OpenError, Passphrase, RecoveryCode, Vault};
use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use taxonomy::ContactChannel;
use tempfile::TempDir;
use uuid::Uuid;

const PASSPHRASE: &str = "zes woorden die niemand raadt";

fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE.to_owned())
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().expect("a real moment")
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + chrono::TimeDelta::seconds(seconds)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a real day")
}

/// A vault with two cases, made once: creating one costs seconds.
struct Original {
    folder: TempDir,
    code: String,
    cases: [Uuid; 2],
    /// `vault.age` as it was made.
    made: Vec<u8>,
    /// What is sealed in it.
    keys: Vec<u8>,
}

fn original() -> &'static Original {
    static ORIGINAL: OnceLock<Original> = OnceLock::new();
    ORIGINAL.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
        let root = folder.path().join("vault");
        let (mut vault, code) = Vault::create(&root, &passphrase(), &state, now()).expect("an empty folder");
        let cases = [Uuid::new_v4(), Uuid::new_v4()];
        for id in cases {
            let mut case = Case::new(id);
            let number = vault.next_number(2026);
            case.facts.write(id, Facts::draft(number, day()), vault.stamp(now()));
            add_note(&mut case, &vault, "het eerste gesprek");
            vault.save_case(&case, now()).expect("there is room");
        }
        let made = fs::read(root.join("vault.age")).expect("it was made");
        // The tests unlock hundreds of times: the lowest factor that is accepted will do.
        for (object, secret) in [
            (Object::Identity, passphrase().0),
            (Object::IdentityCopy, passphrase().0),
            (Object::Recovery, code.passphrase()),
        ] {
            let sealed = seal::seal_keys_at(&vault.store.keys, &secret, object, 14).expect("memory is there");
            fs::write(root.join(object.path()), &sealed.bytes).expect("it can be written");
            vault.pins.saved(object, keys_mark(&sealed.bytes));
        }
        let keys = vault.store.keys.to_file().as_bytes().to_vec();
        vault.lock(now()).expect("there is room");
        Original { folder, code: code.expose().to_string(), cases, made, keys }
    })
}

fn add_note(case: &mut Case, vault: &Vault, words: &str) -> Uuid {
    let entry = Uuid::new_v4();
    let note = Note {
        date: day(),
        channel: ContactChannel::Phone,
        minutes: 30,
        with_whom: CaseText::from("melder"),
        facts: CaseText::from(words),
        impressions: CaseText::default(),
    };
    case.notes.write(entry, note, vault.stamp(now()));
    entry
}

/// A copy of the original on a computer that saw it before.
struct Copy {
    folder: TempDir,
    state: LocalState,
    cases: [Uuid; 2],
}

impl Copy {
    fn new() -> Self {
        let original = original();
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["vault", "state"] {
            copy_folder(&original.folder.path().join(name), &folder.path().join(name));
        }
        let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
        Self { folder, state, cases: original.cases }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn case_path(&self, place: usize) -> PathBuf {
        self.root().join("cases").join(format!("{}.age", self.cases[place]))
    }

    fn unlock(&self) -> Result<Vault, OpenError> {
        Vault::unlock(&self.root(), &passphrase(), &self.state, now())
    }

    fn open(&self) -> Vault {
        self.unlock().expect("the vault opens")
    }

    /// The same vault on another computer, which keeps its own state.
    fn elsewhere(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_folder(&self.root(), &folder.path().join("vault"));
        let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
        Self { folder, state, cases: self.cases }
    }
}

fn code() -> RecoveryCode {
    RecoveryCode::parse(&original().code).expect("it was printed")
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it can be made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

fn notes(vault: &mut Vault, id: Uuid) -> Vec<String> {
    let case = vault.case(id).expect("the case opens");
    // EXPOSE: the test compares its own made-up words.
    case.notes.current().iter().map(|note| note.body.facts.expose().to_owned()).collect()
}

/// A disk on which the operation with a given number fails, once or from then on.
struct FailingFs {
    inner: RealFs,
    done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    for_good: bool,
    kind: io::ErrorKind,
    /// Whether two files can change places in one step.
    exchanges: AtomicBool,
    /// Whether a file can have two names.
    links: AtomicBool,
}

impl FailingFs {
    fn new(kind: io::ErrorKind, for_good: bool) -> Arc<Self> {
        Arc::new(Self {
            inner: RealFs,
            done: Arc::default(),
            fail_at: Arc::new(AtomicUsize::new(usize::MAX)),
            for_good,
            kind,
            exchanges: AtomicBool::new(true),
            links: AtomicBool::new(true),
        })
    }

    /// Lets the operation `count` operations from now fail; 0 is the next one.
    fn fail_after(&self, count: usize) {
        self.done.store(0, Ordering::SeqCst);
        self.fail_at.store(count, Ordering::SeqCst);
    }

    fn heal(&self) {
        self.fail_at.store(usize::MAX, Ordering::SeqCst);
    }

    fn failed(&self) -> bool {
        self.done.load(Ordering::SeqCst) > self.fail_at.load(Ordering::SeqCst)
    }

    /// A full disk still gives room back.
    fn step_back(&self) -> io::Result<()> {
        if self.for_good && self.kind == io::ErrorKind::StorageFull { Ok(()) } else { self.step() }
    }

    fn step(&self) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)
    }
}

fn count(done: &AtomicUsize, fail_at: &AtomicUsize, for_good: bool, kind: io::ErrorKind) -> io::Result<()> {
    let (number, at) = (done.fetch_add(1, Ordering::SeqCst), fail_at.load(Ordering::SeqCst));
    if number == at || (for_good && number > at) { Err(kind.into()) } else { Ok(()) }
}

struct FailingFile {
    inner: Box<dyn NewFile>,
    done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    for_good: bool,
    kind: io::ErrorKind,
}

impl NewFile for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = count(&self.done, &self.fail_at, self.for_good, self.kind) {
            // A full disk takes a part first.
            self.inner.write(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.inner.write(bytes)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)?;
        self.inner.write_at(at, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)?;
        self.inner.sync()
    }
}

struct FailingRead {
    inner: Box<dyn OpenFile>,
    done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    kind: io::ErrorKind,
}

impl io::Seek for FailingRead {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl io::Read for FailingRead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        count(&self.done, &self.fail_at, false, self.kind)?;
        self.inner.read(buffer)
    }
}

impl VaultFs for FailingFs {
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.inner.list(folder)
    }

    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>> {
        if !self.for_good {
            self.step()?;
        }
        self.inner.read(path, cap)
    }

    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head> {
        if !self.for_good {
            self.step()?;
        }
        self.inner.read_head(path, count)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        if self.for_good {
            return self.inner.open(path);
        }
        self.step()?;
        let inner = self.inner.open(path)?;
        let (done, fail_at) = (Arc::clone(&self.done), Arc::clone(&self.fail_at));
        Ok(Box::new(FailingRead { inner, done, fail_at, kind: self.kind }))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step()?;
        let inner = self.inner.create_new(path)?;
        let (done, fail_at) = (Arc::clone(&self.done), Arc::clone(&self.fail_at));
        Ok(Box::new(FailingFile { inner, done, fail_at, for_good: self.for_good, kind: self.kind }))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        self.inner.append(path, bytes)
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.sync_dir(folder)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !self.exchanges.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step()?;
        self.inner.exchange(one, other)
    }

    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.rename_noreplace(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.links.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step()?;
        self.inner.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step_back()?;
        self.inner.remove(path)
    }

    fn create_dir(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.create_dir(folder)
    }

    fn remove_dir(&self, folder: &Path) -> io::Result<()> {
        self.step_back()?;
        self.inner.remove_dir(folder)
    }

    fn resolve(&self, folder: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(folder)
    }

    fn room(&self, folder: &Path) -> io::Result<Option<u64>> {
        self.inner.room(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.inner.lock(path)
    }
}
