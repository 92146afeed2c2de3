//! Quiet hints beside a case: rules of the profession that warn and never block.
//! The texts stand in `assets/messages/hints.json`.

use casebook::CaseSummary;
use casebook::practice::Organisation;
use taxonomy::{
    AftercareResult, Behaviour, Coded, ConsentKind, ContractType, DutyBasis, Frequency, Intervention, ReporterRole,
};

/// Interventions that reach others and so need the reporter's consent (R8).
const REACHING_OTHERS: [(Intervention, ConsentKind); 4] = [
    (Intervention::AttendConversation, ConsentKind::ActOnBehalf),
    (Intervention::SupportRaiseInternally, ConsentKind::ShareInformation),
    (Intervention::StartMediation, ConsentKind::ActOnBehalf),
    (Intervention::SignalManagement, ConsentKind::SignalManagement),
];

/// Stable codes of the hints that apply to a case.
pub(crate) fn hints(case: &CaseSummary, organisation: Option<&Organisation>) -> Vec<String> {
    let facts = &case.facts;
    let contacts: u32 = case.work.iter().map(|w| w.contacts).sum();
    let main = |wanted: Behaviour| facts.behaviours.iter().any(|b| b.main() == wanted);
    let hired = [ContractType::Agency, ContractType::HiredIn];
    let rules = [
        ("bullying-once", main(Behaviour::Bullying) && facts.frequency.known() == Some(Frequency::Single)),
        ("ground-missing", main(Behaviour::Discrimination) && facts.grounds.is_empty()),
        ("referral-missing", !facts.in_scope() && facts.referrals.is_empty()),
        ("accused-asks", facts.reporter_role.known() == Some(ReporterRole::Accused)),
        ("no-second-adviser", organisation.is_some_and(|o| o.second_adviser.is_empty()) && !facts.is_closed()),
        ("explain-confidentiality", facts.explained_on.is_none() && contacts >= 2 && !facts.is_closed()),
        ("consent-to-record", needs_record_consent(case, contacts)),
        ("consent-to-act", REACHING_OTHERS.iter().any(|(act, kind)| acts_without(case, *act, *kind))),
        ("own-employer-adviser", facts.contract_type.known().is_some_and(|c| hired.contains(&c))),
        ("aftercare-worse", facts.aftercare == AftercareResult::Worsened),
        ("department-unknown", unknown_department(case, organisation)),
    ];
    rules.into_iter().filter(|(_, applies)| *applies).map(|(code, _)| code.to_owned()).collect()
}

fn needs_record_consent(case: &CaseSummary, contacts: u32) -> bool {
    let imported = !case.facts.imported_as.is_empty();
    contacts >= 1 && !imported && !case.facts.is_closed() && !case.consents_to(ConsentKind::KeepRecord)
}

fn acts_without(case: &CaseSummary, act: Intervention, kind: ConsentKind) -> bool {
    let excused = !case.facts.imported_as.is_empty() || case.facts.duty_basis != DutyBasis::None;
    case.facts.interventions.contains(&act) && !excused && !case.consents_to(kind)
}

fn unknown_department(case: &CaseSummary, organisation: Option<&Organisation>) -> bool {
    let Some(organisation) = organisation else { return false };
    // EXPOSE: compared in memory with the organisation's own list.
    let department = case.facts.department.expose().trim();
    !department.is_empty()
        && !crate::convert::split_names(&organisation.departments).iter().any(|known| known == department)
}

#[cfg(test)]
mod tests {
    use super::*;
    use casebook::Answer;
    use casebook::case::{Case, CaseNumber, Facts};
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn summary(edit: impl FnOnce(&mut Facts)) -> CaseSummary {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a real day");
        let mut case = Case::new(Uuid::from_u128(1));
        let mut facts = Facts::draft(CaseNumber { year: 2026, serial: 1 }, day);
        edit(&mut facts);
        let at = day.and_hms_opt(9, 0, 0).expect("a real time").and_utc();
        case.facts.write(case.id, facts, casebook::Stamp { device: Uuid::nil(), at, session: Uuid::nil() });
        CaseSummary::of(&case).expect("the case has facts")
    }

    #[test]
    fn bullying_that_happened_once_is_questioned() {
        let case = summary(|facts| {
            facts.behaviours.insert(Behaviour::BullyingGossip);
            facts.frequency = Answer::Is(Frequency::Single);
        });
        assert_eq!(hints(&case, None), ["bullying-once"]);
    }

    #[test]
    fn attending_a_conversation_asks_for_consent() {
        let case = summary(|facts| {
            facts.interventions.insert(Intervention::AttendConversation);
        });
        assert_eq!(hints(&case, None), ["consent-to-act"]);
    }

    #[test]
    fn an_accused_who_asks_for_help_is_referred() {
        let case = summary(|facts| facts.reporter_role = Answer::Is(ReporterRole::Accused));
        assert_eq!(hints(&case, None), ["accused-asks"]);
    }
}
