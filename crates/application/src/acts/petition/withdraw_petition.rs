//! Rút kiến nghị, by whoever petitioned.

use domain::petition::{PetitionAct, after};
use domain::policy::Act;
use domain::{Actor, PersonId, PetitionId, Refusal};
use store::outcome::petition::{PetitionRow, update_petition};

use super::Filed;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// Withdraws a petition.
///
/// # Errors
/// `PETITION-001` settled; [`Error::Denied`] for anybody else.
pub async fn withdraw_petition(app: &App, actor: &Actor, petition: PetitionId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let filed = Filed::load(&mut work.tx, actor, petition).await?;
    permit(actor, Act::FilePetition, &filed.loaded.resource())?;
    if PersonId(filed.row.petitioner_id) != actor.person {
        return Err(Error::Denied);
    }
    let state = after(filed.state()?, PetitionAct::Withdraw)?;
    let withdrawn = PetitionRow { state: state.word().to_owned(), ..filed.row.clone() };
    if !update_petition(&mut work.tx, &withdrawn).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    work.note("petition.withdrawn", filed.object(), Some(&filed.row), Some(&withdrawn))?;
    work.commit().await
}
