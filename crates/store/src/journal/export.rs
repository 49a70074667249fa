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
        let text = std::str::from_utf8(&line).ok();
        let parts = text.and_then(|text| read_line(text).map(|(value, body)| (text, value, body)));
        let Some((text, value, body)) = parts else {
            checker.blame(Some(checker.due()), None, What::Unreadable);
            break;
        };
        let id = value["entry"]["id"].as_str().and_then(|id| Uuid::parse_str(id).ok()).map(EntryId);
        let hex = |key: &str| value[key].as_str().and_then(|hex| hash(hex).ok());
        checker.take(&Seen {
            seq: value["seq"].as_u64(),
            entry: id,
            leaf: hex("leaf"),
            tree: hex("tree"),
            node: None,
            body: Some(&body),
        });
        // A line that says the same with other bytes (or more) was not written by us.
        if canonical(&value).ok().as_deref() != Some(text) {
            checker.blame(Some(checker.due()), id, What::Unreadable);
        }
    }
    Ok(checker.finish())
}

fn read_line(line: &str) -> Option<(Value, String)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let body = canonical(value.get("entry")?).ok()?;
    Some((value, body))
}
