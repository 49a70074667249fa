//! Thành lập tổ chức.

use domain::reorganisation::ChangeKind;
use domain::{Actor, UnitId};

use super::rearranging::{Rearranging, chosen_kind};
use super::{Ground, Outcome, Step};
use crate::app::App;
use crate::error::Result;

/// Một tổ chức mới, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewUnit {
    /// Code in the roster.
    pub code: String,
    /// Name.
    pub name: String,
    /// Word of `UnitKind`.
    pub kind: String,
    /// Place for headings.
    pub place: String,
    /// Letters after the number of its papers.
    pub suffix: String,
}

/// Founds a unit under `superior`.
///
/// # Errors
/// `ORG-001` … `-003`, `-005` it does not stand there, `-006` the code is taken, `-011`, `-022`; `FORM-002` … `-004`.
pub async fn open_unit(
    app: &App,
    actor: &Actor,
    superior: UnitId,
    new: &NewUnit,
    ground: &Ground,
    step: Step,
) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Opened, ground).await?;
    let over = change.unit(superior).await?;
    let row = change.found(new, chosen_kind(&new.kind)?, &over).await?;
    change.finish(step, UnitId(row.unit_id)).await
}
