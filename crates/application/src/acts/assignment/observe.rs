//! Ghi nhận của người được phân công: what he saw of the preparation; that he attended the session and what he remarked.

use domain::assignment::{ObservationKind, check_day};
use domain::{Actor, AssignmentId, Day, ObservationId, Refusal, UnitId};
use store::assignment::ObservationRow;

use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result, stored};

/// An observation as typed.
#[derive(Debug, Clone, Default)]
pub struct Observe {
    /// Word of [`ObservationKind`].
    pub kind: String,
    /// Day on which it was seen, or of the session.
    pub seen_on: String,
    /// What was seen or remarked.
    pub content: String,
}

/// Records an observation. Only the assigned member himself, as long as he sits on the committee.
///
/// # Errors
/// `ASSIGN-006` the assignment ended, `ASSIGN-008` at `content` nothing written, `ASSIGN-009` no such day, `ASSIGN-011` no
/// meeting of the unit is recorded for the day he attended, `FORM-002` … `-004`; [`Error::Denied`].
pub async fn observe(app: &App, actor: &Actor, id: AssignmentId, order: &Observe) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::assignment::assignment(&mut work.tx, root, id.0).await?.ok_or(Error::Denied)?;
    let sits = actor.posts.iter().any(|post| post.unit == UnitId(row.body_id) && post.title.is_of_committee());
    if row.person_id != actor.person.0 || !sits {
        return Err(Error::Denied);
    }
    if row.ended_on.is_some() {
        return Err(Refusal::new("ASSIGN-006").into());
    }
    let kind = ObservationKind::from_word(&order.kind);
    let kind = kind.ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("kind"))?;
    let seen_on = typed_day(&order.seen_on, "seen_on")?;
    check_day(seen_on, stored(Day::parse_stored(&row.from_on), "from_on")?, work.today())?;
    let content = typed_text(&order.content, "content", 4000)?;
    if content.is_empty() {
        return Err(Refusal::new("ASSIGN-008").at("content").into());
    }
    if let (ObservationKind::Session, Some(unit)) = (kind, row.unit_id) {
        let meetings = store::meeting::of_unit(&mut work.tx, root, row.campaign_id, unit).await?;
        if meetings.iter().all(|meeting| meeting.held_on != seen_on.to_string()) {
            return Err(Refusal::new("ASSIGN-011").with("day", seen_on.shown()).at("seen_on").into());
        }
    }
    let seen = ObservationRow {
        root_id: root,
        observation_id: work.id::<ObservationId>().0,
        assignment_id: id.0,
        kind: kind.word().to_owned(),
        seen_on: seen_on.to_string(),
        content,
        recorded_by: actor.person.0,
        recorded_at: work.at,
    };
    store::assignment::observe(&mut work.tx, &seen).await?;
    work.note("assignment.observed", format!("assignment/{id}"), None, Some(&seen))?;
    work.commit().await
}
