//! Hồ sơ của một đảng viên: the form with its draft, facts, opinions, what the rules permit, the criticisms.

mod earlier;
mod handed;
mod stated;

use domain::form::{Content, Filler, Form};
use domain::policy::{Act, allows, touches_oneself};
use domain::review::{ReviewAct, ReviewState, after};
use domain::subject::Subject;
use domain::suggestion::SuggestionState;
use domain::{Actor, CampaignId, CriticismId, Day, MeetingId, ReviewId, SuggestionId, UnitId};
use serde::Serialize;

pub use self::earlier::EarlierShortcoming;
use self::earlier::{begun, earlier_shortcomings};
pub use self::handed::{HandedIn, Returned, Suggested};
use self::handed::{handed_in, returned, suggested};
use self::stated::facts;
pub(super) use self::stated::opinions;
use super::filled::{FilledSection, sections};
use crate::acts::review::{Loaded, filler, permit_writing, with_score};
use crate::app::{App, permit};
use crate::error::Result;
use crate::judge::{self, Case, Judgement, Words};
use crate::papers::explain;

/// Whose review it is.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Review.
    pub id: ReviewId,
    /// Campaign.
    pub campaign: CampaignId,
    /// Title of the campaign.
    pub campaign_title: String,
    /// Year under review.
    pub year: i64,
    /// Cell.
    pub unit: UnitId,
    /// Name of the cell.
    pub unit_name: String,
    /// Name of the subject: a person's full name, or the organisation's or collective's.
    pub name: String,
    /// Kind of subject.
    pub subject: Subject,
    /// State.
    pub state: ReviewState,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Why it is not the ordinary obligation.
    pub obligation_reason: String,
    /// Whether it is the reader's own.
    pub own: bool,
}

/// Trang tự kiểm điểm: the form as it stands.
#[derive(Debug, Clone)]
pub struct SelfReviewPage {
    /// Whose.
    pub head: Head,
    /// The form.
    pub form: Form,
    /// Which fields apply.
    pub filler: Filler,
    /// What was saved last.
    pub content: Content,
    /// Grades of the book: id and name.
    pub grades: Vec<(String, Words)>,
    /// Levels of the book: id and name.
    pub levels: Vec<(String, Words)>,
    /// Shortcomings found in earlier years that are still open or were closed, with their state.
    pub earlier: Vec<EarlierShortcoming>,
    /// What the rules permit with what is filled in.
    pub judgement: Judgement,
    /// Version of the draft, 0 when nobody saved one.
    pub version: i64,
    /// Whether it may still be changed.
    pub editable: bool,
    /// Whether the book goes by points, so that there is a scoring sheet.
    pub scores: bool,
    /// Whether the points come from the subject's own sheet.
    pub scored: bool,
    /// When the last version was handed in, by whom, and why on behalf.
    pub handed_in: Option<HandedIn>,
    /// What the superior suggested and is to be explained, issue by issue.
    pub suggested: Vec<Suggested>,
    /// Why it was returned, while nothing was handed in since.
    pub returned: Option<Returned>,
}

/// Trang hồ sơ: everything the secretary and the person see of the case.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// Whose.
    pub head: Head,
    /// What the rules permit.
    pub judgement: Judgement,
    /// Facts that can be stated, with what is stated now.
    pub facts: Vec<FactView>,
    /// Opinions, oldest first.
    pub opinions: Vec<OpinionView>,
    /// Criticisms with their answers.
    pub criticisms: Vec<CriticismView>,
    /// Conclusion of the chair; empty when he gave none.
    pub conclusion: String,
    /// The self-review that was handed in: section title → label and text.
    pub self_review: Vec<FilledSection>,
    /// When and by whom it was handed in.
    pub handed_in: Option<HandedIn>,
    /// Levels of the book: id and name.
    pub levels: Vec<(String, Words)>,
    /// Suggestions of the superior on it: state, and which body suggests.
    pub suggestions: Vec<(SuggestionId, SuggestionState, String)>,
    /// Whether the reader's office may suggest something.
    pub may_suggest: bool,
    /// Whether the reader may state facts and opinions.
    pub may_state: bool,
    /// Whether the reader may return the self-review.
    pub may_return: bool,
    /// Whether the reader may write the self-review for the person.
    pub may_write: bool,
    /// Pages about it that the reader may open.
    pub opens: Opens,
}

/// Các trang của hồ sơ that open to the reader.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Opens {
    /// The self-review as a paper.
    pub self_review: bool,
    /// The notice, once there is one.
    pub notice: bool,
    /// What is to be remedied.
    pub remediation: bool,
    /// Who did what and when.
    pub history: bool,
    /// Points, where the book goes by points.
    pub scores: bool,
}

