//! Means over months, months on leave left out where the book says so.

use super::words::{Fault, equation_of_mean, rounded};
use super::{Amount, PointFinding, round};
use crate::book::{Book, Mean, sum};
use crate::language::Text;
use crate::rational::Rational;

/// Điểm một tháng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Month {
    /// Total points of the month.
    Score(Rational),
    /// The whole month on recognised leave.
    OnLeave,
    /// Not yet known.
    Missing,
}

/// Bình quân: exact and as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeanAnswer {
    /// The mean; none when something is refused.
    pub amount: Option<Amount>,
    /// `(80 + 90)/2 = 85`.
    pub arithmetic: Text,
    /// What was found.
    pub findings: Vec<PointFinding>,
}

impl Book {
    /// The mean of monthly scores, e.g. of a quarter.
    pub fn mean(&self, id: &str, months: &[Month]) -> MeanAnswer {
        let Some(mean) = self.points.mean(id) else {
            return MeanAnswer { findings: vec![Fault::NoSuchFrame(id).finding(None)], ..MeanAnswer::default() };
        };
        let findings: Vec<PointFinding> =
            faults(mean, months).into_iter().map(|fault| fault.finding(Some(mean.citation.clone()))).collect();
        if !findings.is_empty() {
            return MeanAnswer { findings, ..MeanAnswer::default() };
        }
        let scores: Vec<Rational> = months.iter().filter_map(score).collect();
        let divisor = Rational::count(u64::try_from(scores.len()).unwrap_or(u64::MAX));
        let Some(exact) = sum(scores.iter().copied()).and_then(|sum| sum.checked_div(divisor)) else {
            let too_large = Fault::TooLarge.finding(Some(mean.citation.clone()));
            return MeanAnswer { findings: vec![too_large], ..MeanAnswer::default() };
        };
        let amount = Amount { exact, rounded: round(exact, Some(mean.printed_step)) };
        let arithmetic = Text::build(|language| rounded(&equation_of_mean(&scores, exact, language), amount, language));
        MeanAnswer { amount: Some(amount), arithmetic, findings }
    }
}

fn score(month: &Month) -> Option<Rational> {
    match month {
        Month::Score(score) => Some(*score),
        Month::OnLeave | Month::Missing => None,
    }
}

fn faults<'a>(mean: &'a Mean, months: &[Month]) -> Vec<Fault<'a>> {
    let mut faults = Vec::new();
    let stated = u64::try_from(months.len()).unwrap_or(u64::MAX);
    if stated != mean.months {
        faults.push(Fault::MonthsOff { stated, wanted: mean.months });
    }
    for (place, month) in (1_u64..).zip(months) {
        match month {
            Month::Missing => faults.push(Fault::MonthMissing(place)),
            Month::OnLeave if !mean.leave_left_out => faults.push(Fault::MonthMissing(place)),
            Month::Score(score) if *score < Rational::ZERO || *score > mean.total => {
                faults.push(Fault::MonthOutOfRange { month: place, stated: *score, most: mean.total });
            }
            Month::Score(_) | Month::OnLeave => {}
        }
    }
    if faults.is_empty() && months.iter().all(|month| *month == Month::OnLeave) {
        faults.push(Fault::AllOnLeave);
    }
    faults
}
