//! Bộ quy định đọc như một văn bản: a rule book as a document for people, whole or as a campaign applies it.

mod conditions;
mod entries;
mod proceedings;
mod words;

use std::collections::BTreeMap;

use domain::{Actor, CampaignId, Day};
use rules::Book;
use rules::verdict::Citation;
use serde::Serialize;

pub use conditions::{CriterionView, Group, RuleView, SubjectView};
pub use entries::{CriteriaGroup, EntryView, FrameView, PointsView, TopicView};
pub use proceedings::{
    ChoiceView, FormView, LimitView, MajorityView, OrderView, ProcedureView, QuotaView, RemedyView, RuleStepView,
    SequenceView, SettingView,
};

use super::campaign::sees;
use crate::app::App;
use crate::error::{Error, Result};
use crate::judge::{self, Words};

/// Một bộ quy định in a list.
#[derive(Debug, Clone, Serialize)]
pub struct BookHead {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Words,
    /// Who issued the law in it.
    pub issuer: Words,
    /// Matter: `party`, `civil`.
    pub matter: String,
    /// First and last day of the periods it governs; the last is open when not known.
    pub periods: Vec<(Day, Option<Day>)>,
    /// Day of the last comparison with the texts.
    pub last_checked: Day,
    /// Whether it is sealed.
    pub sealed: bool,
    /// SHA-256 over its files.
    pub seal: String,
    /// How many rules it has.
    pub rules: usize,
}

/// Toàn văn một bộ quy định.
#[derive(Debug, Clone, Serialize)]
pub struct BookPage {
    /// What it is.
    pub head: BookHead,
    /// The campaign it is read for, if it is.
    pub campaign: Option<Applied>,
    /// Levels, best first.
    pub levels: Vec<StepOfScale>,
    /// Grades of a criterion, best first.
    pub grades: Vec<StepOfScale>,
    /// What holds for each kind of subject.
    pub subjects: Vec<SubjectView>,
    /// How points are reckoned.
    pub points: PointsView,
    /// Limits on the share of a level.
    pub quotas: Vec<QuotaView>,
    /// What comes before what.
    pub order: Vec<OrderView>,
    /// Sequences inside a meeting.
    pub sequence: Vec<SequenceView>,
    /// Who proposes, verifies, decides.
    pub procedures: Vec<ProcedureView>,
    /// How many votes carry.
    pub majorities: Vec<MajorityView>,
    /// Calendar.
    pub steps: Vec<RuleStepView>,
    /// Days of each quarter.
    pub quarter_steps: Vec<EntryView>,
    /// Time limits for answers.
    pub limits: Vec<LimitView>,
    /// What follows from shortcomings.
    pub remediation: Vec<RemedyView>,
    /// What must be considered after several periods, each under its code.
    pub consequences: Vec<EntryView>,
    /// Facts counted out of the quarters of a year.
    pub history_counts: Vec<EntryView>,
    /// Papers.
    pub forms: Vec<FormView>,
    /// What the texts say and the program does not reckon, by topic.
    pub provisions: Vec<TopicView>,
    /// Points on which the texts are silent.
    pub settings: Vec<SettingView>,
    /// Facts the rules ask about.
    pub facts: Vec<AskedFact>,
    /// Documents relied on, oldest first.
    pub sources: Vec<SourceView>,
}

/// Đợt áp dụng bộ quy định này.
#[derive(Debug, Clone, Serialize)]
pub struct Applied {
    /// Campaign.
    pub id: CampaignId,
    /// Title.
    pub title: String,
    /// Whether the book's files have changed since the campaign was opened.
    pub changed: bool,
}

/// Một bậc của thang.
#[derive(Debug, Clone, Serialize)]
pub struct StepOfScale {
    /// Id.
    pub id: String,
    /// Name as printed.
    pub title: Words,
    /// Short name.
    pub short: Words,
}

/// Căn cứ: where a rule stands and how surely it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// Id of the source in the book.
    pub source: String,
    /// Number as printed.
    pub number: String,
    /// What the document is.
    pub title: Words,
    /// Its date, when known.
    pub date: Option<Day>,
    /// Article, part or clause; may be empty.
    pub article: Words,
    /// `text`, `summary`, `lower`, `practice`, `reading`.
    pub surety: String,
}

impl From<&Citation> for Cited {
    fn from(citation: &Citation) -> Self {
        Self {
            source: citation.source.clone(),
            number: citation.number.clone(),
            title: Words::from(&citation.title),
            date: citation.date.map(Day::from),
            article: Words::from(&citation.article),
            surety: citation.surety.word().to_owned(),
        }
    }
}

