//! Đợt kiểm điểm: lists, progress of each unit, what a person has to do next.

use std::collections::BTreeMap;

use domain::ballot::BallotState;
use domain::campaign::CampaignState;
use domain::decision::DecisionState;
use domain::meeting::MeetingState;
use domain::org::{Title, UnitKind};
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::remediation::ItemState;
use domain::review::{Obligation, ReviewState};
use domain::{Actor, BallotId, CampaignId, Day, ItemId, ReviewId, UnitId};
use serde::Serialize;
use store::campaign::{CampaignRow, StateCountRow};
use store::org;
use uuid::Uuid;

use crate::app::{App, permit};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

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
    /// Kind, word of `UnitKind`.
    pub kind: String,
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
    /// Decided.
    pub decided: i64,
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
}

/// All campaigns the actor may see.
///
/// # Errors
/// [`Error::Fault`].
pub async fn campaigns(app: &App, actor: &Actor) -> Result<Vec<CampaignView>> {
    let mut conn = app.read(actor.root).await?;
    let mut views = Vec::new();
    for row in store::campaign::campaigns(&mut conn, actor.root.0).await? {
        if sees(&mut conn, actor, &row).await? {
            views.push(view(app, &mut conn, &row).await?);
        }
    }
    Ok(views)
}

/// A person sees a campaign that concerns one of his units.
async fn sees(conn: &mut store::Conn, actor: &Actor, row: &CampaignRow) -> Result<bool> {
    let unit = org::unit(conn, actor.root.0, row.unit_id).await?.ok_or(Error::Denied)?;
    let mine = actor.member_of.iter().map(|(_, path)| path).chain(actor.posts.iter().map(|post| &post.path));
    Ok(mine.into_iter().any(|path| path.starts_with(&unit.path)))
}

async fn view(app: &App, conn: &mut store::Conn, row: &CampaignRow) -> Result<CampaignView> {
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
    let root = actor.root.0;
    let row = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    if !sees(&mut conn, actor, &row).await? {
        return Err(Error::Denied);
    }
    let base = org::unit(&mut conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let counts = store::campaign::state_counts(&mut conn, root, campaign.0).await?;
    let meetings = store::meeting::of_campaign(&mut conn, root, campaign.0).await?;
    let proposals = store::outcome::proposals(&mut conn, root, campaign.0).await?;
    let mut units = Vec::new();
    for unit in org::units_below(&mut conn, root, &base.path).await? {
        if !allows(actor, Act::ViewCampaign, &Resource::of_unit(&unit.path)) {
            continue;
        }
        let mut line = counted(&unit, &counts);
        if let Some(meeting) = meetings.iter().find(|meeting| meeting.unit_id == unit.unit_id) {
            line.meeting_on = Some(stored(Day::parse_stored(&meeting.held_on), "held_on")?);
            line.sealed = meeting.state == MeetingState::Sealed.word();
            let ballot = store::ballot::of_meeting(&mut conn, root, meeting.meeting_id).await?;
            line.ballot = ballot.map_or_else(String::new, |ballot| ballot.state);
        }
        let proposal = proposals.iter().find(|proposal| proposal.unit_id == unit.unit_id);
        line.proposal = proposal.map_or_else(String::new, |proposal| proposal.state.clone());
        units.push(line);
    }
    let decision = store::outcome::decision(&mut conn, root, campaign.0, row.unit_id).await?;
    let campaign = view(app, &mut conn, &row).await?;
    Ok(Progress { campaign, units, decision: decision.map_or_else(String::new, |decision| decision.state) })
}

fn counted(unit: &org::UnitRow, counts: &[StateCountRow]) -> UnitProgress {
    let mut line = UnitProgress {
        unit: unit.unit_id.to_string(),
        name: unit.name.clone(),
        kind: unit.kind.clone(),
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
        if count.state == ReviewState::Decided.word() {
            line.decided += count.number;
        }
    }
    line
}

/// Việc cần làm: one line of a person's task list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What: `self_review`, `hand_in_all`, `meeting`, `tally`, `proposal`, `committee`, `decision`, `notice`, `remediate`, `monitor`.
    pub kind: String,
    /// Where it is done.
    pub link: String,
    /// For whom or where, as shown.
    pub about: String,
    /// Last day, if the calendar names one.
    pub due_on: Option<Day>,
    /// Whether the day has passed.
    pub late: bool,
    /// How many, where it counts something.
    pub number: i64,
}

