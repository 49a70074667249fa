//! Workbooks, cell by cell. The sheet's own claim of its size is never believed.

use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{
    CellKind, FaultCode, Format, IntakeCell, IntakeEvent, IntakeFault, Limits, Sink, Stop, column_name, guard, tidy,
};

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Whole numbers up to here are held exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[derive(Default)]
struct Totals {
    sheets: u32,
    rows: u64,
    cells: u64,
    text: u64,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let facts = guard::package(bytes, limits)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|fault| damaged(&fault))?;
    sink(IntakeEvent::File { format: Format::Xlsx, encoding: None, separator: None })?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    if sheets.len() > limits.sheets {
        let fault = IntakeFault::new(FaultCode::TooManySheets);
        return Err(fault.with("limit", limits.sheets).with("found", sheets.len()).into());
    }
    let mut totals = Totals::default();
    for (name, hidden) in sheets {
        totals.sheets += 1;
        let merged = if facts.merged { merged_ranges(&mut book, &name)? } else { Vec::new() };
        let written = merged.iter().map(range_name).collect();
        sink(IntakeEvent::Sheet { sheet: totals.sheets, name: tidy(&name), hidden, merged: written })?;
        read_sheet(&mut book, &name, &merged, limits, &mut totals, sink)?;
    }
    sink(IntakeEvent::End { sheets: totals.sheets, rows: totals.rows, cells: totals.cells })?;
    Ok(())
}

fn damaged(fault: &XlsxError) -> IntakeFault {
    let code = match fault {
        XlsxError::Password => return IntakeFault::new(FaultCode::UnknownFormat).with("found", "xls_or_protected"),
        _ => FaultCode::Damaged,
    };
    IntakeFault::new(code).with("found", fault)
}

fn merged_ranges(book: &mut Book<'_>, name: &str) -> Result<Vec<Dimensions>, IntakeFault> {
    book.merge_cells_by_sheet_name(name).map_err(|fault| damaged(&fault))
}

fn range_name(range: &Dimensions) -> String {
    let cell =
        |(row, column): (u32, u32)| format!("{}{}", column_name(column.saturating_add(1)), row.saturating_add(1));
    format!("{}:{}", cell(range.start), cell(range.end))
}

fn read_sheet(
    book: &mut Book<'_>,
    name: &str,
    merged: &[Dimensions],
    limits: &Limits,
    totals: &mut Totals,
    sink: &mut Sink<'_>,
) -> Result<(), Stop> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|fault| damaged(&fault))?;
    let mut row = 0_u32;
    let mut cells: Vec<IntakeCell> = Vec::new();
    let read_on = |fault: XlsxError| {
        let fault = damaged(&fault);
        IntakeFault { sheet: Some(name.to_owned()), ..fault }
    };
    while let Some(next) = reader.next_cell_with_formula_metadata().map_err(read_on)? {
        let (kind, text) = words_of(&next.value);
        if text.is_empty() && next.formula.is_none() {
            continue;
        }
        let (at_row, at_column) = (next.pos.0.saturating_add(1), next.pos.1.saturating_add(1));
        totals.text += text.len() as u64;
        check(name, at_row, at_column, &text, totals, limits)?;
        let behind = at_row < row || (at_row == row && cells.last().is_some_and(|last| last.column >= at_column));
        if behind {
            return Err(IntakeFault::new(FaultCode::OutOfOrder).at(name, at_row, at_column).into());
        }
        if at_row != row {
            flush(row, &mut cells, totals, sink)?;
            row = at_row;
        }
        let merged = merged.iter().any(|range| range.contains(next.pos.0, next.pos.1));
        cells.push(IntakeCell { column: at_column, text, kind, formula: next.formula.is_some(), merged });
    }
    flush(row, &mut cells, totals, sink)
}

fn flush(row: u32, cells: &mut Vec<IntakeCell>, totals: &mut Totals, sink: &mut Sink<'_>) -> Result<(), Stop> {
    if !cells.is_empty() {
        totals.rows += 1;
        totals.cells += cells.len() as u64;
        sink(IntakeEvent::Row { sheet: totals.sheets, row, cells: std::mem::take(cells) })?;
    }
    Ok(())
}

fn check(sheet: &str, row: u32, column: u32, text: &str, totals: &Totals, limits: &Limits) -> Result<(), IntakeFault> {
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
    Ok(())
}

fn words_of(value: &DataRef<'_>) -> (CellKind, String) {
    match value {
        DataRef::Empty => (CellKind::Text, String::new()),
        DataRef::String(text) => (CellKind::Text, tidy(text)),
        DataRef::SharedString(text) => (CellKind::Text, tidy(text)),
        DataRef::Int(number) => (CellKind::Number, number.to_string()),
        DataRef::Float(number) => (CellKind::Number, number_words(*number)),
        DataRef::Bool(truth) => (CellKind::Truth, if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(time) => time_words(time),
        DataRef::DateTimeIso(text) => iso_words(text),
        DataRef::DurationIso(text) => (CellKind::Time, tidy(text)),
        DataRef::Error(fault) => (CellKind::Error, fault.to_string()),
    }
}

fn number_words(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    // Whole numbers that are held exactly come as they are, without a point.
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return number.to_string();
    }
    // As a spreadsheet shows it: 15 digits that tell, so that what a computer adds to a sum does not come along.
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

fn time_words(time: &ExcelDateTime) -> (CellKind, String) {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() || time.as_f64() < 1.0 {
        return (CellKind::Time, format!("{hour:02}:{minute:02}:{second:02}"));
    }
    let words = format!("{day:02}/{month:02}/{year:04}");
    if (hour, minute, second) == (0, 0, 0) {
        (CellKind::Date, words)
    } else {
        (CellKind::Time, format!("{words} {hour:02}:{minute:02}:{second:02}"))
    }
}

fn iso_words(text: &str) -> (CellKind, String) {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if time.trim_start_matches(['0', ':', '.']).is_empty() => {
            (CellKind::Date, format!("{day:0>2}/{month:0>2}/{year}"))
        }
        _ => (CellKind::Time, tidy(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::number_words;

    #[test]
    fn numbers_come_as_a_spreadsheet_shows_them() {
        let told = [
            (48.400_000_000_000_006, "48.4"),
            (69.999_999_999_999_99, "70"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (-2.5, "-2.5"),
            (-0.0, "0"),
            (12.0, "12"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (79_203_001_234.0, "79203001234"),
        ];
        for (number, words) in told {
            assert_eq!(number_words(number), words);
        }
    }
}
