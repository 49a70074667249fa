//! Mục IV của bản kiểm điểm: each issue that the superior suggested with its explanation, before what was typed freely.

use chrono::{DateTime, Utc};
use domain::form::Content;
use domain::subject::Subject;
use domain::suggestion::SuggestionState;
use rules::Book;
use store::Conn;
use store::suggestion::{AnswerRow, ListRow};
use uuid::Uuid;

use super::place::Place;
use super::words::{SuggestionWords, subject_name, words};
use crate::acts::suggestion::{Asked, EXPLANATIONS, asked, ground_name};
use crate::error::{Result, known};

/// Why a report that was handed in goes back when its superior suggests something.
pub(crate) fn returned_for_suggestion(body: &str) -> Result<String> {
    Ok(words()?.suggestion.returned.say(&[("body", body)]))
}

/// Puts the issues of a review and their explanations, as far as they were given by `until`, into section IV.
pub(crate) async fn explain(
    conn: &mut Conn,
    book: &Book,
    (root, review): (Uuid, Uuid),
    content: &mut Content,
    until: DateTime<Utc>,
) -> Result<()> {
    let words = &words()?.suggestion;
    let mut parts = Vec::new();
    for row in store::suggestion::of_review(conn, root, review).await? {
        let holds = SuggestionState::from_word(&row.state).is_some_and(SuggestionState::holds);
        if !holds || row.sent_at.is_none_or(|sent| sent > until) {
            continue;
        }
        for issue in asked(conn, root, row.suggestion_id).await? {
            parts.push(explained(words, book, &issue, until));
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    parts.extend(content.get(EXPLANATIONS).filter(|typed| !typed.is_empty()).cloned());
    content.insert(EXPLANATIONS.to_owned(), parts.join("\n"));
    Ok(())
}

fn explained(words: &SuggestionWords, book: &Book, issue: &Asked, until: DateTime<Utc>) -> String {
    let (no, ground) = (issue.row.place.to_string(), ground_name(book, &issue.row));
    let mut lines = vec![words.issue.say(&[("no", &no), ("ground", &ground), ("question", &issue.row.question)])];
    let last = issue.answers.last().map_or(0, |one| one.round);
    for round in 1..=last {
        let given = issue.answers.iter().rfind(|one| one.round == round && one.answered_at <= until);
        lines.extend(given.into_iter().flat_map(|one| parts(words, one)));
    }
    lines.join("\n")
}

fn parts(words: &SuggestionWords, answer: &AnswerRow) -> Vec<String> {
    let again = words.another_session.say(&[("round", &answer.round.to_string())]);
    let again = (answer.round > 1).then_some(again);
    let said = [
        words.explanation.say(&[("text", &answer.explanation)]),
        words.cause.say(&[("text", &answer.cause)]),
        words.responsibility.say(&[("text", &answer.responsibility)]),
    ];
    again.into_iter().chain(said).collect()
}

/// What a meeting of the unit said about issues that its superior suggested, a paragraph each.
pub(super) async fn discussed(place: &mut Place<'_>, held_on: &str) -> Result<Vec<String>> {
    let (root, words) = (place.root, &place.words.suggestion);
    let mut said = Vec::new();
    for one in store::suggestion::of_unit(place.conn, root, place.unit.unit_id).await? {
        if one.campaign_id != place.campaign.campaign_id {
            continue;
        }
        let name = subject_of(&one)?;
        for issue in asked(place.conn, root, one.suggestion_id).await? {
            let (no, ground) = (issue.row.place.to_string(), ground_name(place.book, &issue.row));
            let title = words.issue.say(&[("no", &no), ("ground", &ground), ("question", &issue.row.question)]);
            for talk in issue.discussions.iter().filter(|talk| talk.held_on == held_on) {
                let values = [("body", &*one.body_name), ("name", &name), ("issue", &title), ("text", &talk.content)];
                said.push(words.discussion.say(&values));
            }
        }
    }
    Ok(said)
}

/// Name of whom a suggestion is about.
pub(crate) fn subject_of(one: &ListRow) -> Result<String> {
    match &one.full_name {
        Some(name) => Ok(name.clone()),
        None => subject_name(known(Subject::from_word(&one.subject), "subject")?, &one.unit_kind, &one.unit_name),
    }
}
