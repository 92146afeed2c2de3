//! The identity file: the age secret key and, in comment lines that stock age skips,
//! the vault id and the origin key.
//!
//! The recipient is never written anywhere: who does not know it cannot make a file
//! that this identity opens. The origin key proves, should the recipient ever leak,
//! that a database was made by somebody who has the identity file.

use age::secrecy::ExposeSecret;
use age::x25519;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, Mac};
use memory::Guarded;
use rand::RngCore;
use rand::rngs::OsRng;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

const FIRST_LINE: &str = "# luwte-vault ";
const VERSION: u32 = 1;
const VAULT_ID: &str = "# vault-id: ";
const ORIGIN_KEY: &str = "# origin-key: ";

/// What the identity file holds.
pub(crate) struct Keys {
    /// The id of this vault, which every database repeats.
    pub(crate) vault_id: Uuid,
    origin: Guarded<Zeroizing<[u8; 32]>>,
    identity: Guarded<x25519::Identity>,
}

/// Why an identity file that did open is of no use.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum KeysError {
    Damaged,
    Newer(u32),
}

impl Keys {
    /// The keys of a new vault.
    pub(crate) fn make() -> Self {
        let origin = Guarded::new(|| {
            let mut origin = Zeroizing::new([0; 32]);
            OsRng.fill_bytes(&mut *origin);
            origin
        });
        Self { vault_id: Uuid::new_v4(), origin, identity: Guarded::new(x25519::Identity::generate) }
    }

    /// The plaintext of the identity file.
    pub(crate) fn to_file(&self) -> Zeroizing<String> {
        let secret = self.identity.to_string();
        let origin = Zeroizing::new(BASE64_STANDARD.encode(**self.origin));
        let mut file = Zeroizing::new(String::with_capacity(512));
        for part in [FIRST_LINE, &VERSION.to_string(), "\n", VAULT_ID, &self.vault_id.to_string(), "\n", ORIGIN_KEY] {
            file.push_str(part);
        }
        for part in [origin.as_str(), "\n", secret.expose_secret(), "\n"] {
            file.push_str(part);
        }
        file
    }

    /// Reads [`Keys::to_file`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, KeysError> {
        let text = std::str::from_utf8(file).map_err(|_| KeysError::Damaged)?;
        let line = |start: &str| text.lines().find_map(|line| line.strip_prefix(start)).ok_or(KeysError::Damaged);
        match line(FIRST_LINE)?.trim().parse() {
            Ok(VERSION) => {}
            Ok(newer) if newer > VERSION => return Err(KeysError::Newer(newer)),
            _ => return Err(KeysError::Damaged),
        }
        let mut origin = Zeroizing::new([0; 32]);
        let decoded = Zeroizing::new(BASE64_STANDARD.decode(line(ORIGIN_KEY)?.trim()).map_err(|_| KeysError::Damaged)?);
        if decoded.len() != origin.len() {
            return Err(KeysError::Damaged);
        }
        origin.copy_from_slice(&decoded);
        let secret = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).ok_or(KeysError::Damaged)?;
        Ok(Self {
            vault_id: line(VAULT_ID)?.trim().parse().map_err(|_| KeysError::Damaged)?,
            origin: Guarded::new(|| origin),
            identity: Guarded::try_new(|| secret.trim().parse().map_err(|_| KeysError::Damaged))?,
        })
    }

    pub(crate) fn identity(&self) -> &x25519::Identity {
        &self.identity
    }

    pub(crate) fn recipient(&self) -> x25519::Recipient {
        self.identity.to_public()
    }

    /// HMAC-SHA-256 with the origin key.
    pub(crate) fn authenticate(&self, message: &[u8]) -> [u8; 32] {
        authenticate(&**self.origin, message)
    }

    /// The key of this computer's pin, derived so that a pin says nothing about the
    /// origin key.
    pub(crate) fn derive_pin_key(&self) -> Guarded<[u8; 32]> {
        Guarded::new(|| self.authenticate(b"luwte pin 1"))
    }
}

/// HMAC-SHA-256.
pub(crate) fn authenticate(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use static_assertions::assert_not_impl_any;
    use std::fmt::{Debug, Display};

    #[test]
    fn an_identity_file_reads_back() {
        let keys = Keys::make();
        let again =
            Keys::parse(keys.to_file().as_bytes()).unwrap_or_else(|error| panic!("it was just written: {error:?}"));
        assert_eq!(again.vault_id, keys.vault_id);
        assert_eq!(**again.origin, **keys.origin);
        assert_eq!(again.identity.to_string().expose_secret(), keys.identity.to_string().expose_secret());
    }

    #[test]
    fn secrets_can_be_neither_printed_nor_copied_nor_serialised() {
        assert_not_impl_any!(Keys: Debug, Display, Clone, Serialize);
        assert_not_impl_any!(Guarded<u8>: Debug, Display, Clone, Serialize);
        assert_not_impl_any!(crate::Passphrase: Debug, Display, Clone, Serialize);
        assert_not_impl_any!(crate::RecoveryCode: Debug, Display, Clone, Serialize);
        assert_not_impl_any!(crate::Vault: Debug, Display, Clone, Serialize);
    }

    #[test]
    fn a_newer_or_broken_identity_file_is_told_apart() {
        let file = Keys::make().to_file();
        let newer = file.replace("# luwte-vault 1", "# luwte-vault 7");
        assert_eq!(Keys::parse(newer.as_bytes()).err(), Some(KeysError::Newer(7)));
        assert_eq!(Keys::parse(file.replace("origin", "other").as_bytes()).err(), Some(KeysError::Damaged));
    }
}
