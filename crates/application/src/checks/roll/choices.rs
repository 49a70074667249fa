//! Những điều có thể chọn khi xác nhận cách đọc một bảng: what each column may mean, subjects, stages, settings; and samples of
//! what stands in a column.

use rules::{Book, Kind as FactKind};

use super::super::grid::{Grid, Sheet};
use super::lexicon::can_be_stated;
use super::mapping::{MappedColumn, Mapping, Meaning};
use super::period::{Period, governing};
use super::words::Vocabulary;
use super::write::{in_words, value_title};
use crate::error::Result;
use crate::judge::Words;
use crate::library::Library;

/// Rows below the headings in which samples are looked for.
const SAMPLED: usize = 2_000;

/// Một phương án.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Value in the mapping.
    pub value: String,
    /// In words.
    pub title: Words,
}

/// Một lựa chọn của bộ quy định với các phương án.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChoices {
    /// Name.
    pub name: String,
    /// The question.
    pub title: Words,
    /// The value in force.
    pub value: String,
    /// What may be chosen.
    pub choices: Vec<Choice>,
}

/// Một chữ được đọc thành một mức.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterChoice {
    /// As in the file.
    pub written: String,
    /// Id of the level it is taken for.
    pub value: String,
}

/// Mọi điều có thể chọn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Title of the rule book that governs the period.
    pub book: Words,
    /// Kinds of subject of the book.
    pub subjects: Vec<Choice>,
    /// Stages at which a level is recorded.
    pub stages: Vec<Choice>,
    /// What a column may mean.
    pub meanings: Vec<Choice>,
    /// Settings of the book.
    pub settings: Vec<SettingChoices>,
    /// Levels of the book.
    pub levels: Vec<Choice>,
    /// Letters that were taken for a level.
    pub letters: Vec<LetterChoice>,
}

/// What may be chosen for a table that is read so.
///
/// # Errors
/// `CHECK-014`, `CHECK-015` when the period has no rule book or is none.
pub fn choices(library: &Library, mapping: &Mapping) -> Result<Choices> {
    let words = Vocabulary::load()?;
    let period = Period::read(&mapping.period)?;
    let (book, subject) = governing(library, &words, period, mapping.kind, Some(&mapping.subject))?;
    let stage = |id: &str| Some(Choice { value: id.to_owned(), title: words.title(id, mapping.kind.word())? });
    Ok(Choices {
        book: Words::from(&book.title),
        subjects: book
            .subjects
            .iter()
            .map(|subject| Choice { value: subject.id.clone(), title: Words::from(&subject.title) })
            .collect(),
        stages: words.stages.iter().filter_map(|one| stage(&one.id)).collect(),
        meanings: meanings(book, &subject, mapping, &words),
        settings: book.settings.iter().map(|setting| of_setting(setting, mapping)).collect(),
        levels: book
            .levels
            .iter()
            .map(|level| Choice { value: level.id.clone(), title: Words::from(&level.title) })
            .collect(),
        letters: mapping
            .words
            .iter()
            .map(|(written, value)| LetterChoice { written: written.clone(), value: value.clone() })
            .collect(),
    })
}

fn meanings(book: &Book, subject: &str, mapping: &Mapping, words: &Vocabulary) -> Vec<Choice> {
    let kind = mapping.kind.word();
    let columns = words.columns.iter().filter(|column| column.only.as_deref().is_none_or(|only| only == kind));
    let columns = columns.filter(|column| column.fact.as_deref().is_none_or(|fact| book.fact(fact).is_some()));
    let columns = columns.map(|column| Meaning::Column(column.id.clone()));
    let levels = words.stages.iter().map(|stage| Meaning::Level(stage.id.clone()));
    let marks = words
        .stages
        .iter()
        .flat_map(|stage| book.levels.iter().map(|level| Meaning::LevelMark(stage.id.clone(), level.id.clone())));
    let facts = book.facts.iter().filter(|fact| can_be_stated(fact, subject));
    let facts = facts.map(|fact| Meaning::Fact(fact.name.clone()));
    let all = columns.chain(levels).chain(facts).chain(marks);
    all.filter_map(|meaning| Some(Choice { title: in_words(&meaning, book, words, kind)?, value: meaning.word() }))
        .collect()
}

fn of_setting(setting: &rules::book::Setting, mapping: &Mapping) -> SettingChoices {
    let values: Vec<String> = match &setting.kind {
        FactKind::Choice(choices) => choices.clone(),
        FactKind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        _ => vec![setting.default.write()],
    };
    let choice = |value: String| Choice { title: value_title(setting, &value), value };
    SettingChoices {
        name: setting.name.clone(),
        title: Words::from(&setting.title),
        value: mapping.settings.get(&setting.name).cloned().unwrap_or_else(|| setting.default.write()),
        choices: values.into_iter().map(choice).collect(),
    }
}

/// The first few different texts of a column below the headings.
#[must_use]
pub fn samples(grid: &Grid, mapping: &Mapping, column: &MappedColumn, most: usize) -> Vec<String> {
    let sheet = grid.sheets.iter().find(|sheet| sheet.name == mapping.sheet);
    let rows = sheet.into_iter().flat_map(Sheet::rows).filter(|row| row.number() >= mapping.first_row).take(SAMPLED);
    let mut samples: Vec<String> = Vec::new();
    for text in rows.filter_map(|row| row.text(column.number())) {
        if samples.len() < most && !samples.iter().any(|known| known == text) {
            samples.push(text.to_owned());
        }
    }
    samples
}
