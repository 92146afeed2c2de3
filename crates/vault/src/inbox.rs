//! The inbox: notes that were written while the vault was locked.
//!
//! The locked program knows for whom to seal a note and nothing that opens one. Whom,
//! stands in this computer's own folder and never in the vault's: who can write to the
//! folder of the vault could put another recipient there and read every note.

use crate::check::twice;
use crate::finding::{DiskTrouble, Finding, SaveError};
use crate::fs::VaultFs;
use crate::header::{self, HEAD_BYTES};
use crate::local::LocalState;
use crate::object::Object;
use crate::publish::{Displaced, Folder, TEMP, Unpublished};
use crate::real_fs::real_disk;
use crate::seal;
use crate::store::Store;
use crate::vault::Vault;
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use casebook::practice::{InboxKey, Practice};
use casebook::{CaseText, Entries, Stamp};
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The longest note, in bytes.
pub const LONGEST_QUICK_NOTE: usize = 64 * 1024;
/// The smallest size of a note, so that its file says little about how much was written.
const SMALLEST: usize = 4096;
const FIRST_WORDS: &str = "luwte-note 1 ";
/// Notes that are opened at once: whoever can write to the folder could fill it.
const AT_ONCE: usize = 200;

/// Why a quick note was not saved; its words are still where they were typed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuickNoteError {
    /// This computer never opened the vault in this folder, so it cannot know for whom to
    /// seal; open the vault once.
    #[error("this computer does not know the inbox of this vault yet")]
    Unknown,
    /// There is nothing in it, or too much.
    #[error("the note is empty or too long")]
    Length,
    /// The folder would not take it.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// A note as it was found in the inbox. Anybody who has the recipient could have written
/// it, and the moment is what its writer said.
pub struct QuickNote {
    /// The name of its file, and of the entry that it becomes.
    pub id: Uuid,
    /// When it says that it was written.
    pub written_at: DateTime<Utc>,
    /// Its words.
    pub text: CaseText,
}

/// What is in the inbox.
#[derive(Default)]
pub struct Inbox {
    /// The notes that open, oldest first.
    pub notes: Vec<QuickNote>,
    /// What is wrong with the others.
    pub findings: Vec<Finding>,
    /// How many more files there are than are opened at once.
    pub more: usize,
}

/// Writes a note into the inbox of a vault that may be locked: sealed, flushed, its bytes
/// read back and compared, and put in its place. That it opens cannot be proved here,
/// because nothing here opens it.
///
/// # Errors
/// When this computer does not know the inbox, or the note was not made durable.
pub fn write_quick_note(
    folder: &Path,
    local: &LocalState,
    text: &CaseText,
    now: DateTime<Utc>,
) -> Result<(), QuickNoteError> {
    write_quick_note_on(real_disk(), folder, local, text, now)
}

pub(crate) fn write_quick_note_on(
    fs: Arc<dyn VaultFs>,
    folder: &Path,
    local: &LocalState,
    text: &CaseText,
    now: DateTime<Utc>,
) -> Result<(), QuickNoteError> {
    // EXPOSE: it is sealed before it is written.
    if text.is_empty() || text.expose().len() > LONGEST_QUICK_NOTE {
        return Err(QuickNoteError::Length);
    }
    let root = fs.resolve(folder).map_err(SaveError::from)?;
    let recipient = local.inbox(&root).and_then(|line| line.parse::<Recipient>().ok());
    let recipient = recipient.ok_or(QuickNoteError::Unknown)?;
    let folder = Folder { fs, root };
    // Without this file it is not the vault that was here, but an empty stick in its place.
    folder.header(Object::Identity)?.ok_or(SaveError::Disk(DiskTrouble::Gone))?;
    let object = Object::QuickNote(Uuid::nil());
    let sealed = seal::seal_for(&to_file(text, now), &recipient, object).map_err(SaveError::from)?;
    for name in [object.parent(), TEMP] {
        folder.fs.create_dir(&folder.root.join(name)).map_err(SaveError::from)?;
    }
    let temporary = folder.prepare(object, &sealed.bytes, |read| read == sealed.bytes)?;
    let name = temporary.file_name().unwrap_or_default().to_string_lossy();
    let id = Object::id_from_name(&name).expect("what is prepared is called after an id");
    folder.publish(Object::QuickNote(id), &temporary, None, Displaced::Dropped, Unpublished::Discarded)?;
    Ok(())
}

