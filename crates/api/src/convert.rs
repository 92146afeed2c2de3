//! Between the domain and the door: rows of words become cases, and back.

use crate::error::{ApiError, ErrorCode};
use crate::wire::case::{ConsentView, FactsView, NoteBody, PersonView, TaskView};
use casebook::case::{Consent, Facts, Note, Person, Task};
use casebook::{Answer, CaseText};
use std::collections::BTreeSet;
use taxonomy::Coded;
use uuid::Uuid;

/// The longest text of one field, in bytes: a pasted book is refused, a long talk is not.
const LONGEST_TEXT: usize = 1_000_000;

/// Reads one code of a list.
pub(crate) fn code<T: Coded>(word: &str, field: &str) -> Result<T, ApiError> {
    T::parse(word).filter(|value| value.selectable()).ok_or_else(|| ApiError::field(ErrorCode::FieldInvalid, field))
}

fn answer<T: Coded>(word: &str, field: &str) -> Result<Answer<T>, ApiError> {
    Answer::parse(word).ok_or_else(|| ApiError::field(ErrorCode::FieldInvalid, field))
}

fn codes<T: Coded>(words: &[String], field: &str) -> Result<BTreeSet<T>, ApiError> {
    words.iter().map(|word| code(word, field)).collect()
}

fn words<T: Coded>(values: &BTreeSet<T>) -> Vec<String> {
    values.iter().map(|value| value.code().to_owned()).collect()
}

/// Takes words over from the door.
pub(crate) fn text(words: String, field: &str) -> Result<CaseText, ApiError> {
    if words.len() > LONGEST_TEXT {
        return Err(ApiError::field(ErrorCode::FieldInvalid, field));
    }
    Ok(CaseText::new(words))
}

/// The words for the screen of the adviser herself.
pub(crate) fn shown(words: &CaseText) -> String {
    // EXPOSE: the window of the person who wrote it.
    words.expose().to_owned()
}

/// The facts for the screen.
pub(crate) fn facts_view(facts: &Facts) -> FactsView {
    FactsView {
        organisation: facts.organisation,
        intake: facts.intake,
        closed: facts.closed,
        phase: facts.phase.code().to_owned(),
        channel: facts.channel.code().to_owned(),
        found_via: facts.found_via.word().to_owned(),
        reporter_role: facts.reporter_role.word().to_owned(),
        reporter_position: facts.reporter_position.word().to_owned(),
        gender: facts.gender.word().to_owned(),
        age_band: facts.age_band.word().to_owned(),
        contract_type: facts.contract_type.word().to_owned(),
        salary_group: facts.salary_group.word().to_owned(),
        department: shown(&facts.department),
        non_belonging: facts.non_belonging.map(|matter| matter.code().to_owned()),
        behaviours: words(&facts.behaviours),
        grounds: words(&facts.grounds),
        accused_relation: facts.accused_relation.word().to_owned(),
        frequency: facts.frequency.word().to_owned(),
        interventions: words(&facts.interventions),
        referrals: words(&facts.referrals),
        outcome: facts.outcome.code().to_owned(),
        closing_reason: facts.closing_reason.code().to_owned(),
        aftercare: facts.aftercare.code().to_owned(),
        second_adviser: facts.second_adviser,
        duty_basis: facts.duty_basis.code().to_owned(),
        breach: facts.breach.code().to_owned(),
        cluster: shown(&facts.cluster),
        contact_route: shown(&facts.contact_route),
        explained_on: facts.explained_on,
    }
}

