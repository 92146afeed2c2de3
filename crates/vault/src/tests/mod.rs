//! The vault as a whole, on a real disk and on one that fails.
#![expect(clippy::disallowed_methods, reason = "these tests play the world outside: they copy, damage and swap files")]

mod attachments;
mod backup_proofs;
mod backups;
mod convergence;
mod crash;
mod destruction;
mod failing_fs;
mod faults;
mod hostile;
mod identity;
mod inbox;
mod lifecycle;
mod manipulation;
mod merging;
mod recovery;
mod restores;
mod rollback;
mod rotation;
mod rotation_attacks;
mod scenarios;
mod schema;
pub(crate) mod sim;
mod sizes;
mod snapshots;
mod tampering;
mod vectors;
mod writers;

use crate::fs::VaultFs;
use crate::real_fs::RealFs;
use crate::seal;
use crate::store::keys_mark;
use crate::{LocalState, Object, OpenError, Passphrase, RecoveryCode, Vault};
use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use failing_fs::FailingFs;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
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
