//! Trả lời của một bộ: the shape that programs read. It is documented in `docs/operations/bo-quy-tac.md` and only grows.

use domain::Refusal;
use rules::book::Level;
use rules::verdict::{Citation, Finding, Outcome, Possibility};
use rules::{Book, LevelAnswer, Obligation, Text};
use serde::Serialize;

use super::{Question, Reckoned, Volume};
use crate::judge::Words;

/// Trả lời.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The book that answered.
    pub rule_book: RuleBook,
    /// Kind of subject asked about.
    pub subject: Named,
    /// What it owes: `review_and_classify`, `review_only`, `neither`, `unknown`.
    pub obligation: String,
    /// Rules that exempt, or may exempt.
    pub obligation_grounds: Vec<Ground>,
    /// Best level that is certainly permitted; null when none is.
    pub highest: Option<Named>,
    /// Best level nothing stands against so far; equals `highest` when nothing is missing.
    pub highest_possible: Option<Named>,
    /// Level that a rule forces; null when none does.
    pub forced: Option<Named>,
    /// Rules that force it, or may.
    pub forced_grounds: Vec<Ground>,
    /// Every level, best first, with what stands against it.
    pub levels: Vec<LevelAnswered>,
    /// Rules that call for a decision by the competent body, or may.
    pub needs_decision: Vec<Ground>,
    /// Remarks, or what may be one.
    pub advice: Vec<Ground>,
    /// Facts that would settle what is not known.
    pub missing: Vec<Named>,
    /// Points of the score sheet among the facts; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Reckoned>,
    /// What of the question was not understood.
    #[serde(skip)]
    pub problems: Vec<Refusal>,
}

/// Bộ đã trả lời.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleBook {
    /// Id.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// SHA-256 of its law.
    pub digest: String,
    /// Whether it carries its seal.
    pub sealed: bool,
}

/// Tên: an id of the book with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Words,
}

/// Trả lời cho một mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelAnswered {
    /// Id of the level.
    pub id: String,
    /// Name.
    pub title: Words,
    /// `permitted`, `unknown`, `refused`.
    pub possibility: String,
    /// Rules that stand against it.
    pub against: Vec<Ground>,
    /// Rules that may, depending on missing facts.
    pub unknown: Vec<Ground>,
}

/// Căn cứ: one rule with its figures and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// Id of the rule, stable across books.
    pub rule: String,
    /// Code shown to people.
    pub code: String,
    /// `applies` or `unknown`.
    pub outcome: String,
    /// What it says.
    pub message: Words,
    /// The comparisons that decided.
    pub figures: Vec<Words>,
    /// Where it stands.
    pub source: Source,
    /// Names of the facts that are missing.
    pub missing: Vec<String>,
    /// Arithmetic that could not be done.
    pub faults: Vec<Words>,
}

/// Nguồn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Number as printed.
    pub number: String,
    /// What the document is.
    pub title: Words,
    /// Article, part or clause; may be empty.
    pub article: Words,
    /// Its date, when known.
    pub date: Option<String>,
    /// How surely the text is known: `text`, `summary`, `lower`, `practice`, `reading`.
    pub surety: String,
}

impl Volume {
    /// Answers a question about one kind of subject.
    #[must_use]
    pub fn answer(&self, subject: &str, question: Question) -> Answer {
        let book = &self.book;
        let verdict = book.evaluate(subject, &question.facts, &question.settings);
        let level = |id: Option<&String>| id.and_then(|id| book.level(id)).map(named);
        let title = book.subject(subject).map(|subject| Words::from(&subject.title)).unwrap_or_default();
        let obligation = match verdict.obligation {
            Obligation::ReviewAndClassify => "review_and_classify",
            Obligation::ReviewOnly => "review_only",
            Obligation::Neither => "neither",
            Obligation::Unknown => "unknown",
        };
        Answer {
            rule_book: RuleBook {
                id: book.id.clone(),
                title: Words::from(&book.title),
                digest: book.seal.clone(),
                sealed: book.sealed,
            },
            subject: Named { id: subject.to_owned(), title },
            obligation: obligation.to_owned(),
            obligation_grounds: grounds(&verdict.obligation_findings),
            highest: level(verdict.highest.as_ref()),
            highest_possible: level(verdict.highest_possible.as_ref()),
            forced: level(verdict.forced_level.as_ref()),
            forced_grounds: grounds(&verdict.forced),
            levels: verdict.levels.iter().filter_map(|answer| answered(book, answer)).collect(),
            needs_decision: grounds(&verdict.needs_decision),
            advice: grounds(&verdict.advice),
            missing: verdict.missing.iter().map(|fact| name(&fact.name, &fact.label)).collect(),
            score: question.score.as_ref().map(Reckoned::of),
            problems: question.problems,
        }
    }
}

fn name(id: &str, title: &Text) -> Named {
    Named { id: id.to_owned(), title: Words::from(title) }
}

fn named(level: &Level) -> Named {
    name(&level.id, &level.title)
}

fn answered(book: &Book, answer: &LevelAnswer) -> Option<LevelAnswered> {
    let level = book.level(&answer.level)?;
    let possibility = match answer.possibility {
        Possibility::Permitted => "permitted",
        Possibility::Unknown => "unknown",
        Possibility::Refused => "refused",
    };
    Some(LevelAnswered {
        id: level.id.clone(),
        title: Words::from(&level.title),
        possibility: possibility.to_owned(),
        against: grounds(&answer.against),
        unknown: grounds(&answer.unknown),
    })
}

fn grounds(findings: &[Finding]) -> Vec<Ground> {
    findings.iter().map(ground).collect()
}

fn ground(finding: &Finding) -> Ground {
    let outcome = match finding.outcome {
        Outcome::Applies => "applies",
        Outcome::Unknown => "unknown",
    };
    Ground {
        rule: finding.rule.clone(),
        code: finding.code.clone(),
        outcome: outcome.to_owned(),
        message: Words::from(&finding.message),
        figures: finding.figures.iter().map(Words::from).collect(),
        source: source(&finding.citation),
        missing: finding.missing.iter().map(|fact| fact.name.clone()).collect(),
        faults: finding.faults.iter().map(Words::from).collect(),
    }
}

fn source(citation: &Citation) -> Source {
    Source {
        number: citation.number.clone(),
        title: Words::from(&citation.title),
        article: Words::from(&citation.article),
        date: citation.date.map(|date| date.to_string()),
        surety: citation.surety.word().to_owned(),
    }
}
