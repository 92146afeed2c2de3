//! The look-up table of a scan: every known word of the vault, ready for one typing error.

use super::FindingKind;
use super::fold::{Letters, Token};
use super::harvest::{Harvest, Known};
use super::spelling::{FORGIVING_FROM, before_head, digits_as_letters, resembles, shadows, small_forms, stems};
use super::vocabulary::{is_abbreviation, is_generic, is_ordinary, reads_as_ordinary};
use std::collections::{HashMap, HashSet};

/// Shortest name that is also found inside a longer word (*Jansenkwestie*).
const INSIDE_FROM: usize = 6;

/// Shortest name in which a typing error is forgiven when a capital inside a sentence
/// says that it is a name.
const WITH_CAPITAL_FROM: usize = 4;

/// A way in which one word is known.
#[derive(Clone)]
struct Use {
    kind: FindingKind,
    only_with: Option<Vec<Letters>>,
}

/// Words that belong together.
pub(super) struct Phrase {
    /// The words.
    pub(super) words: Vec<Letters>,
    /// What they name.
    pub(super) kind: FindingKind,
}

/// All that is known, merged.
#[derive(Default)]
pub(super) struct Table {
    words: HashMap<Letters, Vec<Use>>,
    names: Vec<Letters>,
    shadows: HashMap<u64, Vec<u32>>,
    phrases: Vec<Phrase>,
    phrase_words: HashMap<Letters, Vec<(usize, usize)>>,
    initials: HashSet<Letters>,
    numbers: HashSet<Letters>,
}

