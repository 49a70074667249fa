//! Lấy địa chỉ lịch cá nhân: a new secret address for one's own calendar; the old one ends.

use domain::Actor;
use store::assignment::FeedRow;

use crate::app::{App, Work};
use crate::error::Result;

/// What the journal says: that the address was renewed, not which it is.
#[derive(serde::Serialize)]
struct Renewed {
    person: uuid::Uuid,
}

/// Makes the address whose secret has this digest that of the actor.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn renew_calendar(app: &App, actor: &Actor, secret_digest: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let row = FeedRow {
        root_id: work.root(),
        person_id: actor.person.0,
        secret_digest: secret_digest.to_owned(),
        made_at: work.at,
    };
    store::assignment::renew_feed(&mut work.tx, &row).await?;
    work.note("calendar.renewed", format!("person/{}", actor.person), None, Some(&Renewed { person: row.person_id }))?;
    work.commit().await
}
