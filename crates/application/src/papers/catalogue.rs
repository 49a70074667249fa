//! Giấy tờ hiện có của một đơn vị: which papers can be printed now, and for whom.

use domain::subject::Subject;
use std::collections::BTreeMap;

use domain::ballot::BallotState;
use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::review::{Obligation, ReviewState};
use domain::{Actor, CampaignId, Day, Refusal, ReviewId, UnitId};
use store::register::NumberRow;

use super::individual_review::permitted;
use super::number;
use super::others::OtherOffer;
use super::place::{Place, day};
use super::proposal_list::was_sent;
use super::sheet::{UnitPaper, form_of};
use super::summary_table::round::sums_up;
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};
use crate::library::{COLLECTIVE_REVIEW, INDIVIDUAL_REVIEW};
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
    /// Papers that arise on other pages.
    pub others: Vec<OtherOffer>,
    /// The unit itself, its collective and its leaders, whoever decides on them.
    pub subjects: Vec<SubjectOffer>,
    /// Papers of each person.
    pub people: Vec<PersonOffer>,
    /// Name of the self-review form.
    pub review_title: String,
    /// Name of the notice.
    pub notice_title: String,
    /// Whether the unit decides in this campaign and chases those below it.
    pub chase: bool,
    /// Whether the reader keeps the unit's register.
    pub may_number: bool,
    /// Whether the reader keeps the register in which notices stand.
    pub may_number_notices: bool,
    /// Notices of the round that have no number, on the page of the unit that issues them.
    pub notices_without_number: usize,
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
    /// Whether it stands in the register and is numbered here; the decision is numbered on its own page.
    pub numbered_here: bool,
    /// Its number, when it has one.
    pub number: Option<Numbered>,
}

/// Số, ngày văn bản.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// As typed.
    pub typed: String,
    /// As printed.
    pub printed: String,
    /// Day on the paper.
    pub dated_on: Day,
}

/// Giấy tờ của tổ chức, tập thể, cán bộ lãnh đạo.
#[derive(Debug, Clone)]
pub struct SubjectOffer {
    /// Review.
    pub review: ReviewId,
    /// Name.
    pub name: String,
    /// Whether the report or self-review was handed in, and the reader may print it.
    pub report: bool,
    /// Whether the report stands in the unit's register.
    pub numbered_here: bool,
    /// Number of the report, when it has one.
    pub number: Option<Numbered>,
    /// Whether a notice was issued, and the reader may print it.
    pub notice: bool,
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
    /// Number of the notice, when it has one.
    pub notice_number: Option<Numbered>,
}

