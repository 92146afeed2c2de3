//! What a locked process gets of the one that held the vault: where the window stood
//! and where the focus was. It comes over standard input and in no other way.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use tauri::{LogicalPosition, LogicalSize, WebviewWindow};
use uuid::Uuid;

/// The only argument the program knows. It says that a handover stands on standard
/// input, and nothing else.
pub(crate) const AFTER_LOCK: &str = "--after-lock";

/// More than this is no handover: ids are short, and sealed words are notes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Ids, numbers, and words that are sealed; nothing that can be read of a case.
#[derive(Default)]
pub(crate) struct Handover {
    pub(crate) frame: Option<Frame>,
    pub(crate) place: Option<Place>,
    /// Words that could not be saved and could not be put aside on a disk either, as
    /// the vault sealed them.
    pub(crate) sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    frame: Option<Frame>,
    place: Option<Place>,
}

/// Where the window stood, in logical pixels.
#[derive(Clone, Copy, Serialize, Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) maximized: bool,
}

/// Where she was: the screen with the ids it shows, and the field that had the focus.
#[derive(Clone, Serialize, Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    screen: BTreeMap<Word, Id>,
    field: Option<Word>,
}

/// What a screen is told: there is no room for a sentence or a name with a capital.
#[derive(Clone, Serialize, Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Id {
    Flag(bool),
    Number(i32),
    Entry(Uuid),
    Word(Word),
}

/// The name of a screen, of a tab or of a field, as the pages spell them.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(try_from = "String")]
struct Word(String);

/// A field's name may hold the id of an entry.
const LONGEST_WORD: usize = 80;

impl TryFrom<String> for Word {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if word.len() <= LONGEST_WORD && word.chars().all(plain) { Ok(Self(word)) } else { Err("not an id") }
    }
}

impl Frame {
    /// Where a window stands now; `None` when the system does not tell.
    pub(crate) fn of(window: &WebviewWindow) -> Option<Self> {
        let scale = window.scale_factor().ok()?;
        let LogicalPosition { x, y } = window.outer_position().ok()?.to_logical(scale);
        let LogicalSize { width, height } = window.inner_size().ok()?.to_logical(scale);
        Some(Self { x, y, width, height, maximized: window.is_maximized().unwrap_or(false) })
    }
}

impl Place {
    /// What the page says of it; a page that says something else has no place.
    pub(crate) fn of(said: Value) -> Option<Self> {
        serde_json::from_value(said).ok()
    }
}

impl Handover {
    /// One line of JSON, and the sealed words after it.
    pub(crate) fn write(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut to, &Note { frame: self.frame, place: self.place.clone() })?;
        to.write_all(b"\n")?;
        to.write_all(&self.sealed)?;
        to.flush()
    }

    /// Reads [`Handover::write`]; what cannot be read is an empty handover, because the
    /// lock screen must come up in any case.
    pub(crate) fn read(from: impl Read) -> Self {
        let mut bytes = Vec::new();
        if from.take(LARGEST).read_to_end(&mut bytes).is_err() {
            return Self::default();
        }
        let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let sealed = bytes.get(line + 1..).unwrap_or_default().to_vec();
        let note: Option<Note> = serde_json::from_slice(&bytes[..line]).ok();
        Self {
            frame: note.as_ref().and_then(|note| note.frame).filter(Frame::is_sensible),
            place: note.and_then(|note| note.place),
            sealed,
        }
    }
}

impl Frame {
    fn is_sensible(&self) -> bool {
        let far = |number: f64| number.is_finite() && number.abs() < 100_000.0;
        [self.x, self.y, self.width, self.height].into_iter().all(far) && self.width > 0.0 && self.height > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn place() -> Value {
        let case = "3f0e9d4e-6f0b-4f0a-9a52-0d7f5a1f0a11";
        json!({ "screen": { "name": "case", "case": case, "write": true, "year": 2026 }, "field": "note-facts" })
    }

    #[test]
    fn a_handover_comes_out_as_it_went_in() {
        let frame = Frame { x: 10.0, y: -4.5, width: 1280.0, height: 800.0, maximized: false };
        let sealed = vec![0, 10, 13, 255];
        let given = Handover { frame: Some(frame), place: Place::of(place()), sealed: sealed.clone() };
        assert!(given.place.is_some());
        let mut pipe = Vec::new();
        given.write(&mut pipe).expect("memory can be written");
        let taken = Handover::read(&*pipe);
        assert_eq!((taken.frame, taken.place, taken.sealed), (Some(frame), Place::of(place()), sealed));
    }

    #[test]
    fn nothing_that_was_typed_fits_in_a_place() {
        for words in ["Zij belt over het rooster", "Jansen", "a b", "06 12", "naam@voorbeeld", &"a".repeat(81)] {
            let mut screen = place();
            screen["screen"]["note"] = json!(words);
            assert_eq!(Place::of(screen), None, "{words}");
            let mut field = place();
            field["field"] = json!(words);
            assert_eq!(Place::of(field), None, "{words}");
        }
        let mut more = place();
        more["text"] = json!("woorden");
        assert_eq!(Place::of(more), None);
    }

    #[test]
    fn whatever_stands_on_the_pipe_the_lock_screen_comes_up() {
        for bytes in [&b""[..], b"{", b"\n", b"[1,2]\nx", br#"{"frame":{"x":1e999}}"#, &[0xff; 64]] {
            let taken = Handover::read(bytes);
            assert!(taken.frame.is_none() && taken.place.is_none());
        }
    }
}
