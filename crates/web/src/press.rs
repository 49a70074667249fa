//! The press: papers of `forms/` as files, by way of the documents crate. Rule books and forms travel in the binary.

pub mod chase;
pub mod remedies;
pub mod roster;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::{Condvar, Mutex, OnceLock};

use application::library::{Library, Unusable};
use application::ports::{Format, Press};
use application::rulebooks::Carried;
use documents::{Paper, PaperDef};
use rust_embed::RustEmbed;
use serde_json::Value;
use zip::write::SimpleFileOptions;

#[derive(RustEmbed)]
#[folder = "../../forms"]
struct Forms;

#[derive(RustEmbed)]
#[folder = "../../rulebooks"]
struct RuleBooks;

fn texts<Files: RustEmbed>() -> BTreeMap<String, String> {
    let text = |path: &str| Some(String::from_utf8_lossy(&Files::get(path)?.data).into_owned());
    let read = Files::iter().filter(|path| path.ends_with(".toml"));
    read.filter_map(|path| Some((path.to_string(), text(&path)?))).collect()
}

/// The rule books and forms this program carries.
///
/// # Errors
/// Every file that cannot be used.
pub fn library() -> Result<Library, Vec<Unusable>> {
    Library::load(&texts::<RuleBooks>(), &texts::<Forms>())
}

/// The files of the rule books this program carries, as they stand in `rulebooks`.
#[must_use]
pub fn carried() -> Carried {
    Carried::of(&texts::<RuleBooks>())
}

/// The day a file is made, as its properties have it.
#[must_use]
pub fn made_on(day: domain::Day) -> documents::paper::MadeOn {
    let (year, month, day) = day.parts();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    documents::paper::MadeOn { year: u16::try_from(year).unwrap_or(1), month: small(month), day: small(day) }
}

/// Papers typeset at once: each takes a processor and tens of megabytes while it is being set.
const AT_ONCE: usize = 2;

/// Máy in over the documents crate. Fonts are read when the first paper is typeset.
#[derive(Default)]
pub struct PaperPress {
    papers: BTreeMap<String, PaperDef>,
    types: OnceLock<documents::Press>,
    places: Places,
}

/// Places at the typesetter; whoever finds none free waits. Only threads that may wait come here.
struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Mutex::new(AT_ONCE), freed: Condvar::new() }
    }
}

/// A place, given back when it is dropped.
struct Taken<'a>(&'a Places);

impl Places {
    fn take(&self) -> Result<Taken<'_>, String> {
        let free = self.free.lock().map_err(|error| error.to_string())?;
        let mut free = self.freed.wait_while(free, |free| *free == 0).map_err(|error| error.to_string())?;
        *free -= 1;
        Ok(Taken(self))
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Ok(mut free) = self.0.free.lock() {
            *free += 1;
        }
        self.0.freed.notify_one();
    }
}

impl PaperPress {
    /// A press that knows the layouts this program carries.
    ///
    /// # Errors
    /// Path and fault of every layout that cannot be used.
    pub fn new() -> Result<Self, Vec<String>> {
        let (mut papers, mut faults) = (BTreeMap::new(), Vec::new());
        for (path, text) in texts::<Forms>() {
            let Some(key) = path.strip_suffix("/paper.toml") else { continue };
            match PaperDef::parse(&text) {
                Ok(def) => {
                    papers.insert(key.to_owned(), def);
                }
                Err(error) => faults.push(format!("{path}: {error}")),
            }
        }
        if faults.is_empty() { Ok(Self { papers, ..Self::default() }) } else { Err(faults) }
    }

    fn types(&self) -> Result<&documents::Press, String> {
        if let Some(types) = self.types.get() {
            return Ok(types);
        }
        let types = documents::Press::new().map_err(|error| error.to_string())?;
        Ok(self.types.get_or_init(|| types))
    }
}

/// Whether the fonts this program carries can be used.
///
/// # Errors
/// What is wrong with them.
pub fn fonts() -> Result<(), String> {
    documents::Press::new().map(drop).map_err(|error| error.to_string())
}

impl Press for PaperPress {
    fn press(&self, form: &str, format: Format, data: &Value) -> Result<Vec<u8>, String> {
        let def = self.papers.get(form).ok_or_else(|| format!("no layout for {form}"))?;
        let paper = Paper::fill(def, data).map_err(|error| format!("{form}: {error}"))?;
        match format {
            Format::Pdf => {
                let _place = self.places.take()?;
                documents::to_pdf(&paper, self.types()?).map_err(|error| format!("{form}: {error}"))
            }
            Format::Docx => documents::to_docx(&paper).map_err(|error| format!("{form}: {error}")),
            Format::Xlsx => documents::to_xlsx(&paper)
                .map_err(|error| format!("{form}: {error}"))?
                .ok_or_else(|| format!("{form} is no table")),
        }
    }

    fn bundle(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            // No time of writing: the same papers give the same archive.
            let options = SimpleFileOptions::DEFAULT.last_modified_time(zip::DateTime::DEFAULT);
            archive.start_file(name, options).map_err(|error| error.to_string())?;
            archive.write_all(&bytes).map_err(|error| error.to_string())?;
        }
        Ok(archive.finish().map_err(|error| error.to_string())?.into_inner())
    }
}
