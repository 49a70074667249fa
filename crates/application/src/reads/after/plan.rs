//! Trang kế hoạch khắc phục: what was told, what is done about each, the support asked for, and where the plan stands.

use chrono::{DateTime, Utc};
use domain::policy::{Act, allows, touches_oneself};
use domain::remediation::Source;
use domain::remediation_plan::{PlanAct, PlanState, after};
use domain::{Actor, Day, PersonId, ReviewId};
use rules::book::Remediation;
use serde::Serialize;
use store::Conn;
use store::outcome::remedy;

use super::item::{name, seats, watchers};
use super::{ItemView, items_shown};
use crate::acts::after::plan::{Answered, state_of};
use crate::acts::after::{days_asked, judged_by, level_of};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Result, stored};
use crate::judge::{self, Words};
use crate::reads::review::{Head, head};

/// Trang kế hoạch khắc phục.
#[derive(Debug, Clone, Serialize)]
pub struct RemediationPage {
    /// Whose.
    pub head: Head,
    /// Where the plan stands.
    pub plan: PlanView,
    /// Why the book asks for a plan, and where that stands; empty when it asks for none.
    pub asked: Vec<(Words, String)>,
    /// By when, if the calendar of the round says so.
    pub due_on: Option<Day>,
    /// Shortcomings told about the subject, as far as the reader may know of them.
    pub shortcomings: Vec<ShortcomingView>,
    /// Items.
    pub items: Vec<ItemView>,
    /// What should be seen some days after the decision, where the book asks for it.
    pub milestones: Vec<MilestoneView>,
    /// Who can monitor, inspect and help.
    pub monitors: Vec<(PersonId, String)>,
    /// Who can answer for an item of a collective; empty for a person's own.
    pub owners: Vec<(PersonId, String)>,
    /// Whether the reader may change the plan now.
    pub may_plan: bool,
    /// Whether he may send it.
    pub may_send: bool,
    /// Whether he may approve or return it.
    pub may_judge: bool,
}

/// Kế hoạch.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView {
    /// State.
    pub state: PlanState,
    /// Why it was returned.
    pub reason: String,
    /// Who sent it, when.
    pub sent: Option<(String, DateTime<Utc>)>,
    /// Who approved or returned it, when.
    pub judged: Option<(String, DateTime<Utc>)>,
}

/// Một hạn chế đã biết.
#[derive(Debug, Clone, Serialize)]
pub struct ShortcomingView {
    /// The record in which it was told.
    pub origin: String,
    /// Word of [`Source`].
    pub source: String,
    /// What.
    pub text: String,
    /// Whether an item takes it up.
    pub taken: bool,
    /// Why it is left.
    pub left: Option<String>,
}

/// Một mốc hỗ trợ.
#[derive(Debug, Clone, Serialize)]
pub struct MilestoneView {
    /// Days after the decision.
    pub after_days: i64,
    /// That day, once it is set.
    pub due_on: Option<Day>,
    /// What should be seen.
    pub goal: String,
    /// Who helps.
    pub supporter: Option<(PersonId, String)>,
    /// What was seen.
    pub finding: String,
    /// Day of the check.
    pub checked_on: Option<Day>,
    /// Whether the reader may say what was seen.
    pub may_check: bool,
}

/// The plan of one subject.
///
/// # Errors
/// [`crate::Error::Denied`] outside the remit.
pub async fn remediation(app: &App, actor: &Actor, review: ReviewId) -> Result<RemediationPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let resource = loaded.resource();
    permit(actor, Act::ViewRemediation, &resource)?;
    let (plan, state) = stands(&mut conn, review, root).await?;
    let answered = Answered::load(app, &mut conn, &loaded).await?;
    let may = allows(actor, Act::PlanRemediation, &resource);
    let judges = judged_by(&mut conn, actor, &loaded).await?;
    let may_judge = state == PlanState::Sent
        && allows(actor, Act::ApproveRemediation, &judges)
        && !touches_oneself(actor, Act::ApproveRemediation, &judges);
    let items = store::outcome::items_of_review(&mut conn, root, review.0).await?;
    let monitors = watchers(app, &mut conn, &loaded.unit, loaded.person_id()).await?;
    let day = app.clock.today().to_string();
    let owners =
        if loaded.subject.is_person() { Vec::new() } else { seats(&mut conn, root, loaded.unit.unit_id, &day).await? };
    Ok(RemediationPage {
        head: head(&loaded, actor)?,
        asked: asked(app, &mut conn, &loaded, &answered).await?,
        due_on: due_on(&mut conn, &loaded).await?,
        milestones: milestones(app, &mut conn, actor, &loaded).await?,
        items: items_shown(app, &mut conn, actor, items).await?,
        may_plan: may && after(state, PlanAct::Amend).is_ok(),
        may_send: may && after(state, PlanAct::Send).is_ok(),
        shortcomings: told(actor, &loaded, &answered),
        plan,
        monitors,
        owners,
        may_judge,
    })
}

