//! From a sheet to its points.

use super::words::{Fault, equation, rounded};
use super::{Amount, Feed, Product, Reckoning, ResultMarks, Score, ScoreLine, ScoreSheet, Totals};
use crate::book::{Book, ResultsMethod};
use crate::language::Text;
use crate::rational::Rational;
use crate::value::{Facts, Settings, Value};

impl Book {
    /// Reckons the points of a sheet under the pinned settings.
    pub fn score(&self, sheet: &ScoreSheet, settings: &Settings) -> Score {
        let Some(frame) = self.points.frame(&sheet.frame) else {
            let finding = Fault::NoSuchFrame(&sheet.frame).finding(None);
            return Score { findings: vec![finding], ..Score::default() };
        };
        let mut reckoning = Reckoning { book: self, frame, settings, findings: Vec::new() };
        let mut lines = Vec::new();
        let general = reckoning.general(&sheet.general, &mut lines);
        let results = reckoning.results(sheet, &mut lines);
        let totals = general.zip(results).and_then(|(general, results)| reckoning.totals(general, results));
        let mut score = Score { lines, totals, findings: reckoning.findings, ..Score::default() };
        if !score.stands() {
            score.totals = None;
        }
        if let Some(totals) = score.totals {
            score.arithmetic = total_in_words(totals);
            score.facts = self.fed(sheet, totals, settings);
        } else if score.stands() {
            score.findings.push(Fault::TooLarge.finding(Some(frame.citation.clone())));
        }
        score
    }

    /// Facts that the score states about its kind of subject.
    fn fed(&self, sheet: &ScoreSheet, totals: Totals, settings: &Settings) -> Facts {
        let products: &[Product] = match &sheet.results {
            ResultMarks::Products(marks) => &marks.products,
            _ => &[],
        };
        let exact = self.points.cut_setting.as_ref().is_none_or(|name| {
            let word = super::chosen(self, settings, name);
            word.is_empty() || word == "unrounded"
        });
        let total = if exact { totals.total.exact } else { totals.total.rounded };
        let subject = self.points.frame(&sheet.frame).map(|frame| frame.subject.clone()).unwrap_or_default();
        let mut facts = Facts::new();
        for (feed, name) in &self.points.feeds {
            let concerns =
                self.fact(name).is_some_and(|fact| fact.subjects.is_empty() || fact.subjects.contains(&subject));
            let value = match feed {
                Feed::Score => Some(Value::Fraction(total)),
                feed => told(*feed, products).map(Value::Integer),
            };
            facts.extend(value.filter(|_| concerns).map(|value| (name.clone(), value)));
        }
        facts
    }
}

/// A number of products, when each of them says.
fn told(feed: Feed, products: &[Product]) -> Option<i64> {
    if products.is_empty() {
        return None;
    }
    let count = |says: fn(&Product) -> Option<bool>| {
        let said = products.iter().map(says).collect::<Option<Vec<bool>>>()?;
        i64::try_from(said.into_iter().filter(|yes| *yes).count()).ok()
    };
    match feed {
        Feed::Score => None,
        Feed::Products => i64::try_from(products.len()).ok(),
        Feed::ProductsDone => count(|product| product.is_done),
        Feed::ProductsOnTime => count(|product| product.is_on_time),
        Feed::ProductsAboveStandard => count(|product| product.is_above_standard),
        Feed::WorstKeyQuality => {
            let key = products.iter().filter(|product| product.is_key).map(|product| product.quality);
            key.collect::<Option<Vec<i64>>>()?.into_iter().max()
        }
    }
}

fn total_in_words(totals: Totals) -> Text {
    Text::build(|language| {
        let sum = [totals.general.rounded, totals.results.rounded];
        let parts = [totals.general.exact, totals.results.exact];
        let exact = equation(&parts, totals.total.exact, language);
        if totals.total.exact == totals.total.rounded {
            return exact;
        }
        // Where each line is rounded, the printed total is the sum of what is printed above it.
        let by_lines = sum.into_iter().try_fold(Rational::ZERO, Rational::checked_add) == Some(totals.total.rounded);
        if by_lines && sum != parts {
            return format!("{exact}; {}", equation(&sum, totals.total.rounded, language));
        }
        rounded(&exact, totals.total, language)
    })
}

impl Reckoning<'_> {
    fn results(&mut self, sheet: &ScoreSheet, lines: &mut Vec<ScoreLine>) -> Option<Amount> {
        let frame = self.frame;
        let reckoned = match (&frame.method, &sheet.results) {
            (ResultsMethod::Products(rules), ResultMarks::Products(marks)) => self.products(rules, marks, lines),
            (ResultsMethod::Shares(rules), ResultMarks::Shares(marks)) => self.shares(rules, marks, lines),
            (ResultsMethod::Parts(parts), ResultMarks::Parts(marks)) => self.parts(parts, marks, lines),
            _ => {
                self.report(Fault::OtherMethod);
                None
            }
        }?;
        if sheet.bonus < Rational::ZERO {
            self.report(Fault::NegativeBonus(sheet.bonus));
        }
        let with_bonus = Amount {
            exact: reckoned.exact.checked_add(sheet.bonus)?,
            rounded: reckoned.rounded.checked_add(sheet.bonus)?,
        };
        let amount = self.sum(with_bonus);
        Some(self.capped(amount, frame.results))
    }

    fn totals(&mut self, general: Amount, results: Amount) -> Option<Totals> {
        let total = Amount {
            exact: general.exact.checked_add(results.exact)?,
            rounded: general.rounded.checked_add(results.rounded)?,
        };
        let total = self.sum(total);
        let total = self.capped(total, self.frame.total);
        Some(Totals { general, results, total })
    }

    /// Nothing lifts points above their limit.
    fn capped(&mut self, amount: Amount, limit: Rational) -> Amount {
        if amount.exact > limit || amount.rounded > limit {
            self.report(Fault::Capped { reckoned: amount.exact.max(amount.rounded), limit });
        }
        Amount { exact: amount.exact.min(limit), rounded: amount.rounded.min(limit) }
    }
}
