//! A practice of any size, made of invented cases.

use casebook::CaseText;
use casebook::case::{Case, CaseNumber, Facts, Note, Person};
use casebook::practice::Organisation;
use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use std::cell::{RefCell, RefMut};
use std::path::{Path, PathBuf};
use std::time::Duration;
use taxonomy::{Behaviour, Coded as _, ContactChannel, Intervention, PersonRole};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{LocalState, Passphrase, Vault};

/// A passphrase in the open: nothing here is real.
pub(crate) struct OpenPassphrase(pub(crate) &'static str);

impl OpenPassphrase {
    pub(crate) fn typed(&self) -> Passphrase {
        Passphrase::new(self.0.to_owned())
    }
}

/// The passphrase of every measured vault.
pub(crate) const PASSPHRASE: OpenPassphrase = OpenPassphrase("zes rustige woorden achter een gesloten deur");

const NOTE: &str = "Zij vertelt dat er sinds de wisseling van het rooster over haar wordt gepraat en dat zij niet meer \
    wordt meegevraagd. Samen zetten wij de voorbeelden op een rij. Zij wil eerst zelf het gesprek aangaan en oefent haar \
    woorden. Afgesproken is dat zij over twee weken belt. ";

/// The moment of every write.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 9, 0, 0).single().expect("a real moment")
}

/// An open vault in a folder of its own.
pub(crate) struct Desk {
    place: TempDir,
    local: LocalState,
    vault: RefCell<Vault>,
    ids: Vec<Uuid>,
    organisation: Uuid,
}

impl Desk {
    /// A vault with this many cases of five notes and three persons.
    pub(crate) fn with_cases(count: usize) -> Self {
        let place = TempDir::new().expect("a temporary folder can be made");
        let local = LocalState::open(&place.path().join("state")).expect("the folder can be used");
        let made = Vault::create(&place.path().join("vault"), &PASSPHRASE.typed(), &local, now());
        let (mut vault, _) = made.expect("a vault can be made");
        let organisation = Uuid::new_v4();
        let mut practice = vault.practice().clone();
        practice.organisations.write(
            organisation,
            Organisation::named("Zorggroep De Meetlat".into()),
            vault.stamp(now()),
        );
        vault.save_practice(practice, now()).expect("the practice is saved");
        let cases: Vec<Case> = (0..count).map(|index| invented(&vault, index, organisation)).collect();
        vault.save_cases(&cases, now()).expect("the cases are saved");
        let ids = cases.iter().map(|case| case.id).collect();
        Self { place, local, vault: RefCell::new(vault), ids, organisation }
    }