/// Dữ kiện mà quy định hỏi đến.
#[derive(Debug, Clone, Serialize)]
pub struct AskedFact {
    /// Name in the conditions.
    pub name: String,
    /// Label.
    pub label: Words,
    /// Who states it.
    pub stated_by: Words,
    /// What proves it; may be empty.
    pub evidence: Words,
    /// Whether it is counted from two days instead of stated.
    pub derived: bool,
}

/// Văn bản làm căn cứ.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Id in the book.
    pub id: String,
    /// Number as printed.
    pub number: String,
    /// What it is.
    pub title: Words,
    /// Who issued it.
    pub issuer: Words,
    /// When.
    pub date: Option<Day>,
    /// Where its words were seen.
    pub seen: Words,
    /// How surely.
    pub surety: String,
}

/// Every book the program carries; all of them are public law to those who are signed in.
#[must_use]
pub fn books(app: &App) -> Vec<BookHead> {
    let mut books: Vec<BookHead> = app.library.books().map(head).collect();
    books.sort_by_key(|book| {
        (std::cmp::Reverse(book.matter.clone()), book.periods.first().map(|period| std::cmp::Reverse(period.0)))
    });
    books
}

/// A book by id.
///
/// # Errors
/// [`Error::Denied`] when the program carries no such book.
pub fn book(app: &App, id: &str) -> Result<BookPage> {
    app.library.book(id).map(|book| page(book, None, &BTreeMap::new())).ok_or(Error::Denied)
}

/// The book of a campaign, with the choices it was opened under.
///
/// # Errors
/// [`Error::Denied`] when the campaign does not concern the actor.
pub async fn campaign_book(app: &App, actor: &Actor, campaign: CampaignId) -> Result<BookPage> {
    let mut conn = app.read(actor.root).await?;
    let row = store::campaign::campaign(&mut conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    if !sees(&mut conn, actor, &row).await? {
        return Err(Error::Denied);
    }
    let book = judge::book_of(app, &row)?;
    let pinned = serde_json::from_str(&row.settings)?;
    let applied = Applied { id: campaign, title: row.title, changed: book.seal != row.rule_book_seal };
    Ok(page(book, Some(applied), &pinned))
}

fn head(book: &Book) -> BookHead {
    BookHead {
        id: book.id.clone(),
        title: Words::from(&book.title),
        issuer: Words::from(&book.issuer),
        matter: book.matter.clone(),
        periods: book.periods.iter().map(|period| (Day::from(period.from), period.until.map(Day::from))).collect(),
        last_checked: Day::from(book.last_checked),
        sealed: book.sealed,
        seal: book.seal.clone(),
        rules: book.rules.len(),
    }
}

fn page(book: &Book, campaign: Option<Applied>, pinned: &BTreeMap<String, String>) -> BookPage {
    let pinned = campaign.as_ref().map(|_| pinned);
    BookPage {
        head: head(book),
        campaign,
        levels: scale(&book.levels),
        grades: scale(&book.grades),
        subjects: conditions::subjects(book),
        points: entries::points(book),
        quotas: proceedings::quotas(book),
        order: proceedings::order(book),
        sequence: proceedings::sequence(book),
        procedures: proceedings::procedures(book),
        majorities: proceedings::majorities(book),
        steps: proceedings::steps(book),
        quarter_steps: entries::quarter_steps(book),
        limits: proceedings::limits(book),
        remediation: proceedings::remediation(book),
        consequences: entries::consequences(book),
        history_counts: entries::history_counts(book),
        forms: proceedings::forms(book),
        provisions: entries::provisions(book),
        settings: proceedings::settings(book, pinned),
        facts: facts(book),
        sources: sources(book),
    }
}

fn scale(levels: &[rules::book::Level]) -> Vec<StepOfScale> {
    let step = |level: &rules::book::Level| StepOfScale {
        id: level.id.clone(),
        title: Words::from(&level.title),
        short: Words::from(&level.short),
    };
    levels.iter().map(step).collect()
}

fn facts(book: &Book) -> Vec<AskedFact> {
    let stated = book.facts.iter().filter(|fact| !fact.name.starts_with("grade."));
    stated
        .map(|fact| AskedFact {
            name: fact.name.clone(),
            label: Words::from(&fact.label),
            stated_by: Words::from(&fact.stated_by),
            evidence: Words::from(&fact.evidence),
            derived: fact.derived.is_some(),
        })
        .collect()
}

fn sources(book: &Book) -> Vec<SourceView> {
    let mut sources: Vec<_> = book.sources.values().collect();
    sources.sort_by_key(|source| (source.date.is_none(), source.date));
    sources
        .into_iter()
        .map(|source| SourceView {
            id: source.id.clone(),
            number: source.number.clone(),
            title: Words::from(&source.title),
            issuer: Words::from(&source.issuer),
            date: source.date.map(Day::from),
            seen: Words::from(&source.seen),
            surety: source.surety.word().to_owned(),
        })
        .collect()
}
