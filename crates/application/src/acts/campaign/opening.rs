//! Một đợt sắp mở: the campaigns, units and reviews a round will consist of, made from the roster and written as one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::campaign::{CalendarStep, UnitStep, awaited};
use domain::org::UnitKind;
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{CampaignId, Day, PersonId, Refusal, RootId};
use store::Conn;
use store::campaign::{CampaignRow, StepRow};
use store::job::Progress;
use store::org::{self, MemberRow, UnitRow};
use store::review::ReviewRow;
use store::rollup::{self, CampaignUnitRow};
use store::withdrawal::WithdrawalRow;
use uuid::Uuid;

use super::earlier::{Earlier, alike};
use super::open::{CUT_OFF, Draft, OpenCampaign, prepare};
use super::set_days::own_days;
use super::since::Since;
use super::subjects::{Other, known_as_members, others};
use crate::acts::direction::{Asked, asked_for};
use crate::app::{App, Work};
use crate::error::{Error, Result, stored};
use crate::jobs::{Lease, Outcome};
use crate::judge::{self, Case};
use crate::sectors::Sectors;

/// Kind of the job.
pub(crate) const KIND: &str = "open_round";
/// Members judged without a pause.
const CHUNK: usize = 5_000;

/// Everything of a round before it is written.
pub(super) struct Opening {
    unit: UnitRow,
    /// Digest of the members as they stood in the roster.
    members: u64,
    campaigns: Vec<CampaignRow>,
    /// Rounds that bodies below opened themselves before, which become part of this one.
    taken: Vec<CampaignRow>,
    steps: Vec<StepRow>,
    units: Vec<CampaignUnitRow>,
    reviews: Vec<ReviewRow>,
    withdrawn: Vec<WithdrawalRow>,
    asked_by: Option<Asked>,
}

impl Opening {
    pub(super) async fn of(app: &App, conn: &mut Conn, draft: Draft) -> Result<Self> {
        let Draft { row, unit, steps, asked_by } = draft;
        let members = org::members_below(conn, row.root_id, &unit.path, &row.cut_off_on).await?;
        if members.is_empty() {
            return Err(Refusal::new("CAMPAIGN-005").at("unit").into());
        }
        let units = org::units_below(conn, row.root_id, &unit.path).await?;
        let cut_off = stored(Day::parse_stored(&row.cut_off_on), "cut_off_on")?;
        let mut others = others(judge::book_of(app, &row)?, conn, (row.root_id, cut_off), &units).await?;
        must_be_settled(&others)?;
        known_as_members(conn, &row, &mut others, &members).await?;
        let earlier = Earlier::load(conn, &row, &units).await?;
        let since = Since::load(app, conn, &unit, &units, &members).await?;
        let seen = digest(&members);
        let placed = members.into_iter().map(|member| MemberRow { unit_id: since.cell_of(&member), ..member });
        let placed: Vec<MemberRow> = placed.collect();
        let places = Places::of(app, (&row, &unit), (&units, &placed, &others), &earlier);
        let calendars = calendars(app, conn, (&row, &steps), (&places.campaigns, &units)).await?;
        let due_on = |kind: &str, campaign: &Uuid| {
            let next = awaited(kind, UnitStep::Waiting.word());
            let steps = calendars.get(campaign).unwrap_or(&steps);
            let day = next.and_then(|next| steps.iter().find(|step| step.step == next));
            day.map_or_else(String::new, |step| step.due_on.to_string())
        };
        let in_round = |unit: &UnitRow| {
            let campaign = places.of.get(&unit.unit_id)?;
            Some(in_round(&row, unit, *campaign, due_on(&unit.kind, campaign)))
        };
        let (mut reviews, withdrawn) = since.apply(member_reviews(app, &row, &placed, &places).await?);
        reviews.extend(other_reviews(app, others, &places).await?);
        reviews.retain(|review| !earlier.has(review));
        let new = |campaign: &CampaignRow| earlier.led_by(campaign.unit_id).is_none();
        let campaigns: Vec<CampaignRow> = places.campaigns.into_iter().filter(new).collect();
        Ok(Self {
            steps: campaigns
                .iter()
                .flat_map(|campaign| step_rows(campaign, calendars.get(&campaign.campaign_id).unwrap_or(&steps)))
                .collect(),
            units: units.iter().filter_map(in_round).collect(),
            reviews,
            withdrawn,
            unit,
            members: seen,
            campaigns,
            taken: earlier.rounds,
            asked_by,
        })
    }

