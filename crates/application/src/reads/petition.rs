//! Kiến nghị: what the one who was rated and the body that decided see of it.

use domain::org::Title;
use domain::petition::PetitionState;
use domain::policy::{Act, Resource, allows, touches_oneself};
use domain::{Actor, Day, DecisionId, PetitionId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::outcome::petition::{self as rows, PetitionRow};

use super::after::{ExtensionView, extensions, name};
use super::review::{Head, head};
use crate::acts::after::level_of;
use crate::acts::petition::{Filed, body_of, decided, object_of};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Một kiến nghị.
#[derive(Debug, Clone, Serialize)]
pub struct PetitionView {
    /// Petition.
    pub id: PetitionId,
    /// What is asked for.
    pub content: String,
    /// Who petitions.
    pub petitioner: String,
    /// Day of receipt.
    pub received_on: Day,
    /// Limit in working days.
    pub working_days: i64,
    /// Last day for the answer.
    pub due_on: Day,
    /// Whether it has passed without an answer.
    pub late: bool,
    /// State.
    pub state: PetitionState,
    /// Answer.
    pub answer: String,
    /// Day of the answer.
    pub answered_on: Option<Day>,
    /// Who answered.
    pub answered_by: String,
    /// Whether the reader may withdraw it.
    pub may_withdraw: bool,
    /// How the answer was put off.
    pub extensions: Vec<ExtensionView>,
}

/// Kết quả qua các lần quyết định.
#[derive(Debug, Clone, Serialize)]
pub struct DecidedView {
    /// Number of the decision.
    pub number: String,
    /// Day.
    pub signed_on: Day,
    /// Level.
    pub level: Words,
    /// Whether it stands today.
    pub stands: bool,
}

/// Trang kiến nghị về một hồ sơ.
#[derive(Debug, Clone, Serialize)]
pub struct PetitionPage {
    /// Whose.
    pub head: Head,
    /// Level in force.
    pub level: Words,
    /// Decisions on it, the first one first.
    pub decisions: Vec<DecidedView>,
    /// Petitions, the first one first.
    pub petitions: Vec<PetitionView>,
    /// Limit for the answer in working days, and its source.
    pub limit: Option<(u32, String)>,
    /// Levels that may be decided anew: id and name.
    pub levels: Vec<(String, Words)>,
    /// Whether the reader may petition.
    pub may_file: bool,
    /// Whether he may enter a letter of the person, and put off the answer.
    pub may_handle: bool,
    /// Whether he may answer.
    pub may_answer: bool,
}

/// Một dòng trong danh sách kiến nghị của một cấp uỷ.
#[derive(Debug, Clone, Serialize)]
pub struct PetitionLine {
    /// Review.
    pub review: ReviewId,
    /// Whose.
    pub name: String,
    /// Where.
    pub unit_name: String,
    /// Petition.
    pub petition: PetitionView,
}

/// The petitions about one review.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or while there is no result.
pub async fn petitions(app: &App, actor: &Actor, review: ReviewId) -> Result<PetitionPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let body = body_of(&mut conn, &loaded).await?;
    let (own, resource) = (loaded.is_own(actor), decided(&body, &loaded));
    if !open_to(actor, &loaded, &resource) {
        return Err(Error::Denied);
    }
    store::outcome::notice(&mut conn, root, review.0).await?.ok_or(Error::Denied)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let level = level_of(&mut conn, &loaded).await?;
    let mut list = Vec::new();
    for row in rows::petitions_of_review(&mut conn, root, review.0).await? {
        list.push(view(app, &mut conn, actor, row).await?);
    }
    let pending = list.iter().any(|one| one.state == PetitionState::Received);
    let may = |act| allows(actor, act, &resource) && !touches_oneself(actor, act, &resource);
    let kind = known(domain::org::UnitKind::from_word(&body.kind), "unit kind")?;
    let limit = judge::petition_limit(book, kind);
    Ok(PetitionPage {
        head: head(&loaded, actor)?,
        decisions: decisions(&mut conn, book, &loaded).await?,
        limit: limit.map(|limit| (limit.working_days, judge::cited(&limit.citation))),
        levels: book
            .levels
            .iter()
            .filter(|known| known.id != level)
            .map(|known| (known.id.clone(), Words::from(&known.title)))
            .collect(),
        level: book.level(&level).map(|level| Words::from(&level.title)).unwrap_or_default(),
        may_file: own && !pending && allows(actor, Act::FilePetition, &loaded.resource()),
        may_handle: !own && may(Act::HandlePetition),
        may_answer: may(Act::AnswerPetition),
        petitions: list,
    })
}

