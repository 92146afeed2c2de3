//! Words that are not names: what an adviser needs to write at all.

use super::fold::{Letters, Token};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Particles inside Dutch and foreign names (*tussenvoegsels*).
pub(super) const PARTICLES: [&str; 48] = [
    "van", "de", "der", "den", "het", "t", "te", "ten", "ter", "s", "d", "l", "o", "in", "op", "aan", "bij", "uit",
    "uyt", "voor", "over", "onder", "tot", "vande", "vanden", "vander", "von", "vom", "zu", "zum", "zur", "la", "le",
    "les", "du", "des", "di", "da", "del", "della", "dos", "das", "el", "al", "bin", "ibn", "ben", "af",
];

/// Titles before a name.
const TITLES: [&str; 23] = [
    "dhr", "heer", "hr", "mw", "mevr", "mevrouw", "mej", "meneer", "mijnheer", "mr", "mrs", "ms", "dr", "drs", "ir",
    "ing", "prof", "bc", "msc", "bsc", "ba", "ma", "phd",
];

/// The words that stand in the place of names: a text without them cannot be written.
const ROLES: [&str; 40] = [
    "melder",
    "melders",
    "meldster",
    "beklaagde",
    "beklaagden",
    "klager",
    "klaagster",
    "getuige",
    "getuigen",
    "leidinggevende",
    "leidinggevenden",
    "medewerker",
    "medewerkers",
    "medewerkster",
    "werknemer",
    "werkgever",
    "collega",
    "collegas",
    "derde",
    "derden",
    "directie",
    "organisatie",
    "afdeling",
    "vertrouwenspersoon",
    "vpo",
    "vpi",
    "onbekend",
    "anoniem",
    "persoon",
    "reporter",
    "accused",
    "witness",
    "manager",
    "employee",
    "employer",
    "colleague",
    "colleagues",
    "management",
    "organisation",
    "department",
];

/// What stands in a name field while there is no name yet, or in the address of an example.
const PLACEHOLDERS: &str = "naam genoemd benoemd volgt achternaam voornaam onbekend onbekende anoniem anonieme bekend niet \
    bijvoorbeeld voorbeeld unknown anonymous";

/// Words of grammar that are also a part of somebody's name (*van der Meer*, *Wil*).
const GRAMMAR: &str = "aan af al alle alles als an and ander anders are as at be bent ben bij bin by daar dag dan dat de \
    deed deen den der des deze die dien dit doe doen doet door dus een eens eerst el elk en er even for ga gaan gaat geen \
    goed had hadden hand heb hebben heeft heel hem hen her het hier hij him his hoe huis hun if ik in is it ja jaar je jij \
    jou kan keer kon kun laat lang le les maar mag man maken mar me mee meer men met mij mijn min moest moet my naar na nee \
    net niet no nog noch not nu of off om on ons onze ook op or our out over per she so te tegen ten ter the them then they \
    tijd to toch toe toen tot tussen uit us van vanaf veel ver vier voor vrouw waar wat was we week wel werd werk werken \
    wie wij wil wilde wilt with worden wordt you zag zal ze zei zeer zeg zelf zes zich zie zien zij zijn zin zo zou zonder \
    zus twee drie vijf zeven acht negen tien";

/// Abbreviations that everybody writes, with their dots left out.
const ABBREVIATIONS: &str = "oa iv ivm mbt nav tov tav dwz mn bv ed etc enz zsm maw ipv nvt io as pm svp ogv imo ihkv ea id \
    md blz nr tel ca al am pm us uk eu nl be it tv pc vp vpo vpi vps or mt hr po pz ob ai hrm ict ceo cfo cao uwv avg bhv \
    wia ggz hbo mbo vmbo wo lvv rvt rvb rvc mr dr drs ir ing nv cv pe gz ggd oom omgv tk ns ok sms vso vo rie bns psa dga \
    zzp mail app eg ie vs cc re fyi asap aub dd ad jl js mi ao ih ivo tbv tgv vd vh vhv qua kb mb gb km cm kg";

/// What organisations and buildings call themselves besides their own name.
const GENERIC: &str = "gemeente gemeenten stichting vereniging cooperatie college school scholen groep zorg zorggroep welzijn \
    instelling instituut centrum bedrijf bedrijven bureau dienst diensten ziekenhuis kliniek universiteit hogeschool academie \
    ministerie provincie waterschap fabriek winkel kantoor magazijn locatie vestiging gebouw huis hal unit team ploeg raad \
    onderwijs overheid techniek transport vervoer logistiek handel bouw industrie horeca cultuur sport informatie financien \
    bv nv vof holding international nederland nederlandse nationaal landelijk regio regionaal noord oost zuid west midden \
    algemeen algemene samen nieuwe goede services service group company the foundation institute centre center";

static GENERIC_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.split_whitespace().collect());
static PLACEHOLDER_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| PLACEHOLDERS.split_whitespace().collect());
static ROLE_SET: LazyLock<HashSet<Letters>> =
    LazyLock::new(|| ROLES.iter().map(|role| Letters::key(role.chars())).collect());
static GRAMMAR_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| GRAMMAR.split_whitespace().collect());
static ABBREVIATION_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| ABBREVIATIONS.split_whitespace().collect());
static ORDINARY_SET: LazyLock<HashSet<Letters>> = LazyLock::new(|| {
    let everyday = include_str!("ordinary.txt").lines().filter(|line| !line.starts_with('#'));
    let placeholders = PLACEHOLDERS.split_whitespace();
    everyday
        .flat_map(str::split_whitespace)
        .chain(placeholders)
        .chain(ROLES)
        .map(|word| Letters::key(word.chars()))
        .collect()
});

/// Endings under which an everyday word stays one.
const INFLECTIONS: [&str; 16] =
    ["s", "e", "en", "n", "t", "d", "de", "te", "den", "ten", "r", "er", "je", "tje", "jes", "tjes"];

/// Whether a word is a particle of names.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a word is a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether a word names a role that every summary speaks of.
pub(super) fn is_role(word: &Letters) -> bool {
    ROLE_SET.contains(word)
}

/// Whether a word holds sentences together, so that it is a name only by its capital.
pub(super) fn is_grammar(word: &Letters) -> bool {
    GRAMMAR_SET.contains(word.as_str()) || GRAMMAR_SET.contains(word.written_out().as_str())
}

/// Whether a word says that a name is not there, and so is never a part of one.
pub(super) fn is_placeholder(word: &Letters) -> bool {
    PLACEHOLDER_SET.contains(word.written_out().as_str())
}

/// Whether half the organisations of the country have this word in their names.
pub(super) fn is_generic(word: &Letters) -> bool {
    GENERIC_SET.contains(word.as_str()) || GENERIC_SET.contains(word.written_out().as_str())
}

/// Whether the letters without dots are an abbreviation that everybody writes.
pub(super) fn is_abbreviation(letters: &str) -> bool {
    ABBREVIATION_SET.contains(letters)
}

/// Whether a word is an everyday one, in any usual form.
pub(super) fn is_ordinary(word: &Letters) -> bool {
    let listed = |text: &str| ORDINARY_SET.contains(text) || GRAMMAR_SET.contains(text);
    listed(word.as_str())
        || is_grammar(word)
        || INFLECTIONS.iter().any(|ending| {
            word.as_str().strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= 3 && listed(stem))
        })
}

/// Whether a written word is plainly the everyday word and not a misspelt name: it has
/// no capital that a sentence does not explain.
pub(super) fn reads_as_ordinary(token: &Token) -> bool {
    (!token.capital || token.opens_sentence) && is_ordinary(&token.key)
}
