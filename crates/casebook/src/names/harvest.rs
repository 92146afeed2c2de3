//! What a vault knows people by: the words, numbers and initials that may not be in a
//! text that leaves it.

use super::FindingKind;
use super::fold::{Letters, Token, words};
use super::shapes::{national, phone_like_numbers};
use super::vocabulary::{is_generic, is_grammar, is_ordinary, is_particle, is_placeholder, is_role, is_title};
use crate::case::{Facts, Person};
use crate::practice::Practice;
use crate::{CaseSummary, CaseText};

/// One word by which somebody or something is known.
#[derive(Clone)]
pub(super) struct Known {
    /// The word.
    pub(super) word: Letters,
    /// What it belongs to.
    pub(super) kind: FindingKind,
    /// `Some` when the word also holds sentences together (*van der Meer*): then only a
    /// capital, or these particles before it, make it the name.
    pub(super) only_with: Option<Vec<Letters>>,
}

/// Everything one case, or the practice, is known by.
#[derive(Default)]
pub(super) struct Harvest {
    /// Words that are a finding on their own.
    pub(super) words: Vec<Known>,
    /// Words that are a finding together, in this order.
    pub(super) phrases: Vec<(Vec<Letters>, FindingKind)>,
    /// Initials without dots.
    pub(super) initials: Vec<Letters>,
    /// Phone and other numbers, as the digits that are dialled inside the country.
    pub(super) numbers: Vec<Letters>,
}

/// Mail hosts and boxes that say nothing about who writes.
const PUBLIC_MAIL: [&str; 34] = [
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "live",
    "msn",
    "icloud",
    "me",
    "mac",
    "yahoo",
    "ziggo",
    "kpn",
    "kpnmail",
    "planet",
    "hetnet",
    "xs",
    "xs4all",
    "casema",
    "upcmail",
    "upc",
    "home",
    "chello",
    "proton",
    "protonmail",
    "telenet",
    "skynet",
    "gmx",
    "mail",
    "info",
    "www",
    "contact",
    "receptie",
    "secretariaat",
    "administratie",
];

impl Harvest {
    /// What a case is known by.
    pub(super) fn of_case(case: &CaseSummary) -> Self {
        let mut harvest = Self::default();
        for (_, person) in &case.persons {
            harvest.add_person(person);
        }
        let Facts { imported_as, department, cluster, contact_route, .. } = &case.facts;
        harvest.add_phrase(imported_as, FindingKind::ImportedCode, true);
        harvest.add_phrase(cluster, FindingKind::PrivateWord, true);
        harvest.add_place(department, FindingKind::Department);
        harvest.add_contact(contact_route, false);
        harvest
    }

    /// What the practice is known by.
    pub(super) fn of_practice(practice: &Practice) -> Self {
        let mut harvest = Self::default();
        for revision in practice.organisations.current() {
            let organisation = &revision.body;
            harvest.add_place(&organisation.name, FindingKind::Organisation);
            harvest.add_abbreviation(&organisation.name);
            harvest.add_list(&organisation.aliases, FindingKind::Organisation);
            harvest.add_list(&organisation.places, FindingKind::Place);
            harvest.add_list(&organisation.departments, FindingKind::Department);
            harvest.add_name(&organisation.second_adviser);
            harvest.add_contact(&organisation.second_adviser, false);
        }
        for revision in practice.adviser.current() {
            harvest.add_name(&revision.body.name);
            harvest.add_contact(&revision.body.certification, false);
        }
        harvest
    }

    fn add_person(&mut self, person: &Person) {
        let Person { role: _, name, aliases, contact, details } = person;
        self.add_name(name);
        for alias in parts(aliases, ",;\n") {
            self.add_alias(&alias);
        }
        self.add_contact(contact, true);
        for part in parts(details, ",;/\n") {
            self.add_phrase(&part, FindingKind::Details, false);
            self.add_contact(&part, false);
        }
    }

