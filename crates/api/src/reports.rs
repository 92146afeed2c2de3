//! The annual report: from cases to counts, to what may be published, to pages.

use crate::app::App;
use crate::cases::language;
use crate::convert::{shown, text};
use crate::error::{ApiError, ErrorCode};
use crate::files;
use crate::versions::{of_texts, shown_as, write_over};
use crate::wire::Saved;
use crate::wire::report::{
    FiguresView, FileSaved, OneReport, Pages, ReportTextsView, ReportView, RowView, SaveReport, SaveReportTexts,
    TableView,
};
use crate::year_counts::{Year, year};
use casebook::case::Facts;
use casebook::names::FindingKind;
use casebook::practice::{FrozenYear, ReportTexts};
use casebook::{Answer, CaseText};
use chrono::{Datelike, NaiveDate};
use counts::{HiddenTables, Settings, Threshold, publish};
use report::{AnnualReport, Day, Figures, Letterhead, Texts, Version};
use taxonomy::{Dimension, Language, Outcome};
use uuid::Uuid;

/// A report with its texts and figures.
pub(crate) fn report(app: &mut App, request: OneReport) -> Result<ReportView, ApiError> {
    let language = language(&request.language)?;
    let year = year(app, request.organisation, request.year)?;
    let annual = annual(app, &year, language, None)?;
    let practice = app.vault()?.practice();
    let texts = practice.texts_of(request.organisation, request.year).cloned();
    let last_year = practice.texts_of(request.organisation, request.year - 1).map(|r| texts_view(&r.body));
    let entry = texts.as_ref().filter(|_| year.frozen.is_none()).map(|r| r.entry);
    let versions = entry.map(|entry| of_texts(practice, entry, app.local.device())).unwrap_or_default();
    Ok(ReportView {
        frozen: year.frozen.is_some(),
        frozen_on: year.frozen.as_ref().map(|frozen| frozen.frozen_on.to_string()),
        years: year.years.clone(),
        threshold: threshold(&year, None)?.get(),
        texts: texts_view(&year.texts),
        shown: texts.as_ref().map(shown_as),
        versions,
        last_year,
        incomplete: incomplete(app, &year)?,
        figures: figures_view(annual.figures(), language),
    })
}

/// Saves the adviser's texts; those of a final year do not change any more.
pub(crate) fn save_report_texts(app: &mut App, request: SaveReportTexts) -> Result<Saved, ApiError> {
    let year = year(app, request.organisation, request.year)?;
    if year.frozen.is_some() {
        return Err(ApiError::new(ErrorCode::YearFrozen).with(request.year.to_string()));
    }
    let view = request.texts;
    let texts = ReportTexts {
        organisation: request.organisation,
        year: request.year,
        summary: text(view.summary, "summary")?,
        activities: text(view.activities, "activities")?,
        risk_profile: text(view.risk_profile, "risk_profile")?,
        comparison: text(view.comparison, "comparison")?,
        developments: text(view.developments, "developments")?,
        evaluation: text(view.evaluation, "evaluation")?,
        recommendations: text(view.recommendations, "recommendations")?,
    };
    let known = app.vault()?.practice().texts_of(request.organisation, request.year).map(|r| r.entry);
    let entry = known.unwrap_or_else(|| ReportTexts::entry(request.organisation, request.year));
    let after = request.after;
    let saved_at =
        app.change_practice(|practice, stamp| write_over(&mut practice.report_texts, after, entry, texts, stamp))?;
    Ok(Saved { saved_at })
}

/// Renders the pages of a report.
pub(crate) fn preview_report(app: &mut App, request: OneReport) -> Result<Pages, ApiError> {
    let language = language(&request.language)?;
    let year = year(app, request.organisation, request.year)?;
    let annual = annual(app, &year, language, None)?;
    let pages = annual.typeset().map_err(|_| ApiError::internal("report"))?.pages_svg();
    let figures = figures_view(annual.figures(), language);
    let (count, version) = app.show_pages(pages);
    Ok(Pages { count, version, figures: Some(figures) })
}

