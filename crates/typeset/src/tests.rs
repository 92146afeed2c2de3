use super::*;
use serde_json::{Value, json};
use typst::World;
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

fn sample(template: Template) -> Value {
    serde_json::from_str(template.sample()).expect("the samples are JSON")
}

fn file(root: VirtualRoot, path: &str) -> FileId {
    RootedPath::new(root, VirtualPath::new(path).expect("a plain path")).intern()
}

#[test]
fn every_template_compiles_with_its_sample_without_a_warning() {
    for template in [Template::Annual, Template::Intervision, Template::RecoverySheet] {
        let document = compile(template, sample(template)).expect("the sample fits");
        assert_eq!(document.warnings(), []);
        let bytes = document.pdf().expect("it is accessible");
        assert!(bytes.starts_with(b"%PDF-"));
        let on_its_own = lay_out(MemoryWorld::new(template, None)).expect("it finds its sample");
        assert_eq!(on_its_own.pdf().expect("it is accessible"), bytes);
        assert!(document.pages_svg().iter().all(|page| page.starts_with("<svg")));
    }
}

#[test]
fn the_intervision_summary_is_one_page() {
    let document = compile(Template::Intervision, sample(Template::Intervision)).expect("the sample fits");
    assert_eq!(document.pages_svg().len(), 1);
}

#[test]
fn the_recovery_sheet_is_one_page_whatever_the_vault_is_called() {
    let mut data = sample(Template::RecoverySheet);
    data["vault"] = json!("Een heel lange naam van een map die niemand zo zou kiezen ".repeat(4));
    data["code"] = json!(vec!["#.".repeat(16); 32]);
    for language in ["nl", "en"] {
        data["language"] = json!(language);
        let document = compile(Template::RecoverySheet, data.clone()).expect("the sample fits");
        assert_eq!(document.pages_svg().len(), 1);
        document.pdf().expect("it is accessible");
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let bytes = || compile(Template::Annual, sample(Template::Annual)).and_then(|pages| pages.pdf());
    assert_eq!(bytes().expect("it is accessible"), bytes().expect("it is accessible"));
}

#[test]
fn the_compiler_sees_no_disk_no_package_and_no_clock() {
    let world = MemoryWorld::new(Template::Annual, Some(b"{}".to_vec()));
    for path in ["etc/passwd", "Cargo.toml", "annual", "annual/../secret.json"] {
        assert!(world.file(file(VirtualRoot::Project, path)).is_err(), "{path}");
        assert!(world.source(file(VirtualRoot::Project, path)).is_err(), "{path}");
    }
    let package: PackageSpec = "@preview/cetz:0.3.1".parse().expect("a package name");
    let package = VirtualRoot::Package(package);
    assert!(world.source(file(package.clone(), "lib.typ")).is_err());
    assert!(world.file(file(package, "annual/annual.typ")).is_err());
    assert_eq!(world.today(None), None);
    assert!(world.source(file(VirtualRoot::Project, "data.json")).is_err(), "data is never a template");
}

#[test]
fn an_error_names_the_template_and_nothing_of_the_data() {
    let mut data = sample(Template::Intervision);
    data["sections"] = json!([{ "title": "Geheim", "body": 3 }]);
    let error = compile(Template::Intervision, data).err().expect("a number is not a text");
    let said = format!("{error} {error:?}");
    assert!(said.contains(".typ") && !said.contains("Geheim"), "{said}");
}

#[test]
fn words_that_look_like_markup_are_words() {
    let mut data = sample(Template::Intervision);
    let hostile = "#read(\"/data.json\") *b* _i_ $x$ @ref <label> #import \"x\" \\ // /* = h \u{202E}emoji 👍";
    data["sections"][0]["body"] = json!(hostile);
    data["sections"][0]["title"] = json!(hostile);
    data["facts"][0]["value"] = json!(hostile);
    let document = compile(Template::Intervision, data).expect("words are data");
    assert_eq!(document.warnings(), []);
    document.pdf().expect("it is accessible");
}
