//! The pin: what this computer saw last of every object of one vault, kept outside
//! the vault. Only ids, counters and hashes; so an older file or an older folder is
//! noticed, which nothing inside the folder could show.
//!
//! Lines are added while the vault is open and written anew at lock. A pin that runs
//! behind does no harm, so adding a line is not flushed and may fail silently.

use crate::fs::{VaultFs, write_new};
use crate::header::{HeaderId, hex};
use crate::keys::authenticate;
use crate::object::Object;
use crate::register::Mark;
use memory::Guarded;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

const FIRST_LINE: &str = "luwte-pin 1\n";
const SUM: &str = "sum ";
const RETIRED: &str = "retired ";
const CAP: u64 = 64 * 1024 * 1024;

/// The pinned version of one object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pin {
    pub(crate) generation: u64,
    pub(crate) header: HeaderId,
}

/// The pins of one vault.
pub(crate) struct Pins {
    fs: Arc<dyn VaultFs>,
    path: PathBuf,
    vault_id: Uuid,
    /// The first writes; the others were in use before the keys were changed.
    keys: Vec<Guarded<[u8; 32]>>,
    known: HashMap<Object, Pin>,
    /// What this session saved last of what it saved.
    saved: HashMap<Object, HeaderId>,
    /// Keys that were renewed on this computer; see [`crate::keys::Keys::name`].
    retired: BTreeSet<String>,
    /// Whether the keys at work are themselves retired: they may not write here.
    outdated: bool,
}

impl Pins {
    /// Reads the pins that this computer made; a line that it did not make is skipped.
    pub(crate) fn read(fs: Arc<dyn VaultFs>, path: PathBuf, vault_id: Uuid, keys: Vec<Guarded<[u8; 32]>>) -> Self {
        let bytes = fs.read(&path, CAP).unwrap_or_default();
        let mut pins = Self {
            fs,
            path,
            vault_id,
            keys,
            known: HashMap::new(),
            saved: HashMap::new(),
            retired: BTreeSet::new(),
            outdated: false,
        };
        let text = String::from_utf8_lossy(&bytes);
        // Whoever may write here is this computer, so these need no key to be believed.
        let retired = text.lines().filter_map(|line| line.strip_prefix(RETIRED)).filter(|name| name.len() == 64);
        pins.retired = retired.map(str::to_owned).collect();
        let added = pins.read_block(&text);
        for line in added.lines() {
            let Some((body, sum)) = line.rsplit_once(' ') else { continue };
            if pins.made(body, sum) {
                pins.take(body);
            }
        }
        pins
    }

