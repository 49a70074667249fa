//! XLSX of a paper that is a table: heading, title, table and signatures on one sheet, ready to print.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::paper::text::plain;
use crate::paper::{Block, Cell, HeadingText, Paper, Row, Run, Signatures, Signer, Table};
use crate::style::{Align, Role};
use crate::workbook::{WorkbookError, properties};

/// Characters of the width of a sheet that fit across A4 at twelve points.
const ACROSS: f64 = 125.0;

/// Writes a paper that is a table as XLSX; nothing when the layout names no sheet.
pub fn to_xlsx(paper: &Paper) -> Result<Option<Vec<u8>>, WorkbookError> {
    let Some(name) = &paper.sheet else { return Ok(None) };
    let mut book = Workbook::new();
    book.set_properties(&properties(&paper.title, paper.made)?);
    let into = book.add_worksheet();
    into.set_name(name)?.set_paper_size(9);
    if paper.landscape {
        into.set_landscape();
    }
    let inches = |millimetres: f64| millimetres / 25.4;
    let margins = paper.margins;
    let (left, right, top, bottom) =
        (inches(margins.left), inches(margins.right), inches(margins.top), inches(margins.bottom));
    into.set_margins(left, right, top, bottom, inches(10.0), inches(10.0));
    into.set_print_fit_to_pages(1, 0);
    if !paper.footer.is_empty() {
        into.set_footer(format!("&C{}", paper.footer.replace('&', "&&")));
    }
    let widest = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let widest = widest.max_by_key(|table| table.columns.len());
    let columns = widest.map_or(8, |table| table.columns.len()).max(4);
    let widths = widths(widest, paper, columns);
    for (at, width) in widths.iter().enumerate() {
        into.set_column_width(number(at), *width)?;
    }
    let mut pen = Pen { into, paper, row: 0, last: number(columns - 1), widths, heights: BTreeMap::new() };
    for block in &paper.blocks {
        pen.block(block)?;
    }
    for (row, height) in std::mem::take(&mut pen.heights) {
        pen.into.set_row_height(row, height.min(400.0))?;
    }
    Ok(Some(book.save_to_buffer()?))
}

/// Widths of the columns of the sheet in characters: those of its widest table.
fn widths(table: Option<&Table>, paper: &Paper, columns: usize) -> Vec<f64> {
    let shares: Vec<f64> =
        table.map_or_else(Vec::new, |table| table.columns.iter().map(|column| column.width).collect());
    let shares = if shares.len() < columns { vec![1.0; columns] } else { shares };
    let sum: f64 = shares.iter().sum();
    let across = if paper.landscape { ACROSS } else { ACROSS * 0.7 };
    shares.iter().map(|share| (share / sum * across).max(4.0)).collect()
}

/// Writes from top to bottom.
struct Pen<'p> {
    into: &'p mut Worksheet,
    paper: &'p Paper,
    row: u32,
    last: u16,
    widths: Vec<f64>,
    /// Heights of rows whose text needs more than one line: programs do not find them by themselves.
    heights: BTreeMap<u32, f64>,
}