    /// A name: every part of it is a finding, whatever else the word may mean.
    fn add_name(&mut self, name: &CaseText) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let name = in_spoken_order(name.expose());
        self.add_name_as_written(&name);
        // A Greek capital and its small letter resemble different Latin letters.
        if name.chars().any(|sign| matches!(sign, '\u{370}'..='\u{3ff}')) {
            self.add_name_as_written(&zeroize::Zeroizing::new(name.to_lowercase()));
            self.add_name_as_written(&zeroize::Zeroizing::new(name.to_uppercase()));
        }
    }

    fn add_name_as_written(&mut self, name: &str) {
        let mut all = words(name);
        all.retain(|token| !is_placeholder(&token.key));
        let mut before: Vec<Letters> = Vec::new();
        let mut joined: Vec<Letters> = Vec::new();
        for token in significant(&all) {
            match token {
                Part::Particle(word) => before.push(word.key.clone()),
                Part::Word(word) => {
                    self.add_name_word(&word.key, &before);
                    if !before.is_empty() {
                        joined.push(Letters::key(before.iter().chain([&word.key]).flat_map(|l| l.as_str().chars())));
                    }
                    before.clear();
                }
            }
        }
        for word in joined {
            self.add_word(word, FindingKind::Name);
        }
        self.add_joined(name, &all);
        self.initials.extend(initials(&all));
    }

    fn add_name_word(&mut self, word: &Letters, particles: &[Letters]) {
        if is_role(word) || is_placeholder(word) || word.as_str().chars().count() < 2 || is_year(word) {
            return;
        }
        let only_with = (is_grammar(word) || is_particle(word.as_str())).then(|| particles.to_vec());
        self.words.push(Known { word: word.clone(), kind: FindingKind::Name, only_with });
    }

    /// *Anne-Marie* is also written *Annemarie*.
    fn add_joined(&mut self, name: &str, all: &[Token]) {
        for pair in all.windows(2) {
            if name[pair[0].end..pair[1].start].trim() == "-" {
                let both = pair.iter().flat_map(|t| t.key.as_str().chars());
                self.add_word(Letters::key(both), FindingKind::Name);
            }
        }
    }

    /// An alias: a description such as *de lange van de post* counts as a whole, and
    /// each word in it that is no everyday word.
    fn add_alias(&mut self, alias: &CaseText) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let all = words(alias.expose());
        let plain = |t: &Token| !t.capital && is_ordinary(&t.key);
        if all.len() > 1 && all.iter().any(plain) && !all.iter().all(|t| t.capital || is_particle(t.key.as_str())) {
            self.add_phrase(alias, FindingKind::Name, true);
            for token in all.iter().filter(|t| t.capital && t.signs > 1 && !is_title(t.key.as_str())) {
                self.add_name_word(&token.key, &[]);
            }
        } else {
            self.add_name(alias);
        }
    }

    fn add_list(&mut self, list: &CaseText, kind: FindingKind) {
        for part in parts(list, ",;\n") {
            self.add_place(&part, kind);
        }
    }

    /// An organisation, department or place, with the other names that its own name holds.
    fn add_place(&mut self, name: &CaseText, kind: FindingKind) {
        self.add_phrase(name, kind, true);
        self.add_contact(name, false);
    }

    /// Something known by several words. One word alone is a finding when it is all
    /// there is, when it has a capital of its own, or when it is no everyday word. `strict`: short words count too.
    fn add_phrase(&mut self, phrase: &CaseText, kind: FindingKind, strict: bool) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let all = words(phrase.expose());
        let content: Vec<&Token> = all.iter().filter(|t| !is_grammar(&t.key) && !is_particle(t.key.as_str())).collect();
        if content.len() > 1 && content.iter().all(|t| is_placeholder(&t.key)) {
            return;
        }
        let alone = content.len() == 1;
        for (place, token) in content.iter().enumerate() {
            let proper = token.capital && !is_generic(&token.key) && (place > 0 || kind != FindingKind::Details);
            let short = if strict || alone || token.capitals > 1 { 2 } else { 4 };
            let telling = alone || ((proper || !is_ordinary(&token.key)) && !is_title(token.key.as_str()));
            if telling && token.signs >= short && !is_role(&token.key) && !is_small_number(&token.key) {
                self.add_word(token.key.clone(), kind);
            }
        }
        if content.len() > 1 {
            self.add_word(Letters::key(content.iter().flat_map(|t| t.key.as_str().chars())), kind);
            self.phrases.push((content.iter().map(|t| t.key.clone()).collect(), kind));
        } else if content.is_empty() && all.len() > 1 {
            // A name of small words only (*Door en voor*) has nothing else to be found by.
            self.phrases.push((all.iter().map(|t| t.key.clone()).collect(), kind));
        } else if content.is_empty()
            && let Some(only) = all.first().filter(|t| t.signs > 1)
        {
            self.words.push(Known { word: only.key.clone(), kind, only_with: Some(Vec::new()) });
        }
    }

    /// The initials of an organisation are how people there call it.
    fn add_abbreviation(&mut self, name: &CaseText) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let all = words(name.expose());
        let every = Letters::key(all.iter().filter_map(|t| t.key.as_str().chars().next()));
        let capitals = Letters::key(all.iter().filter(|t| t.capital).filter_map(|t| t.key.as_str().chars().next()));
        self.initials.extend([every, capitals].into_iter().filter(|letters| letters.as_str().len() >= 3));
    }

    /// E-mail addresses and numbers, and with `names` also the words between them.
    fn add_contact(&mut self, contact: &CaseText, names: bool) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let text = contact.expose();
        self.numbers.extend(phone_like_numbers(text).iter().map(|digits| national(digits)));
        for part in text.split([',', ';', '\n', ' ']).filter(|part| part.contains('@')) {
            let (user, host) = part.split_once('@').unwrap_or((part, ""));
            for token in words(user).iter().filter(|t| t.signs >= 3 && !is_ordinary(&t.key)) {
                self.add_mail_word(&token.key, FindingKind::Name);
            }
            let hosts = words(host);
            for token in hosts.iter().take(hosts.len().saturating_sub(1)) {
                self.add_mail_word(&token.key, FindingKind::Organisation);
            }
        }
        if names {
            for part in parts(contact, ",;\n").iter() {
                // EXPOSE: folded into the index, which stays in memory and is wiped.
                let part_text = part.expose();
                if !part_text.contains('@') && !part_text.chars().any(|c| c.is_ascii_digit()) {
                    self.add_phrase(part, FindingKind::Details, false);
                }
            }
        }
    }

    fn add_mail_word(&mut self, word: &Letters, kind: FindingKind) {
        if word.as_str().len() >= 3 && !PUBLIC_MAIL.contains(&word.as_str()) && !is_role(word) {
            self.add_word(word.clone(), kind);
        }
    }

    fn add_word(&mut self, word: Letters, kind: FindingKind) {
        let only_with = (is_grammar(&word) || is_placeholder(&word)).then(Vec::new);
        self.words.push(Known { word, kind, only_with });
    }
}

