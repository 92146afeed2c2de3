//! Everything the report says in numbers, as data: the file that `--figures` writes.

use crate::Letterhead;
use crate::statements;
use counts::{PublishedCounts, PublishedTable, TableId};
use serde::Serialize;
use taxonomy::{Answers, Language, List, Tree};

/// Name and version of the form of [`Figures`].
pub const SCHEMA: &str = "luwte-figures/1";

/// The printed numbers of one report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Figures {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Name of the organisation.
    pub organisation: String,
    /// The report year.
    pub year: i32,
    /// Smallest count that may be printed.
    pub threshold: u32,
    /// New meldingen that belong with the adviser.
    pub total: Total,
    /// The tables in printed order.
    pub tables: Vec<Table>,
    /// Every generated sentence.
    pub statements: Vec<Statement>,
}

/// The total of the year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Total {
    /// What is counted.
    pub label: &'static str,
    /// The number, unless it is withheld.
    pub value: Option<u32>,
}

/// One table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Table {
    /// For example `K14a`.
    pub id: &'static str,
    /// Name of the list that is counted.
    pub dimension: &'static str,
    /// `single` or `multiple`.
    pub answers: &'static str,
    /// The meldingen that the table is about.
    pub base: u32,
    /// The printed rows in fixed order.
    pub rows: Vec<Row>,
    /// Why there is no breakdown, if there is none.
    pub note: Option<&'static str>,
    /// Categories of a table with several answers that have no row, because they hold
    /// too few meldingen or nearly all.
    pub not_shown: Vec<Members>,
}

/// One printed row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Row {
    /// As it is printed.
    pub label: &'static str,
    /// The codes that it stands for; a main code stands for its details too.
    pub members: Vec<&'static str>,
    /// The number.
    pub value: u32,
}

/// Categories without a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Members {
    /// As they are printed.
    pub label: &'static str,
    /// The codes.
    pub members: Vec<&'static str>,
}

/// A generated sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Statement {
    /// Where it is printed: `summary` or `activities`.
    pub place: &'static str,
    /// The sentence.
    pub text: String,
    /// Every number in it.
    pub numbers: Vec<u32>,
}

impl Figures {
    pub(crate) fn of(letterhead: &Letterhead, published: &PublishedCounts) -> Self {
        let language = letterhead.language;
        Self {
            schema: SCHEMA,
            organisation: letterhead.organisation.clone(),
            year: letterhead.year,
            threshold: published.threshold().get(),
            total: Total { label: statements::total_label(language), value: published.total() },
            tables: published.tables().map(|published| table(published, language)).collect(),
            statements: statements::all(published, language),
        }
    }

    /// Every number about meldingen, without order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let tables = self.tables.iter().flat_map(|t| t.rows.iter().map(|row| row.value).chain([t.base]));
        let statements = self.statements.iter().flat_map(|s| s.numbers.iter().copied());
        self.total.value.into_iter().chain(tables).chain(statements)
    }
}

fn table(published: &PublishedTable, language: Language) -> Table {
    let dimension = published.id().dimension();
    let (tree, list) = (dimension.tree(), dimension.list());
    let named = |node: usize| (tree.nodes[node].label.get(language), members(tree, list, node));
    let rows = published.rows().iter().map(|row| {
        let (label, members) = named(row.node());
        Row { label, members, value: row.value() }
    });
    let left_out = published.left_out().filter(|_| !published.is_collapsed());
    Table {
        id: published.id().name(),
        dimension: list.id,
        answers: match list.answers {
            Answers::Single => "single",
            Answers::Multiple => "multiple",
        },
        base: published.base(),
        rows: rows.collect(),
        note: published.is_collapsed().then_some(match language {
            Language::Nl => "te klein om uit te splitsen",
            Language::En => "too small to be broken down",
        }),
        not_shown: left_out.map(named).map(|(label, members)| Members { label, members }).collect(),
    }
}

/// The codes below a node: its own, which stands for its details, or those of its children.
fn members(tree: &Tree, list: &List, node: usize) -> Vec<&'static str> {
    match tree.nodes[node].code {
        Some(code) => vec![list.codes[code].code],
        None => tree.nodes[node].children.iter().flat_map(|&child| members(tree, list, child)).collect(),
    }
}

/// Per table and row, the names of the categories that were merged into the row. The
/// coarse form of a table speaks of groups only; elsewhere a group that could not be
/// opened names its details.
pub(crate) fn parts(published: &PublishedCounts, language: Language) -> Vec<Vec<Vec<&'static str>>> {
    let of_table = |table: &PublishedTable| {
        let tree = table.id().dimension().tree();
        let of_row = |row: &counts::Row| {
            let children = tree.nodes[row.node()].children;
            let is_group = tree.nodes[row.node()].code.is_some();
            if table.is_collapsed() || children.is_empty() || (is_group && table.id() == TableId::K3) {
                Vec::new()
            } else {
                children.iter().flat_map(|&child| names(tree, child, language)).collect()
            }
        };
        table.rows().iter().map(of_row).collect()
    };
    published.tables().map(of_table).collect()
}

fn names(tree: &Tree, node: usize, language: Language) -> Vec<&'static str> {
    let node = &tree.nodes[node];
    match node.code {
        Some(_) => vec![node.label.get(language)],
        None => node.children.iter().flat_map(|&child| names(tree, child, language)).collect(),
    }
}
