//! Roll-ups: the tree of a round, how far each unit is, and how many objects of each class a unit has with everything
//! below it. A change inserts delta rows in its own transaction; [`fold`] adds them to `rollup` for the unit and each
//! unit above it; readings add what is not folded yet.

use uuid::Uuid;

use crate::bulk::{Table, WholeRow, columns};
use crate::sql::statements;

mod change;
mod check;
mod fold;
mod join;
mod lists;
mod replant;
mod report;

pub use change::set_due_days;
pub(crate) use change::{
    enrol, notice_issued, notice_read, notice_renewed, refresh_unit, refresh_unit_of_meeting, rehome, review_entered,
    review_left, set_campaign,
};
pub use check::{CheckRow, Difference, check_round, compare, last_checks, rebuild};
pub use fold::{Class, FEW, Figures, figures, figures_below, fold, unit_in_round};
pub use join::{join_round, settle_joined};
pub use lists::{
    LeaderRow, ListedReviewRow, ListedUnitRow, NO_LEVEL, ReviewFilter, UnitFilter, children, children_behind,
    count_children, leaders, listed_reviews, listed_units,
};
pub(crate) use replant::replant;
pub use report::{ChangedRow, ReportRow, changed_since, insert_report, report, reports};

/// One row of `campaign_unit`: a unit in a round.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CampaignUnitRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// The whole round: the superior's campaign, or the only one where there is none.
    pub round_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Campaign of the body that decides on the unit's members, or in which the body itself meets and decides.
    pub campaign_id: Uuid,
    /// Superior in the tree of the round.
    pub parent_id: Option<Uuid>,
    /// Path in the tree of the round.
    pub path: String,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Word of `domain::campaign::UnitStep`.
    pub step: String,
    /// Until when it should be a step further; empty when nothing is awaited from it.
    pub due_on: String,
    /// Counts changes.
    pub version: i64,
}

columns! {
    CampaignUnitRow in campaign_unit, key (round_id, unit_id),
    rest (campaign_id, parent_id, path, kind, step, due_on, version)
}

/// Tables of this file whose rows are written whole.
pub(crate) const TABLES: [Table; 2] = [CampaignUnitRow::TABLE, check::TABLE];

/// Adds the units of a round that is being opened.
///
/// # Errors
/// When the database refuses.
pub async fn insert_units(conn: &mut crate::Conn, rows: &[CampaignUnitRow]) -> Result<u64, crate::StoreError> {
    crate::bulk::insert_all(conn, rows).await
}

