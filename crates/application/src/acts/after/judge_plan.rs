//! Duyệt, trả lại kế hoạch khắc phục, by the body that decided on the subject.

use domain::policy::{Act, Resource};
use domain::remediation_plan::{PlanAct, after, may_return};
use domain::{Actor, ReviewId};
use store::outcome::remedy;

use super::plan::{keep, state_of};
use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// What the body says to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// It approves.
    Approve,
    /// It returns the plan with a reason.
    Return(&'a str),
}

/// What the access table is asked about when a plan is judged: the body that decides, and whom the plan is about.
pub(crate) async fn judged_by(conn: &mut store::Conn, actor: &Actor, loaded: &Loaded) -> Result<Resource> {
    let body = store::org::unit(conn, actor.root.0, loaded.campaign.unit_id).await?.ok_or(Error::Denied)?;
    Ok(Resource { about: loaded.person_id(), ..Resource::of_unit(&body.path) })
}

/// Approves or returns a plan.
///
/// # Errors
/// `PLAN-001` it was not sent, `PLAN-004` returned without a reason; [`Error::Denied`], also about oneself.
pub async fn judge_plan(app: &App, actor: &Actor, review: ReviewId, verdict: Verdict<'_>) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let resource = judged_by(&mut work.tx, actor, &loaded).await?;
    permit(actor, Act::ApproveRemediation, &resource)?;
    let root = work.root();
    let plan = remedy::plan(&mut work.tx, root, review.0).await?;
    let state = state_of(plan.as_ref())?;
    let (next, reason, event) = match verdict {
        Verdict::Approve => (after(state, PlanAct::Approve)?, String::new(), "remediation_plan.approved"),
        Verdict::Return(reason) => {
            let reason = typed_text(reason, "reason", 1000)?;
            (may_return(state, &reason)?, reason, "remediation_plan.returned")
        }
    };
    let (by, at) = (Some(actor.person.0), Some(work.at));
    let change = |row: &mut remedy::PlanRow| {
        next.word().clone_into(&mut row.state);
        (row.judged_by, row.judged_at) = (by, at);
        row.reason.clone_from(&reason);
    };
    keep(&mut work, review, plan, change, (event, &reason)).await?;
    work.commit().await
}
