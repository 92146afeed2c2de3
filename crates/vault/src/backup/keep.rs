//! The names of back-ups, and which of them may go.

use crate::backup::part::Part;
use crate::backup::plan::BackupPlan;
use crate::backup::read::BackupFile;
use crate::backup::write::Copied;
use crate::fs::VaultFs;
use crate::object::Object;
use chrono::NaiveDateTime;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

const FIRST: &str = "Luwte back-up ";
const MOMENT: &str = "%Y-%m-%d %H.%M.%S";
const LAST: &str = ".zip";

/// Eight digits that tell one from another.
pub(crate) fn short(id: Uuid) -> String {
    id.simple().to_string()[..8].to_owned()
}

/// The name of a back-up of this vault, made at this moment on the owner's clock.
pub(crate) fn name(vault_id: Uuid, moment: NaiveDateTime) -> String {
    format!("{FIRST}{} {}{LAST}", short(vault_id), moment.format(MOMENT))
}

/// The moment in a name of exactly this pattern and this vault.
pub(crate) fn moment(file: &str, vault_id: Uuid) -> Option<NaiveDateTime> {
    let text = file.strip_prefix(FIRST)?.strip_prefix(&short(vault_id))?.strip_prefix(' ')?.strip_suffix(LAST)?;
    let moment = NaiveDateTime::parse_from_str(text, MOMENT).ok()?;
    (name(vault_id, moment) == file).then_some(moment)
}

/// What a back-up is called until it is proved; each computer has its own.
pub(crate) fn unfinished(file: &str, device: Uuid) -> String {
    format!("{file}.{}.part", short(device))
}

/// Removes what this computer began and never finished.
pub(crate) fn sweep(fs: &dyn VaultFs, folder: &Path, vault_id: Uuid, device: Uuid) {
    let last = unfinished("", device);
    for listed in fs.list(folder).unwrap_or_default() {
        let ours = listed.name.strip_suffix(&last).is_some_and(|file| moment(file, vault_id).is_some());
        if ours && listed.file {
            let _ = fs.remove(&folder.join(listed.name));
        }
    }
}

/// Removes the oldest back-ups of this vault beyond what the plan keeps, now that `newest`
/// is what was copied. A file that is not called exactly as ours or does not open as ours
/// stays.
///
/// One that holds a case or an attachment which the new one has not stays in any case. When
/// everything in the new one was opened and is `good`, the others are only counted. Otherwise
/// the last one in which everything did open stays too. And when something may be bad in the
/// new one, the older ones are what matters: the last good one and all before it stay, and
/// when there is none in the folder, as many of the oldest as of the newest. That is so when
/// something in it does not open, when something in the newest that was opened did not, and
/// when a file does not begin as a sealed file.
pub(crate) fn prune(
    fs: &Arc<dyn VaultFs>,
    folder: &Path,
    plan: &BackupPlan,
    newest: &str,
    copied: &Copied,
    good: Option<bool>,
) {
    let listed = fs.list(folder).unwrap_or_default();
    let ours = listed.into_iter().filter(|entry| entry.file && entry.name != newest);
    let mut earlier: Vec<(NaiveDateTime, String)> =
        ours.filter_map(|entry| Some((moment(&entry.name, plan.vault_id)?, entry.name))).collect();
    earlier.sort_unstable_by(|one, other| other.cmp(one));
    let signed = |(_, name): (_, String)| {
        let file = folder.join(name);
        let backup = BackupFile::open_on(Arc::clone(fs), &file).ok()?;
        backup.is_signed().then(|| (file, backup.parts()))
    };
    let earlier: Vec<(PathBuf, Vec<(Part, u64)>)> = earlier.into_iter().filter_map(signed).collect();
    let held: HashSet<Part> = copied.parts.iter().map(|(part, ..)| *part).collect();
    let only_there = |(part, _): &(Part, u64)| {
        matches!(part, Part::File(Object::Case(_) | Object::Attachment(_))) && !held.contains(part)
    };
    let doubtful = plan.damaged || good == Some(false) || !copied.sound;
    let keep = usize::try_from(plan.keep.max(1)).unwrap_or(usize::MAX);
    let proved = plan.proved.as_ref().map(|name| folder.join(name));
    let proved = earlier.iter().position(|(file, _)| proved.as_ref() == Some(file));
    // The newest come first.
    let may_go = |place: usize| match (good, doubtful, proved) {
        (Some(true), ..) => true,
        (_, false, _) => Some(place) != proved,
        (_, true, Some(proved)) => place < proved,
        (_, true, None) => place.saturating_add(keep) < earlier.len(),
    };
    for (place, (file, parts)) in earlier.iter().enumerate().skip(keep - 1) {
        if may_go(place) && !parts.iter().any(only_there) {
            let _ = fs.remove(file);
        }
    }
}
