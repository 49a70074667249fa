//! What the server does beside answering: jobs that were ordered, numbering the journal, sweeping ended sessions.

use std::time::Duration;

use application::checks::desk;
use application::{App, accounts, jobs, remind};
use chrono::TimeDelta;
use tokio::time::{MissedTickBehavior, interval};

/// Between two looks for waiting jobs.
const JOBS: Duration = Duration::from_secs(1);
/// Between two foldings of the journal.
const JOURNAL: Duration = Duration::from_millis(500);
/// Between two foldings of what acts changed into the figures of rounds.
const ROLLUPS: Duration = Duration::from_secs(1);
/// Between two looks whether the figures of rounds are to be counted anew, which is done once a night.
const CHECKS: Duration = Duration::from_mins(10);
/// Between two sweepings of ended sessions.
const SESSIONS: Duration = Duration::from_mins(10);
/// Between two looks whether somebody is to be reminded.
const REMINDERS: Duration = Duration::from_mins(5);
/// Between two looks for tables that were handed in to be checked and are no longer kept.
const TABLES: Duration = Duration::from_mins(15);

/// Works until it is dropped. What is cut off is begun anew by whoever comes next. `idle` is how long a session lives
/// without a sign of life.
pub async fn work(app: App, idle: TimeDelta) {
    tokio::join!(
        do_jobs(&app),
        fold_journals(&app),
        sweep_sessions(&app, idle),
        forget_tables(&app),
        fold_rollups(&app),
        check_rollups(&app),
        order_reminders(&app)
    );
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

async fn fold_rollups(app: &App) {
    let mut beat = interval(ROLLUPS);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Err(error) = jobs::fold_rollups(app).await {
            tracing::error!(%error, "figures of rounds");
        }
    }
}

async fn check_rollups(app: &App) {
    let mut beat = interval(CHECKS);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        match jobs::check_rollups(app).await {
            Ok(0) => {}
            Ok(differing) => tracing::error!(differing, "figures of rounds differed from what was counted"),
            Err(error) => tracing::error!(%error, "counting rounds anew"),
        }
    }
}

async fn sweep_sessions(app: &App, idle: TimeDelta) {
    let mut beat = interval(SESSIONS);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        match accounts::sweep_sessions(app, app.clock.now() - idle).await {
            Ok(0) => {}
            Ok(swept) => tracing::debug!(swept, "sessions"),
            Err(error) => tracing::error!(%error, "sessions"),
        }
    }
}

async fn forget_tables(app: &App) {
    let mut beat = interval(TABLES);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Err(error) = desk::forget_old(app).await {
            tracing::error!(%error, "tables handed in");
        }
    }
}

async fn order_reminders(app: &App) {
    let mut beat = interval(REMINDERS);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        if let Err(error) = remind::order_reminders(app).await {
            tracing::error!(%error, "reminders");
        }
    }
}
