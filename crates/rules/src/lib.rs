//! The law as data: reads a rule book, checks it, evaluates facts about one subject, and explains the answer.
//!
//! Pure: no IO, no clock, no floating point; all arithmetic is exact. Truth has three values: a missing fact gives
//! *unknown* and the finding names it. Nothing here sets a level; the answer says what is permitted and why.
#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

pub mod book;
pub mod calendar;
pub mod check;
pub mod columns;
mod evaluate;
pub mod expression;
pub mod history;
pub mod language;
pub mod published;
pub mod quota;
pub mod rational;
pub mod score;
pub mod shelf;
pub mod truth;
pub mod value;
pub mod verdict;

pub use book::flaw::Flaw;
pub use book::{Book, load};
pub use language::{Language, Text};
pub use rational::Rational;
pub use shelf::Shelf;
pub use truth::Truth;
pub use value::{Facts, Kind, Settings, Value};
pub use verdict::{Finding, LevelAnswer, Obligation, Verdict};
