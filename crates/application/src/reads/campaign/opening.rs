//! Mở đợt: what can be chosen, how far a large round has come, the days afterwards.

use std::collections::BTreeMap;

use domain::org::UnitKind;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, CampaignId, Day, JobId, Refusal, UnitId};
use serde::Serialize;
use store::org;

use super::{CampaignView, StepView, view};
use crate::acts::campaign::{OPENING_KIND, bounds, calendar};
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge::{self, Words};

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
        let opens = !matches!(UnitKind::from_word(&unit.kind), None | Some(UnitKind::Cell | UnitKind::SubCommittee));
        if may && opens && unit.closed_on.is_none() {
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

/// Đợt đang được mở ở phía sau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpeningView {
    /// Job.
    pub id: JobId,
    /// Members done.
    pub done: i64,
    /// Members in all, 0 while unknown.
    pub total: i64,
    /// The round, once it is open.
    pub opened: Option<CampaignId>,
    /// Whether it was given up.
    pub failed: bool,
    /// Why it was given up; empty for a fault of ours.
    pub refusals: Vec<Refusal>,
}

/// How far the opening of a large round has come, for whoever ordered it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn opening(app: &App, actor: &Actor, id: JobId) -> Result<OpeningView> {
    let mut conn = app.read(actor.root).await?;
    let job = store::job::job(&mut conn, actor.root, id.0).await?;
    let ours = |job: &store::job::JobRow| job.made_by == actor.person.0 && job.kind == OPENING_KIND;
    let job = job.filter(ours).ok_or(Error::Denied)?;
    let failed = job.state == "failed";
    Ok(OpeningView {
        id,
        done: job.done,
        total: job.total,
        opened: if job.state == "done" { job.outcome.parse().ok() } else { None },
        // A job that failed by a fault of ours says nothing.
        refusals: if failed { serde_json::from_str(&job.outcome).unwrap_or_default() } else { Vec::new() },
        failed,
    })
}

/// Mốc thời gian của một đợt, with the superior's where there is one.
#[derive(Debug, Clone, Serialize)]
pub struct DaysPage {
    /// Campaign.
    pub campaign: CampaignView,
    /// Step → the last day that the reader may set.
    pub bounds: BTreeMap<String, Day>,
    /// Whether the reader could grant later ones, were the unit marked as one that does not sum up at year-end.
    pub unmarked: bool,
}

/// The days of a campaign for whoever may set them.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn days(app: &App, actor: &Actor, campaign: CampaignId) -> Result<DaysPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::OpenCampaign, &Resource::of_unit(&unit.path))?;
    let present = calendar(&store::campaign::steps(&mut conn, root, row.campaign_id).await?)?;
    let bounds = bounds(app, &mut conn, actor, &row, &present).await?;
    let unmarked = bounds.unmarked;
    let bounds = bounds.steps.into_iter().map(|step| (step.step, step.due_on)).collect();
    Ok(DaysPage { campaign: view(app, &mut conn, &row).await?, bounds, unmarked })
}
