//! Nhập danh sách từ tệp: shown first, written when confirmed, all or nothing.

use std::collections::BTreeSet;

use domain::policy::{self, Act, Resource};
use domain::{Actor, Day, EntryId, IntakeId, PersonId, Refusal, RootId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::intake::{self, IntakeRow};
use store::journal::{JournalDraft, Record};
use store::review::ReviewRow;
use store::withdrawal::{self, WithdrawalRow};
use store::{Conn, StoreError, Tx, roster};
use uuid::Uuid;

use super::check::{Ground, check};
use super::compare::{SheetDifference, compare};
use super::finding::{Findings, Remarks};
use super::layout::SHEETS;
use super::lines::Roster;
use super::plan::{Change, Plan, Setting, plan};
use super::present::Present;
use super::read::{Reading, SheetRows, read};
use crate::acts::campaign::{Followed, RegisterChanges, follow};
use crate::app::App;
use crate::error::{Error, Result};

const KIND: &str = "roster";
const WAITING: &str = "waiting";
/// What somebody else changed while the file was written.
const REVIEW: &str = "review";

/// Người nhập: an official within his rights, or whoever sits at the console of the server.
#[derive(Debug, Clone, Copy)]
pub enum Importer<'a> {
    /// Somebody who is signed in.
    Official(&'a Actor),
    /// The console: the first roster of an empty installation can come in no other way.
    Console(RootId),
}

/// A file as it came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub file_name: String,
    /// Hexadecimal SHA-256 of its bytes.
    pub sha256: String,
    /// Its sheets.
    pub sheets: Vec<SheetRows>,
}

/// Xem trước: what the file would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The file, waiting to be confirmed; none when it has errors.
    pub intake: Option<IntakeId>,
    /// Name of the file.
    pub file_name: String,
    /// State of the roster this preview was made from; handed back when confirming.
    pub seen: String,
    /// What is wrong; any of it keeps the file out.
    pub errors: Findings,
    /// What is odd.
    pub warnings: Findings,
    /// What would be added and changed, per sheet; empty when there are errors.
    pub sheets: Vec<SheetDifference>,
    /// What the registers of rounds that run would get and lose.
    pub register: RegisterChanges,
}

impl Preview {
    /// Whether everything in the file is known already.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.sheets.iter().all(|sheet| sheet.added == 0 && sheet.changed == 0)
    }
}

/// Đã nhập: what was done, per sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// As in the preview, without the lists.
    pub sheets: Vec<SheetDifference>,
}

/// What is kept of a file until it is confirmed.
#[derive(Serialize, Deserialize)]
struct Kept {
    roster: Roster,
}

impl Importer<'_> {
    const fn root(&self) -> RootId {
        match self {
            Self::Official(actor) => actor.root,
            Self::Console(root) => *root,
        }
    }

    /// Who, in the journal; nil stands for the console.
    fn person(&self) -> PersonId {
        match self {
            Self::Official(actor) => actor.person,
            Self::Console(_) => PersonId(Uuid::nil()),
        }
    }

    /// Codes of the units he may change; none when he may change everything.
    fn allowed(&self, present: &Present) -> Result<Option<BTreeSet<String>>> {
        let Self::Official(actor) = self else { return Ok(None) };
        let may = |path: &str| policy::allows(actor, Act::ImportRoster, &Resource::of_unit(path));
        let units = present.units.iter().filter(|(_, row)| may(&row.path));
        let codes: BTreeSet<String> = units.map(|(code, _)| code.clone()).collect();
        if codes.is_empty() { Err(Error::Denied) } else { Ok(Some(codes)) }
    }

    fn draft(&self, app: &App, act: &str, object: String) -> JournalDraft {
        let at = app.clock.now();
        let draft = JournalDraft::new(EntryId(app.chance.id(at)), app.chance.salt(), at, act, object);
        match self {
            Self::Official(actor) => draft.by(actor.person, actor.post_id()),
            Self::Console(_) => draft,
        }
    }
}

