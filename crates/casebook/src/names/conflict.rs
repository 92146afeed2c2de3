//! The conflict check: who in the register resembles the name that is being typed.

use super::fold::{Letters, Token, words};
use super::harvest::{Part, parts, significant};
use super::shapes::{national, phone_like_numbers};
use super::spelling::{FORGIVING_FROM, resembles, resembles_start};
use super::vocabulary::{is_particle, is_title};
use crate::case::{CaseNumber, Person};
use crate::{CaseSummary, CaseText};
use taxonomy::PersonRole;
use uuid::Uuid;

/// Fewest letters or digits that are looked up.
const SHORTEST_QUERY: usize = 2;

/// How well a person fits what was typed; the best comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fit {
    /// Every word is a word of the name, or the address or number is the same.
    Same,
    /// Every word is the start of a word of the name, or an initial.
    Starts,
    /// As the above, but for one typing error.
    Resembles,
}

/// Somebody in the register who resembles what was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resemblance {
    /// The case.
    pub case: Uuid,
    /// Its number.
    pub number: CaseNumber,
    /// The organisation, unless the case is a draft.
    pub organisation: Option<Uuid>,
    /// Whether the case is closed.
    pub closed: bool,
    /// The entry of the person.
    pub person: Uuid,
    /// The person's part in the case.
    pub role: PersonRole,
    /// How well it fits.
    pub fit: Fit,
}

/// A person, ready to be compared.
pub(super) struct Candidate {
    person: Uuid,
    role: PersonRole,
    words: Vec<Letters>,
    numbers: Vec<Letters>,
    addresses: Vec<Letters>,
}

/// The candidates of a case.
pub(super) fn candidates(case: &CaseSummary) -> Vec<Candidate> {
    case.persons.iter().map(|(id, person)| Candidate::of(*id, person)).collect()
}

impl Candidate {
    fn of(id: Uuid, person: &Person) -> Self {
        let mut known =
            Self { person: id, role: person.role, words: Vec::new(), numbers: Vec::new(), addresses: Vec::new() };
        known.add_name(&person.name);
        for alias in parts(&person.aliases, ",;\n") {
            known.add_name(&alias);
        }
        for contact in parts(&person.contact, ",; \n") {
            // EXPOSE: folded into the index, which stays in memory and is wiped.
            let text = contact.expose();
            if let Some((user, _)) = text.split_once('@') {
                known.words.extend(words(user).into_iter().filter(|t| t.signs > 1).map(|t| t.key));
                known.addresses.push(Letters::key(text.to_lowercase().chars()));
            }
        }
        // EXPOSE: as above; the whole field, because a number may hold spaces.
        let numbers = phone_like_numbers(person.contact.expose());
        known.numbers.extend(numbers.iter().map(|digits| national(digits)));
        known.words.sort_unstable();
        known.words.dedup();
        known
    }

    fn add_name(&mut self, name: &CaseText) {
        // EXPOSE: folded into the index, which stays in memory and is wiped.
        let all = words(name.expose());
        let mut before: Vec<&Token> = Vec::new();
        for part in significant(&all) {
            match part {
                Part::Particle(token) => before.push(token),
                Part::Word(token) => {
                    self.words.push(token.key.clone());
                    if !before.is_empty() {
                        let joined = before.iter().copied().chain([token]).flat_map(|t| t.key.as_str().chars());
                        self.words.push(Letters::key(joined));
                    }
                    before.clear();
                }
            }
        }
    }

    /// How the person fits a query, and who it is.
    pub(super) fn compare(&self, query: &Query) -> Option<(Fit, Uuid, PersonRole)> {
        let fit = if let Some(address) = &query.address {
            let known = self.addresses.iter().filter(|known| known.as_str().starts_with(address.as_str()));
            known.map(|known| if known == address { Fit::Same } else { Fit::Starts }).min()
        } else if let Some(digits) = &query.digits {
            let known = self.numbers.iter().filter(|known| known.as_str().contains(digits.as_str()));
            known.map(|known| if known == digits { Fit::Same } else { Fit::Starts }).min()
        } else {
            self.compare_words(query)
        };
        fit.map(|fit| (fit, self.person, self.role))
    }

    fn compare_words(&self, query: &Query) -> Option<Fit> {
        let mut worst = Fit::Same;
        let mut taken: Vec<usize> = Vec::with_capacity(query.words.len());
        for (place, typed) in query.words.iter().enumerate() {
            let typing = place + 1 == query.words.len();
            let free = (0..self.words.len()).filter(|at| !taken.contains(at));
            let (fit, at) = free.filter_map(|at| Some((fits(typed, &self.words[at], typing)?, at))).min()?;
            taken.push(at);
            worst = worst.max(fit);
        }
        if query.initials.is_empty() {
            return (!query.words.is_empty()).then_some(worst);
        }
        let starts = |initial: &Letters| {
            (0..self.words.len())
                .any(|at| !taken.contains(&at) && self.words[at].as_str().starts_with(initial.as_str()))
        };
        // The first initial decides: people leave out the others, or the record does.
        let fits = if query.words.is_empty() { query.initials.iter().all(starts) } else { starts(&query.initials[0]) };
        fits.then(|| worst.max(Fit::Starts))
    }
}

