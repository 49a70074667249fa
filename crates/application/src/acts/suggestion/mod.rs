//! Gợi ý kiểm điểm: the direct superior names issues, the reviewed explains each, the meeting discusses each, the superior
//! judges.

mod answer_suggestion;
mod judge_suggestion;
mod pass_over;
mod record_discussion;
mod save_suggestion;
mod send_suggestion;
mod withdraw_suggestion;

pub use answer_suggestion::{TypedAnswer, answer_suggestion};
pub use judge_suggestion::{TypedVerdict, judge_suggestion};
pub use pass_over::pass_over;
pub use record_discussion::record_discussion;
pub use save_suggestion::{SaveSuggestion, draft_suggestion, save_suggestion};
pub use send_suggestion::send_suggestion;
pub use withdraw_suggestion::withdraw_suggestion;

use std::collections::BTreeMap;

use domain::policy::{Act, Resource, allows};
use domain::review::ReviewState;
use domain::suggestion::{Issue, SuggestionAct, SuggestionState, Verdict, after};
use domain::{Actor, Refusal, ReviewId, SuggestionId};
use store::Conn;
use store::org::{self, UnitRow};
use store::suggestion::{self, AnswerRow, DiscussionRow, IssueRow, SuggestionRow, VerdictRow};
use uuid::Uuid;

use crate::acts::review::Loaded;
use crate::app::{Work, permit};
use crate::error::{Error, Result, known};

/// A suggestion with what belongs to it, loaded for an act or a page.
pub(crate) struct Suggested {
    pub(crate) row: SuggestionRow,
    pub(crate) review: Loaded,
    pub(crate) body: UnitRow,
    pub(crate) issues: Vec<Asked>,
}

/// Một vấn đề đã gợi ý with everything that was said about it, oldest first.
pub(crate) struct Asked {
    pub(crate) row: IssueRow,
    pub(crate) answers: Vec<AnswerRow>,
    pub(crate) discussions: Vec<DiscussionRow>,
    pub(crate) verdicts: Vec<VerdictRow>,
}

impl Asked {
    /// Whether it still waits: nobody has judged it, or it was not clarified and is asked again.
    pub(crate) fn is_open(&self) -> bool {
        let last = self.verdicts.last().and_then(|one| Verdict::from_word(&one.verdict));
        last.is_none_or(Verdict::asks_again)
    }

    /// The newest explanation of a round.
    pub(crate) fn answer_in(&self, round: i64) -> Option<&AnswerRow> {
        self.answers.iter().rfind(|one| one.round == round)
    }

    pub(crate) fn discussion_in(&self, round: i64) -> Option<&DiscussionRow> {
        self.discussions.iter().find(|one| one.round == round)
    }

    pub(crate) fn as_typed(&self) -> Issue {
        let row = &self.row;
        Issue {
            ground: row.ground.clone(),
            ground_text: row.ground_text.clone(),
            facts: row.facts.clone(),
            evidence: row.evidence.clone(),
            question: row.question.clone(),
            explained_by: row.explained_by.clone(),
        }
    }
}

/// The issues of a suggestion with everything that was said about them.
pub(crate) async fn asked(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Vec<Asked>> {
    let issues = suggestion::issues(conn, root, id).await?;
    let mut answers = by_issue(suggestion::answers(conn, root, id).await?, |one| one.issue_id);
    let mut discussions = by_issue(suggestion::discussions(conn, root, id).await?, |one| one.issue_id);
    let mut verdicts = by_issue(suggestion::verdicts(conn, root, id).await?, |one| one.issue_id);
    let mut of = |row: IssueRow| Asked {
        answers: answers.remove(&row.issue_id).unwrap_or_default(),
        discussions: discussions.remove(&row.issue_id).unwrap_or_default(),
        verdicts: verdicts.remove(&row.issue_id).unwrap_or_default(),
        row,
    };
    Ok(issues.into_iter().map(&mut of).collect())
}

fn by_issue<T>(rows: Vec<T>, issue: impl Fn(&T) -> Uuid) -> BTreeMap<Uuid, Vec<T>> {
    rows.into_iter().fold(BTreeMap::new(), |mut found: BTreeMap<Uuid, Vec<T>>, row| {
        found.entry(issue(&row)).or_default().push(row);
        found
    })
}

impl Suggested {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: SuggestionId) -> Result<Self> {
        let root = actor.root.0;
        let row = suggestion::suggestion(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let review = Loaded::load(conn, actor, ReviewId(row.review_id)).await?;
        let body = org::unit(conn, root, row.body_id).await?.ok_or(Error::Denied)?;
        let issues = asked(conn, root, row.suggestion_id).await?;
        Ok(Self { row, review, body, issues })
    }

    pub(crate) fn state(&self) -> Result<SuggestionState> {
        known(SuggestionState::from_word(&self.row.state), "state of a suggestion")
    }

    /// Whether the actor works for the body that suggests, as far as `act` asks.
    pub(crate) fn is_of_body(&self, actor: &Actor, act: Act) -> bool {
        allows(actor, act, &Resource::of_unit(&self.body.path))
    }

    /// Whether he sees it: the body's office always, the others once it was sent.
    pub(crate) fn is_seen_by(&self, actor: &Actor) -> Result<bool> {
        let sent = self.state()?.is_known_to_the_reviewed() && self.row.sent_at.is_some();
        let sees = sent && allows(actor, Act::ViewSuggestion, &self.review.resource());
        Ok(sees || self.is_of_body(actor, Act::PrepareSuggestion))
    }

    /// Permits an act of the superior, but nobody judges what he has to explain himself.
    pub(crate) fn permit_superior(&self, actor: &Actor, act: Act) -> Result<()> {
        permit(actor, act, &Resource::of_unit(&self.body.path))?;
        if self.review.is_own(actor) { Err(Refusal::new("SUGGEST-016").into()) } else { Ok(()) }
    }

    /// The state after an act, while the review is not decided.
    pub(crate) fn after(&self, act: SuggestionAct) -> Result<SuggestionState> {
        let next = after(self.state()?, act)?;
        must_be_undecided(&self.review)?;
        Ok(next)
    }

    /// Writes the changed suggestion and what happened to it.
    pub(crate) async fn change(&self, work: &mut Work<'_>, changed: SuggestionRow, event: &str) -> Result<()> {
        if !suggestion::update(&mut work.tx, &changed).await? {
            return Err(Refusal::new("REVIEW-002").into());
        }
        work.note(event, self.review.object(), Some(&self.row), Some(&changed))
    }

    /// The issues that wait for something.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Asked> {
        self.issues.iter().filter(|issue| issue.is_open())
    }
}

