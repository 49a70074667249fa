//! Plain workbooks: the roster template, and exports whose cells carry marks and comments.
//! Text is stored as text, so that nothing in it is ever a formula.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet,
    XlsxError,
};

use crate::paper::MadeOn;

/// Rows from which a sheet is written through a temporary file instead of memory.
const LARGE: usize = 5_000;
/// Excel's own number format for text.
const TEXT: u8 = 49;
/// Rows of a template for which lists and text formats are laid out when it has no rows of its own.
const ROOM: u32 = 5_000;

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Title in the properties of the file.
    pub title: String,
    /// Day that the file says it was made.
    pub made: MadeOn,
    /// Sheets from left to right.
    pub sheets: Vec<Sheet>,
}

/// A sheet: lines of introduction, one row of heads, one row of notes, then the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Name on the tab, at most 31 characters, without `[]:*?/\`.
    pub name: String,
    /// Lines above the heads.
    pub intro: Vec<String>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// Columns that stay in view at the left.
    pub frozen_columns: u16,
    /// Long side across when printed.
    pub landscape: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Head.
    pub head: String,
    /// Width in characters.
    pub width: u16,
    /// Explanation below the head; when no column has one, there is no row of notes.
    pub note: String,
    /// The head is marked as one that must be filled.
    pub required: bool,
    /// What may be chosen.
    pub choice: Choice,
}

/// What may be chosen in a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// Anything.
    #[default]
    Free,
    /// One of these; together less than 250 characters.
    OneOf(Vec<String>),
    /// One of the cells of a column (from 0) of another sheet, below its heads.
    FromSheet {
        /// Name of that sheet.
        sheet: String,
        /// Its column, from 0.
        column: u16,
    },
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// How it stands out.
    pub mark: Mark,
    /// A comment on it.
    pub comment: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// Text, never a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
}

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Not at all.
    #[default]
    None,
    /// Something breaks a rule.
    Wrong,
    /// Something to look at.
    Doubtful,
    /// Checked and right.
    Right,
    /// A total.
    Strong,
}

/// A workbook that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A name or a size that the format does not allow.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// A list refers to a sheet that is not there.
    #[error("no sheet is called `{0}`")]
    NoSuchSheet(String),
}

impl Cell {
    /// A cell with text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { value: Value::Text(text.into()), ..Self::default() }
    }

    /// A cell with a whole number.
    pub fn whole(number: i64) -> Self {
        Self { value: Value::Whole(number), ..Self::default() }
    }

    /// The same, marked.
    pub fn marked(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    /// The same, with a comment.
    pub fn commented(self, comment: impl Into<String>) -> Self {
        Self { comment: Some(comment.into()), ..self }
    }
}

impl Sheet {
    /// Rows above the first row of data.
    pub fn rows_above(&self) -> u32 {
        let notes = u32::from(self.columns.iter().any(|column| !column.note.is_empty()));
        rows(self.intro.len()) + 1 + notes
    }
}

/// A row of a stream: its number (from 0) and its cells by column (from 0), in order.
pub type StreamRow = (u32, Vec<(u16, Cell)>);

/// A sheet whose rows are made one after the other and stand where they stood in another file: only what is in hand is in
/// memory.
pub struct Stream<'r> {
    /// Name on the tab.
    pub name: String,
    /// Widths of the columns in characters.
    pub widths: Vec<u16>,
    /// Rows that stay in view at the top.
    pub frozen_rows: u32,
    /// Its rows, in order.
    pub rows: Box<dyn Iterator<Item = StreamRow> + 'r>,
}

/// Writes a workbook.
pub fn write(book: &Book) -> Result<Vec<u8>, WorkbookError> {
    write_with(book, Vec::new())
}

/// Writes a workbook, with sheets that come row by row behind its own.
pub fn write_with(book: &Book, streams: Vec<Stream<'_>>) -> Result<Vec<u8>, WorkbookError> {
    let mut out = Workbook::new();
    out.set_properties(&properties(&book.title, book.made)?);
    for sheet in &book.sheets {
        let large = sheet.rows.len() > LARGE;
        let into = if large { out.add_worksheet_with_low_memory()? } else { out.add_worksheet() };
        write_sheet(sheet, book, into)?;
    }
    for stream in streams {
        write_stream(stream, out.add_worksheet_with_low_memory()?)?;
    }
    Ok(out.save_to_buffer()?)
}

fn write_stream(stream: Stream<'_>, into: &mut Worksheet) -> Result<(), WorkbookError> {
    into.set_name(&stream.name)?;
    into.set_landscape();
    into.set_print_fit_to_pages(1, 0);
    for (at, width) in stream.widths.iter().enumerate() {
        into.set_column_width(columns(at), f64::from((*width).max(4)))?;
    }
    into.set_freeze_panes(stream.frozen_rows, 0)?;
    let looks = Looks::new();
    for (row, cells) in stream.rows {
        for (column, cell) in cells {
            write_cell(&cell, row, column, &looks, into)?;
        }
    }
    Ok(())
}

/// Properties of a file: a title, and a day that does not come from the clock.
pub(crate) fn properties(title: &str, made: MadeOn) -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(made.year, made.month, made.day)?;
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&day))
}

