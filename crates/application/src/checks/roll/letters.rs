//! Chữ cái thay cho mức: A, B, C, D in a column of levels stand for levels only when nothing else in it says otherwise; what they
//! were taken for is part of the mapping, so that it is shown, confirmed and can be corrected.

use std::collections::BTreeMap;

use rules::Book;

use super::super::grid::Sheet;
use super::mapping::{MappedColumn, Mapping, Meaning};
use super::values::{Reader, Reading};
use super::words::{Vocabulary, key};
use crate::judge::Words;

/// Different texts of one column that are looked at; a column of levels has few.
const DIFFERENT: usize = 40;

/// The letters of the columns of levels and the ids of the levels that they are taken for. A column in which anything else
/// cannot be read has letters that mean something else.
pub(super) fn guessed(book: &Book, words: &Vocabulary, sheet: &Sheet, mapping: &Mapping) -> BTreeMap<String, String> {
    let reader = Reader::new(book, words, &BTreeMap::new());
    let mut found = BTreeMap::new();
    for column in mapping.columns.iter().filter(|column| is_of_levels(book, column)) {
        let mut letters = BTreeMap::new();
        let strange = texts(sheet, mapping, column)
            .into_iter()
            .filter(|text| matches!(reader.level(text), Reading::Strange))
            .filter(|text| match of_letter(book, words, text) {
                Some(level) => letters.insert(text.clone(), level).is_some(),
                None => true,
            });
        if strange.count() == 0 {
            found.extend(letters);
        }
    }
    found
}

fn is_of_levels(book: &Book, column: &MappedColumn) -> bool {
    match column.meaning() {
        Meaning::Level(_) => true,
        Meaning::Fact(name) => book.fact(&name).is_some_and(|fact| fact.kind == rules::Kind::Level),
        _ => false,
    }
}

/// The different texts of a column.
fn texts(sheet: &Sheet, mapping: &Mapping, column: &MappedColumn) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let rows = sheet.rows().filter(|row| row.number() >= mapping.first_row);
    for text in rows.filter_map(|row| row.text(column.number())) {
        if texts.len() < DIFFERENT && !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    texts
}

fn of_letter(book: &Book, words: &Vocabulary, text: &str) -> Option<String> {
    let written = key(text);
    let named = |id: &&String| words.letters.get(*id).into_iter().flatten().any(|letter| key(letter) == written);
    let ids = book.levels.iter().map(|level| &level.id);
    ids.clone().find(named).filter(|_| ids.filter(named).count() == 1).cloned()
}

/// That a way of writing was taken for a level, for the head of the report.
pub(super) fn told(book: &Book, mapping: &Mapping) -> Vec<Words> {
    let told = mapping.words.iter().filter_map(|(written, id)| {
        let title = &book.level(id)?.title;
        Some(Words {
            vi: format!("“{written}” được đọc là “{}”", title.vi),
            en: format!("“{written}” is read as “{}”", title.en),
        })
    });
    told.collect()
}
