//! What of a year may be published. [`publish`] is the only way to make a
//! [`PublishedCounts`], and whatever leaves the room is made from one.

use crate::YearCounts;
use crate::cut::Cut;
use crate::table::{HiddenTables, Population, TableId, Threshold};
use taxonomy::{Answers, Behaviour, Coded, Dimension, MAX_NODES};

/// What the organisation decided beforehand and what readers know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Smallest count that may be printed.
    pub threshold: Threshold,
    /// Number of workers, if known: readers know it too.
    pub headcount: Option<u32>,
    /// Tables that are left out.
    pub hidden: HiddenTables,
}

/// How much of the year is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// Fewer meldingen than the threshold: that sentence and nothing else.
    TooFew,
    /// The number would say something about nearly everybody who works there, or the
    /// organisation is too small for any number: nothing at all.
    TooSmallAnOrganisation,
    /// From the threshold to twice the threshold: the number of meldingen only.
    TotalOnly,
    /// Tables and totals.
    Full,
}

/// One printed row of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Row {
    node: usize,
    value: u32,
}

impl Row {
    /// Index of the node of the dimension's tree.
    #[must_use]
    pub fn node(&self) -> usize {
        self.node
    }

    /// The meldingen with at least one code of the node.
    #[must_use]
    pub fn value(&self) -> u32 {
        self.value
    }
}

/// One printed table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedTable {
    id: TableId,
    base: u32,
    rows: [Row; MAX_NODES],
    length: usize,
}

impl PublishedTable {
    /// Which table.
    #[must_use]
    pub fn id(&self) -> TableId {
        self.id
    }

    /// The meldingen that the table is about.
    #[must_use]
    pub fn base(&self) -> u32 {
        self.base
    }

    /// The rows in tree order. In a table with single answers they add up to the base.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows[..self.length]
    }

    /// Whether the table was too small to be broken down at all.
    #[must_use]
    pub fn is_collapsed(&self) -> bool {
        match self.id.dimension().list().answers {
            Answers::Single => self.rows().iter().any(|row| self.id.dimension().tree().roots.contains(&row.node)),
            Answers::Multiple => self.length == 0,
        }
    }

    /// The nodes at the top of a table with several answers that are left out, because
    /// they hold too few meldingen or too nearly all.
    pub fn left_out(&self) -> impl Iterator<Item = usize> + '_ {
        let tree = self.id.dimension().tree();
        let below = |node: usize| {
            self.rows().iter().any(|row| {
                core::iter::successors(Some(row.node), |&at| tree.nodes[at].parent).any(|above| above == node)
            })
        };
        let tops = match tree.roots {
            [root] => tree.nodes[*root].children,
            roots => roots,
        };
        let multiple = self.id.dimension().list().answers == Answers::Multiple;
        tops.iter().copied().filter(move |&top| multiple && !below(top))
    }

    fn add(&mut self, node: usize, value: u32) {
        self.rows[self.length] = Row { node, value };
        self.length += 1;
    }
}

/// What a reader may see of one organisation-year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublishedCounts {
    threshold: Threshold,
    extent: Extent,
    total: Option<u32>,
    not_in_scope: Option<u32>,
    contacts: Option<u32>,
    hours: Option<u32>,
    tables: [Option<PublishedTable>; TableId::ALL.len()],
}

impl PublishedCounts {
    /// The threshold they were published with.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// How much is shown.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// New meldingen that belong with the adviser.
    #[must_use]
    pub fn total(&self) -> Option<u32> {
        self.total
    }

    /// New meldingen that do not belong with the adviser.
    #[must_use]
    pub fn not_in_scope(&self) -> Option<u32> {
        self.not_in_scope
    }

    /// Contact moments over all cases.
    #[must_use]
    pub fn contacts(&self) -> Option<u32> {
        self.contacts
    }

    /// Whole hours of case work.
    #[must_use]
    pub fn hours(&self) -> Option<u32> {
        self.hours
    }

    /// The tables, in the order in which they are printed.
    pub fn tables(&self) -> impl Iterator<Item = &PublishedTable> {
        self.tables.iter().flatten()
    }
}

/// Decides what of a year may be seen.
///
/// A reader who knows the organisation from inside, every printed number and this very
/// rule cannot narrow a count below the threshold, nor the count of those left over.
#[must_use]
pub fn publish(counts: &YearCounts, settings: &Settings) -> PublishedCounts {
    let mut published = PublishedCounts {
        threshold: settings.threshold,
        extent: extent(counts, settings),
        total: None,
        not_in_scope: None,
        contacts: None,
        hours: None,
        tables: [const { None }; TableId::ALL.len()],
    };
    if matches!(published.extent, Extent::TotalOnly | Extent::Full) {
        published.total = Some(counts.in_scope);
    }
    if published.extent == Extent::Full {
        published.not_in_scope = not_in_scope(counts, settings);
        published.contacts = contacts(counts, published.not_in_scope, settings);
        published.hours = hours(counts);
        for &id in TableId::ALL.iter().filter(|&&id| !settings.hidden.contains(id)) {
            let base = base(id, &published);
            published.tables[id as usize] = base.and_then(|base| table(id, base, counts, settings));
        }
    }
    published
}

