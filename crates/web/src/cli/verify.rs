//! `guong verify journal`: recomputes the journal and names the first bad entry.

use std::io::BufReader;
use std::path::PathBuf;

use application::upkeep::{Checkpoint, JournalReport, verify_journal_file, verify_journals};

use super::{Desk, Done, FINE, Stop, UNREADABLE, WRONG};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "WHAT", value_parser = ["journal"], default_value = "journal")]
    what: String,
    #[arg(long, value_name = "ADDRESS", conflicts_with = "file")]
    database: Option<String>,
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
}

/// Recomputes: 0 all is well, 1 an entry is bad, 2 the journal cannot be read.
///
/// # Errors
/// When the database or the file cannot be read.
pub async fn run(mut desk: Desk, options: Options) -> Done {
    let mut known = Vec::new();
    for file in &options.checkpoint {
        let text = std::fs::read_to_string(file).map_err(|cause| unusable(&desk, file, &cause.to_string()))?;
        let no_checkpoint = || unusable(&desk, file, &desk.t.get("verify-no-checkpoint"));
        known.push(Checkpoint::read(&text).ok_or_else(no_checkpoint)?);
    }
    let reports = if let Some(file) = &options.file {
        let lines = std::fs::File::open(file).map_err(|cause| unusable(&desk, file, &cause.to_string()))?;
        vec![verify_journal_file(BufReader::new(lines), &known)?]
    } else {
        if let Some(database) = options.database {
            desk.config.database = database;
        }
        let app = desk.open().await?;
        let reports = verify_journals(&app, &known).await?;
        app.close().await;
        reports
    };
    if reports.is_empty() {
        desk.say("verify-nothing", &[]);
        return Ok(UNREADABLE);
    }
    for report in &reports {
        say(&desk, report);
    }
    Ok(if reports.iter().all(|report| report.first_bad.is_none()) { FINE } else { WRONG })
}

fn say(desk: &Desk, report: &JournalReport) {
    let root = report.root.map_or_else(String::new, |root| root.to_string());
    desk.say("verify-journal", &[("name", report.name.clone()), ("root", root)]);
    desk.say(
        "verify-size",
        &[
            ("size", report.size.to_string()),
            ("hash", report.root_hash.clone()),
            ("waiting", report.waiting.to_string()),
        ],
    );
    let Some(bad) = &report.first_bad else {
        desk.say("verify-fine", &[]);
        return;
    };
    let what = desk.t.get(&format!("verify-what-{}", bad.what.replace('_', "-")));
    let seq = bad.seq.map_or_else(|| "–".to_owned(), |seq| seq.to_string());
    let entry = bad.entry.clone().unwrap_or_else(|| "–".to_owned());
    desk.say("verify-bad", &[("seq", seq), ("entry", entry), ("what", what)]);
}

fn unusable(desk: &Desk, file: &std::path::Path, cause: &str) -> Stop {
    Stop::Said(desk.words("checks-cannot-open", &[("file", file.display().to_string()), ("cause", cause.to_owned())]))
}
