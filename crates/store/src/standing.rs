//! Where subjects that depend on each other stand: reviews of one period with the level decided.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, statements};

/// A review of the period with its level so far.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingRow {
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Person or unit.
    pub about_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Name of the unit, or of the person.
    pub name: String,
    /// Word of `domain::org::UnitKind` of the unit.
    pub unit_kind: String,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Why, as it was computed.
    pub obligation_reason: String,
    /// Decided level; none before the decision is issued.
    pub level: Option<String>,
    /// Whether it is decided.
    pub issued: bool,
    /// Whether it is marked as late with a reason.
    pub late: bool,
}

/// A subject on whom a campaign has decided, with what he owed and got in one period up to its own.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PastRow {
    /// Review in the campaign.
    pub review_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Name of the person, or of the unit.
    pub name: String,
    /// Unit.
    pub unit_name: String,
    /// Its place in the tree.
    pub unit_path: String,
    /// Whether something to be remedied is planned.
    pub planned: bool,
    /// Word of `domain::campaign::CampaignKind` of the round of that period.
    pub kind: String,
    /// Last day of that period.
    pub period_to: String,
    /// Word of `domain::review::Obligation` in that period.
    pub obligation: String,
    /// Level; none where no decision gave one.
    pub level: Option<String>,
}

statements! {
    OVER_YEARS = "SELECT r.review_id, r.subject, COALESCE(p.full_name, u.name) AS name, u.name AS unit_name, u.path AS unit_path, \
        EXISTS (SELECT 1 FROM remediation_item i WHERE i.root_id = $1 AND i.review_id = r.review_id) AS planned, c.kind, c.period_to, o.obligation, l.level \
        FROM review r JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        JOIN review o ON o.root_id = r.root_id AND o.subject = r.subject AND o.about_id = r.about_id \
        JOIN campaign c ON c.root_id = o.root_id AND c.campaign_id = o.campaign_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN notice n ON n.root_id = o.root_id AND n.review_id = o.review_id \
        LEFT JOIN decision d ON d.root_id = n.root_id AND d.decision_id = n.decision_id \
        LEFT JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.subject IN ('member', 'organization') AND r.state = 'decided' AND c.period_to <= $3 \
        ORDER BY r.review_id, c.period_to, COALESCE(d.signed_on, ''), o.review_id";
    STANDING_MEMBERS = "SELECT r.review_id, r.subject, r.about_id, r.unit_id, COALESCE(p.full_name, u.name) AS name, u.kind AS unit_kind, r.state, r.obligation, r.obligation_reason, l.level, n.review_id IS NOT NULL AS issued, t.review_id IS NOT NULL AS late \
        FROM campaign c JOIN review r ON r.root_id = c.root_id AND r.campaign_id = c.campaign_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        LEFT JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id \
        LEFT JOIN late_subject t ON t.root_id = r.root_id AND t.review_id = r.review_id \
        WHERE c.root_id = $1 AND c.kind = $3 AND c.period_from = $4 AND c.period_to = $5 AND r.unit_id = $2 AND r.subject = 'member' ORDER BY r.review_id";
    STANDING_UNITS_BELOW = "SELECT r.review_id, r.subject, r.about_id, r.unit_id, COALESCE(p.full_name, u.name) AS name, u.kind AS unit_kind, r.state, r.obligation, r.obligation_reason, l.level, n.review_id IS NOT NULL AS issued, t.review_id IS NOT NULL AS late \
        FROM unit u JOIN review r ON r.root_id = u.root_id AND r.subject IN ('organization', 'collective') AND r.about_id = u.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        LEFT JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id \
        LEFT JOIN late_subject t ON t.root_id = r.root_id AND t.review_id = r.review_id \
        WHERE u.root_id = $1 AND u.parent_id = $2 AND r.campaign_id IN (SELECT c.campaign_id FROM campaign c WHERE c.root_id = $1 AND c.kind = $3 AND c.period_from = $4 AND c.period_to = $5) ORDER BY r.subject, u.path, r.review_id";
    STANDING_OF_UNIT = "SELECT r.review_id, r.subject, r.about_id, r.unit_id, COALESCE(p.full_name, u.name) AS name, u.kind AS unit_kind, r.state, r.obligation, r.obligation_reason, l.level, n.review_id IS NOT NULL AS issued, t.review_id IS NOT NULL AS late \
        FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        LEFT JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id \
        LEFT JOIN late_subject t ON t.root_id = r.root_id AND t.review_id = r.review_id \
        WHERE r.root_id = $1 AND c.kind = $3 AND c.period_from = $4 AND c.period_to = $5 AND r.subject IN ('organization', 'collective') AND r.about_id = $2 ORDER BY r.subject, r.review_id";
    SUBJECTS_OF_CAMPAIGN = "SELECT r.subject, CAST(MAX(CASE WHEN n.review_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS issued FROM review r \
        LEFT JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.subject <> 'member' GROUP BY r.subject";
    STANDING_OF_CAMPAIGN = "SELECT r.review_id, r.subject, r.about_id, r.unit_id, COALESCE(p.full_name, u.name) AS name, u.kind AS unit_kind, r.state, r.obligation, r.obligation_reason, l.level, n.review_id IS NOT NULL AS issued, t.review_id IS NOT NULL AS late \
        FROM review r JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        LEFT JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id \
        LEFT JOIN late_subject t ON t.root_id = r.root_id AND t.review_id = r.review_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.subject <> 'member' ORDER BY r.subject, u.path, name, r.review_id";
}

