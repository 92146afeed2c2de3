//! All that a vault holds, as text: what a frozen vault is compared with. Names and their
//! order stay as they are, or no vault that was frozen before can be compared.

use casebook::case::{Case, Consent, Facts, Note, Person, SummaryDraft, Task, YearWork};
use casebook::practice::{Adviser, CaseListing, LogLine, Organisation, ReportTexts};
use casebook::{Answer, Attachment, CaseText, Entries, Revision};
use chrono::{DateTime, SecondsFormat, Utc};
use taxonomy::{Coded, Language};
use vault::Vault;

/// What the vault holds: every revision of every entry, and what is wrong with it.
///
/// # Panics
/// When a case that is listed does not open.
#[must_use]
pub fn tell(vault: &mut Vault) -> String {
    let mut lines = Vec::new();
    let practice = vault.practice().clone();
    entries(&mut lines, "adviser", &practice.adviser, |Adviser { name, certification }| {
        vec![words(name), words(certification)]
    });
    entries(&mut lines, "organisation", &practice.organisations, organisation);
    entries(&mut lines, "report", &practice.report_texts, report);
    entries(&mut lines, "listed", &practice.cases, |CaseListing { number }| vec![number.to_string()]);
    entries(&mut lines, "log", &practice.log, |LogLine { act, subject, reason }| {
        vec![act.clone(), subject.clone(), words(reason)]
    });
    lines.push(format!("frozen years: {}", practice.frozen_years.revisions().len()));
    lines.push(format!("keys of the inbox: {}", practice.inbox_keys.revisions().len()));
    let mut cases: Vec<_> = vault.cases().iter().map(|summary| (summary.facts.number, summary.id)).collect();
    cases.sort_unstable();
    for (number, id) in cases {
        lines.push(format!("\ncase {number} {id}"));
        tell_case(&mut lines, &vault.case(id).expect("it opens"));
    }
    lines.push(String::new());
    let inbox = vault.inbox().expect("it can be listed");
    lines.extend(inbox.notes.iter().map(|note| format!("inbox {} | {}", moment(note.written_at), words(&note.text))));
    let check = vault.check();
    let wrong = vault.warnings().iter().chain(&check.findings).chain(&inbox.findings);
    lines.extend(wrong.map(|finding| format!("wrong: {finding:?}")));
    lines.push(String::new());
    lines.join("\n")
}

fn tell_case(lines: &mut Vec<String>, case: &Case) {
    let Case { id: _, facts, notes, persons, tasks, consents, year_work, summary_drafts, attachments } = case;
    entries(lines, "facts", facts, tell_facts);
    entries(lines, "note", notes, |note: &Note| {
        let Note { date, channel, minutes, with_whom, facts, impressions } = note;
        let first = [date.to_string(), channel.code().to_owned(), minutes.to_string()];
        first.into_iter().chain([with_whom, facts, impressions].map(words)).collect()
    });
    entries(lines, "person", persons, |Person { role, name, aliases, contact, details }| {
        [role.code().to_owned()].into_iter().chain([name, aliases, contact, details].map(words)).collect()
    });
    entries(lines, "task", tasks, |Task { due, reason, done }| vec![due.to_string(), words(reason), maybe(*done)]);
    entries(lines, "consent", consents, |Consent { kind, state, date, written, scope }| {
        vec![kind.code().into(), state.code().into(), date.to_string(), written.to_string(), words(scope)]
    });
    entries(lines, "work", year_work, |YearWork { year, contacts, minutes }| {
        [year.to_string(), contacts.to_string(), minutes.to_string()].into()
    });
    entries(lines, "summary", summary_drafts, |draft: &SummaryDraft| {
        let SummaryDraft { language, month, traits, angle, situation, action, question, feeling, reason } = draft;
        let language = match language {
            Language::Nl => "nl",
            Language::En => "en",
        };
        let first = [language.to_owned(), maybe(*month), traits.join(" "), angle.clone()];
        first.into_iter().chain([situation, action, question, feeling, reason].map(words)).collect()
    });
    entries(lines, "attachment", attachments, |Attachment { name, kind, length, sha256 }| {
        let sum = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        vec![words(name), kind.code().to_owned(), length.to_string(), sum]
    });
}

fn organisation(organisation: &Organisation) -> Vec<String> {
    let Organisation {
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
    } = organisation;
    let mut told: Vec<String> = [name, aliases, places, departments, second_adviser].map(words).into();
    told.extend([maybe(sector.map(Coded::code)), maybe(*headcount)]);
    told.extend([adviser_role.code().to_owned(), accused_policy.code().to_owned()]);
    told.extend([year_start_month, threshold, retention_months].map(u32::to_string));
    told.extend([hidden_tables.clone(), active.to_string()]);
    told
}

fn report(texts: &ReportTexts) -> Vec<String> {
    let ReportTexts {
        organisation,
        year,
        summary,
        activities,
        risk_profile,
        comparison,
        developments,
        evaluation,
        recommendations,
    } = texts;
    let written = [summary, activities, risk_profile, comparison, developments, evaluation, recommendations];
    [organisation.to_string(), year.to_string()].into_iter().chain(written.map(words)).collect()
}

fn tell_facts(facts: &Facts) -> Vec<String> {
    let Facts {
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
    } = facts;
    let mut told = vec![number.to_string(), carried_over.to_string(), maybe(*organisation), draft.to_string()];
    told.extend([intake.to_string(), maybe(*closed), maybe(*explained_on), second_adviser.to_string()]);
    told.extend([imported_as, department, cluster, contact_route].map(words));
    told.extend([phase.code(), channel.code()].map(str::to_owned));
    told.extend([answer(*found_via), answer(*reporter_role), answer(*reporter_position), answer(*gender)]);
    told.extend([answer(*age_band), answer(*contract_type), answer(*salary_group)]);
    told.extend([answer(*accused_relation), answer(*frequency), maybe(non_belonging.map(Coded::code))]);
    told.extend([codes(behaviours), codes(grounds), codes(interventions), codes(referrals)]);
    told.extend([outcome.code(), closing_reason.code(), aftercare.code()].map(str::to_owned));
    told.extend([duty_basis.code(), breach.code()].map(str::to_owned));
    told
}

/// One line for each revision, in the order in which they were made.
fn entries<T: Clone>(lines: &mut Vec<String>, kind: &str, all: &Entries<T>, tell: impl Fn(&T) -> Vec<String>) {
    let mut revisions: Vec<&Revision<T>> = all.revisions().iter().collect();
    revisions.sort_by_key(|revision| (revision.saved_at, revision.entry, revision.id));
    for revision in revisions {
        let now = all.get(revision.entry).is_some_and(|head| head.id == revision.id);
        let state = if revision.deleted {
            "removed"
        } else if now {
            "now"
        } else {
            "earlier"
        };
        let Revision { entry, step, saved_at, .. } = revision;
        lines.push(format!(
            "{kind} {entry} step {step} {} {state} | {}",
            moment(*saved_at),
            tell(&revision.body).join(" | ")
        ));
    }
}

fn words(text: &CaseText) -> String {
    // EXPOSE: invented words of a vault of the tests, to be compared.
    text.expose().replace('\n', "\\n")
}

fn answer<T: Coded>(answer: Answer<T>) -> String {
    answer.word().to_owned()
}

fn codes<'a, T: Coded>(codes: impl IntoIterator<Item = &'a T>) -> String {
    codes.into_iter().map(|code| code.code()).collect::<Vec<_>>().join(" ")
}

fn maybe(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
