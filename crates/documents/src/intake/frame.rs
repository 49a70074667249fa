//! What the reader tells, in frames, so that a child process can write it and its parent read it back quickly: one letter,
//! the length of what follows in four bytes, then a row in a compact form or any other event as JSON. Inside the reader too a row
//! has this form, so that no cell is allocated.

use std::io::{Read, Write};

use super::event::{CellKind, FaultCode, IntakeCell, IntakeEvent, IntakeFault};

const ROW: u8 = b'R';
const OTHER: u8 = b'E';
/// A row has at most 200 cells of 20,000 characters; whatever claims more is no frame.
const LONGEST: usize = 64 << 20;
const FORMULA: u8 = 0x40;
const KINDS: [CellKind; 6] =
    [CellKind::Text, CellKind::Number, CellKind::Date, CellKind::Time, CellKind::Truth, CellKind::Error];

/// One frame, as it is read back: rows are not copied out.
#[derive(Debug)]
pub enum Frame<'a> {
    /// A row.
    Row(RowFrame<'a>),
    /// Anything else.
    Event(IntakeEvent),
}

/// A row whose cells are read when they are asked for. The looks of all cells stand before the texts of all cells.
#[derive(Debug, Clone, Copy)]
pub struct RowFrame<'a> {
    /// Number of the sheet, from 1.
    pub sheet: u32,
    /// Number of the row, from 1.
    pub row: u32,
    /// The texts of all cells behind one another.
    pub text: &'a str,
    looks: &'a [u8],
}

/// A cell inside a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFrame<'a> {
    /// Column, from 1.
    pub column: u32,
    /// Text.
    pub text: &'a str,
    /// What it was in the file.
    pub kind: CellKind,
    /// The text is the stored result of a formula.
    pub formula: bool,
}

impl<'a> RowFrame<'a> {
    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = CellFrame<'a>> + use<'a> {
        let (mut rest, mut text) = (self.looks, self.text);
        // The frame was looked through when it was read, so that nothing is missing here.
        std::iter::from_fn(move || {
            let look = take_look(&mut rest)?;
            let (own, after) = text.split_at_checked(look.length)?;
            text = after;
            Some(CellFrame { column: look.column, text: own, kind: look.kind, formula: look.formula })
        })
    }

    pub(super) fn event(self) -> IntakeEvent {
        let cells = self.cells().map(|cell| IntakeCell {
            column: cell.column,
            text: cell.text.to_owned(),
            kind: cell.kind,
            formula: cell.formula,
        });
        IntakeEvent::Row { sheet: self.sheet, row: self.row, cells: cells.collect() }
    }
}

impl Frame<'_> {
    /// As an event of its own.
    pub(super) fn event(self) -> IntakeEvent {
        match self {
            Frame::Row(row) => row.event(),
            Frame::Event(event) => event,
        }
    }
}

/// Room for one row after the other, filled cell by cell.
#[derive(Debug, Default)]
pub(super) struct RowRoom {
    looks: Vec<u8>,
    text: String,
    cells: u64,
    last: u32,
}

impl RowRoom {
    /// Adds a cell behind the last one.
    pub(super) fn push(&mut self, column: u32, text: &str, kind: CellKind, formula: bool) {
        let place = KINDS.iter().position(|one| *one == kind).and_then(|place| u8::try_from(place).ok()).unwrap_or(0);
        put_number(&mut self.looks, column);
        self.looks.push(place | if formula { FORMULA } else { 0 });
        put_number(&mut self.looks, u32::try_from(text.len()).unwrap_or(0));
        self.text.push_str(text);
        self.cells += 1;
        self.last = column;
    }

    /// Cells of the row.
    pub(super) const fn cells(&self) -> u64 {
        self.cells
    }

    /// Column of the last cell; nought before the first.
    pub(super) const fn last(&self) -> u32 {
        self.last
    }

    /// The row as it is handed on.
    pub(super) fn row(&self, sheet: u32, row: u32) -> Frame<'_> {
        Frame::Row(RowFrame { sheet, row, text: &self.text, looks: &self.looks })
    }

    /// Makes room for the next one.
    pub(super) fn clear(&mut self) {
        self.looks.clear();
        self.text.clear();
        (self.cells, self.last) = (0, 0);
    }
}

