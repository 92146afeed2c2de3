//! L3 on real programs: each call of a save fails once, in each way a disk can fail.
//! It is told, what was there stays, and the next save works.

use crate::acts;
use crate::campaign::{Outcome, Run, Trouble, say};
use crate::place::{PASSPHRASES, Place};
use crate::{kills, trace};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What a save may call.
const CALLS: &str =
    "openat,read,pread64,write,pwrite64,fsync,renameat2,rename,linkat,link,unlink,mkdir,getdents64,statx,flock,lseek";
/// How a disk says no, and how it lies: `retval=1` claims a byte and takes none.
const WAYS: [&str; 7] =
    ["error=ENOSPC", "error=EIO", "error=EDQUOT", "error=EACCES", "error=EROFS", "error=EINTR", "retval=1"];

/// A fault: this call fails this way at its n-th time in a thread.
#[derive(Clone)]
struct Fault {
    program: Program,
    call: String,
    way: &'static str,
    time: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    /// Saves through the vault alone, and tries again when told.
    Worker,
    /// The real `luwte`, importing two cases.
    Luwte,
}

pub(crate) fn run(run: &Run) -> Result<Outcome, Trouble> {
    if let Err(trouble) = trace::works() {
        return Ok(Outcome::not_run(trouble.0));
    }
    let luwte = beside("luwte");
    let mut faults = all_faults(Program::Worker)?;
    if luwte.exists() {
        faults.extend(all_faults(Program::Luwte)?);
    }
    let total = run.at_most(faults.len());
    let stride = faults.len() / total;
    let mut outcome = run.rounds_in_lanes(
        "failing calls",
        total,
        |_| Place::new(),
        |place, round| {
            // Far apart, so that a run that ends early has seen something of everything.
            let fault = &faults[(round * stride * 7919) % faults.len()];
            place.anew()?;
            let losses = match fault.program {
                Program::Worker => worker(place, fault)?,
                Program::Luwte => luwte_import(place, fault, &luwte)?,
            };
            let name = if fault.program == Program::Worker { "worker" } else { "luwte" };
            Ok(losses
                .into_iter()
                .map(|l| format!("{name}, {} {} at {}: {l}", fault.call, fault.way, fault.time))
                .collect())
        },
    )?;
    let (breaches, published) = order()?;
    outcome.losses.extend(breaches);
    outcome.done = format!("{} in {} ways; the order of {published} publications watched", outcome.done, WAYS.len());
    if !luwte.exists() {
        outcome.short = Some("without `luwte`, which is not built".to_owned());
    }
    Ok(outcome)
}

/// A program that was built into the same folder as this one.
pub(crate) fn beside(name: &str) -> PathBuf {
    std::env::current_exe().unwrap_or_default().with_file_name(name)
}

/// Watches a run in which nothing fails, and makes a fault of each call from the first
/// that touches the vault.
fn all_faults(program: Program) -> Result<Vec<Fault>, Trouble> {
    let place = Place::new()?;
    let log = place.folder.path().join("calls");
    match program {
        Program::Worker => drop(start_worker(&place, &log, &[])?),
        Program::Luwte => drop(start_luwte(&place, &log, &[], &beside("luwte"))?),
    }
    let mut faults = Vec::new();
    for (name, times) in times_of_use(&trace::read(&log)?, &place.vault().to_string_lossy()) {
        for way in WAYS {
            // Only a write can be lied about without being a read that ends early.
            if way.starts_with("retval") && name != "write" {
                continue;
            }
            faults.extend(times.iter().map(|time| Fault { program, call: name.clone(), way, time: *time }));
        }
    }
    Ok(faults)
}

/// For each call, the times in a thread at which it serves the vault. A time at which it
/// also serves the start of the program is left out, because strace counts in each thread
/// alone: the loader that cannot read its libraries would be hit, and no save.
fn times_of_use(calls: &[trace::Call], vault: &str) -> BTreeMap<String, BTreeSet<usize>> {
    let mut begun = false;
    let mut times: HashMap<(u32, &str), usize> = HashMap::new();
    let (mut starting, mut using) = (HashSet::new(), Vec::new());
    for call in calls {
        begun |= call.arguments.contains(vault);
        let time = times.entry((call.thread, &call.name)).or_default();
        *time += 1;
        if begun {
            using.push((call.name.as_str(), *time));
        } else {
            starting.insert((call.name.as_str(), *time));
        }
    }
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (name, time) in using.into_iter().filter(|call| !starting.contains(call)) {
        found.entry(name.to_owned()).or_default().insert(time);
    }
    found
}

