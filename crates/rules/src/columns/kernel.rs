//! The steps themselves: plain loops over blocks, written so that the compiler makes them run over many rows at a time.
//! Each is compiled for several generations of processors and the best one is taken where the program runs.
#![allow(clippy::inline_always, reason = "a loop is made for a processor only where it stands inside of the dispatch")]

use super::linear::Linear;
use super::plan::{Plan, Test};
use super::table::{Cell, Cells, Column, Table};
use super::{BLOCK, code};
use crate::expression::{Expression, Frame, Scalar};
use crate::truth::Truth;

/// A table with the facts that are counted from others.
pub(super) struct Columns<'a> {
    pub(super) table: &'a Table,
    pub(super) derived: Vec<(usize, Column)>,
}

impl Columns<'_> {
    pub(super) fn column(&self, slot: usize) -> Option<&Column> {
        let derived = self.derived.iter().find(|(own, _)| *own == slot).map(|(_, column)| column);
        derived.or_else(|| self.table.column(slot))
    }
}

/// Where the steps work: the rows at hand, and blocks for what lies between.
pub(super) struct Bench<'a> {
    pub(super) columns: &'a Columns<'a>,
    pub(super) settings: &'a [Scalar],
    sums: Vec<i64>,
    short_sums: Vec<i32>,
    facts: Vec<Option<Scalar>>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(columns: &'a Columns<'a>, settings: &'a [Scalar], facts: usize) -> Self {
        Self { columns, settings, sums: vec![0; BLOCK], short_sums: vec![0; BLOCK], facts: vec![None; facts] }
    }

    /// The truth of a plan in the rows from `first` on, as many as `out` is long.
    pub(super) fn fill(&mut self, plan: &Plan, first: usize, out: &mut [u8], spare: &mut [Vec<u8>]) {
        match plan {
            Plan::Fixed(truth) => out.fill(code(*truth)),
            Plan::Stated(slot) => self.with_cells(*slot, first, out, &Step::Stated),
            Plan::Threshold { slot, test, bound } => {
                self.with_cells(*slot, first, out, &Step::Threshold(*test, *bound));
            }
            Plan::Sum { sum, test, divisor } => self.sum(sum, *test, divisor.as_ref(), first, out),
            Plan::Not(inner) => {
                self.fill(inner, first, out, spare);
                turn(out);
            }
            Plan::All(plans) => self.fold(plans, first, out, spare, least),
            Plan::Any(plans) => self.fold(plans, first, out, spare, greatest),
            Plan::RowByRow(expression) => self.row_by_row(expression, first, out),
        }
    }

    fn fold(
        &mut self,
        plans: &[Plan],
        first: usize,
        out: &mut [u8],
        spare: &mut [Vec<u8>],
        join: fn(&mut [u8], &[u8]),
    ) {
        let Some((start, rest)) = plans.split_first() else { return };
        let Some((between, deeper)) = spare.split_first_mut() else { return };
        self.fill(start, first, out, deeper);
        for plan in rest {
            let between = &mut between[..out.len()];
            self.fill(plan, first, between, deeper);
            join(out, between);
        }
    }

    fn with_cells(&self, slot: usize, first: usize, out: &mut [u8], step: &Step) {
        let rows = first..first + out.len();
        match self.columns.column(slot).map(|column| &column.cells) {
            Some(Cells::Narrow(cells)) => step.take(&cells[rows], out),
            Some(Cells::Middle(cells)) => step.take(&cells[rows], out),
            Some(Cells::Wide(cells)) => step.take(&cells[rows], out),
            Some(Cells::Exact(cells)) => {
                let stated = cells[rows].iter().map(|cell| if cell.is_some() { 2 } else { 0 });
                out.iter_mut().zip(stated).for_each(|(out, stated)| *out = stated);
            }
            None => out.fill(code(Truth::Unknown)),
        }
    }

    fn sum(&mut self, sum: &Linear, test: Test, divisor: Option<&Linear>, first: usize, out: &mut [u8]) {
        out.fill(1);
        let columns = self.columns;
        if sum.short && divisor.is_none_or(|divisor| divisor.short) {
            let sums = &mut self.short_sums[..out.len()];
            if let Some(divisor) = divisor {
                add_up(columns, divisor, first, sums, out);
                known_unless_nought(sums, out);
            }
            add_up(columns, sum, first, sums, out);
            judge(sums, test, out);
        } else {
            let sums = &mut self.sums[..out.len()];
            if let Some(divisor) = divisor {
                add_up(columns, divisor, first, sums, out);
                known_unless_nought(sums, out);
            }
            add_up(columns, sum, first, sums, out);
            judge(sums, test, out);
        }
    }

    fn row_by_row(&mut self, expression: &Expression, first: usize, out: &mut [u8]) {
        let mut slots = std::collections::BTreeSet::new();
        expression.facts(&mut slots);
        for (at, out) in out.iter_mut().enumerate() {
            for slot in &slots {
                if let Some(fact) = self.facts.get_mut(*slot) {
                    *fact = self.columns.table.value(*slot, first + at);
                }
            }
            *out = code(expression.truth(&Frame { facts: &self.facts, settings: self.settings }));
        }
    }
}

