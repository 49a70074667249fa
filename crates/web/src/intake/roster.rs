//! What the reading process said, as the roster import takes it.

use application::acts::roster::{RowCells, SheetRows, TextCell};
use documents::intake::IntakeEvent;
use domain::Refusal;

use super::refusal;

/// The sheets of a file.
///
/// # Errors
/// `INTAKE-…` when the file could not be read to its end.
pub fn sheets(events: Vec<IntakeEvent>) -> Result<Vec<SheetRows>, Refusal> {
    let mut sheets: Vec<SheetRows> = Vec::new();
    for event in events {
        match event {
            IntakeEvent::Sheet { name, .. } => sheets.push(SheetRows { name, rows: Vec::new() }),
            IntakeEvent::Row { row, cells, .. } => {
                let cells = cells.into_iter().map(|cell| TextCell {
                    column: cell.column,
                    text: cell.text,
                    formula: cell.formula,
                    merged: cell.merged,
                });
                if let Some(sheet) = sheets.last_mut() {
                    sheet.rows.push(RowCells { number: row, cells: cells.collect() });
                }
            }
            IntakeEvent::Fault(fault) => return Err(refusal(&fault)),
            IntakeEvent::File { .. } | IntakeEvent::End { .. } => {}
        }
    }
    Ok(sheets)
}
