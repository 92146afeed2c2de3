use super::*;
use proptest::prelude::*;
use std::vec::Vec;

/// A year with plenty of work and no codes yet.
fn year(in_scope: u32, not_in_scope: u32) -> YearCounts {
    YearCounts { in_scope, not_in_scope, contacts: 1000, minutes: 60_000, ..YearCounts::default() }
}

fn tally(counts: &mut YearCounts, dimension: Dimension, codes: &[(&str, u32)]) {
    for &(code, cases) in codes {
        let index = dimension.list().codes.iter().position(|c| c.code == code).expect("a code of the list");
        (0..cases).for_each(|_| counts.count(dimension, core::iter::once(index)));
    }
}

fn rows(published: &PublishedCounts, id: TableId) -> Option<Vec<(&'static str, u32)>> {
    let table = published.tables().find(|table| table.id() == id)?;
    let nodes = id.dimension().tree().nodes;
    Some(table.rows().iter().map(|row| (nodes[row.node()].label.nl, row.value())).collect())
}

/// Most of the example year, for lists of which every case holds one code.
fn example() -> YearCounts {
    let mut counts = year(23, 5);
    tally(&mut counts, Dimension::Gender, &[("female", 16), ("male", 6), ("non_binary", 1)]);
    tally(
        &mut counts,
        Dimension::AccusedRelation,
        &[
            ("direct_manager", 7),
            ("higher_manager", 2),
            ("director_board", 1),
            ("colleague", 6),
            ("group_colleagues", 5),
            ("patient_resident", 1),
            ("other_external", 1),
        ],
    );
    tally(&mut counts, Dimension::Frequency, &[("single", 3), ("occasional", 7), ("pattern", 12), ("continuous", 1)]);
    tally(
        &mut counts,
        Dimension::NonBelonging,
        &[("labour_conflict", 1), ("private_sphere", 1), ("terms_appraisal", 1), ("accused_support", 2)],
    );
    counts
}

#[test]
fn the_example_year_is_merged_along_the_trees() {
    let published = publish(&example(), &Settings::default());
    assert_eq!(published.extent(), Extent::Full);
    assert_eq!(rows(&published, TableId::K6), Some(std::vec![("Vrouw", 16), ("Man, anders of niet bekend", 7)]));
    assert_eq!(
        rows(&published, TableId::K5),
        Some(std::vec![("Herhaald: patroon of voortdurend", 13), ("Enkele keren, eenmalig of onbekend", 10)])
    );
    let coarse = std::vec![("Hiërarchisch hoger", 10), ("Zelfde niveau, lager, extern of onbekend", 13)];
    assert_eq!(rows(&published, TableId::K3), Some(coarse.clone()));
    assert_eq!(rows(&published, TableId::K4), Some(coarse), "three managers and two outsiders are too few");
}

#[test]
fn a_detailed_table_opens_what_the_coarse_one_keeps_shut() {
    let mut counts = year(20, 0);
    let relations = [("direct_manager", 6), ("higher_manager", 5), ("director_board", 0), ("colleague", 9)];
    tally(&mut counts, Dimension::AccusedRelation, &relations);
    let published = publish(&counts, &Settings::default());
    assert_eq!(rows(&published, TableId::K3).map(|rows| rows.len()), Some(2));
    assert_eq!(
        rows(&published, TableId::K4),
        Some(std::vec![
            ("Direct leidinggevende", 6),
            ("Hogere leidinggevende, directie of bestuur", 5),
            ("Zelfde niveau, lager, extern of onbekend", 9)
        ])
    );
}

#[test]
fn below_the_threshold_nothing_is_published() {
    let published = publish(&year(4, 30), &Settings::default());
    assert_eq!(published.extent(), Extent::TooFew);
    let numbers = [published.total(), published.not_in_scope(), published.contacts(), published.hours()];
    assert_eq!(numbers, [None; 4]);
    assert_eq!(published.tables().count(), 0);
}

