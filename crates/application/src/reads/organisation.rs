//! Tổ chức: the tree as of any day, a unit with its history, who took whose place.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::{Standing, Title, UnitKind};
use domain::policy::{self, Act, Resource};
use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, ChangeId, Day, PersonId, UnitId};
use serde::Serialize;
use store::Conn;
use store::change::{KinRow, PartRow};
use store::org::{self, UnitRow};
use store::place::{self, PlaceRow, UNKNOWN_BEGINNING, UnitOnRow};
use uuid::Uuid;

use super::roster::PATH_STEP;
use crate::app::App;
use crate::error::{Error, Result, known, stored};

/// Up to so many units a branch is shown whole; of a larger one only what stands directly below.
pub const WHOLE: usize = 300;

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
        && let Some(cut) = cut_today(&mut conn, actor, day, top).await?
    {
        return Ok(cut);
    }
    let seen = seen_units(&mut conn, actor).await?;
    if seen.is_empty() || top.is_some_and(|top| !seen.contains(&top.0)) {
        return Err(Error::Denied);
    }
    let rows = place::tree_on(&mut conn, actor.root.0, day).await?;
    let rows: Vec<UnitOnRow> = rows.into_iter().filter(|row| seen.contains(&row.unit_id)).collect();
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

/// The first two levels of a branch of today that is too large to be shown whole, read without the rest; none when it is
/// not, or when the reader stands at several places of the tree.
async fn cut_today(conn: &mut Conn, actor: &Actor, day: Day, top: Option<UnitId>) -> Result<Option<Tree>> {
    let may = |path: &str| policy::allows(actor, Act::ViewRoster, &Resource::of_unit(path));
    let mut tops = super::roster::tops(actor).into_iter();
    let (Some((own, _)), None) = (tops.next(), tops.next()) else { return Ok(None) };
    let Some(row) = org::unit(conn, actor.root.0, top.unwrap_or(own).0).await? else { return Ok(None) };
    let length = u32::try_from(row.path.len() + PATH_STEP).unwrap_or(u32::MAX);
    let counts = place::units_on(conn, actor.root.0, day, (&row.path, length)).await?;
    let total = counts.iter().map(|(_, n)| usize::try_from(*n).unwrap_or_default()).sum();
    if !may(&row.path) || total <= WHOLE {
        return Ok(None);
    }
    let rows = place::branch_on(conn, actor.root.0, day, (&row.path, length)).await?;
    let mut above = Vec::new();
    for id in ids(&row.path).into_iter().filter(|id| top.is_some() && *id != row.unit_id) {
        let superior = org::unit(conn, actor.root.0, id).await?.filter(|superior| may(&superior.path));
        above.extend(superior.map(|superior| (UnitId(id), superior.name)));
    }
    let names = rows.iter().map(|row| (row.unit_id, row.name.clone())).collect();
    let mut below: BTreeMap<Uuid, usize> = BTreeMap::from([(row.unit_id, total - 1)]);
    for (head, n) in counts.iter().filter(|(head, _)| *head != row.path) {
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
async fn seen_units(conn: &mut Conn, actor: &Actor) -> Result<BTreeSet<Uuid>> {
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

/// Một quãng trong lịch sử của tổ chức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// First day; none when nobody knows it.
    pub from_on: Option<Day>,
    /// Last day.
    pub to_on: Option<Day>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Name of the superior then.
    pub superior: String,
}

/// Một lần sắp xếp trong lịch sử của tổ chức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// Change.
    pub id: ChangeId,
    /// What was done.
    pub kind: ChangeKind,
    /// The unit's part in it.
    pub part: Part,
    /// First day.
    pub effective_on: Day,
    /// Document: number, day, issuer.
    pub basis: (String, Day, String),
    /// Who entered it.
    pub made_by: String,
    /// When.
    pub made_at: chrono::DateTime<chrono::Utc>,
}

/// Đơn vị trước hoặc sau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kin {
    /// Unit.
    pub id: UnitId,
    /// Name at that time.
    pub name: String,
    /// Since when the one stands in the place of the other.
    pub effective_on: Day,
}

