//! What is looked at before anything is parsed: the kind of file, and the size and shape of a package.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FaultCode, Format, IntakeFault, Limits};

/// Parts smaller than this may be packed as tightly as they like.
const SMALL: u64 = 8 << 20;
/// Elements standing in each other.
const DEPTH: u32 = 100;

/// The kind of file, from its first bytes.
pub(super) fn kind_of(bytes: &[u8]) -> Result<Format, IntakeFault> {
    let unknown = |found: &str| Err(IntakeFault::new(FaultCode::UnknownFormat).with("found", found));
    let first = &bytes[..bytes.len().min(512)];
    let text = String::from_utf8_lossy(first).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    match first {
        [] => Err(IntakeFault::new(FaultCode::Empty)),
        [b'P', b'K', 3, 4, ..] => Ok(Format::Xlsx),
        [b'P', b'K', 5, 6, ..] => Err(IntakeFault::new(FaultCode::Damaged)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => unknown("xls_or_protected"),
        [b'%', b'P', b'D', b'F', ..] => unknown("pdf"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => unknown("image"),
        _ if text.starts_with("<html") || text.starts_with("<!doctype html") => unknown("html"),
        _ if text.starts_with("<?xml") => unknown("xml"),
        _ if text.starts_with("{\\rtf") => unknown("rtf"),
        _ => Ok(Format::Csv),
    }
}

/// What is known of a package once it has been looked through.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct PackageFacts {
    /// Some sheet has merged cells.
    pub(super) merged: bool,
}

/// Looks through a package: unpacks every part once into nothing, counting.
pub(super) fn package(bytes: &[u8], limits: &Limits) -> Result<PackageFacts, IntakeFault> {
    let damaged = |part: &str| IntakeFault::new(FaultCode::Damaged).with("part", part);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(""))?;
    if archive.len() > limits.parts {
        let fault = IntakeFault::new(FaultCode::TooManyParts);
        return Err(fault.with("limit", limits.parts).with("found", archive.len()));
    }
    must_be_workbook(&archive)?;
    let mut facts = PackageFacts::default();
    let mut left = limits.unpacked_bytes;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| damaged(""))?;
        let name = part.name().map_err(|_| damaged(""))?.into_owned();
        let packed = part.compressed_size();
        let sheet = name.starts_with("xl/worksheets/");
        let allowed = if sheet { left } else { left.min(limits.unpacked_bytes / 4) };
        left -= scan(part, &name, packed, allowed, limits, &mut facts)?;
    }
    Ok(facts)
}

fn must_be_workbook(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), IntakeFault> {
    let has = |start: &str| archive.file_names().flatten().any(|name| name.starts_with(start));
    let found = match () {
        () if has("xl/workbook.xml") => return Ok(()),
        () if has("xl/") => "xlsb",
        () if has("word/") => "docx",
        () if has("content.xml") => "ods",
        () => "zip",
    };
    Err(IntakeFault::new(FaultCode::UnknownFormat).with("found", found))
}

/// Unpacks one part into nothing and gives its size.
fn scan(
    mut part: impl Read,
    name: &str,
    packed: u64,
    allowed: u64,
    limits: &Limits,
    facts: &mut PackageFacts,
) -> Result<u64, IntakeFault> {
    let xml = std::path::Path::new(name)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("xml") || end.eq_ignore_ascii_case("rels"));
    let fault = |code| IntakeFault::new(code).with("part", name);
    let mut shape = Shape::default();
    let mut buffer = vec![0; 64 << 10];
    let mut size = 0_u64;
    loop {
        let read = part.read(&mut buffer).map_err(|_| fault(FaultCode::Damaged))?;
        if read == 0 {
            break;
        }
        size += read as u64;
        if size > allowed {
            return Err(fault(FaultCode::UnpacksTooLarge).with("limit", limits.unpacked_bytes));
        }
        if size > SMALL && size / packed.max(1) > limits.ratio {
            return Err(fault(FaultCode::PackedTooTightly).with("limit", limits.ratio));
        }
        if xml && !shape.take(&buffer[..read]) {
            return Err(fault(FaultCode::HostileXml).with("limit", DEPTH));
        }
    }
    facts.merged |= shape.merged;
    Ok(size)
}

/// The shape of an XML text, without parsing it: how deep elements stand, and whether a document type is declared.
#[derive(Default)]
struct Shape {
    state: State,
    depth: u32,
    slash: bool,
    closing: bool,
    declaration: bool,
    name: Vec<u8>,
    merged: bool,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum State {
    #[default]
    Text,
    Name,
    Tag,
    Quoted(u8),
}

impl Shape {
    /// Takes the next bytes; false when the text is hostile. What lies between two signs that matter is passed over at once.
    fn take(&mut self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        while let Some(byte) = rest.first().copied() {
            match self.state {
                State::Text => {
                    let Some(at) = memchr::memchr(b'<', rest) else { return true };
                    rest = &rest[at + 1..];
                    self.open();
                }
                State::Quoted(quote) => {
                    let Some(at) = memchr::memchr(quote, rest) else { return true };
                    rest = &rest[at + 1..];
                    self.state = State::Tag;
                }
                State::Name => {
                    if self.names(byte) {
                        rest = &rest[1..];
                    } else if !self.named() {
                        return false;
                    }
                }
                State::Tag => match self.through_tag(rest) {
                    Some(after) => rest = after,
                    None => return false,
                },
            }
        }
        true
    }

    /// Whether the byte still belongs to the name of the tag.
    fn names(&mut self, byte: u8) -> bool {
        if byte == b'/' && self.name.is_empty() {
            self.closing = true;
            return true;
        }
        let belongs = byte.is_ascii_alphanumeric() || b"!?:-[_.".contains(&byte);
        if belongs && self.name.len() < 16 {
            self.name.push(byte);
        }
        belongs
    }

    /// The rest behind the next sign that matters in a tag; none when the text is hostile.
    fn through_tag<'b>(&mut self, rest: &'b [u8]) -> Option<&'b [u8]> {
        let Some(at) = memchr::memchr3(b'>', b'"', b'\'', rest) else {
            self.slash = rest.last() == Some(&b'/');
            return Some(&[]);
        };
        if at > 0 {
            self.slash = rest[at - 1] == b'/';
        }
        match rest[at] {
            b'>' if !self.close() => return None,
            b'>' => {}
            _ if self.declaration => self.slash = false,
            quote => {
                self.slash = false;
                self.state = State::Quoted(quote);
            }
        }
        Some(&rest[at + 1..])
    }

    fn open(&mut self) {
        self.state = State::Name;
        self.name.clear();
        (self.slash, self.closing, self.declaration) = (false, false, false);
    }

    /// The name of a tag is known.
    fn named(&mut self) -> bool {
        self.state = State::Tag;
        self.declaration = matches!(self.name.first(), Some(b'!' | b'?'));
        self.merged |= self.name.ends_with(b"mergeCells");
        !self.name.to_ascii_uppercase().starts_with(b"!DOCTYPE") && !self.name.starts_with(b"!ENTITY")
    }

    /// A tag ends.
    fn close(&mut self) -> bool {
        self.state = State::Text;
        if self.closing {
            self.depth = self.depth.saturating_sub(1);
        } else if !self.slash && !self.declaration {
            self.depth += 1;
        }
        self.depth <= DEPTH
    }
}
