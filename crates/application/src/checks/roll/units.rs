//! Mức của đơn vị mà một người đứng đầu: out of a second file, or out of the sheets of the same file that are about units.

use domain::Refusal;

use super::super::grid::{Grid, Sheet};
use super::facts::{UnitLevels, UnitName, recorded, unit_levels};
use super::mapping::{Kind, MappedColumn, Mapping};
use super::values::Reader;
use super::words::Vocabulary;
use super::{Asked, caps, check_columns, guess, period, read};
use crate::error::{Error, Result};
use crate::judge::Words;
use crate::library::Library;

/// Field at which what is wrong with the second file is told.
const FIELD: &str = "units";

/// Tệp xếp loại đơn vị, handed in beside a table of people.
#[derive(Debug, Clone, Copy)]
pub struct Units<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// What is in it.
    pub grid: &'a Grid,
    /// How it is to be read; guessed sheet by sheet when nobody said.
    pub mapping: Option<&'a Mapping>,
}

/// Levels of units for a table of people.
///
/// # Errors
/// What is wrong with a second file, at the field `units`; of sheets of the same file only a fault.
pub(super) fn levels(
    library: &Library,
    words: &Vocabulary,
    grid: &Grid,
    mapping: &Mapping,
    units: Option<Units<'_>>,
) -> Result<UnitLevels> {
    if mapping.kind != Kind::Person {
        // Units have no heads to compare; a second file would be read for nothing.
        return if units.is_some() {
            Err(Refusal::new("CHECK-025").at(FIELD).into())
        } else {
            Ok(UnitLevels::default())
        };
    }
    let Some(units) = units else {
        let others = grid.sheets.iter().filter(|sheet| sheet.name != mapping.sheet && !sheet.hidden);
        return Ok(guessed(library, words, others, &mapping.period)?.0);
    };
    let found = match units.mapping {
        Some(confirmed) => confirmed_levels(library, words, units.grid, confirmed),
        None => match guessed(library, words, units.grid.sheets.iter(), &mapping.period)? {
            (levels, Some(refused)) if levels.is_empty() => Err(refused.into()),
            (levels, _) => Ok(levels),
        },
    };
    match found {
        Ok(levels) if levels.is_empty() => Err(Refusal::new("CHECK-024").at(FIELD).into()),
        Ok(levels) => Ok(levels.out_of(units.file)),
        Err(error) => Err(at_units(error)),
    }
}

/// How many units a second file tells the level of, read in this way.
///
/// # Errors
/// As [`super::examine`] for the table of units.
pub fn units_told(library: &Library, units: Units<'_>, of: &Mapping) -> Result<usize> {
    let words = Vocabulary::load()?;
    levels(library, &words, units.grid, of, Some(units)).map(|levels| levels.units)
}

/// The sheets of a second file that are no lists of people.
///
/// # Errors
/// `CHECK-020` when all are, `CHECK-004` when there is nothing, both at the field `units`.
pub fn sheets_of_units(library: &Library, grid: Grid, of: &Mapping) -> Result<Grid> {
    let words = Vocabulary::load()?;
    let asked = Asked { period: Some(of.period.clone()), ..Asked::default() };
    let rows = |sheet: &Sheet| !sheet.is_empty();
    let (mut kept, mut people) = (Vec::new(), false);
    for sheet in grid.sheets.into_iter().filter(rows) {
        let one = Grid { sheets: vec![sheet] };
        let of_people =
            matches!(guess::sketch(library, &words, &one, &asked), Ok((of, None)) if of.kind == Kind::Person);
        people |= of_people;
        kept.extend(one.sheets.into_iter().filter(|_| !of_people));
    }
    match (kept.is_empty(), people) {
        (false, _) => Ok(Grid { sheets: kept }),
        (true, true) => Err(Refusal::new("CHECK-020").at(FIELD).into()),
        (true, false) => Err(Refusal::new("CHECK-004").at(FIELD).into()),
    }
}

fn at_units(error: Error) -> Error {
    match error {
        Error::Refused(reasons) => Error::Refused(
            reasons.into_iter().map(|reason| if reason.field.is_none() { reason.at(FIELD) } else { reason }).collect(),
        ),
        other => other,
    }
}

/// What the sheets that are understood tell, and why one was not.
fn guessed<'a>(
    library: &Library,
    words: &Vocabulary,
    sheets: impl Iterator<Item = &'a Sheet>,
    period: &str,
) -> Result<(UnitLevels, Option<Refusal>)> {
    let (mut levels, mut refused) = (UnitLevels::default(), None);
    let asked = Asked { period: Some(period.to_owned()), ..Asked::default() };
    for sheet in sheets {
        let one = Grid { sheets: vec![sheet.clone()] };
        match guess::sketch(library, words, &one, &asked) {
            // People have units too, but their levels are not those of the units.
            Ok((of_people, None)) if of_people.kind == Kind::Person => refused = Some(Refusal::new("CHECK-020")),
            Ok((of_units, None)) => {
                levels.extend(read_levels(library, words, &one, &of_units)?);
                levels.sheets.push(sheet.name.clone());
            }
            Ok((_, Some(doubt))) => refused = Some(doubt),
            Err(Error::Refused(reasons)) => refused = reasons.into_iter().next().or(refused),
            Err(other) => return Err(other),
        }
    }
    Ok((levels, refused))
}

fn confirmed_levels(library: &Library, words: &Vocabulary, grid: &Grid, mapping: &Mapping) -> Result<UnitLevels> {
    let period = period::Period::read(&mapping.period)?;
    let (book, _) = period::governing(library, words, period, mapping.kind, Some(&mapping.subject))?;
    check_columns(book, grid, mapping, words)?;
    read_levels(library, words, grid, mapping)
}

fn read_levels(library: &Library, words: &Vocabulary, grid: &Grid, mapping: &Mapping) -> Result<UnitLevels> {
    let period = period::Period::read(&mapping.period)?;
    let (book, _) = period::governing(library, words, period, mapping.kind, Some(&mapping.subject))?;
    let reader = Reader::new(book, words, &mapping.words);
    let roll = read::read(grid, mapping, words, &reader);
    let nothing = Words { vi: String::new(), en: String::new() };
    let (recorded, _) = recorded(mapping, &roll, &reader, &nothing);
    let text = |place: &read::Place, id: &str| {
        let column = mapping.place_of(id).and_then(|place| mapping.columns.get(place)).map(MappedColumn::number);
        let row = grid.sheets.get(place.sheet as usize).and_then(|sheet| sheet.row(place.among as usize));
        column.and_then(|column| row?.text(column)).unwrap_or_default().to_owned()
    };
    let of_row = |(row, place): (usize, &read::Place)| UnitName {
        base: caps::texts_of(mapping, &roll, "base").map_or("", |texts| texts.get(row)).to_owned(),
        name: text(place, "name"),
        code: text(place, "code"),
    };
    let names: Vec<UnitName> = roll.rows.iter().enumerate().map(of_row).collect();
    Ok(unit_levels(&names, &recorded, book))
}
