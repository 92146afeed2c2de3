use super::*;
use counts::{Settings, YearCounts, publish};
use taxonomy::{Coded, Dimension, Gender, Language};

fn letterhead(language: Language) -> Letterhead {
    Letterhead {
        organisation: "Voorbeeld".to_owned(),
        adviser: String::new(),
        certification: String::new(),
        year: 2025,
        year_start_month: 1,
        language,
        version: Version::Draft,
        date: Day { year: 2026, month: 2, day: 3 },
    }
}

fn report(counts: &YearCounts, settings: &Settings, language: Language) -> AnnualReport {
    AnnualReport::new(letterhead(language), Texts::default(), &publish(counts, settings))
}

/// A year with this many meldingen, others that do not belong here, and work on them.
fn year(in_scope: u32, not_in_scope: u32) -> YearCounts {
    let mut counts = YearCounts::default();
    (counts.in_scope, counts.not_in_scope) = (in_scope, not_in_scope);
    (counts.contacts, counts.minutes) = (400, 9000);
    counts
}

fn digits(text: &str) -> Vec<u32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    numbers.map(|word| word.parse().expect("a run of digits")).collect()
}

#[test]
fn every_sentence_lists_exactly_the_numbers_that_it_says() {
    for meldingen in [0, 4, 5, 9, 10, 23, 60] {
        let mut counts = year(meldingen, 6);
        (0..meldingen).for_each(|_| counts.count(Dimension::Gender, std::iter::once(Gender::Male.index())));
        for language in [Language::Nl, Language::En] {
            for statement in &report(&counts, &Settings::default(), language).figures().statements {
                assert_eq!(digits(&statement.text), statement.numbers, "{}", statement.text);
            }
        }
    }
}

#[test]
fn below_the_threshold_there_is_one_sentence_without_a_number() {
    let counts = year(4, 9);
    let report = report(&counts, &Settings::default(), Language::Nl);
    let figures = report.figures();
    assert_eq!(figures.total.value, None);
    assert_eq!((figures.tables.len(), figures.statements.len()), (0, 1));
    assert!(figures.statements[0].text.starts_with("Er waren minder dan vijf meldingen"));
    assert_eq!(figures.numbers().count(), 0);
}

#[test]
fn the_members_of_single_answer_rows_cover_the_list_once() {
    let counts = year(30, 0);
    for dimension in Dimension::ALL {
        let list = dimension.list();
        let mut counts = counts.clone();
        let leaves = (0..list.codes.len()).filter(|&code| !list.codes[code].group);
        leaves.cycle().take(30).for_each(|code| counts.count(*dimension, std::iter::once(code)));
        for table in &report(&counts, &Settings::default(), Language::Nl).figures().tables {
            if table.dimension != list.id || table.answers != "single" {
                continue;
            }
            let named = |code: &taxonomy::Code| {
                let parent = code.parent.map(|parent| list.codes[parent].code);
                let stands_for = |member: &&str| *member == code.code || Some(*member) == parent;
                table.rows.iter().flat_map(|row| &row.members).filter(|member| stands_for(member)).count()
            };
            for code in list.codes.iter().filter(|code| !code.group) {
                assert_eq!(named(code), 1, "{} {}", table.id, code.code);
            }
        }
    }
}

#[test]
fn the_figures_have_the_form_that_their_schema_names() {
    let counts = year(7, 0);
    let figures = report(&counts, &Settings::default(), Language::Nl);
    let json = serde_json::to_value(figures.figures()).expect("figures are plain data");
    assert_eq!(json["schema"], "luwte-figures/1");
    assert_eq!(json["total"], serde_json::json!({ "label": "Nieuwe meldingen", "value": 7 }));
    assert_eq!(json["statements"][0]["numbers"], serde_json::json!([7]));
}

#[test]
fn every_kind_of_year_can_be_laid_out() {
    for (meldingen, headcount) in [(0, None), (4, None), (7, None), (12, None), (12, Some(14))] {
        let mut counts = year(meldingen, 0);
        (0..meldingen).for_each(|_| counts.count(Dimension::Gender, std::iter::once(Gender::Male.index())));
        let settings = Settings { headcount, ..Settings::default() };
        for language in [Language::Nl, Language::En] {
            let document = report(&counts, &settings, language).typeset().expect("the template takes every year");
            assert_eq!(document.warnings(), []);
            document.pdf().expect("it is accessible");
        }
    }
}

/// The names in a value and below it; of a list, those of its first element.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries.iter().map(|(name, value)| (name.clone(), shape(value))).collect(),
        Value::Array(values) => values.iter().take(1).map(shape).collect(),
        _ => Value::Null,
    }
}

#[test]
fn the_sample_beside_the_template_has_the_form_of_a_report() {
    let sample: Value = serde_json::from_str(Template::Annual.sample()).expect("the sample is JSON");
    let mut counts = year(30, 6);
    (0..30).for_each(|case| counts.count(Dimension::Gender, std::iter::once(Gender::ALL[case % 2].index())));
    let texts = Texts { recommendations: vec!["Eén".to_owned()], ..Texts::default() };
    let report = AnnualReport::new(letterhead(Language::Nl), texts, &publish(&counts, &Settings::default()));
    let (mut sample, mut data) = (shape(&sample), shape(&report.data()));
    // How many rows, merged categories and left-out ones there are differs by year.
    for side in [&mut sample, &mut data] {
        side["parts"] = Value::Null;
        side["figures"]["tables"][0]["rows"] = Value::Null;
        side["figures"]["tables"][0]["not_shown"] = Value::Null;
    }
    assert_eq!(sample, data);
}
