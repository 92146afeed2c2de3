#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]
#[path = "../../../tests/tests/annual_report/year.rs"]
mod year;
use counts::*; use report::*; use taxonomy::Language; use year::example_year;
fn main() {
    let texts = || Texts {
        summary: "De vertrouwenspersoon werd in dit jaar beter gevonden dan voorheen. De meeste melders kwamen rechtstreeks, en wilden vooral hun verhaal doen en samen de volgende stap bedenken.".into(),
        activities: "Het hele jaar was er op dinsdag een inloopspreekuur.\nIn het najaar gaf de vertrouwenspersoon voorlichting aan nieuwe medewerkers.".into(),
        risk_profile: "Werken met bewoners brengt een risico op agressie mee; wisselende roosters maken dat teams elkaar weinig spreken.".into(),
        comparison: "De verdeling wijkt niet af van het landelijke beeld.".into(),
        developments: String::new(),
        evaluation: "De bekendheid groeit. *Sterretjes* en #hekjes blijven letterlijk staan -> zo.".into(),
        recommendations: vec!["Bespreek de gedragscode in elk team, te beginnen bij de teams met wisselende roosters.".into(), "Wijs een plaatsvervangend vertrouwenspersoon aan.".into()],
    };
    for (name, n, times, language, version) in [("nl", 30, 1, Language::Nl, Version::Final(1)), ("en", 30, 1, Language::En, Version::Draft), ("few", 4, 1, Language::Nl, Version::Final(1)), ("total", 7, 1, Language::Nl, Version::Draft), ("big", 30, 4, Language::Nl, Version::Final(2))] {
        let counts = example_year(n, times);
        let head = Letterhead { organisation: "Stichting De Voorbeeldhof".into(), adviser: "Mw. A. de Adviseur".into(), certification: "Gecertificeerd vertrouwenspersoon, register 12345".into(), year: 2025, year_start_month: 1, language, version, date: Day { year: 2026, month: 2, day: 3 } };
        let r = AnnualReport::new(head, if name == "few" {Texts::default()} else {texts()}, &publish(&counts, &Settings { hidden: HiddenTables::parse("K8"), ..Settings::default() }));
        std::fs::write(format!("/tmp/look/{name}.json"), serde_json::to_string_pretty(r.figures()).unwrap()).unwrap();
        if name == "nl" { std::fs::write("/tmp/look/data.json", r.sample_data()).unwrap(); }
        match r.pdf() { Ok(b) => std::fs::write(format!("/tmp/look/{name}.pdf"), b).unwrap(), Err(e) => println!("{name}: {e:?}") }
    }
}
