//! Từ cột thành dữ kiện: recorded levels, facts, what a post tells, the level of a unit; what cannot be read is told.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use rules::published::Severity;
use rules::{Book, Facts, Value};

use super::judge::FactColumn;
use super::lexicon::can_be_stated;
use super::mapping::{MappedColumn, Mapping, Meaning};
use super::period::Period;
use super::posts::{Post, post};
use super::read::{Roll, Texts};
use super::sums::{At, MOST, More, Odd, Odds};
use super::values::{Reader, Reading, Recorded};
use super::words::{Vocabulary, quoted, spelled};
use crate::error::Result;
use crate::judge::Words;

const CUT_OFF: &str = "cut_off_date";
const QUARTER: &str = "is_quarter";

/// Facts that hold for every row: the cut-off day, whether it is a quarter, what the mapping says.
///
/// # Errors
/// `CHECK-016` for a fact that the book has not or whose value is not of its kind.
pub(super) fn common(book: &Book, mapping: &Mapping, period: Period, reader: &Reader<'_>) -> Result<Facts> {
    let mut facts = Facts::new();
    let cut_off = match &mapping.cut_off {
        None => period.end(),
        Some(day) => Some(
            super::values::day(day)
                .ok_or_else(|| Refusal::new("CHECK-016").with("name", "cut_off").with("value", day))?,
        ),
    };
    if let (Some(day), true) = (cut_off, book.fact(CUT_OFF).is_some()) {
        facts.insert(CUT_OFF.to_owned(), Value::Date(day.date()));
    }
    if book.fact(QUARTER).is_some() {
        facts.insert(QUARTER.to_owned(), Value::Boolean(period.is_quarter()));
    }
    for (name, written) in &mapping.facts {
        let refused = || Refusal::new("CHECK-016").with("name", name).with("value", written);
        let fact = book.fact(name).filter(|fact| can_be_stated(fact, &mapping.subject)).ok_or_else(refused)?;
        match reader.fact(fact, written) {
            Reading::Is(value) => facts.insert(name.clone(), value),
            Reading::Blank | Reading::Strange => return Err(refused().into()),
        };
    }
    Ok(facts)
}

/// Columns of facts, and cells that could not be read.
///
/// # Errors
/// `CHECK-023` when what an empty cell is to mean cannot stand in its column.
pub(super) fn columns(
    book: &Book,
    mapping: &Mapping,
    roll: &Roll,
    reader: &Reader<'_>,
) -> Result<(Vec<FactColumn>, Odds)> {
    let (mut columns, mut odd) = (Vec::new(), Odds::default());
    for (column, texts) in mapping.columns.iter().zip(&roll.texts) {
        let (Meaning::Fact(name), Some(texts)) = (column.meaning(), texts) else { continue };
        let Some(fact) = book.fact(&name) else { continue };
        let blank = column.blank.as_deref().map(|blank| reader.fact(fact, blank));
        if blank == Some(Reading::Strange) {
            return Err(no_blank(column, &fact.label.vi, &fact.label.en).into());
        }
        let values = texts.distinct.iter().map(|text| match (reader.fact(fact, text), &blank) {
            (Reading::Is(value), _) => (Some(value), false),
            (Reading::Blank, Some(Reading::Is(value))) => (Some(value.clone()), false),
            (Reading::Blank, _) => (None, false),
            (Reading::Strange, _) => (None, true),
        });
        let (values, strange): (Vec<Option<Value>>, Vec<bool>) = values.unzip();
        odd.extend(unreadable(texts, &strange, &column.at, "value_unread", &Words::from(&fact.label)));
        columns.push(FactColumn { name, values, at: texts.at.clone() });
    }
    Ok((columns, odd))
}

fn no_blank(column: &MappedColumn, vi: &str, en: &str) -> Refusal {
    let refusal = Refusal::new("CHECK-023").with("at", &column.at).with("head", quoted(&column.head));
    let refusal = refusal.with("value", quoted(column.blank.as_deref().unwrap_or_default()));
    refusal.with("means", format!("{vi} – {en}")).at(&format!("trong-{}", column.at))
}