    /// Reads the block with one sum that the last lock wrote; returns what follows it.
    fn read_block<'a>(&mut self, text: &'a str) -> &'a str {
        let Some(start) = text.find("\nsum ").filter(|_| text.starts_with(FIRST_LINE)) else { return text };
        let (block, rest) = text.split_at(start + 1);
        let (sum, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        if sum.strip_prefix(SUM).is_some_and(|sum| self.made(block, sum)) {
            for line in block.lines().skip(1) {
                self.take(line);
            }
        }
        rest
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let object = Object::from_kind(words.next()?, words.next()?.parse().ok()?)?;
        let pin = Pin { generation: words.next()?.parse().ok()?, header: HeaderId::from_hex(words.next()?)? };
        let known = self.known.entry(object).or_insert(pin);
        if known.generation <= pin.generation {
            *known = pin;
        }
        Some(())
    }

    /// What is known of an object.
    pub(crate) fn get(&self, object: Object) -> Option<Pin> {
        self.known.get(&object).copied()
    }

    /// The version that this computer saw last, when it is none of these: neither what is
    /// there nor what that was made from. Something may then have been put over it.
    pub(crate) fn missed(&self, object: Object, versions: &[Option<HeaderId>]) -> Option<Pin> {
        self.get(object).filter(|pin| !versions.contains(&Some(pin.header)))
    }

    /// The cases that this computer saw.
    pub(crate) fn cases(&self) -> impl Iterator<Item = Uuid> + '_ {
        self.known.keys().filter_map(|object| if let Object::Case(id) = object { Some(*id) } else { None })
    }

    /// Whether a version is older than the newest one this computer saw.
    pub(crate) fn is_older(&self, object: Object, generation: u64) -> bool {
        self.get(object).is_some_and(|pin| generation < pin.generation)
    }

    /// Remembers a version that was seen; it is written at lock.
    pub(crate) fn see(&mut self, object: Object, mark: Mark) {
        if !self.is_older(object, mark.generation) {
            self.known.insert(object, Pin { generation: mark.generation, header: mark.header });
        }
    }

    /// Remembers a version that was saved, and adds its line at once.
    pub(crate) fn saved(&mut self, object: Object, mark: Mark) {
        self.saved.insert(object, mark.header);
        self.pin(object, mark);
    }

    /// As [`Pins::saved`], of a version in which nothing is new.
    pub(crate) fn pin(&mut self, object: Object, mark: Mark) {
        let pin = Pin { generation: mark.generation, header: mark.header };
        self.known.insert(object, pin);
        if self.outdated {
            return;
        }
        let body = self.line(object, pin);
        let sum = self.sum(&body);
        let _ = self.fs.append(&self.path, format!("{body} {sum}\n").as_bytes());
    }

    /// The cases and the practice as this session saved them last.
    pub(crate) fn saved_now(&self) -> impl Iterator<Item = (Object, HeaderId)> + '_ {
        let saved = self.saved.iter().map(|(object, header)| (*object, *header));
        saved.filter(|(object, _)| matches!(object, Object::Case(_) | Object::Practice))
    }

    fn sum(&self, text: &str) -> String {
        hex(&authenticate(&*self.keys[0], text.as_bytes()))
    }

    fn made(&self, text: &str, sum: &str) -> bool {
        self.keys.iter().any(|key| hex(&authenticate(&**key, text.as_bytes())) == sum)
    }

    /// Whatever stands there has to be proved again at the next unlock; written with the
    /// next [`Pins::compact`].
    pub(crate) fn doubt(&mut self, object: Object) {
        self.known.insert(object, Pin { generation: 0, header: HeaderId([0; 32]) });
    }

    /// These keys open nothing here any more; written with the next [`Pins::compact`].
    pub(crate) fn retire(&mut self, name: String) {
        self.retired.insert(name);
    }

    /// Whether keys were renewed on this computer.
    pub(crate) fn are_retired(&self, name: &str) -> bool {
        self.retired.contains(name)
    }

    /// The keys at work are retired: an older folder. What is pinned stays as it is.
    pub(crate) fn leave_alone(&mut self) {
        self.outdated = true;
    }

    /// From now on other keys write the pins; what is there is written anew with them.
    pub(crate) fn rekey(&mut self, keys: Vec<Guarded<[u8; 32]>>) -> io::Result<()> {
        self.keys = keys;
        self.compact()
    }

    fn line(&self, object: Object, pin: Pin) -> String {
        format!("{} {} {} {}", object.kind(), object.id(self.vault_id), pin.generation, pin.header.hex())
    }

    /// Writes all pins anew as one block, and makes that durable.
    pub(crate) fn compact(&self) -> io::Result<()> {
        if self.outdated {
            return Ok(());
        }
        let step = self.path.with_extension(format!("{}.part", Uuid::new_v4()));
        write_new(&*self.fs, &step, self.text().as_bytes())?;
        self.fs.rename(&step, &self.path)?;
        self.path.parent().map_or(Ok(()), |folder| self.fs.sync_dir(folder))
    }

    /// All pins as one block with its sum.
    pub(crate) fn text(&self) -> String {
        let mut lines: Vec<String> = self.known.iter().map(|(object, pin)| self.line(*object, *pin)).collect();
        lines.sort_unstable();
        let mut text = format!("{FIRST_LINE}{}\n", lines.join("\n"));
        let sum = self.sum(&text);
        text.push_str(&format!("{SUM}{sum}\n"));
        self.retired.iter().for_each(|name| text.push_str(&format!("{RETIRED}{name}\n")));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::real_fs::RealFs;

    fn mark(generation: u64) -> Mark {
        Mark { generation, header: HeaderId([7; 32]), size: 1 }
    }

    #[test]
    fn a_pin_survives_and_a_line_of_somebody_else_is_skipped() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("pin");
        let open =
            |key: u8| Pins::read(Arc::new(RealFs), path.clone(), Uuid::from_u128(1), vec![Guarded::new(|| [key; 32])]);
        let (case, practice) = (Object::Case(Uuid::from_u128(2)), Object::Practice);
        let mut pins = open(1);
        pins.saved(case, mark(4));
        pins.compact().expect("it is written");
        pins.saved(practice, mark(2));
        pins.saved(case, mark(5));
        assert_eq!(open(1).get(case).map(|pin| pin.generation), Some(5));
        assert_eq!(open(1).get(practice).map(|pin| pin.generation), Some(2));
        assert!(open(1).is_older(case, 4) && !open(1).is_older(case, 5));
        assert_eq!(open(2).get(case), None, "another key made these lines");
    }
}
