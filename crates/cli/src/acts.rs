//! One act a command: secrets in, the door asked, an answer for people and machines.

use crate::arguments::{Act, Arguments, DocumentLanguage, PassphraseSource};
use crate::secrets;
use api::app::App;
use api::commands::dispatch;
use api::error::{ApiError, ErrorCode};
use api::messages::Language;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// What is printed.
pub(crate) struct Answer {
    /// For people.
    pub(crate) text: String,
    /// For machines.
    pub(crate) json: Value,
    /// Whether the exit code is 0.
    pub(crate) good: bool,
}

impl Answer {
    fn good(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, good: true }
    }
}

/// Does what was typed.
pub(crate) fn run(app: &mut App, arguments: &Arguments) -> Result<Answer, ApiError> {
    match &arguments.act {
        Act::Create { vault, passphrase } => create(app, vault, passphrase),
        Act::Demo { vault } => demo(app, vault),
        Act::Import { vault, organisation, file, dry_run, passphrase } => {
            unlock(app, vault, passphrase)?;
            import(app, organisation, file, *dry_run, arguments.json)
        }
        Act::List { vault, organisation, passphrase } => {
            unlock(app, vault, passphrase)?;
            list(app, organisation.as_deref())
        }
        Act::Report { vault, organisation, year, out, language, threshold, figures, make_final, passphrase } => {
            unlock(app, vault, passphrase)?;
            let request = json!({
                "path": out, "organisation": organisation_id(app, organisation)?, "year": year,
                "language": code(*language), "threshold": threshold, "figures": figures, "make_final": make_final,
            });
            saved(dispatch(app, "save_report", request)?)
        }
        Act::Intervision { vault, case, text, out, reason, language, passphrase } => {
            unlock(app, vault, passphrase)?;
            let request = json!({
                "path": out, "case": case_id(app, case)?, "language": code(*language),
                "words": api::files::read_text(text)?, "reason": reason.as_deref().unwrap_or(""),
            });
            saved(dispatch(app, "save_intervision_file", request)?)
        }
        Act::Check { vault, passphrase } => {
            unlock(app, vault, passphrase)?;
            check(app)
        }
        Act::Backup { vault, file, passphrase } => {
            match passphrase.source() {
                Some(source) => unlock(app, vault, &source)?,
                None => app.use_folder(vault),
            }
            backed_up(&dispatch(app, "make_backup_at", json!({ "path": file }))?)
        }
        Act::Restore { file, vault, passphrase } => {
            let chosen = dispatch(app, "choose_backup", json!({ "path": file }))?;
            let seen = match passphrase.source() {
                Some(source) => {
                    let passphrase = secrets::passphrase(&source)?;
                    dispatch(app, "preview_backup", json!({ "passphrase": passphrase.as_str(), "code": null }))?
                }
                None => json!({ "cases": chosen["cases"], "opened": false, "bad": [] }),
            };
            dispatch(app, "restore_backup", json!({ "path": vault, "beside": false }))?;
            backed_up(&seen)
        }
        Act::Passphrase { vault, new_passphrase_file, passphrase } => {
            let old = secrets::passphrase(passphrase)?;
            let new = secrets::second(new_passphrase_file.as_deref())?;
            app.use_folder(vault);
            dispatch(app, "unlock", json!({ "passphrase": old.as_str() }))?;
            dispatch(app, "change_passphrase", json!({ "old": old.as_str(), "new": new.as_str() }))?;
            let text = in_language("De wachtzin is gewijzigd.", "The passphrase was changed.");
            Ok(Answer::good(text, json!({ "changed": true })))
        }
        Act::Recover { vault, code_file, passphrase } => {
            // From standard input the code comes first, as it is typed.
            let code = secrets::second(code_file.as_deref())?;
            let new = secrets::passphrase(passphrase)?;
            app.use_folder(vault);
            dispatch(app, "recover", json!({ "code": code.as_str(), "passphrase": new.as_str() }))?;
            let text =
                in_language("De kluis opent met de nieuwe wachtzin.", "The vault opens with the new passphrase.");
            Ok(Answer::good(text, json!({ "recovered": true })))
        }
    }
}