/// A finding for each row whose text could not be read.
pub(super) fn unreadable(texts: &Texts, strange: &[bool], column: &str, kind: &'static str, wanted: &Words) -> Odds {
    if !strange.contains(&true) {
        return Odds::default();
    }
    let severity = if kind == "level_unread" { Severity::Error } else { Severity::Warning };
    let mut rows = (0_u32..)
        .zip(&texts.at)
        .filter(|(_, at)| strange.get(**at as usize).copied().unwrap_or(false))
        .map(|(row, _)| row);
    let told = rows.by_ref().take(MOST).map(|row| {
        let row = row as usize;
        let text = quoted(texts.get(row));
        Odd {
            at: At::Row(row),
            kind,
            severity,
            column: column.to_owned(),
            message: Words {
                vi: format!("“{text}” không đọc được thành “{}”; coi như chưa biết.", wanted.vi),
                en: format!("“{text}” cannot be read as “{}”; taken as not known.", wanted.en),
            },
        }
    });
    let listed = told.collect();
    let rows: Vec<u32> = rows.collect();
    let more = (!rows.is_empty()).then(|| More { kind, severity, column: column.to_owned(), rows });
    Odds { listed, more: more.into_iter().collect() }
}

/// The recorded level of every row at a stage, and what could not be read.
pub(super) fn recorded(
    mapping: &Mapping,
    roll: &Roll,
    reader: &Reader<'_>,
    named: &Words,
) -> (Vec<Option<Recorded>>, Odds) {
    let stage = &mapping.level;
    let mut recorded = vec![None; roll.rows.len()];
    let mut odd = Odds::default();
    for (column, texts) in mapping.columns.iter().zip(&roll.texts) {
        let Some(texts) = texts else { continue };
        match column.meaning() {
            Meaning::Level(of) if of == *stage => {
                let read: Vec<Reading<Recorded>> = texts.distinct.iter().map(|text| reader.level(text)).collect();
                let strange: Vec<bool> = read.iter().map(|one| *one == Reading::Strange).collect();
                odd.extend(unreadable(texts, &strange, &column.at, "level_unread", named));
                for (level, at) in recorded.iter_mut().zip(&texts.at) {
                    if let Some(Reading::Is(read)) = read.get(*at as usize) {
                        *level = Some(*read);
                    }
                }
            }
            Meaning::LevelMark(of, id) if of == *stage => {
                let Some(position) = reader.position(&id) else { continue };
                let read: Vec<Reading<bool>> = texts.distinct.iter().map(|text| reader.mark(text)).collect();
                let strange: Vec<bool> = read.iter().map(|one| *one == Reading::Strange).collect();
                odd.extend(unreadable(texts, &strange, &column.at, "level_unread", named));
                mark(&mut recorded, texts, &read, position, (&column.at, &mut odd.listed));
            }
            _ => {}
        }
    }
    (recorded, odd)
}

/// Takes the marks of one level's column; two marks in a row contradict each other.
fn mark(
    recorded: &mut [Option<Recorded>],
    texts: &Texts,
    read: &[Reading<bool>],
    position: usize,
    (column, odd): (&str, &mut Vec<Odd>),
) {
    for (row, (level, at)) in recorded.iter_mut().zip(&texts.at).enumerate() {
        if read.get(*at as usize) != Some(&Reading::Is(true)) {
            continue;
        }
        if level.is_some() {
            let message = Words {
                vi: "Một dòng đánh dấu hai mức.".to_owned(),
                en: "Two levels are marked in one row.".to_owned(),
            };
            let severity = Severity::Error;
            odd.push(Odd { at: At::Row(row), kind: "level_unread", severity, column: column.to_owned(), message });
        }
        *level = Some(Recorded::Level(position));
    }
}

/// Tên một đơn vị trong bảng về đơn vị.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitName {
    /// Base organisation; empty when the table does not tell it.
    pub(super) base: String,
    pub(super) name: String,
    pub(super) code: String,
}

