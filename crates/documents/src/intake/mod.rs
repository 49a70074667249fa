//! Tables from outside. Nothing here trusts the file: sizes are checked before anything is parsed, cells are streamed,
//! and whoever calls this runs it in a process of its own, because a parser can still be made to ask for all memory.

mod bounds;
mod csv;
mod event;
mod frame;
mod guard;
mod parts;
mod sheets;
mod values;
mod xml;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use event::{CellKind, FaultCode, Format, IntakeCell, IntakeEvent, IntakeFault, column_name};
pub use frame::{CellFrame, Frame, RowFrame, parse_events, read_frames};

/// What is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Parts of the package.
    pub parts: usize,
    /// Bytes of all parts, unpacked.
    pub unpacked_bytes: u64,
    /// Unpacked bytes for one packed byte of a part.
    pub ratio: u64,
    /// Sheets.
    pub sheets: usize,
    /// Number of the last row of a sheet.
    pub rows: u32,
    /// Number of the last column.
    pub columns: u32,
    /// Characters of a cell.
    pub cell_chars: usize,
    /// Merged ranges of a sheet.
    pub merged: usize,
    /// Cells of all sheets that are not empty: whoever keeps them needs some thirty bytes and their text for each.
    pub cells: u64,
}

impl Default for Limits {
    /// Room for the roster of a whole province (70,000 rows × 20 columns) with some to spare.
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            parts: 500,
            unpacked_bytes: 256 << 20,
            ratio: 200,
            sheets: 50,
            rows: 100_000,
            columns: 200,
            cell_chars: 20_000,
            merged: 200_000,
            cells: 4_000_000,
        }
    }
}

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The file cannot be read.
    #[error(transparent)]
    Fault(#[from] IntakeFault),
    /// The events cannot be handed on.
    #[error("events cannot be handed on: {0}")]
    Out(#[from] std::io::Error),
}

/// Takes frames one after the other.
pub(crate) type Sink<'s> = dyn FnMut(Frame<'_>) -> std::io::Result<()> + 's;

/// Reads a file and hands it on in frames; the last one is `End`. The kind of file is found from its bytes.
///
/// What is held at a time, whatever the file claims: the file itself, its shared texts (at most a quarter of
/// [`Limits::unpacked_bytes`]), one row, the merged ranges of one sheet, and room for one tag.
pub fn read(bytes: &[u8], limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        let fault = IntakeFault::new(FaultCode::FileTooLarge);
        return Err(fault.with("limit", limits.file_bytes).with("found", size).into());
    }
    match guard::kind_of(bytes)? {
        // Should the unpacking below panic in a damaged file, that is one more way of being damaged.
        Format::Xlsx => catch_unwind(AssertUnwindSafe(|| sheets::read(bytes, limits, sink)))
            .unwrap_or_else(|_| Err(IntakeFault::new(FaultCode::Damaged).with("found", "reader").into())),
        Format::Csv => csv::read(bytes, limits, sink),
    }
}

/// Reads a file into a list: for small files and tests.
pub fn read_all(bytes: &[u8], limits: &Limits) -> Result<Vec<IntakeEvent>, IntakeFault> {
    let mut events = Vec::new();
    let read = read(bytes, limits, &mut |frame| {
        events.push(frame.event());
        Ok(())
    });
    match read {
        Ok(()) => Ok(events),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Out(fault)) => Err(IntakeFault::new(FaultCode::ReaderDied).with("found", fault)),
    }
}

/// Reads a file and writes its events as frames; a fault is written as the last event.
/// An error means that `out` could not be written.
pub fn write_events(bytes: &[u8], limits: &Limits, out: &mut impl Write) -> std::io::Result<()> {
    let mut room = Vec::new();
    match read(bytes, limits, &mut |frame| frame::write_frame(&frame, &mut room, out)) {
        Ok(()) => {}
        Err(Stop::Fault(fault)) => frame::write_frame(&Frame::Event(IntakeEvent::Fault(fault)), &mut room, out)?,
        Err(Stop::Out(fault)) => return Err(fault),
    }
    out.flush()
}

/// Adds a text as it is kept: NFC, ends trimmed, without control characters, line ends as `\n`.
fn tidy(text: &str, into: &mut String) {
    // Numbers, days and codes, which are most cells of a large table, need no closer look.
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        into.push_str(text.trim_matches(' '));
        return;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    let plain = text.chars().all(is_plain)
        || is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.chars().any(char::is_control);
    if plain {
        into.push_str(text);
        return;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    into.extend(text.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
}

/// A short text as it is kept.
fn tidied(text: &str) -> String {
    let mut tidied = String::new();
    tidy(text, &mut tidied);
    tidied
}

/// Composed letters of Vietnamese and its neighbours: texts of these alone are in NFC, and nearly all texts are.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='\u{7e}' | '\u{a0}'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}')
}
