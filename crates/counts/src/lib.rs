//! The numbers of one report year, and what of them may be published.
//!
//! This crate has no `alloc`: it has no `String` and cannot carry a sentence from a
//! case. [`YearCounts`] is what was counted; [`PublishedCounts`] is what a reader may
//! see, and [`publish`] is its only maker.

#![no_std]

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
}
