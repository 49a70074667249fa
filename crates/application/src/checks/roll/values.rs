//! Đọc ô: levels, yes and no, days and numbers as people write them. What cannot be read is not known, and told.

use std::collections::BTreeMap;

use domain::Day;
use rules::book::{FactDeclaration, Level};
use rules::{Book, Kind, Rational, Value};

use super::lexicon::level_words;
use super::words::{Vocabulary, begins, holds, key};

/// What may stand between a level and a note about it.
const NOTE: [char; 9] = ['(', '[', '-', '–', '—', ',', ';', ':', '/'];

/// Đã đọc một ô.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// Empty, or a dash.
    Blank,
    /// Understood.
    Is(T),
    /// Not understood.
    Strange,
}

/// Mức đã ghi.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Recorded {
    /// Said not to be classified.
    Unclassified,
    /// The level at this position, best first.
    Level(usize),
}

/// Đọc giá trị theo một bộ quy định.
pub(super) struct Reader<'a> {
    book: &'a Book,
    pub(super) words: &'a Vocabulary,
    levels: BTreeMap<String, String>,
    unclassified: Vec<String>,
    further: BTreeMap<String, String>,
    pub(super) yes: Vec<String>,
    pub(super) no: Vec<String>,
    pub(super) negations: Vec<String>,
    pub(super) between: Vec<String>,
    blank: Vec<String>,
}

impl<'a> Reader<'a> {
    /// `further`: ways of writing that this file has of its own.
    pub(super) fn new(book: &'a Book, words: &'a Vocabulary, further: &BTreeMap<String, String>) -> Self {
        let keys = |words: &[String]| words.iter().map(|word| key(word)).collect::<Vec<_>>();
        Self {
            book,
            words,
            levels: level_words(book, words),
            unclassified: keys(&words.plain.unclassified),
            further: further.iter().map(|(written, id)| (key(written), id.clone())).collect(),
            yes: keys(&words.plain.yes),
            no: keys(&words.plain.no),
            negations: keys(&words.plain.negations),
            between: keys(&words.plain.between),
            blank: keys(&words.plain.blank),
        }
    }

    /// Position of a level by id, best first.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        position(&self.book.levels, id)
    }

    /// What a spreadsheet shows where a formula failed: no value, and not an empty cell either.
    fn is_fault(text: &str) -> bool {
        let known = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];
        known.iter().any(|fault| text.trim().eq_ignore_ascii_case(fault))
    }

    fn is_blank(&self, key: &str) -> bool {
        key.is_empty() || self.blank.iter().any(|blank| blank == key)
    }

    /// A recorded level.
    pub(super) fn level(&self, text: &str) -> Reading<Recorded> {
        let key = key(text);
        if Self::is_fault(text) {
            return Reading::Strange;
        }
        if self.is_blank(&key) {
            return Reading::Blank;
        }
        // "Không xếp loại" begins like a level of some scales, so it is asked first.
        if self.unclassified.contains(&key) {
            return Reading::Is(Recorded::Unclassified);
        }
        let id = self.further.get(&key).or_else(|| self.levels.get(&key)).or_else(|| self.noted(text));
        match id.and_then(|id| position(&self.book.levels, id)) {
            Some(position) => Reading::Is(Recorded::Level(position)),
            None if self.unclassified.iter().any(|word| begins(&key, word)) => Reading::Is(Recorded::Unclassified),
            None => Reading::Strange,
        }
    }

    /// Whether a mark stands in a column for one level.
    pub(super) fn mark(&self, text: &str) -> Reading<bool> {
        let key = key(text);
        match () {
            () if Self::is_fault(text) => Reading::Strange,
            () if self.is_blank(&key) => Reading::Blank,
            () if self.yes.contains(&key) => Reading::Is(true),
            () if self.no.contains(&key) => Reading::Is(false),
            () => Reading::Strange,
        }
    }

    /// A fact.
    pub(super) fn fact(&self, fact: &FactDeclaration, text: &str) -> Reading<Value> {
        let key = key(text);
        if Self::is_fault(text) {
            return Reading::Strange;
        }
        if self.is_blank(&key) {
            return Reading::Blank;
        }
        let value = match &fact.kind {
            Kind::Boolean => self.truth(fact, text).map(Value::Boolean),
            Kind::Integer => number(text).and_then(whole).map(Value::Integer),
            Kind::Fraction => number(text).map(Value::Fraction),
            Kind::Date => day(text).map(|day| Value::Date(day.date())),
            // Who is no official has no level as one, and "no" says so.
            Kind::Level if self.no.contains(&key) => return Reading::Blank,
            Kind::Level => match self.level(text) {
                Reading::Is(Recorded::Level(at)) => {
                    self.book.levels.get(at).map(|level| Value::Level(level.id.clone()))
                }
                // The level of another system that was not given is not known.
                Reading::Is(Recorded::Unclassified) => return Reading::Blank,
                _ => None,
            },
            Kind::Grade => self.grade(&key).map(Value::Grade),
            Kind::Choice(choices) => self.choice(fact, choices, &key).map(Value::Choice),
        };
        value.map_or(Reading::Strange, Reading::Is)
    }

    /// The level whose full title a note follows: "Hoàn thành tốt nhiệm vụ (89 điểm)". What else follows changes the
    /// meaning, and so does another level in the note.
    fn noted(&self, text: &str) -> Option<&String> {
        let at = text.find(|c: char| c.is_ascii_digit() || NOTE.contains(&c)).or_else(|| text.find(" điểm"))?;
        let (title, note) = text.split_at(at);
        let (title, note) = (key(title), key(note));
        let mut levels = self.book.levels.iter();
        let level = levels.find(|level| key(&level.title.vi) == title || key(&level.title.en) == title)?;
        let another = self.levels.keys().any(|name| name.len() > 1 && holds(&note, name));
        Some(&level.id).filter(|_| !another)
    }

    fn grade(&self, key: &str) -> Option<String> {
        let named = |grade: &&Level| {
            let further = self.words.grades.get(&grade.id).into_iter().flatten();
            [&grade.id, &grade.title.vi, &grade.short.vi].into_iter().chain(further).any(|name| same(name, key))
        };
        self.further.get(key).cloned().or_else(|| self.book.grades.iter().find(named).map(|grade| grade.id.clone()))
    }

    fn choice(&self, fact: &FactDeclaration, choices: &[String], key: &str) -> Option<String> {
        let named = |place: usize, id: &String| {
            let label = fact.choices.get(place).map(|label| label.vi.as_str());
            let further = self.words.choices.get(id).into_iter().flatten().map(String::as_str);
            [Some(id.as_str()), label].into_iter().flatten().chain(further).any(|name| same(name, key))
        };
        let known = choices.iter().enumerate().find(|(place, id)| named(*place, id)).map(|(_, id)| id.clone());
        self.further.get(key).cloned().or(known)
    }
}

