//! Gửi kế hoạch khắc phục to the body that decided on the subject.

use domain::policy::Act;
use domain::remediation_plan::may_send;
use domain::{Actor, Refusal, ReviewId};
use store::outcome::remedy;

use super::plan::{Answered, keep, state_of};
use super::support::days_asked;
use crate::acts::review::Loaded;
use crate::app::{App, Work, permit};
use crate::error::Result;

/// Sends a plan.
///
/// # Errors
/// `PLAN-001` … `-003`; `PLAN-007` the book asks for a support plan that is not drawn up.
pub async fn send_plan(app: &App, actor: &Actor, review: ReviewId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::PlanRemediation, &loaded.resource())?;
    let root = work.root();
    let plan = remedy::plan(&mut work.tx, root, review.0).await?;
    let answered = Answered::load(app, &mut work.tx, &loaded).await?;
    let state = may_send(state_of(plan.as_ref())?, &answered.open(), answered.items + answered.left.len())?;
    let asked = days_asked(app, &mut work.tx, &loaded).await?;
    let set = remedy::milestones(&mut work.tx, root, review.0).await?;
    if let Some(missing) = asked.iter().find(|days| !set.iter().any(|one| one.after_days == **days)) {
        return Err(Refusal::new("PLAN-007").with("days", missing).into());
    }
    let (by, at) = (Some(actor.person.0), Some(work.at));
    let change = |row: &mut remedy::PlanRow| {
        state.word().clone_into(&mut row.state);
        (row.sent_by, row.sent_at) = (by, at);
    };
    keep(&mut work, review, plan, change, ("remediation_plan.sent", "")).await?;
    work.commit().await
}
