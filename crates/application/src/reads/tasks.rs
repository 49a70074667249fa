//! Việc cần làm: what a person has to do next, for whom, by when; and where his own reviews stand.

mod direction;
mod own;
mod remedy;

use domain::ballot::BallotState;
use domain::decision::DecisionState;
use domain::org::Title;
use domain::proposal::ProposalState;
use domain::review::ReviewState;
use domain::subject::Subject;
use domain::suggestion::SuggestionState;
use domain::{Actor, BallotId, Day, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use uuid::Uuid;

use super::campaign::{CampaignView, Progress, UnitProgress, campaigns_on, progress_on};
use super::rollup;
use crate::app::App;
use crate::error::Result;

pub use own::OwnReview;
use own::own_reviews_on;

/// Who works for a committee.
const OFFICE: [Title; 3] = [Title::Secretary, Title::DeputySecretary, Title::Clerk];
/// Who leads a cell.
const LEADS: [Title; 2] = [Title::Secretary, Title::DeputySecretary];
/// What a unit is reviewed as.
const SUBJECTS: [Subject; 2] = [Subject::Organization, Subject::Collective];

/// Beginning of the kinds of task that one does for the cell he heads.
const OF_CELL: &str = "cell_";

/// Việc cần làm: one line of a person's task list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What: `self_review`, `cell_self_review`, `cell_meeting`, `cell_proposal`, `tally`, `committee`, `decision`, `notice`, `remediate`, `monitor`, `late_units`, `temporary_opinion`, `report`, `inspect`, `publish`, `consider`, `remedy_plan`, `remedy_plans`, `remedy_inspect`, `remedy_support`, `plan_approve`, `remedy_overdue`,
    /// `explain`, `judge`, `suggest`, `attend`, `unattended`, `study`, `duties`, `issue_directive`, `not_studied`.
    pub kind: String,
    /// Where it is done.
    pub link: String,
    /// For whom or where, as shown.
    pub about: String,
    /// Last day, if the calendar names one.
    pub due_on: Option<Day>,
    /// Whether the day has passed.
    pub late: bool,
    /// How many, where it counts something.
    pub number: i64,
}

/// What the actor has to do next, and his own reviews, newest first: where one begins.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn start(app: &App, actor: &Actor) -> Result<(Vec<Task>, Vec<OwnReview>)> {
    let mut conn = app.read(actor.root).await?;
    Ok((tasks_on(app, &mut conn, actor).await?, own_reviews_on(app, &mut conn, actor).await?))
}

/// What the actor has to do next: for the cells he heads first, then by urgency.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn tasks(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    let mut conn = app.read(actor.root).await?;
    tasks_on(app, &mut conn, actor).await
}

async fn tasks_on(app: &App, conn: &mut Conn, actor: &Actor) -> Result<Vec<Task>> {
    let today = app.clock.today();
    let mut tasks = own_tasks(app, conn, actor).await?;
    if actor.posts.iter().any(|post| post.title == Title::Inspector) {
        tasks.push(task("inspect", "/tra-cuu".to_owned(), "", None, 0));
    }
    for request in super::temporary::waiting(app, conn, actor).await? {
        let link = format!("/sinh-hoat-tam-thoi/{}/{}", request.review, request.activity);
        let about = format!("{}, {}", request.name, request.official);
        tasks.push(task("temporary_opinion", link, &about, request.due_on, 0));
    }
    tasks.extend(direction::of_directives(app, actor).await?);
    tasks.extend(of_suggestions(app, actor).await?);
    tasks.extend(to_attend(app, actor).await?);
    for campaign in campaigns_on(app, conn, actor).await?.into_iter().filter(|campaign| campaign.open) {
        tasks.extend(to_publish(conn, actor, &campaign).await?);
        let missed = super::assignment::unattended_count(app, actor, campaign.id).await?;
        if missed > 0 {
            let number = i64::try_from(missed).unwrap_or(i64::MAX);
            tasks.push(task("unattended", format!("/phan-cong/{}", campaign.id), &campaign.unit_name, None, number));
        }
        if campaign.over_tree {
            let late = late_units(app, conn, actor, &campaign).await?;
            // The round of a superior and one's own campaign in it lead to the same list.
            tasks.extend(late.filter(|late| tasks.iter().all(|task| task.link != late.link)));
            continue;
        }
        if !works_in(actor, campaign.unit) {
            continue;
        }
        let progress = progress_on(app, conn, actor, campaign.id).await?;
        for unit in &progress.units {
            unit_tasks(actor, &progress, unit, &mut tasks);
        }
        if progress.decision == DecisionState::Issued.word() {
            tasks.extend(measures_to_plan(app, conn, actor, &progress).await?);
            tasks.extend(remedy::plans_to_draw_up(app, conn, actor, &progress).await?);
        }
    }
    tasks.extend(remedy::of_bodies(app, conn, actor).await?);
    for task in &mut tasks {
        task.late = task.due_on.is_some_and(|due| due < today);
    }
    tasks.sort_by_key(|task| (!task.kind.starts_with(OF_CELL), task.due_on.is_none(), task.due_on));
    Ok(tasks)
}

