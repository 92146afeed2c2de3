//! Back-ups that are due to be made or opened, beside whatever the window does.

use crate::Door;
use std::time::Duration;

/// How often it is looked whether one is due: a stick that was waited for is there now.
const LOOK: Duration = Duration::from_secs(60);

/// Makes and opens what is due as long as the program runs. The door is open for the look
/// only, so that nobody waits for a disk to unlock.
pub(crate) fn keep_making(door: Door) {
    std::thread::spawn(move || {
        let mut tried = None;
        loop {
            make_due(&door);
            if let Some(unproved) = door.with(|app| app.unproved_backup(tried.as_deref())) {
                tried = unproved.prove();
            }
            std::thread::sleep(LOOK);
        }
    });
}

/// Makes the one that is planned, when it is due.
pub(crate) fn make_due(door: &Door) {
    if let Some(planned) = door.with(|app| app.planned_backup()) {
        planned.make_if_due();
    }
}