fn same(name: &str, written: &str) -> bool {
    key(name) == written
}

fn position(levels: &[Level], id: &str) -> Option<usize> {
    levels.iter().position(|level| level.id == id)
}

/// A day; a year or a month alone is none.
pub(super) fn day(text: &str) -> Option<Day> {
    let date = text.split_whitespace().next().unwrap_or_default();
    Day::parse_typed(date).or_else(|_| Day::parse_stored(date)).ok()
}

/// An exact number, which may be followed by words: `12`, `12,5`, `95 ngày`, `1.234`. Not below nought.
pub(super) fn number(text: &str) -> Option<Rational> {
    let text = text.trim().trim_end_matches('%').trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    let words = rest.trim_start();
    let plain = words.is_empty() || (words.starts_with(char::is_alphabetic) && rest.len() > words.len());
    let number = number.trim_end_matches(['.', ',']);
    if !plain || number.is_empty() || number.len() > 20 {
        return None;
    }
    let grouped = number.matches(['.', ',']).count() > 1;
    if grouped { super::super::whole(number).map(Rational::count) } else { Rational::parse_decimal(number) }
}

fn whole(number: Rational) -> Option<i64> {
    if number.is_whole() { i64::try_from(number.numerator()).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_in_vietnam() {
        let read = |text: &str| number(text).map(|number| number.to_string());
        let known = ["12", "12,5", "12.50", "95 ngày", "1.234.567", "88,25 điểm", "0"].map(read);
        let wanted = ["12", "25/2", "25/2", "95", "1234567", "353/4", "0"].map(|text| Some(text.to_owned()));
        assert_eq!(known, wanted);
        let nothing = ["", "-5", "mười", "12abc", "1e308", "8/10", "99999999999999999999999", "1,2,3"].map(read);
        assert!(nothing.iter().all(Option::is_none), "{nothing:?}");
    }

    #[test]
    fn a_year_alone_is_no_day() {
        assert_eq!(day("5/3/2022").unwrap().shown(), "05/03/2022");
        assert_eq!(day("2022-03-05 00:00").unwrap().shown(), "05/03/2022");
        assert!(["2022", "3/2022", "31/02/2022", "hôm qua", ""].iter().all(|text| day(text).is_none()));
    }
}
