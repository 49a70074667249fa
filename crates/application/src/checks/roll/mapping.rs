//! Ý nghĩa từng cột: what each column of a file stands for, as guessed, corrected by hand and given back.

use std::collections::BTreeMap;

use domain::Refusal;
use serde::{Deserialize, Serialize};

/// Loại bảng: what one row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person.
    Person,
    /// A unit: an organisation or a collective.
    Unit,
}

impl Kind {
    /// The word in files and keys: `person`, `unit`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Unit => "unit",
        }
    }
}

/// Ý nghĩa của một cột.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Who, where or what: `name`, `code`, `base`, …
    Column(String),
    /// The recorded level at a stage: `level.decided`.
    Level(String),
    /// One column for each level, a mark in it: `level.decided.good`.
    LevelMark(String, String),
    /// A fact of the book: `fact.sick_leave_days`.
    Fact(String),
    /// Not used: `none`.
    Other,
}

impl Meaning {
    /// As written in a file.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Column(id) => id.clone(),
            Self::Level(stage) => format!("level.{stage}"),
            Self::LevelMark(stage, level) => format!("level.{stage}.{level}"),
            Self::Fact(name) => format!("fact.{name}"),
            Self::Other => "none".to_owned(),
        }
    }

    /// The contrary of [`Meaning::word`]; whether the names exist is not asked here.
    #[must_use]
    pub fn read(word: &str) -> Self {
        let word = word.trim();
        if let Some(name) = word.strip_prefix("fact.") {
            return Self::Fact(name.to_owned());
        }
        match (word, word.strip_prefix("level.").map(|rest| rest.split_once('.').ok_or(rest))) {
            (_, Some(Ok((stage, level)))) => Self::LevelMark(stage.to_owned(), level.to_owned()),
            (_, Some(Err(stage))) => Self::Level(stage.to_owned()),
            ("" | "none", None) => Self::Other,
            (id, None) => Self::Column(id.to_owned()),
        }
    }
}

/// Một cột của tệp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Letters of the column: `B`.
    pub at: String,
    /// Its heading in the file.
    #[serde(default)]
    pub head: String,
    /// What it stands for: a word of [`Meaning`].
    pub means: String,
    /// What an empty cell means, when it means something: a value as it could stand in the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<String>,
}

impl MappedColumn {
    /// What it stands for.
    #[must_use]
    pub fn meaning(&self) -> Meaning {
        Meaning::read(&self.means)
    }

    /// Number of the column, from 1; nought when the letters are none.
    #[must_use]
    pub fn number(&self) -> u32 {
        column_number(&self.at).unwrap_or(0)
    }
}

/// Cách đọc một tệp: everything that is settled before its rows are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What one row is.
    pub kind: Kind,
    /// Period: `2022`, `2025-Q3`.
    pub period: String,
    /// Kind of subject of the rule book.
    pub subject: String,
    /// Cut-off day, when it is not the last day of the period: `15/12/2022`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<String>,
    /// The recorded level that is checked: `self`, `proposed`, `decided`.
    pub level: String,
    /// Sheet whose headings were taken; sheets with the same headings are read with it.
    #[serde(default)]
    pub sheet: String,
    /// First row of the headings.
    pub head_row: u32,
    /// First row below the headings.
    pub first_row: u32,
    /// Settings that are not at their default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// Facts that hold for every row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// Further ways of writing a level, a grade or a choice: as in the file → id in the book.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
    /// The columns.
    #[serde(rename = "column", default)]
    pub columns: Vec<MappedColumn>,
}

impl Mapping {
    /// Reads a file that [`Mapping::write`] wrote and somebody corrected.
    ///
    /// # Errors
    /// `CHECK-010` with what the reader of TOML says.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mapping: Self = toml::from_str(text).map_err(|fault| refused(&fault.to_string()))?;
        if mapping.first_row <= mapping.head_row {
            return Err(refused(&format!("head_row = {}, first_row = {}", mapping.head_row, mapping.first_row)));
        }
        match mapping.columns.iter().find(|column| column.number() == 0) {
            Some(column) => Err(refused(&format!("at = \"{}\"", column.at))),
            None => Ok(mapping),
        }
    }

    /// As a file to be corrected and given back.
    #[must_use]
    pub fn write(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The columns with a meaning.
    pub(super) fn columns_of(&self, wanted: impl Fn(&Meaning) -> bool) -> impl Iterator<Item = &MappedColumn> {
        self.columns.iter().filter(move |column| wanted(&column.meaning()))
    }

    /// The column of an identifying meaning.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning() == Meaning::Column(id.to_owned()))
    }
}

fn refused(fault: &str) -> Refusal {
    Refusal::new("CHECK-010").with("fault", fault.trim())
}

/// The letters of a column: 1 is A, 27 is AA.
#[must_use]
pub fn column_letters(number: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The contrary of [`column_letters`].
#[must_use]
pub fn column_number(letters: &str) -> Option<u32> {
    let letters = letters.trim();
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    letters.bytes().try_fold(0_u32, |number, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| number * 26 + u32::from(letter - b'A') + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let column = |at: &str, means: &str| MappedColumn {
            at: at.to_owned(),
            head: "Đầu cột".to_owned(),
            means: means.to_owned(),
            blank: (at == "C").then(|| "không".to_owned()),
        };
        Mapping {
            kind: Kind::Person,
            period: "2022".to_owned(),
            subject: "member".to_owned(),
            cut_off: None,
            level: "decided".to_owned(),
            sheet: "Danh sách".to_owned(),
            head_row: 3,
            first_row: 5,
            settings: BTreeMap::from([("six_months".to_owned(), "days_180".to_owned())]),
            facts: BTreeMap::new(),
            words: BTreeMap::new(),
            columns: vec![column("B", "name"), column("C", "fact.score"), column("AA", "level.decided")],
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        assert_eq!(Mapping::read(&mapping().write()), Ok(mapping()));
    }

    #[test]
    fn a_misspelt_key_or_column_is_refused_by_name() {
        let wrong = mapping().write().replace("head_row", "hed_row");
        let told = Mapping::read(&wrong).unwrap_err();
        assert!(told.code == "CHECK-010" && told.args[0].1.contains("hed_row"), "{told}");
        let wrong = mapping().write().replace("at = \"B\"", "at = \"2\"");
        assert!(Mapping::read(&wrong).unwrap_err().args[0].1.contains("at = \"2\""));
        let wrong = mapping().write().replace("first_row = 5", "first_row = 0");
        assert!(Mapping::read(&wrong).unwrap_err().args[0].1.contains("first_row = 0"));
    }

    #[test]
    fn meanings_are_read_as_they_are_written() {
        for word in ["name", "level.self", "level.decided.a", "fact.score", "fact.grade.duties", "none"] {
            assert_eq!(Meaning::read(word).word(), word);
        }
    }

    #[test]
    fn columns_have_letters() {
        for (number, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (200, "GR")] {
            assert_eq!((column_letters(number), column_number(letters)), (letters.to_owned(), Some(number)));
        }
        assert_eq!(["", "1", "A1", "ABCD"].map(column_number), [None; 4]);
    }
}
