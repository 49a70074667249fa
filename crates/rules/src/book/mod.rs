//! A rule book: the whole law of one period, as written in one folder of TOML files.

mod aftermath;
mod cases;
pub mod flaw;
mod law;
mod load;
mod parts;
mod point_cases;
pub mod points;
mod proceedings;
mod process;
mod read_points;
mod reader;
mod rules;
mod seal;
mod situations;
mod template;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use aftermath::{ConsequenceRule, HistoryCount, PromptGround, Provision, Span, TOPICS};
pub use cases::{Case, Expectation, Ground, MajorityCase, QuotaCase};
pub use load::load;
pub use parts::{
    Criterion, Derivation, Drawn, Effect, Exemption, FactDeclaration, Level, Period, Rule, Setting, Source, Subject,
    Surety,
};
pub use point_cases::{HistoryCase, MeanCase, PointCase, PointExpectation};
pub use points::{Mean, PointFrame, Points, ResultsMethod};
pub use process::{
    Authority, Form, Majority, OrderStep, Precedence, Procedure, QuarterDay, QuarterStep, QuotaRule, RelativeDay,
    Remediation, ReplyLimit, Step, Tier,
};
pub(crate) use read_points::{WHOLE, sum};
pub use template::Template;

use crate::language::Text;
use crate::value::{Settings, Value};

/// Bộ quy tắc: one book, loaded and checked. Only [`load`] makes one.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Book {
    /// Folder name and identity, e.g. `party-2018-qd132`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Who issued the law in it.
    pub issuer: Text,
    /// Matter it governs (`party`, `civil`); in one matter exactly one book governs a day.
    pub matter: String,
    /// Spans of review periods it governs.
    pub periods: Vec<Period>,
    /// Day on which a person last compared it with the texts.
    pub last_checked: NaiveDate,
    /// Whether the book carries its seal; a sealed book never changes.
    pub sealed: bool,
    /// SHA-256 over the files but `CHANGES.md`, in hexadecimal, whether sealed or not.
    pub seal: String,
    /// Documents relied on, by id.
    pub sources: BTreeMap<String, Source>,
    /// Levels, best first.
    pub levels: Vec<Level>,
    /// Grades of a criterion, best first.
    pub grades: Vec<Level>,
    /// Kinds of subject.
    pub subjects: Vec<Subject>,
    /// Facts, in slot order; a criterion `x` adds the fact `grade.x`.
    pub facts: Vec<FactDeclaration>,
    /// Criteria of all frames, in order.
    pub criteria: Vec<Criterion>,
    /// Rules, in order of the files.
    pub rules: Vec<Rule>,
    /// Limits on the share of a level.
    pub quotas: Vec<QuotaRule>,
    /// Which subject comes before which.
    pub order: Vec<Precedence>,
    /// Order of speaking inside one meeting and similar sequences.
    pub sequence: Vec<OrderStep>,
    /// Majorities.
    pub majorities: Vec<Majority>,
    /// Who proposes, verifies and decides, per kind of subject.
    pub procedures: Vec<Procedure>,
    /// Who decides, per kind of subject and of unit, where no decision delegates it.
    pub authority: Vec<Authority>,
    /// Steps of the calendar with their default days.
    pub steps: Vec<Step>,
    /// Steps of a quarterly evaluation, where there is one.
    pub quarter_steps: Vec<QuarterStep>,
    /// Time limits for answers.
    pub reply_limits: Vec<ReplyLimit>,
    /// What follows from shortcomings.
    pub remediation: Vec<Remediation>,
    /// What the competent body has to consider after a row of levels.
    pub consequence_rules: Vec<ConsequenceRule>,
    /// Facts counted from the quarters of a year.
    pub history_counts: Vec<HistoryCount>,
    /// Papers and their official numbers.
    pub forms: Vec<Form>,
    /// What the texts say and the program only tells.
    pub provisions: Vec<Provision>,
    /// Why a superior suggests that somebody explains something.
    pub prompt_grounds: Vec<PromptGround>,
    /// Frames of points; empty where levels are given by grades alone.
    pub points: Points,
    /// Choices where the texts are silent or contradict each other.
    pub settings: Vec<Setting>,
    /// Worked situations about one subject.
    pub cases: Vec<Case>,
    /// Worked situations about quotas.
    pub quota_cases: Vec<QuotaCase>,
    /// Worked situations about majorities.
    pub majority_cases: Vec<MajorityCase>,
    /// Worked situations about points.
    pub point_cases: Vec<PointCase>,
    /// Worked situations about means over months.
    pub mean_cases: Vec<MeanCase>,
    /// Worked situations about consequences over several periods.
    pub history_cases: Vec<HistoryCase>,
}

