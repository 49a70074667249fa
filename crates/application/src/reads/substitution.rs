//! Thay người: who took whose place, for pages.

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::Conn;
use uuid::Uuid;

use crate::error::Result;

/// Một lần thay người.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Substitution {
    /// Word of the place.
    pub role: String,
    /// Who had it.
    pub former: String,
    /// Who has it from then on.
    pub named: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

pub(super) async fn substitutions(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<Substitution>> {
    let rows = store::substitution::of_object(conn, root, object).await?;
    let shown = rows.into_iter().map(|row| Substitution {
        role: row.role,
        former: row.former,
        named: row.named,
        reason: row.reason,
        at: row.named_at,
    });
    Ok(shown.collect())
}
