//! What a person does outside the page: real keys, the system's file dialog, and another
//! program that looks at the clipboard.

use crate::{PATIENCE, Window};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long one press may take. The window manager is waited for, and a window that
/// closes meanwhile never gets the focus.
const PRESS: &str = "10";
/// How long a dialog may take to close after a key that closes it.
const CLOSES_WITHIN: Duration = Duration::from_secs(3);

impl Window {
    /// Presses Ctrl+L as the keyboard does, after typing some last letters, so that the
    /// driver has no part in how long it takes. Answers when that key went down.
    pub fn type_and_lock(letters: &str) -> Instant {
        Self::activate();
        if !letters.is_empty() {
            Self::press(&["type", "--clearmodifiers", "--delay", "20", letters]);
        }
        let now = Instant::now();
        Self::press(&["key", "--clearmodifiers", "ctrl+l"]);
        now
    }

    /// Presses keys as the keyboard does.
    pub fn press_keys(keys: &[&str]) {
        Self::activate();
        Self::press(&[&["key", "--clearmodifiers"], keys].concat());
    }

    fn activate() {
        for window in Self::ask(&["search", "--onlyvisible", "--name", "^Luwte$"]).lines() {
            Self::press(&["windowactivate", "--sync", window]);
        }
    }

    /// What another program finds on the clipboard: its kinds, or the words of one kind.
    #[must_use]
    pub fn clipboard(kind: &str) -> Option<String> {
        // Whoever owns the clipboard may be gone before it answers.
        let answer = Command::new("timeout")
            .args([PRESS, "xclip", "-selection", "clipboard", "-out", "-target", kind])
            .output()
            .expect("xclip is installed");
        answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
    }

    /// Waits for the system's file dialog.
    pub async fn sees_dialog(&self) {
        let until = Instant::now() + PATIENCE;
        while Self::dialog().is_none() {
            assert!(Instant::now() < until, "no file dialog appeared");
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Answers the system's file dialog by typing a path, as a person can; tries again
    /// while the dialog is still there, because a slow machine can swallow a key.
    pub async fn answer_dialog(&self, path: &Path) {
        let path = path.to_str().expect("test paths are plain");
        self.sees_dialog().await;
        let until = Instant::now() + PATIENCE;
        while let Some(window) = Self::dialog() {
            assert!(Instant::now() < until, "the file dialog does not take {path}");
            Self::press(&["windowactivate", "--sync", &window]);
            tokio::time::sleep(Duration::from_millis(600)).await;
            // From the list of recent files a typed path cannot be opened; from home it can.
            Self::press(&["key", "--clearmodifiers", "alt+Home"]);
            tokio::time::sleep(Duration::from_millis(600)).await;
            Self::press(&["key", "--clearmodifiers", "ctrl+l"]);
            tokio::time::sleep(Duration::from_millis(400)).await;
            Self::press(&["key", "--clearmodifiers", "ctrl+a"]);
            Self::press(&["type", "--clearmodifiers", "--delay", "25", path]);
            tokio::time::sleep(Duration::from_millis(700)).await;
            for _ in 0..3 {
                Self::press(&["key", "--clearmodifiers", "Return"]);
                if Self::dialog_closes().await {
                    return;
                }
            }
        }
    }

    /// Whether the dialog goes. A key that is pressed while it goes would reach the page.
    async fn dialog_closes() -> bool {
        let until = Instant::now() + CLOSES_WITHIN;
        while Self::dialog().is_some() {
            if Instant::now() > until {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        true
    }

    fn ask(words: &[&str]) -> String {
        let answer = Command::new("xdotool").args(words).output().expect("xdotool is installed");
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    fn press(words: &[&str]) {
        // A dialog that closed in between is noticed by whoever waits for its result.
        let _ = Command::new("timeout")
            .args([PRESS, "xdotool"])
            .args(words)
            .stderr(Stdio::null())
            .status()
            .expect("xdotool is installed");
    }

    /// The id of the dialog: a visible window with a title that is not the app's own.
    pub(crate) fn dialog() -> Option<String> {
        let ids = Self::ask(&["search", "--onlyvisible", "--name", "."]);
        let foreign = |id: &&str| {
            let name = Self::ask(&["getwindowname", id]);
            !name.is_empty() && name != "Luwte" && name != "Openbox" && !name.contains("luwte-desktop")
        };
        ids.lines().find(foreign).map(str::to_owned)
    }
}
