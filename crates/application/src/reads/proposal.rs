//! Đề xuất của chi bộ: self, others' and the ballot's levels side by side with what the rules permit.

use std::collections::BTreeMap;

use domain::ballot::BLANK;
use domain::meeting::Purpose;
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::review::{Assessor, Obligation};
use domain::{Actor, CampaignId, ProposalId, ReviewId, UnitId};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::org;
use store::review::OpinionRow;
use uuid::Uuid;

use crate::acts::proposal::send_proposal::winners;
use crate::app::{App, permit};
use crate::cases::Cases;
use crate::error::{Error, Result, known};
use crate::judge::{self, Cap, Reason, Words};

/// Trang đề xuất.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Proposal, once saved.
    pub id: Option<ProposalId>,
    /// Version that is shown, 0 while nothing is saved.
    pub version: i64,
    /// State.
    pub state: ProposalState,
    /// Remark.
    pub note: String,
    /// Why it was returned.
    pub returned_reason: String,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// One line per person who is to be classified.
    pub lines: Vec<Line>,
    /// Persons who are reviewed but not classified, or neither, with the reason.
    pub not_rated: Vec<(String, String)>,
    /// The cap over this list alone (the cap itself holds over the base organisation).
    pub cap: Cap,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// Whether the reader may return it.
    pub may_return: bool,
}

/// Một dòng: one person with all opinions side by side.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Review.
    pub review: ReviewId,
    /// Full name.
    pub name: String,
    /// Name of the cell.
    pub unit_name: String,
    /// Newest level by assessor (word of `Assessor`): id.
    pub opinions: BTreeMap<String, String>,
    /// Votes per choice in the cell's ballot.
    pub votes: BTreeMap<String, u32>,
    /// Valid papers of that ballot.
    pub valid: u32,
    /// The choice with the majority.
    pub majority: Option<String>,
    /// Level proposed by the cell, empty when none.
    pub proposed: String,
    /// Its reason.
    pub proposed_reason: String,
    /// Levels that the rules refuse; why, his own page says.
    pub refused: Vec<String>,
    /// What comes before any level is decided: the agency's level, and what the texts leave to the competent body.
    pub before: Vec<Reason>,
}

/// The proposal of a cell, saved or not.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn of_unit(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<ProposalPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let unit = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path).in_campaign_of(UnitId(campaign.unit_id));
    permit(actor, Act::ViewProposal, &resource)?;
    let book = judge::book_of(app, &campaign)?;
    let row = store::outcome::proposal_of_unit(&mut conn, root, campaign.campaign_id, unit.unit_id).await?;
    let state = row.as_ref().map_or(ProposalState::Draft.word(), |row| row.state.as_str());
    let state = known(ProposalState::from_word(state), "proposal state")?;
    let reviews = store::review::list_of_unit(&mut conn, root, campaign.campaign_id, unit.unit_id).await?;
    let mut lines = lines(app, &mut conn, &campaign, &reviews).await?;
    if !allows(actor, Act::ViewTally, &resource) {
        lines.iter_mut().for_each(Line::without_counts);
    }
    let changeable = domain::proposal::may_change(state).is_ok();
    let unsent = changeable && !allows(actor, Act::Propose, &resource);
    if unsent {
        lines.iter_mut().for_each(Line::without_level);
    }
    let proposed = lines.iter().filter(|line| !line.proposed.is_empty());
    let levels: Vec<(Uuid, &str)> = proposed.map(|line| (line.review.0, line.proposed.as_str())).collect();
    let cap = judge::cap(&mut conn, book, &campaign, &reviews, &levels).await?;
    let not_rated = reviews.iter().filter(|review| review.obligation != Obligation::ReviewAndClassify.word());
    Ok(ProposalPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name.clone(),
        id: row.as_ref().map(|row| ProposalId(row.proposal_id)),
        version: row.as_ref().map_or(0, |row| row.version),
        state,
        note: row.as_ref().filter(|_| !unsent).map_or_else(String::new, |row| row.note.clone()),
        returned_reason: row.as_ref().map_or_else(String::new, |row| row.returned_reason.clone()),
        levels: level_names(book),
        cap,
        not_rated: not_rated.map(|review| (review.full_name.clone(), review.obligation_reason.clone())).collect(),
        may_change: changeable && allows(actor, Act::Propose, &resource),
        may_return: state == ProposalState::Sent && allows(actor, Act::ReturnProposal, &resource),
        lines,
    })
}

impl Line {
    /// The line for whoever may not see how the votes fell.
    pub(crate) fn without_counts(&mut self) {
        self.votes.clear();
        (self.valid, self.majority) = (0, None);
    }

    /// The line of a proposal that is not sent (again), for whoever is not of the cell.
    fn without_level(&mut self) {
        self.proposed.clear();
        self.proposed_reason.clear();
    }
}

pub(crate) fn level_names(book: &rules::Book) -> Vec<(String, Words, Words)> {
    book.levels.iter().map(|level| (level.id.clone(), Words::from(&level.title), Words::from(&level.short))).collect()
}

/// Lines of those who are to be classified among `reviews`.
pub(crate) async fn lines(
    app: &App,
    conn: &mut store::Conn,
    campaign: &CampaignRow,
    reviews: &[store::review::ReviewListRow],
) -> Result<Vec<Line>> {
    let cases = Cases::load(app, conn, campaign).await?;
    let (root, campaign) = (campaign.root_id, campaign.campaign_id);
    let winners = winners(app, conn, root, campaign).await?;
    let mut votes: BTreeMap<Uuid, (u32, BTreeMap<String, u32>)> = BTreeMap::new();
    for count in store::ballot::counts_of_campaign(conn, root, campaign).await? {
        if count.purpose == Purpose::CellReview.word() && (count.votes > 0 || count.choice != BLANK) {
            let entry = votes.entry(count.review_id).or_default();
            entry.0 = u32::try_from(count.valid).unwrap_or(0);
            entry.1.insert(count.choice, u32::try_from(count.votes).unwrap_or(0));
        }
    }
    let mut proposed = BTreeMap::new();
    for line in store::outcome::saved_lines_of_campaign(conn, root, campaign).await? {
        proposed.insert(line.review_id, line);
    }
    let mut lines = Vec::new();
    for review in reviews.iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word()) {
        let (valid, votes) = votes.remove(&review.review_id).unwrap_or_default();
        let saved = proposed.remove(&review.review_id);
        let case = cases.of(review);
        let (refused, left_open) = case.brief();
        lines.push(Line {
            review: ReviewId(review.review_id),
            name: review.full_name.clone(),
            unit_name: review.unit_name.clone(),
            opinions: newest(cases.opinions(review.review_id))?,
            votes,
            valid,
            majority: winners.get(&review.review_id).cloned().flatten(),
            proposed: saved.as_ref().map_or_else(String::new, |line| line.level.clone()),
            proposed_reason: saved.map_or_else(String::new, |line| line.reason),
            refused,
            before: cases.waits_for_agency(review.review_id, &case).into_iter().chain(left_open).collect(),
        });
    }
    Ok(lines)
}

/// The newest level of each assessor.
fn newest(opinions: &[OpinionRow]) -> Result<BTreeMap<String, String>> {
    let mut newest = BTreeMap::new();
    for opinion in opinions {
        let assessor = known(Assessor::from_word(&opinion.actor), "assessor")?;
        if let Some(level) = &opinion.level {
            newest.insert(assessor.word().to_owned(), level.clone());
        }
    }
    Ok(newest)
}
