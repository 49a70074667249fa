//! Việc cần làm về khắc phục: plans to draw up and to approve, items to remedy and to watch, what is past its deadline.

use domain::remediation::ItemState;
use domain::review::ReviewState;
use domain::{Actor, Day, ItemId, ReviewId};
use store::Conn;

use super::{LEADS, OFFICE, Task, task};
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::Result;
use crate::judge;
use crate::reads::after::{due_on, overdue, plan_missing, waiting_plans};
use crate::reads::campaign::Progress;
use crate::reads::petition::waiting;

/// For how many days after the notice one is reminded of a plan: then the next round asks what became of it.
const REMINDED: u64 = 365;

/// What somebody has to remedy, watch, inspect or help with himself.
pub(super) async fn of_person(app: &App, conn: &mut Conn, actor: &Actor, tasks: &mut Vec<Task>) -> Result<()> {
    let (root, me) = (actor.root.0, actor.person.0);
    for item in store::outcome::items_of_person(conn, root, me).await? {
        if item.state == ItemState::Open.word() {
            let kind = match me {
                me if me == item.owner_id => "remediate",
                me if me == item.monitor_id => "monitor",
                _ => "remedy_inspect",
            };
            let link = format!("/khac-phuc/{}", ItemId(item.item_id));
            tasks.push(task(kind, link, &item.shortcoming, Day::parse_stored(&item.due_on).ok(), 0));
        }
    }
    for one in store::outcome::remedy::milestones_of(conn, root, me).await? {
        let link = format!("/ho-so/{}/khac-phuc#ho-tro", ReviewId(one.review_id));
        tasks.push(task("remedy_support", link, &one.goal, Day::parse_stored(&one.due_on).ok(), one.after_days));
    }
    for review in store::review::list_of_person(conn, root, me).await? {
        if review.state == ReviewState::Decided.word() && recent(app, conn, actor, review.review_id).await? {
            let loaded = Loaded::load(conn, actor, ReviewId(review.review_id)).await?;
            if plan_missing(app, conn, &loaded).await? {
                let link = format!("/ho-so/{}/khac-phuc", ReviewId(review.review_id));
                tasks.push(task("remedy_plan", link, &review.unit_name, due_on(conn, &loaded).await?, 0));
            }
        }
    }
    Ok(())
}

async fn recent(app: &App, conn: &mut Conn, actor: &Actor, review: uuid::Uuid) -> Result<bool> {
    let notice = store::outcome::notice(conn, actor.root.0, review).await?;
    let issued = notice.and_then(|notice| Day::parse_stored(&notice.issued_on).ok());
    Ok(issued.is_some_and(|day| day.plus_days(REMINDED) >= app.clock.today()))
}

/// Plans that the cells somebody heads still owe for their members.
pub(super) async fn plans_to_draw_up(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    progress: &Progress,
) -> Result<Vec<Task>> {
    let id = progress.campaign.id;
    let Some(campaign) = store::campaign::campaign(conn, actor.root.0, id.0).await? else { return Ok(Vec::new()) };
    let book = judge::book_of(app, &campaign)?;
    let places = book.remediation.iter().flat_map(|one| one.levels.iter());
    let levels: String =
        places.filter_map(|place| book.levels.get(*place)).map(|level| format!("/{}/", level.id)).collect();
    let due = progress.campaign.steps.iter().find(|step| step.step == "remediation_plan").map(|step| step.due_on);
    let mut tasks = Vec::new();
    for post in actor.posts.iter().filter(|post| post.kind.has_members() && LEADS.contains(&post.title)) {
        let missing = store::outcome::remedy::plans_missing(conn, actor.root.0, (id.0, post.unit.0), &levels).await?;
        if let Some(unit) = store::org::unit(conn, actor.root.0, post.unit.0).await?.filter(|_| !missing.is_empty()) {
            let number = i64::try_from(missing.len()).unwrap_or(i64::MAX);
            tasks.push(task("remedy_plans", format!("/dot/{id}/{}", post.unit), &unit.name, due, number));
        }
    }
    Ok(tasks)
}

/// Plans that wait for the bodies somebody works for, and what is past its deadline below them.
pub(super) async fn of_bodies(app: &App, conn: &mut Conn, actor: &Actor) -> Result<Vec<Task>> {
    let mut tasks: Vec<Task> = Vec::new();
    for post in actor.posts.iter().filter(|post| OFFICE.contains(&post.title)) {
        let link = format!("/khac-phuc/bang/{}", post.unit);
        if tasks.iter().any(|task| task.link.starts_with(&link)) {
            continue;
        }
        let Some(unit) = store::org::unit(conn, actor.root.0, post.unit.0).await? else { continue };
        let plans = waiting_plans(conn, actor, post.unit).await?.len();
        if plans > 0 {
            let number = i64::try_from(plans).unwrap_or(i64::MAX);
            tasks.push(task("plan_approve", format!("{link}#cho-duyet"), &unit.name, None, number));
        }
        let (petitions, due_on) = waiting(conn, actor, post.unit).await?;
        if petitions > 0 {
            let number = i64::try_from(petitions).unwrap_or(i64::MAX);
            tasks.push(task("petition", format!("/kien-nghi/{}", post.unit), &unit.name, due_on, number));
        }
        let late = overdue(app, conn, actor.root.0, &unit.path).await?;
        if late > 0 {
            tasks.push(task("remedy_overdue", link, &unit.name, None, late));
        }
    }
    Ok(tasks)
}