/// Saves a report as PDF, with its figures beside it when asked, and makes the year
/// final when asked.
///
/// A final report may not exist without a final year, nor the other way round: the
/// draft is written to its place first, then the year is made final in the vault, then
/// the final report takes the place of the draft. Whatever fails leaves a draft.
pub(crate) fn save_report(app: &mut App, request: SaveReport) -> Result<FileSaved, ApiError> {
    let language = language(&request.language)?;
    let year = year(app, request.organisation, request.year)?;
    let practice = app.vault()?.practice();
    let written = practice.texts_of(request.organisation, request.year).map(|r| r.entry);
    // Until she chose, nobody knows which of the two is hers.
    if year.frozen.is_none() && written.is_some_and(|entry| !practice.report_texts.versions(entry).is_empty()) {
        return Err(ApiError::new(ErrorCode::TwoVersions));
    }
    if request.make_final && year.frozen.is_none() && !year.is_over(app.clock.today()) {
        return Err(ApiError::new(ErrorCode::YearIncomplete).with(request.year.to_string()));
    }
    refuse_names(app, &year)?;
    let threshold = threshold(&year, request.threshold)?;
    if request.figures.as_ref() == Some(&request.path) {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "figures"));
    }
    let freeze = request.make_final && year.frozen.is_none();
    // Logged first: a vault that cannot be written to lets nothing out.
    app.log(if freeze { "report_final" } else { "report_saved" }, &request.year.to_string(), CaseText::default())?;
    let mut saved = write_report(app, &request, &year, language, threshold)?;
    if freeze {
        let year = frozen(app, year, threshold);
        let frozen = year.frozen.clone().ok_or_else(|| ApiError::internal("year"))?;
        app.change_practice(|practice, stamp| practice.frozen_years.write(Uuid::new_v4(), frozen, stamp))?;
        saved = write_report(app, &request, &year, language, threshold)?;
    }
    Ok(saved)
}

fn write_report(
    app: &App,
    request: &SaveReport,
    year: &Year,
    language: Language,
    threshold: Threshold,
) -> Result<FileSaved, ApiError> {
    let annual = annual(app, year, language, Some(threshold))?;
    let pdf = annual.pdf().map_err(|_| ApiError::internal("report"))?;
    if let Some(path) = &request.figures {
        let figures = serde_json::to_vec_pretty(annual.figures()).map_err(|_| ApiError::internal("figures"))?;
        files::write(app, path, &figures)?;
    }
    files::write(app, &request.path, &pdf)
}

fn frozen(app: &App, year: Year, threshold: Threshold) -> Year {
    let frozen = FrozenYear {
        organisation: year.id,
        year: year.year,
        threshold: threshold.get(),
        taxonomy_version: taxonomy::VERSION,
        frozen_on: app.clock.today(),
        headcount: year.organisation.headcount,
        hidden_tables: year.organisation.hidden_tables.clone(),
        counts: year.counts.numbers().map(|n| n.to_string()).collect::<Vec<_>>().join(" "),
        counted: year.counted.clone(),
        texts: year.texts.clone(),
    };
    Year { frozen: Some(frozen), ..year }
}

/// The threshold of a report: that of a final year never changes.
fn threshold(year: &Year, wanted: Option<u32>) -> Result<Threshold, ApiError> {
    let settled = year.frozen.as_ref().map(|frozen| frozen.threshold);
    if let (Some(settled), Some(wanted)) = (settled, wanted)
        && settled != wanted
    {
        return Err(ApiError::new(ErrorCode::YearFrozen).with(year.year.to_string()));
    }
    let threshold = wanted.or(settled).unwrap_or(year.organisation.threshold);
    Threshold::new(threshold).ok_or_else(|| ApiError::field(ErrorCode::FieldInvalid, "threshold"))
}

fn annual(app: &App, year: &Year, language: Language, k: Option<Threshold>) -> Result<AnnualReport, ApiError> {
    let k = match k {
        Some(k) => k,
        None => threshold(year, None)?,
    };
    // A final year is published with what was known when it was made final.
    let (headcount, hidden) = match &year.frozen {
        Some(frozen) => (frozen.headcount, &frozen.hidden_tables),
        None => (year.organisation.headcount, &year.organisation.hidden_tables),
    };
    let settings = Settings { threshold: k, headcount, hidden: HiddenTables::parse(hidden) };
    let practice = app.vault()?.practice();
    let adviser = practice.adviser.current().first().map(|r| r.body.clone()).unwrap_or_default();
    let made = year.frozen.as_ref().map_or_else(|| app.clock.today(), |frozen| frozen.frozen_on);
    let letterhead = Letterhead {
        organisation: shown(&year.organisation.name),
        adviser: shown(&adviser.name),
        certification: shown(&adviser.certification),
        year: year.year,
        year_start_month: year.organisation.year_start_month,
        language,
        version: if year.frozen.is_some() { Version::Final(1) } else { Version::Draft },
        date: Day { year: made.year(), month: made.month(), day: made.day() },
    };
    Ok(AnnualReport::new(letterhead, printed_texts(&year.texts), &publish(&year.counts, &settings)))
}

