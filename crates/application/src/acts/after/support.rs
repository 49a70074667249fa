//! Kế hoạch hỗ trợ theo mốc: where the book asks for it, what should be seen so many days after the decision, who helps, and
//! what was seen.

use domain::policy::Act;
use domain::remediation::check_seen;
use domain::{Actor, Day, PersonId, Refusal, ReviewId};
use store::Conn;
use store::outcome::remedy::{self, MilestoneRow};

use super::plan::amend;
use crate::acts::review::Loaded;
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::judge;

/// A milestone as typed.
#[derive(Debug, Clone, Default)]
pub struct SetMilestone {
    /// Days after the decision.
    pub after_days: i64,
    /// What should be seen by then.
    pub goal: String,
    /// Who helps.
    pub supporter: Option<PersonId>,
}

/// What was seen at a milestone, as typed.
#[derive(Debug, Clone, Default)]
pub struct CheckMilestone {
    /// Days after the decision.
    pub after_days: i64,
    /// What was seen.
    pub finding: String,
    /// Day.
    pub checked_on: String,
}

/// The milestones that the book of the round asks for after the level decided, in days.
pub(crate) async fn days_asked(app: &App, conn: &mut Conn, loaded: &Loaded) -> Result<Vec<i64>> {
    let book = judge::book_of(app, &loaded.campaign)?;
    let level = level_of(conn, loaded).await?;
    let place = book.levels.iter().position(|known| known.id == level);
    let asked = book.remediation.iter().filter(|one| place.is_some_and(|place| one.levels.contains(&place)));
    Ok(asked.flat_map(|one| one.milestones.iter().map(|days| i64::from(*days))).collect())
}

/// The level in force; empty when there is none.
pub(crate) async fn level_of(conn: &mut Conn, loaded: &Loaded) -> Result<String> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let Some(notice) = store::outcome::notice(conn, root, review).await? else { return Ok(String::new()) };
    let lines = store::outcome::decision_lines(conn, root, notice.decision_id).await?;
    Ok(lines.into_iter().find(|line| line.review_id == review).map(|line| line.level).unwrap_or_default())
}

/// Sets what should be seen at a milestone.
///
/// # Errors
/// `PLAN-001`; `PLAN-008` no goal or nobody who helps; `PLAN-010` the book asks for no such milestone; `REMEDY-001` he is to help
/// himself.
pub async fn set_milestone(app: &App, actor: &Actor, review: ReviewId, order: &SetMilestone) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::PlanRemediation, &loaded.resource())?;
    let root = work.root();
    if !days_asked(app, &mut work.tx, &loaded).await?.contains(&order.after_days) {
        return Err(Refusal::new("PLAN-010").into());
    }
    let notice = store::outcome::notice(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    let decided_on = stored(Day::parse_stored(&notice.issued_on), "issued_on")?;
    let (goal_field, supporter_field) =
        (format!("goal-{}", order.after_days), format!("supporter-{}", order.after_days));
    let goal = typed_text(&order.goal, &goal_field, 2000)?;
    if goal.is_empty() {
        return Err(Refusal::new("PLAN-008").at(&goal_field).into());
    }
    let supporter = order.supporter.ok_or_else(|| Refusal::new("PLAN-008").at(&supporter_field))?;
    if Some(supporter) == loaded.person_id() {
        return Err(Refusal::new("REMEDY-001").at(&supporter_field).into());
    }
    store::org::person(&mut work.tx, root, supporter.0).await?.ok_or(Error::Denied)?;
    amend(&mut work, review).await?;
    let row = MilestoneRow {
        root_id: root,
        review_id: review.0,
        after_days: order.after_days,
        due_on: decided_on.plus_days(order.after_days.unsigned_abs()).to_string(),
        goal,
        supporter_id: supporter.0,
        finding: String::new(),
        checked_on: None,
        checked_by: None,
    };
    remedy::save_milestone(&mut work.tx, &row).await?;
    work.note("remediation_plan.milestone_set", format!("remediation_plan/{review}"), None, Some(&row))?;
    work.commit().await
}

/// Writes down what was seen at a milestone: whoever helps, or who may plan for the subject and is not the subject.
///
/// # Errors
/// `REMEDY-012` the day, `-015` one's own, `-016` empty; `PLAN-010` no such milestone; [`Error::Denied`].
pub async fn check_milestone(app: &App, actor: &Actor, review: ReviewId, order: &CheckMilestone) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let root = work.root();
    let set = remedy::milestones(&mut work.tx, root, review.0).await?;
    let before = set.into_iter().find(|one| one.after_days == order.after_days);
    if before.as_ref().is_none_or(|one| one.supporter_id != actor.person.0) {
        permit(actor, Act::PlanRemediation, &loaded.resource())?;
    }
    let before = before.ok_or_else(|| Refusal::new("PLAN-010"))?;
    if loaded.person_id() == Some(actor.person) {
        return Err(Refusal::new("REMEDY-015").into());
    }
    let field = format!("finding-{}", order.after_days);
    let finding = typed_text(&order.finding, &field, 2000)?;
    if finding.is_empty() {
        return Err(Refusal::new("REMEDY-016").at(&field).into());
    }
    let day_field = format!("checked_on-{}", order.after_days);
    let on = typed_day(&order.checked_on, &day_field)?;
    check_seen(on, None, work.today()).map_err(|refusal| refusal.at(&day_field))?;
    let after =
        MilestoneRow { finding, checked_on: Some(on.to_string()), checked_by: Some(actor.person.0), ..before.clone() };
    remedy::save_milestone(&mut work.tx, &after).await?;
    work.note("remediation_plan.milestone_checked", format!("remediation_plan/{review}"), Some(&before), Some(&after))?;
    work.commit().await
}
