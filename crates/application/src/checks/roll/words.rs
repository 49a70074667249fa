//! Cách gọi, cách viết: what headings and values may be called, as words.toml has it.

use std::collections::BTreeMap;

use domain::text;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::judge::Words;

const WORDS: &str = include_str!("words.toml");

/// Everything in words.toml.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Vocabulary {
    #[serde(rename = "column")]
    pub(super) columns: Vec<ColumnWords>,
    #[serde(rename = "stage")]
    pub(super) stages: Vec<StageWords>,
    #[serde(rename = "fact")]
    pub(super) facts: Vec<FactWords>,
    pub(super) implied: Vec<Implied>,
    pub(super) levels: BTreeMap<String, Vec<String>>,
    /// Letters that stand for a level when a whole column has no others.
    pub(super) letters: BTreeMap<String, Vec<String>>,
    pub(super) grades: BTreeMap<String, Vec<String>>,
    pub(super) choices: BTreeMap<String, Vec<String>>,
    pub(super) plain: Plain,
    pub(super) posts: Posts,
    /// Per scope the sets of columns that tell the group, the first that are all there.
    pub(super) scopes: BTreeMap<String, Vec<Vec<String>>>,
    readings: BTreeMap<String, Title>,
    #[serde(rename = "breach")]
    pub(super) breaches: Vec<BreachWords>,
    pub(super) subjects: BTreeMap<String, Vec<String>>,
    pub(super) within: Vec<Within>,
}

/// A column that tells who, where or what.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ColumnWords {
    pub(super) id: String,
    title: Title,
    pub(super) heads: Vec<String>,
    /// Only in tables of this kind.
    pub(super) only: Option<String>,
    /// Only when the book has this fact.
    pub(super) fact: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Title {
    vi: String,
    en: String,
}

/// A step at which a level is recorded.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct StageWords {
    pub(super) id: String,
    title: Title,
    pub(super) heads: Vec<String>,
}

/// A fact and what its column may be called.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FactWords {
    pub(super) name: String,
    pub(super) heads: Vec<String>,
    /// Words in its cells that mean yes.
    #[serde(default)]
    pub(super) yes: Vec<String>,
}

/// A fact that holds wherever another one is stated.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Implied {
    pub(super) name: String,
    pub(super) by: String,
}

/// Words that mean the same in every column.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Plain {
    pub(super) yes: Vec<String>,
    pub(super) no: Vec<String>,
    pub(super) negations: Vec<String>,
    pub(super) between: Vec<String>,
    pub(super) blank: Vec<String>,
    pub(super) unclassified: Vec<String>,
    pub(super) totals: Vec<String>,
    pub(super) not_totals: Vec<String>,
    pub(super) shares: Vec<String>,
}

/// How a post tells that somebody heads a unit.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Posts {
    pub(super) heads: Vec<String>,
    pub(super) deputies: Vec<String>,
    pub(super) elsewhere: Vec<String>,
    pub(super) cell: Vec<String>,
    pub(super) joints: Vec<String>,
    pub(super) upper: Vec<String>,
    pub(super) head_fact: String,
    pub(super) unit_levels: Vec<String>,
}

/// A kind of breach and the facts that tell it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct BreachWords {
    pub(super) kind: String,
    pub(super) facts: Vec<String>,
}

/// A count that is part of another.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Within {
    pub(super) part: String,
    pub(super) whole: String,
}

impl Vocabulary {
    pub(super) fn load() -> Result<Self> {
        toml::from_str(WORDS).map_err(|error| Error::Fault(format!("words.toml: {error}")))
    }

    /// Name of a reading of the cap: its denominator and its rounding.
    pub(super) fn reading(&self, denominator: &str, rounding: &str) -> Words {
        let title = |word: &str| self.readings.get(word);
        let (of, how) = (title(denominator), title(rounding));
        let vi = [of, how].into_iter().flatten().map(|title| title.vi.as_str());
        let en = [of, how].into_iter().flatten().map(|title| title.en.as_str());
        Words { vi: vi.collect::<Vec<_>>().join(", "), en: en.collect::<Vec<_>>().join(", ") }
    }

    /// Title of an identifying column or of a stage.
    pub(super) fn title(&self, id: &str, kind: &str) -> Option<Words> {
        let fits = |column: &&ColumnWords| column.id == id && column.only.as_deref().is_none_or(|only| only == kind);
        let column = self.columns.iter().find(fits).map(|column| &column.title);
        let stage = || self.stages.iter().find(|stage| stage.id == id).map(|stage| &stage.title);
        column.or_else(stage).map(|title| Words { vi: title.vi.clone(), en: title.en.clone() })
    }
}

/// A text as it is compared: letters and digits without marks and capitals, single blanks between words. A text that has
/// neither letter nor digit stays as it is.
pub(super) fn key(written: &str) -> String {
    let folded = text::fold(written);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { written.trim().to_owned() } else { words.join(" ") }
}

/// As [`key`], but with the marks, and the tone at the end of its word: `Đảng ủy` and `Đảng uỷ` are one, `Cộng` and `Công`
/// are not. For names of people and units.
pub(super) fn spelled(written: &str) -> String {
    let spelled = text::spelled(written);
    if spelled.is_empty() { written.trim().to_owned() } else { spelled }
}

/// Characters of a cell that are quoted at most.
const QUOTED: usize = 80;

/// The text of a cell as it is quoted.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whether a text was written without any mark, as old programs do.
pub(super) fn without_marks(written: &str) -> bool {
    written.is_ascii()
}

/// Whether the words of `part` stand in `whole` one after the other.
pub(super) fn holds(whole: &str, part: &str) -> bool {
    let bounded = |(at, found): (usize, &str)| {
        let (before, after) = (whole.get(..at).unwrap_or_default(), whole.get(at + found.len()..).unwrap_or_default());
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    };
    !part.is_empty() && part.len() <= whole.len() && whole.match_indices(part).any(bounded)
}

/// Whether `whole` begins with the words of `part`.
pub(super) fn begins(whole: &str, part: &str) -> bool {
    whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_neither_marks_nor_capitals_nor_line_ends() {
        assert_eq!(key(" HỌ và\n tên(*) "), "ho va ten");
        assert_eq!(key("TCCSĐ"), "tccsd");
        assert_eq!((key("✓"), key(" – ")), ("✓".to_owned(), "–".to_owned()));
    }

    #[test]
    fn a_spelled_key_keeps_marks_but_not_the_place_of_the_tone() {
        assert_eq!(spelled("ĐẢNG ỦY  xã"), spelled("Đảng uỷ xã"));
        assert_ne!(spelled("Cộng"), spelled("Công"));
        assert_ne!(spelled("Tổng"), spelled("Tống"));
        assert_eq!(spelled(" – "), "–");
    }

    #[test]
    fn words_are_found_whole() {
        assert!(holds("muc tu xep loai", "xep loai") && !holds("muc xep loaix", "xep loai"));
        assert!(begins("tong cong 45", "tong cong") && !begins("tong cong45", "tong cong"));
    }
}