struct Look {
    column: u32,
    kind: CellKind,
    formula: bool,
    length: usize,
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

fn take_word(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
}

/// Numbers are mostly small: seven bits in a byte, the lowest first.
fn put_number(room: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    while rest >= 0x80 {
        room.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    room.push((rest & 0x7f) as u8);
}

fn take_number(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take_look(rest: &mut &[u8]) -> Option<Look> {
    let column = take_number(rest)?;
    let look = *take(rest, 1)?.first()?;
    let length = usize::try_from(take_number(rest)?).ok()?;
    let kind = KINDS.get(usize::from(look & !FORMULA)).copied()?;
    Some(Look { column, kind, formula: look & FORMULA != 0, length })
}

/// A row whose every byte belongs to a cell.
fn row_of(mut bytes: &[u8]) -> Option<RowFrame<'_>> {
    let (sheet, row) = (take_word(&mut bytes)?, take_word(&mut bytes)?);
    let length = usize::try_from(take_word(&mut bytes)?).ok()?;
    let looks = take(&mut bytes, length)?;
    let text = std::str::from_utf8(bytes).ok()?;
    let (mut rest, mut end) = (looks, 0_usize);
    while !rest.is_empty() {
        end = end.checked_add(take_look(&mut rest)?.length).filter(|end| text.is_char_boundary(*end))?;
    }
    (end == text.len()).then_some(RowFrame { sheet, row, text, looks })
}

/// Writes a frame; `room` is used again for every one.
pub(super) fn write_frame(frame: &Frame<'_>, room: &mut Vec<u8>, out: &mut impl Write) -> std::io::Result<()> {
    room.clear();
    let letter = match frame {
        Frame::Row(row) => {
            room.extend(row.sheet.to_le_bytes());
            room.extend(row.row.to_le_bytes());
            room.extend(u32::try_from(row.looks.len()).map_err(std::io::Error::other)?.to_le_bytes());
            room.extend(row.looks);
            room.extend(row.text.as_bytes());
            ROW
        }
        Frame::Event(other) => {
            serde_json::to_writer(&mut *room, other)?;
            OTHER
        }
    };
    let length = u32::try_from(room.len()).map_err(std::io::Error::other)?;
    out.write_all(&[letter])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(room)
}

/// Reads frames back and hands them on as they come. What is no frame, or an end without `End` or `Fault`, comes back as
/// `INTAKE-016`; nothing follows it.
pub fn read_frames(mut from: impl Read, visit: &mut dyn FnMut(Frame<'_>)) {
    let mut room = Vec::new();
    loop {
        let died = || Frame::Event(IntakeEvent::Fault(IntakeFault::new(FaultCode::ReaderDied)));
        let Some(letter) = next_frame(&mut from, &mut room) else { return visit(died()) };
        match letter {
            ROW => match row_of(&room) {
                Some(row) => visit(Frame::Row(row)),
                None => return visit(died()),
            },
            _ => match serde_json::from_slice::<IntakeEvent>(&room) {
                Ok(event) => {
                    let over = matches!(event, IntakeEvent::Fault(_) | IntakeEvent::End { .. });
                    visit(Frame::Event(event));
                    if over {
                        return;
                    }
                }
                Err(_) => return visit(died()),
            },
        }
    }
}

fn next_frame(from: &mut impl Read, room: &mut Vec<u8>) -> Option<u8> {
    let mut head = [0_u8; 5];
    from.read_exact(&mut head).ok()?;
    let [letter, length @ ..] = head;
    let length = usize::try_from(u32::from_le_bytes(length)).ok().filter(|length| *length <= LONGEST)?;
    room.resize(length, 0);
    from.read_exact(room).ok()?;
    [ROW, OTHER].contains(&letter).then_some(letter)
}

/// Reads events back into a list: for small files and for whoever wants them all.
pub fn parse_events(from: impl Read) -> impl Iterator<Item = IntakeEvent> {
    let mut events = Vec::new();
    read_frames(from, &mut |frame| events.push(frame.event()));
    events.into_iter()
}
