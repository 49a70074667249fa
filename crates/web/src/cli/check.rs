//! `guong check`: reads a table of results – published summaries, or a row for each person or unit – and says what breaks a
//! rule.

use std::io::Write;
use std::path::{Path, PathBuf};

use application::checks::grid::Grid;
use application::checks::roll::{Asked, Kind, Mapping, RollReport, Units, examine, guess, is_roll};
use application::checks::{Checked, check};
use application::library::Library;
use application::ports::Clock;
use domain::{Day, Refusal};

use super::{Desk, Done, FINE, Stop, UNREADABLE, WRONG};
use crate::answer::Failure;
use crate::intake::Intake;
use crate::pages::checks::{MOST_ON_A_PAGE, outcome, report, roll};
use crate::press::library;
use crate::reality::SystemClock;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_enum, default_value = "auto")]
    kind: TableKind,
    #[arg(long, value_name = "2022|2025-Q3")]
    period: Option<String>,
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    #[arg(long, value_name = "DAY")]
    cut_off: Option<String>,
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    #[arg(long)]
    show_map: bool,
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TableKind {
    Auto,
    Person,
    Unit,
    Published,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Xlsx,
    Html,
}

/// Field of what is wrong with the file of units.
const UNITS: &str = "units";

/// What was found, of whichever kind of table.
enum Answer {
    Published(Checked),
    Roll(Box<RollReport>),
    Map(Mapping),
}

/// Checks the table: 0 nothing breaks a rule, 1 something does, 2 the file cannot be read.
///
/// # Errors
/// When the answer cannot be written.
pub async fn run(desk: Desk, options: Options) -> Done {
    if options.format == Format::Xlsx && options.out.is_none() {
        return Err(Stop::Said(desk.t.get("checks-needs-out")));
    }
    if let Some(out) = options.out.as_ref().filter(|out| is_read(out, &options)) {
        return Err(Stop::Said(desk.words("checks-out-is-input", &[("file", out.display().to_string())])));
    }
    let intake = Intake::new(std::env::current_exe()?, &desk.config);
    // The rule books are read while the child reads the table.
    let books = tokio::task::spawn_blocking(library);
    let grid = read(&desk, &intake, &options.file).await?;
    let units = match &options.units {
        Some(file) => Some(read(&desk, &intake, file).await?.map_err(of_units)),
        None => None,
    };
    let books = books.await.map_err(|error| Stop::Said(error.to_string()))?;
    let library = books.map_err(|faults| Stop::Said(faults.iter().map(|fault| format!("{fault}\n")).collect()))?;
    let answered = match grid.and_then(|grid| Ok((grid, units.transpose()?))) {
        Ok((grid, units)) => answer(&desk, &options, &library, &grid, units.as_ref())?.map(|answer| (grid, answer)),
        Err(reasons) => Err(reasons),
    };
    match answered {
        Ok((grid, answer)) => hand_out(&desk, &options, &grid, &answer),
        Err(reasons) => {
            for reason in &reasons {
                let units = options.units.as_ref().filter(|_| reason.field.as_deref() == Some(UNITS));
                let (file, told) = (units.unwrap_or(&options.file).display(), desk.t.refusal(reason));
                eprintln!("{file}: {} {} [{}]", told.what, told.remedy, told.code);
            }
            Ok(UNREADABLE)
        }
    }
}

fn of_units(reasons: Vec<Refusal>) -> Vec<Refusal> {
    reasons.into_iter().map(|reason| reason.at(UNITS)).collect()
}

/// Whether the file for the result is one of those that are read.
fn is_read(out: &Path, options: &Options) -> bool {
    let Ok(out) = out.canonicalize() else { return false };
    let read = [Some(&options.file), options.map.as_ref(), options.units.as_ref()];
    read.into_iter().flatten().any(|file| file.canonicalize().is_ok_and(|file| file == out))
}

type Refused<T> = Result<T, Vec<Refusal>>;

async fn read(desk: &Desk, intake: &Intake, file: &Path) -> Result<Refused<Grid>, Stop> {
    let bytes = std::fs::read(file).map_err(|cause| unusable(desk, "checks-cannot-open", file, &cause))?;
    match intake.grid(bytes).await {
        Ok(grid) => Ok(Ok(grid)),
        Err(Failure::Refused(reasons)) => Ok(Err(reasons)),
        Err(failure) => Err(failure.into()),
    }
}

