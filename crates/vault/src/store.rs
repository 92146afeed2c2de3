//! Loading and saving one object: the steps of a save in their order.

use crate::db::{self, Care};
use crate::finding::{Finding, SaveError};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::keys::{Keys, Last};
use crate::meta::Meta;
use crate::object::Object;
use crate::publish::{Displaced, Folder, Unpublished};
use crate::register::{Mark, Register};
use crate::rows::RowError;
use crate::second::SecondName;
use crate::{seal, stored_case, stored_practice};
use casebook::Entries;
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use uuid::Uuid;

/// Every revision by its id and how often it was rewritten while it was open.
pub(crate) type Revisions = HashMap<Uuid, u32>;

/// What can be saved.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    Case(&'a Case),
    Practice(&'a Practice),
    Register(&'a Register),
}

impl Content<'_> {
    fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        match self {
            Self::Case(case) => stored_case::write(case, connection),
            Self::Practice(practice) => stored_practice::write(practice, connection),
            Self::Register(register) => register.write(connection),
        }
    }

    /// Whether a database reads back as this content, with every revision in it.
    fn reads_back(self, connection: &Connection) -> bool {
        match self {
            Self::Case(case) => {
                stored_case::read(case.id, connection).is_ok_and(|read| case_revisions(case) == case_revisions(&read))
            }
            Self::Practice(practice) => stored_practice::read(connection)
                .is_ok_and(|read| practice_revisions(practice) == practice_revisions(&read)),
            Self::Register(register) => {
                Register::read(connection).is_ok_and(|read| read.summaries().len() == register.summaries().len())
            }
        }
    }
}

fn add<T: Clone>(revisions: &mut Revisions, entries: &Entries<T>) {
    revisions.extend(entries.revisions().iter().map(|revision| (revision.id, revision.step)));
}

/// The revisions of a case.
pub(crate) fn case_revisions(case: &Case) -> Revisions {
    let Case { id: _, facts, notes, persons, tasks, consents, year_work, summary_drafts, attachments } = case;
    let mut all = Revisions::new();
    add(&mut all, facts);
    add(&mut all, notes);
    add(&mut all, persons);
    add(&mut all, tasks);
    add(&mut all, consents);
    add(&mut all, year_work);
    add(&mut all, summary_drafts);
    add(&mut all, attachments);
    all
}

/// The revisions of the practice.
pub(crate) fn practice_revisions(practice: &Practice) -> Revisions {
    let Practice { adviser, organisations, report_texts, frozen_years, cases, log, inbox_keys } = practice;
    let mut all = Revisions::new();
    add(&mut all, adviser);
    add(&mut all, organisations);
    add(&mut all, report_texts);
    add(&mut all, frozen_years);
    add(&mut all, cases);
    add(&mut all, log);
    add(&mut all, inbox_keys);
    all
}

/// Whether nothing that was known is lost or set back.
pub(crate) fn none_lost(known: &Revisions, new: &Revisions) -> bool {
    known.iter().all(|(id, step)| new.get(id).is_some_and(|now| now >= step))
}

/// How an identity file is proved before it replaces another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The bytes read back; enough where no other file depends on it yet.
    Bytes,
    /// It opens with the secret, which costs another second.
    Opening,
}

/// The open folder with its keys.
pub(crate) struct Store {
    pub(crate) folder: Folder,
    pub(crate) keys: Keys,
    pub(crate) device: Uuid,
    /// Versions of ours that may have been published by a save that then failed; a
    /// later save may displace them, because it holds all that they hold.
    attempted: HashMap<Object, HashSet<HeaderId>>,
    /// Objects that are older than what this computer saw; `prev/` may hold the later
    /// version, so it is not replaced there.
    pub(crate) older: HashSet<Object>,
    /// Of what this session saved.
    pub(crate) second_names: Vec<SecondName>,
}

impl Store {
    pub(crate) fn new(folder: Folder, keys: Keys, device: Uuid) -> Self {
        Self { folder, keys, device, attempted: HashMap::new(), older: HashSet::new(), second_names: Vec::new() }
    }

