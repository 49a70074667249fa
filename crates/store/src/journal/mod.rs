//! Sổ nhật ký: one append-only Merkle tree (RFC 6962) per hierarchy, over canonical entries without personal text.
//!
//! An entry is written in the transaction of its act, without a number. [`integrate`] numbers what waits and folds it
//! into the tree. [`verify`] recomputes everything from the stored entries and names the first bad one.

mod canonical;
mod export;
mod integrate;
pub(crate) mod of_review;
mod record;
pub mod tree;
mod verify;

pub use canonical::canonical;
pub use export::{export, verify_export};
pub use integrate::{Head, head, head_as_of, inclusion_proof, integrate};
pub use of_review::{Happened, IssuedRow, issued_on, of_review};
pub use record::{JournalDraft, Record, state_digest};
pub use verify::{BadEntry, JournalReport, What, verify};

pub(crate) use record::append;

use domain::RootId;

/// Điểm kiểm: size and root of the tree in C2SP `tlog-checkpoint` form, not signed yet; printed on minutes.
#[must_use]
pub fn checkpoint(root: RootId, head: &Head) -> String {
    format!("{}\n{}\n{}\n", origin(root), head.size, data_encoding::BASE64.encode(&head.root_hash))
}

/// Name of the log in checkpoints.
fn origin(root: RootId) -> String {
    format!("guong/journal/{root}")
}

/// Reads what [`checkpoint`] wrote (a signature may follow after an empty line); none when it has another form or
/// belongs to another hierarchy.
#[must_use]
pub fn read_checkpoint(root: RootId, text: &str) -> Option<Head> {
    let mut lines = text.lines();
    let ours = lines.next()? == origin(root);
    let size = lines.next()?.parse().ok()?;
    let root_hash = data_encoding::BASE64.decode(lines.next()?.as_bytes()).ok()?.try_into().ok()?;
    ours.then_some(Head { size, root_hash })
}

crate::sql::statements! {
    WAITING = "SELECT p.entry_id, e.body FROM journal_pending p \
        JOIN journal_entry e ON e.root_id = p.root_id AND e.entry_id = p.entry_id \
        WHERE p.root_id = $1 ORDER BY p.entry_id LIMIT $2";
    // No act of the hierarchy runs beside the folding: nothing came in between.
    DONE_WAITING = "DELETE FROM journal_pending WHERE root_id = $1 AND entry_id <= $2";
    ONE_WAITING = "SELECT entry_id FROM journal_pending WHERE root_id = $1 LIMIT 1";
    LAST_LEAF = "SELECT root_id, seq, entry_id, leaf_hash, tree_hash, node_hash FROM journal_leaf \
        WHERE root_id = $1 ORDER BY seq DESC LIMIT 1";
    LEAF = "SELECT root_id, seq, entry_id, leaf_hash, tree_hash, node_hash FROM journal_leaf WHERE root_id = $1 AND seq = $2";
    LEAF_OF_ENTRY = "SELECT root_id, seq, entry_id, leaf_hash, tree_hash, node_hash FROM journal_leaf \
        WHERE root_id = $1 AND entry_id = $2";
    LAST_LEAF_BEFORE = "SELECT root_id, seq, entry_id, leaf_hash, tree_hash, node_hash FROM journal_leaf \
        WHERE root_id = $1 AND entry_id < $2 ORDER BY entry_id DESC LIMIT 1";
    PAGE = "SELECT l.seq, l.entry_id, l.leaf_hash, l.tree_hash, l.node_hash, e.body FROM journal_leaf l \
        LEFT JOIN journal_entry e ON e.root_id = l.root_id AND e.entry_id = l.entry_id \
        WHERE l.root_id = $1 AND l.seq >= $2 ORDER BY l.seq LIMIT $3";
    COUNT_WAITING = "SELECT count(*) AS n FROM journal_pending WHERE root_id = $1";
    STRAY = "SELECT e.entry_id FROM journal_entry e \
        LEFT JOIN journal_leaf l ON l.root_id = e.root_id AND l.entry_id = e.entry_id \
        LEFT JOIN journal_pending p ON p.root_id = e.root_id AND p.entry_id = e.entry_id \
        WHERE e.root_id = $1 AND l.seq IS NULL AND p.entry_id IS NULL ORDER BY e.entry_id LIMIT 1";
}

/// Tables of the journal that are written whole.
pub(crate) const TABLES: [crate::bulk::Table; 5] =
    [record::TABLES[0], record::TABLES[1], record::TABLES[2], record::TABLES[3], integrate::TABLE];

#[cfg(test)]
mod tests;
