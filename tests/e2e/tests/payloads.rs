//! X1: words that would run as a program if the page took them for markup, in every text
//! field there is and on every screen that shows them. They stay words.
//!
//! `payloads/watch.js` says what counts: a payload that ran, a question in the page, a
//! breach of the page's policy, an element that no screen has of itself, an attribute that
//! acts and holds a payload, and a payload inside an element that is more than words.
//! Each payload must also be seen, as the words it is, or its screen was not tried.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use fantoccini::wd::TimeoutConfiguration;
use luwte_e2e::{OPEN_CASE, Window, home, measured};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const SHAPES: &str = include_str!("payloads/shapes.txt");
const SCRIPTS: [&str; 2] = [include_str!("payloads/watch.js"), include_str!("payloads/visit.js")];
/// Ways out of the place where words stand: an attribute, a text area, a script, a
/// comment, a string, and three that readers of text are misled by.
const CONTEXTS: [&str; 10] = [
    "SHAPE",
    "\">SHAPE",
    "'>SHAPE",
    "</textarea>SHAPE",
    "</title></style></script>SHAPE",
    "--></p></div>SHAPE<!--",
    "\\\"); SHAPE //",
    "\u{202e}SHAPE\u{202c}",
    "&lt;SHAPE&gt;",
    "%3C\u{200b}SHAPE",
];
/// As many as the figure says.
const PAYLOADS: usize = 500;
/// How many stand in one case.
const IN_A_CASE: usize = 5;
/// A page does its work in pieces that take this long at most.
const PIECE: Duration = Duration::from_secs(900);

fn payloads() -> Vec<String> {
    let shapes: Vec<&str> = SHAPES.lines().collect();
    let all = CONTEXTS.iter().flat_map(|context| shapes.iter().map(|shape| context.replace("SHAPE", shape)));
    all.enumerate().map(|(number, payload)| payload.replace("CODE", &format!("geraakt({number})"))).collect()
}

/// What is typed in the same fields first, to see what screens are made of.
fn plain(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("gewone woorden, nummer {number}")).collect()
}

#[derive(Default)]
struct Tally {
    wrong: BTreeSet<String>,
    typed: usize,
    fields: BTreeSet<String>,
    looks: u64,
    unseen: Vec<String>,
}

impl Tally {
    /// Adds what a tour over screens found.
    fn toured(&mut self, place: &str, found: &Value) {
        self.looks += found["looks"].as_u64().unwrap_or_default();
        self.add(place, found);
        if found["fewest"].as_u64() == Some(0) {
            self.unseen.push(place.to_owned());
        }
    }

    fn add(&mut self, place: &str, found: &Value) {
        let wrong = found["wrong"].as_array().expect("a list").iter().filter_map(Value::as_str);
        self.wrong.extend(wrong.map(|what| format!("{place}: {what}")));
    }
}

/// Asks the watch in the page.
async fn ask(window: &Window, what: &str, words: Vec<Value>) -> Value {
    let script = format!(
        "const given = [...arguments], tell = given.pop();
         Promise.resolve().then(() => window.watch.{what}(...given)).then(
             (done) => tell({{ done: done ?? null }}),
             (failed) => tell({{ failed: failed.message ?? failed.code ?? String(failed) }}),
         );"
    );
    let mut said = window.client.execute_async(&script, words).await.expect("the page answers");
    assert!(said.get("failed").is_none(), "{what}: {said}");
    said["done"].take()
}

/// The page of a new process has no watch yet.
async fn keep_watch(window: &Window) {
    let timeouts = TimeoutConfiguration::new(Some(PIECE), None, None);
    window.client.update_timeouts(timeouts).await.expect("the driver takes its time");
    for script in SCRIPTS {
        window.client.execute(script, Vec::new()).await.expect("the page answers");
    }
}

/// Every payload in every field of this screen, after plain words in the same fields.
async fn type_here(window: &Window, place: &str, payloads: &[String], tally: &mut Tally) {
    ask(window, "learn", Vec::new()).await;
    ask(window, "type", vec![json!(plain(2)), json!(true)]).await;
    let found = ask(window, "type", vec![json!(payloads), json!(false)]).await;
    tally.add(place, &found);
    for field in found["typed"].as_array().expect("a list") {
        let done = field[1].as_u64().map_or(0, |done| usize::try_from(done).unwrap_or_default());
        tally.typed += done;
        // A form that closes when its entry is saved takes its other fields along.
        if done == payloads.len() {
            tally.fields.insert(format!("{place}: {}", field[0].as_str().unwrap_or_default()));
        }
    }
}

