//! Source files: their size, their lints, and every place that reads case text.

use super::{File, Findings};

const LISTED_FROM: usize = 400;
const REFUSED_FROM: usize = 600;

pub(super) fn check(files: &[File], findings: &mut Findings) {
    for file in files {
        if file.is(&["rs", "ts", "svelte", "typ", "css", "sql"]) && !file.path.ends_with(".gen.ts") {
            size(file, findings);
        }
        if file.path.ends_with("/Cargo.toml") && !inherits_lints(&file.text) {
            findings.wrong(&file.path, "add [lints] workspace = true: every crate has the same rules");
        }
        if file.is(&["rs"]) && file.path.contains("/src/") && !is_test(&file.path) {
            for line in unexplained_exposures(&file.text) {
                let sentence = "say in a comment `// EXPOSE:` on or above this line why case text may be read here";
                findings.wrong(&format!("{}:{line}", file.path), sentence);
            }
        }
    }
}

/// Tests of a crate that stand in files of their own.
fn is_test(path: &str) -> bool {
    path.contains("/src/tests/") || path.ends_with("tests.rs")
}

fn size(file: &File, findings: &mut Findings) {
    let lines = file.text.lines().count();
    if lines > REFUSED_FROM {
        findings.wrong(&file.path, &format!("{lines} lines are more than one idea: split it (limit {REFUSED_FROM})"));
    } else if lines > LISTED_FROM {
        findings.note(&file.path, &format!("{lines} lines; consider two files"));
    }
}

fn inherits_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    lines.next() == Some("workspace = true")
}

/// Line numbers of `.expose()` without a reason on the line or in the paragraph above
/// it; tests at the end of a file use invented words and need none.
fn unexplained_exposures(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.iter().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(lines.len());
    let explained = |at: usize| {
        let above = lines[..=at].iter().rev().take(PARAGRAPH);
        above.take_while(|line| !line.trim().is_empty()).any(|line| line.contains("EXPOSE:"))
    };
    (0..tests)
        .filter(|at| {
            let code = lines[*at].split("//").next().unwrap_or_default();
            code.contains(".expose()") && !explained(*at)
        })
        .map(|at| at + 1)
        .collect()
}

/// How far above a reason may stand.
const PARAGRAPH: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_text_is_read_only_with_a_reason() {
        assert_eq!(unexplained_exposures("let a = name.expose();"), [1]);
        assert!(unexplained_exposures("// EXPOSE: for the screen\nlet a = name.expose();").is_empty());
        assert!(unexplained_exposures("let a = name.expose(); // EXPOSE: for the screen").is_empty());
        assert_eq!(unexplained_exposures("// EXPOSE: for the screen\n\nlet a = name.expose();"), [3]);
        assert!(unexplained_exposures("#[cfg(test)]\nmod tests { fn a() { name.expose(); } }").is_empty());
    }

    #[test]
    fn a_crate_without_the_common_lints_is_found() {
        assert!(inherits_lints("[package]\n\n[lints]\nworkspace = true\n"));
        assert!(!inherits_lints("[package]\n"));
        assert!(!inherits_lints("[lints]\nrust.missing_docs = \"allow\"\n"));
    }
}
