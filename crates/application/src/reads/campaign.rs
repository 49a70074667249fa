//! Đợt kiểm điểm: lists, progress of each unit.

mod cell;
mod chase;
mod opening;
mod register;

use domain::subject::Subject;
use std::collections::{BTreeMap, BTreeSet};

use domain::campaign::CampaignState;
use domain::decision::DecisionState;
use domain::meeting::MeetingState;
use domain::org::{UnitKind, has_members};
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::review::{Obligation, ReviewState};
use domain::{Actor, CampaignId, Day, UnitId};
use serde::Serialize;
use store::campaign::{CampaignRow, StateCountRow};
use store::org;

use crate::app::App;
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

pub use cell::{CellStep, Standing};
pub use chase::{ChaseLine, chase};
pub use opening::{DaysPage, Offer, OpeningView, SettingOffer, days, offer, opening};
pub use register::{RegisterPage, ReviewLine, register};

/// Một đợt kiểm điểm in lists.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignView {
    /// Campaign.
    pub id: CampaignId,
    /// Unit that opened it.
    pub unit: UnitId,
    /// Name of that unit.
    pub unit_name: String,
    /// Title.
    pub title: String,
    /// Year under review.
    pub year: i64,
    /// Word of `CampaignKind`.
    pub kind: String,
    /// Whether it is the round of a body above the base, in which others decide.
    pub over_tree: bool,
    /// The superior's round it belongs to.
    pub parent: Option<CampaignId>,
    /// Whether it is open.
    pub open: bool,
    /// Rule book's title.
    pub book: Words,
    /// Rule book's id.
    pub book_id: String,
    /// SHA-256 of the rule book.
    pub book_seal: String,
    /// Documents it rests on, one a line.
    pub basis: Vec<String>,
    /// Pinned choices: question, answer, source.
    pub settings: Vec<(Words, String)>,
    /// Calendar.
    pub steps: Vec<StepView>,
}

/// Một mốc của lịch.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// Word of the step.
    pub step: String,
    /// Title.
    pub title: Words,
    /// Last day.
    pub due_on: Day,
    /// Whether the day has passed.
    pub past: bool,
}

/// Tiến độ của một đơn vị: who has done what.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UnitProgress {
    /// Unit.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Whether members belong to it directly.
    pub has_members: bool,
    /// Persons in the register, with those who owe nothing.
    pub people: i64,
    /// Who must review.
    pub due: i64,
    /// Self-reviews handed in.
    pub handed_in: i64,
    /// Day of the meeting, if one was recorded.
    pub meeting_on: Option<Day>,
    /// Whether its minutes are sealed.
    pub sealed: bool,
    /// Word of the ballot's state, empty when there is none.
    pub ballot: String,
    /// Word of the proposal's state, empty when there is none.
    pub proposal: String,
    /// Who must be classified.
    pub to_classify: i64,
    /// Of those, who is decided on.
    pub decided: i64,
    /// Whether the reader may open the unit's register.
    pub may_open: bool,
    /// Whether the reader may see its meeting.
    pub may_meet: bool,
    /// Whether the reader may see the list of its members that it proposes.
    pub may_see_proposal: bool,
    /// Whether it decides in this campaign and the reader may see the decision.
    pub may_see_decision: bool,
    /// Whether the reader may print its papers.
    pub may_print: bool,
    /// Whether the reader may see what is to be remedied there.
    pub may_follow: bool,
    /// Whether the reader may see its summary.
    pub may_sum_up: bool,
}

/// Tiến độ của cả đợt.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    /// Campaign.
    pub campaign: CampaignView,
    /// Units that the reader may see, in order of the tree.
    pub units: Vec<UnitProgress>,
    /// State of the decision, empty when there is none.
    pub decision: String,
    /// Whether the reader may see the summary of the whole.
    pub may_sum_up: bool,
    /// Whether the reader may change its days.
    pub may_set_days: bool,
    /// Kinds of subject besides members on which the body that opened it decides; empty for whoever may not see them.
    pub others: Vec<Subject>,
    /// Whether the reader may see the agenda of the body that opened it.
    pub may_see_agenda: bool,
}

/// Steps of the calendar in which a unit can be late, in the order of the grid.
pub const LATE_STEPS: [&str; 4] = ["self_review", "meeting", "proposal", "decision"];

impl Progress {
    /// Whether a unit should have done a step of the calendar by today and has not.
    #[must_use]
    pub fn is_late(&self, unit: &UnitProgress, step: &str) -> bool {
        let decides = unit.unit == self.campaign.unit.to_string();
        let sent = [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&unit.proposal.as_str());
        let owed = match step {
            "self_review" => unit.handed_in < unit.due && !sent,
            "meeting" => unit.due > 0 && !unit.sealed,
            "proposal" => unit.due > 0 && !sent,
            "decision" => decides && self.decision != DecisionState::Issued.word(),
            _ => false,
        };
        owed && self.campaign.open && self.campaign.steps.iter().any(|one| one.step == step && one.past)
    }

