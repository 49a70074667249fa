//! Trần mức cao nhất: the cap over a group of persons, with its arithmetic.

use std::collections::BTreeMap;

use domain::subject::Subject;
use rules::Book;
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::review::ReviewListRow;
use uuid::Uuid;

mod groups;

pub use groups::GroupCap;
pub(crate) use groups::{group_caps, peer_caps, positions};

use super::book::settings_of;
use super::heads::heads_outside;
use super::words::{Words, cite};
use crate::error::Result;

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
    /// Most who may have it, and how many are too many even then, where the book allows a higher share with written grounds.
    pub with_grounds: Option<(u32, u32)>,
    /// The other readings: arithmetic, and how many too many.
    pub others: Vec<(Words, u32)>,
}

/// Một người dưới trần: whose level counts, and whether he heads a unit.
#[derive(Debug, Clone, Copy)]
struct Rated<'a> {
    level: &'a str,
    is_head: bool,
}

/// The cap over reviews with these levels, heads of units left out where the campaign chose so.
pub(crate) async fn cap(
    conn: &mut Conn,
    book: &Book,
    campaign: &CampaignRow,
    reviews: &[ReviewListRow],
    levels: &[(Uuid, &str)],
) -> Result<Cap> {
    let heads = heads_outside(conn, book, campaign, reviews).await?;
    let rated = levels.iter().map(|(review, level)| Rated { level, is_head: heads.contains(review) });
    over(book, Subject::Member, &campaign.settings, rated)
}

fn over<'a>(book: &Book, subject: Subject, settings: &str, group: impl Iterator<Item = Rated<'a>>) -> Result<Cap> {
    let Some(quota) = book.quota(subject.word()) else { return Ok(Cap::default()) };
    let mut per_level: BTreeMap<String, u64> = BTreeMap::new();
    let mut heads: BTreeMap<String, u64> = BTreeMap::new();
    for one in group {
        *per_level.entry(one.level.to_owned()).or_default() += 1;
        *heads.entry(one.level.to_owned()).or_default() += u64::from(one.is_head);
    }
    let settings = settings_of(book, settings)?;
    let answer = book.assess_with_heads(quota, &per_level, &heads, &settings);
    let counted = book.counted_under(quota, &per_level, &heads, &settings);
    let raised = quota.rate_with_grounds.map(|_| book.assess_quota(quota, &counted, &settings, true).chosen);
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
        with_grounds: raised.map(|chosen| (small(chosen.limit), small(chosen.over))),
        others: answer.others.iter().map(|other| (Words::from(&other.arithmetic), small(other.over))).collect(),
    })
}

#[cfg(test)]
mod tests;
