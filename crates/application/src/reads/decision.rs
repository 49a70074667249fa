//! Quyết định của cấp uỷ cơ sở: everybody of the base organisation, live places left at the top level.

mod paper;

use std::collections::BTreeMap;

use domain::decision::{DecisionState, must_look_again};
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, ReviewId, UnitId};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{DecidedRow, DecisionRow, ProposalRow};
use store::review::ReviewListRow;
use uuid::Uuid;

pub use self::paper::Paper;
pub(crate) use self::paper::last_day;
use super::proposal::{Line, level_names, lines};
use super::publication::{IssuedList, issued_lists};
use crate::acts::decision::CALIBRATION_MINUTES;
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge::{self, Cap, GroupCap, Words};

/// Trang quyết định.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Deciding body's unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Whether it is issued.
    pub issued: bool,
    /// Its head.
    pub paper: Paper,
    /// The cap over the whole base organisation with the levels as they stand.
    pub cap: Cap,
    /// The caps over groups of like position, where the book counts by groups.
    pub groups: Vec<GroupCap>,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// One line per person, with the decided level beside the proposal.
    pub lines: Vec<DecisionLine>,
    /// Cells whose proposal has not arrived, and whether it was returned to them.
    pub waiting_for: Vec<(String, bool)>,
    /// Persons not rated, with the reason.
    pub not_rated: Vec<(String, String, String)>,
    /// Whether the reader may change it.
    pub may_prepare: bool,
    /// Whether the reader sees how it was prepared: minutes and votes.
    pub prepares: bool,
    /// Whether the reader may issue it.
    pub may_issue: bool,
    /// Whether the rule book knows calibration and the reader may see it.
    pub calibrates: bool,
    /// What is issued already, and whether it was made known.
    pub lists: Vec<IssuedList>,
}

/// Một dòng của quyết định.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionLine {
    /// The person with all that was said before.
    pub line: Line,
    /// Decided level, the proposed one before it is saved; empty while it is left open.
    pub level: String,
    /// Reason.
    pub reason: String,
    /// Level the cell had proposed when the line was saved, when it proposes another now.
    pub changed_from: Option<String>,
    /// Whether the cell's proposal was returned and has not come again.
    pub returned: bool,
}

/// The decision of the body that opened the campaign, saved or not.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn decision(app: &App, actor: &Actor, campaign: CampaignId) -> Result<DecisionPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path);
    permit(actor, Act::ViewDecision, &resource)?;
    let prepares = allows(actor, Act::ViewPreparation, &resource);
    let book = judge::book_of(app, &campaign)?;
    let row = store::outcome::decision(&mut conn, root, campaign.campaign_id, Subject::Member.word()).await?;
    let issued = row.as_ref().is_some_and(|row| row.state == DecisionState::Issued.word());
    if !issued && !prepares {
        return Err(Error::Denied);
    }
    let saved = saved_lines(&mut conn, root, row.as_ref()).await?;
    let reviews = store::review::list_of_campaign(&mut conn, root, campaign.campaign_id).await?;
    let proposals = store::outcome::proposals(&mut conn, root, campaign.campaign_id).await?;
    let mut people = lines(app, &mut conn, &campaign, &reviews).await?;
    if !prepares {
        people.iter_mut().for_each(Line::without_counts);
    }
    let people = beside_proposals(people, &states(&reviews, &proposals), &saved);
    let leveled = people.iter().filter(|line| !line.level.is_empty());
    let levels: Vec<(Uuid, &str)> = leveled.map(|line| (line.line.review.0, line.level.as_str())).collect();
    let cap = judge::cap(&mut conn, book, &campaign, &reviews, &levels).await?;
    let groups = judge::peer_caps(&mut conn, book, &campaign, &reviews, &levels).await?;
    let paper = Paper::load(app, &mut conn, actor, (&campaign, Subject::Member), row.as_ref()).await?;
    Ok(DecisionPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name.clone(),
        issued,
        cap,
        groups,
        levels: level_names(book),
        waiting_for: waiting_for(&proposals, &reviews),
        not_rated: not_rated(&reviews),
        prepares,
        may_prepare: !issued && allows(actor, Act::PrepareDecision, &resource),
        may_issue: !issued && paper.minutes_sealed && allows(actor, Act::IssueDecision, &resource),
        calibrates: prepares && book.form(CALIBRATION_MINUTES).is_some(),
        lists: issued_lists(&mut conn, root, campaign.campaign_id, Subject::Member).await?,
        lines: people,
        paper,
    })
}