fn answer(
    desk: &Desk,
    options: &Options,
    library: &Library,
    grid: &Grid,
    units: Option<&Grid>,
) -> Result<Refused<Answer>, Stop> {
    let asked = asked(desk, options)?;
    let map = match &options.map {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            Some(text.map_err(|cause| unusable(desk, "checks-cannot-open", file, &cause))?)
        }
        None => None,
    };
    let name = options.units.as_ref().and_then(|file| file.file_name()).unwrap_or_default().to_string_lossy();
    let second = units.map(|grid| Units { file: &name, grid, mapping: None });
    let published = is_published(options, library, grid)?;
    let found = if published && second.is_some() {
        Err(Refusal::new("CHECK-025").at(UNITS).into())
    } else if published {
        check(library, outcome::source_rows(grid)).map(Answer::Published)
    } else {
        let mapping = match map {
            Some(text) => Mapping::read(&text).map(|map| corrected(map, &asked)).map_err(application::Error::from),
            None => guess(library, grid, &asked),
        };
        match mapping {
            Ok(mapping) if options.show_map => Ok(Answer::Map(mapping)),
            Ok(mapping) => examine(library, grid, &mapping, second).map(|report| Answer::Roll(Box::new(report))),
            Err(error) => Err(error),
        }
    };
    match found {
        Ok(answer) => Ok(Ok(answer)),
        Err(application::Error::Refused(reasons)) => Ok(Err(reasons)),
        Err(error) => Err(error.into()),
    }
}

/// Which kind of table it is: as was said, or a table about persons or units when one was asked for in any way, or when
/// that is what it looks like.
fn is_published(options: &Options, library: &Library, grid: &Grid) -> Result<bool, Stop> {
    let of_persons = options.period.is_some() || options.map.is_some() || options.show_map || options.units.is_some();
    Ok(match options.kind {
        TableKind::Published => true,
        TableKind::Person | TableKind::Unit => false,
        TableKind::Auto if of_persons => false,
        TableKind::Auto => !is_roll(library, grid)?,
    })
}

/// What was said on the line goes before what stands in the map.
fn corrected(map: Mapping, asked: &Asked) -> Mapping {
    let mut map = map;
    if let Some(period) = &asked.period {
        map.period.clone_from(period);
    }
    if let Some(subject) = &asked.subject {
        map.subject.clone_from(subject);
    }
    if let Some(day) = asked.cut_off {
        map.cut_off = Some(day.shown());
    }
    map.kind = asked.kind.unwrap_or(map.kind);
    map.settings.extend(asked.settings.iter().cloned());
    map
}

fn asked(desk: &Desk, options: &Options) -> Result<Asked, Stop> {
    let settings = options.set.iter().map(|typed| {
        let pair = typed.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        pair.ok_or_else(|| Stop::Said(desk.words("rolls-setting-form", &[("typed", typed.clone())])))
    });
    let cut_off = options.cut_off.as_ref().map(|typed| {
        Day::parse_typed(typed).map_err(|_| Stop::Said(desk.words("rolls-day-form", &[("typed", typed.clone())])))
    });
    Ok(Asked {
        kind: match options.kind {
            TableKind::Person => Some(Kind::Person),
            TableKind::Unit => Some(Kind::Unit),
            TableKind::Auto | TableKind::Published => None,
        },
        period: options.period.clone(),
        subject: options.subject.clone(),
        cut_off: cut_off.transpose()?,
        settings: settings.collect::<Result<_, Stop>>()?,
        head_row: None,
    })
}

fn hand_out(desk: &Desk, options: &Options, grid: &Grid, answer: &Answer) -> Done {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    let (t, today) = (desk.t, SystemClock.today());
    let (bytes, total, breaks) = match answer {
        Answer::Map(mapping) => (mapping.write().into_bytes(), String::new(), false),
        Answer::Published(checked) => {
            let bytes = match options.format {
                Format::Text => outcome::text(checked, t).into_bytes(),
                Format::Json => outcome::json(checked)?,
                Format::Xlsx => outcome::workbook(checked, t, today)?,
                Format::Html => report::report(checked, &name, t)?,
            };
            (bytes, outcome::total(checked, t), checked.breaks_a_rule())
        }
        Answer::Roll(found) => {
            let bytes = match options.format {
                Format::Text => roll::text(found, options.most, t).into_bytes(),
                Format::Json => roll::json(found)?,
                Format::Xlsx => roll::workbook(found, grid, t, today)?,
                Format::Html => roll::report(found, &name, options.most.max(MOST_ON_A_PAGE), t)?,
            };
            (bytes, roll::total(found, t), found.breaks_a_rule())
        }
    };
    match &options.out {
        None => std::io::stdout().lock().write_all(&bytes)?,
        Some(file) => {
            std::fs::write(file, bytes).map_err(|cause| unusable(desk, "checks-cannot-write", file, &cause))?;
            desk.say("checks-written", &[("file", file.display().to_string()), ("total", total)]);
        }
    }
    Ok(if breaks { WRONG } else { FINE })
}

fn unusable(desk: &Desk, key: &str, file: &Path, cause: &std::io::Error) -> Stop {
    Stop::Said(desk.words(key, &[("file", file.display().to_string()), ("cause", cause.to_string())]))
}
