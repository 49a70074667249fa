//! Cả bộ giấy tờ của một đơn vị in one archive, all or nothing: ordered, made in the background, handed out when whole.

use domain::{Actor, CampaignId, JobId, PaperId, PersonId, Refusal, UnitId};
use serde::{Deserialize, Serialize};
use store::job::{JobRow, NewJob, Progress};
use store::paper::{PaperRow, insert_paper, sha256};

use super::catalogue;
use super::file_name::stem;
use super::place::Place;
use super::print_paper::{Printed, pressed};
use super::sheet::{Sheet, What, read};
use crate::access::actor as actor_of;
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::jobs::{Lease, Outcome};
use crate::ports::Format;

/// Kind of the job.
pub(crate) const KIND: &str = "bundle";

/// What the job works on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    campaign: CampaignId,
    unit: UnitId,
}

/// Tình trạng bộ giấy tờ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleState {
    /// Waiting or being made.
    Making,
    /// Ready to be handed out.
    Ready,
    /// Given up; nothing was kept. Names the paper at which it failed, empty when it was none.
    Failed(String),
}

/// Bộ giấy tờ đã đặt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Job.
    pub id: JobId,
    /// Campaign.
    pub campaign: CampaignId,
    /// Unit.
    pub unit: UnitId,
    /// Papers made.
    pub done: i64,
    /// Papers in all, 0 while unknown.
    pub total: i64,
    /// State.
    pub state: BundleState,
}

/// Orders all papers of a unit as one archive; while one is being made for the same person and unit, gives that one.
///
/// # Errors
/// `PAPER-009` when there is nothing to print yet; [`Error::Denied`].
pub async fn order_bundle(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<JobId> {
    let mut work = Work::begin(app, actor).await?;
    let mut place = Place::open(app, actor, &mut work.tx, campaign, unit).await?;
    if contents(&mut place).await?.is_empty() {
        return Err(Refusal::new("PAPER-009").into());
    }
    let order = Order { campaign, unit };
    let payload = serde_json::to_string(&order)?;
    let unique = format!("bundle/{campaign}/{unit}/{}", actor.person);
    let id: JobId = work.id();
    let job = NewJob {
        job_id: id.0,
        kind: KIND,
        payload: &payload,
        unique_key: Some(&unique),
        made_by: actor.person.0,
        run_at: work.at,
    };
    if !store::job::enqueue(&mut work.tx, actor.root, &job).await? {
        let running = store::job::jobs_of(&mut work.tx, actor.root, actor.person.0, LOOK_BACK).await?;
        let same = running.into_iter().find(|job| job.unique_key.as_deref() == Some(unique.as_str()));
        return same
            .map(|job| JobId(job.job_id))
            .ok_or_else(|| Error::Fault("a bundle is being made that cannot be found".to_owned()));
    }
    work.note("bundle.ordered", format!("job/{id}"), None, Some(&order))?;
    work.commit().await?;
    Ok(id)
}

/// Jobs of a person among which his unfinished bundle is looked for.
const LOOK_BACK: u16 = 200;

/// How far a bundle has come, for whoever ordered it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn bundle(app: &App, actor: &Actor, id: JobId) -> Result<Bundle> {
    let mut reader = app.read(actor.root).await?;
    let job = own_job(&mut reader, actor, id).await?;
    shown(&job)
}

/// The archive, for whoever ordered it.
///
/// # Errors
/// [`Error::Denied`] also while it is not whole.
pub async fn bundle_file(app: &App, actor: &Actor, id: JobId) -> Result<Printed> {
    let mut reader = app.read(actor.root).await?;
    let job = own_job(&mut reader, actor, id).await?;
    if job.state != "done" {
        return Err(Error::Denied);
    }
    let paper: PaperId = job.outcome.parse().map_err(|_| Error::Fault("a bundle without its archive".to_owned()))?;
    let file = store::paper::paper_file(&mut reader, actor.root.0, paper.0).await?.ok_or(Error::Denied)?;
    Ok(Printed { file_name: file.row.file_name, bytes: file.bytes })
}

async fn own_job(conn: &mut store::Conn, actor: &Actor, id: JobId) -> Result<JobRow> {
    let job = store::job::job(conn, actor.root, id.0).await?;
    job.filter(|job| job.made_by == actor.person.0 && job.kind == KIND).ok_or(Error::Denied)
}

fn shown(job: &JobRow) -> Result<Bundle> {
    let order: Order = serde_json::from_str(&job.payload)?;
    let state = match job.state.as_str() {
        "done" => BundleState::Ready,
        "failed" => BundleState::Failed(job.outcome.clone()),
        _ => BundleState::Making,
    };
    Ok(Bundle {
        id: JobId(job.job_id),
        campaign: order.campaign,
        unit: order.unit,
        done: job.done,
        total: job.total,
        state,
    })
}

