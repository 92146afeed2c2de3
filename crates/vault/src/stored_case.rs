//! The entries of a case file and their columns (`schema/case.sql`).

use crate::header::{from_hex, hex};
use crate::rows::{Cells, Reader, RowError, Stored, read_entries, write_entries};
use casebook::case::{Case, Consent, Facts, Note, Person, SummaryDraft, Task, YearWork};
use casebook::{Attachment, MediaKind};
use rusqlite::Connection;
use uuid::Uuid;

/// Writes a whole case.
pub(crate) fn write(case: &Case, connection: &Connection) -> rusqlite::Result<()> {
    let Case { id: _, facts, notes, persons, tasks, consents, year_work, summary_drafts, attachments } = case;
    write_entries(connection, facts)?;
    write_entries(connection, notes)?;
    write_entries(connection, persons)?;
    write_entries(connection, tasks)?;
    write_entries(connection, consents)?;
    write_entries(connection, year_work)?;
    write_entries(connection, summary_drafts)?;
    write_entries(connection, attachments)
}

/// Reads a whole case.
pub(crate) fn read(id: Uuid, connection: &Connection) -> Result<Case, RowError> {
    Ok(Case {
        id,
        facts: read_entries(connection)?,
        notes: read_entries(connection)?,
        persons: read_entries(connection)?,
        tasks: read_entries(connection)?,
        consents: read_entries(connection)?,
        year_work: read_entries(connection)?,
        summary_drafts: read_entries(connection)?,
        attachments: read_entries(connection)?,
    })
}

impl Stored for Facts {
    const TABLE: &'static str = "facts";
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "imported_as",
        "carried_over",
        "organisation",
        "draft",
        "intake",
        "closed",
        "phase",
        "channel",
        "found_via",
        "reporter_role",
        "reporter_position",
        "gender",
        "age_band",
        "contract_type",
        "salary_group",
        "department",
        "non_belonging",
        "behaviours",
        "grounds",
        "accused_relation",
        "frequency",
        "interventions",
        "referrals",
        "outcome",
        "closing_reason",
        "aftercare",
        "second_adviser",
        "duty_basis",
        "breach",
        "cluster",
        "contact_route",
        "explained_on",
    ];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self {
            number,
            imported_as,
            carried_over,
            organisation,
            draft,
            intake,
            closed,
            phase,
            channel,
            found_via,
            reporter_role,
            reporter_position,
            gender,
            age_band,
            contract_type,
            salary_group,
            department,
            non_belonging,
            behaviours,
            grounds,
            accused_relation,
            frequency,
            interventions,
            referrals,
            outcome,
            closing_reason,
            aftercare,
            second_adviser,
            duty_basis,
            breach,
            cluster,
            contact_route,
            explained_on,
        } = self;
        cells.owned(number.to_string());
        cells.text(imported_as);
        cells.flag(*carried_over);
        cells.maybe(organisation.map(|id| id.to_string()));
        cells.flag(*draft);
        cells.date(*intake);
        cells.maybe_date(*closed);
        cells.code(*phase);
        cells.code(*channel);
        cells.answer(*found_via);
        cells.answer(*reporter_role);
        cells.answer(*reporter_position);
        cells.answer(*gender);
        cells.answer(*age_band);
        cells.answer(*contract_type);
        cells.answer(*salary_group);
        cells.text(department);
        cells.maybe_code(*non_belonging);
        cells.codes(behaviours);
        cells.codes(grounds);
        cells.answer(*accused_relation);
        cells.answer(*frequency);
        cells.codes(interventions);
        cells.codes(referrals);
        cells.code(*outcome);
        cells.code(*closing_reason);
        cells.code(*aftercare);
        cells.flag(*second_adviser);
        cells.code(*duty_basis);
        cells.code(*breach);
        cells.text(cluster);
        cells.text(contact_route);
        cells.maybe_date(*explained_on);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            number: cells.parsed()?,
            imported_as: cells.text()?,
            carried_over: cells.flag()?,
            organisation: cells.maybe_parsed()?,
            draft: cells.flag()?,
            intake: cells.parsed()?,
            closed: cells.maybe_parsed()?,
            phase: cells.code()?,
            channel: cells.code()?,
            found_via: cells.answer()?,
            reporter_role: cells.answer()?,
            reporter_position: cells.answer()?,
            gender: cells.answer()?,
            age_band: cells.answer()?,
            contract_type: cells.answer()?,
            salary_group: cells.answer()?,
            department: cells.text()?,
            non_belonging: cells.maybe_code()?,
            behaviours: cells.codes()?,
            grounds: cells.codes()?,
            accused_relation: cells.answer()?,
            frequency: cells.answer()?,
            interventions: cells.codes()?,
            referrals: cells.codes()?,
            outcome: cells.code()?,
            closing_reason: cells.code()?,
            aftercare: cells.code()?,
            second_adviser: cells.flag()?,
            duty_basis: cells.code()?,
            breach: cells.code()?,
            cluster: cells.text()?,
            contact_route: cells.text()?,
            explained_on: cells.maybe_parsed()?,
        })
    }
}

