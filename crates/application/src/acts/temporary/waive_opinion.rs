//! Làm tiếp khi quá hạn mà nơi sinh hoạt tạm thời chưa cho ý kiến.

use domain::policy::Act;
use domain::{ActivityId, Actor, Day, Refusal, ReviewId};
use store::temporary::{self, WaivedRow};

use super::{asked, must_wait};
use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Result, stored};

/// Writes down why the official cell goes on without the opinion, once its time is up.
///
/// # Errors
/// `TEMP-007` there is still time, `TEMP-008` no reason, `TEMP-010` it is not needed any more; `FORM-002`.
pub async fn waive_opinion(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    activity: ActivityId,
    reason: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::StateOpinion, &loaded.resource())?;
    let asked = asked(&mut work.tx, root, review, activity).await?;
    must_wait(&loaded.review.state)?;
    if asked.answers > 0 || asked.waived.is_some() {
        return Err(Refusal::new("TEMP-010").into());
    }
    let due = asked.due_on.as_deref().map(|text| stored(Day::parse_stored(text), "due_on")).transpose()?;
    if let Some(due) = due.filter(|due| work.today() <= *due) {
        let what = Refusal::new("TEMP-007").with("due", due.shown()).with("unit", &asked.temporary_name);
        return Err(what.at("reason").into());
    }
    let reason = typed_text(reason, "reason", 500)?;
    if reason.is_empty() {
        return Err(Refusal::new("TEMP-008").at("reason").into());
    }
    let row = WaivedRow {
        root_id: root,
        review_id: review.0,
        activity_id: activity.0,
        reason: reason.clone(),
        waived_by: actor.person.0,
        waived_at: work.at,
    };
    temporary::waive(&mut work.tx, &row).await?;
    let grounds = Grounds::because(&reason);
    work.note_citing("review.temporary_opinion_waived", loaded.object(), None, Some(&row), grounds)?;
    work.commit().await
}
