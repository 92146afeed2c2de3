//! The adviser and her organisations.

use crate::app::App;
use crate::convert::{code, join_names, shown, split_names, text};
use crate::error::{ApiError, ErrorCode};
use crate::wire::Nothing;
use crate::wire::practice::{AdviserView, OrganisationView, PracticeView};
use casebook::practice::{Adviser, Organisation};
use taxonomy::{Coded, Sector};
use uuid::Uuid;

/// Smallest and largest threshold an organisation may choose.
const THRESHOLDS: std::ops::RangeInclusive<u32> = 3..=10;

/// The adviser and her organisations.
pub(crate) fn practice(app: &mut App, _: Nothing) -> Result<PracticeView, ApiError> {
    let practice = app.vault()?.practice();
    let adviser = practice.adviser.current().first().map(|r| adviser_view(&r.body)).unwrap_or_default();
    let mut organisations: Vec<OrganisationView> =
        practice.organisations.current().into_iter().map(|r| organisation_view(r.entry, &r.body)).collect();
    organisations.sort_by_key(|organisation| organisation.name.to_lowercase());
    let versions = crate::versions::of_practice(practice, app.local.device());
    let (on_screen, who) = (practice.organisations.clone(), practice.adviser.clone());
    app.seen.all_shown(&on_screen);
    app.seen.all_shown(&who);
    Ok(PracticeView { adviser, organisations, versions })
}

/// Saves who the adviser is.
pub(crate) fn save_adviser(app: &mut App, request: AdviserView) -> Result<PracticeView, ApiError> {
    let adviser =
        Adviser { name: text(request.name, "name")?, certification: text(request.certification, "certification")? };
    let known = app.vault()?.practice().adviser.current().first().map(|r| r.entry);
    let entry = known.unwrap_or(Adviser::ENTRY);
    let seen = app.seen.get(entry);
    app.change_practice(|practice, stamp| practice.adviser.write_after(seen, entry, adviser, stamp))?;
    let view = self::practice(app, Nothing {})?;
    // Her fields keep what she types, whatever another computer wrote meanwhile.
    app.seen.keep(entry, seen);
    Ok(view)
}

pub(crate) fn adviser_view(adviser: &Adviser) -> AdviserView {
    AdviserView { name: shown(&adviser.name), certification: shown(&adviser.certification) }
}

/// Adds or changes an organisation.
pub(crate) fn save_organisation(app: &mut App, request: OrganisationView) -> Result<PracticeView, ApiError> {
    let entry = match request.id {
        Some(id) => app.organisation(id).map(|_| id)?,
        None => Uuid::new_v4(),
    };
    let organisation = organisation(request)?;
    // EXPOSE: compared in memory, so that one client does not stand in the list twice.
    let wanted = organisation.name.expose().trim().to_lowercase();
    let twin = app.vault()?.practice().organisations.current().into_iter().any(|r| {
        // EXPOSE: the same comparison.
        r.entry != entry && r.body.name.expose().trim().to_lowercase() == wanted
    });
    if twin {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "name"));
    }
    let seen = app.seen.get(entry);
    app.change_practice(|practice, stamp| practice.organisations.write_after(seen, entry, organisation, stamp))?;
    self::practice(app, Nothing {})
}

pub(crate) fn organisation_view(entry: Uuid, organisation: &Organisation) -> OrganisationView {
    OrganisationView {
        id: Some(entry),
        name: shown(&organisation.name),
        aliases: split_names(&organisation.aliases),
        places: split_names(&organisation.places),
        departments: split_names(&organisation.departments),
        sector: organisation.sector.map(|sector| sector.code().to_owned()),
        headcount: organisation.headcount,
        adviser_role: organisation.adviser_role.code().to_owned(),
        accused_policy: organisation.accused_policy.code().to_owned(),
        second_adviser: shown(&organisation.second_adviser),
        year_start_month: organisation.year_start_month,
        threshold: organisation.threshold,
        hidden_tables: organisation.hidden_tables.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        retention_months: organisation.retention_months,
        active: organisation.active,
    }
}

fn organisation(view: OrganisationView) -> Result<Organisation, ApiError> {
    let name = text(view.name, "name")?;
    if name.is_empty() {
        return Err(ApiError::field(ErrorCode::FieldRequired, "name"));
    }
    if !(1..=12).contains(&view.year_start_month) {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "year_start_month"));
    }
    if !THRESHOLDS.contains(&view.threshold) {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "threshold"));
    }
    if view.retention_months > 120 {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "retention_months"));
    }
    let known_tables = view.hidden_tables.iter().all(|id| id.chars().all(|c| c.is_ascii_alphanumeric()));
    if !known_tables {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "hidden_tables"));
    }
    let sector: Option<Sector> = view.sector.as_deref().map(|word| code(word, "sector")).transpose()?;
    Ok(Organisation {
        name,
        aliases: join_names(view.aliases, "aliases")?,
        places: join_names(view.places, "places")?,
        departments: join_names(view.departments, "departments")?,
        sector,
        headcount: view.headcount,
        adviser_role: code(&view.adviser_role, "adviser_role")?,
        accused_policy: code(&view.accused_policy, "accused_policy")?,
        second_adviser: text(view.second_adviser, "second_adviser")?,
        year_start_month: view.year_start_month,
        threshold: view.threshold,
        hidden_tables: view.hidden_tables.join(","),
        retention_months: view.retention_months,
        active: view.active,
    })
}
