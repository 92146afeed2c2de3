//! Drives the real window: WebDriver for the page, real key presses for the system's
//! file dialogs. `cargo xtask e2e` starts the display and the driver and sets the
//! environment.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

mod hands;
#[cfg(target_os = "linux")]
mod logind;

#[cfg(target_os = "linux")]
pub use logind::{Logind, Says};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long anything on the screen may take.
const PATIENCE: Duration = Duration::from_secs(45);

/// The window.
pub struct Window {
    /// The WebDriver session, which ends with the process at every lock.
    pub client: Client,
    /// The process of the window.
    pub process: u32,
}

/// The first case in the list that is filed and not closed. Which row that is depends on
/// the day: the examples end today.
pub const OPEN_CASE: &str = "tr:has(.tag.accent) [id^=case-row-]";
/// How long a lock may take from the key to the end of the process (K1).
pub const LOCKED_WITHIN: Duration = Duration::from_secs(2);

/// The home folder that the program sees: the place for what the test saves.
#[must_use]
pub fn home() -> PathBuf {
    PathBuf::from(setting("LUWTE_E2E_HOME"))
}

/// Says a figure of a long run; `cargo xtask campaign` reads it from there.
pub fn measured(figure: &str) {
    // A closed pipe is no reason to stop.
    let _ = writeln!(std::io::stderr().lock(), "measured: {figure}");
}

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run this test with `cargo xtask e2e`"))
}

