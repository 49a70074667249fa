//! Gia hạn trả lời kiến nghị: the petitioner reads the reason; the day before stays in the history.

use domain::petition::{PetitionAct, after};
use domain::policy::Act;
use domain::remediation::later;
use domain::{Actor, Day, PetitionId, Refusal};
use store::outcome::petition::{PetitionRow, update_petition};

use super::Filed;
use crate::acts::after::{Extend, put_off};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Result, stored};

/// Puts off the answer with notice of the reason.
///
/// # Errors
/// `PETITION-001` settled, `REMEDY-013` not a later day, `-014` no reason; `FORM-004`.
pub async fn extend_petition(app: &App, actor: &Actor, petition: PetitionId, order: &Extend) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let filed = Filed::load(&mut work.tx, actor, petition).await?;
    permit(actor, Act::HandlePetition, &filed.resource())?;
    after(filed.state()?, PetitionAct::Extend)?;
    let until = typed_day(&order.until, "until")?;
    let reason = typed_text(&order.reason, "reason", 1000)?;
    let due_on = stored(Day::parse_stored(&filed.row.due_on), "due_on")?;
    later(due_on, until, &reason)?;
    put_off(&mut work, &filed.object(), (due_on, until), &reason).await?;
    let extended = PetitionRow { due_on: until.to_string(), ..filed.row.clone() };
    if !update_petition(&mut work.tx, &extended).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    work.note_citing(
        "petition.extended",
        filed.object(),
        Some(&filed.row),
        Some(&extended),
        Grounds::because(&reason),
    )?;
    work.commit().await
}
