//! Đối chiếu theo cột: the rules of a book over very many subjects at once.
//!
//! The meaning is that of [`Book::evaluate`](crate::Book::evaluate): the same compiled expressions, the same three values
//! of truth. What differs is the driver: facts stand in columns, settings are known before the first row, and each
//! condition runs over a block of rows at a time. What has no form in columns (a product of two facts, say) is asked row by
//! row of the one and only evaluator, so there is nothing that this driver cannot answer. A property test holds the two
//! together.
//!
//! Truth in a block is one byte a row: 0 false, 1 not known, 2 true. In that code *and* is the lesser, *or* is the greater
//! and *not* is the difference from 2, which processors do for many rows in one step.

mod kernel;
mod linear;
mod plan;
mod sieve;
mod summary;
mod table;

#[cfg(test)]
mod tests;

pub use sieve::{Block, Sieve, Sifted, Tally};
pub use summary::{Over, Summary};
pub use table::Table;

use crate::truth::Truth;

/// Rows that are asked at once: few enough that all columns of a step stay close to the processor.
pub const BLOCK: usize = 4096;

/// The byte of a truth in a block.
const fn code(truth: Truth) -> u8 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}

/// The truth of a byte in a block.
const fn truth(code: u8) -> Truth {
    match code {
        0 => Truth::False,
        1 => Truth::Unknown,
        _ => Truth::True,
    }
}
