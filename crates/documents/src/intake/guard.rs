//! What is looked at before and while a file is read: its kind, and the size and shape of a package.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::DEPTH;
use super::{FaultCode, Format, IntakeFault, Limits};

/// Parts smaller than this may be packed as tightly as they like.
const SMALL: u64 = 8 << 20;

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

/// A package that is being read: each part is unpacked once, and everything that is unpacked counts.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: &'b Limits,
    /// Bytes that may still be unpacked.
    left: u64,
    /// Parts by their name in small letters.
    names: BTreeMap<String, usize>,
    seen: BTreeSet<usize>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &'b Limits) -> Result<Self, IntakeFault> {
        let damaged = || IntakeFault::new(FaultCode::Damaged).with("part", "");
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > limits.parts {
            let fault = IntakeFault::new(FaultCode::TooManyParts);
            return Err(fault.with("limit", limits.parts).with("found", archive.len()));
        }
        must_be_workbook(&archive)?;
        let mut names = BTreeMap::new();
        for (at, name) in archive.file_names().enumerate() {
            names.insert(written(&name.map_err(|_| damaged())?), at);
        }
        Ok(Self { archive, limits, left: limits.unpacked_bytes, names, seen: BTreeSet::new() })
    }

    /// The place of a part, however its name is written.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.names.get(&written(path)).copied()
    }

    /// A part to be read; `whole` when it may take all that is left.
    pub(super) fn part(&mut self, at: usize, whole: bool) -> Result<Counted<impl Read>, IntakeFault> {
        self.seen.insert(at);
        let allowed = if whole { self.left } else { self.left.min(self.limits.unpacked_bytes / 4) };
        let damaged = |_| IntakeFault::new(FaultCode::Damaged).with("part", "");
        let part = self.archive.by_index(at).map_err(damaged)?;
        let name = part.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let packed = part.compressed_size();
        Ok(Counted { part, name, packed, allowed, limits: *self.limits, size: 0 })
    }

    /// Says what a part came to.
    pub(super) fn spend(&mut self, size: u64) {
        self.left = self.left.saturating_sub(size);
    }

    /// Looks through every part that was not read and will not be: unpacks it into nothing.
    pub(super) fn look_through(&mut self, later: &[usize]) -> Result<(), IntakeFault> {
        for at in 0..self.archive.len() {
            if self.seen.contains(&at) || later.contains(&at) {
                continue;
            }
            let sheet = self.names.iter().any(|(name, place)| *place == at && name.starts_with("xl/worksheets/"));
            let size = scan(self.part(at, sheet)?)?;
            self.spend(size);
        }
        Ok(())
    }
}

fn written(path: &str) -> String {
    path.replace('\\', "/").to_ascii_lowercase()
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

/// A part that is being unpacked, counting.
pub(super) struct Counted<R> {
    part: R,
    name: String,
    packed: u64,
    allowed: u64,
    limits: Limits,
    size: u64,
}

impl<R: Read> Counted<R> {
    /// Bytes unpacked so far.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// A fault of this part.
    pub(super) fn fault(&self, code: FaultCode) -> IntakeFault {
        IntakeFault::new(code).with("part", &self.name)
    }

    /// Unpacks the next bytes; none at the end.
    pub(super) fn read(&mut self, room: &mut [u8]) -> Result<usize, IntakeFault> {
        let read = self.part.read(room).map_err(|_| self.fault(FaultCode::Damaged))?;
        self.size += read as u64;
        if self.size > self.allowed {
            return Err(self.fault(FaultCode::UnpacksTooLarge).with("limit", self.limits.unpacked_bytes));
        }
        if self.size > SMALL && self.size / self.packed.max(1) > self.limits.ratio {
            return Err(self.fault(FaultCode::PackedTooTightly).with("limit", self.limits.ratio));
        }
        Ok(read)
    }
}

/// Unpacks one part into nothing and gives its size.
fn scan(mut part: Counted<impl Read>) -> Result<u64, IntakeFault> {
    let xml = std::path::Path::new(&part.name)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("xml") || end.eq_ignore_ascii_case("rels"));
    let mut shape = Shape::default();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = part.read(&mut buffer)?;
        if read == 0 {
            return Ok(part.size);
        }
        if xml && !shape.take(&buffer[..read]) {
            return Err(part.fault(FaultCode::HostileXml).with("limit", DEPTH));
        }
    }
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
