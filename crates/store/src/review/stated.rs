//! What is stated about a review: facts and opinions. Older rows stay; the newest of a name or an actor counts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{kept, rows, run, statements};

/// One row of `fact`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct FactRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Fact.
    pub fact_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Name in the rule book.
    pub name: String,
    /// Value as text of the fact's type.
    pub value: String,
    /// Evidence: document with number and date.
    pub evidence: String,
    /// Who stated it.
    pub stated_by: Uuid,
    /// When.
    pub stated_at: DateTime<Utc>,
}

/// One row of `opinion`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct OpinionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Opinion.
    pub opinion_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::review::Assessor`.
    pub actor: String,
    /// Level, if the opinion names one.
    pub level: Option<String>,
    /// Comment.
    pub comment: String,
    /// Who signed it, as printed.
    pub signer: String,
    /// Day of the paper.
    pub stated_on: String,
    /// Who entered it.
    pub stated_by: Uuid,
    /// When.
    pub stated_at: DateTime<Utc>,
}

statements! {
    INSERT_FACT = "INSERT INTO fact (root_id, fact_id, review_id, name, value, evidence, stated_by, stated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FACTS = "SELECT * FROM fact WHERE root_id = $1 AND review_id = $2 ORDER BY stated_at, fact_id";
    FACTS_OF_CAMPAIGN = "SELECT f.* FROM fact f JOIN review r ON r.root_id = f.root_id AND r.review_id = f.review_id WHERE f.root_id = $1 AND r.campaign_id = $2 ORDER BY f.stated_at, f.fact_id";
    FACTS_NAMED = "SELECT f.* FROM fact f JOIN review r ON r.root_id = f.root_id AND r.review_id = f.review_id WHERE f.root_id = $1 AND r.campaign_id = $2 AND f.name = $3 ORDER BY f.stated_at, f.fact_id";
    INSERT_OPINION = "INSERT INTO opinion (root_id, opinion_id, review_id, actor, level, comment, signer, stated_on, stated_by, stated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OPINIONS = "SELECT * FROM opinion WHERE root_id = $1 AND review_id = $2 ORDER BY stated_at, opinion_id";
    OPINIONS_OF_UNIT = "SELECT o.* FROM opinion o JOIN review r ON r.root_id = o.root_id AND r.review_id = o.review_id WHERE o.root_id = $1 AND r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 ORDER BY o.stated_at, o.opinion_id";
    OPINIONS_OF_CAMPAIGN = "SELECT o.* FROM opinion o JOIN review r ON r.root_id = o.root_id AND r.review_id = o.review_id WHERE o.root_id = $1 AND r.campaign_id = $2 ORDER BY o.stated_at, o.opinion_id";
}

/// Adds a fact.
///
/// # Errors
/// When the database refuses.
pub async fn insert_fact(conn: &mut Conn, f: &FactRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_FACT, f.root_id, f.fact_id, f.review_id, &f.name, &f.value, &f.evidence, f.stated_by, f.stated_at
    )?;
    Ok(())
}

/// The facts of a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<FactRow>, StoreError> {
    kept!(conn, FactRow, FACTS, root, review)
}

/// The facts of all reviews of a campaign, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn facts_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<FactRow>, StoreError> {
    rows!(conn, FactRow, FACTS_OF_CAMPAIGN, root, campaign)
}

/// One fact in all reviews of a campaign, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn facts_named(conn: &mut Conn, root: Uuid, campaign: Uuid, name: &str) -> Result<Vec<FactRow>, StoreError> {
    rows!(conn, FactRow, FACTS_NAMED, root, campaign, name)
}

/// Adds an opinion.
///
/// # Errors
/// When the database refuses.
pub async fn insert_opinion(conn: &mut Conn, o: &OpinionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_OPINION, o.root_id, o.opinion_id, o.review_id, &o.actor, &o.level, &o.comment, &o.signer,
        &o.stated_on, o.stated_by, o.stated_at
    )?;
    Ok(())
}

/// The opinions on a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn opinions(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<OpinionRow>, StoreError> {
    kept!(conn, OpinionRow, OPINIONS, root, review)
}

/// The opinions on the reviews of a unit in a campaign, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn opinions_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<OpinionRow>, StoreError> {
    rows!(conn, OpinionRow, OPINIONS_OF_UNIT, root, campaign, unit)
}

/// The opinions on all reviews of a campaign, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn opinions_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<OpinionRow>, StoreError> {
    rows!(conn, OpinionRow, OPINIONS_OF_CAMPAIGN, root, campaign)
}
