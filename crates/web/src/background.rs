//! What the server does beside answering: jobs that were ordered, and numbering the journal.

use std::time::Duration;

use application::{App, jobs};
use tokio::time::{MissedTickBehavior, interval};

/// Between two looks for waiting jobs.
const JOBS: Duration = Duration::from_secs(1);
/// Between two foldings of the journal.
const JOURNAL: Duration = Duration::from_millis(500);

/// Works until it is dropped. What is cut off is begun anew by whoever comes next.
pub async fn work(app: App) {
    tokio::join!(do_jobs(&app), fold_journals(&app));
}

async fn do_jobs(app: &App) {
    let mut beat = interval(JOBS);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        loop {
            match jobs::run_one(app).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::error!(%error, "jobs");
                    break;
                }
            }
        }
    }
}

async fn fold_journals(app: &App) {
    let mut beat = interval(JOURNAL);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Err(error) = jobs::fold_journals(app).await {
            tracing::error!(%error, "journal");
        }
    }
}