fn fits(typed: &Letters, known: &Letters, typing: bool) -> Option<Fit> {
    if typed == known {
        return Some(Fit::Same);
    }
    let single = known.as_str().chars().count() == 1;
    if (typing && known.as_str().starts_with(typed.as_str())) || (single && typed.as_str().starts_with(known.as_str()))
    {
        return Some(Fit::Starts);
    }
    let forgiving =
        typed.len() >= FORGIVING_FROM || (typed.len() + 1 == FORGIVING_FROM && known.len() == FORGIVING_FROM);
    let similar = resembles(typed, known) || (typing && typed.len() >= FORGIVING_FROM && resembles_start(typed, known));
    (forgiving && known.len() >= FORGIVING_FROM - 1 && similar).then_some(Fit::Resembles)
}

/// What was typed, taken apart.
pub(super) struct Query {
    words: Vec<Letters>,
    initials: Vec<Letters>,
    digits: Option<Letters>,
    address: Option<Letters>,
}

impl Query {
    /// Takes a query apart; `None` when it is too short to mean anything.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let mut query = Self { words: Vec::new(), initials: Vec::new(), digits: None, address: None };
        let typed = typed.trim();
        if typed.contains('@') {
            query.address = Some(Letters::key(typed.to_lowercase().chars()));
            return Some(query);
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 4 && !typed.chars().any(char::is_alphabetic) {
            query.digits = Some(national(&digits));
            return Some(query);
        }
        let all: Vec<Token> = words(typed).into_iter().filter(|t| !is_title(t.key.as_str())).collect();
        let letters: usize = all.iter().map(|t| t.signs).sum();
        let named = |t: &Token| !is_particle(t.key.as_str());
        // While only *van* or *de* stands there it may be the start of a name.
        let alone = !all.iter().any(named);
        for (place, token) in all.iter().enumerate() {
            if named(token) || (alone && place + 1 == all.len()) {
                let list = if token.signs == 1 { &mut query.initials } else { &mut query.words };
                list.push(token.key.clone());
            }
        }
        (letters >= SHORTEST_QUERY && !(query.words.is_empty() && query.initials.is_empty())).then_some(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(name: &str, aliases: &str, contact: &str, typed: &str) -> Option<Fit> {
        let person = Person {
            role: PersonRole::Accused,
            name: name.into(),
            aliases: aliases.into(),
            contact: contact.into(),
            details: CaseText::default(),
        };
        Candidate::of(Uuid::nil(), &person).compare(&Query::of(typed)?).map(|(fit, _, _)| fit)
    }

    #[test]
    fn a_name_is_found_while_it_is_being_typed() {
        for typed in ["Jan", "jan j", "Jans", "J. Jans", "jansen", "Jansen Jan", "JANSEN", "Jânsen", "mevr. Jansen"] {
            assert!(fit("Jan Jansen", "", "", typed).is_some(), "{typed}");
        }
        for typed in ["j", "Piet", "P. Jansen", "Jansma", "Jan Pietersen"] {
            assert_eq!(fit("Jan Jansen", "", "", typed), None, "{typed}");
        }
    }

    #[test]
    fn particles_and_the_spelling_of_ij_do_not_matter() {
        for typed in ["de Vries", "vries", "J de Vries", "Vries, Jan de", "jan vries", "van de vries"] {
            assert!(fit("Jan de Vries", "", "", typed).is_some(), "{typed}");
        }
        for typed in ["Dykstra", "dijkstra", "Dĳkstra", "Djikstra"] {
            assert!(fit("Anna Dijkstra", "", "", typed).is_some(), "{typed}");
        }
        assert!(fit("Karin van den Berg", "", "", "vandenberg").is_some());
    }

    #[test]
    fn one_typing_error_is_forgiven_from_five_letters() {
        for typed in ["Jasnen", "Janssen", "Jansn", "Jamsen", "A. Jamsen"] {
            assert_eq!(fit("A. Jansen", "", "", typed), Some(Fit::Resembles), "{typed}");
        }
        assert_eq!(fit("Bas Kuyt", "", "", "Bes"), None, "three letters must be right");
    }

    #[test]
    fn an_initial_in_the_register_fits_a_full_name() {
        assert_eq!(fit("J. Jansen", "", "", "Jan Jansen"), Some(Fit::Starts));
    }

    #[test]
    fn aliases_addresses_and_numbers_are_looked_up() {
        assert_eq!(fit("", "Rooie, Anna Smit", "", "rooie"), Some(Fit::Same));
        assert_eq!(fit("X", "", "a.visser@zorg.example, 06 1234 5678", "visser"), Some(Fit::Same));
        assert_eq!(fit("X", "", "a.visser@zorg.example, 06 1234 5678", "A.Visser@Zorg"), Some(Fit::Starts));
        assert_eq!(fit("X", "", "a.visser@zorg.example, 06 1234 5678", "+31 6 12345678"), Some(Fit::Same));
    }
}