    /// Writes the round, unless the roster or another round came in between.
    pub(super) async fn write(self, work: &mut Work<'_>) -> Result<CampaignId> {
        let top = self.campaigns.first().ok_or_else(|| Error::Fault("a round without a campaign".to_owned()))?;
        self.must_be_the_only(&mut work.tx, top).await?;
        let now = org::members_below(&mut work.tx, top.root_id, &self.unit.path, &top.cut_off_on).await?;
        if digest(&now) != self.members {
            return Err(Refusal::new("CAMPAIGN-013").at("unit").into());
        }
        drop(now);
        let id = CampaignId(top.campaign_id);
        store::campaign::insert_many(&mut work.tx, &self.campaigns, &self.steps).await?;
        for round in &self.taken {
            rollup::join_round(&mut work.tx, top.root_id, round.campaign_id, id.0).await?;
            let joined = CampaignRow { parent_id: Some(id.0), ..round.clone() };
            work.note("campaign.joined", format!("campaign/{}", round.campaign_id), Some(round), Some(&joined))?;
        }
        rollup::insert_units(&mut work.tx, &self.units).await?;
        let below = if self.taken.is_empty() {
            Vec::new()
        } else {
            store::campaign::below(&mut work.tx, top.root_id, id.0).await?
        };
        for own in below {
            if !self.campaigns.iter().any(|new| new.campaign_id == own.campaign_id) {
                rollup::settle_joined(&mut work.tx, top.root_id, own.campaign_id, (id.0, CUT_OFF)).await?;
                own_days(work, top, &own).await?;
            }
        }
        store::review::insert_many(&mut work.tx, &self.reviews).await?;
        for kept in &self.withdrawn {
            store::withdrawal::set(&mut work.tx, kept).await?;
        }
        rollup::rebuild(&mut work.tx, top.root_id, id.0).await?;
        for campaign in &self.campaigns {
            work.note("campaign.opened", format!("campaign/{}", campaign.campaign_id), None, Some(campaign))?;
        }
        if let Some(asked) = &self.asked_by {
            asked_for(work, &format!("campaign/{id}"), asked).await?;
        }
        for review in &self.reviews {
            work.note("review.opened", format!("review/{}", review.review_id), None, Some(review))?;
        }
        Ok(id)
    }

    /// Several rounds of a unit run beside each other only when their kind or period differ.
    async fn must_be_the_only(&self, conn: &mut Conn, top: &CampaignRow) -> Result<()> {
        let led: BTreeSet<Uuid> = self.campaigns.iter().map(|campaign| campaign.unit_id).collect();
        let earlier = store::campaign::campaigns(conn, top.root_id).await?;
        match earlier.iter().find(|one| alike(one, top) && led.contains(&one.unit_id)) {
            None => Ok(()),
            Some(_) => Err(Refusal::new("CAMPAIGN-001").with("year", top.period_year).at("year").into()),
        }
    }
}

/// Whoever decides on a subject must be known before the round opens.
///
/// # Errors
/// `CAMPAIGN-016`.
fn must_be_settled(others: &[Other]) -> Result<()> {
    let open: Vec<&Other> = others.iter().filter(|other| other.body().is_none()).collect();
    let Some(first) = open.first() else { return Ok(()) };
    let what = Refusal::new("CAMPAIGN-016").with("number", open.len()).with("subject", first.subject);
    Err(what.with("unit", &first.unit().name).at("unit").into())
}

/// Two rosters of a hundred thousand need not be kept side by side to see whether they are the same.
fn digest(members: &[MemberRow]) -> u64 {
    let mut hasher = DefaultHasher::new();
    members.hash(&mut hasher);
    hasher.finish()
}

/// Campaign → calendar, of those led by units that have one of their own.
async fn calendars(
    app: &App,
    conn: &mut Conn,
    (top, steps): (&CampaignRow, &[CalendarStep]),
    (campaigns, units): (&[CampaignRow], &[UnitRow]),
) -> Result<BTreeMap<Uuid, Vec<CalendarStep>>> {
    let book = judge::book_of(app, top)?;
    let sectors = Sectors::on(conn, top.root_id, &top.cut_off_on).await?;
    let paths: BTreeMap<Uuid, &str> = units.iter().map(|unit| (unit.unit_id, unit.path.as_str())).collect();
    let own = |campaign: &CampaignRow| sectors.calendar(book, paths.get(&campaign.unit_id).unwrap_or(&""), steps);
    // Whoever opens the round typed its days.
    let below = campaigns.iter().filter(|campaign| campaign.campaign_id != top.campaign_id);
    let all = below.map(|campaign| (campaign.campaign_id, own(campaign)));
    Ok(all.filter(|(_, own)| own != steps).collect())
}