/// What the worker says last when the vault did not open twice. strace fails a call once
/// in each thread, and every unlock reads in threads of its own: such a fault lasts as
/// long as the program, and is over when it is started again.
const CLOSED: &str = "closed\n";

fn injection(fault: &Fault) -> String {
    format!("inject={}:{}:when={}", fault.call, fault.way, fault.time)
}

fn start_worker(place: &Place, log: &Path, more: &[&str]) -> Result<std::process::Output, Trouble> {
    let me = std::env::current_exe()?;
    let mut command = trace::watched(&me, CALLS, log, more);
    Ok(command.args(["worker", "insist"]).args([place.vault(), place.state()]).output()?)
}

fn worker(place: &Place, fault: &Fault) -> Result<Vec<String>, Trouble> {
    let log = place.folder.path().join("calls");
    let mut output = start_worker(place, &log, &["-e", &injection(fault)])?;
    if output.stdout.ends_with(CLOSED.as_bytes()) {
        output = start_worker(place, &log, &[])?;
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut losses = Vec::new();
    if !matches!(output.status.code(), Some(0)) {
        losses.push(format!("the program ended with {}", output.status));
    }
    losses.extend(said.lines().filter(|line| line.starts_with("AGAIN")).map(str::to_owned));
    let mut vault = match place.open() {
        Ok(vault) => vault,
        Err(error) => {
            losses.push(format!("the vault does not open: {error}"));
            return Ok(losses);
        }
    };
    losses.extend(kills::needing_a_person(&vault));
    for line in said.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let kept = match words[..] {
            ["note", case, entry, count] => {
                let (case, entry): (Uuid, Uuid) = (case.parse()?, entry.parse()?);
                let kept = vault.case(case).ok().and_then(|case| acts::note_count(&case, entry));
                kept >= Some(count.parse()?)
            }
            ["adviser", count] => acts::adviser_count(&vault) >= Some(count.parse()?),
            _ => true,
        };
        if !kept {
            losses.push("something that was called saved is gone".to_owned());
        }
    }
    Ok(losses)
}

/// Saves each kind of thing once, and again when it was told that it failed.
pub(crate) fn insist(vault: &Path, state: &Path) -> Result<(), Trouble> {
    let mut open = match crate::place::open_with_either(vault, state) {
        Ok(open) => open,
        Err(error) => {
            say(&format!("told: {error}"));
            let Ok(open) = crate::place::open_with_either(vault, state) else {
                say(CLOSED.trim_end());
                return Ok(());
            };
            open
        }
    };
    let id = open.cases().first().map(|case| case.id).ok_or_else(|| Trouble::new("no case is there"))?;
    let known = open.case(id).or_else(|_| open.case(id))?;
    for case in [known, acts::new_case(&open)] {
        let (mut case, entry) = (case, Uuid::new_v4());
        acts::write_note(&mut case, &open, entry, 1);
        if let Err(error) = open.save_case(&case, chrono::Utc::now()) {
            say(&format!("told: {error}"));
            if let Err(error) = open.save_case(&case, chrono::Utc::now()) {
                say(&format!("AGAIN {error}"));
                continue;
            }
        }
        say(&format!("note {} {entry} 1", case.id));
    }
    match acts::save_adviser(&mut open, 5).or_else(|_| acts::save_adviser(&mut open, 5)) {
        Ok(()) => say("adviser 5"),
        Err(error) => say(&format!("AGAIN {error}")),
    }
    if let Err(error) = open.lock(chrono::Utc::now()) {
        say(&format!("told: {error}"));
    }
    Ok(())
}

/// Two made-up cases of the example year.
fn table(place: &Place) -> Result<PathBuf, Trouble> {
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/import/example-year.csv");
    let text = fs::read_to_string(example)?;
    let path = place.folder.path().join("jaar.csv");
    fs::write(&path, text.lines().take(3).fold(String::new(), |all, line| all + line + "\n"))?;
    Ok(path)
}