/// Reads and checks a file and shows what it would do. Nothing is written but the file itself, and that only when it
/// has no errors; what the same person left waiting before is cancelled.
///
/// # Errors
/// [`Error::Denied`] for whoever may not import. What is wrong in the file comes in [`Preview::errors`].
pub async fn preview_import(app: &App, importer: Importer<'_>, upload: Upload) -> Result<Preview> {
    let present = Present::load(&mut *app.read(importer.root()).await?, importer.root()).await?;
    let (allowed, today) = (importer.allowed(&present)?, app.clock.today());
    let Upload { file_name, sha256, sheets } = upload;
    let look = move || {
        let mut remarks = Remarks::default();
        let reading = read(&sheets, &mut remarks);
        let mut preview = examine(&reading, &present, allowed, today, remarks);
        if preview.errors.is_empty() {
            preview.seen = present.digest;
        } else {
            preview.sheets.clear();
        }
        Ok((preview, serde_json::to_string(&Kept { roster: reading.roster })?))
    };
    let (mut preview, parsed) = aside(look).await?;
    preview.file_name.clone_from(&file_name);
    if preview.errors.is_empty() {
        preview.intake = Some(keep(app, importer, (file_name, sha256), parsed).await?);
    }
    Ok(preview)
}

/// Shows a waiting file again, against the roster as it stands now.
///
/// # Errors
/// `ROSTER-030` when the file waits no longer; [`Error::Denied`] for whoever did not upload it.
pub async fn preview_again(app: &App, importer: Importer<'_>, id: IntakeId) -> Result<Preview> {
    let (row, present) = {
        let mut conn = app.read(importer.root()).await?;
        (waiting(&mut conn, importer, id).await?, Present::load(&mut conn, importer.root()).await?)
    };
    let allowed = importer.allowed(&present)?;
    let (setting, runs) = (Setting { root: importer.root(), today: app.clock.today() }, !present.reviews.is_empty());
    let (chance, at) = (app.chance.clone(), app.clock.now());
    let look = move || {
        let reading = kept(&row)?;
        let preview = examine(&reading, &present, allowed, setting.today, Remarks::default());
        let may = runs && preview.errors.is_empty();
        let plan = may.then(|| plan(&reading.roster, &present, setting, &mut || chance.id(at))).transpose()?;
        Ok((Preview { intake: Some(id), file_name: row.file_name, seen: present.digest, ..preview }, plan))
    };
    let (mut preview, plan) = aside(look).await?;
    if let Some(plan) = plan.filter(|plan| !plan.is_empty()) {
        preview.register = tried(app, &plan, setting).await?;
    }
    Ok(preview)
}

/// What the registers would get and lose: written, read and dropped again.
async fn tried(app: &App, plan: &Plan, setting: Setting) -> Result<RegisterChanges> {
    let mut tx = app.db.begin(setting.root).await?;
    write(&mut tx, plan, setting).await.map_err(changed_since)?;
    let followed = follow(app, &mut tx, setting.root.0).await?;
    followed.told(&mut tx).await
}

/// Writes what a waiting file adds and changes, in one transaction. `seen` is [`Preview::seen`] of the preview that is
/// confirmed.
///
/// # Errors
/// `ROSTER-030` when the file waits no longer, `ROSTER-031` when the roster is not the one that was seen;
/// [`Error::Denied`] for whoever did not upload it.
pub async fn confirm_import(app: &App, importer: Importer<'_>, id: IntakeId, seen: &str) -> Result<Imported> {
    let root = importer.root();
    let mut tx = app.db.begin(root).await?;
    let row = waiting(&mut tx, importer, id).await?;
    let present = Present::load(&mut tx, root).await?;
    let (allowed, setting) = (importer.allowed(&present)?, Setting { root, today: app.clock.today() });
    let (chance, at, seen, file) = (app.chance.clone(), app.clock.now(), seen.to_owned(), row.clone());
    let look = move || {
        let reading = kept(&file)?;
        let preview = examine(&reading, &present, allowed, setting.today, Remarks::default());
        if present.digest != seen || !preview.errors.is_empty() {
            return Err(Refusal::new("ROSTER-031").into());
        }
        let plan = plan(&reading.roster, &present, setting, &mut || chance.id(at))?;
        Ok((preview.sheets, plan))
    };
    let (sheets, plan) = aside(look).await?;
    intake::close_intake(&mut tx, root.0, id.0, "confirmed").await.map_err(changed_since)?;
    write(&mut tx, &plan, setting).await.map_err(changed_since)?;
    let followed = if plan.is_empty() { Followed::default() } else { follow(app, &mut tx, root.0).await? };
    let record = record(app, importer, &row, (&plan, &followed))?;
    tx.commit(record).await.map_err(changed_since)?;
    let short = |sheet| SheetDifference { listed_added: Vec::new(), listed_changed: Vec::new(), ..sheet };
    Ok(Imported { sheets: sheets.into_iter().map(short).collect() })
}

