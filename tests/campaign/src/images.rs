//! B3: a spoiled database that was sealed correctly, as somebody with a leaked recipient
//! could, neither ends the program nor holds it up, and no row of it is shown unless the
//! image is sound.

use crate::campaign::Trouble;
use crate::fuzz::Target;
use crate::mutate;
use crate::place::{Place, seal, unseal};
use chrono::Utc;
use rand::rngs::StdRng;
use rusqlite::{Connection, MAIN_DB};
use std::fs;
use std::path::PathBuf;
use vault::Vault;

/// A vault of which one case is replaced by spoiled images.
pub(crate) struct Images {
    _place: Place,
    vault: Vault,
    id: uuid::Uuid,
    path: PathBuf,
    sound: Vec<Vec<u8>>,
}

impl Images {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let place = Place::in_memory()?;
        let vault = place.open()?;
        let mut sound = Vec::new();
        for path in [place.case_file(0), place.case_file(1), place.vault().join("practice.age")] {
            sound.push(unseal(&fs::read(path)?)?);
        }
        let (id, path) = (place.cases[0], place.case_file(0));
        Ok(Self { _place: place, vault, id, path, sound })
    }
}

impl Target for Images {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let mut image = self.sound[0].clone();
        let other = if rand::Rng::gen_bool(random, 0.5) { &self.sound[1] } else { &self.sound[2] };
        mutate::image(&mut image, other, random);
        fs::write(&self.path, seal(&image)?)?;
        let shown = self.vault.case(self.id).is_ok();
        Ok(if shown && !is_sound(&image) {
            vec!["rows of an image that is not sound were shown".to_owned()]
        } else {
            Vec::new()
        })
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        fs::write(&self.path, seal(&self.sound[0])?)?;
        let whole = self.vault.case(self.id).is_ok();
        Ok(if whole { Vec::new() } else { vec![format!("the sound image is refused too ({})", Utc::now())] })
    }
}

/// Looks at the image with SQLite alone, not with the vault's code.
fn is_sound(image: &[u8]) -> bool {
    let look = || -> rusqlite::Result<bool> {
        if image.len() < 100 {
            return Ok(false);
        }
        let mut database = Connection::open_in_memory()?;
        let parts = image[..18].iter().chain(&[1, 1]).chain(&image[20..]);
        let bytes: Vec<u8> = parts.copied().collect();
        database.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)?;
        let verdict: String = database.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        let kind: String = database.query_row("SELECT kind FROM meta", [], |row| row.get(0))?;
        Ok(verdict == "ok" && kind == "case")
    };
    look().unwrap_or(false)
}
