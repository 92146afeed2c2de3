//! One day in the real window: from an empty computer to a report and a summary.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use luwte_e2e::Window;
use std::path::Path;
use std::time::{Duration, Instant};

const NOTE: &str = "Zij belt over het rooster en wil eerst zelf het gesprek aangaan.";

async fn written(path: &Path) -> Vec<u8> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        match std::fs::read(path) {
            Ok(bytes) if !bytes.is_empty() => return bytes,
            _ => assert!(Instant::now() < until, "{} was never written", path.display()),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn from_the_wizard_to_a_note_that_survives_locking_a_report_and_a_summary() {
    let place = luwte_e2e::home();
    let vault = place.join("kluis");
    std::fs::create_dir(&vault).expect("a folder for the vault can be made");
    let mut window = Window::open().await;
    let passphrase = make_vault(&window, &vault).await;
    let number = write_melding(&window).await;
    lock_and_unlock(&mut window, &passphrase, &number).await;
    save_report(&window, &place.join("verslag.pdf")).await;
    save_summary(&window, &place.join("intervisie.pdf"), &number).await;
    window.close().await;
}

#[tokio::test]
async fn every_screen_of_a_practice_fits_in_both_languages_and_both_themes() {
    let window = Window::open().await;
    window.use_examples("voorbeelden").await;
    for (language, theme) in [("nl", "light"), ("nl", "dark"), ("en", "light"), ("en", "dark")] {
        window.click("#menu-settings").await;
        window.click(&format!("#settings-language-{language}")).await;
        window.click(&format!("#settings-theme-{theme}")).await;
        window.see(&format!("html[lang={language}][data-theme={theme}]")).await;
        visit_screens(&window, &format!("{language}-{theme}")).await;
    }
    window.close().await;
}

async fn visit_screens(window: &Window, look: &str) {
    let screens = [
        ("#menu-settings", "#settings-theme"),
        ("#menu-backup", "#backup-choose-folder"),
        ("#menu-today", "[data-testid=tasks]"),
        ("#menu-new-case", "#note"),
        ("#menu-cases", "#case-row-5"),
        ("#case-row-5", "[data-testid=timeline]"),
        ("#menu-organisations", "#add-organisation"),
        ("#menu-reports", "#open-annual-report"),
        ("#open-annual-report", "[data-testid=pages] img"),
        ("#report-tab-figures", "#save-report"),
        ("#as-text", "#save-report"),
        ("#menu-help", "#help-protects"),
    ];
    for (press, sign) in screens {
        window.click(press).await;
        window.see(sign).await;
        let name = format!("{look}{}", press.replace('#', "-"));
        window.picture(&name).await;
        window.fits(&name).await;
    }
}

async fn make_vault(window: &Window, vault: &Path) -> String {
    window.read("Luwte bewaart").await;
    window.picture("01-welkom").await;
    window.click("#new-vault").await;
    let proposal = window.see("#new-passphrase-proposal").await;
    let passphrase = proposal.text().await.expect("the proposal is shown");
    window.write("#new-passphrase-again", &passphrase).await;
    window.picture("02-wachtzin").await;
    window.click("#make-vault").await;
    window.answer_dialog(vault).await;
    window.see("[data-testid=recovery-group-1]").await;
    window.picture("03-herstelblad").await;
    let sheet = window.copy_sheet().await;
    window.click("#written").await;
    prove_sheet(window, &sheet).await;
    window.see("#backup-choose-folder").await;
    window.picture("03c-back-up").await;
    window.click("#backup-next").await;
    window.write("#your-name", "M. de Vrij").await;
    window.write("#organisation-name", "Gemeente Voorbeeldstad").await;
    window.picture("04-organisatie").await;
    window.click("#finish").await;
    window.see("#menu-new-case").await;
    window.picture("05-vandaag").await;
    passphrase
}

/// Copies the groups that are asked back from the paper.
async fn prove_sheet(window: &Window, sheet: &[String]) {
    window.see("#confirm-recovery").await;
    window.picture("03b-controle").await;
    window.copy_from_sheet(sheet).await;
    window.click("#confirm-recovery").await;
}

/// A melding by keyboard alone: write first, sort later.
async fn write_melding(window: &Window) -> String {
    window.press_control('n').await;
    window.see("#note").await;
    window.type_focused(NOTE).await;
    window.picture("06-nieuwe-melding").await;
    let number = window.see("[data-testid=draft-number]").await.text().await.expect("the number is shown");
    let number = number.split_whitespace().last().expect("a number").to_owned();
    window.press_control('\u{e007}').await;
    window.see("[data-testid=timeline]").await;
    window.read(NOTE).await;
    window.picture("07-melding").await;
    number
}

async fn lock_and_unlock(window: &mut Window, passphrase: &str, number: &str) {
    let before = window.process;
    window.click("#note-facts").await;
    window.type_focused("De voorlaatste ").await;
    // The letters right before the keys that lock are in the same breath.
    let locked = window.lock_by(|| Window::type_and_lock("woorden."), &["rooster", "voorlaatste", "woorden"]).await;
    assert!(locked.is_ok(), "{locked:?}");
    assert_ne!(window.process, before);
    window.picture("08-vergrendeld").await;
    window.write("#passphrase", "dit is niet de goede wachtzin").await;
    window.click("#unlock").await;
    window.read("klopt niet").await;
    window
        .client
        .find(fantoccini::Locator::Css("#passphrase"))
        .await
        .expect("the field")
        .clear()
        .await
        .expect("cleared");
    window.write("#passphrase", passphrase).await;
    window.click("#unlock").await;
    window.see("#lock").await;
    window.see("#note-facts").await;
    window.stands_in("note-facts", "De voorlaatste woorden.").await;
    window.click("#menu-cases").await;
    window.read(number).await;
    window.picture("09-meldingen").await;
    window.click("#case-row-0").await;
    window.read(NOTE).await;
}

async fn save_report(window: &Window, path: &Path) {
    window.click("#menu-reports").await;
    window.picture("10-rapportage").await;
    window.click("#open-annual-report").await;
    window.read("geen meldingen").await;
    window.choose("#report-year", "2026").await;
    window.see("#save-report").await;
    window.see("[data-testid=pages] img").await;
    window.picture("11-jaarverslag").await;
    window.click("#save-report").await;
    window.answer_dialog(path).await;
    let pdf = written(path).await;
    assert!(pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF"), "the report is a whole PDF");
}

async fn save_summary(window: &Window, path: &Path, number: &str) {
    window.click("#menu-reports").await;
    window.click("#open-intervision").await;
    window.choose("#intervision-case", number).await;
    window.write("#intervision-situation", "Een melder van de gemeente Voorbeeldstad loopt vast.").await;
    window.see("[data-testid=name-check][data-state=found]").await;
    window.picture("12-intervisie-naam").await;
    let save = window.see("#save-intervision").await;
    assert!(!save.is_enabled().await.expect("a button"), "with a name left, saving is impossible");
    let field = window.see("#intervision-situation").await;
    field.clear().await.expect("the field can be emptied");
    window.write("#intervision-situation", "Een melder loopt vast in een team.").await;
    window.see("[data-testid=name-check][data-state=clean]").await;
    window.write("#intervision-reason", "Alleen in algemene zin, voor het leren van de adviseur.").await;
    // Wherever the page was left: the bar with the button lies over what is ticked first.
    window.scroll_behind_bar("#intervision-confirm").await;
    window.click("#intervision-confirm").await;
    window.picture("13-intervisie").await;
    window.click("#save-intervision").await;
    window.answer_dialog(path).await;
    assert!(written(path).await.starts_with(b"%PDF-"), "the summary is a PDF");
}
