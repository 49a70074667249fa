//! Người giữ chức vụ ở nhiều nơi: leaders on whom different bodies would decide, by the unit they are reviewed in.

use domain::authority::Competence;
use domain::{Day, PersonId, UnitId};
use rules::Book;
use store::Conn;
use store::org::UnitRow;
use uuid::Uuid;

use super::subjects::others;
use crate::error::Result;

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
