//! Which units and reviews stand behind a figure.

use uuid::Uuid;

use super::{CHILDREN, CHILDREN_BEHIND, COUNT_CHILDREN, FEW, LEADERS, REVIEWS_LISTED, UNITS_LISTED};
use crate::db::{Conn, StoreError};
use crate::sql::{one, rows};

/// A unit of a round as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedUnitRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Campaign of the body that decides for it.
    pub campaign_id: Uuid,
    /// Name.
    pub name: String,
    /// Name of its superior today; empty where that is known.
    pub above: String,
    /// Path today, which rights go by.
    pub place: String,
    /// Path in the tree of the round, which figures go by.
    pub path: String,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Word of `domain::campaign::UnitStep`.
    pub step: String,
    /// Until when it should be a step further; empty when nothing is awaited from it.
    pub due_on: String,
}

/// A review of a round as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedReviewRow {
    /// Review.
    pub review_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Person, where it is about one.
    pub person_id: Option<Uuid>,
    /// Name of the person or unit.
    pub name: String,
    /// Unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Name of what stands above it today.
    pub above: String,
    /// Its path today.
    pub place: String,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Why not the ordinary one.
    pub obligation_reason: String,
    /// Decided level, empty before.
    pub level: String,
}

/// Which units: at or below `path` in a round; empty parts are no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// Path in the tree of the round.
    pub path: String,
    /// Only cells and base cells.
    pub only_cells: bool,
    /// Steps.
    pub steps: Vec<String>,
    /// Only those that should have been further before this day.
    pub late_on: String,
}

/// Which reviews: at or below `path` in a round; empty parts are no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Path in the tree of the round.
    pub path: String,
    /// Subject.
    pub subject: String,
    /// Obligations.
    pub obligations: Vec<String>,
    /// States.
    pub states: Vec<String>,
    /// Decided level; [`NO_LEVEL`] for those without one.
    pub level: String,
    /// `issued` for those with a notice, `read` for those whose notice was read.
    pub notice: String,
}

/// In the place of a level: those who have none.
pub const NO_LEVEL: &str = "-";

/// `/one/two/`, or nothing for no condition.
fn words(list: &[String]) -> String {
    if list.is_empty() { String::new() } else { format!("/{}/", list.join("/")) }
}

/// The units directly below one in the tree of a round.
///
/// # Errors
/// When the database fails.
pub async fn children(conn: &mut Conn, root: Uuid, round: Uuid, unit: Uuid) -> Result<Vec<ListedUnitRow>, StoreError> {
    rows!(conn, ListedUnitRow, CHILDREN, root, round, unit)
}

/// How many units stand directly below one in the tree of a round.
///
/// # Errors
/// When the database fails.
pub async fn count_children(conn: &mut Conn, root: Uuid, round: Uuid, unit: Uuid) -> Result<usize, StoreError> {
    let (number,) = one!(conn, (i64,), COUNT_CHILDREN, root, round, unit)?;
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

/// The [`FEW`] units directly below one of which most was to be a step further before a day, as far as it is folded.
///
/// # Errors
/// When the database fails.
pub async fn children_behind(
    conn: &mut Conn,
    root: Uuid,
    (round, unit): (Uuid, Uuid),
    day: &str,
) -> Result<Vec<ListedUnitRow>, StoreError> {
    rows!(conn, ListedUnitRow, CHILDREN_BEHIND, root, round, unit, day, u32::try_from(FEW).unwrap_or(u32::MAX))
}

/// Some of the units of a round that a filter lets through, in the order of the tree.
///
/// # Errors
/// When the database fails.
pub async fn listed_units(
    conn: &mut Conn,
    root: Uuid,
    round: Uuid,
    filter: &UnitFilter,
    (limit, offset): (u32, u32),
) -> Result<Vec<ListedUnitRow>, StoreError> {
    let steps = words(&filter.steps);
    rows!(
        conn, ListedUnitRow, UNITS_LISTED, root, round, &filter.path, filter.only_cells, steps, &filter.late_on, limit,
        offset
    )
}

/// Some of the reviews of a round that a filter lets through, by unit and name.
///
/// # Errors
/// When the database fails.
pub async fn listed_reviews(
    conn: &mut Conn,
    root: Uuid,
    round: Uuid,
    filter: &ReviewFilter,
    (limit, offset): (u32, u32),
) -> Result<Vec<ListedReviewRow>, StoreError> {
    let (obligations, states) = (words(&filter.obligations), words(&filter.states));
    rows!(
        conn, ListedReviewRow, REVIEWS_LISTED, root, round, &filter.path, &filter.subject, obligations, states,
        &filter.level, &filter.notice, limit, offset
    )
}

/// How many leaders of one kind of unit and title have an obligation and a level.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LeaderRow {
    /// Word of `domain::org::UnitKind` of the unit they lead.
    pub unit_kind: String,
    /// Word of `domain::org::Title`: who heads the unit, or who stands beside the head.
    pub title: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Decided level, empty before.
    pub level: String,
    /// How many.
    pub n: i64,
}

/// The leaders at and below `path` in a round by the titles they hold on `day`; each counts once, where he is reviewed.
///
/// # Errors
/// When the database fails.
pub async fn leaders(
    conn: &mut Conn,
    root: Uuid,
    round: Uuid,
    (path, day): (&str, &str),
) -> Result<Vec<LeaderRow>, StoreError> {
    rows!(conn, LeaderRow, LEADERS, root, round, path, day)
}
