//! Lỗi và điều cần xem lại trong tệp: place in the file, what is wrong; the words stand in `locales` by code.

use domain::Refusal;
use serde::Serialize;

use super::layout::letters;

/// How many errors and how many warnings are listed; all are counted.
pub const LISTED: usize = 500;

/// One thing found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Sheet; empty when it concerns the whole file.
    pub sheet: String,
    /// Row as a spreadsheet numbers it; 0 when it concerns the whole sheet.
    pub row: u32,
    /// Column from 1; 0 when it concerns the whole row.
    pub column: u32,
    /// Code and values for the text.
    pub what: Refusal,
}

impl Finding {
    /// Column in letters, empty when it concerns the whole row.
    #[must_use]
    pub fn column_letters(&self) -> String {
        letters(self.column)
    }
}

/// Findings, as many as are listed, and the number of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The first ones, in the order of sheet, row and column.
    pub listed: Vec<Finding>,
    /// How many there are.
    pub total: usize,
}

impl Findings {
    pub(crate) fn add(&mut self, finding: Finding) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(finding);
        }
    }

    pub(crate) fn in_order(mut self, sheets: &[&str]) -> Self {
        let place = |name: &str| sheets.iter().position(|sheet| *sheet == name).unwrap_or(sheets.len());
        self.listed.sort_by_key(|finding| (place(&finding.sheet), finding.row, finding.column));
        self
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// What reading and checking a file brings to light.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Remarks {
    pub(crate) errors: Findings,
    pub(crate) warnings: Findings,
}

/// Codes from here on are warnings.
const FIRST_WARNING: &str = "ROSTER-100";

impl Remarks {
    pub(crate) fn add(&mut self, sheet: &str, (row, column): (u32, u32), what: Refusal) {
        let findings = if what.code.as_str() > FIRST_WARNING { &mut self.warnings } else { &mut self.errors };
        findings.add(Finding { sheet: sheet.to_owned(), row, column, what });
    }
}
