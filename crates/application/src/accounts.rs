//! Tài khoản và phiên làm việc: who may sign in, and who is behind a session.
//!
//! Secrets arrive here already hashed and sessions only as the digest of their token; neither the passphrase nor the
//! token ever reaches the database.

use chrono::{DateTime, Utc};
use domain::org::{Title, UnitKind};
use domain::{AccountId, Actor, Day, EntryId, PersonId, RootId, UnitId, text};
use store::account::AccountRow;
use store::journal::{JournalDraft, Record};
use store::org::{PersonRow, PostRow, UnitRow};
use store::root::RootRow;
use store::session::SessionRow;
use store::{account, org, root, roster, session};
use uuid::Uuid;

use crate::access;
use crate::app::App;
use crate::error::{Error, Result};

const OPEN: &str = "open";

/// Hệ thống: one hierarchy kept in this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    /// Its id.
    pub root: RootId,
    /// Name as printed.
    pub name: String,
    /// Whether it holds sample data; every page then says so.
    pub demo: bool,
}

/// All hierarchies of this installation, oldest first.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn hierarchies(app: &App) -> Result<Vec<Hierarchy>> {
    let rows = root::roots(&app.db).await?;
    Ok(rows.into_iter().map(|row| Hierarchy { root: RootId(row.root_id), name: row.name, demo: row.demo }).collect())
}

/// Tài khoản đang xin vào: what is needed to check a passphrase.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Hierarchy.
    pub root: RootId,
    /// Account.
    pub account: AccountId,
    /// Hash of the passphrase with its parameters.
    pub secret_hash: String,
    /// Whether the account is open.
    pub open: bool,
    /// Wrong passphrases since the last right one.
    pub failures: u32,
    /// No attempt is looked at before this moment.
    pub locked_until: Option<DateTime<Utc>>,
}

/// The account of a login, in whichever hierarchy of this installation it is (the oldest first).
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn candidate(app: &App, login: &str) -> Result<Option<Candidate>> {
    for hierarchy in hierarchies(app).await? {
        let mut conn = app.read(hierarchy.root).await?;
        if let Some(row) = account::account_by_login(&mut conn, hierarchy.root.0, login).await? {
            return Ok(Some(Candidate {
                root: hierarchy.root,
                account: AccountId(row.account_id),
                open: row.state == OPEN,
                failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
                locked_until: row.locked_until,
                secret_hash: row.secret_hash,
            }));
        }
    }
    Ok(None)
}

/// Counts a wrong passphrase; no attempt is looked at before `locked_until`.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn note_failure(app: &App, candidate: &Candidate, locked_until: Option<DateTime<Utc>>) -> Result<()> {
    let mut tx = app.db.begin(candidate.root).await?;
    account::note_failure(&mut tx, candidate.root.0, candidate.account.0, locked_until).await?;
    Ok(tx.commit(Record::housekeeping("sign-in failed")).await?)
}

/// Begins a session after a right passphrase: `session_hash` is the hexadecimal SHA-256 of the token in the cookie.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn begin_session(
    app: &App,
    candidate: &Candidate,
    session_hash: &str,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin(candidate.root).await?;
    account::clear_failures(&mut tx, candidate.root.0, candidate.account.0).await?;
    let row = SessionRow {
        root_id: candidate.root.0,
        session_hash: session_hash.to_owned(),
        account_id: candidate.account.0,
        created_at: now,
        seen_at: now,
        expires_at,
    };
    session::insert_session(&mut tx, &row).await?;
    Ok(tx.commit(Record::housekeeping("session begun")).await?)
}

/// Một tài khoản, for the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Login.
    pub login: String,
    /// Name of the person.
    pub name: String,
    /// `open`, or why it is not.
    pub state: String,
    /// Last day of the membership of somebody who is no member any more: he still reads his own reviews.
    pub left_on: Option<Day>,
}

/// All accounts of a hierarchy, by login.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn accounts_of(app: &App, root: RootId) -> Result<Vec<Listed>> {
    let mut conn = app.read(root).await?;
    let (mut listed, today) = (Vec::new(), app.clock.today().to_string());
    for row in account::accounts(&mut conn, root.0).await? {
        let person = org::person(&mut conn, root.0, row.person_id).await?;
        let mut left_on = None;
        if org::member_of(&mut conn, root.0, row.person_id, &today).await?.is_empty() {
            let ended = roster::ended_before(&mut conn, root.0, row.person_id, &today).await?;
            left_on = ended.and_then(|ended| Day::parse_stored(&ended.to_on?).ok());
        }
        listed.push(Listed {
            left_on,
            login: row.login,
            name: person.map(|person| person.full_name).unwrap_or_default(),
            state: row.state,
        });
    }
    Ok(listed)
}

