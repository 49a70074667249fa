//! Points of results given as percentages, or as parts with points of their own.

use std::collections::BTreeMap;

use super::products::mean_of;
use super::words::{Fault, deducted, mean_in_words, times};
use super::{Amount, Reckoning, ScoreLine, ShareMark, is_percent, of_hundred};
use crate::book::points::{ResultPart, Share, ShareRules};
use crate::book::{WHOLE, sum};
use crate::language::Text;
use crate::rational::Rational;

impl Reckoning<'_> {
    pub(super) fn shares(
        &mut self,
        rules: &ShareRules,
        marks: &BTreeMap<String, ShareMark>,
        lines: &mut Vec<ScoreLine>,
    ) -> Option<Amount> {
        for name in marks.keys().filter(|name| !rules.shares.iter().any(|share| share.id == **name)) {
            self.report(Fault::NoSuchLine(name));
        }
        let mut percents = Vec::new();
        for share in &rules.shares {
            match marks.get(&share.id) {
                None => self.report(Fault::Missing(&share.title)),
                Some(mark) => percents.extend(self.share(rules, share, mark)),
            }
        }
        if percents.len() != rules.shares.len() {
            return None;
        }
        let percent = mean_of(&percents)?;
        let amount = self.line(self.frame.results.checked_mul(of_hundred(percent)?)?);
        let results = self.frame.results;
        lines.push(ScoreLine {
            title: self.frame.title.clone(),
            amount,
            arithmetic: Text::build(|language| {
                let mean = mean_in_words(&percents, percent, language);
                format!("{mean}; {}", times(results, percent, self.sum(amount), language))
            }),
        });
        Some(amount)
    }

    fn share(&mut self, rules: &ShareRules, share: &Share, mark: &ShareMark) -> Option<Rational> {
        let percent = match mark {
            ShareMark::Percent(percent) => *percent,
            ShareMark::Faults { tasks, faults } => self.after_faults(rules, share, *tasks, faults)?,
        };
        if !is_percent(percent) {
            self.report(Fault::NotAPercent { name: &share.title, stated: percent });
            return None;
        }
        if !share.allowed.is_empty() && !share.allowed.contains(&percent) {
            self.report(Fault::NotAllowed { name: &share.title, stated: percent, allowed: &share.allowed });
            return None;
        }
        Some(percent)
    }

    /// What is left of a percentage after faults: of the task at fault, or of the whole.
    fn after_faults(&mut self, rules: &ShareRules, share: &Share, tasks: u64, faults: &[u64]) -> Option<Rational> {
        let at_fault = u64::try_from(faults.len()).ok()?;
        let Some(per_fault) = share.per_fault.filter(|_| tasks > 0 && at_fault <= tasks) else {
            self.report(Fault::FaultsOff { name: &share.title, tasks, at_fault });
            return None;
        };
        let lost = |count: u64| Some(per_fault.checked_mul(Rational::count(count))?.min(WHOLE));
        let per_task = rules.fault_setting.as_ref().is_none_or(|setting| self.chosen(setting) != "whole");
        if per_task {
            let lost = sum(faults.iter().map(|count| lost(*count)).collect::<Option<Vec<_>>>()?)?;
            let all = WHOLE.checked_mul(Rational::count(tasks))?;
            all.checked_sub(lost)?.checked_div(Rational::count(tasks))
        } else {
            let faults = faults.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
            WHOLE.checked_sub(lost(faults)?)
        }
    }

    pub(super) fn parts(
        &mut self,
        parts: &[ResultPart],
        marks: &BTreeMap<String, Rational>,
        lines: &mut Vec<ScoreLine>,
    ) -> Option<Amount> {
        for name in marks.keys().filter(|name| !parts.iter().any(|part| part.id == **name)) {
            self.report(Fault::NoSuchLine(name));
        }
        let mut total = Amount { exact: Rational::ZERO, rounded: Rational::ZERO };
        for part in parts {
            let Some(points) = marks.get(&part.id).copied() else {
                self.report(Fault::Missing(&part.title));
                continue;
            };
            if points < Rational::ZERO || points > part.points {
                self.report(Fault::OutOfRange { name: &part.title, stated: points, most: part.points });
                continue;
            }
            let amount = self.line(points);
            total = Amount {
                exact: total.exact.checked_add(amount.exact)?,
                rounded: total.rounded.checked_add(amount.rounded)?,
            };
            lines.push(ScoreLine {
                title: part.title.clone(),
                amount,
                arithmetic: Text::build(|language| deducted(amount, part.points, language)),
            });
        }
        Some(total)
    }
}