impl Book {
    /// Whether the book governs a review period ending on that day.
    pub fn governs(&self, day: NaiveDate) -> bool {
        self.periods.iter().any(|period| period.holds(day))
    }

    /// A level by id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    /// A grade by id.
    pub fn grade(&self, id: &str) -> Option<&Level> {
        self.grades.iter().find(|grade| grade.id == id)
    }

    /// A kind of subject by id.
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.id == id)
    }

    /// A declared fact by name.
    pub fn fact(&self, name: &str) -> Option<&FactDeclaration> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// Place of a declared fact among the facts: what columns and compiled expressions go by.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.facts.iter().position(|fact| fact.name == name)
    }

    /// A rule by id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// A setting by name.
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// A step of the calendar by id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step by which units of a sector are finished; none where they go by the common calendar.
    pub fn step_of_sector(&self, sector: &str) -> Option<&Step> {
        self.steps.iter().find(|step| !sector.is_empty() && step.sector == sector)
    }

    /// The procedure for a kind of subject.
    pub fn procedure(&self, subject: &str) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.subject == subject)
    }

    /// A majority by id.
    pub fn majority(&self, id: &str) -> Option<&Majority> {
        self.majorities.iter().find(|majority| majority.id == id)
    }

    /// The form printed for a meaning, e.g. `individual-review`.
    pub fn form(&self, meaning: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.meaning == meaning)
    }

    /// Who decides on a kind of subject in a kind of unit (a word of the program) where no decision delegates it; nothing
    /// when the book does not say.
    pub fn authority(&self, subject: &str, kind: &str) -> Option<&Authority> {
        let says =
            |one: &&Authority| one.subject == subject && (one.of.is_empty() || one.of.iter().any(|of| of == kind));
        self.authority.iter().find(says)
    }

    /// A time limit for answers by id, e.g. `base_organization`.
    pub fn reply_limit(&self, id: &str) -> Option<&ReplyLimit> {
        self.reply_limits.iter().find(|limit| limit.id == id)
    }

    /// A ground of a suggestion by id.
    pub fn prompt_ground(&self, id: &str) -> Option<&PromptGround> {
        self.prompt_grounds.iter().find(|ground| ground.id == id)
    }

    /// The limit on a level for a kind of subject.
    pub fn quota(&self, subject: &str) -> Option<&QuotaRule> {
        self.quotas.iter().find(|quota| quota.subject == subject)
    }

    /// Criteria of one kind of subject, in the order of the form.
    pub fn criteria_of(&self, subject: &str) -> Vec<&Criterion> {
        self.criteria.iter().filter(|criterion| criterion.subject == subject).collect()
    }

    /// Every setting at its default.
    pub fn default_settings(&self) -> Settings {
        self.settings.iter().map(|setting| (setting.name.clone(), setting.default.clone())).collect()
    }

    /// Reads one setting as text; `None` when there is none of that name or the text is none of its choices.
    pub fn read_setting(&self, name: &str, text: &str) -> Option<Value> {
        let setting = self.setting(name)?;
        self.checked(Value::read(&setting.kind, text)?)
    }

    /// Reads one fact as text (as forms and files carry it); `None` when there is none of that name or the text is not of
    /// its kind.
    pub fn read_fact(&self, name: &str, text: &str) -> Option<Value> {
        self.checked(Value::read(&self.fact(name)?.kind, text)?)
    }

    fn checked(&self, value: Value) -> Option<Value> {
        let known = match &value {
            Value::Level(id) => self.level(id).is_some(),
            Value::Grade(id) => self.grade(id).is_some(),
            _ => true,
        };
        known.then_some(value)
    }
}
