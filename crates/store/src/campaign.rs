//! Campaigns, their calendars, and where each unit stands.

use uuid::Uuid;

use crate::bulk::{columns, insert_all};
use crate::db::{Conn, StoreError};
use crate::sql::{kept, rows, run, statements};

/// One row of `campaign`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CampaignRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Unit that opened it and decides.
    pub unit_id: Uuid,
    /// Title.
    pub title: String,
    /// Year under review.
    pub period_year: i64,
    /// First day of the period.
    pub period_from: String,
    /// Last day of the period.
    pub period_to: String,
    /// Day on which months of membership are counted.
    pub cut_off_on: String,
    /// Rule book.
    pub rule_book_id: String,
    /// Seal of the rule book when the campaign was opened.
    pub rule_book_seal: String,
    /// Pinned settings, JSON object.
    pub settings: String,
    /// Documents it rests on, one a line.
    pub basis: String,
    /// Word of `domain::campaign::CampaignState`.
    pub state: String,
    /// Who opened it.
    pub opened_by: Uuid,
    /// When.
    #[serde(skip)]
    pub opened_at: chrono::DateTime<chrono::Utc>,
    /// The superior's round it belongs to; none when it is one of its own.
    pub parent_id: Option<Uuid>,
    /// Word of `domain::campaign::CampaignKind`.
    pub kind: String,
}

impl CampaignRow {
    /// The whole round: the superior's campaign, or this one.
    #[must_use]
    pub fn round_id(&self) -> Uuid {
        self.parent_id.unwrap_or(self.campaign_id)
    }
}

/// One row of `campaign_step`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct StepRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Word of the step in the rule book.
    pub step: String,
    /// Last day.
    pub due_on: String,
}

/// How many reviews of a unit are in a state, with which obligation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StateCountRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// How many.
    pub number: i64,
}

statements! {
    INSERT_CAMPAIGN = "INSERT INTO campaign (root_id, campaign_id, unit_id, title, period_year, period_from, period_to, cut_off_on, rule_book_id, rule_book_seal, settings, basis, state, opened_by, opened_at, parent_id, kind) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    CAMPAIGN_BY_ID = "SELECT * FROM campaign WHERE root_id = $1 AND campaign_id = $2";
    CAMPAIGNS = "SELECT * FROM campaign WHERE root_id = $1 ORDER BY period_year DESC, opened_at DESC";
    ROUNDS = "SELECT * FROM campaign WHERE root_id = $1 AND parent_id IS NULL ORDER BY period_year DESC, opened_at DESC";
    CAMPAIGNS_OF_UNIT = "SELECT * FROM campaign WHERE root_id = $1 AND unit_id = $2 ORDER BY period_year DESC, opened_at DESC";
    CAMPAIGNS_BELOW = "SELECT * FROM campaign WHERE root_id = $1 AND parent_id = $2 ORDER BY campaign_id";
    SET_STEP_DAY = "UPDATE campaign_step SET due_on = $4 WHERE root_id = $1 AND campaign_id = $2 AND step = $3";
    INSERT_STEP = "INSERT INTO campaign_step (root_id, campaign_id, step, due_on) VALUES ($1, $2, $3, $4)";
    STEPS = "SELECT * FROM campaign_step WHERE root_id = $1 AND campaign_id = $2 ORDER BY due_on, step";
    STATE_COUNTS = "SELECT unit_id, state, obligation, COUNT(*) AS number FROM review WHERE root_id = $1 AND campaign_id = $2 AND subject = 'member' GROUP BY unit_id, state, obligation";
}

/// Adds a campaign.
///
/// # Errors
/// When the database refuses.
pub async fn insert(conn: &mut Conn, c: &CampaignRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_CAMPAIGN, c.root_id, c.campaign_id, c.unit_id, &c.title, c.period_year, &c.period_from,
        &c.period_to, &c.cut_off_on, &c.rule_book_id, &c.rule_book_seal, &c.settings, &c.basis, &c.state, c.opened_by,
        c.opened_at, c.parent_id, &c.kind
    )?;
    Ok(())
}

/// One campaign.
///
/// # Errors
/// When the database fails.
pub async fn campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Option<CampaignRow>, StoreError> {
    Ok(kept!(conn, CampaignRow, CAMPAIGN_BY_ID, root, campaign)?.pop())
}

/// All campaigns, newest period first.
///
/// # Errors
/// When the database fails.
pub async fn campaigns(conn: &mut Conn, root: Uuid) -> Result<Vec<CampaignRow>, StoreError> {
    rows!(conn, CampaignRow, CAMPAIGNS, root)
}

columns! {
    CampaignRow in campaign, key (campaign_id),
    rest (unit_id, title, period_year, period_from, period_to, cut_off_on, rule_book_id, rule_book_seal, settings, basis, state, opened_by, opened_at, parent_id, kind)
}
columns! { StepRow in campaign_step, key (campaign_id, step), rest (due_on) }

/// Adds the campaigns of a round with their calendars.
///
/// # Errors
/// When the database refuses.
pub async fn insert_many(conn: &mut Conn, campaigns: &[CampaignRow], steps: &[StepRow]) -> Result<(), StoreError> {
    insert_all(conn, campaigns).await?;
    insert_all(conn, steps).await?;
    Ok(())
}

/// The rounds that belong to no superior's, newest period first.
///
/// # Errors
/// When the database fails.
pub async fn rounds(conn: &mut Conn, root: Uuid) -> Result<Vec<CampaignRow>, StoreError> {
    rows!(conn, CampaignRow, ROUNDS, root)
}

/// The campaigns a unit opened or was given by its superior's round, newest period first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<CampaignRow>, StoreError> {
    kept!(conn, CampaignRow, CAMPAIGNS_OF_UNIT, root, unit)
}

/// The campaigns of a superior's round.
///
/// # Errors
/// When the database fails.
pub async fn below(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Vec<CampaignRow>, StoreError> {
    rows!(conn, CampaignRow, CAMPAIGNS_BELOW, root, round)
}

/// Sets the last day of a step.
///
/// # Errors
/// When the database fails.
pub async fn set_step_day(conn: &mut Conn, s: &StepRow) -> Result<(), StoreError> {
    run!(conn, SET_STEP_DAY, s.root_id, s.campaign_id, &s.step, &s.due_on)?;
    Ok(())
}

/// Adds a step of the calendar.
///
/// # Errors
/// When the database refuses.
pub async fn insert_step(conn: &mut Conn, s: &StepRow) -> Result<(), StoreError> {
    run!(conn, INSERT_STEP, s.root_id, s.campaign_id, &s.step, &s.due_on)?;
    Ok(())
}

/// The calendar of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn steps(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<StepRow>, StoreError> {
    kept!(conn, StepRow, STEPS, root, campaign)
}

/// Reviews of members in a campaign counted by unit, state and obligation.
///
/// # Errors
/// When the database fails.
pub async fn state_counts(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<StateCountRow>, StoreError> {
    rows!(conn, StateCountRow, STATE_COUNTS, root, campaign)
}
