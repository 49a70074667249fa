//! Workbooks, cell by cell. The sheet's own claim of its size is never believed.

use std::io::Read;

use super::bounds::{Totals, check};
use super::frame::{Frame, RowRoom};
use super::guard::Package;
use super::parts::{self, Book, SheetPart};
use super::values::{Look, is_short_whole, iso_words, number_words, time_words, without_codes};
use super::xml::{Tag, Token, Xml, unescape};
use super::{CellKind, FaultCode, Format, IntakeEvent, IntakeFault, Limits, Sink, Stop, tidied, tidy};

#[cfg(test)]
mod tests;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut package = Package::open(bytes, limits)?;
    let book = parts::book(&mut package);
    let sheets: Vec<usize> =
        book.iter().flat_map(|book| &book.sheets).take(limits.sheets).map(|sheet| sheet.at).collect();
    // Whatever is not read is looked through all the same, before a word is said.
    package.look_through(&sheets)?;
    let book = book?;
    if book.sheets.len() > limits.sheets {
        let fault = IntakeFault::new(FaultCode::TooManySheets);
        return Err(fault.with("limit", limits.sheets).with("found", book.sheets.len()).into());
    }
    sink(Frame::Event(IntakeEvent::File { format: Format::Xlsx, encoding: None, separator: None }))?;
    let mut totals = Totals::default();
    for sheet in &book.sheets {
        totals.sheets += 1;
        let name = tidied(&sheet.name);
        sink(Frame::Event(IntakeEvent::Sheet { sheet: totals.sheets, name, hidden: sheet.hidden }))?;
        let mut xml = Xml::new(package.part(sheet.at, true)?);
        let merged = SheetReading::new(&book, sheet, limits, &mut totals, sink).read(&mut xml)?;
        if !merged.is_empty() {
            sink(Frame::Event(IntakeEvent::Merged { sheet: totals.sheets, ranges: merged }))?;
        }
        let size = xml.finish()?;
        package.spend(size);
    }
    sink(Frame::Event(IntakeEvent::End { sheets: totals.sheets, rows: totals.rows, cells: totals.cells }))?;
    Ok(())
}

/// What a cell says its value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Held {
    /// A number, or text where it is none.
    #[default]
    Number,
    /// A number and nothing else.
    OnlyNumber,
    Shared,
    Inline,
    /// The result of a formula.
    Text,
    Truth,
    Day,
    Error,
}

/// The cell that is being read; its room is used again for the next one.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    held: Held,
    style: usize,
    formula: bool,
    raw: Vec<u8>,
    /// Which text is taken.
    taken: bool,
    /// How a text is spoken stands beside it in some languages and is no part of it.
    spoken: bool,
    inline: bool,
}

struct SheetReading<'a, 'o> {
    book: &'a Book,
    name: &'a str,
    limits: &'a Limits,
    totals: &'a mut Totals,
    sink: &'a mut Sink<'o>,
    room: RowRoom,
    /// Row of the cells in the room.
    row: u32,
    /// Row and column of the next cell that does not say where it stands, from 1.
    next: (u32, u32),
    cell: Cell,
    words: String,
    merged: Vec<String>,
}

impl<'a, 'o> SheetReading<'a, 'o> {
    fn new(
        book: &'a Book,
        sheet: &'a SheetPart,
        limits: &'a Limits,
        totals: &'a mut Totals,
        sink: &'a mut Sink<'o>,
    ) -> Self {
        Self {
            book,
            name: &sheet.name,
            limits,
            totals,
            sink,
            room: RowRoom::default(),
            row: 0,
            next: (1, 1),
            cell: Cell::default(),
            words: String::new(),
            merged: Vec::new(),
        }
    }

