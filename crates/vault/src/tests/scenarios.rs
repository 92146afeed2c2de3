//! What is done to a vault while the power is cut or an operation fails.

use super::sim::{Play, Refused, Scenario, Step, conflict, empty, reference, root, theirs, third};
use super::{PASSPHRASE, day, now};
use crate::{Finding, Object, Passphrase, RecoveryCode, Vault};
use casebook::CaseText;
use casebook::case::{Case, Facts};
use casebook::practice::Organisation;
use std::sync::Arc;
use uuid::Uuid;

/// States at each moment, unless there are so many moments that fewer tell as much.
const MOST: usize = 150;

/// Stands for the code that is made next, until it is made.
pub(super) const NEXT_CODE: &str = "the next code";
/// A code that could be printed.
const RENEWED_CODE: &str = "000011-720885-000000-123453-000022-000033-000044-000055";
const NEW: &str = "een nieuwe zin die niemand raadt";

fn add_case(play: &mut Play) {
    let taken = play.cases.iter().filter_map(|case| case.current_facts()).map(|facts| facts.number.serial).max();
    let vault = play.vault.as_ref().expect("the scenario unlocks first");
    let mut case = Case::new(Uuid::new_v4());
    let mut number = vault.next_number(2026);
    number.serial = number.serial.max(taken.unwrap_or(0) + 1);
    case.facts.write(case.id, Facts::draft(number, day()), vault.stamp(now()));
    play.cases.push(case);
}

