//! The plain sentences of errors and findings, in both languages. They stand once, in
//! `assets/messages`; the window imports the same files.

use crate::error::ApiError;
use serde_json::Value;
use std::sync::LazyLock;
pub use taxonomy::Language;

static ERRORS: LazyLock<Value> = LazyLock::new(|| parse(include_str!("../../../assets/messages/errors.json")));
static FINDINGS: LazyLock<Value> = LazyLock::new(|| parse(include_str!("../../../assets/messages/findings.json")));

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the messages are valid JSON; a test reads them")
}

/// The word for a language, as it crosses the door.
pub(crate) fn key(language: Language) -> &'static str {
    match language {
        Language::Nl => "nl",
        Language::En => "en",
    }
}

/// What happened, what is safe, what to do now.
#[must_use]
pub fn sentence(error: &ApiError, language: Language) -> String {
    if let Some(explained) = &error.explained {
        return explained.clone();
    }
    let code = serde_json::to_value(error.code).unwrap_or_default();
    let template = ERRORS[code.as_str().unwrap_or("internal")][key(language)].as_str().unwrap_or_default();
    let filled = template
        .replace("{detail}", error.detail.as_deref().unwrap_or(""))
        .replace("{field}", error.field.as_deref().unwrap_or(""));
    filled
        .replace("( )", "")
        .replace("()", "")
        .replace("  ", " ")
        .replace(" )", ")")
        .replace("( ", "(")
        .replace(" ;", ";")
}

/// The sentence of a finding, as the door writes it.
#[must_use]
pub fn finding(finding: &Value, language: Language) -> String {
    let code = finding["code"].as_str().unwrap_or_default();
    let template = FINDINGS[code][key(language)].as_str().unwrap_or_default();
    let word = |field: &str| finding[field].as_str().unwrap_or("").to_owned();
    template.replace("{file}", &word("file")).replace("{number}", &word("number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn every_error_code_has_a_sentence_in_both_languages_and_no_sentence_is_left_over() {
        for code in ErrorCode::ALL {
            for language in [Language::Nl, Language::En] {
                let text = sentence(&ApiError::new(*code), language);
                assert!(text.len() > 20 && !text.contains('{'), "{code:?}");
            }
        }
        assert_eq!(ERRORS.as_object().map(serde_json::Map::len), Some(ErrorCode::ALL.len()));
    }
}