impl Stored for Note {
    const TABLE: &'static str = "notes";
    const COLUMNS: &'static [&'static str] = &["date", "channel", "minutes", "with_whom", "facts", "impressions"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { date, channel, minutes, with_whom, facts, impressions } = self;
        cells.date(*date);
        cells.code(*channel);
        cells.number(*minutes);
        cells.text(with_whom);
        cells.text(facts);
        cells.text(impressions);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            date: cells.parsed()?,
            channel: cells.code()?,
            minutes: cells.number()?,
            with_whom: cells.text()?,
            facts: cells.text()?,
            impressions: cells.text()?,
        })
    }
}

impl Stored for Person {
    const TABLE: &'static str = "persons";
    const COLUMNS: &'static [&'static str] = &["role", "name", "aliases", "contact", "details"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { role, name, aliases, contact, details } = self;
        cells.code(*role);
        cells.text(name);
        cells.text(aliases);
        cells.text(contact);
        cells.text(details);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            role: cells.code()?,
            name: cells.text()?,
            aliases: cells.text()?,
            contact: cells.text()?,
            details: cells.text()?,
        })
    }
}

impl Stored for Task {
    const TABLE: &'static str = "tasks";
    const COLUMNS: &'static [&'static str] = &["due", "reason", "done"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { due, reason, done } = self;
        cells.date(*due);
        cells.text(reason);
        cells.maybe_date(*done);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { due: cells.parsed()?, reason: cells.text()?, done: cells.maybe_parsed()? })
    }
}

impl Stored for Consent {
    const TABLE: &'static str = "consents";
    const COLUMNS: &'static [&'static str] = &["kind", "state", "date", "written", "scope"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { kind, state, date, written, scope } = self;
        cells.code(*kind);
        cells.code(*state);
        cells.date(*date);
        cells.flag(*written);
        cells.text(scope);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            kind: cells.code()?,
            state: cells.code()?,
            date: cells.parsed()?,
            written: cells.flag()?,
            scope: cells.text()?,
        })
    }
}

impl Stored for YearWork {
    const TABLE: &'static str = "year_work";
    const COLUMNS: &'static [&'static str] = &["year", "contacts", "minutes"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { year, contacts, minutes } = self;
        cells.number(*year);
        cells.number(*contacts);
        cells.number(*minutes);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { year: cells.number()?, contacts: cells.number()?, minutes: cells.number()? })
    }
}

impl Stored for SummaryDraft {
    const TABLE: &'static str = "summary_drafts";
    const COLUMNS: &'static [&'static str] =
        &["language", "month", "traits", "angle", "situation", "action", "question", "feeling", "reason"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { language, month, traits, angle, situation, action, question, feeling, reason } = self;
        cells.language(*language);
        cells.maybe_date(*month);
        cells.joined(traits.iter());
        cells.plain(angle);
        cells.text(situation);
        cells.text(action);
        cells.text(question);
        cells.text(feeling);
        cells.text(reason);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            language: cells.language()?,
            month: cells.maybe_parsed()?,
            traits: cells.words()?,
            angle: cells.plain()?.to_owned(),
            situation: cells.text()?,
            action: cells.text()?,
            question: cells.text()?,
            feeling: cells.text()?,
            reason: cells.text()?,
        })
    }
}

impl Stored for Attachment {
    const TABLE: &'static str = "attachments";
    const COLUMNS: &'static [&'static str] = &["name", "kind", "length", "sha256"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { name, kind, length, sha256 } = self;
        cells.text(name);
        cells.plain(kind.code());
        cells.number(i64::try_from(*length).unwrap_or(i64::MAX));
        cells.owned(hex(sha256));
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            name: cells.text()?,
            kind: MediaKind::parse(cells.plain()?).ok_or(RowError::UnknownCode)?,
            length: cells.number()?,
            sha256: from_hex(cells.plain()?).ok_or(RowError::Damaged)?,
        })
    }
}
