//! scrypt, so that a hundred thousand disks can be unlocked: what was opened once is
//! remembered, and identity files are sealed at the lowest factor that is accepted.
//! Both hold only on a thread that asked for it; everything else is the real way.

use crate::seal;
use age::DecryptError;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use zeroize::Zeroizing;

thread_local! {
    static CHEAP: Cell<bool> = const { Cell::new(false) };
}

/// What a sealed file opened to; nothing when the passphrase was not the right one.
type Opened = Option<Zeroizing<Vec<u8>>>;

static KNOWN: LazyLock<Mutex<HashMap<[u8; 32], Opened>>> = LazyLock::new(Mutex::default);

/// Does something with cheap passphrases.
pub(crate) fn cheaply<T>(act: impl FnOnce() -> T) -> T {
    let before = CHEAP.replace(true);
    let done = act();
    CHEAP.set(before);
    done
}

/// The factor that identity files are sealed at, when it is not the one of the format.
pub(crate) fn chosen() -> Option<u8> {
    CHEAP.get().then_some(14)
}

/// Opens what a passphrase sealed, once for the same bytes and passphrase.
pub(crate) fn remembered(sealed: &[u8], passphrase: &SecretString) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    if !CHEAP.get() {
        return seal::unwrap_with(sealed, passphrase);
    }
    let key: [u8; 32] =
        Sha256::new().chain_update(passphrase.expose_secret()).chain_update([0]).chain_update(sealed).finalize().into();
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(opened) = known().get(&key).cloned() {
        return opened.ok_or(DecryptError::DecryptionFailed);
    }
    let opened = seal::unwrap_with(sealed, passphrase);
    match &opened {
        Ok(plain) => drop(known().insert(key, Some(plain.clone()))),
        Err(DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys) => {
            known().insert(key, None);
        }
        Err(_) => {}
    }
    opened
}