/// Everything of the unit that can be printed now, in order.
async fn contents(place: &mut Place<'_>) -> Result<Vec<What>> {
    let catalogue = catalogue::read(place).await?;
    let (campaign, unit) = (catalogue.campaign, catalogue.unit);
    let of_unit = catalogue.papers.iter().filter(|offer| offer.ready).map(|offer| What::OfUnit {
        campaign,
        unit,
        paper: offer.paper,
    });
    let reviews = catalogue.people.iter().filter(|one| one.self_review).map(|one| What::SelfReview(one.review));
    let notices = catalogue.people.iter().filter(|one| one.notice).map(|one| What::Notice(one.review));
    Ok(of_unit.chain(reviews).chain(notices).collect())
}

/// Makes the archive. Everything is read at one moment and nothing is kept until the archive is whole, so that a second
/// run after a crash does the same again.
pub(crate) async fn run(app: &App, lease: &Lease<'_>) -> Result<Outcome> {
    let job = lease.job();
    let order: Order = serde_json::from_str(&job.payload)?;
    let root = domain::RootId(job.root_id);
    let actor = actor_of(app, root, PersonId(job.made_by)).await?;
    let (unit_name, sheets) = match read_all(app, &actor, order).await {
        Ok(read) => read,
        Err(Error::Fault(fault)) => return Err(Error::Fault(fault)),
        Err(_) => return Ok(Outcome::GivenUp { message: String::new(), cause: "no longer permitted".to_owned() }),
    };
    let total = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
    let mut files = Vec::with_capacity(sheets.len());
    let mut sums = Vec::with_capacity(sheets.len());
    for (done, sheet) in (0..total).zip(sheets) {
        if !lease.report(Progress { done, total }).await? {
            return Ok(Outcome::Lost);
        }
        let name = format!("{:03}-{}.{}", done + 1, stem(&[&sheet.title, &sheet.subject]), Format::Pdf.ending());
        match pressed(app, &sheet.form, Format::Pdf, sheet.data).await {
            Ok(bytes) => {
                sums.push((sheet.form, sheet.object, sha256(&bytes)));
                files.push((name, bytes));
            }
            Err(fault) => {
                let message = format!("{} – {}", sheet.title, sheet.subject);
                return Ok(Outcome::GivenUp { message, cause: fault.to_string() });
            }
        }
    }
    lease.report(Progress { done: total, total }).await?;
    finish(app, &actor, lease, &unit_name, files, &sums).await
}

async fn read_all(app: &App, actor: &Actor, order: Order) -> Result<(String, Vec<Sheet>)> {
    store::journal::integrate(&app.db, actor.root).await?;
    let mut reader = app.read(actor.root).await?;
    let mut place = Place::open(app, actor, &mut reader, order.campaign, order.unit).await?;
    let wanted = contents(&mut place).await?;
    let unit_name = place.unit.name.clone();
    let mut sheets = Vec::with_capacity(wanted.len());
    for what in wanted {
        sheets.push(read(app, actor, &mut reader, what).await?);
    }
    Ok((unit_name, sheets))
}

async fn finish(
    app: &App,
    actor: &Actor,
    lease: &Lease<'_>,
    unit_name: &str,
    files: Vec<(String, Vec<u8>)>,
    sums: &[(String, String, String)],
) -> Result<Outcome> {
    let press = std::sync::Arc::clone(&app.press);
    let packed = tokio::task::spawn_blocking(move || press.bundle(files)).await;
    let bytes = packed.map_err(|fault| Error::Fault(fault.to_string()))?.map_err(Error::Fault)?;
    let job = lease.job();
    let mut work = Work::begin(app, actor).await?;
    let row = PaperRow {
        root_id: work.root(),
        paper_id: work.id::<PaperId>().0,
        form: KIND.to_owned(),
        object: format!("job/{}", job.job_id),
        format: "zip".to_owned(),
        file_name: format!("{}.zip", stem(&["Giấy tờ", unit_name])),
        sha256: sha256(&bytes),
        made_by: actor.person.0,
        made_at: work.at,
    };
    insert_paper(&mut work.tx, &row, &bytes).await?;
    if !store::job::finish(&mut work.tx, job, &row.paper_id.to_string()).await? {
        return Ok(Outcome::Lost);
    }
    work.note("bundle.made", row.object.clone(), None, Some(&(&row.sha256, sums)))?;
    work.commit().await?;
    Ok(Outcome::Done)
}