pub(super) fn step_rows(campaign: &CampaignRow, steps: &[CalendarStep]) -> Vec<StepRow> {
    let (root_id, campaign_id) = (campaign.root_id, campaign.campaign_id);
    let row = |step: &CalendarStep| StepRow {
        root_id,
        campaign_id,
        step: step.step.clone(),
        due_on: step.due_on.to_string(),
    };
    steps.iter().map(row).collect()
}

/// The campaigns of a round and which of them each unit is in.
struct Places {
    /// The whole one first.
    campaigns: Vec<CampaignRow>,
    /// Unit → campaign in which its members are decided, or in which its own body decides.
    of: BTreeMap<Uuid, Uuid>,
    /// Deciding unit → its campaign.
    bodies: BTreeMap<Uuid, usize>,
}

impl Places {
    fn of(
        app: &App,
        (top, unit): (&CampaignRow, &UnitRow),
        (units, members, others): (&[UnitRow], &[MemberRow], &[Other]),
        earlier: &Earlier,
    ) -> Self {
        let with_members: BTreeSet<Uuid> = members.iter().map(|member| member.unit_id).collect();
        let paths = units.iter().filter(|unit| with_members.contains(&unit.unit_id)).map(|unit| unit.path.as_str());
        let paths = paths.chain(others.iter().map(|other| other.unit().path.as_str()));
        let concerned: BTreeSet<Uuid> =
            paths.flat_map(|path| path.split('/').filter_map(|part| part.parse().ok())).collect();
        let deciding = deciding(units, &with_members, others);
        let mut places = Self {
            campaigns: vec![top.clone()],
            of: BTreeMap::from([(unit.unit_id, top.campaign_id)]),
            bodies: BTreeMap::from([(unit.unit_id, 0)]),
        };
        // Superiors stand before what is below them.
        for one in units.iter().filter(|one| concerned.contains(&one.unit_id) && one.unit_id != unit.unit_id) {
            let above = one.parent_id.and_then(|parent| places.of.get(&parent)).copied().unwrap_or(top.campaign_id);
            let own = earlier.led_by(one.unit_id).cloned();
            let place = match own.or_else(|| deciding.contains(&one.unit_id).then(|| campaign_of(app, top, one))) {
                Some(own) => places.give(own),
                None => above,
            };
            places.of.insert(one.unit_id, place);
        }
        places
    }

    /// Gives a deciding body its campaign.
    fn give(&mut self, own: CampaignRow) -> Uuid {
        let id = own.campaign_id;
        self.bodies.insert(own.unit_id, self.campaigns.len());
        self.campaigns.push(own);
        id
    }
}

/// Units whose bodies decide on somebody in the round.
fn deciding(units: &[UnitRow], with_members: &BTreeSet<Uuid>, others: &[Other]) -> BTreeSet<Uuid> {
    let base = units.iter().filter(|unit| UnitKind::from_word(&unit.kind).is_some_and(UnitKind::is_base));
    // Chi bộ thôn, tổ dân phố stand directly under a commune that is above the base: it decides on their members.
    let above: BTreeSet<Uuid> =
        units.iter().filter(|unit| unit.kind == UnitKind::AboveBase.word()).map(|unit| unit.unit_id).collect();
    let over_cells = units
        .iter()
        .filter(|unit| with_members.contains(&unit.unit_id) && unit.kind == UnitKind::Cell.word())
        .filter_map(|unit| unit.parent_id.filter(|parent| above.contains(parent)));
    base.map(|unit| unit.unit_id).chain(over_cells).chain(others.iter().filter_map(Other::body)).collect()
}

/// The campaign of a deciding body in its superior's round: everything is pinned by the superior.
pub(super) fn campaign_of(app: &App, top: &CampaignRow, unit: &UnitRow) -> CampaignRow {
    CampaignRow {
        campaign_id: app.chance.id(top.opened_at),
        unit_id: unit.unit_id,
        parent_id: Some(top.campaign_id),
        ..top.clone()
    }
}

