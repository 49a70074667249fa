//! Conditions: a small total language with the syntax of CEL. Declared typed facts, comparison, exact arithmetic, `&&`,
//! `||`, `!`, `in`, `has`; no loops, functions, clock or floats. Names and types are settled when the book is loaded, so
//! evaluation cannot fail: what is missing or cannot be computed is unknown.

mod check;
mod evaluate;
mod explain;
mod parse;
mod token;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use check::{Scope, Type, closest, compile};
pub(crate) use check::{listed, nearest};
pub use evaluate::{Frame, Gaps, MathFault};
pub use explain::Labels;
pub use parse::MAXIMUM_DEPTH;

use crate::rational::Rational;

/// Giá trị khi tính: a value in the compiled form; ranks grow from worst to best, choices count from nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Yes or no.
    Truth(bool),
    /// An exact number.
    Number(Rational),
    /// A day.
    Day(NaiveDate),
    /// A level or a grade.
    Rank(u16),
    /// A choice.
    Choice(u16),
}

/// Phép so sánh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// Phép tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, exact
    Divide,
}

/// Biểu thức đã biên dịch: a checked condition or number, its names settled to slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A written value and its type.
    Literal(Scalar, Type),
    /// The fact in a slot.
    Fact(usize),
    /// The setting in a slot.
    Setting(usize),
    /// Whether the fact in a slot is stated; never unknown.
    Has(usize),
    /// `!`
    Not(Box<Expression>),
    /// `&&`
    And(Box<Expression>, Box<Expression>),
    /// `||`
    Or(Box<Expression>, Box<Expression>),
    /// `==`, `<`, …
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `in`
    Among(Box<Expression>, Vec<Expression>),
    /// `+`, `-`, …
    Compute(Operation, Box<Expression>, Box<Expression>),
}

impl Comparison {
    /// Whether two ordered values stand in this relation.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// The relation that holds exactly when this one does not.
    pub fn contrary(self) -> Self {
        match self {
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    /// The sign people know.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "≠",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Greater => ">",
            Self::AtLeast => "≥",
        }
    }
}

/// Why an expression is refused, with the place inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Byte offset in the expression.
    pub at: usize,
    /// Code, never reused: `BOOK-…`.
    pub code: &'static str,
    /// What is wrong, in Vietnamese.
    pub what: String,
    /// What to do, in Vietnamese.
    pub mend: String,
}

impl Refused {
    pub(crate) fn new(at: usize, code: &'static str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { at, code, what: what.into(), mend: mend.into() }
    }
}
