use super::*;
use crate::Stamp;
use chrono::{DateTime, Utc};
use proptest::prelude::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_770_000_000 + second, 0).expect("a real moment")
}

type Drawn = (u128, u32, Vec<(u128, u32)>, i64, bool, u8);

/// Revisions of two entries whose ids, steps and words often meet, as they never would.
fn some() -> impl Strategy<Value = Vec<Drawn>> {
    let followed = proptest::collection::vec((0u128..6, 0u32..3), 0..3);
    proptest::collection::vec((0u128..6, 0u32..3, followed, 0i64..3, any::<bool>(), 0u8..3), 0..7)
}

/// A file with them; a stored file has every id once.
fn stored(drawn: Vec<Drawn>) -> Entries<u8> {
    let one = |(id, step, parents, second, deleted, body): Drawn| Revision {
        id: Uuid::from_u128(id),
        step,
        entry: Uuid::from_u128(100 + id % 2),
        parents: parents.into_iter().map(|(id, step)| (Uuid::from_u128(id), step)).collect(),
        device: Uuid::from_u128(1),
        session: Uuid::from_u128(1),
        saved_at: at(second),
        deleted,
        body,
    };
    Entries::from_revisions(drawn.into_iter().map(one).collect()).union(Entries::default())
}

fn same(one: &Entries<u8>, other: &Entries<u8>) -> bool {
    one.revisions() == other.revisions()
}

