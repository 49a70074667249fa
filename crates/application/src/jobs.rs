//! Công việc nền: takes the next waiting job of any hierarchy and does it. Delivery is at least once: a job whose worker
//! died is taken again when its lease ends, and every kind of job can be begun anew.

use chrono::{DateTime, TimeDelta, Utc};
use domain::campaign::CampaignState;
use store::job::{JobRow, Progress};

use crate::acts::campaign::{OPENING_KIND, run_opening};
use crate::app::App;
use crate::checks::desk;
use crate::error::{Error, Result};
use crate::papers::{BUNDLE_KIND, run_bundle};
use crate::remind;

/// How long a worker may be silent before somebody else takes its job.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How often a job is begun before it is given up.
const ATTEMPTS: i64 = 4;

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done; the job was ended in the transaction that wrote its result.
    Done,
    /// Given up: a message for whoever wanted it, the cause for the log.
    GivenUp {
        /// For the person.
        message: String,
        /// For the log.
        cause: String,
    },
    /// Not now: to be tried again.
    Later {
        /// Why, for whoever looks.
        reason: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody else has it now.
    Lost,
}

/// A job in hand.
pub(crate) struct Lease<'a> {
    app: &'a App,
    job: JobRow,
}

impl Lease<'_> {
    pub(crate) const fn job(&self) -> &JobRow {
        &self.job
    }

    /// Notes how far the job has come and prolongs the lease; false when it was lost.
    pub(crate) async fn report(&self, progress: Progress) -> Result<bool> {
        Ok(store::job::progress(&self.app.db, &self.job, progress, until(self.app.clock.now())).await?)
    }
}

fn until(now: DateTime<Utc>) -> DateTime<Utc> {
    now + LEASE
}

/// Does one waiting job, if there is one; true when there was. The server calls it until it says false, then waits a
/// second and asks again.
///
/// # Errors
/// [`Error::Fault`] when the database fails; the job stays and is taken again when its lease ends.
pub async fn run_one(app: &App) -> Result<bool> {
    for root in store::root::roots(&app.db).await? {
        let now = app.clock.now();
        if let Some(job) = store::job::claim(&app.db, domain::RootId(root.root_id), now, until(now)).await? {
            run(&Lease { app, job }).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Numbers the journal entries that wait, of every hierarchy. The server calls it often; it is cheap when nothing waits.
///
/// # Errors
/// [`Error::Fault`] when the database fails.
pub async fn fold_journals(app: &App) -> Result<()> {
    for root in store::root::roots(&app.db).await? {
        store::journal::integrate(&app.db, domain::RootId(root.root_id)).await?;
    }
    Ok(())
}

/// Adds what acts changed to the figures of every round. Cheap when nothing waits.
///
/// # Errors
/// [`Error::Fault`] when the database fails.
pub async fn fold_rollups(app: &App) -> Result<()> {
    for root in store::root::roots(&app.db).await? {
        store::rollup::fold(&app.db, domain::RootId(root.root_id)).await?;
    }
    Ok(())
}

/// Counts every open round anew, once a night, and says how many figures differed; those are written down and shown.
///
/// # Errors
/// [`Error::Fault`] when the database fails.
pub async fn check_rollups(app: &App) -> Result<i64> {
    const FROM_HOUR: u32 = 1;
    const TO_HOUR: u32 = 5;
    let mut differing = 0;
    if !(FROM_HOUR..TO_HOUR).contains(&crate::ports::hour_in_vietnam(app.clock.now())) {
        return Ok(differing);
    }
    for root in store::root::roots(&app.db).await? {
        let root = domain::RootId(root.root_id);
        let mut reader = app.read(root).await?;
        let rounds = store::campaign::rounds(&mut reader, root.0).await?;
        let mut due = Vec::new();
        for round in rounds.into_iter().filter(|round| round.state == CampaignState::Open.word()) {
            let last = store::rollup::last_checks(&mut reader, root.0, round.campaign_id, 1).await?;
            let today = |at| crate::ports::day_in_vietnam(at) == app.clock.today();
            if !last.iter().any(|check| today(check.checked_at)) {
                due.push(round.campaign_id);
            }
        }
        drop(reader);
        for round in due {
            differing += check_rollup(app, root, round).await?.differing;
        }
    }
    Ok(differing)
}

/// Counts one round anew and writes down what differed.
pub(crate) async fn check_rollup(
    app: &App,
    root: domain::RootId,
    round: uuid::Uuid,
) -> Result<store::rollup::CheckRow> {
    let at = app.clock.now();
    Ok(store::rollup::check_round(&app.db, root, round, app.chance.id(at), at).await?)
}

async fn run(lease: &Lease<'_>) -> Result<()> {
    let job = &lease.job;
    if job.attempts > ATTEMPTS {
        return give_up(lease, "", "begun too often").await;
    }
    let outcome = match job.kind.as_str() {
        BUNDLE_KIND => run_bundle(lease.app, lease).await,
        desk::KIND => desk::run(lease.app, lease).await,
        OPENING_KIND => run_opening(lease.app, lease).await,
        remind::REMIND => remind::run_round(lease.app, lease).await,
        remind::MAIL => remind::run_mail(lease.app, lease).await,
        other => Ok(Outcome::GivenUp { message: String::new(), cause: format!("unknown kind of job: {other}") }),
    };
    match outcome {
        Ok(Outcome::Done) => Ok(()),
        Ok(Outcome::Lost) => {
            tracing::warn!(job = %job.job_id, "lease lost");
            Ok(())
        }
        Ok(Outcome::Later { reason, at }) => {
            tracing::warn!(job = %job.job_id, kind = %job.kind, reason, "job put off");
            store::job::postpone(&lease.app.db, job, &reason, at).await?;
            Ok(())
        }
        Ok(Outcome::GivenUp { message, cause }) => give_up(lease, &message, &cause).await,
        Err(Error::Fault(fault)) => Err(Error::Fault(format!("job {}: {fault}", job.job_id))),
        Err(other) => give_up(lease, "", &other.to_string()).await,
    }
}

async fn give_up(lease: &Lease<'_>, message: &str, cause: &str) -> Result<()> {
    tracing::error!(job = %lease.job.job_id, kind = %lease.job.kind, cause, "job given up");
    store::job::fail(&lease.app.db, &lease.job, message).await?;
    Ok(())
}
