//! Tổ chức: the tree as of any day, a unit with its history, who took whose place.

mod tree;

use domain::org::{Sector, Standing, Title, UnitKind};
use domain::policy::{self, Act, Resource};
use domain::reorganisation::{ChangeKind, Part};
use domain::{Actor, ChangeId, Day, PersonId, UnitId};
use serde::Serialize;
use store::Conn;
use store::change::{KinRow, PartRow};
use store::org::{self, UnitRow};
use store::place::{self, PlaceRow, UNKNOWN_BEGINNING, UnitOnRow};
use uuid::Uuid;

use crate::acts::authority::superior_of;
use crate::app::App;
use crate::error::{Error, Result, known, stored};
use crate::sectors::Sectors;

use tree::seen_units;
pub use tree::{Node, Tree, WHOLE, tree};

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

/// Loại hình riêng từ một ngày.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectorView {
    /// Word of [`Sector`], empty for an ordinary unit.
    pub sector: String,
    /// First day.
    pub from_on: Day,
    /// The document.
    pub basis: String,
    /// Who recorded it.
    pub by: String,
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
    /// Members of superior committees who follow it now, each with what he follows it for.
    pub followed_by: Vec<(String, String)>,
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
    /// The sector it is of today, from its own mark or one above it.
    pub sector: Option<Sector>,
    /// Its own marks, the first one first.
    pub sectors: Vec<SectorView>,
    /// Whether the reader may mark it.
    pub may_mark: bool,
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
        followed_by: followers(&mut conn, root, row.unit_id).await?,
        places: place_views(&mut conn, places).await?,
        changes: changes.into_iter().map(change_view).collect::<Result<_>>()?,
        successors: kin(store::change::successors(&mut conn, root, row.unit_id).await?)?,
        predecessors: kin(store::change::predecessors(&mut conn, root, row.unit_id).await?)?,
        sector: Sectors::on(&mut conn, root, &today.to_string()).await?.of(&row.path),
        sectors: sectors(&mut conn, &row).await?,
        may_mark: open && policy::allows(actor, Act::ChangeOrganization, &Resource::of_unit(superior_of(&row.path))),
        may_change: open && policy::allows(actor, Act::ChangeOrganization, &Resource::of_unit(&row.path)),
        code: row.code,
        name: row.name,
        kind,
    })
}

async fn sectors(conn: &mut Conn, row: &UnitRow) -> Result<Vec<SectorView>> {
    let mut views = Vec::new();
    for mark in store::sector::of_unit(conn, row.root_id, row.unit_id).await? {
        let by = org::person(conn, row.root_id, mark.recorded_by).await?;
        views.push(SectorView {
            from_on: stored(Day::parse_stored(&mark.from_on), "from_on")?,
            sector: mark.sector,
            basis: mark.basis,
            by: by.map_or_else(String::new, |person| person.full_name),
        });
    }
    Ok(views)
}

async fn followers(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<(String, String)>> {
    let rows = store::assignment::of_unit(conn, root, unit).await?;
    Ok(rows.into_iter().map(|row| (row.full_name, row.basis)).collect())
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
