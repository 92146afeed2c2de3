//! Power cuts: whatever is left of the disk at any moment of anything that is done to
//! a vault, it opens, it holds all that was acknowledged, and nobody has to mend it.

use super::sim::{Disk, ERRORS, Effect, Error, Judge, Play, Sabotage, Scenario, Wet, reference, root, scrypt};
use super::{now, scenarios};
use crate::{Object, SaveError};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a scenario came to.
struct Outcome {
    states: usize,
    different: usize,
    losses: Vec<String>,
}

/// Plays a scenario on a whole disk, then cuts the power after every effect on it.
fn cut_everywhere(
    scenario: &Scenario,
    exchanges: bool,
    links: bool,
    sabotage: Option<Sabotage>,
    scale: usize,
) -> Outcome {
    let disk = (scenario.disk)();
    let mut play = Play::new(&disk, exchanges, links, sabotage);
    for step in &scenario.steps {
        scrypt::cheaply(|| step(&mut play)).expect("nothing fails on this disk");
    }
    let log = play.fs.log();
    scrypt::cheaply(|| play.unlock()).expect("nothing fails on this disk");
    let keys = play.vault().store.keys.again();
    let made = play.codes.last().expect("there is one").clone();
    for code in play.told.iter_mut().flat_map(|told| &mut told.codes).filter(|code| *code == scenarios::NEXT_CODE) {
        code.clone_from(&made);
    }
    let mut judge = Judge::new(&play, keys);
    let (mut wet, mut told) = (Wet::on(&disk), None);
    let mut outcome = Outcome { states: 0, different: 0, losses: Vec::new() };
    for (place, effect) in log.iter().enumerate() {
        wet.take(effect);
        if !outcome.losses.is_empty() {
            break;
        }
        if let Effect::Told(number) = effect {
            told = Some(*number);
        }
        let expected = &play.told[told.expect("the first thing in the log")];
        let seed = u64::try_from(place).expect("a small number");
        outcome.states += wet.cut(scenario.most, scale, seed, |disk: Disk| {
            if !outcome.losses.is_empty() {
                return;
            }
            if let Err(complaint) = judge.judge(&disk, expected) {
                let names: Vec<_> = disk.0.keys().map(|path| path.display().to_string()).collect();
                outcome.losses.push(format!("{}, effect {place}: {complaint}\n{names:#?}", scenario.name));
            }
        });
    }
    outcome.different = judge.different();
    outcome
}

/// How many times as many states as in every run.
fn scale() -> usize {
    std::env::var("LUWTE_SCALE_L2").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

#[test]
fn no_power_cut_loses_what_was_acknowledged_or_leaves_something_to_mend() {
    let scenarios = scenarios::all();
    let disks = [(true, true), (false, true), (false, false)];
    let jobs: Vec<_> = scenarios.iter().flat_map(|scenario| disks.map(|disk| (scenario, disk))).collect();
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((scenario, (exchanges, links))) = jobs.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let outcome = cut_everywhere(scenario, *exchanges, *links, None, scale());
                    outcomes.lock().expect("no thread panics with it").push(outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().expect("no thread panics with it");
    let losses: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.losses).take(3).map(String::as_str).collect();
    assert!(losses.is_empty(), "{}", losses.join("\n"));
    let states: usize = outcomes.iter().map(|outcome| outcome.states).sum();
    let different: usize = outcomes.iter().map(|outcome| outcome.different).sum();
    assert!(states >= 100_000 && different >= 3_000, "only {states} states, {different} of them different");
}

#[test]
fn a_flush_that_is_left_out_is_found() {
    let scenarios = scenarios::all();
    let named = ["a note that is taken away", "back-ups, of which the last one stays"];
    for scenario in scenarios.iter().filter(|scenario| named.contains(&scenario.name)) {
        for sabotage in [Sabotage::FileNotFlushed, Sabotage::FolderNotFlushed] {
            for (exchanges, links) in [(true, true), (false, false)] {
                let Outcome { states, losses, .. } = cut_everywhere(scenario, exchanges, links, Some(sabotage), 1);
                assert!(!losses.is_empty(), "{}, {sabotage:?}: nothing lost in {states} states", scenario.name);
            }
        }
    }
}

#[test]
fn a_disk_that_writes_something_else_is_not_believed() {
    let play = &mut Play::new(&reference(), true, true, Some(Sabotage::WrongBit));
    let before = play.fs.disk().hash(&root().join("cases"));
    scrypt::cheaply(|| play.unlock()).expect("reading is right on this disk");
    play.note(0, "wat niet klopt op de schijf");
    let saved = play.vault.as_mut().expect("it was unlocked").save_case(&play.cases[0], now());
    assert!(matches!(saved, Err(SaveError::Unproven(Object::Case(_)))));
    assert_eq!(play.fs.disk().hash(&root().join("cases")), before, "what stood there still does");
}

/// Fails one operation of a scenario after the other, or each `step`th, until none is left
/// to fail; each time what was acknowledged is on the disk, and trying again works.
fn fail_each_operation(scenario: &Scenario, step: usize, error: Error, exchanges: bool, links: bool) -> usize {
    for operation in (0..).step_by(step) {
        let mut play = Play::new(&(scenario.disk)(), exchanges, links, None);
        play.unlock().expect("nothing fails yet");
        let keys = play.vault().store.keys.again();
        let mut judge = Judge::new(&play, keys);
        play.fs.fail_after(operation, error);
        let mut hit = false;
        for step in &scenario.steps[1..scenario.steps.len() - 1] {
            let done = step(&mut play);
            judge.learn(&play);
            let promised = play.told.last().expect("something was");
            let told = format!("{}, operation {operation}, {error:?}", scenario.name);
            judge.judge(&play.fs.disk(), promised).unwrap_or_else(|loss| panic!("{told}: {loss}"));
            if let Err(refused) = done {
                assert!(play.fs.heal(), "{told}: refused without a reason: {refused:?}");
                hit = true;
                step(&mut play).unwrap_or_else(|again| panic!("{told}: trying again: {again:?}"));
            }
        }
        if !(play.fs.heal() || hit) {
            return operation;
        }
    }
    unreachable!("a scenario has an end")
}

#[test]
fn whichever_operation_fails_and_however_nothing_is_lost_and_trying_again_works() {
    let scenarios = scenarios::all();
    let named = |name: &str| scenarios.iter().find(|scenario| scenario.name == name).expect("there is such a scenario");
    // A disk that can do less has the same calls and some more; a campaign takes them all.
    let poorer = if scale() > 1 { 1 } else { 3 };
    for scenario in ["a note that is taken away", "a new case", "the practice"].map(named) {
        for error in ERRORS {
            for (step, able) in [(1, true), (poorer, false)] {
                let operations = scrypt::cheaply(|| fail_each_operation(scenario, step, error, able, able));
                assert!(operations >= 8, "{}: {operations}", scenario.name);
            }
        }
    }
}

#[test]
fn whichever_operation_of_a_change_of_keys_fails_nothing_is_lost_and_trying_again_works() {
    let scenarios = scenarios::all();
    let scenario = scenarios.iter().find(|scenario| scenario.name == "new keys").expect("there is such a scenario");
    // There are hundreds; a campaign takes each third of them.
    let step = if scale() > 1 { 3 } else { 29 };
    for (exchanges, links) in [(true, true), (false, false)] {
        let operations = scrypt::cheaply(|| fail_each_operation(scenario, step, ERRORS[0], exchanges, links));
        assert!(operations >= 100, "{operations}");
    }
}
