//! Xem xét và không gợi ý: the superior decided that a stated fact needs no suggestion, and why.

use domain::policy::{Act, Resource};
use domain::{Actor, FactId, Refusal, ReviewId};
use store::org;
use store::suggestion::PassedRow;

use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// Writes down why nothing is suggested because of a fact of a review.
///
/// # Errors
/// `SUGGEST-013` at `pass-<fact>` no reason, `SUGGEST-016` about oneself, `FORM-002`; [`Error::Denied`] for others than the
/// office of the body that decides on it.
pub async fn pass_over(app: &App, actor: &Actor, review: ReviewId, fact: FactId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let body = org::unit(&mut work.tx, root, loaded.campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::PrepareSuggestion, &Resource::of_unit(&body.path))?;
    if loaded.is_own(actor) {
        return Err(Refusal::new("SUGGEST-016").into());
    }
    let facts = store::review::facts(&mut work.tx, root, review.0).await?;
    facts.iter().find(|one| one.fact_id == fact.0).ok_or(Error::Denied)?;
    let field = format!("pass-{fact}");
    let reason = typed_text(reason, &field, 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("SUGGEST-013").at(&field).into());
    }
    let row = PassedRow { root_id: root, fact_id: fact.0, reason, passed_by: actor.person.0, passed_at: work.at };
    store::suggestion::pass(&mut work.tx, &row).await?;
    work.note("review.suggestion_passed_over", loaded.object(), None, Some(&row))?;
    work.commit().await
}
