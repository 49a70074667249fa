//! What is said about points: numbers, arithmetic, and what is wrong with a sheet.

use super::{Amount, Gravity, PointFinding};
use crate::language::{Language, Text};
use crate::rational::Rational;
use crate::verdict::Citation;

/// Trọng số đang áp dụng: a component with the weight it has on this sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weighed {
    /// Id of the component.
    pub id: String,
    /// What it measures.
    pub title: Text,
    /// Weight in percent.
    pub weight: Rational,
}

/// Most decimals of an exact number that are printed; a longer one is marked as cut.
const DECIMALS: u32 = 4;

/// A number with no more decimals than it needs: `97,5`, `4,575`, `≈ 66,6667`.
pub(crate) fn plain(value: Rational, language: Language) -> String {
    let scaled = |decimals: u32| Some((decimals, 10_i128.checked_pow(decimals)?));
    let fits = (0..=DECIMALS).filter_map(scaled).find(|(_, scale)| {
        Rational::new(*scale, 1).and_then(|scale| value.checked_mul(scale)).is_some_and(Rational::is_whole)
    });
    match fits {
        Some((decimals, _)) => language.decimal(value, decimals),
        None => format!("≈ {}", language.decimal(value, DECIMALS)),
    }
}

fn joined(values: &[Rational], sign: &str, language: Language) -> String {
    values.iter().map(|value| plain(*value, language)).collect::<Vec<_>>().join(sign)
}

/// `2 + 2 + 1,5 = 5,5`, or the value alone when there is one.
pub(super) fn equation(parts: &[Rational], sum: Rational, language: Language) -> String {
    match parts {
        [] | [_] => plain(sum, language),
        parts => equals(&joined(parts, " + ", language), &plain(sum, language)),
    }
}

/// `a = 1`, or `a ≈ 0,3333`.
fn equals(left: &str, right: &str) -> String {
    match right.strip_prefix("≈ ") {
        Some(right) => format!("{left} ≈ {right}"),
        None => format!("{left} = {right}"),
    }
}

/// `(80 + 90)/2 = 85`.
pub(super) fn equation_of_mean(parts: &[Rational], mean: Rational, language: Language) -> String {
    equals(&format!("({})/{}", joined(parts, " + ", language), parts.len()), &plain(mean, language))
}

/// `(100 + 95)/2 = 97,5 %`.
pub(super) fn mean_in_words(percents: &[Rational], mean: Rational, language: Language) -> String {
    format!("{} %", equation_of_mean(percents, mean, language))
}

/// `15 % × 100 + 50 % × 95 = 97,5 %`.
pub(super) fn weighted_in_words(
    weights: &[Weighed],
    percents: &[Rational],
    percent: Rational,
    language: Language,
) -> String {
    let part = |(weight, percent): (&Weighed, &Rational)| {
        format!("{} % × {}", plain(weight.weight, language), plain(*percent, language))
    };
    let parts: Vec<String> = weights.iter().zip(percents).map(part).collect();
    format!("{} %", equals(&parts.join(" + "), &plain(percent, language)))
}

/// `30 × 97,5 % = 29,25 → 29,3`.
pub(super) fn times(points: Rational, percent: Rational, amount: Amount, language: Language) -> String {
    let left = format!("{} × {} %", plain(points, language), plain(percent, language).replace("≈ ", ""));
    rounded(&equals(&left, &plain(amount.exact, language)), amount, language)
}

/// The words and the rounded value after an arrow, when it differs.
pub(super) fn rounded(words: &str, amount: Amount, language: Language) -> String {
    if amount.exact == amount.rounded {
        words.to_owned()
    } else {
        format!("{words} → {}", plain(amount.rounded, language))
    }
}

/// `45/50`.
pub(super) fn deducted(amount: Amount, most: Rational, language: Language) -> String {
    rounded(&format!("{}/{}", plain(amount.exact, language), plain(most, language)), amount, language)
}

