//! Hội nghị: who is convened, who came, the base of the vote with its arithmetic, criticisms and answers.

use std::collections::BTreeMap;

use domain::meeting::{MeetingState, VoteBase};
use domain::org::{Standing, Title};
use domain::policy::{Act, Resource, allows};
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Actor, BallotId, CampaignId, Day, MeetingId, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::meeting::MeetingRow;
use store::org::{self, UnitRow};

use super::review::CriticismView;
use super::suggestion::SuggestionLine;
use crate::acts::meeting::{Held, record_meeting::convened_on};
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge;

/// Trang hội nghị of one unit in one campaign.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Whether it is a cell's meeting (else the deciding committee's).
    pub of_cell: bool,
    /// The head: who should chair.
    pub heads: Vec<PersonId>,
    /// Everybody convened.
    pub convened: Vec<Convened>,
    /// The meeting as recorded, if it was.
    pub meeting: Option<MeetingView>,
    /// The persons reviewed here with their criticisms (cell's meeting).
    pub reviewed: Vec<Reviewed>,
    /// What the superior suggested to those who are reviewed here.
    pub suggestions: Vec<SuggestionLine>,
    /// Whether the reader may record it.
    pub may_record: bool,
    /// Whether the reader may seal it.
    pub may_seal: bool,
    /// Whether the reader may draw up the ballot.
    pub may_draw_up: bool,
}

/// Một người được triệu tập.
#[derive(Debug, Clone, Serialize)]
pub struct Convened {
    /// Person.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// Standing on the day.
    pub standing: Standing,
    /// Word of `Presence`, empty before it is recorded.
    pub presence: String,
    /// Word of `Circumstance`.
    pub circumstance: String,
    /// Reason for absence.
    pub reason: String,
}

/// Hội nghị như đã ghi.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingView {
    /// Meeting.
    pub id: MeetingId,
    /// Day.
    pub held_on: Day,
    /// Opening.
    pub starts_at: String,
    /// Closing.
    pub ends_at: String,
    /// Place.
    pub place: String,
    /// Chair.
    pub chair: PersonId,
    /// Name of the chair.
    pub chair_name: String,
    /// Why another than the head presides.
    pub chair_reason: String,
    /// Who writes the minutes.
    pub secretary: PersonId,
    /// His name.
    pub secretary_name: String,
    /// The superior's delegate.
    pub delegate: String,
    /// Discussion.
    pub discussion: String,
    /// Conclusion.
    pub conclusion: String,
    /// Whether the minutes are sealed.
    pub sealed: bool,
    /// When.
    pub sealed_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The base of the vote.
    pub base: VoteBase,
    /// Source of the base's rule.
    pub base_citation: String,
    /// Ballot, if one was drawn up, and its state.
    pub ballot: Option<(BallotId, String)>,
    /// Whether the reader counts it or may see its result.
    pub may_see_ballot: bool,
}

/// Một đảng viên được kiểm điểm tại hội nghị.
#[derive(Debug, Clone, Serialize)]
pub struct Reviewed {
    /// Review.
    pub review: ReviewId,
    /// Full name.
    pub name: String,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Whether the self-review was handed in.
    pub handed_in: bool,
    /// Whether it is the reader himself.
    pub own: bool,
    /// Criticisms and answers.
    pub criticisms: Vec<CriticismView>,
    /// Conclusion of the chair; empty when he gave none.
    pub conclusion: String,
}

/// The meeting of a unit in a campaign, recorded or not.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn of_unit(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<MeetingPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let unit = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path).in_campaign_of(UnitId(campaign.unit_id));
    permit(actor, Act::ViewMeeting, &resource)?;
    let row = store::meeting::of_unit(&mut conn, root, campaign.campaign_id, unit.unit_id).await?.into_iter().next();
    let day = row.as_ref().map_or_else(|| app.clock.today().to_string(), |row| row.held_on.clone());
    let holders = org::holders(&mut conn, root, unit.unit_id, &day).await?;
    let heads =
        holders.iter().filter(|post| post.title == Title::Secretary.word()).map(|post| PersonId(post.person_id));
    let of_cell = domain::org::has_members(&unit.kind);
    let convened = convened(&mut conn, actor, &unit, row.as_ref(), &day).await?;
    let open = row.as_ref().is_none_or(|row| row.state != MeetingState::Sealed.word());
    let meeting = match &row {
        Some(row) => Some(view(app, &mut conn, actor, row).await?),
        None => None,
    };
    let recorded = open && meeting.is_some();
    Ok(MeetingPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name.clone(),
        of_cell,
        heads: heads.collect(),
        reviewed: if of_cell || unit.unit_id != campaign.unit_id {
            reviewed(&mut conn, actor, campaign.campaign_id, &unit, row.as_ref()).await?
        } else {
            Vec::new()
        },
        suggestions: {
            let place = (campaign.campaign_id, unit.unit_id);
            super::suggestion::of_meeting(&mut conn, actor, place, app.clock.today()).await?
        },
        may_record: open && allows(actor, Act::RecordMeeting, &resource),
        may_seal: recorded && allows(actor, Act::SealMinutes, &resource),
        may_draw_up: recorded
            && meeting.as_ref().is_some_and(|m| m.ballot.is_none())
            && allows(actor, Act::DrawUpBallot, &resource),
        convened,
        meeting,
    })
}

