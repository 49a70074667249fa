//! The cap on the share of one level in a group: readings of the denominator, rounding, and the arithmetic in words.
//!
//! The texts say "not more than 20 % of the number rated *good*" and are silent on rounding and on whether that number
//! includes those of the limited level; so every answer shows the other readings beside the chosen one.

use std::collections::BTreeMap;

use crate::book::{Book, QuotaRule};
use crate::language::{Language, Text};
use crate::rational::Rational;
use crate::value::{Settings, Value};
use crate::verdict::Citation;

/// Cách hiểu mẫu số: what the share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denominator {
    /// R1, by the letter: those whose final level is the base level.
    Literal,
    /// R2, the pool: those of the base level or the limited level.
    Pool,
    /// R3: all who are rated.
    All,
}

/// Cách làm tròn: what is done with the part of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rounding {
    /// Cut off.
    Floor,
    /// Half and more goes up.
    HalfUp,
}

impl Denominator {
    /// The word in rule books: `literal`, `pool`, `all`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Pool => "pool",
            Self::All => "all",
        }
    }

    /// The contrary of [`Denominator::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Literal, Self::Pool, Self::All].into_iter().find(|denominator| denominator.word() == word)
    }
}

impl Rounding {
    /// The word in rule books: `floor`, `half_up`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::HalfUp => "half_up",
        }
    }

    /// The contrary of [`Rounding::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Floor, Self::HalfUp].into_iter().find(|rounding| rounding.word() == word)
    }

    /// Rounds a number of people; below nought is nought.
    pub fn apply(self, exact: Rational) -> u64 {
        let whole = match self {
            Self::Floor => exact.floor(),
            Self::HalfUp => exact.round_half_up(),
        };
        u64::try_from(whole.max(0)).unwrap_or(u64::MAX)
    }
}

/// Cách hiểu trần: denominator, rounding and rate together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What the share is taken of.
    pub denominator: Denominator,
    /// What is done with parts.
    pub rounding: Rounding,
    /// The share.
    pub rate: Rational,
}

/// Số lượng trong nhóm: how many of the group are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Of the limited level.
    pub limited: u64,
    /// Of the base level.
    pub base: u64,
    /// All who are rated, these included.
    pub rated: u64,
}

impl Reading {
    /// The number under the share.
    pub fn denominator_of(self, counts: Counts) -> u64 {
        match self.denominator {
            Denominator::Literal => counts.base,
            Denominator::Pool => counts.base.saturating_add(counts.limited),
            Denominator::All => counts.rated,
        }
    }
}

/// Số tối đa theo một cách hiểu: a reading made ready for very many groups. The same number as [`assess`], without the words.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    reading: Reading,
    /// Share and half as whole numbers: `(count × above + half) / below`; none when they are too large for that.
    parts: Option<(u64, u64, u64)>,
}

impl Limit {
    /// Makes a reading ready.
    pub fn new(reading: Reading) -> Self {
        let above = u64::from(u32::try_from(reading.rate.numerator()).unwrap_or(0));
        let below = u64::from(u32::try_from(reading.rate.denominator()).unwrap_or(0));
        let parts = (above > 0 && below > 0).then_some(match reading.rounding {
            Rounding::Floor => (above, 0, below),
            Rounding::HalfUp => (2 * above, below, 2 * below),
        });
        Self { reading, parts }
    }

    /// Most of a group who may be of the limited level.
    pub fn of(&self, counts: Counts) -> u64 {
        let count = self.reading.denominator_of(counts);
        let quick =
            self.parts.and_then(|(above, half, below)| Some((count.checked_mul(above)?.checked_add(half)?) / below));
        quick.unwrap_or_else(|| self.reading.rounding.apply(exact(self.reading, count)))
    }
}

fn exact(reading: Reading, count: u64) -> Rational {
    reading.rate.checked_mul(Rational::count(count)).unwrap_or(Rational::ZERO)
}

