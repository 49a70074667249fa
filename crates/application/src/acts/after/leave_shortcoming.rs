//! Không đưa một hạn chế vào kế hoạch, with the reason.

use domain::policy::Act;
use domain::{Actor, Refusal, ReviewId};
use store::outcome::remedy::LeftRow;

use super::plan::{Answered, amend};
use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::Result;

/// Leaves a shortcoming out of the plan.
///
/// # Errors
/// `PLAN-001`, `PLAN-005` no reason, `PLAN-006` an item takes it up, `PLAN-009` no such shortcoming is known.
pub async fn leave_shortcoming(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    (origin, reason): (&str, &str),
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::PlanRemediation, &loaded.resource())?;
    let answered = Answered::load(app, &mut work.tx, &loaded).await?;
    let field = format!("leave-{origin}");
    if !answered.known.iter().any(|one| one.origin == origin) {
        return Err(Refusal::new("PLAN-009").into());
    }
    let reason = typed_text(reason, &field, 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("PLAN-005").at(&field).into());
    }
    if answered.takes(origin) {
        return Err(Refusal::new("PLAN-006").at(&field).into());
    }
    amend(&mut work, review).await?;
    let row = LeftRow {
        root_id: work.root(),
        review_id: review.0,
        origin: origin.to_owned(),
        reason,
        left_by: actor.person.0,
        left_at: work.at,
    };
    store::outcome::remedy::leave_shortcoming(&mut work.tx, &row).await?;
    let object = format!("remediation_plan/{review}");
    work.note_citing("remediation_plan.left", object, None, Some(&row), Grounds::because(&row.reason))?;
    work.commit().await
}
