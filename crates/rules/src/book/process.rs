//! The parts of a book that say who does what, when and with which majority.

use crate::language::Text;
use crate::rational::Rational;
use crate::verdict::Citation;

/// Trần tỷ lệ: the limit on the share of one level within a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaRule {
    /// Id, stable across books.
    pub id: String,
    /// Code shown to people.
    pub code: String,
    /// Kind of subject.
    pub subject: String,
    /// Position of the limited level.
    pub level: usize,
    /// Position of the level whose number is the base.
    pub of: usize,
    /// The share.
    pub rate: Rational,
    /// A higher share that needs written grounds.
    pub rate_with_grounds: Option<Rational>,
    /// Group over which it is counted, e.g. `base_organization`.
    pub scope: String,
    /// The group in words.
    pub scope_title: Text,
    /// Setting that chooses the denominator; its choices are `literal`, `pool`, `all`.
    pub denominator_setting: String,
    /// Setting that chooses the rounding; its choices are `floor`, `half_up`.
    pub rounding_setting: String,
    /// Setting that says whether heads of units count under the cap; they do when absent.
    pub head_setting: Option<String>,
    /// The sentence.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Thứ tự trước sau: one subject's step comes before another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedence {
    /// Id, stable across books.
    pub id: String,
    /// Code shown to people.
    pub code: String,
    /// What comes first, a word of the program: `review`, `civil_level`, `subordinate_decision`, `collective_decision`, …
    pub first: String,
    /// What comes after.
    pub then: String,
    /// Whether breaking it refuses, or only warns.
    pub strict: bool,
    /// The sentence.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Trình tự: one place in a sequence, such as who reviews himself first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderStep {
    /// Which sequence.
    pub sequence: String,
    /// Place from 1.
    pub place: i64,
    /// Who or what.
    pub title: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Đa số: how many votes carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Majority {
    /// Id, e.g. `classification`.
    pub id: String,
    /// What it is for.
    pub title: Text,
    /// The share.
    pub share: Rational,
    /// Whether more than the share is needed, or the share suffices.
    pub more_than: bool,
    /// Of whom: `membership`, `present`, `valid_ballots`.
    pub of: String,
    /// Where it stands.
    pub citation: Citation,
}

impl Majority {
    /// Fewest votes that carry, of that many.
    pub fn needed(&self, base: u64) -> u64 {
        let Some(share) = self.share.checked_mul(Rational::count(base)) else { return u64::MAX };
        let whole = u64::try_from(share.floor()).unwrap_or(0);
        if self.more_than || !share.is_whole() { whole.saturating_add(1) } else { whole }
    }

    /// Whether the votes carry.
    pub fn carries(&self, votes: u64, base: u64) -> bool {
        votes >= self.needed(base)
    }
}

/// Thẩm quyền và quy trình: who does what for one kind of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Kind of subject.
    pub subject: String,
    /// Who assesses himself.
    pub assesses: Text,
    /// Who takes part.
    pub takes_part: Text,
    /// Who verifies.
    pub verifies: Text,
    /// Who proposes the level.
    pub proposes: Text,
    /// Who decides.
    pub decides: Text,
    /// Boxes on the ballot, in order: ids of levels, or `not_rated`.
    pub ballot: Vec<String>,
    /// Id of the majority that carries a proposal or decision.
    pub majority: String,
    /// Whether the ballot is secret by the text, or the meeting decides.
    pub secret: bool,
    /// Where it stands.
    pub citation: Citation,
}

/// Cấp quyết định: where the deciding body stands, seen from the unit where a subject is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// The nearest base organisation, the unit itself included; the direct superior where there is none.
    Base,
    /// The direct superior of the unit.
    Superior,
}

/// Thẩm quyền mặc định: which body decides on a kind of subject in a kind of unit, as long as no decision delegates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Id, stable across books.
    pub id: String,
    /// Kind of subject.
    pub subject: String,
    /// Kinds of unit, words of the program; every kind when empty.
    pub of: Vec<String>,
    /// Where the deciding body stands.
    pub decides: Tier,
    /// Where it stands.
    pub citation: Citation,
}

/// Ngày tương đối: a day of the calendar relative to the year in which the period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelativeDay {
    /// Years after the year in which the period ends.
    pub year: i32,
    /// Month.
    pub month: u32,
    /// Day.
    pub day: u32,
}

/// Bước trong lịch: a step of the round with its default day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Id, e.g. `self_review`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Default last day.
    pub due: RelativeDay,
    /// Whether the day comes from a text (a campaign that plans later is told so), or is only a proposal.
    pub fixed: bool,
    /// Sector (a word of the program) whose units are finished by this day instead of the common one; empty for all.
    pub sector: String,
    /// Where it stands.
    pub citation: Citation,
}

/// Ngày trong quý.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuarterDay {
    /// A day of the last month of the quarter.
    DayOfLastMonth(u32),
    /// So many working days from the first day of the quarter, that day counted.
    WorkingDaysFromStart(u32),
}

/// Bước trong quý: a step of a quarterly evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterStep {
    /// Id, e.g. `quarter_decision`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Last day.
    pub due: QuarterDay,
    /// Where it stands.
    pub citation: Citation,
}

/// Hạn trả lời: how long a body may take to answer a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyLimit {
    /// Id, e.g. `base_organization`.
    pub id: String,
    /// Who answers.
    pub title: Text,
    /// In working days; the day of receipt does not count.
    pub working_days: u32,
    /// Where it stands.
    pub citation: Citation,
}

/// Khắc phục hạn chế: what must follow from a shortcoming or a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remediation {
    /// Id.
    pub id: String,
    /// Positions of the levels after which a plan is required; empty when only shortcomings call for it.
    pub levels: Vec<usize>,
    /// Whether any shortcoming calls for a plan.
    pub on_shortcoming: bool,
    /// What each item of the plan must name: `measure`, `owner`, `monitor`, `deadline`.
    pub item_needs: Vec<String>,
    /// Default last day of a plan.
    pub due: RelativeDay,
    /// Days after the decision at which a plan of support says what should be seen; empty where none is asked for.
    pub milestones: Vec<u32>,
    /// The sentence.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Biểu mẫu: a paper and its official number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Meaning, e.g. `individual-review`.
    pub meaning: String,
    /// Version of our form, e.g. `2019`.
    pub version: String,
    /// Official number as printed; empty when there is no official model.
    pub number: String,
    /// Name.
    pub title: Text,
    /// Kind of subject; empty when it is about a meeting or a unit.
    pub subject: String,
    /// Who signs; empty when not said.
    pub signed_by: Text,
    /// Who may read it and keeps it; empty when not said.
    pub access: Text,
    /// Years for which it is kept in a member's file, when said.
    pub kept_years: Option<i64>,
    /// Where it stands.
    pub citation: Citation,
}
