//! *Vandaag*: what needs attention now.

use crate::app::App;
use crate::cases::row;
use crate::convert::shown;
use crate::error::ApiError;
use crate::wire::Nothing;
use crate::wire::case::{TaskRow, TodayView};
use chrono::{Datelike, Days};

/// How far ahead tasks are shown.
const AHEAD: Days = Days::new(14);

/// What needs attention today.
pub(crate) fn today(app: &mut App, _: Nothing) -> Result<TodayView, ApiError> {
    let today = app.clock.today();
    let vault = app.vault()?;
    let horizon = today.checked_add_days(AHEAD).unwrap_or(today);
    let mut tasks = Vec::new();
    let mut months = vec![0_u32; 12];
    for summary in vault.cases() {
        let facts = &summary.facts;
        if facts.intake.year() == today.year() && !facts.draft {
            months[facts.intake.month0() as usize] += 1;
        }
        for (entry, task) in summary.tasks.iter().filter(|(_, t)| t.done.is_none() && t.due <= horizon) {
            tasks.push(TaskRow {
                case: summary.id,
                number: facts.number.to_string(),
                organisation: app.organisation_name(facts.organisation),
                entry: *entry,
                due: task.due,
                reason: shown(&task.reason),
            });
        }
    }
    let quick_notes = u32::try_from(vault.inbox_count()).unwrap_or(u32::MAX);
    tasks.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    let rows = || vault.cases().iter().map(|summary| row(app, summary));
    let mut unfinished: Vec<_> = rows().filter(|r| r.draft || (!r.missing.is_empty() && r.closed.is_none())).collect();
    unfinished.sort_by(|a, b| (b.intake, &b.number).cmp(&(a.intake, &a.number)));
    unfinished.truncate(20);
    let mut recent: Vec<_> = rows().filter(|r| r.last_contact.is_some()).collect();
    recent.sort_by(|a, b| (b.last_contact, &b.number).cmp(&(a.last_contact, &a.number)));
    recent.truncate(5);
    Ok(TodayView {
        tasks,
        unfinished,
        recent,
        months,
        upkeep: crate::sheets::upkeep(app)?,
        quick_notes,
        backup: crate::backups::card(app)?,
    })
}
