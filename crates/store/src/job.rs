//! Background work: a queue in a table, filled in the transaction of the act that wants it. Delivery is at least once.
//!
//! States: `waiting`, `running` (until the lease ends, then somebody else may take it), `done`, `failed`.

use chrono::{DateTime, Utc};
use domain::RootId;
use uuid::Uuid;

use crate::db::{Conn, Db};
use crate::error::Result;

/// One row of `job`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Job.
    pub job_id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// On what, as JSON.
    pub payload: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// Steps done.
    pub done: i64,
    /// Steps in all; 0 while unknown.
    pub total: i64,
    /// What came of it: a message or an identifier, empty before.
    pub outcome: String,
    /// How often it was begun.
    pub attempts: i64,
    /// While a job with this key waits or runs, no second one is taken on.
    pub unique_key: Option<String>,
    /// Who wanted it.
    pub made_by: Uuid,
    /// Not before this moment.
    pub run_at: DateTime<Utc>,
    /// End of the lease of whoever runs it.
    pub locked_until: Option<DateTime<Utc>>,
}

/// A job to be taken on.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Job.
    pub job_id: Uuid,
    /// What is to be done.
    pub kind: &'a str,
    /// On what, as JSON.
    pub payload: &'a str,
    /// While a job with this key waits or runs, no second one is taken on.
    pub unique_key: Option<&'a str>,
    /// Who wants it.
    pub made_by: Uuid,
    /// Not before this moment.
    pub run_at: DateTime<Utc>,
}

crate::statements! {
    ENQUEUE = "INSERT INTO job (root_id, job_id, kind, payload, state, done, total, outcome, attempts, unique_key, made_by, run_at) \
        VALUES ($1, $2, $3, $4, 'waiting', 0, 0, '', 0, $5, $6, $7) ON CONFLICT (root_id, unique_key) DO NOTHING";
    CLAIM = {
        lite: "UPDATE job SET state = 'running', attempts = attempts + 1, locked_until = $3 WHERE root_id = $1 AND job_id = \
            (SELECT job_id FROM job WHERE root_id = $1 AND run_at <= $2 \
            AND (state = 'waiting' OR (state = 'running' AND locked_until <= $2)) ORDER BY run_at, job_id LIMIT 1) RETURNING *",
        pg: "UPDATE job SET state = 'running', attempts = attempts + 1, locked_until = $3 WHERE root_id = $1 AND job_id = \
            (SELECT job_id FROM job WHERE root_id = $1 AND run_at <= $2 \
            AND (state = 'waiting' OR (state = 'running' AND locked_until <= $2)) ORDER BY run_at, job_id LIMIT 1 \
            FOR UPDATE SKIP LOCKED) RETURNING *",
    };
    READY = "SELECT job_id FROM job WHERE root_id = $1 AND run_at <= $2 \
        AND (state = 'waiting' OR (state = 'running' AND locked_until <= $2)) LIMIT 1";
    // A worker whose lease was taken over has another number of attempts and changes nothing.
    PROGRESS = "UPDATE job SET done = $4, total = $5, locked_until = $6 \
        WHERE root_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'running'";
    END_JOB = "UPDATE job SET state = $4, outcome = $5, unique_key = NULL, locked_until = NULL \
        WHERE root_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'running'";
    POSTPONE = "UPDATE job SET state = 'waiting', outcome = $4, run_at = $5, locked_until = NULL \
        WHERE root_id = $1 AND job_id = $2 AND attempts = $3 AND state = 'running'";
    RETRY = "UPDATE job SET state = 'waiting', attempts = 0, run_at = $3 WHERE root_id = $1 AND job_id = $2 AND state = 'failed'";
    LAST_OF_KIND = "SELECT run_at FROM job WHERE root_id = $1 AND kind = $2 ORDER BY run_at DESC LIMIT 1";
    FAILED_JOBS = "SELECT * FROM job WHERE root_id = $1 AND state = 'failed' ORDER BY run_at DESC LIMIT $2";
    NEWEST_JOBS = "SELECT * FROM job WHERE root_id = $1 ORDER BY run_at DESC LIMIT $2";
    FAILED = "SELECT COUNT(*) FROM job WHERE root_id = $1 AND state = 'failed'";
    FORGET_JOBS = "DELETE FROM job WHERE root_id = $1 AND kind = $2 AND run_at < $3 AND state IN ('done', 'failed')";
    JOB_BY_ID = "SELECT * FROM job WHERE root_id = $1 AND job_id = $2";
    JOBS_OF_PERSON = "SELECT * FROM job WHERE root_id = $1 AND made_by = $2 ORDER BY run_at DESC, job_id DESC LIMIT $3";
}

/// Takes a job on, in the transaction of the act. False when one with its unique key waits or runs already.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(conn: &mut Conn, root: RootId, job: &NewJob<'_>) -> Result<bool> {
    let written =
        crate::run!(conn, ENQUEUE, root, job.job_id, job.kind, job.payload, job.unique_key, job.made_by, job.run_at)?;
    Ok(written == 1)
}

