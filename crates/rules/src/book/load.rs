//! Loads a book: every file read, every name settled, every fault told.

use std::cell::RefCell;
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeTable;

use super::flaw::Flaw;
use super::reader::{Page, Table};
use super::{Book, aftermath, law, proceedings, read_points, rules, seal, situations};

/// Files a book must have.
const NEEDED: [&str; 7] =
    ["rulebook.toml", "sources.toml", "levels.toml", "grades.toml", "subjects.toml", "facts.toml", "rules.toml"];

/// Files a book may have besides `cases/*.toml`.
const OPTIONAL: [&str; 13] = [
    "criteria.toml", "points.toml", "quotas.toml", "order.toml", "procedure.toml", "deadlines.toml",
    "remediation.toml", "consequences.toml", "forms.toml", "provisions.toml", "settings.toml", "prompts.toml",
    "CHANGES.md",
];

/// Reads and checks the files of one book: relative path and text. Everything wrong is told, not only the first.
pub fn load(files: &BTreeMap<String, String>) -> Result<Book, Vec<Flaw>> {
    let flaws = RefCell::new(Vec::new());
    folder(files, &flaws);
    let pages: BTreeMap<&str, Page<'_>> = files
        .iter()
        .filter(|(path, _)| has_ending(path, ".toml"))
        .map(|(path, text)| (path.as_str(), Page { name: path, text, flaws: &flaws }))
        .collect();
    let parsed: BTreeMap<&str, Spanned<DeTable<'_>>> =
        pages.iter().filter_map(|(path, page)| Some((*path, page.parse()?))).collect();
    // A file that is absent or cannot be read would make every name in it look undeclared.
    if flaws.borrow().iter().any(|flaw| ["BOOK-001", "BOOK-008"].contains(&flaw.code)) {
        return Err(flaws.take());
    }
    let folder = Folder { pages: &pages, parsed: &parsed };
    let book = folder.book(seal::seal(files));
    let mut flaws = flaws.into_inner();
    flaws.sort();
    flaws.dedup();
    match book {
        Some(book) if flaws.is_empty() => Ok(book),
        _ => Err(flaws),
    }
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.len() > ending.len() && path.ends_with(ending)
}

fn folder(files: &BTreeMap<String, String>, flaws: &RefCell<Vec<Flaw>>) {
    let flaw = |file: &str, code, what: &str, mend: &str| {
        let flaw = Flaw { file: file.to_owned(), line: 0, code, what: what.to_owned(), mend: mend.to_owned() };
        flaws.borrow_mut().push(flaw);
    };
    for name in NEEDED.iter().filter(|name| !files.contains_key(**name)) {
        flaw(name, "BOOK-008", "thiếu tệp này trong thư mục bộ quy tắc", "thêm tệp, có thể chép từ bộ quy tắc khác");
    }
    for path in files.keys() {
        let is_case = path.starts_with("cases/") && has_ending(path, ".toml");
        if !is_case && !NEEDED.contains(&path.as_str()) && !OPTIONAL.contains(&path.as_str()) {
            flaw(
                path,
                "BOOK-009",
                "tệp này không thuộc bộ quy tắc",
                "xoá tệp hoặc sửa tên; tình huống mẫu đặt trong cases/",
            );
        }
    }
}

struct Folder<'a> {
    pages: &'a BTreeMap<&'a str, Page<'a>>,
    parsed: &'a BTreeMap<&'a str, Spanned<DeTable<'a>>>,
}

