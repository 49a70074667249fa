//! Danh sách đôn đốc as a workbook: who is late with what, whom to call.

use application::reads::campaign::{ChaseLine, Progress};
use documents::workbook::{self, Book, Cell, Column, Sheet};
use domain::Day;

use crate::answer::Failure;
use crate::locale::Translator;

/// Keys of the heads with the widths of their columns.
const COLUMNS: [(&str, u16); 5] = [
    ("campaign-unit", 30),
    ("campaign-head", 28),
    ("campaign-late-with", 34),
    ("province-due-on", 14),
    ("campaign-missing", 60),
];

/// The workbook.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn workbook(progress: &Progress, lines: &[ChaseLine], t: Translator, today: Day) -> Result<Vec<u8>, Failure> {
    let columns = COLUMNS.map(|(key, width)| Column { head: t.get(key), width, ..Column::default() });
    let row = |line: &ChaseLine| {
        let step = line.step.get(t.locale().tag()).to_owned();
        let missing = line.missing.join(", ");
        [line.unit_name.clone(), line.head.clone(), step, line.due_on.shown(), missing].map(Cell::text).to_vec()
    };
    let sheet = Sheet {
        name: t.get("campaign-chase"),
        intro: vec![
            format!("{} – {}", progress.campaign.unit_name, progress.campaign.title),
            t.one("campaign-as-of", "day", today.shown()),
        ],
        columns: columns.to_vec(),
        rows: lines.iter().map(row).collect(),
        frozen_columns: 1,
        landscape: true,
    };
    let book = Book { title: t.get("campaign-chase"), made: super::made_on(today), sheets: vec![sheet] };
    workbook::write(&book).map_err(|error| Failure::Fault(format!("workbook of who is late: {error}")))
}
