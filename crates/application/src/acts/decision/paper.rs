//! Phần đầu quyết định, whoever it is about: number, day, signer and vote of the deciding body, entered in the register.

use domain::decision::DecisionState;
use domain::subject::Subject;
use domain::{Actor, Day, DecisionId, MeetingId, PersonId, Refusal};
use store::campaign::CampaignRow;
use store::meeting::MeetingRow;
use store::outcome::DecisionRow;

use crate::acts::meeting::Held;
use crate::acts::register::Entry;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::{typed_day, typed_text};
use crate::app::Work;
use crate::error::{Result, stored};
use crate::judge;
use crate::papers::{UnitPaper, number};

/// The head of a decision as typed.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// Number in the register of papers.
    pub number: String,
    /// Day on the paper.
    pub signed_on: String,
    /// Who signs.
    pub signer: Option<PersonId>,
    /// Votes of the body for the list.
    pub in_favour: String,
    /// Why a cap is exceeded.
    pub cap_override_reason: String,
    /// Version of the decision on which it was typed, 0 when nothing was saved; none for whoever saw no page.
    pub seen: Option<i64>,
}

/// What a decision is about: the kind of subject, and the number of the list, 1 or a further one for whoever came late.
type About = (Subject, i64);

impl Paper {
    /// Saves the head over `earlier`, the draft that is open.
    ///
    /// # Errors
    /// `REVIEW-010`, `REVIEW-002` changed since, `REGISTER-001` number taken, `FORM-002`, `-004`, `-006`.
    pub(crate) async fn save(
        &self,
        work: &mut Work<'_>,
        actor: &Actor,
        campaign: &CampaignRow,
        about: About,
        earlier: Option<DecisionRow>,
    ) -> Result<DecisionRow> {
        let standing = earlier.as_ref().map(|row| Standing {
            version: row.version,
            saved_by: row.saved_by,
            saved_at: row.saved_at,
        });
        must_be_newest(work, self.seen, standing.as_ref()).await?;
        let root = work.root();
        let session = store::meeting::of_unit(&mut work.tx, root, campaign.campaign_id, campaign.unit_id).await?.pop();
        let base = membership(work, actor, session.as_ref(), about.0).await?;
        let row = self.row(work, actor, campaign, about, earlier.as_ref())?;
        let row =
            DecisionRow { meeting_id: session.map(|meeting| meeting.meeting_id), membership_base: base.into(), ..row };
        match &earlier {
            None => store::outcome::insert_decision(&mut work.tx, &row).await?,
            Some(_) if store::outcome::update_decision(&mut work.tx, &row).await? => {}
            Some(_) => return Err(Refusal::new("REVIEW-002").into()),
        }
        enter_number(work, actor, &row, about).await?;
        Ok(row)
    }

    fn row(
        &self,
        work: &Work<'_>,
        actor: &Actor,
        campaign: &CampaignRow,
        (subject, serial): About,
        earlier: Option<&DecisionRow>,
    ) -> Result<DecisionRow> {
        let in_favour = match self.in_favour.trim() {
            "" => 0,
            typed => typed.parse::<u32>().map_err(|_| Refusal::new("FORM-006").with("value", typed).at("in_favour"))?,
        };
        let signed_on =
            if self.signed_on.trim().is_empty() { work.today() } else { typed_day(&self.signed_on, "signed_on")? };
        Ok(DecisionRow {
            root_id: work.root(),
            decision_id: earlier.map_or_else(|| work.id::<DecisionId>().0, |old| old.decision_id),
            campaign_id: campaign.campaign_id,
            unit_id: campaign.unit_id,
            subject: subject.word().to_owned(),
            serial,
            meeting_id: None,
            state: DecisionState::Draft.word().to_owned(),
            number: typed_text(&self.number, "number", 30)?,
            signed_on: signed_on.to_string(),
            signer_id: self.signer.unwrap_or(actor.person).0,
            membership_base: 0,
            in_favour: in_favour.into(),
            cap_override_reason: typed_text(&self.cap_override_reason, "override_reason", 2000)?,
            issued_at: None,
            issued_by: None,
            version: earlier.map_or(1, |old| old.version),
            saved_by: Some(actor.person.0),
            saved_at: Some(work.at),
        })
    }
}

/// Membership of the body, 0 before its session is recorded.
async fn membership(work: &mut Work<'_>, actor: &Actor, session: Option<&MeetingRow>, subject: Subject) -> Result<u32> {
    let Some(meeting) = session else { return Ok(0) };
    let held = Held::load(&mut work.tx, actor, MeetingId(meeting.meeting_id)).await?;
    Ok(held.vote_base(judge::majority_on(judge::book_of(work.app(), &held.campaign)?, subject))?.base)
}

async fn enter_number(work: &mut Work<'_>, actor: &Actor, row: &DecisionRow, (subject, serial): About) -> Result<()> {
    let kind = UnitPaper::Decision.meaning();
    let paper = number::object(kind, row.campaign_id, row.unit_id);
    let entry = Entry {
        kind,
        object: if subject == Subject::Member { paper } else { format!("{paper}/{subject}/{serial}") },
        unit: row.unit_id,
        number: row.number.clone(),
        dated_on: stored(Day::parse_stored(&row.signed_on), "signed_on")?,
    };
    entry.enter(work, actor, "number").await.map(drop)
}
