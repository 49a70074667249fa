//! `guong check`: reads a published result table and says which rows break a rule.

use std::io::Write;
use std::path::{Path, PathBuf};

use application::checks::{Checked, check};
use application::ports::Clock;

use super::{Desk, Done, FINE, Stop, UNREADABLE, WRONG};
use crate::intake::Intake;
use crate::pages::checks::{outcome, report};
use crate::press::library;
use crate::reality::SystemClock;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Xlsx,
    Html,
}

/// Checks the table: 0 nothing breaks a rule, 1 something does, 2 the file cannot be read.
///
/// # Errors
/// When the answer cannot be written.
pub async fn run(desk: Desk, options: Options) -> Done {
    if options.format == Format::Xlsx && options.out.is_none() {
        return Err(Stop::Said(desk.t.get("checks-needs-out")));
    }
    let bytes = match std::fs::read(&options.file) {
        Ok(bytes) => bytes,
        Err(cause) => return Err(unusable(&desk, "checks-cannot-open", &options.file, &cause)),
    };
    let events = Intake::new(std::env::current_exe()?, &desk.config).read(bytes).await?;
    let library = library().map_err(|faults| Stop::Said(faults.iter().map(|fault| format!("{fault}\n")).collect()))?;
    let rows = outcome::source_rows(events).map_err(application::Error::from);
    let checked = match rows.and_then(|rows| check(&library, rows)) {
        Ok(checked) => checked,
        Err(application::Error::Refused(reasons)) => {
            for told in reasons.iter().map(|reason| desk.t.refusal(reason)) {
                eprintln!("{}: {} {} [{}]", options.file.display(), told.what, told.remedy, told.code);
            }
            return Ok(UNREADABLE);
        }
        Err(error) => return Err(error.into()),
    };
    hand_out(&desk, &options, &checked)?;
    Ok(if checked.breaks_a_rule() { WRONG } else { FINE })
}

fn hand_out(desk: &Desk, options: &Options, checked: &Checked) -> Result<(), Stop> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = match options.format {
        Format::Text => outcome::text(checked, desk.t).into_bytes(),
        Format::Json => outcome::json(checked)?,
        Format::Xlsx => outcome::workbook(checked, desk.t, SystemClock.today())?,
        Format::Html => report::report(checked, &name, desk.t)?,
    };
    match &options.out {
        None => std::io::stdout().lock().write_all(&bytes)?,
        Some(file) => {
            std::fs::write(file, bytes).map_err(|cause| unusable(desk, "checks-cannot-write", file, &cause))?;
            let total = outcome::total(checked, desk.t);
            desk.say("checks-written", &[("file", file.display().to_string()), ("total", total)]);
        }
    }
    Ok(())
}

fn unusable(desk: &Desk, key: &str, file: &Path, cause: &std::io::Error) -> Stop {
    Stop::Said(desk.words(key, &[("file", file.display().to_string()), ("cause", cause.to_string())]))
}
