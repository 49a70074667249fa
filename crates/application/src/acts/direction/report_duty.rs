//! Báo đã thực hiện một yêu cầu của văn bản chỉ đạo, where the system cannot know it itself.

use domain::directive::{DirectiveState, KnownBy};
use domain::org::UnitKind;
use domain::policy::{Act, Resource};
use domain::{Actor, DirectiveId, Refusal, UnitId};
use store::directive::DutyReportRow;

use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::direction::{Document, kinds, object};
use crate::error::{Error, Result, known};

/// Reports for `unit` what was done. What is wrong stands at `report-` with the place of the obligation: many stand on a page.
///
/// # Errors
/// `DIRECT-020` it shows by itself, `-021` nothing is said of what was done, `-026` the document is not in force, `-027`
/// reported already, `FORM-002`; [`Error::Denied`] for a body that it does not concern.
pub async fn report_duty(
    app: &App,
    actor: &Actor,
    (id, place): (DirectiveId, i64),
    unit: UnitId,
    note: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let document = Document::load(&mut work.tx, actor, id).await?;
    let unit = store::org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ReportDuty, &Resource::of_unit(&unit.path))?;
    let duties = store::directive::parts(&mut work.tx, root, id.0).await?.duties;
    let duty = duties.into_iter().find(|duty| duty.place == place).ok_or(Error::Denied)?;
    let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
    let concerned = unit.path.starts_with(&document.path) && kinds(&duty.kinds)?.contains(&kind);
    if !document.was_issued() || !concerned {
        return Err(Error::Denied);
    }
    if document.state != DirectiveState::Issued {
        return Err(Refusal::new("DIRECT-026").into());
    }
    let field = format!("report-{place}");
    if duty.known_by == KnownBy::Acknowledged.word() {
        return Err(Refusal::new("DIRECT-020").at(&field).into());
    }
    let earlier = store::directive::reports_by_unit(&mut work.tx, root, unit.unit_id).await?;
    if earlier.iter().any(|row| row.directive_id == id.0 && row.place == place) {
        return Err(Refusal::new("DIRECT-027").at(&field).into());
    }
    let note = typed_text(note, &field, 1000)?;
    if note.is_empty() {
        return Err(Refusal::new("DIRECT-021").at(&field).into());
    }
    let row = DutyReportRow {
        root_id: root,
        directive_id: id.0,
        place,
        unit_id: unit.unit_id,
        note,
        reported_by: actor.person.0,
        reported_at: work.at,
    };
    store::directive::insert_report(&mut work.tx, &row).await?;
    work.note("directive.duty_reported", object(id), None, Some(&row))?;
    work.commit().await
}
