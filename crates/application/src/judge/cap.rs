//! Trần mức cao nhất: the cap over a group of persons, with its arithmetic.

use std::collections::BTreeMap;

use rules::Book;
use serde::Serialize;

use super::book::settings_of;
use super::words::{Words, cite};
use crate::error::Result;
use crate::library::MEMBER;

/// Trần mức cao nhất: how many may be at the limited level, how many are, and how else the text could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cap {
    /// Id of the limited level; empty when the book limits none.
    pub level: String,
    /// Most who may have it.
    pub limit: u32,
    /// How many have it.
    pub used: u32,
    /// Places left.
    pub left: u32,
    /// How many too many.
    pub over: u32,
    /// The arithmetic in words.
    pub arithmetic: Words,
    /// The sentence of the book.
    pub message: Words,
    /// Source.
    pub citation: String,
    /// Id of the rule book.
    pub book: String,
    /// Code of the limit, its place in the book as a document.
    pub code: String,
    /// The other readings: arithmetic, and how many too many.
    pub others: Vec<(Words, u32)>,
}

/// The cap over a group whose members have these levels.
pub(crate) fn cap(book: &Book, settings: &str, levels: &[&str]) -> Result<Cap> {
    let Some(quota) = book.quota(MEMBER) else { return Ok(Cap::default()) };
    let mut per_level: BTreeMap<String, u64> = BTreeMap::new();
    for level in levels {
        *per_level.entry((*level).to_owned()).or_default() += 1;
    }
    let answer = book.assess_quota(quota, &per_level, &settings_of(book, settings)?, false);
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Cap {
        level: book.levels.get(quota.level).map_or_else(String::new, |level| level.id.clone()),
        limit: small(answer.chosen.limit),
        used: small(answer.chosen.used),
        left: small(answer.chosen.left),
        over: small(answer.chosen.over),
        arithmetic: Words::from(&answer.chosen.arithmetic),
        message: Words::from(&answer.message),
        citation: cite(&answer.citation),
        book: book.id.clone(),
        code: quota.code.clone(),
        others: answer.others.iter().map(|other| (Words::from(&other.arithmetic), small(other.over))).collect(),
    })
}