/// Forgets a waiting file.
///
/// # Errors
/// `ROSTER-030` when it waits no longer; [`Error::Denied`] for whoever did not upload it.
pub async fn cancel_import(app: &App, importer: Importer<'_>, id: IntakeId) -> Result<()> {
    let mut tx = app.db.begin(importer.root()).await?;
    waiting(&mut tx, importer, id).await?;
    intake::close_intake(&mut tx, importer.root().0, id.0, "cancelled").await?;
    Ok(tx.commit(Record::housekeeping("roster import cancelled")).await?)
}

/// Runs what takes a processor a while where it keeps nobody waiting.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Fault(error.to_string()))?
}

fn examine(
    reading: &Reading,
    present: &Present,
    allowed: Option<BTreeSet<String>>,
    today: Day,
    mut remarks: Remarks,
) -> Preview {
    let (undecided, withdrawn) = (present.undecided(), super::restore::out(present));
    let ground = Ground {
        present: &present.roster,
        undecided: &undecided,
        withdrawn: &withdrawn,
        former: &present.former,
        since: &present.since,
        last_days: &present.last_days,
        allowed,
        today,
    };
    check(reading, &ground, &mut remarks);
    super::follow::note(&reading.roster, present, today, &mut remarks);
    let sheets = SHEETS.map(|sheet| sheet.name);
    Preview {
        errors: remarks.errors.in_order(&sheets),
        warnings: remarks.warnings.in_order(&sheets),
        sheets: compare(&present.roster, &reading.roster),
        ..Preview::default()
    }
}

async fn keep(
    app: &App,
    importer: Importer<'_>,
    (file_name, sha256): (String, String),
    parsed: String,
) -> Result<IntakeId> {
    let at = app.clock.now();
    let id = IntakeId(app.chance.id(at));
    let row = IntakeRow {
        root_id: importer.root().0,
        intake_id: id.0,
        kind: KIND.to_owned(),
        file_name,
        sha256,
        parsed,
        state: WAITING.to_owned(),
        made_by: importer.person().0,
        made_at: at,
    };
    let mut tx = app.db.begin(importer.root()).await?;
    intake::cancel_earlier(&mut tx, row.root_id, KIND, row.made_by).await?;
    intake::insert_intake(&mut tx, &row).await?;
    tx.commit(Record::housekeeping("roster file waits to be confirmed")).await?;
    Ok(id)
}

async fn waiting(conn: &mut Conn, importer: Importer<'_>, id: IntakeId) -> Result<IntakeRow> {
    let row = intake::intake(conn, importer.root().0, id.0).await?.ok_or(Error::Denied)?;
    if row.made_by != importer.person().0 || row.kind != KIND {
        return Err(Error::Denied);
    }
    if row.state != WAITING {
        return Err(Refusal::new("ROSTER-030").into());
    }
    Ok(row)
}

fn kept(row: &IntakeRow) -> Result<Reading> {
    let kept: Kept = serde_json::from_str(&row.parsed)?;
    Ok(Reading { roster: kept.roster, ..Reading::default() })
}

