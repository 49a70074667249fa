//! Facts in columns: small whole numbers with one value kept for "not stated".

use crate::book::{Book, Derivation};
use crate::calendar::full_months;
use crate::expression::Scalar;
use crate::rational::Rational;
use crate::value::Kind;
use chrono::{Datelike, NaiveDate};

/// Most parts of one that a column of exact numbers is cut into before its values are kept as they are.
const FINEST: i128 = 1_000_000;

/// A width of cell; its least value means "not stated".
pub(super) trait Cell: Copy + PartialEq + PartialOrd + TryFrom<i64> + Into<i64> + 'static {
    const UNSTATED: Self;
}

impl Cell for i8 {
    const UNSTATED: Self = Self::MIN;
}

impl Cell for i16 {
    const UNSTATED: Self = Self::MIN;
}

impl Cell for i32 {
    const UNSTATED: Self = Self::MIN;
}

/// The values of a column, as narrow as they allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cells {
    Narrow(Vec<i8>),
    Middle(Vec<i16>),
    Wide(Vec<i32>),
    /// Numbers too large or too finely divided for the others.
    Exact(Vec<Option<Rational>>),
}

/// One fact of all rows. Numbers are numerators over one denominator; truths are 0 and 1, ranks and choices their place, days
/// counted from the beginning of our era.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) cells: Cells,
    pub(super) denominator: i64,
    /// Least and greatest numerator; all values lie within.
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Column {
    fn empty(rows: usize) -> Self {
        Self { cells: Cells::Narrow(vec![i8::UNSTATED; rows]), denominator: 1, low: 0, high: 0 }
    }

    fn put(&mut self, row: usize, value: Rational) {
        if let Cells::Exact(cells) = &mut self.cells {
            if let Some(cell) = cells.get_mut(row) {
                *cell = Some(value);
            }
            return;
        }
        let denominator = i128::from(self.denominator);
        if denominator % value.denominator() != 0 {
            self.divide(value.denominator());
            return self.put(row, value);
        }
        let numerator = value.numerator().checked_mul(denominator / value.denominator());
        match numerator.and_then(|numerator| i64::try_from(numerator).ok()) {
            Some(numerator) => self.put_numerator(row, numerator),
            None => {
                self.make_exact();
                self.put(row, value);
            }
        }
    }

    fn put_numerator(&mut self, row: usize, numerator: i64) {
        let fits = match &mut self.cells {
            Cells::Narrow(cells) => put(cells, row, numerator),
            Cells::Middle(cells) => put(cells, row, numerator),
            Cells::Wide(cells) => put(cells, row, numerator),
            Cells::Exact(_) => false,
        };
        if fits {
            (self.low, self.high) = (self.low.min(numerator), self.high.max(numerator));
        } else {
            self.widen();
            match Rational::new(i128::from(numerator), i128::from(self.denominator)) {
                Some(value) if matches!(self.cells, Cells::Exact(_)) => self.put(row, value),
                _ => self.put_numerator(row, numerator),
            }
        }
    }

    fn widen(&mut self) {
        match &self.cells {
            Cells::Narrow(cells) => self.cells = Cells::Middle(widened(cells)),
            Cells::Middle(cells) => self.cells = Cells::Wide(widened(cells)),
            Cells::Wide(_) | Cells::Exact(_) => self.make_exact(),
        }
    }

    /// Makes the parts finer, so that a value over `by` fits.
    fn divide(&mut self, by: i128) {
        let rows = self.rows();
        let denominator = i128::from(self.denominator);
        let common = Rational::new(denominator, by).and_then(|shared| by.checked_mul(shared.numerator()));
        let Some(common) = common.filter(|common| *common <= FINEST).and_then(|common| i64::try_from(common).ok())
        else {
            self.make_exact();
            return;
        };
        let values: Vec<Option<Rational>> = (0..rows).map(|row| self.number(row)).collect();
        *self = Self { denominator: common, ..Self::empty(rows) };
        for (row, value) in values.into_iter().enumerate() {
            if let Some(value) = value {
                self.put(row, value);
            }
        }
    }

    fn make_exact(&mut self) {
        self.cells = Cells::Exact((0..self.rows()).map(|row| self.number(row)).collect());
    }

    fn rows(&self) -> usize {
        match &self.cells {
            Cells::Narrow(cells) => cells.len(),
            Cells::Middle(cells) => cells.len(),
            Cells::Wide(cells) => cells.len(),
            Cells::Exact(cells) => cells.len(),
        }
    }

    fn number(&self, row: usize) -> Option<Rational> {
        let numerator = match &self.cells {
            Cells::Narrow(cells) => stated(cells, row),
            Cells::Middle(cells) => stated(cells, row),
            Cells::Wide(cells) => stated(cells, row),
            Cells::Exact(cells) => return cells.get(row).copied().flatten(),
        };
        Rational::new(i128::from(numerator?), i128::from(self.denominator))
    }
}

fn put<C: Cell>(cells: &mut [C], row: usize, numerator: i64) -> bool {
    let value = C::try_from(numerator).ok().filter(|value| *value != C::UNSTATED);
    match (cells.get_mut(row), value) {
        (Some(cell), Some(value)) => {
            *cell = value;
            true
        }
        (cell, _) => cell.is_none(),
    }
}

