//! Bàn kiểm tra: tables that somebody handed in to be checked. A table is kept only until it is checked and looked at, at most a
//! day; only who handed it in sees it or what was found. Nothing of it becomes a record of the house.

mod units;

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{Actor, IntakeId, JobId, PersonId, Refusal, RootId};
use serde::{Deserialize, Serialize};
use store::intake::{self, IntakeRow};
use store::job::{JobRow, NewJob, Progress};
use store::journal::Record;

use super::grid::Grid;
use super::may_check;
use super::roll::{Asked, Choices, Mapping, RollReport, Units, choices, examine, samples, sketch};
use crate::access::actor as actor_of;
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::jobs::{Lease, Outcome};
pub use units::{KeptReading, keep_reading, keep_units, kept_reading, kept_units, order_with_units};

/// Kind of the job, of the table and of what was found in it.
pub(crate) const KIND: &str = "table-check";
const TABLE: &str = "table";
const FOUND: &str = "table-found";
/// How the table is to be read. It stands beside the table and is removed with it: the job itself keeps neither the name of the
/// file nor a heading.
const ORDER: &str = "table-order";
/// How a table of people is to be read, while the file of units is handed in.
const READING: &str = "table-reading";
const UNITS: &str = "table-units";
/// Everything that is kept of a check.
const ALL: [&str; 5] = [TABLE, FOUND, ORDER, READING, UNITS];
/// How long a table is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// Jobs among which one that is being done is looked for.
const LOOK_BACK: u16 = 200;
/// Steps of a check: read, examined, written down.
const STEPS: u32 = 3;

/// Bảng đã nộp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTable {
    /// Name of the file.
    pub file_name: String,
    /// What is in it.
    pub grid: Grid,
}

/// Đã đoán cách đọc: what a page needs to have it confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// As well as it can be guessed.
    pub mapping: Mapping,
    /// What is wanting.
    pub doubt: Option<Refusal>,
    /// What may be chosen instead.
    pub choices: Choices,
    /// Of each column of the mapping the first few texts.
    pub samples: Vec<Vec<String>>,
}

/// Guesses how a kept table is to be read.
///
/// # Errors
/// As [`sketch`].
pub async fn guess_table(app: &App, kept: &Arc<KeptTable>, asked: Asked, most: usize) -> Result<Guess> {
    let (library, kept) = (app.library.clone(), kept.clone());
    aside(move || {
        let (mapping, doubt) = sketch(&library, &kept.grid, &asked)?;
        let choices = choices(&library, &mapping)?;
        let samples = mapping.columns.iter().map(|column| samples(&kept.grid, &mapping, column, most)).collect();
        Ok(Guess { mapping, doubt, choices, samples })
    })
    .await
}

/// What the job works on.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    table: IntakeId,
    /// Where it stands how the table is to be read.
    order: IntakeId,
}

/// How everything is to be read.
#[derive(Serialize, Deserialize)]
struct Ordered {
    mapping: Mapping,
    /// The file of units and how it is to be read.
    units: Option<(IntakeId, Mapping)>,
}

/// What is kept of a check.
#[derive(Serialize, Deserialize)]
struct Kept {
    report: RollReport,
}

/// Tình trạng một lần kiểm tra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckState {
    /// Waiting or being done.
    Checking,
    /// Done.
    Ready,
    /// Given up: what the person can act on, empty when it was our fault.
    Failed(Vec<Refusal>),
}

/// Một lần kiểm tra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCheck {
    /// Job.
    pub id: JobId,
    /// Table.
    pub table: IntakeId,
    /// Name of the file; empty when it is no longer kept.
    pub file_name: String,
    /// Steps done.
    pub done: i64,
    /// Steps in all, 0 while it waits.
    pub total: i64,
    /// State.
    pub state: CheckState,
}

/// Keeps a table until it is checked; what the same person left before is removed.
///
/// # Errors
/// [`Error::Denied`] for whoever may not have tables checked.
pub async fn keep_table(app: &App, actor: &Actor, file_name: String, sha256: String, grid: Grid) -> Result<IntakeId> {
    may_check(actor)?;
    let parsed = aside(move || Ok(serde_json::to_string(&grid)?)).await?;
    let mut work = Work::begin(app, actor).await?;
    let id: IntakeId = work.id();
    let row = IntakeRow {
        root_id: work.root(),
        intake_id: id.0,
        kind: TABLE.to_owned(),
        file_name,
        sha256,
        parsed,
        state: "waiting".to_owned(),
        made_by: actor.person.0,
        made_at: work.at,
    };
    for kind in ALL {
        intake::forget_own(&mut work.tx, row.root_id, kind, row.made_by).await?;
    }
    intake::insert_intake(&mut work.tx, &row).await?;
    work.commit_housekeeping("a table waits to be checked").await?;
    Ok(id)
}

