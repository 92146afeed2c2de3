//! Long runs that try to break what the vault promises, one module a promise. Started
//! by `cargo xtask campaign`; what they mean stands in `docs/reliability.md`.
#![expect(clippy::disallowed_methods, reason = "campaigns play the world outside: they copy, damage and watch files")]

mod acts;
mod campaign;
mod damage;
#[cfg(feature = "door")]
mod door;
mod faults;
mod full_disk;
mod fuzz;
mod images;
mod kills;
mod mutate;
mod place;
#[cfg(all(feature = "door", unix))]
mod plaintext;
mod readers;
mod report;
mod scaled;
#[cfg(all(feature = "door", unix))]
mod session;
mod starts;
mod trace;
mod window;
mod worker;

use campaign::{Campaign, Run, Trouble, say};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// In the order in which they run: first those that spend their time whatever they reach,
/// because what the others do not need goes on to the next.
const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        id: "F1-open",
        figure: "5 minutes of spoiled files and images opened: no crash, no hang, nothing else lost",
        seconds: 300,
        run: |run| fuzz::target_for_minutes(run, "open"),
        mistake: Some("no-size-check"),
    },
    Campaign {
        id: "F1-merge",
        figure: "5 minutes of spoiled second versions merged: no crash, no hang, nothing else lost",
        seconds: 300,
        run: |run| fuzz::target_for_minutes(run, "merge"),
        mistake: None,
    },
    Campaign {
        id: "F1-names",
        figure: "5 minutes of strange file names in every folder of a vault: no crash, no hang, nothing else lost",
        seconds: 300,
        run: |run| fuzz::target_for_minutes(run, "names"),
        mistake: None,
    },
    #[cfg(feature = "door")]
    Campaign {
        id: "F1-import",
        figure: "5 minutes of spoiled tables imported: no crash, no hang, nothing else lost",
        seconds: 300,
        run: |run| fuzz::target_for_minutes(run, "import"),
        mistake: None,
    },
    #[cfg(feature = "door")]
    Campaign {
        id: "F1-requests",
        figure: "5 minutes of spoiled requests at the door: no crash, no hang, nothing else lost",
        seconds: 300,
        run: |run| fuzz::target_for_minutes(run, "requests"),
        mistake: None,
    },
    Campaign {
        id: "L1",
        figure: "10,000 kills at random moments of saving: nothing acknowledged lost, nothing unreadable, nothing for a person to mend",
        seconds: 900,
        run: kills::run,
        mistake: Some("in-place"),
    },
    Campaign {
        id: "L2",
        figure: "crash states of every act of the vault, four times as many at each moment as in a run of the tests: 0 lost, 0 to mend",
        seconds: 320,
        run: scaled::crash_states,
        mistake: None,
    },
    Campaign {
        id: "L3",
        figure: "every disk call of a save failed once in each way, on real programs: told, old version intact, the next save works",
        seconds: 455,
        run: faults::run,
        mistake: Some("skip-flush forget-directory no-read-back"),
    },
    Campaign {
        id: "L4",
        figure: "a disk full at every 4 KiB step of a save: told, nothing lost, and the next save works",
        seconds: 50,
        run: full_disk::run,
        mistake: Some("deaf,no-read-back"),
    },
    Campaign {
        id: "L5",
        figure: "1,000 simultaneous starts: never two writers",
        seconds: 45,
        run: starts::run,
        mistake: Some("no-lock"),
    },
    Campaign {
        id: "L6",
        figure: "10,000 interleavings of two or three computers and their sync programs: no revision lost, everybody ends the same",
        seconds: 840,
        run: scaled::interleavings,
        mistake: None,
    },
    #[cfg(feature = "door")]
    Campaign {
        id: "S1",
        figure: "two real Syncthing programs carry one vault, both sides write in one note, one of them offline: both versions there at the end",
        seconds: 30,
        run: scaled::syncthing,
        mistake: None,
    },
    Campaign {
        id: "I1",
        figure: "every byte of every kind of file changed: all noticed, no wrong content shown",
        seconds: 320,
        run: damage::flips,
        mistake: Some("cache"),
    },
    Campaign {
        id: "I2",
        figure: "every kind of file cut at every length, and 1 to 64 bytes added: all noticed",
        seconds: 300,
        run: damage::cuts,
        mistake: Some("cache"),
    },
    Campaign {
        id: "B3",
        figure: "200,000 spoiled databases, sealed correctly: no crash, none over a second, no row of an image that is not sound",
        seconds: 520,
        run: fuzz::images,
        mistake: Some("no-quick-check"),
    },
    #[cfg(all(feature = "door", unix))]
    Campaign {
        id: "P1",
        figure: "a session of 50 notes, watched: no word of it in any write to a file, no file outside the vault and the app's own folder (P3)",
        seconds: 10,
        run: plaintext::writes,
        mistake: None,
    },
    #[cfg(all(feature = "door", unix))]
    Campaign {
        id: "P2",
        figure: "the same session on a disk of its own: no word of it anywhere on that disk, deleted files included",
        seconds: 10,
        run: plaintext::disk,
        mistake: None,
    },
    #[cfg(all(feature = "door", unix))]
    Campaign {
        id: "N1",
        figure: "the same session, watched: no internet socket",
        seconds: 10,
        run: plaintext::sockets,
        mistake: None,
    },
    Campaign {
        id: "K1",
        figure: "a lock from every screen of the real window: within 2 seconds, nothing asked, no letter lost",
        seconds: 170,
        run: window::locks,
        mistake: None,
    },
    Campaign {
        id: "N1-window",
        figure: "the whole run of the real window on a computer without a network: passes",
        seconds: 120,
        run: window::without_network,
        mistake: None,
    },
    Campaign {
        id: "M1",
        figure: "2 seconds after a lock of the real window: no copy of 20 words of the session in any process of the program",
        seconds: 70,
        run: window::memory,
        mistake: None,
    },
    Campaign {
        id: "X1",
        figure: "500 payloads in every text field of the real window and on every screen that shows them: none runs, none becomes an element, nothing is refused",
        seconds: 330,
        run: window::payloads,
        mistake: None,
    },
];

