//! The adviser's practice: who she is, for whom she works, what was published.

use crate::case::CaseNumber;
use crate::{CaseText, Entries, Revision};
use chrono::NaiveDate;
use taxonomy::{AccusedPolicy, AdviserRole, Sector};
use uuid::Uuid;

/// Everything that is not about one case: the file `practice.age`.
#[derive(Clone, Default)]
pub struct Practice {
    /// The adviser; at most one living entry.
    pub adviser: Entries<Adviser>,
    /// The client organisations.
    pub organisations: Entries<Organisation>,
    /// The adviser's own texts in annual reports.
    pub report_texts: Entries<ReportTexts>,
    /// Years that were made final: never changed again.
    pub frozen_years: Entries<FrozenYear>,
    /// Every case that was ever made, so that a missing file is noticed. The entry id
    /// is the case id.
    pub cases: Entries<CaseListing>,
    /// What left the vault and what was set, without content (R39).
    pub log: Entries<LogLine>,
    /// What opens the notes that were written while the vault was locked; the newest is
    /// the one they are sealed for, and an older one still opens what came before.
    pub inbox_keys: Entries<InboxKey>,
}

impl Adviser {
    /// The one entry that there is of her, the same on every computer.
    pub const ENTRY: Uuid = Uuid::from_u128(1);
}

impl ReportTexts {
    /// The entry of the texts of one organisation and year: the same on every computer, so
    /// that two that begin them apart write two versions and not two texts.
    #[must_use]
    pub fn entry(organisation: Uuid, year: i32) -> Uuid {
        Uuid::from_u128(organisation.as_u128() ^ (u128::from(year.unsigned_abs()) << 96))
    }
}

impl Practice {
    /// What was written for the annual report of one organisation and year.
    #[must_use]
    pub fn texts_of(&self, organisation: Uuid, year: i32) -> Option<&Revision<ReportTexts>> {
        self.report_texts.current().into_iter().find(|r| (r.body.organisation, r.body.year) == (organisation, year))
    }

    /// Everything that either of two versions of the practice holds.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let Self { adviser, organisations, report_texts, frozen_years, cases, log, inbox_keys } = other;
        Self {
            adviser: self.adviser.union(adviser),
            organisations: self.organisations.union(organisations),
            report_texts: self.report_texts.union(report_texts),
            frozen_years: self.frozen_years.union(frozen_years),
            cases: self.cases.union(cases),
            log: self.log.union(log),
            inbox_keys: self.inbox_keys.union(inbox_keys),
        }
    }
}

/// The vertrouwenspersoon.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Adviser {
    /// Name on reports.
    pub name: CaseText,
    /// Certification on reports, for example a register number.
    pub certification: CaseText,
}

/// A client organisation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Organisation {
    /// Full name.
    pub name: CaseText,
    /// Other names and abbreviations, separated by commas; for the name check.
    pub aliases: CaseText,
    /// Places and buildings, separated by commas; for the name check.
    pub places: CaseText,
    /// Departments by their short names, separated by commas.
    pub departments: CaseText,
    /// Sector, if known.
    pub sector: Option<Sector>,
    /// Number of workers, if known.
    pub headcount: Option<u32>,
    /// What the adviser is appointed for.
    pub adviser_role: AdviserRole,
    /// Where an accused person who asks for help is sent.
    pub accused_policy: AccusedPolicy,
    /// The second adviser to refer to.
    pub second_adviser: CaseText,
    /// First month of the report year, 1-12.
    pub year_start_month: u32,
    /// Smallest count that may be printed, 3-10.
    pub threshold: u32,
    /// Table ids that this organisation does not want, for example `K8`, separated by commas.
    pub hidden_tables: String,
    /// Months after closing at which destruction comes up.
    pub retention_months: u32,
    /// Whether it still is a client.
    pub active: bool,
}

impl Organisation {
    /// A new client with the defaults of the profession.
    #[must_use]
    pub fn named(name: CaseText) -> Self {
        Self {
            name,
            aliases: CaseText::default(),
            places: CaseText::default(),
            departments: CaseText::default(),
            sector: None,
            headcount: None,
            adviser_role: AdviserRole::Misconduct,
            accused_policy: AccusedPolicy::SecondVpo,
            second_adviser: CaseText::default(),
            year_start_month: 1,
            threshold: 5,
            hidden_tables: "K8".to_owned(),
            retention_months: 12,
            active: true,
        }
    }
}

/// What the adviser writes in one annual report.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReportTexts {
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// V0 "Kern in het kort".
    pub summary: CaseText,
    /// Explanation under section 1.
    pub activities: CaseText,
    /// V8 risk profile.
    pub risk_profile: CaseText,
    /// V9 and V10 comparison with national figures and earlier years.
    pub comparison: CaseText,
    /// V11 developments.
    pub developments: CaseText,
    /// V12 evaluation of role and function.
    pub evaluation: CaseText,
    /// Section 4, one recommendation a line.
    pub recommendations: CaseText,
}

/// A year that was made final.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FrozenYear {
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// The threshold it was published with.
    pub threshold: u32,
    /// Version of the taxonomy.
    pub taxonomy_version: u32,
    /// Day on which it was made final.
    pub frozen_on: NaiveDate,
    /// Number of workers it was published with, if known then.
    pub headcount: Option<u32>,
    /// Tables that were left out.
    pub hidden_tables: String,
    /// The raw counts, as the words of `counts::YearCounts::numbers`.
    pub counts: String,
    /// The cases that were counted, so that a late one counts in a later year.
    pub counted: Vec<Uuid>,
    /// The texts as they were printed.
    pub texts: ReportTexts,
}

/// One case in the list of all cases.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseListing {
    /// Its number; numbers are never given twice.
    pub number: CaseNumber,
}

/// One line of the log: what, about which number, on which day; no content.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LogLine {
    /// Stable code of the act, for example `intervision_saved`.
    pub act: String,
    /// Number or year it was about.
    pub subject: String,
    /// Reason the adviser gave, if one was required.
    pub reason: CaseText,
}

/// The key of the inbox. It is not the vault's own, so that the locked program can know
/// whom to seal a note for without knowing how to forge a case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct InboxKey {
    /// The age secret key, `AGE-SECRET-KEY-1…`.
    pub secret: CaseText,
}
