//! Measures every act of the performance page, each beside a yardstick of the same run,
//! because machines differ and a ratio does not. `--cases N` sets the size (3,000).
#![expect(clippy::disallowed_methods, reason = "a benchmark writes its own yardstick files")]

mod practice;
mod refusals;
mod sqlcipher;
mod stopwatch;

use casebook::names::NameIndex;
use practice::{Desk, PASSPHRASE};
use std::io::{Read as _, Write as _};
use std::time::Duration;
use stopwatch::{Row, median, percentile, print_table, time};

/// Rounds of the slow acts (each unlock works for a second on purpose).
const SLOW_ROUNDS: usize = 5;
/// Rounds of the quick ones.
const ROUNDS: usize = 60;

fn main() {
    let mut words = std::env::args().skip(1);
    let mut cases = 3_000;
    while let Some(word) = words.next() {
        if word == "--cases" {
            cases = words.next().and_then(|n| n.parse().ok()).unwrap_or(cases);
        }
    }
    let small = Desk::with_cases(300.min(cases));
    let small_save = small.save_note(ROUNDS);
    drop(small);
    let desk = Desk::with_cases(cases);
    let mut rows = Vec::new();
    measure_saving(&desk, &small_save, &mut rows);
    measure_opening(&desk, &mut rows);
    measure_names(&desk, &mut rows);
    measure_report(&desk, &mut rows);
    measure_unlock(desk, &mut rows);
    refusals::measure(&mut rows);
    print_table(cases, &rows);
}

fn measure_saving(desk: &Desk, small: &[Duration], rows: &mut Vec<Row>) {
    let save = desk.save_note(ROUNDS);
    let flushed = desk.flushed_write(ROUNDS);
    rows.push(Row::ratio(
        "Save one note, durable",
        median(&save),
        "one flushed write of the same bytes",
        median(&flushed),
        "≤ 4",
    ));
    rows.push(Row::ratio("Save one note", median(&save), "the same in a vault of 300 cases", median(small), "≈ 1"));
    match sqlcipher::insert_notes(desk.folder(), ROUNDS) {
        Some(inserts) => rows.push(Row::ratio(
            "Save one note, durable",
            median(&save),
            "SQLCipher, insert and commit",
            median(&inserts),
            "-",
        )),
        None => rows.push(Row::absent("SQLCipher, insert and commit", "the program sqlcipher is not installed")),
    }
}

fn measure_opening(desk: &Desk, rows: &mut Vec<Row>) {
    let open = desk.open_cases(ROUNDS);
    rows.push(Row::absolute("Open a case (median)", median(&open), "≤ 10 ms"));
    rows.push(Row::absolute("Open a case (p95)", percentile(&open, 95), "≤ 10 ms"));
    if let Some(selects) = sqlcipher::select_notes(desk.folder(), ROUNDS) {
        rows.push(Row::ratio("Open a case", median(&open), "SQLCipher, notes of one case", median(&selects), "-"));
    }
}

fn measure_names(desk: &Desk, rows: &mut Vec<Row>) {
    let vault = desk.vault();
    let mut index = None;
    let built = time(|| index = Some(NameIndex::build(vault.cases(), vault.practice(), false)));
    let index = index.expect("it was just built");
    let mut keys = Vec::new();
    for name in ["Jan Jansen", "de Vries", "achternaam12", "Fatima el Amrani", "J. van der Berg"] {
        for end in name.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
            keys.push(time(|| drop(index.similar(&name[..end]))));
        }
    }
    rows.push(Row::absolute("Name check, per key (p95)", percentile(&keys, 95), "≤ 30 ms"));
    rows.push(Row::absolute("Name index, built once after unlocking", built, "-"));
    let text = "Een melder loopt vast in een team en vraagt zich af wat te doen. ".repeat(40);
    let scans: Vec<Duration> = (0..10).map(|_| time(|| drop(index.scan(&text)))).collect();
    rows.push(Row::absolute("Name scan of 2,600 characters (median)", median(&scans), "-"));
}

fn measure_report(desk: &Desk, rows: &mut Vec<Row>) {
    let whole: Vec<Duration> = (0..SLOW_ROUNDS).map(|_| time(|| drop(desk.report()))).collect();
    let data: serde_json::Value =
        serde_json::from_str(typeset::Template::Annual.sample()).expect("the sample is valid JSON");
    let alone = |_| {
        time(|| {
            let document = typeset::compile(typeset::Template::Annual, data.clone()).expect("the sample compiles");
            drop(document.pdf());
        })
    };
    let alone: Vec<Duration> = (0..SLOW_ROUNDS).map(alone).collect();
    rows.push(Row::ratio(
        "Report of an organisation-year to PDF",
        median(&whole),
        "Typst alone, the sample document",
        median(&alone),
        "≤ 1.2",
    ));
}

fn measure_unlock(desk: Desk, rows: &mut Vec<Row>) {
    let cases = desk.cases();
    let (folder, local, place) = desk.close();
    let unlock = |_| time(|| drop(vault::Vault::unlock(&folder, &PASSPHRASE.typed(), &local, practice::now())));
    let unlocks: Vec<Duration> = (0..SLOW_ROUNDS).map(unlock).collect();
    let sealed = std::fs::read(folder.join("vault.age")).expect("the vault has its identity");
    let bare = |_| {
        time(|| {
            let identity = age::scrypt::Identity::new(secrecy::SecretString::from(PASSPHRASE.0));
            let decryptor = age::Decryptor::new(&sealed[..]).expect("it is an age file");
            let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).expect("it opens");
            let mut identity = Vec::new();
            reader.read_to_end(&mut identity).expect("it reads");
        })
    };
    let bare: Vec<Duration> = (0..SLOW_ROUNDS).map(bare).collect();
    let without = unlocks
        .iter()
        .min()
        .copied()
        .unwrap_or_default()
        .saturating_sub(bare.iter().min().copied().unwrap_or_default());
    rows.push(Row::ratio("Unlock", median(&unlocks), "the passphrase work alone", median(&bare), "-"));
    rows.push(Row::absolute("Unlock without the passphrase work (best of five)", without, "≤ 150 ms"));
    let per_case = without / u32::try_from(cases).unwrap_or(u32::MAX);
    rows.push(Row::absolute("The same, per case", per_case, "≤ 20 µs"));
    let open = vault::Vault::unlock(&folder, &PASSPHRASE.typed(), &local, practice::now());
    rows.push(Row::words("Memory of the process, unlocked", &stopwatch::resident_memory(), "≤ 150 MB"));
    drop(open);
    drop(place);
    std::io::stdout().flush().expect("standard output is open");
}