/// Một người có thể được tách đi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Going {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Standing.
    pub standing: Standing,
}

/// Trang của một tổ chức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitPage {
    /// Unit.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Superiors today, the highest first.
    pub above: Vec<(UnitId, String)>,
    /// Those of them that open to the reader.
    pub trail: Vec<(UnitId, String)>,
    /// Code of the superior.
    pub superior_code: String,
    /// First day of its existence.
    pub founded_on: Option<Day>,
    /// Last day of its existence.
    pub closed_on: Option<Day>,
    /// Units directly below today: unit, code, name, kind.
    pub below: Vec<(UnitId, String, String, UnitKind)>,
    /// Other open units under the same superior and of the same sort: code, name.
    pub siblings: Vec<(String, String)>,
    /// Members of its own today.
    pub members: Vec<Going>,
    /// Posts held today: who, title, since.
    pub holders: Vec<(PersonId, String, Title, Day)>,
    /// History: name, kind and superior.
    pub places: Vec<PlaceView>,
    /// Changes in which it had a part.
    pub changes: Vec<ChangeView>,
    /// Who took its place.
    pub successors: Vec<Kin>,
    /// Whose place it took.
    pub predecessors: Vec<Kin>,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// A unit with its history.
///
/// # Errors
/// [`Error::Denied`] for a unit the reader may see neither today nor by a successor.
pub async fn unit(app: &App, actor: &Actor, unit: UnitId) -> Result<UnitPage> {
    let mut conn = app.read(actor.root).await?;
    let (root, today) = (actor.root.0, app.clock.today());
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    let may = policy::allows(actor, Act::ViewRoster, &Resource::of_unit(&row.path));
    if !may && !seen_units(&mut conn, actor).await?.contains(&row.unit_id) {
        return Err(Error::Denied);
    }
    let kind = known(UnitKind::from_word(&row.kind), "kind of unit")?;
    let places = place::places(&mut conn, root, row.unit_id).await?;
    let changes = store::change::of_unit(&mut conn, root, row.unit_id).await?;
    let open = row.closed_on.is_none();
    let (above, trail) = above(&mut conn, actor, &row).await?;
    Ok(UnitPage {
        id: unit,
        above,
        trail,
        superior_code: match row.parent_id {
            Some(parent) => org::unit(&mut conn, root, parent).await?.map(|over| over.code).unwrap_or_default(),
            None => String::new(),
        },
        founded_on: day(row.founded_on.as_deref())?,
        closed_on: day(row.closed_on.as_deref())?,
        below: below(&mut conn, &row, today).await?,
        siblings: if open { siblings(&mut conn, &row, kind, today).await? } else { Vec::new() },
        members: members(&mut conn, &row, today).await?,
        holders: holders(&mut conn, &row, today).await?,
        places: place_views(&mut conn, places).await?,
        changes: changes.into_iter().map(change_view).collect::<Result<_>>()?,
        successors: kin(store::change::successors(&mut conn, root, row.unit_id).await?)?,
        predecessors: kin(store::change::predecessors(&mut conn, root, row.unit_id).await?)?,
        may_change: open && policy::allows(actor, Act::ChangeOrganization, &Resource::of_unit(&row.path)),
        code: row.code,
        name: row.name,
        kind,
    })
}

fn day(text: Option<&str>) -> Result<Option<Day>> {
    let text = text.filter(|text| *text != UNKNOWN_BEGINNING);
    text.map(|text| stored(Day::parse_stored(text), "day")).transpose()
}

/// The units above, and those of them that open to the reader.
type Above = (Vec<(UnitId, String)>, Vec<(UnitId, String)>);

async fn above(conn: &mut Conn, actor: &Actor, row: &UnitRow) -> Result<Above> {
    let (mut above, mut trail) = (Vec::new(), Vec::new());
    for id in row.path.split('/').filter_map(|part| Uuid::parse_str(part).ok()).filter(|id| *id != row.unit_id) {
        let Some(unit) = org::unit(conn, row.root_id, id).await? else { continue };
        if policy::allows(actor, Act::ViewRoster, &Resource::of_unit(&unit.path)) {
            trail.push((UnitId(unit.unit_id), unit.name.clone()));
        }
        above.push((UnitId(unit.unit_id), unit.name));
    }
    Ok((above, trail))
}

