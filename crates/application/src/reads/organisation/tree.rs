//! Cây tổ chức as of any day; of a large one only what stands directly below.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::UnitKind;
use domain::policy::{self, Act, Resource};
use domain::{Actor, Day, UnitId};
use serde::Serialize;
use store::Conn;
use store::org;
use store::place::{self, UnitOnRow};
use uuid::Uuid;

use super::super::roster::tops;
use crate::app::App;
use crate::branches::{self, branch};
use crate::error::{Error, Result, known};

/// Up to so many units a branch is shown whole; of a larger one only what stands directly below.
pub const WHOLE: usize = branches::WHOLE;

/// Một nút của cây.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Unit.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name on that day.
    pub name: String,
    /// Kind on that day.
    pub kind: UnitKind,
    /// Name of its superior on that day; empty at the top.
    pub superior: String,
    /// Units above it in this list.
    pub depth: usize,
    /// Units anywhere below it on that day.
    pub below: usize,
    /// Whether what is below it follows in this list.
    pub opens: bool,
    /// How many branches end behind it.
    pub closes: usize,
}

/// Cây tổ chức của một ngày.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// Day.
    pub day: Day,
    /// Superiors of the branch shown, the highest first; empty when the whole tree is shown.
    pub above: Vec<(UnitId, String)>,
    /// Units in order, each followed by what is below it.
    pub nodes: Vec<Node>,
    /// Whether lower levels are left out because there are too many.
    pub cut: bool,
    /// How many units the branch has.
    pub total: usize,
}

/// The units the reader may see as they stood on a day, from `top` down. A unit that ended is seen by whoever may see one
/// of its successors.
///
/// # Errors
/// [`Error::Denied`] when the reader may see no unit, or not `top`.
pub async fn tree(app: &App, actor: &Actor, day: Day, top: Option<UnitId>) -> Result<Tree> {
    let mut conn = app.read(actor.root).await?;
    if day == app.clock.today()
        && let Some(cut) = cut_today(app, &mut conn, actor, top).await?
    {
        return Ok(cut);
    }
    let rows = if day == app.clock.today() { own_today(&mut conn, actor, day).await? } else { Vec::new() };
    let listed = |top: UnitId| rows.iter().any(|row| row.unit_id == top.0);
    let rows =
        if !rows.is_empty() && top.is_none_or(listed) { rows } else { seen_on(&mut conn, actor, day, top).await? };
    let root_path = top.map(|top| rows.iter().find(|row| row.unit_id == top.0).map(|row| row.path.clone()));
    let Some(path) = root_path.unwrap_or_else(|| Some(String::new())) else {
        return Ok(Tree { day, above: Vec::new(), nodes: Vec::new(), cut: false, total: 0 });
    };
    let above = rows.iter().filter(|row| row.path != path && !path.is_empty() && path.starts_with(&row.path));
    let above = above.map(|row| (UnitId(row.unit_id), row.name.clone())).collect();
    let names = rows.iter().map(|row| (row.unit_id, row.name.clone())).collect();
    let branch: Vec<UnitOnRow> = rows.into_iter().filter(|row| row.path.starts_with(&path)).collect();
    let total = branch.len();
    let below = all_below(&branch);
    let nodes = nodes(branch, &names, &below, total <= WHOLE)?;
    Ok(Tree { day, above, cut: nodes.len() < total, nodes, total })
}

/// The units of today that the reader may see by where they stand.
async fn own_today(conn: &mut Conn, actor: &Actor, day: Day) -> Result<Vec<UnitOnRow>> {
    let may = |path: &str| policy::allows(actor, Act::ViewRoster, &Resource::of_unit(path));
    let mut rows = Vec::new();
    for path in tops(actor).into_values() {
        rows.extend(place::branch_on(conn, actor.root.0, day, path).await?);
    }
    rows.retain(|row| may(&row.path));
    Ok(rows)
}

/// The units of a day that the reader may see by where they stand today, or by a successor.
async fn seen_on(conn: &mut Conn, actor: &Actor, day: Day, top: Option<UnitId>) -> Result<Vec<UnitOnRow>> {
    let seen = seen_units(conn, actor).await?;
    if seen.is_empty() || top.is_some_and(|top| !seen.contains(&top.0)) {
        return Err(Error::Denied);
    }
    let rows = place::tree_on(conn, actor.root.0, day).await?;
    Ok(rows.into_iter().filter(|row| seen.contains(&row.unit_id)).collect())
}

