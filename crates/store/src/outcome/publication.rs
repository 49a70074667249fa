//! Publications of decisions. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::DecisionRow;
use crate::db::{Conn, StoreError};
use crate::sql::{rows, run, statements};

/// One row of `publication`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PublicationRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Publication.
    pub publication_id: Uuid,
    /// Decision that was made known.
    pub decision_id: Uuid,
    /// Word of `domain::publication::PublicationForm`.
    pub form: String,
    /// To whom, or where.
    pub audience: String,
    /// Day.
    pub published_on: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Why it was taken back, empty while it stands.
    pub withdrawn_reason: String,
    /// Who took it back.
    pub withdrawn_by: Option<Uuid>,
    /// When.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl PublicationRow {
    /// Whether it was not taken back.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

statements! {
    INSERT_PUBLICATION = "INSERT INTO publication (root_id, publication_id, decision_id, form, audience, published_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    PUBLICATIONS = "SELECT * FROM publication WHERE root_id = $1 AND decision_id = $2 ORDER BY published_on, publication_id";
    WITHDRAW_PUBLICATION = "UPDATE publication SET withdrawn_reason = $3, withdrawn_by = $4, withdrawn_at = $5 WHERE root_id = $1 AND publication_id = $2 AND withdrawn_at IS NULL";
    UNPUBLISHED = "SELECT d.* FROM decision d LEFT JOIN publication p ON p.root_id = d.root_id AND p.decision_id = d.decision_id AND p.withdrawn_at IS NULL \
        WHERE d.root_id = $1 AND d.campaign_id = $2 AND d.state = 'issued' AND p.publication_id IS NULL ORDER BY d.signed_on, d.decision_id";
}

/// Adds a publication.
pub async fn insert_publication(conn: &mut Conn, p: &PublicationRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PUBLICATION, p.root_id, p.publication_id, p.decision_id, &p.form, &p.audience, &p.published_on,
        p.recorded_by, p.recorded_at
    )?;
    Ok(())
}

/// Takes a publication back with what the row says of it; false when somebody did so before.
pub async fn withdraw_publication(conn: &mut Conn, p: &PublicationRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, WITHDRAW_PUBLICATION, p.root_id, p.publication_id, &p.withdrawn_reason, p.withdrawn_by, p.withdrawn_at
    )?;
    Ok(changed == 1)
}

/// The publications of a decision, those taken back among them, the first one first.
pub async fn publications(conn: &mut Conn, root: Uuid, decision: Uuid) -> Result<Vec<PublicationRow>, StoreError> {
    rows!(conn, PublicationRow, PUBLICATIONS, root, decision)
}

/// The issued decisions of a campaign that nobody has published yet.
pub async fn unpublished(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<DecisionRow>, StoreError> {
    rows!(conn, DecisionRow, UNPUBLISHED, root, campaign)
}
