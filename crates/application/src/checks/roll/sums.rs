//! Phép tính: parts that do not add up, parts larger than their whole, totals and percentages that disagree with the rows,
//! somebody who stands in the table twice.

use std::collections::BTreeMap;

use rules::published::Severity;
use rules::{Language, Rational};

use super::super::grid::Grid;
use super::mapping::{Mapping, Meaning};
use super::read::{Roll, Texts};
use super::report::{Breach, code_of};
use super::values::{Reader, number};
use super::words::{Vocabulary, spelled};
use crate::judge::Words;

/// What a finding about a row is made of before its place and name are known.
pub(super) struct Odd {
    /// Place among the rows read, or the row of totals.
    pub(super) at: At,
    pub(super) kind: &'static str,
    pub(super) severity: Severity,
    pub(super) column: String,
    pub(super) message: Words,
}

/// Findings of one kind in one column that are listed.
pub(super) const MOST: usize = 1_000;

/// What is odd: the first of a kind in a column with its words, of the rest only where they are.
#[derive(Default)]
pub(super) struct Odds {
    pub(super) listed: Vec<Odd>,
    pub(super) more: Vec<More>,
}

/// Further findings of one kind in one column.
pub(super) struct More {
    pub(super) kind: &'static str,
    pub(super) severity: Severity,
    pub(super) column: String,
    pub(super) rows: Vec<u32>,
}

impl Odds {
    pub(super) fn extend(&mut self, others: Self) {
        self.listed.extend(others.listed);
        self.more.extend(others.more);
    }
}

/// Which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// One of the rows read.
    Row(usize),
    /// A row that was left out: sheet and number.
    Sum(u32, u32),
}

/// Everything odd in the figures.
pub(super) fn odd(grid: &Grid, mapping: &Mapping, roll: &Roll, words: &Vocabulary, reader: &Reader<'_>) -> Vec<Odd> {
    let mut found = parts(mapping, roll);
    for within in &words.within {
        found.extend(larger(mapping, roll, &within.part, &within.whole));
    }
    found.extend(super::totals::wrong(grid, mapping, roll, reader));
    found.extend(twice(grid, mapping, roll));
    found
}

/// Numbers of a column, each text read once.
pub(super) fn numbers(texts: &Texts) -> Vec<Option<Rational>> {
    texts.distinct.iter().map(|text| number(text)).collect()
}

/// The number of a row, out of the numbers of its column's texts.
fn at_row(texts: &Texts, numbers: &[Option<Rational>], row: usize) -> Option<Rational> {
    texts.at.get(row).and_then(|at| numbers.get(*at as usize).copied().flatten())
}

fn columns<'a>(mapping: &'a Mapping, roll: &'a Roll, wanted: &Meaning) -> Vec<(&'a str, &'a Texts)> {
    let all = mapping.columns.iter().zip(&roll.texts);
    let fitting = all.filter(|(column, _)| column.meaning() == *wanted);
    fitting.filter_map(|(column, texts)| Some((column.at.as_str(), texts.as_ref()?))).collect()
}

pub(super) fn decimal(value: Rational, language: Language) -> String {
    let decimals =
        (0..4).find(|decimals| 10_i128.checked_pow(*decimals).is_some_and(|scale| scale % value.denominator() == 0));
    language.decimal(value, decimals.unwrap_or(4))
}

/// Points whose parts do not add up to the total.
fn parts(mapping: &Mapping, roll: &Roll) -> Vec<Odd> {
    let parts = columns(mapping, roll, &Meaning::Column("part".to_owned()));
    let wholes = columns(mapping, roll, &Meaning::Fact("score".to_owned()));
    let (Some((at, whole)), false) = (wholes.first(), parts.is_empty()) else { return Vec::new() };
    let (whole_numbers, part_numbers) =
        (numbers(whole), parts.iter().map(|(_, texts)| numbers(texts)).collect::<Vec<_>>());
    let mut found = Vec::new();
    for row in 0..roll.rows.len() {
        let sum = parts
            .iter()
            .zip(&part_numbers)
            .try_fold(Rational::ZERO, |sum, ((_, texts), numbers)| sum.checked_add(at_row(texts, numbers, row)?));
        let (Some(sum), Some(whole)) = (sum, at_row(whole, &whole_numbers, row)) else { continue };
        if sum != whole {
            let message = |language| (decimal(sum, language), decimal(whole, language));
            let ((sum_vi, whole_vi), (sum_en, whole_en)) = (message(Language::Vietnamese), message(Language::English));
            let message = Words {
                vi: format!("Cộng các điểm thành phần được {sum_vi}, nhưng tổng điểm ghi {whole_vi}."),
                en: format!("The parts add up to {sum_en}, but the total is given as {whole_en}."),
            };
            found.push(Odd {
                at: At::Row(row),
                kind: "parts",
                severity: Severity::Error,
                column: (*at).to_owned(),
                message,
            });
        }
    }
    found
}

