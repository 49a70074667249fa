//! The parts of a book that say what is what: sources, levels, subjects, facts, criteria, settings, rules.

use chrono::NaiveDate;

use super::template::Template;
use crate::expression::Expression;
use crate::language::Text;
use crate::value::{Kind, Value};
use crate::verdict::Citation;

/// Mức độ chắc chắn: how surely a fact of the law is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surety {
    /// Seen in the text itself.
    Text,
    /// Seen only in a summary.
    Summary,
    /// Seen in a lower or parallel text.
    Lower,
    /// What is done in practice.
    Practice,
    /// Not found; our reading, and therefore a setting or marked as a reading.
    Reading,
}

impl Surety {
    /// The word used in rule books and message keys: `text`, `summary`, `lower`, `practice`, `reading`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Summary => "summary",
            Self::Lower => "lower",
            Self::Practice => "practice",
            Self::Reading => "reading",
        }
    }

    /// The contrary of [`Surety::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Text, Self::Summary, Self::Lower, Self::Practice, Self::Reading]
            .into_iter()
            .find(|surety| surety.word() == word)
    }
}

/// Khoảng kỳ kiểm điểm: days from–until of review periods that the book governs, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day; open when not known.
    pub until: Option<NaiveDate>,
}

impl Period {
    /// Whether the day lies inside.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Nguồn: a document relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id in the book.
    pub id: String,
    /// Its number as printed.
    pub number: String,
    /// What it is.
    pub title: Text,
    /// Who issued it.
    pub issuer: Text,
    /// When it was issued.
    pub date: Option<NaiveDate>,
    /// Where its words were seen.
    pub seen: Text,
    /// How surely.
    pub surety: Surety,
}

/// Mức xếp loại, hoặc cấp độ của tiêu chí: one step of a scale; position in the list is rank, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Id, e.g. `excellent`.
    pub id: String,
    /// Name as printed.
    pub title: Text,
    /// Short name for tables and chips.
    pub short: Text,
}

/// Loại đối tượng: a kind of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Id: `organization`, `collective`, `member`, `leader`.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// Dữ kiện: one fact that may be stated about a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactDeclaration {
    /// Name in expressions.
    pub name: String,
    /// What it can be.
    pub kind: Kind,
    /// Label for people.
    pub label: Text,
    /// Labels of the choices, in order, when it is a choice.
    pub choices: Vec<Text>,
    /// Kinds of subject it is about; empty means all.
    pub subjects: Vec<String>,
    /// Who states it.
    pub stated_by: Text,
    /// What proves it; may be empty.
    pub evidence: Text,
    /// Computed from two days instead of stated.
    pub derived: Option<Derivation>,
    /// What is so for nearly everybody, to be offered for confirmation. It never counts as stated by itself.
    pub usual: Option<Value>,
    /// Taken from the results of other subjects where the program holds them; stated by people otherwise.
    pub drawn: Option<Drawn>,
}

/// Kết quả của đối tượng khác: which results of others a fact is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// How many of the subordinate organisations, of a cell's members, are rated; at that level (position) or better.
    Below {
        /// Position of the level, none for all that are rated.
        at_least: Option<usize>,
    },
    /// Level of the organisation itself.
    Organization,
    /// Level of the collective that leads it.
    Collective,
    /// The lower of the two: what somebody heads.
    LedUnit,
    /// What was to be remedied when the period began or since: how much, and how much of it is remedied.
    Remedies {
        /// Only what is remedied.
        done: bool,
    },
    /// Whether there was anything to be remedied.
    AnyRemedy,
}

/// Dữ kiện suy ra: a fact counted from two other facts that are days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derivation {
    /// Full calendar months from the first slot to the second; 30/6 to 31/12 is six.
    FullMonths {
        /// Slot of the earlier day.
        from: usize,
        /// Slot of the later day.
        until: usize,
    },
    /// Days from the first slot to the second.
    Days {
        /// Slot of the earlier day.
        from: usize,
        /// Slot of the later day.
        until: usize,
    },
}

/// Tiêu chí: one line of a criteria frame; its grade is the fact `grade.<id>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Id.
    pub id: String,
    /// Kind of subject.
    pub subject: String,
    /// Heading.
    pub title: Text,
    /// Whether it belongs to the main group (results of the task) that the conditions speak of.
    pub main: bool,
    /// Number as printed in the form.
    pub number: String,
    /// Only for some subjects of the kind, e.g. leaders; said in words, the rules hold the condition.
    pub only_for: Option<Text>,
    /// Where it stands.
    pub citation: Citation,
}

/// Lựa chọn: a point on which the texts are silent or contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Name in expressions after `settings.`.
    pub name: String,
    /// What it can be.
    pub kind: Kind,
    /// The question.
    pub title: Text,
    /// Labels of the choices, in order.
    pub choices: Vec<Text>,
    /// What holds when nobody chose.
    pub default: Value,
    /// Why there is a choice, and what speaks for the default.
    pub citation: Citation,
}

/// Miễn: what a subject is exempt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemption {
    /// From review and classification.
    Review,
    /// From classification only.
    Classification,
}

/// Hiệu lực của quy tắc: what a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Under `when`, exempts.
    Exempts(Exemption),
    /// For these levels (positions in the list), under `when`, `must` has to hold.
    Requires(Vec<usize>),
    /// Under `when`, no level above this position.
    Caps(usize),
    /// Under `when`, this level and no other.
    Forces(usize),
    /// Under `when`, no level above that of another subject or another regime, which stands in a fact.
    Bounds(Expression),
    /// Under `when`, the competent body must decide; the machine names no level.
    NeedsDecision,
    /// Under `when`, a remark.
    Advises,
}

/// Quy tắc: one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Id, stable across books.
    pub id: String,
    /// Code shown to people, never reused.
    pub code: String,
    /// Kinds of subject it is about.
    pub subjects: Vec<String>,
    /// What it does.
    pub effect: Effect,
    /// Guard; always when absent.
    pub when: Option<Expression>,
    /// Condition of a `requires`.
    pub must: Option<Expression>,
    /// `when` and `must` as written, for people.
    pub written: String,
    /// What it says, with places for figures.
    pub message: Template,
    /// Where it stands.
    pub citation: Citation,
    /// File and line where it is written.
    pub place: (String, usize),
}