fn unlock(app: &mut App, vault: &Path, source: &PassphraseSource) -> Result<(), ApiError> {
    let passphrase = secrets::passphrase(source)?;
    app.use_folder(vault);
    dispatch(app, "unlock", json!({ "passphrase": passphrase.as_str() })).map(drop)
}

/// Of two ways to say it, the one in the language of the terminal.
fn in_language(dutch: impl Into<String>, english: impl Into<String>) -> String {
    match crate::language() {
        Language::Nl => dutch.into(),
        Language::En => english.into(),
    }
}

fn code(language: DocumentLanguage) -> &'static str {
    match language {
        DocumentLanguage::Nl => "nl",
        DocumentLanguage::En => "en",
    }
}

fn texts<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    value[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn create(app: &mut App, vault: &Path, source: &PassphraseSource) -> Result<Answer, ApiError> {
    let passphrase = secrets::passphrase(source)?;
    let made = dispatch(app, "create_vault", json!({ "path": vault, "passphrase": passphrase.as_str() }))?;
    let recovery = texts(&made, "groups").join("-");
    Ok(Answer::good(recovery.clone(), json!({ "recovery_code": recovery })))
}

fn demo(app: &mut App, vault: &Path) -> Result<Answer, ApiError> {
    let made = dispatch(app, "create_demo", json!({ "path": vault }))?;
    let passphrase = texts(&made, "words").join(" ");
    Ok(Answer::good(passphrase.clone(), json!({ "passphrase": passphrase })))
}

fn organisation_id(app: &mut App, name: &str) -> Result<Value, ApiError> {
    let practice = dispatch(app, "practice", json!({}))?;
    let wanted = name.trim().to_lowercase();
    let organisations = practice["organisations"].as_array().cloned().unwrap_or_default();
    let found =
        organisations.into_iter().find(|o| o["name"].as_str().is_some_and(|n| n.trim().to_lowercase() == wanted));
    found.map(|o| o["id"].clone()).ok_or_else(|| ApiError::new(ErrorCode::OrganisationUnknown).with(name))
}

fn case_id(app: &mut App, number: &str) -> Result<Value, ApiError> {
    let cases = dispatch(app, "list_cases", json!({}))?;
    let found = cases.as_array().into_iter().flatten().find(|c| c["number"].as_str() == Some(number.trim()));
    found.map(|c| c["id"].clone()).ok_or_else(|| ApiError::new(ErrorCode::CaseUnknown).with(number))
}

fn import(app: &mut App, organisation: &str, file: &Path, dry_run: bool, json: bool) -> Result<Answer, ApiError> {
    let request = json!({ "path": file, "organisation": organisation, "dry_run": dry_run });
    let result = dispatch(app, "import_year", request)?;
    let language = crate::language();
    let field = in_language("nl", "en");
    let problems = result["problems"].as_array().cloned().unwrap_or_default();
    let mut text = String::new();
    for problem in &problems {
        writeln!(text, "{}", problem[&field].as_str().unwrap_or_default()).expect("writing to a string cannot fail");
    }
    if !problems.is_empty() && json {
        return Ok(Answer { text: String::new(), json: result, good: false });
    }
    if !problems.is_empty() {
        let error = ApiError::new(ErrorCode::ImportRefused).with(problems.len().to_string());
        writeln!(text, "{}", api::messages::sentence(&error, language)).expect("writing to a string cannot fail");
        return Err(ApiError { explained: Some(text.trim_end().to_owned()), ..error });
    }
    let imported = result["imported"].as_u64().unwrap_or_default();
    let (existing, continued) = (texts(&result, "existing"), texts(&result, "continued"));
    let there = existing.len();
    let (als, would) = if dry_run { (" (proef)", "would be imported") } else { ("", "imported") };
    let mut lines = vec![in_language(
        format!("Ingelezen{als}: {imported}. Al aanwezig: {there}."),
        format!("{imported} cases {would}, {there} exist already."),
    )];
    if !continued.is_empty() {
        lines.push(format!("{}: {}", in_language("Voortgezet", "Carried on"), continued.join(", ")));
    }
    if !existing.is_empty() {
        lines.push(format!("{}: {}", in_language("Aanwezig", "Already there"), existing.join(", ")));
    }
    text += &lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    Ok(Answer::good(text, result))
}

fn list(app: &mut App, organisation: Option<&str>) -> Result<Answer, ApiError> {
    let wanted = organisation.map(|name| organisation_id(app, name).map(|_| name.trim().to_lowercase())).transpose()?;
    let cases = dispatch(app, "list_cases", json!({}))?;
    let chosen = cases.as_array().into_iter().flatten().filter(|case| {
        wanted
            .as_ref()
            .is_none_or(|name| case["organisation"].as_str().is_some_and(|o| o.trim().to_lowercase() == *name))
    });
    let rows: Vec<Value> = chosen
        .map(|case| json!({ "number": case["number"], "phase": case["phase"], "intake": case["intake"], "closed": case["closed"] }))
        .collect();
    let mut text = String::new();
    for row in &rows {
        let word = |field: &str| row[field].as_str().unwrap_or("-").to_owned();
        writeln!(text, "{}  {}  {}  {}", word("number"), word("intake"), word("closed"), word("phase"))
            .expect("writing to a string cannot fail");
    }
    let findings = findings(app, &mut text)?;
    Ok(Answer { text, json: Value::Array(rows), good: findings == 0 })
}

/// Adds what was noticed at unlock, and counts what makes the list less than whole.
fn findings(app: &mut App, text: &mut String) -> Result<usize, ApiError> {
    let state = dispatch(app, "app_state", json!({}))?;
    let findings = state["findings"].as_array().cloned().unwrap_or_default();
    for finding in &findings {
        writeln!(text, "{}", api::messages::finding(finding, crate::language()))
            .expect("writing to a string cannot fail");
    }
    let harmless = ["unlisted", "repaired", "unproven", "merged", "returned", "restored"];
    Ok(findings.iter().filter(|f| f["code"].as_str().is_none_or(|code| !harmless.contains(&code))).count())
}

fn saved(answer: Value) -> Result<Answer, ApiError> {
    let file = answer["file"].as_str().unwrap_or_default().to_owned();
    Ok(Answer::good(format!("{}: {file}", in_language("Opgeslagen", "Saved")), answer))
}

/// What is in a back-up that was made or put back; it fails when a file in it does not open.
fn backed_up(contents: &Value) -> Result<Answer, ApiError> {
    let opened = contents["opened"].as_bool().unwrap_or_default();
    let (hoe, how) = if opened {
        ("alles geopend", "all opened")
    } else {
        ("elke byte vergeleken, niets geopend", "every byte compared, none opened")
    };
    let cases = &contents["cases"];
    let mut text = in_language(format!("Meldingen: {cases}, {hoe}."), format!("{cases} cases, {how}."));
    let bad = texts(contents, "bad");
    for file in &bad {
        write!(text, "\n{}: {file}", in_language("Opent niet", "Does not open"))
            .expect("writing to a string cannot fail");
    }
    Ok(Answer { text, good: bad.is_empty(), json: contents.clone() })
}

fn check(app: &mut App) -> Result<Answer, ApiError> {
    let result = dispatch(app, "check_vault", json!({}))?;
    let findings = result["findings"].as_array().cloned().unwrap_or_default();
    let mut text = String::new();
    for finding in &findings {
        writeln!(text, "{}", api::messages::finding(finding, crate::language()))
            .expect("writing to a string cannot fail");
    }
    let (good, wrong) = (&result["good"], findings.len());
    text += &in_language(
        format!("Bestanden die goed zijn: {good}. Aandacht nodig: {wrong}.\n"),
        format!("{good} files are good, {wrong} need attention.\n"),
    );
    Ok(Answer { text, good: findings.is_empty(), json: result })
}