/// The first two levels of a branch of today that is too large to be shown whole, read without the rest; none when it is
/// not, or when the reader stands at several places of the tree.
async fn cut_today(app: &App, conn: &mut Conn, actor: &Actor, top: Option<UnitId>) -> Result<Option<Tree>> {
    let (root, day) = (actor.root.0, app.clock.today());
    let may = |path: &str| policy::allows(actor, Act::ViewRoster, &Resource::of_unit(path));
    let mut tops = tops(actor).into_iter();
    let (Some((own, _)), None) = (tops.next(), tops.next()) else { return Ok(None) };
    let Some(row) = org::unit(conn, actor.root.0, top.unwrap_or(own).0).await? else { return Ok(None) };
    let branch = branch(app, conn, root, &row.path).await?;
    let total = branch.below.iter().map(|(_, n)| usize::try_from(*n).unwrap_or_default()).sum();
    if !may(&row.path) || total <= WHOLE {
        return Ok(None);
    }
    let mut rows: Vec<UnitOnRow> = place::unit_on(conn, root, row.unit_id, day).await?.into_iter().collect();
    rows.extend(place::below_on(conn, root, row.unit_id, day).await?);
    let mut above = Vec::new();
    for id in ids(&row.path).into_iter().filter(|id| top.is_some() && *id != row.unit_id) {
        let superior = org::unit(conn, actor.root.0, id).await?.filter(|superior| may(&superior.path));
        above.extend(superior.map(|superior| (UnitId(id), superior.name)));
    }
    let names = rows.iter().map(|row| (row.unit_id, row.name.clone())).collect();
    let mut below: BTreeMap<Uuid, usize> = BTreeMap::from([(row.unit_id, total - 1)]);
    for (head, n) in branch.below.iter().filter(|(head, _)| *head != row.path) {
        let child = ids(head).last().map(|child| (*child, usize::try_from(*n - 1).unwrap_or_default()));
        below.extend(child.filter(|(_, n)| *n > 0));
    }
    Ok(Some(Tree { day, above, nodes: nodes(rows, &names, &below, false)?, cut: true, total }))
}

/// The units a path goes through.
fn ids(path: &str) -> Vec<Uuid> {
    path.split('/').filter_map(|part| Uuid::parse_str(part).ok()).collect()
}

/// How many units stand anywhere below each.
fn all_below(rows: &[UnitOnRow]) -> BTreeMap<Uuid, usize> {
    let mut below: BTreeMap<Uuid, usize> = BTreeMap::new();
    for row in rows {
        for above in ids(&row.path).into_iter().filter(|above| *above != row.unit_id) {
            *below.entry(above).or_default() += 1;
        }
    }
    below
}

/// Units the reader may see: by where they stand today, or by a successor.
pub(super) async fn seen_units(conn: &mut Conn, actor: &Actor) -> Result<BTreeSet<Uuid>> {
    let may = |path: &str| policy::allows(actor, Act::ViewRoster, &Resource::of_unit(path));
    let units = org::units(conn, actor.root.0).await?;
    let mut seen: BTreeSet<Uuid> = units.into_iter().filter(|unit| may(&unit.path)).map(|unit| unit.unit_id).collect();
    let successions = store::change::successions(conn, actor.root.0).await?;
    loop {
        let before = seen.len();
        seen.extend(successions.iter().filter(|(_, new)| seen.contains(new)).map(|(old, _)| *old).collect::<Vec<_>>());
        if seen.len() == before {
            return Ok(seen);
        }
    }
}

/// Rows in the order of the tree, siblings by code; only the first two levels when there are too many.
fn nodes(
    rows: Vec<UnitOnRow>,
    names: &BTreeMap<Uuid, String>,
    below: &BTreeMap<Uuid, usize>,
    whole: bool,
) -> Result<Vec<Node>> {
    let codes: BTreeMap<Uuid, String> = rows.iter().map(|row| (row.unit_id, row.code.clone())).collect();
    let mut placed: Vec<(Vec<String>, UnitOnRow)> = rows
        .into_iter()
        .map(|row| (ids(&row.path).iter().filter_map(|id| codes.get(id).cloned()).collect(), row))
        .collect();
    placed.sort_by(|one, other| one.0.cmp(&other.0));
    placed.retain(|(place, _): &(Vec<String>, _)| whole || place.len() <= 2);
    let depths: Vec<usize> = placed.iter().map(|(place, _)| place.len().saturating_sub(1)).collect();
    let mut nodes = Vec::with_capacity(placed.len());
    for (at, (_, row)) in placed.into_iter().enumerate() {
        let (depth, next) = (depths[at], depths.get(at + 1).copied().unwrap_or(0));
        nodes.push(Node {
            id: UnitId(row.unit_id),
            kind: known(UnitKind::from_word(&row.kind), "kind of unit")?,
            superior: row.parent_id.and_then(|parent| names.get(&parent).cloned()).unwrap_or_default(),
            below: below.get(&row.unit_id).copied().unwrap_or(0),
            opens: next > depth,
            closes: depth.saturating_sub(next),
            code: row.code,
            name: row.name,
            depth,
        });
    }
    Ok(nodes)
}
