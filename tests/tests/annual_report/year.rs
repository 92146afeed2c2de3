//! The example year as counts, and other years made of it.

use counts::YearCounts;
use taxonomy::Dimension;

/// Thirty fictional coded cases of one organisation.
const CASES: &str = include_str!("../../fixtures/import/example-year.csv");

/// Which column holds which list.
const COLUMNS: &[(&str, Dimension)] = &[
    ("behaviours", Dimension::Behaviour),
    ("discrimination_grounds", Dimension::DiscriminationGround),
    ("accused_relation", Dimension::AccusedRelation),
    ("frequency", Dimension::Frequency),
    ("gender", Dimension::Gender),
    ("age_band", Dimension::AgeBand),
    ("salary_group", Dimension::SalaryGroup),
    ("contract_type", Dimension::ContractType),
    ("interventions", Dimension::Intervention),
    ("outcome", Dimension::Outcome),
    ("referrals", Dimension::ReferralTarget),
    ("contact_channel", Dimension::ContactChannel),
    ("found_via", Dimension::FoundVia),
    ("aftercare_result", Dimension::AftercareResult),
];

fn count(counts: &mut YearCounts, dimension: Dimension, codes: &str) {
    let list = dimension.list();
    let index = |code: &str| list.codes.iter().position(|c| c.code == code).expect("a code of the list");
    counts.count(dimension, codes.split('|').filter(|code| !code.is_empty()).map(index));
}

/// The counts of the example year, the first `new_in_scope` of its new meldingen each
/// taken `times` times.
pub(crate) fn example_year(new_in_scope: usize, times: u32) -> YearCounts {
    let mut lines = CASES.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().expect("a line with names of columns");
    let column = |name: &str| heads.iter().position(|head| *head == name).expect("a column of the example");
    let mut counts = YearCounts::default();
    let mut taken = 0;
    for case in lines {
        let field = |name: &str| case[column(name)];
        let minutes = (field("hours").parse::<f64>().expect("hours") * 60.0) as u32;
        for _ in 0..times {
            counts.contacts += field("contact_moments").parse::<u32>().expect("contacts");
            counts.minutes += minutes;
        }
        counts.largest_case_minutes = counts.largest_case_minutes.max(minutes);
        if field("carried_over") == "yes" {
            continue;
        }
        let in_scope = field("in_scope") == "yes";
        taken += usize::from(in_scope);
        for _ in 0..times {
            if !in_scope {
                counts.not_in_scope += 1;
                count(&mut counts, Dimension::NonBelonging, field("non_belonging"));
            } else if taken <= new_in_scope {
                counts.in_scope += 1;
                COLUMNS.iter().for_each(|&(name, dimension)| count(&mut counts, dimension, field(name)));
            }
        }
    }
    counts
}