impl Pen<'_> {
    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Heading(heading) => {
                for row in &heading.rows {
                    self.two_columns(&row.left, &row.right)?;
                }
                self.row += 1;
            }
            Block::Para(para) => {
                let align = para.align.unwrap_or(self.paper.style.of(para.role).align);
                self.across(0, self.last, &plain(&para.runs), para.role, align)?;
                self.row += 1;
            }
            Block::Boxes(boxes) => {
                let items: Vec<String> =
                    boxes.items.iter().map(|item| format!("{} {}", square(item.on), item.label)).collect();
                let text = format!("{} {}", plain(&boxes.label), items.join("   "));
                self.across(0, self.last, text.trim(), Role::Field, Align::Left)?;
                self.row += 1;
            }
            Block::Seal(seal) => {
                self.across(0, self.last, &seal.text, Role::Note, Align::Left)?;
                self.row += 1;
            }
            Block::Table(table) => self.table(table)?,
            Block::Signatures(signatures) => self.signatures(signatures)?,
            Block::Lines(_) | Block::PageBreak => self.row += 1,
        }
        Ok(())
    }

    fn two_columns(&mut self, left: &[HeadingText], right: &[HeadingText]) -> Result<(), XlsxError> {
        let middle = self.last / 2;
        for at in 0..left.len().max(right.len()) {
            for (line, from, to) in [(left.get(at), 0, middle), (right.get(at), middle + 1, self.last)] {
                if let Some(line) = line {
                    self.across(from, to, &line.text, line.role, Align::Center)?;
                }
            }
            self.row += 1;
        }
        Ok(())
    }

    /// A text over several columns of the present row.
    fn across(&mut self, from: u16, to: u16, text: &str, role: Role, align: Align) -> Result<(), XlsxError> {
        let look = self.paper.style.of(role);
        let format = self.format(role).set_align(across_of(align)).set_text_wrap();
        let text = if look.capitals { text.to_uppercase() } else { text.to_owned() };
        if to > from {
            self.into.merge_range(self.row, from, self.row, to, &text, &format)?;
        } else {
            self.into.write_string_with_format(self.row, from, &text, &format)?;
        }
        self.grow(from, to, &text, look.size);
        Ok(())
    }

    /// Makes the present row high enough for a text over these columns.
    fn grow(&mut self, from: u16, to: u16, text: &str, size: f64) {
        // A character of the width of a column is 5.25 points, a letter about half its size.
        let width: f64 = self.widths.iter().skip(from.into()).take(usize::from(to - from) + 1).sum();
        let letters = (width * 5.25 / (size * 0.5)).max(3.0);
        #[expect(clippy::cast_precision_loss, reason = "a text on a page is short")]
        let lines: f64 = text.split('\n').map(|line| (line.chars().count() as f64 / letters).ceil().max(1.0)).sum();
        let height = lines * size * 1.25 + 3.0;
        let known = self.heights.entry(self.row).or_insert(0.0);
        *known = known.max(height);
    }

    fn format(&self, role: Role) -> Format {
        let look = self.paper.style.of(role);
        let font = self.paper.style.fonts.first().map_or("Times New Roman", String::as_str);
        let format = Format::new().set_font_name(font).set_font_size(look.size).set_align(FormatAlign::VerticalCenter);
        let format = if look.bold { format.set_bold() } else { format };
        if look.italic { format.set_italic() } else { format }
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let head =
            self.format(Role::Head).set_align(FormatAlign::Center).set_text_wrap().set_border(FormatBorder::Thin);
        let first = self.row;
        for row in &table.head {
            for cell in row {
                let (column, to) = (number(cell.column), number(cell.column + cell.columns - 1));
                let below = self.row + u32::from(number(cell.rows)) - 1;
                if cell.rows == 1 {
                    self.grow(column, to, &cell.text, self.paper.style.of(Role::Head).size);
                }
                if cell.columns > 1 || cell.rows > 1 {
                    self.into.merge_range(self.row, column, below, to, &cell.text, &head)?;
                } else {
                    self.into.write_string_with_format(self.row, column, &cell.text, &head)?;
                }
            }
            self.row += 1;
        }
        if self.row > first {
            self.into.set_repeat_rows(first, self.row - 1)?;
        }
        for row in &table.rows {
            self.table_row(row, table)?;
        }
        self.row += 1;
        Ok(())
    }

    fn table_row(&mut self, row: &Row, table: &Table) -> Result<(), XlsxError> {
        let format = self.format(Role::Cell).set_text_wrap().set_border(FormatBorder::Thin);
        let format = if row.strong { format.set_bold() } else { format };
        if let (true, Some(Cell::Text(runs))) = (row.span, row.cells.first()) {
            let last = number(table.columns.len().saturating_sub(1));
            self.into.merge_range(self.row, 0, self.row, last, &plain(runs), &format)?;
            self.row += 1;
            return Ok(());
        }
        for (at, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let format = format.clone().set_align(across_of(column.align));
            match cell {
                Cell::Tick(on) => {
                    let format = format.set_align(FormatAlign::Center);
                    self.into.write_string_with_format(self.row, number(at), square(*on), &format)?;
                }
                Cell::Text(runs) => self.text_cell(runs, number(at), column.number, format)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    fn text_cell(&mut self, runs: &[Run], column: u16, whole: bool, format: Format) -> Result<(), XlsxError> {
        let text = plain(runs);
        self.grow(column, column, &text, self.paper.style.of(Role::Cell).size);
        match text.replace('.', "").parse::<u32>() {
            Ok(value) if whole => {
                let format = format.set_num_format("#,##0");
                self.into.write_number_with_format(self.row, column, f64::from(value), &format)?;
            }
            _ => {
                let format = format.set_num_format_index(49);
                self.into.write_string_with_format(self.row, column, &text, &format)?;
            }
        }
        Ok(())
    }

    /// Signers in rows of at most three; names stand level.
    fn signatures(&mut self, signatures: &Signatures) -> Result<(), XlsxError> {
        self.row += 1;
        if let Some(recipients) = &signatures.recipients {
            self.across(0, self.last, &recipients.title, Role::RecipientsTitle, Align::Left)?;
            for line in &recipients.lines {
                self.row += 1;
                self.across(0, self.last, &format!("- {line}"), Role::Recipient, Align::Left)?;
            }
            self.row += 1;
        }
        let across = if signatures.columns.len() == 4 { 2 } else { signatures.columns.len().clamp(1, 3) };
        for row in signatures.columns.chunks(across) {
            let above: Vec<Vec<(&str, Role)>> = row.iter().map(above_name).collect();
            let deepest = above.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..deepest {
                for (at, lines) in above.iter().enumerate() {
                    if let Some((text, role)) = lines.get(line) {
                        self.share(at, across, text, *role)?;
                    }
                }
                self.row += 1;
            }
            self.row += 3;
            for (at, signer) in row.iter().enumerate() {
                self.share(at, across, &signer.name, Role::Signer)?;
            }
            self.row += 2;
        }
        Ok(())
    }

    /// A text in one of `parts` equal shares of the present row.
    fn share(&mut self, at: usize, parts: usize, text: &str, role: Role) -> Result<(), XlsxError> {
        let columns = usize::from(self.last) + 1;
        let (from, to) = (at * columns / parts, (at + 1) * columns / parts - 1);
        self.across(number(from), number(to), text, role, Align::Center)
    }
}

fn above_name(signer: &Signer) -> Vec<(&str, Role)> {
    let date = Some((signer.date.as_str(), Role::Place));
    let note = Some((signer.note.as_str(), Role::Note));
    let authority = signer.authority.iter().map(|line| (line.as_str(), Role::Authority));
    date.into_iter().chain(authority).chain(note).filter(|(text, _)| !text.is_empty()).collect()
}

fn across_of(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
        Align::Justify => FormatAlign::Justify,
    }
}

fn square(on: bool) -> &'static str {
    if on { "☒" } else { "☐" }
}

fn number(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
