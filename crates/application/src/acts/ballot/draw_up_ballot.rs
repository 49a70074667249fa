//! Lập phiếu: the persons to be voted on, the boxes of the rule book, the counting team, the base of the vote.

use domain::ballot::{BLANK, BallotKind, BallotState, LINE_INVALID};
use domain::meeting::Purpose;
use domain::policy::Act;
use domain::review::{Obligation, ReviewState};
use domain::{Actor, BallotId, MeetingId, PersonId, Refusal};
use store::ballot::BallotRow;
use store::campaign::CampaignRow;
use store::review::ReviewListRow;
use uuid::Uuid;

use super::must_be_present;
use crate::acts::meeting::Held;
use crate::app::{App, Work, permit};
use crate::cases::Cases;
use crate::error::{Error, Result};
use crate::judge;

/// The counting team.
#[derive(Debug, Clone, Copy)]
pub struct DrawUpBallot {
    /// First teller.
    pub teller_a: PersonId,
    /// Second teller.
    pub teller_b: PersonId,
    /// Head of counting.
    pub head: PersonId,
}

/// Draws up the ballot of a meeting. Everybody who is to be classified and has handed in his review is on it.
///
/// # Errors
/// `BALLOT-015` team, `-016` one exists, `-017` nobody to vote on, `-018` no attendance, `-023` lists still on the way,
/// `MEETING-002` sealed.
pub async fn draw_up_ballot(app: &App, actor: &Actor, meeting: MeetingId, team: DrawUpBallot) -> Result<BallotId> {
    let mut work = Work::begin(app, actor).await?;
    let held = Held::load(&mut work.tx, actor, meeting).await?;
    permit(actor, Act::DrawUpBallot, &held.resource())?;
    held.must_be_open()?;
    let root = work.root();
    if store::ballot::of_meeting(&mut work.tx, root, held.meeting.meeting_id).await?.is_some() {
        return Err(Refusal::new("BALLOT-016").into());
    }
    check_team(&held, team)?;
    let reviews = candidates(&mut work, &held).await?;
    let book =
        app.library.book(&held.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let base = held.vote_base(judge::majority(book))?;
    let mut choices = judge::ballot_choices(book);
    choices.extend([BLANK.to_owned(), LINE_INVALID.to_owned()]);
    let row = BallotRow {
        root_id: root,
        ballot_id: work.id::<BallotId>().0,
        meeting_id: held.meeting.meeting_id,
        kind: BallotKind::Paper.word().to_owned(),
        state: BallotState::DrawnUp.word().to_owned(),
        base: base.base.into(),
        choices: serde_json::to_string(&choices)?,
        teller_a: team.teller_a.0,
        teller_b: team.teller_b.0,
        head_teller: team.head.0,
        version: 1,
    };
    store::ballot::insert(&mut work.tx, &row, &reviews).await?;
    work.note("ballot.drawn_up", format!("ballot/{}", row.ballot_id), None, Some(&row))?;
    work.commit().await?;
    Ok(BallotId(row.ballot_id))
}

fn check_team(held: &Held, team: DrawUpBallot) -> Result<()> {
    if held.attendees.is_empty() {
        return Err(Refusal::new("BALLOT-018").into());
    }
    let three = team.teller_a != team.teller_b && team.teller_a != team.head && team.teller_b != team.head;
    if !three {
        return Err(Refusal::new("BALLOT-015").at("teller_a").into());
    }
    [(team.teller_a, "teller_a"), (team.teller_b, "teller_b"), (team.head, "head")]
        .into_iter()
        .try_for_each(|(person, field)| must_be_present(held, person, field))
}

async fn candidates(work: &mut Work<'_>, held: &Held) -> Result<Vec<Uuid>> {
    let root = work.root();
    let (campaign, wanted) = (held.campaign.campaign_id, wanted_state(held.purpose()?));
    let reviews = match held.purpose()? {
        Purpose::CellReview => store::review::list_of_unit(&mut work.tx, root, campaign, held.unit.unit_id).await?,
        Purpose::CollectiveReview => Vec::new(),
        Purpose::CommitteeDecision => {
            let all = store::review::list_of_campaign(&mut work.tx, root, campaign).await?;
            every_list_has_come(work, &held.campaign, &all).await?;
            all
        }
    };
    let due: Vec<Uuid> = reviews
        .into_iter()
        .filter(|review| review.obligation == Obligation::ReviewAndClassify.word() && review.state == wanted.word())
        .map(|review| review.review_id)
        .collect();
    if due.is_empty() { Err(Refusal::new("BALLOT-017").into()) } else { Ok(due) }
}

/// A committee votes once, and whoever is not on its ballot gets no votes: nobody who is to be classified, by what is known
/// now, may still be on the way.
async fn every_list_has_come(work: &mut Work<'_>, campaign: &CampaignRow, reviews: &[ReviewListRow]) -> Result<()> {
    let on_the_way = [ReviewState::AwaitingSelfReview, ReviewState::SelfReviewed, ReviewState::Discussed];
    let cases = Cases::load(work.app(), &mut work.tx, campaign).await?;
    let waited_for: Vec<_> = reviews
        .iter()
        .filter(|review| review.obligation == Obligation::ReviewAndClassify.word())
        .filter(|review| on_the_way.iter().any(|state| review.state == state.word()))
        .filter(|review| cases.of(review).judge().obligation == Obligation::ReviewAndClassify)
        .collect();
    let Some(first) = waited_for.first() else { return Ok(()) };
    Err(Refusal::new("BALLOT-023").with("n", waited_for.len()).with("unit", &first.unit_name).into())
}

const fn wanted_state(purpose: Purpose) -> ReviewState {
    match purpose {
        Purpose::CellReview => ReviewState::SelfReviewed,
        Purpose::CollectiveReview | Purpose::CommitteeDecision => ReviewState::Proposed,
    }
}
