//! Worked situations: what is known, and what the book must answer. A lawyer can read and add one.

use std::collections::BTreeMap;

use crate::language::Text;
use crate::quota::{Denominator, Rounding};
use crate::value::{Facts, Settings};
use crate::verdict::Obligation;

/// Căn cứ mong đợi: ids of the rules that must stand against a level, no others.
pub type Ground = Vec<String>;

/// Tình huống: one worked situation about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// Kind of subject.
    pub subject: String,
    /// What is known.
    pub facts: Facts,
    /// Pinned settings.
    pub settings: Settings,
    /// What must come out; what is absent is not compared.
    pub expect: Expectation,
    /// File and line.
    pub place: (String, usize),
}

/// Kết quả mong đợi: what is absent is not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    /// What the subject owes.
    pub obligation: Option<Obligation>,
    /// Best level certainly permitted; `Some(None)` when none is.
    pub highest: Option<Option<String>>,
    /// Best level nothing stands against so far.
    pub highest_possible: Option<Option<String>>,
    /// Level forced; `Some(None)` when none is.
    pub forced: Option<Option<String>>,
    /// Per level: exactly these rules stand against it.
    pub against: BTreeMap<String, Ground>,
    /// Exactly these facts are missing.
    pub missing: Option<Vec<String>>,
    /// Exactly these rules call for a decision.
    pub needs_decision: Option<Vec<String>>,
    /// Exactly these rules exempt.
    pub exempted_by: Option<Vec<String>>,
    /// Texts that must occur among the Vietnamese figures of the findings.
    pub figures: Vec<String>,
}

/// Tình huống về trần tỷ lệ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaCase {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// Id of the quota.
    pub quota: String,
    /// Numbers per level.
    pub counts: BTreeMap<String, u64>,
    /// Of them heads of units, per level.
    pub heads: BTreeMap<String, u64>,
    /// Pinned settings.
    pub settings: Settings,
    /// Whether the higher rate is asked for, with grounds.
    pub with_grounds: bool,
    /// Expected cap per reading.
    pub limits: Vec<(Denominator, Rounding, u64)>,
    /// Whether the default reading must be kept.
    pub kept: Option<bool>,
    /// File and line.
    pub place: (String, usize),
}

/// Tình huống về đa số.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MajorityCase {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// Id of the majority.
    pub majority: String,
    /// Of how many.
    pub base: u64,
    /// Votes needed.
    pub needed: u64,
    /// File and line.
    pub place: (String, usize),
}
