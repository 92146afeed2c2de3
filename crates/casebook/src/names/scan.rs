//! The name scan: every place in a text that could tell who a case is about.

use super::fold::{Glyph, Letters, Token, fold, tokens};
use super::markup::TAG;
use super::shapes::{addresses, case_numbers, numbers};
use super::table::{Phrase, Table, stands_for};
use super::vocabulary::{is_abbreviation, is_grammar, is_ordinary, is_particle};
use super::{Finding, FindingKind};

/// Most pieces of one word that was broken by spaces, hyphens or line ends.
const PIECES: usize = 4;

/// Finds everything; overlapping finds are one finding.
pub(super) fn scan(text: &str, table: &Table, known_case: impl Fn(i32, u32) -> bool) -> Vec<Finding> {
    let glyphs = fold(text);
    let all = tokens(&glyphs);
    let mut found: Vec<Finding> = Vec::new();
    let mut add = |kind: FindingKind, range: std::ops::Range<usize>| found.push(Finding { range, kind });
    addresses(&glyphs).into_iter().for_each(|range| add(FindingKind::Email, range));
    numbers(&glyphs, |digits| table.has_number(digits)).into_iter().for_each(|range| add(FindingKind::Number, range));
    case_numbers(&glyphs, known_case).into_iter().for_each(|range| add(FindingKind::CaseNumber, range));
    let content: Vec<usize> = (0..all.len()).filter(|at| !is_small(&all[*at])).collect();
    for (at, token) in all.iter().enumerate() {
        if let Some(kind) = table.word(token, &all[..at]) {
            add(kind, token.start..token.end);
        }
        for (kind, last) in broken_words(&glyphs, &all, at, table) {
            add(kind, token.start..all[last].end);
        }
        if let Some(kind) = inner_words(&glyphs, token, table) {
            add(kind, token.start..token.end);
        }
        if let Some(last) = initials(&glyphs, &all, at, table) {
            add(FindingKind::Initials, token.start..all[last].end);
        }
        for (phrase, place) in table.phrases_with(&token.key) {
            if let Some((first, last)) = whole_phrase(&all, &content, at, phrase, place) {
                add(phrase.kind, all[first].start..all[last].end);
            }
        }
    }
    merged(found, &all)
}

fn is_small(token: &Token) -> bool {
    is_grammar(&token.key) || is_particle(token.key.as_str())
}

fn gap<'a>(glyphs: &'a [Glyph], left: &Token, right: &Token) -> &'a [Glyph] {
    &glyphs[left.glyphs.1..right.glyphs.0]
}

/// Longest gap that a hyphen at a line end may leave: white space and the marks of a quoted mail.
const LINE_END: usize = 60;

/// What stands between two pieces of one word.
struct Cut {
    /// Spaces, hyphens, dots and the like, as a slip of the hand leaves them.
    narrow: bool,
    /// No white space, or a hyphen at the end of a line.
    tight: bool,
}

impl Cut {
    /// `None` when no word goes on behind it.
    fn of(between: &[Glyph], letters_only: bool) -> Option<Self> {
        let space = |g: &Glyph| g.sign.is_whitespace();
        let slip = |g: &Glyph| space(g) || matches!(g.sign, '-' | '.' | '_' | '*');
        let sign = |g: &Glyph| {
            matches!(g.sign, '-' | '.' | '_' | '*' | '·' | '•' | '/' | '\\' | ',' | '\'' | '(' | ')' | '~' | TAG)
        };
        let narrow = between.len() <= 3 && between.iter().all(slip);
        let line_end = between.len() <= LINE_END
            && between.first().is_some_and(|g| g.sign == '-')
            && between.iter().any(|g| matches!(g.sign, '\n' | '\r'))
            && between[1..].iter().all(|g| space(g) || g.sign == '>');
        let tight = line_end || (between.len() <= 6 && between.iter().all(sign));
        let spelled =
            letters_only && between.len() <= 3 && between.iter().all(|g| space(g) || (sign(g) && g.sign != ','));
        (narrow || tight || spelled).then_some(Self { narrow, tight })
    }
}

/// A name that a hyphen, a line end or a stray space has cut (*Jan-\nsen*, *J a n s e n*),
/// or that signs are put into (*San/ne*).
fn broken_words(glyphs: &[Glyph], all: &[Token], first: usize, table: &Table) -> Vec<(FindingKind, usize)> {
    let mut found = Vec::new();
    let mut joined: Vec<char> = all[first].key.as_str().chars().collect();
    let (mut everyday, mut hyphens, mut letters_only) = (is_ordinary(&all[first].key), true, all[first].signs == 1);
    let (mut narrow, mut tight) = (true, true);
    for last in first + 1..all.len() {
        let between = gap(glyphs, &all[last - 1], &all[last]);
        letters_only &= all[last].signs == 1;
        let Some(cut) = Cut::of(between, letters_only) else { break };
        if last - first >= PIECES && !letters_only {
            break;
        }
        narrow &= cut.narrow;
        tight &= cut.tight;
        joined.extend(all[last].key.as_str().chars());
        everyday &= is_ordinary(&all[last].key);
        hyphens &= between.iter().any(|g| g.sign == '-');
        let word = Letters::key(joined.iter().copied());
        let slip = narrow && word.len() >= 4 && (hyphens || !everyday);
        let inserted = tight && word.len() >= 5;
        let spelled = letters_only && word.len() >= if tight { 3 } else { 4 };
        if (slip || inserted || spelled)
            && let Some(kind) = table.joined(&word)
        {
            found.push((kind, last));
        }
    }
    found
}

