//! Toàn cảnh một đợt: what a body sees of everything below it, from the roll-ups; the lists behind each figure.

mod changed;
mod list;
mod reported;
mod tally;

use std::collections::BTreeMap;

use domain::org::has_members;
use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{self, UnitRow};
use store::rollup::{self, CampaignUnitRow, Figures, ListedUnitRow};
use uuid::Uuid;

pub use changed::{ChangedSubject, ChangedSubjects, Counted};
pub use list::{Listed, ListedReview, ListedUnit, What, list};
pub(crate) use reported::Kept;
pub use reported::{Change, Report, Summary, SummaryGroup, TitleGroup, reported, summary};
pub use tally::{Steps, Tally};

use super::campaign::{CampaignView, view};
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Toàn cảnh.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// Round.
    pub campaign: CampaignView,
    /// Unit whose overview it is.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind, word of `UnitKind`.
    pub kind: String,
    /// From the top of the round downwards to the superior, as far as the reader may see them.
    pub trail: Vec<(UnitId, String)>,
    /// Levels of the book, best first: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// The whole.
    pub total: Line,
    /// Results of the whole by kind of subject, members first.
    pub kinds: Vec<(Subject, Tally)>,
    /// The units directly below, by code; of more than are listed those furthest behind, first the one with most that is late.
    pub lines: Vec<Line>,
    /// How many units there are directly below, listed or not.
    pub below: usize,
    /// Whether the reader may see levels.
    pub may_sum_up: bool,
    /// Whether the figures of the unit itself open their lists to the reader.
    pub may_list: bool,
    /// Whether the reader may print.
    pub may_print: bool,
    /// Campaign whose days the reader may change, when the unit has one of its own.
    pub days_of: Option<CampaignId>,
    /// What the unit's own body decides on besides members, and what is decided about the unit.
    pub others: Others,
    /// The last recount.
    pub checked: Option<Checked>,
}

/// Đối tượng khác ngoài đảng viên, as ways from a unit's overview.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Others {
    /// Campaign of the unit's own body.
    pub campaign: Option<CampaignId>,
    /// Kinds of subject on which it decides there, as far as the reader may see the lists.
    pub kinds: Vec<Subject>,
    /// Whether the reader may see the agenda of its session.
    pub may_see_agenda: bool,
    /// The unit's own reviews, as organisation and as collective, with their names.
    pub own: Vec<(ReviewId, String)>,
    /// Campaign of the superior in which the unit's collective reviews itself, when the reader may see its meeting.
    pub meeting_in: Option<CampaignId>,
}

/// Lần đếm lại gần nhất.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// Day.
    pub on: Day,
    /// Figures that were compared.
    pub compared: i64,
    /// Days on which figures differed, with how many; newest first.
    pub differed: Vec<(Day, i64)>,
}

/// Một dòng: a unit with everything below it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Line {
    /// Unit.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Kind, word of `UnitKind`.
    pub kind: String,
    /// Campaign of the body that decides for it.
    pub campaign: String,
    /// Step of the unit itself, word of `UnitStep`.
    pub step: String,
    /// Whether people belong to it directly.
    pub is_cell: bool,
    /// How far it is.
    pub steps: Steps,
    /// Results of members.
    pub tally: Tally,
    /// Units that are late.
    pub late: i64,
    /// Whether the reader may open it.
    pub may_open: bool,
}

/// A unit in a round, for whoever may see the round there.
struct Place {
    round: CampaignRow,
    unit: UnitRow,
    within: CampaignUnitRow,
}

async fn place(conn: &mut Conn, actor: &Actor, round: CampaignId, unit: UnitId, act: Act) -> Result<Place> {
    let root = actor.root.0;
    let round = store::campaign::campaign(conn, root, round.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, act, &Resource::of_unit(&unit.path))?;
    let within = rollup::unit_in_round(conn, root, round.round_id(), unit.unit_id).await?.ok_or(Error::Denied)?;
    Ok(Place { round, unit, within })
}

/// So many units below are listed; of more, those furthest behind unless all are asked for.
const LISTED: usize = rollup::FEW;

