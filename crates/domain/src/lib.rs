//! The words of the yearly review: units, people, reviews, meetings, ballots, proposals, decisions and what follows.
//!
//! Pure: no IO, no clock, no SQL, no floating point. Numbers of the law (levels, caps, deadlines) are not here; they
//! come from a rule book and enter as arguments.
#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

pub mod actor;
pub mod assignment;
pub mod attachment;
pub mod authority;
pub mod ballot;
pub mod calibration;
pub mod campaign;
pub mod day;
pub mod decision;
pub mod directive;
pub mod form;
pub mod ids;
mod machine;
pub mod meeting;
pub mod org;
pub mod petition;
pub mod policy;
pub mod proposal;
pub mod publication;
pub mod refusal;
pub mod register;
pub mod remediation;
pub mod remediation_plan;
pub mod reminder;
pub mod reorganisation;
pub mod review;
pub mod scoring;
pub mod slip;
pub mod subject;
pub mod suggestion;
pub mod text;
pub mod verification;
mod word;

pub use actor::{Actor, HeldPost};
pub use day::Day;
pub use ids::*;
pub use refusal::Refusal;
