//! The door, asked badly: hostile tables to import, and requests that no window makes.

use crate::campaign::Trouble;
use crate::fuzz::Target;
use crate::mutate;
use crate::place::{PASSPHRASES, Place};
use api::app::App;
use api::clock::SystemClock;
use api::commands::{NAMES, dispatch};
use api::error::ApiError;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::PathBuf;

/// An app with a vault open, on a disk in memory.
pub(crate) struct Desk {
    pub(crate) place: Place,
    pub(crate) app: App,
}

impl Desk {
    pub(crate) fn new() -> Result<Self, Trouble> {
        Self::at(Place::in_memory()?)
    }

    pub(crate) fn at(place: Place) -> Result<Self, Trouble> {
        let app = App::new(&place.state(), Box::new(SystemClock)).map_err(refused)?;
        let mut desk = Self { place, app };
        desk.unlock()?;
        Ok(desk)
    }

    pub(crate) fn unlock(&mut self) -> Result<(), Trouble> {
        self.app.use_folder(&self.place.vault());
        self.call("unlock", json!({ "passphrase": PASSPHRASES[0] })).map(drop)
    }

    pub(crate) fn call(&mut self, name: &str, request: Value) -> Result<Value, Trouble> {
        dispatch(&mut self.app, name, request).map_err(refused)
    }

    /// Adds an organisation; gives its id.
    pub(crate) fn organisation(&mut self, name: &str) -> Result<Value, Trouble> {
        let request = json!({
            "id": null, "name": name, "aliases": [], "places": [], "departments": [], "sector": "health_care",
            "headcount": null, "adviser_role": "misconduct", "accused_policy": "second_vpo", "second_adviser": "",
            "year_start_month": 1, "threshold": 5, "hidden_tables": ["K8"], "retention_months": 12, "active": true,
        });
        let practice = self.call("save_organisation", request)?;
        let all = practice["organisations"].as_array().cloned().unwrap_or_default();
        let found = all.into_iter().find(|organisation| organisation["name"] == name);
        found
            .map(|organisation| organisation["id"].clone())
            .ok_or_else(|| Trouble::new("the organisation was not kept"))
    }
}

fn refused(error: ApiError) -> Trouble {
    Trouble::new(format!("the door refused what should work: {error:?}"))
}

/// Spoiled tables, looked at and never imported.
pub(crate) struct Import {
    desk: Desk,
    good: [(PathBuf, Vec<u8>); 2],
}

impl Import {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let desk = Desk::new()?;
        let read = |name: &str| -> Result<(PathBuf, Vec<u8>), Trouble> {
            let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/import");
            Ok((desk.place.folder.path().join(name), fs::read(fixtures.join(name))?))
        };
        let good = [read("example-year.csv")?, read("example-year.xlsx")?];
        Ok(Self { desk, good })
    }

    fn look(&mut self, path: &PathBuf) -> Result<Value, ApiError> {
        let request = json!({ "path": path, "organisation": "Stichting De Voorbeeldhof", "dry_run": true });
        dispatch(&mut self.desk.app, "import_year", request)
    }
}

impl Target for Import {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let (path, good) = self.good.choose(random).expect("there are two").clone();
        let mut spoiled = good;
        mutate::bytes(&mut spoiled, random);
        fs::write(&path, spoiled)?;
        drop(self.look(&path));
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        let mut losses = Vec::new();
        for (path, bytes) in self.good.clone() {
            fs::write(&path, bytes)?;
            if self.look(&path).is_err() {
                losses.push("a good table is refused".to_owned());
            }
        }
        if self.desk.call("list_cases", json!({}))?.as_array().map(Vec::len) != Some(self.desk.place.cases.len()) {
            losses.push("looking at a table changed the list of cases".to_owned());
        }
        Ok(losses)
    }
}

