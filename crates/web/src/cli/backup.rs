//! `guong backup`: writes a checked copy of the database while the program runs.

use std::path::PathBuf;

use super::{Desk, Done, FINE};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Copies an embedded database; for PostgreSQL it says which command does.
///
/// # Errors
/// When the file exists or the copy is damaged.
pub async fn run(desk: Desk, options: Options) -> Done {
    let app = desk.open().await?;
    let copied = application::upkeep::backup(&app, &options.file).await;
    app.close().await;
    copied?;
    desk.say("backup-done", &[("file", options.file.display().to_string())]);
    Ok(FINE)
}
