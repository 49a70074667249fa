//! Says a condition in words: names give way to their labels, signs to words. Nothing is evaluated.

use super::{Comparison, Expression, Frame, Labels, Operation, Scalar, Type};
use crate::language::Language;
use crate::value::Kind;

/// What is around a part, and so whether it needs brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
    Sum,
    Product,
}

impl Expression {
    /// Điều kiện bằng lời: `“Số việc đã làm” / “Số việc được giao” ≥ 50 %`.
    pub fn words(&self, labels: &Labels<'_>, language: Language) -> String {
        Saying { labels, language }.say(self, Around::Nothing)
    }

    /// The conditions that must all hold, when it is a chain of `&&`; otherwise itself.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = Vec::new();
        let mut rest = self;
        while let Self::And(left, right) = rest {
            all.push(right.as_ref());
            rest = left;
        }
        all.push(rest);
        all.reverse();
        all
    }
}

struct Saying<'a> {
    labels: &'a Labels<'a>,
    language: Language,
}

impl Saying<'_> {
    fn pick<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }

    fn say(&self, part: &Expression, around: Around) -> String {
        match part {
            Expression::Literal(..) => self.literal(part, false),
            Expression::Setting(slot) if self.is_question(*slot) => self.answered(part, "có", "yes"),
            Expression::Not(inner) if matches!(**inner, Expression::Setting(_)) => self.answered(inner, "không", "no"),
            Expression::Fact(_) | Expression::Setting(_) => self.name(part),
            Expression::Has(slot) => {
                format!("{} {}", self.pick("đã biết", "it is known:"), self.name(&Expression::Fact(*slot)))
            }
            Expression::Not(inner) => {
                format!("{} {}", self.pick("không đúng là", "it is not so that"), self.say(inner, Around::Not))
            }
            Expression::And(left, right) => {
                let link = self.pick(" và ", " and ");
                let both = [self.say(left, Around::And), self.say(right, Around::And)].join(link);
                bracketed(both, matches!(around, Around::Or | Around::Not))
            }
            Expression::Or(left, right) => {
                let link = self.pick(" hoặc ", " or ");
                let either = [self.say(left, Around::Or), self.say(right, Around::Or)].join(link);
                bracketed(either, matches!(around, Around::And | Around::Not))
            }
            Expression::Compare(comparison, left, right) => self.relation(*comparison, left, right),
            Expression::Among(item, list) => {
                let list: Vec<String> = list.iter().map(|one| self.beside(one, item)).collect();
                let link = self.pick("là một trong", "is one of");
                format!("{} {link} ({})", self.say(item, Around::Nothing), list.join(", "))
            }
            Expression::Compute(operation, left, right) => self.computation(*operation, left, right, around),
        }
    }

    fn computation(&self, operation: Operation, left: &Expression, right: &Expression, around: Around) -> String {
        let (sign, inner) = match operation {
            Operation::Add => ("+", Around::Sum),
            Operation::Subtract => ("−", Around::Sum),
            Operation::Multiply => ("×", Around::Product),
            Operation::Divide => ("/", Around::Product),
        };
        // What is taken away or divided by keeps its own brackets.
        let last = if matches!(operation, Operation::Subtract | Operation::Divide) { Around::Product } else { inner };
        let written = format!("{} {sign} {}", self.say(left, inner), self.say(right, last));
        bracketed(written, around == Around::Product)
    }

    fn relation(&self, comparison: Comparison, left: &Expression, right: &Expression) -> String {
        let named = is_named(left) || is_named(right);
        let sign = match comparison {
            Comparison::Equal if named => self.pick("là", "is"),
            Comparison::Unequal if named => self.pick("không phải là", "is not"),
            _ => comparison.sign(),
        };
        format!("{} {sign} {}", self.beside(left, right), self.beside(right, left))
    }

    /// A part beside the one it is compared with: a choice takes its label from there, a number its share.
    fn beside(&self, part: &Expression, other: &Expression) -> String {
        match part {
            Expression::Literal(Scalar::Choice(place), _) => self.choice(other, usize::from(*place)),
            Expression::Literal(..) => self.literal(part, matches!(other, Expression::Compute(Operation::Divide, ..))),
            _ => self.say(part, Around::Nothing),
        }
    }

    fn literal(&self, part: &Expression, share: bool) -> String {
        let nothing = Frame { facts: &[], settings: &[] };
        match part {
            Expression::Literal(Scalar::Number(number), _) if share => self.language.limit(*number),
            Expression::Literal(Scalar::Rank(_), _) => format!("“{}”", part.tell(&nothing, self.labels, self.language)),
            _ => part.tell(&nothing, self.labels, self.language),
        }
    }

    fn is_question(&self, slot: usize) -> bool {
        self.labels.settings.get(slot).is_some_and(|setting| setting.kind == Kind::Boolean)
    }

    /// A choice of yes or no is a question, and the condition its answer.
    fn answered(&self, question: &Expression, vi: &str, en: &str) -> String {
        let link = self.pick("chọn “{}” ở điểm", "“{}” is chosen for");
        format!("{} {}", link.replace("{}", self.pick(vi, en)), self.name(question))
    }

    fn name(&self, part: &Expression) -> String {
        let label = match part {
            Expression::Fact(slot) => self.labels.facts.get(*slot).map(|fact| &fact.label),
            Expression::Setting(slot) => self.labels.settings.get(*slot).map(|setting| &setting.title),
            _ => None,
        };
        label.map_or_else(String::new, |label| format!("“{}”", label.get(self.language)))
    }

    fn choice(&self, of: &Expression, place: usize) -> String {
        let choices = match of {
            Expression::Fact(slot) => self.labels.facts.get(*slot).map(|fact| &fact.choices),
            Expression::Setting(slot) => self.labels.settings.get(*slot).map(|setting| &setting.choices),
            _ => None,
        };
        let label = choices.and_then(|choices| choices.get(place));
        label.map_or_else(String::new, |label| format!("“{}”", label.get(self.language)))
    }
}

/// Whether it is a word of a scale or of a list, which *is* something rather than equals it.
fn is_named(part: &Expression) -> bool {
    matches!(part, Expression::Literal(_, Type::Level | Type::Grade | Type::Choice(_) | Type::Truth))
}

fn bracketed(text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}
