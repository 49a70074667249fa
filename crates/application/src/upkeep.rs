//! Trông coi hệ thống from the console: verify the journal, copy the database, look it over. No page calls this.

use std::io::BufRead;
use std::path::Path;

use data_encoding::HEXLOWER;
use domain::RootId;
use serde::Serialize;
use store::journal::{self, Head, What};

use crate::accounts::hierarchies;
use crate::app::App;
use crate::error::Result;

/// Biên bản kiểm tra sổ nhật ký của một hệ thống.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalReport {
    /// Hierarchy; none for an exported file without entries.
    pub root: Option<RootId>,
    /// Its name, empty for an exported file.
    pub name: String,
    /// Entries that were recomputed and found good.
    pub size: u64,
    /// Root over them, hexadecimal.
    pub root_hash: String,
    /// Entries that wait to be numbered.
    pub waiting: u64,
    /// The first bad entry; none when all is well.
    pub first_bad: Option<BadEntry>,
}

/// Mục sai đầu tiên.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadEntry {
    /// Its number from 0; none when it has none.
    pub seq: Option<u64>,
    /// Its identifier, as far as it is known.
    pub entry: Option<String>,
    /// What is wrong: a word such as `entry_changed`.
    pub what: &'static str,
}

impl JournalReport {
    fn of(name: String, report: &journal::JournalReport) -> Self {
        let bad = report.first_bad.map(|bad| BadEntry {
            seq: bad.seq,
            entry: bad.entry.map(|entry| entry.to_string()),
            what: what_word(bad.what),
        });
        Self {
            root: report.root,
            name,
            size: report.head.size,
            root_hash: HEXLOWER.encode(&report.head.root_hash),
            waiting: report.waiting,
            first_bad: bad,
        }
    }
}

/// The word of a fault, also the end of its key in `locales`.
const fn what_word(what: What) -> &'static str {
    match what {
        What::LeafRemoved => "leaf_removed",
        What::EntryRemoved => "entry_removed",
        What::EntryChanged => "entry_changed",
        What::LeafChanged => "leaf_changed",
        What::TreeChanged => "tree_changed",
        What::NodeChanged => "node_changed",
        What::Stray => "stray",
        What::NotAsCheckpoint => "not_as_checkpoint",
        What::CutOff => "cut_off",
        What::Unreadable => "unreadable",
    }
}

/// Điểm kiểm known from elsewhere: printed on minutes, or kept by the superior.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    root: RootId,
    head: Head,
}

impl Checkpoint {
    /// Reads the three lines of a checkpoint; none when it has another form.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let root: RootId = text.lines().next()?.rsplit('/').next()?.parse().ok()?;
        journal::read_checkpoint(root, text).map(|head| Self { root, head })
    }
}

/// Recomputes the journal of every hierarchy of this database and compares it with the checkpoints of that hierarchy.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails. A journal that was tampered with is a result, not an error.
pub async fn verify_journals(app: &App, known: &[Checkpoint]) -> Result<Vec<JournalReport>> {
    let mut reports = Vec::new();
    for hierarchy in hierarchies(app).await? {
        let heads: Vec<Head> = known.iter().filter(|one| one.root == hierarchy.root).map(|one| one.head).collect();
        let report = journal::verify(&app.db, hierarchy.root, &heads).await?;
        reports.push(JournalReport::of(hierarchy.name, &report));
    }
    Ok(reports)
}

/// Verifies an exported journal, without a database.
///
/// # Errors
/// [`crate::Error::Fault`] when the file cannot be read.
pub fn verify_journal_file(lines: impl BufRead, known: &[Checkpoint]) -> Result<JournalReport> {
    let heads: Vec<Head> = known.iter().map(|one| one.head).collect();
    Ok(JournalReport::of(String::new(), &journal::verify_export(lines, &heads)?))
}

/// Writes the numbered entries of one hierarchy as lines of JSON.
///
/// # Errors
/// [`crate::Error::Fault`] when the database or the file fails.
pub async fn export_journal(app: &App, root: RootId, out: &mut (impl std::io::Write + Send)) -> Result<()> {
    journal::integrate(&app.db, root).await?;
    journal::export(&app.db, root, out).await?;
    Ok(())
}

/// The checkpoint of a hierarchy, as printed on minutes.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn checkpoint(app: &App, root: RootId) -> Result<String> {
    Ok(journal::checkpoint(root, &journal::head(&app.db, root).await?))
}

/// Sao lưu: one state of the whole database into a new file while it is in use; the copy is checked.
///
/// # Errors
/// [`domain::Refusal`] `BACKUP-001` on PostgreSQL, which has its own tools, `BACKUP-002` when the file exists;
/// [`crate::Error::Fault`] when the copy is damaged.
pub async fn backup(app: &App, file: &Path) -> Result<()> {
    if matches!(app.db, store::Db::Pg(_)) {
        return Err(domain::Refusal::new("BACKUP-001").into());
    }
    if file.exists() {
        return Err(domain::Refusal::new("BACKUP-002").with("file", file.display()).into());
    }
    Ok(store::upkeep::backup(&app.db, file).await?)
}

/// Tình trạng cơ sở dữ liệu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Engine with its version.
    pub version: String,
    /// Steps of the schema that are not applied yet.
    pub pending: Vec<String>,
    /// What is wrong, in the words of the engine.
    pub damage: Vec<String>,
    /// Size in bytes.
    pub size: u64,
}

/// Looks the database over.
///
/// # Errors
/// [`crate::Error::Fault`] when it cannot be asked.
pub async fn inspect(app: &App) -> Result<Inspection> {
    let found = store::upkeep::inspect(&app.db).await?;
    Ok(Inspection { version: found.version, pending: found.pending, damage: found.damage, size: found.size })
}
