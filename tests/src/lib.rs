//! Builders for the tests that cross crates: a desk with a vault on it, reached
//! through the one door.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

pub mod frozen;
pub mod telling;
pub mod terminal;

use api::app::App;
use api::clock::Clock;
use api::commands::dispatch;
use api::error::{ApiError, ErrorCode};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::{fs, sync::Arc};
use tempfile::TempDir;

/// The passphrase of every test vault.
pub const PASSPHRASE: &str = "zes rustige woorden achter een gesloten deur";

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct StoppedClock(Arc<AtomicI64>);

impl StoppedClock {
    /// A clock at nine in the morning of a day.
    #[must_use]
    pub fn on(day: &str) -> Self {
        let day: NaiveDate = day.parse().expect("tests name real days");
        let moment = day.and_hms_opt(9, 0, 0).expect("nine o'clock exists").and_utc();
        Self(Arc::new(AtomicI64::new(moment.timestamp())))
    }

    /// Moves the clock on.
    pub fn wait_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> DateTime<Utc> {
        Utc.timestamp_opt(self.0.load(Ordering::SeqCst), 0).single().expect("tests stay in this age")
    }

    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// A desk: a vault folder, this computer's own folder, and the app.
pub struct Desk {
    /// Holds `vault`, `state` and whatever a test puts beside them.
    pub place: TempDir,
    /// The app, with the vault open.
    pub app: App,
    /// Its clock.
    pub clock: StoppedClock,
    /// The recovery code of the vault.
    pub recovery: String,
}

struct Template {
    place: TempDir,
    recovery: String,
}

/// One vault a test binary: sealing it takes three rounds of deliberately slow work.
fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let place = TempDir::new().expect("a temporary folder can be made");
        let mut app = open_app(place.path(), &StoppedClock::on("2026-11-21"));
        let request = json!({ "path": place.path().join("vault"), "passphrase": PASSPHRASE });
        let made = dispatch(&mut app, "create_vault", request).expect("a vault can be made");
        let groups: Vec<&str> = made["groups"].as_array().expect("groups").iter().filter_map(Value::as_str).collect();
        let recovery = groups.join("-");
        drop(app);
        Template { place, recovery }
    })
}

fn open_app(place: &Path, clock: &StoppedClock) -> App {
    App::new(&place.join("state"), Box::new(clock.clone())).expect("this computer's folder can be used")
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// An empty vault, unlocked, on 21 November 2026.
    #[must_use]
    pub fn new() -> Self {
        let template = template();
        let place = TempDir::new().expect("a temporary folder can be made");
        copy_folder(template.place.path(), place.path());
        let clock = StoppedClock::on("2026-11-21");
        let app = open_app(place.path(), &clock);
        let mut desk = Self { place, app, clock, recovery: template.recovery.clone() };
        desk.unlock();
        desk
    }

    /// What starts after this program ended, on the same computer.
    #[must_use]
    pub fn next_process(self) -> Self {
        let Self { place, app, clock, recovery } = self;
        drop(app);
        let mut app = open_app(place.path(), &clock);
        app.remember_folder(true);
        Self { place, app, clock, recovery }
    }

    /// Another computer with a copy of the folder as it is now, locked.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        let place = TempDir::new().expect("a temporary folder can be made");
        copy_folder(&self.vault(), &place.path().join("vault"));
        let app = open_app(place.path(), &self.clock);
        Self { place, app, clock: self.clock.clone(), recovery: self.recovery.clone() }
    }

    /// The vault folder.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.place.path().join("vault")
    }

    /// A path beside the vault.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Unlocks the vault.
    pub fn unlock(&mut self) {
        self.app.use_folder(&self.vault());
        self.call("unlock", json!({ "passphrase": PASSPHRASE }));
    }

    /// Does something that must work.
    pub fn call(&mut self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Does something that must be refused, and says how.
    pub fn refused(&mut self, name: &str, request: Value) -> ErrorCode {
        match self.ask(name, request) {
            Ok(_) => panic!("{name} should have been refused"),
            Err(error) => error.code,
        }
    }

    /// Does something that may work or not.
    ///
    /// # Errors
    /// What the door says.
    pub fn ask(&mut self, name: &str, request: Value) -> Result<Value, ApiError> {
        dispatch(&mut self.app, name, request)
    }

    /// Adds an organisation; answers its id.
    pub fn organisation(&mut self, name: &str) -> Value {
        let request = json!({
            "id": null, "name": name, "aliases": [], "places": [], "departments": [], "sector": "health_care",
            "headcount": null, "adviser_role": "misconduct", "accused_policy": "second_vpo", "second_adviser": "",
            "year_start_month": 1, "threshold": 5, "hidden_tables": ["K8"], "retention_months": 12, "active": true,
        });
        let practice = self.call("save_organisation", request);
        let all = practice["organisations"].as_array().expect("organisations");
        all.iter().find(|o| o["name"] == name).expect("it was added")["id"].clone()
    }

    /// Makes a filed case for an organisation; answers the case as the screen shows it.
    pub fn case(&mut self, organisation: &Value) -> Value {
        let made = self.call("new_case", json!({}));
        let mut facts = made["facts"].clone();
        facts["organisation"] = organisation.clone();
        facts["behaviours"] = json!(["bullying"]);
        self.call("save_facts", json!({ "case": made["id"], "facts": facts }));
        self.call("file_case", json!({ "case": made["id"] }))
    }

    /// Writes a note in a case; answers its entry.
    pub fn note(&mut self, case: &Value, facts: &str, impressions: &str) -> Value {
        let note = json!({
            "date": "2026-11-20", "channel": "phone", "minutes": 30, "with_whom": "melder",
            "facts": facts, "impressions": impressions,
        });
        self.call("save_note", json!({ "case": case["id"], "entry": null, "note": note }))["entry"].clone()
    }

    /// Imports the thirty fictional cases of 2025.
    pub fn example_year(&mut self) -> Value {
        let path = fixture("import/example-year.csv");
        self.call("import_year", json!({ "path": path, "organisation": "Stichting De Voorbeeldhof", "dry_run": false }))
    }

    /// The id of an organisation by its name.
    pub fn id_of(&mut self, name: &str) -> Value {
        let practice = self.call("practice", json!({}));
        let all = practice["organisations"].as_array().expect("organisations");
        all.iter().find(|o| o["name"] == name).expect("the organisation is known")["id"].clone()
    }
}

/// A file of the test fixtures.
#[must_use]
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the copy's folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a file type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("the file can be copied");
        }
    }
}

/// Every file below a folder with its bytes.
#[must_use]
pub fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            let bytes = fs::read(&path).expect("the file can be read");
            found.push((path, bytes));
        }
    }
    found
}
