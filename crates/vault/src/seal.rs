//! age in, age out.

use crate::finding::Finding;
use crate::header::{self, HeaderId, WORK_FACTOR};
use crate::keys::{Keys, KeysError};
use crate::object::Object;
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// What follows the header and must be there before age looks at the payload.
pub(crate) const NONCE_BYTES: usize = 16;

/// A sealed file and the id of its header.
pub(crate) struct Sealed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) header: HeaderId,
}

/// Seals for this vault's identity.
pub(crate) fn seal(plain: &[u8], keys: &Keys, object: Object) -> io::Result<Sealed> {
    wrap(plain, &keys.recipient(), object)
}

/// Seals the identity file with a passphrase, always at the same cost: a factor
/// chosen by timing one machine is refused by a slower one.
pub(crate) fn seal_keys(keys: &Keys, passphrase: &SecretString, object: Object) -> io::Result<Sealed> {
    seal_keys_at(keys, passphrase, object, WORK_FACTOR)
}

pub(crate) fn seal_keys_at(
    keys: &Keys,
    passphrase: &SecretString,
    object: Object,
    work_factor: u8,
) -> io::Result<Sealed> {
    let mut recipient = scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(work_factor);
    wrap(keys.to_file().as_bytes(), &recipient, object)
}

fn wrap(plain: &[u8], recipient: &dyn Recipient, object: Object) -> io::Result<Sealed> {
    let mut bytes = Vec::with_capacity(plain.len() + plain.len() / 2048 + 512);
    let encryptor = Encryptor::with_recipients(std::iter::once(recipient)).map_err(io::Error::other)?;
    let mut writer = encryptor.wrap_output(&mut bytes)?;
    writer.write_all(plain)?;
    writer.finish()?;
    let header =
        header::scan(&bytes, object).map_err(|_| io::Error::other("the header that was made is not accepted"))?;
    Ok(Sealed { bytes, header })
}

/// Opens a file that is sealed for this vault's identity.
pub(crate) fn open(sealed: &[u8], keys: &Keys, object: Object) -> Result<Zeroizing<Vec<u8>>, Finding> {
    header::scan(sealed, object)?;
    match unwrap(sealed, keys.identity()) {
        Ok(plain) => Ok(plain),
        Err(error) => Err(finding(&error, object)),
    }
}

fn finding(error: &DecryptError, object: Object) -> Finding {
    match error {
        DecryptError::NoMatchingKeys => Finding::Foreign(object),
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Finding::Truncated(object),
        _ => Finding::Damaged(object),
    }
}

/// Whether a file is sealed for this vault's identity, from its first
/// [`header::HEAD_BYTES`] and [`NONCE_BYTES`].
pub(crate) fn belongs(head: &[u8], keys: &Keys, object: Object) -> Result<(), Finding> {
    header::scan(head, object)?;
    let opened = Decryptor::new_buffered(head)
        .and_then(|decryptor| decryptor.decrypt(std::iter::once(keys.identity() as &dyn Identity)).map(|_| ()));
    opened.map_err(|error| finding(&error, object))
}

/// Opens a sealed identity file. `Ok(None)`: it does not open with this passphrase,
/// which cannot be told from damage to the part that the passphrase opens.
pub(crate) fn open_keys(sealed: &[u8], passphrase: &SecretString, object: Object) -> Result<Option<Keys>, Finding> {
    let Some(plain) = open_with_passphrase(sealed, passphrase, object)? else { return Ok(None) };
    match Keys::parse(&plain) {
        Ok(keys) => Ok(Some(keys)),
        Err(KeysError::Newer(format)) => Err(Finding::NewerFormat { object, format }),
        Err(KeysError::Damaged) => Err(Finding::Damaged(object)),
    }
}

/// Opens a file that is sealed with a passphrase.
pub(crate) fn open_with_passphrase(
    sealed: &[u8],
    passphrase: &SecretString,
    object: Object,
) -> Result<Option<Zeroizing<Vec<u8>>>, Finding> {
    header::scan(sealed, object)?;
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(20);
    match unwrap(sealed, &identity) {
        Ok(plain) => Ok(Some(plain)),
        Err(DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys) => {
            Ok(None)
        }
        Err(DecryptError::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Finding::Truncated(object)),
        Err(_) => Err(Finding::Damaged(object)),
    }
}

fn unwrap(sealed: &[u8], identity: &dyn Identity) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut reader = Decryptor::new_buffered(sealed)?.decrypt(std::iter::once(identity))?;
    // The plaintext is never longer than the file, so this never grows and never
    // leaves a copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(DecryptError::Io)?;
    Ok(plain)
}
