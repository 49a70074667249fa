//! Who acts: the person behind a session with what he holds today.

use domain::org::{Title, UnitKind};
use domain::{Actor, Day, HeldPost, PersonId, PostId, RootId, UnitId};
use store::session::LiveSessionRow;
use store::{Conn, org, roster};
use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, Result, known};

/// The actor that `person` is today.
///
/// # Errors
/// [`Error::Denied`] when there is no such person.
pub async fn actor(app: &App, root: RootId, person: PersonId) -> Result<Actor> {
    let mut conn = app.read(root).await?;
    actor_on(&mut conn, root, person, app.clock.today()).await
}

pub(crate) async fn actor_on(conn: &mut Conn, root: RootId, person: PersonId, day: Day) -> Result<Actor> {
    let name = org::person(conn, root.0, person.0).await?.ok_or(Error::Denied)?.full_name;
    let on = day.to_string();
    let mut posts = Vec::new();
    for row in org::posts_held(conn, root.0, person.0, &on).await? {
        posts.push(held((row.post_id, row.unit_id), &row.title, row.path, &row.kind)?);
    }
    let member_of = org::member_of(conn, root.0, person.0, &on).await?;
    let member_of = member_of.into_iter().map(|unit| (UnitId(unit.unit_id), unit.path)).collect();
    let mut actor = Actor { root, person, name, posts, member_of };
    take_from_former(conn, &mut actor, day).await?;
    Ok(actor)
}

/// The actor behind a session, of which there is a row at least.
pub(crate) async fn of_session(app: &App, root: RootId, rows: Vec<LiveSessionRow>) -> Result<Actor> {
    let first = known(rows.first(), "row of a session")?;
    let (person, name) = (PersonId(first.person_id), first.full_name.clone());
    let mut actor = Actor { root, person, name, posts: Vec::new(), member_of: Vec::new() };
    for row in rows {
        if let (Some(post), Some(title), Some(unit), Some(path), Some(kind)) =
            (row.post_id, row.title, row.post_unit, row.post_path, row.post_kind)
            && actor.posts.iter().all(|held| held.post.0 != post)
        {
            actor.posts.push(held((post, unit), &title, path, &kind)?);
        }
        if let Some(cell) = row.cell.zip(row.cell_path).map(|(unit, path)| (UnitId(unit), path))
            && !actor.member_of.contains(&cell)
        {
            actor.member_of.push(cell);
        }
    }
    if actor.member_of.is_empty() {
        let mut conn = app.read(root).await?;
        take_from_former(&mut conn, &mut actor, app.clock.today()).await?;
    }
    Ok(actor)
}

fn held((post, unit): (Uuid, Uuid), title: &str, path: String, kind: &str) -> Result<HeldPost> {
    Ok(HeldPost {
        post: PostId(post),
        title: known(Title::from_word(title), "title")?,
        unit: UnitId(unit),
        path,
        kind: known(UnitKind::from_word(kind), "kind of unit")?,
    })
}

/// A post that was left open gives nothing to whoever is no member any more.
async fn take_from_former(conn: &mut Conn, actor: &mut Actor, day: Day) -> Result<()> {
    if actor.member_of.is_empty() && roster::has_left(conn, actor.root.0, actor.person.0, &day.to_string()).await? {
        actor.posts.clear();
    }
    Ok(())
}
