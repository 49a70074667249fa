//! Evaluates a book for one subject.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Derivation, Effect, Exemption, Rule};
use crate::calendar::full_months;
use crate::expression::{Expression, Frame, Gaps, MathFault, Scalar, Scope};
use crate::language::Text;
use crate::rational::Rational;
use crate::truth::Truth;
use crate::value::{Facts, Kind, Settings, Value};
use crate::verdict::{Finding, LevelAnswer, MissingFact, Obligation, Outcome, Possibility, Verdict};

impl Book {
    /// What the book says about one subject. Facts that are absent, unknown to the book or of the wrong kind are treated
    /// as missing (the last two are told in `problems`); settings that are absent take their defaults.
    pub fn evaluate(&self, subject: &str, facts: &Facts, settings: &Settings) -> Verdict {
        let mut problems = Vec::new();
        if self.subject(subject).is_none() {
            problems.push(problem("loại đối tượng", "kind of subject", subject));
        }
        let stated = self.slots(facts, &mut problems);
        let chosen = self.choices(settings, &mut problems);
        let frame = Frame { facts: &stated, settings: &chosen };
        let mut asking = Asking { book: self, frame, scope: self.scope(), answer: self.blank(subject, problems) };
        for rule in self.rules.iter().filter(|rule| rule.subjects.iter().any(|kind| kind == subject)) {
            asking.ask(rule);
        }
        asking.conclude()
    }

    /// The names of this book, for compiling and explaining expressions.
    pub fn scope(&self) -> Scope<'_> {
        Scope { facts: &self.facts, settings: &self.settings, levels: &self.levels, grades: &self.grades }
    }

    fn blank(&self, subject: &str, problems: Vec<Text>) -> Verdict {
        let level = |id: &String| LevelAnswer {
            level: id.clone(),
            possibility: Possibility::Permitted,
            against: Vec::new(),
            unknown: Vec::new(),
        };
        Verdict {
            book: self.id.clone(),
            seal: self.seal.clone(),
            subject: subject.to_owned(),
            obligation: Obligation::ReviewAndClassify,
            obligation_findings: Vec::new(),
            highest: None,
            highest_possible: None,
            levels: self.levels.iter().map(|declared| level(&declared.id)).collect(),
            forced_level: None,
            forced: Vec::new(),
            needs_decision: Vec::new(),
            advice: Vec::new(),
            missing: Vec::new(),
            problems,
        }
    }

    /// Facts by slot, derived ones included.
    pub(crate) fn slots(&self, facts: &Facts, problems: &mut Vec<Text>) -> Vec<Option<Scalar>> {
        let mut by_slot = vec![None; self.facts.len()];
        let slots: BTreeMap<&str, usize> =
            self.facts.iter().enumerate().map(|(slot, fact)| (fact.name.as_str(), slot)).collect();
        for (name, value) in facts {
            match slots.get(name.as_str()) {
                Some(slot) if self.facts[*slot].derived.is_none() => {
                    by_slot[*slot] = self.scalar(value, &self.facts[*slot].kind);
                    if by_slot[*slot].is_none() {
                        problems.push(problem("giá trị của dữ kiện", "value of the fact", name));
                    }
                }
                _ => problems.push(problem("dữ kiện", "fact", name)),
            }
        }
        for (slot, fact) in self.facts.iter().enumerate() {
            if let Some(derivation) = &fact.derived {
                by_slot[slot] = derive(derivation, &by_slot);
            }
        }
        by_slot
    }

    /// The facts that are counted from these, by name; what cannot be counted yet is absent.
    pub fn counted(&self, facts: &Facts) -> Facts {
        let by_slot = self.slots(facts, &mut Vec::new());
        let derived = self.facts.iter().zip(by_slot).filter(|(fact, _)| fact.derived.is_some());
        let known = derived.filter_map(|(fact, scalar)| match scalar {
            Some(Scalar::Number(number)) if number.is_whole() => {
                Some((fact.name.clone(), Value::Integer(i64::try_from(number.numerator()).ok()?)))
            }
            _ => None,
        });
        known.collect()
    }

    pub(crate) fn choices(&self, settings: &Settings, problems: &mut Vec<Text>) -> Vec<Scalar> {
        for name in settings.keys().filter(|name| self.setting(name).is_none()) {
            problems.push(problem("lựa chọn", "setting", name));
        }
        let scalar_of = |setting: &crate::book::Setting| {
            let default = self.scalar(&setting.default, &setting.kind).unwrap_or(Scalar::Truth(false));
            match settings.get(&setting.name) {
                None => (default, false),
                Some(value) => self.scalar(value, &setting.kind).map_or((default, true), |scalar| (scalar, false)),
            }
        };
        let mut chosen = Vec::with_capacity(self.settings.len());
        for setting in &self.settings {
            let (scalar, refused) = scalar_of(setting);
            if refused {
                problems.push(problem("giá trị của lựa chọn", "value of the setting", &setting.name));
            }
            chosen.push(scalar);
        }
        chosen
    }

    /// A value of the fact in a slot in its compiled form; none when it is not of the fact's kind or names no level, grade
    /// or choice of the book.
    pub fn compiled(&self, slot: usize, value: &Value) -> Option<Scalar> {
        self.scalar(value, &self.facts.get(slot)?.kind)
    }

    fn scalar(&self, value: &Value, kind: &Kind) -> Option<Scalar> {
        if !value.is_of(kind) {
            return None;
        }
        match (value, kind) {
            (Value::Boolean(value), _) => Some(Scalar::Truth(*value)),
            (Value::Integer(value), _) => Some(Scalar::Number(Rational::whole(*value))),
            (Value::Fraction(value), _) => Some(Scalar::Number(*value)),
            (Value::Date(value), _) => Some(Scalar::Day(*value)),
            (Value::Level(id), _) => self.scope().level_rank(id).map(Scalar::Rank),
            (Value::Grade(id), _) => self.scope().grade_rank(id).map(Scalar::Rank),
            (Value::Choice(id), Kind::Choice(choices)) => {
                let place = choices.iter().position(|choice| choice == id)?;
                u16::try_from(place).ok().map(Scalar::Choice)
            }
            (Value::Choice(_), _) => None,
        }
    }
}