fn write_sheet(sheet: &Sheet, book: &Book, into: &mut Worksheet) -> Result<(), WorkbookError> {
    into.set_name(&sheet.name)?;
    into.set_paper_size(9);
    if sheet.landscape {
        into.set_landscape();
    }
    set_columns(sheet, into)?;
    let strong = Format::new().set_bold();
    for (at, line) in sheet.intro.iter().enumerate() {
        into.write_string_with_format(rows(at), 0, line, &strong)?;
    }
    let first = sheet.rows_above();
    write_heads(sheet, into)?;
    let last = first + rows(sheet.rows.len()).max(ROOM) - 1;
    for (at, column) in sheet.columns.iter().enumerate() {
        if let Some(rule) = validation(&column.choice, book)? {
            into.add_data_validation(first, columns(at), last, columns(at), &rule)?;
        }
    }
    let looks = Looks::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            write_cell(cell, first + rows(at), columns(column), &looks, into)?;
        }
    }
    into.set_freeze_panes(first, sheet.frozen_columns)?;
    into.set_repeat_rows(rows(sheet.intro.len()), first - 1)?;
    into.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn set_columns(sheet: &Sheet, into: &mut Worksheet) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format_index(TEXT).set_text_wrap().set_align(FormatAlign::Top);
    for (at, column) in sheet.columns.iter().enumerate() {
        into.set_column_width(columns(at), f64::from(column.width.max(4)))?;
        into.set_column_format(columns(at), &text)?;
    }
    Ok(())
}

fn write_heads(sheet: &Sheet, into: &mut Worksheet) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xF3_E3E0));
    let required = head.clone().set_font_color(Color::RGB(0xA1_1717));
    let note = Format::new()
        .set_italic()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_size(9)
        .set_font_color(Color::RGB(0x50_5050))
        .set_border(FormatBorder::Thin);
    let at = rows(sheet.intro.len());
    let notes = sheet.rows_above() > at + 1;
    for (column, one) in sheet.columns.iter().enumerate() {
        let text = if one.required { format!("{} *", one.head) } else { one.head.clone() };
        let look = if one.required { &required } else { &head };
        into.write_string_with_format(at, columns(column), text, look)?;
    }
    for (column, one) in sheet.columns.iter().enumerate().filter(|_| notes) {
        into.write_string_with_format(at + 1, columns(column), &one.note, &note)?;
    }
    Ok(())
}

fn write_cell(cell: &Cell, row: u32, column: u16, looks: &Looks, into: &mut Worksheet) -> Result<(), XlsxError> {
    let look = looks.of(cell);
    match &cell.value {
        Value::Blank if cell.mark == Mark::None => {}
        Value::Blank => {
            into.write_blank(row, column, look)?;
        }
        Value::Text(text) => {
            into.write_string_with_format(row, column, text, look)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        Value::Whole(number) => {
            into.write_number_with_format(row, column, *number as f64, look)?;
        }
    }
    if let Some(comment) = &cell.comment {
        into.insert_note(row, column, &Note::new(comment).set_author("Gương"))?;
    }
    Ok(())
}

/// Every way a cell can look, made once: a format for each cell would be costlier than the cell.
struct Looks(Vec<[Format; 3]>);

impl Looks {
    fn new() -> Self {
        let marks = [Mark::None, Mark::Wrong, Mark::Doubtful, Mark::Right, Mark::Strong];
        let kinds = ["0", "text", "formula"];
        Self(marks.map(|mark| kinds.map(|kind| look_of(mark, kind))).to_vec())
    }

    fn of(&self, cell: &Cell) -> &Format {
        let mark = match cell.mark {
            Mark::None => 0,
            Mark::Wrong => 1,
            Mark::Doubtful => 2,
            Mark::Right => 3,
            Mark::Strong => 4,
        };
        let kind = match &cell.value {
            Value::Whole(_) => 0,
            Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => 2,
            _ => 1,
        };
        &self.0[mark][kind]
    }
}

fn look_of(mark: Mark, kind: &str) -> Format {
    let look = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let look = match kind {
        "0" => look.set_num_format("0"),
        "formula" => look.set_num_format_index(TEXT).set_quote_prefix(),
        _ => look.set_num_format_index(TEXT),
    };
    match mark {
        Mark::None => look,
        Mark::Wrong => look.set_background_color(Color::RGB(0xF8_D0CC)).set_font_color(Color::RGB(0x80_0000)),
        Mark::Doubtful => look.set_background_color(Color::RGB(0xFF_F0C2)),
        Mark::Right => look.set_background_color(Color::RGB(0xDD_F0DD)),
        Mark::Strong => look.set_bold(),
    }
}

fn validation(choice: &Choice, book: &Book) -> Result<Option<DataValidation>, WorkbookError> {
    match choice {
        Choice::Free => Ok(None),
        Choice::OneOf(list) => Ok(Some(DataValidation::new().allow_list_strings(list)?)),
        Choice::FromSheet { sheet, column } => {
            let other = book.sheets.iter().find(|one| one.name == *sheet);
            let other = other.ok_or_else(|| WorkbookError::NoSuchSheet(sheet.clone()))?;
            let letters = crate::intake::column_name(u32::from(*column) + 1);
            let first = other.rows_above() + 1;
            let last = first + rows(other.rows.len()).max(ROOM) - 1;
            let name = sheet.replace('\'', "''");
            let range = format!("='{name}'!${letters}${first}:${letters}${last}");
            Ok(Some(DataValidation::new().allow_list_formula(range.as_str().into())))
        }
    }
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
