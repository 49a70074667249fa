//! Đánh dấu đã xem mọi lời nhắc.

use domain::Actor;

use crate::app::{App, Work};
use crate::error::Result;

/// One has seen all reminders there are.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn mark_seen(app: &App, actor: &Actor) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let (root, at) = (work.root(), work.at);
    store::reminder::mark_read(&mut work.tx, root, actor.person.0, at).await?;
    work.commit_housekeeping("reminders seen").await
}