    /// Reads the cells and what is merged; the rest of the part is left to be looked through.
    fn read<R: Read>(mut self, xml: &mut Xml<R>) -> Result<Vec<String>, Stop> {
        let damaged = IntakeFault { sheet: Some(self.name.to_owned()), ..xml.damaged() };
        let (mut sheet, mut inside, mut in_cell) = (false, false, false);
        while let Some(token) = xml.next()? {
            let good = match token {
                Token::Open(tag) if in_cell => self.begin(&tag),
                Token::Text(text) if in_cell => !self.cell.taken || unescape(text, &mut self.cell.raw),
                Token::Plain(text) if in_cell => {
                    if self.cell.taken {
                        self.cell.raw.extend_from_slice(text);
                    }
                    true
                }
                Token::Close(b"c") if in_cell => {
                    in_cell = false;
                    self.end_cell()?
                }
                Token::Close(name) if in_cell => {
                    self.end(name);
                    true
                }
                Token::Open(tag) if inside && tag.name == b"c" => {
                    in_cell = true;
                    self.begin_cell(&tag)
                }
                Token::Open(tag) if inside && tag.name == b"row" => self.begin_row(&tag),
                Token::Close(b"row") if inside => {
                    self.next = (self.next.0.saturating_add(1), 1);
                    true
                }
                Token::Close(b"sheetData") => {
                    inside = false;
                    self.flush()?;
                    true
                }
                Token::Open(tag) => {
                    sheet |= tag.name == b"sheetData";
                    inside |= tag.name == b"sheetData";
                    self.outside(&tag)?
                }
                _ => true,
            };
            if !good {
                return Err(damaged.into());
            }
        }
        if sheet { Ok(self.merged) } else { Err(damaged.into()) }
    }

    /// What stands around the cells.
    fn outside(&mut self, tag: &Tag<'_>) -> Result<bool, IntakeFault> {
        if tag.name != b"mergeCell" {
            return Ok(true);
        }
        if self.merged.len() >= self.limits.merged {
            let fault = IntakeFault::new(FaultCode::TooManyMerged).with("limit", self.limits.merged);
            return Err(IntakeFault { sheet: Some(self.name.to_owned()), ..fault });
        }
        let Some(range) = tag.text("ref") else { return Ok(false) };
        let good = range.split(':').all(|end| place(end.as_bytes()).is_some_and(|(_, column)| column > 0));
        self.merged.push(range);
        Ok(good)
    }