    /// The steps in which a unit is late.
    pub fn late_steps<'a>(&'a self, unit: &'a UnitProgress) -> impl Iterator<Item = &'static str> + 'a {
        LATE_STEPS.into_iter().filter(|step| self.is_late(unit, step))
    }
}

/// All campaigns the actor may see.
///
/// # Errors
/// [`Error::Fault`].
pub async fn campaigns(app: &App, actor: &Actor) -> Result<Vec<CampaignView>> {
    let mut conn = app.read(actor.root).await?;
    campaigns_on(app, &mut conn, actor).await
}

pub(super) async fn campaigns_on(app: &App, conn: &mut store::Conn, actor: &Actor) -> Result<Vec<CampaignView>> {
    let mut views = Vec::new();
    for row in concerning(conn, actor).await? {
        views.push(view(app, conn, &row).await?);
    }
    Ok(views)
}

/// The campaigns of the units somebody belongs to or holds a post in and of those above them: few, however many a round has.
async fn concerning(conn: &mut store::Conn, actor: &Actor) -> Result<Vec<CampaignRow>> {
    let mine = actor.member_of.iter().map(|(_, path)| path).chain(actor.posts.iter().map(|post| &post.path));
    let units: BTreeSet<uuid::Uuid> =
        mine.flat_map(|path| path.split('/').filter_map(|part| part.parse().ok())).collect();
    let mut rows = Vec::new();
    for unit in units {
        rows.extend(store::campaign::of_unit(conn, actor.root.0, unit).await?);
    }
    // The round of a superior shows by one's own campaign in it.
    let within: BTreeSet<_> = rows.iter().filter_map(|row| row.parent_id).collect();
    let holds = |row: &CampaignRow| actor.posts.iter().any(|post| post.unit.0 == row.unit_id);
    rows.retain(|row| !within.contains(&row.campaign_id) || holds(row));
    rows.sort_by_key(|row| (std::cmp::Reverse(row.period_year), std::cmp::Reverse(row.opened_at)));
    Ok(rows)
}

/// Whether a unit of this kind has deciding bodies below it.
pub(crate) fn is_above_base(kind: &str) -> bool {
    matches!(UnitKind::from_word(kind), Some(UnitKind::Province | UnitKind::AboveBase))
}

/// A person sees a campaign that concerns one of his units, or one below the body in which he holds a post.
pub(crate) async fn sees(conn: &mut store::Conn, actor: &Actor, row: &CampaignRow) -> Result<bool> {
    let unit = org::unit(conn, actor.root.0, row.unit_id).await?.ok_or(Error::Denied)?;
    let mine = actor.member_of.iter().map(|(_, path)| path).chain(actor.posts.iter().map(|post| &post.path));
    let superior = allows(actor, Act::ViewCampaign, &Resource::of_unit(&unit.path));
    Ok(superior || mine.into_iter().any(|path| path.starts_with(&unit.path)))
}

pub(crate) async fn view(app: &App, conn: &mut store::Conn, row: &CampaignRow) -> Result<CampaignView> {
    let book = judge::book_of(app, row)?;
    let unit = org::unit(conn, row.root_id, row.unit_id).await?.ok_or(Error::Denied)?;
    let today = app.clock.today();
    let pinned: BTreeMap<String, String> = serde_json::from_str(&row.settings)?;
    let mut steps = Vec::new();
    for step in store::campaign::steps(conn, row.root_id, row.campaign_id).await? {
        let due_on = stored(Day::parse_stored(&step.due_on), "due_on")?;
        steps.push(StepView {
            title: judge::step_title(book, &step.step),
            step: step.step,
            due_on,
            past: due_on < today,
        });
    }
    Ok(CampaignView {
        id: CampaignId(row.campaign_id),
        unit: UnitId(row.unit_id),
        over_tree: is_above_base(&unit.kind),
        kind: row.kind.clone(),
        parent: row.parent_id.map(CampaignId),
        unit_name: unit.name,
        title: row.title.clone(),
        year: row.period_year,
        open: row.state == CampaignState::Open.word(),
        book: Words::from(&book.title),
        book_id: book.id.clone(),
        book_seal: row.rule_book_seal.clone(),
        basis: row.basis.lines().map(str::to_owned).collect(),
        settings: judge::settings_shown(book, &pinned),
        steps,
    })
}

/// Who has done what, unit by unit.
///
/// # Errors
/// [`Error::Denied`] when the campaign does not concern the actor.
pub async fn progress(app: &App, actor: &Actor, campaign: CampaignId) -> Result<Progress> {
    let mut conn = app.read(actor.root).await?;
    progress_on(app, &mut conn, actor, campaign).await
}

