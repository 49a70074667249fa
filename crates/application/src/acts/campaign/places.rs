//! Người giữ chức vụ ở nhiều nơi: leaders on whom different bodies would decide, by the unit they are reviewed in.

use domain::authority::Competence;
use domain::{Day, PersonId, UnitId};
use rules::Book;
use store::Conn;
use store::org::{self, UnitRow};
use uuid::Uuid;

use super::follow::{in_order, running};
use super::subjects::others;
use crate::app::App;
use crate::error::{Error, Result, stored};
use crate::judge;

/// Một người với các nơi.
pub(crate) struct Conflict {
    /// Who.
    pub(crate) person: PersonId,
    /// Unit, its path, its name and the body that would decide; where he is reviewed stands first.
    pub(crate) places: Vec<PlaceOf>,
}

/// Một nơi.
pub(crate) struct PlaceOf {
    pub(crate) unit: UnitId,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) body: Option<UnitId>,
}

/// The leaders among `units` on a day whose places are decided by different bodies.
pub(crate) async fn conflicts(
    book: &Book,
    conn: &mut Conn,
    (root, day): (Uuid, Day),
    units: &[UnitRow],
) -> Result<Vec<Conflict>> {
    let mut found = Vec::new();
    for other in others(book, conn, (root, day), units).await? {
        let Some(places) = other.conflict() else { continue };
        let place = |(unit, decides): (&UnitRow, &Competence)| PlaceOf {
            unit: UnitId(unit.unit_id),
            path: unit.path.clone(),
            name: unit.name.clone(),
            body: if let Competence::Body(body) = decides { Some(*body) } else { None },
        };
        let places = places.into_iter().map(place).collect();
        found.push(Conflict { person: PersonId(other.about()), places });
    }
    Ok(found)
}

/// The conflicts that are to be settled now: of each round that runs as of its cut-off day and by its book; of today while none
/// runs.
pub(crate) async fn standing_conflicts(app: &App, conn: &mut Conn, root: Uuid) -> Result<Vec<Conflict>> {
    let rounds = running(conn, root).await?;
    let mut found: Vec<Conflict> = Vec::new();
    for round in &rounds {
        let path = org::unit(conn, root, round.unit_id).await?.ok_or(Error::Denied)?.path;
        let units = in_order(org::units_below(conn, root, &path).await?);
        let day = stored(Day::parse_stored(&round.cut_off_on), "cut_off_on")?;
        let of_round = conflicts(judge::book_of(app, round)?, conn, (root, day), &units).await?;
        for one in of_round {
            if found.iter().all(|known| known.person != one.person) {
                found.push(one);
            }
        }
    }
    let today = app.clock.today();
    if let Some(book) = app.library.book_on(today).filter(|_| rounds.is_empty()) {
        let units = org::units(conn, root).await?;
        return conflicts(book, conn, (root, today), &units).await;
    }
    Ok(found)
}
