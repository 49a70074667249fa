//! Ghi dữ kiện của hồ sơ: what the rules ask about, with the document it rests on. Older statements stay.

use domain::policy::Act;
use domain::review::{ReviewAct, after};
use domain::{Actor, FactId, Refusal, ReviewId};
use store::review::{FactRow, insert_fact};

use super::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};
use crate::judge;

/// A fact as typed.
#[derive(Debug, Clone, Default)]
pub struct StateFact {
    /// Name in the rule book.
    pub name: String,
    /// Value as typed: `có`/`không`, a number, a day, a level.
    pub value: String,
    /// Number, date and issuer of the document it rests on.
    pub evidence: String,
}

/// States a fact of a review.
///
/// # Errors
/// `REVIEW-005` evidence missing where the book asks for it, `REVIEW-006` wrong form, `REVIEW-007` no such fact,
/// `REVIEW-001` after the decision.
pub async fn state_fact(app: &App, actor: &Actor, review: ReviewId, order: &StateFact) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::StateFact, &loaded.resource())?;
    loaded.must_be_due()?;
    if after(loaded.state()?, ReviewAct::Propose).is_err() && after(loaded.state()?, ReviewAct::Submit).is_err() {
        return Err(Refusal::new("REVIEW-001").into());
    }
    let book = app.library.book(&loaded.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let stated = judge::read_fact(book, &order.name, &order.value)?;
    let evidence = typed_text(&order.evidence, "evidence", 1000)?;
    if stated.needs_evidence && evidence.is_empty() {
        return Err(Refusal::new("REVIEW-005").with("fact", &stated.label).at("evidence").into());
    }
    let row = FactRow {
        root_id: work.root(),
        fact_id: work.id::<FactId>().0,
        review_id: loaded.review.review_id,
        name: order.name.clone(),
        value: stated.value,
        evidence,
        stated_by: actor.person.0,
        stated_at: work.at,
    };
    insert_fact(&mut work.tx, &row).await?;
    work.note("review.fact_stated", loaded.object(), None, Some(&row))?;
    work.commit().await
}
