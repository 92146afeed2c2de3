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
/// When everything in the new one was opened and is `good`, the others are only counted.
/// Otherwise the last one in which everything did open stays too. And when something may be
/// wrong with the vault the older ones are what matters: that one and all before it stay,
/// and without such a one in the folder all do. What is wrong can be: something in the new
/// one does not open; so it was in the newest one that was opened; a file does not begin as
/// a sealed file; or an earlier back-up has a case that the new one has not.
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
    let lost = |(part, _): &(Part, u64)| matches!(part, Part::File(Object::Case(_))) && !held.contains(part);
    let doubtful =
        plan.damaged || good == Some(false) || !copied.sound || earlier.iter().any(|(_, parts)| parts.iter().any(lost));
    let kept_before = usize::try_from(plan.keep.max(1)).unwrap_or(usize::MAX) - 1;
    let files: Vec<&PathBuf> = earlier.iter().map(|(file, _)| file).collect();
    let proved = plan.proved.as_ref().map(|name| folder.join(name));
    let proved = files.iter().position(|file| proved.as_ref() == Some(file));
    // The newest come first.
    let (up_to, stays) = match (good, doubtful) {
        (Some(true), _) => (files.len(), None),
        (_, false) => (files.len(), proved),
        (_, true) => (proved.unwrap_or(0), None),
    };
    for (place, file) in files.into_iter().enumerate().take(up_to).skip(kept_before) {
        if Some(place) != stays {
            let _ = fs.remove(file);
        }
    }
}
