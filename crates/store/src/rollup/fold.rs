//! Folding deltas into figures, and figures read with what is not folded yet.

use std::collections::BTreeMap;

use domain::RootId;
use uuid::Uuid;

use super::{
    ADD, CampaignUnitRow, FIGURES, FIGURES_BELOW, FIGURES_OF_FEW, FOLDED, ONE_PENDING, PENDING, UNIT_IN_ROUND,
};
use crate::db::{Conn, Db, StoreError};
use crate::sql::{Param, kept, maybe_row, rows, run};

/// Lớp: what is counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Word of `domain::subject::Subject`, or `unit`, or `notice`.
    pub subject: String,
    /// Obligation of a review, kind of a unit.
    pub kind: String,
    /// State of a review or notice, step of a unit.
    pub state: String,
    /// Decided level of a review, empty before; of a unit the day until which it should be a step further, empty when
    /// nothing is awaited from it.
    pub level: String,
}

/// Class → how many.
pub type Figures = BTreeMap<Class, i64>;

/// A unit's figure.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct FigureRow {
    pub(super) unit_id: Uuid,
    /// The parts of a class, joined by slashes.
    class: String,
    pub(super) n: i64,
}

impl FigureRow {
    pub(super) fn class(&self) -> Class {
        let mut parts = self.class.splitn(4, '/').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        Class { subject: part(), kind: part(), state: part(), level: part() }
    }
}

/// What is not folded yet, by unit.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct PendingRow {
    pub(super) round_id: Uuid,
    pub(super) top_id: Uuid,
    pub(super) path: String,
    subject: String,
    kind: String,
    state: String,
    level: String,
    pub(super) n: i64,
}

impl PendingRow {
    pub(super) fn class(&self) -> Class {
        let (subject, kind) = (self.subject.clone(), self.kind.clone());
        Class { subject, kind, state: self.state.clone(), level: self.level.clone() }
    }
}

/// The units a path goes through, from the one that opened the round downwards; all of them when another body leads the
/// round meanwhile, so that nobody falls out of the figures.
pub(super) fn line(path: &str, top: Uuid) -> Vec<Uuid> {
    let units: Vec<Uuid> = path.split('/').filter_map(|part| part.parse().ok()).collect();
    let from = units.iter().position(|unit| *unit == top).unwrap_or(0);
    units.into_iter().skip(from).collect()
}

/// Adds what waits to the figures of the unit and of each unit above it. Cheap when nothing waits.
///
/// # Errors
/// When the database fails.
pub async fn fold(db: &Db, root: RootId) -> Result<u64, StoreError> {
    let mut reader = db.look(root).await?;
    if maybe_row!(reader, (Uuid,), ONE_PENDING, root)?.is_none() {
        return Ok(0);
    }
    drop(reader);
    let mut chore = db.chore_alone(root).await?;
    let mut sums: BTreeMap<(Uuid, Uuid, Class), i64> = BTreeMap::new();
    for row in rows!(chore, PendingRow, PENDING, root)? {
        for unit in line(&row.path, row.top_id) {
            *sums.entry((row.round_id, unit, row.class())).or_default() += row.n;
        }
    }
    for ((round, unit, class), n) in sums.into_iter().filter(|(_, n)| *n != 0) {
        run!(chore, ADD, root, round, unit, class.subject, class.kind, class.state, class.level, n)?;
    }
    let folded = run!(chore, FOLDED, root)?;
    chore.commit().await?;
    Ok(folded)
}

/// The figures of a unit of a round at this moment, with everything below it.
///
/// # Errors
/// When the database fails.
pub async fn figures(conn: &mut Conn, root: Uuid, round: Uuid, unit: Uuid) -> Result<Figures, StoreError> {
    let mut figures = Figures::new();
    for row in kept!(conn, FigureRow, FIGURES, root, round, unit)? {
        *figures.entry(row.class()).or_default() += row.n;
    }
    for row in kept!(conn, PendingRow, PENDING, root)? {
        if row.round_id == round && line(&row.path, row.top_id).contains(&unit) {
            *figures.entry(row.class()).or_default() += row.n;
        }
    }
    figures.retain(|_, n| *n != 0);
    Ok(figures)
}

/// Figures of so many units are asked for by name; of more, those of all units below.
pub const FEW: usize = 20;

/// The figures of some units directly below one, as [`figures`]: those asked for, and others when many are.
///
/// # Errors
/// When the database fails.
pub async fn figures_below(
    conn: &mut Conn,
    root: Uuid,
    (round, unit): (Uuid, Uuid),
    children: &[Uuid],
) -> Result<BTreeMap<Uuid, Figures>, StoreError> {
    let rows = if children.len() > FEW {
        rows!(conn, FigureRow, FIGURES_BELOW, root, round, unit)?
    } else {
        let listed = children.iter().copied().chain(std::iter::repeat(Uuid::nil())).take(FEW);
        let values = [root, round].into_iter().chain(listed).map(Param::value).collect();
        crate::query::rows::<FigureRow>(conn, FIGURES_OF_FEW, values).await?
    };
    let mut below: BTreeMap<Uuid, Figures> = BTreeMap::new();
    for row in rows {
        *below.entry(row.unit_id).or_default().entry(row.class()).or_default() += row.n;
    }
    for row in kept!(conn, PendingRow, PENDING, root)?.into_iter().filter(|row| row.round_id == round) {
        let line = line(&row.path, row.top_id);
        let child = line.iter().position(|one| *one == unit).and_then(|at| line.get(at + 1));
        if let Some(child) = child {
            *below.entry(*child).or_default().entry(row.class()).or_default() += row.n;
        }
    }
    for figures in below.values_mut() {
        figures.retain(|_, n| *n != 0);
    }
    Ok(below)
}

/// A unit's place in a round; none when it is not part of it.
///
/// # Errors
/// When the database fails.
pub async fn unit_in_round(
    conn: &mut Conn,
    root: Uuid,
    round: Uuid,
    unit: Uuid,
) -> Result<Option<CampaignUnitRow>, StoreError> {
    Ok(kept!(conn, CampaignUnitRow, UNIT_IN_ROUND, root, round, unit)?.pop())
}
