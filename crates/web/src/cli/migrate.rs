//! `guong migrate`: brings the schema of the database up to date.

use super::{Desk, Done, FINE};

/// Nothing to choose.
#[derive(clap::Args)]
pub struct Options {}

/// Runs the migrations that are missing.
///
/// # Errors
/// When the database cannot be reached or a released migration was changed.
pub async fn run(desk: Desk, _: Options) -> Done {
    let app = desk.open().await?;
    app.migrate().await?;
    desk.say("cli-migrated", &[("engine", app.engine().to_owned())]);
    app.close().await;
    Ok(FINE)
}