/// Mức của từng đơn vị, by its base organisation and its name or code. A name that stands for units of different levels tells
/// nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitLevels {
    levels: BTreeMap<(String, String), Option<String>>,
    /// Names of which the table tells the base organisation.
    placed: BTreeSet<String>,
    /// Names of the sheets of the same file that they were taken from.
    pub(super) sheets: Vec<String>,
    /// Name of the other file that they were taken from.
    pub(super) file: String,
    /// How many units have a level.
    pub(super) units: usize,
}

impl UnitLevels {
    pub(super) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    pub(super) fn extend(&mut self, others: Self) {
        others.levels.into_iter().for_each(|(key, level)| self.put(key, level));
        self.placed.extend(others.placed);
        self.sheets.extend(others.sheets);
        self.units += others.units;
    }

    /// As they stand in another file.
    pub(super) fn out_of(self, file: &str) -> Self {
        Self { file: file.to_owned(), sheets: Vec::new(), ..self }
    }

    fn add(&mut self, base: &str, name: &str, level: &str) {
        let (base, name) = (spelled(base), spelled(name));
        if !name.is_empty() {
            // Under its base organisation, and under its name alone for tables that do not tell the base organisation.
            let alone = (String::new(), name.clone());
            let both = (base, name);
            if both != alone {
                self.placed.insert(alone.1.clone());
                self.put(both, Some(level.to_owned()));
            }
            self.put(alone, Some(level.to_owned()));
        }
    }

    fn put(&mut self, key: (String, String), level: Option<String>) {
        let known = self.levels.entry(key).or_insert_with(|| level.clone());
        if *known != level {
            *known = None;
        }
    }

    /// Where they come from, in words.
    fn from(&self) -> Words {
        let (file, units) = (&self.file, self.units);
        if file.is_empty() {
            return Words { vi: "bảng xếp loại đơn vị".to_owned(), en: "the table of units".to_owned() };
        }
        Words {
            vi: format!("tệp “{file}” ({units} đơn vị có mức)"),
            en: format!("the file “{file}” ({units} units with a level)"),
        }
    }

    /// That a second file was given for nothing, and why.
    fn unused(&self, vi: &str, en: &str) -> Option<Words> {
        let file = &self.file;
        let words = || Words {
            vi: format!("Không dùng tệp “{file}”: {vi}"),
            en: format!("The file “{file}” is not used: {en}"),
        };
        (!file.is_empty()).then(words)
    }

    /// The level of a unit; `base` may be empty.
    pub(super) fn get(&self, base: &str, name: &str) -> Option<&String> {
        let (base, name) = (spelled(base), spelled(name));
        // Where units are told by their base organisation, one of another base organisation is another unit.
        let base = if self.placed.contains(&name) { base } else { String::new() };
        self.levels.get(&(base, name)).and_then(Option::as_ref)
    }
}

/// What a post tells: who heads a unit, and with the levels of units, which level that unit has.
pub(super) struct Concluded {
    pub(super) columns: Vec<FactColumn>,
    pub(super) told: Vec<Words>,
}

/// Whether the table or what is said beside it tells a fact.
fn is_told(mapping: &Mapping, name: &str) -> bool {
    mapping.facts.contains_key(name)
        || mapping.columns_of(|meaning| *meaning == Meaning::Fact(name.to_owned())).next().is_some()
}

/// Facts that hold in each row in which another one is stated, where the table has no column for them.
pub(super) fn implied(book: &Book, mapping: &Mapping, words: &Vocabulary, columns: &[FactColumn]) -> Concluded {
    let mut concluded = Concluded { columns: Vec::new(), told: Vec::new() };
    for implied in &words.implied {
        let stated = book.fact(&implied.name).is_some_and(|fact| can_be_stated(fact, &mapping.subject));
        let by = columns.iter().find(|column| column.name == implied.by);
        let (true, false, Some(by)) = (stated, is_told(mapping, &implied.name), by) else { continue };
        let values = by.values.iter().map(|value| value.as_ref().map(|_| Value::Boolean(true))).collect();
        concluded.columns.push(FactColumn { name: implied.name.clone(), values, at: by.at.clone() });
        let head = mapping.columns_of(|meaning| *meaning == Meaning::Fact(implied.by.clone())).next();
        let head = head.map_or("", |column| column.head.as_str());
        let label = book.fact(&implied.name).map(|fact| fact.label.clone()).unwrap_or_default();
        concluded.told.push(Words {
            vi: format!("{}: có, ở dòng nào cột “{head}” ghi mức", label.vi),
            en: format!("{}: yes, in each row with a level in the column “{head}”", label.en),
        });
    }
    concluded
}

