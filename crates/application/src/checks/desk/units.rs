//! Tệp thứ hai: a file with the levels of units, handed in beside a table of people once it is settled how that is to be read.

use std::sync::Arc;

use domain::{Actor, IntakeId, JobId, Refusal};
use serde::{Deserialize, Serialize};
use store::intake::{self, IntakeRow};

use super::super::grid::Grid;
use super::super::roll::{Kind, Mapping, Units, sheets_of_units, units_told};
use super::{KeptTable, Ordered, READING, TABLE, UNITS, aside, kept, order, own};
use crate::app::{App, Work};
use crate::error::Result;

/// Cách đọc đã xác nhận của bảng thứ nhất.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReading {
    /// The table.
    pub table: IntakeId,
    /// Name of its file.
    pub file_name: String,
    /// How it is to be read.
    pub mapping: Mapping,
}

#[derive(Serialize, Deserialize)]
struct Reading {
    table: IntakeId,
    mapping: Mapping,
}

/// Keeps how a table of people is to be read, until the file of units is there.
///
/// # Errors
/// [`crate::Error::Denied`]; `CHECK-025` for a table that is not about people.
pub async fn keep_reading(app: &App, actor: &Actor, table: IntakeId, mapping: Mapping) -> Result<IntakeId> {
    if mapping.kind != Kind::Person {
        return Err(Refusal::new("CHECK-025").into());
    }
    let mut work = Work::begin(app, actor).await?;
    let row = own(&mut work.tx, actor, table, TABLE).await?;
    let parsed = serde_json::to_string(&Reading { table, mapping })?;
    keep(work, IntakeRow { kind: READING.to_owned(), sha256: String::new(), parsed, ..row }).await
}

/// How the table of people is to be read, for whoever said so.
///
/// # Errors
/// [`crate::Error::Denied`] for everybody else, and when it is no longer kept.
pub async fn kept_reading(app: &App, actor: &Actor, id: IntakeId) -> Result<KeptReading> {
    let row = own(&mut *app.read(actor.root).await?, actor, id, READING).await?;
    let Reading { table, mapping } = serde_json::from_str(&row.parsed)?;
    Ok(KeptReading { table, file_name: row.file_name, mapping })
}

/// Keeps the file of units; of its sheets those that are no lists of people.
///
/// # Errors
/// [`crate::Error::Denied`]; at the field `units` `CHECK-020` for a list of people, `CHECK-004` for a file without rows.
pub async fn keep_units(
    app: &App,
    actor: &Actor,
    reading: IntakeId,
    (file_name, sha256): (String, String),
    grid: Grid,
) -> Result<IntakeId> {
    let (of, library) = (kept_reading(app, actor, reading).await?.mapping, app.library.clone());
    let parsed = aside(move || Ok(serde_json::to_string(&sheets_of_units(&library, grid, &of)?)?)).await?;
    let mut work = Work::begin(app, actor).await?;
    let row = own(&mut work.tx, actor, reading, READING).await?;
    keep(work, IntakeRow { kind: UNITS.to_owned(), file_name, sha256, parsed, ..row }).await
}

/// Keeps this instead of what the same person kept of the kind before.
async fn keep(mut work: Work<'_>, row: IntakeRow) -> Result<IntakeId> {
    let id: IntakeId = work.id();
    let row = IntakeRow { intake_id: id.0, made_at: work.at, ..row };
    intake::forget_own(&mut work.tx, row.root_id, &row.kind, row.made_by).await?;
    intake::insert_intake(&mut work.tx, &row).await?;
    work.commit_housekeeping("a table waits to be checked beside one of units").await?;
    Ok(id)
}

/// The file of units, for whoever handed it in.
///
/// # Errors
/// [`crate::Error::Denied`] for everybody else, and when it is no longer kept.
pub async fn kept_units(app: &App, actor: &Actor, id: IntakeId) -> Result<KeptTable> {
    kept(app, actor, id, UNITS).await
}

/// Orders a check of a table of people beside a file of units.
///
/// # Errors
/// [`crate::Error::Denied`]; what is wrong with the file of units, such as `CHECK-024` when it tells no level.
pub async fn order_with_units(
    app: &App,
    actor: &Actor,
    reading: IntakeId,
    file: IntakeId,
    mapping: Mapping,
) -> Result<JobId> {
    let first = kept_reading(app, actor, reading).await?;
    let (units, of, library) =
        (Arc::new(kept_units(app, actor, file).await?), first.mapping.clone(), app.library.clone());
    let mapping = aside(move || {
        let second = Units { file: &units.file_name, grid: &units.grid, mapping: Some(&mapping) };
        units_told(&library, second, &of)?;
        Ok(mapping)
    })
    .await?;
    let ordered = Ordered { mapping: first.mapping, units: Some((file, mapping)) };
    order(app, actor, first.table, ordered).await
}
