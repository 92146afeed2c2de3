//! From a case to generalised words. Names, dates, places and numbers of the case have
//! no way in: every row is made of constants chosen by a code.

use crate::draft::{Draft, DraftError, Part, Trait};
use crate::wording::{self, Since};
use casebook::practice::Organisation;
use casebook::{CaseSummary, CaseText};
use chrono::{Datelike, NaiveDate};
use taxonomy::{Behaviour, Coded, Label, Language};

/// What an export is told from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// A random number for this export alone; it says nothing about the case.
    pub number: u32,
    /// Any day in the month of the session; only month and year are printed.
    pub meets: NaiveDate,
    /// Today, to count the weeks since the first contact.
    pub today: NaiveDate,
}

/// A piece of a printed line.
pub(crate) enum Piece {
    /// A constant of the program.
    Fixed(Label),
    /// A number of our own making.
    Number(u32),
}

/// One line of facts.
pub(crate) struct Row {
    pub(crate) label: Label,
    pub(crate) value: Vec<Piece>,
}

/// A summary that was not checked yet. It cannot be shown, copied or saved.
pub struct Summary {
    pub(crate) number: String,
    pub(crate) month: Label,
    pub(crate) year: i32,
    pub(crate) context: Vec<Row>,
    pub(crate) facts: Vec<Row>,
    pub(crate) sections: Vec<(Part, CaseText)>,
}

impl Summary {
    /// Puts the draft beside the generalised codes of the case. `organisation` is the
    /// client of the case; without one nothing is told about it.
    ///
    /// # Errors
    /// [`DraftError`] when nothing was written or too much was chosen.
    pub fn new(
        draft: &Draft,
        case: &CaseSummary,
        organisation: Option<&Organisation>,
        session: Session,
    ) -> Result<Self, DraftError> {
        let traits = draft.chosen_traits()?;
        let draft = &draft.clone().printable();
        let sections: Vec<(Part, CaseText)> = Part::ALL
            .into_iter()
            .map(|part| (part, draft.part(part).clone()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if sections.is_empty() {
            return Err(DraftError::Empty);
        }
        Ok(Self {
            number: format!("I-{:04}", session.number % 10_000),
            month: wording::month(session.meets),
            year: session.meets.year(),
            context: context(organisation),
            facts: facts(draft, case, &traits, session.today),
            sections,
        })
    }
}

pub(crate) fn context(organisation: Option<&Organisation>) -> Vec<Row> {
    let size = organisation.and_then(|o| o.headcount).and_then(|people| match people {
        0..50 => None,
        50..250 => Some(wording::MEDIUM),
        _ => Some(wording::LARGE),
    });
    let sector = organisation.and_then(|o| o.sector).and_then(wording::sector_group);
    let mut rows = Vec::new();
    match (sector, size) {
        (Some(sector), Some(size)) => {
            rows.push(row(wording::SECTOR, sector));
            rows.push(row(wording::SIZE, size));
        }
        // A small or rare organisation, or one of unknown size, is known by its sector.
        _ => rows.push(row(wording::ORGANISATION, wording::SOME_ORGANISATION)),
    }
    rows.extend(organisation.map(|o| row(wording::ROLE, wording::role(o.adviser_role))));
    rows
}

pub(crate) fn facts(draft: &Draft, case: &CaseSummary, traits: &[Trait], today: NaiveDate) -> Vec<Row> {
    let facts = &case.facts;
    let mut rows = Vec::new();
    let mut add = |label: Label, values: Vec<Label>| {
        if !values.is_empty() {
            rows.push(Row { label, value: values.into_iter().map(Piece::Fixed).collect() });
        }
    };
    match facts.non_belonging {
        Some(matter) => add(wording::NATURE, vec![wording::non_belonging(matter)]),
        None => add(wording::NATURE, unique(facts.behaviours.iter().map(|b| wording::behaviour(*b)))),
    }
    if facts.behaviours.iter().any(|b| b.main() == Behaviour::Discrimination) {
        add(wording::GROUND, facts.grounds.iter().filter_map(|g| wording::ground(*g)).collect());
    }
    add(wording::FREQUENCY, facts.frequency.known().and_then(wording::frequency).into_iter().collect());
    for told in traits {
        let (label, value) = match told {
            Trait::Sex => (wording::REPORTER, facts.gender.known().and_then(wording::sex)),
            Trait::Age => (wording::AGE, facts.age_band.known().and_then(wording::age)),
            Trait::Level => (wording::LEVEL, facts.reporter_position.known().and_then(wording::level)),
            Trait::Relation => (wording::RELATION, facts.accused_relation.known().and_then(wording::relation)),
            Trait::Contract => (wording::CONTRACT, facts.contract_type.known().and_then(wording::contract)),
        };
        add(label, value.into_iter().collect());
    }
    add(wording::INTERVENTIONS, unique(facts.interventions.iter().map(|i| wording::intervention(*i))));
    let count = case.work.iter().fold(0_u32, |sum, work| sum.saturating_add(work.contacts));
    add(wording::CONTACTS, wording::contacts(count).into_iter().collect());
    rows.push(match wording::since((today - facts.intake).num_days()) {
        Since::Fixed(phrase) => row(wording::SINCE, phrase),
        Since::Weeks(weeks, word) => {
            Row { label: wording::SINCE, value: vec![Piece::Number(weeks), Piece::Fixed(word)] }
        }
    });
    rows.extend(draft.angle.map(|angle| row(wording::ANGLE, wording::angle(angle))));
    rows
}

fn row(label: Label, value: Label) -> Row {
    Row { label, value: vec![Piece::Fixed(value)] }
}

fn unique(labels: impl Iterator<Item = Label>) -> Vec<Label> {
    let mut unique: Vec<Label> = Vec::new();
    for label in labels {
        if !unique.contains(&label) {
            unique.push(label);
        }
    }
    unique
}

impl Row {
    /// The value as one line.
    pub(crate) fn value(&self, language: Language) -> String {
        let mut line = String::new();
        let mut after_number = true;
        for piece in &self.value {
            match piece {
                Piece::Fixed(label) => {
                    line.push_str(if after_number { "" } else { "; " });
                    line.push_str(label.get(language));
                    after_number = false;
                }
                Piece::Number(number) => {
                    line.push_str(&number.to_string());
                    line.push(' ');
                    after_number = true;
                }
            }
        }
        line
    }
}