/// A count that is part of another and larger.
fn larger(mapping: &Mapping, roll: &Roll, part: &str, whole: &str) -> Vec<Odd> {
    let of = |name: &str| columns(mapping, roll, &Meaning::Fact(name.to_owned())).first().copied();
    let (Some((at, parts)), Some((_, wholes))) = (of(part), of(whole)) else { return Vec::new() };
    let (part_numbers, whole_numbers) = (numbers(parts), numbers(wholes));
    let head = |name: &str| {
        let column = mapping.columns.iter().find(|column| column.meaning() == Meaning::Fact(name.to_owned()));
        column.map(|column| column.head.clone()).unwrap_or_default()
    };
    let (part_head, whole_head) = (head(part), head(whole));
    let mut found = Vec::new();
    for row in 0..roll.rows.len() {
        if let (Some(one), Some(all)) = (at_row(parts, &part_numbers, row), at_row(wholes, &whole_numbers, row))
            && one > all
        {
            let message = Words {
                vi: format!("“{part_head}” {one} lớn hơn “{whole_head}” {all}."),
                en: format!("“{part_head}” {one} is more than “{whole_head}” {all}."),
            };
            found.push(Odd {
                at: At::Row(row),
                kind: "within",
                severity: Severity::Error,
                column: at.to_owned(),
                message,
            });
        }
    }
    found
}

/// Somebody twice: by code, else by name and day of birth, else by name within a cell.
fn twice(grid: &Grid, mapping: &Mapping, roll: &Roll) -> Vec<Odd> {
    let column = |id: &str| mapping.place_of(id).and_then(|place| mapping.columns.get(place));
    let code = column("code").map(super::mapping::MappedColumn::number);
    let name = column("name").map(super::mapping::MappedColumn::number);
    let born = column("born").map(super::mapping::MappedColumn::number);
    let units: Vec<&Texts> =
        ["cell", "base", "agency"].iter().filter_map(|id| super::caps::texts_of(mapping, roll, id)).collect();
    let (mut codes, mut seen): (BTreeMap<&str, usize>, BTreeMap<String, usize>) = Default::default();
    let mut found = Vec::new();
    for (row, place) in roll.rows.iter().enumerate() {
        let line = grid.sheets.get(place.sheet as usize).and_then(|sheet| sheet.row(place.among as usize));
        let Some(line) = line else { continue };
        let text = |column: Option<u32>| column.and_then(|column| line.text(column)).unwrap_or_default();
        let (code, name) = (text(code), text(name));
        let who = match () {
            () if !code.is_empty() => {
                match codes.get(code).and_then(|first| roll.rows.get(*first)) {
                    None => drop(codes.insert(code, row)),
                    Some(first) => found.push(again(row, mapping, "code", first.number)),
                }
                continue;
            }
            () if name.is_empty() || (units.is_empty() && born.is_none()) => continue,
            () => units
                .iter()
                .map(|texts| texts.get(row))
                .fold(format!("{}|{}", spelled(name), spelled(text(born))), |who, unit| {
                    format!("{who}|{}", spelled(unit))
                }),
        };
        match seen.get(&who).and_then(|first| roll.rows.get(*first)) {
            None => {
                seen.insert(who, row);
            }
            Some(first) => found.push(again(row, mapping, "name", first.number)),
        }
    }
    found
}

fn again(row: usize, mapping: &Mapping, id: &str, first: u32) -> Odd {
    let at = mapping.place_of(id).and_then(|place| mapping.columns.get(place)).map(|column| column.at.clone());
    Odd {
        at: At::Row(row),
        kind: "twice",
        severity: Severity::Warning,
        column: at.unwrap_or_default(),
        message: Words {
            vi: format!("Trùng với dòng {first}: cùng một người hoặc đơn vị có hai dòng."),
            en: format!("The same as row {first}: one person or unit has two rows."),
        },
    }
}

/// As a finding, once the place and the name are known.
pub(super) fn breach(odd: Odd, sheet: String, row: u32, who: String, base: String) -> Breach {
    Breach {
        kind: odd.kind.to_owned(),
        code: code_of(odd.kind).to_owned(),
        severity: odd.severity.word().to_owned(),
        sheet,
        row,
        column: odd.column,
        who,
        base,
        level: None,
        rule: String::new(),
        message: odd.message,
        figures: Vec::new(),
        citation: None,
        surety: String::new(),
    }
}
