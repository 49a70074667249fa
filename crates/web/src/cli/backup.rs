//! `guong backup`: writes a copy of the database while the program runs.

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
    desk.say("cli-not-yet", &[("verb", "backup".to_owned())]);
    Ok(UNREADABLE)
}