/// One line that says what it is and when, filled up with spaces; then the words.
fn to_file(text: &CaseText, now: DateTime<Utc>) -> Zeroizing<Vec<u8>> {
    // EXPOSE: it is sealed before it is written.
    let words = text.expose().as_bytes();
    let first = format!("{FIRST_WORDS}{}", now.to_rfc3339_opts(SecondsFormat::Secs, true));
    let size = (first.len() + 1 + words.len()).next_power_of_two().max(SMALLEST);
    let mut file = Zeroizing::new(Vec::with_capacity(size));
    file.extend_from_slice(first.as_bytes());
    file.resize(size - words.len() - 1, b' ');
    file.push(b'\n');
    file.extend_from_slice(words);
    file
}

/// Reads [`to_file`].
fn from_file(file: &[u8], id: Uuid) -> Option<QuickNote> {
    let (first, words) = std::str::from_utf8(file).ok()?.split_once('\n')?;
    let written_at = DateTime::parse_from_rfc3339(first.strip_prefix(FIRST_WORDS)?.trim_end()).ok()?.to_utc();
    (words.len() <= LONGEST_QUICK_NOTE).then(|| QuickNote { id, written_at, text: CaseText::from(words) })
}

/// Adds a new key to the inbox of a practice; notes are sealed for it from then on.
pub(crate) fn add_key(keys: &mut Entries<InboxKey>, stamp: Stamp) {
    let secret = Identity::generate().to_string();
    keys.write(Uuid::new_v4(), InboxKey { secret: CaseText::from(secret.expose_secret()) }, stamp);
}

/// Adds a new key in the place of all that were there, whatever day they say they are of.
pub(crate) fn renew_key(keys: &mut Entries<InboxKey>, stamp: Stamp) {
    let current: Vec<Uuid> = keys.current().iter().map(|key| key.entry).collect();
    current.into_iter().for_each(|entry| keys.remove(entry, stamp));
    add_key(keys, stamp);
}

/// Every key that the inbox ever had, the one that is in use first: an older note stays
/// readable.
pub(crate) fn identities(practice: &Practice) -> Vec<Identity> {
    let in_use: HashSet<Uuid> = practice.inbox_keys.current().iter().map(|key| key.id).collect();
    let mut keys: Vec<_> = practice.inbox_keys.revisions().iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse((in_use.contains(&key.id), key.saved_at, key.id)));
    // EXPOSE: a key of the program, not words about people.
    keys.into_iter().filter_map(|key| key.body.secret.expose().trim().parse().ok()).collect()
}

/// Lets this computer know for whom to seal while the vault is locked. A local folder that
/// cannot be written only means that there is no quick note here.
pub(crate) fn remember(local: &LocalState, folder: &Folder, practice: &Practice) {
    if let Some(identity) = identities(practice).first() {
        let _ = local.remember_inbox(&folder.root, &identity.to_public().to_string());
    }
}

/// Puts a note in its place that was whole when the program died; a piece is removed.
pub(crate) fn sweep(folder: &Folder, practice: &Practice) {
    let identities = identities(practice);
    let temporary = folder.root.join(TEMP);
    for listed in folder.fs.list(&temporary).unwrap_or_default() {
        let Some(id) = Object::id_from_name(&listed.name).filter(|_| listed.file) else { continue };
        let (object, path) = (Object::QuickNote(id), temporary.join(&listed.name));
        match read(folder, &path, id, &identities) {
            Ok(_) => {
                let _ = folder.publish(object, &path, None, Displaced::Dropped, Unpublished::Kept);
            }
            Err(Finding::Truncated(_) | Finding::Damaged(_)) if belongs(folder, &path, &identities, object) => {
                folder.discard(&path)
            }
            // Not a note of this inbox: the sweep of everything else has looked at it.
            Err(_) => {}
        }
    }
}

