//! `guong import`: brings a roster workbook into the database; the first roster of an installation comes in this way.

use std::path::PathBuf;

use application::App;
use application::accounts::hierarchies;
use application::acts::roster::{Finding, Importer, Preview, Upload, confirm_import, preview_import};
use data_encoding::HEXLOWER;
use domain::RootId;
use sha2::{Digest, Sha256};

use super::{Desk, Done, FINE, Stop, WRONG};
use crate::answer::Failure;
use crate::intake::{Intake, roster::sheets};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long)]
    yes: bool,
    #[arg(long, value_name = "ID")]
    root: Option<RootId>,
}

/// Shows what a file would do, and does it with `--yes`. Exit code 1 when the file has errors.
///
/// # Errors
/// When the file or the database cannot be read.
pub async fn run(desk: Desk, options: Options) -> Done {
    let bytes = std::fs::read(&options.file)?;
    let app = desk.open().await?;
    app.migrate().await?;
    let importer = Importer::Console(hierarchy(&desk, &app, options.root).await?);
    let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
    let events = Intake::new(std::env::current_exe()?, &desk.config).read(bytes).await?;
    let sheets = sheets(events).map_err(Failure::from)?;
    let file_name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let preview = preview_import(&app, importer, Upload { file_name, sha256, sheets }).await?;
    let code = tell(&desk, &preview);
    if let Some(intake) = preview.intake.filter(|_| options.yes) {
        confirm_import(&app, importer, intake, &preview.seen).await?;
        desk.say(if preview.changes_nothing() { "roster-cli-nothing" } else { "roster-cli-done" }, &[]);
    } else if code == FINE {
        desk.say("roster-cli-yes", &[]);
    }
    app.close().await;
    Ok(code)
}

async fn hierarchy(desk: &Desk, app: &App, wanted: Option<RootId>) -> Result<RootId, Stop> {
    let all = hierarchies(app).await?;
    let chosen: Vec<_> = all.iter().filter(|one| wanted.is_none_or(|root| root == one.root)).collect();
    match chosen.as_slice() {
        [one] => Ok(one.root),
        [] => Err(Stop::Said(desk.words("roster-cli-no-root", &[]))),
        _ => {
            let lines = all.iter().map(|one| format!("\n{} {}", one.root, one.name)).collect::<String>();
            Err(Stop::Said(desk.words("roster-cli-many-roots", &[]) + &lines))
        }
    }
}

/// Says what was found; the exit code.
fn tell(desk: &Desk, preview: &Preview) -> u8 {
    if !preview.warnings.is_empty() {
        desk.say("roster-cli-warnings", &[("n", preview.warnings.total.to_string())]);
    }
    for finding in &preview.warnings.listed {
        println!("  {}", line(desk, finding));
    }
    if !preview.errors.is_empty() {
        desk.say("roster-cli-errors", &[("n", preview.errors.total.to_string())]);
        for finding in &preview.errors.listed {
            println!("  {}", line(desk, finding));
        }
        return WRONG;
    }
    for sheet in &preview.sheets {
        let counts = [("added", sheet.added), ("changed", sheet.changed), ("unchanged", sheet.unchanged)];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        let args: Vec<_> = std::iter::once(("sheet", sheet.sheet.clone())).chain(counts).collect();
        desk.say("roster-cli-sheet", &args);
    }
    FINE
}

fn line(desk: &Desk, finding: &Finding) -> String {
    let told = desk.t.refusal(&finding.what);
    let key = if finding.row == 0 { "roster-cli-whole" } else { "roster-cli-place" };
    let (row, column) = (finding.row.to_string(), finding.column_letters());
    let place = desk.words(key, &[("sheet", finding.sheet.clone()), ("row", row), ("column", column)]);
    format!("{place}: {} {} [{}]", told.what, told.remedy, told.code)
}