/// All campaigns together, on two processors: the sum of their times.
const USUAL_MINUTES: f64 = 100.0;

const USAGE: &str = "\
luwte-campaign run [NAME...] [--hours H] [--count N] [--seed S] [--write FILE]
luwte-campaign prove [NAME...] [--count N]
luwte-campaign list";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = dispatch(&words);
    place::clear();
    match done {
        Ok(code) => ExitCode::from(code),
        Err(trouble) => {
            say(&trouble.0);
            ExitCode::from(2)
        }
    }
}

/// The exit code: everything passed, something was lost, or less was done than the figures
/// say, which is no pass.
const PASSED: u8 = 0;
const LOST: u8 = 1;
const LESS: u8 = 3;

fn dispatch(words: &[String]) -> Result<u8, Trouble> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["worker", "save", vault, state, seed] => {
            worker::save(Path::new(vault), Path::new(state), seed.parse()?, usize::MAX).map(|()| PASSED)
        }
        ["worker", "change-passphrase", vault, state, _] => {
            worker::change_passphrase(Path::new(vault), Path::new(state)).map(|()| PASSED)
        }
        ["worker", "fuzz", name, seed, first, count] => {
            fuzz::work(name, seed.parse()?, first.parse()?, count.parse()?).map(|()| PASSED)
        }
        ["worker", "insist", vault, state] => faults::insist(Path::new(vault), Path::new(state)).map(|()| PASSED),
        #[cfg(all(feature = "door", unix))]
        ["worker", "session", folder, notes, file] => {
            session::run(Path::new(folder), notes.parse()?, Path::new(file)).map(|()| PASSED)
        }
        #[cfg(all(feature = "door", unix))]
        ["worker", "careless", folder, _, _] => plaintext::careless(Path::new(folder)).map(|()| PASSED),
        ["worker", "race", vault, state] => worker::race(Path::new(vault), Path::new(state)).map(|()| PASSED),
        ["run", ref rest @ ..] => run(&Asked::read(rest)?),
        ["prove", ref rest @ ..] => prove(&Asked::read(rest)?),
        ["list"] => {
            CAMPAIGNS.iter().for_each(|campaign| say(&format!("{:<4} {}", campaign.id, campaign.figure)));
            Ok(PASSED)
        }
        _ => Err(Trouble::new(USAGE)),
    }
}

