//! What a run found, on the screen and in `docs/reliability.md`.

use crate::campaign::{Campaign, Outcome, Run, Trouble, say};
use std::fs;
use std::path::Path;
use std::time::Instant;

const BEGIN: &str = "<!-- results: written by cargo xtask campaign --write -->";
const END: &str = "<!-- end of results -->";

/// The campaigns that ran.
#[derive(Default)]
pub(crate) struct Report(Vec<Line>);

struct Line {
    id: &'static str,
    figure: &'static str,
    outcome: Outcome,
    seconds: u64,
}

impl Report {
    /// Runs a campaign and keeps what it found.
    pub(crate) fn add(&mut self, campaign: &Campaign, run: &Run) {
        say(&format!("\u{2192} {} {} (seed {})", campaign.id, campaign.figure, run.seed));
        let started = Instant::now();
        let mut outcome = (campaign.run)(run).unwrap_or_else(|trouble| Outcome::not_run(trouble.0));
        if run.is_reduced() && outcome.short.is_none() && outcome.losses.is_empty() {
            outcome.short = Some("nothing lost in a short run, of less than the figure asks".to_owned());
        }
        let seconds = started.elapsed().as_secs();
        say(&format!("  {}: {} ({seconds} s)", outcome.verdict(), outcome.done));
        outcome.losses.iter().take(10).for_each(|loss| say(&format!("      {loss}")));
        self.0.push(Line { id: campaign.id, figure: campaign.figure, outcome, seconds });
    }

    /// The closing table.
    pub(crate) fn print(&self) {
        say("");
        for line in &self.0 {
            let found = line.outcome.short.clone().unwrap_or_else(|| format!("{} lost", line.outcome.losses.len()));
            say(&format!(
                "{:<4} {:<8} {:>6} s  {}; {found}",
                line.id,
                line.outcome.verdict(),
                line.seconds,
                line.outcome.done
            ));
        }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        let verdicts = || self.0.iter().map(|line| line.outcome.verdict());
        match (verdicts().any(|verdict| verdict == "LOST"), verdicts().all(|verdict| verdict == "passed")) {
            (true, _) => crate::LOST,
            (false, true) => crate::PASSED,
            (false, false) => crate::LESS,
        }
    }

    /// Puts the rows of this run in the page, and leaves those of other campaigns.
    pub(crate) fn write(&self, page: &Path) -> Result<(), Trouble> {
        let text = fs::read_to_string(page)?;
        let (before, rest) = text.split_once(BEGIN).ok_or_else(|| Trouble::new("the page has no place for results"))?;
        let (known, after) = rest.split_once(END).ok_or_else(|| Trouble::new("the results on the page have no end"))?;
        let day = chrono::Utc::now().date_naive();
        let mut rows: Vec<(String, String)> = known
            .lines()
            .filter_map(|row| Some((row.strip_prefix("| ")?.split(' ').next()?.to_owned(), row.to_owned())))
            .filter(|(id, _)| id != "Id" && id != "---")
            .collect();
        for line in &self.0 {
            let result = match (&line.outcome.short, line.outcome.verdict()) {
                (Some(short), "short" | "not run") => short.clone(),
                (_, "LOST") => format!("**{} lost**: {}", line.outcome.losses.len(), line.outcome.losses[0]),
                _ => "0 lost".to_owned(),
            };
            let row = format!(
                "| {} | {} | {} | {result} | {} s | {day} |",
                line.id, line.figure, line.outcome.done, line.seconds
            );
            rows.retain(|(id, _)| id != line.id);
            rows.push((line.id.to_owned(), row));
        }
        let order = |id: &str| crate::CAMPAIGNS.iter().position(|campaign| campaign.id == id);
        rows.sort_by_key(|(id, _)| order(id));
        let table = rows.into_iter().map(|(_, row)| row + "\n").collect::<String>();
        let head = "| Id | Figure | Done | Result | Time | Day |\n| --- | --- | --- | --- | --- | --- |\n";
        Ok(fs::write(page, format!("{before}{BEGIN}\n{head}{table}{END}{after}"))?)
    }
}