/// Somebody else was faster: taken keys, concurrent acts.
fn changed_since(error: StoreError) -> Error {
    match error {
        StoreError::Stale(REVIEW) => Refusal::new("ROSTER-031").into(),
        StoreError::Stale(_) => Refusal::new("ROSTER-030").into(),
        error if error.is_retryable() || error.is_taken() => Refusal::new("ROSTER-031").into(),
        error => error.into(),
    }
}

/// Two people may have exchanged their card numbers, and a number belongs to one person at any moment: people whose
/// number changes first lose the old one.
async fn write(tx: &mut Tx, plan: &Plan, setting: Setting) -> std::result::Result<(), StoreError> {
    if !plan.units.is_empty() {
        roster::save_units(tx, &after(&plan.units)).await?;
        store::place::settle(tx, setting.root.0, setting.today).await?;
    }
    let moved = plan.people.iter().filter_map(|change| {
        let before = change.before.as_ref().filter(|row| row.card_number.is_some())?;
        (before.card_number != change.after.card_number)
            .then(|| store::org::PersonRow { card_number: None, ..before.clone() })
    });
    let moved: Vec<_> = moved.collect();
    roster::save_people(tx, &moved).await?;
    roster::save_people(tx, &after(&plan.people)).await?;
    roster::save_memberships(tx, &after(&plan.memberships)).await?;
    roster::save_posts(tx, &after(&plan.posts)).await?;
    for Change { before, after } in &plan.moved {
        let old = before.as_ref().unwrap_or(after);
        let row = ReviewRow { version: old.version, ..after.clone() };
        if !store::follow::move_review(tx, &row, old.unit_id).await? {
            return Err(StoreError::Stale(REVIEW));
        }
    }
    for change in &plan.withdrawn {
        set_duty(tx, change).await?;
        if let Some(before) = &change.before {
            withdrawal::set(tx, &kept_of(before)).await?;
        }
    }
    for change in &plan.corrected {
        set_duty(tx, change).await?;
    }
    for change in &plan.restored {
        set_duty(tx, change).await?;
        withdrawal::clear(tx, change.after.root_id, change.after.review_id).await?;
    }
    Ok(())
}

async fn set_duty(tx: &mut Tx, Change { before, after }: &Change<ReviewRow>) -> std::result::Result<(), StoreError> {
    let read = before.as_ref().map_or(after.version, |row| row.version);
    let row = ReviewRow { version: read, ..after.clone() };
    if store::review::set_obligation(tx, &row).await? { Ok(()) } else { Err(StoreError::Stale(REVIEW)) }
}

/// How a review stands before it is taken out.
pub(crate) fn kept_of(row: &ReviewRow) -> WithdrawalRow {
    WithdrawalRow {
        root_id: row.root_id,
        review_id: row.review_id,
        state: row.state.clone(),
        obligation: row.obligation.clone(),
        obligation_rule: row.obligation_rule.clone(),
        obligation_reason: row.obligation_reason.clone(),
    }
}

fn after<T: Clone>(changes: &[Change<T>]) -> Vec<T> {
    changes.iter().map(|change| change.after.clone()).collect()
}

fn record(app: &App, importer: Importer<'_>, row: &IntakeRow, (plan, followed): (&Plan, &Followed)) -> Result<Record> {
    if plan.is_empty() {
        return Ok(Record::housekeeping("a roster file that changes nothing"));
    }
    let file = json!({
        "sha256": row.sha256,
        "units": plan.units.len(),
        "people": plan.people.len(),
        "memberships": plan.memberships.len(),
        "posts": plan.posts.len(),
    });
    let first = importer.draft(app, "roster.imported", format!("intake/{}", row.intake_id)).after(&file)?;
    let units = super::journal::unit_entries(plan, |act, object| importer.draft(app, act, object))?;
    let reviews = super::journal::review_entries(plan, |act, object| importer.draft(app, act, object))?;
    let followed = followed.entries(|act, object| importer.draft(app, act, object))?;
    Ok(units.into_iter().chain(reviews).chain(followed).fold(Record::of(first), Record::and))
}
