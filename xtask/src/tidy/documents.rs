//! Documents that must stay true: the map of crates, the invariants and the tests they
//! name, the glossary, and links.

use super::{File, Findings};

pub(super) fn check(files: &[File], findings: &mut Findings) {
    let text = |path: &str| files.iter().find(|f| f.path == path).map_or("", |f| f.text.as_str());
    let architecture = text("ARCHITECTURE.md");
    every_crate_is_on_the_map(files, architecture, findings);
    every_named_test_exists(files, architecture, findings);
    every_list_is_in_the_glossary(text("assets/taxonomy/lists.json"), text("docs/glossary.md"), findings);
    every_link_leads_somewhere(files, findings);
}

fn every_crate_is_on_the_map(files: &[File], architecture: &str, findings: &mut Findings) {
    for file in files {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else { continue };
        let name = folder.rsplit('/').next().expect("split always gives a first part");
        if !architecture.contains(&format!("`{name}`")) {
            findings.wrong("ARCHITECTURE.md", &format!("the crate in {folder} is not on the map as `{name}`"));
        }
    }
}

/// A named test looks like `path/to/file.rs::name_of_the_test`.
fn every_named_test_exists(files: &[File], architecture: &str, findings: &mut Findings) {
    let mut numbered = 0;
    for (number, invariant) in invariants(architecture) {
        numbered += 1;
        let place = format!("ARCHITECTURE.md, invariant {number}");
        let tests: Vec<&str> = invariant.split('`').skip(1).step_by(2).filter(|code| code.contains("::")).collect();
        if tests.is_empty() {
            findings.wrong(&place, "no test is named that proves it");
        }
        for test in tests {
            let (path, name) = test.split_once("::").expect("only words with :: were kept");
            let exists = |file: &File| {
                if path.ends_with(".rs") {
                    file.text.contains(&format!("fn {name}("))
                } else {
                    file.text.contains(name)
                }
            };
            match files.iter().find(|f| f.path == path) {
                None => findings.wrong(&place, &format!("there is no file {path}")),
                Some(file) if !exists(file) => findings.wrong(&place, &format!("there is no test {name} in {path}")),
                Some(_) => {}
            }
        }
    }
    if numbered == 0 {
        findings.wrong("ARCHITECTURE.md", "no numbered invariants were found");
    }
}

/// The numbered points under the heading with "Invariants", each with its following lines.
fn invariants(architecture: &str) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut inside = false;
    for line in architecture.lines() {
        if line.starts_with('#') {
            inside = line.contains("Invariants");
        } else if inside {
            let number = line.split_once(". ").and_then(|(number, _)| number.parse().ok());
            match (number, found.last_mut()) {
                (Some(number), _) => found.push((number, line.to_owned())),
                (None, Some((_, text))) => {
                    text.push(' ');
                    text.push_str(line);
                }
                (None, None) => {}
            }
        }
    }
    found
}

fn every_list_is_in_the_glossary(lists: &str, glossary: &str, findings: &mut Findings) {
    let mut names = 0;
    for list in lists.split("\"name\":").skip(1) {
        let name = list.split('"').nth(1).unwrap_or_default();
        names += 1;
        if !glossary.lines().any(|line| line.starts_with('|') && line.contains(&format!("`{name}`"))) {
            findings.wrong("docs/glossary.md", &format!("the list `{name}` has no row"));
        }
    }
    if names == 0 {
        findings.wrong("assets/taxonomy/lists.json", "no lists were found");
    }
}

fn every_link_leads_somewhere(files: &[File], findings: &mut Findings) {
    for file in files.iter().filter(|f| f.is(&["md"])) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in file.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let path = resolve(folder, target);
            if !crate::step::root().join(&path).exists() {
                findings.wrong(&file.path, &format!("the link to {target} leads nowhere"));
            }
        }
    }
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str =
        "# Map\n1. not an invariant\n## Invariants\n1. One door.\n   `a.rs::one_door`\n2. No test.\n## Next\n3. no";

    fn found(test_file: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let files = [File { path: "a.rs".into(), text: test_file.into() }];
        every_named_test_exists(&files, MAP, &mut findings);
        findings.wrong
    }

    #[test]
    fn an_invariant_without_a_living_test_is_found() {
        assert_eq!(found("fn one_door() {}"), ["ARCHITECTURE.md, invariant 2: no test is named that proves it"]);
        assert_eq!(found("fn two_doors() {}")[0], "ARCHITECTURE.md, invariant 1: there is no test one_door in a.rs");
    }

    #[test]
    fn a_list_without_a_row_is_found() {
        let mut findings = Findings::default();
        let lists = r#"{"id": "a", "name": "Gender"}, {"id": "b", "name": "AgeBand"}"#;
        every_list_is_in_the_glossary(lists, "| sekse | `Gender` | … |\n`AgeBand` in a sentence", &mut findings);
        assert_eq!(findings.wrong, ["docs/glossary.md: the list `AgeBand` has no row"]);
    }

    #[test]
    fn links_are_read_from_the_folder_of_their_page() {
        assert_eq!(resolve("docs/adr", "../../README.md"), "README.md");
        assert_eq!(resolve("", "docs/glossary.md"), "docs/glossary.md");
    }
}
