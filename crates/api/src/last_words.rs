//! Words that could not be saved when the vault had to lock. They are the requests of
//! the page as they came; sealed they survive the process, and after the next unlock
//! they go through the door again.

use crate::app::App;
use crate::commands::dispatch;
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Requests that wait, in the order they came.
#[derive(Default)]
pub(crate) struct LastWords {
    waiting: Vec<(String, Value)>,
    /// Sealed words that the process before this one could put nowhere.
    handed: Vec<u8>,
}

impl LastWords {
    pub(crate) fn are_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// After a lock; sealed words are for the next unlock.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
    }
}

impl App {
    /// Keeps the words of a request that failed, for after the lock. Only words of the
    /// vault are kept; a setting can be chosen again.
    pub fn keep_words(&mut self, command: &str, request: Value) {
        if command.starts_with("save_") && command != "save_settings" {
            self.last_words.waiting.push((command.to_owned(), request));
        }
    }

    /// Takes the words that the process before this one had to hand on.
    pub fn take_words(&mut self, sealed: Vec<u8>) {
        self.last_words.handed = sealed;
    }

    /// Locks at once, and keeps what could not be saved. Answers the sealed words when
    /// they could be written nowhere, so that the next process can carry them.
    #[must_use]
    pub fn lock_keeping_words(&mut self) -> Vec<u8> {
        let unwritten = self.put_words_aside();
        self.close();
        unwritten
    }

    fn put_words_aside(&self) -> Vec<u8> {
        if !self.last_words.are_waiting() {
            return Vec::new();
        }
        let (Ok(vault), Ok(words)) = (self.vault(), serde_json::to_vec(&self.last_words.waiting)) else {
            return Vec::new();
        };
        vault.put_words_aside(&Zeroizing::new(words), &self.local).err().unwrap_or_default()
    }

    /// After an unlock: what waited goes into the vault. What still cannot be saved
    /// keeps waiting, and is sealed again at the next lock.
    pub(crate) fn save_last_words(&mut self) {
        let handed = std::mem::take(&mut self.last_words.handed);
        let Ok(vault) = self.vault() else { return };
        let sources = [vault.words_aside(None, &self.local), vault.words_aside(Some(&handed), &self.local)];
        let parse = |words: Zeroizing<Vec<u8>>| serde_json::from_slice::<Vec<(String, Value)>>(&words).ok();
        let waiting: Vec<(String, Value)> = sources.into_iter().flatten().filter_map(parse).flatten().collect();
        if waiting.is_empty() {
            return;
        }
        let mut new_case = None;
        for (command, request) in waiting {
            if self.save_again(&command, request.clone(), &mut new_case).is_none() {
                self.last_words.waiting.push((command, request));
            }
        }
        if self.last_words.are_waiting() {
            // They are on the disk twice rather than not at all.
            drop(self.put_words_aside());
        } else if let Ok(vault) = self.vault() {
            vault.forget_words_aside(&self.local);
        }
    }

    /// Words of a melding that could not even be begun say so with an empty id.
    fn save_again(&mut self, command: &str, mut request: Value, new_case: &mut Option<Value>) -> Option<()> {
        let nil = Value::String(Uuid::nil().to_string());
        if request.get("case") == Some(&nil) {
            if new_case.is_none() {
                let made = dispatch(self, "new_case", serde_json::json!({})).ok()?;
                *new_case = made.get("id").cloned();
            }
            request["case"] = new_case.clone()?;
        }
        dispatch(self, command, request).ok().map(drop)
    }
}
