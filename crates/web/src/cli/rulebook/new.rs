//! `guong rulebook new`: next year's book out of this year's.

use std::path::PathBuf;

use application::ports::Clock;
use application::rulebooks::{Carried, Comments, fresh, is_id};
use domain::Refusal;

use super::{folder, put, unreadable, volume};
use crate::cli::{Desk, Done, FINE, WRONG};
use crate::reality::SystemClock;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "ID")]
    id: String,
    #[arg(long, value_name = "BOOK")]
    from: String,
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    into: PathBuf,
}

/// Copies the book: 0 done, 1 something stands in the way.
///
/// # Errors
/// When the old book cannot be read.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let id = &options.id;
    if !is_id(id) {
        return Err(unreadable(desk.t, &Refusal::new("SHELF-006").with("book", id)));
    }
    if carried.files(id).is_ok() {
        return Ok(refused(desk, &Refusal::new("SHELF-016").with("book", id)));
    }
    let from = volume(desk, carried, &options.from)?;
    let (year, month, day) = SystemClock.today().parts();
    let today = format!("{day:02}/{month:02}/{year}");
    let args = [("book", id.clone()), ("from", from.id().to_owned()), ("day", today)];
    let comment = |key: &str| desk.words(key, &args);
    let comments = Comments {
        front: comment("rulebook-new-front"),
        checked: comment("rulebook-new-checked"),
        title: comment("rulebook-new-title"),
        periods: comment("rulebook-new-periods"),
        history: format!("# {}\n\n- {}\n", comment("rulebook-new-history"), comment("rulebook-new-first")),
    };
    let target = options.into.join(id);
    if let Err(refusal) = folder::write_new(&target, &fresh(&from, id, &comments)) {
        return Ok(refused(desk, &refusal));
    }
    let path = target.display().to_string();
    put(&format!("{}\n", desk.words("rulebook-new-done", &[("folder", path), ("from", from.id().to_owned())])));
    Ok(FINE)
}

fn refused(desk: &Desk, refusal: &Refusal) -> u8 {
    eprintln!("{}", super::words::refusal(refusal, desk.t));
    WRONG
}
