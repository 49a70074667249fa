//! Bộ quy tắc cho người viết và người đọc luật: reads, shows, copies, checks, compares and seals rule books, and puts
//! questions to them.
//!
//! Only plain views go out. Texts of files come in, the terminal reads and writes the folders.

mod answer;
mod compare;
pub(crate) mod document;
mod examine;
mod fresh;
mod question;
mod seal;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::Refusal;
use rules::book::Period;
use rules::check::check;
use rules::expression::closest;
use rules::{Book, Flaw, Shelf};
use serde::Serialize;

pub use answer::{Answer, Ground, LevelAnswered, Named, RuleBook, Source};
pub use compare::{Change, ItemChange, LineChange, PartChange, Side, compare};
pub use document::{Document, Item, Line, Part, Said};
pub use examine::{Examined, Noted, examine};
pub use fresh::{Comments, fresh, is_id};
pub use question::{Question, Read};
pub use seal::{Sealed, seal};
pub use sheet::{Points, Reckoned, ReckonedLine, Remarked};

use crate::judge::Words;
use crate::library::by_folder;

/// Tệp của một bộ: relative path and text.
pub type Files = BTreeMap<String, String>;

/// Lỗi trong bộ quy tắc: file, line, what is wrong and what to do. Told in Vietnamese, the language of whoever writes law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// File inside the folder.
    pub file: String,
    /// Line from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// Code, never reused.
    pub code: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub mend: String,
}

impl From<Flaw> for Fault {
    fn from(flaw: Flaw) -> Self {
        Self { file: flaw.file, line: flaw.line, code: flaw.code.to_owned(), what: flaw.what, mend: flaw.mend }
    }
}

fn faults(flaws: impl IntoIterator<Item = Flaw>) -> Vec<Fault> {
    flaws.into_iter().map(Fault::from).collect()
}

/// Khoảng kỳ: first and last day, as `2022-12-31`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First day.
    pub from: String,
    /// Last day; open when not known.
    pub until: Option<String>,
}

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self { from: period.from.to_string(), until: period.until.map(|day| day.to_string()) }
    }
}

/// Một dòng của danh sách bộ quy tắc.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Id.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// Matter it governs.
    pub matter: String,
    /// Review periods it governs.
    pub periods: Vec<Span>,
    /// Whether it carries its seal.
    pub sealed: bool,
    /// SHA-256 of its law.
    pub digest: String,
    /// Day on which a person last compared it with the texts.
    pub last_checked: String,
    /// How many rules.
    pub rules: usize,
    /// How many worked situations.
    pub cases: usize,
}

/// Quyển: one book that could be read, with its files.
#[derive(Debug, Clone)]
pub struct Volume {
    book: Book,
    files: Files,
}

impl Volume {
    /// Reads the files of one folder.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(files: Files) -> Result<Self, Vec<Fault>> {
        match rules::load(&files) {
            Ok(book) => Ok(Self { book, files }),
            Err(flaws) => Err(faults(flaws)),
        }
    }

    /// Id of the book.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.book.id
    }

    /// The line of a list.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let book = &self.book;
        Summary {
            id: book.id.clone(),
            title: Words::from(&book.title),
            matter: book.matter.clone(),
            periods: book.periods.iter().map(Span::from).collect(),
            sealed: book.sealed,
            digest: book.seal.clone(),
            last_checked: book.last_checked.to_string(),
            rules: book.rules.len(),
            cases: check(book).cases,
        }
    }

    /// The book as a document; days of the calendar stand in the round of a period when one is given.
    #[must_use]
    pub fn document(&self, period: Option<PeriodEnd>) -> Document {
        document::of(&self.book, period.map(|period| period.0))
    }

    /// One rule, by id or code, with the facts it speaks of.
    ///
    /// # Errors
    /// `SHELF-005` when the book has no such rule.
    pub fn one_rule(&self, name: &str) -> Result<Document, Refusal> {
        let asked = name.to_lowercase();
        let found = self.book.rules.iter().find(|rule| rule.id == asked || rule.code.to_lowercase() == asked);
        let names = self.book.rules.iter().flat_map(|rule| [rule.id.as_str(), rule.code.as_str()]);
        let unknown =
            || Refusal::new("SHELF-005").with("rule", name).with("near", near(name, names)).with("book", &self.book.id);
        found.map(|rule| document::of_rule(&self.book, rule)).ok_or_else(unknown)
    }

    /// Whether the book governs the period.
    ///
    /// # Errors
    /// `SHELF-004` when it does not.
    pub fn governs(&self, period: PeriodEnd) -> Result<(), Refusal> {
        if self.book.governs(period.0) {
            return Ok(());
        }
        Err(Refusal::new("SHELF-004").with("book", &self.book.id).with("period", day(period.0)))
    }
}