statements! {
    ENROL = "INSERT INTO campaign_unit (root_id, round_id, unit_id, campaign_id, parent_id, path, kind, step, due_on, version) \
        SELECT c.root_id, COALESCE(c.parent_id, c.campaign_id), u.unit_id, c.campaign_id, u.parent_id, u.path, u.kind, 'waiting', '', 1 \
        FROM campaign c JOIN unit u ON u.root_id = c.root_id WHERE c.root_id = $1 AND c.campaign_id = $2 AND u.unit_id = $3 \
        ON CONFLICT (root_id, round_id, unit_id) DO NOTHING";
    ROUND_OF = "SELECT COALESCE(parent_id, campaign_id) AS round_id, unit_id FROM campaign WHERE root_id = $1 AND campaign_id = $2";
    UNIT_IN_ROUND = "SELECT * FROM campaign_unit WHERE root_id = $1 AND round_id = $2 AND unit_id = $3";
    CAMPAIGN_OWNER = "SELECT unit_id FROM campaign WHERE root_id = $1 AND campaign_id = $2";
    // The same ladder stands in COUNTED_UNITS.
    STEP_NOW = "SELECT CASE \
        WHEN EXISTS (SELECT 1 FROM decision d WHERE d.root_id = $1 AND d.campaign_id = cu.campaign_id AND d.unit_id = cu.unit_id AND d.subject = 'member' AND d.state = 'issued') THEN 'decided' \
        WHEN EXISTS (SELECT 1 FROM proposal p WHERE p.root_id = $1 AND p.campaign_id = cu.campaign_id AND p.unit_id = cu.unit_id AND p.state = 'decided') THEN 'decided' \
        WHEN EXISTS (SELECT 1 FROM proposal p WHERE p.root_id = $1 AND p.campaign_id = cu.campaign_id AND p.unit_id = cu.unit_id AND p.state = 'sent') THEN 'proposed' \
        WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id AND m.state = 'sealed') THEN 'sealed' \
        WHEN EXISTS (SELECT 1 FROM meeting m JOIN ballot b ON b.root_id = m.root_id AND b.meeting_id = m.meeting_id WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id AND b.state = 'definitive') THEN 'counted' \
        WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id) THEN 'met' \
        ELSE 'waiting' END AS step FROM campaign_unit cu WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.unit_id = $3";
    SET_STEP = "UPDATE campaign_unit SET step = $4, due_on = $5, version = version + 1 WHERE root_id = $1 AND round_id = $2 AND unit_id = $3";
    STANDS_ELSEWHERE = "SELECT cu.round_id, cu.campaign_id, c.unit_id AS top_id, cu.path, u.path AS path_now, u.parent_id AS parent_now FROM campaign_unit cu \
        JOIN unit u ON u.root_id = cu.root_id AND u.unit_id = cu.unit_id JOIN campaign c ON c.root_id = cu.root_id AND c.campaign_id = cu.round_id \
        JOIN unit o ON o.root_id = c.root_id AND o.unit_id = c.unit_id \
        WHERE cu.root_id = $1 AND cu.unit_id = $2 AND c.state = 'open' AND u.path <> cu.path AND u.path BETWEEN o.path AND o.path || '~' \
        AND EXISTS (SELECT 1 FROM campaign_unit b JOIN review r ON r.root_id = b.root_id AND r.unit_id = b.unit_id WHERE b.root_id = $1 AND b.round_id = cu.round_id AND b.path BETWEEN cu.path AND cu.path || '~' \
        AND r.state NOT IN ('decided', 'not_due') AND EXISTS (SELECT 1 FROM campaign rc WHERE rc.root_id = $1 AND rc.campaign_id = r.campaign_id AND COALESCE(rc.parent_id, rc.campaign_id) = cu.round_id))";
    REPLANT = "UPDATE campaign_unit SET path = $4 || substr(path, length($5) + 1), parent_id = CASE WHEN unit_id = $3 THEN $6 ELSE parent_id END \
        WHERE root_id = $1 AND round_id = $2 AND path BETWEEN $5 AND $5 || '~'";
    SET_CAMPAIGN = "UPDATE campaign_unit SET campaign_id = $4 WHERE root_id = $1 AND round_id = $2 AND unit_id = $3";
    JOIN_ROUND = "UPDATE campaign SET parent_id = $3 WHERE root_id = $1 AND (campaign_id = $2 OR parent_id = $2)";
    BOUND_DAYS = "UPDATE campaign_step SET due_on = (SELECT t.due_on FROM campaign_step t WHERE t.root_id = $1 AND t.campaign_id = $3 AND t.step = campaign_step.step) \
        WHERE root_id = $1 AND campaign_id = $2 AND step <> $4 \
        AND EXISTS (SELECT 1 FROM campaign_step t WHERE t.root_id = $1 AND t.campaign_id = $3 AND t.step = campaign_step.step AND t.due_on < campaign_step.due_on)";
    CLEAR_UNITS = "DELETE FROM campaign_unit WHERE root_id = $1 AND round_id = $2";
    UNITS_OF_CAMPAIGN = "SELECT unit_id FROM campaign_unit WHERE root_id = $1 AND campaign_id = $2";
    SET_DUE = "UPDATE campaign_unit SET due_on = $5, version = version + 1 WHERE root_id = $1 AND campaign_id = $2 AND kind = $3 AND step = $4 AND due_on <> $5";
    DUE_DELTAS = "INSERT INTO rollup_delta (root_id, subject, object_id, version, n, round_id, unit_id, kind, state, level) \
        SELECT root_id, 'unit', unit_id, version, -1, round_id, unit_id, kind, step, due_on FROM campaign_unit \
        WHERE root_id = $1 AND campaign_id = $2 AND kind = $3 AND step = $4 AND due_on <> $5 UNION ALL \
        SELECT root_id, 'unit', unit_id, version + 1, 1, round_id, unit_id, kind, step, $5 FROM campaign_unit \
        WHERE root_id = $1 AND campaign_id = $2 AND kind = $3 AND step = $4 AND due_on <> $5";
    KINDS_AND_STEPS = "SELECT DISTINCT kind, step FROM campaign_unit WHERE root_id = $1 AND campaign_id = $2";
    STEP_DAY = "SELECT due_on FROM campaign_step WHERE root_id = $1 AND campaign_id = $2 AND step = $3";
    MEETING_PLACE = "SELECT campaign_id, unit_id FROM meeting WHERE root_id = $1 AND meeting_id = $2";
    UNIT_DELTA = "INSERT INTO rollup_delta (root_id, subject, object_id, version, n, round_id, unit_id, kind, state, level) \
        SELECT cu.root_id, 'unit', cu.unit_id, cu.version, CAST($4 AS BIGINT), cu.round_id, cu.unit_id, cu.kind, cu.step, cu.due_on \
        FROM campaign_unit cu WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.unit_id = $3";
    REVIEW_DELTA = "INSERT INTO rollup_delta (root_id, subject, object_id, version, n, round_id, unit_id, kind, state, level) \
        SELECT r.root_id, r.subject, r.review_id, r.version, CAST($4 AS BIGINT), COALESCE(c.parent_id, c.campaign_id), r.unit_id, r.obligation, r.state, \
        CASE WHEN r.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END \
        FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id WHERE r.root_id = $1 AND r.review_id = $2 AND r.version = $3";
    NOTICE_DELTA = "INSERT INTO rollup_delta (root_id, subject, object_id, version, n, round_id, unit_id, kind, state, level) \
        SELECT r.root_id, 'notice', r.review_id, CAST($3 AS BIGINT), CAST($4 AS BIGINT), COALESCE(c.parent_id, c.campaign_id), r.unit_id, '', CAST($5 AS TEXT), '' FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id WHERE r.root_id = $1 AND r.review_id = $2";
    PENDING = "SELECT cu.round_id, c.unit_id AS top_id, cu.path, d.subject, d.kind, d.state, d.level, CAST(SUM(d.n) AS BIGINT) AS n FROM rollup_delta d \
        JOIN campaign_unit cu ON cu.root_id = d.root_id AND cu.round_id = d.round_id AND cu.unit_id = d.unit_id \
        JOIN campaign c ON c.root_id = cu.root_id AND c.campaign_id = cu.round_id \
        WHERE d.root_id = $1 GROUP BY cu.round_id, c.unit_id, cu.path, d.subject, d.kind, d.state, d.level";
    ONE_PENDING = "SELECT object_id FROM rollup_delta WHERE root_id = $1 LIMIT 1";
    ADD = "INSERT INTO rollup (root_id, round_id, unit_id, subject, kind, state, level, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
        ON CONFLICT (root_id, round_id, unit_id, subject, kind, state, level) DO UPDATE SET n = rollup.n + excluded.n";
    FOLDED = "DELETE FROM rollup_delta WHERE root_id = $1";
    // One column for the class: a table has thousands of these rows.
    FIGURES = "SELECT unit_id, subject || '/' || kind || '/' || state || '/' || level AS class, n FROM rollup WHERE root_id = $1 AND round_id = $2 AND unit_id = $3";
    FIGURES_BELOW = "SELECT r.unit_id, r.subject || '/' || r.kind || '/' || r.state || '/' || r.level AS class, r.n FROM campaign_unit cu \
        JOIN rollup r ON r.root_id = cu.root_id AND r.round_id = cu.round_id AND r.unit_id = cu.unit_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.parent_id = $3";
    FIGURES_OF_ROUND = "SELECT unit_id, subject || '/' || kind || '/' || state || '/' || level AS class, n FROM rollup WHERE root_id = $1 AND round_id = $2";
    COUNTED_REVIEWS = "SELECT cu.path, r.subject, r.obligation AS kind, r.state, \
        CASE WHEN r.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END AS level, COUNT(*) AS n \
        FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = $2) GROUP BY 1, 2, 3, 4, 5";
    COUNTED_UNITS = "SELECT cu.path, 'unit' AS subject, cu.kind, CASE \
        WHEN EXISTS (SELECT 1 FROM decision d WHERE d.root_id = $1 AND d.campaign_id = cu.campaign_id AND d.unit_id = cu.unit_id AND d.subject = 'member' AND d.state = 'issued') THEN 'decided' \
        WHEN EXISTS (SELECT 1 FROM proposal p WHERE p.root_id = $1 AND p.campaign_id = cu.campaign_id AND p.unit_id = cu.unit_id AND p.state = 'decided') THEN 'decided' \
        WHEN EXISTS (SELECT 1 FROM proposal p WHERE p.root_id = $1 AND p.campaign_id = cu.campaign_id AND p.unit_id = cu.unit_id AND p.state = 'sent') THEN 'proposed' \
        WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id AND m.state = 'sealed') THEN 'sealed' \
        WHEN EXISTS (SELECT 1 FROM meeting m JOIN ballot b ON b.root_id = m.root_id AND b.meeting_id = m.meeting_id WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id AND b.state = 'definitive') THEN 'counted' \
        WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.root_id = $1 AND m.campaign_id = cu.campaign_id AND m.unit_id = cu.unit_id) THEN 'met' \
        ELSE 'waiting' END AS state, cu.due_on AS level, COUNT(*) AS n \
        FROM campaign_unit cu WHERE cu.root_id = $1 AND cu.round_id = $2 GROUP BY 1, 2, 3, 4, 5";
    COUNTED_NOTICES = "SELECT cu.path, 'notice' AS subject, '' AS kind, CASE WHEN n.read_at IS NULL THEN 'issued' ELSE 'read' END AS state, '' AS level, COUNT(*) AS n \
        FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id \
        JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = $2) GROUP BY 1, 2, 3, 4";
    CLEAR_ROUND = "DELETE FROM rollup WHERE root_id = $1 AND round_id = $2";
    CLEAR_DELTAS = "DELETE FROM rollup_delta WHERE root_id = $1 AND round_id = $2";
    INSERT_CHECK = "INSERT INTO rollup_check (root_id, check_id, round_id, checked_at, compared, differing, sample) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LAST_CHECKS = "SELECT * FROM rollup_check WHERE root_id = $1 AND round_id = $2 ORDER BY checked_at DESC LIMIT $3";
    CHILDREN = "SELECT cu.unit_id, cu.campaign_id, u.name, '' AS above, u.path AS place, cu.path, cu.kind, cu.step, cu.due_on FROM campaign_unit cu \
        JOIN unit u ON u.root_id = cu.root_id AND u.unit_id = cu.unit_id WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.parent_id = $3 ORDER BY u.code";
    COUNT_CHILDREN = "SELECT COUNT(*) AS n FROM campaign_unit WHERE root_id = $1 AND round_id = $2 AND parent_id = $3";
    CHILDREN_BEHIND = "SELECT cu.unit_id, cu.campaign_id, u.name, '' AS above, u.path AS place, cu.path, cu.kind, cu.step, cu.due_on FROM campaign_unit cu \
        JOIN unit u ON u.root_id = cu.root_id AND u.unit_id = cu.unit_id WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.parent_id = $3 \
        ORDER BY COALESCE((SELECT SUM(f.n) FROM rollup f WHERE f.root_id = $1 AND f.round_id = cu.round_id AND f.unit_id = cu.unit_id AND f.subject = 'unit' AND f.level > '' AND f.level < $4), 0) DESC, u.code LIMIT $5";
    FIGURES_OF_FEW = "SELECT unit_id, subject || '/' || kind || '/' || state || '/' || level AS class, n FROM rollup WHERE root_id = $1 AND round_id = $2 \
        AND unit_id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    UNITS_LISTED = "SELECT cu.unit_id, cu.campaign_id, u.name, COALESCE(s.name, '') AS above, u.path AS place, cu.path, cu.kind, cu.step, cu.due_on FROM campaign_unit cu \
        JOIN unit u ON u.root_id = cu.root_id AND u.unit_id = cu.unit_id LEFT JOIN unit s ON s.root_id = u.root_id AND s.unit_id = u.parent_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.path BETWEEN $3 AND $3 || '~' AND (NOT $4 OR cu.kind IN ('cell', 'base_cell')) AND ($5 = '' OR $5 LIKE '%/' || cu.step || '/%') \
        AND ($6 = '' OR (cu.due_on > '' AND cu.due_on < $6)) ORDER BY cu.path LIMIT $7 OFFSET $8";
    // The level is looked up for the lines of one page, not for all that are ordered. A condition in CASE is not taken for
    // one that lets hardly anything through, for which PostgreSQL would put all reviews in order instead of stopping when the
    // page is full.
    REVIEWS_LISTED = "SELECT q.*, CASE WHEN q.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = q.campaign_id AND l.review_id = q.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END AS level \
        FROM (SELECT r.review_id, r.campaign_id, r.subject, r.person_id, COALESCE(p.full_name, u.name) AS name, u.unit_id, u.name AS unit_name, COALESCE(s.name, '') AS above, u.path AS place, r.state, r.obligation, r.obligation_reason, \
        r.root_id, cu.path AS within, p.name_key \
        FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id \
        JOIN unit u ON u.root_id = cu.root_id AND u.unit_id = cu.unit_id LEFT JOIN unit s ON s.root_id = u.root_id AND s.unit_id = u.parent_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.path BETWEEN $3 AND $3 || '~' \
        AND CASE WHEN (SELECT COALESCE(c.parent_id, c.campaign_id) FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id) = $2 THEN TRUE ELSE FALSE END \
        AND CASE WHEN $4 = '' OR r.subject = $4 THEN TRUE ELSE FALSE END AND CASE WHEN $5 = '' OR $5 LIKE '%/' || r.obligation || '/%' THEN TRUE ELSE FALSE END \
        AND CASE WHEN $6 = '' OR $6 LIKE '%/' || r.state || '/%' THEN TRUE ELSE FALSE END \
        AND CASE WHEN $7 = '' OR $7 = COALESCE(NULLIF((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND r.state = 'decided' AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), ''), '-') THEN TRUE ELSE FALSE END \
        AND CASE WHEN $8 = '' OR EXISTS (SELECT 1 FROM notice n WHERE n.root_id = $1 AND n.review_id = r.review_id AND ($8 = 'issued' OR n.read_at IS NOT NULL)) THEN TRUE ELSE FALSE END \
        ORDER BY cu.path, p.name_key, r.review_id LIMIT $9 OFFSET $10) q WHERE q.root_id = $1 ORDER BY q.within, q.name_key, q.review_id";
    LEADERS = "SELECT ru.kind AS unit_kind, CASE WHEN EXISTS (SELECT 1 FROM post h WHERE h.root_id = $1 AND h.person_id = r.person_id AND h.unit_id = r.unit_id AND h.title = 'secretary' AND h.from_on <= $4 AND (h.to_on IS NULL OR h.to_on >= $4)) THEN 'secretary' ELSE 'deputy_secretary' END AS title, \
        r.obligation, CASE WHEN r.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END AS level, COUNT(*) AS n \
        FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id AND r.subject = 'leader' JOIN unit ru ON ru.root_id = r.root_id AND ru.unit_id = r.unit_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND cu.path BETWEEN $3 AND $3 || '~' AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = $2) GROUP BY 1, 2, 3, 4";
    INSERT_REPORT = "INSERT INTO reported_summary (root_id, report_id, round_id, unit_id, figures, note, reported_by, reported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    KEEP_SUBJECTS = "INSERT INTO reported_subject (root_id, report_id, review_id, unit_id, obligation, level) \
        SELECT s.root_id, s.report_id, r.review_id, r.unit_id, r.obligation, CASE WHEN r.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END \
        FROM reported_summary s JOIN campaign_unit cu ON cu.root_id = s.root_id AND cu.round_id = s.round_id AND cu.path BETWEEN $3 AND $3 || '~' \
        JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id WHERE s.root_id = $1 AND s.report_id = $2 AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = s.round_id)";
    // Each subject stands twice, as reported and as it is now; one that is not the same twice is listed. A table reported before
    // subjects were kept lists nobody.
    CHANGED_SINCE = "SELECT q.review_id, r.campaign_id, r.subject, r.person_id, COALESCE(p.full_name, u.name) AS name, u.path AS place, COALESCE(b.name, '') AS unit_before, COALESCE(n.name, '') AS unit_now, \
        q.obligation_before, q.obligation_now, q.level_before, q.level_now \
        FROM (SELECT review_id, MAX(CASE WHEN t.reported THEN t.place ELSE '' END) AS place_before, MAX(CASE WHEN t.reported THEN '' ELSE t.place END) AS place_now, \
        MAX(CASE WHEN t.reported THEN t.obligation ELSE '' END) AS obligation_before, MAX(CASE WHEN t.reported THEN '' ELSE t.obligation END) AS obligation_now, \
        MAX(CASE WHEN t.reported THEN t.level ELSE '' END) AS level_before, MAX(CASE WHEN t.reported THEN '' ELSE t.level END) AS level_now \
        FROM (SELECT s.root_id, s.review_id, TRUE AS reported, su.path AS place, s.obligation, s.level FROM reported_subject s \
        JOIN unit su ON su.root_id = s.root_id AND su.unit_id = s.unit_id WHERE s.root_id = $1 AND s.report_id = $2 UNION ALL \
        SELECT r.root_id, r.review_id, FALSE AS reported, ru.path AS place, r.obligation, CASE WHEN r.state = 'decided' THEN COALESCE((SELECT MAX(l.level) FROM decision d JOIN decision_line l ON l.root_id = d.root_id AND l.decision_id = d.decision_id \
        WHERE d.root_id = $1 AND d.campaign_id = r.campaign_id AND l.review_id = r.review_id AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.review_id = l.review_id AND e.earlier_id = l.decision_id)), '') ELSE '' END AS level \
        FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id JOIN unit ru ON ru.root_id = r.root_id AND ru.unit_id = r.unit_id \
        WHERE cu.root_id = $1 AND cu.round_id = $3 AND cu.path BETWEEN $4 AND $4 || '~' AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = $3) \
        AND EXISTS (SELECT 1 FROM reported_subject k WHERE k.root_id = $1 AND k.report_id = $2)) t WHERE t.root_id = $1 \
        GROUP BY review_id HAVING COUNT(*) < 2 OR COUNT(DISTINCT t.place || ' ' || t.obligation || ' ' || t.level) > 1) q \
        JOIN review r ON r.root_id = $1 AND r.review_id = q.review_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        LEFT JOIN unit b ON b.root_id = r.root_id AND b.path = q.place_before LEFT JOIN unit n ON n.root_id = r.root_id AND n.path = q.place_now \
        WHERE r.root_id = $1 ORDER BY u.path, COALESCE(p.name_key, ''), q.review_id LIMIT $5 OFFSET $6";
    REPORT = "SELECT * FROM reported_summary WHERE root_id = $1 AND report_id = $2";
    REPORTS = "SELECT * FROM reported_summary WHERE root_id = $1 AND round_id = $2 AND unit_id = $3 ORDER BY reported_at DESC";
}
