//! Ghi kết luận của người chủ trì đối với một đảng viên; as often as needed until the minutes are sealed.

use domain::policy::Act;
use domain::review::Obligation;
use domain::{Actor, MeetingId, ReviewId};
use store::meeting::ConclusionRow;

use super::Held;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// Records what the chair concluded about `review` in `meeting`; an empty text takes it back.
///
/// # Errors
/// `MEETING-002` sealed, `FORM-002` too long.
pub async fn record_conclusion(
    app: &App,
    actor: &Actor,
    meeting: MeetingId,
    review: ReviewId,
    content: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let held = Held::load(&mut work.tx, actor, meeting).await?;
    permit(actor, Act::RecordMeeting, &held.resource())?;
    held.must_be_open()?;
    let root = work.root();
    let about = store::review::review(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    let here = about.unit_id == held.unit.unit_id && about.campaign_id == held.campaign.campaign_id;
    if !here || about.obligation == Obligation::Neither.word() {
        return Err(Error::Denied);
    }
    let before = store::meeting::conclusions(&mut work.tx, root, held.meeting.meeting_id).await?;
    let before = before.into_iter().find(|one| one.review_id == about.review_id);
    let row = ConclusionRow {
        root_id: root,
        meeting_id: held.meeting.meeting_id,
        review_id: about.review_id,
        content: typed_text(content, &format!("conclusion-{review}"), 4000)?,
        recorded_by: actor.person.0,
        recorded_at: work.at,
    };
    if before.as_ref().map_or("", |before| before.content.as_str()) == row.content {
        return Ok(());
    }
    store::meeting::set_conclusion(&mut work.tx, &row).await?;
    work.note("conclusion.recorded", format!("review/{}", row.review_id), before.as_ref(), Some(&row))?;
    work.commit().await
}
