//! PDF/A: one generic house template in Typst reads the blocks as JSON. Nothing is read from disk or network.

use std::sync::Mutex;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::paper::Paper;

const TEMPLATE: &str = include_str!("press.typ");
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf"),
];
/// Papers between two clean-ups of the typesetter's memory.
const EVICT_EVERY: u32 = 20;

/// Fonts and template, made once and shared by all threads.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
    options: PdfOptions,
    printed: Mutex<u32>,
}

/// A paper that cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// The press itself cannot be set up.
    #[error("the press cannot be set up: {0}")]
    Setup(String),
    /// The paper cannot be set or written.
    #[error("the paper cannot be set: {0}")]
    Set(String),
}

impl Press {
    /// Sets up a press.
    pub fn new() -> Result<Self, PressError> {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let standards =
            PdfStandards::new(&[PdfStandard::A_2a]).map_err(|fault| PressError::Setup(format!("{fault:?}")))?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(file("main.typ")?, TEMPLATE.to_owned()),
            data: file("paper.json")?,
            options: PdfOptions {
                creator: Smart::Custom(Some("Gương".to_owned())),
                standards,
                ..PdfOptions::default()
            },
            printed: Mutex::new(0),
        })
    }

    fn count(&self) {
        let Ok(mut printed) = self.printed.lock() else { return };
        *printed += 1;
        if *printed >= EVICT_EVERY {
            *printed = 0;
            comemo::evict(10);
        }
    }
}

fn file(name: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(name).map_err(|fault| PressError::Setup(format!("{fault:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Sets a paper as PDF/A-2a.
pub fn to_pdf(paper: &Paper, press: &Press) -> Result<Vec<u8>, PressError> {
    let data = serde_json::to_vec(paper).map_err(|fault| PressError::Set(fault.to_string()))?;
    let sheet = Sheet { press, data: Bytes::new(data) };
    let document = typst::compile::<PagedDocument>(&sheet).output.map_err(|faults| words(&faults))?;
    let pdf = typst_pdf::pdf(&document, &press.options).map_err(|faults| words(&faults))?;
    press.count();
    Ok(pdf)
}

fn words(faults: &[SourceDiagnostic]) -> PressError {
    let words: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
    PressError::Set(words.join("; "))
}

/// One paper in the press.
struct Sheet<'p> {
    press: &'p Press,
    data: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.press.template.id() { Ok(self.press.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