/// Shows that each kind of breach would be noticed, in the page that is watched.
async fn show_that_it_notices(window: &Window) {
    let breaches = [
        ("geraakt('proef')", "ran: proef"),
        ("alert('proef')", "ran: alert"),
        ("document.body.append(document.createElement('marquee'))", "element: marquee"),
        (
            "const a = document.createElement('a'); a.setAttribute('href', 'javascript:geraakt(0)'); document.body.append(a)",
            "words in: a href",
        ),
        (
            "const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.append('geraakt(0)'); document.body.append(s)",
            "inside: svg",
        ),
        (
            "const i = document.createElement('img'); i.src = 'https://example.invalid/'; document.body.append(i)",
            "refused: img-src",
        ),
    ];
    for (breach, sign) in breaches {
        let script = format!("const before = document.body.lastElementChild; {breach}; window.before = before;");
        window.client.execute(&script, Vec::new()).await.expect("the page answers");
        // What a policy refuses is told a moment later.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let seen = ask(window, "look", Vec::new()).await;
        assert!(seen.as_array().is_some_and(|all| all.contains(&json!(sign))), "{breach} is not noticed: {seen}");
        let script =
            "while (document.body.lastElementChild !== window.before) document.body.lastElementChild.remove();";
        window.client.execute(script, Vec::new()).await.expect("the page answers");
        ask(window, "forget", Vec::new()).await;
    }
    assert_eq!(ask(window, "look", Vec::new()).await, json!([]), "the page is as it was");
}

#[test]
fn there_are_five_hundred_different_payloads() {
    let all = payloads();
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (PAYLOADS, PAYLOADS));
}