fn widened<C: Cell, W: Cell>(cells: &[C]) -> Vec<W> {
    let wider = |cell: &C| if *cell == C::UNSTATED { None } else { W::try_from((*cell).into()).ok() };
    cells.iter().map(|cell| wider(cell).unwrap_or(W::UNSTATED)).collect()
}

fn stated<C: Cell>(cells: &[C], row: usize) -> Option<i64> {
    cells.get(row).filter(|cell| **cell != C::UNSTATED).map(|cell| (*cell).into())
}

/// Bảng dữ kiện: facts of many subjects of one kind, a column for each fact that is stated of anybody.
#[derive(Debug, Clone)]
pub struct Table {
    rows: usize,
    kinds: Vec<Kind>,
    derivations: Vec<Option<Derivation>>,
    columns: Vec<Option<Column>>,
}

impl Table {
    /// A table in which nothing is stated yet.
    pub fn new(book: &Book, rows: usize) -> Self {
        Self {
            rows,
            kinds: book.facts.iter().map(|fact| fact.kind.clone()).collect(),
            derivations: book.facts.iter().map(|fact| fact.derived.clone()).collect(),
            columns: vec![None; book.facts.len()],
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// States a fact of one row, by its slot ([`Book::slot`]); a later value replaces an earlier one. False, and nothing
    /// is stated, when there is no such row or slot, the value is not of the fact's kind, or the fact is derived.
    pub fn state(&mut self, slot: usize, row: usize, value: Scalar) -> bool {
        let derived = self.derivations.get(slot).is_none_or(Option::is_some);
        let Some(kind) = self.kinds.get(slot).filter(|kind| !derived && row < self.rows && is_of(value, kind)) else {
            return false;
        };
        let number = number_of(value);
        debug_assert!(is_of(scalar_of(number, kind), kind));
        let rows = self.rows;
        if let Some(column) = self.columns.get_mut(slot) {
            column.get_or_insert_with(|| Column::empty(rows)).put(row, number);
        }
        true
    }

    /// The fact of a row, as it was stated or derived.
    pub fn value(&self, slot: usize, row: usize) -> Option<Scalar> {
        match self.derivations.get(slot)? {
            Some(Derivation::FullMonths { from, until }) => {
                let (from, until) = (self.day(*from, row)?, self.day(*until, row)?);
                Some(Scalar::Number(Rational::whole(full_months(from, until))))
            }
            Some(Derivation::Days { from, until }) => {
                let (from, until) = (self.day(*from, row)?, self.day(*until, row)?);
                Some(Scalar::Number(Rational::whole(until.signed_duration_since(from).num_days())))
            }
            None => {
                let number = self.columns.get(slot)?.as_ref()?.number(row)?;
                Some(scalar_of(number, self.kinds.get(slot)?))
            }
        }
    }

    fn day(&self, slot: usize, row: usize) -> Option<NaiveDate> {
        match self.value(slot, row) {
            Some(Scalar::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// The column of a fact; none when it is stated of nobody.
    pub(super) fn column(&self, slot: usize) -> Option<&Column> {
        self.columns.get(slot).and_then(Option::as_ref)
    }

    /// The same table with the derived facts among `slots` counted out, each once.
    pub(super) fn derived(&self, slots: impl Iterator<Item = usize>) -> Vec<(usize, Column)> {
        let wanted = slots.filter(|slot| self.derivations.get(*slot).is_some_and(Option::is_some));
        wanted
            .map(|slot| {
                let mut column = Column::empty(self.rows);
                for row in 0..self.rows {
                    if let Some(Scalar::Number(number)) = self.value(slot, row) {
                        column.put(row, number);
                    }
                }
                (slot, column)
            })
            .collect()
    }
}

fn is_of(value: Scalar, kind: &Kind) -> bool {
    match (value, kind) {
        (Scalar::Truth(_), Kind::Boolean)
        | (Scalar::Number(_), Kind::Fraction)
        | (Scalar::Day(_), Kind::Date)
        | (Scalar::Rank(_), Kind::Level | Kind::Grade) => true,
        (Scalar::Number(number), Kind::Integer) => number.is_whole(),
        (Scalar::Choice(place), Kind::Choice(choices)) => usize::from(place) < choices.len(),
        _ => false,
    }
}

/// What stands in the column for a value.
pub(super) fn number_of(value: Scalar) -> Rational {
    match value {
        Scalar::Truth(known) => Rational::whole(i64::from(known)),
        Scalar::Number(number) => number,
        Scalar::Day(day) => Rational::whole(i64::from(day.num_days_from_ce())),
        Scalar::Rank(place) | Scalar::Choice(place) => Rational::whole(i64::from(place)),
    }
}

fn scalar_of(number: Rational, kind: &Kind) -> Scalar {
    let whole = number.numerator();
    let place = || u16::try_from(whole).unwrap_or(u16::MAX);
    match kind {
        Kind::Boolean => Scalar::Truth(whole != 0),
        Kind::Integer | Kind::Fraction => Scalar::Number(number),
        Kind::Date => {
            let day = i32::try_from(whole).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
            Scalar::Day(day.unwrap_or_default())
        }
        Kind::Level | Kind::Grade => Scalar::Rank(place()),
        Kind::Choice(_) => Scalar::Choice(place()),
    }
}
