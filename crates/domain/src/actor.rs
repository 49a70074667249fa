//! Người đang làm việc: a signed-in person with what he holds today.

use crate::org::Title;
use crate::{PersonId, RootId, UnitId};

/// Chức vụ đang giữ: a post held today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// Title of the post.
    pub title: Title,
    /// Unit where it is held.
    pub unit: UnitId,
    /// Materialised path of that unit.
    pub path: String,
    /// Whether the unit is a cell (a cell's secretary acts for the cell, a base committee's for the committee).
    pub in_cell: bool,
}

/// Người đang làm việc: who acts, in which hierarchy, under which posts and memberships of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Hierarchy.
    pub root: RootId,
    /// Person.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// Posts held today.
    pub posts: Vec<HeldPost>,
    /// Path of the cell of which he is a member today.
    pub member_of: Vec<(UnitId, String)>,
}

impl Actor {
    /// The word of his highest post for the journal, or `member`.
    #[must_use]
    pub fn post_word(&self) -> &'static str {
        self.posts.iter().map(|post| post.title).min().map_or("member", Title::word)
    }
}
