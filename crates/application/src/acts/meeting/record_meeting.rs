//! Ghi hội nghị: day, place, chair, secretary, delegate, attendance, discussion; as often as needed until it is sealed.

use domain::meeting::{Circumstance, MeetingAct, MeetingState, Presence, Purpose, after};
use domain::org::{Standing, Title};
use domain::policy::{Act, Resource};
use domain::{Actor, CampaignId, Day, MeetingId, PersonId, Refusal, UnitId, text};
use store::campaign::CampaignRow;
use store::meeting::{AttendanceRow, MeetingRow};
use store::org::{self, UnitRow};
use uuid::Uuid;

use crate::acts::{typed_day, typed_text, typed_time};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};

/// One person of the attendance list, words as in `domain::meeting`.
#[derive(Debug, Clone)]
pub struct AttendanceLine {
    /// Person.
    pub person: PersonId,
    /// Word of [`Presence`].
    pub presence: String,
    /// Word of [`Circumstance`].
    pub circumstance: String,
    /// Reason for absence.
    pub reason: String,
}

/// What is recorded; texts as typed.
#[derive(Debug, Clone, Default)]
pub struct RecordMeeting {
    /// Day.
    pub held_on: String,
    /// Opening.
    pub starts_at: String,
    /// Closing, may be empty while it lasts.
    pub ends_at: String,
    /// Place.
    pub place: String,
    /// Chair.
    pub chair: Option<PersonId>,
    /// Why another than the head presides.
    pub chair_reason: String,
    /// Who writes the minutes.
    pub secretary: Option<PersonId>,
    /// The superior's delegate.
    pub delegate: String,
    /// Discussion.
    pub discussion: String,
    /// Conclusion.
    pub conclusion: String,
    /// Attendance; who is convened but not named counts as absent without reason.
    pub attendance: Vec<AttendanceLine>,
}

/// Records the meeting of `unit` in `campaign`: makes it the first time, changes it afterwards.
///
/// # Errors
/// `MEETING-001` chair or secretary not among those convened, `-002` sealed, `-003` absence accepted without a reason,
/// `-011` day outside the campaign; `FORM-002`, `-004`, `-005`.
pub async fn record_meeting(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    unit: UnitId,
    order: &RecordMeeting,
) -> Result<MeetingId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let unit = org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::RecordMeeting, &Resource::of_unit(&unit.path))?;
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let base = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    if !unit.path.starts_with(&base.path) {
        return Err(Error::Denied);
    }
    let earlier =
        store::meeting::of_unit(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?.into_iter().next();
    if let Some(earlier) = &earlier {
        after(known(MeetingState::from_word(&earlier.state), "meeting state")?, MeetingAct::Record)?;
    }
    let row = meeting_row(&work, &campaign, &unit, order, earlier.as_ref())?;
    let convened = convened(&mut work, &unit, &row.held_on).await?;
    let list = attendance(&row, order, &convened)?;
    match &earlier {
        None => store::meeting::insert(&mut work.tx, &row).await?,
        Some(_) if store::meeting::update(&mut work.tx, &row).await? => {}
        Some(_) => return Err(Refusal::new("REVIEW-002").into()),
    }
    store::meeting::replace_attendance(&mut work.tx, root, row.meeting_id, &list).await?;
    work.note("meeting.recorded", format!("meeting/{}", row.meeting_id), earlier.as_ref(), Some(&row))?;
    work.note("meeting.attendance_recorded", format!("meeting/{}", row.meeting_id), None, Some(&list))?;
    work.commit().await?;
    Ok(MeetingId(row.meeting_id))
}

/// A cell reviews its members; the body that opened the round decides in it; any other body reviews itself.
pub(crate) fn purpose(campaign: &CampaignRow, unit: &UnitRow) -> Purpose {
    match (domain::org::has_members(&unit.kind), unit.unit_id == campaign.unit_id) {
        (true, _) => Purpose::CellReview,
        (false, true) => Purpose::CommitteeDecision,
        (false, false) => Purpose::CollectiveReview,
    }
}