async fn convened(
    conn: &mut store::Conn,
    actor: &Actor,
    unit: &UnitRow,
    row: Option<&MeetingRow>,
    day: &str,
) -> Result<Vec<Convened>> {
    let root = actor.root.0;
    let recorded = match row {
        Some(row) => store::meeting::attendees(conn, root, row.meeting_id).await?,
        None => Vec::new(),
    };
    if !recorded.is_empty() {
        return recorded
            .into_iter()
            .map(|a| {
                Ok(Convened {
                    person: PersonId(a.person_id),
                    name: a.full_name,
                    standing: known(Standing::from_word(&a.standing), "standing")?,
                    presence: a.presence,
                    circumstance: a.circumstance,
                    reason: a.reason,
                })
            })
            .collect();
    }
    let list = convened_on(conn, root, unit, day).await?;
    Ok(list
        .into_iter()
        .map(|(person, standing, name)| Convened {
            person: PersonId(person),
            name,
            standing,
            presence: String::new(),
            circumstance: String::new(),
            reason: String::new(),
        })
        .collect())
}

async fn view(app: &App, conn: &mut store::Conn, actor: &Actor, row: &MeetingRow) -> Result<MeetingView> {
    let root = actor.root.0;
    let held = Held::load(conn, actor, MeetingId(row.meeting_id)).await?;
    let book = judge::book_of(app, &held.campaign)?;
    let ballot = store::ballot::of_meeting(conn, root, row.meeting_id).await?;
    let chair = org::person(conn, root, row.chair_id).await?.ok_or(Error::Denied)?;
    let secretary = org::person(conn, root, row.secretary_id).await?.ok_or(Error::Denied)?;
    Ok(MeetingView {
        id: MeetingId(row.meeting_id),
        held_on: stored(Day::parse_stored(&row.held_on), "held_on")?,
        starts_at: row.starts_at.clone(),
        ends_at: row.ends_at.clone().unwrap_or_default(),
        place: row.place.clone(),
        chair: PersonId(row.chair_id),
        chair_name: chair.full_name,
        chair_reason: row.chair_reason.clone(),
        secretary: PersonId(row.secretary_id),
        secretary_name: secretary.full_name,
        delegate: row.delegate.clone(),
        discussion: row.discussion.clone(),
        conclusion: row.conclusion.clone(),
        sealed: row.state == MeetingState::Sealed.word(),
        sealed_at: row.sealed_at,
        base: held.vote_base(judge::majority(book))?,
        base_citation: judge::majority_citation(book),
        may_see_ballot: ballot.as_ref().is_some_and(|ballot| sees_ballot(actor, &held, ballot)),
        ballot: ballot.map(|ballot| (BallotId(ballot.ballot_id), ballot.state)),
    })
}

fn sees_ballot(actor: &Actor, held: &Held, ballot: &store::ballot::BallotRow) -> bool {
    let team = [ballot.teller_a, ballot.teller_b, ballot.head_teller];
    let may = |act| allows(actor, act, &held.resource());
    team.contains(&actor.person.0) || may(Act::ViewTally) || may(Act::DrawUpBallot)
}

async fn reviewed(
    conn: &mut store::Conn,
    actor: &Actor,
    campaign: uuid::Uuid,
    unit: &UnitRow,
    row: Option<&MeetingRow>,
) -> Result<Vec<Reviewed>> {
    let root = actor.root.0;
    let (criticisms, conclusions) = match row {
        Some(row) => (
            store::meeting::criticisms(conn, root, row.meeting_id).await?,
            store::meeting::conclusions(conn, root, row.meeting_id).await?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    let mut concluded: BTreeMap<uuid::Uuid, String> =
        conclusions.into_iter().map(|one| (one.review_id, one.content)).collect();
    let reviews = if domain::org::has_members(&unit.kind) {
        let members = store::review::list_of_unit(conn, root, campaign, unit.unit_id).await?;
        members
            .into_iter()
            .map(|one| (one.review_id, one.person_id, one.full_name, one.state, one.obligation))
            .collect()
    } else {
        of_body(conn, actor, campaign, unit).await?
    };
    let due = reviews.into_iter().filter(|(.., obligation)| obligation != Obligation::Neither.word());
    Ok(due
        .map(|(review, about, name, state, obligation)| Reviewed {
            review: ReviewId(review),
            handed_in: state != ReviewState::AwaitingSelfReview.word(),
            own: about == actor.person.0,
            criticisms: criticisms
                .iter()
                .filter(|one| one.review_id == review)
                .cloned()
                .map(CriticismView::from)
                .collect(),
            conclusion: concluded.remove(&review).unwrap_or_default(),
            name,
            obligation,
        })
        .collect())
}

/// Review, whom it is about, name, state, obligation.
type About = (uuid::Uuid, uuid::Uuid, String, String, String);

/// What a body reviews about itself in the round of its superior: the organisation, its collective, its leaders.
async fn of_body(conn: &mut store::Conn, actor: &Actor, campaign: uuid::Uuid, unit: &UnitRow) -> Result<Vec<About>> {
    let rows = store::standing::of_campaign(conn, actor.root.0, campaign).await?;
    let ours = rows.into_iter().filter(|row| row.unit_id == unit.unit_id);
    ours.map(|row| {
        let subject = known(Subject::from_word(&row.subject), "subject")?;
        let name = if subject.is_person() {
            row.name
        } else {
            crate::papers::subject_name(subject, &row.unit_kind, &row.name)?
        };
        Ok((row.review_id, row.about_id, name, row.state, row.obligation))
    })
    .collect()
}
