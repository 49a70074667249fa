//! Chia, tách: members or units below go to another unit; the old one goes on, or ends when everybody has gone.

use std::collections::BTreeSet;

use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, PersonId, Refusal, UnitId};
use store::org::UnitRow;
use uuid::Uuid;

use super::rearranging::{Rearranging, chosen_kind, kind_of};
use super::{Ground, NewUnit, Outcome, Step};
use crate::app::App;
use crate::error::{Error, Result};

/// Một phần được tách ra, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitPart {
    /// Code of a unit that is there; empty when a new one is founded.
    pub code: String,
    /// The new unit.
    pub new: NewUnit,
    /// Members who go there.
    pub members: Vec<PersonId>,
    /// Units below that go there.
    pub below: Vec<UnitId>,
}

/// Việc chia tách, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitUnit {
    /// Who goes where.
    pub parts: Vec<SplitPart>,
    /// Whether the old unit ends: nobody may be left in it then.
    pub ends: bool,
}

/// Splits `unit`.
///
/// # Errors
/// `ORG-001` … `-007`, `-008` or `-009` when it is to end and somebody is left, `-011`, `-014`, `-015` somebody goes twice,
/// `-016` a part without anybody, `-018`, `-021`, `-022`; `FORM-002` … `-004`.
pub async fn split_unit(
    app: &App,
    actor: &Actor,
    unit: UnitId,
    order: &SplitUnit,
    ground: &Ground,
    step: Step,
) -> Result<Outcome> {
    let mut change = Rearranging::begin(app, actor, ChangeKind::Split, ground).await?;
    let row = change.unit(unit).await?;
    check(&mut change, &row, order).await?;
    let mut targets = Vec::new();
    for part in &order.parts {
        let target = target(&mut change, &row, part).await?;
        let members: BTreeSet<Uuid> = part.members.iter().map(|person| person.0).collect();
        let below: BTreeSet<Uuid> = part.below.iter().map(|unit| unit.0).collect();
        change.hand_over(&row, &target, Some(&members), Some(&below)).await?;
        change.succeeds(&row, &target).await?;
        change.part(target.unit_id, Part::Receiver).await?;
        targets.push(target);
    }
    if order.ends {
        change.end(&row, Part::Ended).await?;
    } else {
        change.part(row.unit_id, Part::Divided).await?;
    }
    let shown = if order.ends { targets.first().map_or(row.unit_id, |target| target.unit_id) } else { row.unit_id };
    change.finish(step, UnitId(shown)).await
}

async fn check(change: &mut Rearranging<'_>, row: &UnitRow, order: &SplitUnit) -> Result<()> {
    let standing = change.standing(row).await?;
    if order.ends {
        standing.may_end(change.day)?;
    } else {
        standing.may_change(change.day)?;
    }
    let has_members = standing.kind.has_members();
    let mut gone: BTreeSet<Uuid> = BTreeSet::new();
    for part in &order.parts {
        let going: Vec<Uuid> = if has_members {
            part.members.iter().map(|person| person.0).collect()
        } else {
            part.below.iter().map(|unit| unit.0).collect()
        };
        if going.is_empty() {
            return Err(Refusal::new("ORG-016").at("members").into());
        }
        if going.iter().any(|one| !gone.insert(*one)) {
            return Err(Refusal::new("ORG-015").at("members").into());
        }
    }
    if order.parts.is_empty() {
        return Err(Refusal::new("ORG-016").at("members").into());
    }
    change.lists_are_not_under_way(&[row]).await
}

async fn target(change: &mut Rearranging<'_>, row: &UnitRow, part: &SplitPart) -> Result<UnitRow> {
    if !part.code.trim().is_empty() {
        let target = change.unit_of_code(&part.code, "into").await?;
        let standing = change.standing(&target).await?;
        standing.may_change(change.day)?;
        if standing.kind.has_members() != kind_of(row)?.has_members() {
            return Err(Refusal::new("ORG-013").with("unit", &target.name).at("into").into());
        }
        if target.unit_id == row.unit_id {
            return Err(Refusal::new("ORG-012").at("into").into());
        }
        return Ok(target);
    }
    let parent = row.parent_id.ok_or_else(|| Refusal::new("ORG-010"))?;
    let over = change.unit(UnitId(parent)).await?;
    let mut new = part.new.clone();
    if new.place.trim().is_empty() {
        new.place.clone_from(&row.place);
    }
    let kind = if new.kind.is_empty() { kind_of(row)? } else { chosen_kind(&new.kind)? };
    if kind.has_members() != kind_of(row)?.has_members() {
        return Err(Error::from(Refusal::new("ORG-013").with("unit", &row.name).at("kind")));
    }
    change.found(&new, kind, &over).await
}
