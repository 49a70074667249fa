//! Reminders: how somebody wants them and what he was reminded of. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, one, rows, run, statements};

/// One row of `reminder_choice`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ChoiceRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Address for letters; empty when none is wanted.
    pub address: String,
    /// Word of the pace.
    pub pace: String,
    /// Day of the last letter, empty before the first.
    pub mailed_on: String,
}

/// One row of `reminder`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ReminderRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Reminder.
    pub reminder_id: Uuid,
    /// Who is reminded.
    pub person_id: Uuid,
    /// Kind of task.
    pub kind: String,
    /// Where it is done.
    pub link: String,
    /// For whom or where, as shown.
    pub about: String,
    /// How many, where it counts something.
    pub number: i64,
    /// Last day, empty when there is none.
    pub due_on: String,
    /// Word of the stage.
    pub stage: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When the person saw it.
    pub read_at: Option<DateTime<Utc>>,
    /// When a letter spoke of it.
    pub mailed_at: Option<DateTime<Utc>>,
}

statements! {
    SET_CHOICE = "INSERT INTO reminder_choice (root_id, person_id, address, pace, mailed_on) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (root_id, person_id) DO UPDATE SET address = excluded.address, pace = excluded.pace, mailed_on = excluded.mailed_on";
    CHOICE = "SELECT * FROM reminder_choice WHERE root_id = $1 AND person_id = $2";
    ACCOUNTS_AFTER = "SELECT person_id FROM account WHERE root_id = $1 AND state = 'open' AND person_id > $2 ORDER BY person_id LIMIT $3";
    // Those who want a letter at once are looked at every hour.
    PROMPT_AFTER = "SELECT c.person_id FROM reminder_choice c JOIN account a ON a.root_id = c.root_id AND a.person_id = c.person_id \
        WHERE c.root_id = $1 AND c.pace = 'at_once' AND a.state = 'open' AND c.person_id > $2 ORDER BY c.person_id LIMIT $3";
    ADD_REMINDER = "INSERT INTO reminder (root_id, reminder_id, person_id, kind, link, about, number, due_on, stage, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (root_id, person_id, kind, link, due_on, stage) DO NOTHING";
    REMINDERS = "SELECT * FROM reminder WHERE root_id = $1 AND person_id = $2 ORDER BY made_at DESC, reminder_id DESC LIMIT $3";
    UNREAD = "SELECT COUNT(*) FROM reminder WHERE root_id = $1 AND person_id = $2 AND read_at IS NULL";
    UNMAILED = "SELECT * FROM reminder WHERE root_id = $1 AND person_id = $2 AND mailed_at IS NULL AND made_at > $3 ORDER BY made_at, reminder_id";
    MARK_READ = "UPDATE reminder SET read_at = $3 WHERE root_id = $1 AND person_id = $2 AND read_at IS NULL AND made_at <= $3";
    MARK_MAILED = "UPDATE reminder SET mailed_at = $3 WHERE root_id = $1 AND person_id = $2 AND mailed_at IS NULL AND made_at <= $4";
    FORGET_REMINDERS = "DELETE FROM reminder WHERE root_id = $1 AND made_at < $2";
}

/// Keeps how somebody wants to be reminded.
pub async fn set_choice(conn: &mut Conn, r: &ChoiceRow) -> Result<(), StoreError> {
    run!(conn, SET_CHOICE, r.root_id, r.person_id, &r.address, &r.pace, &r.mailed_on)?;
    Ok(())
}

/// How somebody wants to be reminded.
pub async fn choice(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Option<ChoiceRow>, StoreError> {
    maybe_row!(conn, ChoiceRow, CHOICE, root, person)
}

/// The next persons with an open account after `after`, in order; only those who want letters at once when `prompt`.
pub async fn persons_after(
    conn: &mut Conn,
    root: Uuid,
    prompt: bool,
    after: Uuid,
    limit: u16,
) -> Result<Vec<Uuid>, StoreError> {
    let found = if prompt {
        rows!(conn, (Uuid,), PROMPT_AFTER, root, after, limit)
    } else {
        rows!(conn, (Uuid,), ACCOUNTS_AFTER, root, after, limit)
    }?;
    Ok(found.into_iter().map(|(person,)| person).collect())
}

/// Reminds of something, once for each stage; whether it was new.
pub async fn add(conn: &mut Conn, r: &ReminderRow) -> Result<bool, StoreError> {
    let added = run!(
        conn, ADD_REMINDER, r.root_id, r.reminder_id, r.person_id, &r.kind, &r.link, &r.about, r.number, &r.due_on,
        &r.stage, r.made_at
    )?;
    Ok(added == 1)
}

/// The newest reminders of somebody.
pub async fn of_person(conn: &mut Conn, root: Uuid, person: Uuid, limit: u16) -> Result<Vec<ReminderRow>, StoreError> {
    rows!(conn, ReminderRow, REMINDERS, root, person, limit)
}

/// How many he has not seen.
pub async fn unread(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<i64, StoreError> {
    Ok(one!(conn, (i64,), UNREAD, root, person)?.0)
}

/// What no letter spoke of yet and is younger than `since`.
pub async fn unmailed(
    conn: &mut Conn,
    root: Uuid,
    person: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<ReminderRow>, StoreError> {
    rows!(conn, ReminderRow, UNMAILED, root, person, since)
}

/// He has seen what there was until now.
pub async fn mark_read(conn: &mut Conn, root: Uuid, person: Uuid, at: DateTime<Utc>) -> Result<u64, StoreError> {
    run!(conn, MARK_READ, root, person, at)
}

/// A letter sent at `at` spoke of what was there until `until`.
pub async fn mark_mailed(
    conn: &mut Conn,
    root: Uuid,
    person: Uuid,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<u64, StoreError> {
    run!(conn, MARK_MAILED, root, person, at, until)
}

/// Removes what is older than `before`.
pub async fn forget(conn: &mut Conn, root: Uuid, before: DateTime<Utc>) -> Result<u64, StoreError> {
    run!(conn, FORGET_REMINDERS, root, before)
}
