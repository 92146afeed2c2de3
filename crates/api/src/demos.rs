//! A vault of fictional cases, to look around in and to show.

use crate::app::App;
use crate::demo::{DemoCase, build};
use crate::error::ApiError;
use crate::wire::Nothing;
use crate::wire::session::{CreateVault, Suggestion, UseVault};
use casebook::Stamp;
use casebook::case::Case;
use casebook::practice::ReportTexts;
use uuid::Uuid;

/// Makes a vault with fictional organisations and cases over three years. Its
/// passphrase is proposed like any other and answered, so that it can be written down.
pub(crate) fn create_demo(app: &mut App, request: UseVault) -> Result<Suggestion, ApiError> {
    let suggestion = crate::sessions::suggest_passphrase(app, Nothing {})?;
    let passphrase = suggestion.words.join(" ");
    crate::sessions::create_vault(app, CreateVault { path: request.path, passphrase })?;
    let content = build(app.clock.today());
    let stamp = app.stamp()?;
    let ids: Vec<Uuid> = content.organisations.iter().map(|_| Uuid::new_v4()).collect();
    app.change_practice(|practice, stamp| {
        practice.adviser.write(Uuid::new_v4(), content.adviser, stamp);
        for (client, &id) in content.organisations.into_iter().zip(&ids) {
            practice.organisations.write(id, client.organisation, stamp);
            practice.report_texts.write(Uuid::new_v4(), ReportTexts { organisation: id, ..client.texts }, stamp);
        }
    })?;
    let cases: Vec<Case> = content.cases.into_iter().map(|case| entered(case, &ids, stamp)).collect();
    app.save_cases(&cases)?;
    Ok(suggestion)
}

fn entered(demo: DemoCase, organisations: &[Uuid], stamp: Stamp) -> Case {
    let mut case = Case::new(Uuid::new_v4());
    let mut facts = demo.facts;
    facts.organisation = demo.organisation.and_then(|place| organisations.get(place).copied());
    case.facts.write(case.id, facts, stamp);
    for note in demo.notes {
        case.notes.write(Uuid::new_v4(), note, stamp);
    }
    for person in demo.persons {
        case.persons.write(Uuid::new_v4(), person, stamp);
    }
    for task in demo.tasks {
        case.tasks.write(Uuid::new_v4(), task, stamp);
    }
    for consent in demo.consents {
        case.consents.write(Uuid::new_v4(), consent, stamp);
    }
    case
}
