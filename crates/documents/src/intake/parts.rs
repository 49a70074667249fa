//! The small parts of a workbook: which sheets there are and where, how numbers are shown, the shared texts.

use std::collections::BTreeMap;
use std::io::Read;

use super::guard::Package;
use super::values::{Look, without_codes};
use super::xml::{Tag, Token, Xml, unescape, words};
use super::{FaultCode, IntakeFault, tidy};

const BOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// A sheet of the workbook.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Place of its part in the package.
    pub(super) at: usize,
}

/// What the small parts say.
#[derive(Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<SheetPart>,
    /// Days are counted from 1904.
    pub(super) later_begin: bool,
    /// Per style of a cell what it makes of a number.
    pub(super) looks: Vec<Look>,
    pub(super) texts: SharedTexts,
}

/// Shared texts, tidied once, behind one another.
#[derive(Default)]
pub(super) struct SharedTexts {
    text: String,
    ends: Vec<usize>,
}

impl SharedTexts {
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..*self.ends.get(at)?)
    }

    fn push(&mut self, raw: &[u8]) -> bool {
        let Ok(raw) = std::str::from_utf8(raw) else { return false };
        match without_codes(raw) {
            Some(resolved) => tidy(&resolved, &mut self.text),
            None => tidy(raw, &mut self.text),
        }
        self.ends.push(self.text.len());
        true
    }
}

/// Where a part is, and what it is.
struct Link {
    target: String,
    kind: String,
}

/// Reads everything but the sheets.
pub(super) fn book(package: &mut Package<'_>) -> Result<Book, IntakeFault> {
    let missing = |part: &str| IntakeFault::new(FaultCode::Damaged).with("part", part);
    let at = package.find(LINKS).ok_or_else(|| missing(LINKS))?;
    let links = reading(package, at, links)?;
    let at = package.find(BOOK).ok_or_else(|| missing(BOOK))?;
    let (sheets, later_begin) = reading(package, at, sheets)?;
    let mut book = Book { later_begin, ..Book::default() };
    for (name, hidden, id) in sheets {
        let link = links.get(&id).ok_or_else(|| missing(BOOK))?;
        if link.kind.ends_with("/worksheet") {
            let at = package.find(&path(&link.target)).ok_or_else(|| missing(&link.target))?;
            book.sheets.push(SheetPart { name, hidden, at });
        }
    }
    let of_kind = |kind: &str, usual: &str| {
        let linked = links.values().find(|link| link.kind.ends_with(kind));
        linked.and_then(|link| package.find(&path(&link.target))).or_else(|| package.find(usual))
    };
    let (styles, texts) = (of_kind("/styles", "xl/styles.xml"), of_kind("/sharedStrings", "xl/sharedStrings.xml"));
    if let Some(at) = styles {
        book.looks = reading(package, at, looks)?;
    }
    if let Some(at) = texts {
        book.texts = reading(package, at, shared_texts)?;
    }
    Ok(book)
}

/// The name of a part as the package has it.
fn path(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => match target.strip_prefix("../") {
            Some(above) => above.to_owned(),
            None => format!("xl/{}", target.strip_prefix("./").unwrap_or(target)),
        },
    }
}

/// Hands on what comes next of a part.
trait Tokens {
    fn token(&mut self) -> Result<Option<Token<'_>>, IntakeFault>;
    fn fault(&self) -> IntakeFault;
}

impl<R: Read> Tokens for Xml<R> {
    fn token(&mut self) -> Result<Option<Token<'_>>, IntakeFault> {
        self.next()
    }

    fn fault(&self) -> IntakeFault {
        self.damaged()
    }
}

fn reading<T>(
    package: &mut Package<'_>,
    at: usize,
    read: impl FnOnce(&mut dyn Tokens) -> Result<T, IntakeFault>,
) -> Result<T, IntakeFault> {
    let mut xml = Xml::new(package.part(at, false)?);
    let found = read(&mut xml)?;
    let size = xml.finish()?;
    package.spend(size);
    Ok(found)
}

