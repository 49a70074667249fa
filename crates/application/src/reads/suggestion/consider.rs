//! Nơi cần xem xét gợi ý: a fact that the book names was stated, and nobody has decided whether to suggest something.

use std::collections::BTreeMap;

use domain::campaign::CampaignState;
use domain::{Actor, FactId, ReviewId};
use serde::Serialize;
use store::suggestion::TriggerRow;

use super::places;
use crate::app::App;
use crate::error::{Result, known};
use crate::judge::{self, Words};
use crate::papers::subject_name;

/// Một nơi cần xem xét.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToConsider {
    /// Review.
    pub review: ReviewId,
    /// The stated fact.
    pub fact: FactId,
    /// Whom it is about.
    pub name: String,
    /// Unit.
    pub unit_name: String,
    /// What was stated.
    pub label: Words,
    /// Its number, where it is one.
    pub number: String,
    /// What proves it.
    pub evidence: String,
    /// The ground for which the book names it.
    pub ground: Words,
}

/// What the bodies for which the actor works have to consider in their open rounds. Only facts that are stated now count; what
/// people said about each other is never asked.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn to_consider(app: &App, actor: &Actor) -> Result<Vec<ToConsider>> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let mut found = Vec::new();
    for body in places(actor).0 {
        for campaign in store::campaign::of_unit(&mut conn, root, body.0).await? {
            if campaign.state != CampaignState::Open.word() {
                continue;
            }
            let book = judge::book_of(app, &campaign)?;
            for ground in &book.prompt_grounds {
                for fact in &ground.facts {
                    let rows = store::suggestion::triggers(&mut conn, root, campaign.campaign_id, fact).await?;
                    let declared = known(book.fact(fact), "fact")?;
                    for row in standing(rows) {
                        found.push(view(row, declared, &ground.title)?);
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The newest statement of each review, as far as it still asks for a decision.
fn standing(rows: Vec<TriggerRow>) -> Vec<TriggerRow> {
    let mut newest: BTreeMap<uuid::Uuid, TriggerRow> = BTreeMap::new();
    for row in rows {
        newest.insert(row.review_id, row);
    }
    let says_no = |value: &str| matches!(value, "" | "false" | "0");
    newest.into_values().filter(|row| !row.passed && !row.suggested && !says_no(&row.value)).collect()
}

fn view(row: TriggerRow, fact: &rules::book::FactDeclaration, ground: &rules::Text) -> Result<ToConsider> {
    let subject = known(domain::subject::Subject::from_word(&row.subject), "subject")?;
    let name = match row.full_name {
        Some(name) => name,
        None => subject_name(subject, &row.unit_kind, &row.unit_name)?,
    };
    Ok(ToConsider {
        review: ReviewId(row.review_id),
        fact: FactId(row.fact_id),
        name,
        unit_name: row.unit_name,
        label: Words::from(&fact.label),
        number: if row.value == "true" { String::new() } else { row.value },
        evidence: row.evidence,
        ground: Words::from(ground),
    })
}
