//! The fictional practice of `luwte demo`: three organisations, three years, about 120
//! cases. Every person, organisation and event in `assets/demo` is invented.
//!
//! It is the same for everyone on the same day: no random numbers and no clock. Dates
//! are given as a part of a year, so that the newest case is always of these weeks.

mod data;

use casebook::case::{CaseNumber, Consent, Facts, Note, Person, Task};
use casebook::practice::{Adviser, Organisation, ReportTexts};
use casebook::{Answer, CaseText};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use data::{
    CodedData, CodesData, ConsentData, NoteData, OrganisationData, PersonData, PracticeData, StoryData, TaskData,
};
use std::collections::{BTreeSet, HashMap};
use taxonomy::{ClosingReason, Coded, ConsentKind, ConsentState, Intervention, Outcome, Phase};
use uuid::Uuid;

/// The stories, and the organisation of each file; drafts have none yet.
const STORIES: [(&str, &str); 5] = [
    ("gemeente", include_str!("../../../assets/demo/gemeente-1.json")),
    ("gemeente", include_str!("../../../assets/demo/gemeente-2.json")),
    ("zorg", include_str!("../../../assets/demo/zorg.json")),
    ("school", include_str!("../../../assets/demo/school.json")),
    ("", include_str!("../../../assets/demo/concepten.json")),
];
const CODED: &str = include_str!("../../../assets/demo/coded.csv");
const PRACTICE: &str = include_str!("../../../assets/demo/practice.json");
/// Why reading the data above cannot fail.
const IN_THE_PROGRAM: &str = "the demo data is compiled in, and a test reads all of it";

/// What goes into a demo vault.
pub(crate) struct DemoContent {
    /// The invented adviser.
    pub(crate) adviser: Adviser,
    /// Her clients.
    pub(crate) organisations: Vec<DemoOrganisation>,
    /// Her cases in the order of their numbers.
    pub(crate) cases: Vec<DemoCase>,
}

/// One client.
pub(crate) struct DemoOrganisation {
    /// The organisation.
    pub(crate) organisation: Organisation,
    /// Her texts for the report of last year; the organisation's id is the caller's to
    /// fill in.
    pub(crate) texts: ReportTexts,
}

/// One case, without the ids that only a vault gives.
pub(crate) struct DemoCase {
    /// Place in [`DemoContent::organisations`]; `None` for a draft. The id in the
    /// facts is the caller's to fill in.
    pub(crate) organisation: Option<usize>,
    /// The coded facts.
    pub(crate) facts: Facts,
    /// Contact moments, oldest first.
    pub(crate) notes: Vec<Note>,
    /// Everybody in it.
    pub(crate) persons: Vec<Person>,
    /// What is to be done and what was done.
    pub(crate) tasks: Vec<Task>,
    /// What the reporter agreed to.
    pub(crate) consents: Vec<Consent>,
}

/// The whole practice as it stands on this day.
pub(crate) fn build(today: NaiveDate) -> DemoContent {
    let practice: PracticeData = serde_json::from_str(PRACTICE).expect(IN_THE_PROGRAM);
    let keys: Vec<&str> = practice.organisations.iter().map(|o| o.key.as_str()).collect();
    let place = |key: &str| keys.iter().position(|known| *known == key);
    let mut cases: Vec<DemoCase> = Vec::new();
    for (key, file) in STORIES {
        let stories: Vec<StoryData> = serde_json::from_str(file).expect(IN_THE_PROGRAM);
        cases.extend(stories.iter().map(|story| story.case(place(key), today)));
    }
    for (index, row) in csv::Reader::from_reader(CODED.as_bytes()).deserialize().enumerate() {
        let row: CodedData = row.expect(IN_THE_PROGRAM);
        cases.push(row.case(place(&row.organisation), index, &practice, today));
    }
    cases.sort_by_key(|case| case.facts.intake);
    let mut serials: HashMap<i32, u32> = HashMap::new();
    for case in &mut cases {
        let year = case.facts.intake.year();
        let serial = serials.entry(year).and_modify(|serial| *serial += 1).or_insert(1);
        case.facts.number = CaseNumber { year, serial: *serial };
    }
    DemoContent {
        adviser: Adviser {
            name: practice.adviser.name.as_str().into(),
            certification: practice.adviser.certification.as_str().into(),
        },
        organisations: practice.organisations.iter().map(|o| o.build(today.year() - 1)).collect(),
        cases,
    }
}

