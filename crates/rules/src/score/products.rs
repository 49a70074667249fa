//! Points of products: components make a percentage, the percentage of its weight makes the points.

use std::collections::BTreeMap;

use super::words::{Fault, Weighed, mean_in_words, times, weighted_in_words};
use super::{Amount, Product, ProductMarks, Reckoning, ScoreLine, is_percent, of_hundred};
use crate::book::points::{ComponentSet, ProductKind, ProductRules};
use crate::book::{WHOLE, sum};
use crate::language::Text;
use crate::rational::Rational;

impl Reckoning<'_> {
    pub(super) fn products(
        &mut self,
        rules: &ProductRules,
        marks: &ProductMarks,
        lines: &mut Vec<ScoreLine>,
    ) -> Option<Amount> {
        self.number_of_products(rules, marks);
        self.weights_of_products(rules, &marks.products);
        self.usual_weights(rules, &marks.products);
        let Some(set) = self.book.points.component_set(&marks.component_set) else {
            self.report(Fault::NoSuchSet(&marks.component_set));
            return None;
        };
        let weights = self.component_weights(set, &marks.component_weights);
        let is_mean = self.chosen(&rules.components_setting) == "mean";
        let mut total = Amount { exact: Rational::ZERO, rounded: Rational::ZERO };
        let mut complete = true;
        for product in &marks.products {
            let Some(line) = self.product(product, &weights, is_mean) else {
                complete = false;
                continue;
            };
            total = Amount {
                exact: total.exact.checked_add(line.amount.exact)?,
                rounded: total.rounded.checked_add(line.amount.rounded)?,
            };
            lines.push(line);
        }
        complete.then_some(total)
    }

    fn number_of_products(&mut self, rules: &ProductRules, marks: &ProductMarks) {
        let count = u64::try_from(marks.products.len()).unwrap_or(u64::MAX);
        let composite = marks.products.iter().filter(|product| product.is_composite).count();
        let composite = u64::try_from(composite).unwrap_or(u64::MAX);
        if count < rules.fewest && composite == 0 {
            self.find(Fault::TooFewProducts { count, fewest: rules.fewest }, &rules.citation);
        }
        if let Some(most) = rules.most_composite.filter(|most| composite > *most) {
            self.find(Fault::ManyComposite { count: composite, most }, &rules.citation);
        }
        if count > rules.most && !marks.more_approved {
            self.find(Fault::TooManyProducts { count, most: rules.most }, &rules.citation);
        }
    }

    fn weights_of_products(&mut self, rules: &ProductRules, products: &[Product]) {
        for product in products.iter().filter(|product| product.weight <= Rational::ZERO) {
            self.find(Fault::NoWeight(&product.name), &rules.citation);
        }
        let weights: Vec<Rational> = products.iter().map(|product| product.weight).collect();
        match sum(weights.iter().copied()) {
            Some(total) if total == self.frame.results => {}
            Some(total) => {
                let fault = Fault::WeightsOff { weights: &weights, total, wanted: self.frame.results };
                self.find(fault, &rules.citation);
            }
            None => self.report(Fault::TooLarge),
        }
    }

    /// Bounds whose breach is worth a warning.
    fn usual_weights(&mut self, rules: &ProductRules, products: &[Product]) {
        for product in products {
            let Some(name) = &product.kind else { continue };
            let Some(kind) = rules.kinds.iter().find(|kind| kind.id == *name) else {
                self.find(Fault::NoSuchLine(name), &rules.citation);
                continue;
            };
            if let Some((from, to)) = kind.each.filter(|(from, to)| product.weight < *from || product.weight > *to) {
                let kind = &kind.title;
                let fault = Fault::UnusualWeight { name: &product.name, kind, weight: product.weight, from, to };
                self.find(fault, &rules.citation);
            }
        }
        for kind in &rules.kinds {
            self.usual_sum(rules, kind, products);
        }
    }

    fn usual_sum(&mut self, rules: &ProductRules, kind: &ProductKind, products: &[Product]) {
        let mut of_kind = products.iter().filter(|product| product.kind.as_ref() == Some(&kind.id)).peekable();
        if of_kind.peek().is_none() {
            return;
        }
        let (Some((from, to)), Some(total)) = (kind.all, sum(of_kind.map(|product| product.weight))) else { return };
        if total < from || total > to {
            self.find(Fault::UnusualSum { kind: &kind.title, total, from, to }, &rules.citation);
        }
    }

    /// Weights of the set, moved where the sheet moves them.
    fn component_weights(&mut self, set: &ComponentSet, moved: &BTreeMap<String, Rational>) -> Vec<Weighed> {
        for name in moved.keys().filter(|name| !set.components.iter().any(|one| one.id == **name)) {
            self.find(Fault::NoSuchLine(name), &set.citation);
        }
        let weights: Vec<Weighed> = set
            .components
            .iter()
            .map(|one| Weighed {
                id: one.id.clone(),
                title: one.title.clone(),
                weight: moved.get(&one.id).copied().unwrap_or(one.weight),
            })
            .collect();
        for (one, weight) in set.components.iter().zip(&weights) {
            let by = weight.weight.checked_sub(one.weight).unwrap_or(WHOLE);
            let by = if by < Rational::ZERO { by.checked_neg().unwrap_or(WHOLE) } else { by };
            let most = set.adjust_by.unwrap_or(Rational::ZERO);
            if by > most {
                let fault = Fault::MovedTooFar { name: &one.title, from: one.weight, to: weight.weight, by, most };
                self.find(fault, &set.citation);
            }
        }
        let listed: Vec<Rational> = weights.iter().map(|weight| weight.weight).collect();
        if let Some(total) = sum(listed.iter().copied()).filter(|total| *total != WHOLE) {
            self.find(Fault::ComponentsOff { weights: &listed, total }, &set.citation);
        }
        weights
    }

    fn product(&mut self, product: &Product, weights: &[Weighed], is_mean: bool) -> Option<ScoreLine> {
        for name in product.components.keys().filter(|name| !weights.iter().any(|one| one.id == **name)) {
            self.report(Fault::NoSuchLine(name));
        }
        let mut percents = Vec::new();
        for weight in weights {
            let title = Text::build(|language| format!("{}, {}", product.name, weight.title.get(language)));
            match product.components.get(&weight.id) {
                None => self.report(Fault::Missing(&title)),
                Some(percent) if !is_percent(*percent) => {
                    self.report(Fault::NotAPercent { name: &title, stated: *percent });
                }
                Some(percent) => percents.push(*percent),
            }
        }
        if percents.len() != weights.len() {
            return None;
        }
        let percent = if is_mean { mean_of(&percents)? } else { weighted(weights, &percents)? };
        let amount = self.line(product.weight.checked_mul(of_hundred(percent)?)?);
        let arithmetic = Text::build(|language| {
            let reckoned = if is_mean {
                mean_in_words(&percents, percent, language)
            } else {
                weighted_in_words(weights, &percents, percent, language)
            };
            format!("{reckoned}; {}", times(product.weight, percent, amount, language))
        });
        Some(ScoreLine { title: Text::same(&product.name), amount, arithmetic })
    }
}

pub(super) fn mean_of(values: &[Rational]) -> Option<Rational> {
    sum(values.iter().copied())?.checked_div(Rational::count(u64::try_from(values.len()).ok()?))
}

fn weighted(weights: &[Weighed], percents: &[Rational]) -> Option<Rational> {
    let parts = weights.iter().zip(percents).map(|(weight, percent)| of_hundred(weight.weight)?.checked_mul(*percent));
    sum(parts.collect::<Option<Vec<_>>>()?)
}
