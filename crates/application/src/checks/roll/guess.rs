//! Đoán cách đọc: the row of headings, what each column means, the period. What is needed and cannot be told is refused with
//! the headings that were seen; nothing is chosen silently.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::{Day, Refusal};

use super::super::grid::{Grid, Sheet};
use super::Asked;
use super::heads::{Candidate, Heading, LONGEST, candidates};
use super::lexicon::{Lexicon, Sure};
use super::mapping::{Kind, MappedColumn, Mapping, Meaning, column_letters};
use super::period::Period;
use super::words::Vocabulary;
use crate::error::Result;
use crate::library::Library;

/// Headings told in a refusal.
const TOLD: usize = 40;
/// Rows above the headings in which a year is looked for.
const TITLE_ROWS: usize = 12;
/// Stages at which a level is recorded, the last first.
const STAGES: [&str; 3] = ["decided", "proposed", "self"];

/// A sheet with its headings understood.
struct Understood<'a> {
    sheet: &'a Sheet,
    candidate: Candidate,
    meanings: BTreeMap<u32, (Meaning, Sure)>,
    score: usize,
}

/// Guesses how a file is to be read, as well as it can be; what is wanting comes beside it.
///
/// # Errors
/// `CHECK-004` for a file without rows, `CHECK-012` no period, `CHECK-014` no book of it, `CHECK-026` no headings in the row said.
pub(super) fn sketch(
    library: &Library,
    words: &Vocabulary,
    grid: &Grid,
    asked: &Asked,
) -> Result<(Mapping, Option<Refusal>)> {
    let period = match &asked.period {
        Some(period) => Period::read(period)?,
        None => in_title(grid).ok_or_else(|| Refusal::new("CHECK-012"))?,
    };
    let kinds = match asked.kind {
        Some(kind) => vec![kind],
        None => vec![Kind::Person, Kind::Unit],
    };
    let mut first = None;
    for kind in kinds {
        let (book, subject) = super::period::governing(library, words, period, kind, asked.subject.as_deref())?;
        let lexicon = Lexicon::new(book, &subject, kind, words).after(period.year_before());
        let found =
            seen(grid).filter_map(|sheet| best(sheet, &lexicon, asked.head_row)).max_by_key(|found| found.score);
        let found = found.or_else(|| widest(grid, asked.head_row)).ok_or_else(|| nothing(asked.head_row))?;
        let (found, level, doubt) = settle(found, asked.kind.is_some());
        let mut mapping = mapping((kind, subject, level), period, asked, &found);
        mapping.words = super::letters::guessed(book, words, found.sheet, &mapping);
        match doubt {
            None => return Ok((mapping, None)),
            Some(doubt) => first = first.or(Some((mapping, Some(doubt)))),
        }
    }
    first.ok_or_else(|| Refusal::new("CHECK-004").into())
}

/// The sheets that people see; where all are hidden, all.
fn seen(grid: &Grid) -> impl Iterator<Item = &Sheet> {
    let none = grid.sheets.iter().all(|sheet| sheet.hidden || sheet.is_empty());
    grid.sheets.iter().filter(move |sheet| none || !sheet.hidden)
}

fn nothing(head_row: Option<u32>) -> Refusal {
    match head_row {
        Some(row) => Refusal::new("CHECK-026").with("row", row).at("head_row"),
        None => Refusal::new("CHECK-004"),
    }
}

/// What could be headings, all of it or only in the row that was said.
fn candidates_at(sheet: &Sheet, head_row: Option<u32>) -> impl Iterator<Item = Candidate> {
    let at = move |one: &Candidate| sheet.row(one.place).map(|row| row.number());
    candidates(sheet).into_iter().filter(move |one| head_row.is_none() || at(one) == head_row)
}

/// Where nothing is understood: the row with the most cells, for somebody to say what they are.
fn widest(grid: &Grid, head_row: Option<u32>) -> Option<Understood<'_>> {
    let all = seen(grid).flat_map(|sheet| candidates_at(sheet, head_row).map(move |one| (sheet, one)));
    let flat: Vec<_> = all.filter(|(_, candidate)| candidate.depth == 1).collect();
    // Of equally wide rows the first.
    let widest = flat.into_iter().rev().max_by_key(|(_, candidate)| candidate.headings.len());
    widest.map(|(sheet, candidate)| Understood { sheet, candidate, meanings: BTreeMap::new(), score: 0 })
}

/// Whether a table of that kind is there, in the words of any book.
pub(super) fn is_of(library: &Library, words: &Vocabulary, grid: &Grid, kind: Kind) -> bool {
    library.books().any(|book| {
        let mut subjects = words.subjects.get(kind.word()).into_iter().flatten();
        subjects.any(|subject| {
            let lexicon = Lexicon::new(book, subject, kind, words);
            let mut found = seen(grid).filter_map(|sheet| best(sheet, &lexicon, None));
            book.subject(subject).is_some() && found.any(|found| has_level(&found) && has(&found, "name"))
        })
    })
}