fn in_round(top: &CampaignRow, unit: &UnitRow, campaign_id: Uuid, due_on: String) -> CampaignUnitRow {
    CampaignUnitRow {
        root_id: top.root_id,
        campaign_id,
        unit_id: unit.unit_id,
        round_id: top.campaign_id,
        parent_id: unit.parent_id,
        path: unit.path.clone(),
        kind: unit.kind.clone(),
        step: UnitStep::Waiting.word().to_owned(),
        due_on,
        version: 1,
    }
}

/// A review for each member, with what he owes by the book; judged away from the threads that answer pages.
async fn member_reviews(
    app: &App,
    top: &CampaignRow,
    members: &[MemberRow],
    places: &Places,
) -> Result<Vec<ReviewRow>> {
    let mut reviews = Vec::with_capacity(members.len());
    for chunk in members.chunks(CHUNK) {
        let (app, top, chunk) = (app.clone(), top.clone(), chunk.to_vec());
        let judge = move || chunk.iter().map(|member| review_of(&app, &top, member)).collect::<Result<Vec<_>>>();
        let judged = tokio::task::spawn_blocking(judge).await.map_err(|fault| Error::Fault(fault.to_string()))??;
        let placed = judged.into_iter().map(|review| {
            let campaign_id = places.of.get(&review.unit_id).copied().unwrap_or(review.campaign_id);
            ReviewRow { campaign_id, ..review }
        });
        reviews.extend(placed);
    }
    Ok(reviews)
}

/// A review for each organisation, collective and leader, in the campaign of the body that decides.
async fn other_reviews(app: &App, others: Vec<Other>, places: &Places) -> Result<Vec<ReviewRow>> {
    let (app, campaigns, bodies) = (app.clone(), places.campaigns.clone(), places.bodies.clone());
    let judge = move || {
        let placed = others.iter().filter_map(|other| Some((other, campaigns.get(*bodies.get(&other.body()?)?)?)));
        placed.map(|(other, campaign)| other.review(&app, campaign)).collect::<Result<Vec<_>>>()
    };
    tokio::task::spawn_blocking(judge).await.map_err(|fault| Error::Fault(fault.to_string()))?
}

pub(super) fn review_of(app: &App, campaign: &CampaignRow, member: &MemberRow) -> Result<ReviewRow> {
    let judgement = Case::of_member(app, campaign, member)?.judge();
    let state =
        if judgement.obligation == Obligation::Neither { ReviewState::NotDue } else { ReviewState::AwaitingSelfReview };
    Ok(ReviewRow {
        root_id: campaign.root_id,
        review_id: app.chance.id(campaign.opened_at),
        campaign_id: campaign.campaign_id,
        subject: Subject::Member.word().to_owned(),
        about_id: member.person_id,
        person_id: Some(member.person_id),
        unit_id: member.unit_id,
        state: state.word().to_owned(),
        obligation: judgement.obligation.word().to_owned(),
        obligation_rule: judgement.obligation_rule,
        obligation_reason: judgement.obligation_reason,
        leader: member.leader,
        version: 1,
    })
}

/// Opens a large round in the background; the end of the job is written in the same transaction.
pub(crate) async fn run(app: &App, lease: &Lease<'_>) -> Result<Outcome> {
    let job = lease.job();
    let order: OpenCampaign = serde_json::from_str(&job.payload)?;
    let actor = crate::access::actor(app, RootId(job.root_id), PersonId(job.made_by)).await?;
    let opening = match prepare(app, &actor, &order).await {
        Ok(opening) => opening,
        Err(error) => return refused(error),
    };
    let total = u32::try_from(opening.reviews.len()).unwrap_or(u32::MAX);
    if !lease.report(Progress { done: total / 2, total }).await? {
        return Ok(Outcome::Lost);
    }
    let mut work = Work::begin(app, &actor).await?;
    let id = match opening.write(&mut work).await {
        Ok(id) => id,
        Err(error) => return refused(error),
    };
    if !store::job::finish(&mut work.tx, job, &id.to_string()).await? {
        return Ok(Outcome::Lost);
    }
    work.commit().await?;
    Ok(Outcome::Done)
}

/// What somebody can act on is kept whole; our own faults let the job be begun anew.
fn refused(error: Error) -> Result<Outcome> {
    match error {
        Error::Refused(faults) => {
            let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
            let cause = format!("refused: {}", codes.join(", "));
            Ok(Outcome::GivenUp { cause, message: serde_json::to_string(&faults)? })
        }
        other => Err(other),
    }
}
