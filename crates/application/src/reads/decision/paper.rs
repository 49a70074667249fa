//! Phần đầu quyết định: number, day, signer and vote, whoever the decision is about.

use domain::campaign::DECISION;
use domain::meeting::{MeetingState, VoteBase};
use domain::org::Title;
use domain::subject::Subject;
use domain::{Actor, Day, MeetingId, PersonId};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::org;
use store::outcome::DecisionRow;
use uuid::Uuid;

use crate::acts::meeting::Held;
use crate::app::App;
use crate::error::{Error, Result, stored};
use crate::judge;

/// The head of a decision as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct Paper {
    /// Version that is shown, 0 while nothing is saved.
    pub version: i64,
    /// Number.
    pub number: String,
    /// Day on the paper.
    pub signed_on: Option<Day>,
    /// The last day of the calendar, when the paper is signed after it.
    pub late_after: Option<Day>,
    /// Who signs, with the name.
    pub signer: Option<(PersonId, String)>,
    /// Who may sign: the secretary, then the deputies.
    pub signers: Vec<(PersonId, String)>,
    /// Membership of the body, 0 before its session is recorded.
    pub base: u32,
    /// Its arithmetic.
    pub base_arithmetic: String,
    /// Votes needed.
    pub needed: u32,
    /// Votes in favour.
    pub in_favour: u32,
    /// Whether the minutes of its session are sealed.
    pub minutes_sealed: bool,
    /// Why a cap is exceeded.
    pub cap_override_reason: String,
}

impl Paper {
    /// The head of the decision `row`, or of one that nobody saved yet, of the body that opened the campaign.
    pub(crate) async fn load(
        app: &App,
        conn: &mut store::Conn,
        actor: &Actor,
        (campaign, subject): (&CampaignRow, Subject),
        row: Option<&DecisionRow>,
    ) -> Result<Self> {
        let (root, id) = (campaign.root_id, campaign.campaign_id);
        let meeting = store::meeting::of_unit(conn, root, id, campaign.unit_id).await?.pop();
        let minutes_sealed = meeting.as_ref().is_some_and(|meeting| meeting.state == MeetingState::Sealed.word());
        let base = match meeting {
            Some(meeting) => {
                let held = Held::load(conn, actor, MeetingId(meeting.meeting_id)).await?;
                Some(held.vote_base(judge::majority_on(judge::book_of(app, campaign)?, subject))?)
            }
            None => None,
        };
        let signer = match row {
            Some(row) => Some((PersonId(row.signer_id), name(conn, root, row.signer_id).await?)),
            None => None,
        };
        let signed_on = row.map(|row| stored(Day::parse_stored(&row.signed_on), "signed_on")).transpose()?;
        let last = last_day(conn, campaign).await?;
        Ok(Self {
            late_after: last.filter(|last| signed_on.is_some_and(|signed| signed > *last)),
            version: row.map_or(0, |row| row.version),
            number: row.map_or_else(String::new, |row| row.number.clone()),
            signed_on,
            signer,
            signers: signers(conn, root, campaign.unit_id, &app.clock.today().to_string()).await?,
            base: base.as_ref().map_or(0, |base| base.base),
            base_arithmetic: base.as_ref().map_or_else(String::new, VoteBase::arithmetic),
            needed: base.as_ref().map_or(0, |base| base.needed),
            in_favour: row.and_then(|row| u32::try_from(row.in_favour).ok()).unwrap_or(0),
            minutes_sealed,
            cap_override_reason: row.map_or_else(String::new, |row| row.cap_override_reason.clone()),
        })
    }
}

/// The last day on which the calendar of a campaign has its levels decided.
pub(crate) async fn last_day(conn: &mut store::Conn, campaign: &CampaignRow) -> Result<Option<Day>> {
    let steps = store::campaign::steps(conn, campaign.root_id, campaign.campaign_id).await?;
    let step = steps.into_iter().find(|step| step.step == DECISION);
    step.map(|step| stored(Day::parse_stored(&step.due_on), "due_on")).transpose()
}

async fn signers(conn: &mut store::Conn, root: Uuid, unit: Uuid, day: &str) -> Result<Vec<(PersonId, String)>> {
    let posts = org::holders(conn, root, unit, day).await?;
    let mut list = Vec::new();
    for title in [Title::Secretary, Title::DeputySecretary] {
        for post in posts.iter().filter(|post| post.title == title.word()) {
            list.push((PersonId(post.person_id), name(conn, root, post.person_id).await?));
        }
    }
    Ok(list)
}

async fn name(conn: &mut store::Conn, root: Uuid, person: Uuid) -> Result<String> {
    Ok(org::person(conn, root, person).await?.ok_or(Error::Denied)?.full_name)
}
