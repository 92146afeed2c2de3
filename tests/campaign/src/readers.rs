//! What the vault reads, spoiled: whole files, conflict copies, and the names of files.

use crate::acts;
use crate::campaign::Trouble;
use crate::fuzz::Target;
use crate::mutate;
use crate::place::{Place, seal, unseal};
use chrono::Utc;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use std::fs;
use std::path::PathBuf;
use uuid::Uuid;
use vault::Vault;

/// Files that are spoiled from the outside (the sealed bytes) or from the inside (the
/// bytes that were sealed), of any length.
pub(crate) struct Files {
    _place: Place,
    vault: Vault,
    id: Uuid,
    path: PathBuf,
    sealed: Vec<u8>,
    image: Vec<u8>,
}

impl Files {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let place = Place::in_memory()?;
        let (id, path) = (place.cases[0], place.case_file(0));
        let sealed = fs::read(&path)?;
        let (vault, image) = (place.open()?, unseal(&sealed)?);
        Ok(Self { _place: place, vault, id, path, sealed, image })
    }
}

impl Target for Files {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let spoiled = match random.gen_range(0..4) {
            0 => {
                // The header is where a reader decides most.
                let mut head = self.sealed[..400].to_vec();
                mutate::bytes(&mut head, random);
                head.extend_from_slice(&self.sealed[400..]);
                head
            }
            1 => {
                let mut sealed = self.sealed.clone();
                mutate::bytes(&mut sealed, random);
                sealed
            }
            2 => {
                let longest = *[24, 128, 1024].choose(random).expect("there are lengths");
                seal(&self.image[..random.gen_range(0..longest)])?
            }
            _ => {
                let mut image = self.image.clone();
                mutate::bytes(&mut image, random);
                seal(&image)?
            }
        };
        if spoiled == self.sealed {
            return Ok(Vec::new());
        }
        fs::write(&self.path, spoiled)?;
        // Whether it opens is for the other campaigns; here it may only not fall over.
        drop(self.vault.case(self.id));
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        fs::write(&self.path, &self.sealed)?;
        Ok(self
            .vault
            .case(self.id)
            .err()
            .map(|error| format!("the good file is refused: {error}"))
            .into_iter()
            .collect())
    }
}

/// A second version of a case beside the first, as a sync program leaves it, spoiled.
pub(crate) struct Merging {
    place: Place,
    other: Vec<u8>,
    kept: Uuid,
}

impl Merging {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let place = Place::in_memory()?;
        let original = fs::read(place.case_file(0))?;
        let write = |entry| -> Result<Vec<u8>, Trouble> {
            let mut vault = place.open()?;
            let mut case = vault.case(place.cases[0])?;
            acts::write_note(&mut case, &vault, entry, 1);
            vault.save_case(&case, Utc::now())?;
            drop(vault);
            Ok(fs::read(place.case_file(0))?)
        };
        let other = unseal(&write(Uuid::new_v4())?)?;
        fs::write(place.case_file(0), original)?;
        fs::remove_dir_all(place.state())?;
        let kept = Uuid::new_v4();
        write(kept)?;
        Ok(Self { place, other, kept })
    }
}

impl Target for Merging {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let mut image = self.other.clone();
        // One in four stays whole, so that merging itself is tried as well.
        if !random.gen_ratio(1, 4) {
            mutate::image(&mut image, &self.other, random);
        }
        let name = format!("{} (conflicted copy {}).age", self.place.cases[0], random.gen_range(0..1000));
        let copy = self.place.vault().join("cases").join(name);
        fs::write(&copy, seal(&image)?)?;
        let mut losses = Vec::new();
        match self.place.open() {
            Err(error) => losses.push(format!("a copy beside the case keeps the vault closed: {error}")),
            Ok(mut vault) => {
                let case = vault.case(self.place.cases[0]);
                if case.ok().and_then(|case| acts::note_count(&case, self.kept)) != Some(1) {
                    losses.push("a note of the version in place is gone".to_owned());
                }
            }
        }
        let _ = fs::remove_file(copy);
        Ok(losses)
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        let mut vault = self.place.open()?;
        let kept = vault.case(self.place.cases[0]).ok().and_then(|case| acts::note_count(&case, self.kept));
        Ok(if kept == Some(1) { Vec::new() } else { vec!["after all merges a note is gone".to_owned()] })
    }
}

/// Files with strange names in every folder of a vault.
pub(crate) struct Names {
    place: Place,
    sealed: Vec<u8>,
}

const PIECES: [&str; 24] = [
    ".age",
    ".",
    "..",
    " ",
    "~",
    "(1)",
    " (conflicted copy 2026-01-02 030405)",
    ".sync-conflict-20260102-030405-ABCDEFG",
    ".icloud",
    ".tmp",
    ".part",
    "-LAPTOP",
    " 2",
    "\u{202e}",
    "\u{0301}",
    "é",
    "💥",
    "\n",
    "\t",
    "\\",
    ":",
    "con",
    "%00",
    "$HOME",
];

impl Names {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let place = Place::in_memory()?;
        let sealed = fs::read(place.case_file(0))?;
        Ok(Self { place, sealed })
    }

    fn name(&self, random: &mut StdRng) -> String {
        let mut name = String::new();
        if random.gen_bool(0.6) {
            name.push_str(&self.place.cases[0].to_string());
        }
        for _ in 0..random.gen_range(1..6) {
            name.push_str(PIECES.choose(random).expect("there are pieces"));
        }
        name.retain(|letter| letter != '/' && letter != '\0');
        let end = (0..=name.len().min(200)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
        name.truncate(end);
        name
    }
}

impl Target for Names {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let mut made = Vec::new();
        for _ in 0..random.gen_range(1..4) {
            let folder =
                *["", "cases", "attachments", "inbox", "prev", ".tmp"].choose(random).expect("there are folders");
            let path = self.place.vault().join(folder).join(self.name(random));
            let content: &[u8] = if random.gen_bool(0.3) { &self.sealed } else { b"iets anders" };
            if !path.exists() && fs::write(&path, content).is_ok() {
                made.push(path);
            }
        }
        let mut losses = Vec::new();
        match self.place.open() {
            Err(error) => losses.push(format!("a strange name keeps the vault closed: {error}")),
            Ok(mut vault) => {
                drop(vault.check());
                if !self.place.cases.iter().all(|id| vault.case(*id).is_ok()) {
                    losses.push("beside a strange name a case no longer opens".to_owned());
                }
            }
        }
        for path in made {
            let _ = fs::remove_file(path);
        }
        Ok(losses)
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        let vault = self.place.open()?;
        Ok(if vault.cases().len() == self.place.cases.len() {
            Vec::new()
        } else {
            vec!["the list of cases changed".to_owned()]
        })
    }
}
