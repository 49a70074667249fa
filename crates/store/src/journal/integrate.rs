//! Numbering what waits and folding it into the tree; the head of the tree and proofs against it.

use data_encoding::HEXLOWER;
use domain::{EntryId, RootId};
use uuid::Uuid;

use super::tree::{Edge, Hash, Part, empty_root, fold, leaf_hash, parts, path};
use super::{DONE_WAITING, LAST_LEAF, LAST_LEAF_BEFORE, LEAF, LEAF_OF_ENTRY, ONE_WAITING, WAITING};
use crate::bulk::{Table, WholeRow, columns, insert_all};
use crate::db::{Conn, Db};
use crate::error::{Result, StoreError};
use crate::sql::{maybe_row, one, rows, run};

/// Entries folded in one transaction.
const BATCH: u16 = 1_000;

/// Ngọn cây: how many entries the tree holds and its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root over all of them.
    pub root_hash: Hash,
}

#[derive(Debug, sqlx::FromRow)]
struct LeafRow {
    root_id: Uuid,
    seq: i64,
    entry_id: Uuid,
    leaf_hash: String,
    tree_hash: String,
    node_hash: String,
}
columns! { LeafRow in journal_leaf, key (seq), rest (entry_id, leaf_hash, tree_hash, node_hash) }

pub(super) const TABLE: Table = LeafRow::TABLE;

/// Reads a stored hash.
pub(super) fn hash(hex: &str) -> Result<Hash> {
    let bytes = HEXLOWER.decode(hex.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| StoreError::Journal(format!("not a hash: {hex}")))
}

/// A count or number of the tree as the engines store it.
pub(super) fn stored(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| StoreError::Journal(format!("number beyond all journals: {number}")))
}

fn counted(seq: i64) -> Result<u64> {
    u64::try_from(seq).map_err(|_| StoreError::Journal(format!("negative number: {seq}")))
}

/// Numbers every waiting entry, in the order of their identifiers, and folds it into the tree. Cheap when nothing
/// waits; may run at several servers at once, and again after it was cut off.
///
/// # Errors
/// When the database fails, or stored hashes cannot be read.
pub async fn integrate(db: &Db, root: RootId) -> Result<Head> {
    loop {
        let mut reader = db.read(root).await?;
        if maybe_row!(reader, (Uuid,), ONE_WAITING, root)?.is_none() {
            return head_of(&mut reader, root).await;
        }
        drop(reader);
        fold_batch(db, root).await?;
    }
}

async fn fold_batch(db: &Db, root: RootId) -> Result<()> {
    let mut chore = db.chore_alone(root).await?;
    let size = head_of(&mut chore, root).await?.size;
    let mut edge = edge_of(&mut chore, root, size).await?;
    let waiting = rows!(chore, (Uuid, String), WAITING, root, BATCH)?;
    let mut leaves = Vec::with_capacity(waiting.len());
    for (entry_id, body) in waiting {
        let leaf = leaf_hash(body.as_bytes());
        let seq = stored(edge.size())?;
        let node = edge.push(leaf);
        leaves.push(LeafRow {
            root_id: root.0,
            seq,
            entry_id,
            leaf_hash: HEXLOWER.encode(&leaf),
            tree_hash: HEXLOWER.encode(&edge.root()),
            node_hash: HEXLOWER.encode(&node),
        });
    }
    if let Some(last) = leaves.last() {
        run!(chore, DONE_WAITING, root, last.entry_id)?;
    }
    insert_all(&mut chore, &leaves).await?;
    chore.commit().await
}

/// Size and root of the tree as it is stored now.
///
/// # Errors
/// When the database fails.
pub async fn head(db: &Db, root: RootId) -> Result<Head> {
    head_of(&mut *db.read(root).await?, root).await
}

/// Size and root of the tree as it stood after everything done up to `moment`, whose entries carry identifiers of that
/// time (UUIDv7); none before the first entry. The same answer whenever it is asked, so that it can be printed.
///
/// # Errors
/// When the database fails.
pub async fn head_as_of(conn: &mut Conn, root: RootId, moment: chrono::DateTime<chrono::Utc>) -> Result<Option<Head>> {
    const BITS_BELOW_TIME: u32 = 80;
    let next_millisecond = u128::try_from(moment.timestamp_millis() + 1).unwrap_or(0);
    let bound = Uuid::from_u128(next_millisecond << BITS_BELOW_TIME);
    let last = maybe_row!(conn, LeafRow, LAST_LEAF_BEFORE, root, bound)?;
    last.map(|last| Ok(Head { size: counted(last.seq)? + 1, root_hash: hash(&last.tree_hash)? })).transpose()
}

async fn head_of(conn: &mut Conn, root: RootId) -> Result<Head> {
    let Some(last) = maybe_row!(conn, LeafRow, LAST_LEAF, root)? else {
        return Ok(Head { size: 0, root_hash: empty_root() });
    };
    Ok(Head { size: counted(last.seq)? + 1, root_hash: hash(&last.tree_hash)? })
}

async fn edge_of(conn: &mut Conn, root: RootId, size: u64) -> Result<Edge> {
    let subtrees = kept(conn, root, &parts(0, size)).await?;
    Edge::resume(size, subtrees).ok_or_else(|| StoreError::Journal("tree without its edge".to_owned()))
}

async fn kept(conn: &mut Conn, root: RootId, parts: &[Part]) -> Result<Vec<Hash>> {
    let mut hashes = Vec::with_capacity(parts.len());
    for part in parts {
        let (Part::Leaf(seq) | Part::EndingWith(seq)) = *part;
        let leaf = one!(conn, LeafRow, LEAF, root, stored(seq)?)?;
        hashes.push(hash(if matches!(part, Part::Leaf(_)) { &leaf.leaf_hash } else { &leaf.node_hash })?);
    }
    Ok(hashes)
}

/// Bằng chứng có mặt: number of the entry and the hashes that, with its own, give the root of `head`'s tree; none while
/// the entry waits or when there is no such entry.
///
/// # Errors
/// When the database fails.
pub async fn inclusion_proof(db: &Db, root: RootId, entry: EntryId, head: &Head) -> Result<Option<(u64, Vec<Hash>)>> {
    let mut reader = db.read(root).await?;
    let Some(leaf) = maybe_row!(reader, LeafRow, LEAF_OF_ENTRY, root, entry)? else { return Ok(None) };
    let index = counted(leaf.seq)?;
    if index >= head.size {
        return Ok(None);
    }
    let mut proof = Vec::new();
    for (from, to) in path(index, head.size) {
        proof.push(fold(&kept(&mut reader, root, &parts(from, to)).await?));
    }
    Ok(Some((index, proof)))
}
