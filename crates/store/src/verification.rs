//! Verification sheets, and subjects that come late. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `verification`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct VerificationRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Level the verifying body proposes.
    pub level: String,
    /// Its opinion.
    pub opinion: String,
    /// Written grounds where the proposal differs from the self-assessment or the dossier lacks something.
    pub grounds: String,
    /// Who verified.
    pub verified_by: Uuid,
    /// When.
    pub verified_at: DateTime<Utc>,
    /// Counts changes.
    pub version: i64,
}

/// One row of `late_subject`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct LateRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review that comes late.
    pub review_id: Uuid,
    /// Why.
    pub reason: String,
    /// Who stated it.
    pub stated_by: Uuid,
    /// When.
    pub stated_at: DateTime<Utc>,
}

statements! {
    SAVE_VERIFICATION = "INSERT INTO verification (root_id, review_id, level, opinion, grounds, verified_by, verified_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) \
        ON CONFLICT (root_id, review_id) DO UPDATE SET level = excluded.level, opinion = excluded.opinion, grounds = excluded.grounds, verified_by = excluded.verified_by, verified_at = excluded.verified_at, version = verification.version + 1";
    VERIFICATION = "SELECT * FROM verification WHERE root_id = $1 AND review_id = $2";
    VERIFICATIONS_OF_CAMPAIGN = "SELECT v.* FROM verification v JOIN review r ON r.root_id = v.root_id AND r.review_id = v.review_id WHERE v.root_id = $1 AND r.campaign_id = $2 ORDER BY v.review_id";
    SAVE_LATE = "INSERT INTO late_subject (root_id, review_id, reason, stated_by, stated_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (root_id, review_id) DO UPDATE SET reason = excluded.reason, stated_by = excluded.stated_by, stated_at = excluded.stated_at";
    LATE = "SELECT * FROM late_subject WHERE root_id = $1 AND review_id = $2";
}

/// Stores a verification sheet (the row's `version` is counted by the database).
pub async fn save(conn: &mut Conn, v: &VerificationRow) -> Result<(), StoreError> {
    run!(
        conn, SAVE_VERIFICATION, v.root_id, v.review_id, &v.level, &v.opinion, &v.grounds, v.verified_by, v.verified_at
    )?;
    Ok(())
}

/// The verification sheet of a review.
pub async fn verification(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<VerificationRow>, StoreError> {
    maybe_row!(conn, VerificationRow, VERIFICATION, root, review)
}

/// The verification sheets of a campaign.
pub async fn of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<VerificationRow>, StoreError> {
    rows!(conn, VerificationRow, VERIFICATIONS_OF_CAMPAIGN, root, campaign)
}

/// Marks a review as late, or changes the reason.
pub async fn save_late(conn: &mut Conn, l: &LateRow) -> Result<(), StoreError> {
    run!(conn, SAVE_LATE, l.root_id, l.review_id, &l.reason, l.stated_by, l.stated_at)?;
    Ok(())
}

/// Why a review comes late, if that is on record.
pub async fn late(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<LateRow>, StoreError> {
    maybe_row!(conn, LateRow, LATE, root, review)
}
