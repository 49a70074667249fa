//! Who acts: the person behind a session with what he holds today.

use domain::org::{Title, UnitKind};
use domain::{Actor, Day, HeldPost, PersonId, PostId, RootId, UnitId};
use store::{Conn, org, roster};

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
    let row = org::person(conn, root.0, person.0).await?.ok_or(Error::Denied)?;
    named(conn, root, (person, row.full_name), day).await
}

/// The actor behind a person whose name is known already.
pub(crate) async fn named(
    conn: &mut Conn,
    root: RootId,
    (person, name): (PersonId, String),
    day: Day,
) -> Result<Actor> {
    let day = day.to_string();
    let mut posts = Vec::new();
    for held in org::posts_held(conn, root.0, person.0, &day).await? {
        posts.push(HeldPost {
            post: PostId(held.post_id),
            title: known(Title::from_word(&held.title), "title")?,
            unit: UnitId(held.unit_id),
            path: held.path,
            kind: known(UnitKind::from_word(&held.kind), "kind of unit")?,
        });
    }
    let member_of = org::member_of(conn, root.0, person.0, &day).await?;
    // A post that was left open gives nothing to whoever is no member any more.
    if member_of.is_empty() && roster::has_left(conn, root.0, person.0, &day).await? {
        posts.clear();
    }
    let member_of = member_of.into_iter().map(|unit| (UnitId(unit.unit_id), unit.path)).collect();
    Ok(Actor { root, person, name, posts, member_of })
}
