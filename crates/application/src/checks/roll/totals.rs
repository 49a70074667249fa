//! Dòng cộng, dòng tỷ lệ: how their names begin, and whether they agree with the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rules::published::Severity;
use rules::{Language, Rational};

use super::super::grid::Grid;
use super::mapping::{Mapping, Meaning};
use super::read::{Reason, Roll, Texts};
use super::sums::{At, Odd, decimal, numbers};
use super::values::{Reader, Reading, number};
use super::words::{begins, key, quoted, spelled, without_marks};
use crate::judge::Words;

/// Words in the name of a row of totals at most.
const LONGEST: usize = 8;

/// Words that begin the name of a row of totals, or of shares.
pub(super) struct SumWords {
    with_marks: Vec<String>,
    without: Vec<String>,
    except: Vec<String>,
}

impl SumWords {
    /// `except`: beginnings of names that only look so.
    pub(super) fn new(words: &[String], except: &[String]) -> Self {
        Self {
            with_marks: words.iter().map(|word| spelled(word)).collect(),
            without: words.iter().map(|word| key(word)).collect(),
            except: except.iter().map(|word| spelled(word)).collect(),
        }
    }

    /// Whether a text begins like the name of such a row. Marks count: "Cộng" is a total, "Công an" is not. Where there are none
    /// to go by, a single word says so only alone or before a number.
    pub(super) fn begin(&self, text: &str) -> bool {
        let bare = without_marks(text);
        let whole = if bare { key(text) } else { spelled(text) };
        let words = if bare { &self.without } else { &self.with_marks };
        let fits = |word: &String| {
            let rest = whole.strip_prefix(word.as_str()).unwrap_or_default().trim_start();
            begins(&whole, word)
                && (!bare || word.contains(' ') || rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        whole.split(' ').count() <= LONGEST
            && words.iter().any(fits)
            && !self.except.iter().any(|word| begins(&whole, word))
    }
}

/// Most totals before and after a row of totals that it may begin or end at.
const NEAR: usize = 300;

/// Cột cộng dồn: the sum of the rows before each row, and how many cells of them could not be read.
struct Added {
    sums: Vec<(Rational, u32)>,
}

impl Added {
    fn new(values: impl Iterator<Item = Option<Rational>>) -> Self {
        let mut sums = vec![(Rational::ZERO, 0)];
        let (mut sum, mut unread) = (Rational::ZERO, 0);
        for value in values {
            match value.and_then(|value| sum.checked_add(value)) {
                Some(next) => sum = next,
                None => unread += 1,
            }
            sums.push((sum, unread));
        }
        Self { sums }
    }

    /// A column of marks or of numbers; none for any other.
    fn of(meaning: &Meaning, texts: &Texts, reader: &Reader<'_>) -> Option<Self> {
        let distinct: Vec<Option<Rational>> = match meaning {
            Meaning::LevelMark(_, _) => texts.distinct.iter().map(|text| marked(reader, text)).collect(),
            Meaning::Fact(_) => {
                let numbers = numbers(texts).into_iter().zip(&texts.distinct);
                numbers.map(|(number, text)| if text.is_empty() { Some(Rational::ZERO) } else { number }).collect()
            }
            _ => return None,
        };
        Some(Self::new(texts.at.iter().map(|at| distinct.get(*at as usize).copied().flatten())))
    }

    /// Of these rows; none when one of them cannot be read.
    fn sum(&self, rows: &Range<usize>) -> Option<Rational> {
        let ((before, unread), (until, still)) = (self.sums.get(rows.start)?, self.sums.get(rows.end)?);
        if unread == still { until.checked_sub(*before) } else { None }
    }
}

/// One for a mark, nought for none: a dash, a point and "không" are none.
fn marked(reader: &Reader<'_>, text: &str) -> Option<Rational> {
    match reader.mark(text) {
        Reading::Is(marked) => Some(Rational::count(u64::from(marked))),
        Reading::Blank => Some(Rational::ZERO),
        Reading::Strange => None,
    }
}

/// Rows of totals and shares that disagree with the rows. Tables have totals below, above and within one another: right is what
/// agrees with the rows from any total before, or from the beginning, to this one, or from this one to any after it or the end.
pub(super) fn wrong(grid: &Grid, mapping: &Mapping, roll: &Roll, reader: &Reader<'_>) -> Vec<Odd> {
    if roll.sums.is_empty() {
        return Vec::new();
    }
    let columns: Vec<(&str, u32, Meaning, Added)> = mapping
        .columns
        .iter()
        .zip(&roll.texts)
        .filter_map(|(column, texts)| {
            let meaning = column.meaning();
            let added = Added::of(&meaning, texts.as_ref()?, reader)?;
            Some((column.at.as_str(), column.number(), meaning, added))
        })
        .collect();
    let rated = rated(mapping, roll, reader);
    let mut found = Vec::new();
    for (place, reason, until) in &roll.sums {
        let row = grid.sheets.get(place.sheet as usize).and_then(|sheet| sheet.row(place.among as usize));
        let Some(row) = row else { continue };
        let ranges = ranges(roll, place.sheet, *until);
        for (at, number, meaning, added) in &columns {
            let Some(printed) = row.text(*number) else { continue };
            let message = match (reason, meaning) {
                (Reason::Totals, _) => wrong_total(added, printed, &ranges),
                (_, Meaning::LevelMark(stage, _)) => {
                    rated.get(stage).and_then(|rated| wrong_share(added, rated, printed, &ranges))
                }
                _ => None,
            };
            found.extend(message.map(|message| Odd {
                at: At::Sum(place.sheet, place.number),
                kind: "totals",
                severity: Severity::Error,
                column: (*at).to_owned(),
                message,
            }));
        }
    }
    found
}

/// Per stage which rows are rated: those with a mark in one of its columns.
fn rated(mapping: &Mapping, roll: &Roll, reader: &Reader<'_>) -> BTreeMap<String, Added> {
    let mut rated: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for (column, texts) in mapping.columns.iter().zip(&roll.texts) {
        let (Meaning::LevelMark(stage, _), Some(texts)) = (column.meaning(), texts) else { continue };
        let marks: Vec<bool> = texts.distinct.iter().map(|text| reader.mark(text) == Reading::Is(true)).collect();
        let rows = rated.entry(stage).or_insert_with(|| vec![false; texts.at.len()]);
        for (row, at) in rows.iter_mut().zip(&texts.at) {
            *row |= marks.get(*at as usize).copied().unwrap_or(false);
        }
    }
    let added = |rows: Vec<bool>| Added::new(rows.into_iter().map(|one| Some(Rational::count(u64::from(one)))));
    rated.into_iter().map(|(stage, rows)| (stage, added(rows))).collect()
}

/// The rows that a row of totals may be about: the nearest first, the whole sheet before the others.
fn ranges(roll: &Roll, sheet: u32, at: usize) -> Vec<Range<usize>> {
    let begin = roll.rows.partition_point(|row| row.sheet < sheet);
    let end = roll.rows.partition_point(|row| row.sheet <= sheet);
    let totals = roll.sums.iter().filter(|(place, reason, _)| place.sheet == sheet && *reason == Reason::Totals);
    let borders: BTreeSet<usize> = totals.map(|(_, _, until)| *until).chain([begin, end]).collect();
    let before = borders.range(..at).rev().take(NEAR).map(|border| *border..at);
    let after = borders.range(at + 1..).take(NEAR).map(|border| at..*border);
    let whole = [begin..at, at..end].into_iter().filter(|range| !range.is_empty());
    before.chain(after).chain(whole).collect()
}

fn wrong_total(added: &Added, printed: &str, ranges: &[Range<usize>]) -> Option<Words> {
    // "2.645" is a count as often as a number with decimals.
    let given = [number(printed), super::super::whole(printed).map(Rational::count)];
    let given: Vec<Rational> = given.into_iter().flatten().collect();
    // Where one cell cannot be read, nothing is said about the sum.
    let sums: Vec<Rational> = ranges.iter().map(|range| added.sum(range)).collect::<Option<_>>()?;
    if given.is_empty() || sums.is_empty() || sums.iter().any(|sum| given.contains(sum)) {
        return None;
    }
    let shown = |language| {
        let (first, last) = (sums.first()?, sums.last()?);
        let (first, last) = (decimal(*first, language), decimal(*last, language));
        Some(if first == last { first } else { format!("{last} / {first}") })
    };
    Some(Words {
        vi: format!("Dòng cộng ghi {}, nhưng cộng các dòng được {}.", quoted(printed), shown(Language::Vietnamese)?),
        en: format!("The total is given as {}, but the rows add up to {}.", quoted(printed), shown(Language::English)?),
    })
}

/// A percentage of the rows, or of those that are rated, that are marked; rounded or cut off as printed.
fn wrong_share(added: &Added, rated: &Added, printed: &str, ranges: &[Range<usize>]) -> Option<Words> {
    let given = number(printed)?;
    let digits = printed.trim().trim_end_matches('%').trim();
    let decimals = digits.split_once([',', '.']).map_or(0, |(_, part)| u32::try_from(part.len()).unwrap_or(0));
    let mut seen = Vec::new();
    for range in ranges {
        let part = u64::try_from(added.sum(range)?.floor()).ok()?;
        let wholes = [range.len() as u64, u64::try_from(rated.sum(range)?.floor()).ok()?];
        for whole in wholes {
            let Some(share) = Rational::share(part, whole) else { continue };
            if is_share(given, decimals, share) {
                return None;
            }
            seen.push((part, whole, share));
        }
    }
    let (part, whole, share) = *seen.first()?;
    let percent = share.checked_mul(Rational::whole(100))?;
    let right = |language: Language| format!("{part}/{whole} = {} %", language.decimal(percent, decimals.clamp(2, 4)));
    Some(Words {
        vi: format!("Tỷ lệ ghi {}; đúng ra là {}.", quoted(printed), right(Language::Vietnamese)),
        en: format!("The share is given as {}; it is {}.", quoted(printed), right(Language::English)),
    })
}

/// Whether a number is a share as a percentage, or as the fraction that a cell formatted as a percentage holds.
fn is_share(given: Rational, decimals: u32, share: Rational) -> bool {
    let rounded = |exact: Rational| {
        [exact.to_decimal(decimals), exact.to_decimal_cut(decimals)]
            .iter()
            .any(|fit| Rational::parse_decimal(fit) == Some(given))
    };
    // Fractions are rounded only far behind the point; "0,3" is not a third.
    given == share || (decimals >= 4 && rounded(share)) || share.checked_mul(Rational::whole(100)).is_some_and(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names_by_their_marks() {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let totals = SumWords::new(&list(&["tổng cộng", "cộng", "tổng"]), &list(&["tổng công ty"]));
        for text in ["TỔNG CỘNG", "Cộng (I+II)", "Tổng toàn đảng bộ", "Tong cong: 5", "CONG", "Cong 12"] {
            assert!(totals.begin(text), "{text}");
        }
        for text in ["Tống Thị Hoa", "Công an xã", "Công đoàn", "Cong an xa", "Tong Thi Hoa", "Tổng công ty A", ""]
        {
            assert!(!totals.begin(text), "{text}");
        }
    }
}
