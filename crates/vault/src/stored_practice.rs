//! The entries of the practice file and their columns (`schema/practice.sql`).

use crate::rows::{Cells, Reader, RowError, Stored, read_entries, write_entries};
use casebook::practice::{Adviser, CaseListing, FrozenYear, InboxKey, LogLine, Organisation, Practice, ReportTexts};
use rusqlite::Connection;

/// Writes the whole practice.
pub(crate) fn write(practice: &Practice, connection: &Connection) -> rusqlite::Result<()> {
    let Practice { adviser, organisations, report_texts, frozen_years, cases, log, inbox_keys } = practice;
    write_entries(connection, adviser)?;
    write_entries(connection, organisations)?;
    write_entries(connection, report_texts)?;
    write_entries(connection, frozen_years)?;
    write_entries(connection, cases)?;
    write_entries(connection, log)?;
    write_entries(connection, inbox_keys)
}

/// Reads the whole practice.
pub(crate) fn read(connection: &Connection) -> Result<Practice, RowError> {
    Ok(Practice {
        adviser: read_entries(connection)?,
        organisations: read_entries(connection)?,
        report_texts: read_entries(connection)?,
        frozen_years: read_entries(connection)?,
        cases: read_entries(connection)?,
        log: read_entries(connection)?,
        inbox_keys: read_entries(connection)?,
    })
}

impl Stored for Adviser {
    const TABLE: &'static str = "adviser";
    const COLUMNS: &'static [&'static str] = &["name", "certification"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { name, certification } = self;
        cells.text(name);
        cells.text(certification);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { name: cells.text()?, certification: cells.text()? })
    }
}

impl Stored for Organisation {
    const TABLE: &'static str = "organisations";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "aliases",
        "places",
        "departments",
        "sector",
        "headcount",
        "adviser_role",
        "accused_policy",
        "second_adviser",
        "year_start_month",
        "threshold",
        "hidden_tables",
        "retention_months",
        "active",
    ];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self {
            name,
            aliases,
            places,
            departments,
            sector,
            headcount,
            adviser_role,
            accused_policy,
            second_adviser,
            year_start_month,
            threshold,
            hidden_tables,
            retention_months,
            active,
        } = self;
        cells.text(name);
        cells.text(aliases);
        cells.text(places);
        cells.text(departments);
        cells.maybe_code(*sector);
        cells.maybe_number(*headcount);
        cells.code(*adviser_role);
        cells.code(*accused_policy);
        cells.text(second_adviser);
        cells.number(*year_start_month);
        cells.number(*threshold);
        cells.plain(hidden_tables);
        cells.number(*retention_months);
        cells.flag(*active);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            name: cells.text()?,
            aliases: cells.text()?,
            places: cells.text()?,
            departments: cells.text()?,
            sector: cells.maybe_code()?,
            headcount: cells.maybe_number()?,
            adviser_role: cells.code()?,
            accused_policy: cells.code()?,
            second_adviser: cells.text()?,
            year_start_month: cells.number()?,
            threshold: cells.number()?,
            hidden_tables: cells.plain()?.to_owned(),
            retention_months: cells.number()?,
            active: cells.flag()?,
        })
    }
}

impl Stored for ReportTexts {
    const TABLE: &'static str = "report_texts";
    const COLUMNS: &'static [&'static str] = &[
        "organisation",
        "year",
        "summary",
        "activities",
        "risk_profile",
        "comparison",
        "developments",
        "evaluation",
        "recommendations",
    ];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self {
            organisation,
            year,
            summary,
            activities,
            risk_profile,
            comparison,
            developments,
            evaluation,
            recommendations,
        } = self;
        cells.id(*organisation);
        cells.number(*year);
        cells.text(summary);
        cells.text(activities);
        cells.text(risk_profile);
        cells.text(comparison);
        cells.text(developments);
        cells.text(evaluation);
        cells.text(recommendations);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            organisation: cells.parsed()?,
            year: cells.number()?,
            summary: cells.text()?,
            activities: cells.text()?,
            risk_profile: cells.text()?,
            comparison: cells.text()?,
            developments: cells.text()?,
            evaluation: cells.text()?,
            recommendations: cells.text()?,
        })
    }
}

impl Stored for FrozenYear {
    const TABLE: &'static str = "frozen_years";
    const COLUMNS: &'static [&'static str] = &[
        "organisation",
        "year",
        "threshold",
        "taxonomy_version",
        "frozen_on",
        "headcount",
        "hidden_tables",
        "counts",
        "counted",
        "text_organisation",
        "text_year",
        "text_summary",
        "text_activities",
        "text_risk_profile",
        "text_comparison",
        "text_developments",
        "text_evaluation",
        "text_recommendations",
    ];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self {
            organisation,
            year,
            threshold,
            taxonomy_version,
            frozen_on,
            headcount,
            hidden_tables,
            counts,
            counted,
            texts,
        } = self;
        cells.id(*organisation);
        cells.number(*year);
        cells.number(*threshold);
        cells.number(*taxonomy_version);
        cells.date(*frozen_on);
        cells.maybe_number(*headcount);
        cells.plain(hidden_tables);
        cells.plain(counts);
        cells.joined(counted.iter());
        texts.write(cells);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self {
            organisation: cells.parsed()?,
            year: cells.number()?,
            threshold: cells.number()?,
            taxonomy_version: cells.number()?,
            frozen_on: cells.parsed()?,
            headcount: cells.maybe_number()?,
            hidden_tables: cells.plain()?.to_owned(),
            counts: cells.plain()?.to_owned(),
            counted: cells.ids()?,
            texts: ReportTexts::read(cells)?,
        })
    }
}

impl Stored for CaseListing {
    const TABLE: &'static str = "cases";
    const COLUMNS: &'static [&'static str] = &["number"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { number } = self;
        cells.owned(number.to_string());
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { number: cells.parsed()? })
    }
}

impl Stored for LogLine {
    const TABLE: &'static str = "log";
    const COLUMNS: &'static [&'static str] = &["act", "subject", "reason"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { act, subject, reason } = self;
        cells.plain(act);
        cells.plain(subject);
        cells.text(reason);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { act: cells.plain()?.to_owned(), subject: cells.plain()?.to_owned(), reason: cells.text()? })
    }
}

impl Stored for InboxKey {
    const TABLE: &'static str = "inbox_keys";
    const COLUMNS: &'static [&'static str] = &["secret"];

    fn write<'a>(&'a self, cells: &mut Cells<'a>) {
        let Self { secret } = self;
        cells.text(secret);
    }

    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError> {
        Ok(Self { secret: cells.text()? })
    }
}
