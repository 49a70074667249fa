//! What the reader tells, in frames, so that a child process can write it and its parent read it back quickly: one letter,
//! the length of what follows in four bytes, then a row in a compact form or any other event as JSON.

use std::io::{Read, Write};

use super::event::{CellKind, FaultCode, IntakeCell, IntakeEvent, IntakeFault};

const ROW: u8 = b'R';
const OTHER: u8 = b'E';
/// A row has at most 200 cells of 20,000 characters; whatever claims more is no frame.
const LONGEST: usize = 64 << 20;
const FORMULA: u8 = 0x40;
const MERGED: u8 = 0x80;
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

/// A row whose cells are read when they are asked for.
#[derive(Debug, Clone, Copy)]
pub struct RowFrame<'a> {
    /// Number of the sheet, from 1.
    pub sheet: u32,
    /// Number of the row, from 1.
    pub row: u32,
    cells: &'a [u8],
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
    /// The cell belongs to a merged range.
    pub merged: bool,
}

impl<'a> RowFrame<'a> {
    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = CellFrame<'a>> + use<'a> {
        let mut rest = self.cells;
        // The frame was looked through when it was read, so that nothing is missing here.
        std::iter::from_fn(move || take_cell(&mut rest))
    }

    fn event(self) -> IntakeEvent {
        let cells = self.cells().map(|cell| IntakeCell {
            column: cell.column,
            text: cell.text.to_owned(),
            kind: cell.kind,
            formula: cell.formula,
            merged: cell.merged,
        });
        IntakeEvent::Row { sheet: self.sheet, row: self.row, cells: cells.collect() }
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

fn take_number(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
}

fn take_cell<'a>(rest: &mut &'a [u8]) -> Option<CellFrame<'a>> {
    let column = take_number(rest)?;
    let look = *take(rest, 1)?.first()?;
    let length = usize::try_from(take_number(rest)?).ok()?;
    let text = std::str::from_utf8(take(rest, length)?).ok()?;
    let kind = KINDS.get(usize::from(look & !(FORMULA | MERGED))).copied()?;
    Some(CellFrame { column, text, kind, formula: look & FORMULA != 0, merged: look & MERGED != 0 })
}

/// A row whose every byte belongs to a cell.
fn row_of(mut bytes: &[u8]) -> Option<RowFrame<'_>> {
    let (sheet, row) = (take_number(&mut bytes)?, take_number(&mut bytes)?);
    let mut rest = bytes;
    while !rest.is_empty() {
        take_cell(&mut rest)?;
    }
    Some(RowFrame { sheet, row, cells: bytes })
}

/// Writes one event as a frame; `room` is used again for every row.
pub(super) fn write_event(event: &IntakeEvent, room: &mut Vec<u8>, out: &mut impl Write) -> std::io::Result<()> {
    room.clear();
    let letter = match event {
        IntakeEvent::Row { sheet, row, cells } => {
            room.extend(sheet.to_le_bytes());
            room.extend(row.to_le_bytes());
            for cell in cells {
                write_cell(cell, room);
            }
            ROW
        }
        other => {
            serde_json::to_writer(&mut *room, other)?;
            OTHER
        }
    };
    let length = u32::try_from(room.len()).map_err(std::io::Error::other)?;
    out.write_all(&[letter])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(room)
}

fn write_cell(cell: &IntakeCell, room: &mut Vec<u8>) {
    let kind = KINDS.iter().position(|kind| *kind == cell.kind).and_then(|place| u8::try_from(place).ok()).unwrap_or(0);
    let look = kind | if cell.formula { FORMULA } else { 0 } | if cell.merged { MERGED } else { 0 };
    room.extend(cell.column.to_le_bytes());
    room.push(look);
    room.extend(u32::try_from(cell.text.len()).unwrap_or(0).to_le_bytes());
    room.extend(cell.text.as_bytes());
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
    read_frames(from, &mut |frame| {
        events.push(match frame {
            Frame::Row(row) => row.event(),
            Frame::Event(event) => event,
        });
    });
    events.into_iter()
}
