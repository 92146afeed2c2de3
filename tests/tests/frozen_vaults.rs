//! Vaults that were frozen when their format was released: what is in them is what was
//! put in them, whatever the program has become since. With the stock programs they are
//! opened in `stock_tools.rs`.
#![expect(clippy::disallowed_methods, reason = "the frozen files are looked at as they are")]

use chrono::{DateTime, Utc};
use luwte_tests::frozen::{Frozen, SUMS, sums};
use luwte_tests::telling::tell;
use std::fs;
use vault::{LocalState, OpenError, Passphrase, RecoveryCode, Vault};

fn now() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH
}

#[test]
fn a_frozen_vault_is_as_it_was_frozen() {
    for frozen in Frozen::all() {
        let listed = fs::read_to_string(frozen.folder.join(SUMS)).expect("it has a list");
        assert_eq!(sums(&frozen.folder), listed, "{}: a frozen file is never changed", frozen.name());
    }
}

#[test]
fn a_frozen_vault_opens_with_its_passphrase_and_holds_exactly_what_it_held() {
    for frozen in Frozen::all() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let state = LocalState::open(&place.path().join("state")).expect("it can be written");
        let root = frozen.copy(place.path());
        let passphrase = Passphrase::new(frozen.passphrase.clone());
        let mut vault = Vault::unlock(&root, &passphrase, &state, now()).expect("it opens");
        assert_eq!(tell(&mut vault), frozen.content, "{}", frozen.name());
    }
}

#[test]
fn a_frozen_vault_opens_with_its_recovery_code_and_can_be_worked_in() {
    for frozen in Frozen::all() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let state = LocalState::open(&place.path().join("state")).expect("it can be written");
        let root = frozen.copy(place.path());
        let code = RecoveryCode::parse(&frozen.code).expect("it was printed");
        let new = Passphrase::new("een nieuwe zin voor een oude kluis".to_owned());
        let mut vault = Vault::recover(&root, &code, &new, &state, now()).expect("it opens");
        let told = tell(&mut vault);
        let ids: Vec<_> = vault.cases().iter().map(|summary| summary.id).collect();
        for id in ids {
            let case = vault.case(id).expect("it opens");
            vault.save_case(&case, now()).expect("there is room");
        }
        vault.save_practice(vault.practice().clone(), now()).expect("there is room");
        vault.lock(now()).expect("there is room");
        let mut vault = Vault::unlock(&root, &new, &state, now()).expect("it opens");
        assert_eq!(tell(&mut vault), told, "{}: saved anew it says the same", frozen.name());
        drop(vault);
        let old = Vault::unlock(&root, &Passphrase::new(frozen.passphrase.clone()), &state, now());
        assert!(matches!(old, Err(OpenError::WrongPassphrase)), "{}", frozen.name());
    }
}
