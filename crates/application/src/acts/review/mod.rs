//! Tự kiểm điểm, dữ kiện, ý kiến các chủ thể.

mod record_scores;
mod record_slip;
mod return_self_review;
pub(crate) mod save_self_review;
mod state_fact;
mod state_opinion;
mod submit_self_review;

pub(crate) use record_scores::permit_scoring;
pub use record_scores::{RecordScores, record_scores};
pub use record_slip::{RecordSlip, record_slip};
pub(crate) use record_slip::{open, permit_slips, sees_slip};
pub(crate) use return_self_review::keep_reason;
pub use return_self_review::return_self_review;
pub use save_self_review::{Typed, save_self_review};
pub(crate) use save_self_review::{filler, permit_writing, with_score};
pub use state_fact::{StateFact, state_fact, state_facts};
pub use state_opinion::{StateOpinion, state_opinion};
pub use submit_self_review::submit_self_review;

use domain::org::Title;
use domain::policy::{Act, Resource};
use domain::review::{Obligation, ReviewAct, ReviewState, after};
use domain::subject::Subject;
use domain::{Actor, PersonId, Refusal, ReviewId, UnitId};
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{self, PersonRow, UnitRow};
use store::review::{self, ReviewRow};

use crate::app::{Work, permit};
use crate::error::{Error, Result, known};

/// A review with what belongs to it, loaded for an act or a page.
pub(crate) struct Loaded {
    pub(crate) review: ReviewRow,
    pub(crate) campaign: CampaignRow,
    pub(crate) unit: UnitRow,
    pub(crate) subject: Subject,
    /// Whom it is about; nobody when it is about an organisation or a collective.
    pub(crate) person: Option<PersonRow>,
}

impl Loaded {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: ReviewId) -> Result<Self> {
        let root = actor.root.0;
        let review = review::review(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let campaign = store::campaign::campaign(conn, root, review.campaign_id).await?.ok_or(Error::Denied)?;
        let unit = org::unit(conn, root, review.unit_id).await?.ok_or(Error::Denied)?;
        let subject = known(Subject::from_word(&review.subject), "subject")?;
        let person = match review.person_id {
            Some(person) => Some(org::person(conn, root, person).await?.ok_or(Error::Denied)?),
            None => None,
        };
        Ok(Self { review, campaign, unit, subject, person })
    }

    /// What the access table is asked about.
    pub(crate) fn resource(&self) -> Resource {
        let resource = match self.person_id() {
            Some(person) => Resource::about(&self.unit.path, person),
            None => Resource::of_unit(&self.unit.path),
        };
        resource.decided_by(UnitId(self.campaign.unit_id))
    }

    /// Whom it is about; nobody when it is about an organisation or a collective.
    pub(crate) fn person_id(&self) -> Option<PersonId> {
        self.person.as_ref().map(|person| PersonId(person.person_id))
    }

    /// The person it is about.
    ///
    /// # Errors
    /// [`Error::Denied`] when it is about an organisation or a collective.
    pub(crate) fn person(&self) -> Result<&PersonRow> {
        self.person.as_ref().ok_or(Error::Denied)
    }

    /// Whether the reader sees what was said and concluded about it at the meeting: it is about him, or the minutes are open
    /// to him.
    pub(crate) fn opens_minutes(&self, actor: &Actor) -> bool {
        let resource = self.resource();
        resource.about == Some(actor.person) || domain::policy::allows(actor, Act::ViewMeeting, &resource)
    }

    /// Who answers for it: the person himself; for an organisation or a collective whoever heads the unit today.
    pub(crate) fn is_own(&self, actor: &Actor) -> bool {
        match self.person_id() {
            Some(person) => person == actor.person,
            None => actor.holds(UnitId(self.unit.unit_id), &[Title::Secretary, Title::DeputySecretary]),
        }
    }

    /// Permits facts and opinions: on a member to those of his cell, on any other subject to the office of the body that
    /// decides on it.
    pub(crate) async fn permit_stating(&self, conn: &mut Conn, actor: &Actor, act: Act) -> Result<()> {
        if self.subject == Subject::Member {
            return permit(actor, act, &self.resource());
        }
        let unit = org::unit(conn, actor.root.0, self.campaign.unit_id).await?.ok_or(Error::Denied)?;
        permit(actor, Act::VerifySubject, &Resource::of_unit(&unit.path))
    }

    /// Name of the subject as lists and papers show it.
    pub(crate) fn name(&self) -> Result<String> {
        match &self.person {
            Some(person) => Ok(person.full_name.clone()),
            None => crate::papers::subject_name(self.subject, &self.unit.kind, &self.unit.name),
        }
    }

    pub(crate) fn state(&self) -> Result<ReviewState> {
        known(ReviewState::from_word(&self.review.state), "review state")
    }

    pub(crate) fn object(&self) -> String {
        format!("review/{}", self.review.review_id)
    }

    /// Refuses work on a review that nobody owes.
    pub(crate) fn must_be_due(&self) -> Result<()> {
        if self.review.obligation == Obligation::Neither.word() {
            let reason = &self.review.obligation_reason;
            return Err(Refusal::new("REVIEW-003").with("reason", reason).into());
        }
        Ok(())
    }

    /// Moves the review by `act` and writes it down as `event`.
    pub(crate) async fn advance(&self, work: &mut Work<'_>, act: ReviewAct, event: &str, why: &str) -> Result<()> {
        let next = after(self.state()?, act)?;
        let root = work.root();
        if !review::set_state(&mut work.tx, root, self.review.review_id, self.review.version, next.word()).await? {
            return Err(Refusal::new("REVIEW-002").into());
        }
        let moved =
            ReviewRow { state: next.word().to_owned(), version: self.review.version + 1, ..self.review.clone() };
        work.note_citing(event, self.object(), Some(&self.review), Some(&moved), crate::app::Grounds::because(why))
    }
}
