//! Who is missing in the register of a round that runs, and who stands in it: it follows the tree, posts and memberships.

use uuid::Uuid;

use crate::campaign::{CampaignRow, StepRow};
use crate::db::{Conn, StoreError};
use crate::org::MemberRow;
use crate::review::ReviewRow;
use crate::rollup;
use crate::sql::{rows, statements};

statements! {
    UNDECIDED_IN_ROUND = "SELECT r.review_id FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND c.root_id = $1 AND (c.campaign_id = $2 OR c.parent_id = $2) AND r.state NOT IN ('decided', 'not_due') LIMIT 1";
    OTHERS_IN_ROUND = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND c.root_id = $1 AND (c.campaign_id = $2 OR c.parent_id = $2) AND r.subject <> 'member' ORDER BY r.review_id";
    OTHERS_OF_UNIT = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND c.root_id = $1 AND r.unit_id = $2 AND r.subject <> 'member' AND r.obligation <> 'neither' \
        AND c.kind = $3 AND c.period_from = $4 AND c.period_to = $5 ORDER BY r.subject DESC, r.review_id";
    ITEMS_LEFT_BEHIND = "SELECT i.item_id, m.unit_id FROM remediation_item i JOIN review r ON r.root_id = i.root_id AND r.review_id = i.review_id \
        JOIN membership m ON m.root_id = r.root_id AND m.person_id = r.person_id \
        WHERE i.root_id = $1 AND r.root_id = $1 AND i.state = 'open' AND r.subject = 'member' AND m.from_on <= $2 AND (m.to_on IS NULL OR m.to_on >= $2) \
        AND NOT EXISTS (SELECT 1 FROM membership h WHERE h.root_id = $1 AND h.person_id = r.person_id AND h.unit_id = i.unit_id \
        AND h.from_on <= $2 AND (h.to_on IS NULL OR h.to_on >= $2)) ORDER BY i.item_id, m.from_on DESC, m.membership_id";
    MEMBERS_MISSING = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM membership m JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id \
        WHERE m.root_id = $1 AND u.path LIKE $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR (m.to_on >= $3 AND m.to_on >= $4)) \
        AND NOT EXISTS (SELECT 1 FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND r.subject = 'member' AND r.about_id = m.person_id AND c.kind = $5 AND c.period_from = $6 AND c.period_to = $7) \
        ORDER BY u.path, p.name_key, p.person_id, m.from_on DESC, m.membership_id";
}

/// Whether something in a round waits for a decision still.
///
/// # Errors
/// When the database fails.
pub async fn is_under_way(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<bool, StoreError> {
    Ok(!rows!(conn, (Uuid,), UNDECIDED_IN_ROUND, root, round)?.is_empty())
}

/// The reviews of a round that are not about members.
///
/// # Errors
/// When the database fails.
pub async fn others_in_round(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, OTHERS_IN_ROUND, root, round)
}

/// The reviews about a unit and who leads it, in rounds like this one.
///
/// # Errors
/// When the database fails.
pub async fn others_of_unit(conn: &mut Conn, round: &CampaignRow, unit: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    let (from, to) = (&round.period_from, &round.period_to);
    rows!(conn, ReviewRow, OTHERS_OF_UNIT, round.root_id, unit, &round.kind, from, to)
}

/// Open remediation items of members who have left the cell where they stand: item, the cell they are in today. Somebody with
/// two memberships stands there twice, the newer one first.
///
/// # Errors
/// When the database fails.
pub async fn items_left_behind(conn: &mut Conn, root: Uuid, today: &str) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    rows!(conn, (Uuid, Uuid), ITEMS_LEFT_BEHIND, root, today)
}

/// Members at and below a path on the cut-off day of a round, and still today, whom no round of the same kind and period
/// reviews. Somebody with two memberships stands there twice.
///
/// # Errors
/// When the database fails.
pub async fn members_missing(
    conn: &mut Conn,
    round: &CampaignRow,
    path: &str,
    today: &str,
) -> Result<Vec<MemberRow>, StoreError> {
    rows!(
        conn,
        MemberRow,
        MEMBERS_MISSING,
        round.root_id,
        crate::org::within(path),
        &round.cut_off_on,
        today,
        &round.kind,
        &round.period_from,
        &round.period_to
    )
}

/// Adds the campaign of a body that came to decide in a round that runs.
///
/// # Errors
/// When the database refuses.
pub async fn add_campaign(conn: &mut Conn, row: &CampaignRow, steps: &[StepRow]) -> Result<(), StoreError> {
    crate::campaign::insert_many(conn, std::slice::from_ref(row), steps).await?;
    rollup::enrol(conn, row.root_id, row.campaign_id, row.unit_id).await?;
    let round = row.parent_id.unwrap_or(row.campaign_id);
    rollup::set_campaign(conn, (row.root_id, round), row.unit_id, row.campaign_id).await
}
