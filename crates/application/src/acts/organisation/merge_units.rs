//! Sáp nhập, hợp nhất: several units become one of them, or a new one.

use domain::reorganisation::{ChangeKind, Part, may_merge};
use domain::{Actor, UnitId};
use store::org::UnitRow;

use super::rearranging::{Rearranging, Shape, chosen_kind, kind_of, required};
use super::{Ground, NewUnit, Outcome, Step};
use crate::app::App;
use crate::error::{Error, Result};

/// Việc sáp nhập, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeUnits {
    /// Codes of the other units.
    pub codes: Vec<String>,
    /// Whether a new unit is founded; else the others go into the one the page is about.
    pub into_new: bool,
    /// The unit as it is to be: of one that stays only name and kind count, and only where they are filled in.
    pub target: NewUnit,
    /// Code of the superior of the unit as it is to be; empty for the superior of the first.
    pub superior: String,
}

/// Merges `unit` with others. Members and units below go over, posts in units that end are over, undecided reviews go
/// along.
///
/// # Errors
/// `ORG-001` … `-007`, `-011` … `-014`, `-018` … `-022`; `FORM-002` … `-004`.
pub async fn merge_units(
    app: &App,
    actor: &Actor,
    unit: UnitId,
    order: &MergeUnits,
    ground: &Ground,
    step: Step,
) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Merged, ground).await?;
    let first = change.unit(unit).await?;
    let mut others = Vec::new();
    for code in order.codes.iter().filter(|code| !code.trim().is_empty()) {
        let row = change.unit_of_code(code, "codes").await?;
        if row.unit_id != first.unit_id && !others.iter().any(|other: &UnitRow| other.unit_id == row.unit_id) {
            others.push(row);
        }
    }
    check(&mut change, &first, &others, order).await?;
    let (target, ending) = if order.into_new {
        let target = found(&mut change, &first, order).await?;
        (target, std::iter::once(first).chain(others).collect())
    } else {
        (reshape(&mut change, &first, order).await?, others)
    };
    for row in &ending {
        change.hand_over(row, &target, None, None).await?;
        change.end(row, Part::Ended).await?;
        change.succeeds(row, &target).await?;
    }
    change.part(target.unit_id, Part::Receiver).await?;
    change.finish(step, UnitId(target.unit_id)).await
}

async fn check(change: &mut Rearranging<'_>, first: &UnitRow, others: &[UnitRow], order: &MergeUnits) -> Result<()> {
    let rows: Vec<&UnitRow> = std::iter::once(first).chain(others).collect();
    let mut standings = Vec::new();
    for row in &rows {
        standings.push(change.standing(row).await?);
    }
    let into = if order.target.kind.is_empty() { kind_of(first)? } else { chosen_kind(&order.target.kind)? };
    may_merge(&standings, into)?;
    for (place, standing) in standings.iter().enumerate() {
        if order.into_new || place > 0 {
            standing.may_end(change.day)?;
        } else {
            standing.may_change(change.day)?;
        }
    }
    change.lists_are_not_under_way(&rows).await
}

async fn superior(change: &mut Rearranging<'_>, first: &UnitRow, order: &MergeUnits) -> Result<Option<UnitRow>> {
    match (order.superior.trim(), first.parent_id) {
        ("", None) => Ok(None),
        ("", Some(parent)) => Ok(Some(change.unit(UnitId(parent)).await?)),
        (code, _) => Ok(Some(change.unit_of_code(code, "superior").await?)),
    }
}

async fn found(change: &mut Rearranging<'_>, first: &UnitRow, order: &MergeUnits) -> Result<UnitRow> {
    let over = superior(change, first, order).await?.ok_or(Error::Denied)?;
    let mut new = order.target.clone();
    if new.place.trim().is_empty() {
        new.place.clone_from(&first.place);
    }
    let kind = if new.kind.is_empty() { kind_of(first)? } else { chosen_kind(&new.kind)? };
    change.found(&new, kind, &over).await
}

/// The unit that stays, with the name, kind and superior that were filled in.
async fn reshape(change: &mut Rearranging<'_>, first: &UnitRow, order: &MergeUnits) -> Result<UnitRow> {
    let target = &order.target;
    let name = if target.name.trim().is_empty() { first.name.clone() } else { required(&target.name, "name", 200)? };
    let kind = if target.kind.is_empty() { kind_of(first)? } else { chosen_kind(&target.kind)? };
    let over = if order.superior.trim().is_empty() {
        None
    } else {
        Some(change.unit_of_code(&order.superior, "superior").await?)
    };
    change.reshape(first, &Shape { name: &name, kind, superior: over.as_ref() }).await
}
