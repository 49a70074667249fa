//! Ghi dữ kiện của hồ sơ: what the rules ask about, with the document it rests on. Older statements stay.

use domain::policy::Act;
use domain::review::{ReviewAct, after};
use domain::subject::Subject;
use domain::{Actor, FactId, Refusal, ReviewId};
use rules::book::points::Feed;
use store::review::{FactRow, insert_fact};

use super::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::judge::{self, scores};

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

/// States facts of a review, all or none. A fact that stands already with the same value and evidence is passed over.
///
/// # Errors
/// `REVIEW-005` evidence missing where the book asks for it (a plain "no" or nought needs none), `REVIEW-006` wrong form,
/// `REVIEW-007` no such fact, `REVIEW-001` after the decision, `SCORE-003` points far from the subject's own without grounds; fields are `value-<fact>` and `evidence-<fact>`.
pub async fn state_facts(app: &App, actor: &Actor, review: ReviewId, orders: &[StateFact]) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    loaded.permit_stating(&mut work.tx, actor, Act::StateFact).await?;
    loaded.must_be_due()?;
    let state = loaded.state()?;
    let open = [ReviewAct::Propose, ReviewAct::Submit].iter().any(|act| after(state, *act).is_ok());
    // Verified subjects stay open to facts until they are decided: the sheet is checked against them once more.
    if !open && (loaded.subject == Subject::Member || after(state, ReviewAct::Decide).is_err()) {
        return Err(Refusal::new("REVIEW-001").into());
    }
    let book = judge::book_of(app, &loaded.campaign)?;
    let root = work.root();
    let standing = store::review::facts(&mut work.tx, root, review.0).await?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for order in orders {
        match checked(book, order) {
            Ok((value, evidence)) => {
                faults.extend(without_grounds(book, &standing, (&order.name, &value), &evidence));
                let last = standing.iter().rev().find(|fact| fact.name == order.name);
                if last.is_none_or(|last| last.value != value || last.evidence != evidence) {
                    rows.push(row(&work, actor, &loaded, &order.name, value, evidence));
                }
            }
            Err(refusal) => faults.push(refusal),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    for row in &rows {
        insert_fact(&mut work.tx, row).await?;
    }
    if rows.is_empty() {
        return Ok(());
    }
    work.note("review.facts_stated", loaded.object(), None, Some(&rows))?;
    work.commit().await
}

/// States one fact; see [`state_facts`].
///
/// # Errors
/// As [`state_facts`].
pub async fn state_fact(app: &App, actor: &Actor, review: ReviewId, order: &StateFact) -> Result<()> {
    state_facts(app, actor, review, std::slice::from_ref(order)).await
}

/// Points stated far from those that the subject gave itself need written grounds, as on a sheet.
fn without_grounds(
    book: &rules::Book,
    standing: &[FactRow],
    (name, value): (&str, &str),
    evidence: &str,
) -> Option<Refusal> {
    let is_score = book.points.feeds.iter().any(|(feed, fact)| *feed == Feed::Score && fact == name);
    let own = standing.iter().rfind(|fact| is_score && fact.name == scores::SELF_SCORE)?;
    let most = scores::needs_grounds(book, own.value.parse().ok()?, value.parse().ok()?)?;
    evidence.is_empty().then(|| scores::without_grounds(book, most, &format!("evidence-{name}")))
}

fn checked(book: &rules::Book, order: &StateFact) -> std::result::Result<(String, String), Refusal> {
    let stated = judge::read_fact(book, &order.name, &order.value)?;
    let field = format!("evidence-{}", order.name);
    let evidence = typed_text(&order.evidence, &field, 1000)?;
    let plain_no = matches!(stated.value.as_str(), "false" | "0");
    if stated.needs_evidence && !plain_no && evidence.is_empty() {
        return Err(Refusal::new("REVIEW-005").with("fact", &stated.label).at(&field));
    }
    Ok((stated.value, evidence))
}

fn row(work: &Work<'_>, actor: &Actor, loaded: &Loaded, name: &str, value: String, evidence: String) -> FactRow {
    FactRow {
        root_id: work.root(),
        fact_id: work.id::<FactId>().0,
        review_id: loaded.review.review_id,
        name: name.to_owned(),
        value,
        evidence,
        stated_by: actor.person.0,
        stated_at: work.at,
    }
}
