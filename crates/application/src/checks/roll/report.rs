//! Báo cáo: what was read and how, what breaks a rule, what cannot be told. Its shape as JSON is stable.

use serde::{Deserialize, Serialize};

use super::mapping::Mapping;
use crate::judge::Words;

/// Loại vi phạm: the kinds, the gravest first, with their codes, which are never reused.
pub(super) const KINDS: [(&str, &str); 15] = [
    ("over_cap", "ROLL-101"),
    ("exempt", "ROLL-102"),
    ("review_only", "ROLL-103"),
    ("not_classified", "ROLL-104"),
    ("disciplined", "ROLL-105"),
    ("above_civil_service", "ROLL-106"),
    ("above_unit", "ROLL-107"),
    ("conditions", "ROLL-108"),
    ("parts", "ROLL-111"),
    ("within", "ROLL-112"),
    ("totals", "ROLL-113"),
    ("level_unread", "ROLL-121"),
    ("value_unread", "ROLL-122"),
    ("twice", "ROLL-123"),
    ("needs_decision", "ROLL-124"),
];

/// The code of a kind.
pub(super) fn code_of(kind: &str) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, code)| code)
}

/// Kết quả kiểm tra một bảng lập theo từng người hoặc từng đơn vị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollReport {
    /// How the table was read and against what.
    pub head: Head,
    /// In figures.
    pub summary: Summary,
    /// The cap in each group that has somebody of the limited level, under each reading.
    pub caps: Vec<GroupCap>,
    /// Everything found: what concerns the whole first, then in the order of the file.
    pub breaches: Vec<Breach>,
}

/// Đầu báo cáo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How the file was read, as it can be given back.
    pub mapping: Mapping,
    /// Columns in words.
    pub columns: Vec<ColumnLine>,
    /// Id of the rule book.
    pub book: String,
    /// Its title.
    pub book_title: Words,
    /// Its seal.
    pub seal: String,
    /// Kind of subject.
    pub subject: Words,
    /// Which recorded level was checked.
    pub level: Words,
    /// Cut-off day, `31/12/2022`.
    pub cut_off: String,
    /// Every setting of the book with its value.
    pub settings: Vec<SettingLine>,
    /// What was concluded from other columns, in words.
    pub derived: Vec<Words>,
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Sheets that have rows and were not read.
    #[serde(default)]
    pub unread: Vec<UnreadSheet>,
    /// Rows read.
    pub rows: usize,
    /// Rows left out, per reason.
    pub left_out: Vec<LeftOut>,
}

/// Một cột, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Letters.
    pub at: String,
    /// Heading in the file.
    pub head: String,
    /// What it stands for; none when it is not used.
    pub means: Option<Words>,
}

/// Một lựa chọn của bộ quy định.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingLine {
    /// Name.
    pub name: String,
    /// The question.
    pub title: Words,
    /// The choice.
    pub value: String,
    /// The choice in words.
    pub value_title: Words,
    /// It was asked for; otherwise it is the default of the book.
    pub chosen: bool,
}

/// Trang tính không đọc.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadSheet {
    /// Name.
    pub name: String,
    /// Rows that have cells.
    pub rows: usize,
    /// Hidden; otherwise its headings are others.
    pub hidden: bool,
}

/// Phát hiện không liệt kê.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Kind.
    pub kind: String,
    /// Letters of the column.
    pub column: String,
    /// How many of the kind in that column are counted but not listed.
    pub findings: usize,
}

/// Dòng bị bỏ qua.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// `totals`, `shares`, `section`, `column_numbers`, `heading_again`, `nobody`.
    pub reason: String,
    /// How many.
    pub rows: usize,
    /// The first of them: sheet and row.
    pub first: Vec<(String, u32)>,
}

/// Tóm tắt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Per kind, the gravest first.
    pub kinds: Vec<KindCount>,
    /// How many have which level.
    pub levels: Vec<LevelCount>,
    /// Rows said to be unclassified.
    pub unclassified: usize,
    /// Rows without a recorded level.
    pub without_level: usize,
    /// Per base organisation, most errors first; empty when the table has no such column.
    pub places: Vec<PlaceCount>,
    /// Rows of which it cannot be told whether they are right.
    pub untold: usize,
    /// The facts that are missing for it, most missed first.
    pub missing: Vec<MissingCount>,
    /// Findings that are counted above and not listed, because there are so many of one kind in one column.
    #[serde(default)]
    pub cut: Vec<Cut>,
}

/// Số lượng theo loại.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// Kind.
    pub kind: String,
    /// Its code.
    pub code: String,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

/// Số lượng theo mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelCount {
    /// Id of the level.
    pub level: String,
    /// Its name.
    pub title: Words,
    /// How many.
    pub rows: u64,
}

/// Số lượng theo nơi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCount {
    /// Name as written.
    pub name: String,
    /// Rows.
    pub rows: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// Dữ kiện thiếu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingCount {
    /// Name of the fact.
    pub fact: String,
    /// Its label.
    pub label: Words,
    /// For how many rows.
    pub rows: usize,
}

/// Trần của một nhóm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCap {
    /// Name of the group as written; empty when the table has no column for it.
    pub group: String,
    /// The table tells which group each row belongs to.
    pub proven: bool,
    /// Over the cap under the reading in force.
    pub over: bool,
    /// Heads of units at the limited level whom the settings leave outside the cap; they are in no figure of the readings.
    #[serde(default)]
    pub heads_outside: u64,
    /// Persons at the limited level of whom the table does not tell whether they head a unit; they are counted.
    #[serde(default)]
    pub perhaps_outside: u64,
    /// The cap under each reading, the one in force first.
    pub readings: Vec<super::super::Cap>,
}

/// Một phát hiện.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Kind.
    pub kind: String,
    /// Its code.
    pub code: String,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// Sheet; empty in a text file.
    pub sheet: String,
    /// Row as seen in a spreadsheet; nought when it concerns a whole group.
    pub row: u32,
    /// Letters of the column; empty when it is no single one.
    pub column: String,
    /// Name as written in the row, or the group.
    pub who: String,
    /// Base organisation as written.
    pub base: String,
    /// Recorded level, if it is about one.
    pub level: Option<Words>,
    /// Code of the rule of the book, if it is about one.
    pub rule: String,
    /// What is so.
    pub message: Words,
    /// The comparisons that decided.
    pub figures: Vec<Words>,
    /// Where the law stands.
    pub citation: Option<Words>,
    /// How surely the text of the law is known; empty when it is not about the law.
    pub surety: String,
}

impl RollReport {
    /// Whether something breaks a rule or cannot be right.
    #[must_use]
    pub fn breaks_a_rule(&self) -> bool {
        self.summary.errors > 0
    }
}
