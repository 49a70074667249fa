//! Points of the general criteria.

use std::collections::BTreeMap;

use super::words::{Fault, deducted, equation};
use super::{Amount, GeneralMarks, Mark, Reckoning, ScoreLine};
use crate::book::points::{PointCriterion, PointGroup};
use crate::language::Text;
use crate::rational::Rational;

impl Reckoning<'_> {
    pub(super) fn general(&mut self, marks: &GeneralMarks, lines: &mut Vec<ScoreLine>) -> Option<Amount> {
        match marks {
            GeneralMarks::Sum(points) => self.general_sum(*points, lines),
            GeneralMarks::PerCriterion(marks) => self.per_criterion(marks, lines),
        }
    }

    fn general_sum(&mut self, points: Rational, lines: &mut Vec<ScoreLine>) -> Option<Amount> {
        let name = Text { vi: "Điểm tiêu chí chung".to_owned(), en: "General criteria".to_owned() };
        if points < Rational::ZERO || points > self.frame.general {
            self.report(Fault::OutOfRange { name: &name, stated: points, most: self.frame.general });
            return None;
        }
        let (amount, most) = (Amount { exact: points, rounded: points }, self.frame.general);
        let arithmetic = Text::build(|language| deducted(amount, most, language));
        lines.push(ScoreLine { title: name, amount, arithmetic });
        Some(amount)
    }

    fn per_criterion(&mut self, marks: &BTreeMap<String, Mark>, lines: &mut Vec<ScoreLine>) -> Option<Amount> {
        let frame = self.frame;
        if frame.groups.is_empty() || frame.groups.iter().any(|group| group.criteria.is_empty()) {
            self.report(Fault::OnlySum);
            return None;
        }
        let known: Vec<&str> =
            frame.groups.iter().flat_map(|group| group.criteria.iter().map(|one| one.id.as_str())).collect();
        for name in marks.keys().filter(|name| !known.contains(&name.as_str())) {
            self.report(Fault::NoSuchLine(name));
        }
        let mut sum = Rational::ZERO;
        for group in &frame.groups {
            sum = sum.checked_add(self.group(group, marks, lines)?)?;
        }
        Some(Amount { exact: sum, rounded: sum })
    }

    fn group(
        &mut self,
        group: &PointGroup,
        marks: &BTreeMap<String, Mark>,
        lines: &mut Vec<ScoreLine>,
    ) -> Option<Rational> {
        let kept: Vec<Rational> =
            group.criteria.iter().map(|criterion| self.criterion(criterion, marks.get(&criterion.id))).collect();
        let sum = kept.iter().try_fold(Rational::ZERO, |sum, points| sum.checked_add(*points))?;
        lines.push(ScoreLine {
            title: group.title.clone(),
            amount: Amount { exact: sum, rounded: sum },
            arithmetic: Text::build(|language| equation(&kept, sum, language)),
        });
        Some(sum)
    }

    fn criterion(&mut self, criterion: &PointCriterion, mark: Option<&Mark>) -> Rational {
        let name = criterion.title.clone();
        let Some(mark) = mark else {
            self.report(Fault::Missing(&name));
            return Rational::ZERO;
        };
        if mark.points < Rational::ZERO || mark.points > criterion.points {
            self.report(Fault::OutOfRange { name: &name, stated: mark.points, most: criterion.points });
            return Rational::ZERO;
        }
        let is_whole = mark.points == Rational::ZERO || mark.points == criterion.points;
        let graded = self.frame.deduction_setting.as_ref().is_some_and(|setting| self.chosen(setting) == "graded");
        if !graded && !is_whole {
            self.report(Fault::NotWhole { name: &name, stated: mark.points, most: criterion.points });
        }
        let cut = criterion.points.checked_sub(mark.points).unwrap_or(Rational::ZERO);
        if let Some(from) = self.frame.grounds_from.filter(|from| cut >= *from && !mark.has_grounds) {
            self.report(Fault::CutWithoutGrounds { name: &name, cut, from });
        }
        mark.points
    }
}