/// The person with this code in the roster.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn person_of_code(app: &App, root: RootId, code: &str) -> Result<Option<PersonId>> {
    let mut conn = app.read(root).await?;
    let people = org::people(&mut conn, root.0).await?;
    Ok(people.into_iter().find(|person| person.code == code).map(|person| PersonId(person.person_id)))
}

/// Người đã vào: the actor behind a live session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who acts, with what he holds today.
    pub actor: Actor,
    /// Account.
    pub account: AccountId,
    /// Name typed at sign-in.
    pub login: String,
    /// Last sign of life noted.
    pub seen_at: DateTime<Utc>,
}

/// The actor behind a session, unless it ended, was idle since `idle_since`, or its account was closed.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn signed_in(
    app: &App,
    root: RootId,
    session_hash: &str,
    idle_since: DateTime<Utc>,
) -> Result<Option<SignedIn>> {
    let since = (app.clock.now(), idle_since);
    let mut conn = app.db.look(root).await?;
    let rows = session::live_session(&mut conn, root.0, session_hash, since, app.clock.today()).await?;
    drop(conn);
    let Some(live) = rows.first().cloned() else { return Ok(None) };
    let actor = access::of_session(app, root, rows).await?;
    Ok(Some(SignedIn { actor, account: AccountId(live.account_id), login: live.login, seen_at: live.seen_at }))
}

/// Notes a sign of life of a session. Once a minute is enough.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn see(app: &App, root: RootId, session_hash: &str) -> Result<()> {
    let mut tx = app.db.begin(root).await?;
    session::see(&mut tx, root.0, session_hash, app.clock.now()).await?;
    Ok(tx.commit(Record::housekeeping("session seen")).await?)
}

/// Removes the sessions of every hierarchy that ended, or gave no sign of life since `idle_since`; says how many.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn sweep_sessions(app: &App, idle_since: DateTime<Utc>) -> Result<u64> {
    let mut swept = 0;
    for hierarchy in hierarchies(app).await? {
        let mut tx = app.db.begin(hierarchy.root).await?;
        let ended = session::end_dead(&mut tx, hierarchy.root.0, app.clock.now(), idle_since).await?;
        if ended > 0 {
            tx.commit(Record::housekeeping("ended sessions swept")).await?;
        }
        swept += ended;
    }
    Ok(swept)
}

/// Ends a session.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn end_session(app: &App, root: RootId, session_hash: &str) -> Result<()> {
    let mut tx = app.db.begin(root).await?;
    session::end(&mut tx, root.0, session_hash).await?;
    Ok(tx.commit(Record::housekeeping("session ended")).await?)
}

/// An account as it stands in the journal: never the hash.
#[derive(serde::Serialize)]
struct AccountState<'a> {
    account_id: Uuid,
    person_id: Uuid,
    login: &'a str,
    state: &'a str,
}

/// Opens an account for a person of the roster. The console does this; `secret_hash` is already hashed.
///
/// # Errors
/// [`crate::Error::Refused`] `ACCOUNT-001` when the login or the person has an account; `ACCOUNT-002` when there is
/// no such person.
pub async fn open_account(
    app: &App,
    root: RootId,
    person: PersonId,
    login: &str,
    secret_hash: &str,
) -> Result<AccountId> {
    let now = app.clock.now();
    let row = account_row(app, now, (root, person), login, secret_hash);
    let mut tx = app.db.begin(root).await?;
    match account::insert_account(&mut tx, &row).await {
        Ok(()) => {}
        Err(error) if error.is_taken() => return Err(domain::Refusal::new("ACCOUNT-001").with("login", login).into()),
        Err(error) if error.is_dangling() => return Err(domain::Refusal::new("ACCOUNT-002").into()),
        Err(error) => return Err(error.into()),
    }
    tx.commit(Record::of(opened(app, now, &row)?)).await?;
    Ok(AccountId(row.account_id))
}

/// Sets a new passphrase at the console: unlocks the account and ends its sessions.
///
/// # Errors
/// [`crate::Error::Fault`] when the database fails.
pub async fn set_secret(app: &App, candidate: &Candidate, secret_hash: &str) -> Result<()> {
    let now = app.clock.now();
    let (root, account) = (candidate.root.0, candidate.account.0);
    let mut tx = app.db.begin(candidate.root).await?;
    account::set_secret(&mut tx, root, account, secret_hash).await?;
    session::end_all(&mut tx, root, account).await?;
    let object = format!("account/{account}");
    let entry = JournalDraft::new(EntryId(app.chance.id(now)), app.chance.salt(), now, "account.secret_set", object);
    Ok(tx.commit(Record::of(entry)).await?)
}