/// What is done with one column.
enum Step {
    Stated,
    Threshold(Test, i64),
}

impl Step {
    fn take<C: Cell>(&self, cells: &[C], out: &mut [u8]) {
        match self {
            Self::Stated => fast(|| stated(cells, out)),
            Self::Threshold(test, bound) => match (test, C::try_from(*bound)) {
                (Test::AtLeast, Ok(bound)) => fast(|| compare(cells, out, |cell| cell >= bound)),
                (Test::AtMost, Ok(bound)) => fast(|| compare(cells, out, |cell| cell <= bound)),
                (Test::Equal, Ok(bound)) => fast(|| compare(cells, out, |cell| cell == bound)),
                (Test::Unequal, Ok(bound)) => fast(|| compare(cells, out, |cell| cell != bound)),
                // The bound lies beyond what a cell of this width can hold.
                (test, Err(_)) => {
                    let holds = match test {
                        Test::AtLeast => *bound < 0,
                        Test::AtMost => *bound > 0,
                        Test::Equal => false,
                        Test::Unequal => true,
                    };
                    fast(|| compare(cells, out, |_| holds));
                }
            },
        }
    }
}

/// Runs a loop in the form made for this processor.
#[inline(always)]
fn fast<R>(run: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(run)
}

#[inline(always)]
fn stated<C: Cell>(cells: &[C], out: &mut [u8]) {
    for (out, cell) in out.iter_mut().zip(cells) {
        *out = u8::from(*cell != C::UNSTATED) << 1;
    }
}

#[inline(always)]
fn compare<C: Cell>(cells: &[C], out: &mut [u8], holds: impl Fn(C) -> bool) {
    for (out, cell) in out.iter_mut().zip(cells) {
        let known = u8::from(holds(*cell)) << 1;
        *out = if *cell == C::UNSTATED { 1 } else { known };
    }
}

fn turn(out: &mut [u8]) {
    fast(|| out.iter_mut().for_each(|out| *out = 2_u8.wrapping_sub(*out)));
}

fn least(out: &mut [u8], other: &[u8]) {
    fast(|| out.iter_mut().zip(other).for_each(|(out, other)| *out = (*out).min(*other)));
}

fn greatest(out: &mut [u8], other: &[u8]) {
    fast(|| out.iter_mut().zip(other).for_each(|(out, other)| *out = (*out).max(*other)));
}

/// A width of sum.
trait Word: Copy + PartialEq + PartialOrd {
    const NOUGHT: Self;
    fn of(number: i64) -> Self;
    /// This and `factor × cell`. That nothing overflows was settled when the plan was made.
    fn plus(self, factor: Self, cell: Self) -> Self;
}