/// Takes the longest waiting job, or one whose worker let its lease run out. Nobody else gets it before `lease_until`.
///
/// # Errors
/// When the database fails.
pub async fn claim(db: &Db, root: RootId, now: DateTime<Utc>, lease_until: DateTime<Utc>) -> Result<Option<JobRow>> {
    let mut reader = db.look(root).await?;
    if crate::maybe_row!(reader, (Uuid,), READY, root, now)?.is_none() {
        return Ok(None);
    }
    drop(reader);
    let mut chore = db.chore(root).await?;
    let job = crate::maybe_row!(chore, JobRow, CLAIM, root, now, lease_until)?;
    chore.commit().await?;
    Ok(job)
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// Notes how far a job has come and prolongs its lease. False when the lease was lost: the worker must stop.
///
/// # Errors
/// When the database fails.
pub async fn progress(db: &Db, job: &JobRow, progress: Progress, lease_until: DateTime<Utc>) -> Result<bool> {
    let mut chore = db.chore(RootId(job.root_id)).await?;
    let (done, total) = (progress.done, progress.total);
    let kept = crate::run!(chore, PROGRESS, job.root_id, job.job_id, job.attempts, done, total, lease_until)?;
    chore.commit().await?;
    Ok(kept == 1)
}

/// Ends a job in the transaction that writes its result. False when the lease was lost: the caller must roll back.
///
/// # Errors
/// When the database fails.
pub async fn finish(conn: &mut Conn, job: &JobRow, outcome: &str) -> Result<bool> {
    end(conn, job, "done", outcome).await
}

/// Gives a job up, with a message for whoever wanted it. False when the lease was lost.
///
/// # Errors
/// When the database fails.
pub async fn fail(db: &Db, job: &JobRow, message: &str) -> Result<bool> {
    let mut chore = db.chore(RootId(job.root_id)).await?;
    let kept = end(&mut chore, job, "failed", message).await?;
    chore.commit().await?;
    Ok(kept)
}

async fn end(conn: &mut Conn, job: &JobRow, state: &str, outcome: &str) -> Result<bool> {
    Ok(crate::run!(conn, END_JOB, job.root_id, job.job_id, job.attempts, state, outcome)? == 1)
}

/// Puts a job back until `run_at`, with the reason for whoever looks. False when the lease was lost.
///
/// # Errors
/// When the database fails.
pub async fn postpone(db: &Db, job: &JobRow, reason: &str, run_at: DateTime<Utc>) -> Result<bool> {
    let mut chore = db.chore(RootId(job.root_id)).await?;
    let kept = crate::run!(chore, POSTPONE, job.root_id, job.job_id, job.attempts, reason, run_at)?;
    chore.commit().await?;
    Ok(kept == 1)
}

/// Lets a job that was given up begin anew. False when it is not given up.
///
/// # Errors
/// When the database fails.
pub async fn retry(conn: &mut Conn, root: RootId, job: Uuid, run_at: DateTime<Utc>) -> Result<bool> {
    Ok(crate::run!(conn, RETRY, root, job, run_at)? == 1)
}

/// When the newest job of a kind was to run.
///
/// # Errors
/// When the database fails.
pub async fn last_of_kind(conn: &mut Conn, root: RootId, kind: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(crate::maybe_row!(conn, (DateTime<Utc>,), LAST_OF_KIND, root, kind)?.map(|(run_at,)| run_at))
}

/// What was given up, then the newest.
///
/// # Errors
/// When the database fails.
pub async fn to_show(conn: &mut Conn, root: RootId, limit: u16) -> Result<Vec<JobRow>> {
    let mut shown = crate::rows!(conn, JobRow, FAILED_JOBS, root, limit)?;
    let newest = crate::rows!(conn, JobRow, NEWEST_JOBS, root, limit)?;
    shown.extend(newest.into_iter().filter(|job| job.state != "failed"));
    Ok(shown)
}

/// How many were given up.
///
/// # Errors
/// When the database fails.
pub async fn failed(conn: &mut Conn, root: RootId) -> Result<i64> {
    Ok(crate::sql::one!(conn, (i64,), FAILED, root)?.0)
}

/// Removes jobs of a kind that ended and were to be run before a moment; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_ended(conn: &mut Conn, root: RootId, kind: &str, before: DateTime<Utc>) -> Result<u64> {
    crate::run!(conn, FORGET_JOBS, root, kind, before)
}

/// One job.
///
/// # Errors
/// When the database fails.
pub async fn job(conn: &mut Conn, root: RootId, job: Uuid) -> Result<Option<JobRow>> {
    crate::maybe_row!(conn, JobRow, JOB_BY_ID, root, job)
}

/// The newest jobs a person wanted.
///
/// # Errors
/// When the database fails.
pub async fn jobs_of(conn: &mut Conn, root: RootId, person: Uuid, limit: u16) -> Result<Vec<JobRow>> {
    crate::rows!(conn, JobRow, JOBS_OF_PERSON, root, person, limit)
}
