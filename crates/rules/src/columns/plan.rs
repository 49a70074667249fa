//! Turns a condition into steps over columns, with everything that is settled before the first row worked out.

use super::kernel::Columns;
use super::linear::{self, Linear};
use super::table::Cells;
use crate::expression::{Comparison, Expression, Frame, Scalar};
use crate::truth::Truth;

/// How a whole number is held against a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    AtLeast,
    AtMost,
    Equal,
    Unequal,
}

/// A condition over columns.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// The same for every row.
    Fixed(Truth),
    /// Whether the fact is stated.
    Stated(usize),
    /// One column against a bound, in parts of the column.
    Threshold { slot: usize, test: Test, bound: i64 },
    /// A sum of columns against a bound; not known where the divisor is nought.
    Sum { sum: Linear, test: Test, divisor: Option<Linear> },
    /// Neither true nor false, as far as these go.
    Not(Box<Plan>),
    /// The least of these.
    All(Vec<Plan>),
    /// The greatest of these.
    Any(Vec<Plan>),
    /// Asked row by row.
    RowByRow(Box<Expression>),
}

/// What is known before the first row.
#[derive(Clone, Copy)]
pub(super) struct Planner<'a> {
    pub(super) columns: &'a Columns<'a>,
    pub(super) settings: &'a [Scalar],
}

impl Planner<'_> {
    pub(super) fn plan(&self, expression: &Expression) -> Plan {
        if !names_facts(expression) {
            return Plan::Fixed(expression.truth(&self.frame()));
        }
        match expression {
            Expression::Fact(slot) => self.threshold(*slot, Test::AtLeast, 1, expression),
            Expression::Has(slot) => match self.columns.column(*slot) {
                None => Plan::Fixed(Truth::False),
                Some(_) => Plan::Stated(*slot),
            },
            Expression::Not(inner) => not(self.plan(inner)),
            Expression::And(left, right) => all([self.plan(left), self.plan(right)]),
            Expression::Or(left, right) => any([self.plan(left), self.plan(right)]),
            Expression::Compare(comparison, left, right) => {
                self.compare(*comparison, left, right).unwrap_or_else(|| Plan::RowByRow(Box::new(expression.clone())))
            }
            Expression::Among(item, list) if !list.is_empty() && list.iter().all(|one| !names_facts(one)) => {
                let equal = |one| self.compare(Comparison::Equal, item, one);
                let options: Option<Vec<Plan>> = list.iter().map(equal).collect();
                options.map_or_else(|| Plan::RowByRow(Box::new(expression.clone())), any)
            }
            _ => Plan::RowByRow(Box::new(expression.clone())),
        }
    }

    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { facts: &[], settings: self.settings }
    }

    /// None when the comparison has no form in columns.
    fn compare(&self, comparison: Comparison, left: &Expression, right: &Expression) -> Option<Plan> {
        let (difference, divisor) = linear::difference(self, left, right)?;
        if [Some(&difference), divisor.as_ref()].into_iter().flatten().any(|sum| self.names_nothing(sum)) {
            return Some(Plan::Fixed(Truth::Unknown));
        }
        let (test, bound) = match comparison {
            Comparison::Equal => (Test::Equal, 0),
            Comparison::Unequal => (Test::Unequal, 0),
            Comparison::Less => (Test::AtMost, -1),
            Comparison::AtMost => (Test::AtMost, 0),
            Comparison::Greater => (Test::AtLeast, 1),
            Comparison::AtLeast => (Test::AtLeast, 0),
        };
        let sum = difference.against(bound)?;
        match (sum.terms.as_slice(), &divisor) {
            ([(slot, factor)], None) => Some(Self::single(*slot, *factor, test, sum.constant)),
            _ => Some(Plan::Sum { sum, test, divisor }),
        }
    }

    /// A fact in it is stated of nobody.
    fn names_nothing(&self, sum: &Linear) -> bool {
        sum.terms.iter().any(|(slot, _)| self.columns.column(*slot).is_none())
    }

    /// `factor × column + constant` against nought as the column against a bound.
    fn single(slot: usize, factor: i64, test: Test, constant: i64) -> Plan {
        let (factor, constant) = (i128::from(factor), i128::from(constant));
        let (test, factor, constant) = match (test, factor < 0) {
            (Test::AtLeast, true) => (Test::AtMost, -factor, -constant),
            (Test::AtMost, true) => (Test::AtLeast, -factor, -constant),
            (test, true) => (test, -factor, -constant),
            (test, false) => (test, factor, constant),
        };
        if factor == 0 {
            let holds = match test {
                Test::AtLeast => constant >= 0,
                Test::AtMost => constant <= 0,
                Test::Equal => constant == 0,
                Test::Unequal => constant != 0,
            };
            return Self::wherever_stated(slot, holds);
        }
        let below = (-constant).div_euclid(factor);
        let exact = below * factor == -constant;
        let bound = match test {
            Test::AtLeast if !exact => below + 1,
            Test::Equal | Test::Unequal if !exact => return Self::wherever_stated(slot, test == Test::Unequal),
            _ => below,
        };
        // Beyond every possible value, one bound is as good as another.
        let bound = bound.clamp(i128::from(i32::MIN) - 1, i128::from(i32::MAX) + 1);
        Plan::Threshold { slot, test, bound: i64::try_from(bound).unwrap_or(i64::MAX) }
    }

    fn wherever_stated(slot: usize, holds: bool) -> Plan {
        let test = if holds { Test::AtLeast } else { Test::AtMost };
        Plan::Threshold { slot, test, bound: i64::from(i32::MIN) - i64::from(!holds) }
    }

    fn threshold(&self, slot: usize, test: Test, bound: i64, expression: &Expression) -> Plan {
        match self.columns.column(slot) {
            None => Plan::Fixed(Truth::Unknown),
            Some(column) if matches!(column.cells, Cells::Exact(_)) => Plan::RowByRow(Box::new(expression.clone())),
            Some(_) => Plan::Threshold { slot, test, bound },
        }
    }
}