/// A table, for whoever handed it in.
///
/// # Errors
/// [`Error::Denied`] for everybody else, and when it is no longer kept.
pub async fn kept_table(app: &App, actor: &Actor, id: IntakeId) -> Result<KeptTable> {
    kept(app, actor, id, TABLE).await
}

async fn kept(app: &App, actor: &Actor, id: IntakeId, kind: &str) -> Result<KeptTable> {
    let row = own(&mut *app.read(actor.root).await?, actor, id, kind).await?;
    aside(move || Ok(KeptTable { grid: serde_json::from_str(&row.parsed)?, file_name: row.file_name })).await
}

async fn own(conn: &mut store::Conn, actor: &Actor, id: IntakeId, kind: &str) -> Result<IntakeRow> {
    may_check(actor)?;
    let row = intake::intake(conn, actor.root.0, id.0).await?;
    row.filter(|row| row.made_by == actor.person.0 && row.kind == kind).ok_or(Error::Denied)
}

/// Orders a check of a kept table; while one is being done for the same table and person, gives that one.
///
/// # Errors
/// [`Error::Denied`].
pub async fn order_check(app: &App, actor: &Actor, id: IntakeId, mapping: Mapping) -> Result<JobId> {
    order(app, actor, id, Ordered { mapping, units: None }).await
}

async fn order(app: &App, actor: &Actor, id: IntakeId, ordered: Ordered) -> Result<JobId> {
    let mut work = Work::begin(app, actor).await?;
    let row = own(&mut work.tx, actor, id, TABLE).await?;
    let (job, order_id): (JobId, IntakeId) = (work.id(), work.id());
    let payload = serde_json::to_string(&Order { table: id, order: order_id })?;
    let unique = format!("{KIND}/{id}");
    let order = NewJob {
        job_id: job.0,
        kind: KIND,
        payload: &payload,
        unique_key: Some(&unique),
        made_by: actor.person.0,
        run_at: work.at,
    };
    if !store::job::enqueue(&mut work.tx, actor.root, &order).await? {
        let running = store::job::jobs_of(&mut work.tx, actor.root, actor.person.0, LOOK_BACK).await?;
        let same = running.into_iter().find(|job| job.unique_key.as_deref() == Some(unique.as_str()));
        return same
            .map(|job| JobId(job.job_id))
            .ok_or_else(|| Error::Fault(format!("a check of {id} is being done, but by no job of this person")));
    }
    let parsed = serde_json::to_string(&ordered)?;
    let order = IntakeRow {
        intake_id: order_id.0,
        kind: ORDER.to_owned(),
        sha256: String::new(),
        parsed,
        made_at: work.at,
        ..row
    };
    // Only the last way of reading of a person is kept.
    intake::forget_own(&mut work.tx, order.root_id, ORDER, order.made_by).await?;
    intake::insert_intake(&mut work.tx, &order).await?;
    work.commit_housekeeping("a check of a table was ordered").await?;
    Ok(job)
}

/// How far a check has come, for whoever ordered it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn table_check(app: &App, actor: &Actor, id: JobId) -> Result<TableCheck> {
    let mut reader = app.read(actor.root).await?;
    let job = own_job(&mut reader, actor, id).await?;
    let order: Order = serde_json::from_str(&job.payload)?;
    // Once nothing is kept any more the name of the file is not either.
    let table = intake::intake(&mut reader, actor.root.0, order.table.0).await?;
    let file_name = table.map(|table| table.file_name).unwrap_or_default();
    let state = match job.state.as_str() {
        "done" => CheckState::Ready,
        "failed" => CheckState::Failed(serde_json::from_str(&job.outcome).unwrap_or_default()),
        _ => CheckState::Checking,
    };
    Ok(TableCheck { id, table: order.table, file_name, done: job.done, total: job.total, state })
}

/// What a check found, for whoever ordered it.
///
/// # Errors
/// [`Error::Denied`] also while it is not done, and when it is no longer kept.
pub async fn found(app: &App, actor: &Actor, id: JobId) -> Result<RollReport> {
    let mut reader = app.read(actor.root).await?;
    let job = own_job(&mut reader, actor, id).await?;
    let kept = job.outcome.parse().map_err(|_| Error::Denied)?;
    let row = own(&mut reader, actor, IntakeId(kept), FOUND).await?;
    aside(move || Ok(serde_json::from_str::<Kept>(&row.parsed)?.report)).await
}