fn start_luwte(place: &Place, log: &Path, more: &[&str], luwte: &Path) -> Result<std::process::Output, Trouble> {
    let secret = place.folder.path().join("wachtzin.txt");
    fs::write(&secret, PASSPHRASES[0])?;
    let mut command = trace::watched(luwte, CALLS, log, more);
    command.args(["--json", "import"]).arg(place.vault()).args(["--organisation", "Stichting De Voorbeeldhof"]);
    command.arg(table(place)?).arg("--passphrase-file").arg(secret);
    // Its own state must not be that of the person who runs this.
    Ok(command.env("XDG_DATA_HOME", place.folder.path().join("home")).output()?)
}

fn luwte_import(place: &Place, fault: &Fault, luwte: &Path) -> Result<Vec<String>, Trouble> {
    let home = place.folder.path().join("home");
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    let log = place.folder.path().join("calls");
    let first = start_luwte(place, &log, &["-e", &injection(fault)], luwte)?;
    let mut losses = Vec::new();
    if !matches!(first.status.code(), Some(0 | 1)) {
        losses.push(format!("luwte ended with {}", first.status));
    }
    let injected = trace::read(&log)?.into_iter().find(|call| call.result.contains("(INJECTED)"));
    let silenced = injected.is_some_and(|call| call.descriptor().starts_with("pipe:"));
    if first.status.code() == Some(1) && first.stdout.len() + first.stderr.len() < 10 && !silenced {
        losses.push("luwte failed without a word".to_owned());
    }
    let cases = |place: &Place| -> Result<usize, Vec<String>> {
        let vault = place.open().map_err(|error| vec![format!("the vault does not open: {error}")])?;
        let found = kills::needing_a_person(&vault);
        if found.is_empty() { Ok(vault.cases().len()) } else { Err(found) }
    };
    let wanted = place.cases.len() + 2;
    match cases(place) {
        Ok(found) if first.status.success() && found != wanted => {
            losses.push(format!("luwte said that it imported, and {found} of {wanted} cases are there"));
        }
        Ok(_) => {}
        Err(found) => losses.extend(found),
    }
    let mut again = start_luwte(place, &log, &[], luwte)?;
    // The lock of `cases` lives on for a moment in what the other lane is just starting: a
    // new process holds copies of all files until its program begins.
    for _ in 0..20 {
        if !String::from_utf8_lossy(&again.stderr).contains("vault-in-use") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        again = start_luwte(place, &log, &[], luwte)?;
    }
    if !again.status.success() || cases(place).ok() != Some(wanted) {
        losses.push(format!("the next import does not work: {}", String::from_utf8_lossy(&again.stderr).trim()));
    }
    Ok(losses)
}

/// Watches the worker save without a fault, and looks at the order of its calls.
fn order() -> Result<(Vec<String>, usize), Trouble> {
    let place = Place::new()?;
    let log = place.folder.path().join("calls");
    start_worker(&place, &log, &[])?;
    let (mut breaches, published) = trace::order_of_saves(&trace::read(&log)?, &place.vault());
    if published < 3 {
        breaches.push(format!("only {published} publications were seen, so their order says nothing"));
    }
    Ok((breaches, published))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_hits_the_use_of_the_vault_and_never_the_start_of_the_program() {
        let call = |thread, name: &str, file: &str| trace::Call {
            thread,
            name: name.to_owned(),
            arguments: format!("3<{file}>"),
            result: "1".to_owned(),
        };
        let calls = [
            call(7, "read", "/lib/libc.so.6"),
            call(7, "read", "/lib/libm.so.6"),
            call(7, "read", "/v/vault.age"),
            call(7, "fsync", "/v/cases"),
            // Another thread begins to count at one again.
            call(8, "read", "/v/cases/a.age"),
            call(8, "read", "/v/cases/b.age"),
            call(8, "read", "/v/cases/c.age"),
            call(8, "read", "/v/cases/d.age"),
        ];
        let times = times_of_use(&calls, "/v");
        assert_eq!(times["read"], BTreeSet::from([3, 4]));
        assert_eq!(times["fsync"], BTreeSet::from([1]));
    }
}
