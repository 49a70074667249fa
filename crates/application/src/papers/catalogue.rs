//! Giấy tờ hiện có của một đơn vị: which papers can be printed now, and for whom.

use domain::ballot::BallotState;
use domain::decision::DecisionState;
use domain::review::{Obligation, ReviewState};
use domain::{Actor, CampaignId, ReviewId, UnitId};

use super::place::Place;
use super::sheet::{INDIVIDUAL_REVIEW, UnitPaper, form_of};
use crate::app::App;
use crate::error::Result;
use crate::ports::Format;

/// Giấy tờ của một đơn vị.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Papers of the unit.
    pub papers: Vec<Offer>,
    /// Papers of each person.
    pub people: Vec<PersonOffer>,
    /// Name of the self-review form.
    pub review_title: String,
    /// Name of the notice.
    pub notice_title: String,
}

/// Một loại giấy.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which.
    pub paper: UnitPaper,
    /// Name.
    pub title: String,
    /// Formats.
    pub formats: &'static [Format],
    /// Whether what it shows exists.
    pub ready: bool,
}

/// Giấy tờ của một người.
#[derive(Debug, Clone)]
pub struct PersonOffer {
    /// Review.
    pub review: ReviewId,
    /// Name.
    pub name: String,
    /// Whether a self-review was handed in.
    pub self_review: bool,
    /// Whether a notice was issued.
    pub notice: bool,
}

/// The papers of a unit, for whoever may print them.
///
/// # Errors
/// [`crate::error::Error::Denied`].
pub async fn catalogue(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<Catalogue> {
    let mut reader = app.read(actor.root).await?;
    let mut place = Place::open(app, actor, &mut reader, campaign, unit).await?;
    read(&mut place).await
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<Catalogue> {
    let ready = ready(place).await?;
    let mut papers = Vec::new();
    for paper in UnitPaper::ALL.into_iter().filter(|paper| arises(*paper, place)) {
        let (_, title) = form_of(place.book, paper.meaning())?;
        papers.push(Offer { paper, title, formats: paper.formats(), ready: ready.contains(&paper) });
    }
    Ok(Catalogue {
        campaign: CampaignId(place.campaign.campaign_id),
        campaign_title: place.campaign.title.clone(),
        unit: UnitId(place.unit.unit_id),
        unit_name: place.unit.name.clone(),
        papers,
        people: people(place).await?,
        review_title: form_of(place.book, INDIVIDUAL_REVIEW)?.1,
        notice_title: form_of(place.book, "notice")?.1,
    })
}

/// A cell proposes, the body that opened the campaign decides.
fn arises(paper: UnitPaper, place: &Place<'_>) -> bool {
    match paper {
        UnitPaper::ProposalList => place.is_cell(),
        UnitPaper::Decision => place.unit.unit_id == place.campaign.unit_id,
        _ => true,
    }
}

/// The papers whose subject exists.
async fn ready(place: &mut Place<'_>) -> Result<Vec<UnitPaper>> {
    let (root, campaign, unit) = (place.root, place.campaign.campaign_id, place.unit.unit_id);
    let mut ready = Vec::new();
    if let Some(meeting) = store::meeting::of_unit(place.conn, root, campaign, unit).await?.first() {
        ready.extend([UnitPaper::AttendanceList, UnitPaper::MeetingMinutes]);
        if let Some(ballot) = store::ballot::of_meeting(place.conn, root, meeting.meeting_id).await? {
            ready.push(UnitPaper::Ballot);
            if ballot.state == BallotState::Definitive.word() {
                ready.push(UnitPaper::CountingMinutes);
            }
        }
    }
    if store::outcome::proposal_of_unit(place.conn, root, campaign, unit).await?.is_some() {
        ready.push(UnitPaper::ProposalList);
    }
    if let Some(decision) = store::outcome::decision(place.conn, root, campaign, place.campaign.unit_id).await? {
        ready.push(UnitPaper::Decision);
        if decision.state == DecisionState::Issued.word() {
            ready.push(UnitPaper::SummaryTable);
        }
    }
    Ok(ready)
}

async fn people(place: &mut Place<'_>) -> Result<Vec<PersonOffer>> {
    let reviews =
        store::review::list_of_unit(place.conn, place.root, place.campaign.campaign_id, place.unit.unit_id).await?;
    let due = reviews.into_iter().filter(|review| review.obligation != Obligation::Neither.word());
    Ok(due
        .map(|review| PersonOffer {
            review: ReviewId(review.review_id),
            name: review.full_name,
            self_review: review.state != ReviewState::AwaitingSelfReview.word(),
            notice: review.state == ReviewState::Decided.word(),
        })
        .collect())
}
