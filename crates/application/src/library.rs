//! Kho quy định và mẫu biểu: rule books and forms, read once at start from the files the program carries.

use std::collections::BTreeMap;

use domain::Day;
use domain::form::{Filler, Form};
use domain::subject::Subject;
use rules::{Book, Facts, Settings};

use crate::error::{Error, Result};

/// Kind of subject whose reviews the spine runs.
pub(crate) const MEMBER: &str = "member";
/// Matter of the books that govern party reviews.
const PARTY: &str = "party";
/// Matter of the books by which agencies rate those who work for them.
const CIVIL: &str = "civil";
/// Meaning of the form a member fills in.
pub(crate) const INDIVIDUAL_REVIEW: &str = "individual-review";
/// Meaning of the form of whoever holds a leading post, where a book has one of its own for them.
const LEADERS_REVIEW: &str = "individual-review-leader";
/// Meaning of the form of members who work outside the political system, where a book has one of its own for them.
const OUTSIDERS_REVIEW: &str = "individual-review-outside";
/// Meaning of the form in which a collective reports on itself and on the organisation it leads.
pub(crate) const COLLECTIVE_REVIEW: &str = "collective-review";

/// Kho quy định và mẫu biểu.
#[derive(Debug, Clone, Default)]
pub struct Library {
    books: BTreeMap<String, Book>,
    forms: BTreeMap<String, Form>,
}

/// A file of the library that cannot be used: which one, and what is wrong, as shown to the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {fault}")]
pub struct Unusable {
    /// Path of the file.
    pub file: String,
    /// What is wrong.
    pub fault: String,
}

impl Library {
    /// Reads `<book>/…toml` (paths below `rulebooks/`) and `<meaning>/<version>/form.toml` (paths below `forms/`).
    ///
    /// # Errors
    /// Every file that cannot be used.
    pub fn load(
        book_files: &BTreeMap<String, String>,
        form_files: &BTreeMap<String, String>,
    ) -> std::result::Result<Self, Vec<Unusable>> {
        let mut library = Self::default();
        let mut faults = Vec::new();
        for (id, files) in by_folder(book_files) {
            match rules::load(&files) {
                Ok(book) => {
                    library.books.insert(book.id.clone(), book);
                }
                Err(flaws) => {
                    faults.extend(flaws.iter().map(|flaw| Unusable { file: id.clone(), fault: flaw.to_string() }));
                }
            }
        }
        for (path, text) in form_files.iter().filter(|(path, _)| path.ends_with("form.toml")) {
            match toml::from_str::<Form>(text) {
                Ok(form) => {
                    library.forms.insert(form.key(), form);
                }
                Err(error) => faults.push(Unusable { file: path.clone(), fault: error.to_string() }),
            }
        }
        if faults.is_empty() { Ok(library) } else { Err(faults) }
    }

    /// A rule book by id.
    #[must_use]
    pub fn book(&self, id: &str) -> Option<&Book> {
        self.books.get(id)
    }

    /// The party rule book that governs a period ending on `day`.
    #[must_use]
    pub fn book_on(&self, day: Day) -> Option<&Book> {
        rules::shelf::governing(self.books(), PARTY, day.date())
    }

    /// Hạn xếp loại của bên chính quyền: the last day on which the civil side rates a period ending on `day`.
    #[must_use]
    pub fn civil_due(&self, day: Day) -> Option<Day> {
        let book = rules::shelf::governing(self.books(), CIVIL, day.date())?;
        book.step("decision")?.due(day.date()).map(Day::from)
    }

    /// All rule books, by id.
    pub fn books(&self) -> impl Iterator<Item = &Book> {
        self.books.values()
    }

    /// A form by key, such as `individual-review/2019`.
    #[must_use]
    pub fn form(&self, key: &str) -> Option<&Form> {
        self.forms.get(key)
    }

    /// The form in which a subject reviews itself under `book`: a collective's report; a person's own, by whether he holds a
    /// leading post and whether he works in the political system, where the book tells these apart. An organisation
    /// reports on the form of the collective that leads it, as the guidances of all regimes have it.
    ///
    /// # Errors
    /// [`Error::Fault`] when the book names a form that the program does not carry.
    pub fn review_form(&self, book: &Book, subject: Subject, filler: Filler) -> Result<&Form> {
        let meanings: &[&str] = match subject {
            Subject::Organization | Subject::Collective => &[COLLECTIVE_REVIEW],
            _ if filler.leader || subject == Subject::Leader => &[LEADERS_REVIEW, INDIVIDUAL_REVIEW],
            _ if !filler.civil => &[OUTSIDERS_REVIEW, INDIVIDUAL_REVIEW],
            _ => &[INDIVIDUAL_REVIEW],
        };
        let named = meanings.iter().find_map(|meaning| book.form(meaning));
        let key = named.map(|form| format!("{}/{}", form.meaning, form.version));
        key.as_deref()
            .and_then(|key| self.form(key))
            .ok_or_else(|| Error::Fault(format!("{} names no form for {subject}", book.id)))
    }
}

/// Files by their first folder, with paths relative to it.
pub(crate) fn by_folder(files: &BTreeMap<String, String>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, text) in files {
        if let Some((folder, rest)) = path.split_once('/') {
            folders.entry(folder.to_owned()).or_default().insert(rest.to_owned(), text.clone());
        }
    }
    folders
}

/// What the rules of a book are asked about one subject.
#[derive(Debug, Clone)]
pub(crate) struct Question<'a> {
    pub(crate) book: &'a Book,
    pub(crate) facts: Facts,
    pub(crate) settings: Settings,
}
