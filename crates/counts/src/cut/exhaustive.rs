//! All data sets of small size: for every publication, everything that could have led
//! to it. A small count is safe when the reader, who knows the rule, the tree and `k`,
//! still holds every value below `k` and some value from `k` up for possible.

use super::Cut;
use std::collections::HashMap;
use std::vec::Vec;
use taxonomy::{Label, Node};

const NO_LABEL: Label = Label { nl: "", en: "" };

const fn inner(children: &'static [usize]) -> Node {
    Node { label: NO_LABEL, code: None, parent: None, children }
}

const fn leaf(code: usize) -> Node {
    Node { label: NO_LABEL, code: Some(code), parent: None, children: &[] }
}

/// What a publication prints, and per counted quantity the set of possible values as bits.
type Seen = HashMap<Vec<(usize, u32)>, Vec<u64>>;

fn remember(seen: &mut Seen, printed: Vec<(usize, u32)>, values: &[u32]) {
    let possible = seen.entry(printed).or_insert_with(|| std::vec![0; values.len()]);
    possible.iter_mut().zip(values).for_each(|(bits, value)| *bits |= 1 << value);
}

/// The publications in which a small count is narrowed, or proved to be small.
fn leaks(seen: &Seen, k: u32) -> usize {
    let small = (1_u64 << k) - 1;
    let narrows = |bits: &u64| bits & small != 0 && (bits & small != small || bits & !small == 0);
    seen.values().filter(|possible| possible.iter().any(narrows)).count()
}

fn printed_small(seen: &Seen, k: u32, base: u32) -> bool {
    seen.keys().flatten().any(|&(_, value)| value < k || base - value < k)
}

