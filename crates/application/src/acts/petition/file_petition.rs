//! Nhận kiến nghị: written here by the one who was rated, or entered by the office from a letter.

use domain::org::UnitKind;
use domain::petition::{PetitionState, may_file};
use domain::policy::Act;
use domain::{Actor, Day, PetitionId, Refusal, ReviewId};
use store::outcome::petition::{PetitionRow, insert_petition, petitions_of_review};

use super::{body_of, decided, object_of};
use crate::acts::review::Loaded;
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge;

/// A petition as typed.
#[derive(Debug, Clone, Default)]
pub struct FilePetition {
    /// What is asked for, and why.
    pub content: String,
    /// Day of receipt of a letter; what is written here arrives today.
    pub received_on: String,
}

/// Takes a petition and says by when it is answered: the limit of the body that decided, in working days.
///
/// # Errors
/// `PETITION-002` … `-004`; `PETITION-010` the book knows no limit; [`Error::Denied`] when there is no result yet, or for others.
pub async fn file_petition(app: &App, actor: &Actor, review: ReviewId, order: &FilePetition) -> Result<PetitionId> {
    let mut work = Work::begin(app, actor).await?;
    let (root, today) = (work.root(), work.today());
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let body = body_of(&mut work.tx, &loaded).await?;
    let notice = store::outcome::notice(&mut work.tx, root, review.0).await?.ok_or(Error::Denied)?;
    let own = loaded.is_own(actor);
    let petitioner = if own {
        permit(actor, Act::FilePetition, &loaded.resource())?;
        actor.person
    } else {
        permit(actor, Act::HandlePetition, &decided(&body, &loaded))?;
        loaded.person_id().ok_or(Error::Denied)?
    };
    let received_on = if own { today } else { typed_day(&order.received_on, "received_on")? };
    let content = typed_text(&order.content, "content", 10_000)?;
    let before = petitions_of_review(&mut work.tx, root, review.0).await?;
    let pending = before.iter().any(|one| one.state == PetitionState::Received.word());
    let decided_on = stored(Day::parse_stored(&notice.issued_on), "issued_on")?;
    let state = may_file(&content, pending, received_on, decided_on, today)?;
    let kind = known(UnitKind::from_word(&body.kind), "unit kind")?;
    let limit = judge::petition_limit(judge::book_of(app, &loaded.campaign)?, kind);
    let days = limit.ok_or_else(|| Refusal::new("PETITION-010"))?.working_days;
    let row = PetitionRow {
        root_id: root,
        petition_id: work.id::<PetitionId>().0,
        review_id: review.0,
        decision_id: notice.decision_id,
        petitioner_id: petitioner.0,
        content,
        received_on: received_on.to_string(),
        received_by: actor.person.0,
        working_days: days.into(),
        due_on: judge::working_days()?.after(received_on, days).to_string(),
        state: state.word().to_owned(),
        answer: String::new(),
        answered_on: None,
        answered_by: None,
        version: 1,
    };
    insert_petition(&mut work.tx, &row).await?;
    let id = PetitionId(row.petition_id);
    work.note("petition.received", object_of(id), None, Some(&row))?;
    work.commit().await?;
    Ok(id)
}
