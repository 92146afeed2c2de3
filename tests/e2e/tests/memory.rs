//! M1: two seconds after a lock no word of a session is in the memory of any process of
//! the program: the one that shows the lock screen, its web processes, and whatever is
//! left of the process before it.
//!
//! This test, the driver that types for it, the screen and the message bus hold the words
//! too. They are the adviser's hands and her computer, and no process of the program, so
//! they are not searched: a process belongs to the program when it runs our executable or
//! one of the web view's, and has the home folder of this run in its environment.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use luwte_e2e::{OPEN_CASE, Window, home, measured};
use luwte_scan::{Needle, program, scan, sharing};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// After how long nothing may be left.
const LATER: Duration = Duration::from_secs(2);
/// What need not be seen before the lock: letters that are half typed, and the inside of
/// a file that is sealed in pieces which are wiped.
const NEVER_WHOLE: [&str; 2] = ["last letters", "attached text"];
/// After how long is looked once more.
const MUCH_LATER: Duration = Duration::from_secs(10);

/// A word that stands in no dictionary and in no program: every letter is from the
/// system's random source.
fn made_up() -> String {
    let mut bytes = [0; 14];
    let mut source = std::fs::File::open("/dev/urandom").expect("the system has a random source");
    source.read_exact(&mut bytes).expect("it never ends");
    bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}

/// The words of this run, each with the name of the place where it is typed.
#[derive(Default)]
struct Words(Vec<(&'static str, String)>);

/// For each word the number of copies, and every place where one is.
type Found = BTreeMap<&'static str, (usize, BTreeSet<String>)>;

impl Words {
    /// A new word for a place.
    fn plant(&mut self, place: &'static str) -> String {
        let word = made_up();
        self.0.push((place, word.clone()));
        word
    }

    /// Searches every process of the program.
    fn search(&self) -> Found {
        let needles: Vec<Needle> = self.0.iter().flat_map(|(place, word)| Needle::both(place, word)).collect();
        let mut found = Found::new();
        for process in of_the_program() {
            // A process that ended since has no memory.
            for hit in scan(process, &needles).unwrap_or_default() {
                let (copies, places) = found.entry(self.0[hit.needle / 2].0).or_default();
                *copies += 1;
                let name = &needles[hit.needle].name;
                places.insert(format!("{name}, in {} {process}, {}", program(process), hit.mapping));
            }
        }
        found
    }

    /// Files below the home folder in which a word stands readable, or in whose name; the
    /// system's list of recent files is one of them. What the adviser attached is her own.
    fn in_files(&self, own: &Path) -> Vec<String> {
        let needles: Vec<Needle> = self.0.iter().flat_map(|(place, word)| Needle::both(place, word)).collect();
        let mut wrong = Vec::new();
        for file in files(&home()).into_iter().filter(|file| file != own) {
            let mut bytes = file.as_os_str().as_encoded_bytes().to_vec();
            bytes.extend(std::fs::read(&file).unwrap_or_default());
            let holds = |needle: &&Needle| bytes.windows(needle.bytes.len()).any(|part| part == needle.bytes);
            let found = needles.iter().filter(holds);
            wrong.extend(found.map(|needle| format!("{} in {}", needle.name, file.display())));
        }
        wrong
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] }).collect()
}

fn of_the_program() -> Vec<u32> {
    let home = format!("HOME={}", home().display());
    let all = sharing(&home).expect("the kernel lists processes");
    let ours = |process: &u32| {
        let name = program(*process);
        name == "luwte-desktop" || (name.starts_with("WebKit") && name != "WebKitWebDriver")
    };
    all.into_iter().filter(ours).collect()
}

/// Clicks on the way, then types into the field that is there then.
async fn type_at(window: &Window, way: &[&str], field: &str, word: &str) {
    for press in way {
        window.click(press).await;
    }
    window.write(field, word).await;
}

