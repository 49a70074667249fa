//! Hội nghị kiểm điểm: plan and record it, criticisms and answers, seal the minutes.

mod answer_criticism;
mod record_conclusions;
mod record_criticism;
pub(crate) mod record_meeting;
mod seal_minutes;

pub use answer_criticism::answer_criticism;
pub use record_conclusions::{TypedConclusion, record_conclusions};
pub use record_criticism::{RecordCriticism, record_criticism};
pub use record_meeting::{AttendanceLine, RecordMeeting, record_meeting};
pub use seal_minutes::seal_minutes;

use domain::meeting::{
    Attendee, Circumstance, MeetingAct, MeetingState, Presence, Purpose, VoteBase, after, vote_base,
};
use domain::org::Standing;
use domain::policy::Resource;
use domain::{Actor, MeetingId, UnitId};
use store::Conn;
use store::campaign::CampaignRow;
use store::meeting::{AttendeeRow, MeetingRow};
use store::org::{self, UnitRow};

use crate::error::{Error, Result, known};

/// A meeting with what belongs to it.
pub(crate) struct Held {
    pub(crate) meeting: MeetingRow,
    pub(crate) campaign: CampaignRow,
    pub(crate) unit: UnitRow,
    pub(crate) attendees: Vec<AttendeeRow>,
}

impl Held {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: MeetingId) -> Result<Self> {
        let root = actor.root.0;
        let meeting = store::meeting::meeting(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let campaign = store::campaign::campaign(conn, root, meeting.campaign_id).await?.ok_or(Error::Denied)?;
        let unit = org::unit(conn, root, meeting.unit_id).await?.ok_or(Error::Denied)?;
        let attendees = store::meeting::attendees(conn, root, meeting.meeting_id).await?;
        Ok(Self { meeting, campaign, unit, attendees })
    }

    pub(crate) fn resource(&self) -> Resource {
        Resource::of_unit(&self.unit.path).decided_by(UnitId(self.campaign.unit_id))
    }

    pub(crate) fn object(&self) -> String {
        format!("meeting/{}", self.meeting.meeting_id)
    }

    pub(crate) fn purpose(&self) -> Result<Purpose> {
        known(Purpose::from_word(&self.meeting.purpose), "purpose")
    }

    pub(crate) fn must_be_open(&self) -> Result<()> {
        self.after(MeetingAct::Record).map(drop)
    }

    /// The state to which an act leads.
    pub(crate) fn after(&self, act: MeetingAct) -> Result<MeetingState> {
        Ok(after(known(MeetingState::from_word(&self.meeting.state), "meeting state")?, act)?)
    }

    /// Membership of the meeting and the votes that pass, by the rule book's threshold.
    pub(crate) fn vote_base(&self, threshold: (u32, u32)) -> Result<VoteBase> {
        Ok(vote_base(&attendees(&self.attendees)?, self.purpose()?, threshold))
    }
}

pub(crate) fn attendees(rows: &[AttendeeRow]) -> Result<Vec<Attendee>> {
    rows.iter()
        .map(|row| {
            Ok(Attendee {
                standing: known(Standing::from_word(&row.standing), "standing")?,
                presence: known(Presence::from_word(&row.presence), "presence")?,
                circumstance: known(Circumstance::from_word(&row.circumstance), "circumstance")?,
            })
        })
        .collect()
}
