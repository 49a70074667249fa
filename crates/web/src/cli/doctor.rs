//! `guong doctor`: looks whether everything the program needs is in order, and says what is not.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::{Desk, Done, FINE, WRONG};
use crate::press::{PaperPress, library};
use crate::reality::SystemClock;

/// Nothing to choose.
#[derive(clap::Args)]
pub struct Options {}

/// One thing looked at.
struct Finding {
    good: bool,
    words: String,
}

/// Looks at configuration, data folder, database, rule books, forms, fonts, clock, disk.
///
/// # Errors
/// None: what is wrong is said, with exit code 1.
pub async fn run(desk: Desk, _: Options) -> Done {
    desk.say("cli-doctor-config", &[]);
    for (key, value) in desk.config.shown() {
        println!("  {key} = {value}");
    }
    let mut findings = vec![folder(&desk), papers(&desk), rules(&desk), clock(&desk)];
    findings.push(fonts(&desk));
    findings.extend(disk(&desk));
    // Opening the database would make the folder: looking must change nothing.
    if !desk.config.database.is_empty() || desk.config.data_folder.is_dir() {
        findings.push(database(&desk).await);
    }
    for finding in &findings {
        println!("{} {}", if finding.good { "✓" } else { "✗" }, finding.words);
    }
    let good = findings.iter().all(|finding| finding.good);
    desk.say(if good { "cli-doctor-fine" } else { "cli-doctor-wrong" }, &[]);
    Ok(if good { FINE } else { WRONG })
}

fn finding(desk: &Desk, good: bool, key: &str, args: &[(&str, String)]) -> Finding {
    Finding { good, words: desk.words(key, args) }
}

fn folder(desk: &Desk) -> Finding {
    let path = desk.config.data_folder.display().to_string();
    let args = [("path", path)];
    let probe = desk.config.data_folder.join(".doctor");
    if !desk.config.data_folder.is_dir() {
        return finding(desk, false, "cli-doctor-folder-missing", &args);
    }
    if std::fs::write(&probe, b"x").and_then(|()| std::fs::remove_file(&probe)).is_err() {
        return finding(desk, false, "cli-doctor-folder-readonly", &args);
    }
    let key = if is_private(&desk.config.data_folder) { "cli-doctor-folder" } else { "cli-doctor-folder-open" };
    finding(desk, key == "cli-doctor-folder", key, &args)
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

fn papers(desk: &Desk) -> Finding {
    match PaperPress::new() {
        Ok(_) => finding(desk, true, "cli-doctor-forms", &[]),
        Err(faults) => finding(desk, false, "cli-doctor-forms-bad", &[("fault", faults.join("; "))]),
    }
}

fn fonts(desk: &Desk) -> Finding {
    match crate::press::fonts() {
        Ok(()) => finding(desk, true, "cli-doctor-fonts", &[]),
        Err(error) => finding(desk, false, "cli-doctor-fonts-bad", &[("fault", error)]),
    }
}

fn rules(desk: &Desk) -> Finding {
    match library() {
        Ok(_) => finding(desk, true, "cli-doctor-rules", &[]),
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            finding(desk, false, "cli-doctor-rules-bad", &[("fault", faults.join("; "))])
        }
    }
}

/// A clock before the day this program was written, or far in the future, is wrong.
fn clock(desk: &Desk) -> Finding {
    use application::ports::Clock;
    let now = SystemClock.now();
    let sane = |at: DateTime<Utc>| (2025..2100).contains(&chrono::Datelike::year(&at));
    let key = if sane(now) { "cli-doctor-clock" } else { "cli-doctor-clock-bad" };
    finding(desk, sane(now), key, &[("now", crate::show::moment(now))])
}

/// Free room where the data lie, from `df`; silent where there is no such program.
fn disk(desk: &Desk) -> Option<Finding> {
    const ENOUGH_KILOBYTES: u64 = 1024 * 1024;
    let said = std::process::Command::new("df").args(["-Pk"]).arg(&desk.config.data_folder).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let free: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    let key = if free >= ENOUGH_KILOBYTES { "cli-doctor-disk" } else { "cli-doctor-disk-low" };
    Some(finding(desk, free >= ENOUGH_KILOBYTES, key, &[("free", crate::show::size(free * 1024))]))
}

async fn database(desk: &Desk) -> Finding {
    let opened = match desk.open().await {
        Ok(app) => app,
        Err(stop) => return finding(desk, false, "cli-doctor-database-bad", &[("fault", format!("{stop:?}"))]),
    };
    let answer = application::accounts::hierarchies(&opened).await;
    let engine = [("engine", opened.engine().to_owned())];
    opened.close().await;
    match answer {
        Ok(_) => finding(desk, true, "cli-doctor-database", &engine),
        Err(error) => finding(desk, false, "cli-doctor-database-old", &[("fault", error.to_string())]),
    }
}
