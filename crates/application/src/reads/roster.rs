//! Danh sách: the tree of units with its counts, the members and posts of a unit, the whole as a workbook has it.

use std::collections::BTreeMap;

use domain::org::{CivilKind, Standing, Title, UnitKind};
use domain::policy::{self, Act, Resource};
use domain::{Actor, Day, PersonId, UnitId, text};
use serde::Serialize;
use store::org::{self, UnitRow};
use store::roster::{self, FoundRow, Search};
use uuid::Uuid;

use crate::acts::roster::{Present, Roster};
use crate::app::{App, permit};
use crate::branches::{WHOLE, branch};
use crate::error::{Error, Result, known, stored};

/// People on one page of a list.
pub const PAGE: u32 = 100;

/// Một đơn vị trong cây, with its members, those of all units below included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitView {
    /// Unit.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Units above it in this list.
    pub depth: usize,
    /// Official members.
    pub official: i64,
    /// Probationary members.
    pub probationary: i64,
    /// Exempt members.
    pub exempt: i64,
    /// Suspended members.
    pub suspended: i64,
    /// Last day of its existence, when it is closed.
    pub closed_on: Option<Day>,
    /// Whether what stands below it is left out of the list because there is too much.
    pub cut: bool,
}

impl UnitView {
    /// All members.
    #[must_use]
    pub const fn members(&self) -> i64 {
        self.official + self.probationary + self.exempt + self.suspended
    }
}

/// Một người trong danh sách.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// Person.
    pub id: PersonId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Day of birth.
    pub born_on: Option<Day>,
    /// Card number.
    pub card: String,
    /// Name of the cell.
    pub unit_name: String,
    /// Standing.
    pub standing: Standing,
    /// Day of admission.
    pub admitted_on: Day,
    /// Day of becoming official.
    pub official_on: Option<Day>,
    /// Kind of civil service.
    pub civil: CivilKind,
    /// Posts outside the party, one after the other.
    pub posts: String,
    /// Place of work.
    pub workplace: String,
}

/// Một chức vụ đang giữ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolderView {
    /// Who.
    pub name: String,
    /// Title.
    pub title: Title,
    /// Since.
    pub from_on: Day,
}

/// Một đơn vị with its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitPeople {
    /// Unit.
    pub unit: UnitView,
    /// Superior units that open to the reader, the highest first.
    pub above: Vec<(UnitId, String)>,
    /// Units directly below.
    pub below: Vec<UnitView>,
    /// Posts held today.
    pub holders: Vec<HolderView>,
    /// People found, of this unit and all below, in the order of Vietnamese lists.
    pub people: Vec<PersonView>,
    /// How many were found; at least so many when there are more than anybody counts.
    pub found: i64,
    /// Whether there are more.
    pub more: bool,
    /// Page shown, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
}

/// Longer than any path.
const WHOLE_PATH: u32 = 10_000;

/// The units the reader may see, superiors first.
///
/// # Errors
/// [`Error::Denied`] when there is none.
pub async fn tree(app: &App, actor: &Actor) -> Result<Vec<UnitView>> {
    let mut conn = app.read(actor.root).await?;
    let mut listed = Vec::new();
    for (top, path) in tops(actor) {
        let branch = branch(app, &mut conn, actor.root.0, path).await?;
        // Of a branch with many units only what stands directly below its top is listed.
        let cut = branch.units > WHOLE;
        let (units, counts) = if cut {
            (org::unit_with_below(&mut conn, actor.root.0, top.0).await?, branch.members.clone())
        } else {
            let (whole, today) = ((path, WHOLE_PATH), app.clock.today().to_string());
            let counts = roster::member_counts(&mut conn, actor.root.0, whole, &today).await?;
            (org::units_below(&mut conn, actor.root.0, path).await?, counts)
        };
        let mut views = views(units, &counts)?;
        for (row, view) in &mut views {
            view.cut = cut && row.unit_id != top.0 && !view.kind.has_members();
        }
        listed.extend(views);
    }
    let seen = |path: &str| policy::allows(actor, Act::ViewRoster, &Resource::of_unit(path));
    let views: Vec<UnitView> = listed.into_iter().filter(|(row, _)| seen(&row.path)).map(|(_, view)| view).collect();
    if views.is_empty() { Err(Error::Denied) } else { Ok(views) }
}

