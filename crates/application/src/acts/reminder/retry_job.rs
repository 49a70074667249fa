//! Cho chạy lại một công việc nền đã thôi.

use domain::{Actor, JobId, Refusal, RootId};

use crate::app::{App, Work};
use crate::error::Result;
use crate::reads::reminder::may_manage_jobs;

/// Lets a job that was given up begin anew.
///
/// # Errors
/// `JOB-001` it is not given up (any more); [`crate::Error::Denied`] for others than the office of the body at the top.
pub async fn retry_job(app: &App, actor: &Actor, job: JobId) -> Result<()> {
    may_manage_jobs(actor)?;
    let mut work = Work::begin(app, actor).await?;
    let (root, at) = (RootId(work.root()), work.at);
    if !store::job::retry(&mut work.tx, root, job.0, at).await? {
        return Err(Refusal::new("JOB-001").into());
    }
    work.note::<()>("job.retried", format!("job/{job}"), None, None)?;
    work.commit().await
}