/// Refuses what comes after the decision, or where nobody owes a review.
pub(crate) fn must_be_undecided(review: &Loaded) -> Result<()> {
    review.must_be_due()?;
    if [ReviewState::Decided, ReviewState::NotDue].contains(&review.state()?) {
        return Err(Refusal::new("SUGGEST-010").into());
    }
    Ok(())
}

/// The bodies that may suggest something to a subject: the one that decides on it (by the rule book or a delegation), and
/// its direct superior where that is another one below. Nobody suggests to his own collective.
pub(crate) async fn superiors(conn: &mut Conn, review: &Loaded) -> Result<Vec<UnitRow>> {
    let (root, unit) = (review.review.root_id, &review.unit);
    let decides = org::unit(conn, root, review.campaign.unit_id).await?.ok_or(Error::Denied)?;
    let parent = match unit.parent_id {
        Some(parent) => org::unit(conn, root, parent).await?,
        None => None,
    };
    let parent = parent.filter(|one| one.unit_id != decides.unit_id && one.path.starts_with(&decides.path));
    let decides = Some(decides).filter(|one| review.subject.is_person() || one.unit_id != unit.unit_id);
    Ok(decides.into_iter().chain(parent).collect())
}

/// The body for which the actor prepares a suggestion on this review.
///
/// # Errors
/// `SUGGEST-001` for an office that is not the subject's direct superior, naming who is; [`Error::Denied`].
pub(crate) async fn body_of(conn: &mut Conn, actor: &Actor, review: &Loaded) -> Result<UnitRow> {
    let superiors = superiors(conn, review).await?;
    let prepares = |path: &str| allows(actor, Act::PrepareSuggestion, &Resource::of_unit(path));
    let names: Vec<&str> = superiors.iter().map(|one| one.name.as_str()).collect();
    let outside = Refusal::new("SUGGEST-001").with("bodies", names.join("; "));
    if let Some(body) = superiors.into_iter().find(|one| prepares(&one.path)) {
        return Ok(body);
    }
    let sees = allows(actor, Act::ViewReview, &review.resource());
    Err(if sees && actor.posts.iter().any(|post| prepares(&post.path)) { outside.into() } else { Error::Denied })
}

/// The ids of the grounds of the book of a campaign.
pub(crate) fn grounds(book: &rules::Book) -> Vec<String> {
    book.prompt_grounds.iter().map(|ground| ground.id.clone()).collect()
}

/// Name of a ground as papers and refusals write it.
pub(crate) fn ground_name(book: &rules::Book, issue: &IssueRow) -> String {
    book.prompt_ground(&issue.ground).map_or_else(|| issue.ground_text.clone(), |ground| ground.title.vi.clone())
}

/// Refuses to hand in a review while an issue that the superior suggested is not explained.
///
/// # Errors
/// `SUGGEST-009` for each issue, at the field of the form that explains them.
pub(crate) async fn must_be_explained(conn: &mut Conn, book: &rules::Book, review: &Loaded) -> Result<()> {
    let mut faults = Vec::new();
    for (row, issue) in waiting(conn, review.review.root_id, review.review.review_id).await? {
        if issue.answer_in(row.round).is_none() {
            let what =
                Refusal::new("SUGGEST-009").with("n", issue.row.place).with("ground", ground_name(book, &issue.row));
            faults.push(what.with("question", &issue.row.question).at(EXPLANATIONS));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

/// Field of the forms that holds the answers to suggestions (section IV).
pub(crate) const EXPLANATIONS: &str = "explanations_text";

/// Refuses to seal minutes while a meeting has not discussed an issue that the superior suggested.
///
/// # Errors
/// `SUGGEST-011` for each issue.
pub(crate) async fn must_be_discussed(conn: &mut Conn, actor: &Actor, reviews: &[Uuid]) -> Result<()> {
    let mut faults = Vec::new();
    for review in reviews {
        for (row, issue) in waiting(conn, actor.root.0, *review).await? {
            if issue.discussion_in(row.round).is_none() {
                let name = Loaded::load(conn, actor, ReviewId(*review)).await?.name()?;
                let what = Refusal::new("SUGGEST-011").with("n", issue.row.place).with("person", name);
                faults.push(what.with("question", &issue.row.question));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

/// The open issues of a review with their suggestions, as far as those were sent and not judged or withdrawn.
async fn waiting(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<(SuggestionRow, Asked)>> {
    let mut found = Vec::new();
    for row in suggestion::of_review(conn, root, review).await? {
        if [SuggestionState::Sent.word(), SuggestionState::Answered.word()].contains(&row.state.as_str()) {
            let issues = asked(conn, root, row.suggestion_id).await?;
            found.extend(issues.into_iter().filter(Asked::is_open).map(|issue| (row.clone(), issue)));
        }
    }
    Ok(found)
}