    pub(crate) fn vault(&self) -> RefMut<'_, Vault> {
        self.vault.borrow_mut()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.place.path()
    }

    pub(crate) fn ids(&self) -> Vec<Uuid> {
        self.ids.clone()
    }

    pub(crate) fn cases(&self) -> usize {
        self.ids.len()
    }

    /// Opens a case, adds to its newest note and saves, as autosave does.
    pub(crate) fn save_note(&self, rounds: usize) -> Vec<Duration> {
        let mut vault = self.vault();
        let entry = Uuid::new_v4();
        let mut words = String::from(NOTE);
        let mut times = Vec::new();
        for _ in 0..rounds {
            let mut case = vault.case(self.ids[0]).expect("the case opens");
            words.push_str("Nog een zin. ");
            case.notes.write(entry, note(&words), vault.stamp(now()));
            times.push(crate::stopwatch::time(|| {
                vault.save_case(&case, now()).expect("the case is saved");
            }));
        }
        times
    }

    /// Writes and flushes as many bytes as the case file has.
    #[expect(clippy::disallowed_methods, reason = "the yardstick is a plain write")]
    pub(crate) fn flushed_write(&self, rounds: usize) -> Vec<Duration> {
        use std::io::Write as _;
        let path = self.place.path().join("vault/cases").join(format!("{}.age", self.ids[0]));
        let bytes = std::fs::read(path).expect("the case is on the disk");
        let write = |round: usize| {
            let target = self.place.path().join(format!("yardstick-{round}"));
            crate::stopwatch::time(|| {
                let mut file = std::fs::File::create(&target).expect("a file can be made");
                file.write_all(&bytes).expect("it can be written");
                file.sync_all().expect("it can be flushed");
            })
        };
        (0..rounds).map(write).collect()
    }

    /// Opens cases from all over the vault.
    pub(crate) fn open_cases(&self, rounds: usize) -> Vec<Duration> {
        let mut vault = self.vault();
        let step = (self.ids.len() / rounds).max(1);
        let open = |id: &Uuid| {
            crate::stopwatch::time(|| {
                vault.case(*id).expect("the case opens");
            })
        };
        self.ids.iter().step_by(step).take(rounds).map(open).collect()
    }

    /// From the cases in memory to the bytes of a PDF.
    pub(crate) fn report(&self) -> Vec<u8> {
        use casebook::tally::{Selection, tally};
        let vault = self.vault();
        let (frozen, before) = (std::collections::HashSet::new(), std::collections::HashSet::new());
        let selection = Selection {
            organisation: self.organisation,
            year: 2026,
            start_month: 1,
            frozen_years: &frozen,
            counted_before: &before,
        };
        let (counts, _) = tally(vault.cases().iter(), &selection);
        let settings = counts::Settings {
            threshold: counts::Threshold::new(5).expect("five is allowed"),
            headcount: None,
            hidden: counts::HiddenTables::parse("K8"),
        };
        let letterhead = report::Letterhead {
            organisation: "Zorggroep De Meetlat".to_owned(),
            adviser: "M. de Adviseur".to_owned(),
            certification: String::new(),
            year: 2026,
            year_start_month: 1,
            language: taxonomy::Language::Nl,
            version: report::Version::Draft,
            date: report::Day { year: 2026, month: 11, day: 21 },
        };
        let published = counts::publish(&counts, &settings);
        report::AnnualReport::new(letterhead, report::Texts::default(), &published).pdf().expect("the report compiles")
    }

    /// Locks; answers what is needed to unlock again.
    pub(crate) fn close(self) -> (PathBuf, LocalState, TempDir) {
        let folder = self.place.path().join("vault");
        self.vault.into_inner().lock(now()).expect("the vault locks");
        (folder, self.local, self.place)
    }
}

fn note(words: &str) -> Note {
    Note {
        date: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a real day"),
        channel: ContactChannel::Phone,
        minutes: 30,
        with_whom: CaseText::default(),
        facts: words.into(),
        impressions: "Rustiger dan vorige keer.".into(),
    }
}

fn invented(vault: &Vault, index: usize, organisation: Uuid) -> Case {
    let stamp = vault.stamp(now());
    let mut case = Case::new(Uuid::new_v4());
    let day = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a real day") + chrono::Days::new((index % 300) as u64);
    let serial = u32::try_from(index + 1).expect("fewer cases than numbers");
    let mut facts = Facts::draft(CaseNumber { year: 2026, serial }, day);
    facts.organisation = Some(organisation);
    facts.draft = false;
    facts.behaviours.insert(Behaviour::ALL[index % Behaviour::ALL.len()]);
    facts.interventions.insert(Intervention::ALL[index % Intervention::ALL.len()]);
    case.facts.write(case.id, facts, stamp);
    for _ in 0..5 {
        case.notes.write(Uuid::new_v4(), note(&NOTE.repeat(4)), stamp);
    }
    for (place, role) in [PersonRole::Reporter, PersonRole::Accused, PersonRole::Manager].into_iter().enumerate() {
        let person = Person {
            role,
            name: format!("Voornaam{place} Achternaam{index}").into(),
            aliases: CaseText::default(),
            contact: format!("persoon{index}@voorbeeld.example").into(),
            details: CaseText::default(),
        };
        case.persons.write(Uuid::new_v4(), person, stamp);
    }
    case
}
