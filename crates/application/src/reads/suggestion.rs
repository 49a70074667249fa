//! Gợi ý kiểm điểm: one suggestion with everything said about it; the lists of who suggests and who answers.

mod consider;
mod list;

use chrono::{DateTime, Utc};
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::suggestion::{Issue, OTHER_GROUND, SuggestionAct, SuggestionState, after};
use domain::{Actor, Day, FactId, IssueId, ReviewId, SuggestionId, UnitId};
use serde::Serialize;
use store::{Conn, org};

pub use self::consider::{ToConsider, to_consider};
pub use self::list::{SuggestionLine, SuggestionList, suggestions};
pub(crate) use self::list::{of_meeting, of_review};
use super::review::{Head, head};
use crate::acts::review::{Loaded, permit_writing};
use crate::acts::suggestion::{Asked, Suggested, body_of, ground_name, must_be_undecided};
use crate::app::App;
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Trang một văn bản gợi ý.
#[derive(Debug, Clone, Serialize)]
pub struct SuggestionPage {
    /// Whose review.
    pub head: Head,
    /// Suggestion.
    pub id: SuggestionId,
    /// State.
    pub state: SuggestionState,
    /// Body that suggests.
    pub body_name: String,
    /// Deadline; none in a draft that has none yet.
    pub due_on: Option<Day>,
    /// Whether the deadline passed while an explanation is missing.
    pub late: bool,
    /// When it was sent and by whom.
    pub sent: Option<(DateTime<Utc>, String)>,
    /// Why it was withdrawn; empty when it was not.
    pub withdrawn_reason: String,
    /// How often the issues were asked.
    pub round: i64,
    /// Issues.
    pub issues: Vec<IssueView>,
    /// Day of the unit's meeting that is recorded and not sealed, or that was held last.
    pub meeting_on: Option<Day>,
    /// Version, for who goes on drafting.
    pub version: i64,
    /// What the reader may do.
    pub may: May,
}

/// Việc người xem làm được.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct May {
    /// Write on the draft.
    pub edit: bool,
    /// Send it.
    pub send: bool,
    /// Explain issues.
    pub answer: bool,
    /// Record what the meeting said.
    pub discuss: bool,
    /// Judge.
    pub judge: bool,
    /// Withdraw it.
    pub withdraw: bool,
}

/// Một vấn đề.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueView {
    /// Issue.
    pub id: IssueId,
    /// Number from 1.
    pub place: i64,
    /// Ground in words.
    pub ground: String,
    /// As it was typed.
    #[serde(skip)]
    pub typed: Issue,
    /// Whether it waits for something.
    pub open: bool,
    /// What was said in each round, oldest first.
    pub rounds: Vec<RoundView>,
    /// The explanation of the present round, empty texts when there is none.
    #[serde(skip)]
    pub answer: domain::suggestion::Answer,
    /// What the meeting said in the present round; empty when it did not yet.
    pub discussed: String,
}

/// Một lần giải trình, thảo luận, kết luận.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RoundView {
    /// Explanations, oldest first: three parts, who, when.
    pub answers: Vec<(String, String, String, String, DateTime<Utc>)>,
    /// Day of the meeting and what was said.
    pub discussion: Option<(Day, String)>,
    /// Word of `Verdict`, why, by whom, when.
    pub verdict: Option<(String, String, String, DateTime<Utc>)>,
}

/// Trang soạn gợi ý mới.
#[derive(Debug, Clone, Serialize)]
pub struct NewSuggestionPage {
    /// Whose review.
    pub head: Head,
    /// Body that suggests.
    pub body_name: String,
    /// Grounds of the book: id and name.
    pub grounds: Vec<(String, Words)>,
    /// Whether the reader signs for it; the office only writes.
    pub may_send: bool,
    /// What a stated fact fills in.
    #[serde(skip)]
    pub prefilled: Option<Issue>,
}

/// One suggestion, for who may see it.
///
/// # Errors
/// [`Error::Denied`] for others; a draft is seen by the office that writes it.
pub async fn suggestion(app: &App, actor: &Actor, id: SuggestionId) -> Result<SuggestionPage> {
    let mut conn = app.read(actor.root).await?;
    let asked = Suggested::load(&mut conn, actor, id).await?;
    if !asked.is_seen_by(actor)? {
        return Err(Error::Denied);
    }
    let book = judge::book_of(app, &asked.review.campaign)?;
    let state = asked.state()?;
    let due_on = match asked.row.due_on.as_str() {
        "" => None,
        day => Some(stored(Day::parse_stored(day), "due_on")?),
    };
    let sent = match (asked.row.sent_at, asked.row.sent_by) {
        (Some(at), Some(by)) => Some((at, name(&mut conn, actor, by).await?)),
        _ => None,
    };
    let mut issues = Vec::new();
    for issue in &asked.issues {
        issues.push(view(&mut conn, actor, book, (&asked, issue)).await?);
    }
    let (campaign, unit) = (asked.review.campaign.campaign_id, asked.review.unit.unit_id);
    let meetings = store::meeting::of_unit(&mut conn, actor.root.0, campaign, unit).await?;
    let meeting_on = meetings.last().map(|meeting| stored(Day::parse_stored(&meeting.held_on), "held_on"));
    Ok(SuggestionPage {
        head: head(&asked.review, actor)?,
        id,
        state,
        body_name: asked.body.name.clone(),
        late: state == SuggestionState::Sent && due_on.is_some_and(|due| due < app.clock.today()),
        due_on,
        sent,
        withdrawn_reason: asked.row.withdrawn_reason.clone(),
        round: asked.row.round,
        issues,
        meeting_on: meeting_on.transpose()?,
        version: asked.row.version,
        may: may(actor, &asked, state),
    })
}

