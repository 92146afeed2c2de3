//! The beginning: the three identity files get both sets of keys.

use crate::finding::{Finding, SaveError};
use crate::identities::read_keys;
use crate::inbox;
use crate::keys::{Keys, Last};
use crate::local::LocalState;
use crate::object::Object;
use crate::pins::Pin;
use crate::recovery_code::RecoveryCode;
use crate::seal;
use crate::secret::Passphrase;
use crate::store::{keys_mark, opens_as};
use crate::vault::Vault;
use chrono::{DateTime, Utc};
use secrecy::SecretString;

impl Vault {
    /// Begins to change the keys: from here on everything that is saved is sealed with new
    /// ones, and the new passphrase and the new code are the only ones that open. What was
    /// written before follows with [`Vault::continue_rotation`]. The code must be on paper
    /// by now. Copies of the folder elsewhere keep opening with the old secrets.
    ///
    /// # Errors
    /// When the old passphrase is not right, the keys are being changed already, or the
    /// disk would not take it: the old passphrase opens the vault then, or the new one.
    pub fn rotate(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        code: &RecoveryCode,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(), SaveError> {
        if self.is_rotating() {
            return Err(SaveError::Rotating);
        }
        match self.is_passphrase(old) {
            // An attempt that failed half way may have put the new one in place.
            Err(SaveError::WrongPassphrase) if self.was_begun_with(new) => {}
            other => other?,
        }
        let next = self.store.keys.successor();
        let secret = |object| if object == Object::Recovery { code.passphrase() } else { new.0.clone() };
        let seal_all = |keys: &Keys| {
            let [recovery, copy, first] = Last::ORDER;
            let seal = |object| sealed_keys(keys, &secret(object), object);
            Ok::<_, SaveError>(Last([seal(recovery)?, seal(copy)?, seal(first)?]))
        };
        let last = seal_all(&next)?;
        let keys = next.rotating(self.store.keys.again(), last);
        // All the slow work comes before the first of these files is exchanged.
        let sealed = seal_all(&keys)?;
        self.put_first(&sealed)?;
        self.store.keys = keys;
        let _ = self.pins.rekey(self.store.keys.derive_pin_keys());
        self.forget_former_secrets();
        // These the former keys seal; each file gets another one when it is sealed anew.
        self.store.let_go_of_second_names();
        self.findings.retain(|finding| finding.object() != Object::Recovery);
        if let Some(words) = self.words_aside(None, local) {
            let _ = self.put_words_aside(&words, local);
        }
        // The end does this too, and cannot leave it out.
        let _ = self.renew_inbox(local, now);
        Ok(())
    }

    fn was_begun_with(&self, new: &Passphrase) -> bool {
        let opened = read_keys(&self.store.folder, Object::Identity, &new.0);
        matches!(opened, Ok(Some(keys)) if keys.last().is_some() && keys.open_what_opens(&self.store.keys))
    }

    /// Puts the files with both keys in place, the recovery file first: whoever still has
    /// the old passphrase then opens what is sealed with the former keys, and nothing is
    /// sealed with the new ones before both copies hold them. On an error everything goes
    /// on with the former keys, which every identity file still holds.
    fn put_first(&mut self, sealed: &Last) -> Result<(), SaveError> {
        let pinned = Last::ORDER.map(|object| self.pins.get(object));
        // Should the program die half way, the next unlock proves all three.
        Last::ORDER.into_iter().for_each(|object| self.pins.doubt(object));
        let _ = self.pins.compact();
        let order = [Object::Recovery, Object::Identity, Object::IdentityCopy];
        let put = |object| self.store.put_last(object, sealed).map(|mark| (object, mark));
        let put: Result<Vec<_>, SaveError> = order.into_iter().map(put).collect();
        let put = put.inspect_err(|_| self.pin_again(pinned))?;
        put.into_iter().for_each(|(object, mark)| self.pins.saved(object, mark));
        Ok(())
    }

    /// After a beginning that failed: what still stands as it was proved is trusted again,
    /// and of a recovery sheet that may not open any more she must know.
    fn pin_again(&mut self, pinned: [Option<Pin>; 3]) {
        for (object, pin) in Last::ORDER.into_iter().zip(pinned) {
            let read = self.store.folder.fs.read(&self.store.folder.path(object), object.size_cap());
            match (read.ok().map(|sealed| keys_mark(&sealed)), pin) {
                (Some(mark), Some(pin)) if mark.header == pin.header => self.pins.pin(object, mark),
                _ if object == Object::Recovery => self.notice(Finding::Unproven(object)),
                _ => {}
            }
        }
    }

    pub(super) fn forget_former_secrets(&self) {
        for stem in ["vault", "recovery"] {
            let _ = self.store.folder.forget_kept(stem);
        }
    }

    /// Who has the former keys has the practice, and with it what opens the inbox.
    pub(super) fn renew_inbox(&mut self, local: &LocalState, now: DateTime<Utc>) -> Result<(), SaveError> {
        let mut practice = self.practice.clone();
        inbox::renew_key(&mut practice.inbox_keys, self.stamp(now));
        self.save_practice(practice, now)?;
        inbox::remember(local, &self.store.folder, &self.practice);
        Ok(())
    }
}

/// A sealed identity file, proved by opening it.
fn sealed_keys(keys: &Keys, secret: &SecretString, object: Object) -> Result<Vec<u8>, SaveError> {
    let sealed = seal::seal_keys(keys, secret, object)?.bytes;
    if opens_as(&sealed, secret, keys, object) { Ok(sealed) } else { Err(SaveError::Unproven(object)) }
}

/// The keys of a vault whose passphrase is being changed: during a rotation the files that
/// end it must open with the new one too.
pub(crate) fn with_passphrase(keys: &Keys, new: &Passphrase) -> Result<Keys, SaveError> {
    let again = keys.again();
    let Some(last) = keys.last() else { return Ok(again) };
    let alone = keys.again().without_former();
    let recovery = last.of(Object::Recovery).unwrap_or_default().to_vec();
    let copy = sealed_keys(&alone, &new.0, Object::IdentityCopy)?;
    let first = sealed_keys(&alone, &new.0, Object::Identity)?;
    Ok(again.ending_with(Last([recovery, copy, first])))
}
