//! Reads tables of a TOML file key by key, remembering line numbers; every fault is noted and reading goes on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::flaw::Flaw;
use crate::expression::{Expression, Refused, Scope, Type, compile};
use crate::expression::{listed, nearest};
use crate::language::Text;
use crate::rational::Rational;

/// One file and where its faults go.
pub(crate) struct Page<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub flaws: &'a RefCell<Vec<Flaw>>,
}

impl Page<'_> {
    pub fn flaw(&self, at: usize, code: &'static str, what: impl Into<String>, mend: impl Into<String>) {
        let line = if at == usize::MAX { 0 } else { self.line(at) };
        let flaw = Flaw { file: self.name.to_owned(), line, code, what: what.into(), mend: mend.into() };
        self.flaws.borrow_mut().push(flaw);
    }

    pub fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    /// The whole file as a table; `None` when it is not TOML.
    pub fn parse(&self) -> Option<Spanned<DeTable<'_>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let at = error.span().map_or(usize::MAX, |span| span.start);
                let (what, mend) = syntax(error.message());
                self.flaw(at, "BOOK-001", format!("không đọc được tệp từ dòng này: {what}"), mend);
                None
            }
        }
    }
}

/// What the reader of TOML said, for somebody who does not know TOML: what is wrong, and what to do.
fn syntax(message: &str) -> (&'static str, &'static str) {
    const ENDS: (&str, &str) =
        ("một chữ, danh sách hay bảng chưa được đóng", "thêm dấu đóng còn thiếu: \", \"\"\", ] hoặc }");
    let known = [
        ("duplicate key", ("khoá hoặc mục này đã có ở trên trong cùng một mục", "xoá hoặc đổi tên một trong hai")),
        ("invalid date", ("ngày không có thật", "viết ngày có thật như 2022-12-31, không có ngoặc kép")),
        ("must be quoted", ("chữ không đặt trong ngoặc kép", "đặt chữ sau dấu = trong ngoặc kép: khoá = \"chữ\"")),
        ("key with no value", ("sau tên khoá thiếu dấu = và giá trị", "viết dòng này thành khoá = giá trị")),
        ("missing value", ("sau dấu = thiếu giá trị", "viết giá trị sau dấu =, hoặc xoá dòng này")),
        ("unclosed", ENDS),
        ("invalid basic string", ENDS),
        ("invalid literal string", ENDS),
        (
            "missing comma",
            ("giữa hai giá trị thiếu dấu phẩy, hoặc danh sách chưa đóng", "thêm dấu phẩy, hoặc đóng bằng ] hay }"),
        ),
        ("extra comma", ("thừa dấu phẩy", "xoá dấu phẩy thừa")),
        ("unexpected", ("có chữ thừa trên dòng", "mỗi dòng chỉ có một khoá = giá trị; ghi chú đặt sau dấu #")),
    ];
    let found = known.into_iter().find(|(words, _)| message.contains(words)).map(|(_, told)| told);
    found.unwrap_or((
        "dòng viết sai",
        "sửa dòng này: mỗi dòng là khoá = giá trị, chữ đặt trong ngoặc kép, ngoặc phải đóng đủ",
    ))
}

