//! Đối tượng kiểm điểm, đánh giá, xếp loại: the four kinds of subject.

use crate::word::words;

words! {
    /// Loại đối tượng (khoản 5, 9 quy định về kiểm điểm và đánh giá, xếp loại; words as in the rule books).
    Subject {
        /// Tổ chức đảng.
        Organization = "organization",
        /// Tập thể lãnh đạo, quản lý: committee, standing committee, leadership of an agency.
        Collective = "collective",
        /// Đảng viên.
        Member = "member",
        /// Cán bộ lãnh đạo, quản lý.
        Leader = "leader",
    }
}

impl Subject {
    /// Whether it is a person; the others are a unit or the collective that leads it.
    #[must_use]
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Member | Self::Leader)
    }
}
