//! The sentences that the program writes itself, from published numbers only. They
//! name what is printed and never compare: "most" would rank what is hidden.

use crate::figures::Statement;
use counts::{Extent, PublishedCounts, PublishedTable, TableId};
use taxonomy::{AccusedRelation, Coded, Language, Node};

const SUMMARY: &str = "summary";
const ACTIVITIES: &str = "activities";

const WORDS: [(u32, &str, &str); 9] = [
    (2, "twee", "two"),
    (3, "drie", "three"),
    (4, "vier", "four"),
    (5, "vijf", "five"),
    (6, "zes", "six"),
    (7, "zeven", "seven"),
    (8, "acht", "eight"),
    (9, "negen", "nine"),
    (10, "tien", "ten"),
];

fn in_words(number: u32, language: Language) -> &'static str {
    let word = WORDS.iter().find(|(value, ..)| *value == number);
    let (_, nl, en) = word.expect("thresholds run from three to ten, so their predecessors from two");
    if language == Language::Nl { nl } else { en }
}

pub(crate) fn total_label(language: Language) -> &'static str {
    match language {
        Language::Nl => "Nieuwe meldingen",
        Language::En => "New reports",
    }
}

/// The numbers at the head of section 1, with their labels; each is also in a sentence.
pub(crate) fn key_figures(published: &PublishedCounts, language: Language) -> Vec<(&'static str, u32)> {
    let labels = match language {
        Language::Nl => ["Zaken die niet bij de vertrouwenspersoon thuishoren", "Contactmomenten", "Uren begeleiding"],
        Language::En => ["Matters that do not belong with the adviser", "Contacts", "Hours of support"],
    };
    let numbers = [published.total(), published.not_in_scope(), published.contacts(), published.hours()];
    let labels = [total_label(language), labels[0], labels[1], labels[2]];
    labels.into_iter().zip(numbers).filter_map(|(label, number)| Some((label, number?))).collect()
}

/// Every sentence of the report, in printed order.
pub(crate) fn all(published: &PublishedCounts, language: Language) -> Vec<Statement> {
    let nl = language == Language::Nl;
    let say = |text: String, numbers: Vec<u32>| Statement { place: SUMMARY, text, numbers };
    let mut statements = match (published.extent(), published.total()) {
        (Extent::TooFew, _) | (Extent::Full | Extent::TotalOnly, None) => {
            vec![say(too_few(published, language), vec![])]
        }
        (Extent::TooSmallAnOrganisation, _) => vec![say(withheld(language), vec![])],
        (Extent::TotalOnly, Some(total)) => vec![
            say(came_in(total, language), vec![total]),
            say(
                if nl {
                    "Dat aantal is te klein om uit te splitsen."
                } else {
                    "That number is too small to be broken down."
                }
                .to_owned(),
                vec![],
            ),
        ],
        (Extent::Full, Some(total)) => {
            let mut facts = vec![say(came_in(total, language), vec![total])];
            facts.extend(published.not_in_scope().map(|others| {
                let text = if nl {
                    format!("Daarnaast waren er {others} nieuwe zaken die niet bij de vertrouwenspersoon thuishoren.")
                } else {
                    format!(
                        "Besides, there were {others} new matters that do not belong with the confidential adviser."
                    )
                };
                say(text, vec![others])
            }));
            facts.extend(behaviour(published, total, language));
            facts.extend(relation(published, total, language));
            facts
        }
    };
    statements.extend(work(published, language));
    statements
}

/// The work of the adviser in section 1: over all cases, older ones too.
fn work(published: &PublishedCounts, language: Language) -> impl Iterator<Item = Statement> {
    let nl = language == Language::Nl;
    let contacts = published.contacts().map(|contacts| {
        let text = if nl {
            format!("Er waren {contacts} contactmomenten, over alle zaken waaraan in deze periode is gewerkt.")
        } else {
            format!("There were {contacts} contacts, over all cases that were worked on in this period.")
        };
        (text, contacts)
    });
    let hours = published.hours().map(|hours| {
        let text = if nl {
            format!("De begeleiding van al deze zaken kostte {hours} uur.")
        } else {
            format!("The support in all these cases took {hours} hours.")
        };
        (text, hours)
    });
    let said = |(text, number)| Statement { place: ACTIVITIES, text, numbers: vec![number] };
    contacts.into_iter().chain(hours).map(said)
}

fn came_in(total: u32, language: Language) -> String {
    match language {
        Language::Nl => format!("Er kwamen {total} nieuwe meldingen binnen."),
        Language::En => format!("There were {total} new reports."),
    }
}

fn too_few(published: &PublishedCounts, language: Language) -> String {
    let threshold = published.threshold().get();
    let (bound, last) = (in_words(threshold, language), in_words(threshold - 1, language));
    match language {
        Language::Nl => format!(
            "Er waren minder dan {bound} meldingen (nul tot en met {last}). \
             Meer wordt over deze periode niet getoond, om niets over personen te zeggen."
        ),
        Language::En => format!(
            "There were fewer than {bound} reports (zero to {last}). \
             Nothing more is shown for this period, so as to say nothing about persons."
        ),
    }
}

fn withheld(language: Language) -> String {
    match language {
        Language::Nl => {
            "Het aantal meldingen wordt niet getoond: in een organisatie van deze omvang zou het iets over personen zeggen."
        }
        Language::En => {
            "The number of reports is not shown: in an organisation of this size it would say something about persons."
        }
    }
    .to_owned()
}

fn find(published: &PublishedCounts, id: TableId) -> Option<&PublishedTable> {
    published.tables().find(|table| table.id() == id)
}

/// One kind of behaviour that has a row of its own: the first of the largest.
fn behaviour(published: &PublishedCounts, total: u32, language: Language) -> Option<Statement> {
    let table = find(published, TableId::K1)?;
    let nodes = table.id().dimension().tree().nodes;
    let own = |node: usize| -> &Node { &nodes[node] };
    let rows = table.rows().iter().filter(|row| own(row.node()).code.is_some());
    let row = rows.reduce(|largest, row| if row.value() > largest.value() { row } else { largest })?;
    let (label, value) = (own(row.node()).label.get(language), row.value());
    let text = match language {
        Language::Nl => format!("{label} kwam voor in {value} van de {total} meldingen."),
        Language::En => format!("{label} occurred in {value} of the {total} reports."),
    };
    Some(Statement { place: SUMMARY, text, numbers: vec![value, total] })
}

/// How many persons reported on stand higher than the reporter, if that has a row.
fn relation(published: &PublishedCounts, total: u32, language: Language) -> Option<Statement> {
    let table = find(published, TableId::K3)?;
    let nodes = table.id().dimension().tree().nodes;
    let higher = |row: &&counts::Row| nodes[row.node()].code == Some(AccusedRelation::HierarchicalUp.index());
    let value = table.rows().iter().find(higher)?.value();
    let text = match language {
        Language::Nl => {
            format!("In {value} van de {total} meldingen stond de beklaagde hiërarchisch hoger dan de melder.")
        }
        Language::En => {
            format!("In {value} of the {total} reports the person reported on stood higher than the reporter.")
        }
    };
    Some(Statement { place: SUMMARY, text, numbers: vec![value, total] })
}
