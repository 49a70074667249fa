//! Kiến nghị về kết quả xếp loại.

mod answer_petition;
mod extend_petition;
mod file_petition;
mod redecide;
mod withdraw_petition;

pub use answer_petition::{AnswerPetition, Redecision, answer_petition};
pub use extend_petition::extend_petition;
pub use file_petition::{FilePetition, file_petition};
pub use withdraw_petition::withdraw_petition;

use domain::petition::PetitionState;
use domain::policy::Resource;
use domain::{Actor, PetitionId, ReviewId};
use store::Conn;
use store::org::UnitRow;
use store::outcome::petition::PetitionRow;

use crate::acts::review::Loaded;
use crate::error::{Error, Result, known};

/// A petition with what belongs to it, loaded for an act or a page.
pub(crate) struct Filed {
    pub(crate) row: PetitionRow,
    pub(crate) loaded: Loaded,
    pub(crate) body: UnitRow,
}

impl Filed {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: PetitionId) -> Result<Self> {
        let row = store::outcome::petition::petition(conn, actor.root.0, id.0).await?.ok_or(Error::Denied)?;
        let loaded = Loaded::load(conn, actor, ReviewId(row.review_id)).await?;
        let body = body_of(conn, &loaded).await?;
        Ok(Self { row, loaded, body })
    }

    /// What the access table is asked about: the body that decided, and whom it decided on.
    pub(crate) fn resource(&self) -> Resource {
        decided(&self.body, &self.loaded)
    }

    pub(crate) fn state(&self) -> Result<PetitionState> {
        known(PetitionState::from_word(&self.row.state), "petition state")
    }

    pub(crate) fn object(&self) -> String {
        object_of(PetitionId(self.row.petition_id))
    }
}

/// How the journal and extensions name a petition.
pub(crate) fn object_of(petition: PetitionId) -> String {
    format!("petition/{petition}")
}

/// The body that decided on a review.
pub(crate) async fn body_of(conn: &mut Conn, loaded: &Loaded) -> Result<UnitRow> {
    store::org::unit(conn, loaded.review.root_id, loaded.campaign.unit_id).await?.ok_or(Error::Denied)
}

pub(crate) fn decided(body: &UnitRow, loaded: &Loaded) -> Resource {
    Resource { about: loaded.person_id(), ..Resource::of_unit(&body.path) }
}