/// Adds something to a list of the case; its first field gets the focus.
async fn add(window: &Window, button: &str, last: &str, word: &str) -> String {
    window.click(button).await;
    let field = window.last(last).await;
    window.write(&format!("#{field}"), word).await;
    field
}

async fn settled(window: &Window) {
    window.see("#save-status[data-state=saved]").await;
}

#[tokio::test]
#[ignore = "M1: typing a session takes minutes; cargo xtask e2e no_word_of_a_session"]
async fn no_word_of_a_session_is_in_any_process_two_seconds_after_a_lock() {
    let mut window = Window::open().await;
    let passphrase = window.use_examples("geheugen").await;
    window.lock_by(|| Window::type_and_lock(""), &[]).await.expect("it locks");
    let mut words = Words::default();
    let mut seen = Found::new();

    // The process in which the passphrase is typed is the one that works with the vault.
    type_at(&window, &["#write-quick-note"], "#quick-note", &words.plant("quick note")).await;
    window.click("#keep-quick-note").await;
    window.see("#write-quick-note").await;
    words.0.push(("passphrase", passphrase.clone()));
    window.write("#passphrase", &passphrase).await;
    seen.extend(words.search());
    window.click("#unlock").await;
    window.see("#lock").await;
    window.see("#quick-notes").await;

    write_practice(&window, &mut words).await;
    seen.extend(words.search());
    let own = write_case(&window, &mut words).await;
    seen.extend(words.search());
    write_reports(&window, &mut words).await;
    search_and_copy(&window, &mut words).await;
    // Nothing of a dialog need be left once it is closed.
    seen.extend(words.search());
    Window::press_keys(&["Escape"]);

    // She locks in the middle of a word.
    window.click("#menu-new-case").await;
    window.see("#note").await;
    let last = words.plant("last letters");
    window.type_focused(&last[..last.len() / 2]).await;
    let before = words.search();
    let locked = window.lock_by(|| Window::type_and_lock(&last[last.len() / 2..]), &[]).await;
    let took = locked.expect("it locks");
    let ended = Instant::now();

    let promised = words.0.iter().map(|(place, _)| *place).filter(|place| !NEVER_WHOLE.contains(place));
    let unseen: Vec<&str> = promised.filter(|place| !seen.contains_key(place)).collect();
    assert!(unseen.is_empty(), "never in memory, so that the scan says nothing of them: {unseen:?}");
    tokio::time::sleep(LATER.saturating_sub(ended.elapsed())).await;
    let left = words.search();
    let processes: Vec<String> = of_the_program().into_iter().map(program).collect();
    tokio::time::sleep(MUCH_LATER.saturating_sub(ended.elapsed())).await;
    let later = words.search();
    let files = words.in_files(&own);

    let copies = |found: &Found, place: &str| found.get(place).map_or(0, |(copies, _)| *copies);
    let gone: Vec<&str> = words.0.iter().map(|(place, _)| *place).filter(|p| copies(&before, p) == 0).collect();
    measured(&format!(
        "{} words typed, each found in memory before; right before the lock {} copies of {} of them, {} of the \
         passphrase, and none of {gone:?}; the lock took {took:?}; afterwards {} copies in {}",
        words.0.len(),
        before.values().map(|(copies, _)| copies).sum::<usize>(),
        words.0.len() - gone.len(),
        copies(&before, "passphrase"),
        left.values().map(|(copies, _)| copies).sum::<usize>(),
        processes.join(", "),
    ));
    assert!(processes.iter().any(|name| name.starts_with("WebKitWeb")), "the lock screen is searched: {processes:?}");
    assert!(left.is_empty() && later.is_empty(), "after two seconds {left:#?}, after ten {later:#?}");
    assert!(files.is_empty(), "words stand in files: {files:#?}");
    // What was searched for really was what was typed.
    window.unlock(&passphrase).await;
    window.stands_in("note", &last).await;
    window.close().await;
}

