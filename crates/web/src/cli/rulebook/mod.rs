//! `guong rulebook`: the law as data, for whoever writes it and whoever asks it.

mod check;
mod diff;
mod eval;
mod folder;
mod list;
mod new;
mod seal;
mod show;
mod words;

use std::io::Write;
use std::path::Path;

use application::rulebooks::{Carried, Files, PeriodEnd, Volume};
use clap::{Subcommand, ValueEnum};
use domain::Refusal;
use serde::Serialize;

use super::{Desk, Done, Stop};
use crate::locale::Translator;
use crate::press::carried;

/// What to do with rule books.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    List(list::Options),
    Show(show::Options),
    New(new::Options),
    Check(check::Options),
    Diff(diff::Options),
    Seal(seal::Options),
    Eval(eval::Options),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Does it: 0 in order, 1 something must be mended or was not understood, 2 it could not be read at all.
///
/// # Errors
/// When a book or a file cannot be read, or what was asked for is not there.
pub fn run(desk: &Desk, options: &Options) -> Done {
    let carried = carried();
    match &options.what {
        What::List(options) => list::run(desk, &carried, options),
        What::Show(options) => show::run(desk, &carried, options),
        What::New(options) => new::run(desk, &carried, options),
        What::Check(options) => check::run(desk, &carried, options),
        What::Diff(options) => diff::run(desk, &carried, options),
        What::Seal(options) => seal::run(desk, &carried, options),
        What::Eval(options) => eval::run(desk, &carried, options),
    }
}

/// Nothing was looked at: why, and what to do.
fn unreadable(t: Translator, refusal: &Refusal) -> Stop {
    Stop::Said(words::refusal(refusal, t))
}

/// The files of a book: of the one the program carries when it has that id, otherwise of a folder.
fn files(desk: &Desk, carried: &Carried, name: &str) -> Result<Files, Stop> {
    let looks_like_a_path = name.contains(['/', '\\']) || name.starts_with('.');
    if !looks_like_a_path {
        match carried.files(name) {
            Ok(files) => {
                if Path::new(name).is_dir() {
                    eprintln!("{}", desk.t.one("rulebook-carried-taken", "book", name));
                }
                return Ok(files.clone());
            }
            Err(unknown) if !Path::new(name).is_dir() => return Err(unreadable(desk.t, &unknown)),
            Err(_) => {}
        }
    }
    folder::read(Path::new(name)).map_err(|refusal| unreadable(desk.t, &refusal))
}

/// A book that can be read.
fn volume(desk: &Desk, carried: &Carried, name: &str) -> Result<Volume, Stop> {
    Volume::read(files(desk, carried, name)?).map_err(|faults| {
        let lines = faults.iter().map(|fault| words::fault(fault, desk.t));
        let head = desk.words("rulebook-broken", &[("book", name.to_owned())]);
        Stop::Said([head].into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
    })
}

/// The book of that name, or the one that governs the period.
fn asked(
    desk: &Desk,
    carried: &Carried,
    name: Option<&str>,
    period: Option<PeriodEnd>,
    matter: &str,
) -> Result<Volume, Stop> {
    match (name, period) {
        (Some(name), period) => {
            let volume = volume(desk, carried, name)?;
            let governs = period.map_or(Ok(()), |period| volume.governs(period));
            governs.map_err(|refusal| unreadable(desk.t, &refusal))?;
            Ok(volume)
        }
        (None, Some(period)) => carried.governing(matter, period).map_err(|refusal| unreadable(desk.t, &refusal)),
        (None, None) => Err(unreadable(desk.t, &Refusal::new("SHELF-015"))),
    }
}

/// A period as it was typed.
fn period(desk: &Desk, text: Option<&str>) -> Result<Option<PeriodEnd>, Stop> {
    text.map(PeriodEnd::read).transpose().map_err(|refusal| unreadable(desk.t, &refusal))
}

/// Puts the whole answer out at once. Whoever closed the pipe does not want to hear of it.
fn put(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn put_json(value: &impl Serialize) -> Result<(), Stop> {
    let text = serde_json::to_string_pretty(value).map_err(std::io::Error::from)?;
    put(&format!("{text}\n"));
    Ok(())
}