/// The units somebody belongs to or holds a post in, without those below another of them.
pub(super) fn tops(actor: &Actor) -> BTreeMap<UnitId, &str> {
    let posts = actor.posts.iter().map(|post| (post.unit, post.path.as_str()));
    let mine: BTreeMap<UnitId, &str> =
        actor.member_of.iter().map(|(unit, path)| (*unit, path.as_str())).chain(posts).collect();
    let below = |path: &str| mine.values().any(|other| *other != path && path.starts_with(other));
    mine.iter().filter(|(_, path)| !below(path)).map(|(unit, path)| (*unit, *path)).collect()
}

/// A unit with the people whose name contains `wanted`, typed with or without marks.
///
/// # Errors
/// [`Error::Denied`] for a unit the reader may not see.
pub async fn unit(app: &App, actor: &Actor, unit: UnitId, wanted: &str, page: u32) -> Result<UnitPeople> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewRoster, &Resource::of_unit(&row.path))?;
    let today = app.clock.today().to_string();
    let above = above(&mut conn, actor, &row).await?;
    let branch = branch(app, &mut conn, root, &row.path).await?;
    let views = views(org::unit_with_below(&mut conn, root, unit.0).await?, &branch.members)?;
    let here = |id: Uuid| views.iter().find(|(other, _)| other.unit_id == id).map(|(_, view)| view.clone());
    let below = views.iter().filter(|(other, _)| other.parent_id == Some(row.unit_id)).map(|(_, view)| view.clone());
    let unit = known(here(row.unit_id), "unit")?;
    let fold = text::fold(&text::tidy(wanted));
    let search = Search { path: &row.path, day: &today, fold: &fold };
    let wanted = Wanted { search, of: unit.members(), page };
    let (people, found, page) = people(&mut conn, root, wanted).await?;
    let most = found.unwrap_or(roster::MOST_FOUND);
    let pages = pages(most);
    let people = people.into_iter().map(person).collect::<Result<_>>()?;
    let mut holders =
        roster::holders(&mut conn, root, row.unit_id, &today).await?.iter().map(holder).collect::<Result<Vec<_>>>()?;
    holders.sort_by_key(|holder| holder.title);
    Ok(UnitPeople {
        unit,
        above,
        below: below.collect(),
        holders,
        people,
        found: most,
        more: found.is_none(),
        page,
        pages,
    })
}

/// Which people of a unit with `of` members are to be shown.
struct Wanted<'a> {
    search: Search<'a>,
    of: i64,
    page: u32,
}

/// The people of a page, how many there are – none when nobody counts so far –, and the page: the last one when there are not
/// so many. A page that is not full has been counted.
async fn people(conn: &mut store::Conn, root: Uuid, wanted: Wanted<'_>) -> Result<(Vec<FoundRow>, Option<i64>, u32)> {
    let part = (wanted.search, wanted.of);
    if wanted.page == 1 && !wanted.search.fold.is_empty() {
        let first = roster::members_found(conn, root, part, (PAGE, 0)).await?;
        if first.len() < PAGE as usize {
            let found = i64::try_from(first.len()).unwrap_or(i64::MAX);
            return Ok((first, Some(found), 1));
        }
    }
    let found = match wanted.search.fold {
        "" => Some(wanted.of),
        _ => roster::count_found(conn, root, wanted.search, wanted.of).await?,
    };
    let page = wanted.page.clamp(1, pages(found.unwrap_or(roster::MOST_FOUND)));
    Ok((roster::members_found(conn, root, part, (PAGE, (page - 1) * PAGE)).await?, found, page))
}

fn pages(found: i64) -> u32 {
    u32::try_from(found).unwrap_or(u32::MAX).div_ceil(PAGE).max(1)
}

/// The superiors of a unit that open to the reader, the highest first.
async fn above(conn: &mut store::Conn, actor: &Actor, row: &UnitRow) -> Result<Vec<(UnitId, String)>> {
    let mut above = Vec::new();
    for id in row.path.split('/').filter_map(|part| Uuid::parse_str(part).ok()).filter(|id| *id != row.unit_id) {
        let Some(unit) = org::unit(conn, row.root_id, id).await? else { continue };
        if policy::allows(actor, Act::ViewRoster, &Resource::of_unit(&unit.path)) {
            above.push((UnitId(id), unit.name));
        }
    }
    Ok(above)
}

