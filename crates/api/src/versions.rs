//! Two versions of one entry: shown side by side, and one chosen, or both kept.

use crate::app::App;
use crate::clock::moment;
use crate::convert;
use crate::error::{ApiError, ErrorCode};
use crate::intervisions::draft_view;
use crate::practices::{adviser_view, organisation_view};
use crate::reports::texts_view;
use crate::wire::Done;
use crate::wire::intervision::SaveIntervisionDraft;
use crate::wire::versions::{ChooseVersion, EntryKind, EntryVersions, Shown, VersionView};
use casebook::case::Case;
use casebook::practice::Practice;
use casebook::{Entries, Revision, Stamp};
use uuid::Uuid;

/// Every entry of a case that has versions.
pub(crate) fn of_case(case: &Case, device: Uuid) -> Vec<EntryVersions> {
    let mut all = collect(&case.facts, EntryKind::Facts, device, |r, view| {
        view.facts = Some(convert::facts_view(&r.body));
    });
    all.extend(collect(&case.notes, EntryKind::Note, device, |r, view| view.note = Some(convert::note_view(&r.body))));
    all.extend(collect(&case.persons, EntryKind::Person, device, |r, view| {
        view.person = Some(convert::person_view(r.entry, &r.body));
    }));
    all.extend(collect(&case.tasks, EntryKind::Task, device, |r, view| {
        view.task = Some(convert::task_view(r.entry, &r.body));
    }));
    all.extend(collect(&case.consents, EntryKind::Consent, device, |r, view| {
        view.consent = Some(convert::consent_view(r.entry, &r.body));
    }));
    all
}

/// The summary of a case, when it has versions.
pub(crate) fn of_summary(case: &Case, device: Uuid) -> Vec<EntryVersions> {
    collect(&case.summary_drafts, EntryKind::SummaryDraft, device, |r, view| {
        let (text, reason) = (draft_view(case.id, &r.body), convert::shown(&r.body.reason));
        view.summary_draft = Some(SaveIntervisionDraft { text, reason, after: None });
    })
}

/// Every organisation that has versions, and the adviser.
pub(crate) fn of_practice(practice: &Practice, device: Uuid) -> Vec<EntryVersions> {
    let mut all = collect(&practice.organisations, EntryKind::Organisation, device, |r, view| {
        view.organisation = Some(organisation_view(r.entry, &r.body));
    });
    all.extend(collect(&practice.adviser, EntryKind::Adviser, device, |r, view| {
        view.adviser = Some(adviser_view(&r.body));
    }));
    all
}

/// The texts of one report, when they have versions.
pub(crate) fn of_texts(practice: &Practice, entry: Uuid, device: Uuid) -> Vec<EntryVersions> {
    let mut all = collect(&practice.report_texts, EntryKind::ReportTexts, device, |r, view| {
        view.report_texts = Some(texts_view(&r.body));
    });
    all.retain(|versions| versions.entry == entry);
    all
}

/// What is on the screen of an entry once this revision is shown.
pub(crate) fn shown_as<T>(revision: &Revision<T>) -> Shown {
    let (revision, step) = revision.now();
    Shown { revision, step }
}

/// Writes what was typed over what was on the screen.
pub(crate) fn write_over<T: Clone + PartialEq>(
    entries: &mut Entries<T>,
    after: Option<Shown>,
    entry: Uuid,
    body: T,
    stamp: Stamp,
) {
    match after {
        Some(Shown { revision, step }) => entries.write_after(Some((revision, step)), entry, body, stamp),
        None => entries.write_apart(entry, body, stamp),
    }
}

fn collect<T: Clone + PartialEq>(
    entries: &Entries<T>,
    kind: EntryKind,
    device: Uuid,
    fill: impl Fn(&Revision<T>, &mut VersionView),
) -> Vec<EntryVersions> {
    let of_entry = |revision: &Revision<T>| {
        let versions = entries.versions(revision.entry).into_iter().map(|version| {
            let mut view = VersionView {
                version: version.id,
                saved_at: moment(version.saved_at),
                this_computer: version.device == device,
                removed: version.deleted,
                facts: None,
                note: None,
                person: None,
                task: None,
                consent: None,
                organisation: None,
                adviser: None,
                report_texts: None,
                summary_draft: None,
            };
            fill(version, &mut view);
            view
        });
        EntryVersions { kind, entry: revision.entry, versions: versions.collect() }
    };
    entries.current().into_iter().map(of_entry).filter(|entry| !entry.versions.is_empty()).collect()
}

/// Lets one version stand, or every version of a note.
pub(crate) fn choose_version(app: &mut App, request: ChooseVersion) -> Result<Done, ApiError> {
    let stamp = app.stamp()?;
    let chosen = match (request.kind, request.case) {
        (kind, None) => {
            let mut chosen = false;
            app.change_practice(|practice, stamp| {
                chosen = match kind {
                    EntryKind::Organisation => choose(&mut practice.organisations, &request, stamp),
                    EntryKind::Adviser => choose(&mut practice.adviser, &request, stamp),
                    EntryKind::ReportTexts => choose(&mut practice.report_texts, &request, stamp),
                    _ => false,
                };
            })?;
            chosen
        }
        (kind, Some(id)) => {
            let mut case = app.load_case(id)?;
            let chosen = match kind {
                EntryKind::Note if request.version.is_none() => {
                    case.notes.keep_all(request.entry, stamp);
                    true
                }
                EntryKind::Note => choose(&mut case.notes, &request, stamp),
                EntryKind::Facts => choose(&mut case.facts, &request, stamp),
                EntryKind::Person => choose(&mut case.persons, &request, stamp),
                EntryKind::Task => choose(&mut case.tasks, &request, stamp),
                EntryKind::Consent => choose(&mut case.consents, &request, stamp),
                EntryKind::SummaryDraft => choose(&mut case.summary_drafts, &request, stamp),
                EntryKind::Organisation | EntryKind::Adviser | EntryKind::ReportTexts => false,
            };
            app.save_case(&mut case)?;
            chosen
        }
    };
    if chosen { Ok(Done {}) } else { Err(ApiError::field(ErrorCode::FieldInvalid, "version")) }
}

fn choose<T: Clone + PartialEq>(entries: &mut Entries<T>, request: &ChooseVersion, stamp: Stamp) -> bool {
    request.version.is_some_and(|version| entries.choose(request.entry, version, stamp))
}
