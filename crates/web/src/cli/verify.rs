//! `guong verify`: recomputes the journal and names the first bad entry.

use super::{Desk, Done, UNREADABLE};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "WHAT", default_value = "journal")]
    what: String,
}

/// Not built yet: says so and fails.
///
/// # Errors
/// None so far.
pub async fn run(desk: Desk, options: Options) -> Done {
    let _ = options;
    desk.say("cli-not-yet", &[("verb", "verify".to_owned())]);
    Ok(UNREADABLE)
}