/// Rounds of one kind over one period: word of `domain::campaign::CampaignKind`, first and last day.
pub type Period<'a> = (&'a str, &'a str, &'a str);

/// The members of a cell in a period.
///
/// # Errors
/// When the database fails.
pub async fn members(
    conn: &mut Conn,
    root: Uuid,
    cell: Uuid,
    period: Period<'_>,
) -> Result<Vec<StandingRow>, StoreError> {
    rows!(conn, StandingRow, STANDING_MEMBERS, root, cell, period.0, period.1, period.2)
}

/// The organisations directly below a unit and their collectives, in a period.
///
/// # Errors
/// When the database fails.
pub async fn units_below(
    conn: &mut Conn,
    root: Uuid,
    unit: Uuid,
    period: Period<'_>,
) -> Result<Vec<StandingRow>, StoreError> {
    rows!(conn, StandingRow, STANDING_UNITS_BELOW, root, unit, period.0, period.1, period.2)
}

/// The unit itself in a period: as an organisation and as its leadership collective.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(
    conn: &mut Conn,
    root: Uuid,
    unit: Uuid,
    period: Period<'_>,
) -> Result<Vec<StandingRow>, StoreError> {
    rows!(conn, StandingRow, STANDING_OF_UNIT, root, unit, period.0, period.1, period.2)
}

/// Everything a campaign is about but members: organisations, collectives, leaders.
///
/// # Errors
/// When the database fails.
pub async fn of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<StandingRow>, StoreError> {
    rows!(conn, StandingRow, STANDING_OF_CAMPAIGN, root, campaign)
}

/// The kinds of subject besides members that a campaign is about, with whether the decision on any of them was issued.
///
/// # Errors
/// When the database fails.
pub async fn subjects_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<(String, bool)>, StoreError> {
    let rows = rows!(conn, (String, i64), SUBJECTS_OF_CAMPAIGN, root, campaign)?;
    Ok(rows.into_iter().map(|(subject, issued)| (subject, issued > 0)).collect())
}

/// What those on whom a campaign has decided got in each period that ended by a day, subject by subject, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn over_years(conn: &mut Conn, root: Uuid, campaign: Uuid, until: &str) -> Result<Vec<PastRow>, StoreError> {
    rows!(conn, PastRow, OVER_YEARS, root, campaign, until)
}
