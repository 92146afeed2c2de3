//! What is in a back-up, found by opening all of it. Plaintext is in memory only, one
//! file at a time.

use crate::backup::error::ReadBackupError;
use crate::backup::part::Part;
use crate::backup::read::BackupFile;
use crate::complete::listed_cases;
use crate::db::{self, Care};
use crate::finding::Finding;
use crate::keys::Keys;
use crate::object::Object;
use crate::recovery_code::RecoveryCode;
use crate::secret::Passphrase;
use crate::{inbox, seal, stored_case, stored_practice};
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use std::collections::HashSet;
use uuid::Uuid;

/// What opens a back-up.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase that the vault had when the back-up was made.
    Passphrase(&'a Passphrase),
    /// The recovery sheet that the vault had when the back-up was made.
    Code(&'a RecoveryCode),
}

/// What was found when everything was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contents {
    /// Which vault.
    pub vault_id: Uuid,
    /// Cases that open.
    pub cases: usize,
    /// Attachments that open to their end.
    pub attachments: usize,
    /// The last save of any file in it.
    pub last_change: Option<DateTime<Utc>>,
    /// Files that do not open, or that the list of cases or a case misses, by their name.
    pub bad: Vec<String>,
    /// Whether every database that does not open was sealed with other keys.
    pub other_keys: bool,
}

/// What a database holds.
enum Held {
    Practice(Practice),
    Case(Case),
}

impl BackupFile {
    /// Opens everything in the back-up with a secret, and says what is there.
    ///
    /// # Errors
    /// When the secret is not the right one, or the disk would not give the file.
    pub fn open_with(&mut self, secret: Secret<'_>) -> Result<Contents, ReadBackupError> {
        let keys = self.keys(secret)?;
        Ok(self.contents(&keys))
    }

    fn keys(&mut self, secret: Secret<'_>) -> Result<Keys, ReadBackupError> {
        let (objects, secret, wrong) = match secret {
            Secret::Passphrase(passphrase) => {
                (&[Object::Identity, Object::IdentityCopy][..], passphrase.0.clone(), ReadBackupError::WrongPassphrase)
            }
            Secret::Code(code) => (&[Object::Recovery][..], code.passphrase(), ReadBackupError::WrongRecoveryCode),
        };
        let mut finding = None;
        for &object in objects {
            if !self.has(Part::File(object)) {
                finding = finding.or(Some(Finding::Missing(object)));
                continue;
            }
            match seal::open_keys(&self.bytes(Part::File(object))?, &secret, object) {
                Ok(Some(keys)) => return Ok(keys),
                Ok(None) => return Err(wrong),
                Err(found) => finding = Some(found),
            }
        }
        Err(finding.map_or(wrong, ReadBackupError::File))
    }

    /// Opens everything with keys that are there already.
    pub(crate) fn contents(&mut self, keys: &Keys) -> Contents {
        self.contents_while(keys, || true).expect("nobody stops it")
    }

    /// The same, and stops with nothing between two files when it may go on no longer.
    pub(crate) fn contents_while(&mut self, keys: &Keys, may_go_on: impl Fn() -> bool) -> Option<Contents> {
        let mut contents = Contents {
            vault_id: keys.vault_id,
            cases: 0,
            attachments: 0,
            last_change: None,
            bad: Vec::new(),
            other_keys: false,
        };
        let (mut listed, mut inbox_keys, mut refused) = (HashSet::new(), Vec::new(), Vec::new());
        for (part, _) in self.parts() {
            if !may_go_on() {
                return None;
            }
            let good = match part {
                Part::Readme => true,
                Part::File(object) => match object {
                    Object::Identity | Object::IdentityCopy | Object::Recovery => true,
                    Object::Attachment(_) => {
                        let good = self.part(part).is_ok_and(|sealed| seal::opens_to_its_end(sealed, keys, object));
                        contents.attachments += usize::from(good);
                        good
                    }
                    Object::QuickNote(_) => self
                        .bytes(part)
                        .is_ok_and(|sealed| inbox_keys.iter().any(|key| seal::open_with(&sealed, key, object).is_ok())),
                    Object::Practice | Object::Register | Object::Case(_) => match self.database(object, keys) {
                        Ok((saved_at, held)) => {
                            contents.last_change = contents.last_change.max(Some(saved_at));
                            match held {
                                // The practice comes before what needs its lists.
                                Held::Practice(practice) => {
                                    listed.extend(listed_cases(&practice).into_keys().map(Object::Case));
                                    inbox_keys = inbox::identities(&practice);
                                }
                                Held::Case(case) => {
                                    contents.cases += 1;
                                    // What she took off a case may be gone.
                                    let attached =
                                        case.attachments.current().into_iter().map(|revision| revision.entry);
                                    listed.extend(attached.map(Object::Attachment));
                                }
                            }
                            true
                        }
                        Err(finding) => {
                            refused.push(finding);
                            false
                        }
                    },
                },
            };
            if !good {
                contents.bad.push(part.name());
            }
        }
        let missing = listed.into_iter().map(Part::File).filter(|part| !self.has(*part));
        let mut missing: Vec<String> = missing.map(Part::name).collect();
        missing.sort_unstable();
        contents.bad.extend(missing);
        contents.other_keys =
            !refused.is_empty() && refused.iter().all(|finding| matches!(finding, Finding::Foreign(_)));
        Some(contents)
    }

    /// Opens a database and reads all of it, as an unlock would.
    fn database(&mut self, object: Object, keys: &Keys) -> Result<(DateTime<Utc>, Held), Finding> {
        let damaged = Finding::Damaged(object);
        let sealed = self.bytes(Part::File(object)).map_err(|_| damaged)?;
        let image = seal::open(&sealed, keys, object)?;
        let (connection, meta) = db::open(&image, keys, object, Care::Full)?;
        let held = match object {
            Object::Case(id) => {
                let case = stored_case::read(id, &connection).map_err(|_| damaged)?;
                case.current_facts().ok_or(damaged)?;
                Held::Case(case)
            }
            _ => Held::Practice(stored_practice::read(&connection).map_err(|_| damaged)?),
        };
        Ok((meta.saved_at, held))
    }
}
