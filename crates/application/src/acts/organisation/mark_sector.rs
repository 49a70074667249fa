//! Ghi loại hình riêng của tổ chức: a school, or a unit that does not sum up at year-end, from a day on and by a document. The
//! calendars of rounds that run follow.

use domain::org::Sector;
use domain::policy::{Act, Resource};
use domain::{Actor, Refusal, UnitId};
use store::sector::{self, SectorRow};

use crate::acts::authority::superior_of;
use crate::acts::campaign::sector_days;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// The mark as typed.
#[derive(Debug, Clone, Default)]
pub struct MarkSector {
    /// Word of [`Sector`], empty for an ordinary unit.
    pub sector: String,
    /// First day.
    pub from_on: String,
    /// Number, day and issuer of the document, or why.
    pub basis: String,
}

/// Marks a unit with everything below it; an earlier mark holds until the day before.
///
/// # Errors
/// `ORG-022` no document, `-026` it is of that sector already, `-027` before the unit was founded or after it ended, `FORM-002` … `-004`;
/// [`Error::Denied`] for others than the office of the superior: nobody gives himself other days.
pub async fn mark_sector(app: &App, actor: &Actor, unit: UnitId, order: &MarkSector) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ChangeOrganization, &Resource::of_unit(superior_of(&row.path)))?;
    if !order.sector.is_empty() && Sector::from_word(&order.sector).is_none() {
        return Err(Refusal::new("FORM-003").with("label", UNNAMED).at("sector").into());
    }
    let from_on = typed_day(&order.from_on, "from_on")?.to_string();
    let outside = row.founded_on.as_ref().is_some_and(|founded| from_on < *founded)
        || row.closed_on.as_ref().is_some_and(|closed| from_on > *closed);
    if outside {
        return Err(Refusal::new("ORG-027").with("unit", &row.name).at("from_on").into());
    }
    let basis = typed_text(&order.basis, "basis", 500)?;
    if basis.is_empty() {
        return Err(Refusal::new("ORG-022").at("basis").into());
    }
    let marks = sector::of_unit(&mut work.tx, root, row.unit_id).await?;
    let before = marks.into_iter().rfind(|mark| mark.from_on <= from_on);
    if before.as_ref().map_or("", |mark| mark.sector.as_str()) == order.sector {
        return Err(Refusal::new("ORG-026").with("unit", &row.name).at("sector").into());
    }
    let mark = SectorRow {
        root_id: root,
        unit_id: row.unit_id,
        from_on,
        sector: order.sector.clone(),
        basis,
        recorded_by: actor.person.0,
        recorded_at: work.at,
    };
    sector::set(&mut work.tx, &mark).await?;
    work.note("organization.sector_marked", format!("unit/{unit}"), before.as_ref(), Some(&mark))?;
    sector_days(&mut work, &row.path).await?;
    work.commit().await
}
