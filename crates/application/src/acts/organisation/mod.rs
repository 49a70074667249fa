//! Sắp xếp tổ chức: units open, change, move, merge, split and close from a day on, by a document. Each act is done whole
//! and then either written or, to show what it would do, dropped.

mod close_unit;
mod mark_sector;
mod merge_units;
mod move_unit;
mod open_unit;
mod people;
mod rearranging;
mod rename_unit;
mod reviews;
mod split_unit;

pub use close_unit::close_unit;
pub use mark_sector::{MarkSector, mark_sector};
pub use merge_units::{MergeUnits, merge_units};
pub use move_unit::move_unit;
pub use open_unit::{NewUnit, open_unit};
pub use rename_unit::{RenameUnit, rename_unit};
pub use split_unit::{SplitPart, SplitUnit, split_unit};

use reviews::shown;
pub(crate) use reviews::{Fate, Rounds, Target};

use domain::UnitId;
use serde::Serialize;

use crate::acts::campaign::RegisterChanges;

/// Căn cứ và ngày có hiệu lực, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    /// First day on which the change holds.
    pub effective_on: String,
    /// Number of the document.
    pub basis_number: String,
    /// Its day.
    pub basis_on: String,
    /// Who issued it.
    pub basis_issuer: String,
}

/// Xem trước hay ghi.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Shows what would happen; nothing is written.
    Look,
    /// Writes it.
    Write,
}

/// Kết quả của một lần sắp xếp: what happens, or what would.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Unit to look at afterwards.
    pub unit: Option<UnitId>,
    /// Names of units that are founded.
    pub founded: Vec<String>,
    /// Units that get another name, kind or superior: before, after.
    pub reshaped: Vec<(String, String)>,
    /// Units that end.
    pub closed: Vec<String>,
    /// Units that get another superior with everything below: name, new superior.
    pub moved: Vec<(String, String)>,
    /// Members that go over to another cell.
    pub members: usize,
    /// Posts that end.
    pub posts: usize,
    /// Undecided reviews that go along.
    pub reviews: usize,
    /// Undecided reviews that leave their round: nobody reviews the person in the new place now.
    pub withdrawn: usize,
    /// Rounds that another committee leads from now on.
    pub handed_over: usize,
    /// What the registers of subjects get and lose by it.
    pub register: RegisterChanges,
}
