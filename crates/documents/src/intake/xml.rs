//! XML as a stream, as far as the parts of a workbook need it. What is hostile or unpacks to too much is refused while it is
//! read, so that a part is unpacked once and never held as a whole.

use std::io::Read;
use std::ops::Range;

use memchr::{memchr, memmem};

use super::guard::Counted;
use super::{FaultCode, IntakeFault};

/// Elements standing in each other.
pub(super) const DEPTH: u32 = 100;
/// Bytes looked at together.
const ROOM: usize = 128 << 10;
/// Longest tag.
const LONGEST_TAG: usize = 1 << 20;
/// A text without an end in sight is handed on in pieces from here on.
const LONG_TEXT: usize = ROOM / 2;

/// What comes next.
#[derive(Debug)]
pub(super) enum Token<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// An element ends: its name without a prefix.
    Close(&'x [u8]),
    /// Text with references in it; a long one comes in pieces.
    Text(&'x [u8]),
    /// Text that is meant as it stands.
    Plain(&'x [u8]),
}

/// The beginning of an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'x> {
    /// Name without a prefix.
    pub(super) name: &'x [u8],
    attributes: &'x [u8],
}

enum Found {
    Open { name: Range<usize>, attributes: Range<usize> },
    Close(Range<usize>),
    Text(Range<usize>),
    Plain(Range<usize>),
    End,
}

/// Names of the elements that are open.
#[derive(Default)]
struct Opened {
    names: Vec<u8>,
    ends: Vec<usize>,
    any: bool,
}

pub(super) struct Xml<R> {
    from: Counted<R>,
    room: Vec<u8>,
    at: usize,
    filled: usize,
    over: bool,
    opened: Opened,
    /// An element without content: its end comes next.
    closes: Option<Range<usize>>,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(from: Counted<R>) -> Self {
        let opened = Opened::default();
        Self { from, room: vec![0; ROOM], at: 0, filled: 0, over: false, opened, closes: None }
    }

    /// What comes next; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>, IntakeFault> {
        let found = self.find()?;
        let slice = |range: Range<usize>| self.room.get(range).unwrap_or_default();
        Ok(match found {
            Found::Open { name, attributes } => {
                Some(Token::Open(Tag { name: slice(name), attributes: slice(attributes) }))
            }
            Found::Close(name) => Some(Token::Close(slice(name))),
            Found::Text(range) => Some(Token::Text(slice(range))),
            Found::Plain(range) => Some(Token::Plain(slice(range))),
            Found::End => None,
        })
    }

    /// Looks through what is left and gives the size of the part.
    pub(super) fn finish(mut self) -> Result<u64, IntakeFault> {
        while self.next()?.is_some() {}
        Ok(self.from.size())
    }

    /// The fault of a part that is not what it should be.
    pub(super) fn damaged(&self) -> IntakeFault {
        self.from.fault(FaultCode::Damaged)
    }

    fn find(&mut self) -> Result<Found, IntakeFault> {
        if let Some(name) = self.closes.take() {
            self.opened.pop(None);
            return Ok(Found::Close(name));
        }
        loop {
            let found = match self.rest().first().copied() {
                None if self.fill()? => None,
                None if self.opened.ends.is_empty() && self.opened.any => Some(Found::End),
                None => return Err(self.damaged()),
                Some(b'<') => self.markup()?,
                Some(_) => self.text()?,
            };
            if let Some(found) = found {
                return Ok(found);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.room.get(self.at..self.filled).unwrap_or_default()
    }

    /// Takes in more; false when there is no more.
    fn fill(&mut self) -> Result<bool, IntakeFault> {
        if self.over {
            return Ok(false);
        }
        self.room.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.room.len() {
            if self.filled >= LONGEST_TAG {
                return Err(self.from.fault(FaultCode::HostileXml).with("limit", LONGEST_TAG));
            }
            self.room.resize(self.filled * 2, 0);
        }
        let before = self.filled;
        while self.filled <= before + ROOM / 2 && self.filled < self.room.len() {
            let read = self.from.read(self.room.get_mut(self.filled..).unwrap_or_default())?;
            self.filled += read;
            if read == 0 {
                self.over = true;
                break;
            }
        }
        Ok(self.filled > before)
    }

    fn take(&mut self, length: usize) -> Range<usize> {
        let start = self.at;
        self.at += length;
        start..self.at
    }

    fn text(&mut self) -> Result<Option<Found>, IntakeFault> {
        let rest = self.rest();
        let length = match memchr(b'<', rest) {
            Some(length) => length,
            None if rest.len() < LONG_TEXT && self.fill()? => return Ok(None),
            None => piece(self.rest()),
        };
        Ok(Some(Found::Text(self.take(length))))
    }

    /// A tag; none when something was passed over or more had to be taken in.
    fn markup(&mut self) -> Result<Option<Found>, IntakeFault> {
        const PLAIN: &[u8] = b"<![CDATA[";
        if self.rest().len() < PLAIN.len() && self.fill()? {
            return Ok(None);
        }
        match self.rest() {
            [b'<', b'/', ..] => self.close(),
            [b'<', b'?', ..] => self.pass(2, b"?>"),
            [b'<', b'!', b'-', b'-', ..] => self.pass(4, b"-->"),
            rest if rest.starts_with(PLAIN) => self.plain(PLAIN.len()),
            [b'<', b'!', ..] => Err(self.from.fault(FaultCode::HostileXml).with("limit", DEPTH)),
            _ => self.open(),
        }
    }

    /// Passes over a comment or an instruction.
    fn pass(&mut self, begin: usize, end: &[u8]) -> Result<Option<Found>, IntakeFault> {
        self.at += begin;
        loop {
            if let Some(length) = memmem::find(self.rest(), end) {
                self.at += length + end.len();
                return Ok(None);
            }
            self.at = self.at.max((self.filled + 1).saturating_sub(end.len()));
            if !self.fill()? {
                return Err(self.damaged());
            }
        }
    }

    fn plain(&mut self, begin: usize) -> Result<Option<Found>, IntakeFault> {
        const END: &[u8] = b"]]>";
        match memmem::find(self.rest(), END) {
            Some(length) => {
                let mut range = self.take(length);
                range.start += begin;
                self.at += END.len();
                Ok(Some(Found::Plain(range)))
            }
            None if self.fill()? => Ok(None),
            None => Err(self.damaged()),
        }
    }

    fn close(&mut self) -> Result<Option<Found>, IntakeFault> {
        let Some(end) = memchr(b'>', self.rest()) else {
            return if self.fill()? { Ok(None) } else { Err(self.damaged()) };
        };
        let range = self.take(end + 1);
        let name = self.room.get(range.start + 2..range.end - 1).unwrap_or_default().trim_ascii_end();
        let (length, local) = (name.len(), local(name));
        if !self.opened.pop(Some(name)) {
            return Err(self.damaged());
        }
        Ok(Some(Found::Close(range.start + 2 + local..range.start + 2 + length)))
    }

    fn open(&mut self) -> Result<Option<Found>, IntakeFault> {
        let Some(end) = tag_end(self.rest()) else {
            return if self.fill()? { Ok(None) } else { Err(self.damaged()) };
        };
        let range = self.take(end + 1);
        let inner = self.room.get(range.start + 1..range.end - 1).unwrap_or_default();
        let (inner, empty) = inner.strip_suffix(b"/").map_or((inner, false), |inner| (inner, true));
        let length = inner.iter().position(u8::is_ascii_whitespace).unwrap_or(inner.len());
        let name = inner.get(..length).unwrap_or_default();
        let (start, whole, local) = (range.start + 1, inner.len(), local(name));
        if name.len() == local {
            return Err(self.damaged());
        }
        if !self.opened.push(name) {
            return Err(self.from.fault(FaultCode::HostileXml).with("limit", DEPTH));
        }
        let name = start + local..start + length;
        self.closes = empty.then(|| name.clone());
        Ok(Some(Found::Open { name, attributes: start + length..start + whole }))
    }
}

impl Opened {
    /// False when it stands too deep.
    fn push(&mut self, name: &[u8]) -> bool {
        self.any = true;
        self.names.extend_from_slice(name);
        self.ends.push(self.names.len());
        self.ends.len() <= DEPTH as usize
    }

    /// False when another element is open than the one that ends.
    fn pop(&mut self, name: Option<&[u8]>) -> bool {
        let Some(end) = self.ends.pop() else { return false };
        let start = self.ends.last().copied().unwrap_or(0);
        let same = name.is_none_or(|name| self.names.get(start..end) == Some(name));
        self.names.truncate(start);
        same
    }
}

/// Where the name begins behind its prefix.
fn local(name: &[u8]) -> usize {
    name.iter().position(|byte| *byte == b':').map_or(0, |at| at + 1)
}

/// Where a tag ends: the first `>` that stands in no quotes.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut quote = 0_u8;
    for (at, byte) in rest.iter().copied().enumerate() {
        match byte {
            b'"' | b'\'' if quote == 0 => quote = byte,
            b'>' if quote == 0 => return Some(at),
            _ if byte == quote => quote = 0,
            _ => {}
        }
    }
    None
}

/// How much of a text without an end can be handed on: no reference is cut in two. Letters may be, for the pieces of a text are
/// put together before they are read.
fn piece(text: &[u8]) -> usize {
    const LONGEST_REFERENCE: usize = 16;
    let late = text.len().saturating_sub(LONGEST_REFERENCE);
    let tail = text.get(late..).unwrap_or_default();
    match tail.iter().rposition(|byte| *byte == b'&') {
        // At the very end of the part nothing more comes: what is there is all.
        Some(at) if late + at > 0 && !tail.get(at..).unwrap_or_default().contains(&b';') => late + at,
        _ => text.len(),
    }
}

impl<'x> Tag<'x> {
    /// Hands on each attribute: its whole name and its value with references in it. False when they cannot be read.
    pub(super) fn each(&self, told: &mut impl FnMut(&'x [u8], &'x [u8])) -> bool {
        let mut rest = self.attributes.trim_ascii();
        while !rest.is_empty() {
            let Some(equals) = memchr(b'=', rest) else { return false };
            let (name, value) = rest.split_at(equals);
            let value = value.get(1..).unwrap_or_default().trim_ascii_start();
            let Some((quote @ (b'"' | b'\''), value)) = value.split_first() else { return false };
            let Some(end) = memchr(*quote, value) else { return false };
            let (value, after) = value.split_at(end);
            told(name.trim_ascii_end(), value);
            rest = after.get(1..).unwrap_or_default().trim_ascii_start();
        }
        true
    }

    /// The text of an attribute without a prefix; none where there is none or where it cannot be read.
    pub(super) fn text(&self, wanted: &str) -> Option<String> {
        let mut found = None;
        self.each(&mut |name, value| {
            if name == wanted.as_bytes() {
                found = Some(value);
            }
        });
        words(found?)
    }
}

/// The text of an attribute.
pub(super) fn words(value: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    unescape(value, &mut text).then(|| String::from_utf8(text).ok()).flatten()
}

/// Adds a text with its references resolved; false for a reference that means nothing.
pub(super) fn unescape(text: &[u8], into: &mut Vec<u8>) -> bool {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest) {
        let (before, reference) = rest.split_at(at);
        into.extend_from_slice(before);
        let end = reference.iter().take(16).position(|byte| *byte == b';');
        let Some(letter) = end.and_then(|end| resolve(reference.get(1..end).unwrap_or_default())) else { return false };
        into.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        rest = end.and_then(|end| reference.get(end + 1..)).unwrap_or_default();
    }
    into.extend_from_slice(rest);
    true
}

fn resolve(name: &[u8]) -> Option<char> {
    let code = |digits: &[u8], radix| {
        let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
        u32::from_str_radix(digits, radix).ok().filter(|code| *code != 0).and_then(char::from_u32)
    };
    match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x' | b'X', digits @ ..] => code(digits, 16),
        [b'#', digits @ ..] => code(digits, 10),
        _ => None,
    }
}
