//! The fixed words of the page. All of them are constants of the program, so none can
//! carry a word of a case.

use crate::draft::{Angle, Part};
use chrono::{Datelike, NaiveDate};
use taxonomy::{
    AccusedRelation, AdviserRole, AgeBand, Behaviour, Coded, ContractType, DiscriminationGround, Frequency, Gender,
    Intervention, Label, Language, NonBelonging, ReporterPosition, Sector,
};

const fn label(nl: &'static str, en: &'static str) -> Label {
    Label { nl, en }
}

pub(crate) const TITLE: Label = label("Intervisie", "Peer review");
pub(crate) const CONTEXT: Label = label("Context", "Context");
pub(crate) const FACTS: Label = label("Kenmerken", "Characteristics");

pub(crate) const ORGANISATION: Label = label("Organisatie", "Organisation");
pub(crate) const SOME_ORGANISATION: Label = label("een organisatie", "an organisation");
pub(crate) const SECTOR: Label = label("Sector", "Sector");
pub(crate) const SIZE: Label = label("Omvang", "Size");
pub(crate) const MEDIUM: Label = label("middel (50-249)", "medium (50-249)");
pub(crate) const LARGE: Label = label("groot (250 of meer)", "large (250 or more)");
pub(crate) const ROLE: Label = label("Mijn rol", "My role");

pub(crate) const NATURE: Label = label("Aard", "Nature");
pub(crate) const GROUND: Label = label("Discriminatiegrond", "Ground of discrimination");
pub(crate) const FREQUENCY: Label = label("Frequentie", "Frequency");
pub(crate) const RELATION: Label = label("Beklaagde", "Person reported on");
pub(crate) const LEVEL: Label = label("Niveau van de melder", "Level of the reporter");
pub(crate) const REPORTER: Label = label("Melder", "Reporter");
pub(crate) const AGE: Label = label("Leeftijd van de melder", "Age of the reporter");
pub(crate) const CONTRACT: Label = label("Contract van de melder", "Contract of the reporter");
pub(crate) const INTERVENTIONS: Label = label("Wat ik inzette", "What I offered");
pub(crate) const CONTACTS: Label = label("Aantal gesprekken", "Number of conversations");
pub(crate) const SINCE: Label = label("Sinds het eerste contact", "Since the first contact");
pub(crate) const ANGLE: Label = label("Invalshoek", "Angle");

const MONTHS: [Label; 12] = [
    label("januari", "January"),
    label("februari", "February"),
    label("maart", "March"),
    label("april", "April"),
    label("mei", "May"),
    label("juni", "June"),
    label("juli", "July"),
    label("augustus", "August"),
    label("september", "September"),
    label("oktober", "October"),
    label("november", "November"),
    label("december", "December"),
];

/// The name of the month of a day.
pub(crate) fn month(day: NaiveDate) -> Label {
    MONTHS[day.month0() as usize]
}

/// The heading of a written part.
pub(crate) fn heading(part: Part) -> Label {
    match part {
        Part::Situation => label("Situatie", "Situation"),
        Part::Action => label("Wat ik deed", "What I did"),
        Part::Question => label("Mijn dilemma en leervraag", "My dilemma and question"),
        Part::Feeling => label("Gevoel en eigen rol", "My feelings and my part"),
    }
}

/// The angle, as one word.
pub(crate) fn angle(angle: Angle) -> Label {
    match angle {
        Angle::Technical => label("technisch", "technical"),
        Angle::Normative => label("normatief", "normative"),
        Angle::Personal => label("persoonlijk", "personal"),
    }
}

/// The label of a code of the taxonomy.
fn coded<T: Coded>(value: T) -> Label {
    Label { nl: value.label(Language::Nl), en: value.label(Language::En) }
}

/// A main type of behaviour; sub-types become their main type.
pub(crate) fn behaviour(value: Behaviour) -> Label {
    coded(value.main())
}

/// The word for a ground, never a country, faith or diagnosis.
pub(crate) fn ground(value: DiscriminationGround) -> Option<Label> {
    (value != DiscriminationGround::Unknown).then(|| coded(value))
}

/// A matter that is not the adviser's.
pub(crate) fn non_belonging(value: NonBelonging) -> Label {
    coded(value)
}

/// The frequency, when known.
pub(crate) fn frequency(value: Frequency) -> Option<Label> {
    (value != Frequency::Unknown).then(|| coded(value))
}

/// The main group of an intervention.
pub(crate) fn intervention(value: Intervention) -> Label {
    coded(value.main())
}

/// The adviser's role at this client.
pub(crate) fn role(value: AdviserRole) -> Label {
    match value {
        AdviserRole::Misconduct => {
            label("vertrouwenspersoon ongewenste omgangsvormen", "confidential adviser on unwanted behaviour")
        }
        AdviserRole::Integrity => label("vertrouwenspersoon integriteit", "confidential adviser on integrity"),
        AdviserRole::Both => label(
            "vertrouwenspersoon ongewenste omgangsvormen en integriteit",
            "confidential adviser on unwanted behaviour and integrity",
        ),
    }
}

