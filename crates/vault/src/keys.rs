//! The identity file: the age secret key and, in comment lines that stock age skips,
//! the vault id and the origin key.
//!
//! The recipient is never written anywhere: who does not know it cannot make a file
//! that this identity opens. The origin key proves, should the recipient ever leak,
//! that a database was made by somebody who has the identity file.

use crate::header::hex;
use crate::object::Object;
use age::secrecy::ExposeSecret;
use age::x25519;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, Mac};
use memory::Guarded;
use rand::RngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

const FIRST_LINE: &str = "# luwte-vault ";
const VERSION: u32 = 1;
const VAULT_ID: &str = "# vault-id: ";
const ORIGIN_KEY: &str = "# origin-key: ";
const FORMER_ORIGIN_KEY: &str = "# former-origin-key: ";
const SECRET: &str = "AGE-SECRET-KEY-1";

/// What the identity file holds.
pub(crate) struct Keys {
    /// The id of this vault, which every database repeats.
    pub(crate) vault_id: Uuid,
    pair: Pair,
    /// While the keys are being changed: what still opens, and how that ends.
    rotation: Option<Rotation>,
}

/// One set of keys.
struct Pair {
    origin: Guarded<Zeroizing<[u8; 32]>>,
    identity: Guarded<x25519::Identity>,
}

/// The keys that are on their way out.
struct Rotation {
    former: Pair,
    last: Last,
}

/// What takes the place of the three identity files when every file is sealed with the
/// new keys: the same files without the former keys, sealed already. No secret is at hand
/// at that moment, and none needs to be.
pub(crate) struct Last(pub(crate) [Vec<u8>; 3]);

impl Last {
    /// The identity files in the order in which they are replaced. The one that an unlock
    /// tries first comes last: as long as it is not replaced, an unlock finds the others
    /// half way and can go on.
    pub(crate) const ORDER: [Object; 3] = [Object::Recovery, Object::IdentityCopy, Object::Identity];

    /// The sealed file for one of them.
    pub(crate) fn of(&self, object: Object) -> Option<&[u8]> {
        Self::ORDER.iter().position(|one| *one == object).map(|place| self.0[place].as_slice())
    }
}

/// Why an identity file that did open is of no use.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum KeysError {
    Damaged,
    Newer(u32),
}

impl Pair {
    fn make() -> Self {
        let origin = Guarded::new(|| {
            let mut origin = Zeroizing::new([0; 32]);
            OsRng.fill_bytes(&mut *origin);
            origin
        });
        Self { origin, identity: Guarded::new(x25519::Identity::generate) }
    }

    fn parse(origin: &str, secret: &str) -> Result<Self, KeysError> {
        let decoded = Zeroizing::new(BASE64_STANDARD.decode(origin.trim()).map_err(|_| KeysError::Damaged)?);
        let mut origin = Zeroizing::new([0; 32]);
        if decoded.len() != origin.len() {
            return Err(KeysError::Damaged);
        }
        origin.copy_from_slice(&decoded);
        Ok(Self {
            origin: Guarded::new(|| origin),
            identity: Guarded::try_new(|| secret.trim().parse().map_err(|_| KeysError::Damaged))?,
        })
    }

    fn write(&self, origin_key: &str, file: &mut String) {
        let origin = Zeroizing::new(BASE64_STANDARD.encode(**self.origin));
        let secret = self.identity.to_string();
        for part in [origin_key, origin.as_str(), "\n", secret.expose_secret(), "\n"] {
            file.push_str(part);
        }
    }

    fn is(&self, other: &Self) -> bool {
        self.identity.to_string().expose_secret() == other.identity.to_string().expose_secret()
    }
}

impl Keys {
    /// The keys of a new vault.
    pub(crate) fn make() -> Self {
        Self { vault_id: Uuid::new_v4(), pair: Pair::make(), rotation: None }
    }

    /// New keys for the same vault.
    pub(crate) fn successor(&self) -> Self {
        Self { vault_id: self.vault_id, pair: Pair::make(), rotation: None }
    }

    /// These keys, with others that still open until every file is sealed anew.
    pub(crate) fn rotating(self, former: Self, last: Last) -> Self {
        Self { rotation: Some(Rotation { former: former.pair, last }), ..self }
    }

    /// The same, with other files that end it.
    pub(crate) fn ending_with(self, last: Last) -> Self {
        Self { rotation: self.rotation.map(|rotation| Rotation { last, ..rotation }), ..self }
    }

    /// These keys, without those that were in use before.
    pub(crate) fn without_former(self) -> Self {
        Self { rotation: None, ..self }
    }

    /// The same keys once more; the only way to copy them is to write them and read them.
    pub(crate) fn again(&self) -> Self {
        Self::parse(self.to_file().as_bytes()).expect("what was written reads back")
    }

