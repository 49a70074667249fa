//! Phản hồi thông báo: the person's own word on his result, within the limit; it stays beside the notice for ever.

use domain::policy::Act;
use domain::{Actor, Day, Refusal, ReviewId};
use store::outcome::NoticeRow;

use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};

/// Stores the reply.
///
/// # Errors
/// `NOTICE-001` replied already, `NOTICE-002` too late, `NOTICE-003` empty.
pub async fn reply_to_notice(app: &App, actor: &Actor, review: ReviewId, reply: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::ReplyToNotice, &loaded.resource())?;
    let root = work.root();
    let notice = store::outcome::notice(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    let due = stored(Day::parse_stored(&notice.reply_due_on), "reply_due_on")?;
    if work.today() > due {
        return Err(Refusal::new("NOTICE-002").with("due", due.shown()).into());
    }
    let reply = typed_text(reply, "reply", 10_000)?;
    if reply.is_empty() {
        return Err(Refusal::new("NOTICE-003").at("reply").into());
    }
    let at = work.at;
    if !store::outcome::reply_notice(&mut work.tx, root, review.0, &reply, at).await? {
        return Err(Refusal::new("NOTICE-001").into());
    }
    let replied = NoticeRow { reply, replied_at: Some(at), ..notice.clone() };
    work.note("notice.replied", format!("notice/{review}"), Some(&notice), Some(&replied))?;
    work.commit().await
}
