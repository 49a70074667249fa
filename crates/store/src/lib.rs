//! The only room that knows SQL: two engines behind one set of functions, transactions that cannot be committed without
//! their journal entries, the journal itself, jobs, sessions, papers.
//!
//! A table family is one file: its row structs, its statements (`statements!`), its functions over [`Conn`].
#![deny(missing_docs)]

mod bulk;
mod dated;
mod db;
mod error;
mod query;
mod sql;

pub mod account;
pub mod assignment;
pub mod attachment;
pub mod authority;
pub mod ballot;
pub mod campaign;
pub mod change;
pub mod directive;
pub mod follow;
pub mod intake;
pub mod job;
pub mod journal;
pub mod meeting;
pub mod org;
pub mod outcome;
pub mod paper;
pub mod place;
pub mod post;
pub mod register;
pub mod reminder;
pub mod returned;
pub mod review;
pub mod reviewed;
pub mod rollup;
pub mod root;
pub mod roster;
pub mod running;
pub mod search;
pub mod season;
pub mod sector;
pub mod session;
pub mod standing;
pub mod substitution;
pub mod suggestion;
pub mod temporary;
pub mod upkeep;
pub mod verification;
pub mod withdrawal;

pub use bulk::{Table, all_tables};
pub use db::{Conn, Db, Reader, Tx, schema_digest};
pub use error::{Result, StoreError};
pub use query::Row;
pub use sql::Statement;

pub(crate) use sql::{change, maybe_row, rows, run, statements};

/// Every statement of every file, for the test that prepares each on both engines.
#[must_use]
pub fn all_statements() -> Vec<Statement> {
    [
        account::STATEMENTS,
        attachment::STATEMENTS,
        assignment::STATEMENTS,
        authority::STATEMENTS,
        ballot::STATEMENTS,
        campaign::STATEMENTS,
        change::STATEMENTS,
        dated::STATEMENTS,
        directive::STATEMENTS,
        directive::followed::STATEMENTS,
        follow::STATEMENTS,
        intake::STATEMENTS,
        job::STATEMENTS,
        journal::STATEMENTS,
        journal::of_review::STATEMENTS,
        meeting::STATEMENTS,
        org::STATEMENTS,
        reviewed::STATEMENTS,
        outcome::STATEMENTS,
        outcome::after::STATEMENTS,
        outcome::calibration::STATEMENTS,
        outcome::petition::STATEMENTS,
        outcome::publication::STATEMENTS,
        outcome::remedy::STATEMENTS,
        paper::STATEMENTS,
        post::STATEMENTS,
        place::STATEMENTS,
        register::STATEMENTS,
        reminder::STATEMENTS,
        returned::STATEMENTS,
        review::STATEMENTS,
        review::score::STATEMENTS,
        review::slip::STATEMENTS,
        review::stated::STATEMENTS,
        review::subject::STATEMENTS,
        rollup::STATEMENTS,
        root::STATEMENTS,
        running::STATEMENTS,
        roster::STATEMENTS,
        search::STATEMENTS,
        season::STATEMENTS,
        sector::STATEMENTS,
        session::STATEMENTS,
        standing::STATEMENTS,
        verification::STATEMENTS,
        substitution::STATEMENTS,
        withdrawal::STATEMENTS,
        suggestion::STATEMENTS,
        temporary::STATEMENTS,
    ]
    .concat()
}
