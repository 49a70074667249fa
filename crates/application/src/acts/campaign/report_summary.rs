//! Báo cáo bảng tổng hợp: keeps the figures of this moment as they were reported, so that later changes can be shown.

use domain::policy::{Act, Resource};
use domain::{Actor, CampaignId, UnitId};
use store::org;
use store::rollup::{self, ReportRow};

use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};
use crate::reads::rollup::Kept;

/// Keeps the summary of a unit in a round as reported. `note` says to whom, under which number.
///
/// # Errors
/// `FORM-002`; [`Error::Denied`] for others than the unit's office.
pub async fn report_summary(app: &App, actor: &Actor, round: CampaignId, unit: UnitId, note: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::NumberPapers, &Resource::of_unit(&row.path))?;
    let within = rollup::unit_in_round(&mut work.tx, root, round.0, unit.0).await?.ok_or(Error::Denied)?;
    let opened = store::campaign::campaign(&mut work.tx, root, round.0).await?.ok_or(Error::Denied)?;
    let kept = Kept::read(&mut work.tx, &opened, &within).await?;
    let report = ReportRow {
        root_id: root,
        report_id: app.chance.id(work.at),
        round_id: round.0,
        unit_id: unit.0,
        figures: serde_json::to_string(&kept)?,
        note: typed_text(note, "note", 300)?,
        reported_by: actor.person.0,
        reported_at: work.at,
    };
    rollup::insert_report(&mut work.tx, &report, &within.path).await?;
    work.note("summary.reported", format!("report/{}", report.report_id), None, Some(&report))?;
    work.commit().await
}