/// The whole roster as the workbook has it, for editing and importing again.
///
/// # Errors
/// [`Error::Denied`] for whoever may not import.
pub async fn present(app: &App, actor: &Actor) -> Result<Roster> {
    let mut conn = app.read(actor.root).await?;
    let present = Present::load(&mut conn, actor.root).await?;
    let may = |path: &str| policy::allows(actor, Act::ImportRoster, &Resource::of_unit(path));
    let codes: std::collections::BTreeSet<&str> =
        present.units.values().filter(|row| may(&row.path)).map(|row| row.code.as_str()).collect();
    if codes.is_empty() {
        return Err(Error::Denied);
    }
    let mut roster = present.roster;
    roster.units.retain(|at| codes.contains(at.line.code.as_str()));
    roster.members.retain(|at| codes.contains(at.line.unit.as_str()));
    roster.posts.retain(|at| codes.contains(at.line.unit.as_str()));
    Ok(roster)
}

/// Units with their counts, in the order of the tree: below its superior, siblings by code.
fn views(units: Vec<UnitRow>, counts: &[roster::CountRow]) -> Result<Vec<(UnitRow, UnitView)>> {
    let mut sums: BTreeMap<Uuid, [i64; 4]> = BTreeMap::new();
    for count in counts {
        let standing = known(Standing::from_word(&count.standing), "standing")?;
        for id in count.head.split('/').filter_map(|part| Uuid::parse_str(part).ok()) {
            sums.entry(id).or_default()[standing as usize] += count.n;
        }
    }
    let codes: BTreeMap<Uuid, String> = units.iter().map(|unit| (unit.unit_id, unit.code.clone())).collect();
    let place = |path: &str| -> Vec<String> {
        path.split('/').filter_map(|part| codes.get(&Uuid::parse_str(part).ok()?).cloned()).collect()
    };
    let mut placed: Vec<(Vec<String>, UnitRow)> = units.into_iter().map(|unit| (place(&unit.path), unit)).collect();
    placed.sort_by(|one, other| one.0.cmp(&other.0));
    let view = |(place, row): (Vec<String>, UnitRow)| {
        let sum = sums.get(&row.unit_id).copied().unwrap_or_default();
        let kind = known(UnitKind::from_word(&row.kind), "kind of unit")?;
        let [official, probationary, exempt, suspended] = sum;
        let (id, code, name) = (UnitId(row.unit_id), row.code.clone(), row.name.clone());
        let depth = place.len().saturating_sub(1);
        let closed_on =
            row.closed_on.as_deref().map(|text| stored(Day::parse_stored(text), "closed_on")).transpose()?;
        let view =
            UnitView { id, code, name, kind, depth, official, probationary, exempt, suspended, closed_on, cut: false };
        Ok((row, view))
    };
    placed.into_iter().map(view).collect()
}

fn person(found: FoundRow) -> Result<PersonView> {
    let row = found.member;
    let day = |text: Option<&str>| text.map(|text| stored(Day::parse_stored(text), "day")).transpose();
    let posts = [row.government_post.as_str(), row.mass_post.as_str()];
    let posts: Vec<&str> = posts.into_iter().filter(|post| !post.is_empty()).collect();
    Ok(PersonView {
        id: PersonId(row.person_id),
        code: row.code,
        born_on: day(row.born_on.as_deref())?,
        card: row.card_number.unwrap_or_default(),
        unit_name: found.unit_name,
        standing: known(Standing::from_word(&row.standing), "standing")?,
        admitted_on: stored(Day::parse_stored(&row.admitted_on), "admitted_on")?,
        official_on: day(row.official_on.as_deref())?,
        civil: known(CivilKind::from_word(&row.civil_kind), "civil kind")?,
        posts: posts.join("; "),
        workplace: row.workplace,
        name: row.full_name,
    })
}

fn holder(row: &roster::HolderRow) -> Result<HolderView> {
    Ok(HolderView {
        name: row.full_name.clone(),
        title: known(Title::from_word(&row.title), "title")?,
        from_on: stored(Day::parse_stored(&row.from_on), "from_on")?,
    })
}
