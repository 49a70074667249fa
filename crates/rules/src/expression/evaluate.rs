//! Evaluates a compiled expression for one subject. Never fails and never panics: what cannot be told is unknown.

use std::collections::BTreeSet;

use super::{Comparison, Expression, Operation, Scalar};
use crate::rational::Rational;
use crate::truth::Truth;

/// Khung dữ kiện: values of all facts and settings by slot.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Facts; absent is not known.
    pub facts: &'a [Option<Scalar>],
    /// Settings; each is known.
    pub settings: &'a [Scalar],
}

/// Why a computation gave no number although all its facts are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MathFault {
    /// Divided by nought.
    DividedByNought,
    /// Too large for exact arithmetic.
    TooLarge,
}

/// Chỗ chưa biết: what would settle an unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Slots of missing facts.
    pub facts: BTreeSet<usize>,
    /// Computations that gave no number.
    pub faults: BTreeSet<MathFault>,
}

impl Expression {
    /// True, false or unknown. An expression that is not a condition is unknown.
    pub fn truth(&self, frame: &Frame<'_>) -> Truth {
        match self {
            Self::Not(inner) => !inner.truth(frame),
            Self::And(left, right) => match left.truth(frame) {
                Truth::False => Truth::False,
                known => known.and(right.truth(frame)),
            },
            Self::Or(left, right) => match left.truth(frame) {
                Truth::True => Truth::True,
                known => known.or(right.truth(frame)),
            },
            Self::Compare(comparison, left, right) => match (left.value(frame), right.value(frame)) {
                (Some(left), Some(right)) => compare(*comparison, left, right),
                _ => Truth::Unknown,
            },
            Self::Among(item, list) => match item.value(frame) {
                Some(item) => list
                    .iter()
                    .map(|one| one.value(frame).map_or(Truth::Unknown, |one| compare(Comparison::Equal, item, one)))
                    .fold(Truth::False, Truth::or),
                None => Truth::Unknown,
            },
            Self::Has(slot) => Truth::from(frame.facts.get(*slot).is_some_and(Option::is_some)),
            _ => match self.value(frame) {
                Some(Scalar::Truth(known)) => Truth::from(known),
                _ => Truth::Unknown,
            },
        }
    }

    /// The value, or `None` when not known or not computable.
    pub fn value(&self, frame: &Frame<'_>) -> Option<Scalar> {
        match self {
            Self::Literal(scalar, _) => Some(*scalar),
            Self::Fact(slot) => frame.facts.get(*slot).copied().flatten(),
            Self::Setting(slot) => frame.settings.get(*slot).copied(),
            Self::Compute(operation, left, right) => {
                let (left, right) = (left.number(frame)?, right.number(frame)?);
                compute(*operation, left, right).ok().map(Scalar::Number)
            }
            _ => match self.truth(frame) {
                Truth::True => Some(Scalar::Truth(true)),
                Truth::False => Some(Scalar::Truth(false)),
                Truth::Unknown => None,
            },
        }
    }

    /// The number, or `None`.
    pub fn number(&self, frame: &Frame<'_>) -> Option<Rational> {
        match self.value(frame) {
            Some(Scalar::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// What makes this unknown; adds nothing when it is known.
    pub fn gaps(&self, frame: &Frame<'_>, gaps: &mut Gaps) {
        if self.value(frame).is_some() {
            return;
        }
        match self {
            Self::Fact(slot) => {
                gaps.facts.insert(*slot);
            }
            Self::Not(inner) => inner.gaps(frame, gaps),
            Self::And(left, right) | Self::Or(left, right) | Self::Compare(_, left, right) => {
                left.gaps(frame, gaps);
                right.gaps(frame, gaps);
            }
            Self::Compute(operation, left, right) => {
                left.gaps(frame, gaps);
                right.gaps(frame, gaps);
                if let (Some(left), Some(right)) = (left.number(frame), right.number(frame))
                    && let Err(fault) = compute(*operation, left, right)
                {
                    gaps.faults.insert(fault);
                }
            }
            Self::Among(item, list) => {
                item.gaps(frame, gaps);
                for one in list {
                    one.gaps(frame, gaps);
                }
            }
            Self::Literal(..) | Self::Setting(_) | Self::Has(_) => {}
        }
    }

    /// Slots of all facts named.
    pub fn facts(&self, slots: &mut BTreeSet<usize>) {
        match self {
            Self::Fact(slot) | Self::Has(slot) => {
                slots.insert(*slot);
            }
            Self::Not(inner) => inner.facts(slots),
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Compare(_, left, right)
            | Self::Compute(_, left, right) => {
                left.facts(slots);
                right.facts(slots);
            }
            Self::Among(item, list) => {
                item.facts(slots);
                for one in list {
                    one.facts(slots);
                }
            }
            Self::Literal(..) | Self::Setting(_) => {}
        }
    }
}

fn compute(operation: Operation, left: Rational, right: Rational) -> Result<Rational, MathFault> {
    let result = match operation {
        Operation::Add => left.checked_add(right),
        Operation::Subtract => left.checked_sub(right),
        Operation::Multiply => left.checked_mul(right),
        Operation::Divide if right == Rational::ZERO => return Err(MathFault::DividedByNought),
        Operation::Divide => left.checked_div(right),
    };
    result.ok_or(MathFault::TooLarge)
}

fn compare(comparison: Comparison, left: Scalar, right: Scalar) -> Truth {
    let order = match (left, right) {
        (Scalar::Number(left), Scalar::Number(right)) => left.cmp(&right),
        (Scalar::Rank(left), Scalar::Rank(right)) | (Scalar::Choice(left), Scalar::Choice(right)) => left.cmp(&right),
        (Scalar::Day(left), Scalar::Day(right)) => left.cmp(&right),
        (Scalar::Truth(left), Scalar::Truth(right)) => left.cmp(&right),
        _ => return Truth::Unknown,
    };
    Truth::from(comparison.holds(order))
}
