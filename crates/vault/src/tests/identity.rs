//! Sealed copies of the identity that broke or came from another vault.

use super::*;
use crate::keys::Keys;
use crate::{Finding, SaveError};

/// The identity of another vault whose owner chose the same words.
fn foreign_identity() -> Vec<u8> {
    let sealed = seal::seal_keys_at(&Keys::make(), &passphrase().0, Object::Identity, 14);
    sealed.expect("memory is there").bytes
}

#[test]
fn an_identity_of_another_vault_with_the_same_passphrase_never_replaces_ours() {
    let copy = Copy::new();
    let (first, second) = (copy.root().join("vault.age"), copy.root().join("vault.bak.age"));
    let (ours, foreign) = (fs::read(&second).expect("a file"), foreign_identity());
    fs::write(&first, &foreign).expect("it can be written");
    let mut vault = copy.open();
    assert_eq!(vault.warnings(), [Finding::Repaired(Object::Identity)]);
    assert_eq!(notes(&mut vault, copy.cases[0]).len(), 1);
    assert_eq!(fs::read(&second).expect("a file"), ours, "the good copy is as it was");
    assert_eq!(fs::read(copy.root().join("prev/vault.age")).expect("it is kept"), foreign);
    vault.lock(now()).expect("there is room");
    assert_eq!(copy.open().warnings(), []);
}

#[test]
fn a_folder_with_only_identities_of_another_vault_is_left_as_it_is() {
    let copy = Copy::new();
    let foreign = foreign_identity();
    fs::write(copy.root().join("vault.age"), &foreign).expect("it can be written");
    fs::write(copy.root().join("vault.bak.age"), b"kapot").expect("it can be written");
    let left = copy.root().join(".tmp").join(format!("{}.age", Uuid::new_v4()));
    fs::copy(copy.root().join("recovery.age"), &left).expect("it can be copied");
    assert!(matches!(copy.unlock(), Err(OpenError::File(Finding::Foreign(Object::Practice)))));
    assert_eq!(fs::read(copy.root().join("vault.bak.age")).expect("a file"), b"kapot");
    assert!(left.exists(), "nothing is swept with an identity that is not this vault's");
    let recovered = Vault::recover(&copy.root(), &code(), &passphrase(), &copy.state, now());
    assert!(recovered.is_ok(), "the recovery code still opens it");
}

#[test]
fn the_recovery_code_of_another_vault_does_not_replace_the_identity() {
    let copy = Copy::new();
    let foreign = seal::seal_keys_at(&Keys::make(), &code().passphrase(), Object::Recovery, 14);
    fs::write(copy.root().join("recovery.age"), foreign.expect("memory is there").bytes).expect("it can be written");
    let recovered = Vault::recover(&copy.root(), &code(), &passphrase(), &copy.state, now());
    assert!(matches!(recovered, Err(OpenError::File(Finding::Foreign(Object::Practice)))));
    assert!(copy.unlock().is_ok(), "the passphrase opens it as before");
}

#[test]
fn a_passphrase_is_not_changed_on_the_word_of_another_vaults_identity() {
    let copy = Copy::new();
    let mut vault = copy.open();
    for name in ["vault.age", "vault.bak.age"] {
        fs::write(copy.root().join(name), foreign_identity()).expect("it can be written");
    }
    let changed = vault.change_passphrase(&passphrase(), &Passphrase::new("een nieuwe zin".to_owned()));
    assert!(matches!(changed, Err(SaveError::File(Finding::Foreign(Object::Identity)))));
}

#[test]
fn a_check_still_names_a_copy_that_this_unlock_repaired() {
    for object in [Object::Identity, Object::IdentityCopy] {
        let copy = Copy::new();
        fs::write(copy.root().join(object.path()), b"kapot").expect("it can be written");
        let vault = copy.open();
        let check = vault.check();
        assert_eq!((check.good, check.findings), (6, vec![Finding::Repaired(object)]));
        vault.lock(now()).expect("there is room");
        assert_eq!(copy.open().check().findings, [], "it was said once, in the session that mended it");
    }
}