/// What the actor has to do next, most urgent first.
///
/// # Errors
/// [`Error::Fault`].
pub async fn tasks(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    let today = app.clock.today();
    let mut tasks = own_tasks(app, actor).await?;
    for campaign in campaigns(app, actor).await?.into_iter().filter(|campaign| campaign.open) {
        let progress = progress(app, actor, campaign.id).await?;
        for unit in &progress.units {
            unit_tasks(actor, &progress, unit, &mut tasks);
        }
    }
    for task in &mut tasks {
        task.late = task.due_on.is_some_and(|due| due < today);
    }
    tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on));
    Ok(tasks)
}

fn task(kind: &str, link: String, about: &str, due_on: Option<Day>, number: i64) -> Task {
    Task { kind: kind.to_owned(), link, about: about.to_owned(), due_on, late: false, number }
}

async fn own_tasks(app: &App, actor: &Actor) -> Result<Vec<Task>> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let mut tasks = Vec::new();
    for review in store::review::list_of_person(&mut conn, root, actor.person.0).await? {
        let id = ReviewId(review.review_id);
        if review.state == ReviewState::AwaitingSelfReview.word() {
            let steps = store::campaign::steps(&mut conn, root, review.campaign_id).await?;
            let due = steps
                .iter()
                .find(|step| step.step == "self_review")
                .and_then(|step| Day::parse_stored(&step.due_on).ok());
            tasks.push(task("self_review", format!("/ho-so/{id}/tu-kiem-diem"), &review.unit_name, due, 0));
        }
        let notice = store::outcome::notice(&mut conn, root, review.review_id).await?;
        if let Some(notice) = notice.filter(|notice| notice.read_at.is_none()) {
            tasks.push(task(
                "notice",
                format!("/ho-so/{id}/thong-bao"),
                "",
                Day::parse_stored(&notice.reply_due_on).ok(),
                0,
            ));
        }
    }
    for ballot in store::ballot::of_teller(&mut conn, root, actor.person.0).await? {
        let differs = ballot.state == BallotState::Differs.word();
        let first = store::ballot::entry(&mut conn, root, ballot.ballot_id, 1).await?;
        let mine = if ballot.head_teller == actor.person.0 {
            differs
        } else {
            !differs && first.is_none_or(|entry| entry.entered_by != actor.person.0)
        };
        if mine {
            let id = BallotId(ballot.ballot_id);
            tasks.push(task("tally", format!("/kiem-phieu/{id}"), "", None, 0));
        }
    }
    for item in store::outcome::items_of_person(&mut conn, root, actor.person.0).await? {
        if item.state == ItemState::Open.word() {
            let kind = if item.owner_id == actor.person.0 { "remediate" } else { "monitor" };
            let id = ItemId(item.item_id);
            tasks.push(task(
                kind,
                format!("/khac-phuc/{id}"),
                &item.shortcoming,
                Day::parse_stored(&item.due_on).ok(),
                0,
            ));
        }
    }
    Ok(tasks)
}

fn unit_tasks(actor: &Actor, progress: &Progress, unit: &UnitProgress, tasks: &mut Vec<Task>) {
    let Ok(id) = Uuid::parse_str(&unit.unit) else { return };
    let campaign = progress.campaign.id;
    let due = |step: &str| progress.campaign.steps.iter().find(|one| one.step == step).map(|one| one.due_on);
    let cell = unit.kind == UnitKind::Cell.word();
    let office = [Title::Secretary, Title::DeputySecretary, Title::Clerk];
    let titles = if cell { &office[..2] } else { &office[..] };
    if !actor.holds(UnitId(id), titles) {
        return;
    }
    let place = format!("{campaign}/{id}");
    if cell {
        let missing = unit.due - unit.handed_in;
        if missing > 0 {
            tasks.push(task("hand_in_all", format!("/dot/{place}"), &unit.name, due("self_review"), missing));
        }
        if !unit.sealed && unit.due > 0 {
            tasks.push(task("meeting", format!("/hoi-nghi/{place}"), &unit.name, due("cell_meeting"), 0));
        }
        if unit.sealed && ![ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&unit.proposal.as_str())
        {
            tasks.push(task("proposal", format!("/de-xuat/{place}"), &unit.name, due("proposal"), 0));
        }
    } else if id == progress.campaign.unit.0 && progress.decision != DecisionState::Issued.word() {
        let kind = if unit.sealed { "decision" } else { "committee" };
        let link = if unit.sealed { format!("/quyet-dinh/{campaign}") } else { format!("/hoi-nghi/{place}") };
        tasks.push(task(kind, link, &unit.name, due("decision"), 0));
    }
}