impl Table {
    /// Merges what the cases and the practice are known by.
    pub(super) fn of<'a>(harvests: impl Iterator<Item = &'a Harvest>) -> Self {
        let mut table = Self::default();
        for harvest in harvests {
            for known in &harvest.words {
                table.add_word(known);
            }
            for (words, kind) in &harvest.phrases {
                table.add_phrase(words, *kind);
            }
            table.initials.extend(harvest.initials.iter().cloned());
            table.numbers.extend(harvest.numbers.iter().cloned());
        }
        table
    }

    fn add_word(&mut self, known: &Known) {
        let Known { word, kind, only_with } = known;
        if !self.words.contains_key(word) && word.len() >= WITH_CAPITAL_FROM {
            let place = u32::try_from(self.names.len()).expect("fewer names than fit in memory");
            self.names.push(word.clone());
            for hash in shadows(word) {
                self.shadows.entry(hash).or_default().push(place);
            }
        }
        let uses = self.words.entry(word.clone()).or_default();
        if !uses.iter().any(|known| known.kind == *kind && known.only_with == *only_with) {
            uses.push(Use { kind: *kind, only_with: only_with.clone() });
        }
    }

    fn add_phrase(&mut self, words: &[Letters], kind: FindingKind) {
        let twins = words.first().and_then(|first| self.phrase_words.get(first)).into_iter().flatten();
        if twins.map(|(place, _)| &self.phrases[*place]).any(|known| known.words == words && known.kind == kind) {
            return;
        }
        for (place, word) in words.iter().enumerate() {
            self.phrase_words.entry(word.clone()).or_default().push((self.phrases.len(), place));
        }
        self.phrases.push(Phrase { words: words.to_vec(), kind });
    }

    /// What a written word names on its own. `before`: the words just before it.
    pub(super) fn word(&self, token: &Token, before: &[Token]) -> Option<FindingKind> {
        self.exact(&token.key, token, before).or_else(|| {
            if reads_as_ordinary(token) {
                return None;
            }
            let word = &token.key;
            self.inflected(word)
                .or_else(|| self.inside(word))
                .or_else(|| self.short(token))
                .or_else(|| self.digits(word))
        })
    }

    /// A name of four letters with a typing error and a capital of its own. Capitals
    /// only are an abbreviation, not a misspelt name.
    fn short(&self, token: &Token) -> Option<FindingKind> {
        let telling = token.capital && token.capitals == 1 && !token.opens_sentence && token.signs >= 3;
        let known = is_ordinary(&token.key) || is_generic(&token.key) || is_abbreviation(token.key.as_str());
        if !telling || known {
            return None;
        }
        self.misspelt(&token.key, WITH_CAPITAL_FROM).filter(|kind| *kind == FindingKind::Name)
    }

    /// A name with digits for letters (*R0b*).
    fn digits(&self, word: &Letters) -> Option<FindingKind> {
        digits_as_letters(word).iter().find_map(|read| {
            let long = read.len() >= FORGIVING_FROM && !is_ordinary(read);
            self.joined(read).or_else(|| if long { self.inflected(read) } else { None })
        })
    }

    fn exact(&self, word: &Letters, token: &Token, before: &[Token]) -> Option<FindingKind> {
        let applies = |known: &&Use| match &known.only_with {
            None => true,
            Some(particles) => {
                (token.capital && !token.opens_sentence)
                    || (particles.len() >= 2
                        && before.len() >= particles.len()
                        && before[before.len() - particles.len()..].iter().map(|t| &t.key).eq(particles))
            }
        };
        self.words.get(word)?.iter().filter(applies).map(|known| known.kind).min()
    }

    /// A name with an ending, a typing error, or both.
    fn inflected(&self, word: &Letters) -> Option<FindingKind> {
        let plain = |stem: &Letters| self.words.get(stem).and_then(|uses| unconditional(uses));
        let small = || small_forms(word).iter().find_map(plain);
        stems(word)
            .find_map(|stem| plain(&stem))
            .or_else(small)
            .or_else(|| self.misspelt(word, FORGIVING_FROM))
            .or_else(|| {
                let owner = word.as_str().strip_suffix('s')?;
                self.misspelt(&Letters::key(owner.chars()), FORGIVING_FROM)
            })
    }

    /// A name of at least so many letters with a typing error.
    fn misspelt(&self, word: &Letters, shortest: usize) -> Option<FindingKind> {
        if word.len() + 1 < shortest {
            return None;
        }
        let candidates = shadows(word).into_iter().filter_map(|hash| self.shadows.get(&hash)).flatten();
        candidates
            .map(|place| &self.names[*place as usize])
            .filter(|name| name.len() >= shortest && resembles(word, name))
            .filter_map(|name| self.words.get(name).and_then(|uses| unconditional(uses)))
            .min()
    }

    /// A longer name at the start or the end of a compound, or anybody's before a word
    /// for a matter.
    fn inside(&self, word: &Letters) -> Option<FindingKind> {
        let text = word.as_str();
        let cuts = text.char_indices().map(|(at, _)| at).skip(1);
        cuts.flat_map(|at| [&text[..at], &text[at..]])
            .filter(|part| part.chars().count() >= INSIDE_FROM)
            .filter_map(|part| self.words.get(part).and_then(|uses| unconditional(uses)))
            .min()
            .or_else(|| before_head(text).find_map(|name| self.before_head(name)))
    }

    fn before_head(&self, name: &str) -> Option<FindingKind> {
        let known = |name: &str| self.words.get(name).and_then(|uses| unconditional(uses));
        let kind = known(name).or_else(|| known(name.strip_suffix('s')?))?;
        (kind == FindingKind::Name).then_some(kind)
    }

    /// What several pieces of a broken word name together.
    pub(super) fn joined(&self, word: &Letters) -> Option<FindingKind> {
        let whole = |word: &Letters| self.words.get(word).and_then(|uses| unconditional(uses));
        whole(word).or_else(|| whole(&Letters::key(word.as_str().strip_suffix('s')?.chars())))
    }

    /// The phrases that hold this word, and its place in each.
    pub(super) fn phrases_with(&self, word: &Letters) -> impl Iterator<Item = (&Phrase, usize)> {
        let places = self.phrase_words.get(word).into_iter().flatten();
        places.map(|(phrase, place)| (&self.phrases[*phrase], *place))
    }

    /// Whether these are somebody's initials.
    pub(super) fn has_initials(&self, letters: &Letters) -> bool {
        self.initials.contains(letters)
    }

    /// Whether this number is known.
    pub(super) fn has_number(&self, digits: &Letters) -> bool {
        self.numbers.contains(digits)
    }
}

fn unconditional(uses: &[Use]) -> Option<FindingKind> {
    uses.iter().filter(|known| known.only_with.is_none()).map(|known| known.kind).min()
}

/// Whether a written word is the word of a phrase, also with an ending or a typing error.
pub(super) fn stands_for(token: &Token, word: &Letters) -> bool {
    let forgiving = word.len() >= FORGIVING_FROM && (is_ordinary(word) || !is_ordinary(&token.key));
    token.key == *word || stems(&token.key).any(|stem| stem == *word) || (forgiving && resembles(&token.key, word))
}
