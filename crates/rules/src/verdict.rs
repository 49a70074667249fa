//! What the book answers about one subject. No level is set here: the answer permits, refuses with a citation, names
//! what is not known, or says that the competent body must decide.

use chrono::NaiveDate;

use crate::book::Surety;
use crate::language::Text;

/// Nghĩa vụ kiểm điểm, xếp loại: what this subject owes in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obligation {
    /// Reviews and is classified.
    ReviewAndClassify,
    /// Reviews, is not classified.
    ReviewOnly,
    /// Neither reviews nor is classified.
    Neither,
    /// Depends on a missing fact; `Verdict::obligation_findings` names it.
    Unknown,
}

/// Kết quả đối chiếu một quy tắc: how one rule turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The rule stands against the level, or takes effect (exempts, forces, needs a decision, advises).
    Applies,
    /// Whether it does depends on missing facts.
    Unknown,
}

/// Căn cứ: where the rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Id of the source in the book.
    pub source: String,
    /// What the document is.
    pub title: Text,
    /// Its number as printed.
    pub number: String,
    /// Its date, when known.
    pub date: Option<NaiveDate>,
    /// Article, part or clause, as printed; may be empty.
    pub article: Text,
    /// How surely the text is known.
    pub surety: Surety,
}

/// Dữ kiện còn thiếu: a fact that would settle an unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingFact {
    /// Its name in the book.
    pub name: String,
    /// Its label.
    pub label: Text,
}

/// Kết quả phát hiện: one rule's answer with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule, stable across books.
    pub rule: String,
    /// Code shown to people, never reused.
    pub code: String,
    /// Whether it applies or is unknown.
    pub outcome: Outcome,
    /// What it says, filled with the figures.
    pub message: Text,
    /// The comparisons that decided, e.g. `12/15 = 80,00 % ≥ 80 %`.
    pub figures: Vec<Text>,
    /// Where the rule stands.
    pub citation: Citation,
    /// Facts that are missing, when unknown.
    pub missing: Vec<MissingFact>,
    /// Arithmetic that could not be done (a division by nought, a number too large), when unknown.
    pub faults: Vec<Text>,
}

/// Khả năng của một mức: whether a level can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Possibility {
    /// Nothing stands against it and nothing is unknown.
    Permitted,
    /// Nothing stands against it so far; facts are missing.
    Unknown,
    /// At least one rule stands against it.
    Refused,
}

/// Trả lời cho một mức: one level with the reasons against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelAnswer {
    /// Id of the level.
    pub level: String,
    /// Whether it can be given.
    pub possibility: Possibility,
    /// Rules that stand against it.
    pub against: Vec<Finding>,
    /// Rules that may stand against it, with the facts that would tell.
    pub unknown: Vec<Finding>,
}

/// Kết luận đối chiếu: the whole answer about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Id of the book.
    pub book: String,
    /// SHA-256 of the book.
    pub seal: String,
    /// Kind of subject asked about.
    pub subject: String,
    /// What the subject owes.
    pub obligation: Obligation,
    /// The rules that exempt, or may exempt.
    pub obligation_findings: Vec<Finding>,
    /// Best level that is certainly permitted.
    pub highest: Option<String>,
    /// Best level nothing stands against so far; equals `highest` when no fact is missing.
    pub highest_possible: Option<String>,
    /// Every level, best first.
    pub levels: Vec<LevelAnswer>,
    /// Level that a rule forces, with certainty.
    pub forced_level: Option<String>,
    /// The rules that force it, or may force it.
    pub forced: Vec<Finding>,
    /// Set when the texts fit no level or contradict each other: the competent body must decide.
    pub needs_decision: Vec<Finding>,
    /// Remarks that change no level.
    pub advice: Vec<Finding>,
    /// All missing facts, each once.
    pub missing: Vec<MissingFact>,
    /// What was wrong with the question itself: unknown subject, a fact of the wrong kind (it is then treated as missing).
    pub problems: Vec<Text>,
}

impl Verdict {
    /// The answer for one level.
    pub fn level(&self, id: &str) -> Option<&LevelAnswer> {
        self.levels.iter().find(|answer| answer.level == id)
    }
}
