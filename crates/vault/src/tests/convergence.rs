//! Two or three computers, sync programs of every kind between them, and any order
//! of events. No acknowledged revision is lost, and all computers end the same.

use super::merging::copy_names;
use super::sim::scrypt::cheaply;
use super::*;
use crate::keys::Keys;
use crate::store::{Revisions, case_revisions, practice_revisions};
use crate::unlock;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::{BTreeMap, HashMap};

/// One computer with its own copy of the folder.
struct Computer {
    folder: TempDir,
    state: LocalState,
    open: Option<Vault>,
    /// The bytes of each file when it was last the same here and elsewhere.
    synced: HashMap<PathBuf, Vec<u8>>,
}

impl Computer {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.expect("a temporary folder");
        copy_folder(&original().folder.path().join("vault"), &folder.path().join("vault"));
        let state = LocalState::open(&folder.path().join("state")).expect("it can be written");
        Self { folder, state, open: None, synced: HashMap::new() }
    }

    fn path(&self, file: &Path) -> PathBuf {
        self.folder.path().join("vault").join(file)
    }

    fn vault(&mut self, second: i64) -> &mut Vault {
        if self.open.is_none() {
            let keys = Keys::parse(&original().keys).expect("they were written");
            let root = self.folder.path().join("vault");
            let (folder, locks) = unlock::enter(Arc::new(RealFs), &root).expect("nobody else has it");
            let opened = unlock::open(folder, locks, keys, Object::Identity, &passphrase(), &self.state, later(second));
            self.open = Some(Vault::adopt(opened.expect("the vault opens"), later(second)));
        }
        self.open.as_mut().expect("it was just opened")
    }

    /// Locking leaves a snapshot of what the session saved.
    fn lock(&mut self, second: i64) {
        if let Some(vault) = self.open.take() {
            vault.lock(later(second)).expect("there is room");
        }
    }

    fn read(&self, file: &Path) -> Vec<u8> {
        fs::read(self.path(file)).expect("a file is always there")
    }
}

/// The files that are synced: both cases and the practice.
fn files() -> Vec<PathBuf> {
    let cases = original().cases.map(|id| Object::Case(id).path());
    cases.into_iter().chain([Object::Practice.path()]).collect()
}

/// How a sync program deals with a file that changed on both sides.
#[derive(Clone, Copy)]
enum Program {
    /// Theirs gets the name, ours becomes the copy.
    CopyOfOurs,
    /// Ours keeps the name, theirs becomes the copy.
    CopyOfTheirs,
    /// Theirs gets the name, and ours is nowhere.
    LastWriter,
}

/// Brings one file from one computer to another.
fn carry(from: &Computer, to: &mut Computer, file: &Path, program: Program, name: &str) {
    let (theirs, ours) = (from.read(file), to.read(file));
    if theirs == ours {
        to.synced.insert(file.to_owned(), theirs);
        return;
    }
    let unchanged = to.synced.get(file).is_none_or(|synced| *synced == ours);
    let copy = to.path(file).with_file_name(name);
    match (unchanged, program) {
        (true, _) | (false, Program::LastWriter) => fs::write(to.path(file), &theirs),
        (false, Program::CopyOfOurs) => fs::write(copy, &ours).and_then(|()| fs::write(to.path(file), &theirs)),
        (false, Program::CopyOfTheirs) => fs::write(copy, &theirs),
    }
    .expect("there is room");
    to.synced.insert(file.to_owned(), theirs);
}

/// One act of one computer: words in an entry that exists, or a new one, or a removal.
fn work(computer: &mut Computer, random: &mut StdRng, second: i64) -> Revisions {
    let id = original().cases[random.gen_range(0..2)];
    let vault = computer.vault(second);
    let stamp = vault.stamp(later(second));
    if random.gen_ratio(1, 4) {
        let mut practice = vault.practice().clone();
        let adviser = casebook::practice::Adviser { name: format!("naam {second}").into(), ..Default::default() };
        practice.adviser.write(Uuid::from_u128(1), adviser, stamp);
        vault.save_practice(practice, later(second)).expect("there is room");
        return practice_revisions(vault.practice());
    }
    let mut case = vault.case(id).expect("the case opens");
    let known: Vec<Uuid> = case.notes.current().iter().map(|note| note.entry).collect();
    let entry = known.get(random.gen_range(0..3)).copied().unwrap_or_else(Uuid::new_v4);
    if random.gen_ratio(1, 6) {
        case.notes.remove(entry, stamp);
    } else {
        let body = case.notes.revisions()[0].body.clone();
        case.notes.write(entry, Note { facts: format!("woorden {second}").into(), ..body }, stamp);
    }
    vault.save_case(&case, later(second)).expect("there is room");
    case_revisions(&vault.case(id).expect("the case opens"))
}

