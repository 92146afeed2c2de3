//! The index of every name in the vault, for the conflict check and the name check.

use casebook::names::NameIndex;
use vault::Vault;

/// Builds the index. It is incomplete, and the name check then refuses, while a listed
/// case could not be opened: its names are not known.
pub(crate) fn index(vault: &Vault) -> NameIndex {
    NameIndex::build(vault.cases(), vault.practice(), vault.is_incomplete())
}