/// Đối chiếu một cách hiểu: one reading's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingAnswer {
    /// Which reading.
    pub reading: Reading,
    /// The number under the share, e.g. 25.
    pub denominator_count: u64,
    /// The exact cap before rounding, e.g. 26/5.
    pub exact: Rational,
    /// Most who may be of the limited level.
    pub limit: u64,
    /// How many are.
    pub used: u64,
    /// Places left.
    pub left: u64,
    /// How many too many.
    pub over: u64,
    /// `20 % × (5 + 20) = 5,00 → 5; đã dùng 5`.
    pub arithmetic: Text,
}

/// Trả lời về trần: the chosen reading, and the others beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaAnswer {
    /// Id of the quota in the book.
    pub quota: String,
    /// Code shown to people.
    pub code: String,
    /// The chosen reading.
    pub chosen: ReadingAnswer,
    /// The other readings at the same rate, for comparison.
    pub others: Vec<ReadingAnswer>,
    /// The sentence of the book.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

impl QuotaAnswer {
    /// Whether the chosen reading is kept.
    pub fn is_kept(&self) -> bool {
        self.chosen.over == 0
    }
}

/// The figures of one reading. The number of the limited level is taken as it stands now: under [`Denominator::Pool`] it
/// counts in the denominator too, so moving a person from the base to the limited level leaves the cap as it is, while
/// under [`Denominator::Literal`] it lowers the cap.
pub fn assess(counts: Counts, reading: Reading) -> ReadingAnswer {
    let denominator_count = reading.denominator_of(counts);
    let exact = exact(reading, denominator_count);
    let limit = reading.rounding.apply(exact);
    let arithmetic = Text::build(|language| arithmetic(counts, reading, exact, limit, language));
    ReadingAnswer {
        reading,
        denominator_count,
        exact,
        limit,
        used: counts.limited,
        left: limit.saturating_sub(counts.limited),
        over: counts.limited.saturating_sub(limit),
        arithmetic,
    }
}

fn arithmetic(counts: Counts, reading: Reading, exact: Rational, limit: u64, language: Language) -> String {
    let share = language.limit(reading.rate);
    let of = match reading.denominator {
        Denominator::Literal => counts.base.to_string(),
        Denominator::Pool => format!("({} + {})", counts.limited, counts.base),
        Denominator::All => counts.rated.to_string(),
    };
    let exact = language.decimal(exact, 2);
    let used = counts.limited;
    match language {
        Language::Vietnamese => format!("{share} × {of} = {exact} → tối đa {limit}; hiện có {used}"),
        Language::English => format!("{share} × {of} = {exact} → at most {limit}; now {used}"),
    }
}

/// Largest number of the limited level when that many people are good enough for the base level or better, all others of
/// them being of the base level, and nobody is rated below.
pub fn largest(eligible: u64, reading: Reading) -> u64 {
    let fits = |limited: u64| {
        let counts = Counts { limited, base: eligible - limited, rated: eligible };
        assess(counts, reading).over == 0
    };
    // The cap never grows when a person moves up, so the fitting numbers are a run from nought.
    let (mut fitting, mut beyond) = (0, eligible.saturating_add(1));
    while beyond - fitting > 1 {
        let middle = fitting + (beyond - fitting) / 2;
        if fits(middle) {
            fitting = middle;
        } else {
            beyond = middle;
        }
    }
    fitting
}

impl Book {
    /// Counts for a quota out of numbers per level id; `not_rated` and other unknown words are left out.
    pub fn quota_counts(&self, quota: &QuotaRule, per_level: &BTreeMap<String, u64>) -> Counts {
        let of = |position: usize| {
            self.levels.get(position).and_then(|level| per_level.get(&level.id)).copied().unwrap_or(0)
        };
        let rated = (0..self.levels.len()).map(of).fold(0, u64::saturating_add);
        Counts { limited: of(quota.level), base: of(quota.of), rated }
    }

