//! Who decides: decisions that delegate. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `delegation`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DelegationRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Decision.
    pub delegation_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Unit it holds for, with everything below.
    pub within_id: Uuid,
    /// Word of `domain::org::UnitKind`, empty for every kind.
    pub kind: String,
    /// Unit whose body decides.
    pub body_id: Uuid,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
    /// Document it rests on: number, day, issuer.
    pub basis: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// One row of `leader_place`: where somebody who leads several units is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct LeaderPlaceRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Document it rests on: number, day, issuer.
    pub basis: String,
    /// Who recorded it.
    pub decided_by: Uuid,
    /// When.
    pub decided_at: DateTime<Utc>,
}

statements! {
    INSERT_DELEGATION = "INSERT INTO delegation (root_id, delegation_id, subject, within_id, kind, body_id, from_on, to_on, basis, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    DELEGATIONS = "SELECT * FROM delegation WHERE root_id = $1 ORDER BY subject, from_on, delegation_id";
    DELEGATION_BY_ID = "SELECT * FROM delegation WHERE root_id = $1 AND delegation_id = $2";
    LEADER_PLACES = "SELECT * FROM leader_place WHERE root_id = $1 ORDER BY person_id";
    SET_LEADER_PLACE = "INSERT INTO leader_place (root_id, person_id, unit_id, basis, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (root_id, person_id) DO UPDATE SET unit_id = excluded.unit_id, basis = excluded.basis, decided_by = excluded.decided_by, decided_at = excluded.decided_at";
    END_DELEGATION = "UPDATE delegation SET to_on = $3 WHERE root_id = $1 AND delegation_id = $2";
}

/// Adds a decision that delegates.
pub async fn insert(conn: &mut Conn, d: &DelegationRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_DELEGATION, d.root_id, d.delegation_id, &d.subject, d.within_id, &d.kind, d.body_id, &d.from_on,
        &d.to_on, &d.basis, d.recorded_by, d.recorded_at
    )?;
    Ok(())
}

/// All decisions that delegate, ended ones included.
pub async fn delegations(conn: &mut Conn, root: Uuid) -> Result<Vec<DelegationRow>, StoreError> {
    rows!(conn, DelegationRow, DELEGATIONS, root)
}

/// One of them.
pub async fn delegation(conn: &mut Conn, root: Uuid, delegation: Uuid) -> Result<Option<DelegationRow>, StoreError> {
    maybe_row!(conn, DelegationRow, DELEGATION_BY_ID, root, delegation)
}

/// Sets the last day of a delegation.
pub async fn end(conn: &mut Conn, d: &DelegationRow) -> Result<(), StoreError> {
    run!(conn, END_DELEGATION, d.root_id, d.delegation_id, &d.to_on)?;
    Ok(())
}

/// Where people who lead several units are reviewed, as far as it was decided.
pub async fn leader_places(conn: &mut Conn, root: Uuid) -> Result<Vec<LeaderPlaceRow>, StoreError> {
    rows!(conn, LeaderPlaceRow, LEADER_PLACES, root)
}

/// Decides it for one, in place of an earlier decision.
pub async fn set_leader_place(conn: &mut Conn, p: &LeaderPlaceRow) -> Result<(), StoreError> {
    run!(conn, SET_LEADER_PLACE, p.root_id, p.person_id, p.unit_id, &p.basis, p.decided_by, p.decided_at)?;
    Ok(())
}
