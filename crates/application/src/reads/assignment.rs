//! Phân công theo dõi, chỉ đạo: who follows what in a campaign, and for each member how far his units are.

mod calendar;
mod mine;

use std::collections::{BTreeMap, BTreeSet};

use domain::assignment::ObservationKind;
use domain::meeting::MeetingState;
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, AssignmentId, CampaignId, Day, PersonId, UnitId};
use serde::Serialize;
use store::assignment::{AssignedRow, ObservationRow};
use store::campaign::CampaignRow;
use store::org::{self, UnitRow};
use store::{Conn, assignment};
use uuid::Uuid;

pub use self::calendar::{CalendarEntry, calendar, has_calendar};
pub use self::mine::{Followed, mine, unattended_count};
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};

/// Trang phân công của một đợt.
#[derive(Debug, Clone, Serialize)]
pub struct AssignmentPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Committee that assigns.
    pub body_name: String,
    /// Assignments, ended ones last.
    pub lines: Vec<AssignedLine>,
    /// Units directly below that nobody follows.
    pub unfollowed: Vec<String>,
    /// Who can be assigned today, with his post.
    pub members: Vec<(PersonId, String, Title)>,
    /// Units that can be followed: id, name, how deep below.
    pub units: Vec<(UnitId, String, usize)>,
    /// Whether the reader may assign.
    pub may_assign: bool,
    /// Whether the reader may print the list.
    pub may_print: bool,
}

/// Một phân công.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignedLine {
    /// Assignment.
    pub id: AssignmentId,
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Unit, none for a sector alone.
    pub unit_id: Option<UnitId>,
    /// Its name, empty for a sector alone.
    pub unit: String,
    /// Sector.
    pub sector: String,
    /// Document.
    pub basis: String,
    /// First day.
    pub from_on: Day,
    /// Last day and why, once it ended.
    pub ended: Option<(Day, String)>,
    /// What he recorded, oldest first.
    pub seen: Vec<Seen>,
    /// Session of the unit.
    pub session: Session,
}

/// Một ghi nhận.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Kind.
    pub kind: ObservationKind,
    /// Day.
    pub on: Day,
    /// What.
    pub content: String,
}

/// Hội nghị kiểm điểm của đơn vị được theo dõi.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Day, if one is recorded.
    pub held_on: Option<Day>,
    /// Begins at.
    pub starts_at: String,
    /// Where.
    pub place: String,
    /// Whether its minutes are sealed.
    pub sealed: bool,
    /// Whether the assigned member confirmed that he attended.
    pub attended: bool,
    /// Whether it was held and he has not confirmed.
    pub missed: bool,
}

/// Who follows what in a campaign.
///
/// # Errors
/// [`Error::Denied`] for others than those of the committee, its office and inspectors above it.
pub async fn assignments(app: &App, actor: &Actor, campaign: CampaignId) -> Result<AssignmentPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let (row, body) = of(&mut conn, root, campaign).await?;
    permit(actor, Act::ViewAssignments, &Resource::of_unit(&body.path))?;
    let today = app.clock.today();
    let mut lines = lines(&mut conn, &row, today).await?;
    lines.sort_by_key(|line| line.ended.is_some());
    let below: Vec<UnitRow> = org::units_below(&mut conn, root, &body.path).await?;
    let below: Vec<UnitRow> =
        below.into_iter().filter(|unit| unit.unit_id != body.unit_id && unit.closed_on.is_none()).collect();
    let unfollowed = unfollowed(&mut conn, &body, &lines).await?;
    // As the paper asks: whoever stands further above does not print it.
    let of_body = Resource::of_unit(&body.path).in_campaign_of(UnitId(body.unit_id));
    let may_assign = allows(actor, Act::Assign, &Resource::of_unit(&body.path));
    let depth = |path: &str| path.matches('/').count();
    let units =
        below.iter().map(|unit| (UnitId(unit.unit_id), unit.name.clone(), depth(&unit.path) - depth(&body.path)));
    Ok(AssignmentPage {
        campaign,
        campaign_title: row.title,
        body_name: body.name.clone(),
        unfollowed,
        members: if may_assign { members(&mut conn, &body, today).await? } else { Vec::new() },
        units: if may_assign { units.filter(|(.., depth)| *depth <= 2).collect() } else { Vec::new() },
        lines,
        may_assign,
        may_print: allows(actor, Act::PrintPapers, &of_body),
    })
}