/// What is going on at a unit and below it, from the roll-ups as they are at this moment; `whole` lists all units directly
/// below, however many.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or when the unit is not part of the round.
pub async fn overview(app: &App, actor: &Actor, round: CampaignId, unit: UnitId, whole: bool) -> Result<Overview> {
    let mut conn = app.read(actor.root).await?;
    let place = place(&mut conn, actor, round, unit, Act::ViewCampaign).await?;
    let (root, id) = (actor.root.0, place.round.round_id());
    let today = app.clock.today().to_string();
    let total = rollup::figures(&mut conn, root, id, unit.0).await?;
    let below = rollup::count_children(&mut conn, root, id, unit.0).await?;
    let lines = lines(&mut conn, actor, (id, unit.0), whole || below <= LISTED, &today).await?;
    let book = judge::book_of(app, &place.round)?;
    let resource = Resource::of_unit(&place.unit.path);
    let own = place.within.campaign_id;
    let unit_row = place.unit.clone();
    let own_row = store::campaign::campaign(&mut conn, root, own).await?.ok_or(Error::Denied)?;
    let decides = own_row.unit_id == unit.0;
    let of_papers = resource.clone().in_campaign_of(UnitId(own_row.unit_id));
    Ok(Overview {
        kinds: kinds(&total),
        total: Line { name: place.unit.name.clone(), ..summed(&total, &today) },
        trail: trail(&mut conn, actor, &place).await?,
        campaign: view(app, &mut conn, &place.round).await?,
        unit,
        name: place.unit.name,
        kind: place.unit.kind,
        levels: super::proposal::level_names(book),
        below: if whole || below <= LISTED { lines.len() } else { below },
        lines,
        may_list: allows(actor, Act::ViewRoster, &resource),
        may_sum_up: allows(actor, Act::ViewSummary, &resource),
        may_print: allows(actor, Act::PrintPapers, &of_papers),
        days_of: (decides && allows(actor, Act::OpenCampaign, &resource)).then_some(CampaignId(own)),
        others: others(&mut conn, actor, &place.round, (&unit_row, own, decides)).await?,
        checked: checked(&mut conn, root, id).await?,
    })
}

/// The units directly below: all of them, or those furthest behind.
async fn lines(
    conn: &mut Conn,
    actor: &Actor,
    (round, unit): (Uuid, Uuid),
    whole: bool,
    today: &str,
) -> Result<Vec<Line>> {
    let root = actor.root.0;
    let children = if whole {
        rollup::children(conn, root, round, unit).await?
    } else {
        rollup::children_behind(conn, root, (round, unit), today).await?
    };
    let ids: Vec<Uuid> = children.iter().map(|child| child.unit_id).collect();
    let mut figures = rollup::figures_below(conn, root, (round, unit), &ids).await?;
    let lines = children.iter().map(|child| {
        let figures = figures.remove(&child.unit_id).unwrap_or_default();
        line(actor, child, &figures, today)
    });
    // A unit that was merged away in mid-season has nobody left.
    Ok(lines.filter(|line| line.steps.people > 0 || line.steps.cells > 0).collect())
}

async fn others(
    conn: &mut Conn,
    actor: &Actor,
    round: &CampaignRow,
    (unit, campaign, decides): (&UnitRow, Uuid, bool),
) -> Result<Others> {
    let resource = Resource::of_unit(&unit.path);
    let mut ways = Others::default();
    if decides && let Some(row) = store::campaign::campaign(conn, actor.root.0, campaign).await? {
        ways.campaign = Some(CampaignId(campaign));
        ways.may_see_agenda = allows(actor, Act::ViewPreparation, &resource);
        ways.kinds = super::campaign::others(conn, actor, &row, &unit.path).await?;
    }
    if !allows(actor, Act::ViewReview, &resource) {
        return Ok(ways);
    }
    let period = (round.kind.as_str(), round.period_from.as_str(), round.period_to.as_str());
    for own in store::standing::of_unit(conn, actor.root.0, unit.unit_id, period).await? {
        let subject = known(Subject::from_word(&own.subject), "subject")?;
        let name = crate::papers::subject_name(subject, &own.unit_kind, &own.name)?;
        ways.own.push((ReviewId(own.review_id), name));
        if !has_members(&unit.kind) && allows(actor, Act::ViewMeeting, &resource) {
            let review = store::review::review(conn, actor.root.0, own.review_id).await?;
            ways.meeting_in = review.map(|review| CampaignId(review.campaign_id));
        }
    }
    Ok(ways)
}