/// The caps by groups over levels as chosen on the page but not saved.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn groups_of(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    levels: &BTreeMap<ReviewId, String>,
) -> Result<Vec<GroupCap>> {
    let (mut conn, campaign, reviews) = prepared(app, actor, campaign).await?;
    judge::peer_caps(&mut conn, judge::book_of(app, &campaign)?, &campaign, &reviews, &chosen(levels)).await
}

/// What the live counts need, for whoever prepares.
async fn prepared(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
) -> Result<(store::Reader, CampaignRow, Vec<ReviewListRow>)> {
    let mut conn = app.read(actor.root).await?;
    let campaign = store::campaign::campaign(&mut conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, actor.root.0, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewPreparation, &Resource::of_unit(&unit.path))?;
    let reviews = store::review::list_of_campaign(&mut conn, actor.root.0, campaign.campaign_id).await?;
    Ok((conn, campaign, reviews))
}

fn chosen(levels: &BTreeMap<ReviewId, String>) -> Vec<(Uuid, &str)> {
    let chosen = levels.iter().filter(|(_, level)| !level.is_empty());
    chosen.map(|(review, level)| (review.0, level.as_str())).collect()
}

/// The cap over levels as chosen on the page but not saved, for the live count.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn cap_of(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    levels: &BTreeMap<ReviewId, String>,
) -> Result<Cap> {
    let (mut conn, campaign, reviews) = prepared(app, actor, campaign).await?;
    judge::cap(&mut conn, judge::book_of(app, &campaign)?, &campaign, &reviews, &chosen(levels)).await
}

type Saved = BTreeMap<Uuid, DecidedRow>;

async fn saved_lines(conn: &mut store::Conn, root: Uuid, row: Option<&DecisionRow>) -> Result<Saved> {
    let Some(row) = row else { return Ok(Saved::new()) };
    let lines = store::outcome::saved_decision_lines(conn, root, row.decision_id).await?;
    Ok(lines.into_iter().map(|line| (line.review_id, line)).collect())
}

fn beside_proposals(people: Vec<Line>, states: &BTreeMap<Uuid, &str>, saved: &Saved) -> Vec<DecisionLine> {
    let line = |line: Line| {
        let state = states.get(&line.review.0).copied();
        decided(arrived(line, state), saved)
    };
    people.into_iter().map(line).collect()
}

/// State of the proposal in which each review stands.
fn states<'a>(reviews: &[ReviewListRow], proposals: &'a [ProposalRow]) -> BTreeMap<Uuid, &'a str> {
    let of_unit: BTreeMap<Uuid, &str> =
        proposals.iter().map(|proposal| (proposal.unit_id, proposal.state.as_str())).collect();
    reviews.iter().filter_map(|review| Some((review.review_id, *of_unit.get(&review.unit_id)?))).collect()
}

/// A proposal as the committee may see it, and whether it was returned: what has not been sent is the cell's own.
fn arrived(line: Line, state: Option<&str>) -> (Line, bool) {
    if state.is_some_and(is_here) {
        return (line, false);
    }
    let returned = state == Some(ProposalState::Returned.word());
    (Line { proposed: String::new(), proposed_reason: String::new(), ..line }, returned)
}

fn decided((line, returned): (Line, bool), saved: &Saved) -> DecisionLine {
    let Some(row) = saved.get(&line.review.0) else {
        let level = line.proposed.clone();
        return DecisionLine { level, reason: String::new(), changed_from: None, returned, line };
    };
    let changed = must_look_again(&row.level, &row.proposed, &line.proposed);
    DecisionLine {
        level: row.level.clone(),
        reason: row.reason.clone(),
        changed_from: changed.then(|| row.proposed.clone()),
        returned,
        line,
    }
}

/// Whether a proposal in this state has reached the committee.
fn is_here(state: &str) -> bool {
    [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&state)
}

/// Cells whose proposal has not arrived, and whether it was returned to them.
fn waiting_for(proposals: &[ProposalRow], reviews: &[ReviewListRow]) -> Vec<(String, bool)> {
    let of = |unit| proposals.iter().find(|proposal| proposal.unit_id == unit).map(|proposal| proposal.state.as_str());
    let due = reviews.iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    let waiting: BTreeMap<_, _> = due
        .filter(|review| !of(review.unit_id).is_some_and(is_here))
        .map(|review| (&review.unit_path, (&review.unit_name, of(review.unit_id))))
        .collect();
    let returned = |state| state == Some(ProposalState::Returned.word());
    waiting.into_values().map(|(name, state)| (name.clone(), returned(state))).collect()
}

fn not_rated(reviews: &[ReviewListRow]) -> Vec<(String, String, String)> {
    let others = reviews.iter().filter(|review| review.obligation != Obligation::ReviewAndClassify.word());
    others
        .map(|review| (review.full_name.clone(), review.unit_name.clone(), review.obligation_reason.clone()))
        .collect()
}
