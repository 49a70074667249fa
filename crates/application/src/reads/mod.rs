//! Readings for pages, lists and papers, by area. Each begins by asking the access table.

pub mod after;
pub mod agenda;
pub mod assignment;
#[expect(dead_code, reason = "the first record with files comes next")]
pub mod attachment;
pub mod authority;
pub mod ballot;
pub mod calibration;
pub mod campaign;
pub mod classification;
pub mod decision;
pub mod filled;
pub mod history;
pub mod meeting;
pub mod organisation;
pub mod person;
pub mod proposal;
pub mod publication;
pub mod reminder;
pub mod review;
pub mod rollup;
pub mod roster;
pub mod rule_book;
pub mod scores;
pub mod search;
pub mod slips;
pub mod subjects;
pub mod substitution;
pub mod suggestion;
pub mod tasks;
pub mod temporary;
pub mod trial;
