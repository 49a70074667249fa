//! Nhắc việc in the background: what waits for somebody becomes reminders on his pages, and a letter that only says how many.
//!
//! A reminder is made once for each task and stage, so a job that is begun anew reminds nobody twice. A letter may come twice when the
//! program died between sending and writing it down; it then has the same identifier.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::reminder::{Pace, Stage};
use domain::{Day, JobId, PersonId, ReminderId, RootId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::job::{NewJob, Progress};
use store::journal::Record;
use store::reminder::{ChoiceRow, ReminderRow};
use uuid::Uuid;

use crate::access::actor;
use crate::app::App;
use crate::error::{Error, Result, known};
use crate::jobs::{Lease, Outcome};
use crate::ports::{Letter, NotSent, hour_in_vietnam};
use crate::reads::tasks::{Task, tasks};

/// Kind of the job that reminds.
pub(crate) const REMIND: &str = "remind";
/// Kind of the job that sends one letter.
pub(crate) const MAIL: &str = "mail";
/// Nobody is written to before and after these hours of the day in Vietnam.
const HOURS: std::ops::Range<u32> = 6..20;
/// Those who want letters at once are looked at so often.
const PROMPT: TimeDelta = TimeDelta::hours(1);
/// People reminded in one transaction.
const BATCH: u16 = 50;
/// How long reminders are kept: a season and the next.
const KEPT: TimeDelta = TimeDelta::days(400);
/// How long ended jobs of these kinds are shown.
const SHOWN: TimeDelta = TimeDelta::days(30);
/// What is older is no longer written about: whoever chooses letters today is not sent last year's tasks.
const FRESH: TimeDelta = TimeDelta::days(14);
/// Between two attempts to send a letter; the next is four times as far.
const AGAIN: TimeDelta = TimeDelta::minutes(5);
/// Attempts to send a letter.
const ATTEMPTS: i64 = 4;

/// Whom to look at.
#[derive(Serialize, Deserialize)]
struct Round {
    /// Only those who want letters at once.
    prompt: bool,
}

/// Whose letter.
#[derive(Serialize, Deserialize)]
struct Addressee {
    person: PersonId,
}

/// Orders the reminding that is due in each hierarchy: of everybody once a day, of those who want it at once every hour. Cheap when
/// nothing is due.
///
/// # Errors
/// [`Error::Fault`] when the database fails.
pub async fn order_reminders(app: &App) -> Result<()> {
    let now = app.clock.now();
    if !HOURS.contains(&hour_in_vietnam(now)) {
        return Ok(());
    }
    for root in store::root::roots(&app.db).await? {
        let root = RootId(root.root_id);
        let last = store::job::last_of_kind(&mut *app.read(root).await?, root, REMIND).await?;
        let today = last.is_some_and(|at| crate::ports::day_in_vietnam(at) == app.clock.today());
        if today && last.is_some_and(|at| now - at < PROMPT) {
            continue;
        }
        let mut tx = app.db.begin(root).await?;
        let payload = serde_json::to_string(&Round { prompt: today })?;
        if enqueue(app, &mut tx, root, REMIND, &payload, (REMIND, Uuid::nil())).await? {
            tx.commit(Record::housekeeping("reminding ordered")).await?;
        }
    }
    Ok(())
}

async fn enqueue(
    app: &App,
    tx: &mut Tx,
    root: RootId,
    kind: &str,
    payload: &str,
    (key, by): (&str, Uuid),
) -> Result<bool> {
    let run_at = app.clock.now();
    let job_id = JobId(app.chance.id(run_at)).0;
    let job = NewJob { job_id, kind, payload, unique_key: Some(key), made_by: by, run_at };
    Ok(store::job::enqueue(tx, root, &job).await?)
}

/// Reminds everybody of a round, some at a time.
pub(crate) async fn run_round(app: &App, lease: &Lease<'_>) -> Result<Outcome> {
    let root = RootId(lease.job().root_id);
    let round: Round = serde_json::from_str(&lease.job().payload)?;
    let (mut after, mut done) = (Uuid::nil(), 0);
    loop {
        let mut reader = app.read(root).await?;
        let people = store::reminder::persons_after(&mut reader, root.0, round.prompt, after, BATCH).await?;
        drop(reader);
        let Some(last) = people.last() else { break };
        after = *last;
        done += u32::try_from(people.len()).unwrap_or(u32::MAX);
        remind_all(app, root, people).await?;
        if !lease.report(Progress { done, total: 0 }).await? {
            return Ok(Outcome::Lost);
        }
    }
    end_round(app, lease, root, done).await
}

async fn end_round(app: &App, lease: &Lease<'_>, root: RootId, done: u32) -> Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin(root).await?;
    store::reminder::forget(&mut tx, root.0, now - KEPT).await?;
    for kind in [REMIND, MAIL] {
        store::job::forget_ended(&mut tx, root, kind, now - SHOWN).await?;
    }
    if !store::job::finish(&mut tx, lease.job(), &done.to_string()).await? {
        return Ok(Outcome::Lost);
    }
    tx.commit(Record::housekeeping("reminded")).await?;
    Ok(Outcome::Done)
}

/// Makes the reminders of some people, and orders letters for those who want one now.
async fn remind_all(app: &App, root: RootId, people: Vec<Uuid>) -> Result<()> {
    let now = app.clock.now();
    let mut due = Vec::new();
    for person in people {
        let actor = match actor(app, root, PersonId(person)).await {
            // Removed from the roster between two steps.
            Err(Error::Denied) => continue,
            found => found?,
        };
        let rows = tasks(app, &actor).await?.into_iter().map(|task| reminder(app, root, person, task, now));
        due.push((person, rows.collect::<Vec<_>>()));
    }
    let mut tx = app.db.begin(root).await?;
    for (person, rows) in due {
        for row in rows {
            store::reminder::add(&mut tx, &row).await?;
        }
        if let Some(choice) = store::reminder::choice(&mut tx, root.0, person).await?
            && wants_letter(app, &choice)?
            && !store::reminder::unmailed(&mut tx, root.0, person, now - FRESH).await?.is_empty()
        {
            let payload = serde_json::to_string(&Addressee { person: PersonId(person) })?;
            enqueue(app, &mut tx, root, MAIL, &payload, (&format!("{MAIL}/{person}"), person)).await?;
        }
    }
    Ok(tx.commit(Record::housekeeping("reminders")).await?)
}

fn reminder(app: &App, root: RootId, person: Uuid, task: Task, at: DateTime<Utc>) -> ReminderRow {
    ReminderRow {
        root_id: root.0,
        reminder_id: ReminderId(app.chance.id(at)).0,
        person_id: person,
        kind: task.kind,
        link: task.link,
        about: task.about,
        number: task.number,
        due_on: task.due_on.map(|day| day.to_string()).unwrap_or_default(),
        stage: Stage::of(task.due_on, app.clock.today()).word().to_owned(),
        made_at: at,
        read_at: None,
        mailed_at: None,
    }
}

fn wants_letter(app: &App, choice: &ChoiceRow) -> Result<bool> {
    let pace = known(Pace::from_word(&choice.pace), "pace of letters")?;
    Ok(app.mailer.is_some() && pace.due(Day::parse_stored(&choice.mailed_on).ok(), app.clock.today()))
}

/// Sends one letter.
pub(crate) async fn run_mail(app: &App, lease: &Lease<'_>) -> Result<Outcome> {
    let root = RootId(lease.job().root_id);
    let Addressee { person } = serde_json::from_str(&lease.job().payload)?;
    let mut reader = app.read(root).await?;
    let choice = store::reminder::choice(&mut reader, root.0, person.0).await?;
    let now = app.clock.now();
    let rows = store::reminder::unmailed(&mut reader, root.0, person.0, now - FRESH).await?;
    drop(reader);
    let (Some(mailer), Some(choice)) = (app.mailer.clone(), choice) else {
        return sent(app, lease, None, now).await;
    };
    if choice.pace == Pace::Never.word() || rows.is_empty() {
        return sent(app, lease, None, now).await;
    }
    let letter = letter(lease.job().job_id, &choice.address, &rows);
    let answer = tokio::task::spawn_blocking(move || mailer.send(&letter)).await;
    match answer.map_err(|error| Error::Fault(error.to_string()))? {
        Ok(()) => sent(app, lease, Some(choice), rows.last().map_or(now, |row| row.made_at)).await,
        Err(NotSent::ForGood(said)) => Ok(Outcome::GivenUp { message: said.clone(), cause: said }),
        Err(NotSent::ForNow(said)) if lease.job().attempts >= ATTEMPTS => {
            Ok(Outcome::GivenUp { message: said.clone(), cause: said })
        }
        Err(NotSent::ForNow(said)) => {
            let tries = u32::try_from(lease.job().attempts.max(1) - 1).unwrap_or(0);
            Ok(Outcome::Later { reason: said, at: now + AGAIN * 4_i32.saturating_pow(tries) })
        }
    }
}

/// A task that is new and late by now is spoken of as late.
fn letter(id: Uuid, address: &str, rows: &[ReminderRow]) -> Letter {
    let of = |stage: Stage| rows.iter().filter(move |row| row.stage == stage.word()).map(|row| row.link.as_str());
    let late: BTreeSet<&str> = of(Stage::Late).collect();
    let soon: BTreeSet<&str> = of(Stage::Soon).filter(|link| !late.contains(link)).collect();
    let new: BTreeSet<&str> = of(Stage::New).filter(|link| !late.contains(link) && !soon.contains(link)).collect();
    Letter { address: address.to_owned(), id, new: new.len(), soon: soon.len(), late: late.len() }
}

async fn sent(app: &App, lease: &Lease<'_>, choice: Option<ChoiceRow>, until: DateTime<Utc>) -> Result<Outcome> {
    let root = RootId(lease.job().root_id);
    let mut tx = app.db.begin(root).await?;
    if let Some(choice) = choice {
        let mailed_on = app.clock.today().to_string();
        store::reminder::mark_mailed(&mut tx, root.0, choice.person_id, app.clock.now(), until).await?;
        store::reminder::set_choice(&mut tx, &ChoiceRow { mailed_on, ..choice }).await?;
    }
    if !store::job::finish(&mut tx, lease.job(), "").await? {
        return Ok(Outcome::Lost);
    }
    tx.commit(Record::housekeeping("letter")).await?;
    Ok(Outcome::Done)
}
