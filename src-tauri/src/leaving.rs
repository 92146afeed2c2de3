//! Locking: the process that held plaintext ends, and a fresh one shows the lock screen.
//!
//! Every trigger comes through [`begin`]. The page is told first, saves what is still
//! being typed and answers; whether it answers or not, [`finish`] follows. Nothing is
//! asked on the way (docs/adr/0011-lock-ends-the-process.md).

use crate::backups;
use crate::clipboard::Clipboard;
use crate::door::Door;
use crate::handover::{AFTER_LOCK, Frame, Handover, Place};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager as _};

/// How long a page may be silent while nothing of it is being saved.
const SILENCE: Duration = Duration::from_secs(1);
/// How long the window stays on the screen while its last words are being saved.
const ON_SCREEN: Duration = Duration::from_secs(1);
/// How long a save that does not end may keep the process alive: a disk that hangs.
const LONGEST: Duration = Duration::from_secs(10);
/// How often is looked.
const LOOK: Duration = Duration::from_millis(25);

/// How far a lock has come.
pub(crate) struct Leaving {
    begun: AtomicBool,
    /// Whether no locked process follows.
    quitting: AtomicBool,
    finishing: AtomicBool,
    /// Commands that are being worked on or wait for their turn.
    busy: AtomicUsize,
    heard: Mutex<Instant>,
}

impl Default for Leaving {
    fn default() -> Self {
        Self {
            begun: AtomicBool::new(false),
            quitting: AtomicBool::new(false),
            finishing: AtomicBool::new(false),
            busy: AtomicUsize::new(0),
            heard: Mutex::new(Instant::now()),
        }
    }
}

/// One command of the page, from its arrival to its answer.
pub(crate) struct Busy<'a>(&'a Leaving);

impl Leaving {
    pub(crate) fn busy(&self) -> Busy<'_> {
        self.busy.fetch_add(1, Ordering::SeqCst);
        self.hear();
        Busy(self)
    }

    fn hear(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Whether the page has nothing more to say, as far as can be known from here.
    fn is_silent(&self) -> bool {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        self.busy.load(Ordering::SeqCst) == 0 && heard.elapsed() > SILENCE
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::SeqCst);
        self.0.hear();
    }
}

/// Locks. Whoever asks: a key, the timer, the system, a command that failed badly.
pub(crate) fn begin(handle: &AppHandle) {
    let leaving = handle.state::<Leaving>();
    if !handle.state::<Door>().is_open() || leaving.begun.swap(true, Ordering::SeqCst) {
        return;
    }
    leaving.hear();
    if let Some(window) = handle.get_webview_window("main") {
        drop(window.eval("window.dispatchEvent(new Event('luwte-lock'))"));
    }
    let handle = handle.clone();
    std::thread::spawn(move || watch(&handle));
}

/// Locks and ends the program: the window is closed and something of it was not saved yet.
pub(crate) fn quit(handle: &AppHandle) {
    if !handle.state::<Door>().is_open() {
        return handle.exit(0);
    }
    handle.state::<Leaving>().quitting.store(true, Ordering::SeqCst);
    begin(handle);
}

/// Waits for the page's last words, not longer than they take.
fn watch(handle: &AppHandle) {
    let (leaving, started) = (handle.state::<Leaving>(), Instant::now());
    let mut hidden = false;
    loop {
        std::thread::sleep(LOOK);
        if leaving.finishing.load(Ordering::SeqCst) {
            return;
        }
        if !hidden && started.elapsed() > ON_SCREEN {
            hidden = true;
            if let Some(window) = handle.get_webview_window("main") {
                drop(window.hide());
            }
        }
        if leaving.is_silent() || started.elapsed() > LONGEST {
            return finish(handle, None);
        }
    }
}

/// The page has said its last words, or says nothing: the vault is closed and the
/// process ends.
pub(crate) fn finish(handle: &AppHandle, place: Option<Place>) {
    let leaving = handle.state::<Leaving>();
    if !leaving.begun.load(Ordering::SeqCst) || leaving.finishing.swap(true, Ordering::SeqCst) {
        return;
    }
    Clipboard::forget(handle);
    let frame = handle.get_webview_window("main").and_then(|window| Frame::of(&window));
    // A command that never ends must not keep the vault open; the kernel lets go of its
    // files when this process is gone.
    let sealed = handle.state::<Door>().close_within(LONGEST);
    if leaving.quitting.load(Ordering::SeqCst) && sealed.is_empty() {
        backups::make_due(&handle.state::<Door>());
    } else {
        // Words that no disk takes live as long as a locked window does.
        start_locked(handle, &Handover { frame, place, sealed });
    }
    std::process::exit(0);
}

/// Starts a fresh copy of this program. When that is impossible there is no window
/// afterwards, which is also locked.
fn start_locked(handle: &AppHandle, handover: &Handover) {
    let Ok(program) = tauri::process::current_binary(&handle.env()) else { return };
    let started = Command::new(program).arg(AFTER_LOCK).stdin(Stdio::piped()).spawn();
    if let Some(pipe) = started.ok().and_then(|mut child| child.stdin.take()) {
        drop(handover.write(pipe));
    }
}
