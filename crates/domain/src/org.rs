//! Tổ chức và con người: kinds of units, standings of members, posts.

use crate::Day;
use crate::word::words;

words! {
    /// Loại tổ chức: what a unit is in the tree.
    UnitKind {
        /// Đảng bộ tỉnh, thành phố trực thuộc Trung ương.
        Province = "province",
        /// Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng: district and equivalent; since 1/7/2025 also commune and ward (294-QĐ/TW §10.2).
        AboveBase = "above_base",
        /// Tổ chức cơ sở đảng: đảng bộ cơ sở (đảng uỷ xã, phường, cơ quan).
        BaseOrganization = "base_organization",
        /// Chi bộ cơ sở: a base organisation without units below it, whose members meet as one cell.
        BaseCell = "base_cell",
        /// Đảng bộ bộ phận: between a base organisation and its cells.
        SubCommittee = "sub_committee",
        /// Chi bộ (trực thuộc).
        Cell = "cell",
    }
}

words! {
    /// Loại hình riêng của tổ chức: what lets a unit go by another calendar or count another year than the others.
    Sector {
        /// Trường học, cơ sở giáo dục: judged on the results of the school year.
        School = "school",
        /// Đơn vị đặc thù, không tổng kết vào cuối năm.
        Special = "special",
    }
}

impl UnitKind {
    /// Whether members belong to it directly: chi bộ, chi bộ cơ sở.
    #[must_use]
    pub const fn has_members(self) -> bool {
        matches!(self, Self::Cell | Self::BaseCell)
    }

    /// Whether it is a base organisation (tổ chức cơ sở đảng), which decides on the members below it.
    #[must_use]
    pub const fn is_base(self) -> bool {
        matches!(self, Self::BaseOrganization | Self::BaseCell)
    }

    /// Whether the units under a body of this kind decide on what is below them, so that its own remit ends with them.
    #[must_use]
    pub const fn decides_through_bodies(self) -> bool {
        matches!(self, Self::Province | Self::AboveBase)
    }

    /// Whether a unit of this kind may stand directly under one of kind `superior`.
    #[must_use]
    pub const fn may_stand_under(self, superior: Self) -> bool {
        match self {
            Self::Province => false,
            Self::AboveBase => matches!(superior, Self::Province),
            Self::BaseOrganization | Self::BaseCell => matches!(superior, Self::Province | Self::AboveBase),
            Self::SubCommittee => matches!(superior, Self::BaseOrganization),
            // Chi bộ thôn, tổ dân phố stand directly under a commune that is above the base (294-QĐ/TW §10.2).
            Self::Cell => matches!(superior, Self::BaseOrganization | Self::SubCommittee | Self::AboveBase),
        }
    }

    /// Whether a unit of this kind may be the top of a hierarchy that is kept here.
    #[must_use]
    pub const fn may_be_top(self) -> bool {
        matches!(self, Self::Province | Self::AboveBase | Self::BaseOrganization | Self::BaseCell)
    }
}

/// Whether members belong directly to a unit of this stored kind.
#[must_use]
pub fn has_members(kind: &str) -> bool {
    UnitKind::from_word(kind).is_some_and(UnitKind::has_members)
}

words! {
    /// Tình trạng sinh hoạt của đảng viên.
    Standing {
        /// Đảng viên chính thức.
        Official = "official",
        /// Đảng viên dự bị: may speak, does not vote.
        Probationary = "probationary",
        /// Được miễn công tác và sinh hoạt đảng.
        Exempt = "exempt",
        /// Bị đình chỉ sinh hoạt đảng.
        Suspended = "suspended",
    }
}

words! {
    /// Lý do kết thúc sinh hoạt: why a membership ended without another cell taking its place.
    EndReason {
        /// Từ trần.
        Died = "died",
        /// Xin ra khỏi Đảng.
        Left = "left",
        /// Bị khai trừ.
        Expelled = "expelled",
        /// Bị xoá tên.
        NameRemoved = "name_removed",
        /// Chuyển sinh hoạt ra ngoài hệ thống này.
        TransferredOut = "transferred_out",
    }
}

words! {
    /// Chức vụ đảng held in a unit.
    Title {
        /// Bí thư: the head.
        Secretary = "secretary",
        /// Phó bí thư.
        DeputySecretary = "deputy_secretary",
        /// Uỷ viên ban thường vụ; he is a member of the committee too.
        StandingMember = "standing_member",
        /// Cấp uỷ viên.
        CommitteeMember = "committee_member",
        /// Cán bộ văn phòng cấp uỷ: does the office work, holds no vote.
        Clerk = "clerk",
        /// Cán bộ uỷ ban kiểm tra: reads in the whole subtree, holds no vote.
        Inspector = "inspector",
    }
}

impl Title {
    /// Whether its holder sits in the committee; clerks and inspectors work for it and hold no vote.
    #[must_use]
    pub const fn is_of_committee(self) -> bool {
        !matches!(self, Self::Clerk | Self::Inspector)
    }
}

words! {
    /// Đối tượng bên chính quyền: whether a civil-service result is needed before the party result.
    CivilKind {
        /// Không thuộc diện cán bộ, công chức, viên chức.
        None = "none",
        /// Cán bộ.
        Cadre = "cadre",
        /// Công chức.
        CivilServant = "civil_servant",
        /// Viên chức.
        PublicEmployee = "public_employee",
    }
}

impl CivilKind {
    /// Whether this person is also rated by a state body.
    #[must_use]
    pub const fn is_civil(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// Whether something that holds from a day to a day (open when it has no end) holds on `day`.
#[must_use]
pub fn holds_on(day: Day, from_on: Day, to_on: Option<Day>) -> bool {
    from_on <= day && to_on.is_none_or(|end| day <= end)
}

/// A cycle in the tree: this unit, by its code, is its own superior.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unit {0} is its own superior")]
pub struct Cycle(pub String);

/// Order of units such that each stands after its superior.
///
/// `units` gives each unit's code and its superior's code; a superior that is not among them counts as outside the tree.
///
/// # Errors
/// [`Cycle`] naming the first unit (in the given order) that lies on a cycle.
pub fn top_down(units: &[(String, Option<String>)]) -> Result<Vec<String>, Cycle> {
    let parents: std::collections::BTreeMap<&str, Option<&str>> =
        units.iter().map(|(code, parent)| (code.as_str(), parent.as_deref())).collect();
    let mut depths = Vec::with_capacity(units.len());
    for (code, _) in units {
        let mut depth = 0_usize;
        let mut at = code.as_str();
        while let Some(Some(parent)) = parents.get(at) {
            depth += 1;
            at = parent;
            if depth > units.len() {
                return Err(Cycle(code.clone()));
            }
        }
        depths.push((depth, code.clone()));
    }
    depths.sort_by_key(|(depth, _)| *depth);
    Ok(depths.into_iter().map(|(_, code)| code).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, parent: Option<&str>) -> (String, Option<String>) {
        (code.to_owned(), parent.map(str::to_owned))
    }

    #[test]
    fn a_superior_stands_before_its_units() {
        let order =
            top_down(&[unit("CB2", Some("BP")), unit("BP", Some("DU")), unit("DU", None), unit("CB1", Some("DU"))]);
        assert_eq!(order.unwrap(), ["DU", "BP", "CB1", "CB2"]);
    }

    #[test]
    fn a_unit_that_is_its_own_superior_is_named() {
        assert_eq!(top_down(&[unit("A", Some("B")), unit("B", Some("A"))]), Err(Cycle("A".to_owned())));
    }
}
