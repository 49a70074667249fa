//! The roster as a workbook: the empty template, and the present roster to edit and import again.

use application::acts::roster::{Roster, layout};
use documents::workbook::{self, Book, Cell, Choice, Column, Sheet};
use domain::Day;

use crate::answer::Failure;
use crate::locale::Translator;

const CODE_WIDTH: u16 = 14;
const DAY_WIDTH: u16 = 13;
const TEXT_WIDTH: u16 = 28;
/// Columns up to this length hold codes and words, longer ones names and texts.
const SHORT: usize = 40;

/// A workbook with these lines; without any it is the template.
///
/// # Errors
/// [`Failure::Fault`] when a text does not fit into a workbook.
pub fn workbook(title: String, made: Day, roster: &Roster, t: Translator) -> Result<Vec<u8>, Failure> {
    let sheets = roster.sheets().into_iter().map(|(layout, rows)| Sheet {
        name: layout.name.to_owned(),
        columns: layout.columns.iter().map(|column| head(column, t)).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        frozen_columns: 2,
        landscape: true,
        ..Sheet::default()
    });
    let book = Book { title, made: super::made_on(made), sheets: sheets.collect() };
    workbook::write(&book).map_err(|error| Failure::Fault(format!("roster workbook: {error}")))
}

fn cell(text: String) -> Cell {
    if text.is_empty() { Cell::default() } else { Cell::text(text) }
}

fn head(column: &layout::Column, t: Translator) -> Column {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let (choice, width) = match column.content {
        layout::Content::OneOf(list) => (Choice::OneOf(words(list)), CODE_WIDTH),
        layout::Content::UnitCode => {
            (Choice::FromSheet { sheet: layout::UNITS.name.to_owned(), column: 0 }, CODE_WIDTH)
        }
        layout::Content::MemberCode => {
            (Choice::FromSheet { sheet: layout::MEMBERS.name.to_owned(), column: 0 }, CODE_WIDTH)
        }
        layout::Content::Day => (Choice::Free, DAY_WIDTH),
        layout::Content::Text => (Choice::Free, if column.max > SHORT { TEXT_WIDTH } else { CODE_WIDTH }),
    };
    Column {
        head: column.heading.to_owned(),
        width,
        note: t.get(&format!("roster-note-{}", column.key)),
        required: column.required,
        choice,
    }
}

#[cfg(test)]
mod tests {
    use documents::intake::{Limits, read_all};

    use super::*;

    #[test]
    fn the_template_is_read_as_a_roster_without_lines() {
        let t = Translator::default();
        let bytes = workbook("Mẫu".to_owned(), Day::of(2022, 12, 1).unwrap(), &Roster::default(), t).unwrap();
        let events = read_all(&bytes, &Limits::default()).unwrap();
        let sheets = crate::intake::roster::sheets(events).unwrap();
        assert_eq!(
            sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
            ["Tổ chức", "Đảng viên", "Chức vụ"]
        );
        for (sheet, layout) in std::iter::zip(&sheets, layout::SHEETS) {
            assert_eq!(sheet.rows.len(), 2, "headings and explanations");
            assert_eq!(sheet.rows[0].cells.len(), layout.columns.len());
            assert!(sheet.rows[1].cells[0].text.starts_with(layout::HINT), "{:?}", sheet.rows[1]);
            assert!(sheet.rows[1].cells.iter().all(|cell| !cell.text.contains('⟦')), "{:?}", sheet.rows[1]);
        }
    }
}
