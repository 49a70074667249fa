//! Tells, in words and figures, which comparisons decided.

use super::{Comparison, Expression, Frame, Operation, Scalar, Scope, Type};
use crate::language::{Language, Text};
use crate::rational::Rational;
use crate::truth::Truth;
use crate::value::Kind;

/// Nhãn: the names of a book, for explaining.
pub type Labels<'a> = Scope<'a>;

impl Expression {
    /// The comparisons that made this condition come out as it did: `12/15 = 80,00 % ≥ 80 %`.
    pub fn figures(&self, frame: &Frame<'_>, labels: &Labels<'_>) -> Vec<Text> {
        let mut figures = Vec::new();
        self.collect(frame, labels, self.truth(frame), &mut figures);
        figures
    }

    fn collect(&self, frame: &Frame<'_>, labels: &Labels<'_>, wanted: Truth, figures: &mut Vec<Text>) {
        if wanted == Truth::Unknown || self.truth(frame) != wanted {
            return;
        }
        match self {
            Self::Not(inner) => inner.collect(frame, labels, !wanted, figures),
            Self::And(left, right) | Self::Or(left, right) => {
                left.collect(frame, labels, wanted, figures);
                right.collect(frame, labels, wanted, figures);
            }
            Self::Compare(comparison, left, right) => {
                let comparison = if wanted == Truth::True { *comparison } else { comparison.contrary() };
                if !left.is_settled() || !right.is_settled() {
                    push_once(
                        figures,
                        Text::build(|language| relation(comparison, left, right, &Told { frame, labels, language })),
                    );
                }
            }
            Self::Among(item, _) if !item.is_settled() => {
                push_once(figures, Text::build(|language| item.tell_labelled(&Told { frame, labels, language })));
            }
            _ => {}
        }
    }

    /// Made of written values and settings only.
    fn is_settled(&self) -> bool {
        let mut slots = std::collections::BTreeSet::new();
        self.facts(&mut slots);
        slots.is_empty()
    }

    /// The value in words: `12/15 = 80,00 %`, `Tốt`, `31/12/2022`.
    pub fn tell(&self, frame: &Frame<'_>, labels: &Labels<'_>, language: Language) -> String {
        self.tell_value(&Told { frame, labels, language }, false)
    }

    fn tell_labelled(&self, told: &Told<'_>) -> String {
        let value = self.tell_value(told, false);
        match self {
            Self::Fact(slot) => match told.labels.facts.get(*slot) {
                Some(fact) => format!("{}: {value}", fact.label.get(told.language)),
                None => value,
            },
            _ => value,
        }
    }

    fn tell_value(&self, told: &Told<'_>, share: bool) -> String {
        let language = told.language;
        if let Self::Compute(Operation::Divide, above, below) = self
            && let (Some(above), Some(below), Some(value)) =
                (above.number(told.frame), below.number(told.frame), self.number(told.frame))
        {
            return format!("{above}/{below} = {}", language.percent(value));
        }
        match self.value(told.frame) {
            None => match language {
                Language::Vietnamese => "chưa biết".to_owned(),
                Language::English => "not known".to_owned(),
            },
            Some(Scalar::Truth(value)) => yes_or_no(value, language).to_owned(),
            Some(Scalar::Number(number)) => tell_number(number, share, language),
            Some(Scalar::Day(day)) => language.day(day),
            Some(Scalar::Rank(rank)) => self.tell_rank(rank, told),
            Some(Scalar::Choice(place)) => self.tell_choice(usize::from(place), told),
        }
    }

    fn tell_rank(&self, rank: u16, told: &Told<'_>) -> String {
        let grade = match self {
            Self::Literal(_, of) => *of == Type::Grade,
            Self::Fact(slot) => told.labels.facts.get(*slot).is_some_and(|fact| fact.kind == Kind::Grade),
            _ => false,
        };
        let scale = if grade { told.labels.grades } else { told.labels.levels };
        let place = scale.len().checked_sub(usize::from(rank));
        place
            .and_then(|place| scale.get(place))
            .map_or_else(String::new, |step| step.title.get(told.language).to_owned())
    }

    fn tell_choice(&self, place: usize, told: &Told<'_>) -> String {
        let choices = match self {
            Self::Fact(slot) => told.labels.facts.get(*slot).map(|fact| &fact.choices),
            Self::Setting(slot) => told.labels.settings.get(*slot).map(|setting| &setting.choices),
            _ => None,
        };
        let text = choices.and_then(|choices| choices.get(place));
        text.map_or_else(String::new, |text| text.get(told.language).to_owned())
    }
}

struct Told<'a> {
    frame: &'a Frame<'a>,
    labels: &'a Labels<'a>,
    language: Language,
}

fn push_once(figures: &mut Vec<Text>, figure: Text) {
    if !figures.contains(&figure) {
        figures.push(figure);
    }
}

fn relation(comparison: Comparison, left: &Expression, right: &Expression, told: &Told<'_>) -> String {
    let is_division = |side: &Expression| matches!(side, Expression::Compute(Operation::Divide, ..));
    let share = is_division(left) || is_division(right);
    // A choice is told by its own label; the other side would only repeat an id.
    if matches!(right, Expression::Literal(_, Type::Choice(_))) {
        return left.tell_labelled(told);
    }
    format!("{} {} {}", left.tell_labelled(told), comparison.sign(), right.tell_value(told, share))
}

fn tell_number(number: Rational, share: bool, language: Language) -> String {
    if share {
        return language.limit(number);
    }
    match number.denominator() {
        1 => number.to_string(),
        below if 1_000_000 % below == 0 => {
            let text = language.decimal(number, 6);
            text.trim_end_matches('0').to_owned()
        }
        _ => number.to_string(),
    }
}

fn yes_or_no(value: bool, language: Language) -> &'static str {
    match (language, value) {
        (Language::Vietnamese, true) => "có",
        (Language::Vietnamese, false) => "không",
        (Language::English, true) => "yes",
        (Language::English, false) => "no",
    }
}
