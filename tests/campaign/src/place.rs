//! Vaults to try things on, made once and copied.

use crate::campaign::Trouble;
use age::secrecy::SecretString;
use chrono::Utc;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{LocalState, Passphrase, Vault};

/// The two passphrases that vaults here have or get.
pub(crate) const PASSPHRASES: [&str; 2] = ["zes woorden die niemand raadt", "zeven andere woorden voor later"];
/// The lowest work on a passphrase that a reader accepts: campaigns unlock thousands
/// of times.
const FACTOR: u8 = 14;
/// Cases in every vault here.
pub(crate) const CASES: usize = 3;

/// A vault folder with the state of one computer beside it.
pub(crate) struct Place {
    pub(crate) folder: Folder,
    pub(crate) cases: Vec<Uuid>,
}

/// Where a vault stands: in a folder that goes with it, or in one that was given.
pub(crate) enum Folder {
    Ours(TempDir),
    #[cfg(feature = "door")]
    Given(PathBuf),
}

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Ours(folder) => folder.path(),
            #[cfg(feature = "door")]
            Self::Given(folder) => folder,
        }
    }
}

struct Template {
    place: Place,
    /// The same vault before it had a case, with the same identity.
    empty: PathBuf,
    identity: age::x25519::Identity,
}

impl Place {
    pub(crate) fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub(crate) fn case_file(&self, number: usize) -> PathBuf {
        self.vault().join("cases").join(format!("{}.age", self.cases[number]))
    }

    /// A fresh copy of the template vault, on a computer that has not seen it.
    pub(crate) fn new() -> Result<Self, Trouble> {
        Self::within(&std::env::temp_dir())
    }

    /// The same on a disk in memory, where flushing costs nothing.
    pub(crate) fn in_memory() -> Result<Self, Trouble> {
        Self::within(&memory())
    }

    /// A copy of this vault as it is now, in memory, on a computer that has not seen it.
    pub(crate) fn again(&self) -> Result<Self, Trouble> {
        let place = Self { folder: temporary(&memory())?, cases: self.cases.clone() };
        copy_folder(&self.vault(), &place.vault())?;
        Ok(place)
    }

    fn within(folder: &Path) -> Result<Self, Trouble> {
        let template = template()?;
        let place = Self { folder: temporary(folder)?, cases: template.place.cases.clone() };
        copy_folder(&template.place.vault(), &place.vault())?;
        Ok(place)
    }

    /// A copy that somebody made before, in a folder of theirs.
    #[cfg(feature = "door")]
    pub(crate) fn standing(folder: &Path) -> Result<Self, Trouble> {
        Ok(Self { folder: Folder::Given(folder.canonicalize()?), cases: Vec::new() })
    }

    /// A vault without a case, in memory.
    pub(crate) fn without_cases() -> Result<Self, Trouble> {
        let place = Self { folder: temporary(memory().as_path())?, cases: Vec::new() };
        copy_folder(&template()?.empty, &place.vault())?;
        Ok(place)
    }

    /// Puts the template back, with a computer that has not seen it.
    pub(crate) fn anew(&self) -> Result<(), Trouble> {
        for folder in [self.vault(), self.state()] {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
        }
        copy_folder(&template()?.place.vault(), &self.vault())
    }

    /// Opens the vault with one of the two passphrases.
    pub(crate) fn open(&self) -> Result<Vault, vault::OpenError> {
        open_patiently(&self.vault(), &self.state())
    }
}

fn temporary(folder: &Path) -> Result<Folder, Trouble> {
    Ok(Folder::Ours(tempfile::Builder::new().prefix("luwte-campaign-").tempdir_in(folder)?))
}

/// A disk in memory, where there is one.
pub(crate) fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

pub(crate) fn passphrase(number: usize) -> Passphrase {
    Passphrase::new(PASSPHRASES[number].to_owned())
}

/// The same, also while a lock is being let go: a child that another lane starts holds
/// a copy of every open file for the moment between its two system calls.
pub(crate) fn open_patiently(vault: &Path, state: &Path) -> Result<Vault, vault::OpenError> {
    let patience = Instant::now() + Duration::from_secs(2);
    loop {
        match open_with_either(vault, state) {
            Err(vault::OpenError::InUse) if Instant::now() < patience => std::thread::sleep(Duration::from_millis(10)),
            other => return other,
        }
    }
}

