//! Who is reviewed, as a member: the membership a review goes by stays the same when it ends later.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::org::MemberRow;
use crate::sql::{maybe_row, rows, statements};

statements! {
    MEMBER_REVIEWED = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM review r JOIN membership m ON m.root_id = r.root_id AND m.person_id = r.person_id JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id \
        WHERE r.root_id = $1 AND r.review_id = $2 AND m.from_on <= $3 ORDER BY CASE WHEN m.unit_id = r.unit_id THEN 0 ELSE 1 END, m.from_on DESC, m.membership_id DESC LIMIT 1";
    MEMBERS_REVIEWED = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM review r JOIN membership m ON m.root_id = r.root_id AND m.person_id = r.person_id JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND m.from_on <= $3 ORDER BY CASE WHEN m.unit_id = r.unit_id THEN 1 ELSE 0 END, m.from_on, m.membership_id";
    MEMBER_ON = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM membership m JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id \
        WHERE m.root_id = $1 AND m.person_id = $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) ORDER BY m.from_on DESC, m.membership_id DESC LIMIT 1";
}

/// A person as a member on a day, wherever his cell is.
///
/// # Errors
/// When the database fails.
pub async fn member_on(conn: &mut Conn, root: Uuid, person: Uuid, day: &str) -> Result<Option<MemberRow>, StoreError> {
    maybe_row!(conn, MemberRow, MEMBER_ON, root, person, day)
}

/// Who is reviewed, as a member of the cell of the review: by the last membership that began until `day`, whether or not
/// it has ended since.
///
/// # Errors
/// When the database fails.
pub async fn member_reviewed(
    conn: &mut Conn,
    root: Uuid,
    review: Uuid,
    day: &str,
) -> Result<Option<MemberRow>, StoreError> {
    maybe_row!(conn, MemberRow, MEMBER_REVIEWED, root, review, day)
}

/// The same for all reviews of a campaign; of several rows about one person the last one counts.
///
/// # Errors
/// When the database fails.
pub async fn members_reviewed(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    day: &str,
) -> Result<Vec<MemberRow>, StoreError> {
    rows!(conn, MemberRow, MEMBERS_REVIEWED, root, campaign, day)
}