/// Lỗi trên phiếu chấm điểm: what is wrong, or worth a look, with its figures.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault<'a> {
    /// Weights of products do not add up to the points of the results.
    WeightsOff {
        /// Weights as stated.
        weights: &'a [Rational],
        /// Their sum.
        total: Rational,
        /// What it must be.
        wanted: Rational,
    },
    /// Too few products and none gathers continuous work.
    TooFewProducts {
        /// How many.
        count: u64,
        /// Fewest.
        fewest: u64,
    },
    /// Too many products without approval.
    TooManyProducts {
        /// How many.
        count: u64,
        /// Most.
        most: u64,
    },
    /// More products that gather continuous work than usual.
    ManyComposite {
        /// How many.
        count: u64,
        /// Usually at most.
        most: u64,
    },
    /// No set of components of that id.
    NoSuchSet(&'a str),
    /// Weights of components do not add up to the whole.
    ComponentsOff {
        /// Weights as stated.
        weights: &'a [Rational],
        /// Their sum.
        total: Rational,
    },
    /// A component's weight was moved further than allowed.
    MovedTooFar {
        /// The component.
        name: &'a Text,
        /// Weight in the set.
        from: Rational,
        /// Weight on the sheet.
        to: Rational,
        /// Difference.
        by: Rational,
        /// Most it may be.
        most: Rational,
    },
    /// A name on the sheet that the frame does not have.
    NoSuchLine(&'a str),
    /// A mark that the frame asks for is absent.
    Missing(&'a Text),
    /// Not a percentage from nought to the whole.
    NotAPercent {
        /// What it is about.
        name: &'a Text,
        /// As stated.
        stated: Rational,
    },
    /// A product without weight.
    NoWeight(&'a str),
    /// The weight of a product lies outside what is usual for its kind.
    UnusualWeight {
        /// The product.
        name: &'a str,
        /// Its kind.
        kind: &'a Text,
        /// Its weight.
        weight: Rational,
        /// Usually from.
        from: Rational,
        /// Usually to.
        to: Rational,
    },
    /// The weights of a kind together lie outside what is usual.
    UnusualSum {
        /// The kind.
        kind: &'a Text,
        /// Their sum.
        total: Rational,
        /// Usually from.
        from: Rational,
        /// Usually to.
        to: Rational,
    },
    /// A percentage that is none of those that may be stated.
    NotAllowed {
        /// What it is about.
        name: &'a Text,
        /// As stated.
        stated: Rational,
        /// What may be stated.
        allowed: &'a [Rational],
    },
    /// Faults that cannot be counted: no tasks, more tasks at fault than tasks, or none are counted here.
    FaultsOff {
        /// What it is about.
        name: &'a Text,
        /// Tasks.
        tasks: u64,
        /// Tasks at fault.
        at_fault: u64,
    },
    /// Points were lifted above their limit and stay at it.
    Capped {
        /// As reckoned.
        reckoned: Rational,
        /// The limit.
        limit: Rational,
    },
    /// No frame or mean of that id.
    NoSuchFrame(&'a str),
    /// The sheet gives results in another way than the frame reckons them.
    OtherMethod,
    /// Numbers too large to reckon with.
    TooLarge,
    /// Added points below nought.
    NegativeBonus(Rational),
    /// Points below nought or above the most.
    OutOfRange {
        /// What they are for.
        name: &'a Text,
        /// As stated.
        stated: Rational,
        /// Most.
        most: Rational,
    },
    /// A part of a criterion's points where only whole or nothing is allowed.
    NotWhole {
        /// The criterion.
        name: &'a Text,
        /// As stated.
        stated: Rational,
        /// All of it.
        most: Rational,
    },
    /// A cut without written grounds.
    CutWithoutGrounds {
        /// The criterion.
        name: &'a Text,
        /// What was cut.
        cut: Rational,
        /// Grounds are needed from.
        from: Rational,
    },
    /// Marks per criterion where the book knows only the sum of the general criteria.
    OnlySum,
    /// Another number of months than the mean is of.
    MonthsOff {
        /// How many.
        stated: u64,
        /// How many it must be.
        wanted: u64,
    },
    /// A month without score.
    MonthMissing(u64),
    /// A month's score below nought or above the most.
    MonthOutOfRange {
        /// Its place, from one.
        month: u64,
        /// As stated.
        stated: Rational,
        /// Most.
        most: Rational,
    },
    /// Every month was on leave.
    AllOnLeave,
}

impl Fault<'_> {
    /// Code, never reused.
    fn code(&self) -> &'static str {
        match self {
            Self::WeightsOff { .. } => "POINT-001",
            Self::TooFewProducts { .. } => "POINT-002",
            Self::TooManyProducts { .. } => "POINT-003",
            Self::NoSuchSet(_) => "POINT-004",
            Self::ComponentsOff { .. } => "POINT-005",
            Self::MovedTooFar { .. } => "POINT-006",
            Self::NoSuchLine(_) => "POINT-007",
            Self::Missing(_) => "POINT-008",
            Self::NotAPercent { .. } => "POINT-009",
            Self::NoWeight(_) => "POINT-010",
            Self::UnusualWeight { .. } => "POINT-011",
            Self::UnusualSum { .. } => "POINT-012",
            Self::NotAllowed { .. } => "POINT-013",
            Self::FaultsOff { .. } => "POINT-014",
            Self::Capped { .. } => "POINT-015",
            Self::NoSuchFrame(_) => "POINT-016",
            Self::OtherMethod => "POINT-017",
            Self::TooLarge => "POINT-018",
            Self::NegativeBonus(_) => "POINT-019",
            Self::ManyComposite { .. } => "POINT-020",
            Self::OutOfRange { .. } => "POINT-021",
            Self::NotWhole { .. } => "POINT-022",
            Self::CutWithoutGrounds { .. } => "POINT-023",
            Self::OnlySum => "POINT-024",
            Self::MonthsOff { .. } => "POINT-031",
            Self::MonthMissing(_) => "POINT-032",
            Self::MonthOutOfRange { .. } => "POINT-033",
            Self::AllOnLeave => "POINT-034",
        }
    }

    fn gravity(&self) -> Gravity {
        match self {
            Self::Capped { .. } => Gravity::Note,
            Self::ManyComposite { .. } | Self::UnusualWeight { .. } | Self::UnusualSum { .. } => Gravity::Warning,
            _ => Gravity::Refused,
        }
    }

    pub(super) fn finding(self, citation: Option<Citation>) -> PointFinding {
        PointFinding {
            code: self.code(),
            gravity: self.gravity(),
            message: Text::build(|language| self.message(language)),
            mend: Text::build(|language| self.mend(language)),
            citation,
        }
    }
}