impl Word for i32 {
    const NOUGHT: Self = 0;
    #[inline(always)]
    fn of(number: i64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the plan allows short sums only where everything fits")]
        let short = number as Self;
        short
    }
    #[inline(always)]
    fn plus(self, factor: Self, cell: Self) -> Self {
        self.wrapping_add(factor.wrapping_mul(cell))
    }
}

impl Word for i64 {
    const NOUGHT: Self = 0;
    #[inline(always)]
    fn of(number: i64) -> Self {
        number
    }
    #[inline(always)]
    fn plus(self, factor: Self, cell: Self) -> Self {
        self.wrapping_add(factor.wrapping_mul(cell))
    }
}

/// Adds the terms up; where a fact is not stated, `known` becomes nought.
fn add_up<W: Word>(columns: &Columns<'_>, sum: &Linear, first: usize, sums: &mut [W], known: &mut [u8]) {
    sums.fill(W::of(sum.constant));
    let rows = first..first + sums.len();
    for (slot, factor) in &sum.terms {
        let factor = W::of(*factor);
        match columns.column(*slot).map(|column| &column.cells) {
            Some(Cells::Narrow(cells)) => fast(|| add(&cells[rows.clone()], factor, sums, known)),
            Some(Cells::Middle(cells)) => fast(|| add(&cells[rows.clone()], factor, sums, known)),
            Some(Cells::Wide(cells)) => fast(|| add(&cells[rows.clone()], factor, sums, known)),
            Some(Cells::Exact(_)) | None => known.fill(0),
        }
    }
}

#[inline(always)]
fn add<C: Cell, W: Word>(cells: &[C], factor: W, sums: &mut [W], known: &mut [u8]) {
    for ((cell, sum), known) in cells.iter().zip(sums).zip(known) {
        *sum = sum.plus(factor, W::of((*cell).into()));
        *known &= u8::from(*cell != C::UNSTATED);
    }
}

fn known_unless_nought<W: Word>(sums: &[W], known: &mut [u8]) {
    fast(|| {
        for (sum, known) in sums.iter().zip(known.iter_mut()) {
            *known &= u8::from(*sum != W::NOUGHT);
        }
    });
}

/// Holds the sums against nought: `out` says before which are known, after which are true.
fn judge<W: Word>(sums: &[W], test: Test, out: &mut [u8]) {
    match test {
        Test::AtLeast => fast(|| settle(sums, out, |sum| sum >= W::NOUGHT)),
        Test::AtMost => fast(|| settle(sums, out, |sum| sum <= W::NOUGHT)),
        Test::Equal => fast(|| settle(sums, out, |sum| sum == W::NOUGHT)),
        Test::Unequal => fast(|| settle(sums, out, |sum| sum != W::NOUGHT)),
    }
}

#[inline(always)]
fn settle<W: Word>(sums: &[W], out: &mut [u8], holds: impl Fn(W) -> bool) {
    for (sum, out) in sums.iter().zip(out) {
        let known = u8::from(holds(*sum)) << 1;
        *out = if *out == 0 { 1 } else { known };
    }
}

/// How many rows are true and how many not known.
pub(super) fn count(truths: &[u8]) -> (u32, u32) {
    let (mut certain, mut unknown) = (0, 0);
    // A byte holds the sum of so many rows.
    for part in truths.chunks(255) {
        let (yes, open) = fast(|| {
            part.iter()
                .fold((0_u8, 0_u8), |(yes, open), truth| (yes.wrapping_add(*truth >> 1), open.wrapping_add(*truth & 1)))
        });
        certain += u32::from(yes);
        unknown += u32::from(open);
    }
    (certain, unknown)
}

/// Sets the bit `place` in the mask of each row that is true.
pub(super) fn mark(truths: &[u8], place: u32, masks: &mut [u64]) {
    fast(|| {
        for (truth, mask) in truths.iter().zip(masks.iter_mut()) {
            *mask |= u64::from(*truth >> 1) << place;
        }
    });
}
