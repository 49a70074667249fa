//! Kiểm tra bảng lập theo từng người hoặc từng đơn vị: reads how a table is laid out, puts every row to the rule book of its
//! period, and tells what its recorded levels break.
//!
//! Nothing is guessed silently: the report begins with how every column was read. Facts that are not known never count as
//! broken rules; how many rows cannot be told, and for want of what, stands in the summary.

mod before;
mod caps;
mod choices;
mod downwards;
mod facts;
mod guess;
mod heads;
mod judge;
mod letters;
mod lexicon;
mod mapping;
mod period;
mod posts;
mod read;
mod report;
mod sums;
mod totals;
mod truth;
mod units;
mod values;
mod words;
mod write;

use domain::{Day, Refusal};
use rules::Settings;
use serde::{Deserialize, Serialize};

pub use choices::{Choice, Choices, LetterChoice, SettingChoices, choices, samples};
pub use mapping::{Kind, MappedColumn, Mapping, Meaning, column_letters, column_number};
pub use report::{
    Breach, ColumnLine, Cut, GroupCap, Head, KindCount, LeftOut, LevelCount, MissingCount, PlaceCount, RollReport,
    SettingLine, Summary, UnreadSheet,
};
pub use units::{Units, sheets_of_units, units_told};

use super::grid::Grid;
use crate::error::Result;
use crate::judge::Words;
use crate::library::Library;
use judge::{Known, RuleKinds};
use values::Reader;
use words::Vocabulary;

/// Điều đã nói trước: what is settled before the table is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What one row is; both are tried when it is not said.
    pub kind: Option<Kind>,
    /// Period; looked for in the title when it is not said.
    pub period: Option<String>,
    /// Kind of subject of the rule book.
    pub subject: Option<String>,
    /// Cut-off day.
    pub cut_off: Option<Day>,
    /// Settings, name and value.
    pub settings: Vec<(String, String)>,
    /// First row of the headings; looked for when it is not said.
    pub head_row: Option<u32>,
}

/// Whether a file holds a table about persons or units, and not a published summary. Names of people decide at once; names of
/// units stand in both.
///
/// # Errors
/// [`crate::Error::Fault`] when words.toml cannot be read.
pub fn is_roll(library: &Library, grid: &Grid) -> Result<bool> {
    let words = Vocabulary::load()?;
    if guess::is_of(library, &words, grid, Kind::Person) {
        return Ok(true);
    }
    Ok(!super::has_published_heads(library, grid)? && guess::is_of(library, &words, grid, Kind::Unit))
}

/// Đoán cách đọc một tệp, to be shown and confirmed.
///
/// # Errors
/// `CHECK-011` no level and `CHECK-021` no name among the headings, `CHECK-012` no period, `CHECK-013` two columns for the level,
/// `CHECK-014` no rule book, `CHECK-015` not a period, `CHECK-017` no such setting, `CHECK-026` no headings in the row that was said.
pub fn guess(library: &Library, grid: &Grid, asked: &Asked) -> Result<Mapping> {
    match sketch(library, grid, asked)? {
        (mapping, None) => Ok(mapping),
        (_, Some(doubt)) => Err(doubt.into()),
    }
}

/// As [`guess`], but a table that is not wholly understood gives what was understood, with what is wanting beside it.
///
/// # Errors
/// As [`guess`], but for `CHECK-011`, `CHECK-013` and `CHECK-021`; `CHECK-004` for a file without rows.
pub fn sketch(library: &Library, grid: &Grid, asked: &Asked) -> Result<(Mapping, Option<Refusal>)> {
    let words = Vocabulary::load()?;
    let (mapping, doubt) = guess::sketch(library, &words, grid, asked)?;
    let book = period::governing(
        library,
        &words,
        period::Period::read(&mapping.period)?,
        mapping.kind,
        Some(&mapping.subject),
    )?
    .0;
    let unknown = asked.settings.iter().find(|(name, value)| book.read_setting(name, value).is_none());
    match unknown {
        Some((name, value)) => Err(no_setting(book, name, value).into()),
        None => Ok((mapping, doubt)),
    }
}