#[test]
fn below_twice_the_threshold_only_the_total_is_published() {
    let published = publish(&year(9, 30), &Settings::default());
    assert_eq!((published.extent(), published.total()), (Extent::TotalOnly, Some(9)));
    assert_eq!([published.not_in_scope(), published.contacts(), published.hours()], [None; 3]);
    assert_eq!(published.tables().count(), 0);
}

#[test]
fn nearly_everybody_is_as_telling_as_nearly_nobody() {
    let at = |headcount| publish(&year(23, 5), &Settings { headcount: Some(headcount), ..Settings::default() });
    assert_eq!(at(27).extent(), Extent::TooSmallAnOrganisation);
    assert_eq!(at(27).total(), None);
    assert_eq!(at(28).total(), Some(23));
    assert_eq!(at(28).not_in_scope(), None, "no worker would be left over");
    assert_eq!(at(33).not_in_scope(), Some(5));
}

#[test]
fn an_organisation_below_twice_the_threshold_says_the_same_whatever_came_in() {
    let settings = Settings { headcount: Some(9), ..Settings::default() };
    let first = publish(&year(0, 0), &settings);
    assert!((0..12).all(|meldingen| publish(&year(meldingen, 3), &settings) == first));
}

#[test]
fn cases_that_do_not_belong_here_are_one_number_until_twice_the_threshold() {
    let published = publish(&example(), &Settings::default());
    assert_eq!(published.not_in_scope(), Some(5));
    assert_eq!(rows(&published, TableId::K13), Some(std::vec![("Alle niet-thuishorende zaken", 5)]));
    let mut four = example();
    four.not_in_scope = 4;
    let published = publish(&four, &Settings::default());
    assert_eq!(published.not_in_scope(), None);
    assert_eq!(rows(&published, TableId::K13), None);
}

#[test]
fn grounds_are_published_only_under_a_printed_row_that_can_be_broken_down() {
    let mut counts = year(60, 0);
    let behaviours = [
        ("bullying", 15),
        ("intimidation", 12),
        ("sexual_harassment", 6),
        ("aggression_violence", 5),
        ("discrimination", 11),
        ("transgression_in_conflict", 11),
    ];
    tally(&mut counts, Dimension::Behaviour, &behaviours);
    tally(&mut counts, Dimension::DiscriminationGround, &[("race_origin", 6), ("age", 5)]);
    let published = publish(&counts, &Settings::default());
    assert_eq!(rows(&published, TableId::K1).map(|rows| rows.len()), Some(6));
    let grounds = published.tables().find(|table| table.id() == TableId::K2).expect("eleven can be broken down");
    assert_eq!(grounds.base(), 11);
    let hidden = Settings { hidden: HiddenTables::default().with(TableId::K1), ..Settings::default() };
    assert_eq!(rows(&publish(&counts, &hidden), TableId::K2), None, "its base is not printed");
    counts = year(60, 0);
    tally(&mut counts, Dimension::Behaviour, &[("bullying", 51), ("discrimination", 9)]);
    assert_eq!(rows(&publish(&counts, &Settings::default()), TableId::K2), None);
}

#[test]
fn the_contacts_are_withheld_when_nearly_every_case_had_a_single_one() {
    let with = |contacts, not_in_scope| {
        let counts = YearCounts { contacts, ..year(23, not_in_scope) };
        publish(&counts, &Settings::default()).contacts()
    };
    assert_eq!(with(32, 5), None);
    assert_eq!(with(33, 5), Some(33));
    for hidden in 0..5 {
        assert_eq!((with(31, hidden), with(32, hidden)), (None, Some(32)), "the limit must not betray {hidden}");
    }
}