/// The group of a sector, wide enough to hide a client in. `None` for sectors that are
/// too small in the Netherlands for that.
pub(crate) fn sector_group(value: Sector) -> Option<Label> {
    match value {
        Sector::HealthCare => Some(label("zorg en welzijn", "health and social care")),
        Sector::Education => Some(label("onderwijs", "education")),
        Sector::PublicAdministration => Some(label("overheid", "public administration")),
        Sector::Industry | Sector::Construction => Some(label("industrie en bouw", "industry and construction")),
        Sector::Trade | Sector::Transport | Sector::Hospitality => {
            Some(label("handel, vervoer en horeca", "trade, transport and hospitality"))
        }
        Sector::Ict | Sector::Finance | Sector::BusinessServices => {
            Some(label("zakelijke en financiële diensten", "business and financial services"))
        }
        Sector::Agriculture | Sector::CultureSport | Sector::OtherServices => None,
    }
}

/// The group of the person reported on, seen from the reporter.
pub(crate) fn relation(value: AccusedRelation) -> Option<Label> {
    match value.main() {
        AccusedRelation::HierarchicalUp => Some(label("staat hoger dan de melder", "stands above the reporter")),
        AccusedRelation::Horizontal => Some(label("staat naast de melder", "stands beside the reporter")),
        AccusedRelation::HierarchicalDown => Some(label("staat lager dan de melder", "stands below the reporter")),
        AccusedRelation::ExternalParty => Some(label("derde van buiten", "third party from outside")),
        AccusedRelation::NotAPerson => Some(label("geen persoon", "not a person")),
        _ => None,
    }
}

/// The level of the reporter.
pub(crate) fn level(value: ReporterPosition) -> Option<Label> {
    match value {
        ReporterPosition::Operational | ReporterPosition::Trainee | ReporterPosition::Volunteer => {
            Some(label("medewerker", "worker"))
        }
        ReporterPosition::Supervisor => Some(label("leidinggevende", "manager")),
        ReporterPosition::SeniorManagement => Some(label("directie", "board")),
        ReporterPosition::NotRecorded => None,
    }
}

/// Woman or man; anything rarer would point at one person.
pub(crate) fn sex(value: Gender) -> Option<Label> {
    match value {
        Gender::Female => Some(label("vrouw", "woman")),
        Gender::Male => Some(label("man", "man")),
        Gender::NonBinary | Gender::NotDisclosed | Gender::NotRecorded => None,
    }
}

/// Young, middle or older.
pub(crate) fn age(value: AgeBand) -> Option<Label> {
    match value.main() {
        AgeBand::AgeU35 => Some(label("jong (onder 35)", "young (under 35)")),
        AgeBand::Age3554 => Some(label("midden (35-54)", "middle (35-54)")),
        AgeBand::Age55Plus => Some(label("ouder (55 en ouder)", "older (55 and over)")),
        _ => None,
    }
}

/// Permanent, flexible or external.
pub(crate) fn contract(value: ContractType) -> Option<Label> {
    match value.main() {
        ContractType::Permanent => Some(label("vast", "permanent")),
        ContractType::TemporaryFlexible => Some(label("flexibel", "flexible")),
        ContractType::ExternalWorker | ContractType::LearnerVolunteer => Some(label("extern", "external")),
        _ => None,
    }
}

/// How many conversations there were, in three steps.
pub(crate) fn contacts(count: u32) -> Option<Label> {
    match count {
        0 => None,
        1..=2 => Some(label("klein (1 of 2)", "few (1 or 2)")),
        3..=5 => Some(label("enkele (3 tot 5)", "some (3 to 5)")),
        _ => Some(label("veel (6 of meer)", "many (6 or more)")),
    }
}

/// Weeks since the first contact; far back they are told in halves of a year, because
/// weeks and the month of the session together would be a date.
pub(crate) enum Since {
    /// A phrase without a number.
    Fixed(Label),
    /// This many weeks, then the word.
    Weeks(u32, Label),
}

/// The time since the first contact.
pub(crate) fn since(days: i64) -> Since {
    match u32::try_from(days / 7).unwrap_or(0) {
        0 => Since::Fixed(label("minder dan een week", "less than a week")),
        1 => Since::Weeks(1, label("week", "week")),
        weeks @ 2..=26 => Since::Weeks(weeks, label("weken", "weeks")),
        27..=52 => Since::Fixed(label("een half tot heel jaar", "half a year to a year")),
        _ => Since::Fixed(label("langer dan een jaar", "more than a year")),
    }
}
