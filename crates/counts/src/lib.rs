//! The numbers of one report year, and what of them may be published.
//!
//! This crate has no `alloc`: it has no `String` and cannot carry a sentence from a
//! case. [`YearCounts`] is what was counted; [`PublishedCounts`] is what a reader may
//! see, and [`publish`] is its only maker.

#![no_std]

#[cfg(test)]
extern crate std;

mod cut;
mod publish;
mod table;

pub use publish::{Extent, PublishedCounts, PublishedTable, Row, Settings, publish};
pub use table::{HiddenTables, Population, TableId, Threshold};

use taxonomy::{DIMENSIONS, Dimension, MAX_NODES};

/// What was counted over the cases of one organisation and one report year.
#[derive(Clone, PartialEq, Eq)]
pub struct YearCounts {
    /// New meldingen that belong with the adviser.
    pub in_scope: u32,
    /// New meldingen that do not belong with the adviser.
    pub not_in_scope: u32,
    /// Contact moments in the year, over all cases.
    pub contacts: u32,
    /// Minutes of case work in the year, over all cases.
    pub minutes: u32,
    /// Minutes of the case that took most.
    pub largest_case_minutes: u32,
    /// Per dimension and tree node, the meldingen with at least one code of the node.
    nodes: [[u32; MAX_NODES]; DIMENSIONS],
}

impl Default for YearCounts {
    fn default() -> Self {
        Self {
            in_scope: 0,
            not_in_scope: 0,
            contacts: 0,
            minutes: 0,
            largest_case_minutes: 0,
            nodes: [[0; MAX_NODES]; DIMENSIONS],
        }
    }
}

impl YearCounts {
    /// Counts one melding in one dimension. `codes` are indices in the dimension's
    /// list; a melding with several codes under one node counts once there.
    pub fn count(&mut self, dimension: Dimension, codes: impl Iterator<Item = usize>) {
        let (tree, list) = (dimension.tree(), dimension.list());
        let mut seen = [false; MAX_NODES];
        for code in codes {
            let mut place = tree.leaf_of(list, code);
            while let Some(node) = place {
                seen[node] = true;
                place = tree.nodes[node].parent;
            }
        }
        for (cell, _) in self.nodes[dimension as usize].iter_mut().zip(seen).filter(|(_, seen)| *seen) {
            *cell += 1;
        }
    }

    /// The meldingen with at least one code of a node.
    #[must_use]
    pub fn node(&self, dimension: Dimension, node: usize) -> u32 {
        self.nodes[dimension as usize][node]
    }

    /// Everything as plain numbers, so that a frozen year can be stored as words;
    /// [`YearCounts::from_numbers`] reads them back. The shape of the trees is part of
    /// it: numbers of other trees are refused, never misread.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let heads = [self.in_scope, self.not_in_scope, self.contacts, self.minutes, self.largest_case_minutes];
        let dimensions = Dimension::ALL.iter().flat_map(|&dimension| {
            let cells = &self.nodes[dimension as usize][..dimension.tree().nodes.len()];
            core::iter::once(cells.len() as u32).chain(cells.iter().copied())
        });
        heads.into_iter().chain(dimensions)
    }

    /// Reads what [`YearCounts::numbers`] wrote; `None` when numbers are missing, left
    /// over or belong to trees of another shape.
    #[must_use]
    pub fn from_numbers(numbers: impl IntoIterator<Item = u32>) -> Option<Self> {
        let mut numbers = numbers.into_iter();
        let mut counts = Self {
            in_scope: numbers.next()?,
            not_in_scope: numbers.next()?,
            contacts: numbers.next()?,
            minutes: numbers.next()?,
            largest_case_minutes: numbers.next()?,
            ..Self::default()
        };
        for &dimension in Dimension::ALL {
            let cells = &mut counts.nodes[dimension as usize][..dimension.tree().nodes.len()];
            if numbers.next()? != cells.len() as u32 {
                return None;
            }
            for cell in cells {
                *cell = numbers.next()?;
            }
        }
        numbers.next().is_none().then_some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn some_year() -> YearCounts {
        let mut counts = YearCounts { in_scope: 12, not_in_scope: 3, contacts: 40, ..YearCounts::default() };
        counts.count(Dimension::Gender, [0].into_iter());
        counts.count(Dimension::Behaviour, [0, 1, 7].into_iter());
        counts
    }

    #[test]
    fn a_year_written_as_numbers_comes_back_the_same() {
        let counts = some_year();
        assert!(YearCounts::from_numbers(counts.numbers()) == Some(counts));
    }

    #[test]
    fn numbers_that_are_missing_left_over_or_of_another_shape_are_refused() {
        let numbers: Vec<u32> = some_year().numbers().collect();
        assert!(YearCounts::from_numbers(numbers[..numbers.len() - 1].iter().copied()).is_none());
        assert!(YearCounts::from_numbers(numbers.iter().copied().chain([0])).is_none());
        let mut reshaped = numbers;
        reshaped[5] += 1;
        assert!(YearCounts::from_numbers(reshaped).is_none());
    }

    #[test]
    fn a_melding_with_two_codes_under_one_node_counts_there_once() {
        let mut counts = YearCounts::default();
        counts.count(Dimension::Behaviour, [1, 2].into_iter());
        let tree = Dimension::Behaviour.tree();
        let leaf = tree.leaf_of(Dimension::Behaviour.list(), 1).expect("every behaviour has a leaf");
        assert_eq!(counts.node(Dimension::Behaviour, leaf), 1);
        assert_eq!(counts.node(Dimension::Behaviour, tree.roots[0]), 1);
    }
}