/// Concludes from posts and from the levels of units, where the table itself has no column for it.
pub(super) fn conclude(
    book: &Book,
    mapping: &Mapping,
    roll: &Roll,
    words: &Vocabulary,
    units: &UnitLevels,
) -> Concluded {
    let mut concluded = Concluded { columns: Vec::new(), told: Vec::new() };
    let has = |name: &str| is_told(mapping, name);
    let stated = |name: &str| book.fact(name).is_some_and(|fact| can_be_stated(fact, &mapping.subject));
    let Some(titles) = super::caps::texts_of(mapping, roll, "title") else {
        concluded.told.extend(units.unused("bảng không có cột chức vụ", "the table has no column of posts"));
        return concluded;
    };
    let posts = &words.posts;
    let heads: Vec<Option<Post>> = titles.distinct.iter().map(|title| post(title, words)).collect();
    if stated(&posts.head_fact) && !has(&posts.head_fact) {
        let values = heads.iter().map(|post| post.map(|post| Value::Boolean(post != Post::None))).collect();
        concluded.columns.push(FactColumn { name: posts.head_fact.clone(), values, at: titles.at.clone() });
        concluded.told.push(told(book, &posts.head_fact, mapping, ("đọc từ cột", "read from the column"), "title"));
    }
    let name = posts.unit_levels.iter().find(|name| stated(name) && !has(name));
    if name.is_none() {
        concluded.told.extend(units.unused("bảng đã có cột mức của đơn vị", "the table has a column of it"));
    }
    if let (Some(name), false) = (name, units.is_empty()) {
        let text = |id: &str, row: usize| super::caps::texts_of(mapping, roll, id).map_or("", |texts| texts.get(row));
        let level = |row: usize| match titles.at.get(row).and_then(|at| heads.get(*at as usize)).copied().flatten() {
            Some(Post::OfBase) => units.get("", text("base", row)),
            Some(Post::OfCell) => units.get(text("base", row), text("cell", row)),
            _ => None,
        };
        let of = |row| level(row).map(|level| Value::Level(level.clone()));
        let values: Vec<Option<Value>> = (0..roll.rows.len()).map(of).collect();
        let at = (0_u32..).take(values.len()).collect();
        concluded.columns.push(FactColumn { name: name.clone(), values, at });
        let from = units.from();
        let words = (format!("lấy từ {}, theo cột", from.vi), format!("taken from {}, by the column", from.en));
        concluded.told.push(told(book, name, mapping, (&words.0, &words.1), "cell"));
    }
    concluded
}

fn told(book: &Book, fact: &str, mapping: &Mapping, how: (&str, &str), column: &str) -> Words {
    let label = book.fact(fact).map(|fact| fact.label.clone()).unwrap_or_default();
    let head = mapping.place_of(column).and_then(|place| mapping.columns.get(place)).map(|column| column.head.as_str());
    let head = head.unwrap_or_default();
    Words { vi: format!("{}: {} “{head}”", label.vi, how.0), en: format!("{}: {} “{head}”", label.en, how.1) }
}

/// Levels of units out of a table about units: base organisation, name and code of each.
pub(super) fn unit_levels(names: &[UnitName], recorded: &[Option<Recorded>], book: &Book) -> UnitLevels {
    let mut levels = UnitLevels::default();
    for (unit, recorded) in names.iter().zip(recorded) {
        let Some(Recorded::Level(at)) = recorded else { continue };
        let Some(level) = book.levels.get(*at) else { continue };
        levels.units += 1;
        for known in [&unit.name, &unit.code] {
            levels.add(&unit.base, known, &level.id);
        }
    }
    levels
}