/// The units directly below a committee that nobody follows.
pub(crate) async fn unfollowed(conn: &mut Conn, body: &UnitRow, lines: &[AssignedLine]) -> Result<Vec<String>> {
    let followed: BTreeSet<UnitId> =
        lines.iter().filter(|line| line.ended.is_none()).filter_map(|line| line.unit_id).collect();
    let below = org::unit_with_below(conn, body.root_id, body.unit_id).await?;
    let free = |unit: &UnitRow| {
        unit.unit_id != body.unit_id && unit.closed_on.is_none() && !followed.contains(&UnitId(unit.unit_id))
    };
    Ok(below.into_iter().filter(free).map(|unit| unit.name).collect())
}

pub(crate) async fn of(conn: &mut Conn, root: Uuid, campaign: CampaignId) -> Result<(CampaignRow, UnitRow)> {
    let row = store::campaign::campaign(conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let body = org::unit(conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    Ok((row, body))
}

/// Those who sit on the committee on a day, by post.
async fn members(conn: &mut Conn, body: &UnitRow, day: Day) -> Result<Vec<(PersonId, String, Title)>> {
    let mut seated: BTreeMap<Uuid, Title> = BTreeMap::new();
    for post in org::holders(conn, body.root_id, body.unit_id, &day.to_string()).await? {
        let title = known(Title::from_word(&post.title), "title")?;
        if title.is_of_committee() {
            let highest = seated.entry(post.person_id).or_insert(title);
            *highest = title.min(*highest);
        }
    }
    let mut members = Vec::new();
    for (person, title) in seated {
        let row = org::person(conn, body.root_id, person).await?.ok_or(Error::Denied)?;
        members.push((title, row.name_key, PersonId(person), row.full_name));
    }
    members.sort();
    Ok(members.into_iter().map(|(title, _, person, name)| (person, name, title)).collect())
}

/// The assignments of a campaign with what was recorded and the sessions.
pub(crate) async fn lines(conn: &mut Conn, campaign: &CampaignRow, today: Day) -> Result<Vec<AssignedLine>> {
    let (root, id) = (campaign.root_id, campaign.campaign_id);
    let mut seen: BTreeMap<Uuid, Vec<ObservationRow>> = BTreeMap::new();
    for one in assignment::observations_of_campaign(conn, root, id).await? {
        seen.entry(one.assignment_id).or_default().push(one);
    }
    let mut found = Vec::new();
    for row in assignment::of_campaign(conn, root, id).await? {
        let his = seen.remove(&row.assignment_id).unwrap_or_default();
        found.push(line(conn, root, row, his, today).await?);
    }
    Ok(found)
}

pub(super) async fn line(
    conn: &mut Conn,
    root: Uuid,
    row: AssignedRow,
    seen: Vec<ObservationRow>,
    today: Day,
) -> Result<AssignedLine> {
    let day = |text: &str| stored(Day::parse_stored(text), "day");
    let his = seen.into_iter().map(|one| {
        let kind = known(ObservationKind::from_word(&one.kind), "kind of observation")?;
        Ok(Seen { kind, on: day(&one.seen_on)?, content: one.content })
    });
    let his: Vec<Seen> = his.collect::<Result<_>>()?;
    let session = match row.unit_id {
        Some(unit) => session(conn, root, (row.campaign_id, unit), &his, today).await?,
        None => Session::default(),
    };
    Ok(AssignedLine {
        id: AssignmentId(row.assignment_id),
        person: PersonId(row.person_id),
        name: row.full_name,
        unit_id: row.unit_id.map(UnitId),
        unit: row.unit_name.unwrap_or_default(),
        sector: row.sector,
        basis: row.basis,
        from_on: day(&row.from_on)?,
        ended: match row.ended_on {
            Some(on) => Some((day(&on)?, row.ended_reason)),
            None => None,
        },
        seen: his,
        session,
    })
}

async fn session(
    conn: &mut Conn,
    root: Uuid,
    (campaign, unit): (Uuid, Uuid),
    seen: &[Seen],
    today: Day,
) -> Result<Session> {
    let attended = seen.iter().any(|one| one.kind == ObservationKind::Session);
    let Some(meeting) = store::meeting::of_unit(conn, root, campaign, unit).await?.pop() else {
        return Ok(Session { attended, ..Session::default() });
    };
    let held_on = stored(Day::parse_stored(&meeting.held_on), "held_on")?;
    let sealed = meeting.state == MeetingState::Sealed.word();
    Ok(Session {
        held_on: Some(held_on),
        starts_at: meeting.starts_at,
        place: meeting.place,
        sealed,
        attended,
        missed: !attended && (sealed || held_on < today),
    })
}