async fn write_practice(window: &Window, words: &mut Words) {
    type_at(window, &["#menu-settings"], "#adviser-name", &words.plant("adviser")).await;
    window.write("#adviser-certification", &words.plant("certification")).await;
    let name = words.plant("organisation");
    type_at(window, &["#menu-organisations", "#add-organisation"], "#organisation-name", &name).await;
    window.write("#organisation-departments", &words.plant("department")).await;
    window.write("#organisation-places", &words.plant("place")).await;
    window.write("#organisation-aliases", &words.plant("abbreviation")).await;
    window.write("#organisation-second", &words.plant("second adviser")).await;
    settled(window).await;
}

/// Fills a case; answers the file that was attached.
async fn write_case(window: &Window, words: &mut Words) -> PathBuf {
    type_at(window, &["#menu-cases", OPEN_CASE], "#note-facts", &words.plant("note")).await;
    window.write("#note-impressions", &words.plant("impressions")).await;
    window.write("#note-with", &words.plant("with whom")).await;
    window.write("#facts-contact-route", &words.plant("contact route")).await;
    window.write("#facts-cluster", &words.plant("private word")).await;
    add(window, "#add-task", "[id^=task-][id$=-reason]", &words.plant("task")).await;
    let person = add(window, "#add-person", "[id^=person-][id$=-name]", &words.plant("reporter")).await;
    let part = |name: &str| format!("#{}", person.replace("-name", name));
    window.click(&format!("fieldset:has({}) summary", part("-name"))).await;
    window.write(&part("-aliases"), &words.plant("other name")).await;
    window.write(&part("-contact"), &words.plant("phone")).await;
    window.write(&part("-details"), &words.plant("details")).await;
    add(window, "#add-person", "[id^=person-][id$=-name]", &words.plant("accused")).await;
    window.click("#add-consent").await;
    let consent = window.last("[id^=consent-][id$=-kind]").await;
    window.choose_first(&format!("#{consent}")).await;
    window.write(&format!("#{}", consent.replace("-kind", "-scope")), &words.plant("consent")).await;
    settled(window).await;
    let file = home().join(format!("{}.txt", words.plant("file name")));
    std::fs::write(&file, words.plant("attached text").repeat(100)).expect("a file can be made");
    window.click("#panel-attachments summary").await;
    window.click("#add-attachment").await;
    window.answer_dialog(&file).await;
    window.see("#attachment-added").await;
    file
}

async fn write_reports(window: &Window, words: &mut Words) {
    let summary = words.plant("report");
    type_at(window, &["#menu-reports", "#open-annual-report"], "#report-summary", &summary).await;
    window.see("[data-testid=pages] img").await;
    settled(window).await;
    window.click("#menu-reports").await;
    window.click("#open-intervision").await;
    window.choose("#intervision-case", "20").await;
    window.write("#intervision-situation", &words.plant("summary")).await;
    window.see("[data-testid=name-check][data-state=clean]").await;
    window.write("#intervision-dilemma", &words.plant("dilemma")).await;
    settled(window).await;
}

async fn search_and_copy(window: &Window, words: &mut Words) {
    let copied = words.plant("clipboard");
    type_at(window, &["#menu-cases"], "#search", &words.plant("list search")).await;
    window.press_control('b').await;
    window.see("#conflict-name").await;
    window.type_focused(&copied).await;
    Window::press_keys(&["ctrl+a", "ctrl+c"]);
    let until = Instant::now() + Duration::from_secs(30);
    while Window::clipboard("UTF8_STRING").as_deref() != Some(&copied) {
        assert!(Instant::now() < until, "the words never came on the clipboard");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.see("#conflict-name").await.clear().await.expect("the field can be emptied");
    window.write("#conflict-name", &words.plant("conflict search")).await;
    window.see("#conflict-dialog [aria-live] > *").await;
}