/// A name written against another word with a capital of its own (*dossierJansen*).
fn inner_words(glyphs: &[Glyph], token: &Token, table: &Table) -> Option<FindingKind> {
    if token.capitals == 0 || token.signs < 4 {
        return None;
    }
    let word = &glyphs[token.glyphs.0..token.glyphs.1];
    let edge = |at: &usize| {
        let (left, right) = (&word[*at - 1], &word[*at]);
        (right.upper && !left.upper) || left.sign.is_ascii_digit() != right.sign.is_ascii_digit()
    };
    let mut edges: Vec<usize> = vec![0];
    edges.extend((1..word.len()).filter(edge));
    edges.push(word.len());
    if edges.len() == 2 {
        return None;
    }
    let pieces = edges.windows(2).map(|pair| &word[pair[0]..pair[1]]);
    pieces.filter(|piece| piece.len() >= 3).find_map(|piece| {
        let key = Letters::key(piece.iter().map(|g| g.sign));
        if piece[0].upper || !is_ordinary(&key) { table.joined(&key) } else { None }
    })
}

/// Initials that start here: *J.J.*, *A. de B.*, *JdV*. Returns the last word of them.
fn initials(glyphs: &[Glyph], all: &[Token], first: usize, table: &Table) -> Option<usize> {
    let token = &all[first];
    if token.signs > 1 {
        return written_together(token, table).then_some(first);
    }
    if !token.key.as_str().chars().all(char::is_alphabetic) {
        return None;
    }
    let (mut short, mut long) = (token.key.as_str().to_owned(), token.key.as_str().to_owned());
    let (mut dots, mut capitals, mut best) = (0, token.capital, None);
    for last in first + 1..all.len().min(first + 10) {
        let (left, right) = (&all[last - 1], &all[last]);
        let between = gap(glyphs, left, right);
        let close =
            between.len() <= 3 && between.iter().all(|g| g.sign.is_whitespace() || matches!(g.sign, '.' | '-' | '&'));
        let particle = right.signs > 1 && is_particle(right.key.as_str());
        if !close || !(right.signs == 1 || particle) {
            break;
        }
        dots += usize::from(between.iter().any(|g| g.sign == '.'));
        long.extend(right.key.as_str().chars().next());
        if particle {
            continue;
        }
        short.push_str(right.key.as_str());
        capitals &= right.capital;
        let lower = !all[first..=last].iter().any(|t| t.capital);
        let known = [&short, &long].into_iter().any(|letters| table.has_initials(&Letters::key(letters.chars())));
        if known && (dots > 0 || capitals) && !(lower && is_abbreviation(&short)) {
            best = Some(last);
        }
    }
    best
}

/// Initials without dots. In small letters they count only when they cannot be a word.
fn written_together(token: &Token, table: &Table) -> bool {
    let letters = token.key.as_str();
    let silent = !letters.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    token.signs <= 6
        && (token.capitals >= 2 || silent)
        && !is_abbreviation(letters)
        && !(token.capitals == 0 && is_ordinary(&token.key))
        && table.has_initials(&token.key)
}

/// Whether the words around `at` are the whole phrase; small words between do not matter.
fn whole_phrase(all: &[Token], content: &[usize], at: usize, phrase: &Phrase, place: usize) -> Option<(usize, usize)> {
    let small = phrase.words.iter().all(is_grammar);
    let line: Vec<usize> = if small { (0..all.len()).collect() } else { Vec::new() };
    let line = if small { &line } else { content };
    let start = line.binary_search(&at).ok()?.checked_sub(place)?;
    let span = line.get(start..start + phrase.words.len())?;
    let whole = span.iter().zip(&phrase.words).all(|(at, word)| stands_for(&all[*at], word));
    whole.then(|| (span[0], span[span.len() - 1]))
}

/// Sorted, and what overlaps or makes up one name put together.
fn merged(mut found: Vec<Finding>, all: &[Token]) -> Vec<Finding> {
    found.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.range.end)));
    let mut merged: Vec<Finding> = Vec::new();
    for finding in found {
        match merged.last_mut() {
            Some(last)
                if finding.range.start < last.range.end
                    || (one_name(last, &finding) && adjoin(last, &finding, all)) =>
            {
                last.range.end = last.range.end.max(finding.range.end);
                last.kind = last.kind.min(finding.kind);
            }
            _ => merged.push(finding),
        }
    }
    merged
}

fn one_name(left: &Finding, right: &Finding) -> bool {
    let personal = |kind| matches!(kind, FindingKind::Name | FindingKind::Initials);
    left.kind == right.kind || (personal(left.kind) && personal(right.kind))
}

/// Whether only particles stand between two findings.
fn adjoin(left: &Finding, right: &Finding, all: &[Token]) -> bool {
    let from = all.partition_point(|t| t.start < left.range.end);
    let to = all.partition_point(|t| t.start < right.range.start);
    let between = all.get(from..to).unwrap_or_default();
    !left.kind.is_shape()
        && between.iter().all(|t| is_particle(t.key.as_str()))
        && !all.get(to).is_some_and(|t| t.opens_sentence)
        && right.range.start - left.range.end <= 24
}
