//! Giải thể, kết thúc hoạt động một tổ chức.

use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, UnitId};

use super::rearranging::Rearranging;
use super::{Ground, Outcome, Step};
use crate::app::App;
use crate::error::Result;

/// Closes a unit that has neither members nor open units below; its last day is the one before.
///
/// # Errors
/// `ORG-001` … `-003`, `-008` members, `-009` units below, `-010` the top, `-011`, `-014`, `-018`; `FORM-002`, `-004`.
pub async fn close_unit(app: &App, actor: &Actor, unit: UnitId, ground: &Ground, step: Step) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Closed, ground).await?;
    let row = change.unit(unit).await?;
    change.lists_are_not_under_way(&[&row]).await?;
    change.end(&row, Part::Dissolved).await?;
    change.finish(step, unit).await
}
