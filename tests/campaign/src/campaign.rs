//! What a campaign is: a promise, a long run that tries to break it, and the mistake
//! that shows that it would notice.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// One line of the report.
pub(crate) struct Campaign {
    /// As in the report, for example `L1`.
    pub(crate) id: &'static str,
    /// What is tried and what may not happen.
    pub(crate) figure: &'static str,
    /// Its own part of the usual time.
    pub(crate) seconds: u64,
    /// The run.
    pub(crate) run: fn(&Run) -> Result<Outcome, Trouble>,
    /// The mistake that it must report, as the vault's `sabotage` knows it. A campaign
    /// without one begins by finding something that it put there itself.
    pub(crate) mistake: Option<&'static str>,
}

/// How much is asked of one run.
pub(crate) struct Run {
    /// When it should end, whatever is left.
    pub(crate) until: Instant,
    /// 1 for the usual sizes; more with `--hours`.
    pub(crate) scale: f64,
    /// An exact number of rounds instead.
    pub(crate) count: Option<usize>,
    /// Random choices repeat with the same seed.
    pub(crate) seed: u64,
    reduced: AtomicBool,
    shown: Mutex<Instant>,
}

/// What a run found.
#[derive(Default)]
pub(crate) struct Outcome {
    /// What was done, in numbers.
    pub(crate) done: String,
    /// Every breach of the promise.
    pub(crate) losses: Vec<String>,
    /// Why it says less than it should: out of time, or impossible on this computer.
    pub(crate) short: Option<String>,
}

/// A run that could not be made, which is not a pass.
#[derive(Debug)]
pub(crate) struct Trouble(pub(crate) String);

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl Trouble {
    pub(crate) fn new(sentence: impl Display) -> Self {
        Self(sentence.to_string())
    }
}

impl Outcome {
    /// A run of which nothing can be made here.
    pub(crate) fn not_run(reason: impl Display) -> Self {
        Self { short: Some(format!("not run: {reason}")), ..Self::default() }
    }

    /// `passed`, `short` or `LOST`.
    pub(crate) fn verdict(&self) -> &'static str {
        match (&self.short, self.losses.is_empty()) {
            (_, false) => "LOST",
            (Some(_), true) if self.done.is_empty() => "not run",
            (Some(_), true) => "short",
            (None, true) => "passed",
        }
    }
}

impl Run {
    pub(crate) fn new(time: Duration, scale: f64, count: Option<usize>, seed: u64) -> Self {
        let (reduced, shown) = (AtomicBool::new(false), Mutex::new(Instant::now()));
        Self { until: Instant::now() + time, scale, count, seed, reduced, shown }
    }

    /// The number of rounds, from the usual one.
    pub(crate) fn rounds(&self, usual: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let scaled = (usual as f64 * self.scale) as usize;
        let rounds = self.count.unwrap_or(scaled).max(1);
        self.note_reduced(rounds < usual);
        rounds
    }

    /// The number of rounds from a list that has an end, however much time there is.
    pub(crate) fn at_most(&self, all: usize) -> usize {
        self.rounds(all).min(all)
    }

    /// That less is asked than the figure says; the report then calls the run short.
    pub(crate) fn note_reduced(&self, reduced: bool) {
        self.reduced.fetch_or(reduced, Ordering::Relaxed);
    }

    /// Whether less was asked than the figure says.
    pub(crate) fn is_reduced(&self) -> bool {
        self.reduced.load(Ordering::Relaxed)
    }

    pub(crate) fn out_of_time(&self) -> bool {
        self.count.is_none() && Instant::now() >= self.until
    }

    /// A line about every ten seconds.
    pub(crate) fn progress(&self, line: impl FnOnce() -> String) {
        let Ok(mut shown) = self.shown.try_lock() else { return };
        if shown.elapsed() >= Duration::from_secs(10) {
            *shown = Instant::now();
            say(&format!("    {}", line()));
        }
    }

    /// Shares rounds `0..total` over the processors and gathers what each found. `lane`
    /// makes what one processor needs for itself; `round` gives the losses of one round.
    pub(crate) fn rounds_in_lanes<L>(
        &self,
        what: &str,
        total: usize,
        lane: impl Fn(usize) -> Result<L, Trouble> + Sync,
        round: impl Fn(&mut L, usize) -> Result<Vec<String>, Trouble> + Sync,
    ) -> Result<Outcome, Trouble> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let losses = Mutex::new(Vec::new());
        let work = |number| -> Result<(), Trouble> {
            let mut own = lane(number)?;
            while !self.out_of_time() {
                let place = next.fetch_add(1, Ordering::SeqCst);
                if place >= total {
                    break;
                }
                // A round that could not be made is no round that passed.
                let found =
                    round(&mut own, place).unwrap_or_else(|trouble| vec![format!("round {place}: {}", trouble.0)]);
                let sum = done.fetch_add(1, Ordering::SeqCst) + 1;
                let lost = {
                    let mut losses = losses.lock().expect("no lane panics while it holds this");
                    losses.extend(found);
                    losses.len()
                };
                // Some have no number to reach, only time to spend.
                let of = if total < usize::MAX / 1_000_000 { format!(" of {total}") } else { String::new() };
                self.progress(|| format!("{sum}{of} {what}, {lost} lost"));
                // Who has seen a hundred has seen enough.
                if lost >= 100 {
                    break;
                }
            }
            Ok(())
        };
        // One more than there are processors: a lane often waits for a disk or a child.
        let lanes = std::thread::available_parallelism().map_or(1, usize::from) + 1;
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..lanes).map(|number| scope.spawn(move || work(number))).collect();
            running.into_iter().try_for_each(|lane| lane.join().map_err(|_| Trouble::new("a lane panicked"))?)
        })?;
        let (done, losses) = (done.into_inner(), losses.into_inner().unwrap_or_default());
        let short =
            (done < total && losses.is_empty()).then(|| format!("{done} of {total} {what} in the time there was"));
        Ok(Outcome { done: format!("{done} {what}"), losses, short })
    }
}

/// Prints one line. A closed pipe is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