/// Một dữ kiện.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Name in the book.
    pub name: String,
    /// Label.
    pub label: Words,
    /// `boolean`, `integer`, `fraction`, `date`, `level`, `grade`, `choice`.
    pub kind: String,
    /// Choices of levels, grades, choices: id and name.
    pub choices: Vec<(String, Words)>,
    /// What proves it; empty when nothing needs to.
    pub evidence_needed: Words,
    /// Present value as shown, empty when not stated.
    pub value: String,
    /// Present value as stored, dates as people write them; empty when not stated.
    pub stored: String,
    /// What it is for most people, offered as a preset; empty when there is no such value.
    pub usual: String,
    /// Its evidence.
    pub evidence: String,
    /// Who stated it.
    pub stated_by: String,
    /// Unit in which it was stated, where that is another one than today's.
    pub place: String,
    /// How often it was stated before.
    pub earlier: usize,
}

/// Một ý kiến.
#[derive(Debug, Clone, Serialize)]
pub struct OpinionView {
    /// Word of `Assessor`.
    pub assessor: String,
    /// Level's name, empty when none.
    pub level: Words,
    /// Level's id.
    pub level_id: String,
    /// Comment.
    pub comment: String,
    /// Signer.
    pub signer: String,
    /// Day of the paper.
    pub on: Day,
    /// The last day of the civil side, when its head of agency spoke after it; a remark only.
    pub after: Option<Day>,
}

/// Một ý kiến phê bình và trả lời.
#[derive(Debug, Clone, Serialize)]
pub struct CriticismView {
    /// Criticism.
    pub id: CriticismId,
    /// Meeting.
    pub meeting: MeetingId,
    /// Who spoke, empty when the minutes do not name him.
    pub speaker: String,
    /// What was said.
    pub content: String,
    /// What it rests on.
    pub evidence: String,
    /// The answer, empty when there is none yet.
    pub answer: String,
}

pub(crate) fn head(loaded: &Loaded, actor: &Actor) -> Result<Head> {
    Ok(Head {
        id: ReviewId(loaded.review.review_id),
        campaign: CampaignId(loaded.campaign.campaign_id),
        campaign_title: loaded.campaign.title.clone(),
        year: loaded.campaign.period_year,
        unit: UnitId(loaded.unit.unit_id),
        unit_name: loaded.unit.name.clone(),
        name: loaded.name()?,
        subject: loaded.subject,
        state: loaded.state()?,
        obligation: loaded.review.obligation.clone(),
        obligation_reason: loaded.review.obligation_reason.clone(),
        own: loaded.is_own(actor),
    })
}

/// The form of a person, for himself or for who writes on his behalf.
///
/// # Errors
/// [`crate::Error::Denied`] for anybody else: a draft is seen by its writer only.
pub async fn self_review(app: &App, actor: &Actor, review: ReviewId) -> Result<SelfReviewPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit_writing(actor, &loaded)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let filler = filler(&loaded)?;
    let form = app.library.review_form(book, loaded.subject, filler)?.clone();
    let draft = store::review::draft(&mut conn, actor.root.0, review.0).await?;
    let (own, version) = (loaded.is_own(actor), draft.as_ref().map_or(0, |draft| draft.version));
    let handed = store::review::submitted(&mut conn, actor.root.0, review.0).await?;
    let earlier = earlier_shortcomings(&mut conn, &loaded).await?;
    let readable = draft
        .filter(|draft| own || !loaded.subject.is_person() || draft.saved_by == actor.person.0)
        .map(|draft| draft.content);
    let mut content = match readable.or_else(|| handed.first().map(|last| last.content.clone())) {
        Some(content) => serde_json::from_str(&content)?,
        None => begun(&earlier)?,
    };
    let scored = judge::scores::onto_form(app, &mut conn, &loaded, &form, &mut content).await?;
    let mut case = Case::load(app, &mut conn, &loaded).await?;
    case.add_content(&content);
    let handed_in = match handed.first() {
        Some(last) => Some(handed_in(&mut conn, last).await?),
        None => None,
    };
    let returned = returned(&mut conn, &loaded, handed.first()).await?;
    Ok(SelfReviewPage {
        returned,
        suggested: suggested(&mut conn, book, &loaded).await?,
        head: head(&loaded, actor)?,
        filler,
        form,
        content,
        grades: book.grades.iter().map(|grade| (grade.id.clone(), Words::from(&grade.title))).collect(),
        levels: book.levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect(),
        earlier,
        judgement: case.judge(),
        version,
        editable: after(loaded.state()?, ReviewAct::Submit).is_ok(),
        scores: !judge::scores::frames(book, loaded.subject.word()).is_empty(),
        scored,
        handed_in,
    })
}

