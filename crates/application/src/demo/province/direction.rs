//! Văn bản chỉ đạo của tỉnh mẫu: the province's letter of October, the first district's plan under it, who has studied them.

use std::sync::Arc;

use domain::org::{Title, UnitKind};
use domain::{Actor, DirectiveId, PersonId, RootId, UnitId};

use super::cast::{Cast, Seat};
use super::day;
use crate::app::App;
use crate::demo::chance::SetClock;
use crate::demo::directives::{Directives, day_of, issue, study};
use crate::error::{Result, known};

/// Bodies that acknowledge, at most: each is an act of its own.
const MOST: usize = 120;
/// One of so many is late.
const LATE: usize = 5;

/// Issues both and lets most heads of the higher bodies acknowledge the first.
pub(super) async fn direct(app: &App, clock: &Arc<SetClock>, root: RootId, cast: &Cast) -> Result<DirectiveId> {
    let seats = cast.seats();
    let stage = Stage { app, root, cast, seats: &seats };
    let texts = Directives::read()?;
    clock.put(day_of(&texts.province)?, 9);
    let letter = stage.issued(0, None, &texts.province).await?;
    clock.put(day_of(&texts.district)?, 9);
    stage.issued(1, Some(letter), &texts.district).await?;
    clock.put(day("2022-11-04")?, 10);
    let bodies =
        cast.units.iter().enumerate().filter(|(_, unit)| {
            matches!(unit.kind, UnitKind::AboveBase | UnitKind::BaseOrganization | UnitKind::BaseCell)
        });
    for (at, _) in bodies.take(MOST).enumerate().filter(|(number, _)| number % LATE != LATE - 1).map(|(_, body)| body) {
        if let Some(head) = stage.holder(at, Title::Secretary).await? {
            study(app, &head, letter, UnitId(cast.units[at].id)).await?;
        }
    }
    Ok(letter)
}

struct Stage<'a> {
    app: &'a App,
    root: RootId,
    cast: &'a Cast,
    seats: &'a [Seat],
}

impl Stage<'_> {
    async fn holder(&self, unit: usize, title: Title) -> Result<Option<Actor>> {
        let Some(seat) = self.seats.iter().find(|seat| seat.unit == unit && seat.title == title) else {
            return Ok(None);
        };
        let person = PersonId(self.cast.person(seat)?);
        Ok(Some(crate::access::actor(self.app, self.root, person).await?))
    }

    async fn issued(
        &self,
        unit: usize,
        under: Option<DirectiveId>,
        order: &crate::acts::direction::TypedDirective,
    ) -> Result<DirectiveId> {
        let clerk = known(self.holder(unit, Title::Clerk).await?, "clerk of the sample province")?;
        let secretary = known(self.holder(unit, Title::Secretary).await?, "secretary of the sample province")?;
        issue(self.app, (&clerk, &secretary), UnitId(self.cast.units[unit].id), under, order).await
    }
}