pub(super) fn all() -> Vec<Scenario> {
    let unlock: Step = |play| play.unlock();
    let lock: Step = |play| play.lock();
    let save: Step = |play| play.save(0);
    let organisation: Step = |play| {
        let mut practice = play.vault().practice().clone();
        let organisation = Organisation::named(CaseText::from("Zorggroep"));
        practice.organisations.write(Uuid::from_u128(9), organisation, play.vault().stamp(now()));
        play.vault().save_practice(practice, now())?;
        play.know_practice();
        play.tell();
        Ok(())
    };
    let note: Step = |play| {
        play.note(0, "een woord dat niet verloren mag gaan");
        Ok(())
    };
    vec![
        Scenario {
            name: "two notes in a case, and locking",
            disk: reference,
            most: MOST,
            steps: vec![unlock, note, save, note, save, lock],
        },
        Scenario {
            name: "a note that is taken away",
            disk: reference,
            most: MOST,
            steps: vec![
                unlock,
                |play| {
                    let stamp = play.vault().stamp(now());
                    let entry = play.cases[0].notes.current()[0].entry;
                    play.cases[0].notes.remove(entry, stamp);
                    Ok(())
                },
                save,
                lock,
            ],
        },
        Scenario {
            name: "a new case",
            disk: reference,
            most: MOST,
            steps: vec![
                unlock,
                |play| {
                    add_case(play);
                    Ok(())
                },
                |play| play.save(2),
                lock,
            ],
        },
        Scenario {
            name: "a batch of cases",
            disk: reference,
            most: MOST / 10,
            steps: vec![
                unlock,
                |play| {
                    (0..3).for_each(|_| add_case(play));
                    play.note(1, "en een woord in een bekende zaak");
                    Ok(())
                },
                |play| play.save_all(1..5),
                lock,
            ],
        },
        Scenario { name: "the practice", disk: reference, most: MOST, steps: vec![unlock, organisation, lock] },
        Scenario {
            name: "another passphrase",
            disk: reference,
            most: MOST,
            steps: vec![
                unlock,
                |play| {
                    play.passphrases = vec![PASSPHRASE, NEW];
                    play.expected.passphrases = vec![PASSPHRASE, NEW];
                    play.tell();
                    Ok(())
                },
                |play| {
                    let [old, new] = [PASSPHRASE, NEW].map(|words| Passphrase::new(words.to_owned()));
                    play.vault().change_passphrase(&old, &new)?;
                    play.expected.passphrases = vec![NEW];
                    play.tell();
                    Ok(())
                },
                note,
                save,
                lock,
            ],
        },
        Scenario {
            name: "another recovery code",
            disk: reference,
            most: MOST,
            steps: vec![
                unlock,
                |play| {
                    // In between, the code that opens it is one that nobody has seen yet.
                    play.expected.codes.push(NEXT_CODE.to_owned());
                    play.expected.asks = vec![Finding::Unproven(Object::Recovery)];
                    play.tell();
                    Ok(())
                },
                |play| {
                    let code = play.vault().new_recovery_code()?.expose().to_string();
                    play.codes.push(code.clone());
                    play.expected.codes = vec![code];
                    play.expected.asks = Vec::new();
                    play.tell();
                    Ok(())
                },
                lock,
            ],
        },
        Scenario {
            name: "new keys",
            disk: reference,
            most: MOST / 25,
            steps: vec![
                unlock,
                |play| {
                    play.passphrases = vec![PASSPHRASE, NEW];
                    play.expected.passphrases = vec![PASSPHRASE, NEW];
                    play.codes.push(RENEWED_CODE.to_owned());
                    play.expected.codes.push(RENEWED_CODE.to_owned());
                    // With the old passphrase nobody can know what the new sheet opens.
                    play.expected.asks = vec![Finding::Unproven(Object::Recovery)];
                    play.tell();
                    Ok(())
                },
                |play| {
                    let [old, new] = [PASSPHRASE, NEW].map(|words| Passphrase::new(words.to_owned()));
                    let code = RecoveryCode::parse(RENEWED_CODE).expect("it could be printed");
                    let vault = play.vault.as_mut().expect("the scenario unlocks first");
                    vault.rotate(&old, &new, &code, &play.state, now())?;
                    play.both_keys = Some(vault.store.keys.again());
                    play.expected.passphrases = vec![NEW];
                    play.expected.codes = vec![RENEWED_CODE.to_owned()];
                    play.tell();
                    Ok(())
                },
                |play| play.go_on(1),
                note,
                save,
                |play| {
                    for _ in 0..50 {
                        play.go_on(9)?;
                    }
                    assert!(!play.vault().is_rotating(), "the former keys are gone");
                    Ok(())
                },
                lock,
            ],
        },
        Scenario {
            name: "a new vault",
            disk: empty,
            most: MOST / 5,
            steps: vec![
                |play| {
                    let secret = Passphrase::new(PASSPHRASE.to_owned());
                    let fs = Arc::new(play.fs.clone());
                    let (vault, code) = Vault::create_on(fs, &root(), &secret, &play.state, now())
                        .map_err(|error| Refused(format!("{error:?}")))?;
                    play.vault = Some(vault);
                    play.codes = vec![code.expose().to_string()];
                    play.expected.codes = play.codes.clone();
                    play.expected.vault = true;
                    play.tell();
                    Ok(())
                },
                |play| {
                    add_case(play);
                    Ok(())
                },
                save,
                lock,
            ],
        },
        Scenario {
            name: "what another computer wrote, as copies and then in the place of ours",
            disk: conflict,
            most: MOST / 10,
            steps: vec![
                unlock,
                |play| {
                    let promised = |object| &play.expected.revisions[&object];
                    for (object, written) in [third().case_revisions(), third().practice_revisions()] {
                        assert!(written.keys().all(|id| promised(object).contains_key(id)), "{object:?}");
                    }
                    Ok(())
                },
                note,
                save,
                lock,
                |play| play.put_over(Object::Case(theirs().case.id), &theirs().case_file),
                unlock,
                note,
                save,
                |play| play.put_over(Object::Practice, &theirs().practice_file),
                organisation,
                lock,
            ],
        },
        Scenario {
            name: "back-ups, of which the last one stays",
            disk: reference,
            most: MOST / 50,
            steps: vec![
                unlock,
                |play| play.back_up(1),
                note,
                save,
                |play| play.back_up(2),
                lock,
                // The locked program has no key.
                |play| play.back_up(3),
            ],
        },
        Scenario {
            name: "a long session without locking",
            disk: reference,
            most: MOST,
            steps: vec![unlock, note, save, note, save, note, save, |play| play.save(1), note, save, lock],
        },
    ]
}