/// To the one who was rated, to the body that decided, and to whoever leads or inspects the unit in which he was reviewed.
fn open_to(actor: &Actor, loaded: &Loaded, decided: &Resource) -> bool {
    let unit = Resource { about: None, ..loaded.resource() };
    loaded.is_own(actor) || [decided, &unit].into_iter().any(|resource| allows(actor, Act::ViewPetition, resource))
}

/// Whether the petitions about a review open to the reader.
pub(crate) async fn opens(conn: &mut Conn, actor: &Actor, loaded: &Loaded) -> Result<bool> {
    let body = body_of(conn, loaded).await?;
    Ok(open_to(actor, loaded, &decided(&body, loaded)))
}

async fn view(app: &App, conn: &mut Conn, reader: &Actor, row: PetitionRow) -> Result<PetitionView> {
    let root = row.root_id;
    let state = known(PetitionState::from_word(&row.state), "petition state")?;
    let due_on = stored(Day::parse_stored(&row.due_on), "due_on")?;
    let answered_by = match row.answered_by {
        Some(by) => name(conn, root, by).await?,
        None => String::new(),
    };
    let id = PetitionId(row.petition_id);
    Ok(PetitionView {
        id,
        may_withdraw: state == PetitionState::Received && row.petitioner_id == reader.person.0 && !reader.is_former(),
        petitioner: name(conn, root, row.petitioner_id).await?,
        received_on: stored(Day::parse_stored(&row.received_on), "received_on")?,
        working_days: row.working_days,
        late: state == PetitionState::Received && due_on < app.clock.today(),
        due_on,
        state,
        answered_on: row.answered_on.as_deref().map(|day| stored(Day::parse_stored(day), "answered_on")).transpose()?,
        answered_by,
        extensions: extensions(conn, root, &object_of(id)).await?,
        content: row.content,
        answer: row.answer,
    })
}

/// Every issued decision that names a level of the review.
async fn decisions(conn: &mut Conn, book: &rules::Book, loaded: &Loaded) -> Result<Vec<DecidedView>> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let Some(notice) = store::outcome::notice(conn, root, review).await? else { return Ok(Vec::new()) };
    let again = rows::redecisions(conn, root, review).await?;
    let first = again.first().map_or(notice.decision_id, |one| one.earlier_id);
    let mut list = Vec::new();
    for id in std::iter::once(first).chain(again.iter().map(|one| one.decision_id)).map(DecisionId) {
        let row = store::outcome::decision_by_id(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let lines = store::outcome::decision_lines(conn, root, id.0).await?;
        let level = lines.into_iter().find(|line| line.review_id == review).map(|line| line.level);
        list.push(DecidedView {
            number: row.number,
            signed_on: stored(Day::parse_stored(&row.signed_on), "signed_on")?,
            level: level.and_then(|id| book.level(&id).map(|level| Words::from(&level.title))).unwrap_or_default(),
            stands: id.0 == notice.decision_id,
        });
    }
    Ok(list)
}

/// What a committee has to answer and has answered.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn petitions_of_body(app: &App, actor: &Actor, unit: UnitId) -> Result<(String, Vec<PetitionLine>)> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let body = store::org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewPetition, &Resource::of_unit(&body.path))?;
    let mut list = Vec::new();
    for row in rows::petitions_of_body(&mut conn, root, unit.0).await? {
        let filed = Filed::load(&mut conn, actor, PetitionId(row.petition_id)).await?;
        list.push(PetitionLine {
            review: ReviewId(row.review_id),
            name: filed.loaded.name()?,
            unit_name: filed.loaded.unit.name.clone(),
            petition: view(app, &mut conn, actor, row).await?,
        });
    }
    Ok((body.name, list))
}

/// How many petitions wait for a body that the actor works for, and the first day by which one is answered.
pub(crate) async fn waiting(conn: &mut Conn, actor: &Actor, unit: UnitId) -> Result<(usize, Option<Day>)> {
    const OFFICE: [Title; 3] = [Title::Secretary, Title::DeputySecretary, Title::Clerk];
    if !actor.holds(unit, &OFFICE) {
        return Ok((0, None));
    }
    let all = rows::petitions_of_body(conn, actor.root.0, unit.0).await?;
    let mut pending = all.iter().filter(|row| row.state == PetitionState::Received.word()).peekable();
    let first = pending.peek().and_then(|row| Day::parse_stored(&row.due_on).ok());
    Ok((pending.count(), first))
}