fn links(xml: &mut dyn Tokens) -> Result<BTreeMap<String, Link>, IntakeFault> {
    let mut links = BTreeMap::new();
    while let Some(token) = xml.token()? {
        if let Token::Open(tag) = token
            && tag.name == b"Relationship"
            && let (Some(id), Some(target)) = (tag.text("Id"), tag.text("Target"))
        {
            links.insert(id, Link { target, kind: tag.text("Type").unwrap_or_default() });
        }
    }
    Ok(links)
}

/// Name, whether it is hidden, and link.
type Named = (String, bool, String);

/// Each sheet, and whether days are counted from 1904.
fn sheets(xml: &mut dyn Tokens) -> Result<(Vec<Named>, bool), IntakeFault> {
    let (mut sheets, mut later_begin) = (Vec::new(), false);
    while let Some(token) = xml.token()? {
        match token {
            Token::Open(tag) if tag.name == b"sheet" => {
                let hidden = tag.text("state").is_some_and(|state| state != "visible");
                let Some(link) = link_of(&tag) else { return Err(xml.fault()) };
                sheets.push((tag.text("name").unwrap_or_default(), hidden, link));
            }
            Token::Open(tag) if tag.name == b"workbookPr" => {
                later_begin |= tag.text("date1904").is_some_and(|said| matches!(said.as_str(), "1" | "true"));
            }
            _ => {}
        }
    }
    Ok((sheets, later_begin))
}

/// The link of a sheet stands in an attribute `id` with a prefix that the workbook may choose.
fn link_of(tag: &Tag<'_>) -> Option<String> {
    let mut found = None;
    tag.each(&mut |name, value| {
        if name.ends_with(b":id") {
            found = Some(value);
        }
    });
    words(found?)
}

/// What each style of a cell makes of a number.
fn looks(xml: &mut dyn Tokens) -> Result<Vec<Look>, IntakeFault> {
    let (mut declared, mut looks, mut of_cells) = (BTreeMap::new(), Vec::new(), false);
    while let Some(token) = xml.token()? {
        match token {
            Token::Open(tag) if tag.name == b"numFmt" => {
                if let (Some(id), Some(code)) = (tag.text("numFmtId"), tag.text("formatCode")) {
                    // Formats for changed looks of a cell come later and say nothing about its number.
                    declared.entry(id).or_insert_with(|| Look::of_code(&code));
                }
            }
            Token::Open(tag) if tag.name == b"cellXfs" => of_cells = true,
            Token::Close(b"cellXfs") => of_cells = false,
            Token::Open(tag) if tag.name == b"xf" && of_cells => {
                let id = tag.text("numFmtId").unwrap_or_default();
                let known = || id.parse().map(Look::of_known).unwrap_or_default();
                looks.push(declared.get(&id).copied().unwrap_or_else(known));
            }
            _ => {}
        }
    }
    Ok(looks)
}

fn shared_texts(xml: &mut dyn Tokens) -> Result<SharedTexts, IntakeFault> {
    let (mut texts, mut raw) = (SharedTexts::default(), Vec::new());
    let (mut taken, mut spoken) = (false, true);
    loop {
        let good = match xml.token()? {
            None => return Ok(texts),
            Some(Token::Open(tag)) => {
                match tag.name {
                    b"si" => raw.clear(),
                    // How a text is spoken stands beside it in some languages and is no part of it.
                    b"rPh" => spoken = false,
                    b"t" => taken = spoken,
                    _ => {}
                }
                true
            }
            Some(Token::Close(b"t")) => {
                taken = false;
                true
            }
            Some(Token::Close(b"rPh")) => {
                spoken = true;
                true
            }
            Some(Token::Close(b"si")) => texts.push(&raw),
            Some(Token::Text(text)) if taken => unescape(text, &mut raw),
            Some(Token::Plain(text)) if taken => {
                raw.extend_from_slice(text);
                true
            }
            Some(_) => true,
        };
        if !good {
            return Err(xml.fault());
        }
    }
}
