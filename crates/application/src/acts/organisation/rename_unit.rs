//! Đổi tên, đổi loại hình tổ chức.

use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, Refusal, UnitId};

use super::rearranging::{Rearranging, Shape, chosen_kind, required};
use super::{Ground, Outcome, Step};
use crate::app::App;
use crate::error::Result;

/// Tên và loại hình mới, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RenameUnit {
    /// New name.
    pub name: String,
    /// Word of `UnitKind`.
    pub kind: String,
}

/// Gives a unit another name or kind.
///
/// # Errors
/// `ORG-001` … `-003`, `-005`, `-008` … `-011`, `-017` nothing changes, `-020`, `-022`; `FORM-002` … `-004`.
pub async fn rename_unit(
    app: &App,
    actor: &Actor,
    unit: UnitId,
    order: &RenameUnit,
    ground: &Ground,
    step: Step,
) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Renamed, ground).await?;
    let row = change.unit(unit).await?;
    let (name, kind) = (required(&order.name, "name", 200)?, chosen_kind(&order.kind)?);
    if name == row.name && kind.word() == row.kind {
        return Err(Refusal::new("ORG-017").at("name").into());
    }
    change.reshape(&row, &Shape { name: &name, kind, superior: None }).await?;
    change.part(row.unit_id, Part::Reshaped).await?;
    change.finish(step, unit).await
}
