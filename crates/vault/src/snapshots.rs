//! Snapshots: what a session saved, kept once more in the vault, a folder a day. A sync
//! program may put an older version in the place of what was saved last.

use crate::header::HeaderId;
use crate::object::Object;
use crate::publish::{Folder, PREVIOUS};
use chrono::{Datelike, NaiveDate};
use std::collections::HashSet;
use uuid::Uuid;

/// Days of which a snapshot is kept.
const DAYS: usize = 7;
/// Weeks before those of which the last snapshot is kept.
const WEEKS: usize = 4;

/// So many are copied, which also outlives a program that writes into the file itself;
/// the others of a long session get a second name, because locking may not take long.
const COPIED: usize = 8;

/// Keeps the versions that this session saved under the date of today, and lets go of
/// snapshots that are too old. Whatever cannot be kept is no reason not to lock: the
/// file itself is in its place.
pub(crate) fn keep(folder: &Folder, saved: impl IntoIterator<Item = (Object, HeaderId)>, today: NaiveDate) {
    let day = folder.root.join(PREVIOUS).join(today.to_string());
    let mut kept = 0;
    for (object, header) in saved {
        // A sync program may have been there since; the next unlock finds out.
        let ours = folder.header(object).is_ok_and(|current| current == Some(header));
        if ours && (kept > 0 || folder.fs.create_dir(&day).is_ok()) {
            let (from, to) = (folder.path(object), day.join(object.file_name()));
            let made =
                if kept < COPIED { folder.copy(object, &from, &to) } else { folder.second_name(object, &from, &to) };
            kept += usize::from(made.is_ok());
        }
    }
    if kept > 0 {
        let _ = folder.fs.sync_dir(&day);
        let _ = folder.fs.sync_dir(&folder.root.join(PREVIOUS));
    }
    prune(folder, today);
}

/// Removes the snapshots that [`DAYS`] and [`WEEKS`] do not keep. Only files of a vault
/// in folders of a date go; a folder with anything else in it stays.
fn prune(folder: &Folder, today: NaiveDate) {
    let previous = folder.root.join(PREVIOUS);
    let listed = folder.fs.list(&previous).unwrap_or_default();
    let mut days: Vec<NaiveDate> = listed.into_iter().filter_map(|entry| day_of(&entry.name)).collect();
    days.retain(|day| *day <= today);
    days.sort_unstable_by(|one, other| other.cmp(one));
    for day in too_old(&days) {
        let path = previous.join(day.to_string());
        // A link would lead to a folder of somebody else.
        if folder.fs.resolve(&path).ok().as_ref() != Some(&path) {
            continue;
        }
        for entry in folder.fs.list(&path).unwrap_or_default() {
            if entry.file && is_snapshot(&entry.name) {
                let _ = folder.fs.remove(&path.join(entry.name));
            }
        }
        let _ = folder.fs.remove_dir(&path);
    }
}

fn day_of(name: &str) -> Option<NaiveDate> {
    let day: NaiveDate = name.parse().ok()?;
    (day.to_string() == name).then_some(day)
}

fn is_snapshot(name: &str) -> bool {
    name == Object::Practice.file_name() || name.strip_suffix(".age").is_some_and(|id| id.parse::<Uuid>().is_ok())
}

/// The days, newest first, that nothing keeps.
fn too_old(days: &[NaiveDate]) -> Vec<NaiveDate> {
    let mut weeks = HashSet::new();
    let older = days.iter().skip(DAYS).copied();
    older
        .filter(|day| {
            let week = day.iso_week();
            let last_of_its_week = !weeks.contains(&week);
            !(last_of_its_week && weeks.len() < WEEKS && weeks.insert(week))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seven_days_and_the_last_of_four_weeks_before_them_are_kept() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        let days: Vec<NaiveDate> = (0..60).map(|back| today - chrono::Days::new(back)).collect();
        let gone: HashSet<NaiveDate> = too_old(&days).into_iter().collect();
        let kept: Vec<String> = days.iter().filter(|day| !gone.contains(day)).map(NaiveDate::to_string).collect();
        let week = ["2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16"];
        assert_eq!(kept[..7], week);
        assert_eq!(kept[7..], ["2026-11-15", "2026-11-08", "2026-11-01", "2026-10-25"]);
    }

    proptest! {
        #[test]
        fn no_more_than_eleven_are_kept_and_the_newest_seven_always(gaps in prop::collection::vec(1_u64..40, 0..80)) {
            let mut day = NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");
            let mut days = Vec::new();
            for gap in gaps {
                days.push(day);
                day = day - chrono::Days::new(gap);
            }
            let gone = too_old(&days);
            prop_assert!(days.len() - gone.len() <= DAYS + WEEKS);
            prop_assert!(days.iter().take(DAYS).all(|day| !gone.contains(day)));
        }
    }
}
