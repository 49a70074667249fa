//! Lịch cá nhân: sessions of the units one follows and how many things fall due on a day. Nothing that is not for every eye.

use std::collections::BTreeMap;

use domain::{Actor, Day, PersonId, RootId};
use serde::Serialize;

use super::mine;
use super::mine::to_attend;
use crate::app::App;
use crate::error::Result;

/// Một mục trong lịch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum CalendarEntry {
    /// A session to attend: id of the assignment, unit, day, time of beginning as `HH:MM`.
    Session(String, String, Day, String),
    /// How many things fall due on a day; what they are stands in the program only.
    Due(Day, usize),
}

/// What stands in somebody's calendar, by the digest of the secret in its address; nothing for an address that is not valid.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn calendar(app: &App, root: RootId, secret_digest: &str) -> Result<Option<Vec<CalendarEntry>>> {
    let mut conn = app.read(root).await?;
    let Some(feed) = store::assignment::feed(&mut conn, root.0, secret_digest).await? else { return Ok(None) };
    drop(conn);
    let actor = crate::access::actor(app, root, PersonId(feed.person_id)).await?;
    let followed = mine(app, &actor).await?;
    let mut entries: Vec<CalendarEntry> = to_attend(&followed)
        .map(|(one, day)| {
            let session = &one.line.session;
            CalendarEntry::Session(one.line.id.to_string(), one.line.unit.clone(), day, session.starts_at.clone())
        })
        .collect();
    let mut due: BTreeMap<Day, usize> = BTreeMap::new();
    for task in crate::reads::tasks::tasks(app, &actor).await? {
        if let Some(day) = task.due_on.filter(|_| task.kind != "attend") {
            *due.entry(day).or_default() += 1;
        }
    }
    entries.extend(due.into_iter().map(|(day, number)| CalendarEntry::Due(day, number)));
    Ok(Some(entries))
}

/// Since when the actor has an address for his calendar.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn has_calendar(app: &App, actor: &Actor) -> Result<Option<chrono::DateTime<chrono::Utc>>> {
    let mut conn = app.read(actor.root).await?;
    let feed = store::assignment::feed_of(&mut conn, actor.root.0, actor.person.0).await?;
    Ok(feed.map(|feed| feed.made_at))
}
