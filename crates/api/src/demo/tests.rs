//! The demo data is whole, plausible and invented, on any day.

use super::*;
use taxonomy::PersonRole;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date of this test")
}

/// Ordinary days, a first and a last day of a year, a leap day.
const DAYS: [&str; 6] = ["2026-11-21", "2026-01-01", "2026-01-05", "2026-03-02", "2025-12-31", "2028-02-29"];

fn in_scope(content: &DemoContent, organisation: usize, year: i32) -> usize {
    let counts = |case: &&DemoCase| {
        case.organisation == Some(organisation) && case.facts.intake.year() == year && case.facts.in_scope()
    };
    content.cases.iter().filter(counts).count()
}

#[test]
fn there_are_three_organisations_and_about_120_cases_over_three_years() {
    for today in DAYS.map(day) {
        let content = build(today);
        assert_eq!(content.organisations.len(), 3);
        assert!((115..=125).contains(&content.cases.len()), "{}", content.cases.len());
        for year in today.year() - 2..=today.year() {
            assert!(content.cases.iter().filter(|case| case.facts.intake.year() == year).count() >= 20, "{year}");
        }
    }
}

#[test]
fn nothing_has_happened_after_today_and_nothing_before_the_first_contact() {
    for today in DAYS.map(day) {
        for case in build(today).cases {
            let begin_and_end = case.facts.intake..=case.facts.closed.unwrap_or(today);
            assert!(case.facts.intake <= today && case.facts.closed.is_none_or(|closed| closed <= today));
            assert!(!case.notes.is_empty(), "every case has its first contact");
            assert!(case.notes.iter().all(|note| begin_and_end.contains(&note.date)), "{}", case.facts.number);
            assert!(case.notes.is_sorted_by_key(|note| note.date));
            assert!(case.consents.iter().all(|consent| begin_and_end.contains(&consent.date)));
            assert!(case.tasks.iter().all(|task| task.done.is_none_or(|done| done <= today)));
        }
    }
}

#[test]
fn a_case_is_open_or_closed_in_every_field() {
    for today in DAYS.map(day) {
        for case in build(today).cases {
            let closed = case.facts.is_closed();
            assert_eq!(closed, case.facts.outcome != Outcome::Ongoing, "{}", case.facts.number);
            assert_eq!(closed, case.facts.closing_reason != ClosingReason::NotClosed, "{}", case.facts.number);
            assert!(closed || !matches!(case.facts.phase, Phase::Closed | Phase::Transferred));
            assert_eq!(case.facts.in_scope() && !case.facts.draft, !case.facts.behaviours.is_empty());
        }
    }
}

#[test]
fn one_year_is_large_one_small_and_one_too_small_to_print() {
    for today in DAYS.map(day) {
        let content = build(today);
        let last_year = today.year() - 1;
        assert!(in_scope(&content, 0, last_year) >= 25);
        assert!((5..=9).contains(&in_scope(&content, 2, last_year)));
        assert!((1..5).contains(&in_scope(&content, 2, last_year - 1)));
    }
}

#[test]
fn some_forty_cases_tell_a_story_and_no_text_of_it_is_empty() {
    let content = build(day("2026-11-21"));
    let stories: Vec<&DemoCase> = content.cases.iter().filter(|case| !case.persons.is_empty()).collect();
    assert_eq!(stories.len(), 40);
    for case in stories {
        for note in &case.notes {
            assert!(!note.facts.is_empty() && !note.impressions.is_empty() && !note.with_whom.is_empty());
        }
        assert!(case.persons.iter().all(|person| !person.name.is_empty()));
        assert!(case.tasks.iter().all(|task| !task.reason.is_empty()));
        assert!(case.consents.iter().all(|consent| !consent.scope.is_empty()));
    }
    assert!(content.cases.iter().flat_map(|case| &case.notes).all(|note| !note.facts.is_empty()));
}

