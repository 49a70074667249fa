//! The journal as a file of JSON lines, and its verification without a database.
//!
//! One line per entry, canonical JSON itself: `{"entry":{…},"leaf":"…","seq":0,"tree":"…"}`. `leaf` is
//! SHA-256(0x00 ‖ canonical entry), `tree` the root after this entry.

use std::io::{BufRead, Write};

use domain::{EntryId, RootId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::integrate::{Head, hash, head, stored};
use super::verify::{Checker, JournalReport, Seen, StoredLeaf, What};
use super::{PAGE, canonical};
use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::sql::rows;

const PAGE_LENGTH: u16 = 1_000;

/// Writes all numbered entries. Returns the head they belong to.
///
/// # Errors
/// When the database or the file fails, or an entry is not JSON.
pub async fn export(db: &Db, root: RootId, out: &mut (impl Write + Send)) -> Result<Head> {
    let head = head(db, root).await?;
    let mut reader = db.read(root).await?;
    let mut from = 0;
    while from < head.size {
        let page = rows!(reader, StoredLeaf, PAGE, root, stored(from)?, PAGE_LENGTH)?;
        if page.is_empty() {
            return Err(StoreError::Journal(format!("entry {from} is missing")));
        }
        for leaf in page.iter().take(usize::try_from(head.size - from).unwrap_or(usize::MAX)) {
            writeln!(out, "{}", line(leaf)?)?;
        }
        from += page.len() as u64;
    }
    Ok(head)
}

fn line(leaf: &StoredLeaf) -> Result<String> {
    let body =
        leaf.body.as_deref().ok_or_else(|| StoreError::Journal(format!("entry {} is missing", leaf.entry_id)))?;
    let entry: Value = serde_json::from_str(body)
        .map_err(|error| StoreError::Journal(format!("entry {} is not JSON: {error}", leaf.entry_id)))?;
    canonical(&json!({ "entry": entry, "leaf": leaf.leaf_hash, "seq": leaf.seq, "tree": leaf.tree_hash }))
}

/// Verifies an exported file, without a database.
///
/// # Errors
/// When the file cannot be read. A file that was tampered with is a result, not an error.
pub fn verify_export(lines: impl BufRead, known: &[Head]) -> Result<JournalReport> {
    let mut checker = Checker::new(None, known);
    for line in lines.split(b'\n') {
        let line = line?;
        let Some((value, body)) = read_line(&line) else {
            checker.blame(Some(checker.due()), None, What::Unreadable);
            break;
        };
        let hex = |key: &str| value[key].as_str().and_then(|hex| hash(hex).ok());
        checker.take(&Seen {
            seq: value["seq"].as_u64(),
            entry: value["entry"]["id"].as_str().and_then(|id| Uuid::parse_str(id).ok()).map(EntryId),
            leaf: hex("leaf"),
            tree: hex("tree"),
            node: None,
            body: Some(&body),
        });
    }
    Ok(checker.finish())
}

/// The line and the canonical text of its entry. A line that says the same with other bytes was not written by us.
fn read_line(line: &[u8]) -> Option<(Value, String)> {
    let value: Value = serde_json::from_slice(line).ok()?;
    let body = canonical(value.get("entry")?).ok()?;
    (canonical(&value).ok()?.as_bytes() == line).then_some((value, body))
}
