//! Words that could not be saved when the vault had to lock: sealed for the vault's
//! identity and kept in this computer's own folder until they can be saved.

use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::seal;
use crate::vault::Vault;
use zeroize::Zeroizing;

/// What an error of these words is about: they belong to no file of the vault.
const OBJECT: Object = Object::Practice;

impl Vault {
    /// Puts words aside, in place of those that were there.
    ///
    /// # Errors
    /// The sealed words, when this computer's own folder cannot be written either; empty
    /// when they could not even be sealed.
    pub fn put_words_aside(&self, words: &[u8], local: &LocalState) -> Result<(), Vec<u8>> {
        let keys: &Keys = &self.store.keys;
        let Ok(sealed) = seal::seal(words, keys, OBJECT) else { return Err(Vec::new()) };
        if local.words(keys.vault_id).is_some_and(|there| seal::open(&there, keys, OBJECT).is_err()) {
            // Sealed before the keys were renewed on another computer: not ours to replace.
            local.set_words_apart(keys.vault_id);
        }
        local.keep_words(keys.vault_id, &sealed.bytes).map_err(|_| sealed.bytes)
    }

    /// The words that were put aside: those of this computer's folder, or the sealed
    /// ones that are handed in. `None` when there are none that open.
    #[must_use]
    pub fn words_aside(&self, sealed: Option<&[u8]>, local: &LocalState) -> Option<Zeroizing<Vec<u8>>> {
        let keys: &Keys = &self.store.keys;
        match sealed {
            Some(sealed) => seal::open(sealed, keys, OBJECT).ok(),
            None => seal::open(&local.words(keys.vault_id)?, keys, OBJECT).ok(),
        }
    }

    /// The words are in the vault now.
    pub fn forget_words_aside(&self, local: &LocalState) {
        local.forget_words(self.store.keys.vault_id);
    }
}
