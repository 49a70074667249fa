//! Người đứng đầu: who heads a unit, asked only where the cap leaves heads out.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::Title;
use rules::Book;
use store::campaign::CampaignRow;
use store::review::ReviewListRow;
use store::{Conn, org, review};
use uuid::Uuid;

use super::book::settings_of;
use crate::error::Result;
use crate::library::MEMBER;

/// Fact that says who heads a unit.
pub(super) const IS_HEAD: &str = "is_head";

/// Reviews of those who head a unit; nobody where the pinned settings count heads like everybody else. What was stated
/// about a person goes before his post in the roster, which knows the heads of party organisations only.
pub(in crate::judge) async fn heads_outside(
    conn: &mut Conn,
    book: &Book,
    campaign: &CampaignRow,
    reviews: &[ReviewListRow],
) -> Result<BTreeSet<Uuid>> {
    let Some(quota) = book.quota(MEMBER) else { return Ok(BTreeSet::new()) };
    if !book.leaves_heads_out(quota, &settings_of(book, &campaign.settings)?) {
        return Ok(BTreeSet::new());
    }
    let posts = org::holders_of_title(conn, campaign.root_id, Title::Secretary.word(), &campaign.cut_off_on).await?;
    let secretaries: BTreeSet<Uuid> = posts.into_iter().map(|post| post.person_id).collect();
    // Oldest first: the newest statement stays.
    let facts = review::facts_named(conn, campaign.root_id, campaign.campaign_id, IS_HEAD).await?;
    let stated: BTreeMap<Uuid, bool> = facts.into_iter().map(|fact| (fact.review_id, fact.value == "true")).collect();
    let is_head = |review: &&ReviewListRow| {
        stated.get(&review.review_id).copied().unwrap_or_else(|| secretaries.contains(&review.person_id))
    };
    Ok(reviews.iter().filter(is_head).map(|review| review.review_id).collect())
}

/// Whether a book has a cap that may leave heads out, so that it must be possible to say who is one.
pub(super) fn asks_who_is_head(book: &Book) -> bool {
    book.quota(MEMBER).is_some_and(|quota| quota.head_setting.is_some())
}