    /// Opens a database of the vault.
    pub(crate) fn load(&self, object: Object, care: Care) -> Result<(Connection, Meta, Mark), Finding> {
        let sealed = self.read_sealed(&self.folder.path(object), object).map_err(|finding| match finding {
            Finding::Missing(_) => self.folder.absent(object),
            finding => finding,
        })?;
        let image = seal::open(&sealed, &self.keys, object)?;
        let (connection, meta) = db::open(&image, &self.keys, object, care)?;
        let header = header::scan(&sealed, object)?;
        Ok((connection, meta, Mark { generation: meta.generation, header, size: sealed.len() as u64 }))
    }

    /// The bytes of a sealed file of any name. The caps come before the reading, so that a
    /// hostile file costs one small read.
    pub(crate) fn read_sealed(&self, path: &Path, object: Object) -> Result<Vec<u8>, Finding> {
        let unreadable = |error| Finding::unreadable(object, &error);
        let head = self.folder.fs.read_head(path, HEAD_BYTES).map_err(unreadable)?;
        if head.len > object.size_cap() {
            return Err(Finding::Refused(object));
        }
        header::scan(&head.bytes, object)?;
        self.folder.fs.read(path, object.size_cap()).map_err(unreadable)
    }

    /// Opens a case.
    pub(crate) fn load_case(&self, id: Uuid) -> Result<(Case, Mark), Finding> {
        let object = Object::Case(id);
        self.load_as(object).map(|(case, _, mark)| (case, mark))
    }

    /// Opens the practice.
    pub(crate) fn load_practice(&self) -> Result<(Practice, Mark), Finding> {
        self.load_as(Object::Practice).map(|(practice, _, mark)| (practice, mark))
    }

    /// Opens the register.
    pub(crate) fn load_register(&self) -> Result<(Register, Mark), Finding> {
        let (connection, _, mark) = self.load(Object::Register, Care::Derived)?;
        let register = Register::read(&connection).map_err(|error| row_finding(&error, Object::Register))?;
        Ok((register, mark))
    }

    /// Saves a next version of an object, made from the version `base`.
    pub(crate) fn save(
        &mut self,
        object: Object,
        content: Content<'_>,
        base: Option<Mark>,
        now: DateTime<Utc>,
    ) -> Result<Mark, SaveError> {
        let meta = Meta {
            object,
            generation: base.map_or(0, |base| base.generation) + 1,
            parent: base.map(|base| base.header),
            device: self.device,
            saved_at: now,
        };
        let image = db::make(&meta, &self.keys, |connection| content.write(connection))
            .map_err(|_| SaveError::Database(object))?;
        self.prove_image(&image, &meta, content)?;
        let sealed = seal::seal(&image, &self.keys, object)?;
        let temporary = self.folder.prepare(object, &sealed.bytes, |read| {
            seal::open(read, &self.keys, object).is_ok_and(|opened| *opened == *image)
        })?;
        let current = match self.folder.header(object) {
            Ok(current) => current,
            // A register that cannot be read is still only a cache.
            Err(SaveError::File(_)) if object == Object::Register => {
                let _ = self.folder.fs.remove(&self.folder.path(object));
                None
            }
            Err(error) => {
                self.folder.discard(&temporary);
                return Err(error);
            }
        };
        let attempted = self.attempted.entry(object).or_default();
        let known = |header: HeaderId| base.is_some_and(|base| base.header == header) || attempted.contains(&header);
        let expected = match current {
            Some(header) => known(header) || object == Object::Register,
            // Deleted or not yet synced: what we hold is all there is, so it is written.
            None => true,
        };
        if !expected {
            self.folder.discard(&temporary);
            return Err(SaveError::ChangedElsewhere(object));
        }
        attempted.insert(sealed.header);
        let displaced = match object {
            Object::Register => Displaced::Dropped,
            _ if self.older.contains(&object) => Displaced::Beside,
            _ => Displaced::Previous,
        };
        let second = match object {
            Object::Register => None,
            _ => {
                let given = self.folder.give_second_name(object, &temporary);
                Some(given.inspect_err(|_| self.folder.discard(&temporary))?)
            }
        };
        let published = self.folder.publish(object, &temporary, current, displaced, Unpublished::Discarded);
        published.inspect_err(|_| second.iter().for_each(|second| self.folder.discard(second)))?;
        if let Some(second) = second {
            self.keep_second_name(object, second, sealed.header, current)?;
        }
        self.attempted.remove(&object);
        self.older.remove(&object);
        Ok(Mark { generation: meta.generation, header: sealed.header, size: sealed.bytes.len() as u64 })
    }

