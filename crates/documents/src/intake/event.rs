//! What the reader tells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One thing that was read. The order is: `File`, then for each sheet `Sheet`, its `Row`s and `Merged` if it has any, then `End`;
/// or `Fault` at any point, after which nothing follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "e", rename_all = "snake_case")]
pub enum IntakeEvent {
    /// What kind of file it is.
    File {
        /// Kind of file.
        format: Format,
        /// Encoding of a text file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encoding: Option<String>,
        /// Character between the fields of a text file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        separator: Option<char>,
    },
    /// A sheet begins.
    Sheet {
        /// Number of the sheet, from 1.
        sheet: u32,
        /// Name of the sheet; empty for a text file.
        name: String,
        /// Hidden from the person who filled the file.
        #[serde(default, skip_serializing_if = "is_false")]
        hidden: bool,
    },
    /// A row that has at least one cell with text.
    Row {
        /// Number of the sheet, from 1.
        sheet: u32,
        /// Number of the row as the person sees it, from 1.
        row: u32,
        /// Cells that are not empty, from left to right.
        cells: Vec<IntakeCell>,
    },
    /// Merged ranges of a sheet such as `A1:C2`; they stand behind its rows in the file.
    Merged {
        /// Number of the sheet, from 1.
        sheet: u32,
        /// Ranges.
        ranges: Vec<String>,
    },
    /// The file cannot be read, or not further.
    Fault(IntakeFault),
    /// Everything was read.
    End {
        /// Sheets read.
        sheets: u32,
        /// Rows read.
        rows: u64,
        /// Cells read.
        cells: u64,
    },
}

/// Kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Workbook of Office Open XML.
    Xlsx,
    /// Text with separators.
    Csv,
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeCell {
    /// Column, from 1.
    #[serde(rename = "c")]
    pub column: u32,
    /// Text in NFC, without blanks at the ends; days as dd/mm/yyyy.
    #[serde(rename = "t")]
    pub text: String,
    /// What the cell was in the file.
    #[serde(rename = "k", default, skip_serializing_if = "CellKind::is_text")]
    pub kind: CellKind,
    /// The text is the stored result of a formula.
    #[serde(rename = "f", default, skip_serializing_if = "is_false")]
    pub formula: bool,
}

/// What a cell was in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A day with a time, or a time.
    Time,
    /// A truth value.
    Truth,
    /// An error such as `#N/A`.
    Error,
}

/// Why a file is not read. The text for people is kept elsewhere, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeFault {
    /// Code, never reused.
    pub code: FaultCode,
    /// Name of the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Details for the text: `limit`, `found`, `part`, `encoding`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

/// Codes of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FaultCode {
    /// The file is empty.
    #[serde(rename = "INTAKE-001")]
    Empty,
    /// The file is larger than allowed (`limit`, `found` in bytes).
    #[serde(rename = "INTAKE-002")]
    FileTooLarge,
    /// Not a kind of file that is read (`found`: xls_or_protected, ods, docx, pdf, image, zip, unknown).
    #[serde(rename = "INTAKE-003")]
    UnknownFormat,
    /// The package is damaged (`part` when known).
    #[serde(rename = "INTAKE-004")]
    Damaged,
    /// More parts in the package than allowed (`limit`, `found`).
    #[serde(rename = "INTAKE-005")]
    TooManyParts,
    /// The package unpacks to more than allowed (`limit` in bytes, `part`).
    #[serde(rename = "INTAKE-006")]
    UnpacksTooLarge,
    /// A part is packed more tightly than honest files are (`limit`, `part`).
    #[serde(rename = "INTAKE-007")]
    PackedTooTightly,
    /// Elements stand deeper in each other than allowed, or a document type is declared (`part`).
    #[serde(rename = "INTAKE-008")]
    HostileXml,
    /// More sheets than allowed (`limit`, `found`).
    #[serde(rename = "INTAKE-009")]
    TooManySheets,
    /// More rows than allowed (`limit`).
    #[serde(rename = "INTAKE-010")]
    TooManyRows,
    /// More columns than allowed (`limit`).
    #[serde(rename = "INTAKE-011")]
    TooManyColumns,
    /// A cell holds more characters than allowed (`limit`).
    #[serde(rename = "INTAKE-012")]
    CellTooLong,
    /// The text is not Unicode (`encoding`: windows-1258, windows-1252 or unknown – a guess).
    #[serde(rename = "INTAKE-013")]
    Encoding,
    /// The text file is not a table.
    #[serde(rename = "INTAKE-014")]
    NotATable,
    /// The same row or cell stands twice in the file, or rows are out of order.
    #[serde(rename = "INTAKE-015")]
    OutOfOrder,
    /// The reader ended without a word: its memory or time ran out. Set by who runs the child process.
    #[serde(rename = "INTAKE-016")]
    ReaderDied,
    /// More merged ranges in a sheet than allowed (`limit`).
    #[serde(rename = "INTAKE-017")]
    TooManyMerged,
    /// More cells in all sheets than allowed (`limit`).
    #[serde(rename = "INTAKE-018")]
    TooManyCells,
}

impl FaultCode {
    /// The code as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "INTAKE-001",
            Self::FileTooLarge => "INTAKE-002",
            Self::UnknownFormat => "INTAKE-003",
            Self::Damaged => "INTAKE-004",
            Self::TooManyParts => "INTAKE-005",
            Self::UnpacksTooLarge => "INTAKE-006",
            Self::PackedTooTightly => "INTAKE-007",
            Self::HostileXml => "INTAKE-008",
            Self::TooManySheets => "INTAKE-009",
            Self::TooManyRows => "INTAKE-010",
            Self::TooManyColumns => "INTAKE-011",
            Self::CellTooLong => "INTAKE-012",
            Self::Encoding => "INTAKE-013",
            Self::NotATable => "INTAKE-014",
            Self::OutOfOrder => "INTAKE-015",
            Self::ReaderDied => "INTAKE-016",
            Self::TooManyMerged => "INTAKE-017",
            Self::TooManyCells => "INTAKE-018",
        }
    }
}

impl IntakeFault {
    /// A fault of the whole file.
    pub fn new(code: FaultCode) -> Self {
        Self { code, sheet: None, row: None, column: None, args: BTreeMap::new() }
    }

    /// With a detail.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// At a place.
    pub fn at(mut self, sheet: &str, row: u32, column: u32) -> Self {
        self.sheet = Some(sheet.to_owned());
        self.row = Some(row);
        self.column = Some(column);
        self
    }
}

impl std::fmt::Display for IntakeFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.code.as_str())?;
        if let (Some(sheet), Some(row)) = (&self.sheet, self.row) {
            write!(out, " at {sheet}!{}{row}", self.column.map(column_name).unwrap_or_default())?;
        }
        self.args.iter().try_for_each(|(name, value)| write!(out, " {name}={value}"))
    }
}

impl std::error::Error for IntakeFault {}

impl CellKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(truth: &bool) -> bool {
    !*truth
}

/// The letters of a column: 1 is A, 27 is AA.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