/// A session with the window that is there; waits until it is.
async fn attach() -> Client {
    let until = Instant::now() + PATIENCE;
    loop {
        match ClientBuilder::new(HttpConnector::new()).connect(&setting("LUWTE_E2E_DRIVER")).await {
            Ok(client) => return client,
            Err(error) => assert!(Instant::now() < until, "the driver finds no window: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// An error with its causes: the driver's own words are the second.
fn reasons(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |said, cause| format!("{said}: {cause}"))
}

fn alive(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

/// The process that was started by a lock.
fn successor() -> Option<u32> {
    let wanted = [setting("LUWTE_E2E_APP"), "--after-lock".to_owned()].join("\0");
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    let mut found = processes.filter(|entry| {
        std::fs::read_to_string(entry.path().join("cmdline")).is_ok_and(|line| line.starts_with(&wanted))
    });
    found.next()?.file_name().to_str()?.parse().ok()
}

impl Window {
    /// Ends the program.
    pub async fn close(self) {
        drop(self.client.clone().close().await);
        let _ = Command::new("kill").arg(self.process.to_string()).status();
        while alive(self.process) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Starts the program as on a computer where it never ran. The environment names the
    /// driver (`LUWTE_E2E_DRIVER`, an address), the program (`LUWTE_E2E_APP`, a path) and
    /// what the program finds in its environment (`LUWTE_E2E_SURROUNDINGS`).
    pub async fn open() -> Self {
        Self::open_among(&[]).await
    }

    /// The same, with something else in the program's environment.
    pub async fn open_among(others: &[(&str, &str)]) -> Self {
        let state = home().join(".local/share/luwte");
        if state.exists() {
            std::fs::remove_dir_all(&state).expect("this computer's folder can be emptied");
        }
        let surroundings = setting("LUWTE_E2E_SURROUNDINGS");
        let mut app = Command::new(setting("LUWTE_E2E_APP"));
        app.envs(surroundings.lines().filter_map(|line| line.split_once('=')));
        app.envs(others.iter().copied());
        let mut child = app.stdin(Stdio::null()).spawn().expect("the program starts");
        let process = child.id();
        // Whoever ends is taken off the list of processes.
        std::thread::spawn(move || child.wait());
        Self { client: attach().await, process }
    }

    /// Makes a vault of invented cases in a folder of this name, opens it, and answers its
    /// passphrase.
    pub async fn use_examples(&self, name: &str) -> String {
        let vault = home().join(name);
        std::fs::create_dir(&vault).expect("a folder for the vault can be made");
        self.click("#demo-vault").await;
        self.answer_dialog(&vault).await;
        let passphrase = self.see("[data-testid=demo-passphrase]").await;
        let passphrase = passphrase.text().await.expect("the passphrase is shown");
        self.click("#demo-go").await;
        self.see("#menu-settings").await;
        passphrase
    }

    /// Locks with `lock`, which answers when it asked for that, and follows the window into
    /// the process that takes its place. Answers how long the old process lived, which says
    /// something of the program only on a machine with nothing else to do: K1 judges it.
    /// Fails when the process never ends, when something of a case is shown, or when
    /// something is asked.
    ///
    /// # Errors
    /// What was wrong, in words.
    pub async fn lock_by(&mut self, lock: impl FnOnce() -> Instant, secrets: &[&str]) -> Result<Duration, String> {
        let started = lock();
        while alive(self.process) {
            if started.elapsed() > PATIENCE {
                return Err("the process never ended".to_owned());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let took = started.elapsed();
        self.client = attach().await;
        self.process = successor().ok_or("no process took its place")?;
        self.see("#passphrase").await;
        let source = self.client.source().await.map_err(|error| error.to_string())?;
        if let Some(secret) = secrets.iter().find(|secret| source.contains(**secret)) {
            return Err(format!("the lock screen holds {} letters of a case", secret.len()));
        }
        if Self::dialog().is_some() {
            return Err("something was asked".to_owned());
        }
        Ok(took)
    }

    /// Whether its process lives.
    #[must_use]
    pub fn is_there(&self) -> bool {
        alive(self.process)
    }

    /// Unlocks.
    pub async fn unlock(&self, passphrase: &str) {
        self.write("#passphrase", passphrase).await;
        self.click("#unlock").await;
        self.see("#lock").await;
    }

    /// Waits until this field has the focus and holds words that end so. A star in its id
    /// stands for what it is not known by yet.
    pub async fn stands_in(&self, field: &str, end: &str) {
        let until = Instant::now() + PATIENCE;
        let is_it = |id: &str| match field.split_once('*') {
            Some((first, last)) => id.starts_with(first) && id.ends_with(last),
            None => id == field,
        };
        loop {
            let (id, words) = self.focused().await;
            if is_it(&id) && words.ends_with(end) {
                return;
            }
            assert!(Instant::now() < until, "{field} should have the focus, and {} letters; it is {id}", end.len());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Which field has the focus, and what stands in it.
    pub async fn focused(&self) -> (String, String) {
        let script = "const field = document.activeElement; return [field.id, field.value ?? ''];";
        let said = self.client.execute(script, Vec::new()).await.expect("the page answers");
        let word = |at: usize| said[at].as_str().unwrap_or_default().to_owned();
        (word(0), word(1))
    }

    /// Waits for an element and answers it.
    pub async fn see(&self, css: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await {
            Ok(found) => found,
            // What the program says of itself tells a screen that is slow from one that is refused.
            Err(error) => panic!("{css} did not appear: {error}; {:?}", self.said().await),
        }
    }

    /// What the window says: whether everything is saved, and its messages.
    async fn said(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('#save-status, [role=alert], #toast p')]
            .map((one) => one.textContent)";
        let said = self.client.execute(script, Vec::new()).await.unwrap_or_default();
        said.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    }

    /// Clicks an element, once it came clear of the bars that stick to the edges of the
    /// window, as what takes the focus does. The driver itself is content when an element
    /// stands inside the window, even where a bar lies over it, and then clicks on the bar
    /// for ever; a person would scroll.
    pub async fn click(&self, css: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.press_on(&self.see(css).await).await {
                Ok(()) => return,
                // An element may move or wake up while the page settles.
                Err(_) if Instant::now() < until => tokio::time::sleep(Duration::from_millis(200)).await,
                Err(error) => panic!("{css} cannot be clicked: {}", reasons(&error)),
            }
        }
    }

    async fn press_on(&self, element: &Element) -> Result<(), CmdError> {
        let clear = "arguments[0].scrollIntoView({ block: 'nearest' })";
        self.client.execute(clear, vec![serde_json::to_value(element)?]).await?;
        element.click().await
    }

    /// Scrolls until an element stands at the lower edge of the window, where a bar that
    /// sticks there lies over it.
    pub async fn scroll_behind_bar(&self, css: &str) {
        let element = serde_json::to_value(self.see(css).await).expect("an element has a name");
        let script = "scrollBy(0, arguments[0].getBoundingClientRect().bottom - innerHeight + 2);
            const { left, top, width, height } = arguments[0].getBoundingClientRect();
            return arguments[0].contains(document.elementFromPoint(left + width / 2, top + height / 2));";
        let uncovered = self.client.execute(script, vec![element]).await.expect("the page answers");
        assert_eq!(uncovered.as_bool(), Some(false), "{css} should be covered");
    }

    /// Types into a field.
    pub async fn write(&self, css: &str, text: &str) {
        self.see(css).await.send_keys(text).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses a letter together with Control.
    pub async fn press_control(&self, letter: char) {
        let keys = format!("{}{letter}{}", char::from(Key::Control), char::from(Key::Null));
        self.see("body").await.send_keys(&keys).await.expect("keys can be pressed");
    }

    /// Types where the focus is, as after opening a screen.
    pub async fn type_focused(&self, text: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(text).await.expect("keys can be pressed");
    }

    /// Writes the eight groups of a recovery sheet down, as she does on paper.
    pub async fn copy_sheet(&self) -> Vec<String> {
        let mut groups = Vec::new();
        for place in 1..=8 {
            let group = self.see(&format!("[data-testid=recovery-group-{place}]")).await;
            groups.push(group.text().await.expect("the group is shown"));
        }
        groups
    }

    /// Copies the groups that are asked back from the paper.
    pub async fn copy_from_sheet(&self, sheet: &[String]) {
        for (place, group) in (1..).zip(sheet) {
            let field = format!("#group-{place}");
            if self.client.find(Locator::Css(&field)).await.is_ok() {
                self.write(&field, group).await;
            }
        }
    }

    /// Picks the choice of a list that holds some words.
    pub async fn choose(&self, css: &str, words: &str) {
        self.see(css).await;
        let until = Instant::now() + PATIENCE;
        loop {
            let options = self.client.find_all(Locator::Css(&format!("{css} option"))).await.unwrap_or_default();
            for option in options {
                let label = option.text().await.unwrap_or_default();
                if label.contains(words) {
                    let value = option.attr("value").await.expect("an option has a value").unwrap_or_default();
                    self.see(css).await.select_by_value(&value).await.expect("the option can be chosen");
                    return;
                }
            }
            assert!(Instant::now() < until, "{css} never offered {words}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Picks the first choice of a list that is one.
    pub async fn choose_first(&self, css: &str) {
        let option = self.see(&format!("{css} option:not([value=''])")).await;
        let value = option.attr("value").await.expect("an option has a value").unwrap_or_default();
        self.see(css).await.select_by_value(&value).await.expect("the option can be chosen");
    }

    /// The id of the last of some elements, the newest of a list.
    pub async fn last(&self, css: &str) -> String {
        self.see(css).await;
        let all = self.client.find_all(Locator::Css(css)).await.expect("the page answers");
        let newest = all.last().expect("one was seen");
        newest.attr("id").await.expect("the page answers").expect("fields have an id")
    }

    /// The text of the page.
    pub async fn text(&self) -> String {
        self.see("body").await.text().await.expect("the page has a text")
    }

    /// Waits until the page shows some words.
    pub async fn read(&self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.text().await.contains(words) {
            assert!(Instant::now() < until, "the page never showed: {words}\nit shows:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Asserts that nothing of the page lies beyond the side of the window.
    pub async fn fits(&self, place: &str) {
        let script = "return document.documentElement.scrollWidth - window.innerWidth";
        let beyond = self.client.execute(script, Vec::new()).await.expect("the page answers");
        assert!(beyond.as_i64().is_some_and(|pixels| pixels <= 0), "{place} is {beyond} pixels too wide");
    }

    /// Keeps a picture when `LUWTE_E2E_PICTURES` names a folder.
    pub async fn picture(&self, name: &str) {
        let Ok(folder) = std::env::var("LUWTE_E2E_PICTURES") else { return };
        // The driver takes the picture before the last change is painted.
        tokio::time::sleep(Duration::from_millis(400)).await;
        let image = self.client.screenshot().await.expect("a picture can be taken");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), image).expect("the picture can be kept");
    }
}

impl Drop for Window {
    /// A test that fails leaves no window behind for the next one.
    fn drop(&mut self) {
        for process in [Some(self.process), successor()].into_iter().flatten() {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
        }
    }
}
