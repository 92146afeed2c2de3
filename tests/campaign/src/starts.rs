//! L5: two programs that open one vault at the same moment are never both writers.

use crate::campaign::{Outcome, Run, Trouble};
use crate::place::Place;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

const STARTS: usize = 1_000;

pub(crate) fn run(run: &Run) -> Result<Outcome, Trouble> {
    let mut outcome = run.rounds_in_lanes(
        "pairs of starts",
        run.rounds(STARTS),
        |_| Place::new(),
        |place, round| {
            // Half of them are two users of one disk: they share no state, only the folder.
            let other = if round % 2 == 0 { place.state() } else { place.folder.path().join("other-state") };
            let _ = fs::remove_file(place.vault().with_extension("writer"));
            let mut racers = [Racer::start(&place.vault(), &place.state())?, Racer::start(&place.vault(), &other)?];
            for racer in &mut racers {
                racer.expect("waiting")?;
            }
            for racer in &mut racers {
                racer.child.stdin.take().expect("stdin was asked for").write_all(b"go\n")?;
            }
            let said = [racers[0].rest()?, racers[1].rest()?];
            let opened = said.iter().filter(|said| said.starts_with("open")).count();
            let mut losses = Vec::new();
            if said.iter().any(|said| said.contains("TWO")) {
                losses.push(format!("pair {round}: two writers at once"));
            }
            if opened == 0 {
                losses.push(format!("pair {round}: neither could open: {said:?}"));
            }
            if round % 25 == 24 {
                losses.extend(afterwards(place, round));
                place.anew()?;
            }
            Ok(losses)
        },
    )?;
    outcome.done = format!("{}, half of them without shared state", outcome.done);
    Ok(outcome)
}

fn afterwards(place: &Place, round: usize) -> Vec<String> {
    match place.open() {
        Ok(vault) => crate::kills::needing_a_person(&vault),
        Err(error) => vec![format!("after pair {round} the vault does not open: {error}")],
    }
}

struct Racer {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Racer {
    fn start(vault: &Path, state: &Path) -> Result<Self, Trouble> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["worker", "race"])
            .args([vault, state])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = BufReader::new(child.stdout.take().expect("stdout was asked for"));
        Ok(Self { child, out })
    }

    fn expect(&mut self, wanted: &str) -> Result<(), Trouble> {
        let mut line = String::new();
        self.out.read_line(&mut line)?;
        if line.trim() == wanted { Ok(()) } else { Err(Trouble::new(format!("a worker said {line:?}"))) }
    }

    fn rest(&mut self) -> Result<String, Trouble> {
        let said: Vec<String> = (&mut self.out).lines().collect::<Result<_, _>>()?;
        self.child.wait()?;
        Ok(said.join(", "))
    }
}
