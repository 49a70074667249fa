//! Người đang làm việc: a signed-in person with what he holds today.

use crate::org::{Title, UnitKind};
use crate::{PersonId, PostId, RootId, UnitId};

/// Chức vụ đang giữ: a post held today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// The post.
    pub post: PostId,
    /// Title of the post.
    pub title: Title,
    /// Unit where it is held.
    pub unit: UnitId,
    /// Materialised path of that unit.
    pub path: String,
    /// What the unit is: a cell's secretary acts for the cell, a committee's for the committee.
    pub kind: UnitKind,
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
    /// The post he acts under in the journal: the highest he holds today.
    #[must_use]
    pub fn post_id(&self) -> Option<PostId> {
        self.posts.iter().min_by_key(|post| post.title).map(|post| post.post)
    }

    /// Người không còn sinh hoạt: neither a member today nor holder of a post.
    #[must_use]
    pub fn is_former(&self) -> bool {
        self.member_of.is_empty() && self.posts.is_empty()
    }

    /// Whether he holds one of `titles` in this unit today.
    #[must_use]
    pub fn holds(&self, unit: UnitId, titles: &[Title]) -> bool {
        self.posts.iter().any(|post| post.unit == unit && titles.contains(&post.title))
    }
}
