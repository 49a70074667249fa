//! What a workbook may hold at most, asked cell by cell.

use super::{FaultCode, IntakeFault, Limits};

/// What was read so far.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) sheets: u32,
    pub(super) rows: u64,
    pub(super) cells: u64,
    pub(super) text: u64,
}

/// Refuses a cell beyond a limit.
pub(super) fn check(
    sheet: &str,
    (row, column): (u32, u32),
    text: &str,
    totals: &Totals,
    limits: &Limits,
) -> Result<(), IntakeFault> {
    let fault = |code: FaultCode, limit: u64| Err(IntakeFault::new(code).with("limit", limit).at(sheet, row, column));
    if row > limits.rows {
        return fault(FaultCode::TooManyRows, limits.rows.into());
    }
    if column > limits.columns {
        return fault(FaultCode::TooManyColumns, limits.columns.into());
    }
    if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
        return fault(FaultCode::CellTooLong, limits.cell_chars as u64);
    }
    // One long shared text may be pointed at by a million cells.
    if totals.text > limits.unpacked_bytes {
        return fault(FaultCode::UnpacksTooLarge, limits.unpacked_bytes);
    }
    if totals.cells >= limits.cells {
        return fault(FaultCode::TooManyCells, limits.cells);
    }
    Ok(())
}