/// The candidate of a sheet that is understood best; of equals the one with the fewest rows: a title over the headings adds
/// nothing to them.
fn best<'a>(sheet: &'a Sheet, lexicon: &Lexicon, head_row: Option<u32>) -> Option<Understood<'a>> {
    let worth = |understood: &Understood<'_>| (understood.score, Reverse(understood.candidate.depth));
    let mut best: Option<Understood<'a>> = None;
    for candidate in candidates_at(sheet, head_row) {
        let understood = understand(sheet, candidate, lexicon);
        if understood.score > 0 && best.as_ref().is_none_or(|best| worth(&understood) > worth(best)) {
            best = Some(understood);
        }
    }
    best
}

fn understand<'a>(sheet: &'a Sheet, candidate: Candidate, lexicon: &Lexicon) -> Understood<'a> {
    let told = |heading: &Heading| lexicon.meaning(&heading.group, &heading.own);
    let mut meanings: BTreeMap<u32, (Meaning, Sure)> =
        candidate.headings.iter().filter_map(|(column, heading)| Some((*column, told(heading)?))).collect();
    short_names(&candidate, &mut meanings, lexicon);
    let mut distinct: Vec<(&Meaning, Sure)> = meanings.values().map(|(meaning, sure)| (meaning, *sure)).collect();
    distinct.sort();
    distinct.dedup_by_key(|(meaning, _)| (*meaning).clone());
    let worth = |sure: Sure| if sure == Sure::Fully { 4 } else { 3 };
    // Text that is no heading (a row of data) costs: a name of a cell may look like a heading.
    let strange = candidate.headings.len() - meanings.len();
    let score = distinct.iter().map(|(_, sure)| worth(*sure)).sum::<usize>().saturating_sub(strange);
    Understood { sheet, candidate, meanings, score }
}

/// Short names of levels without a heading above: at least two different ones side by side are columns of levels, a single
/// one after the count of targets is the count of those done, otherwise it means nothing.
fn short_names(candidate: &Candidate, meanings: &mut BTreeMap<u32, (Meaning, Sure)>, lexicon: &Lexicon) {
    let hardly: Vec<u32> =
        meanings.iter().filter(|(_, (_, sure))| *sure == Sure::Hardly).map(|(column, _)| *column).collect();
    for column in &hardly {
        let beside = hardly.iter().any(|other| other.abs_diff(*column) == 1 || other.abs_diff(*column) == 2);
        if beside {
            if let Some((_, sure)) = meanings.get_mut(column) {
                *sure = Sure::Partly;
            }
            continue;
        }
        let before = candidate.headings.range(..*column).next_back().map(|(_, heading)| heading.own.clone());
        let own = candidate.headings.get(column).map(|heading| heading.own.clone()).unwrap_or_default();
        match before.and_then(|before| lexicon.meaning("", &format!("{before} {own}"))) {
            Some((meaning @ Meaning::Fact(_), sure)) if !meanings.values().any(|(known, _)| *known == meaning) => {
                meanings.insert(*column, (meaning, sure));
            }
            _ => {
                meanings.remove(column);
            }
        }
    }
}

fn has(found: &Understood<'_>, id: &str) -> bool {
    found.meanings.values().any(|(meaning, _)| *meaning == Meaning::Column(id.to_owned()))
}

fn has_level(found: &Understood<'_>) -> bool {
    let level = |meaning: &Meaning| matches!(meaning, Meaning::Level(_) | Meaning::LevelMark(_, _));
    found.meanings.values().any(|(meaning, _)| level(meaning))
}

/// Each meaning to one column, the stage whose level is checked (the last one there is), and what is wanting.
fn settle(mut found: Understood<'_>, code_suffices: bool) -> (Understood<'_>, String, Option<Refusal>) {
    let mut doubt = None;
    let mut taken: BTreeMap<Meaning, (u32, Sure)> = BTreeMap::new();
    let columns: Vec<(u32, Meaning, Sure)> =
        found.meanings.iter().map(|(column, (meaning, sure))| (*column, meaning.clone(), *sure)).collect();
    let part = Meaning::Column("part".to_owned());
    for (column, meaning, sure) in columns.into_iter().filter(|(_, meaning, _)| *meaning != part) {
        match taken.get(&meaning).copied() {
            Some((first, known)) if known >= sure => {
                if known == sure && matches!(meaning, Meaning::Level(_)) {
                    doubt = doubt.or_else(|| Some(ambiguous(&found, first, column)));
                }
                found.meanings.remove(&column);
            }
            earlier => {
                if let Some((first, _)) = earlier {
                    found.meanings.remove(&first);
                }
                taken.insert(meaning, (column, sure));
            }
        }
    }
    let named = has(&found, "name") || (code_suffices && has(&found, "code"));
    if !named || !has_level(&found) {
        doubt = Some(unknown(&found));
    }
    let of = |stage: &str, meaning: &Meaning| match meaning {
        Meaning::Level(one) | Meaning::LevelMark(one, _) => one == stage,
        _ => false,
    };
    let there = |stage: &&str| found.meanings.values().any(|(meaning, _)| of(stage, meaning));
    let last = STAGES.iter().find(|stage| there(stage)).or(STAGES.first());
    let last = last.map(ToString::to_string).unwrap_or_default();
    (found, last, doubt)
}

