//! Ghi ý kiến phê bình đối với một đảng viên, with what it rests on. A speaker who is not to be named is not stored.

use domain::policy::Act;
use domain::{Actor, CriticismId, MeetingId, Refusal, ReviewId};
use store::meeting::{CriticismRow, insert_criticism};

use super::Held;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// A criticism as typed.
#[derive(Debug, Clone, Default)]
pub struct RecordCriticism {
    /// Who spoke, as the minutes name him; empty when they do not.
    pub speaker: String,
    /// What was said.
    pub content: String,
    /// What it rests on.
    pub evidence: String,
    /// The person's answer, if he gave it at once.
    pub answer: String,
}

/// Records a criticism of `review` in `meeting`.
///
/// # Errors
/// `MEETING-002` sealed, `MEETING-010` no content, `FORM-002`.
pub async fn record_criticism(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    review: ReviewId,
    order: &RecordCriticism,
) -> Result<CriticismId> {
    let mut work = Work::begin(app, actor).await?;
    let held = Held::load(&mut work.tx, actor, meeting).await?;
    permit(actor, Act::RecordMeeting, &held.resource())?;
    held.must_be_open()?;
    let root = work.root();
    let about = store::review::review(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    if about.unit_id != held.unit.unit_id || about.campaign_id != held.campaign.campaign_id {
        return Err(Error::Denied);
    }
    let content = typed_text(&order.content, "content", 4000)?;
    if content.is_empty() {
        return Err(Refusal::new("MEETING-010").at("content").into());
    }
    let answer = typed_text(&order.answer, "answer", 4000)?;
    let answered = !answer.is_empty();
    let row = CriticismRow {
        root_id: root,
        criticism_id: work.id::<CriticismId>().0,
        meeting_id: held.meeting.meeting_id,
        review_id: about.review_id,
        speaker: typed_text(&order.speaker, "speaker", 200)?,
        content,
        evidence: typed_text(&order.evidence, "evidence", 1000)?,
        answer,
        answered_by: answered.then_some(actor.person.0),
        answered_at: answered.then_some(work.at),
        recorded_by: actor.person.0,
        recorded_at: work.at,
    };
    insert_criticism(&mut work.tx, &row).await?;
    work.note("criticism.recorded", format!("criticism/{}", row.criticism_id), None, Some(&row))?;
    work.commit().await?;
    Ok(CriticismId(row.criticism_id))
}