/// What was typed after `run` or `prove`.
struct Asked {
    campaigns: Vec<&'static Campaign>,
    hours: Option<f64>,
    count: Option<usize>,
    seed: Option<u64>,
    page: Option<PathBuf>,
}

impl Asked {
    fn read(words: &[&str]) -> Result<Self, Trouble> {
        let mut asked = Self { campaigns: Vec::new(), hours: None, count: None, seed: None, page: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| Trouble::new(format!("{word} wants a value")));
            match *word {
                "--hours" => asked.hours = Some(value()?.parse()?),
                "--count" => asked.count = Some(value()?.parse()?),
                "--seed" => asked.seed = Some(value()?.parse()?),
                "--write" => asked.page = Some(PathBuf::from(value()?)),
                name => {
                    let found = CAMPAIGNS.iter().find(|campaign| campaign.id.eq_ignore_ascii_case(name));
                    asked.campaigns.push(found.ok_or_else(|| Trouble::new(format!("there is no campaign {name}")))?);
                }
            }
        }
        if asked.campaigns.is_empty() {
            asked.campaigns = CAMPAIGNS.iter().collect();
        }
        Ok(asked)
    }

    /// Every campaign has its own time, also when it runs alone, and what is to spare.
    fn run(&self, campaign: &Campaign, spare: Duration) -> Run {
        let scale = self.hours.map_or(1.0, |hours| hours * 60.0 / USUAL_MINUTES);
        let own = Duration::from_secs(campaign.seconds).mul_f64(scale);
        let seed = self.seed.unwrap_or_else(rand::random);
        Run::new(own + spare, scale, self.count, seed)
    }
}

fn run(asked: &Asked) -> Result<u8, Trouble> {
    let mut report = report::Report::default();
    let mut spare = Duration::ZERO;
    for campaign in &asked.campaigns {
        let run = asked.run(campaign, spare);
        report.add(campaign, &run);
        spare = run.until.saturating_duration_since(Instant::now());
    }
    report.print();
    if let Some(page) = &asked.page {
        report.write(page)?;
    }
    Ok(report.exit_code())
}

/// Runs each campaign against a vault that makes the mistake the campaign is there for.
fn prove(asked: &Asked) -> Result<u8, Trouble> {
    if !cfg!(feature = "sabotage") {
        return Err(Trouble::new("`prove` needs the feature `sabotage`: use `cargo xtask campaign --prove`."));
    }
    let mut all_caught = true;
    for campaign in &asked.campaigns {
        let Some(mistakes) = campaign.mistake else {
            say(&format!("{:<4} shows in each run, or in the tests, that it notices", campaign.id));
            continue;
        };
        for mistake in mistakes.split(' ') {
            let told = std::process::Command::new(std::env::current_exe()?)
                .args(["run", campaign.id, "--count", &asked.count.unwrap_or(300).to_string()])
                .env("LUWTE_SABOTAGE", mistake)
                .output()?;
            let caught = told.status.code() == Some(1);
            say(&format!("{:<4} with `{mistake}`: {}", campaign.id, if caught { "caught" } else { "NOT CAUGHT" }));
            String::from_utf8_lossy(&told.stdout)
                .lines()
                .filter(|line| line.starts_with("      ") || !caught)
                .take(if caught { 2 } else { 40 })
                .for_each(say);
            all_caught &= caught;
        }
    }
    Ok(if all_caught { PASSED } else { LOST })
}