/// A table being read.
pub(crate) struct Table<'a> {
    pub page: &'a Page<'a>,
    entries: &'a DeTable<'a>,
    at: usize,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Table<'a> {
    pub fn new(page: &'a Page<'a>, table: &'a DeTable<'a>, at: usize) -> Self {
        Self { page, entries: table, at, asked: RefCell::new(BTreeSet::new()) }
    }

    pub fn place(&self) -> (String, usize) {
        (self.page.name.to_owned(), self.page.line(self.at))
    }

    /// Where a key stands, or the table when it is absent.
    pub fn at(&self, key: &str) -> usize {
        self.entries.get(key).map_or(self.at, |value| value.span().start)
    }

    pub fn flaw(&self, key: &str, code: &'static str, what: impl Into<String>, mend: impl Into<String>) {
        self.page.flaw(self.at(key), code, what, mend);
    }

    /// Notes every key nobody asked for.
    pub fn close(self) {
        let asked = self.asked.borrow();
        for key in self.entries.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            let near = nearest(name, asked.iter().map(String::as_str));
            let mend = format!("xoá hoặc sửa tên khoá{near}; {}", listed(asked.iter().map(String::as_str)));
            self.page.flaw(key.span().start, "BOOK-002", format!("khoá “{name}” không dùng được ở đây"), mend);
        }
    }

    /// All keys, for tables whose keys are names.
    pub fn keys(&self) -> Vec<(String, usize)> {
        let keys = self.entries.keys().map(|key| (key.get_ref().to_string(), key.span().start)).collect();
        self.asked.borrow_mut().extend(self.entries.keys().map(|key| key.get_ref().to_string()));
        keys
    }

    pub fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.entries.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn need(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            self.page.flaw(
                self.at,
                "BOOK-003",
                format!("thiếu khoá “{key}”"),
                format!("thêm dòng {key} = … vào mục này"),
            );
        }
        value
    }

    fn wrong(&self, key: &str, wanted: &str, example: &str) {
        self.flaw(key, "BOOK-004", format!("khoá “{key}” phải là {wanted}"), format!("viết như {key} = {example}"));
    }

    pub fn string(&self, key: &str) -> String {
        self.need(key).and_then(|_| self.maybe_string(key)).unwrap_or_default()
    }

    pub fn maybe_string(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(key, "chữ trong ngoặc kép", "\"…\"");
        }
        text
    }

    pub fn boolean(&self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, "true hoặc false", "true");
            false
        })
    }

    pub fn integer(&self, key: &str) -> i64 {
        let Some(value) = self.need(key) else { return 0 };
        let integer = value
            .get_ref()
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        integer.unwrap_or_else(|| {
            self.wrong(key, "số nguyên", "30");
            0
        })
    }

    pub fn fraction(&self, key: &str) -> Rational {
        let text = self.string(key);
        text.parse().unwrap_or_else(|_| {
            if self.has(key) {
                self.wrong(key, "phân số trong ngoặc kép", "\"1/5\"");
            }
            Rational::ZERO
        })
    }

    pub fn date(&self, key: &str) -> NaiveDate {
        self.need(key).and_then(|_| self.maybe_date(key)).unwrap_or_default()
    }

    pub fn maybe_date(&self, key: &str) -> Option<NaiveDate> {
        let date = date_of(self.get(key)?.get_ref());
        if date.is_none() {
            self.wrong(key, "ngày có thật, không có ngoặc kép", "2022-12-31");
        }
        date
    }

    /// Both languages, neither empty.
    pub fn text(&self, key: &str) -> Text {
        self.need(key).and_then(|_| self.maybe_text(key)).unwrap_or_default()
    }

    pub fn maybe_text(&self, key: &str) -> Option<Text> {
        let table = self.table(key)?;
        let text = Text { vi: table.string("vi"), en: table.string("en") };
        table.close();
        Some(text)
    }

    /// Both languages, or one plain text for both.
    pub fn text_or_same(&self, key: &str) -> Text {
        match self.get(key).map(Spanned::get_ref) {
            None => Text::default(),
            Some(DeValue::String(words)) => Text::same(words),
            Some(_) => self.maybe_text(key).unwrap_or_default(),
        }
    }

    pub fn table(&self, key: &str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Table::new(self.page, table, value.span().start));
        }
        self.wrong(key, "một bảng", "{ vi = \"…\", en = \"…\" }");
        None
    }

    pub fn strings(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let list =
            value.get_ref().as_array().map(|list| list.iter().map(|one| one.get_ref().as_str().map(str::to_owned)));
        list.and_then(Iterator::collect::<Option<Vec<_>>>).unwrap_or_else(|| {
            self.wrong(key, "danh sách chữ", "[\"…\", \"…\"]");
            Vec::new()
        })
    }

    pub fn integers(&self, key: &str) -> Vec<i64> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let integer =
            |one: &Spanned<DeValue<'_>>| one.get_ref().as_integer().and_then(|integer| integer.as_str().parse().ok());
        let list = value.get_ref().as_array().and_then(|list| list.iter().map(integer).collect::<Option<Vec<i64>>>());
        list.unwrap_or_else(|| {
            self.wrong(key, "danh sách số nguyên", "[1, 2]");
            Vec::new()
        })
    }

    /// A list of tables: `[[key]]`.
    pub fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let table = |one: &'a Spanned<DeValue<'a>>| match one.get_ref() {
            DeValue::Table(table) => Some(Table::new(self.page, table, one.span().start)),
            _ => None,
        };
        let list = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(table).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        list.unwrap_or_else(|| {
            self.wrong(key, "danh sách mục", "…, mỗi mục bắt đầu bằng dòng [[tên]]");
            Vec::new()
        })
    }

    /// One of some words.
    pub fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.need(key).and_then(|_| self.maybe_string(key))?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let mend = listed(words.iter().map(|(word, _)| *word));
            self.flaw(key, "BOOK-005", format!("“{text}” không phải giá trị của “{key}”"), mend);
        }
        found
    }

    /// Position of a name in a list of declared names.
    pub fn position<'n>(&self, key: &str, name: &str, names: impl Iterator<Item = &'n str> + Clone) -> Option<usize> {
        let position = names.clone().position(|known| known == name);
        if position.is_none() {
            let near = nearest(name, names.clone());
            let mend = format!("{}{near}", listed(names));
            self.flaw(key, "BOOK-006", format!("“{name}” ở khoá “{key}” chưa được khai"), mend);
        }
        position
    }

    /// A compiled expression of the wanted type.
    pub fn expression(&self, key: &str, scope: &Scope<'_>, wanted: &Type) -> Option<Expression> {
        let text = self.maybe_string(key)?;
        match compile(&text, scope, Some(wanted)) {
            Ok((expression, _)) => Some(expression),
            Err(refused) => {
                self.refuse(key, &text, &refused);
                None
            }
        }
    }

    /// Notes a refused expression at its own line, also inside a text of several lines.
    pub fn refuse(&self, key: &str, text: &str, refused: &Refused) {
        let start = self.at(key);
        let opens_with_break = |rest: &str| rest.starts_with("\"\"\"\n") || rest.starts_with("'''\n");
        let opening = usize::from(self.page.text.get(start..).is_some_and(opens_with_break));
        let breaks = text.bytes().take(refused.at).filter(|byte| *byte == b'\n').count();
        let flaw = Flaw {
            file: self.page.name.to_owned(),
            line: self.page.line(start) + opening + breaks,
            code: refused.code,
            what: format!("biểu thức ở “{key}”: {}", refused.what),
            mend: refused.mend.clone(),
        };
        self.page.flaws.borrow_mut().push(flaw);
    }
}

/// A calendar day of a TOML value.
pub(crate) fn date_of(value: &DeValue<'_>) -> Option<NaiveDate> {
    let datetime = value.as_datetime()?;
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

/// Notes names that stand twice.
pub(crate) fn unique<'n>(page: &Page<'_>, names: impl Iterator<Item = (&'n str, usize)>, what: &str) {
    let mut seen = BTreeMap::new();
    for (name, at) in names {
        if let Some(first) = seen.insert(name.to_owned(), at) {
            let line = page.line(first);
            page.flaw(at, "BOOK-007", format!("{what} “{name}” đã khai ở dòng {line}"), "đổi tên hoặc xoá một mục");
        }
    }
}