/// Issues to explain, explanations to judge, stated facts for which nobody has decided whether to suggest something.
async fn of_suggestions(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    let list = super::suggestion::suggestions(app, actor).await?;
    let one = |kind: &str, line: super::suggestion::SuggestionLine| {
        task(kind, format!("/goi-y/{}", line.id), &line.name, line.due_on, line.issues)
    };
    let explain = list.to_us.into_iter().filter(|line| line.open && line.state == SuggestionState::Sent);
    let judge =
        list.ours.into_iter().filter(|line| line.open && line.state == SuggestionState::Answered && line.discussed);
    let mut tasks: Vec<Task> = explain.map(|line| one("explain", line)).collect();
    tasks.extend(judge.map(|line| Task { due_on: None, ..one("judge", line) }));
    let open = super::suggestion::to_consider(app, actor).await?.len();
    if open > 0 {
        let number = i64::try_from(open).unwrap_or(i64::MAX);
        tasks.push(task("suggest", "/goi-y#xem-xet".to_owned(), "", None, number));
    }
    Ok(tasks)
}

/// Sessions of the units that somebody follows, until he confirms that he attended.
async fn to_attend(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    let followed = super::assignment::mine(app, actor).await?;
    let open = followed.into_iter().filter(|one| one.may_observe && !one.line.session.attended);
    let task = |one: super::assignment::Followed| {
        let due = one.line.session.held_on?;
        Some(task("attend", "/phan-cong".to_owned(), &one.line.unit, Some(due), 0))
    };
    Ok(open.filter_map(task).collect())
}

