//! The command line as somebody types it: what it prints, where, and its exit code.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const PASSPHRASE: &str = "zes rustige woorden achter een gesloten deur";
const ORGANISATION: &str = "Stichting De Voorbeeldhof";

struct Terminal {
    place: TempDir,
    language: &'static str,
}

impl Terminal {
    fn new() -> Self {
        let place = TempDir::new().expect("a temporary folder can be made");
        fs::write(place.path().join("wachtzin"), format!("{PASSPHRASE}\n")).expect("the file can be written");
        Self { place, language: "en_US.UTF-8" }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn luwte(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_luwte"))
            .args(words)
            .current_dir(self.place.path())
            .env("XDG_DATA_HOME", self.path("state"))
            .env("LC_ALL", self.language)
            .output()
            .expect("the program starts")
    }

    /// Something that must work; answers standard output.
    fn good(&self, words: &[&str]) -> String {
        let output = self.luwte(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "nothing on the error stream when all is well");
        String::from_utf8(output.stdout).expect("the answer is text")
    }

    /// Something that must be refused with one sentence and exit 1.
    fn refused(&self, words: &[&str]) -> String {
        let output = self.luwte(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        assert!(output.stdout.is_empty(), "nothing on standard output when it is refused");
        let said = String::from_utf8(output.stderr).expect("the sentence is text");
        assert!(!said.contains("panicked") && !said.contains("Error("), "{said}");
        said
    }

    fn vault_with_year(&self) -> String {
        let code = self.good(&["create", "kluis", "--passphrase-file", "wachtzin"]);
        let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import/example-year.csv");
        fs::copy(year, self.path("jaar.csv")).expect("the fixture is there");
        self.good(&["import", "kluis", "--organisation", ORGANISATION, "jaar.csv", "--passphrase-file", "wachtzin"]);
        code.trim().to_owned()
    }
}

#[test]
fn from_an_empty_folder_to_a_report_and_a_checked_vault() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let list = terminal.good(&["list", "kluis", "--passphrase-file", "wachtzin"]);
    assert_eq!(list.lines().count(), 30);
    let report = [
        "report",
        "kluis",
        "--organisation",
        ORGANISATION,
        "--year",
        "2025",
        "--out",
        "verslag.pdf",
        "--figures",
        "cijfers.json",
        "--passphrase-file",
        "wachtzin",
    ];
    terminal.good(&report);
    let pdf = fs::read(terminal.path("verslag.pdf")).expect("the report was written");
    assert!(pdf.starts_with(b"%PDF-"));
    let figures = fs::read(terminal.path("cijfers.json")).expect("the figures were written");
    let figures: Value = serde_json::from_slice(&figures).expect("the figures are JSON");
    assert_eq!(figures["schema"], "luwte-figures/1");
    assert_eq!(figures["total"]["value"], 23);
    terminal.good(&report);
    assert!(
        pdf == fs::read(terminal.path("verslag.pdf")).expect("it was written again"),
        "the same bytes when made twice"
    );
    let check = terminal.good(&["check", "kluis", "--passphrase-file", "wachtzin"]);
    assert!(check.contains(" 0 need attention"), "{check}");
}

#[test]
fn a_summary_with_a_name_is_refused_and_without_consent_a_reason_is_asked() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let write = |text: &str| fs::write(terminal.path("tekst"), text).expect("the file can be written");
    let mut words = vec!["intervision", "kluis", "--case", "2025-001", "--text", "tekst", "--out", "intervisie.pdf"];
    words.extend(["--passphrase-file", "wachtzin"]);
    write("Een melder loopt vast in een team.");
    assert!(terminal.refused(&words).contains("consent"));
    words.extend(["--reason", "alleen in algemene zin"]);
    write("Een melder van de Voorbeeldhof loopt vast.");
    assert!(terminal.refused(&words).contains("identifies"));
    assert!(!terminal.path("intervisie.pdf").exists());
    write("Een melder loopt vast in een team.");
    terminal.good(&words);
    assert!(fs::read(terminal.path("intervisie.pdf")).expect("it was saved").starts_with(b"%PDF-"));
}

#[test]
fn the_passphrase_changes_and_the_recovery_code_sets_a_new_one() {
    let terminal = Terminal::new();
    let code = terminal.good(&["create", "kluis", "--passphrase-file", "wachtzin"]);
    fs::write(terminal.path("nieuw"), "een andere zin met ruim genoeg tekens\n").expect("the file can be written");
    terminal.good(&["passphrase", "kluis", "--passphrase-file", "wachtzin", "--new-passphrase-file", "nieuw"]);
    let old = terminal.refused(&["list", "kluis", "--passphrase-file", "wachtzin"]);
    assert!(old.starts_with("This passphrase is not right"), "{old}");
    fs::write(terminal.path("code"), code).expect("the file can be written");
    terminal.good(&["recover", "kluis", "--code-file", "code", "--passphrase-file", "wachtzin"]);
    terminal.good(&["list", "kluis", "--passphrase-file", "wachtzin"]);
}

#[test]
fn a_dutch_terminal_is_answered_in_dutch() {
    let terminal = Terminal { language: "nl_NL.UTF-8", ..Terminal::new() };
    terminal.good(&["create", "kluis", "--passphrase-file", "wachtzin"]);
    let checked = terminal.good(&["check", "kluis", "--passphrase-file", "wachtzin"]);
    assert!(
        checked.starts_with("Bestanden die goed zijn: ") && checked.ends_with(". Aandacht nodig: 0.\n"),
        "{checked}"
    );
    let made = terminal.good(&["backup", "kluis", "b.zip"]);
    assert_eq!(made.trim_end(), "Meldingen: 0, elke byte vergeleken, niets geopend.");
}

