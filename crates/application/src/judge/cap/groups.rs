//! Trần theo nhóm: one cap for each group of like subjects; a free place in one group cannot be used in another (scenario 47).

use std::collections::{BTreeMap, BTreeSet};

use domain::org::Title;
use domain::review::Obligation;
use domain::subject::Subject;
use rules::Book;
use serde::Serialize;
use store::campaign::CampaignRow;
use store::review::ReviewListRow;
use store::standing::StandingRow;
use store::{Conn, org};
use uuid::Uuid;

use super::{Cap, Rated, over};
use crate::error::Result;
use crate::judge::book::settings_of;
use crate::judge::heads::heads_outside;

/// Trần của một nhóm: subjects in units of one kind; leaders also of one title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupCap {
    /// Word of `domain::org::UnitKind`, empty for a group of members.
    pub unit_kind: String,
    /// Word of `domain::org::Title` for leaders, empty for organisations and collectives; of members the post, or how
    /// they are employed.
    pub title: String,
    /// How many of the group stand on the list.
    pub people: u32,
    /// The cap.
    pub cap: Cap,
}

/// Kind of unit and title.
type Group = (String, String);
/// Whether somebody stands outside the cap as a head, and his level.
type Standing<'a> = (bool, Option<&'a str>);

/// The caps over the subjects of a list with these levels, in the order of the groups.
pub(crate) async fn group_caps(
    conn: &mut Conn,
    book: &Book,
    campaign: &CampaignRow,
    rows: &[StandingRow],
    levels: &[(Uuid, &str)],
) -> Result<Vec<GroupCap>> {
    let Some(subject) = rows.first().and_then(|row| Subject::from_word(&row.subject)) else { return Ok(Vec::new()) };
    let Some(quota) = book.quota(subject.word()) else { return Ok(Vec::new()) };
    let heads = heads(conn, campaign).await?;
    let without_heads = book.leaves_heads_out(quota, &settings_of(book, &campaign.settings)?);
    let of: BTreeMap<Uuid, &str> = levels.iter().copied().collect();
    let mut groups: BTreeMap<Group, Vec<Standing<'_>>> = BTreeMap::new();
    for row in rows {
        let head = subject == Subject::Leader && heads.contains(&(row.about_id, row.unit_id));
        let title = match (subject, head) {
            (Subject::Leader, true) => Title::Secretary.word(),
            (Subject::Leader, false) => Title::DeputySecretary.word(),
            _ => "",
        };
        let key = (row.unit_kind.clone(), title.to_owned());
        groups.entry(key).or_default().push((head && without_heads, of.get(&row.review_id).copied()));
    }
    groups
        .into_iter()
        .map(|((unit_kind, title), members)| {
            let rated =
                members.iter().filter_map(|(is_head, level)| Some(Rated { level: (*level)?, is_head: *is_head }));
            let cap = over(book, subject, &campaign.settings, rated)?;
            Ok(GroupCap { unit_kind, title, people: u32::try_from(members.len()).unwrap_or(u32::MAX), cap })
        })
        .collect()
}

/// Person and unit of everybody who heads a unit on the cut-off day.
async fn heads(conn: &mut Conn, campaign: &CampaignRow) -> Result<BTreeSet<(Uuid, Uuid)>> {
    let word = Title::Secretary.word();
    let posts = org::holders_of_title(conn, campaign.root_id, word, &campaign.cut_off_on).await?;
    Ok(posts.into_iter().map(|post| (post.person_id, post.unit_id)).collect())
}

/// Scope of a cap that is counted over the whole base organisation; any other one goes by groups of like position.
const WHOLE: &str = "base_organization";
/// Group of those with a leading post who are neither head nor deputy of a party organisation.
const OTHER_LEADERS: &str = "leader";

/// The caps over members by like position, where the book counts them so; none where it counts the whole organisation.
pub(crate) async fn peer_caps(
    conn: &mut Conn,
    book: &Book,
    campaign: &CampaignRow,
    reviews: &[ReviewListRow],
    levels: &[(Uuid, &str)],
) -> Result<Vec<GroupCap>> {
    let Some(quota) = book.quota(Subject::Member.word()) else { return Ok(Vec::new()) };
    if quota.scope == WHOLE {
        return Ok(Vec::new());
    }
    let outside = heads_outside(conn, book, campaign, reviews).await?;
    let of: BTreeMap<Uuid, &str> = levels.iter().copied().collect();
    let mut posts: BTreeMap<Uuid, Title> = BTreeMap::new();
    for title in [Title::DeputySecretary, Title::Secretary] {
        let held = org::holders_of_title(conn, campaign.root_id, title.word(), &campaign.cut_off_on).await?;
        posts.extend(held.into_iter().map(|post| (post.person_id, title)));
    }
    let peers = |review: &ReviewListRow| match (review.leader, posts.get(&review.person_id)) {
        (false, _) => review.civil_kind.clone(),
        (true, Some(title)) => title.word().to_owned(),
        (true, None) => OTHER_LEADERS.to_owned(),
    };
    let due = reviews.iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    let mut groups: BTreeMap<String, Vec<&ReviewListRow>> = BTreeMap::new();
    for review in due {
        groups.entry(peers(review)).or_default().push(review);
    }
    let capped = |(title, members): (String, Vec<&ReviewListRow>)| {
        let rated = members.iter().filter_map(|review| {
            Some(Rated { level: of.get(&review.review_id)?, is_head: outside.contains(&review.review_id) })
        });
        let cap = over(book, Subject::Member, &campaign.settings, rated)?;
        let people = u32::try_from(members.len()).unwrap_or(u32::MAX);
        Ok(GroupCap { unit_kind: String::new(), title, people, cap })
    };
    groups.into_iter().map(capped).collect()
}
