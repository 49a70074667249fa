//! How reviews stood before the roster took them out of their round. Functions fail only when the database does.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::review::ReviewRow;
use crate::sql::{rows, run, statements};

/// One row of `withdrawal`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct WithdrawalRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Rule behind it.
    pub obligation_rule: String,
    /// Its sentence.
    pub obligation_reason: String,
}

/// A review that was taken out, with what decides whether it can return.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WithdrawnRow {
    /// Review.
    pub review_id: Uuid,
    /// State it had.
    pub state: String,
    /// Obligation it had.
    pub obligation: String,
    /// Rule behind it.
    pub obligation_rule: String,
    /// Its sentence.
    pub obligation_reason: String,
    /// State of the cell's minutes now, none before the cell met.
    pub minutes: Option<String>,
    /// State of the cell's proposal now, none before one was saved.
    pub proposal: Option<String>,
    /// State of the decision now, none before one was prepared.
    pub decision: Option<String>,
}

statements! {
    SET_WITHDRAWAL = "INSERT INTO withdrawal (root_id, review_id, state, obligation, obligation_rule, obligation_reason) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (root_id, review_id) DO UPDATE SET state = excluded.state, obligation = excluded.obligation, obligation_rule = excluded.obligation_rule, obligation_reason = excluded.obligation_reason";
    CLEAR_WITHDRAWAL = "DELETE FROM withdrawal WHERE root_id = $1 AND review_id = $2";
    WITHDRAWN = "SELECT w.review_id, w.state, w.obligation, w.obligation_rule, w.obligation_reason, (SELECT MAX(m.state) FROM meeting m WHERE m.root_id = $1 AND m.campaign_id = r.campaign_id AND m.unit_id = r.unit_id) AS minutes, p.state AS proposal, d.state AS decision \
        FROM withdrawal w JOIN review r ON r.root_id = w.root_id AND r.review_id = w.review_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        LEFT JOIN proposal p ON p.root_id = r.root_id AND p.campaign_id = r.campaign_id AND p.unit_id = r.unit_id \
        LEFT JOIN decision d ON d.root_id = r.root_id AND d.campaign_id = r.campaign_id AND d.unit_id = c.unit_id AND d.subject = r.subject \
        WHERE w.root_id = $1 AND c.state = 'open' ORDER BY w.review_id";
    WITHDRAWN_REVIEWS = "SELECT r.* FROM withdrawal w JOIN review r ON r.root_id = w.root_id AND r.review_id = w.review_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE w.root_id = $1 AND c.state = 'open' ORDER BY w.review_id";
}

/// Keeps how a review stands before it is taken out.
///
/// # Errors
/// When the database refuses: there is no such review.
pub async fn set(conn: &mut Conn, w: &WithdrawalRow) -> Result<(), StoreError> {
    run!(
        conn, SET_WITHDRAWAL, w.root_id, w.review_id, &w.state, &w.obligation, &w.obligation_rule, &w.obligation_reason
    )?;
    Ok(())
}

/// Forgets it when the review has returned.
///
/// # Errors
/// When the database fails.
pub async fn clear(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<(), StoreError> {
    run!(conn, CLEAR_WITHDRAWAL, root, review)?;
    Ok(())
}

/// The reviews of open campaigns that were taken out, as they stand now.
///
/// # Errors
/// When the database fails.
pub async fn reviews(conn: &mut Conn, root: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, WITHDRAWN_REVIEWS, root)
}

/// How they stood before, in the order of [`reviews`], and how far their rounds have come since.
///
/// # Errors
/// When the database fails.
pub async fn of_open_campaigns(conn: &mut Conn, root: Uuid) -> Result<Vec<WithdrawnRow>, StoreError> {
    rows!(conn, WithdrawnRow, WITHDRAWN, root)
}