impl OrganisationData {
    fn build(&self, year: i32) -> DemoOrganisation {
        let text = |words: &String| CaseText::from(words.as_str());
        let organisation = Organisation {
            aliases: text(&self.aliases),
            places: text(&self.places),
            departments: text(&self.departments),
            sector: Some(code(&self.sector)),
            headcount: Some(self.headcount),
            adviser_role: code(&self.adviser_role),
            accused_policy: code(&self.accused_policy),
            second_adviser: text(&self.second_adviser),
            ..Organisation::named(text(&self.name))
        };
        let texts = ReportTexts {
            organisation: Uuid::nil(),
            year,
            summary: text(&self.texts.summary),
            activities: text(&self.texts.activities),
            risk_profile: text(&self.texts.risk_profile),
            comparison: text(&self.texts.comparison),
            developments: text(&self.texts.developments),
            evaluation: text(&self.texts.evaluation),
            recommendations: text(&self.texts.recommendations),
        };
        DemoOrganisation { organisation, texts }
    }
}

impl CodesData {
    fn facts(&self, phase: Option<Phase>, today: NaiveDate) -> Facts {
        let first = NaiveDate::from_ymd_opt(today.year() + self.year, 1, 1).expect("a year near today has a first day");
        let last = if self.year == 0 { today } else { first + Days::new(364) };
        let into = (last - first).num_days() * self.at / 1_000;
        let intake = working_day(first + Days::new(into.unsigned_abs()), first, last);
        let closed = self.days.map(|days| working_day(intake + Days::new(days), intake, NaiveDate::MAX));
        let closed = closed.filter(|closed| *closed <= today);
        let mut facts = Facts {
            draft: false,
            closed,
            phase: phase.unwrap_or(if closed.is_some() { Phase::Closed } else { Phase::Consultation }),
            channel: code(&self.channel),
            found_via: answer(&self.found_via),
            reporter_role: answer(&self.reporter_role),
            reporter_position: answer(&self.reporter_position),
            gender: answer(&self.gender),
            age_band: answer(&self.age_band),
            contract_type: answer(&self.contract_type),
            salary_group: answer(&self.salary_group),
            department: self.department.as_str().into(),
            non_belonging: (!self.non_belonging.is_empty()).then(|| code(&self.non_belonging)),
            behaviours: codes(&self.behaviours),
            grounds: codes(&self.grounds),
            accused_relation: answer(&self.accused_relation),
            frequency: answer(&self.frequency),
            interventions: codes(&self.interventions),
            referrals: codes(&self.referrals),
            outcome: code(&self.outcome),
            closing_reason: code(&self.closing_reason),
            aftercare: code(&self.aftercare),
            ..Facts::draft(CaseNumber { year: intake.year(), serial: 0 }, intake)
        };
        facts.explained_on = facts.in_scope().then_some(intake);
        if closed.is_none() {
            facts.outcome = Outcome::Ongoing;
            facts.closing_reason = ClosingReason::NotClosed;
            facts.aftercare = code("planned");
            if facts.phase == Phase::Transferred {
                facts.phase = Phase::Inventory;
            }
        }
        facts
    }
}

