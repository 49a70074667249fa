//! Counting a round anew from the tables and comparing it with what was rolled up.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::RootId;
use uuid::Uuid;

use super::fold::{FigureRow, PendingRow, line};
use super::{
    CAMPAIGN_OWNER, CLEAR_DELTAS, CLEAR_ROUND, COUNTED_NOTICES, COUNTED_REVIEWS, COUNTED_UNITS, Class,
    FIGURES_OF_ROUND, INSERT_CHECK, LAST_CHECKS, PENDING,
};
use crate::bulk::{Table, WholeRow, columns, insert_all};
use crate::db::{Conn, Db, StoreError};
use crate::sql::{one, rows, run};

/// Differences kept in words of a check.
const SAMPLE: usize = 20;

/// One row of `rollup_check`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CheckRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Check.
    pub check_id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// When.
    pub checked_at: DateTime<Utc>,
    /// Figures that were compared.
    pub compared: i64,
    /// How many of them differed.
    pub differing: i64,
    /// The first of them, one a line: unit, class, rolled up, counted.
    pub sample: String,
}

/// A figure that is not what counting gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Unit.
    pub unit: Uuid,
    /// What is counted.
    pub class: Class,
    /// What was rolled up.
    pub rolled: i64,
    /// What counting gives.
    pub counted: i64,
}

#[derive(Debug, sqlx::FromRow)]
struct CountedRow {
    path: String,
    subject: String,
    kind: String,
    state: String,
    level: String,
    n: i64,
}

struct RollupRow {
    root_id: Uuid,
    round_id: Uuid,
    unit_id: Uuid,
    subject: String,
    kind: String,
    state: String,
    level: String,
    n: i64,
}
columns! { RollupRow in rollup, key (round_id, unit_id, subject, kind, state, level), rest (n) }

pub(super) const TABLE: Table = RollupRow::TABLE;

type Whole = BTreeMap<(Uuid, Class), i64>;

/// Counts a round from the reviews, meetings, decisions and notices themselves, for every unit.
async fn counted(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Whole, StoreError> {
    let (top,) = one!(conn, (Uuid,), CAMPAIGN_OWNER, root, round)?;
    let mut whole = Whole::new();
    for statement in [COUNTED_REVIEWS, COUNTED_UNITS, COUNTED_NOTICES] {
        for row in rows!(conn, CountedRow, statement, root, round)? {
            let class = Class { subject: row.subject, kind: row.kind, state: row.state, level: row.level };
            for unit in line(&row.path, top) {
                *whole.entry((unit, class.clone())).or_default() += row.n;
            }
        }
    }
    Ok(whole)
}

/// What was rolled up for a round, with what is not folded yet.
async fn rolled(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Whole, StoreError> {
    let mut whole = Whole::new();
    for row in rows!(conn, FigureRow, FIGURES_OF_ROUND, root, round)? {
        *whole.entry((row.unit_id, row.class())).or_default() += row.n;
    }
    for row in rows!(conn, PendingRow, PENDING, root)?.into_iter().filter(|row| row.round_id == round) {
        for unit in line(&row.path, row.top_id) {
            *whole.entry((unit, row.class())).or_default() += row.n;
        }
    }
    Ok(whole)
}

/// Counts a round anew and compares: how many figures, and those that differ.
///
/// # Errors
/// When the database fails.
pub async fn compare(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<(usize, Vec<Difference>), StoreError> {
    let counted = counted(conn, root, round).await?;
    let mut both: BTreeMap<(Uuid, Class), (i64, i64)> = BTreeMap::new();
    for (key, n) in rolled(conn, root, round).await? {
        both.entry(key).or_default().0 = n;
    }
    for (key, n) in counted {
        both.entry(key).or_default().1 = n;
    }
    let compared = both.len();
    let differing = both.into_iter().filter(|(_, (rolled, counted))| rolled != counted);
    let differing = differing.map(|((unit, class), (rolled, counted))| Difference { unit, class, rolled, counted });
    Ok((compared, differing.collect()))
}

/// Replaces the figures of a round by what counting gives.
///
/// # Errors
/// When the database fails.
pub async fn rebuild(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<(), StoreError> {
    let counted = counted(conn, root, round).await?;
    run!(conn, CLEAR_DELTAS, root, round)?;
    run!(conn, CLEAR_ROUND, root, round)?;
    let rows: Vec<RollupRow> =
        counted.into_iter().map(|((unit_id, class), n)| row_of(root, round, unit_id, class, n)).collect();
    insert_all(conn, &rows).await?;
    Ok(())
}

fn row_of(root_id: Uuid, round_id: Uuid, unit_id: Uuid, class: Class, n: i64) -> RollupRow {
    let Class { subject, kind, state, level } = class;
    RollupRow { root_id, round_id, unit_id, subject, kind, state, level, n }
}

/// The nightly check of a round: compares, writes down what it found, and counts anew where something differed.
///
/// # Errors
/// When the database fails.
pub async fn check_round(
    db: &Db,
    root: RootId,
    round: Uuid,
    check: Uuid,
    at: DateTime<Utc>,
) -> Result<CheckRow, StoreError> {
    let mut chore = db.chore_alone(root).await?;
    let (compared, differing) = compare(&mut chore, root.0, round).await?;
    let in_words = |one: &Difference| {
        let Class { subject, kind, state, level } = &one.class;
        format!("{} {subject}/{kind}/{state}/{level}: {} ≠ {}", one.unit, one.rolled, one.counted)
    };
    let row = CheckRow {
        root_id: root.0,
        check_id: check,
        round_id: round,
        checked_at: at,
        compared: i64::try_from(compared).unwrap_or(i64::MAX),
        differing: i64::try_from(differing.len()).unwrap_or(i64::MAX),
        sample: differing.iter().take(SAMPLE).map(in_words).collect::<Vec<_>>().join("\n"),
    };
    run!(
        chore, INSERT_CHECK, row.root_id, row.check_id, row.round_id, row.checked_at, row.compared, row.differing,
        &row.sample
    )?;
    if !differing.is_empty() {
        rebuild(&mut chore, root.0, round).await?;
    }
    chore.commit().await?;
    Ok(row)
}

/// The newest checks of a round.
///
/// # Errors
/// When the database fails.
pub async fn last_checks(conn: &mut Conn, root: Uuid, round: Uuid, limit: u16) -> Result<Vec<CheckRow>, StoreError> {
    rows!(conn, CheckRow, LAST_CHECKS, root, round, limit)
}
