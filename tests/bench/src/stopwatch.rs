//! Times, medians and the table.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// How long something takes.
pub(crate) fn time(act: impl FnOnce()) -> Duration {
    let start = Instant::now();
    act();
    start.elapsed()
}

/// The middle one.
pub(crate) fn median(times: &[Duration]) -> Duration {
    percentile(times, 50)
}

/// The one that this many percent stay below.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or_default()
}

/// One line of the table.
pub(crate) struct Row {
    act: String,
    measured: String,
    yardstick: String,
    ratio: String,
    target: String,
}

impl Row {
    /// A time beside a yardstick of the same run.
    pub(crate) fn ratio(act: &str, taken: Duration, yardstick: &str, other: Duration, target: &str) -> Self {
        let ratio = taken.as_secs_f64() / other.as_secs_f64().max(f64::EPSILON);
        Self {
            act: act.to_owned(),
            measured: shown(taken),
            yardstick: format!("{yardstick}: {}", shown(other)),
            ratio: format!("{ratio:.2}"),
            target: target.to_owned(),
        }
    }

    /// A time with a target of its own.
    pub(crate) fn absolute(act: &str, taken: Duration, target: &str) -> Self {
        Self::words(act, &shown(taken), target)
    }

    /// Something that is not a time.
    pub(crate) fn words(act: &str, measured: &str, target: &str) -> Self {
        let dash = || "-".to_owned();
        Self {
            act: act.to_owned(),
            measured: measured.to_owned(),
            yardstick: dash(),
            ratio: dash(),
            target: target.to_owned(),
        }
    }

    /// Something that could not be measured, and why.
    pub(crate) fn absent(act: &str, why: &str) -> Self {
        Self::words(act, why, "-")
    }
}

fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1_000.0 { format!("{micros:.1} µs") } else { format!("{:.1} ms", micros / 1_000.0) }
}

/// Prints the table as Markdown.
pub(crate) fn print_table(cases: usize, rows: &[Row]) {
    let mut text = format!(
        "{cases} cases, {} notes\n\n| Act | Measured | Yardstick | Ratio | Target |\n| --- | --- | --- | --- | --- |\n",
        cases * 5
    );
    for row in rows {
        writeln!(text, "| {} | {} | {} | {} | {} |", row.act, row.measured, row.yardstick, row.ratio, row.target)
            .expect("writing to a string cannot fail");
    }
    std::io::stdout().write_all(text.as_bytes()).expect("standard output is open");
}

/// What this process holds in memory now, as Linux counts it.
pub(crate) fn resident_memory() -> String {
    in_memory("VmRSS:").map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1024.0))
}

/// How much more this process held at most while something was done than before it.
#[expect(clippy::disallowed_methods, reason = "the kernel's own account of this process")]
pub(crate) fn resident_peak(act: impl FnOnce()) -> String {
    // From here on the kernel counts its highest anew.
    let counts = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = in_memory("VmRSS:");
    act();
    match (before, in_memory("VmHWM:")) {
        (Some(before), Some(most)) if counts => format!("{:.1} MB", (most - before).max(0.0) / 1024.0),
        _ => "unknown".to_owned(),
    }
}

/// One line of the kernel's account, in kilobytes.
#[expect(clippy::disallowed_methods, reason = "the kernel's own account of this process")]
fn in_memory(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}