impl<'a> Folder<'a> {
    fn table(&self, name: &str) -> Option<Table<'a>> {
        let page = self.pages.get(name)?;
        Some(Table::new(page, self.parsed.get(name)?.get_ref(), 0))
    }

    /// Reads a file that may be absent, and closes it.
    fn read<T: Default>(&self, name: &str, read: impl FnOnce(&Table<'a>) -> T) -> T {
        self.table(name).map_or_else(T::default, |table| {
            let value = read(&table);
            table.close();
            value
        })
    }

    fn book(&self, seal: String) -> Option<Book> {
        let mut book = self.front(seal)?;
        book.sources = self.read("sources.toml", law::sources);
        book.levels = self.read("levels.toml", |table| law::scale(table, "levels"));
        book.grades = self.read("grades.toml", |table| law::scale(table, "grades"));
        book.subjects = self.read("subjects.toml", law::subjects);
        book.facts = self.read("facts.toml", |table| law::facts(table, &book.subjects, &book.levels));
        book.criteria = self.read("criteria.toml", |table| law::criteria(table, &book.subjects, &book.sources));
        book.facts.extend(book.criteria.iter().map(law::grade_fact));
        book.settings =
            self.read("settings.toml", |table| law::settings(table, &book.sources, &book.levels, &book.grades));
        book.rules = self.read("rules.toml", |table| rules::rules(table, &book.scope(), &book.subjects, &book.sources));
        self.proceedings(&mut book);
        self.situations(&mut book);
        Some(book)
    }

    fn proceedings(&self, book: &mut Book) {
        let scope = book.scope();
        let known = proceedings::Known { subjects: &book.subjects, sources: &book.sources, scope: &scope };
        let quotas = self.read("quotas.toml", |table| proceedings::quotas(table, &known));
        let (order, sequence) = self.read("order.toml", |table| proceedings::order(table, &known));
        let (authority, (majorities, procedures)) = self.read("procedure.toml", |table| {
            (proceedings::authority(table, &known), proceedings::procedure(table, &known))
        });
        let ((steps, reply_limits), quarter_steps) = self.read("deadlines.toml", |table| {
            (proceedings::deadlines(table, &known), proceedings::quarter_steps(table, &known))
        });
        let remediation = self.read("remediation.toml", |table| proceedings::remediation(table, &known));
        let forms = self.read("forms.toml", |table| proceedings::forms(table, &known));
        let points = self.read("points.toml", |table| read_points::points(table, &known));
        let (consequences, counts) = self.read("consequences.toml", |table| aftermath::consequences(table, &known));
        let provisions = self.read("provisions.toml", |table| aftermath::provisions(table, &known));
        book.prompt_grounds = self.read("prompts.toml", |table| aftermath::prompt_grounds(table, &known));
        (book.quotas, book.order, book.sequence) = (quotas, order, sequence);
        (book.majorities, book.procedures, book.steps) = (majorities, procedures, steps);
        book.authority = authority;
        (book.reply_limits, book.remediation, book.forms) = (reply_limits, remediation, forms);
        (book.points, book.provisions, book.quarter_steps) = (points, provisions, quarter_steps);
        (book.consequence_rules, book.history_counts) = (consequences, counts);
    }

    fn situations(&self, book: &mut Book) {
        let names = situations::Names {
            scope: &book.scope(),
            subjects: &book.subjects,
            rules: &book.rules,
            quotas: &book.quotas,
            majorities: &book.majorities,
            points: &book.points,
            consequences: &book.consequence_rules,
        };
        let mut all = situations::Cases::default();
        for name in self.pages.keys().filter(|name| name.starts_with("cases/")) {
            self.read(name, |table| situations::read(table, &names, &mut all));
        }
        situations::unique_ids(&all, self.pages);
        (book.cases, book.quota_cases, book.majority_cases) = (all.subject, all.quota, all.majority);
        (book.point_cases, book.mean_cases, book.history_cases) = (all.points, all.means, all.histories);
    }

    /// The first page of the book; everything else still empty.
    fn front(&self, seal: String) -> Option<Book> {
        let front = self.table("rulebook.toml")?;
        let periods = law::periods(&front);
        let written_seal = front.maybe_string("seal");
        if written_seal.as_ref().is_some_and(|written| *written != seal) {
            front.flaw(
                "seal",
                "BOOK-010",
                "bộ quy tắc đã niêm phong nhưng nội dung không khớp với dấu niêm phong",
                "không sửa bộ đã niêm phong: khôi phục bản gốc, hoặc chép thành bộ mới rồi sửa bộ mới",
            );
        }
        let book = Book {
            id: front.string("id"),
            title: front.text("title"),
            issuer: front.text("issuer"),
            matter: front.string("matter"),
            periods,
            last_checked: front.date("last_checked"),
            sealed: written_seal.is_some(),
            seal,
            ..Book::default()
        };
        front.close();
        Some(book)
    }
}
