//! Việc theo văn bản chỉ đạo: to study, to do, to issue, to urge.

use domain::directive::{DirectiveState, KnownBy, acknowledges_as};
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, Day, DirectiveId};
use store::Conn;

use super::{OFFICE, Task, task};
use crate::app::App;
use crate::direction::{Document, Own, own_units, stored_day};
use crate::error::Result;
use crate::reads::direction::{Matter, days_late, following, line, met_by};

/// What directives ask of somebody's units, and what he has to urge.
pub(super) async fn of_directives(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    if actor.posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut conn = app.read(actor.root).await?;
    let own = own_units(&mut conn, actor).await?;
    let today = app.clock.today();
    let mut tasks = Vec::new();
    for placed in store::directive::directives(&mut conn, actor.root.0).await? {
        let document = Document::of(placed)?;
        match document.state {
            DirectiveState::Draft => tasks.extend(to_issue(actor, &document)?),
            DirectiveState::Issued => {
                for unit in &own {
                    tasks.extend(to_study(&mut conn, actor, (&document, unit), today).await?);
                    tasks.extend(to_do(&mut conn, actor, (&document, unit)).await?);
                }
                tasks.extend(to_urge(&mut conn, actor, &document, today).await?);
            }
            DirectiveState::Withdrawn | DirectiveState::Replaced => {}
        }
    }
    Ok(tasks)
}

fn address(id: DirectiveId) -> String {
    format!("/chi-dao/{id}")
}

/// A draft waits for whoever may issue it.
fn to_issue(actor: &Actor, document: &Document) -> Result<Option<Task>> {
    if !allows(actor, Act::IssueDirective, &document.resource()) {
        return Ok(None);
    }
    Ok(Some(task("issue_directive", address(document.id()), &line(document)?.summary, None, 0)))
}

/// The head, or the deputy while there is none, until somebody acknowledged for the body.
async fn to_study(
    conn: &mut Conn,
    actor: &Actor,
    (document, unit): (&Document, &Own),
    today: Day,
) -> Result<Option<Task>> {
    let held: Vec<Title> = actor.posts.iter().filter(|post| post.unit == unit.id).map(|post| post.title).collect();
    if acknowledges_as(&held, false).is_err() || !document.reaches(&unit.path, unit.kind) {
        return Ok(None);
    }
    let holders = store::org::holders(conn, actor.root.0, unit.id.0, &today.to_string()).await?;
    let has_head = holders.iter().any(|holder| holder.title == Title::Secretary.word());
    let studied = store::directive::acknowledged_by_unit(conn, actor.root.0, unit.id.0).await?;
    let done = studied.iter().any(|row| row.directive_id == document.row.directive_id);
    if done || acknowledges_as(&held, has_head).is_err() {
        return Ok(None);
    }
    let due = stored_day(document.row.study_by.as_deref())?;
    let about = format!("{}: {}", unit.name, line(document)?.summary);
    Ok(Some(task("study", format!("{}#quan-triet", address(document.id())), &about, due, 0)))
}

/// Obligations of a body that are not met, with the nearest last day.
async fn to_do(conn: &mut Conn, actor: &Actor, (document, unit): (&Document, &Own)) -> Result<Option<Task>> {
    let concerned = actor.holds(unit.id, &OFFICE) && unit.path.starts_with(&document.path);
    if !concerned || !allows(actor, Act::ReportDuty, &Resource::of_unit(&unit.path)) {
        return Ok(None);
    }
    let mut open = Vec::new();
    for row in store::directive::parts(conn, actor.root.0, document.row.directive_id).await?.duties {
        let duty = crate::reads::direction::duty(&row)?;
        let asked = duty.kinds.contains(&unit.kind) && duty.known_by != KnownBy::Acknowledged;
        if asked && !met_by(conn, document, &duty, unit.id).await? {
            open.push(duty.due_on);
        }
    }
    let due = open.iter().flatten().min().copied();
    let about = format!("{}: {}", unit.name, line(document)?.summary);
    let number = i64::try_from(open.len()).unwrap_or(i64::MAX);
    Ok((number > 0).then(|| task("duties", format!("{}#yeu-cau", address(document.id())), &about, due, number)))
}

/// The office of the issuer, once the last day for studying has passed.
async fn to_urge(conn: &mut Conn, actor: &Actor, document: &Document, today: Day) -> Result<Option<Task>> {
    let due = stored_day(document.row.study_by.as_deref())?;
    let issuer = domain::UnitId(document.row.unit_id);
    if days_late(due, today) == 0 || !actor.holds(issuer, &OFFICE) {
        return Ok(None);
    }
    let (_, _, late) = following(conn, document, Matter::Study, &document.path, today).await?.count();
    let link = format!("{}/noi-nhan/{issuer}", address(document.id()));
    let number = i64::try_from(late).unwrap_or(i64::MAX);
    Ok((late > 0).then(|| task("not_studied", link, &document.row.summary, due, number)))
}