#[test]
fn bad_input_is_one_plain_sentence() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let unlock = ["--passphrase-file", "wachtzin"];
    let report = |organisation: &str, year: &str| {
        let words = ["report", "kluis", "--organisation", organisation, "--year", year, "--out", "x.pdf"];
        terminal.refused(&[&words[..], &unlock[..]].concat())
    };
    assert!(report("Onbekend BV", "2025").contains("Onbekend BV"));
    assert!(report(ORGANISATION, "1999").contains("1999"));
    assert!(terminal.refused(&["list", "nergens", "--passphrase-file", "wachtzin"]).contains("no vault"));
    assert!(terminal.refused(&["create", "kluis", "--passphrase-file", "wachtzin"]).contains("not empty"));
    assert!(terminal.refused(&["backup", "nergens", "b.zip"]).contains("no vault"));
    assert!(terminal.refused(&["restore", "jaar.csv", "terug"]).contains("not a back-up"));
    assert!(!terminal.path("x.pdf").exists());
    let one_sentence = terminal.refused(&["list", "nergens", "--passphrase-file", "wachtzin"]);
    assert_eq!(one_sentence.lines().count(), 1);
}

#[test]
fn a_back_up_is_put_back_and_the_report_is_the_same() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let report = |vault: &str, figures: &str| {
        let out = format!("{figures}.pdf");
        let words = ["report", vault, "--organisation", ORGANISATION, "--year", "2025", "--out", &out];
        terminal.good(&[&words[..], &["--figures", figures, "--passphrase-file", "wachtzin"]].concat());
        fs::read(terminal.path(figures)).expect("the figures are written")
    };
    let before = report("kluis", "voor.json");
    assert!(terminal.good(&["backup", "kluis", "zonder.zip"]).contains("none opened"));
    let said = terminal.good(&["backup", "kluis", "met.zip", "--passphrase-file", "wachtzin"]);
    assert!(said.contains("30 cases, all opened"), "{said}");
    assert!(terminal.refused(&["backup", "kluis", "met.zip"]).contains("not overwritten"));
    assert!(terminal.refused(&["backup", "kluis", "kluis/cases/b.zip"]).contains("outside the vault"));
    terminal.good(&["restore", "zonder.zip", "terug1"]);
    terminal.good(&["restore", "met.zip", "terug2", "--passphrase-file", "wachtzin"]);
    assert!(terminal.refused(&["restore", "met.zip", "terug2"]).contains("not empty"));
    assert_eq!(report("terug1", "terug1.json"), before);
    assert_eq!(report("terug2", "terug2.json"), before);
    let mut cut = fs::read(terminal.path("met.zip")).expect("it was made");
    cut.truncate(cut.len() / 2);
    fs::write(terminal.path("half.zip"), cut).expect("it can be written");
    assert!(terminal.refused(&["restore", "half.zip", "terug3"]).contains("damaged"));
    assert!(!terminal.path("terug3").exists());
}

#[test]
fn a_broken_import_names_every_bad_cell_and_changes_nothing() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let good = fs::read_to_string(terminal.path("jaar.csv")).expect("the file is there");
    let broken =
        good.replace("VB25-0", "NW25-0").replacen(",pattern,", ",soms,", 1).replacen("2025-01-22", "2025-02-30", 1);
    fs::write(terminal.path("kapot.csv"), broken).expect("the file can be written");
    let words = ["import", "kluis", "--organisation", ORGANISATION, "kapot.csv", "--passphrase-file", "wachtzin"];
    let said = terminal.refused(&words);
    assert!(said.contains("soms") && said.contains("2025-02-30"), "{said}");
    assert_eq!(terminal.good(&["list", "kluis", "--passphrase-file", "wachtzin"]).lines().count(), 30);
}

#[test]
fn a_damaged_file_is_named_by_check_and_the_rest_still_opens() {
    let terminal = Terminal::new();
    terminal.vault_with_year();
    let case = fs::read_dir(terminal.path("kluis/cases"))
        .expect("the folder is there")
        .next()
        .expect("a case")
        .expect("a case");
    let mut bytes = fs::read(case.path()).expect("the case is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(case.path(), &bytes).expect("the file can be written");
    let check = terminal.luwte(&["check", "kluis", "--passphrase-file", "wachtzin"]);
    assert_eq!(check.status.code(), Some(1));
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(said.contains(&case.file_name().to_string_lossy().into_owned()), "{said}");
    assert!(bytes == fs::read(case.path()).expect("the case is there"), "a damaged file is never overwritten");
}

#[test]
fn usage_errors_exit_2_and_json_carries_codes() {
    let terminal = Terminal::new();
    assert_eq!(terminal.luwte(&["list", "kluis"]).status.code(), Some(2));
    assert_eq!(terminal.luwte(&["list", "kluis", "--passphrase", "x"]).status.code(), Some(2));
    let output = terminal.luwte(&["--json", "list", "kluis", "--passphrase-file", "wachtzin"]);
    let error: Value = serde_json::from_slice(&output.stderr).expect("the error is JSON");
    assert_eq!(error["error"]["code"], "no-vault");
}
