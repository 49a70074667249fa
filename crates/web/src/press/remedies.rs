//! Danh sách việc khắc phục as a workbook.

use application::reads::after::{Listed, ListedItem};
use documents::workbook::{self, Book, Cell, Column, Sheet};
use domain::Day;

use crate::answer::Failure;
use crate::locale::Translator;

/// Keys of the heads with the widths of their columns.
const COLUMNS: [(&str, u16); 8] = [
    ("campaign-unit", 28),
    ("after-owner", 26),
    ("after-shortcoming", 44),
    ("after-measure", 44),
    ("after-monitor", 26),
    ("after-due-on", 14),
    ("after-state", 16),
    ("after-outcome", 44),
];

/// The workbook.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn workbook(title: &str, list: &Listed, t: Translator, today: Day) -> Result<Vec<u8>, Failure> {
    let columns = COLUMNS.map(|(key, width)| Column { head: t.get(key), width, ..Column::default() });
    let row = |one: &ListedItem| {
        let state = match (one.closed, one.late) {
            (true, _) => "after-item-closed",
            (_, true) => "after-item-late",
            _ => "after-item-open",
        };
        let texts = [
            one.unit_name.clone(),
            one.owner.clone(),
            one.shortcoming.clone(),
            one.measure.clone(),
            one.monitor.clone(),
            one.due_on.shown(),
            t.get(state),
            one.outcome.clone(),
        ];
        texts.map(Cell::text).to_vec()
    };
    let sheet = Sheet {
        name: t.get("after-items"),
        intro: vec![format!("{title} – {}", list.unit_name), t.one("campaign-as-of", "day", today.shown())],
        columns: columns.to_vec(),
        rows: list.items.iter().map(row).collect(),
        frozen_columns: 1,
        landscape: true,
    };
    let book = Book { title: title.to_owned(), made: super::made_on(today), sheets: vec![sheet] };
    workbook::write(&book).map_err(|error| Failure::Fault(format!("workbook of remedies: {error}")))
}