fn kept(from: &Entries<u8>, into: &Entries<u8>) -> bool {
    from.revisions().iter().all(|old| {
        into.revisions().iter().any(|new| {
            let grown = new.id == old.id && new.step > old.step;
            // A content that had lost its id is gone once that id was typed on.
            let typed_over = new.step > old.step && new.entry == old.entry && old.id.get_version_num() == FROM_CONTENT;
            grown || typed_over || new.content() == old.content()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_union_does_not_depend_on_the_order_and_loses_nothing(a in some(), b in some(), c in some()) {
        let (a, b, c) = (stored(a), stored(b), stored(c));
        let ab = a.clone().union(b.clone());
        prop_assert!(same(&ab, &b.clone().union(a.clone())));
        prop_assert!(same(&ab.clone().union(c.clone()), &a.clone().union(b.clone().union(c.clone()))));
        prop_assert!(same(&ab, &ab.clone().union(ab.clone())) && same(&ab, &ab.clone().union(a.clone())));
        prop_assert!(kept(&a, &ab) && kept(&b, &ab));
        let ids: HashSet<Uuid> = ab.revisions().iter().map(|r| r.id).collect();
        prop_assert_eq!(ids.len(), ab.revisions().len(), "an id is there once");
    }
}

fn stamp(computer: u128, session: u128, second: i64) -> Stamp {
    Stamp { device: Uuid::from_u128(computer), session: Uuid::from_u128(session), at: at(second) }
}

fn words(versions: &[&Revision<&'static str>]) -> Vec<&'static str> {
    versions.iter().map(|r| if r.deleted { "(gone)" } else { r.body }).collect()
}

const NOTE: Uuid = Uuid::from_u128(9);

/// One note that two computers have, and then each changes.
fn changed_on_both() -> (Entries<&'static str>, Entries<&'static str>) {
    let mut here = Entries::default();
    here.write(NOTE, "samen", stamp(1, 1, 0));
    let mut there = here.clone();
    here.write(NOTE, "hier", stamp(1, 2, 1));
    there.write(NOTE, "daar", stamp(2, 3, 2));
    (here, there)
}

#[test]
fn what_both_computers_changed_stands_there_twice_until_one_is_chosen() {
    let (here, there) = changed_on_both();
    let mut both = here.union(there);
    assert_eq!(words(&both.versions(NOTE)), ["daar", "hier"]);
    assert_eq!(both.current().len(), 1, "the list shows the newest");
    let older = both.versions(NOTE)[1].id;
    assert!(both.choose(NOTE, older, stamp(1, 4, 3)));
    assert!(both.versions(NOTE).is_empty());
    assert_eq!(both.get(NOTE).map(|r| r.body), Some("hier"));
    assert_eq!(both.history(NOTE).len(), 4, "the other stays in its history");
    assert!(!both.choose(NOTE, Uuid::from_u128(77), stamp(1, 4, 3)), "there is no such version");
}

#[test]
fn the_same_choice_on_two_computers_is_one_choice_and_another_one_is_asked_again() {
    let (here, there) = changed_on_both();
    let both = here.union(there);
    let [newest, older] = [both.versions(NOTE)[0].id, both.versions(NOTE)[1].id];
    let choose = |version, computer| {
        let mut chosen = both.clone();
        chosen.choose(NOTE, version, stamp(computer, 10 + computer, 5));
        chosen
    };
    assert!(choose(older, 1).union(choose(older, 2)).versions(NOTE).is_empty());
    assert_eq!(choose(older, 1).union(choose(newest, 2)).versions(NOTE).len(), 2);
    // Going on from one of two versions that say the same goes on from both.
    let mut agreed = choose(older, 1).union(choose(older, 2));
    agreed.write(NOTE, "verder", stamp(1, 20, 9));
    assert!(agreed.versions(NOTE).is_empty() && agreed.get(NOTE).map(|r| r.body) == Some("verder"));
}

#[test]
fn all_versions_can_stay_as_notes_of_their_own_also_when_two_computers_do_so() {
    let (here, there) = changed_on_both();
    let both = here.union(there);
    let keep = |computer| {
        let mut kept = both.clone();
        kept.keep_all(NOTE, stamp(computer, 10 + computer, 5));
        kept
    };
    let kept = keep(1).union(keep(2));
    let mut stands: Vec<_> = kept.current().iter().map(|r| r.body).collect();
    stands.sort_unstable();
    assert_eq!(stands, ["daar", "hier"]);
    assert!(kept.current().iter().all(|r| kept.versions(r.entry).is_empty()));
}

#[test]
fn words_do_not_vanish_under_a_removal_elsewhere() {
    let (here, _) = changed_on_both();
    let mut there = here.clone();
    there.remove(NOTE, stamp(2, 3, 9));
    let mut edited = here;
    edited.write(NOTE, "nog steeds", stamp(1, 4, 5));
    let mut both = edited.union(there);
    assert_eq!(both.get(NOTE).map(|r| r.body), Some("nog steeds"));
    assert_eq!(words(&both.versions(NOTE)), ["(gone)", "nog steeds"]);
    let gone = both.versions(NOTE)[0].id;
    both.choose(NOTE, gone, stamp(1, 5, 10));
    assert!(both.get(NOTE).is_none() && both.versions(NOTE).is_empty());
}

#[test]
fn what_was_typed_on_after_it_was_followed_elsewhere_is_a_version_too() {
    let mut here = Entries::default();
    here.write(NOTE, "Zij", stamp(1, 1, 0));
    let mut there = here.clone();
    there.write(NOTE, "Zij, en verder", stamp(2, 2, 1));
    here.write(NOTE, "Zij belt", stamp(1, 1, 2));
    assert_eq!(words(&here.union(there).versions(NOTE)), ["Zij belt", "Zij, en verder"]);
}

#[test]
fn typing_goes_on_from_what_was_on_the_screen_and_not_from_what_came_in() {
    let (here, there) = changed_on_both();
    let seen = here.get(NOTE).map(Revision::now);
    let mut both = here.union(there);
    both.write_after(seen, NOTE, "hier, langer", stamp(1, 7, 10));
    // The window has not yet heard of the new revision when it saves again.
    both.write_after(seen, NOTE, "hier, nog langer", stamp(1, 7, 11));
    assert_eq!(words(&both.versions(NOTE)), ["hier, nog langer", "daar"]);
    let mut removed = both.clone();
    removed.remove_after(both.get(NOTE).map(Revision::now), NOTE, stamp(1, 7, 12));
    assert_eq!(words(&removed.versions(NOTE)), ["(gone)", "daar"], "only what was seen is removed");
}

#[test]
fn two_contents_under_one_id_and_step_are_both_kept() {
    let mut one = Entries::default();
    one.write(NOTE, "eerst", stamp(1, 1, 0));
    let mut other = one.clone();
    one.write(NOTE, "mislukt", stamp(1, 1, 1));
    other.write(NOTE, "gelukt", stamp(1, 1, 2));
    let both = one.clone().union(other.clone());
    assert_eq!(words(&both.versions(NOTE)), ["gelukt", "mislukt"]);
    other.write(NOTE, "gelukt en verder", stamp(1, 1, 3));
    assert!(both.union(other).versions(NOTE).is_empty(), "typed on in the same session");
}