    fn begin_row(&mut self, tag: &Tag<'_>) -> bool {
        let mut number = None;
        let good = tag.each(&mut |name, value| {
            if name == b"r" {
                number = Some(place(value).map(|(row, _)| row));
            }
        });
        match number {
            Some(Some(row)) => self.next = (row, 1),
            Some(None) => return false,
            None => {}
        }
        good
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> bool {
        let (mut at, mut style, mut kind) = (None, None, None);
        let good = tag.each(&mut |name, value| match name {
            b"r" => at = Some(value),
            b"s" => style = Some(value),
            b"t" => kind = Some(value),
            _ => {}
        });
        let Some(held) = held(kind) else { return false };
        let (row, column) = match at.map(place) {
            None => self.next,
            Some(Some((row, column))) if column > 0 => (row, column),
            Some(_) => return false,
        };
        self.next.1 = column.saturating_add(1);
        let cell = &mut self.cell;
        cell.raw.clear();
        (cell.row, cell.column, cell.held) = (row, column, held);
        cell.style = style.map_or(0, |style| number(style).unwrap_or(0) as usize);
        (cell.formula, cell.taken, cell.spoken, cell.inline) = (false, false, true, false);
        good
    }

    /// An element inside a cell begins.
    fn begin(&mut self, tag: &Tag<'_>) -> bool {
        let cell = &mut self.cell;
        match tag.name {
            // Beside a text of its own a value says the same once more.
            b"v" => cell.taken = cell.held != Held::Inline,
            b"is" => cell.inline = true,
            b"t" => cell.taken = cell.inline && cell.spoken,
            b"rPh" => cell.spoken = false,
            b"f" => cell.formula = true,
            // A cell stands in no cell.
            b"c" | b"row" | b"sheetData" => return false,
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &[u8]) {
        let cell = &mut self.cell;
        match name {
            b"v" | b"t" => cell.taken = false,
            b"is" => cell.inline = false,
            b"rPh" => cell.spoken = true,
            _ => {}
        }
    }

    /// A cell is whole; false when it cannot be read.
    fn end_cell(&mut self) -> Result<bool, Stop> {
        self.words.clear();
        let Some(kind) = self.say() else { return Ok(false) };
        if self.words.is_empty() && !self.cell.formula {
            return Ok(true);
        }
        let (row, column) = (self.cell.row, self.cell.column);
        self.totals.text += self.words.len() as u64;
        check(self.name, (row, column), &self.words, self.totals, self.limits)?;
        if row < self.row || (row == self.row && self.room.last() >= column) {
            return Err(IntakeFault::new(FaultCode::OutOfOrder).at(self.name, row, column).into());
        }
        if row != self.row {
            self.flush()?;
            self.row = row;
        }
        self.room.push(column, &self.words, kind, self.cell.formula);
        self.totals.cells += 1;
        Ok(true)
    }

    fn flush(&mut self) -> Result<(), Stop> {
        if self.room.cells() > 0 {
            self.totals.rows += 1;
            (self.sink)(self.room.row(self.totals.sheets, self.row))?;
            self.room.clear();
        }
        Ok(())
    }

    /// Puts what a cell holds into words; none when it cannot be read.
    fn say(&mut self) -> Option<CellKind> {
        let raw = std::str::from_utf8(&self.cell.raw).ok()?;
        let words = &mut self.words;
        if raw.is_empty() {
            return Some(CellKind::Text);
        }
        match self.cell.held {
            Held::Inline | Held::Text => {
                match without_codes(raw) {
                    Some(resolved) => tidy(&resolved, words),
                    None => tidy(raw, words),
                }
                Some(CellKind::Text)
            }
            Held::Shared => {
                words.push_str(self.book.texts.get(number(raw.trim().as_bytes())? as usize)?);
                Some(CellKind::Text)
            }
            Held::Truth => {
                words.push_str(match raw.trim() {
                    "1" => "TRUE",
                    "0" => "FALSE",
                    said if said.eq_ignore_ascii_case("true") => "TRUE",
                    said if said.eq_ignore_ascii_case("false") => "FALSE",
                    "" => "",
                    _ => return None,
                });
                Some(CellKind::Truth)
            }
            Held::Error => {
                tidy(raw, words);
                Some(CellKind::Error)
            }
            Held::Day => {
                let (kind, said) = iso_words(raw);
                words.push_str(&said);
                Some(kind)
            }
            Held::Number | Held::OnlyNumber => self.say_number(),
        }
    }

    fn say_number(&mut self) -> Option<CellKind> {
        let raw = std::str::from_utf8(&self.cell.raw).ok()?;
        let look = self.book.looks.get(self.cell.style).copied().unwrap_or_default();
        if look == Look::Number && is_short_whole(raw.as_bytes()) {
            self.words.push_str(raw);
            return Some(CellKind::Number);
        }
        match raw.trim().parse::<f64>() {
            Ok(number) if look == Look::Number => {
                self.words.push_str(&number_words(number));
                Some(CellKind::Number)
            }
            Ok(number) => {
                let (kind, said) = time_words(number, look, self.book.later_begin);
                self.words.push_str(&said);
                Some(kind)
            }
            Err(_) if self.cell.held == Held::OnlyNumber => None,
            Err(_) => {
                tidy(raw, &mut self.words);
                Some(CellKind::Text)
            }
        }
    }
}

/// What the attribute of a cell says; none when it says something unknown.
fn held(kind: Option<&[u8]>) -> Option<Held> {
    Some(match kind {
        None => Held::Number,
        Some(b"n") => Held::OnlyNumber,
        Some(b"s") => Held::Shared,
        Some(b"inlineStr") => Held::Inline,
        Some(b"str") => Held::Text,
        Some(b"b") => Held::Truth,
        Some(b"d") => Held::Day,
        Some(b"e") => Held::Error,
        Some(_) => return None,
    })
}

/// Row and column of `AB12`, from 1; without letters the column is nought.
fn place(written: &[u8]) -> Option<(u32, u32)> {
    let letters = written.iter().position(u8::is_ascii_digit)?;
    let (letters, digits) = written.split_at(letters);
    let column = letters.iter().try_fold(0_u32, |column, letter| {
        let value = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    })?;
    number(digits).filter(|row| *row > 0).map(|row| (row, column))
}

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(value)
    })
}
