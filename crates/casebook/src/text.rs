//! Text about people: wiped when dropped, and impossible to print by accident.

use zeroize::Zeroizing;

/// Words that could identify somebody: notes, names, contact routes.
///
/// It has no `Debug`, `Display` or `Serialize`; the only way to the words is
/// [`CaseText::expose`], so that every place that reads them can be found.
#[derive(Clone, Default)]
pub struct CaseText(Zeroizing<String>);

impl CaseText {
    /// Takes the words over.
    #[must_use]
    pub fn new(words: String) -> Self {
        Self(Zeroizing::new(words))
    }

    /// The words themselves. Each caller says in a comment `EXPOSE:` why it may.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there are no words, white space apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<&str> for CaseText {
    fn from(words: &str) -> Self {
        Self::new(words.to_owned())
    }
}

impl From<String> for CaseText {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl PartialEq for CaseText {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Eq for CaseText {}

impl std::hash::Hash for CaseText {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Facts, Note, Person};
    use crate::practice::Practice;
    use crate::{CaseSummary, CaseText};
    use serde::Serialize;
    use static_assertions::assert_not_impl_any;
    use std::fmt::{Debug, Display};

    #[test]
    fn nothing_with_case_text_in_it_can_be_printed_or_serialised() {
        assert_not_impl_any!(CaseText: Debug, Display, Serialize);
        assert_not_impl_any!(Case: Debug, Display, Serialize);
        assert_not_impl_any!(Facts: Debug, Display, Serialize);
        assert_not_impl_any!(Note: Debug, Display, Serialize);
        assert_not_impl_any!(Person: Debug, Display, Serialize);
        assert_not_impl_any!(CaseSummary: Debug, Display, Serialize);
        assert_not_impl_any!(Practice: Debug, Display, Serialize);
    }
}
