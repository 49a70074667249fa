//! `guong import`: brings a roster workbook into the database.

use super::{Desk, Done, UNREADABLE};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: std::path::PathBuf,
}

/// Not built yet: says so and fails.
///
/// # Errors
/// None so far.
pub async fn run(desk: Desk, options: Options) -> Done {
    let _ = options;
    desk.say("cli-not-yet", &[("verb", "import".to_owned())]);
    Ok(UNREADABLE)
}