/// Whether a fact stands in it anywhere.
pub(super) fn names_facts(expression: &Expression) -> bool {
    let mut slots = std::collections::BTreeSet::new();
    expression.facts(&mut slots);
    !slots.is_empty()
}

pub(super) fn not(plan: Plan) -> Plan {
    match plan {
        Plan::Fixed(truth) => Plan::Fixed(!truth),
        Plan::Not(inner) => *inner,
        other => Plan::Not(Box::new(other)),
    }
}

/// The least, with what is settled taken out.
pub(super) fn all(plans: impl IntoIterator<Item = Plan>) -> Plan {
    let mut rest = Vec::new();
    for plan in plans {
        match plan {
            Plan::Fixed(Truth::True) => {}
            Plan::Fixed(Truth::False) => return Plan::Fixed(Truth::False),
            Plan::All(inner) => rest.extend(inner),
            other => rest.push(other),
        }
    }
    one_of(rest, Truth::True, Plan::All)
}

/// The greatest, with what is settled taken out.
pub(super) fn any(plans: impl IntoIterator<Item = Plan>) -> Plan {
    let mut rest = Vec::new();
    for plan in plans {
        match plan {
            Plan::Fixed(Truth::False) => {}
            Plan::Fixed(Truth::True) => return Plan::Fixed(Truth::True),
            Plan::Any(inner) => rest.extend(inner),
            other => rest.push(other),
        }
    }
    one_of(rest, Truth::False, Plan::Any)
}

fn one_of(mut plans: Vec<Plan>, none: Truth, many: fn(Vec<Plan>) -> Plan) -> Plan {
    match plans.len() {
        0 => Plan::Fixed(none),
        1 => plans.remove(0),
        _ => many(plans),
    }
}

impl Plan {
    /// How many blocks must be at hand besides the answer.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Not(inner) => inner.depth(),
            Self::All(plans) | Self::Any(plans) => 1 + plans.iter().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }
}
