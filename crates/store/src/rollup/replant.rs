//! A unit that stands elsewhere in the tree of a round from now on.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::change::enrol;
use super::fold::{FigureRow, line};
use super::{ADD, FIGURES, REPLANT, STANDS_ELSEWHERE};
use crate::db::{Conn, StoreError};
use crate::sql::{rows, run};

/// A unit in an open round, with where it stands today.
#[derive(Debug, sqlx::FromRow)]
struct Elsewhere {
    round_id: Uuid,
    campaign_id: Uuid,
    top_id: Uuid,
    path: String,
    path_now: String,
    parent_now: Option<Uuid>,
}

/// Takes a unit with everything below it to where it stands today in the tree of each open round that still reaches it,
/// its figures from the superiors it had to those it has. Where all is decided the tree stays as it was decided.
///
/// # Errors
/// When the database fails.
pub(crate) async fn replant(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<(), StoreError> {
    for one in rows!(conn, Elsewhere, STANDS_ELSEWHERE, root, unit)? {
        if let Some(parent) = one.parent_now {
            enrol(conn, root, one.campaign_id, parent).await?;
        }
        let above = |path: &str| line(path, one.top_id).into_iter().filter(|above| *above != unit).collect();
        let (had, has): (BTreeSet<Uuid>, BTreeSet<Uuid>) = (above(&one.path), above(&one.path_now));
        let (had, has): (Vec<_>, Vec<_>) = (had.difference(&has).collect(), has.difference(&had).collect());
        for row in rows!(conn, FigureRow, FIGURES, root, one.round_id, unit)? {
            let class = row.class();
            let left = had.iter().map(|above| (**above, -row.n));
            for (above, n) in left.chain(has.iter().map(|above| (**above, row.n))) {
                run!(conn, ADD, root, one.round_id, above, &class.subject, &class.kind, &class.state, &class.level, n)?;
            }
        }
        run!(conn, REPLANT, root, one.round_id, unit, one.path_now, one.path, one.parent_now)?;
    }
    Ok(())
}
