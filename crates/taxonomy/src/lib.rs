//! The closed lists of the profession: codes, Dutch and English labels, and the
//! fixed trees along which the annual report merges small counts.
//!
//! Everything is generated from `assets/taxonomy/lists.json` and `trees.json`;
//! this crate knows no case, no disk and no window, and has no `alloc`.
//! Codes are stable and never re-used; labels may change.

#![no_std]

include!(concat!(env!("OUT_DIR"), "/lists.rs"));

/// The two languages of the product.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// Nederlands, the first language.
    #[default]
    Nl,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label {
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// The text in one language.
    #[must_use]
    pub fn get(self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.nl,
            Language::En => self.en,
        }
    }
}

/// Whether a case holds one code of a list or a set of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answers {
    /// One code.
    Single,
    /// A set of codes.
    Multiple,
}

/// One list: its id, its labels and its codes in fixed order.
#[derive(PartialEq, Eq, Debug)]
pub struct List {
    /// Stable snake-case name, for example `accused_relation`.
    pub id: &'static str,
    /// Single or multiple answers.
    pub answers: Answers,
    /// The name of the list as people read it.
    pub label: Label,
    /// The codes, in the order in which every table prints them.
    pub codes: &'static [Code],
}

/// One code of a list.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    /// Stable snake-case code, unique within its list.
    pub code: &'static str,
    /// Index of the coarser code, if any.
    pub parent: Option<usize>,
    /// Whether other codes have this one as their parent.
    pub group: bool,
    /// What people read.
    pub label: Label,
}

/// A merge tree: inner nodes are printed when one of their children is too small.
#[derive(PartialEq, Eq, Debug)]
pub struct Tree {
    /// Indices of the roots; a single-answer list has exactly one.
    pub roots: &'static [usize],
    /// All nodes; a leaf has a code and no children.
    pub nodes: &'static [Node],
}

/// One node of a [`Tree`].
#[derive(PartialEq, Eq, Debug)]
pub struct Node {
    /// What a printed row of this node is called.
    pub label: Label,
    /// Index of the code this node stands for; always there on a leaf.
    pub code: Option<usize>,
    /// Index of the node above.
    pub parent: Option<usize>,
    /// Indices of the nodes below; empty on a leaf.
    pub children: &'static [usize],
}

impl Tree {
    /// The leaf that counts the code with this index: the code's own leaf, or that
    /// of its parent. `None` for the group code of a single-answer list.
    #[must_use]
    pub fn leaf_of(&self, list: &List, code: usize) -> Option<usize> {
        let own = |wanted| self.nodes.iter().position(|n| n.children.is_empty() && n.code == Some(wanted));
        own(code).or_else(|| list.codes[code].parent.and_then(own))
    }
}

/// A type whose values are the codes of one list.
pub trait Coded: Copy + Eq + Ord + 'static {
    /// The list with codes and labels.
    const LIST: &'static List;
    /// Every value in list order.
    const ALL: &'static [Self];

    /// Place of this value in the list.
    fn index(self) -> usize;

    /// The stable code.
    fn code(self) -> &'static str {
        Self::LIST.codes[self.index()].code
    }

    /// What people read.
    fn label(self, language: Language) -> &'static str {
        Self::LIST.codes[self.index()].label.get(language)
    }

    /// The value with this code.
    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }

    /// The coarser value, if this one is a detail.
    fn parent(self) -> Option<Self> {
        Self::LIST.codes[self.index()].parent.map(|index| Self::ALL[index])
    }

    /// The coarsest value: the main type of a sub-type, else the value itself.
    fn main(self) -> Self {
        self.parent().unwrap_or(self)
    }

    /// Whether a case may hold this value: in a single-answer list the group
    /// headings may not be chosen, because they would overlap their details.
    fn selectable(self) -> bool {
        Self::LIST.answers == Answers::Multiple || !Self::LIST.codes[self.index()].group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tree_is_binary_or_nearly_so() {
        for dimension in Dimension::ALL {
            for node in dimension.tree().nodes {
                assert!(node.children.len() <= 3, "{}: {:?}", dimension.list().id, node.label);
            }
        }
    }

    #[test]
    fn a_single_answer_list_has_one_root_and_every_choice_has_one_leaf() {
        for dimension in Dimension::ALL {
            let (list, tree) = (dimension.list(), dimension.tree());
            if list.answers == Answers::Single {
                assert_eq!(tree.roots.len(), 1, "{}: rows must add up to the total", list.id);
            }
            for (index, code) in list.codes.iter().enumerate() {
                let selectable = list.answers == Answers::Multiple || !code.group;
                assert_eq!(tree.leaf_of(list, index).is_some(), selectable, "{}: {}", list.id, code.code);
            }
        }
    }

    #[test]
    fn no_code_stands_in_two_places_of_a_tree() {
        for dimension in Dimension::ALL {
            let nodes = dimension.tree().nodes;
            for (index, node) in nodes.iter().enumerate() {
                let twin = nodes.iter().skip(index + 1).any(|other| node.code.is_some() && other.code == node.code);
                assert!(!twin, "{}: {:?}", dimension.list().id, node.label);
            }
        }
    }

    #[test]
    fn codes_are_unique_and_labelled_in_both_languages() {
        for dimension in Dimension::ALL {
            let codes = dimension.list().codes;
            for (index, code) in codes.iter().enumerate() {
                assert!(!code.label.nl.is_empty() && !code.label.en.is_empty(), "{}", code.code);
                assert!(!codes[..index].iter().any(|other| other.code == code.code), "{}", code.code);
            }
        }
    }
}
