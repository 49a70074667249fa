//! Chuyển tổ chức sang trực thuộc cấp trên khác.

use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, Refusal, UnitId};

use super::rearranging::{Rearranging, Shape, kind_of};
use super::{Ground, Outcome, Step};
use crate::app::App;
use crate::error::Result;

/// Moves a unit with everything below it under the unit of code `superior`.
///
/// # Errors
/// `ORG-001` … `-005`, `-007` no such unit within the remit, `-010` the top, `-011`, `-014`, `-017`; `FORM-002`, `-004`.
pub async fn move_unit(
    app: &App,
    actor: &Actor,
    unit: UnitId,
    superior: &str,
    ground: &Ground,
    step: Step,
) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Moved, ground).await?;
    let row = change.unit(unit).await?;
    let over = change.unit_of_code(superior, "superior").await?;
    if row.parent_id.is_none() {
        return Err(Refusal::new("ORG-010").into());
    }
    if row.parent_id == Some(over.unit_id) {
        return Err(Refusal::new("ORG-017").at("superior").into());
    }
    let shape = Shape { name: &row.name, kind: kind_of(&row)?, superior: Some(&over) };
    change.reshape(&row, &shape).await?;
    change.part(row.unit_id, Part::Reshaped).await?;
    change.finish(step, unit).await
}