fn ambiguous(found: &Understood<'_>, first: u32, second: u32) -> Refusal {
    let told = |column: u32| {
        let head = found.candidate.headings.get(&column).map(Heading::shown).unwrap_or_default();
        format!("{} “{head}”", column_letters(column))
    };
    Refusal::new("CHECK-013").with("first", told(first)).with("second", told(second))
}

/// What could be read of the headings, so that the person sees where the trouble is.
fn unknown(found: &Understood<'_>) -> Refusal {
    let code = if has_level(found) { "CHECK-021" } else { "CHECK-011" };
    let seen = found.candidate.headings.values().take(TOLD).map(|heading| format!("“{}”", heading.shown()));
    Refusal::new(code).with("headings", seen.collect::<Vec<_>>().join(", "))
}

fn mapping(
    (kind, subject, level): (Kind, String, String),
    period: Period,
    asked: &Asked,
    found: &Understood<'_>,
) -> Mapping {
    let column = |(column, heading): (&u32, &Heading)| MappedColumn {
        at: column_letters(*column),
        head: heading.shown(),
        means: found.meanings.get(column).map_or(Meaning::Other, |(meaning, _)| meaning.clone()).word(),
        blank: None,
    };
    let row = |place: usize| found.sheet.row(place).map(|row| row.number());
    let below = found.candidate.place + found.candidate.depth;
    Mapping {
        kind,
        period: period.written(),
        subject,
        cut_off: asked.cut_off.map(Day::shown),
        level,
        sheet: found.sheet.name.clone(),
        head_row: row(found.candidate.place).unwrap_or(1),
        first_row: row(below).or_else(|| row(below - 1).map(|row| row + 1)).unwrap_or(2),
        settings: asked.settings.iter().cloned().collect(),
        facts: BTreeMap::new(),
        words: BTreeMap::new(),
        columns: found.candidate.headings.iter().map(column).collect(),
    }
}

/// The year or the quarter in the title above the table: `NĂM 2022`, `QUÝ III NĂM 2025`, when there is only one.
fn in_title(grid: &Grid) -> Option<Period> {
    let rows = seen(grid).flat_map(|sheet| sheet.rows().take(TITLE_ROWS));
    let cells = rows.flat_map(|row| row.cells().filter(|cell| cell.text.len() <= LONGEST).collect::<Vec<_>>());
    let texts: Vec<String> = cells.map(|cell| super::words::key(cell.text)).collect();
    let mut years: Vec<Period> = texts.iter().flat_map(|text| years_after_nam(text)).collect();
    years.sort();
    years.dedup();
    match years[..] {
        [year] => Some(year),
        _ => None,
    }
}

/// `nam 2022`, not `31 12 2022`.
fn years_after_nam(text: &str) -> Vec<Period> {
    let words: Vec<&str> = text.split(' ').collect();
    let dated = |place: usize| place > 1 && words[..place].iter().rev().take(3).any(|word| *word == "thang");
    let pairs = words.windows(2).enumerate().filter(|(place, pair)| pair[0] == "nam" && !dated(*place));
    let of_quarter = |place: usize| words.get(place.checked_sub(2)?..place).and_then(quarter);
    let written = |place: usize, year: &str| match of_quarter(place) {
        Some(quarter) => format!("{year}-Q{quarter}"),
        None => year.to_owned(),
    };
    let years = pairs.filter(|(_, pair)| pair[1].len() == 4).map(|(place, pair)| written(place, pair[1]));
    // "Quý III/2025"
    let short = words.windows(3).filter_map(|three| Some(format!("{}-Q{}", three[2], quarter(&three[..2])?)));
    years.chain(short).filter_map(|written| Period::read(&written).ok()).collect()
}

/// `quy iii`, `quy 3`.
fn quarter(words: &[&str]) -> Option<usize> {
    let [quarter, number] = words else { return None };
    let known = [["i", "1"], ["ii", "2"], ["iii", "3"], ["iv", "4"]];
    known.iter().position(|names| *quarter == "quy" && names.contains(number)).map(|place| place + 1)
}