async fn own_job(conn: &mut store::Conn, actor: &Actor, id: JobId) -> Result<JobRow> {
    let job = store::job::job(conn, actor.root, id.0).await?;
    job.filter(|job| job.made_by == actor.person.0 && job.kind == KIND).ok_or(Error::Denied)
}

/// Does a check. Nothing is kept until all of it is found, so that a second run after a crash does the same again.
pub(crate) async fn run(app: &App, lease: &Lease<'_>) -> Result<Outcome> {
    let job = lease.job();
    let order: Order = serde_json::from_str(&job.payload)?;
    let actor = actor_of(app, RootId(job.root_id), PersonId(job.made_by)).await?;
    if !lease.report(Progress { done: 0, total: STEPS }).await? {
        return Ok(Outcome::Lost);
    }
    let kept = match ordered(app, &actor, &order).await {
        Ok(kept) => kept,
        Err(Error::Fault(fault)) => return Err(Error::Fault(fault)),
        Err(_) => return Ok(Outcome::GivenUp { message: "[]".to_owned(), cause: "no longer kept".to_owned() }),
    };
    if !lease.report(Progress { done: 1, total: STEPS }).await? {
        return Ok(Outcome::Lost);
    }
    let library = app.library.clone();
    let (KeptTable { file_name, grid }, mapping, units) = kept;
    let examined = aside(move || {
        let second = units.as_ref().map(|(file, mapping)| Units {
            file: &file.file_name,
            grid: &file.grid,
            mapping: Some(mapping),
        });
        examine(&library, &grid, &mapping, second)
    });
    match examined.await {
        Ok(report) => finish(app, &actor, lease, file_name, report).await,
        Err(Error::Refused(reasons)) => {
            let message = serde_json::to_string(&reasons)?;
            Ok(Outcome::GivenUp { message, cause: "the table cannot be checked".to_owned() })
        }
        Err(error) => Err(error),
    }
}

/// A table and how it is to be read; the file of units and how that is to be read.
async fn ordered(
    app: &App,
    actor: &Actor,
    order: &Order,
) -> Result<(KeptTable, Mapping, Option<(KeptTable, Mapping)>)> {
    let table = kept_table(app, actor, order.table).await?;
    let row = own(&mut *app.read(actor.root).await?, actor, order.order, ORDER).await?;
    let Ordered { mapping, units } = serde_json::from_str(&row.parsed)?;
    let units = match units {
        Some((file, mapping)) => Some((kept_units(app, actor, file).await?, mapping)),
        None => None,
    };
    Ok((table, mapping, units))
}

async fn finish(app: &App, actor: &Actor, lease: &Lease<'_>, file_name: String, report: RollReport) -> Result<Outcome> {
    if !lease.report(Progress { done: 2, total: STEPS }).await? {
        return Ok(Outcome::Lost);
    }
    let parsed = aside(move || Ok(serde_json::to_string(&Kept { report })?)).await?;
    if !lease.report(Progress { done: STEPS, total: STEPS }).await? {
        return Ok(Outcome::Lost);
    }
    let mut work = Work::begin(app, actor).await?;
    let id: IntakeId = work.id();
    let row = IntakeRow {
        root_id: work.root(),
        intake_id: id.0,
        kind: FOUND.to_owned(),
        file_name,
        sha256: String::new(),
        parsed,
        state: "confirmed".to_owned(),
        made_by: actor.person.0,
        made_at: work.at,
    };
    // Only the last result of a person is kept.
    intake::forget_own(&mut work.tx, row.root_id, FOUND, row.made_by).await?;
    intake::insert_intake(&mut work.tx, &row).await?;
    if !store::job::finish(&mut work.tx, lease.job(), &id.to_string()).await? {
        return Ok(Outcome::Lost);
    }
    work.commit_housekeeping("what was found in a table").await?;
    Ok(Outcome::Done)
}

/// Removes tables that were handed in more than a day ago, and what was found in them. The server calls it often.
///
/// # Errors
/// [`Error::Fault`] when the database fails.
pub async fn forget_old(app: &App) -> Result<()> {
    let before = app.clock.now() - KEPT;
    for root in store::root::roots(&app.db).await? {
        let mut tx = app.db.begin(RootId(root.root_id)).await?;
        let mut forgotten = 0;
        for kind in ALL {
            forgotten += intake::forget_before(&mut tx, root.root_id, kind, before).await?;
        }
        forgotten += store::job::forget_ended(&mut tx, RootId(root.root_id), KIND, before).await?;
        if forgotten > 0 {
            tx.commit(Record::housekeeping("tables no longer kept")).await?;
        }
    }
    Ok(())
}

/// Runs what takes a processor a while where it keeps nobody waiting.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Fault(error.to_string()))?
}
