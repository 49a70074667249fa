//! Ghi kết luận của người chủ trì đối với từng đảng viên; as often as needed until the minutes are sealed.

use std::collections::BTreeMap;

use domain::policy::Act;
use domain::review::Obligation;
use domain::{Actor, MeetingId, Refusal, ReviewId};
use store::meeting::ConclusionRow;
use uuid::Uuid;

use super::Held;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// What was typed about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedConclusion {
    /// The review.
    pub review: ReviewId,
    /// The conclusion; an empty text takes it back.
    pub content: String,
    /// The text that stood there when the page was opened.
    pub seen: String,
}

/// Records what the chair concluded on people in `meeting`, all or nothing. Whoever was not typed about stays as he is, so that a page
/// opened long ago does not undo what somebody else wrote since.
///
/// # Errors
/// `MEETING-002` sealed; at `conclusion-<review>` `FORM-002` too long, `MEETING-012` changed by somebody else meanwhile.
pub async fn record_conclusions(app: &App, actor: &Actor, meeting: MeetingId, typed: &[TypedConclusion]) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let held = Held::load(&mut work.tx, actor, meeting).await?;
    permit(actor, Act::RecordMeeting, &held.resource())?;
    held.must_be_open()?;
    let root = work.root();
    let stored = store::meeting::conclusions(&mut work.tx, root, held.meeting.meeting_id).await?;
    let stored: BTreeMap<Uuid, ConclusionRow> = stored.into_iter().map(|row| (row.review_id, row)).collect();
    let (mut changed, mut faults) = (Vec::new(), Vec::new());
    for one in typed {
        let before = stored.get(&one.review.0).map_or("", |row| row.content.as_str());
        match newly_typed(one, before) {
            Ok(Some(content)) => changed.push((one.review, content)),
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    if changed.is_empty() {
        return Ok(());
    }
    for (review, content) in changed {
        record(&mut work, &held, stored.get(&review.0), (review, content), actor).await?;
    }
    work.commit().await
}

/// The new text, or nothing when nothing was typed.
fn newly_typed(one: &TypedConclusion, before: &str) -> std::result::Result<Option<String>, Refusal> {
    let field = format!("conclusion-{}", one.review);
    let content = typed_text(&one.content, &field, 4000)?;
    if content == before || content == domain::text::tidy_long(&one.seen) {
        return Ok(None);
    }
    if domain::text::tidy_long(&one.seen) != before {
        return Err(Refusal::new("MEETING-012").with("stored", before).at(&field));
    }
    Ok(Some(content))
}

async fn record(
    work: &mut Work<'_>,
    held: &Held,
    before: Option<&ConclusionRow>,
    (review, content): (ReviewId, String),
    by: &Actor,
) -> Result<()> {
    let root = work.root();
    let about = store::review::review(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    let here = about.unit_id == held.unit.unit_id && about.campaign_id == held.campaign.campaign_id;
    if !here || about.obligation == Obligation::Neither.word() {
        return Err(Error::Denied);
    }
    let row = ConclusionRow {
        root_id: root,
        meeting_id: held.meeting.meeting_id,
        review_id: about.review_id,
        content,
        recorded_by: by.person.0,
        recorded_at: work.at,
    };
    store::meeting::set_conclusion(&mut work.tx, &row).await?;
    work.note("conclusion.recorded", format!("review/{}", row.review_id), before, Some(&row))
}
