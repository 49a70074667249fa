//! Quyết định của cấp uỷ cơ sở: everybody of the base organisation, live places left at the top level.

use std::collections::BTreeMap;

use domain::decision::DecisionState;
use domain::meeting::MeetingState;
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::review::Obligation;
use domain::{Actor, CampaignId, Day, PersonId, UnitId};
use serde::Serialize;
use store::org;
use store::outcome::DecisionRow;

use super::proposal::{Line, level_names, lines};
use crate::acts::meeting::Held;
use crate::app::{App, permit};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Cap, Words};

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
    /// Number.
    pub number: String,
    /// Day on the paper.
    pub signed_on: Option<Day>,
    /// Who signs.
    pub signer: Option<PersonId>,
    /// Who may sign: secretary and deputies with names.
    pub signers: Vec<(PersonId, String)>,
    /// Membership of the committee, 0 before its meeting is recorded.
    pub base: u32,
    /// Its arithmetic.
    pub base_arithmetic: String,
    /// Votes needed.
    pub needed: u32,
    /// Votes in favour.
    pub in_favour: u32,
    /// Whether the committee's minutes are sealed.
    pub minutes_sealed: bool,
    /// Why the cap is exceeded.
    pub cap_override_reason: String,
    /// The cap over the whole base organisation with the levels as they stand.
    pub cap: Cap,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// One line per person, with the decided level beside the proposal.
    pub lines: Vec<DecisionLine>,
    /// Cells whose proposal has not arrived.
    pub waiting_for: Vec<String>,
    /// Persons not rated, with the reason.
    pub not_rated: Vec<(String, String, String)>,
    /// Whether the reader may change it.
    pub may_prepare: bool,
    /// Whether the reader may issue it.
    pub may_issue: bool,
}

/// Một dòng của quyết định.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionLine {
    /// The person with all that was said before.
    pub line: Line,
    /// Decided level, the proposed one before it is saved.
    pub level: String,
    /// Reason.
    pub reason: String,
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
    let book = judge::book_of(app, &campaign)?;
    let row = store::outcome::decision(&mut conn, root, campaign.campaign_id, unit.unit_id).await?;
    let saved = saved_lines(&mut conn, root, row.as_ref()).await?;
    let reviews = store::review::list_of_campaign(&mut conn, root, campaign.campaign_id).await?;
    let people = lines(app, &mut conn, &campaign, &reviews).await?;
    let people: Vec<DecisionLine> = people.into_iter().map(|line| decided(line, &saved)).collect();
    let levels: Vec<&str> =
        people.iter().filter(|line| !line.level.is_empty()).map(|line| line.level.as_str()).collect();
    let meeting = store::meeting::of_unit(&mut conn, root, campaign.campaign_id, unit.unit_id).await?.pop();
    let held = match &meeting {
        Some(meeting) => Some(Held::load(&mut conn, actor, domain::MeetingId(meeting.meeting_id)).await?),
        None => None,
    };
    let base = held.as_ref().map(|held| held.vote_base(judge::majority(book))).transpose()?;
    let issued = row.as_ref().is_some_and(|row| row.state == DecisionState::Issued.word());
    let minutes_sealed = meeting.is_some_and(|meeting| meeting.state == MeetingState::Sealed.word());
    Ok(DecisionPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name.clone(),
        issued,
        number: row.as_ref().map_or_else(String::new, |row| row.number.clone()),
        signed_on: row.as_ref().map(|row| stored(Day::parse_stored(&row.signed_on), "signed_on")).transpose()?,
        signer: row.as_ref().map(|row| PersonId(row.signer_id)),
        signers: signers(&mut conn, root, unit.unit_id, &app.clock.today().to_string()).await?,
        base: base.as_ref().map_or(0, |base| base.base),
        base_arithmetic: base.as_ref().map_or_else(String::new, domain::meeting::VoteBase::arithmetic),
        needed: base.as_ref().map_or(0, |base| base.needed),
        in_favour: row.as_ref().and_then(|row| u32::try_from(row.in_favour).ok()).unwrap_or(0),
        minutes_sealed,
        cap_override_reason: row.as_ref().map_or_else(String::new, |row| row.cap_override_reason.clone()),
        cap: judge::cap(book, &campaign.settings, &levels)?,
        levels: level_names(book),
        waiting_for: waiting_for(&mut conn, root, campaign.campaign_id, &reviews).await?,
        not_rated: not_rated(&reviews),
        may_prepare: !issued && allows(actor, Act::PrepareDecision, &resource),
        may_issue: !issued && minutes_sealed && allows(actor, Act::IssueDecision, &resource),
        lines: people,
    })
}

/// The cap over levels as chosen on the page but not saved, for the live count.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn cap_of(app: &App, actor: &Actor, campaign: CampaignId, levels: &[String]) -> Result<Cap> {
    let mut conn = app.read(actor.root).await?;
    let campaign = store::campaign::campaign(&mut conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, actor.root.0, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewDecision, &Resource::of_unit(&unit.path))?;
    let levels: Vec<&str> = levels.iter().filter(|level| !level.is_empty()).map(String::as_str).collect();
    judge::cap(judge::book_of(app, &campaign)?, &campaign.settings, &levels)
}

type Saved = BTreeMap<uuid::Uuid, (String, String)>;

async fn saved_lines(conn: &mut store::Conn, root: uuid::Uuid, row: Option<&DecisionRow>) -> Result<Saved> {
    let Some(row) = row else { return Ok(Saved::new()) };
    let lines = store::outcome::decision_lines(conn, root, row.decision_id).await?;
    Ok(lines.into_iter().map(|line| (line.review_id, (line.level, line.reason))).collect())
}

fn decided(line: Line, saved: &Saved) -> DecisionLine {
    match saved.get(&line.review.0) {
        Some((level, reason)) => DecisionLine { level: level.clone(), reason: reason.clone(), line },
        None => DecisionLine { level: line.proposed.clone(), reason: String::new(), line },
    }
}

async fn signers(
    conn: &mut store::Conn,
    root: uuid::Uuid,
    unit: uuid::Uuid,
    day: &str,
) -> Result<Vec<(PersonId, String)>> {
    let mut list = Vec::new();
    for post in org::holders(conn, root, unit, day).await? {
        if [Title::Secretary.word(), Title::DeputySecretary.word()].contains(&post.title.as_str()) {
            let person = org::person(conn, root, post.person_id).await?.ok_or(Error::Denied)?;
            list.push((PersonId(post.person_id), person.full_name));
        }
    }
    Ok(list)
}

async fn waiting_for(
    conn: &mut store::Conn,
    root: uuid::Uuid,
    campaign: uuid::Uuid,
    reviews: &[store::review::ReviewListRow],
) -> Result<Vec<String>> {
    let proposals = store::outcome::proposals(conn, root, campaign).await?;
    let arrived = |unit| {
        let on_the_way = [ProposalState::Draft.word(), ProposalState::Returned.word()];
        proposals.iter().any(|proposal| proposal.unit_id == unit && !on_the_way.contains(&proposal.state.as_str()))
    };
    let due = reviews.iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    let waiting: BTreeMap<_, _> =
        due.filter(|review| !arrived(review.unit_id)).map(|review| (&review.unit_path, &review.unit_name)).collect();
    Ok(waiting.into_values().cloned().collect())
}

fn not_rated(reviews: &[store::review::ReviewListRow]) -> Vec<(String, String, String)> {
    let others = reviews.iter().filter(|review| review.obligation != Obligation::ReviewAndClassify.word());
    others
        .map(|review| (review.full_name.clone(), review.unit_name.clone(), review.obligation_reason.clone()))
        .collect()
}