#[test]
fn open_tasks_fall_before_on_and_after_today() {
    for today in DAYS.map(day) {
        let content = build(today);
        let open: Vec<NaiveDate> = content
            .cases
            .iter()
            .flat_map(|case| &case.tasks)
            .filter(|task| task.done.is_none())
            .map(|t| t.due)
            .collect();
        assert!(open.iter().any(|due| *due < today));
        assert!(open.contains(&today));
        assert!(open.iter().any(|due| *due > today));
    }
}

#[test]
fn drafts_have_no_organisation_and_every_other_case_has_one_of_its_departments() {
    let content = build(day("2026-11-21"));
    assert_eq!(content.cases.iter().filter(|case| case.facts.draft).count(), 3);
    for case in &content.cases {
        assert_eq!(case.facts.draft, case.organisation.is_none());
        let Some(place) = case.organisation else { continue };
        // EXPOSE: invented departments.
        let known = content.organisations[place].organisation.departments.expose();
        // EXPOSE: an invented department.
        assert!(known.split(", ").any(|name| name == case.facts.department.expose()), "{}", case.facts.number);
    }
}

#[test]
fn numbers_are_given_once_and_in_order_of_the_first_contact() {
    let content = build(day("2026-11-21"));
    let numbers: BTreeSet<CaseNumber> = content.cases.iter().map(|case| case.facts.number).collect();
    assert_eq!(numbers.len(), content.cases.len());
    assert!(content.cases.is_sorted_by_key(|case| (case.facts.intake, case.facts.number)));
}

#[test]
fn the_name_check_has_somebody_to_find_in_two_parts() {
    let content = build(day("2026-11-21"));
    let names = |wanted: PersonRole, organisation: usize| {
        let cases = content.cases.iter().filter(move |case| case.organisation == Some(organisation));
        let persons = cases.flat_map(|case| &case.persons).filter(move |person| person.role == wanted);
        // EXPOSE: invented names.
        persons.map(|person| person.name.expose().to_owned()).collect::<Vec<_>>()
    };
    assert!(names(PersonRole::Accused, 0).contains(&"Ruud Verhagen".to_owned()));
    assert!(names(PersonRole::Reporter, 0).contains(&"Ruud Verhaagen".to_owned()));
    assert!(names(PersonRole::Accused, 1).contains(&"Wilma Oosterling".to_owned()));
    assert!(names(PersonRole::Reporter, 1).contains(&"W. Oosterlingh".to_owned()));
}

#[test]
fn integrity_is_coded_only_where_the_adviser_is_appointed_for_it() {
    let content = build(day("2026-11-21"));
    for case in &content.cases {
        let integrity = case.facts.behaviours.iter().any(|b| b.main() == taxonomy::Behaviour::Integrity);
        let role = case.organisation.map(|place| content.organisations[place].organisation.adviser_role);
        assert!(!integrity || role != Some(taxonomy::AdviserRole::Misconduct), "{}", case.facts.number);
    }
}

#[test]
fn every_address_is_of_a_domain_that_nobody_can_own() {
    for (_, file) in STORIES {
        for (place, _) in file.match_indices('@') {
            let domain = &file[place + 1..];
            assert!(domain.starts_with("voorbeeld.example") || domain.starts_with("example.org"));
        }
        // Numbers in the story are none that a telephone company gives out.
        assert!(file.match_indices("\"06 ").all(|(place, _)| file[place..].starts_with("\"06 0000 ")));
    }
}

#[test]
fn the_same_day_gives_the_same_practice() {
    let (one, other) = (build(day("2026-11-21")), build(day("2026-11-21")));
    for (one, other) in one.cases.iter().zip(&other.cases) {
        assert_eq!((one.facts.number, one.facts.intake), (other.facts.number, other.facts.intake));
        assert!(one.notes.iter().zip(&other.notes).all(|(a, b)| a.facts == b.facts && a.date == b.date));
    }
}