/// New facts from the door. What only closing may set (`closed`, `outcome`,
/// `closing_reason`), and the number, stay as they were.
pub(crate) fn facts(view: FactsView, before: &Facts) -> Result<Facts, ApiError> {
    Ok(Facts {
        number: before.number,
        imported_as: before.imported_as.clone(),
        carried_over: before.carried_over,
        organisation: view.organisation,
        draft: before.draft,
        intake: view.intake,
        closed: before.closed,
        phase: code(&view.phase, "phase")?,
        channel: code(&view.channel, "channel")?,
        found_via: answer(&view.found_via, "found_via")?,
        reporter_role: answer(&view.reporter_role, "reporter_role")?,
        reporter_position: answer(&view.reporter_position, "reporter_position")?,
        gender: answer(&view.gender, "gender")?,
        age_band: answer(&view.age_band, "age_band")?,
        contract_type: answer(&view.contract_type, "contract_type")?,
        salary_group: answer(&view.salary_group, "salary_group")?,
        department: text(view.department, "department")?,
        non_belonging: view.non_belonging.as_deref().map(|word| code(word, "non_belonging")).transpose()?,
        behaviours: codes(&view.behaviours, "behaviours")?,
        grounds: codes(&view.grounds, "grounds")?,
        accused_relation: answer(&view.accused_relation, "accused_relation")?,
        frequency: answer(&view.frequency, "frequency")?,
        interventions: codes(&view.interventions, "interventions")?,
        referrals: codes(&view.referrals, "referrals")?,
        outcome: before.outcome,
        closing_reason: before.closing_reason,
        aftercare: code(&view.aftercare, "aftercare")?,
        second_adviser: view.second_adviser,
        duty_basis: code(&view.duty_basis, "duty_basis")?,
        breach: code(&view.breach, "breach")?,
        cluster: text(view.cluster, "cluster")?,
        contact_route: text(view.contact_route, "contact_route")?,
        explained_on: view.explained_on,
    })
}

/// A note for the screen.
pub(crate) fn note_view(note: &Note) -> NoteBody {
    NoteBody {
        date: note.date,
        channel: note.channel.code().to_owned(),
        minutes: note.minutes,
        with_whom: shown(&note.with_whom),
        facts: shown(&note.facts),
        impressions: shown(&note.impressions),
    }
}

/// A note from the door.
pub(crate) fn note(body: NoteBody) -> Result<Note, ApiError> {
    if body.minutes > 24 * 60 {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "minutes"));
    }
    Ok(Note {
        date: body.date,
        channel: code(&body.channel, "channel")?,
        minutes: body.minutes,
        with_whom: text(body.with_whom, "with_whom")?,
        facts: text(body.facts, "facts")?,
        impressions: text(body.impressions, "impressions")?,
    })
}

/// A person for the screen.
pub(crate) fn person_view(entry: Uuid, person: &Person) -> PersonView {
    PersonView {
        entry: Some(entry),
        role: person.role.code().to_owned(),
        name: shown(&person.name),
        aliases: shown(&person.aliases),
        contact: shown(&person.contact),
        details: shown(&person.details),
    }
}

/// A person from the door.
pub(crate) fn person(view: PersonView) -> Result<Person, ApiError> {
    Ok(Person {
        role: code(&view.role, "role")?,
        name: text(view.name, "name")?,
        aliases: text(view.aliases, "aliases")?,
        contact: text(view.contact, "contact")?,
        details: text(view.details, "details")?,
    })
}

/// A task for the screen.
pub(crate) fn task_view(entry: Uuid, task: &Task) -> TaskView {
    TaskView { entry: Some(entry), due: task.due, reason: shown(&task.reason), done: task.done }
}

/// A task from the door; a task without a reason is refused.
pub(crate) fn task(view: TaskView) -> Result<Task, ApiError> {
    let reason = text(view.reason, "reason")?;
    if reason.is_empty() {
        return Err(ApiError::field(ErrorCode::FieldRequired, "reason"));
    }
    Ok(Task { due: view.due, reason, done: view.done })
}

/// A consent for the screen.
pub(crate) fn consent_view(entry: Uuid, consent: &Consent) -> ConsentView {
    ConsentView {
        entry: Some(entry),
        kind: consent.kind.code().to_owned(),
        state: consent.state.code().to_owned(),
        date: consent.date,
        written: consent.written,
        scope: shown(&consent.scope),
    }
}

/// A consent from the door.
pub(crate) fn consent(view: ConsentView) -> Result<Consent, ApiError> {
    Ok(Consent {
        kind: code(&view.kind, "kind")?,
        state: code(&view.state, "state")?,
        date: view.date,
        written: view.written,
        scope: text(view.scope, "scope")?,
    })
}

/// Splits a field that holds several names, separated by commas.
pub(crate) fn split_names(words: &CaseText) -> Vec<String> {
    // EXPOSE: the window of the person who wrote it, or the name check in memory.
    words.expose().split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Joins several names into one field; a comma inside a name would split it.
pub(crate) fn join_names(names: Vec<String>, field: &str) -> Result<CaseText, ApiError> {
    let cleaned: Vec<String> = names.into_iter().map(|name| name.replace(',', " ").trim().to_owned()).collect();
    text(cleaned.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", "), field)
}