/// Checks a table that is read as the mapping says.
///
/// # Errors
/// As [`guess`]; for the table of units, at the field `units`, also `CHECK-020` when it is a list of people, `CHECK-024` when it
/// tells no level of a unit, `CHECK-025` beside a table that is not about people; `CHECK-004` when no row is left below the headings, `CHECK-016` for a fact, `CHECK-018` for a column of
/// the mapping that cannot be used, `CHECK-023` for what an empty cell is to mean.
pub fn examine(library: &Library, grid: &Grid, mapping: &Mapping, units: Option<Units<'_>>) -> Result<RollReport> {
    let words = Vocabulary::load()?;
    let period = period::Period::read(&mapping.period)?;
    let (book, subject) = period::governing(library, &words, period, mapping.kind, Some(&mapping.subject))?;
    check_columns(book, grid, mapping, &words)?;
    let settings = settings(book, mapping)?;
    let reader = Reader::new(book, &words, &mapping.words);
    let roll = read::read(grid, mapping, &words, &reader);
    if roll.rows.is_empty() {
        return Err(Refusal::new("CHECK-004").into());
    }
    let named =
        words.title(&mapping.level, mapping.kind.word()).unwrap_or(Words { vi: String::new(), en: String::new() });
    let (recorded, mut odd) = facts::recorded(mapping, &roll, &reader, &named);
    let (mut columns, unread) = facts::columns(book, mapping, &roll, &reader)?;
    odd.extend(unread);
    odd.listed.extend(sums::odd(grid, mapping, &roll, &words, &reader));
    let unit_levels = units::levels(library, &words, grid, mapping, units)?;
    let concluded = facts::conclude(book, mapping, &roll, &words, &unit_levels);
    let implied = facts::implied(book, mapping, &words, &columns);
    columns.extend(concluded.columns.into_iter().chain(implied.columns));
    let common = facts::common(book, mapping, period, &reader)?;
    let known = Known { book, subject: &subject, settings: &settings, common, columns, recorded };
    odd.extend(before::told(&known, mapping, &roll, period, &reader));
    let kinds = RuleKinds::new(book, &words);
    let writing = write::Writing {
        grid,
        mapping,
        roll: &roll,
        known: &known,
        kinds: &kinds,
        words: &words,
        used: &unit_levels.sheets,
    };
    let told = letters::told(book, mapping).into_iter().chain(concluded.told).chain(implied.told).collect();
    Ok(writing.report(odd, named, told))
}

/// Leaves of the settings only those that are not as the book has them: a page sends every one, and what it sends unchanged
/// was not chosen.
///
/// # Errors
/// As [`choices`].
pub fn only_chosen(library: &Library, mapping: Mapping) -> Result<Mapping> {
    let words = Vocabulary::load()?;
    let period = period::Period::read(&mapping.period)?;
    let (book, _) = period::governing(library, &words, period, mapping.kind, Some(&mapping.subject))?;
    let mut mapping = mapping;
    mapping.settings.retain(|name, value| book.setting(name).is_none_or(|setting| setting.default.write() != *value));
    Ok(mapping)
}

fn no_setting(book: &rules::Book, name: &str, value: &str) -> Refusal {
    let known: Vec<&str> = book.settings.iter().map(|setting| setting.name.as_str()).collect();
    let choices = match book.setting(name).map(|setting| &setting.kind) {
        Some(rules::Kind::Choice(choices)) => choices.join(", "),
        Some(rules::Kind::Boolean) => "true, false".to_owned(),
        Some(_) | None => known.join(", "),
    };
    Refusal::new("CHECK-017").with("name", name).with("value", value).with("choices", choices)
}

fn settings(book: &rules::Book, mapping: &Mapping) -> Result<Settings> {
    let read = mapping.settings.iter().map(|(name, value)| {
        let read = book.read_setting(name, value).ok_or_else(|| no_setting(book, name, value))?;
        Ok((name.clone(), read))
    });
    read.collect()
}

/// Whether every column means something that the book and the kind of table have, and the needed ones are there; whether the
/// headings of the file are those of the mapping.
fn check_columns(book: &rules::Book, grid: &Grid, mapping: &Mapping, words: &Vocabulary) -> Result<()> {
    let stage = |id: &str| words.stages.iter().any(|stage| stage.id == *id);
    let usable = |meaning: &Meaning| match meaning {
        Meaning::Other => true,
        Meaning::Column(id) => words.columns.iter().any(|column| column.id == *id),
        Meaning::Level(id) => stage(id),
        Meaning::LevelMark(id, level) => stage(id) && book.level(level).is_some(),
        Meaning::Fact(name) => book.fact(name).is_some_and(|fact| lexicon::can_be_stated(fact, &mapping.subject)),
    };
    if let Some(column) = mapping.columns.iter().find(|column| !usable(&column.meaning())) {
        return Err(Refusal::new("CHECK-018").with("at", &column.at).with("means", &column.means).into());
    }
    let several = |column: &&MappedColumn| {
        let meaning = column.meaning();
        let once = meaning != Meaning::Other && meaning != Meaning::Column("part".to_owned());
        once && mapping.columns_of(|other| *other == meaning).count() > 1
    };
    if let Some(column) = mapping.columns.iter().find(several) {
        let alike = mapping.columns_of(|other| *other == column.meaning());
        let alike: Vec<String> = alike.map(|column| format!("{} “{}”", column.at, column.head)).collect();
        return Err(Refusal::new("CHECK-019").with("columns", alike.join(", ")).into());
    }
    let of_stage = |meaning: &Meaning| match meaning {
        Meaning::Level(id) | Meaning::LevelMark(id, _) => *id == mapping.level,
        _ => false,
    };
    let named = mapping.place_of("name").or_else(|| mapping.place_of("code")).is_some();
    let code = match (mapping.columns_of(of_stage).next().is_some(), named) {
        (true, true) => return same_headings(grid, mapping),
        (false, _) => "CHECK-011",
        (true, false) => "CHECK-021",
    };
    let heads: Vec<String> = mapping.columns.iter().map(|column| format!("“{}”", column.head)).collect();
    Err(Refusal::new(code).with("headings", heads.join(", ")).into())
}

fn same_headings(grid: &Grid, mapping: &Mapping) -> Result<()> {
    match read::other_heading(grid, mapping) {
        Some((at, wanted, found)) => {
            Err(Refusal::new("CHECK-022").with("at", at).with("wanted", wanted).with("found", found).into())
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