#[tokio::test]
#[ignore = "X1: every payload in every field takes many minutes; cargo xtask e2e no_payload_runs"]
async fn no_payload_runs_in_any_field_or_on_any_screen() {
    let mut all = payloads();
    // A run that is asked for fewer takes them from everywhere in the list.
    let asked = std::env::var("LUWTE_E2E_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(PAYLOADS);
    all = all.into_iter().step_by((PAYLOADS / asked.clamp(1, PAYLOADS)).max(1)).collect();
    let mut tally = Tally::default();
    let mut window = Window::open().await;
    keep_watch(&window).await;
    window.click("#new-vault").await;
    window.see("#new-passphrase-proposal").await;
    type_here(&window, "a proposed passphrase", &all, &mut tally).await;
    window.click("#new-passphrase-way-own").await;
    type_here(&window, "a passphrase of her own", &all, &mut tally).await;
    window.close().await;

    window = Window::open().await;
    // The name of the folder is shown on the lock screen.
    let passphrase = window.use_examples("kluis '\"><img src=x onerror=geraakt(500)>").await;
    keep_watch(&window).await;
    learn_screens(&window).await;
    show_that_it_notices(&window).await;
    stored(&window, &plain(IN_A_CASE), true, &mut tally).await;
    type_everywhere(&window, &all, &mut tally).await;
    stored(&window, &all, false, &mut tally).await;
    files(&window, &all, &mut tally).await;
    show_that_it_notices(&window).await;

    window.lock_by(|| Window::type_and_lock(""), &[]).await.expect("it locks");
    keep_watch(&window).await;
    window.read("geraakt(500)").await;
    window.click("#write-quick-note").await;
    type_here(&window, "the lock screen", &all, &mut tally).await;
    window.click("#use-recovery").await;
    window.see("#group-1").await;
    type_here(&window, "the recovery sheet", &all, &mut tally).await;
    show_that_it_notices(&window).await;
    drop(passphrase);
    window.close().await;

    measured(&format!(
        "{} payloads typed into each of {} fields, {} times in all; stored in every kind of entry and looked at on {} \
         screens; {} found",
        all.len(),
        tally.fields.len(),
        tally.typed,
        tally.looks,
        tally.wrong.len(),
    ));
    assert!(tally.unseen.is_empty(), "payloads that were not on the screen: {:?}", tally.unseen);
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
}

/// What the screens are made of before anything strange stands on them.
async fn learn_screens(window: &Window) {
    for (press, sign) in SCREENS {
        window.click(press).await;
        window.see(sign).await;
        ask(window, "learn", Vec::new()).await;
    }
}

const SCREENS: &[(&str, &str)] = &[
    ("#menu-today", "[data-testid=tasks]"),
    ("#menu-new-case", "#note"),
    ("#menu-cases", OPEN_CASE),
    (OPEN_CASE, "[data-testid=timeline]"),
    ("#menu-organisations", "#add-organisation"),
    ("#menu-reports", "#open-annual-report"),
    ("#open-annual-report", "[data-testid=pages] img"),
    ("#menu-settings", "#adviser-name"),
    ("#menu-backup", "#backup-choose-folder"),
    ("#menu-help", "#help-protects"),
];

async fn type_everywhere(window: &Window, all: &[String], tally: &mut Tally) {
    for (press, sign) in SCREENS {
        window.click(press).await;
        window.see(sign).await;
        if *press == OPEN_CASE {
            window.click("#add-task").await;
            window.click("#add-person").await;
            window.click("#add-consent").await;
            let consent = window.last("[id^=consent-][id$=-kind]").await;
            window.choose_first(&format!("#{consent}")).await;
        }
        if *press == "#open-annual-report" {
            for tab in ["figures", "analysis", "advice"] {
                type_here(window, press, all, tally).await;
                window.click(&format!("#report-tab-{tab}")).await;
            }
        }
        type_here(window, press, all, tally).await;
    }
    window.click("#menu-organisations").await;
    window.click("#add-organisation").await;
    type_here(window, "a new organisation", all, tally).await;
    window.click("#menu-reports").await;
    window.click("#open-intervision").await;
    window.choose("#intervision-case", "20").await;
    window.see("#intervision-situation").await;
    type_here(window, "a summary", all, tally).await;
    window.press_control('b').await;
    window.see("#conflict-name").await;
    type_here(window, "the conflict dialog", all, tally).await;
    ask(window, "press", vec![json!("#conflict-dialog .close")]).await;
}

/// Everything a vault holds, and every screen that shows it.
async fn stored(window: &Window, all: &[String], learning: bool, tally: &mut Tally) {
    let learn = json!(learning);
    let mut organisations = Vec::new();
    for some in all.chunks(50) {
        let made = ask(window, "organisations", vec![json!(some)]).await;
        organisations.extend(made["made"].as_array().expect("a list").clone());
    }
    let organisation = organisations.first().expect("one was made").clone();
    let mut cases = Vec::new();
    for some in all.chunks(IN_A_CASE) {
        cases.push(ask(window, "fill", vec![json!(some), organisation.clone()]).await);
    }
    // The pages keep the organisations that they read when the vault was opened.
    ask(window, "fresh", Vec::new()).await;
    for some in all.chunks(50) {
        tally.toured("quick notes", &ask(window, "quickNotes", vec![json!(some), learn.clone()]).await);
    }
    tally.toured("today", &ask(window, "today", vec![json!(all), learn.clone()]).await);
    tally.toured("lists", &ask(window, "lists", vec![json!(all), learn.clone()]).await);
    for some in all.chunks(7) {
        let words = vec![json!(some), organisation.clone(), learn.clone()];
        tally.toured("reports", &ask(window, "report", words).await);
    }
    for (some, case) in all.chunks(4).zip(cases.iter().cycle()) {
        tally.toured("summaries", &ask(window, "summary", vec![json!(some), case.clone(), learn.clone()]).await);
    }
    for case in &cases {
        tally.toured("cases", &ask(window, "cases", vec![json!([case]), learn.clone()]).await);
    }
}

/// Names of files and folders, and tables to import. Each has to be chosen in the system's
/// dialog, so that a few stand for all.
async fn files(window: &Window, all: &[String], tally: &mut Tally) {
    let plain_name = |name: &&String| name.is_ascii() && !name.contains('/') && name.len() < 200;
    let names: Vec<&String> = all.iter().filter(plain_name).step_by(all.len().div_ceil(100)).take(6).collect();
    assert!(!names.is_empty());
    window.click("#menu-cases").await;
    window.click(OPEN_CASE).await;
    window.click("#panel-attachments summary").await;
    for (number, name) in names.iter().enumerate() {
        let file = home().join(name);
        std::fs::write(&file, "een bijlage").expect("a file can be made");
        window.click("#add-attachment").await;
        window.answer_dialog(&file).await;
        window.see(&format!("[data-testid=attachments] li.file:nth-child({})", number + 1)).await;
    }
    tally.toured("attachments", &ask(window, "stop", vec![json!(names)]).await);
    let folder = home().join(format!("map {}", names[0]));
    std::fs::create_dir(&folder).expect("a folder can be made");
    window.click("#menu-backup").await;
    window.click("#backup-choose-folder").await;
    window.answer_dialog(&folder).await;
    window.see("#backup-folder").await;
    tally.toured("the folder of back-ups", &ask(window, "stop", vec![json!([names[0]])]).await);
    import(window, all, tally).await;
}

/// One table in which every payload is a broken cell, and one in which each is the name
/// of a department.
async fn import(window: &Window, all: &[String], tally: &mut Tally) {
    let example = include_str!("../../fixtures/import/example-year.csv");
    let mut lines = example.lines();
    let (header, first) = (lines.next().expect("a header"), lines.next().expect("a row"));
    let columns: Vec<&str> = header.split(',').collect();
    let place = |name: &str| columns.iter().position(|column| *column == name).expect("the format has it");
    window.click("#menu-organisations").await;
    window.choose("#import-organisation", "").await;
    window.write("#import-name", "Een nieuwe organisatie").await;
    for (number, column) in ["phase", "department"].into_iter().enumerate() {
        let row = |(at, payload): (usize, &String)| {
            let mut cells: Vec<String> = first.split(',').map(str::to_owned).collect();
            cells[place("case_code")] = format!("X1-{at}");
            cells[place(column)] = format!("\"{}\"", payload.replace('"', "\"\""));
            cells.join(",")
        };
        let rows: Vec<String> = all.iter().enumerate().map(row).collect();
        let file = home().join(format!("tabel-{number}.csv"));
        std::fs::write(&file, format!("{header}\n{}\n", rows.join("\n"))).expect("a file can be made");
        window.click("#import-look").await;
        window.answer_dialog(&file).await;
        window.see(if number == 0 { "#import-problems" } else { "#import-good, #import-problems" }).await;
        tally.toured(&format!("import of {column}"), &ask(window, "stop", vec![json!(all)]).await);
    }
}