pub(crate) fn open_with_either(vault: &Path, state: &Path) -> Result<Vault, vault::OpenError> {
    let local = LocalState::open(state)?;
    let open = |number| Vault::unlock(vault, &passphrase(number), &local, Utc::now());
    match open(0) {
        Err(vault::OpenError::WrongPassphrase) => open(1),
        other => other,
    }
}

/// Seals an image or anything else for the template's identity, as a stranger with a
/// leaked recipient could.
pub(crate) fn seal(plain: &[u8]) -> Result<Vec<u8>, Trouble> {
    let recipient = template()?.identity.to_public();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))?;
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}

/// Opens a file of a template vault without the vault's own reader.
pub(crate) fn unseal(sealed: &[u8]) -> Result<Vec<u8>, Trouble> {
    decrypt(sealed, &template()?.identity)
}

static TEMPLATE: OnceLock<Result<Template, String>> = OnceLock::new();

fn template() -> Result<&'static Template, Trouble> {
    TEMPLATE.get_or_init(|| make().map_err(|trouble| trouble.0)).as_ref().map_err(Trouble::new)
}

/// Takes away what `template` made, which nothing drops at the end of the program.
pub(crate) fn clear() {
    if let Some(Ok(template)) = TEMPLATE.get() {
        let _ = fs::remove_dir_all(template.place.folder.path());
    }
}

fn make() -> Result<Template, Trouble> {
    let mut place = Place { folder: temporary(&std::env::temp_dir())?, cases: Vec::new() };
    let (state, now) = (place.state(), Utc::now());
    let local = LocalState::open(&state)?;
    let (mut vault, code) = Vault::create(&place.vault(), &passphrase(0), &local, now)?;
    crate::acts::save_adviser(&mut vault, 0)?;
    vault.lock(now)?;
    // EXPOSE: the code of a vault that lives as long as this run.
    let identity = cheapen(&place.vault(), &code.expose())?;
    let empty = place.folder.path().join("empty");
    copy_folder(&place.vault(), &empty)?;
    fs::remove_dir_all(&state)?;
    let mut vault = place.open()?;
    for _ in 0..CASES {
        let mut case = crate::acts::new_case(&vault);
        crate::acts::write_note(&mut case, &vault, Uuid::new_v4(), 0);
        vault.save_case(&case, now)?;
        place.cases.push(case.id);
    }
    vault.lock(now)?;
    fs::remove_dir_all(&state)?;
    Ok(Template { place, empty, identity })
}

/// Seals the identity files again with as little work as a reader accepts.
fn cheapen(vault: &Path, code: &str) -> Result<age::x25519::Identity, Trouble> {
    let secret = |text: &str| SecretString::from(text.to_owned());
    let plain = decrypt(&fs::read(vault.join("vault.age"))?, &scrypt_identity(secret(PASSPHRASES[0])))?;
    for (name, text) in [("vault.age", PASSPHRASES[0]), ("vault.bak.age", PASSPHRASES[0]), ("recovery.age", code)] {
        let mut recipient = age::scrypt::Recipient::new(secret(text));
        recipient.set_work_factor(FACTOR);
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))?;
        let mut writer = encryptor.wrap_output(fs::File::create(vault.join(name))?)?;
        writer.write_all(&plain)?;
        writer.finish()?;
    }
    let text = String::from_utf8(plain)?;
    let key = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap_or_default();
    key.parse().map_err(Trouble::new)
}

fn scrypt_identity(secret: SecretString) -> age::scrypt::Identity {
    let mut identity = age::scrypt::Identity::new(secret);
    identity.set_max_work_factor(20);
    identity
}

fn decrypt(sealed: &[u8], identity: &dyn age::Identity) -> Result<Vec<u8>, Trouble> {
    let mut plain = Vec::new();
    age::Decryptor::new_buffered(sealed)?.decrypt(std::iter::once(identity))?.read_to_end(&mut plain)?;
    Ok(plain)
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