/// Khởi tạo: a new hierarchy with its base organisation and the official who does its office work.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Name of the base organisation.
    pub name: String,
    /// Code of the base organisation in the roster.
    pub unit_code: String,
    /// Name of the superior body.
    pub superior_name: String,
    /// Place for headings.
    pub place: String,
    /// Full name of the official.
    pub full_name: String,
    /// His code in the roster.
    pub person_code: String,
    /// His login.
    pub login: String,
    /// His passphrase, hashed.
    pub secret_hash: String,
    /// Whether this hierarchy is for samples.
    pub demo: bool,
}

/// Sets up a hierarchy with its first account, so that somebody can sign in and import the roster.
///
/// # Errors
/// [`crate::Error::Refused`] `ACCOUNT-001` when the login is taken in this installation.
pub async fn found(app: &App, order: &Founding) -> Result<RootId> {
    if candidate(app, &order.login).await?.is_some() {
        return Err(domain::Refusal::new("ACCOUNT-001").with("login", &order.login).into());
    }
    let now = app.clock.now();
    let root = RootId(app.chance.id(now));
    let unit = UnitId(app.chance.id(now));
    let person = PersonId(app.chance.id(now));
    let mut tx = app.db.begin(root).await?;
    let row = RootRow { root_id: root.0, name: order.name.clone(), demo: order.demo, created_at: now };
    root::insert_root(&mut tx, &row).await?;
    org::insert_unit(&mut tx, &first_unit(order, root, unit)).await?;
    org::insert_person(&mut tx, &first_person(order, root, person)).await?;
    let post = PostRow {
        root_id: root.0,
        post_id: app.chance.id(now),
        person_id: person.0,
        unit_id: unit.0,
        title: Title::Clerk.word().to_owned(),
        from_on: app.clock.today().to_string(),
        to_on: None,
    };
    org::insert_post(&mut tx, &post).await?;
    let account = account_row(app, now, (root, person), &order.login, &order.secret_hash);
    account::insert_account(&mut tx, &account).await?;
    let founded =
        JournalDraft::new(EntryId(app.chance.id(now)), app.chance.salt(), now, "root.founded", format!("root/{root}"))
            .after(&row)
            .map_err(Error::from)?;
    tx.commit(Record::of(founded).and(opened(app, now, &account)?)).await?;
    Ok(root)
}

fn opened(app: &App, now: DateTime<Utc>, row: &AccountRow) -> Result<JournalDraft> {
    let state =
        AccountState { account_id: row.account_id, person_id: row.person_id, login: &row.login, state: &row.state };
    let object = format!("account/{}", row.account_id);
    let entry = JournalDraft::new(EntryId(app.chance.id(now)), app.chance.salt(), now, "account.opened", object);
    Ok(entry.after(&state)?)
}

fn account_row(app: &App, now: DateTime<Utc>, owner: (RootId, PersonId), login: &str, secret_hash: &str) -> AccountRow {
    AccountRow {
        root_id: owner.0.0,
        account_id: app.chance.id(now),
        person_id: owner.1.0,
        login: login.to_owned(),
        secret_hash: secret_hash.to_owned(),
        state: OPEN.to_owned(),
        failures: 0,
        locked_until: None,
        created_at: now,
    }
}

fn first_unit(order: &Founding, root: RootId, unit: UnitId) -> UnitRow {
    UnitRow {
        root_id: root.0,
        unit_id: unit.0,
        parent_id: None,
        kind: UnitKind::BaseOrganization.word().to_owned(),
        code: order.unit_code.clone(),
        name: order.name.clone(),
        name_fold: text::fold(&order.name),
        superior_name: order.superior_name.clone(),
        place: order.place.clone(),
        number_suffix: String::new(),
        path: format!("/{unit}/"),
        founded_on: None,
        closed_on: None,
    }
}

fn first_person(order: &Founding, root: RootId, person: PersonId) -> PersonRow {
    PersonRow {
        root_id: root.0,
        person_id: person.0,
        code: order.person_code.clone(),
        card_number: None,
        full_name: order.full_name.clone(),
        name_fold: text::fold(&order.full_name),
        name_key: text::name_key(&order.full_name),
        born_on: None,
        civil_kind: domain::org::CivilKind::None.word().to_owned(),
        government_post: String::new(),
        mass_post: String::new(),
        workplace: String::new(),
        leader: false,
    }
}
