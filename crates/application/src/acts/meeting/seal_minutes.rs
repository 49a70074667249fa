//! Khoá biên bản: freezes the meeting; the reviews that were due there count as discussed.

use domain::ballot::BallotState;
use domain::meeting::{MeetingAct, Presence, Purpose, SealCheck, may_seal};
use domain::org::Title;
use domain::policy::Act;
use domain::review::{Obligation, ReviewAct, ReviewState};
use domain::{Actor, MeetingId, Refusal, ReviewId};
use store::meeting::MeetingRow;
use store::org;
use store::review::ReviewListRow;
use uuid::Uuid;

use super::Held;
use crate::acts::review::Loaded;
use crate::acts::suggestion::must_be_discussed;
use crate::app::{App, Work, permit};
use crate::error::Result;

/// Seals the minutes.
///
/// # Errors
/// `MEETING-002` sealed already, `MEETING-004` … `-009` as in [`may_seal`], `SUGGEST-011` an issue that the superior suggested
/// was not discussed.
pub async fn seal_minutes(app: &App, actor: &Actor, meeting: MeetingId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let held = Held::load(&mut work.tx, actor, meeting).await?;
    permit(actor, Act::SealMinutes, &held.resource())?;
    let state = held.after(MeetingAct::Seal)?;
    let root = work.root();
    let due = match held.purpose()? {
        Purpose::CellReview => reviews_due(&mut work, &held).await?,
        Purpose::CollectiveReview | Purpose::CommitteeDecision => Vec::new(),
    };
    may_seal(check(&mut work, &held, &due).await?)?;
    let ours = of_the_unit(&mut work, &held).await?;
    let reviews: Vec<Uuid> = due.iter().map(|review| review.review_id).chain(ours.iter().copied()).collect();
    must_be_discussed(&mut work.tx, actor, &reviews).await?;
    let sealed = MeetingRow {
        state: state.word().to_owned(),
        sealed_at: Some(work.at),
        sealed_by: Some(actor.person.0),
        ..held.meeting.clone()
    };
    if !store::meeting::update(&mut work.tx, &sealed).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    for review in due {
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        loaded.advance(&mut work, ReviewAct::Discuss, "review.discussed", "").await?;
    }
    for review in ours {
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review)).await?;
        loaded.advance(&mut work, ReviewAct::Discuss, "review.discussed", "").await?;
    }
    let criticisms = store::meeting::criticisms(&mut work.tx, root, held.meeting.meeting_id).await?;
    work.note("meeting.criticisms_sealed", held.object(), None, Some(&criticisms))?;
    let conclusions = store::meeting::conclusions(&mut work.tx, root, held.meeting.meeting_id).await?;
    work.note("meeting.conclusions_sealed", held.object(), None, Some(&conclusions))?;
    work.note("meeting.sealed", held.object(), Some(&held.meeting), Some(&sealed))?;
    work.commit().await
}

/// The reports of the unit itself, its collective and its leaders count as discussed too, as far as they were handed in.
async fn of_the_unit(work: &mut Work<'_>, held: &Held) -> Result<Vec<Uuid>> {
    let root = work.root();
    if held.purpose()? == Purpose::CommitteeDecision {
        return Ok(Vec::new());
    }
    let rows = store::standing::of_campaign(&mut work.tx, root, held.campaign.campaign_id).await?;
    let ours = rows
        .into_iter()
        .filter(|row| row.unit_id == held.unit.unit_id && row.state == ReviewState::SelfReviewed.word());
    Ok(ours.map(|row| row.review_id).collect())
}

async fn reviews_due(work: &mut Work<'_>, held: &Held) -> Result<Vec<ReviewListRow>> {
    let root = work.root();
    let reviews = store::review::list_of_unit(&mut work.tx, root, held.campaign.campaign_id, held.unit.unit_id).await?;
    // Whoever came from another cell was reviewed there if that cell had met.
    let waits = [ReviewState::AwaitingSelfReview.word(), ReviewState::SelfReviewed.word()];
    let due = |review: &ReviewListRow| {
        review.obligation != Obligation::Neither.word() && waits.contains(&review.state.as_str())
    };
    Ok(reviews.into_iter().filter(due).collect())
}

async fn check(work: &mut Work<'_>, held: &Held, due: &[ReviewListRow]) -> Result<SealCheck> {
    let root = work.root();
    let meeting = &held.meeting;
    let heads = org::holders(&mut work.tx, root, held.unit.unit_id, &meeting.held_on).await?;
    let chair_is_head =
        heads.iter().any(|post| post.title == Title::Secretary.word() && post.person_id == meeting.chair_id);
    let ballot = store::ballot::of_meeting(&mut work.tx, root, meeting.meeting_id).await?;
    let criticisms = store::meeting::criticisms(&mut work.tx, root, meeting.meeting_id).await?;
    Ok(SealCheck {
        chair_present: held
            .attendees
            .iter()
            .any(|a| a.person_id == meeting.chair_id && a.presence == Presence::Present.word()),
        chair_is_head_or_reasoned: chair_is_head || !meeting.chair_reason.is_empty(),
        complete: meeting.ends_at.is_some() && !meeting.conclusion.is_empty(),
        open_ballots: u32::from(ballot.is_some_and(|ballot| ballot.state != BallotState::Definitive.word())),
        missing_self_reviews: count(
            due.iter().filter(|review| review.state == ReviewState::AwaitingSelfReview.word()).count(),
        ),
        unanswered: count(criticisms.iter().filter(|criticism| criticism.answer.is_empty()).count()),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