/// What opening a campaign offers: the base organisations where the actor may open one, the book of a year, its
/// settings with their choices and its usual calendar.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    /// Unit and its name.
    pub units: Vec<(UnitId, String)>,
    /// Year.
    pub year: i32,
    /// Title of the book, none when no book governs the year.
    pub book: Option<Words>,
    /// Choices.
    pub settings: Vec<SettingOffer>,
    /// Step, title, usual day.
    pub steps: Vec<StepView>,
}

/// A choice the law leaves.
#[derive(Debug, Clone, Serialize)]
pub struct SettingOffer {
    /// Name.
    pub name: String,
    /// The question.
    pub title: Words,
    /// Value and label of each choice; empty when it is a free value.
    pub choices: Vec<(String, Words)>,
    /// Default value.
    pub default: String,
    /// Where the question comes from.
    pub citation: Words,
}

/// What can be chosen when a campaign for `year` is opened.
///
/// # Errors
/// [`Error::Denied`] for others than a base committee's office.
pub async fn offer(app: &App, actor: &Actor, year: i32) -> Result<Offer> {
    let mut conn = app.read(actor.root).await?;
    let mut units = Vec::new();
    for unit in org::units(&mut conn, actor.root.0).await? {
        let may = allows(actor, Act::OpenCampaign, &Resource::of_unit(&unit.path));
        if may && unit.kind == UnitKind::BaseOrganization.word() {
            units.push((UnitId(unit.unit_id), unit.name));
        }
    }
    if units.is_empty() {
        return Err(Error::Denied);
    }
    let to = Day::of(year, 12, 31);
    let book = to.and_then(|to| app.library.book_on(to));
    let today = app.clock.today();
    let steps = match (book, to) {
        (Some(book), Some(to)) => judge::usual_calendar(book, to)
            .into_iter()
            .map(|(step, due_on)| StepView {
                title: judge::step_title(book, &step),
                step,
                due_on,
                past: due_on < today,
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok(Offer {
        units,
        year,
        book: book.map(|book| Words::from(&book.title)),
        settings: book.map_or_else(Vec::new, judge::settings_offered),
        steps,
    })
}

/// Một hồ sơ trong danh sách của đơn vị.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewLine {
    /// Review.
    pub id: ReviewId,
    /// Full name.
    pub name: String,
    /// Word of `ReviewState`.
    pub state: String,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Why not the ordinary obligation.
    pub reason: String,
    /// Whether the reader may write for this person.
    pub may_write: bool,
}

/// A unit's register in a campaign: who is reviewed, who is classified, who neither and why.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn register(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    unit: UnitId,
) -> Result<(UnitProgress, Vec<ReviewLine>)> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewRoster, &Resource::of_unit(&row.path))?;
    let counts = store::campaign::state_counts(&mut conn, root, campaign.0).await?;
    let reviews = store::review::list_of_unit(&mut conn, root, campaign.0, unit.0).await?;
    let lines = reviews.into_iter().map(|review| {
        let resource = Resource::about(&review.unit_path, domain::PersonId(review.person_id));
        let own = review.person_id == actor.person.0;
        ReviewLine {
            id: ReviewId(review.review_id),
            name: review.full_name,
            may_write: own || allows(actor, Act::WriteOnBehalf, &resource),
            state: review.state,
            obligation: review.obligation,
            reason: review.obligation_reason,
        }
    });
    Ok((counted(&row, &counts), lines.collect()))
}