/// What the office of a deciding body has issued and nobody has made known.
async fn to_publish(conn: &mut Conn, actor: &Actor, campaign: &CampaignView) -> Result<Vec<Task>> {
    if !actor.holds(campaign.unit, &OFFICE) {
        return Ok(Vec::new());
    }
    let due = campaign.steps.iter().find(|step| step.step == "notice").map(|step| step.due_on);
    let rows = store::outcome::unpublished(conn, actor.root.0, campaign.id.0).await?;
    let one = |row: store::outcome::DecisionRow| {
        task("publish", format!("/cong-bo/{}", row.decision_id), &campaign.unit_name, due, 0)
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Whether somebody holds a post in a unit or below it.
fn works_in(actor: &Actor, unit: UnitId) -> bool {
    let step = format!("/{unit}/");
    actor.posts.iter().any(|post| post.path.contains(&step))
}

/// What a cell has to begin for its members after several years, until something is planned for them.
async fn measures_to_plan(app: &App, conn: &mut Conn, actor: &Actor, progress: &Progress) -> Result<Vec<Task>> {
    let campaign = progress.campaign.id;
    let mut tasks = Vec::new();
    for post in actor.posts.iter().filter(|post| post.kind.has_members() && LEADS.contains(&post.title)) {
        let (Some(row), Some(unit)) = (
            store::campaign::campaign(conn, actor.root.0, campaign.0).await?,
            store::org::unit(conn, actor.root.0, post.unit.0).await?,
        ) else {
            continue;
        };
        let found = super::after::to_consider(app, conn, &row, &unit.path).await?;
        let number = found.iter().filter(|one| one.to_plan).count();
        if number > 0 {
            let link = format!("/tong-hop/{campaign}/{}#xem-xet", post.unit);
            tasks.push(task("consider", link, &unit.name, None, i64::try_from(number).unwrap_or(i64::MAX)));
        }
    }
    Ok(tasks)
}

/// A body above the base does not work on single units: it sees how many are late.
async fn late_units(app: &App, conn: &mut Conn, actor: &Actor, campaign: &CampaignView) -> Result<Option<Task>> {
    let Some((round, unit)) = rollup::lookout_on(conn, actor, campaign.id).await? else { return Ok(None) };
    if !actor.holds(unit, &OFFICE) {
        return Ok(None);
    }
    let (name, late) = rollup::late(app, conn, actor, (round, unit)).await?;
    let link = format!("/toan-canh/{round}/{unit}/danh-sach/cham");
    Ok((late > 0).then(|| task("late_units", link, &name, None, late)))
}

fn task(kind: &str, link: String, about: &str, due_on: Option<Day>, number: i64) -> Task {
    Task { kind: kind.to_owned(), link, about: about.to_owned(), due_on, late: false, number }
}

/// For whom, and in which campaign: several may be open at once.
async fn in_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid, about: &str) -> Result<String> {
    let campaign = store::campaign::campaign(conn, root, campaign).await?;
    Ok(campaign.map_or_else(|| about.to_owned(), |campaign| format!("{about} – {}", campaign.title)))
}

/// Reports and notices of the organisations and collectives that somebody heads.
async fn reports(conn: &mut Conn, actor: &Actor, tasks: &mut Vec<Task>) -> Result<()> {
    let heads = |post: &&domain::HeldPost| LEADS.contains(&post.title);
    let units: std::collections::BTreeSet<UnitId> = actor.posts.iter().filter(heads).map(|post| post.unit).collect();
    for (unit, subject) in units.into_iter().flat_map(|unit| SUBJECTS.map(|subject| (unit, subject))) {
        for review in store::review::of_subject(conn, actor.root.0, subject.word(), unit.0).await? {
            let id = ReviewId(review.review_id);
            if review.state == ReviewState::AwaitingSelfReview.word() {
                let unit = store::org::unit(conn, actor.root.0, unit.0).await?;
                let name = unit.map(|unit| crate::papers::subject_name(subject, &unit.kind, &unit.name)).transpose()?;
                let link = format!("/ho-so/{id}/tu-kiem-diem");
                let name = name.unwrap_or_default();
                let about = in_campaign(conn, actor.root.0, review.campaign_id, &name).await?;
                tasks.push(task("report", link, &about, None, 0));
            }
            let notice = store::outcome::notice(conn, actor.root.0, review.review_id).await?;
            if let Some(notice) = notice.filter(|notice| notice.read_at.is_none()) {
                let due = Day::parse_stored(&notice.reply_due_on).ok();
                tasks.push(task("notice", format!("/ho-so/{id}/thong-bao"), "", due, 0));
            }
        }
    }
    Ok(())
}

async fn own_tasks(app: &App, conn: &mut Conn, actor: &Actor) -> Result<Vec<Task>> {
    let root = actor.root.0;
    let mut tasks = Vec::new();
    for review in store::review::list_of_person(conn, root, actor.person.0).await? {
        let id = ReviewId(review.review_id);
        if review.state == ReviewState::AwaitingSelfReview.word() {
            let steps = store::campaign::steps(conn, root, review.campaign_id).await?;
            let due = steps
                .iter()
                .find(|step| step.step == "self_review")
                .and_then(|step| Day::parse_stored(&step.due_on).ok());
            let about = in_campaign(conn, root, review.campaign_id, &review.unit_name).await?;
            tasks.push(task("self_review", format!("/ho-so/{id}/tu-kiem-diem"), &about, due, 0));
        }
        let notice = store::outcome::notice(conn, root, review.review_id).await?;
        if let Some(notice) = notice.filter(|notice| notice.read_at.is_none()) {
            tasks.push(task(
                "notice",
                format!("/ho-so/{id}/thong-bao"),
                "",
                Day::parse_stored(&notice.reply_due_on).ok(),
                0,
            ));
        }
    }
    if actor.is_former() {
        return Ok(tasks);
    }
    reports(conn, actor, &mut tasks).await?;
    for ballot in store::ballot::of_teller(conn, root, actor.person.0).await? {
        let differs = ballot.state == BallotState::Differs.word();
        let first = store::ballot::entry(conn, root, ballot.ballot_id, 1).await?;
        let mine = if ballot.head_teller == actor.person.0 {
            differs
        } else {
            !differs && first.is_none_or(|entry| entry.entered_by != actor.person.0)
        };
        if mine {
            let id = BallotId(ballot.ballot_id);
            tasks.push(task("tally", format!("/kiem-phieu/{id}"), "", None, 0));
        }
    }
    remedy::of_person(app, conn, actor, &mut tasks).await?;
    Ok(tasks)
}

fn unit_tasks(actor: &Actor, progress: &Progress, unit: &UnitProgress, tasks: &mut Vec<Task>) {
    let Ok(id) = Uuid::parse_str(&unit.unit) else { return };
    let campaign = progress.campaign.id;
    let due = |step: &str| progress.campaign.steps.iter().find(|one| one.step == step).map(|one| one.due_on);
    let cell = unit.has_members;
    let titles = if cell { &OFFICE[..2] } else { &OFFICE[..] };
    if !actor.holds(UnitId(id), titles) {
        return;
    }
    let place = format!("{campaign}/{id}");
    let proposed = [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&unit.proposal.as_str());
    if cell && unit.due > 0 && !proposed {
        let missing = unit.due - unit.handed_in;
        let step = match (unit.sealed, unit.meeting_on) {
            (true, _) => "proposal",
            (false, None) if missing > 0 => "self_review",
            (false, _) => "meeting",
        };
        tasks.push(task(&format!("{OF_CELL}{step}"), format!("/dot/{place}"), &unit.name, due(step), missing));
    }
    // A base cell decides on the list that it has put together itself.
    let decides = id == progress.campaign.unit.0 && progress.decision != DecisionState::Issued.word();
    if decides && (proposed || !cell) {
        let kind = if unit.sealed { "decision" } else { "committee" };
        let link = if unit.sealed { format!("/quyet-dinh/{campaign}") } else { format!("/hoi-nghi/{place}") };
        tasks.push(task(kind, link, &unit.name, due("decision"), 0));
    }
}
