//! Nộp bản tự kiểm điểm: by the person, or by the secretary on his behalf with a reason. Earlier versions stay.

use domain::form::Content;
use domain::review::{Assessor, ReviewAct};
use domain::{Actor, OpinionId, Refusal, ReviewId};
use store::review::{OpinionRow, SubmittedRow, insert_opinion, insert_submitted, submitted};

use super::Loaded;
use super::save_self_review::{Typed, checked, permit_writing, store_draft, with_score};
use crate::acts::suggestion::must_be_explained;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::Result;

/// Names of the fields of the forms that hold the levels a subject proposes for itself.
pub(crate) const SELF_LEVELS: [(&str, Assessor); 3] = [
    ("self_level_civil", Assessor::SelfAsCivilServant),
    ("self_level_member", Assessor::SelfAsMember),
    ("self_level", Assessor::SubjectItself),
];

/// Hands in what was typed.
///
/// # Errors
/// `FORM-001` … `-003`, `REVIEW-001` when the meeting is over, `REVIEW-003`, `REVIEW-004` on behalf without a reason,
/// `SUGGEST-009` an issue that the superior suggested is not explained.
pub async fn submit_self_review(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    typed: &Typed,
    on_behalf_reason: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit_writing(actor, &loaded)?;
    loaded.must_be_due()?;
    let on_behalf = !loaded.is_own(actor);
    let reason = typed_text(on_behalf_reason, "on_behalf_reason", 500)?;
    if on_behalf && reason.is_empty() {
        return Err(Refusal::new("REVIEW-004").at("on_behalf_reason").into());
    }
    let typed = &with_score(app, &mut work.tx, &loaded, typed).await?;
    let (content, form) = checked(app, &loaded, typed, true)?;
    let book = crate::judge::book_of(app, &loaded.campaign)?;
    must_be_explained(&mut work.tx, book, &loaded).await?;
    store_draft(&mut work, actor, &loaded, form, &content).await?;
    let root = work.root();
    let earlier = submitted(&mut work.tx, root, loaded.review.review_id).await?;
    let row = SubmittedRow {
        root_id: root,
        review_id: loaded.review.review_id,
        version: earlier.first().map_or(1, |last| last.version + 1),
        form: form.key(),
        content: serde_json::to_string(&content)?,
        submitted_at: work.at,
        submitted_by: actor.person.0,
        on_behalf_reason: on_behalf.then(|| reason.clone()),
    };
    insert_submitted(&mut work.tx, &row).await?;
    note_self_levels(&mut work, actor, &loaded, &content).await?;
    loaded.advance(&mut work, ReviewAct::Submit, "review.self_review_submitted", &reason).await?;
    work.note("self_review.submitted", format!("self_review/{}/{}", row.review_id, row.version), None, Some(&row))?;
    work.commit().await
}

/// The person's own levels stand beside the opinions of the others.
async fn note_self_levels(work: &mut Work<'_>, actor: &Actor, loaded: &Loaded, content: &Content) -> Result<()> {
    for (field, assessor) in SELF_LEVELS {
        let Some(level) = content.get(field) else { continue };
        let opinion = OpinionRow {
            root_id: work.root(),
            opinion_id: work.id::<OpinionId>().0,
            review_id: loaded.review.review_id,
            actor: assessor.word().to_owned(),
            level: Some(level.clone()),
            comment: String::new(),
            signer: loaded.name()?,
            stated_on: work.today().to_string(),
            stated_by: actor.person.0,
            stated_at: work.at,
        };
        insert_opinion(&mut work.tx, &opinion).await?;
    }
    Ok(())
}
