//! age in, age out.

use crate::finding::Finding;
use crate::fs::OpenFile;
use crate::header::{self, HEAD_BYTES, HeaderId, WORK_FACTOR};
use crate::keys::{Keys, KeysError};
use crate::object::Object;
use age::secrecy::SecretString;
use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt, x25519};
use std::io::{self, BufRead as _, BufReader, Read, Write};
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
    seal_for(plain, &keys.recipient(), object)
}

/// Seals for somebody whose identity may not be known here.
pub(crate) fn seal_for(plain: &[u8], recipient: &x25519::Recipient, object: Object) -> io::Result<Sealed> {
    wrap(plain, recipient, object)
}

/// Seals the identity file with a passphrase, always at the same cost: a factor
/// chosen by timing one machine is refused by a slower one.
pub(crate) fn seal_keys(keys: &Keys, passphrase: &SecretString, object: Object) -> io::Result<Sealed> {
    #[cfg(test)]
    if let Some(factor) = crate::tests::sim::scrypt::chosen() {
        return seal_keys_at(keys, passphrase, object, factor);
    }
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
    unwrap(sealed, keys.identities()).map_err(|error| finding(&error, object))
}

/// Opens a file that is sealed for one identity.
pub(crate) fn open_with(
    sealed: &[u8],
    identity: &x25519::Identity,
    object: Object,
) -> Result<Zeroizing<Vec<u8>>, Finding> {
    header::scan(sealed, object)?;
    unwrap(sealed, std::iter::once(identity as &dyn Identity)).map_err(|error| finding(&error, object))
}

fn finding(error: &DecryptError, object: Object) -> Finding {
    match error {
        DecryptError::NoMatchingKeys => Finding::Foreign(object),
        DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Finding::Truncated(object),
        _ => Finding::Damaged(object),
    }
}

/// How much of a stream is in memory at once; age seals it in chunks of this size too.
pub(crate) const CHUNK: usize = 64 * 1024;

/// Seals what is written to it; `finish` writes the end, without which nothing opens.
pub(crate) fn sealing<W: Write>(out: W, keys: &Keys) -> io::Result<StreamWriter<W>> {
    let recipient = keys.recipient();
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn Recipient));
    encryptor.map_err(io::Error::other)?.wrap_output(out)
}

/// A sealed file that is opened while it is read. What it gives is proved chunk by chunk,
/// and only its end proves that nothing is missing.
pub(crate) type Opening = StreamReader<BufReader<io::Chain<io::Cursor<Vec<u8>>, Box<dyn OpenFile>>>>;

/// Opens a sealed file piece by piece.
pub(crate) fn opening(mut file: Box<dyn OpenFile>, keys: &Keys, object: Object) -> Result<Opening, Finding> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let read = (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head);
    read.map_err(|error| Finding::unreadable(object, &error))?;
    header::scan(&head, object)?;
    let whole = BufReader::with_capacity(CHUNK, io::Cursor::new(head).chain(file));
    let opened = Decryptor::new_buffered(whole).and_then(|decryptor| decryptor.decrypt(keys.identities()));
    opened.map_err(|error| finding(&error, object))
}

/// Hands on what is opened, piece by piece; `Ok` only when the end was there.
pub(crate) fn pour<E: From<Finding>>(
    opening: &mut impl Read,
    object: Object,
    mut sink: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut piece = Zeroizing::new(vec![0; CHUNK]);
    loop {
        match opening.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => sink(&piece[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(stream_finding(&error, object).into()),
        }
    }
}

/// What an error in the middle of [`opening`] says about the file.
fn stream_finding(error: &io::Error, object: Object) -> Finding {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Finding::Truncated(object),
        io::ErrorKind::InvalidData => Finding::Damaged(object),
        _ => Finding::unreadable(object, error),
    }
}

/// Whether a file is sealed for this vault's identity, from its first
/// [`header::HEAD_BYTES`] and [`NONCE_BYTES`].
pub(crate) fn belongs(head: &[u8], keys: &Keys, object: Object) -> Result<(), Finding> {
    belongs_to_any(head, keys.identities(), object)
}

/// As [`belongs`], for one identity.
pub(crate) fn belongs_to(head: &[u8], identity: &x25519::Identity, object: Object) -> Result<(), Finding> {
    belongs_to_any(head, std::iter::once(identity as &dyn Identity), object)
}

fn belongs_to_any<'a>(
    head: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
    object: Object,
) -> Result<(), Finding> {
    header::scan(head, object)?;
    let opened = Decryptor::new_buffered(head).and_then(|decryptor| decryptor.decrypt(identities).map(|_| ()));
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
    #[cfg(test)]
    let unlock = crate::tests::sim::scrypt::remembered;
    #[cfg(not(test))]
    let unlock = unwrap_with;
    match unlock(sealed, passphrase) {
        Ok(plain) => Ok(Some(plain)),
        Err(DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys) => {
            Ok(None)
        }
        Err(DecryptError::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Finding::Truncated(object)),
        Err(_) => Err(Finding::Damaged(object)),
    }
}

/// Opens what a passphrase sealed: 256 MiB and about a second.
pub(crate) fn unwrap_with(sealed: &[u8], passphrase: &SecretString) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(20);
    unwrap(sealed, std::iter::once(&identity as &dyn Identity))
}

/// Whether a sealed file of any length opens to its end; only there is a cut noticed.
pub(crate) fn opens_to_its_end(sealed: impl Read, keys: &Keys, object: Object) -> bool {
    let mut sealed = io::BufReader::with_capacity(header::HEAD_BYTES, sealed);
    let scanned = sealed.fill_buf().is_ok_and(|head| header::scan(head, object).is_ok());
    if !scanned {
        return false;
    }
    let opened = Decryptor::new_buffered(sealed).and_then(|decryptor| decryptor.decrypt(keys.identities()));
    opened.is_ok_and(|mut plain| pour(&mut plain, object, |_| Ok::<(), Finding>(())).is_ok())
}

fn unwrap<'a>(
    sealed: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut reader = Decryptor::new_buffered(sealed)?.decrypt(identities)?;
    // The plaintext is never longer than the file, so this never grows and never
    // leaves a copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(DecryptError::Io)?;
    Ok(plain)
}
