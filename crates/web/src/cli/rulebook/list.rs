//! `guong rulebook list`: the books this program carries.

use application::rulebooks::{Carried, Summary};

use super::{Format, put, put_json, words};
use crate::cli::{Desk, Done, FINE, Stop};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Lists them.
///
/// # Errors
/// When one of them cannot be read.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let volumes = carried.volumes().map_err(|faults| {
        Stop::Said(faults.iter().map(|fault| words::fault(fault, desk.t)).collect::<Vec<_>>().join("\n"))
    })?;
    let books: Vec<Summary> = volumes.iter().map(application::rulebooks::Volume::summary).collect();
    match options.format {
        Format::Text => put(&books.iter().map(|book| line(book, desk)).collect::<String>()),
        Format::Json => put_json(&serde_json::json!({ "rule_books": books }))?,
    }
    Ok(FINE)
}

fn line(book: &Summary, desk: &Desk) -> String {
    let title = book.title.get(desk.t.locale().tag());
    let sealed = if book.sealed { "rulebook-sealed" } else { "rulebook-unsealed" };
    let about = desk.words(
        "rulebook-list-line",
        &[
            ("matter", book.matter.clone()),
            ("periods", words::spans(&book.periods, desk.t)),
            ("sealed", desk.t.get(sealed)),
            ("checked", words::day(&book.last_checked)),
            ("rules", book.rules.to_string()),
            ("cases", book.cases.to_string()),
        ],
    );
    format!("{}\n  {title}\n  {about}\n", book.id)
}