/// Ngày cuối của kỳ kiểm điểm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodEnd(NaiveDate);

impl PeriodEnd {
    /// Reads `2022`, `2025-Q3` or `2022-12-31`.
    ///
    /// # Errors
    /// `SHELF-002` when it is none of these.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let quarter = |year: &str, quarter: &str| {
            let month = 3 * quarter.parse::<u32>().ok().filter(|quarter| (1..=4).contains(quarter))?;
            let next =
                NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?.checked_add_months(chrono::Months::new(1));
            next?.pred_opt()
        };
        let text = text.trim();
        let end = match text.split_once("-Q").or_else(|| text.split_once("-q")) {
            Some((year, number)) => quarter(year, number),
            None if text.len() == 4 => text.parse().ok().and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)),
            None => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
        };
        let end = end.filter(|day| (1900..=2999).contains(&day.year()));
        end.map(Self).ok_or_else(|| Refusal::new("SHELF-002").with("period", text))
    }
}

/// Các bộ chương trình mang theo, by id.
#[derive(Debug, Clone, Default)]
pub struct Carried(BTreeMap<String, Files>);

impl Carried {
    /// Books by their folders: paths below `rulebooks/`.
    #[must_use]
    pub fn of(files: &BTreeMap<String, String>) -> Self {
        Self(by_folder(files))
    }

    /// Ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The files of a book.
    ///
    /// # Errors
    /// `SHELF-001` when none has that id.
    pub fn files(&self, id: &str) -> Result<&Files, Refusal> {
        let unknown = || {
            let known: Vec<&str> = self.ids().collect();
            Refusal::new("SHELF-001")
                .with("book", id)
                .with("near", near(id, self.ids()))
                .with("known", known.join(", "))
        };
        self.0.get(id).ok_or_else(unknown)
    }

    /// Every book.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn volumes(&self) -> Result<Vec<Volume>, Vec<Fault>> {
        self.0.values().map(|files| Volume::read(files.clone())).collect()
    }

    /// The book of a matter that governs a period.
    ///
    /// # Errors
    /// `SHELF-003` when none does.
    pub fn governing(&self, matter: &str, period: PeriodEnd) -> Result<Volume, Refusal> {
        let volumes = self.volumes().unwrap_or_default();
        let matters: std::collections::BTreeSet<&str> =
            volumes.iter().map(|volume| volume.book.matter.as_str()).collect();
        let matters = matters.into_iter().collect::<Vec<_>>().join(", ");
        let books = volumes.iter().map(|volume| &volume.book);
        let id = rules::shelf::governing(books, matter, period.0).map(|book| book.id.clone());
        let found = id.and_then(|id| volumes.into_iter().find(|volume| volume.book.id == id));
        let none =
            || Refusal::new("SHELF-003").with("matter", matter).with("period", day(period.0)).with("known", matters);
        found.ok_or_else(none)
    }

    /// The shelf of one matter after these books took the places of those with the same id.
    fn shelf(&self, with: &[&Book], matter: &str) -> Shelf {
        let carried = self.volumes().unwrap_or_default().into_iter().map(|volume| volume.book);
        let all = carried.chain(with.iter().map(|book| (*book).clone()));
        Shelf::new(all.filter(|book| book.matter == matter))
    }
}

/// The name that was probably meant, or `none`.
fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    closest(name, names).unwrap_or("none").to_owned()
}

/// A day as on the papers.
fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}
