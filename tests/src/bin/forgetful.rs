//! The program whose memory is scanned: it does a day's work through the door, locks, and
//! waits for the scanner at both moments. `tests/tests/memory.rs` drives it.
//!
//! Arguments: the folder to work in, and what to leave out (`nothing`, `rust`, `sqlite`).
//! The words to plant come from standard input, turned around so that they stand nowhere
//! in this process before the work begins.
#![expect(unsafe_code, reason = "an allocator that a test can switch off")]

use api::app::App;
use api::clock::SystemClock;
use api::commands::dispatch;
use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The allocator of the programs, until it is switched off.
struct Switched;

static WIPES: AtomicBool = AtomicBool::new(true);

// SAFETY: both take their blocks from `System`, so that one may give back what the other
// took.
unsafe impl GlobalAlloc for Switched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe {
            if WIPES.load(Ordering::Relaxed) {
                memory::WIPING.dealloc(block, layout)
            } else {
                System.dealloc(block, layout)
            }
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe {
            if WIPES.load(Ordering::Relaxed) {
                memory::WIPING.realloc(block, layout, size)
            } else {
                System.realloc(block, layout, size)
            }
        }
    }
}

#[global_allocator]
static MEMORY: Switched = Switched;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let (folder, without) = (Path::new(&arguments[1]), arguments[2].as_str());
    WIPES.store(without != "rust", Ordering::Relaxed);
    if without != "sqlite" {
        memory::prepare().map_err(io::Error::other)?;
    }
    let mut words = Words(io::stdin().lock().lines());
    let mut app = App::new(&folder.join("state"), Box::new(SystemClock)).map_err(|_| io::Error::other("no app"))?;
    let held = work(&mut app, &folder.join("vault"), &mut words)?;
    pause("open", &mut words)?;
    drop(held);
    ask(&mut app, "lock", json!({}))?;
    drop(app);
    pause("locked", &mut words)
}

/// The words as they come in, each once.
struct Words(io::Lines<io::StdinLock<'static>>);

impl Words {
    fn next(&mut self) -> io::Result<String> {
        let turned = self.0.next().ok_or_else(|| io::Error::other("a word is missing"))??;
        Ok(turned.chars().rev().collect())
    }
}

fn pause(said: &str, words: &mut Words) -> io::Result<()> {
    writeln!(io::stdout(), "{said}")?;
    io::stdout().flush()?;
    words.next().map(drop)
}

fn ask(app: &mut App, name: &str, request: Value) -> io::Result<Value> {
    dispatch(app, name, request).map_err(|error| io::Error::other(format!("{name}: {:?}", error.code)))
}

/// A day's work; what comes back holds every word once, for the positive control.
fn work(app: &mut App, vault: &Path, words: &mut Words) -> io::Result<Vec<Value>> {
    let mut held = Vec::new();
    let passphrase = words.next()?;
    ask(app, "create_vault", json!({ "path": vault, "passphrase": passphrase }))?;
    ask(app, "lock", json!({}))?;
    ask(app, "unlock", json!({ "passphrase": passphrase }))?;
    held.push(Value::String(passphrase));
    for _ in 0..6 {
        let case = ask(app, "new_case", json!({}))?;
        let id = case["id"].clone();
        let (said, thought, name) = (words.next()?, words.next()?, words.next()?);
        let note = json!({ "date": "2026-11-20", "channel": "phone", "minutes": 20,
            "with_whom": "melder", "facts": format!("Zij zei dat {said} haar weg is."),
            "impressions": format!("Ik denk aan {thought}.") });
        ask(app, "save_note", json!({ "case": id, "entry": null, "note": note }))?;
        let person =
            json!({ "entry": null, "role": "reporter", "name": name, "aliases": "", "contact": "", "details": "" });
        ask(app, "save_person", json!({ "case": id, "person": person }))?;
        ask(app, "resembling", json!({ "name": name, "role": "reporter", "case": id }))?;
        held.push(ask(app, "case", json!({ "case": id }))?);
    }
    let organisation = words.next()?;
    let saved = json!({ "id": null, "name": organisation, "aliases": [], "places": [], "departments": [],
        "sector": null, "headcount": null, "adviser_role": "both", "accused_policy": "second_vpo",
        "second_adviser": "", "year_start_month": 1, "threshold": 5, "hidden_tables": ["K8"],
        "retention_months": 24, "active": true });
    let practice = ask(app, "save_organisation", saved)?;
    let id = practice["organisations"][0]["id"].clone();
    ask(app, "list_cases", json!({}))?;
    ask(app, "today", json!({}))?;
    let case = held.last().cloned().unwrap_or_default();
    let mut facts = case["facts"].clone();
    facts["organisation"] = id.clone();
    facts["behaviours"] = json!(["bullying"]);
    let year = facts["intake"].as_str().and_then(|day| day[..4].parse::<i32>().ok());
    ask(app, "save_facts", json!({ "case": case["id"], "facts": facts }))?;
    ask(app, "file_case", json!({ "case": case["id"] }))?;
    ask(app, "preview_report", json!({ "organisation": id, "year": year, "language": "nl" }))?;
    let name = &case["persons"][0]["name"];
    let summary = json!({ "case": case["id"], "language": "nl", "month": "2026-11", "traits": [], "angle": "",
        "situation": format!("Over {name}."), "action": "", "dilemma": "Wat nu?", "own_role": "" });
    ask(app, "check_intervision", summary)?;
    ask(app, "new_recovery_code", json!({}))?;
    ask(app, "preview_sheet", json!({ "square": true }))?;
    ask(app, "check_vault", json!({}))?;
    held.push(practice);
    Ok(held)
}