/// Whether every note in the inbox opens.
pub(crate) fn check(store: &Store, practice: &Practice) -> Vec<Result<(), Finding>> {
    let (folder, identities) = (&store.folder, identities(practice));
    let listed = folder.fs.list(&folder.root.join(Object::QuickNote(Uuid::nil()).parent())).unwrap_or_default();
    let ids = listed.iter().filter_map(|entry| Object::id_from_name(&entry.name));
    let judge = |id| {
        let object = Object::QuickNote(id);
        twice(store, object, || read(folder, &folder.path(object), id, &identities).map(drop))
    };
    ids.map(judge).collect()
}

fn belongs(folder: &Folder, path: &Path, identities: &[Identity], object: Object) -> bool {
    let head = folder.fs.read_head(path, HEAD_BYTES + seal::NONCE_BYTES);
    head.is_ok_and(|head| identities.iter().any(|key| seal::belongs_to(&head.bytes, key, object).is_ok()))
}

fn read(folder: &Folder, path: &Path, id: Uuid, identities: &[Identity]) -> Result<QuickNote, Finding> {
    let object = Object::QuickNote(id);
    let unreadable = |error| Finding::unreadable(object, &error);
    let head = folder.fs.read_head(path, HEAD_BYTES).map_err(unreadable)?;
    if head.len > object.size_cap() {
        return Err(Finding::Refused(object));
    }
    header::scan(&head.bytes, object)?;
    let sealed = folder.fs.read(path, object.size_cap()).map_err(unreadable)?;
    let mut outcome = Err(Finding::Foreign(object));
    for identity in identities {
        outcome = seal::open_with(&sealed, identity, object);
        if !matches!(outcome, Err(Finding::Foreign(_))) {
            break;
        }
    }
    from_file(&outcome?, id).ok_or(Finding::Damaged(object))
}

impl Vault {
    /// What is in the inbox.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn inbox(&self) -> Result<Inbox, DiskTrouble> {
        let ids = self.inbox_ids()?;
        let identities = identities(&self.practice);
        let mut inbox = Inbox { more: ids.len().saturating_sub(AT_ONCE), ..Inbox::default() };
        for id in ids.into_iter().take(AT_ONCE) {
            let folder = &self.store.folder;
            match read(folder, &folder.path(Object::QuickNote(id)), id, &identities) {
                Ok(note) => inbox.notes.push(note),
                Err(finding) => inbox.findings.push(finding),
            }
        }
        inbox.notes.sort_by_key(|note| (note.written_at, note.id));
        Ok(inbox)
    }

    /// How many files there are in the inbox; none is read.
    #[must_use]
    pub fn inbox_count(&self) -> usize {
        self.inbox_ids().map(|ids| ids.len()).unwrap_or_default()
    }

    fn inbox_ids(&self) -> Result<Vec<Uuid>, DiskTrouble> {
        let folder = &self.store.folder;
        let listed = match folder.fs.list(&folder.root.join(Object::QuickNote(Uuid::nil()).parent())) {
            Ok(listed) => listed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err((&error).into()),
        };
        let mut ids: Vec<Uuid> = listed.iter().filter_map(|entry| Object::id_from_name(&entry.name)).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// One note of the inbox.
    ///
    /// # Errors
    /// When its file cannot be used.
    pub fn quick_note(&self, id: Uuid) -> Result<QuickNote, Finding> {
        let folder = &self.store.folder;
        read(folder, &folder.path(Object::QuickNote(id)), id, &identities(&self.practice))
    }

    /// Removes a file from the inbox: after its words were saved in a case, or because the
    /// owner threw it away. One that is gone already is no failure.
    ///
    /// # Errors
    /// When the disk would not remove it.
    pub fn remove_quick_note(&self, id: Uuid) -> Result<(), SaveError> {
        let (folder, object) = (&self.store.folder, Object::QuickNote(id));
        match folder.fs.remove(&folder.path(object)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(folder.fs.sync_dir(&folder.root.join(object.parent()))?),
        }
    }
}
