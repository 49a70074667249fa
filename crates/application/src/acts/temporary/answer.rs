//! Ý kiến của nơi sinh hoạt tạm thời.

use domain::policy::{Act, Resource};
use domain::review::Assessor;
use domain::{ActivityId, Actor, OpinionId, PersonId, Refusal, ReviewId};
use store::review::{OpinionRow, insert_opinion};

use super::{asked, must_wait};
use crate::acts::review::Loaded;
use crate::acts::{UNNAMED, typed_text};
use crate::app::{App, Work, permit};
use crate::error::Result;
use crate::judge;

/// Ý kiến, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Level of the rule book, or empty.
    pub level: String,
    /// Comment.
    pub comment: String,
}

/// The temporary cell says what it thinks of a member who takes part in it.
///
/// # Errors
/// `TEMP-006` no comment, `TEMP-010` too late; `FORM-002`, `FORM-003`.
pub async fn answer_for_temporary_cell(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    activity: ActivityId,
    order: &Answer,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let asked = asked(&mut work.tx, root, review, activity).await?;
    let resource = Resource::about(&asked.temporary_path, PersonId(asked.person_id));
    permit(actor, Act::AnswerForTemporaryCell, &resource)?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    must_wait(&loaded.review.state)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    if !order.level.is_empty() && !judge::levels(book).contains(&order.level) {
        return Err(Refusal::new("FORM-003").with("label", UNNAMED).at("level").into());
    }
    let comment = typed_text(&order.comment, "comment", 4000)?;
    if comment.is_empty() {
        return Err(Refusal::new("TEMP-006").at("comment").into());
    }
    let row = OpinionRow {
        root_id: root,
        opinion_id: work.id::<OpinionId>().0,
        review_id: review.0,
        actor: Assessor::TemporaryCell.word().to_owned(),
        level: (!order.level.is_empty()).then(|| order.level.clone()),
        comment,
        signer: format!("{}, {}", actor.name, asked.temporary_name),
        stated_on: work.today().to_string(),
        stated_by: actor.person.0,
        stated_at: work.at,
    };
    insert_opinion(&mut work.tx, &row).await?;
    work.note("review.opinion_stated", loaded.object(), None, Some(&row))?;
    work.commit().await
}