/// Requests with wrong, missing, endless and strange fields.
pub(crate) struct Requests {
    desk: Desk,
    good: Vec<(&'static str, Value)>,
}

/// Commands that work for seconds on a passphrase, make another vault, or compile a
/// document: too slow to be asked thousands of times. Their requests are read by the
/// same code as all others.
const SLOW: [&str; 14] = [
    "create_vault",
    "create_demo",
    "recover",
    "change_passphrase",
    "new_recovery_code",
    "unlock",
    "lock",
    "use_vault",
    "save_report",
    "preview_report",
    "save_intervision",
    "save_intervision_file",
    "check_intervision",
    "import_year",
];

impl Requests {
    pub(crate) fn new() -> Result<Self, Trouble> {
        let mut desk = Desk::new()?;
        let organisation = desk.organisation("Gemeente Voorbeeldstad")?;
        let made = desk.call("new_case", json!({}))?;
        let (case, mut facts) = (made["id"].clone(), made["facts"].clone());
        facts["organisation"] = organisation.clone();
        facts["behaviours"] = json!(["bullying"]);
        let note = json!({ "date": "2026-11-20", "channel": "phone", "minutes": 30, "with_whom": "melder",
            "facts": "Zij belt over het rooster.", "impressions": "" });
        let entry = desk.call("save_note", json!({ "case": case, "entry": null, "note": note }))?["entry"].clone();
        let one = json!({ "case": case, "entry": entry });
        let mut good = vec![
            ("save_facts", json!({ "case": case, "facts": facts })),
            ("file_case", json!({ "case": case })),
            ("case", json!({ "case": case })),
            (
                "close_case",
                json!({ "case": case, "outcome": "resolved_by_reporter", "closing_reason": "goal_reached",
                "closed": "2026-11-21", "aftercare_on": "2026-12-19" }),
            ),
            ("reopen_case", json!({ "case": case })),
            ("save_note", json!({ "case": case, "entry": entry, "note": note })),
            ("note_history", one.clone()),
            ("remove_note", one),
            ("report", json!({ "organisation": organisation, "year": 2026, "language": "nl" })),
            ("resembling", json!({ "name": "Fatima el Amrani", "role": "accused", "case": null })),
            ("rate_passphrase", json!({ "passphrase": "zes woorden die niemand raadt" })),
            ("confirm_recovery", json!({ "places": [1, 2], "groups": ["000000", "000011"] })),
        ];
        // Every other command is asked too, at first with nothing.
        let known: Vec<&str> = good.iter().map(|(name, _)| *name).collect();
        good.extend(
            NAMES.iter().filter(|name| !known.contains(name) && !SLOW.contains(name)).map(|name| (*name, json!({}))),
        );
        Ok(Self { desk, good })
    }
}

impl Target for Requests {
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble> {
        let (name, mut request) = self.good.choose(random).expect("there are requests").clone();
        for _ in 0..random.gen_range(0..4) {
            spoil(&mut request, random, 0);
        }
        drop(dispatch(&mut self.desk.app, name, request));
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<String>, Trouble> {
        self.desk.call("lock", json!({}))?;
        self.desk.unlock()?;
        let found = self.desk.call("check_vault", json!({}))?["findings"].clone();
        Ok(if found == json!([]) { Vec::new() } else { vec![format!("after all requests: {found}")] })
    }
}

/// Changes one value somewhere in a request.
fn spoil(value: &mut Value, random: &mut StdRng, depth: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() && random.gen_ratio(5, 6) => spoil_fields(fields, random, depth),
        Value::Array(items) if !items.is_empty() && random.gen_bool(0.5) => {
            let at = random.gen_range(0..items.len());
            spoil(&mut items[at], random, depth + 1);
        }
        _ => *value = strange(value, random),
    }
}

fn spoil_fields(fields: &mut Map<String, Value>, random: &mut StdRng, depth: usize) {
    let names: Vec<String> = fields.keys().cloned().collect();
    let name = names.choose(random).expect("it is not empty");
    match random.gen_range(0..10) {
        0 => drop(fields.remove(name)),
        1 => drop(fields.insert("path".to_owned(), json!("/proc/self/mem"))),
        _ => spoil(fields.get_mut(name).expect("it is one of its names"), random, depth + 1),
    }
}

fn strange(known: &Value, random: &mut StdRng) -> Value {
    match random.gen_range(0..14) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(u64::MAX),
        3 => json!(1e308),
        4 => json!([]),
        5 => json!({}),
        6 => json!("x".repeat(1 << random.gen_range(0..16))),
        7 => json!("9999-12-31"),
        8 => json!("-262143-01-01"),
        9 => json!("00000000-0000-0000-0000-000000000000"),
        10 => json!("\u{0}|;'\"--\u{202e}\u{fffd}#{}\\u0000"),
        11 => json!(true),
        12 => {
            let mut deep = json!(1);
            (0..random.gen_range(1..200)).for_each(|_| deep = json!([deep.take()]));
            deep
        }
        _ => match known.as_str() {
            Some(text) => {
                let mut bytes = text.as_bytes().to_vec();
                mutate::bytes(&mut bytes, random);
                json!(String::from_utf8_lossy(&bytes))
            }
            None => json!("not_asked"),
        },
    }
}