fn meeting_row(
    work: &Work<'_>,
    campaign: &CampaignRow,
    unit: &UnitRow,
    order: &RecordMeeting,
    earlier: Option<&MeetingRow>,
) -> Result<MeetingRow> {
    let held_on = typed_day(&order.held_on, "held_on")?;
    if held_on < crate::error::stored(Day::parse_stored(&campaign.period_from), "period_from")? {
        return Err(Refusal::new("MEETING-011").at("held_on").into());
    }
    let chair = order.chair.ok_or_else(|| Refusal::new("MEETING-001").at("chair"))?;
    let secretary = order.secretary.ok_or_else(|| Refusal::new("MEETING-001").at("secretary"))?;
    let ends_at = if order.ends_at.trim().is_empty() { None } else { Some(typed_time(&order.ends_at, "ends_at")?) };
    Ok(MeetingRow {
        root_id: campaign.root_id,
        meeting_id: earlier.map_or_else(|| work.id::<MeetingId>().0, |meeting| meeting.meeting_id),
        campaign_id: campaign.campaign_id,
        unit_id: unit.unit_id,
        purpose: purpose(campaign, unit).word().to_owned(),
        held_on: held_on.to_string(),
        starts_at: typed_time(&order.starts_at, "starts_at")?,
        ends_at,
        place: text::tidy(&typed_text(&order.place, "place", 200)?),
        chair_id: chair.0,
        chair_reason: typed_text(&order.chair_reason, "chair_reason", 500)?,
        secretary_id: secretary.0,
        delegate: typed_text(&order.delegate, "delegate", 300)?,
        discussion: typed_text(&order.discussion, "discussion", 20_000)?,
        conclusion: typed_text(&order.conclusion, "conclusion", 8_000)?,
        state: MeetingState::Open.word().to_owned(),
        sealed_at: None,
        sealed_by: None,
        version: earlier.map_or(1, |meeting| meeting.version),
    })
}

/// Who is convened: the members of a cell, or the sitting committee of a base organisation.
pub(crate) async fn convened(work: &mut Work<'_>, unit: &UnitRow, day: &str) -> Result<Vec<(Uuid, Standing, String)>> {
    let root = work.root();
    convened_on(&mut work.tx, root, unit, day).await
}

/// As [`convened`], for pages: person, standing, full name.
pub(crate) async fn convened_on(
    conn: &mut store::Conn,
    root: Uuid,
    unit: &UnitRow,
    day: &str,
) -> Result<Vec<(Uuid, Standing, String)>> {
    if domain::org::has_members(&unit.kind) {
        let members = org::members_of_unit(conn, root, unit.unit_id, day).await?;
        return members
            .into_iter()
            .map(|m| Ok((m.person_id, known(Standing::from_word(&m.standing), "standing")?, m.full_name)))
            .collect();
    }
    let mut list = Vec::new();
    for holder in org::holders(conn, root, unit.unit_id, day).await? {
        let title = known(Title::from_word(&holder.title), "title")?;
        if !title.is_of_committee() || list.iter().any(|(id, _, _)| *id == holder.person_id) {
            continue;
        }
        let person = org::person(conn, root, holder.person_id).await?.ok_or(Error::Denied)?;
        list.push((holder.person_id, Standing::Official, person.full_name));
    }
    list.sort_by_key(|(_, _, name)| text::name_key(name));
    Ok(list)
}

fn attendance(
    row: &MeetingRow,
    order: &RecordMeeting,
    convened: &[(Uuid, Standing, String)],
) -> Result<Vec<AttendanceRow>> {
    for (person, field) in [(row.chair_id, "chair"), (row.secretary_id, "secretary")] {
        if !convened.iter().any(|(id, _, _)| *id == person) {
            return Err(Refusal::new("MEETING-001").at(field).into());
        }
    }
    convened.iter().map(|(person, standing, name)| attendance_row(row, order, *person, *standing, name)).collect()
}

fn attendance_row(
    row: &MeetingRow,
    order: &RecordMeeting,
    person: Uuid,
    standing: Standing,
    name: &str,
) -> Result<AttendanceRow> {
    let line = order.attendance.iter().find(|line| line.person.0 == person);
    let presence = line.and_then(|line| Presence::from_word(&line.presence)).unwrap_or(Presence::AbsentUnexcused);
    let circumstance =
        line.and_then(|line| Circumstance::from_word(&line.circumstance)).unwrap_or(Circumstance::Normal);
    let reason = typed_text(line.map_or("", |line| line.reason.as_str()), "reason", 300)?;
    if presence == Presence::AbsentExcused && reason.is_empty() {
        return Err(Refusal::new("MEETING-003").with("person", name).at(&format!("reason-{person}")).into());
    }
    Ok(AttendanceRow {
        root_id: row.root_id,
        meeting_id: row.meeting_id,
        person_id: person,
        standing: standing.word().to_owned(),
        presence: presence.word().to_owned(),
        circumstance: circumstance.word().to_owned(),
        reason,
    })
}
