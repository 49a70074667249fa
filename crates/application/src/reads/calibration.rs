//! Cân chỉnh: the open list with the levels as they stand, and the sessions that moved them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, CalibrationId, CampaignId, Day, ReviewId, UnitId};
use rules::book::points::Feed;
use rules::{Book, Rational};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::outcome::{CalibrationRow, DecidedRow};
use store::{Conn, org};
use uuid::Uuid;

use super::classification::name_of;
use super::proposal::level_names;
use crate::acts::decision::{CALIBRATION_MINUTES, day_of};
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge::{self, Words};

/// Trang cân chỉnh.
#[derive(Debug, Clone, Serialize)]
pub struct CalibrationPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Kind of subject.
    pub subject: Subject,
    /// Name of the deciding body's unit.
    pub unit_name: String,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// The open list; empty while none is saved, and once it is issued.
    pub lines: Vec<OpenLine>,
    /// Version of the list.
    pub version: i64,
    /// The sessions, the first one first.
    pub sessions: Vec<Session>,
    /// What the book says about it, with the source.
    pub rules: Vec<(Words, String)>,
    /// Whether the reader may record a session.
    pub may_record: bool,
    /// Whether the reader may print the minutes.
    pub may_print: bool,
}

/// Một dòng của danh sách đang chuẩn bị, among its like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenLine {
    /// Kind of unit of its group, as in [`crate::judge::GroupCap`].
    pub unit_kind: String,
    /// Title of its group, likewise.
    pub title: String,
    /// Whether it begins its group.
    pub first: bool,
    /// Review.
    pub review: ReviewId,
    /// Name.
    pub name: String,
    /// Unit of a person, empty for others.
    pub place: String,
    /// Level proposed.
    pub proposed: String,
    /// Level on the list.
    pub level: String,
    /// Points, where some were given.
    pub score: Option<Words>,
    /// Whether it is about the reader, who does not move himself.
    pub own: bool,
}

/// Một phiên cân chỉnh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Session.
    pub id: CalibrationId,
    /// Day.
    pub held_on: Day,
    /// Chair.
    pub chair: String,
    /// Who wrote the minutes.
    pub secretary: String,
    /// Who took part, one a line.
    pub members: String,
    /// Conclusion.
    pub conclusion: String,
    /// Who recorded it.
    pub by: String,
    /// Who was moved.
    pub moves: Vec<Moved>,
}

/// Một người được chuyển mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Name.
    pub name: String,
    /// Level before, empty when it was open.
    pub from: String,
    /// Level after.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// Where calibration stands on the list of one kind of subject.
///
/// # Errors
/// [`Error::Denied`] for whoever does not see how decisions are prepared, and where the rule book knows no calibration.
pub async fn calibration(app: &App, actor: &Actor, campaign: CampaignId, subject: Subject) -> Result<CalibrationPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path);
    permit(actor, Act::ViewPreparation, &resource)?;
    let book = judge::book_of(app, &campaign)?;
    book.form(CALIBRATION_MINUTES).ok_or(Error::Denied)?;
    let names = names(&mut conn, root, campaign.campaign_id, subject).await?;
    let lines = open_lines(&mut conn, actor, book, (&campaign, subject), &names).await?;
    let mut sessions = Vec::new();
    for row in store::outcome::calibrations(&mut conn, root, campaign.campaign_id, subject.word()).await? {
        sessions.push(session(&mut conn, row, &names).await?);
    }
    let rules = book.provisions.iter().filter(|one| one.id == PROVISION);
    let list = store::outcome::decision(&mut conn, root, campaign.campaign_id, subject.word()).await?;
    Ok(CalibrationPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        subject,
        unit_name: unit.name,
        levels: level_names(book),
        may_record: !lines.is_empty() && allows(actor, Act::PrepareDecision, &resource),
        lines,
        version: list.map_or(0, |list| list.version),
        sessions,
        rules: rules.map(|one| (Words::from(&one.message), judge::cited(&one.citation))).collect(),
        may_print: allows(actor, Act::PrintPapers, &resource.in_campaign_of(UnitId(campaign.unit_id))),
    })
}

/// Provision of a book that speaks of calibration.
const PROVISION: &str = "calibration";

