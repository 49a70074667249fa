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
pub(crate) type Group = (String, String);
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
        let standing = (head && without_heads, of.get(&row.review_id).copied());
        groups.entry(position(row, head)).or_default().push(standing);
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

/// The position of a subject that is no member.
fn position(row: &StandingRow, head: bool) -> Group {
    let title = match (row.subject == Subject::Leader.word(), head) {
        (true, true) => Title::Secretary.word(),
        (true, false) => Title::DeputySecretary.word(),
        (false, _) => "",
    };
    (row.unit_kind.clone(), title.to_owned())
}

/// Vị trí tương đương: for each review of one kind of subject the group in which like is compared with like, and whom it is about.
pub(crate) async fn positions(
    conn: &mut Conn,
    campaign: &CampaignRow,
    subject: Subject,
) -> Result<BTreeMap<Uuid, (Group, Uuid)>> {
    let (root, id) = (campaign.root_id, campaign.campaign_id);
    if subject == Subject::Member {
        let reviews = store::review::list_of_campaign(conn, root, id).await?;
        let titles = titles(conn, campaign).await?;
        let place = |one: &ReviewListRow| ((String::new(), peers(one, &titles)), one.person_id);
        return Ok(reviews.iter().map(|one| (one.review_id, place(one))).collect());
    }
    let heads = heads(conn, campaign).await?;
    let rows = store::standing::of_campaign(conn, root, id).await?;
    let ours = rows.iter().filter(|row| row.subject == subject.word());
    let place = |row: &StandingRow| (position(row, heads.contains(&(row.about_id, row.unit_id))), row.about_id);
    Ok(ours.map(|row| (row.review_id, place(row))).collect())
}

/// The highest post in the party of everybody who leads a unit on the cut-off day.
async fn titles(conn: &mut Conn, campaign: &CampaignRow) -> Result<BTreeMap<Uuid, Title>> {
    let mut titles = BTreeMap::new();
    for title in [Title::DeputySecretary, Title::Secretary] {
        let held = org::holders_of_title(conn, campaign.root_id, title.word(), &campaign.cut_off_on).await?;
        titles.extend(held.into_iter().map(|post| (post.person_id, title)));
    }
    Ok(titles)
}

/// The group of a member: his post in the party counts whether or not he also leads an agency.
fn peers(review: &ReviewListRow, titles: &BTreeMap<Uuid, Title>) -> String {
    match (titles.get(&review.person_id), review.leader) {
        (Some(title), _) => title.word().to_owned(),
        (None, true) => OTHER_LEADERS.to_owned(),
        (None, false) => review.civil_kind.clone(),
    }
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
    let titles = titles(conn, campaign).await?;
    let due = reviews.iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    let mut groups: BTreeMap<String, Vec<&ReviewListRow>> = BTreeMap::new();
    for review in due {
        groups.entry(peers(review, &titles)).or_default().push(review);
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