/// The counts of all nodes from those of the leaves, for trees whose children follow
/// their parents.
fn add_up(nodes: &[Node], by_code: &[u32]) -> Vec<u32> {
    let mut counts = std::vec![0; nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev() {
        counts[index] = match node.code {
            Some(code) => by_code[code],
            None => node.children.iter().map(|&child| counts[child]).sum(),
        };
    }
    counts
}

fn spread(cases: u32, codes: usize, so_far: &mut Vec<u32>, visit: &mut impl FnMut(&[u32])) {
    if codes == 1 {
        so_far.push(cases);
        visit(so_far);
        so_far.pop();
        return;
    }
    for here in 0..=cases {
        so_far.push(here);
        spread(cases - here, codes - 1, so_far, visit);
        so_far.pop();
    }
}

/// Every way to give each case one code, with leaf counts and their complements.
fn all_single(nodes: &'static [Node], codes: usize, base: u32, k: u32) -> Seen {
    let mut seen = Seen::new();
    spread(base, codes, &mut Vec::new(), &mut |by_code| {
        let counts = add_up(nodes, by_code);
        let mut printed = Vec::new();
        Cut { nodes, counts: &counts, base, k }.single(0, &|_| false, &mut |node| printed.push((node, counts[node])));
        assert_eq!(printed.iter().map(|&(_, value)| value).sum::<u32>(), base, "rows add up to the total");
        let values: Vec<u32> = counts[1..].iter().flat_map(|&count| [count, base - count]).collect();
        remember(&mut seen, printed, &values);
    });
    seen
}

const SIX_IN_A_CHAIN: &[Node] = &[
    inner(&[1, 2]),
    leaf(0),
    inner(&[3, 4]),
    leaf(1),
    inner(&[5, 6]),
    leaf(2),
    inner(&[7, 8]),
    leaf(3),
    inner(&[9, 10]),
    leaf(4),
    leaf(5),
];

const SIX_IN_PAIRS: &[Node] = &[
    inner(&[1, 4]),
    inner(&[2, 3]),
    leaf(0),
    leaf(1),
    inner(&[5, 8]),
    inner(&[6, 7]),
    leaf(2),
    leaf(3),
    inner(&[9, 10]),
    leaf(4),
    leaf(5),
];

const FIVE_WITH_A_TRIPLE: &[Node] =
    &[inner(&[1, 2]), leaf(0), inner(&[3, 4, 5]), leaf(1), leaf(2), inner(&[6, 7]), leaf(3), leaf(4)];

#[test]
fn no_single_answer_table_of_twelve_cases_over_six_codes_narrows_a_small_count() {
    for tree in [SIX_IN_A_CHAIN, SIX_IN_PAIRS] {
        for k in 3..=6 {
            let seen = all_single(tree, 6, 12, k);
            assert_eq!(leaks(&seen, k), 0, "k = {k}");
            assert!(!seen.iter().any(|(rows, _)| rows.iter().any(|&(_, value)| value < k)));
        }
    }
}

#[test]
fn no_single_answer_table_of_twenty_cases_over_five_codes_narrows_a_small_count() {
    let seen = all_single(FIVE_WITH_A_TRIPLE, 5, 20, 5);
    assert_eq!(leaks(&seen, 5), 0);
    // The total alone, 5 to 15 beside the rest, and once all four rows.
    assert_eq!(seen.len(), 13, "the rule still publishes what it can");
}

#[test]
fn the_detailed_table_adds_nothing_small_to_the_coarse_one() {
    // Node 2 stands for a coarse code: the coarse table stops there.
    let mut seen = Seen::new();
    spread(12, 6, &mut Vec::new(), &mut |by_code| {
        let counts = add_up(SIX_IN_A_CHAIN, by_code);
        let cut = Cut { nodes: SIX_IN_A_CHAIN, counts: &counts, base: 12, k: 3 };
        let mut printed = Vec::new();
        cut.single(0, &|node| node == 4, &mut |node| printed.push((node, counts[node])));
        cut.single(0, &|_| false, &mut |node| printed.push((100 + node, counts[node])));
        let values: Vec<u32> = counts[1..].iter().flat_map(|&count| [count, 12 - count]).collect();
        remember(&mut seen, printed, &values);
    });
    assert_eq!(leaks(&seen, 3), 0);
}

/// The nodes of a tree, its roots and the number of its codes.
type Shape = (&'static [Node], &'static [usize], usize);

/// What the reader knows about the cases, and what the rule was told.
#[derive(Clone, Copy)]
struct Worlds {
    every_case_answers: bool,
    rule_expects_answers: bool,
}

/// Every way to give each of `base` cases a set of codes. A data set is a multiset of
/// sets of codes; `sets[s]` says how many cases hold the codes in the bits of `s`.
fn all_multiple(shape: &Shape, (base, k): (u32, u32), worlds: Worlds) -> Seen {
    let &(nodes, roots, codes) = shape;
    let masks = node_masks(nodes);
    let everybody = (1 << codes) - 1;
    let first = usize::from(worlds.every_case_answers);
    let mut seen = Seen::new();
    spread(base, everybody + 1 - first, &mut Vec::new(), &mut |sets| {
        let with_any_of = |mask: usize| -> u32 {
            sets.iter().enumerate().filter(|(set, _)| (set + first) & mask != 0).map(|(_, cases)| cases).sum()
        };
        let counts: Vec<u32> = masks.iter().map(|&mask| with_any_of(mask)).collect();
        let mut printed = Vec::new();
        let cut = Cut { nodes, counts: &counts, base, k };
        cut.multiple(roots, worlds.rule_expects_answers, &mut |node| printed.push((node, counts[node])));
        let partial = (0..nodes.len()).filter(|&node| masks[node] != everybody);
        let mut values: Vec<u32> = partial.flat_map(|node| [counts[node], base - counts[node]]).collect();
        if !worlds.every_case_answers {
            values.push(base - with_any_of(everybody));
        }
        remember(&mut seen, printed, &values);
    });
    seen
}

fn node_masks(nodes: &[Node]) -> Vec<usize> {
    let mut masks = std::vec![0; nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev() {
        masks[index] = node.code.map_or(0, |code| 1 << code);
        for &child in node.children {
            masks[index] |= masks[child];
        }
    }
    masks
}

const ONE_ROOT_OF_THREE: &[Node] = &[inner(&[1, 2]), leaf(0), inner(&[3, 4]), leaf(1), leaf(2)];
const ONE_ROOT_WITH_THREE_CHILDREN: &[Node] = &[inner(&[1, 2, 3]), leaf(0), leaf(1), leaf(2)];
const ONE_ROOT_OF_FOUR: &[Node] = &[inner(&[1, 2]), inner(&[3, 4]), inner(&[5, 6]), leaf(0), leaf(1), leaf(2), leaf(3)];
const THREE_LEAVES: &[Node] = &[leaf(0), leaf(1), leaf(2)];
const TWO_AND_A_PAIR: &[Node] = &[leaf(0), leaf(1), inner(&[3, 4]), leaf(2), leaf(3)];
const ONE_AND_A_PAIR: &[Node] = &[leaf(0), inner(&[2, 3]), leaf(1), leaf(2)];
const TWO_PAIRS: &[Node] = &[inner(&[2, 3]), inner(&[4, 5]), leaf(0), leaf(1), leaf(2), leaf(3)];

/// Trees of several shapes, with one root and with several.
const SHAPES: &[Shape] = &[
    (ONE_ROOT_OF_THREE, &[0], 3),
    (ONE_ROOT_WITH_THREE_CHILDREN, &[0], 3),
    (ONE_ROOT_OF_FOUR, &[0], 4),
    (THREE_LEAVES, &[0, 1, 2], 3),
    (TWO_AND_A_PAIR, &[0, 1, 2], 4),
    (ONE_AND_A_PAIR, &[0, 1], 3),
    (TWO_PAIRS, &[0, 1], 4),
];

/// Numbers of cases and thresholds at which all data sets over so many codes can be tried.
fn settings(codes: usize) -> &'static [(u32, u32)] {
    if codes == 3 { &[(4, 2), (6, 2), (6, 3), (7, 3), (8, 3), (8, 4), (9, 3)] } else { &[(4, 2), (6, 2), (6, 3)] }
}

fn no_leak_in_any_shape(worlds: Worlds) {
    for shape @ &(nodes, roots, codes) in SHAPES {
        for &(base, k) in settings(codes) {
            let seen = all_multiple(shape, (base, k), worlds);
            let at = std::format!("{} nodes, roots {roots:?}, {base} cases, k = {k}", nodes.len());
            assert_eq!(leaks(&seen, k), 0, "{at}");
            assert!(!printed_small(&seen, k, base), "{at}");
            assert!(seen.len() > 1, "the rule still publishes: {at}");
        }
    }
}

#[test]
fn no_count_or_complement_is_narrowed_when_every_case_has_a_code() {
    no_leak_in_any_shape(Worlds { every_case_answers: true, rule_expects_answers: true });
}

#[test]
fn no_count_or_complement_is_narrowed_when_a_case_may_have_no_code() {
    no_leak_in_any_shape(Worlds { every_case_answers: false, rule_expects_answers: false });
}

#[test]
fn no_count_or_complement_is_narrowed_when_a_case_has_no_code_although_it_should() {
    no_leak_in_any_shape(Worlds { every_case_answers: false, rule_expects_answers: true });
}

#[test]
fn opening_what_is_not_admissible_would_leak() {
    // The plain rule on one data set: code 0 of two roots covers 6 of 8 cases, so the
    // other root, left out, must hold the remaining two.
    let counts = [5, 3];
    let cut = Cut { nodes: &[leaf(0), leaf(1)], counts: &counts, base: 8, k: 3 };
    let mut printed = 0;
    cut.multiple(&[0, 1], true, &mut |_| printed += 1);
    assert_eq!(printed, 2);
    let counts = [5, 2];
    let cut = Cut { counts: &counts, ..cut };
    let mut printed = 0;
    cut.multiple(&[0, 1], true, &mut |_| printed += 1);
    assert_eq!(printed, 0, "five printed of eight would show that the other code has at least three");
}