/// Name and place of each subject of a kind.
pub(crate) type Names = BTreeMap<Uuid, (String, String)>;

/// Names and places of the subjects of one kind in a campaign.
pub(crate) async fn names(conn: &mut Conn, root: Uuid, campaign: Uuid, subject: Subject) -> Result<Names> {
    if subject == Subject::Member {
        let reviews = store::review::list_of_campaign(conn, root, campaign).await?;
        return Ok(reviews.into_iter().map(|one| (one.review_id, (one.full_name, one.unit_name))).collect());
    }
    let rows = store::standing::of_campaign(conn, root, campaign).await?;
    let ours = rows.iter().filter(|one| one.subject == subject.word());
    ours.map(|one| Ok((one.review_id, (name_of(one)?, String::new())))).collect()
}

/// Group by group, the most points first.
async fn open_lines(
    conn: &mut Conn,
    actor: &Actor,
    book: &Book,
    (campaign, subject): (&CampaignRow, Subject),
    names: &Names,
) -> Result<Vec<OpenLine>> {
    let root = campaign.root_id;
    let row = store::outcome::decision(conn, root, campaign.campaign_id, subject.word()).await?;
    let Some(row) = row.filter(|row| row.state != DecisionState::Issued.word()) else { return Ok(Vec::new()) };
    let saved = store::outcome::saved_decision_lines(conn, root, row.decision_id).await?;
    let positions = judge::positions(conn, campaign, subject).await?;
    let scores = scores(conn, book, campaign).await?;
    let line = |line: DecidedRow| {
        let (name, place) = names.get(&line.review_id)?.clone();
        let ((unit_kind, title), about) = positions.get(&line.review_id)?.clone();
        let score = scores.get(&line.review_id).map(|(_, words)| words.clone());
        let (review, own) = (ReviewId(line.review_id), about == actor.person.0);
        let (proposed, level) = (line.proposed, line.level);
        Some(OpenLine { unit_kind, title, first: false, review, name, place, proposed, level, score, own })
    };
    let mut lines: Vec<OpenLine> = saved.into_iter().filter_map(line).collect();
    let group = |line: &OpenLine| (line.unit_kind.clone(), line.title.clone());
    let points = |line: &OpenLine| Reverse(scores.get(&line.review.0).map(|(points, _)| *points));
    lines.sort_by_cached_key(|line| (group(line), points(line), line.place.clone(), line.name.clone()));
    let mut last = None;
    for line in &mut lines {
        let its = Some(group(line));
        line.first = last != its;
        last = its;
    }
    Ok(lines)
}

/// The points of each review as the rules are asked with them.
async fn scores(conn: &mut Conn, book: &Book, campaign: &CampaignRow) -> Result<BTreeMap<Uuid, (Rational, Words)>> {
    let Some((_, fact)) = book.points.feeds.iter().find(|(feed, _)| *feed == Feed::Score) else {
        return Ok(BTreeMap::new());
    };
    let facts = store::review::facts_named(conn, campaign.root_id, campaign.campaign_id, fact).await?;
    // Oldest first: the newest statement stays.
    let points = |value: &str| Some((value.parse().ok()?, judge::shown_words(book, fact, value)));
    Ok(facts.into_iter().filter_map(|row| Some((row.review_id, points(&row.value)?))).collect())
}

/// A session with the names of whoever was moved.
pub(crate) async fn session(conn: &mut Conn, row: CalibrationRow, names: &Names) -> Result<Session> {
    let by = org::person(conn, row.root_id, row.recorded_by).await?;
    let moves = store::outcome::moves(conn, row.root_id, row.calibration_id).await?;
    let moved = moves.into_iter().map(|one| Moved {
        name: names.get(&one.review_id).map_or_else(String::new, |(name, _)| name.clone()),
        from: one.from_level,
        to: one.to_level,
        reason: one.reason,
    });
    Ok(Session {
        held_on: day_of(&row)?,
        moves: moved.collect(),
        id: CalibrationId(row.calibration_id),
        chair: row.chair,
        secretary: row.secretary,
        members: row.members,
        conclusion: row.conclusion,
        by: by.map_or_else(String::new, |person| person.full_name),
    })
}
