//! Several books side by side: which one governs a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::book::Book;
use crate::book::flaw::Flaw;

/// First day, last day, id of the book.
type Span<'a> = (NaiveDate, Option<NaiveDate>, &'a str);

/// Giá sách quy tắc: all books known, by id.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    books: BTreeMap<String, Book>,
}

impl Shelf {
    /// Puts books on the shelf.
    pub fn new(books: impl IntoIterator<Item = Book>) -> Self {
        Self { books: books.into_iter().map(|book| (book.id.clone(), book)).collect() }
    }

    /// A book by id.
    pub fn get(&self, id: &str) -> Option<&Book> {
        self.books.get(id)
    }

    /// All books, by id.
    pub fn books(&self) -> impl Iterator<Item = &Book> {
        self.books.values()
    }

    /// The book of a matter that governs a review period ending on that day: see [`governing`].
    pub fn governing(&self, matter: &str, day: NaiveDate) -> Option<&Book> {
        governing(self.books(), matter, day)
    }

    /// Days governed by two books of one matter, and gaps between books of one matter. A book without a last day ends
    /// where a later one begins.
    pub fn coverage(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let mut matters: BTreeMap<&str, Vec<Span<'_>>> = BTreeMap::new();
        for book in self.books() {
            let spans = book.periods.iter().map(|period| (period.from, period.until, book.id.as_str()));
            matters.entry(&book.matter).or_default().extend(spans);
        }
        for spans in matters.values_mut() {
            spans.sort();
            flaws.extend(spans.windows(2).filter_map(|pair| neighbours(pair[0], pair[1])));
        }
        flaws
    }
}

/// The book of a matter (`party`, `civil`) that governs a review period ending on that day: the one that began last. A later
/// book thereby ends an earlier one that had no last day yet, so that a sealed book need not be touched.
pub fn governing<'a>(books: impl Iterator<Item = &'a Book>, matter: &str, day: NaiveDate) -> Option<&'a Book> {
    let spans = books.filter(|book| book.matter == matter).flat_map(|book| {
        let begun = book.periods.iter().filter(|period| period.from <= day);
        begun.map(move |period| (period.from, period.until, book))
    });
    let (_, until, book) = spans.max_by_key(|(from, ..)| *from)?;
    until.is_none_or(|until| day <= until).then_some(book)
}

fn neighbours(earlier: Span<'_>, later: Span<'_>) -> Option<Flaw> {
    let flaw = |code, what: String, mend: &str| Flaw {
        file: format!("{}/rulebook.toml", later.2),
        line: 0,
        code,
        what,
        mend: mend.to_owned(),
    };
    let first = later.0.format("%d/%m/%Y");
    match earlier.1.map(|until| (until, until.succ_opt())) {
        Some((_, Some(next))) if next == later.0 => None,
        None if earlier.0 < later.0 => None,
        Some((until, _)) if until < later.0 => Some(flaw(
            "BOOK-081",
            format!("không bộ quy tắc nào điều chỉnh từ sau {} đến trước {first}", until.format("%d/%m/%Y")),
            "sửa mục periods để mỗi ngày thuộc đúng một bộ quy tắc: bộ trước kết thúc (until) ngay trước ngày đầu (from) của bộ sau",
        )),
        _ => Some(flaw(
            "BOOK-082",
            format!("ngày {first} thuộc cả hai bộ quy tắc {} và {}", earlier.2, later.2),
            "sửa mục periods để mỗi ngày thuộc đúng một bộ quy tắc: bộ trước kết thúc (until) ngay trước ngày đầu (from) của bộ sau",
        )),
    }
}