/// Below twice the threshold of workers every number of meldingen is small or nearly
/// everybody, so that even telling these two apart would narrow it.
fn extent(counts: &YearCounts, settings: &Settings) -> Extent {
    let (meldingen, k) = (counts.in_scope, settings.threshold.get());
    match settings.headcount {
        Some(workers) if workers < 2 * k => Extent::TooSmallAnOrganisation,
        _ if meldingen < k => Extent::TooFew,
        Some(workers) if workers < meldingen.saturating_add(k) => Extent::TooSmallAnOrganisation,
        _ if meldingen < 2 * k => Extent::TotalOnly,
        _ => Extent::Full,
    }
}

/// Printed from the threshold up, and only while enough workers are left who came with
/// neither kind.
fn not_in_scope(counts: &YearCounts, settings: &Settings) -> Option<u32> {
    let k = settings.threshold.get();
    let came = counts.in_scope.saturating_add(counts.not_in_scope);
    let left_over = settings.headcount.is_none_or(|workers| workers >= came.saturating_add(k));
    (counts.not_in_scope >= k && left_over).then_some(counts.not_in_scope)
}

/// One total. A case has at least one contact as a rule, so a total near the number of
/// cases would show how many of them had a single one; at least `k` contacts more than
/// cases are asked for. A hidden number of cases that do not belong here is taken at
/// its largest small value: the true one would show through the limit.
fn contacts(counts: &YearCounts, not_in_scope: Option<u32>, settings: &Settings) -> Option<u32> {
    let k = settings.threshold.get();
    let cases = counts.in_scope.saturating_add(not_in_scope.unwrap_or(k - 1));
    (counts.contacts >= cases.saturating_add(k)).then_some(counts.contacts)
}

/// One total in whole hours, unless one case holds more than half: then its reporter
/// could read off how little was done for all the others.
fn hours(counts: &YearCounts) -> Option<u32> {
    let hours = counts.minutes / 60 + u32::from(counts.minutes % 60 >= 30);
    let dominated = counts.largest_case_minutes > counts.minutes / 2;
    (hours > 0 && !dominated).then_some(hours)
}

/// The printed number that a table is about; `None` when it was not printed.
fn base(id: TableId, published: &PublishedCounts) -> Option<u32> {
    match id.population() {
        Population::InScope => published.total,
        Population::NotInScope => published.not_in_scope,
        Population::Discrimination => {
            let behaviour = published.tables[TableId::K1 as usize].as_ref()?;
            let own_row = |row: &&Row| {
                let node = &Dimension::Behaviour.tree().nodes[row.node];
                node.code == Some(Behaviour::Discrimination.index())
            };
            behaviour.rows().iter().find(own_row).map(Row::value)
        }
    }
}

fn table(id: TableId, base: u32, counts: &YearCounts, settings: &Settings) -> Option<PublishedTable> {
    let (dimension, k) = (id.dimension(), settings.threshold.get());
    let (tree, list) = (dimension.tree(), dimension.list());
    let breaks_down = base >= 2 * k;
    if !breaks_down && id.population() == Population::Discrimination {
        return None;
    }
    let cells = &counts.nodes[dimension as usize];
    let cut = Cut { nodes: tree.nodes, counts: cells, base, k };
    let mut table = PublishedTable { id, base, rows: [Row::default(); MAX_NODES], length: 0 };
    match list.answers {
        Answers::Single if breaks_down => {
            let coarse = |node: usize| tree.nodes[node].code.is_some_and(|code| list.codes[code].parent.is_none());
            let is_leaf = |node: usize| id == TableId::K3 && coarse(node);
            cut.single(tree.roots[0], &is_leaf, &mut |node| table.add(node, cells[node]));
        }
        Answers::Single => table.add(tree.roots[0], cells[tree.roots[0]]),
        Answers::Multiple => {
            cut.multiple(tree.roots, every_case_answers(dimension), &mut |node| table.add(node, cells[node]));
        }
    }
    Some(table)
}

/// Whether a reader may take it that every melding has some code of this list. Many
/// meldingen are not referred to anybody; all other lists are about every melding.
fn every_case_answers(dimension: Dimension) -> bool {
    dimension != Dimension::ReferralTarget
}

#[cfg(test)]
mod tests;
