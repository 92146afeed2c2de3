//! Which nodes of a merge tree are printed. No small count is ever hidden by leaving
//! its row out of a sum: it is merged with its neighbours along a tree that was fixed
//! before anybody saw the data, so a reader who knows the rule and the tree still
//! cannot narrow it. `exhaustive.rs` proves that by trying all data sets of small size.

use taxonomy::Node;

#[cfg(test)]
mod exhaustive;

/// The counts of one tree, and the rule that decides what of them is printed.
pub(crate) struct Cut<'a> {
    /// The nodes of the tree.
    pub(crate) nodes: &'a [Node],
    /// Per node, the meldingen with at least one code of the node.
    pub(crate) counts: &'a [u32],
    /// The meldingen that the table is about; at least twice `k`.
    pub(crate) base: u32,
    /// The smallest count that may be printed.
    pub(crate) k: u32,
}

impl Cut<'_> {
    /// Prints a list of which every melding has exactly one code.
    ///
    /// A node is opened only when each of its children has at least `k`, zero being
    /// small too; otherwise the node itself is printed. Whoever sees a printed node
    /// learns only that some child was small, which stays true when all its meldingen
    /// move to any one code below it. `is_leaf` may stop the descent early, so that a
    /// coarse table is a union of the rows of the detailed one.
    pub(crate) fn single(&self, root: usize, is_leaf: &impl Fn(usize) -> bool, print: &mut impl FnMut(usize)) {
        let children = self.nodes[root].children;
        if children.is_empty() || is_leaf(root) || children.iter().any(|&child| self.counts[child] < self.k) {
            print(root);
        } else {
            children.iter().for_each(|&child| self.single(child, is_leaf, print));
        }
    }

    /// Prints a list of which a melding may have several codes.
    ///
    /// Rows overlap, so a row's complement is a count too: a node is admissible when it
    /// and its complement have at least `k`. Below an admissible node the rule is that
    /// of [`Cut::single`]. A node that is not admissible is left out with everything
    /// below it: opening it would show that its parts are not small.
    ///
    /// The nodes at the top are all that there is, so what is left out can be caught
    /// between the rest and the whole. If every melding is known to have some code
    /// (`every_case_answers`), one missing top must cover whatever the printed rows
    /// cannot reach; if all tops are printed, what they cannot reach has no code at
    /// all. Then nothing is printed, unless the rows could reach everybody or leave out
    /// at least `k`. With two missing tops either can cover for the other.
    ///
    /// A tree with one root is a list that the root covers: the root says nothing and
    /// is never printed, and its children are the top.
    pub(crate) fn multiple(&self, roots: &[usize], every_case_answers: bool, print: &mut impl FnMut(usize)) {
        let tops = self.tops(roots);
        let admissible = || tops.iter().copied().filter(|&top| self.admissible(top));
        let missing = tops.len() - admissible().count();
        let reach: u32 = admissible().map(|top| self.reach(top)).sum();
        let gap = self.base.saturating_sub(reach);
        let safe = match missing {
            0 => gap == 0 || gap >= self.k,
            1 => gap == 0 || !every_case_answers,
            _ => true,
        };
        if safe {
            admissible().for_each(|top| self.open(top, print));
        }
    }

    /// The nodes at the top of a list with several answers.
    pub(crate) fn tops<'r>(&self, roots: &'r [usize]) -> &'r [usize] {
        match roots {
            [root] if !self.nodes[*root].children.is_empty() => self.nodes[*root].children,
            roots => roots,
        }
    }

    fn admissible(&self, node: usize) -> bool {
        let meldingen = self.counts[node];
        meldingen >= self.k && self.base.checked_sub(meldingen).is_some_and(|others| others >= self.k)
    }

    fn opens(&self, node: usize) -> bool {
        let children = self.nodes[node].children;
        !children.is_empty() && children.iter().all(|&child| self.admissible(child))
    }

    fn open(&self, node: usize, print: &mut impl FnMut(usize)) {
        if self.opens(node) {
            self.nodes[node].children.iter().for_each(|&child| self.open(child, print));
        } else {
            print(node);
        }
    }

    /// The most meldingen that the printed rows below an admissible node could cover,
    /// for somebody who sees only those rows: an opened node's own count is not printed,
    /// but he knows that its complement was not small.
    fn reach(&self, node: usize) -> u32 {
        if self.opens(node) {
            let rows: u32 = self.nodes[node].children.iter().map(|&child| self.reach(child)).sum();
            rows.min(self.base - self.k)
        } else {
            self.counts[node]
        }
    }
}