async fn below(conn: &mut Conn, row: &UnitRow, today: Day) -> Result<Vec<(UnitId, String, String, UnitKind)>> {
    let below = place::below_on(conn, row.root_id, row.unit_id, today).await?;
    let one = |unit: UnitOnRow| {
        let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
        Ok((UnitId(unit.unit_id), unit.code, unit.name, kind))
    };
    below.into_iter().map(one).collect()
}

async fn siblings(conn: &mut Conn, row: &UnitRow, kind: UnitKind, today: Day) -> Result<Vec<(String, String)>> {
    let Some(parent) = row.parent_id else { return Ok(Vec::new()) };
    let beside = place::below_on(conn, row.root_id, parent, today).await?;
    let alike = |unit: &UnitOnRow| {
        let other = UnitKind::from_word(&unit.kind);
        unit.unit_id != row.unit_id && other.is_some_and(|other| other.has_members() == kind.has_members())
    };
    Ok(beside.into_iter().filter(alike).map(|unit| (unit.code, unit.name)).collect())
}

async fn members(conn: &mut Conn, row: &UnitRow, today: Day) -> Result<Vec<Going>> {
    let members = org::members_of_unit(conn, row.root_id, row.unit_id, &today.to_string()).await?;
    let going = |member: org::MemberRow| {
        let standing = known(Standing::from_word(&member.standing), "standing")?;
        Ok(Going { id: PersonId(member.person_id), name: member.full_name, standing })
    };
    members.into_iter().map(going).collect()
}

async fn holders(conn: &mut Conn, row: &UnitRow, today: Day) -> Result<Vec<(PersonId, String, Title, Day)>> {
    let held = store::roster::holders(conn, row.root_id, row.unit_id, &today.to_string()).await?;
    let mut holders = held
        .into_iter()
        .map(|post| {
            let title = known(Title::from_word(&post.title), "title")?;
            let since = stored(Day::parse_stored(&post.from_on), "from_on")?;
            Ok((PersonId(post.person_id), post.full_name, title, since))
        })
        .collect::<Result<Vec<_>>>()?;
    holders.sort_by_key(|(_, _, title, _)| *title);
    Ok(holders)
}

async fn place_views(conn: &mut Conn, rows: Vec<PlaceRow>) -> Result<Vec<PlaceView>> {
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let superior = match row.parent_id {
            None => String::new(),
            Some(parent) => {
                let then = stored(Day::parse_stored(&row.from_on), "from_on")?;
                let over = place::unit_on(conn, row.root_id, parent, then).await?.map(|over| over.name);
                // The superior may have been founded later, as far as anybody knows.
                match over {
                    Some(name) => name,
                    None => org::unit(conn, row.root_id, parent).await?.map(|over| over.name).unwrap_or_default(),
                }
            }
        };
        views.push(PlaceView {
            from_on: day(Some(&row.from_on))?,
            to_on: day(row.to_on.as_deref())?,
            kind: known(UnitKind::from_word(&row.kind), "kind of unit")?,
            name: row.name,
            superior,
        });
    }
    Ok(views)
}

fn change_view(row: PartRow) -> Result<ChangeView> {
    Ok(ChangeView {
        id: ChangeId(row.change_id),
        kind: known(ChangeKind::from_word(&row.kind), "kind of change")?,
        part: known(Part::from_word(&row.part), "part in a change")?,
        effective_on: stored(Day::parse_stored(&row.effective_on), "effective_on")?,
        basis: (row.basis_number, stored(Day::parse_stored(&row.basis_on), "basis_on")?, row.basis_issuer),
        made_by: row.made_by_name,
        made_at: row.made_at,
    })
}

fn kin(rows: Vec<KinRow>) -> Result<Vec<Kin>> {
    let one = |row: KinRow| {
        let effective_on = stored(Day::parse_stored(&row.effective_on), "effective_on")?;
        Ok(Kin { id: UnitId(row.unit_id), name: row.name, effective_on })
    };
    rows.into_iter().map(one).collect()
}
