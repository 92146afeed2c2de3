//! GTK's clipboard. What this process owns is gone when it ends; nothing is left with a
//! clipboard program, because none is asked to keep it.

use gtk::gdk::{Atom, SELECTION_CLIPBOARD};
use gtk::{Clipboard, TargetEntry, TargetFlags};

/// The target by which KDE's programs, and others after them, know a secret.
const SECRET: &str = "x-kde-passwordManagerHint";
const SECRET_INFO: u32 = 1;
const TEXT: [&str; 4] = ["UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING"];

pub(super) fn put(text: String) {
    let mut targets: Vec<TargetEntry> =
        TEXT.iter().map(|name| TargetEntry::new(name, TargetFlags::empty(), 0)).collect();
    targets.push(TargetEntry::new(SECRET, TargetFlags::empty(), SECRET_INFO));
    let clipboard = Clipboard::get(&SELECTION_CLIPBOARD);
    clipboard.set_with_data(&targets, move |_, selection, info| {
        if info == SECRET_INFO {
            selection.set(&Atom::intern(SECRET), 8, b"secret");
        } else {
            selection.set_text(&text);
        }
    });
}

pub(super) fn forget() {
    // Does nothing when another program has put something there since.
    Clipboard::get(&SELECTION_CLIPBOARD).clear();
}