impl StoryData {
    fn case(&self, organisation: Option<usize>, today: NaiveDate) -> DemoCase {
        let phase = (!self.phase.is_empty()).then(|| code(&self.phase));
        let mut facts = self.codes.facts(phase, today);
        facts.second_adviser = self.second_adviser;
        facts.cluster = self.cluster.as_str().into();
        facts.contact_route = self.contact_route.as_str().into();
        if !self.duty_basis.is_empty() {
            facts.duty_basis = code(&self.duty_basis);
        }
        if !self.breach.is_empty() {
            facts.breach = code(&self.breach);
        }
        if self.draft {
            facts.draft = true;
            facts.phase = Phase::PhoneIntake;
            facts.explained_on = None;
        }
        let until = facts.closed.unwrap_or(today);
        let day = |after: u64| working_day(facts.intake + Days::new(after), facts.intake, until);
        let happened = |after: u64| facts.intake + Days::new(after) <= until;
        let note = |n: &NoteData| Note {
            date: day(n.after),
            channel: code(&n.channel),
            minutes: n.minutes,
            with_whom: n.with_whom.as_str().into(),
            facts: n.facts.as_str().into(),
            impressions: n.impressions.as_str().into(),
        };
        let person = |p: &PersonData| Person {
            role: code(&p.role),
            name: p.name.as_str().into(),
            aliases: p.aliases.as_str().into(),
            contact: p.contact.as_str().into(),
            details: p.details.as_str().into(),
        };
        let task = |t: &TaskData| {
            let from_today = t.from_today.and_then(|days| today.checked_add_signed(chrono::Duration::days(days)));
            let due = from_today.unwrap_or_else(|| facts.intake + Days::new(t.after.unwrap_or_default()));
            Task { due, reason: t.reason.as_str().into(), done: (t.done && due <= today).then_some(due) }
        };
        let consent = |c: &ConsentData| Consent {
            kind: code(&c.kind),
            state: code(&c.state),
            date: day(c.after),
            written: c.written,
            scope: c.scope.as_str().into(),
        };
        DemoCase {
            organisation,
            notes: self.notes.iter().filter(|n| happened(n.after)).map(note).collect(),
            persons: self.persons.iter().map(person).collect(),
            tasks: self.tasks.iter().map(task).collect(),
            consents: self.consents.iter().filter(|c| happened(c.after)).map(consent).collect(),
            facts,
        }
    }
}

impl CodedData {
    fn case(&self, organisation: Option<usize>, index: usize, practice: &PracticeData, today: NaiveDate) -> DemoCase {
        let facts = self.codes.facts(None, today);
        let until = facts.closed.unwrap_or(today);
        let length = self.codes.days.unwrap_or_default();
        let mut notes = Vec::new();
        for contact in 0..self.contacts {
            let date = facts.intake + Days::new(length * contact / self.contacts);
            if date > until {
                break;
            }
            let place = index + usize::try_from(contact).unwrap_or_default();
            let later = &practice.follow_ups[place % practice.follow_ups.len()];
            notes.push(Note {
                date: working_day(date, facts.intake, until),
                channel: facts.channel,
                minutes: self.minutes,
                with_whom: "melder".into(),
                facts: if contact == 0 { self.note.as_str() } else { later.as_str() }.into(),
                impressions: CaseText::default(),
            });
        }
        let agreed = |kind, scope: &str| Consent {
            kind,
            state: ConsentState::Given,
            date: facts.intake,
            written: false,
            scope: scope.into(),
        };
        let mut consents = Vec::new();
        if facts.in_scope() {
            consents.push(agreed(ConsentKind::KeepRecord, &practice.keep_record_scope));
        }
        let reaches_others = [Intervention::SupportRaiseInternally, Intervention::StartMediation];
        if reaches_others.iter().any(|intervention| facts.interventions.contains(intervention)) {
            consents.push(agreed(ConsentKind::ActOnBehalf, &practice.act_on_behalf_scope));
        }
        let spread = Days::new(2 + 6 * (index as u64 % 5));
        let task = Task { due: today + spread, reason: practice.follow_up_task.as_str().into(), done: None };
        let tasks = if facts.is_closed() { Vec::new() } else { vec![task] };
        DemoCase { organisation, facts, notes, persons: Vec::new(), tasks, consents }
    }
}

/// The nearest working day within these bounds; the day itself when there is none.
fn working_day(day: NaiveDate, first: NaiveDate, last: NaiveDate) -> NaiveDate {
    let moved = match day.weekday() {
        Weekday::Sat => day.pred_opt(),
        Weekday::Sun => day.succ_opt(),
        _ => None,
    };
    moved.filter(|moved| (first..=last).contains(moved)).unwrap_or(day)
}

fn code<T: Coded>(word: &str) -> T {
    T::parse(word).filter(|value| value.selectable()).expect(IN_THE_PROGRAM)
}

fn answer<T: Coded>(word: &str) -> Answer<T> {
    Answer::parse(word).expect(IN_THE_PROGRAM)
}

fn codes<T: Coded>(words: &str) -> BTreeSet<T> {
    words.split('|').filter(|word| !word.is_empty()).map(code).collect()
}

#[cfg(test)]
mod tests;
