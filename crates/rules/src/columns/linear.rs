//! Comparisons of sums: both sides brought over one whole-number denominator, so that blocks need no fractions.

use std::collections::BTreeMap;

use super::plan::{Planner, names_facts};
use super::table::{Cells, number_of};
use crate::expression::{Expression, Operation};
use crate::rational::Rational;

/// A sum of columns (in their own parts), each times a whole number, and a constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Linear {
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) constant: i64,
    /// Whether nothing on the way exceeds 32 bits.
    pub(super) short: bool,
}

impl Linear {
    /// The sum less the bound.
    pub(super) fn against(mut self, bound: i64) -> Option<Self> {
        self.constant = self.constant.checked_sub(bound)?;
        Some(self)
    }
}

/// A sum of facts, each times an exact number. A fact times nought stays: where it is not stated, the sum is not known.
#[derive(Debug, Clone)]
struct Form {
    terms: BTreeMap<usize, Rational>,
    constant: Rational,
}

/// The left side less the right side, and what the sides were divided by: nought there means that nothing is known.
/// The sign of the difference is that of the comparison. None when the sides have no such form.
pub(super) fn difference(
    planner: &Planner<'_>,
    left: &Expression,
    right: &Expression,
) -> Option<(Linear, Option<Linear>)> {
    let (left, right) = (side(planner, left)?, side(planner, right)?);
    match (left, right) {
        ((left, None), (right, None)) => Some((whole(planner, &left.less(&right)?)?, None)),
        ((above, Some(below)), (share, None)) if share.terms.is_empty() => {
            let difference = above.less(&below.times(share.constant)?)?;
            divided(planner, &difference, &below)
        }
        ((share, None), (above, Some(below))) if share.terms.is_empty() => {
            let difference = below.times(share.constant)?.less(&above)?;
            divided(planner, &difference, &below)
        }
        _ => None,
    }
}

/// Multiplying both sides by the divisor keeps the sign only when it is nowhere below nought.
fn divided(planner: &Planner<'_>, difference: &Form, below: &Form) -> Option<(Linear, Option<Linear>)> {
    let divisor = whole(planner, below)?;
    let mut least = i128::from(divisor.constant);
    for (slot, factor) in &divisor.terms {
        let column = planner.columns.column(*slot)?;
        let (low, high) = (i128::from(column.low), i128::from(column.high));
        let factor = i128::from(*factor);
        least = least.checked_add((low * factor).min(high * factor))?;
    }
    if least < 0 {
        return None;
    }
    Some((whole(planner, difference)?, Some(divisor)))
}

/// A side of a comparison: a sum, or one sum over another.
fn side(planner: &Planner<'_>, expression: &Expression) -> Option<(Form, Option<Form>)> {
    match expression {
        Expression::Compute(Operation::Divide, above, below) if names_facts(below) => {
            Some((form(planner, above)?, Some(form(planner, below)?)))
        }
        other => Some((form(planner, other)?, None)),
    }
}

fn form(planner: &Planner<'_>, expression: &Expression) -> Option<Form> {
    if !names_facts(expression) {
        let constant = number_of(expression.value(&planner.frame())?);
        return Some(Form { terms: BTreeMap::new(), constant });
    }
    match expression {
        Expression::Fact(slot) => {
            let exact = planner.columns.column(*slot).is_some_and(|column| matches!(column.cells, Cells::Exact(_)));
            (!exact).then(|| Form { terms: BTreeMap::from([(*slot, Rational::ONE)]), constant: Rational::ZERO })
        }
        Expression::Compute(operation, left, right) => {
            let (left, right) = (form(planner, left)?, form(planner, right)?);
            match operation {
                Operation::Add => left.plus(&right),
                Operation::Subtract => left.less(&right),
                Operation::Multiply if right.terms.is_empty() => left.times(right.constant),
                Operation::Multiply if left.terms.is_empty() => right.times(left.constant),
                Operation::Divide if right.terms.is_empty() => left.times(Rational::ONE.checked_div(right.constant)?),
                Operation::Multiply | Operation::Divide => None,
            }
        }
        _ => None,
    }
}

impl Form {
    fn plus(mut self, other: &Self) -> Option<Self> {
        self.constant = self.constant.checked_add(other.constant)?;
        for (slot, factor) in &other.terms {
            let sum = self.terms.get(slot).copied().unwrap_or(Rational::ZERO).checked_add(*factor)?;
            self.terms.insert(*slot, sum);
        }
        Some(self)
    }

    fn less(&self, other: &Self) -> Option<Self> {
        self.clone().plus(&other.times(Rational::whole(-1))?)
    }

    fn times(&self, factor: Rational) -> Option<Self> {
        let mut terms = BTreeMap::new();
        for (slot, own) in &self.terms {
            terms.insert(*slot, own.checked_mul(factor)?);
        }
        Some(Self { terms, constant: self.constant.checked_mul(factor)? })
    }
}

/// The form in parts of the columns, times whatever makes it whole; none when that does not fit into 64 bits.
fn whole(planner: &Planner<'_>, form: &Form) -> Option<Linear> {
    let mut in_parts = Vec::new();
    for (slot, factor) in &form.terms {
        let denominator = planner.columns.column(*slot).map_or(1, |column| column.denominator);
        in_parts.push((*slot, factor.checked_div(Rational::whole(denominator))?));
    }
    let numbers = in_parts.iter().map(|(_, factor)| *factor).chain([form.constant]);
    let common = numbers.clone().try_fold(1_i128, |common, number| common_multiple(common, number.denominator()))?;
    let scaled = |number: Rational| number.numerator().checked_mul(common / number.denominator());
    let mut most = scaled(form.constant)?.checked_abs()?.checked_add(1)?;
    let mut terms = Vec::new();
    for (slot, factor) in in_parts {
        let factor = scaled(factor)?;
        let reach = planner.columns.column(slot).map_or(0, |column| column.low.abs().max(column.high.abs()));
        most = most.checked_add(factor.checked_abs()?.checked_mul(i128::from(reach))?)?;
        terms.push((slot, i64::try_from(factor).ok()?));
    }
    let constant = i64::try_from(scaled(form.constant)?).ok()?;
    let largest = terms.iter().map(|(_, factor)| factor.unsigned_abs()).max().unwrap_or(0);
    let short = most <= i128::from(i32::MAX) && i32::try_from(largest).is_ok();
    (most <= i128::from(i64::MAX / 4)).then_some(Linear { terms, constant, short })
}

fn common_multiple(left: i128, right: i128) -> Option<i128> {
    // In lowest terms, the denominator of left/right is right without what it shares with left.
    left.checked_mul(Rational::new(left, right)?.denominator())
}
