//! Bản đã xem: what somebody saves must rest on the list as it stands, or he wipes away what another saved meanwhile.

use chrono::{DateTime, Utc};
use domain::Refusal;
use store::org;
use uuid::Uuid;

use crate::app::Work;
use crate::error::Result;
use crate::papers::place::local;

/// How a list stands: how often it was changed, and by whom and when the last time.
pub(crate) struct Standing {
    pub(crate) version: i64,
    pub(crate) saved_by: Option<Uuid>,
    pub(crate) saved_at: Option<DateTime<Utc>>,
}

/// Refuses to save a page that shows another version than what is stored; 0 stands for a list that nobody saved yet.
///
/// # Errors
/// `REVIEW-010` naming who changed the list since, and when.
pub(crate) async fn must_be_newest(work: &mut Work<'_>, seen: Option<i64>, now: Option<&Standing>) -> Result<()> {
    let Some(seen) = seen else { return Ok(()) };
    if seen == now.map_or(0, |now| now.version) {
        return Ok(());
    }
    let root = work.root();
    let by = match now.and_then(|now| now.saved_by) {
        Some(person) => org::person(&mut work.tx, root, person).await?.map(|row| row.full_name),
        None => None,
    };
    let at = now.and_then(|now| now.saved_at).map(local).unwrap_or_default();
    Err(Refusal::new("REVIEW-010").with("person", by.unwrap_or_default()).with("at", at).into())
}