/// Everything a computer has, with what the notes say.
fn content(computer: &mut Computer) -> (Revisions, BTreeMap<(Uuid, u32), String>) {
    let vault = computer.vault(9_000);
    let mut all = practice_revisions(vault.practice());
    let mut words = BTreeMap::new();
    for id in original().cases {
        let case = vault.case(id).expect("the case opens");
        all.extend(case_revisions(&case));
        // EXPOSE: the test compares its own made-up words.
        words.extend(case.notes.revisions().iter().map(|r| (r.now(), r.body.facts.expose().to_owned())));
    }
    (all, words)
}

/// Whether the vaults keep earlier versions, as they do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    Earlier,
    Nothing,
}

fn interleaving(seed: u64, keeping: Keeping) {
    let mut random = StdRng::seed_from_u64(seed);
    let mut computers: Vec<Computer> = (0..random.gen_range(2..=3)).map(|_| Computer::new()).collect();
    let mut written = Revisions::new();
    let mut old: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for second in 1..random.gen_range(8..16) {
        let at = random.gen_range(0..computers.len());
        let files = files();
        let file = &files[random.gen_range(0..files.len())];
        let stem = file.file_stem().expect("a name").to_string_lossy();
        let names = copy_names(&stem);
        let name = &names[random.gen_range(0..names.len())];
        match random.gen_range(0..10) {
            0..=3 => {
                for (id, step) in work(&mut computers[at], &mut random, second) {
                    let known = written.entry(id).or_insert(step);
                    *known = step.max(*known);
                }
                old.push((file.clone(), computers[at].read(file)));
            }
            4 => computers[at].lock(second),
            5 if !old.is_empty() => {
                // A version of long ago arrives as a copy, once more and out of order.
                let (file, bytes) = &old[random.gen_range(0..old.len())];
                let stem = file.file_stem().expect("a name").to_string_lossy();
                let copy = computers[at].path(file).with_file_name(format!("{stem} ({second}).age"));
                fs::write(copy, bytes).expect("there is room");
            }
            program => {
                let from = (at + 1) % computers.len();
                // What one program keeps no copy of must be in a snapshot or in memory.
                let program = match program {
                    6 => Program::LastWriter,
                    7 => Program::CopyOfOurs,
                    _ => Program::CopyOfTheirs,
                };
                let [from, to] = computers.get_disjoint_mut([from, at]).expect("two computers");
                carry(from, to, file, program, name);
            }
        }
    }
    if keeping == Keeping::Nothing {
        for computer in &mut computers {
            computer.open = None;
            fs::remove_dir_all(computer.path(Path::new("prev"))).expect("it is there");
        }
    }
    settle(&mut computers, seed);
    let (all, words) = content(&mut computers[0]);
    for (id, step) in &written {
        assert!(all.get(id).is_some_and(|now| now >= step), "seed {seed}: revision {id} at {step} is lost");
    }
    for computer in &mut computers[1..] {
        assert!((&all, &words) == (&content(computer).0, &content(computer).1), "seed {seed}: they differ");
    }
}

/// Everybody is online for long enough: every version reaches everybody.
fn settle(computers: &mut [Computer], seed: u64) {
    for round in 0..3 {
        for computer in computers.iter_mut() {
            computer.vault(1_000 + round);
            computer.lock(1_001 + round);
        }
        for to in 0..computers.len() {
            for from in (0..computers.len()).filter(|from| *from != to) {
                for file in files() {
                    let stem = file.file_stem().expect("a name").to_string_lossy().into_owned();
                    let theirs = computers[from].read(&file);
                    if theirs != computers[to].read(&file) {
                        let copy = format!("{stem} (van {from} ronde {round}, {seed}).age");
                        fs::write(computers[to].path(&file).with_file_name(copy), theirs).expect("there is room");
                    }
                }
            }
        }
    }
}

#[test]
fn what_was_put_over_twice_while_the_vault_was_open_is_in_what_is_saved_next() {
    // Found by ten thousand interleavings: what an unlock had put back was put over again.
    cheaply(|| interleaving(514, Keeping::Earlier));
}

#[test]
fn any_interleaving_of_computers_and_sync_programs_loses_nothing_and_ends_the_same() {
    // One that was lost once is looked at by its seed.
    if let Some(seed) = std::env::var("LUWTE_SEED_L6").ok().and_then(|seed| seed.parse().ok()) {
        return cheaply(|| interleaving(seed, Keeping::Earlier));
    }
    let runs = std::env::var("LUWTE_SCALE_L6").ok().and_then(|runs| runs.parse().ok()).unwrap_or(500_u64);
    // Two threads, because each run is its own; what a passphrase opened is remembered.
    std::thread::scope(|scope| {
        for start in 0..2 {
            scope.spawn(move || {
                cheaply(|| (start..runs).step_by(2).for_each(|seed| interleaving(seed, Keeping::Earlier)))
            });
        }
    });
}

#[test]
fn a_vault_that_keeps_no_earlier_versions_loses_something() {
    let loses = |seed| std::panic::catch_unwind(|| cheaply(|| interleaving(seed, Keeping::Nothing))).is_err();
    assert!((0..300).any(loses), "the interleavings find nothing");
}