/// What the rules permit, and why not more, for who may see the case.
///
/// # Errors
/// [`crate::Error::Denied`] for others.
pub async fn verdict(app: &App, actor: &Actor, review: ReviewId) -> Result<(Head, Judgement)> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit(actor, Act::ViewReview, &loaded.resource())?;
    let judgement = Case::load(app, &mut conn, &loaded).await?.judge();
    Ok((head(&loaded, actor)?, judgement))
}

/// What the rules permit with what is being typed, nothing saved.
///
/// # Errors
/// As [`self_review`].
pub async fn judge_typed(app: &App, actor: &Actor, review: ReviewId, typed: &Content) -> Result<Judgement> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit_writing(actor, &loaded)?;
    let mut case = Case::load(app, &mut conn, &loaded).await?;
    case.add_content(&with_score(app, &mut conn, &loaded, typed).await?);
    Ok(case.judge())
}

/// The whole case.
///
/// # Errors
/// [`crate::Error::Denied`] outside the remit.
pub async fn review(app: &App, actor: &Actor, review: ReviewId) -> Result<ReviewPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let resource = loaded.resource();
    permit(actor, Act::ViewReview, &resource)?;
    let root = actor.root.0;
    let book = judge::book_of(app, &loaded.campaign)?;
    let handed = store::review::submitted(&mut conn, root, review.0).await?;
    let last = handed.first().filter(|_| allows(actor, Act::ViewSelfReview, &resource));
    let judgement = Case::load(app, &mut conn, &loaded).await?.judge();
    let (mut criticisms, mut conclusion) = (Vec::new(), None);
    if loaded.opens_minutes(actor) {
        criticisms = store::meeting::criticisms_of_review(&mut conn, root, review.0).await?;
        conclusion = store::meeting::conclusions_of_review(&mut conn, root, review.0).await?.pop();
    }
    let may = |act| allows(actor, act, &resource) && !touches_oneself(actor, act, &resource);
    let state = loaded.state()?;
    let open = after(state, ReviewAct::Propose).is_ok()
        || after(state, ReviewAct::Submit).is_ok()
        || (loaded.subject != Subject::Member && after(state, ReviewAct::Decide).is_ok());
    Ok(ReviewPage {
        judgement,
        facts: facts(&mut conn, book, &loaded).await?,
        opinions: opinions(app, &mut conn, &loaded).await?,
        criticisms: criticisms.into_iter().map(CriticismView::from).collect(),
        conclusion: conclusion.map_or_else(String::new, |one| one.content),
        self_review: match last {
            Some(last) => {
                let mut content = serde_json::from_str(&last.content)?;
                explain(&mut conn, book, (root, review.0), &mut content, last.submitted_at).await?;
                sections(app, filler(&loaded)?, last, &content, book)?
            }
            None => Vec::new(),
        },
        handed_in: match last {
            Some(last) => Some(handed_in(&mut conn, last).await?),
            None => None,
        },
        levels: book.levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect(),
        suggestions: super::suggestion::of_review(&mut conn, actor, &loaded).await?,
        may_suggest: crate::acts::suggestion::must_be_undecided(&loaded).is_ok()
            && crate::acts::suggestion::body_of(&mut conn, actor, &loaded).await.is_ok(),
        may_state: open && loaded.permit_stating(&mut conn, actor, Act::StateFact).await.is_ok(),
        may_return: state == ReviewState::SelfReviewed && may(Act::ReturnSelfReview),
        may_write: after(state, ReviewAct::Submit).is_ok()
            && if loaded.subject.is_person() { may(Act::WriteOnBehalf) } else { may(Act::WriteCollectiveReview) },
        opens: Opens {
            self_review: last.is_some() && (loaded.is_own(actor) || may(Act::PrintPapers)),
            notice: state == ReviewState::Decided && may(Act::ViewNotice),
            remediation: state == ReviewState::Decided && may(Act::ViewRemediation),
            history: may(Act::ViewHistory),
            scores: (loaded.is_own(actor) || may(Act::ViewSelfReview))
                && !book.points.frames_of(loaded.subject.word()).is_empty(),
        },
        head: head(&loaded, actor)?,
    })
}

impl From<store::meeting::CriticismRow> for CriticismView {
    fn from(row: store::meeting::CriticismRow) -> Self {
        Self {
            id: CriticismId(row.criticism_id),
            meeting: MeetingId(row.meeting_id),
            speaker: row.speaker,
            content: row.content,
            evidence: row.evidence,
            answer: row.answer,
        }
    }
}