fn printed_texts(texts: &ReportTexts) -> Texts {
    let lines = shown(&texts.recommendations);
    Texts {
        summary: shown(&texts.summary),
        activities: shown(&texts.activities),
        risk_profile: shown(&texts.risk_profile),
        comparison: shown(&texts.comparison),
        developments: shown(&texts.developments),
        evaluation: shown(&texts.evaluation),
        recommendations: lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
    }
}

pub(crate) fn texts_view(texts: &ReportTexts) -> ReportTextsView {
    ReportTextsView {
        summary: shown(&texts.summary),
        activities: shown(&texts.activities),
        risk_profile: shown(&texts.risk_profile),
        comparison: shown(&texts.comparison),
        developments: shown(&texts.developments),
        evaluation: shown(&texts.evaluation),
        recommendations: shown(&texts.recommendations),
    }
}

/// A report that names a person does not leave the vault (R12, R25).
fn refuse_names(app: &mut App, year: &Year) -> Result<(), ApiError> {
    let view = texts_view(&year.texts);
    let fields = [
        ("summary", view.summary),
        ("activities", view.activities),
        ("risk_profile", view.risk_profile),
        ("comparison", view.comparison),
        ("developments", view.developments),
        ("evaluation", view.evaluation),
        ("recommendations", view.recommendations),
    ];
    for (field, words) in fields.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
        let found = app.names()?.scan(&words).map_err(|_| ApiError::new(ErrorCode::NameCheckFailed))?;
        let persons = found.iter().filter(|finding| is_personal(finding.kind)).count();
        if persons > 0 {
            return Err(ApiError::field(ErrorCode::NamesLeft, field).with(persons.to_string()));
        }
    }
    Ok(())
}

/// A report may name the organisation and its parts, never a person or a case.
fn is_personal(kind: FindingKind) -> bool {
    !matches!(kind, FindingKind::Organisation | FindingKind::Department | FindingKind::Place | FindingKind::Details)
}

/// Cases of the year whose coding is not complete (R26).
fn incomplete(app: &App, year: &Year) -> Result<Vec<String>, ApiError> {
    let today = app.clock.today();
    let cases = app.vault()?.cases().iter().filter(|case| year.counted.contains(&case.id));
    let lacking = cases.filter(|case| lacks_coding(&case.facts, today)).map(|case| case.facts.number.to_string());
    let mut numbers: Vec<String> = lacking.collect();
    numbers.sort();
    Ok(numbers)
}

fn lacks_coding(facts: &Facts, today: NaiveDate) -> bool {
    let unasked = facts.accused_relation == Answer::NotAsked || facts.frequency == Answer::NotAsked;
    let closed_without = facts.closed.is_some_and(|day| day <= today) && facts.outcome == Outcome::Ongoing;
    facts.in_scope() && (facts.behaviours.is_empty() || unasked || closed_without)
}

fn figures_view(figures: &Figures, language: Language) -> FiguresView {
    let title = |dimension: &str| {
        let list = Dimension::ALL.iter().map(|d| d.list()).find(|list| list.id == dimension);
        list.map(|list| list.label.get(language).to_owned()).unwrap_or_default()
    };
    let tables = figures.tables.iter().map(|table| TableView {
        id: table.id.to_owned(),
        title: title(table.dimension),
        base: table.base,
        multiple: table.answers == "multiple",
        rows: table.rows.iter().map(|row| RowView { label: row.label.to_owned(), value: row.value }).collect(),
        note: table.note.map(str::to_owned),
    });
    FiguresView {
        total: figures.total.value,
        tables: tables.collect(),
        statements: figures.statements.iter().map(|statement| statement.text.clone()).collect(),
    }
}
