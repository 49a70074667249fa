//! Chấm điểm: reckons points from marks by a frame of the book, exactly, with the arithmetic in words, and shows the
//! exact and the rounded value side by side. What the frame does not allow is refused with what to do. Points are a
//! fact among others: no level comes out of here.

mod fault_words;
mod general;
mod mean;
mod products;
mod reckon;
mod shares;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

pub use mean::{MeanAnswer, Month};
use words::Fault;
pub(crate) use words::plain;

use crate::book::points::{Feed, PointRounding};
use crate::book::{Book, PointFrame};
use crate::language::Text;
use crate::rational::Rational;
use crate::value::{Facts, Settings, Value};
use crate::verdict::Citation;

/// Phiếu chấm điểm: the marks of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// Id of the frame.
    pub frame: String,
    /// Marks of the general criteria.
    pub general: GeneralMarks,
    /// Marks of the results.
    pub results: ResultMarks,
    /// Points the competent body adds to the results, within their limit.
    pub bonus: Rational,
}

/// Điểm tiêu chí chung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneralMarks {
    /// Their sum alone.
    Sum(Rational),
    /// Per criterion, by its id.
    PerCriterion(BTreeMap<String, Mark>),
}

/// Điểm một tiêu chí.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Points kept.
    pub points: Rational,
    /// Whether written grounds stand behind what was cut.
    pub has_grounds: bool,
}

/// Điểm kết quả, by the method of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultMarks {
    /// Products with weights and percentages.
    Products(ProductMarks),
    /// Percentages by their ids.
    Shares(BTreeMap<String, ShareMark>),
    /// Points of parts by their ids.
    Parts(BTreeMap<String, Rational>),
}

/// Sản phẩm của một người trong kỳ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductMarks {
    /// Id of the set of components.
    pub component_set: String,
    /// Weights moved away from the set, announced at the start; empty when the set is taken as it is.
    pub component_weights: BTreeMap<String, Rational>,
    /// Whether more products than usual were approved.
    pub more_approved: bool,
    /// The products.
    pub products: Vec<Product>,
}

/// Sản phẩm, nhiệm vụ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its name or code.
    pub name: String,
    /// Id of its kind, when stated.
    pub kind: Option<String>,
    /// Whether it gathers continuous work.
    pub is_composite: bool,
    /// Its points.
    pub weight: Rational,
    /// Percent of each component, by the component's id.
    pub components: BTreeMap<String, Rational>,
    /// Whether it was done.
    pub is_done: Option<bool>,
    /// Whether on time and with quality.
    pub is_on_time: Option<bool>,
    /// Whether above standard.
    pub is_above_standard: Option<bool>,
    /// Whether it is a key task.
    pub is_key: bool,
    /// Quality, one being the best.
    pub quality: Option<i64>,
}

/// Tỷ lệ đạt được.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareMark {
    /// A percentage as stated.
    Percent(Rational),
    /// Of so many tasks, the number of faults of each task that has any.
    Faults {
        /// Tasks in all.
        tasks: u64,
        /// Faults per task at fault.
        faults: Vec<u64>,
    },
}

/// Giá trị chính xác và giá trị làm tròn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// As reckoned.
    pub exact: Rational,
    /// As the pinned rounding gives it.
    pub rounded: Rational,
}

/// Dòng tính điểm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    /// What is reckoned.
    pub title: Text,
    /// Points.
    pub amount: Amount,
    /// `30 × 97,5 % = 29,25 → 29,3`.
    pub arithmetic: Text,
}

/// Tổng điểm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Of the general criteria.
    pub general: Amount,
    /// Of the results.
    pub results: Amount,
    /// In all.
    pub total: Amount,
}

/// Mức độ của phát hiện khi chấm điểm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Worth knowing.
    Note,
    /// Unusual; the one who approves should look.
    Warning,
    /// Cannot stand; nothing is reckoned before it is mended.
    Refused,
}

/// Phát hiện khi chấm điểm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointFinding {
    /// Code, never reused: `POINT-001`.
    pub code: &'static str,
    /// How grave.
    pub gravity: Gravity,
    /// What is so, with the figures.
    pub message: Text,
    /// What to do.
    pub mend: Text,
    /// Where it stands; none when the sheet itself is at fault.
    pub citation: Option<Citation>,
}

/// Kết quả chấm điểm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Line by line, in order of the form.
    pub lines: Vec<ScoreLine>,
    /// The points; none when something is refused.
    pub totals: Option<Totals>,
    /// `30 + 67,475 = 97,475 → 97,6`.
    pub arithmetic: Text,
    /// What was found.
    pub findings: Vec<PointFinding>,
    /// Facts for the rules, by the names the book feeds; empty when something is refused.
    pub facts: Facts,
}

impl Score {
    /// Whether nothing is refused.
    pub fn stands(&self) -> bool {
        self.findings.iter().all(|finding| finding.gravity != Gravity::Refused)
    }
}

/// What is reckoned under: the book, the frame, the pinned settings; and what is found on the way.
struct Reckoning<'a> {
    book: &'a Book,
    frame: &'a PointFrame,
    settings: &'a Settings,
    findings: Vec<PointFinding>,
}

impl<'a> Reckoning<'a> {
    /// The word a setting is pinned to, or its default.
    fn chosen(&self, setting: &str) -> String {
        chosen(self.book, self.settings, setting)
    }

    fn rounding(&self) -> Option<&'a PointRounding> {
        let word = self.chosen(&self.frame.rounding_setting);
        self.book.points.roundings.iter().find(|rounding| rounding.id == word)
    }

    /// Points of one line: rounded only when the pinned rounding rounds each line.
    fn line(&self, exact: Rational) -> Amount {
        let step = self.rounding().filter(|rounding| rounding.each).and_then(|rounding| rounding.step);
        Amount { exact, rounded: round(exact, step) }
    }

    /// A sum of lines: rounded when the pinned rounding rounds the sum.
    fn sum(&self, amount: Amount) -> Amount {
        let step = self.rounding().filter(|rounding| !rounding.each).and_then(|rounding| rounding.step);
        match step {
            Some(_) => Amount { exact: amount.exact, rounded: round(amount.exact, step) },
            None => amount,
        }
    }

    fn find(&mut self, fault: Fault<'_>, citation: &Citation) {
        self.findings.push(fault.finding(Some(citation.clone())));
    }

    fn report(&mut self, fault: Fault<'_>) {
        self.findings.push(fault.finding(Some(self.frame.citation.clone())));
    }
}

fn chosen(book: &Book, settings: &Settings, name: &str) -> String {
    let value = settings.get(name).or_else(|| book.setting(name).map(|setting| &setting.default));
    match value {
        Some(Value::Choice(word)) => word.clone(),
        _ => String::new(),
    }
}

/// Half-up to a multiple of the step; as it is without one or when too large.
fn round(exact: Rational, step: Option<Rational>) -> Rational {
    let stepped = |step: Rational| {
        let steps = exact.checked_div(step)?.round_half_up();
        Rational::new(steps, 1)?.checked_mul(step)
    };
    step.and_then(stepped).unwrap_or(exact)
}

/// A percentage as a share of one.
fn of_hundred(percent: Rational) -> Option<Rational> {
    percent.checked_div(crate::book::WHOLE)
}

/// Whether a percentage lies between nought and the whole.
fn is_percent(value: Rational) -> bool {
    value >= Rational::ZERO && value <= crate::book::WHOLE
}