#[test]
fn the_hours_are_whole_and_withheld_when_one_case_holds_more_than_half() {
    let with = |minutes, largest_case_minutes| {
        let counts = YearCounts { minutes, largest_case_minutes, ..year(23, 0) };
        publish(&counts, &Settings::default()).hours()
    };
    assert_eq!(with(629, 300), Some(10));
    assert_eq!(with(630, 300), Some(11));
    assert_eq!(with(600, 300), Some(10));
    assert_eq!(with(600, 301), None);
    assert_eq!(with(0, 0), None);
}

#[test]
fn a_table_that_the_organisation_does_not_want_is_left_out() {
    let settings = Settings { hidden: HiddenTables::parse("K6"), ..Settings::default() };
    assert_eq!(rows(&publish(&example(), &settings), TableId::K6), None);
    assert!(rows(&publish(&example(), &settings), TableId::K5).is_some());
}

/// Any year, as numbers: per case one code of every single list and some of the others.
fn any_year() -> impl Strategy<Value = Vec<u32>> {
    let case = (proptest::collection::vec(any::<u16>(), Dimension::ALL.len()), any::<[u8; 3]>());
    (proptest::collection::vec(case, 0..70), 0_u32..2).prop_map(|(cases, kind)| {
        let mut counts = year(0, 0);
        for (draws, several) in cases {
            let outside = kind == 1 && draws[0] % 4 == 0;
            if outside {
                counts.not_in_scope += 1
            } else {
                counts.in_scope += 1
            }
            for (&dimension, &draw) in Dimension::ALL.iter().zip(&draws) {
                if outside != (dimension == Dimension::NonBelonging) {
                    continue;
                }
                let list = dimension.list();
                // Squaring makes the first codes common and the last ones rare.
                let pick = |draw: u16| {
                    let share = f64::from(draw) / 65_536.0;
                    (share * share * list.codes.len() as f64) as usize
                };
                match list.answers {
                    Answers::Single => {
                        let leaf = (0..list.codes.len()).cycle().skip(pick(draw)).find(|&code| !list.codes[code].group);
                        counts.count(dimension, leaf.into_iter());
                    }
                    Answers::Multiple => {
                        let more = several.iter().map(|&byte| u16::from(byte) << 8).filter(|draw| draw % 512 == 0);
                        counts.count(dimension, more.chain([draw]).map(pick));
                    }
                }
            }
        }
        counts.numbers().collect()
    })
}

fn read(numbers: Vec<u32>) -> YearCounts {
    YearCounts::from_numbers(numbers).expect("what was just written")
}

proptest! {
    #[test]
    fn no_printed_row_and_no_complement_is_ever_small(numbers in any_year(), k in 3_u32..=10) {
        let counts = read(numbers);
        let threshold = Threshold::new(k).expect("three to ten");
        let published = publish(&counts, &Settings { threshold, ..Settings::default() });
        for number in [published.total(), published.not_in_scope()].into_iter().flatten() {
            prop_assert!(number >= k);
        }
        for table in published.tables() {
            for row in table.rows() {
                prop_assert!(row.value() >= k);
                let complement = table.base() - row.value();
                prop_assert!(complement >= k || (complement == 0 && table.is_collapsed()), "{:?}", table.id());
            }
            if table.id().dimension().list().answers == Answers::Single {
                prop_assert_eq!(table.rows().iter().map(Row::value).sum::<u32>(), table.base());
            }
        }
    }

    #[test]
    fn the_rows_of_a_table_never_overlap_in_the_tree(numbers in any_year()) {
        for table in publish(&read(numbers), &Settings::default()).tables() {
            let nodes = table.id().dimension().tree().nodes;
            for row in table.rows() {
                let above = core::iter::successors(nodes[row.node()].parent, |&at| nodes[at].parent);
                let mut above: Vec<usize> = above.collect();
                above.retain(|node| table.rows().iter().any(|other| other.node() == *node));
                prop_assert!(above.is_empty());
            }
            prop_assert!(table.left_out().all(|top| table.rows().iter().all(|row| row.node() != top)));
        }
    }
}
