//! The shapes of the files in `assets/demo`.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PracticeData {
    pub(super) adviser: AdviserData,
    pub(super) follow_ups: Vec<String>,
    pub(super) follow_up_task: String,
    pub(super) keep_record_scope: String,
    pub(super) act_on_behalf_scope: String,
    pub(super) organisations: Vec<OrganisationData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdviserData {
    pub(super) name: String,
    pub(super) certification: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationData {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) aliases: String,
    pub(super) places: String,
    pub(super) departments: String,
    pub(super) sector: String,
    pub(super) headcount: u32,
    pub(super) adviser_role: String,
    pub(super) accused_policy: String,
    pub(super) second_adviser: String,
    pub(super) texts: TextsData,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextsData {
    pub(super) summary: String,
    pub(super) activities: String,
    pub(super) risk_profile: String,
    pub(super) comparison: String,
    pub(super) developments: String,
    pub(super) evaluation: String,
    pub(super) recommendations: String,
}

/// The codes that stories and coded rows share, and when it began and ended.
#[derive(Deserialize)]
pub(super) struct CodesData {
    /// 0 is this year, -1 the year before.
    pub(super) year: i32,
    /// First contact, in thousandths of the part of that year that is over.
    pub(super) at: i64,
    /// Days until closing; open when missing or when that day is still to come.
    pub(super) days: Option<u64>,
    pub(super) channel: String,
    #[serde(default)]
    pub(super) found_via: String,
    #[serde(default)]
    pub(super) reporter_role: String,
    #[serde(default)]
    pub(super) reporter_position: String,
    #[serde(default)]
    pub(super) gender: String,
    #[serde(default)]
    pub(super) age_band: String,
    #[serde(default)]
    pub(super) contract_type: String,
    #[serde(default)]
    pub(super) salary_group: String,
    #[serde(default)]
    pub(super) department: String,
    #[serde(default)]
    pub(super) non_belonging: String,
    #[serde(default)]
    pub(super) behaviours: String,
    #[serde(default)]
    pub(super) grounds: String,
    #[serde(default)]
    pub(super) accused_relation: String,
    #[serde(default)]
    pub(super) frequency: String,
    #[serde(default)]
    pub(super) interventions: String,
    #[serde(default)]
    pub(super) referrals: String,
    pub(super) outcome: String,
    pub(super) closing_reason: String,
    pub(super) aftercare: String,
}

/// One case with a story.
#[derive(Deserialize)]
pub(super) struct StoryData {
    #[serde(flatten)]
    pub(super) codes: CodesData,
    #[serde(default)]
    pub(super) draft: bool,
    #[serde(default)]
    pub(super) phase: String,
    #[serde(default)]
    pub(super) second_adviser: bool,
    #[serde(default)]
    pub(super) duty_basis: String,
    #[serde(default)]
    pub(super) breach: String,
    #[serde(default)]
    pub(super) cluster: String,
    #[serde(default)]
    pub(super) contact_route: String,
    pub(super) notes: Vec<NoteData>,
    pub(super) persons: Vec<PersonData>,
    pub(super) tasks: Vec<TaskData>,
    pub(super) consents: Vec<ConsentData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteData {
    pub(super) after: u64,
    pub(super) channel: String,
    pub(super) minutes: u32,
    pub(super) with_whom: String,
    pub(super) facts: String,
    pub(super) impressions: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonData {
    pub(super) role: String,
    pub(super) name: String,
    pub(super) aliases: String,
    pub(super) contact: String,
    pub(super) details: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskData {
    /// Days after the first contact.
    pub(super) after: Option<u64>,
    /// Days from today, which may be in the past.
    pub(super) from_today: Option<i64>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) done: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentData {
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) after: u64,
    pub(super) written: bool,
    pub(super) scope: String,
}

/// One case that is mostly codes.
#[derive(Deserialize)]
pub(super) struct CodedData {
    pub(super) organisation: String,
    #[serde(flatten)]
    pub(super) codes: CodesData,
    pub(super) contacts: u64,
    pub(super) minutes: u32,
    pub(super) note: String,
}