    /// Opens what is about to be sealed and reads it as the next unlock will.
    fn prove_image(&self, image: &[u8], meta: &Meta, content: Content<'_>) -> Result<(), SaveError> {
        let object = meta.object;
        let (connection, read) =
            db::open(image, &self.keys, object, Care::Full).map_err(|_| SaveError::Database(object))?;
        if read == *meta && content.reads_back(&connection) { Ok(()) } else { Err(SaveError::Database(object)) }
    }

    /// Seals the identity file with a passphrase or code, proves what was written, and
    /// puts it in the place of the old one.
    pub(crate) fn save_keys(
        &self,
        object: Object,
        passphrase: &SecretString,
        proof: Proof,
        displaced: Displaced,
    ) -> Result<Mark, SaveError> {
        let sealed = seal::seal_keys(&self.keys, passphrase, object)?;
        self.put_keys(object, &sealed.bytes, displaced, |read| match proof {
            Proof::Bytes => read == sealed.bytes,
            Proof::Opening => opens_as(read, passphrase, &self.keys, object),
        })
    }

    /// Puts one of the identity files that were sealed and proved before in its place.
    pub(crate) fn put_last(&self, object: Object, last: &Last) -> Result<Mark, SaveError> {
        let sealed = last.of(object).unwrap_or_default();
        self.put_keys(object, sealed, Displaced::Dropped, |read| read == sealed)
    }

    /// Puts a sealed identity file in the place of the old one.
    fn put_keys(
        &self,
        object: Object,
        sealed: &[u8],
        displaced: Displaced,
        prove: impl FnOnce(&[u8]) -> bool,
    ) -> Result<Mark, SaveError> {
        let temporary = self.folder.prepare(object, sealed, prove)?;
        let path = self.folder.path(object);
        // Whatever stands there, readable or not, is displaced as a whole.
        let current = match self.folder.header(object) {
            Ok(current) => current,
            Err(SaveError::File(_)) => {
                let aside = self.folder.previous(object);
                self.folder.fs.rename(&path, &aside).inspect_err(|_| self.folder.discard(&temporary))?;
                None
            }
            Err(error) => {
                self.folder.discard(&temporary);
                return Err(error);
            }
        };
        self.folder.publish(object, &temporary, current, displaced, Unpublished::Discarded)?;
        Ok(keys_mark(sealed))
    }
}

/// Whether a sealed identity file opens with a secret and holds exactly these keys.
pub(crate) fn opens_as(sealed: &[u8], secret: &SecretString, keys: &Keys, object: Object) -> bool {
    matches!(seal::open_keys(sealed, secret, object), Ok(Some(opened)) if *opened.to_file() == *keys.to_file())
}

/// An identity file is pinned by all its bytes, because only its secret proves more.
pub(crate) fn keys_mark(sealed: &[u8]) -> Mark {
    Mark { generation: 0, header: HeaderId(Sha256::digest(sealed).into()), size: sealed.len() as u64 }
}

/// What a row that could not be read says about its file.
pub(crate) fn row_finding(error: &RowError, object: Object) -> Finding {
    match error {
        RowError::Damaged => Finding::Damaged(object),
        RowError::UnknownCode => Finding::UnknownCode(object),
    }
}