pub(super) async fn progress_on(
    app: &App,
    conn: &mut store::Conn,
    actor: &Actor,
    campaign: CampaignId,
) -> Result<Progress> {
    let root = actor.root.0;
    let row = store::campaign::campaign(conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    if !sees(conn, actor, &row).await? {
        return Err(Error::Denied);
    }
    let base = org::unit(conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let counts = store::campaign::state_counts(conn, root, campaign.0).await?;
    let meetings = store::meeting::of_campaign(conn, root, campaign.0).await?;
    let ballots: BTreeMap<uuid::Uuid, String> =
        store::ballot::states_of_campaign(conn, root, campaign.0).await?.into_iter().collect();
    let proposals = store::outcome::proposals(conn, root, campaign.0).await?;
    let decision = store::outcome::decision(conn, root, campaign.0, Subject::Member.word()).await?;
    let issued = decision.as_ref().is_some_and(|decision| decision.state == DecisionState::Issued.word());
    let mut units = Vec::new();
    for unit in org::units_below(conn, root, &base.path).await? {
        if !allows(actor, Act::ViewCampaign, &Resource::of_unit(&unit.path)) {
            continue;
        }
        let mut line = counted(&unit, &counts);
        if unit.closed_on.is_some() && line.people == 0 {
            continue;
        }
        open_pages(&mut line, actor, &unit, &row, issued);
        if let Some(meeting) = meetings.iter().find(|meeting| meeting.unit_id == unit.unit_id) {
            line.meeting_on = Some(stored(Day::parse_stored(&meeting.held_on), "held_on")?);
            line.sealed = meeting.state == MeetingState::Sealed.word();
            line.ballot = ballots.get(&meeting.meeting_id).cloned().unwrap_or_default();
        }
        let proposal = proposals.iter().find(|proposal| proposal.unit_id == unit.unit_id);
        line.proposal = proposal.map_or_else(String::new, |proposal| proposal.state.clone());
        units.push(line);
    }
    let others = others(conn, actor, &row, &base.path).await?;
    let campaign = view(app, conn, &row).await?;
    let may_sum_up = allows(actor, Act::ViewSummary, &Resource::of_unit(&base.path));
    Ok(Progress {
        campaign,
        units,
        decision: decision.map_or_else(String::new, |decision| decision.state),
        may_sum_up,
        may_set_days: allows(actor, Act::OpenCampaign, &Resource::of_unit(&base.path)),
        others,
        may_see_agenda: allows(actor, Act::ViewPreparation, &Resource::of_unit(&base.path)),
    })
}

/// Which pages of a unit in a campaign open to the reader.
fn open_pages(line: &mut UnitProgress, actor: &Actor, unit: &org::UnitRow, campaign: &CampaignRow, issued: bool) {
    let resource = Resource::of_unit(&unit.path).in_campaign_of(UnitId(campaign.unit_id));
    let may = |act| allows(actor, act, &resource);
    line.may_open = may(Act::ViewRoster);
    line.may_meet = may(Act::ViewMeeting);
    line.may_see_proposal = line.has_members && may(Act::ViewProposal);
    line.may_see_decision =
        unit.unit_id == campaign.unit_id && may(Act::ViewDecision) && (issued || may(Act::ViewPreparation));
    line.may_print = may(Act::PrintPapers);
    line.may_follow = may(Act::ViewRemediation);
    line.may_sum_up = may(Act::ViewSummary);
}

pub(super) async fn others(
    conn: &mut store::Conn,
    actor: &Actor,
    row: &CampaignRow,
    path: &str,
) -> Result<Vec<Subject>> {
    if !allows(actor, Act::ViewDecision, &Resource::of_unit(path)) {
        return Ok(Vec::new());
    }
    let rows = store::standing::subjects_of_campaign(conn, actor.root.0, row.campaign_id).await?;
    let prepares = allows(actor, Act::ViewPreparation, &Resource::of_unit(path));
    let there = |subject: &&Subject| rows.iter().any(|(one, issued)| one == subject.word() && (prepares || *issued));
    Ok(Subject::ALL.iter().filter(there).copied().collect())
}

fn counted(unit: &org::UnitRow, counts: &[StateCountRow]) -> UnitProgress {
    let mut line = UnitProgress {
        unit: unit.unit_id.to_string(),
        name: unit.name.clone(),
        has_members: has_members(&unit.kind),
        ..UnitProgress::default()
    };
    for count in counts.iter().filter(|count| count.unit_id == unit.unit_id) {
        line.people += count.number;
        if count.obligation != Obligation::Neither.word() {
            line.due += count.number;
            if count.state != ReviewState::AwaitingSelfReview.word() {
                line.handed_in += count.number;
            }
        }
        if count.obligation == Obligation::ReviewAndClassify.word() {
            line.to_classify += count.number;
            line.decided += if count.state == ReviewState::Decided.word() { count.number } else { 0 };
        }
    }
    line
}