/// A part of a name.
pub(super) enum Part<'a> {
    /// *van*, *de*, ...
    Particle(&'a Token),
    /// A part that names.
    Word(&'a Token),
}

/// The parts of a name without titles. A particle in first place is a given name
/// (*Ben*, *Al*) when it is written like one.
pub(super) fn significant(all: &[Token]) -> impl Iterator<Item = Part<'_>> {
    let without_titles = all.iter().filter(|t| !is_title(t.key.as_str()));
    let last = without_titles.clone().count().saturating_sub(1);
    without_titles.enumerate().map(move |(place, token)| {
        let given = (place == 0 && token.capital && place < last) || place == last;
        if is_particle(token.key.as_str()) && !given { Part::Particle(token) } else { Part::Word(token) }
    })
}

/// *Vries, Jan de* as it is spoken: *Jan de Vries*.
fn in_spoken_order(name: &str) -> zeroize::Zeroizing<String> {
    zeroize::Zeroizing::new(match name.split_once(',') {
        Some((family, given)) => [given.trim(), " ", family.trim()].concat(),
        None => name.to_owned(),
    })
}

/// Most parts of a name that may each be left out of its initials.
const MIDDLE_NAMES: usize = 4;

/// Every way in which initials are made of a name, without dots.
fn initials(all: &[Token]) -> Vec<Letters> {
    let first = |t: &Token| t.key.as_str().chars().next();
    let parts: Vec<Part<'_>> = significant(all).collect();
    let named: Vec<char> = parts.iter().filter_map(|p| if let Part::Word(t) = p { first(t) } else { None }).collect();
    let every: Vec<char> = parts
        .iter()
        .filter_map(|p| match p {
            Part::Word(t) | Part::Particle(t) => first(t),
        })
        .collect();
    let mut all: Vec<Letters> = Vec::new();
    if let Some((first, others)) = named.split_first()
        && !others.is_empty()
    {
        let chosen =
            |mask: usize| others.iter().enumerate().filter(move |(at, _)| mask & (1 << at) != 0).map(|(_, c)| *c);
        let masks = 1..1_usize << others.len().min(MIDDLE_NAMES);
        all.extend(masks.map(|mask| Letters::key([*first].into_iter().chain(chosen(mask)))));
        all.push(Letters::key([*first].into_iter().chain(named.last().copied())));
        all.push(Letters::key(named.iter().copied()));
        all.push(Letters::key(every.iter().copied()));
        if let Some(place) = parts.iter().position(|p| matches!(p, Part::Particle(_))) {
            all.push(Letters::key([*first].into_iter().chain(every[place..].iter().copied())));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The parts of a list, without the empty ones.
pub(super) fn parts(list: &CaseText, separators: &str) -> Vec<CaseText> {
    // EXPOSE: split into texts that are wiped like the list itself.
    let split = list.expose().split(|c| separators.contains(c)).map(str::trim);
    split.filter(|part| !part.is_empty()).map(CaseText::from).collect()
}

fn is_year(word: &Letters) -> bool {
    let year: Result<u32, _> = word.as_str().parse();
    word.as_str().len() == 4 && year.is_ok_and(|year| (1900..=2100).contains(&year))
}

fn is_small_number(word: &Letters) -> bool {
    word.as_str().bytes().all(|b| b.is_ascii_digit()) && (word.as_str().len() < 4 || is_year(word))
}