fn problem(vi: &str, en: &str, name: &str) -> Text {
    Text {
        vi: format!("Bộ quy tắc không nhận {vi} “{name}”."), en: format!("The book knows no such {en}: “{name}”.")
    }
}

fn derive(derivation: &Derivation, by_slot: &[Option<Scalar>]) -> Option<Scalar> {
    let (Derivation::FullMonths { from, until } | Derivation::Days { from, until }) = derivation;
    let day = |slot: usize| match by_slot.get(slot).copied().flatten() {
        Some(Scalar::Day(day)) => Some(day),
        _ => None,
    };
    let (from, until) = (day(*from)?, day(*until)?);
    let number = match derivation {
        Derivation::FullMonths { .. } => full_months(from, until),
        Derivation::Days { .. } => until.signed_duration_since(from).num_days(),
    };
    Some(Scalar::Number(Rational::whole(number)))
}

struct Asking<'a> {
    book: &'a Book,
    frame: Frame<'a>,
    scope: Scope<'a>,
    answer: Verdict,
}

impl Asking<'_> {
    fn ask(&mut self, rule: &Rule) {
        let (truth, decisive) = self.settle(rule);
        let outcome = match truth {
            Truth::False => return,
            Truth::True => Outcome::Applies,
            Truth::Unknown => Outcome::Unknown,
        };
        let finding = self.finding(rule, outcome, &decisive);
        match &rule.effect {
            Effect::Exempts(exemption) => self.exempt(*exemption, finding),
            Effect::Requires(levels) => levels.iter().for_each(|level| self.object(*level, &finding)),
            Effect::Caps(at) => (0..*at).for_each(|level| self.object(level, &finding)),
            Effect::Forces(forced) => {
                let others = (0..self.answer.levels.len()).filter(|level| level != forced);
                others.collect::<Vec<_>>().into_iter().for_each(|level| self.object(level, &finding));
                self.answer.forced.push(finding);
                if outcome == Outcome::Applies {
                    self.force(*forced, rule);
                }
            }
            Effect::Bounds(by) => self.bound(by, &finding),
            Effect::NeedsDecision => self.answer.needs_decision.push(finding),
            Effect::Advises => self.answer.advice.push(finding),
        }
    }

    /// Whether the rule takes effect, and the expressions that decided.
    fn settle<'r>(&self, rule: &'r Rule) -> (Truth, Vec<&'r Expression>) {
        let when = rule.when.as_ref().map_or(Truth::True, |when| when.truth(&self.frame));
        let guard = rule.when.iter();
        match (&rule.effect, &rule.must) {
            (Effect::Requires(_), Some(must)) => (when.and(!must.truth(&self.frame)), guard.chain([must]).collect()),
            (Effect::Bounds(by), _) if by.value(&self.frame).is_none() => {
                (when.and(Truth::Unknown), guard.chain([by]).collect())
            }
            _ => (when, guard.collect()),
        }
    }

    fn exempt(&mut self, exemption: Exemption, finding: Finding) {
        let obligation = match (finding.outcome, exemption) {
            (Outcome::Applies, Exemption::Review) => Obligation::Neither,
            (Outcome::Applies, Exemption::Classification) => Obligation::ReviewOnly,
            (Outcome::Unknown, _) => Obligation::Unknown,
        };
        let stronger = match (self.answer.obligation, obligation) {
            (Obligation::Neither, _) | (_, Obligation::Neither) => Obligation::Neither,
            (Obligation::ReviewAndClassify, other) => other,
            (Obligation::ReviewOnly, _) => Obligation::ReviewOnly,
            (Obligation::Unknown, Obligation::ReviewOnly) => Obligation::ReviewOnly,
            (Obligation::Unknown, _) => Obligation::Unknown,
        };
        self.answer.obligation = stronger;
        self.answer.obligation_findings.push(finding);
    }

    fn object(&mut self, level: usize, finding: &Finding) {
        let Some(answer) = self.answer.levels.get_mut(level) else { return };
        match finding.outcome {
            Outcome::Applies => answer.against.push(finding.clone()),
            Outcome::Unknown => answer.unknown.push(finding.clone()),
        }
    }

    fn bound(&mut self, by: &Expression, finding: &Finding) {
        let highest = match by.value(&self.frame) {
            Some(Scalar::Rank(rank)) => self.answer.levels.len().saturating_sub(usize::from(rank)),
            // Not known: every level but the lowest may turn out too high.
            _ => self.answer.levels.len().saturating_sub(1),
        };
        (0..highest).for_each(|level| self.object(level, finding));
    }

    /// Two rules that force different levels contradict each other: that is for people to decide.
    fn force(&mut self, forced: usize, rule: &Rule) {
        let level = self.book.levels.get(forced).map(|level| level.id.clone());
        if self.answer.forced_level.is_some() && self.answer.forced_level != level {
            let finding = self.finding(rule, Outcome::Applies, &[]);
            self.answer.needs_decision.push(finding);
        } else {
            self.answer.forced_level = level;
        }
    }

    fn finding(&self, rule: &Rule, outcome: Outcome, decisive: &[&Expression]) -> Finding {
        let mut gaps = Gaps::default();
        let mut figures: Vec<Text> = Vec::new();
        for expression in decisive {
            if outcome == Outcome::Unknown {
                expression.gaps(&self.frame, &mut gaps);
            } else {
                figures.extend(expression.figures(&self.frame, &self.scope));
            }
        }
        Finding {
            rule: rule.id.clone(),
            code: rule.code.clone(),
            outcome,
            message: rule.message.fill(&self.frame, &self.scope),
            figures,
            citation: rule.citation.clone(),
            missing: self.missing(&gaps.facts),
            faults: gaps.faults.into_iter().map(fault_text).collect(),
        }
    }

    /// A derived fact is missing because the days it is counted from are.
    fn missing(&self, slots: &BTreeSet<usize>) -> Vec<MissingFact> {
        let mut stated = BTreeSet::new();
        for slot in slots {
            match self.book.facts.get(*slot).and_then(|fact| fact.derived.as_ref()) {
                Some(Derivation::FullMonths { from, until } | Derivation::Days { from, until }) => {
                    let absent = [*from, *until].into_iter();
                    stated.extend(absent.filter(|slot| self.frame.facts.get(*slot).is_some_and(Option::is_none)));
                }
                None => {
                    stated.insert(*slot);
                }
            }
        }
        let facts = stated.into_iter().filter_map(|slot| self.book.facts.get(slot));
        facts.map(|fact| MissingFact { name: fact.name.clone(), label: fact.label.clone() }).collect()
    }

    fn conclude(mut self) -> Verdict {
        for answer in &mut self.answer.levels {
            answer.possibility = match (answer.against.is_empty(), answer.unknown.is_empty()) {
                (false, _) => Possibility::Refused,
                (true, false) => Possibility::Unknown,
                (true, true) => Possibility::Permitted,
            };
        }
        let answer = &mut self.answer;
        let best = |wanted: fn(Possibility) -> bool| {
            answer.levels.iter().find(|level| wanted(level.possibility)).map(|level| level.level.clone())
        };
        let classified = matches!(answer.obligation, Obligation::ReviewAndClassify | Obligation::Unknown);
        let highest = best(|possibility| possibility == Possibility::Permitted);
        let highest_possible = best(|possibility| possibility != Possibility::Refused);
        answer.highest = highest.filter(|_| classified);
        answer.highest_possible = highest_possible.filter(|_| classified);
        let findings = answer
            .obligation_findings
            .iter()
            .chain(answer.levels.iter().flat_map(|level| &level.unknown))
            .chain(&answer.forced)
            .chain(&answer.needs_decision)
            .chain(&answer.advice);
        let missing: BTreeSet<MissingFact> = findings.flat_map(|finding| finding.missing.iter().cloned()).collect();
        answer.missing = missing.into_iter().collect();
        self.answer
    }
}

fn fault_text(fault: MathFault) -> Text {
    let (vi, en) = match fault {
        MathFault::DividedByNought => ("Không tính được vì chia cho 0.", "Cannot be computed: division by nought."),
        MathFault::TooLarge => ("Không tính được vì số quá lớn.", "Cannot be computed: number too large."),
    };
    Text { vi: vi.to_owned(), en: en.to_owned() }
}
