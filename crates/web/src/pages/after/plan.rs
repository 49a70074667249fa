//! Việc làm với kế hoạch khắc phục: left out with a reason, sent, approved, returned; milestones of support.

use application::acts::after::{
    CheckMilestone, SetMilestone, Verdict, check_milestone, judge_plan, leave_shortcoming, send_plan, set_milestone,
};
use domain::ReviewId;

use super::remediation::page;
use crate::prelude::*;

async fn answered(
    visit: &Visit,
    review: ReviewId,
    mut form: FormState,
    done: application::Result<()>,
    said: &'static str,
) -> Answer {
    match done {
        Ok(()) => visit.see_other(&format!("/ho-so/{review}/khac-phuc"), Flash::done(said)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(visit, review, form).await
        }
    }
}

pub(super) async fn leave(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let origin = form.value("leave").to_owned();
    let reason = form.value(&format!("leave-{origin}")).to_owned();
    let done = leave_shortcoming(visit.app(), visit.actor()?, review, (&origin, &reason)).await;
    answered(&visit, review, form, done, "after-left").await
}

pub(super) async fn send(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let done = send_plan(visit.app(), visit.actor()?, review).await;
    answered(&visit, review, form, done, "after-plan-sent").await
}

pub(super) async fn judge(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let approves = form.value("verdict") == "approve";
    let verdict = if approves { Verdict::Approve } else { Verdict::Return(form.value("reason")) };
    let done = judge_plan(visit.app(), visit.actor()?, review, verdict).await;
    answered(&visit, review, form, done, if approves { "after-plan-approved" } else { "after-plan-returned" }).await
}

pub(super) async fn set(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let days = form.value("after_days");
    let order = SetMilestone {
        after_days: days.parse().unwrap_or(0),
        goal: form.value(&format!("goal-{days}")).to_owned(),
        supporter: form.value(&format!("supporter-{days}")).parse().ok(),
    };
    let done = set_milestone(visit.app(), visit.actor()?, review, &order).await;
    answered(&visit, review, form, done, "after-milestone-set").await
}

pub(super) async fn check(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let days = form.value("after_days");
    let order = CheckMilestone {
        after_days: days.parse().unwrap_or(0),
        finding: form.value(&format!("finding-{days}")).to_owned(),
        checked_on: form.value(&format!("checked_on-{days}")).to_owned(),
    };
    let done = check_milestone(visit.app(), visit.actor()?, review, &order).await;
    answered(&visit, review, form, done, "after-milestone-checked").await
}