    /// The plaintext of the identity file.
    pub(crate) fn to_file(&self) -> Zeroizing<String> {
        // Large enough beforehand: a growing string leaves copies behind.
        let mut file = Zeroizing::new(String::with_capacity(8192));
        for part in [FIRST_LINE, &VERSION.to_string(), "\n", VAULT_ID, &self.vault_id.to_string(), "\n"] {
            file.push_str(part);
        }
        self.pair.write(ORIGIN_KEY, &mut file);
        if let Some(rotation) = &self.rotation {
            rotation.former.write(FORMER_ORIGIN_KEY, &mut file);
            for (object, sealed) in Last::ORDER.iter().zip(&rotation.last.0) {
                file.push_str(&format!("{}{}\n", last_line(*object), BASE64_STANDARD.encode(sealed)));
            }
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
        let vault_id = line(VAULT_ID)?.trim().parse().map_err(|_| KeysError::Damaged)?;
        let mut secrets = text.lines().filter(|line| line.starts_with(SECRET));
        let pair = Pair::parse(line(ORIGIN_KEY)?, secrets.next().ok_or(KeysError::Damaged)?)?;
        let Some(former) = secrets.next() else { return Ok(Self { vault_id, pair, rotation: None }) };
        let former = Pair::parse(line(FORMER_ORIGIN_KEY)?, former)?;
        let mut last = Last(Default::default());
        for (object, sealed) in Last::ORDER.iter().zip(&mut last.0) {
            let coded = line(&last_line(*object))?.trim();
            *sealed = BASE64_STANDARD.decode(coded).map_err(|_| KeysError::Damaged)?;
        }
        Ok(Self { vault_id, pair, rotation: Some(Rotation { former, last }) })
    }

    /// The present keys, and during a rotation the former ones.
    fn pairs(&self) -> impl Iterator<Item = &Pair> {
        std::iter::once(&self.pair).chain(self.rotation.iter().map(|rotation| &rotation.former))
    }

    /// What opens a file: the identity, and during a rotation the former one too.
    pub(crate) fn identities(&self) -> impl Iterator<Item = &dyn age::Identity> {
        self.pairs().map(|pair| &*pair.identity as &dyn age::Identity)
    }

    /// The identity that is on its way out.
    pub(crate) fn former_identity(&self) -> Option<&x25519::Identity> {
        self.rotation.as_ref().map(|rotation| &*rotation.former.identity)
    }

    /// What takes the place of the identity files in the end; `None` when the keys are not
    /// being changed.
    pub(crate) fn last(&self) -> Option<&Last> {
        self.rotation.as_ref().map(|rotation| &rotation.last)
    }

    /// A name for these keys that says nothing about them: a hash of the recipient, which
    /// nobody can guess.
    pub(crate) fn name(&self) -> String {
        name_of(&self.pair)
    }

    /// The same for the keys that are on their way out.
    pub(crate) fn former_name(&self) -> Option<String> {
        self.rotation.as_ref().map(|rotation| name_of(&rotation.former))
    }

    /// For whom everything is sealed.
    pub(crate) fn recipient(&self) -> x25519::Recipient {
        self.pair.identity.to_public()
    }

    /// Whether they open all that the present identity of others opens.
    pub(crate) fn open_what_opens(&self, others: &Self) -> bool {
        self.vault_id == others.vault_id && self.pairs().any(|pair| pair.is(&others.pair))
    }

    /// HMAC-SHA-256 with the origin key.
    pub(crate) fn authenticate(&self, message: &[u8]) -> [u8; 32] {
        authenticate(&**self.pair.origin, message)
    }

    /// Whether somebody with these keys, or the former ones, made this of the message.
    pub(crate) fn have_authenticated(&self, message: &[u8], tag: &str) -> bool {
        self.pairs().any(|pair| hex(&authenticate(&**pair.origin, message)) == tag)
    }

    /// The keys of this computer's pin, derived so that a pin says nothing about the
    /// origin key. The first is the one to write with.
    pub(crate) fn derive_pin_keys(&self) -> Vec<Guarded<[u8; 32]>> {
        self.pairs().map(|pair| Guarded::new(|| authenticate(&**pair.origin, b"luwte pin 1"))).collect()
    }
}

fn name_of(pair: &Pair) -> String {
    hex(&Sha256::digest(pair.identity.to_public().to_string()))
}

fn last_line(object: Object) -> String {
    format!("# then {}: ", object.file_name())
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
        assert_eq!(**again.pair.origin, **keys.pair.origin);
        assert!(again.pair.is(&keys.pair) && again.rotation.is_none());
    }

    #[test]
    fn keys_that_are_being_changed_read_back_with_the_former_ones_and_all_that_ends_it() {
        let former = Keys::make();
        let last = || Last([vec![1, 2], vec![3], vec![4; 700]]);
        let keys = former.successor().rotating(former.again(), last());
        let again = keys.again();
        assert_eq!(*again.to_file(), *keys.to_file());
        assert_eq!(again.last().map(|last| last.0.clone()), Some(last().0));
        assert!(again.open_what_opens(&former) && again.open_what_opens(&keys) && !former.open_what_opens(&keys));
        let tag = hex(&former.authenticate(b"made before"));
        assert!(again.have_authenticated(b"made before", &tag));
        let done = again.without_former();
        assert!(!done.have_authenticated(b"made before", &tag) && !done.open_what_opens(&former));
        assert_eq!(done.vault_id, former.vault_id, "it is the same vault");
        let cut = keys.to_file().replace("# then recovery.age", "# next recovery.age");
        assert_eq!(Keys::parse(cut.as_bytes()).err(), Some(KeysError::Damaged));
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
