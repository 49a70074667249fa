//! Text with separators.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::frame::{Frame, RowRoom};
use super::{CellKind, FaultCode, Format, IntakeEvent, IntakeFault, Limits, Sink, Stop, tidy};

/// Characters that may stand between fields, the likelier first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Reads a text file as one sheet without a name.
pub(super) fn read(bytes: &[u8], limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let (text, encoding) = decode(bytes)?;
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(IntakeFault::new(FaultCode::Empty).into());
    }
    if text.contains('\0') {
        return Err(IntakeFault::new(FaultCode::UnknownFormat).with("found", "unknown").into());
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (separator, body) = separator_of(&text);
    let encoding = Some(encoding.to_owned());
    sink(Frame::Event(IntakeEvent::File { format: Format::Csv, encoding, separator: Some(separator) }))?;
    sink(Frame::Event(IntakeEvent::Sheet { sheet: 1, name: String::new(), hidden: false }))?;
    let (rows, cells) = read_rows(body, separator, limits, sink)?;
    sink(Frame::Event(IntakeEvent::End { sheets: 1, rows, cells }))?;
    Ok(())
}

fn read_rows(body: &str, separator: char, limits: &Limits, sink: &mut Sink<'_>) -> Result<(u64, u64), Stop> {
    let separator = u8::try_from(separator).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut rows, mut cells, mut breaks) = (0_u64, 0_u64, 0_u64);
    let mut room = RowRoom::default();
    loop {
        let more = reader.read_record(&mut record);
        if !more.map_err(|fault| IntakeFault::new(FaultCode::NotATable).with("found", fault))? {
            return Ok((rows, cells));
        }
        // A row may have line ends inside quotes, and blank lines are rows too: count from the end of the record.
        let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        breaks += inside as u64;
        let row = u32::try_from(reader.position().line().saturating_sub(1 + breaks)).unwrap_or(u32::MAX);
        fill_row(&record, row, limits, &mut room)?;
        if room.cells() > 0 {
            rows += 1;
            cells += room.cells();
            if cells > limits.cells {
                let fault = IntakeFault::new(FaultCode::TooManyCells).with("limit", limits.cells);
                return Err(fault.at("", row, room.last()).into());
            }
            sink(room.row(1, row))?;
            room.clear();
        }
    }
}

fn fill_row(record: &csv::StringRecord, row: u32, limits: &Limits, room: &mut RowRoom) -> Result<(), IntakeFault> {
    let mut text = String::new();
    for (column, field) in (1_u32..).zip(record) {
        text.clear();
        tidy(field, &mut text);
        if text.is_empty() {
            continue;
        }
        let fault = |code: FaultCode, limit: u64| IntakeFault::new(code).with("limit", limit).at("", row, column);
        if row > limits.rows {
            return Err(fault(FaultCode::TooManyRows, limits.rows.into()));
        }
        if column > limits.columns {
            return Err(fault(FaultCode::TooManyColumns, limits.columns.into()));
        }
        if text.chars().count() > limits.cell_chars {
            return Err(fault(FaultCode::CellTooLong, limits.cell_chars as u64));
        }
        room.push(column, &text, CellKind::Text, false);
    }
    Ok(())
}

/// The text of the file and the name of its encoding. Only Unicode is read; anything else is named as well as it can be.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), IntakeFault> {
    let (encoding, name): (&'static Encoding, _) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (UTF_8, "utf-8"),
        [0xFF, 0xFE, ..] => (UTF_16LE, "utf-16le"),
        [0xFE, 0xFF, ..] => (UTF_16BE, "utf-16be"),
        _ if zeros(bytes, 1) => (UTF_16LE, "utf-16le"),
        _ if zeros(bytes, 0) => (UTF_16BE, "utf-16be"),
        _ => (UTF_8, "utf-8"),
    };
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        return Err(IntakeFault::new(FaultCode::Encoding).with("encoding", guess(bytes)));
    }
    Ok((text.into_owned(), name))
}

/// Every other byte is mostly zero: two-byte text of mostly Latin letters.
fn zeros(bytes: &[u8], from: usize) -> bool {
    let start = &bytes[..bytes.len().min(1000)];
    let zeros = start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    zeros * 3 > start.len() / 2 && zeros > 4
}

/// Which old encoding it may be. In windows-1258 tone marks are letters of their own after a vowel.
fn guess(bytes: &[u8]) -> &'static str {
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let marks = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let letters: Vec<char> = text.chars().collect();
    let on_vowel = |pair: &[char]| marks.contains(&pair[1]) && "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(pair[0]);
    let with_mark = letters.windows(2).filter(|pair| on_vowel(pair)).count();
    let all_marks = letters.iter().filter(|letter| marks.contains(letter)).count();
    if with_mark > 0 && with_mark * 10 >= all_marks * 9 { "windows-1258" } else { "unknown" }
}

/// The separator and the text after a line that names it (`sep=;`).
fn separator_of(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(named) = first.strip_prefix("sep=").and_then(|named| named.chars().next())
        && SEPARATORS.contains(&named)
    {
        return (named, rest);
    }
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted && counts.iter().any(|count| *count > 0) => break,
            letter if !quoted => {
                let known = SEPARATORS.iter().position(|one| *one == letter);
                if let Some(count) = known.and_then(|at| counts.get_mut(at)) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let found = SEPARATORS.iter().zip(counts).find(|(_, count)| *count == most && most > 0);
    (found.map_or(',', |(separator, _)| *separator), text)
}