fn may(actor: &Actor, asked: &Suggested, state: SuggestionState) -> May {
    let possible = |act| after(state, act).is_ok() && must_be_undecided(&asked.review).is_ok();
    let prepares = asked.is_of_body(actor, Act::PrepareSuggestion);
    let signs = asked.is_of_body(actor, Act::IssueSuggestion) && !asked.review.is_own(actor);
    let records = allows(actor, Act::RecordMeeting, &asked.review.resource());
    May {
        edit: prepares && possible(SuggestionAct::Save),
        send: signs && possible(SuggestionAct::Send),
        answer: possible(SuggestionAct::Answer) && permit_writing(actor, &asked.review).is_ok(),
        discuss: records && state == SuggestionState::Answered && must_be_undecided(&asked.review).is_ok(),
        judge: signs && possible(SuggestionAct::Judge),
        withdraw: (signs || (prepares && state == SuggestionState::Draft)) && possible(SuggestionAct::Withdraw),
    }
}

async fn name(conn: &mut Conn, actor: &Actor, person: uuid::Uuid) -> Result<String> {
    Ok(org::person(conn, actor.root.0, person).await?.map_or_else(String::new, |row| row.full_name))
}

async fn view(
    conn: &mut Conn,
    actor: &Actor,
    book: &rules::Book,
    (of, issue): (&Suggested, &Asked),
) -> Result<IssueView> {
    let mut rounds = Vec::new();
    for round in 1..=of.row.round {
        let mut said = RoundView::default();
        for one in issue.answers.iter().filter(|one| one.round == round) {
            let who = name(conn, actor, one.answered_by).await?;
            let (explanation, cause) = (one.explanation.clone(), one.cause.clone());
            said.answers.push((explanation, cause, one.responsibility.clone(), who, one.answered_at));
        }
        if let Some(one) = issue.discussion_in(round) {
            said.discussion = Some((stored(Day::parse_stored(&one.held_on), "held_on")?, one.content.clone()));
        }
        if let Some(one) = issue.verdicts.iter().find(|one| one.round == round) {
            let who = name(conn, actor, one.judged_by).await?;
            said.verdict = Some((one.verdict.clone(), one.reason.clone(), who, one.judged_at));
        }
        rounds.push(said);
    }
    let answer = issue.answer_in(of.row.round).map(|one| domain::suggestion::Answer {
        explanation: one.explanation.clone(),
        cause: one.cause.clone(),
        responsibility: one.responsibility.clone(),
    });
    Ok(IssueView {
        id: IssueId(issue.row.issue_id),
        place: issue.row.place,
        ground: ground_name(book, &issue.row),
        typed: issue.as_typed(),
        open: issue.is_open() && of.state()?.holds(),
        rounds,
        answer: answer.unwrap_or_default(),
        discussed: issue.discussion_in(of.row.round).map_or_else(String::new, |one| one.content.clone()),
    })
}

/// What one needs to begin a suggestion on a review; with a stated fact, its issue is filled in as far as the fact goes.
///
/// # Errors
/// `SUGGEST-001`, `SUGGEST-010`, `REVIEW-003` as the act; [`Error::Denied`].
pub async fn new_suggestion(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    fact: Option<FactId>,
) -> Result<NewSuggestionPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let body = body_of(&mut conn, actor, &loaded).await?;
    must_be_undecided(&loaded)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let mut prefilled = None;
    if let Some(fact) = fact {
        let facts = store::review::facts(&mut conn, actor.root.0, review.0).await?;
        let row = facts.into_iter().find(|one| one.fact_id == fact.0).ok_or(Error::Denied)?;
        let declared = known(book.fact(&row.name), "fact")?;
        let ground = book.prompt_grounds.iter().find(|ground| ground.facts.contains(&row.name));
        prefilled = Some(Issue {
            ground: ground.map_or_else(|| OTHER_GROUND.to_owned(), |ground| ground.id.clone()),
            facts: declared.label.vi.clone(),
            evidence: row.evidence,
            explained_by: loaded.name()?,
            ..Issue::default()
        });
    }
    let signs = allows(actor, Act::IssueSuggestion, &Resource::of_unit(&body.path));
    Ok(NewSuggestionPage {
        head: head(&loaded, actor)?,
        may_send: signs && !loaded.is_own(actor),
        body_name: body.name,
        grounds: grounds_of(book),
        prefilled,
    })
}

/// Grounds of the book under which a suggestion's review is: id and name.
///
/// # Errors
/// [`Error::Denied`].
pub async fn grounds(app: &App, actor: &Actor, id: SuggestionId) -> Result<Vec<(String, Words)>> {
    let mut conn = app.read(actor.root).await?;
    let asked = Suggested::load(&mut conn, actor, id).await?;
    Ok(grounds_of(judge::book_of(app, &asked.review.campaign)?))
}

fn grounds_of(book: &rules::Book) -> Vec<(String, Words)> {
    book.prompt_grounds.iter().map(|ground| (ground.id.clone(), Words::from(&ground.title))).collect()
}

/// Units for which somebody works in an office, and those that he heads.
pub(super) fn places(actor: &Actor) -> (Vec<UnitId>, Vec<UnitId>) {
    let prepares = |post: &&domain::HeldPost| allows(actor, Act::PrepareSuggestion, &Resource::of_unit(&post.path));
    let heads = |post: &&domain::HeldPost| [Title::Secretary, Title::DeputySecretary].contains(&post.title);
    let of = |posts: Vec<&domain::HeldPost>| {
        let units: std::collections::BTreeSet<UnitId> = posts.into_iter().map(|post| post.unit).collect();
        units.into_iter().collect()
    };
    (of(actor.posts.iter().filter(prepares).collect()), of(actor.posts.iter().filter(heads).collect()))
}
