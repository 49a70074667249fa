//! The Merkle tree of RFC 6962 section 2: hashes, growth leaf by leaf, proofs. Pure.

use sha2::{Digest, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// Hash of one entry as a leaf: SHA-256(0x00 ‖ entry).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// Hash of two subtrees: SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Root of the tree without entries: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The right edge of a growing tree: its complete subtrees, largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Edge {
    /// Takes up a tree of `size` leaves whose complete subtrees (the [`Part`]s of `0..size`) are known.
    /// None when their number does not fit the size.
    #[must_use]
    pub fn resume(size: u64, subtrees: Vec<Hash>) -> Option<Self> {
        (u64::from(size.count_ones()) == subtrees.len() as u64).then_some(Self { size, subtrees })
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf. Returns the root of the largest complete subtree that ends with it.
    pub fn push(&mut self, leaf: Hash) -> Hash {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
        hash
    }

    /// Root of the whole tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.subtrees)
    }
}

/// Root over neighbouring subtrees, of which each is larger than all that follow.
#[must_use]
pub fn fold(subtrees: &[Hash]) -> Hash {
    let mut from_right = subtrees.iter().rev();
    let Some(last) = from_right.next() else { return empty_root() };
    from_right.fold(*last, |right, left| node_hash(left, &right))
}

/// A subtree whose hash is kept beside leaf number `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The leaf itself.
    Leaf(u64),
    /// The largest complete subtree that ends with the leaf.
    EndingWith(u64),
}

/// The kept subtrees of which the root over leaves `from..to` is folded. `from` must be a place where a subtree of this
/// length can begin.
#[must_use]
pub fn parts(from: u64, to: u64) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = from;
    while from < to {
        let length = to - from;
        let largest = 1 << length.ilog2();
        // What ends at an odd multiple of its own length is the largest that ends there.
        let step = if (from / largest).is_multiple_of(2) { largest } else { (largest / 2).max(1) };
        parts.push(if step == 1 && !from.is_multiple_of(2) {
            Part::Leaf(from)
        } else {
            Part::EndingWith(from + step - 1)
        });
        from += step;
    }
    parts
}

/// The ranges of leaves whose roots prove that leaf `index` is in the tree of `size` leaves, lowest first
/// (PATH of RFC 6962 section 2.1.1).
#[must_use]
pub fn path(index: u64, size: u64) -> Vec<(u64, u64)> {
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to.saturating_sub(from) > 1 {
        let middle = from + (1 << (to - from - 1).ilog2());
        if index < middle {
            path.push((middle, to));
            to = middle;
        } else {
            path.push((from, middle));
            from = middle;
        }
    }
    path.reverse();
    path
}

/// Whether `proof` shows that the leaf number `index` with this hash is in the tree of `size` leaves with this root.
#[must_use]
pub fn is_included(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    let ranges = path(index, size);
    index < size
        && ranges.len() == proof.len()
        && *root
            == ranges.iter().zip(proof).fold(leaf, |hash, ((from, _), sibling)| {
                if *from > index { node_hash(&hash, sibling) } else { node_hash(sibling, &hash) }
            })
}
