//! Lists of suggestions: those of one's office, those to oneself and to the units one heads, those on a review.

use std::collections::BTreeMap;

use domain::review::ReviewState;
use domain::suggestion::SuggestionState;
use domain::{Actor, Day, ReviewId, SuggestionId};
use serde::Serialize;
use store::Conn;
use store::suggestion::ListRow;

use super::places;
use crate::acts::review::Loaded;
use crate::acts::suggestion::Suggested;
use crate::app::App;
use crate::error::{Result, known, stored};
use crate::papers::subject_of;

/// Danh sách gợi ý.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SuggestionList {
    /// What the actor's offices suggested, drafts included.
    pub ours: Vec<SuggestionLine>,
    /// What the actor and the units that he heads were asked to explain.
    pub to_us: Vec<SuggestionLine>,
    /// Whether he works for a body that may suggest something.
    pub may_suggest: bool,
}

/// Một dòng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestionLine {
    /// Suggestion.
    pub id: SuggestionId,
    /// Review.
    pub review: ReviewId,
    /// State.
    pub state: SuggestionState,
    /// Who suggests.
    pub body_name: String,
    /// Whom it is about.
    pub name: String,
    /// Unit of the review.
    pub unit_name: String,
    /// Title of the round.
    pub campaign_title: String,
    /// Deadline, once there is one.
    pub due_on: Option<Day>,
    /// Whether the deadline passed while an explanation is missing.
    pub late: bool,
    /// How many issues.
    pub issues: i64,
    /// Whether the review is not decided, so that something can still be done.
    pub open: bool,
    /// Whether every issue that waits was discussed, so that the superior can judge.
    pub discussed: bool,
}

/// The suggestions that concern the actor.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn suggestions(app: &App, actor: &Actor) -> Result<SuggestionList> {
    let mut conn = app.read(actor.root).await?;
    let (root, today) = (actor.root.0, app.clock.today());
    let (offices, heads) = places(actor);
    let mut ours = Vec::new();
    for body in &offices {
        ours.extend(store::suggestion::of_body(&mut conn, root, body.0).await?);
    }
    let mut to_us = store::suggestion::of_person(&mut conn, root, actor.person.0).await?;
    for unit in heads {
        to_us.extend(store::suggestion::of_unit(&mut conn, root, unit.0).await?);
    }
    let mut seen: BTreeMap<uuid::Uuid, SuggestionLine> = BTreeMap::new();
    for row in to_us {
        seen.insert(row.suggestion_id, line(row, today)?);
    }
    Ok(SuggestionList {
        ours: ours.into_iter().map(|row| line(row, today)).collect::<Result<_>>()?,
        to_us: seen.into_values().collect(),
        may_suggest: !offices.is_empty(),
    })
}

fn line(row: ListRow, today: Day) -> Result<SuggestionLine> {
    let state = known(SuggestionState::from_word(&row.state), "state of a suggestion")?;
    let due_on = match row.due_on.as_str() {
        "" => None,
        day => Some(stored(Day::parse_stored(day), "due_on")?),
    };
    let closed = [ReviewState::Decided.word(), ReviewState::NotDue.word()].contains(&row.review_state.as_str());
    Ok(SuggestionLine {
        open: !closed,
        name: subject_of(&row)?,
        id: SuggestionId(row.suggestion_id),
        review: ReviewId(row.review_id),
        late: !closed && state == SuggestionState::Sent && due_on.is_some_and(|due| due < today),
        state,
        body_name: row.body_name,
        unit_name: row.unit_name,
        campaign_title: row.campaign_title,
        due_on,
        issues: row.issues,
        discussed: row.discussed + row.settled >= row.issues,
    })
}

/// The suggestions on a review that the actor sees, oldest first.
pub(crate) async fn of_review(
    conn: &mut Conn,
    actor: &Actor,
    review: &Loaded,
) -> Result<Vec<(SuggestionId, SuggestionState, String)>> {
    let mut found = Vec::new();
    for row in store::suggestion::of_review(conn, actor.root.0, review.review.review_id).await? {
        let asked = Suggested::load(conn, actor, SuggestionId(row.suggestion_id)).await?;
        if asked.is_seen_by(actor)? {
            found.push((SuggestionId(row.suggestion_id), asked.state()?, asked.body.name));
        }
    }
    Ok(found)
}

/// What was suggested to those who are reviewed in a unit in a campaign, as far as the actor sees it.
pub(crate) async fn of_meeting(
    conn: &mut Conn,
    actor: &Actor,
    (campaign, unit): (uuid::Uuid, uuid::Uuid),
    today: Day,
) -> Result<Vec<SuggestionLine>> {
    let mut lines = Vec::new();
    for row in store::suggestion::of_unit(conn, actor.root.0, unit).await? {
        let holds = row.campaign_id == campaign && row.state != SuggestionState::Withdrawn.word();
        let asked = Suggested::load(conn, actor, SuggestionId(row.suggestion_id)).await?;
        if holds && asked.is_seen_by(actor)? {
            lines.push(line(row, today)?);
        }
    }
    Ok(lines)
}
