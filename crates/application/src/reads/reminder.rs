//! Nhắc việc của mình, and background work for whoever looks after it.

use chrono::{DateTime, Utc};
use domain::policy::{Act, Resource};
use domain::reminder::{Pace, Stage};
use domain::{Actor, Day, JobId};
use serde::Serialize;
use store::job::JobRow;

use crate::app::{App, permit};
use crate::error::{Error, Result, known};

/// How many reminders are shown.
const SHOWN: u16 = 200;
/// How many letters are looked through for the last one.
const LOOK_BACK: u16 = 20;

/// Một lời nhắc.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReminderView {
    /// Kind of task.
    pub kind: String,
    /// Where it is done.
    pub link: String,
    /// For whom or where.
    pub about: String,
    /// How many, where it counts something.
    pub number: i64,
    /// Last day, if there is one.
    pub due_on: Option<Day>,
    /// Stage.
    pub stage: Stage,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Whether it was seen.
    pub seen: bool,
}

/// Nhắc việc của một người.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reminders {
    /// Address for letters.
    pub address: String,
    /// Pace.
    pub pace: Pace,
    /// Day of the last letter.
    pub mailed_on: Option<Day>,
    /// What the mail server said to the last letter, when that was not sent.
    pub refused: String,
    /// Whether this installation sends letters.
    pub mails: bool,
    /// Whether he looks after background work.
    pub manages_jobs: bool,
    /// How many were not seen.
    pub unseen: usize,
    /// Newest first.
    pub list: Vec<ReminderView>,
}

/// What one was reminded of.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn reminders(app: &App, actor: &Actor) -> Result<Reminders> {
    let (mut conn, root, person) = (app.read(actor.root).await?, actor.root.0, actor.person.0);
    let choice = store::reminder::choice(&mut conn, root, person).await?;
    let mut list = Vec::new();
    for row in store::reminder::of_person(&mut conn, root, person, SHOWN).await? {
        list.push(ReminderView {
            stage: known(Stage::from_word(&row.stage), "stage of a reminder")?,
            due_on: Day::parse_stored(&row.due_on).ok(),
            kind: row.kind,
            link: row.link,
            about: row.about,
            number: row.number,
            made_at: row.made_at,
            seen: row.read_at.is_some(),
        });
    }
    let jobs = store::job::jobs_of(&mut conn, actor.root, person, LOOK_BACK).await?;
    let last = jobs.into_iter().find(|job| job.kind == crate::remind::MAIL);
    let pace = choice.as_ref().map_or(Ok(Pace::Never), |row| known(Pace::from_word(&row.pace), "pace of letters"))?;
    Ok(Reminders {
        pace,
        mailed_on: choice.as_ref().and_then(|row| Day::parse_stored(&row.mailed_on).ok()),
        address: choice.map(|row| row.address).unwrap_or_default(),
        refused: last.map(|job| job.outcome).unwrap_or_default(),
        mails: app.mailer.is_some(),
        manages_jobs: may_manage_jobs(actor).is_ok(),
        unseen: list.iter().filter(|one| !one.seen).count(),
        list,
    })
}

/// How many reminders one has not seen.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn unseen(app: &App, actor: &Actor) -> Result<i64> {
    let mut conn = app.read(actor.root).await?;
    Ok(store::reminder::unread(&mut conn, actor.root.0, actor.person.0).await?)
}

/// Một công việc nền.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JobView {
    /// Job.
    pub id: JobId,
    /// Kind.
    pub kind: String,
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// When it was or is to be run.
    pub run_at: DateTime<Utc>,
    /// How often it was begun.
    pub attempts: i64,
    /// Why it was put off or given up; empty otherwise.
    pub reason: String,
}

impl From<JobRow> for JobView {
    fn from(row: JobRow) -> Self {
        // What came of a job that is done is an identifier or a number.
        let reason = if row.state == "done" { String::new() } else { row.outcome };
        Self {
            id: JobId(row.job_id),
            kind: row.kind,
            state: row.state,
            run_at: row.run_at,
            attempts: row.attempts,
            reason,
        }
    }
}

/// Công việc nền: what was given up first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Jobs {
    /// How many were given up.
    pub failed: i64,
    /// The first of them and of the others.
    pub list: Vec<JobView>,
}

/// Background work, for the office of the body at the top.
///
/// # Errors
/// [`crate::Error::Denied`].
pub async fn jobs(app: &App, actor: &Actor) -> Result<Jobs> {
    may_manage_jobs(actor)?;
    let mut conn = app.read(actor.root).await?;
    let failed = store::job::failed(&mut conn, actor.root).await?;
    let list = store::job::to_show(&mut conn, actor.root, SHOWN).await?.into_iter().map(JobView::from).collect();
    Ok(Jobs { failed, list })
}

/// Whoever works for the body at the top of the tree.
pub(crate) fn may_manage_jobs(actor: &Actor) -> Result<()> {
    let top = actor.posts.iter().find(|post| post.path == format!("/{}/", post.unit));
    permit(actor, Act::ManageJobs, &Resource::of_unit(&top.ok_or(Error::Denied)?.path))
}
