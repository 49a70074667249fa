//! Sắp xếp tổ chức: what may change in the tree, and from which day.

use crate::org::UnitKind;
use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Việc thay đổi tổ chức.
    ChangeKind {
        /// Thành lập.
        Opened = "opened",
        /// Đổi tên, đổi loại hình.
        Renamed = "renamed",
        /// Chuyển trực thuộc.
        Moved = "moved",
        /// Sáp nhập, hợp nhất.
        Merged = "merged",
        /// Chia, tách.
        Split = "split",
        /// Giải thể, kết thúc hoạt động.
        Closed = "closed",
    }
}

words! {
    /// Vai trò của một tổ chức trong một lần sắp xếp.
    Part {
        /// Được thành lập.
        Founded = "founded",
        /// Được đổi tên, loại hình hoặc cấp trên.
        Reshaped = "reshaped",
        /// Nhận người, tổ chức của đơn vị khác.
        Receiver = "receiver",
        /// Kết thúc hoạt động, có đơn vị kế thừa.
        Ended = "ended",
        /// Chia ra, vẫn hoạt động.
        Divided = "divided",
        /// Giải thể.
        Dissolved = "dissolved",
    }
}

words! {
    /// Điều đi theo một lần sắp xếp.
    Carried {
        /// Kết thúc sinh hoạt ở tổ chức cũ.
        MembershipEnded = "membership_ended",
        /// Bắt đầu sinh hoạt ở tổ chức mới.
        MembershipBegun = "membership_begun",
        /// Thôi giữ chức vụ ở tổ chức cũ.
        PostEnded = "post_ended",
        /// Hồ sơ kiểm điểm chuyển sang tổ chức mới.
        ReviewMoved = "review_moved",
    }
}

/// Một tổ chức trước khi thay đổi: what the checks ask of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Name, for messages.
    pub name: &'a str,
    /// Path in the tree of today.
    pub path: &'a str,
    /// Kind.
    pub kind: UnitKind,
    /// First day of its last place; none when nobody knows.
    pub since: Option<Day>,
    /// Last day of its existence, when it is closed.
    pub closed_on: Option<Day>,
}

/// A change holds from today or from a day that has passed: what lies ahead is entered when it holds.
///
/// # Errors
/// `ORG-001`.
pub fn check_day(day: Day, today: Day) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    Err(Refusal::new("ORG-001").with("day", day.shown()).with("today", today.shown()).at("effective_on"))
}

impl Standing<'_> {
    /// Whether the unit may change on `day`: it exists, and nothing of it changed after that day.
    ///
    /// # Errors
    /// `ORG-003` closed, `ORG-002` founded or changed later.
    pub fn may_change(&self, day: Day) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.not_after(day)
    }

    /// Whether the unit may end with the day before `day`: as [`Standing::may_change`], and it held for a day at least.
    ///
    /// # Errors
    /// `ORG-003`, `ORG-002`.
    pub fn may_end(&self, day: Day) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.not_after(day.before())
    }

    /// Whether the unit goes on.
    ///
    /// # Errors
    /// `ORG-003`.
    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match self.closed_on {
            None => Ok(()),
            Some(day) => Err(Refusal::new("ORG-003").with("unit", self.name).with("day", day.shown())),
        }
    }

    fn not_after(&self, day: Day) -> Result<(), Refusal> {
        match self.since.filter(|since| *since > day) {
            None => Ok(()),
            Some(since) => {
                let what = Refusal::new("ORG-002").with("unit", self.name).with("since", since.shown());
                Err(what.at("effective_on"))
            }
        }
    }

    /// Whether the unit may stand under `superior` as a unit of kind `kind`.
    ///
    /// # Errors
    /// `ORG-004` the superior lies at or below it, `ORG-005` kinds that do not stand under one another.
    pub fn may_stand_under(&self, kind: UnitKind, superior: &Standing<'_>) -> Result<(), Refusal> {
        if superior.path.starts_with(self.path) {
            return Err(Refusal::new("ORG-004").with("superior", superior.name).at("superior"));
        }
        fits(self.name, kind, superior.kind, superior.name)
    }
}

/// Whether a unit of one kind may stand directly under one of another.
///
/// # Errors
/// `ORG-005`.
pub fn fits(name: &str, kind: UnitKind, superior: UnitKind, superior_name: &str) -> Result<(), Refusal> {
    if kind.may_stand_under(superior) {
        return Ok(());
    }
    let what = Refusal::new("ORG-005").with("unit", name).with("superior", superior_name);
    Err(what.with("kind", kind).with("superior_kind", superior).at("superior"))
}

/// Whether units may merge: at least two, none below another, all with members of their own or all without.
///
/// # Errors
/// `ORG-012` too few, `ORG-019` one lies below another, `ORG-013` cells with committees.
pub fn may_merge(units: &[Standing<'_>], into: UnitKind) -> Result<(), Refusal> {
    if units.len() < 2 {
        return Err(Refusal::new("ORG-012").at("codes"));
    }
    for (at, one) in units.iter().enumerate() {
        for other in units.iter().skip(at + 1) {
            if one.path.starts_with(other.path) || other.path.starts_with(one.path) {
                return Err(Refusal::new("ORG-019").with("unit", one.name).with("other", other.name).at("codes"));
            }
        }
        if one.kind.has_members() != into.has_members() {
            return Err(Refusal::new("ORG-013").with("unit", one.name).at("codes"));
        }
    }
    Ok(())
}