/// Whether the papers of a unit are open to somebody, so that no page shows a link that leads nowhere.
///
/// # Errors
/// [`crate::error::Error::Fault`] when the database fails.
pub async fn may_print(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<bool> {
    let mut reader = app.read(actor.root).await?;
    let unit = store::org::unit(&mut reader, actor.root.0, unit.0).await?;
    let campaign = store::campaign::campaign(&mut reader, actor.root.0, campaign.0).await?;
    let (Some(unit), Some(campaign)) = (unit, campaign) else { return Ok(false) };
    let resource = Resource::of_unit(&unit.path).in_campaign_of(UnitId(campaign.unit_id));
    Ok(allows(actor, Act::PrintPapers, &resource))
}

/// The papers of a unit, for whoever may print them.
///
/// # Errors
/// [`crate::error::Error::Denied`].
pub async fn catalogue(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<Catalogue> {
    let mut reader = app.read(actor.root).await?;
    let mut place = Place::open(app, actor, &mut reader, campaign, unit).await?;
    let mut catalogue = read(&mut place).await?;
    catalogue.others = super::others::others(&mut place, actor).await?;
    catalogue.subjects = subjects(&mut place, actor).await?;
    catalogue.may_number = allows(actor, Act::NumberPapers, &place.resource());
    let base = place.of_deciding_body().await?;
    catalogue.may_number_notices = allows(actor, Act::NumberPapers, &base.resource());
    Ok(catalogue)
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<Catalogue> {
    let ready = ready(place).await?;
    let mut papers = Vec::new();
    let arising: Vec<UnitPaper> = UnitPaper::ALL.into_iter().filter(|paper| arises(*paper, place)).collect();
    for paper in arising {
        let (_, title) = form_of(place.book, paper.meaning())?;
        let ready = ready.contains(&paper);
        let numbered_here = ready && number::carries_number(paper) && paper != UnitPaper::Decision;
        let entered = place.entered(paper.meaning()).await?;
        let number = entered.map(|row| numbered(place, paper.meaning(), &row)).transpose()?;
        papers.push(Offer { paper, title, formats: paper.formats(), ready, numbered_here, number });
    }
    let issues_notices = place.unit.unit_id == place.campaign.unit_id;
    let notices_without_number = if issues_notices { number::notices_without(place).await?.len() } else { 0 };
    Ok(Catalogue {
        campaign: CampaignId(place.campaign.campaign_id),
        campaign_title: place.campaign.title.clone(),
        unit: UnitId(place.unit.unit_id),
        unit_name: place.unit.name.clone(),
        papers,
        others: Vec::new(),
        subjects: Vec::new(),
        people: people(place).await?,
        review_title: form_of(place.book, INDIVIDUAL_REVIEW)?.1,
        notice_title: form_of(place.book, number::NOTICE)?.1,
        chase: issues_notices && !place.is_cell(),
        may_number: false,
        may_number_notices: false,
        notices_without_number,
    })
}

fn numbered(place: &Place<'_>, meaning: &str, row: &NumberRow) -> Result<Numbered> {
    let printed = place.composed(meaning, &row.number);
    Ok(Numbered { typed: row.number.clone(), printed, dated_on: day(&row.dated_on)? })
}

/// A cell proposes, the body that opened the campaign decides.
fn arises(paper: UnitPaper, place: &Place<'_>) -> bool {
    match paper {
        UnitPaper::ProposalList => place.is_cell(),
        UnitPaper::Decision => place.unit.unit_id == place.campaign.unit_id,
        _ => true,
    }
}

/// Refuses a paper that does not exist yet.
///
/// # Errors
/// `PAPER-002` … `-005`; [`Error::Denied`] when the unit issues none of this kind.
pub(crate) async fn must_exist(place: &mut Place<'_>, paper: UnitPaper) -> Result<()> {
    if !arises(paper, place) {
        return Err(Error::Denied);
    }
    if ready(place).await?.contains(&paper) {
        return Ok(());
    }
    let code = match paper {
        UnitPaper::AttendanceList | UnitPaper::MeetingMinutes => "PAPER-001",
        UnitPaper::Ballot => "PAPER-002",
        UnitPaper::CountingMinutes => "PAPER-003",
        UnitPaper::ProposalList => "PAPER-004",
        UnitPaper::Decision | UnitPaper::SummaryTable => "PAPER-005",
    };
    Err(Refusal::new(code).into())
}

/// The papers whose subject exists.
async fn ready(place: &mut Place<'_>) -> Result<Vec<UnitPaper>> {
    let (root, campaign, unit) = (place.root, place.campaign.campaign_id, place.unit.unit_id);
    let mut ready = Vec::new();
    if sums_up(place) {
        ready.push(UnitPaper::SummaryTable);
    }
    if let Some(meeting) = store::meeting::of_unit(place.conn, root, campaign, unit).await?.first() {
        ready.extend([UnitPaper::AttendanceList, UnitPaper::MeetingMinutes]);
        if let Some(ballot) = store::ballot::of_meeting(place.conn, root, meeting.meeting_id).await? {
            ready.push(UnitPaper::Ballot);
            if ballot.state == BallotState::Definitive.word() {
                ready.push(UnitPaper::CountingMinutes);
            }
        }
    }
    let proposal = store::outcome::proposal_of_unit(place.conn, root, campaign, unit).await?;
    if proposal.is_some_and(|row| place.proposes || was_sent(&row)) {
        ready.push(UnitPaper::ProposalList);
    }
    if let Some(decision) = store::outcome::decision(place.conn, root, campaign, Subject::Member.word()).await? {
        ready.push(UnitPaper::Decision);
        if decision.state == DecisionState::Issued.word() && !ready.contains(&UnitPaper::SummaryTable) {
            ready.push(UnitPaper::SummaryTable);
        }
    }
    Ok(ready)
}

/// The reviews of the round that are about the unit or who leads it. Their campaign is that of the body that decides.
async fn subjects(place: &mut Place<'_>, actor: &Actor) -> Result<Vec<SubjectOffer>> {
    let campaign = place.campaign.clone();
    let mut offers = Vec::new();
    for row in store::running::others_of_unit(place.conn, &campaign, place.unit.unit_id).await? {
        let loaded = Loaded::load(place.conn, actor, ReviewId(row.review_id)).await?;
        let handed_in = row.state != ReviewState::AwaitingSelfReview.word() && row.state != ReviewState::NotDue.word();
        let printable = permitted(actor, &loaded).is_ok();
        let object = number::object_of_report(ReviewId(row.review_id));
        let entered = store::register::of_paper(place.conn, place.root, &object).await?;
        let number = entered.map(|row| numbered(place, COLLECTIVE_REVIEW, &row)).transpose()?;
        offers.push(SubjectOffer {
            review: ReviewId(row.review_id),
            name: loaded.name()?,
            report: handed_in && printable,
            numbered_here: handed_in && printable && !loaded.subject.is_person(),
            number,
            notice: row.state == ReviewState::Decided.word() && allows(actor, Act::PrintPapers, &loaded.resource()),
        });
    }
    Ok(offers)
}

async fn people(place: &mut Place<'_>) -> Result<Vec<PersonOffer>> {
    let reviews =
        store::review::list_of_unit(place.conn, place.root, place.campaign.campaign_id, place.unit.unit_id).await?;
    let mut numbers = notice_numbers(place).await?;
    let due = reviews.into_iter().filter(|review| review.obligation != Obligation::Neither.word());
    Ok(due
        .map(|review| PersonOffer {
            review: ReviewId(review.review_id),
            name: review.full_name,
            self_review: review.state != ReviewState::AwaitingSelfReview.word(),
            notice: review.state == ReviewState::Decided.word(),
            notice_number: numbers.remove(&number::object_of_notice(ReviewId(review.review_id))),
        })
        .collect())
}

/// Numbers of notices stand in the register of the body that decides.
async fn notice_numbers(place: &mut Place<'_>) -> Result<BTreeMap<String, Numbered>> {
    let base = place.of_deciding_body().await?;
    let rows =
        store::register::of_unit(base.conn, base.root, base.unit.unit_id, &number::series(number::NOTICE)?).await?;
    rows.into_iter().map(|row| Ok((row.object.clone(), numbered(&base, number::NOTICE, &row)?))).collect()
}
