//! Quyết định nơi xếp loại của người giữ chức vụ ở nhiều nơi: by a body that stands over all of them.

use domain::policy::{Act, Resource};
use domain::review::ReviewState;
use domain::subject::Subject;
use domain::{Actor, PersonId, Refusal, UnitId};
use store::authority::LeaderPlaceRow;

use crate::acts::campaign::{follow_registers, standing_conflicts};
use crate::acts::{UNNAMED, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// The decision as typed. What is wrong stands at `place-` and `basis-` with the person's id: many stand on one page.
#[derive(Debug, Clone, Default)]
pub struct ChoosePlace {
    /// Unit in which he is reviewed.
    pub unit: Option<UnitId>,
    /// Number, day and issuer of the document.
    pub basis: String,
}

/// Decides where somebody is reviewed on whom different bodies would decide; his review goes there.
///
/// # Errors
/// `AUTHORITY-003` no document, `-004` verified already where he is, `FORM-002`, `FORM-003`; [`Error::Denied`] for others than a
/// superior committee of all his places, and about people of whom it is clear.
pub async fn choose_place(app: &App, actor: &Actor, person: PersonId, order: &ChoosePlace) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let found = standing_conflicts(app, &mut work.tx, root).await?;
    let conflict = found.into_iter().find(|one| one.person == person).ok_or(Error::Denied)?;
    for place in &conflict.places {
        permit(actor, Act::Delegate, &Resource::of_unit(superior_of(&place.path)))?;
    }
    let field = format!("place-{person}");
    let named = order.unit.filter(|unit| conflict.places.iter().any(|place| place.unit == *unit));
    let unit = named.ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at(&field))?;
    let basis_field = format!("basis-{person}");
    let basis = typed_text(&order.basis, &basis_field, 500)?;
    if basis.is_empty() {
        return Err(Refusal::new("AUTHORITY-003").at(&basis_field).into());
    }
    for review in store::review::undecided(&mut work.tx, root).await? {
        let his = review.subject == Subject::Leader.word() && review.about_id == person.0;
        if his && review.unit_id != unit.0 && review.state == ReviewState::Proposed.word() {
            return Err(Refusal::new("AUTHORITY-004").at(&field).into());
        }
    }
    let row = LeaderPlaceRow {
        root_id: root,
        person_id: person.0,
        unit_id: unit.0,
        basis,
        decided_by: actor.person.0,
        decided_at: work.at,
    };
    let earlier = store::authority::leader_places(&mut work.tx, root).await?;
    let before = earlier.into_iter().find(|row| row.person_id == person.0);
    store::authority::set_leader_place(&mut work.tx, &row).await?;
    work.note("authority.place_chosen", format!("leader_place/{person}"), before.as_ref(), Some(&row))?;
    follow_registers(&mut work).await?;
    work.commit().await
}

/// Path of the superior; the top of the hierarchy, over which nobody stands here, is its own.
pub(crate) fn superior_of(path: &str) -> &str {
    let above = path.trim_end_matches('/').rfind('/').map_or(path, |at| &path[..=at]);
    if above.len() > 1 { above } else { path }
}

#[cfg(test)]
mod tests {
    use super::superior_of;

    #[test]
    fn the_superior_is_a_step_up_and_the_top_stands_alone() {
        assert_eq!(superior_of("/a/b/"), "/a/");
        assert_eq!(superior_of("/a/"), "/a/");
    }
}