/// How many units at and below a unit should be a step further today, and its name.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or when the unit is not part of the round.
pub(super) async fn late(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    (round, unit): (CampaignId, UnitId),
) -> Result<(String, i64)> {
    let place = place(conn, actor, round, unit, Act::ViewCampaign).await?;
    let figures = rollup::figures(conn, actor.root.0, round.0, unit.0).await?;
    Ok((place.unit.name, tally::late(&figures, &app.clock.today().to_string())))
}

fn line(actor: &Actor, child: &ListedUnitRow, figures: &Figures, today: &str) -> Line {
    Line {
        unit: child.unit_id.to_string(),
        name: child.name.clone(),
        kind: child.kind.clone(),
        campaign: child.campaign_id.to_string(),
        step: child.step.clone(),
        is_cell: has_members(&child.kind),
        may_open: allows(actor, Act::ViewCampaign, &Resource::of_unit(&child.place)),
        ..summed(figures, today)
    }
}

/// Kinds of subject that occur, members first.
fn kinds(figures: &Figures) -> Vec<(Subject, Tally)> {
    let order = [Subject::Member, Subject::Leader, Subject::Collective, Subject::Organization];
    let tallies = order.into_iter().map(|subject| (subject, Tally::of(figures, subject.word())));
    tallies.filter(|(_, tally)| tally.total > 0).collect()
}

fn summed(figures: &Figures, today: &str) -> Line {
    let late = tally::late(figures, today);
    Line { steps: Steps::of(figures), tally: Tally::of(figures, "member"), late, ..Line::default() }
}

/// The superiors of a unit within the round.
async fn trail(conn: &mut Conn, actor: &Actor, place: &Place) -> Result<Vec<(UnitId, String)>> {
    let above: Vec<Uuid> = place.within.path.split('/').filter_map(|part| part.parse().ok()).collect();
    let mut trail = Vec::new();
    for id in above.into_iter().filter(|id| *id != place.unit.unit_id) {
        let Some(unit) = org::unit(conn, place.round.root_id, id).await? else { continue };
        if allows(actor, Act::ViewCampaign, &Resource::of_unit(&unit.path)) {
            trail.push((UnitId(id), unit.name));
        }
    }
    Ok(trail)
}

/// Checks that a page looks back on.
const LOOK_BACK: u16 = 60;

async fn checked(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Option<Checked>> {
    let checks = rollup::last_checks(conn, root, round, LOOK_BACK).await?;
    let day = |row: &rollup::CheckRow| crate::ports::day_in_vietnam(row.checked_at);
    let differed = checks.iter().filter(|row| row.differing > 0).map(|row| (day(row), row.differing)).collect();
    Ok(checks.first().map(|last| Checked { on: day(last), compared: last.compared, differed }))
}

/// The round over the tree to which the campaign of a body above the base belongs, and the unit from which somebody looks
/// at it: the highest in which he may see it; none for a base organisation's own campaign, or when there is none.
///
/// # Errors
/// [`Error::Fault`].
pub async fn lookout(app: &App, actor: &Actor, campaign: CampaignId) -> Result<Option<(CampaignId, UnitId)>> {
    let mut conn = app.read(actor.root).await?;
    lookout_on(&mut conn, actor, campaign).await
}

pub(super) async fn lookout_on(
    conn: &mut Conn,
    actor: &Actor,
    campaign: CampaignId,
) -> Result<Option<(CampaignId, UnitId)>> {
    let Some(row) = store::campaign::campaign(conn, actor.root.0, campaign.0).await? else { return Ok(None) };
    let opener = org::unit(conn, actor.root.0, row.unit_id).await?.ok_or(Error::Denied)?;
    if !super::campaign::is_above_base(&opener.kind) {
        return Ok(None);
    }
    let round = row.parent_id.unwrap_or(row.campaign_id);
    let mut posts: BTreeMap<usize, UnitId> = BTreeMap::new();
    for post in &actor.posts {
        let may = allows(actor, Act::ViewCampaign, &Resource::of_unit(&post.path)) && !post.kind.has_members();
        let within = rollup::unit_in_round(conn, actor.root.0, round, post.unit.0).await?;
        if may && within.is_some() {
            posts.insert(post.path.len(), post.unit);
        }
    }
    Ok(posts.into_values().next().map(|unit| (CampaignId(round), unit)))
}

/// A stored day; none for an empty one.
fn day(text: &str) -> Result<Option<Day>> {
    if text.is_empty() { Ok(None) } else { stored(Day::parse_stored(text), "day").map(Some) }
}
