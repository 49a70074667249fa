//! Đánh dấu đã xem thông báo, the first time the person himself opens it.

use domain::{Actor, ReviewId};

use crate::acts::review::Loaded;
use crate::app::{App, Work};
use crate::error::Result;

/// Marks the notice as read by its addressee; others leave no mark.
///
/// # Errors
/// [`crate::Error::Denied`] when there is no such review.
pub async fn read_notice(app: &App, actor: &Actor, review: ReviewId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    if !loaded.is_own(actor) {
        return Ok(());
    }
    let (root, at) = (work.root(), work.at);
    if store::outcome::read_notice(&mut work.tx, root, review.0, at).await? {
        work.note::<()>("notice.read", format!("notice/{review}"), None, None)?;
        work.commit().await?;
    }
    Ok(())
}
