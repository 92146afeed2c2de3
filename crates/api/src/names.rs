//! The index of every name in the vault, for the conflict check and the name check.

use casebook::names::NameIndex;
use std::collections::HashSet;
use uuid::Uuid;
use vault::Vault;

/// Builds the index. It is incomplete, and the name check then refuses, while a listed
/// case could not be opened: its names are not known.
pub(crate) fn index(vault: &Vault) -> NameIndex {
    let opened: HashSet<Uuid> = vault.cases().iter().map(|summary| summary.id).collect();
    let incomplete = vault.practice().cases.current().iter().any(|listing| !opened.contains(&listing.entry));
    NameIndex::build(vault.cases(), vault.practice(), incomplete)
}
