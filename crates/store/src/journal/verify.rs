//! Recomputing the tree from the stored entries, and naming the first that does not fit.

use domain::{EntryId, RootId};
use serde_json::Value;
use uuid::Uuid;

use super::integrate::{Head, hash, stored};
use super::tree::{Edge, Hash, leaf_hash};
use super::{COUNT_WAITING, PAGE, STRAY, canonical};
use crate::db::Db;
use crate::error::Result;
use crate::sql::{maybe_row, one, rows};

const PAGE_LENGTH: u16 = 1_000;

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The number is missing: its leaf was removed.
    LeafRemoved,
    /// The leaf is there, the entry is not.
    EntryRemoved,
    /// The text of the entry is not the one that was folded, or not canonical, or belongs elsewhere.
    EntryChanged,
    /// The stored hash of the leaf was changed.
    LeafChanged,
    /// The entry does not continue the tree: it was inserted or moved here, or the stored root was changed.
    TreeChanged,
    /// The stored hash of an inner node was changed.
    NodeChanged,
    /// The entry neither waits nor was it numbered: it did not come through an act.
    Stray,
    /// Up to here the tree is not the one of a known checkpoint: history was rewritten.
    NotAsCheckpoint,
    /// The journal ends here, and a known checkpoint is longer.
    CutOff,
    /// The line of an exported file cannot be read.
    Unreadable,
}

/// The first entry that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadEntry {
    /// Its number, from 0; none when it has none.
    pub seq: Option<u64>,
    /// Its identifier, as far as it is known.
    pub entry: Option<EntryId>,
    /// What is wrong.
    pub what: What,
}

/// Biên bản kiểm tra sổ nhật ký.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalReport {
    /// The hierarchy; none for an exported file without entries.
    pub root: Option<RootId>,
    /// Number and root of the entries that were recomputed and found good.
    pub head: Head,
    /// Entries that wait to be numbered.
    pub waiting: u64,
    /// The first bad entry; none when all is well.
    pub first_bad: Option<BadEntry>,
}

/// Recomputes the journal of a hierarchy and compares it with itself and with heads known from elsewhere (printed
/// minutes, the superior's copy).
///
/// # Errors
/// When the database fails. A journal that was tampered with is a result, not an error.
pub async fn verify(db: &Db, root: RootId, known: &[Head]) -> Result<JournalReport> {
    let mut reader = db.read(root).await?;
    let mut checker = Checker::new(Some(root), known);
    loop {
        let from = stored(checker.edge.size())?;
        let page = rows!(reader, StoredLeaf, PAGE, root, from, PAGE_LENGTH)?;
        let last = page.len() < usize::from(PAGE_LENGTH);
        for leaf in &page {
            checker.take(&leaf.seen());
        }
        if last || checker.first_bad.is_some() {
            break;
        }
    }
    let waiting = one!(reader, (i64,), COUNT_WAITING, root)?.0;
    let stray = maybe_row!(reader, (Uuid,), STRAY, root)?;
    let mut report = checker.finish();
    report.waiting = u64::try_from(waiting).unwrap_or_default();
    if let (None, Some((entry,))) = (report.first_bad, stray) {
        report.first_bad = Some(BadEntry { seq: None, entry: Some(EntryId(entry)), what: What::Stray });
    }
    Ok(report)
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct StoredLeaf {
    pub(super) seq: i64,
    pub(super) entry_id: Uuid,
    pub(super) leaf_hash: String,
    pub(super) tree_hash: String,
    pub(super) node_hash: String,
    pub(super) body: Option<String>,
}

impl StoredLeaf {
    fn seen(&self) -> Seen<'_> {
        Seen {
            seq: u64::try_from(self.seq).ok(),
            entry: Some(EntryId(self.entry_id)),
            leaf: hash(&self.leaf_hash).ok(),
            tree: hash(&self.tree_hash).ok(),
            node: Some(&self.node_hash),
            body: self.body.as_deref(),
        }
    }
}

/// One leaf as it was found.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) seq: Option<u64>,
    pub(super) entry: Option<EntryId>,
    pub(super) leaf: Option<Hash>,
    pub(super) tree: Option<Hash>,
    /// As it was kept; none when nodes are not kept here.
    pub(super) node: Option<&'a str>,
    pub(super) body: Option<&'a str>,
}

/// Takes leaves in order and stops at the first that does not fit.
#[derive(Debug)]
pub(super) struct Checker<'a> {
    root: Option<RootId>,
    known: &'a [Head],
    edge: Edge,
    first_bad: Option<BadEntry>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(root: Option<RootId>, known: &'a [Head]) -> Self {
        Self { root, known, edge: Edge::default(), first_bad: None }
    }

    pub(super) fn take(&mut self, seen: &Seen<'_>) {
        if self.first_bad.is_some() {
            return;
        }
        let due = self.edge.size();
        let mut after = self.edge.clone();
        match self.fault(&mut after, seen) {
            None => self.edge = after,
            // A removed leaf is named by its number; the entry found in its place is not the bad one.
            Some(What::LeafRemoved) => self.blame(Some(due), None, What::LeafRemoved),
            Some(what) => self.blame(Some(due), seen.entry, what),
        }
    }

    pub(super) const fn blame(&mut self, seq: Option<u64>, entry: Option<EntryId>, what: What) {
        if self.first_bad.is_none() {
            self.first_bad = Some(BadEntry { seq, entry, what });
        }
    }

    pub(super) const fn due(&self) -> u64 {
        self.edge.size()
    }

    fn fault(&mut self, after: &mut Edge, seen: &Seen<'_>) -> Option<What> {
        if seen.seq != Some(self.edge.size()) {
            return Some(What::LeafRemoved);
        }
        let Some(body) = seen.body else { return Some(What::EntryRemoved) };
        let leaf = leaf_hash(body.as_bytes());
        let node = after.push(leaf);
        let (leaf_fits, tree_fits) = (seen.leaf == Some(leaf), seen.tree == Some(after.root()));
        if !self.is_whole(body, seen.entry) {
            return Some(What::EntryChanged);
        }
        let checkpoint = self.known.iter().find(|head| head.size == after.size());
        match (leaf_fits, tree_fits) {
            (false, true) => Some(What::LeafChanged),
            (false, false) => Some(What::EntryChanged),
            (true, false) => Some(What::TreeChanged),
            (true, true) if seen.node.is_some_and(|kept| hash(kept).ok() != Some(node)) => Some(What::NodeChanged),
            (true, true) if checkpoint.is_some_and(|head| head.root_hash != after.root()) => {
                Some(What::NotAsCheckpoint)
            }
            (true, true) => None,
        }
    }

    /// Whether a body is canonical and says of itself what is said of it.
    fn is_whole(&mut self, body: &str, entry: Option<EntryId>) -> bool {
        let Ok(value) = serde_json::from_str::<Value>(body) else { return false };
        let id = |key: &str| value.get(key).and_then(Value::as_str).and_then(|text| Uuid::parse_str(text).ok());
        let Some(root) = id("root").map(RootId) else { return false };
        canonical(&value).is_ok_and(|text| text == body)
            && entry.is_none_or(|entry| id("id") == Some(entry.0))
            && *self.root.get_or_insert(root) == root
    }

    pub(super) fn finish(mut self) -> JournalReport {
        let size = self.edge.size();
        if self.known.iter().any(|head| head.size > size) {
            self.blame(Some(size), None, What::CutOff);
        }
        let head = Head { size, root_hash: self.edge.root() };
        JournalReport { root: self.root, head, waiting: 0, first_bad: self.first_bad }
    }
}