    /// The numbers that count under a quota: heads of units are taken out where the pinned setting says so.
    pub fn counted_under(
        &self,
        quota: &QuotaRule,
        per_level: &BTreeMap<String, u64>,
        heads: &BTreeMap<String, u64>,
        settings: &Settings,
    ) -> BTreeMap<String, u64> {
        if !self.leaves_heads_out(quota, settings) {
            return per_level.clone();
        }
        let without = |(level, number): (&String, &u64)| {
            (level.clone(), number.saturating_sub(heads.get(level).copied().unwrap_or(0)))
        };
        per_level.iter().map(without).collect()
    }

    /// Whether the pinned settings leave the heads of units outside a quota.
    pub fn leaves_heads_out(&self, quota: &QuotaRule, settings: &Settings) -> bool {
        let says_no = |name: &String| {
            let value = settings.get(name).or_else(|| self.setting(name).map(|setting| &setting.default));
            value == Some(&Value::Boolean(false))
        };
        quota.head_setting.as_ref().is_some_and(says_no)
    }

    /// The reading the settings choose; `with_grounds` asks for the higher rate where the book has one.
    pub fn quota_reading(&self, quota: &QuotaRule, settings: &Settings, with_grounds: bool) -> Reading {
        let word = |name: &str| {
            let value = settings.get(name).or_else(|| self.setting(name).map(|setting| &setting.default));
            match value {
                Some(Value::Choice(word)) => word.clone(),
                _ => String::new(),
            }
        };
        let rate = match quota.rate_with_grounds {
            Some(higher) if with_grounds => higher,
            _ => quota.rate,
        };
        Reading {
            denominator: Denominator::from_word(&word(&quota.denominator_setting)).unwrap_or(Denominator::Literal),
            rounding: Rounding::from_word(&word(&quota.rounding_setting)).unwrap_or(Rounding::Floor),
            rate,
        }
    }

    /// Assesses a group with its heads of units, who may stand outside; the figures then say how many did.
    pub fn assess_with_heads(
        &self,
        quota: &QuotaRule,
        per_level: &BTreeMap<String, u64>,
        heads: &BTreeMap<String, u64>,
        settings: &Settings,
    ) -> QuotaAnswer {
        let counted = self.counted_under(quota, per_level, heads, settings);
        let rated = |numbers| self.quota_counts(quota, numbers).rated;
        let outside = rated(per_level).saturating_sub(rated(&counted));
        let mut answer = self.assess_quota(quota, &counted, settings, false);
        answer.chosen.arithmetic = left_out(&answer.chosen.arithmetic, outside);
        answer
    }

    /// Assesses a group against a quota under the pinned settings, with the other readings beside.
    pub fn assess_quota(
        &self,
        quota: &QuotaRule,
        per_level: &BTreeMap<String, u64>,
        settings: &Settings,
        with_grounds: bool,
    ) -> QuotaAnswer {
        let counts = self.quota_counts(quota, per_level);
        let reading = self.quota_reading(quota, settings, with_grounds);
        let chosen = assess(counts, reading);
        let others = readings(reading.rate).into_iter().filter(|other| *other != reading);
        QuotaAnswer {
            quota: quota.id.clone(),
            code: quota.code.clone(),
            chosen,
            others: others.map(|other| assess(counts, other)).collect(),
            message: quota.message.clone(),
            citation: quota.citation.clone(),
        }
    }
}

/// How many of the rated do not count, said behind the figures.
fn left_out(arithmetic: &Text, heads: u64) -> Text {
    let (vi, en) = match heads {
        0 => return arithmetic.clone(),
        1 => (format!("không tính {heads} người đứng đầu"), format!("{heads} head of a unit not counted")),
        _ => (format!("không tính {heads} người đứng đầu"), format!("{heads} heads of units not counted")),
    };
    Text { vi: format!("{}; {vi}", arithmetic.vi), en: format!("{}; {en}", arithmetic.en) }
}

/// All six readings at one rate.
pub fn readings(rate: Rational) -> Vec<Reading> {
    let mut readings = Vec::new();
    for denominator in [Denominator::Literal, Denominator::Pool, Denominator::All] {
        for rounding in [Rounding::Floor, Rounding::HalfUp] {
            readings.push(Reading { denominator, rounding, rate });
        }
    }
    readings
}

#[cfg(test)]
mod tests;
