//! Trả lời ý kiến phê bình: by the person himself, or entered by who records the meeting.

use domain::policy::{Act, Resource, allows};
use domain::{Actor, CriticismId, MeetingId, PersonId, Refusal};
use store::meeting::CriticismRow;

use super::Held;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// Stores the answer to a criticism.
///
/// # Errors
/// `MEETING-002` sealed, `FORM-001` empty answer, `FORM-002`.
pub async fn answer_criticism(app: &App, actor: &Actor, criticism: CriticismId, answer: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::meeting::criticism(&mut work.tx, root, criticism.0).await?.ok_or(Error::Denied)?;
    let held = Held::load(&mut work.tx, actor, MeetingId(row.meeting_id)).await?;
    let about = store::review::review(&mut work.tx, root, row.review_id).await?.ok_or(Error::Denied)?;
    let resource = match about.person_id {
        Some(person) => Resource::about(&held.unit.path, PersonId(person)),
        None => held.resource(),
    };
    if !allows(actor, Act::AnswerCriticism, &resource) && !allows(actor, Act::RecordMeeting, &held.resource()) {
        return Err(Error::Denied);
    }
    held.must_be_open()?;
    let answer = typed_text(answer, "answer", 4000)?;
    if answer.is_empty() {
        return Err(Refusal::new("FORM-001").with("label", "Ý kiến trả lời").at("answer").into());
    }
    let answered =
        CriticismRow { answer, answered_by: Some(actor.person.0), answered_at: Some(work.at), ..row.clone() };
    store::meeting::answer_criticism(&mut work.tx, &answered).await?;
    work.note("criticism.answered", format!("criticism/{}", row.criticism_id), Some(&row), Some(&answered))?;
    work.commit().await
}