async fn stands(conn: &mut Conn, review: ReviewId, root: uuid::Uuid) -> Result<(PlanView, PlanState)> {
    let row = remedy::plan(conn, root, review.0).await?;
    let state = state_of(row.as_ref())?;
    let mut view = PlanView { state, reason: String::new(), sent: None, judged: None };
    if let Some(row) = row {
        view.reason = row.reason;
        if let (Some(by), Some(at)) = (row.sent_by, row.sent_at) {
            view.sent = Some((name(conn, root, by).await?, at));
        }
        if let (Some(by), Some(at)) = (row.judged_by, row.judged_at) {
            view.judged = Some((name(conn, root, by).await?, at));
        }
    }
    Ok((view, state))
}

/// What was told, without what the reader may not know: criticisms are of the minutes, own shortcomings of the self-review.
fn told(actor: &Actor, loaded: &Loaded, answered: &Answered) -> Vec<ShortcomingView> {
    let reads = allows(actor, Act::ViewSelfReview, &loaded.resource());
    let open = |source| match source {
        Source::Criticism => loaded.opens_minutes(actor),
        Source::SelfReview => reads,
        _ => true,
    };
    let view = |one: &crate::acts::after::shortcomings::Known| ShortcomingView {
        origin: one.origin.clone(),
        source: one.source.word().to_owned(),
        text: one.text.clone(),
        taken: answered.takes(&one.origin),
        left: answered.left(&one.origin).map(str::to_owned),
    };
    answered.known.iter().filter(|one| open(one.source)).map(view).collect()
}

/// Why the book asks for a plan: after a level, after any shortcoming.
async fn asked(app: &App, conn: &mut Conn, loaded: &Loaded, answered: &Answered) -> Result<Vec<(Words, String)>> {
    let book = judge::book_of(app, &loaded.campaign)?;
    let level = level_of(conn, loaded).await?;
    let place = book.levels.iter().position(|known| known.id == level);
    let asks = |one: &&Remediation| {
        !level.is_empty()
            && (place.is_some_and(|place| one.levels.contains(&place))
                || (one.on_shortcoming && !answered.known.is_empty()))
    };
    let told = |one: &Remediation| (Words::from(&one.message), judge::cited(&one.citation));
    Ok(book.remediation.iter().filter(asks).map(told).collect())
}

/// Whether the book asks for a plan that nobody has sent.
pub(crate) async fn plan_missing(app: &App, conn: &mut Conn, loaded: &Loaded) -> Result<bool> {
    let plan = remedy::plan(conn, loaded.review.root_id, loaded.review.review_id).await?;
    if after(state_of(plan.as_ref())?, PlanAct::Send).is_err() {
        return Ok(false);
    }
    let answered = Answered::load(app, conn, loaded).await?;
    Ok(!asked(app, conn, loaded, &answered).await?.is_empty())
}

/// By when the calendar of the round wants the plan.
pub(crate) async fn due_on(conn: &mut Conn, loaded: &Loaded) -> Result<Option<Day>> {
    const STEP: &str = "remediation_plan";
    let steps = store::campaign::steps(conn, loaded.review.root_id, loaded.campaign.campaign_id).await?;
    let day = steps.into_iter().find(|step| step.step == STEP).map(|step| step.due_on);
    day.map(|day| stored(Day::parse_stored(&day), "due_on")).transpose()
}

async fn milestones(app: &App, conn: &mut Conn, actor: &Actor, loaded: &Loaded) -> Result<Vec<MilestoneView>> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let set = remedy::milestones(conn, root, review).await?;
    let plans = allows(actor, Act::PlanRemediation, &loaded.resource());
    let mut list = Vec::new();
    for days in days_asked(app, conn, loaded).await? {
        let row = set.iter().find(|one| one.after_days == days);
        let supporter = match row {
            Some(row) => Some((PersonId(row.supporter_id), name(conn, root, row.supporter_id).await?)),
            None => None,
        };
        let helps = supporter.as_ref().is_some_and(|(person, _)| *person == actor.person);
        let day = |text: Option<&str>| text.map(|day| stored(Day::parse_stored(day), "milestone")).transpose();
        list.push(MilestoneView {
            after_days: days,
            due_on: day(row.map(|row| row.due_on.as_str()))?,
            goal: row.map(|row| row.goal.clone()).unwrap_or_default(),
            finding: row.map(|row| row.finding.clone()).unwrap_or_default(),
            checked_on: day(row.and_then(|row| row.checked_on.as_deref()))?,
            may_check: row.is_some() && (helps || plans) && loaded.person_id() != Some(actor.person),
            supporter,
        });
    }
    Ok(list)
}
