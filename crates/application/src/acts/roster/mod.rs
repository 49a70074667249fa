//! Danh sách tổ chức, đảng viên: read from a workbook, shown, confirmed, written whole or not at all.

mod check;
mod compare;
mod endings;
mod finding;
mod follow;
mod import;
mod journal;
pub mod layout;
mod lines;
mod oddities;
mod plan;
mod present;
mod read;
mod restore;
mod withdraw;

pub use compare::{Entry, FieldChange, SheetDifference};
pub use finding::{Finding, Findings, LISTED};
pub(crate) use import::kept_of;
pub use import::{Imported, Importer, Preview, Upload, cancel_import, confirm_import, preview_again, preview_import};
pub use lines::{At, MemberLine, PostLine, Roster, UnitLine};
pub(crate) use present::Present;
pub use read::{RowCells, SheetRows, TextCell};
pub(crate) use withdraw::{end_of, left_on, taken_out, unit_ended_on, without_duty};

#[cfg(test)]
mod tests;
