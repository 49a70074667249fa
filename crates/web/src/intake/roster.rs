//! What the reading process said, as the roster import takes it.

use application::acts::roster::{RowCells, SheetRows, TextCell};
use documents::intake::IntakeEvent;
use domain::Refusal;

use super::{corners, refusal};

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
                    merged: false,
                });
                if let Some(sheet) = sheets.last_mut() {
                    sheet.rows.push(RowCells { number: row, cells: cells.collect() });
                }
            }
            IntakeEvent::Merged { ranges, .. } => {
                if let Some(sheet) = sheets.last_mut() {
                    mark(&mut sheet.rows, &ranges);
                }
            }
            IntakeEvent::Fault(fault) => return Err(refusal(&fault)),
            IntakeEvent::File { .. } | IntakeEvent::End { .. } => {}
        }
    }
    Ok(sheets)
}

/// Marks the cells that belong to merged ranges: row after row, with how many ranges reach over each column there.
fn mark(rows: &mut [RowCells], ranges: &[String]) {
    let width = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column).max().unwrap_or(0);
    let mut over = vec![0_i64; width as usize + 1];
    // Row at which something changes, its first and last column, and whether a range begins or ends.
    let mut changes: Vec<(u32, u32, u32, i64)> = Vec::new();
    for ((left, first), (right, last)) in ranges.iter().filter_map(|range| corners(range)) {
        let (left, right) = (left.min(right), left.max(right).min(width));
        changes.push((first.min(last), left, right, 1));
        changes.push((first.max(last).saturating_add(1), left, right, -1));
    }
    changes.sort_unstable();
    let mut coming = changes.into_iter().peekable();
    for row in rows {
        while let Some((_, left, right, by)) = coming.next_if(|(at, ..)| *at <= row.number) {
            let columns = over.iter_mut().take(right as usize + 1).skip(left as usize);
            columns.for_each(|count| *count += by);
        }
        for cell in &mut row.cells {
            cell.merged = over.get(cell.column as usize).is_some_and(|count| *count > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_merged_ranges_are_marked_wherever_the_range_reaches() {
        let row = |number| RowCells {
            number,
            cells: (1..=4)
                .map(|column| TextCell { column, text: "x".to_owned(), formula: false, merged: false })
                .collect(),
        };
        let mut rows: Vec<RowCells> = [1, 2, 5, 6].map(row).into();
        mark(&mut rows, &["A1:B2", "D2:D5", "B5:XFD5", "nonsense"].map(str::to_owned));
        let marked: Vec<Vec<u32>> = rows
            .iter()
            .map(|row| row.cells.iter().filter(|cell| cell.merged).map(|cell| cell.column).collect())
            .collect();
        assert_eq!(marked, [vec![1, 2], vec![1, 2, 4], vec![2, 3, 4], vec![]]);
    }
}
