//! Words that may not stand here: paths of somebody's computer, addresses of package
//! registries, and computer language where the adviser reads.

use super::{File, Findings};

/// Beginnings of words that the Dutch interface does not use.
const NOT_FOR_HER: &[&str] = &["passphrase", "sync", "database", "ongeldig", "error"];

pub(super) fn check(files: &[File], findings: &mut Findings) {
    for file in files {
        places(file, findings);
        let read_by_her = if is_dutch_interface(&file.path) {
            texts(&file.text)
        } else if file.path.starts_with("assets/messages/") {
            dutch_messages(&file.text)
        } else {
            continue;
        };
        for (line, word) in forbidden_words(read_by_her) {
            findings.wrong(&format!("{}:{line}", file.path), &format!("“{word}” is no word for the adviser"));
        }
    }
}

fn is_dutch_interface(path: &str) -> bool {
    path.strip_prefix("ui/src/i18n/")
        .is_some_and(|name| name.ends_with(".ts") && ["nl.", "nl-", "nl/"].iter().any(|start| name.starts_with(start)))
}

/// Written in two halves, so that this file does not find itself.
fn banned_places() -> [String; 8] {
    [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("C:\\", "Users"),
        concat!("/wo", "rk/"),
        concat!("registry.", "npmjs"),
        concat!("\"resol", "ved\":"),
        concat!("static.", "crates.io"),
    ]
    .map(str::to_owned)
}

fn places(file: &File, findings: &mut Findings) {
    // Cargo writes the name of its own index there.
    if file.path == "Cargo.lock" {
        return;
    }
    let banned = banned_places();
    for (number, line) in file.text.lines().enumerate() {
        if let Some(found) = banned.iter().find(|place| line.contains(*place)) {
            let sentence = format!("`{found}` names a computer or a registry; the project must work on any");
            findings.wrong(&format!("{}:{}", file.path, number + 1), &sentence);
        }
    }
}

fn forbidden_words(read_by_her: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in read_by_her {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        found.extend(words.filter(|w| NOT_FOR_HER.iter().any(|bad| w.starts_with(bad))).map(|w| (line, w)));
    }
    found
}

/// The Dutch halves of `"code": {"nl": "…", "en": "…"}`, with their line.
fn dutch_messages(json: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in json.lines().enumerate() {
        for value in line.split("\"nl\":").skip(1).filter_map(|rest| rest.split_once('"')) {
            found.push((number + 1, literal(&mut value.1.chars().peekable(), '"', &mut 0)));
        }
    }
    found
}

/// The texts of a dictionary: the string literals of a TypeScript file with their line, without keys and imports.
fn texts(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut letters = source.chars().peekable();
    let mut importing = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => line += 1,
            ';' => importing = false,
            'i' if letters.clone().take(6).eq("mport ".chars()) => importing = true,
            '/' if letters.peek() == Some(&'/') => {
                while letters.peek().is_some_and(|c| *c != '\n') {
                    letters.next();
                }
            }
            '/' if letters.peek() == Some(&'*') => {
                let mut before = ' ';
                for inside in letters.by_ref() {
                    line += usize::from(inside == '\n');
                    if before == '*' && inside == '/' {
                        break;
                    }
                    before = inside;
                }
            }
            quote @ ('\'' | '"' | '`') => {
                let start = line;
                let text = literal(&mut letters, quote, &mut line);
                let is_key = letters.peek() == Some(&':');
                if !is_key && !importing {
                    found.push((start, text));
                }
            }
            _ => {}
        }
    }
    found
}

/// The rest of a literal; what stands in `${…}` is code and left out.
fn literal(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, quote: char, line: &mut usize) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '$' if quote == '`' && letters.peek() == Some(&'{') => {
                let mut depth = 0;
                for inside in letters.by_ref() {
                    depth += i32::from(inside == '{') - i32::from(inside == '}');
                    if depth == 0 {
                        break;
                    }
                }
                text.push(' ');
            }
            '\n' => {
                *line += 1;
                text.push(' ');
            }
            end if end == quote => break,
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computer_words_are_found_in_texts_only() {
        let source = "import { error } from './error';\n\
                      // a database comment\n\
                      export const nl = {\n\
                      \x20 'wrong-passphrase': { what: 'De wachtzin klopt niet.' },\n\
                      \x20 errors: { sync: `Dit is ${error.code} terug.` },\n\
                      \x20 bad: \"Ongeldige datum\",\n\
                      };\n";
        assert_eq!(forbidden_words(texts(source)), [(6, "ongeldige".to_owned())]);
    }

    #[test]
    fn computer_words_are_found_in_dutch_messages_only() {
        let json = "{\n  \"database\": {\"nl\": \"De sync is klaar\", \"en\": \"The database\"}\n}";
        assert_eq!(forbidden_words(dutch_messages(json)), [(2, "sync".to_owned())]);
    }

    #[test]
    fn a_path_of_somebodys_computer_is_found() {
        let mut findings = Findings::default();
        let text = format!("fine\n{}anna/kluis\n", concat!("/ho", "me/"));
        places(&File { path: "docs/a.md".into(), text }, &mut findings);
        assert_eq!(findings.wrong.len(), 1);
        assert!(findings.wrong[0].starts_with("docs/a.md:2: "));
    }
}
