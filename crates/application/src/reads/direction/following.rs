//! Theo dõi quán triệt, thực hiện: which of the bodies below has studied a document or met an obligation, who is how late.

use std::collections::BTreeMap;

use domain::directive::KnownBy;
use domain::org::{Title, UnitKind};
use domain::policy::{Act, Resource, allows};
use domain::{Actor, Day, DirectiveId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::UnitRow;
use uuid::Uuid;

use super::view::{DirectiveLine, DutyView, duty, line};
use super::{asked, days_late};
use crate::app::{App, permit};
use crate::direction::{Document, stored_day};
use crate::error::{Error, Result, known};
use crate::papers::place::day_of;

/// Theo dõi việc gì.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Matter {
    /// That it was studied.
    Study,
    /// That an obligation was met, by its place.
    Duty(i64),
}

/// Đã làm: when, by whom, how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Day.
    pub on: Day,
    /// Who acknowledged or reported it; empty where the system knows it.
    pub who: String,
    /// In which post he acknowledged it.
    pub title: Option<Title>,
    /// Word of `domain::directive::Manner`, or of [`KnownBy`].
    pub how: String,
    /// Remark.
    pub note: String,
}

/// Một nơi nhận.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Unit.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// What was done.
    pub done: Option<Done>,
    /// Days past the last day, when it was not.
    pub late: i64,
    #[serde(skip)]
    path: String,
}

/// Việc theo dõi với các nơi phải làm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Following {
    /// What is to be done; none for studying the document.
    pub duty: Option<DutyView>,
    /// Last day.
    pub due_on: Option<Day>,
    /// Who must, superiors first.
    pub bodies: Vec<Body>,
}

impl Following {
    /// How many did it, how many must, how many are late.
    #[must_use]
    pub fn count(&self) -> (usize, usize, usize) {
        count(self.bodies.iter())
    }
}

fn count<'a>(bodies: impl Iterator<Item = &'a Body>) -> (usize, usize, usize) {
    bodies.fold((0, 0, 0), |(done, all, late), body| {
        (done + usize::from(body.done.is_some()), all + 1, late + usize::from(body.late > 0))
    })
}

/// Một đơn vị trực thuộc với mọi nơi nhận ở đó và bên dưới.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Unit.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Done, all, late, itself included.
    pub count: (usize, usize, usize),
    /// The unit itself, when it must.
    pub own: Option<Body>,
    /// Whether there is somebody below it.
    pub below: bool,
}

/// Nơi nhận của một đơn vị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipients {
    /// The document.
    pub directive: DirectiveLine,
    /// Unit looked at.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Units between the issuer and it, from above, that the reader may look at.
    pub above: Vec<(UnitId, String)>,
    /// What is followed.
    pub matter: Matter,
    /// The obligation, when it is one.
    pub duty: Option<DutyView>,
    /// Last day.
    pub due_on: Option<Day>,
    /// Done, all, late of everything.
    pub count: (usize, usize, usize),
    /// The unit itself first, when it must, then those directly below it.
    pub lines: Vec<Line>,
}

/// Who of a unit and everything below it has studied the document or met an obligation.
///
/// # Errors
/// [`Error::Denied`] for others than the bodies above and the unit's own, and about units that it does not reach.
pub async fn recipients(app: &App, actor: &Actor, id: DirectiveId, unit: UnitId, matter: Matter) -> Result<Recipients> {
    let mut conn = app.read(actor.root).await?;
    let (document, unit) = looked_at(&mut conn, actor, id, unit).await?;
    let followed = following(&mut conn, &document, matter, &unit.path, app.clock.today()).await?;
    let below = store::org::units_below(&mut conn, actor.root.0, &unit.path).await?;
    let mut lines = Vec::new();
    for one in below.iter().filter(|one| one.unit_id == unit.unit_id || one.parent_id == Some(unit.unit_id)) {
        let itself = one.unit_id == unit.unit_id;
        let of: Vec<&Body> = followed
            .bodies
            .iter()
            .filter(|body| if itself { body.path == one.path } else { body.path.starts_with(&one.path) })
            .collect();
        if of.is_empty() {
            continue;
        }
        let own = of.iter().find(|body| body.path == one.path).map(|body| (*body).clone());
        lines.push(Line {
            id: UnitId(one.unit_id),
            name: one.name.clone(),
            count: count(of.iter().copied()),
            below: of.len() > usize::from(own.is_some()),
            own,
        });
    }
    Ok(Recipients {
        directive: line(&document)?,
        unit: UnitId(unit.unit_id),
        above: above(&mut conn, actor, &document, &unit).await?,
        unit_name: unit.name,
        matter,
        due_on: followed.due_on,
        count: followed.count(),
        duty: followed.duty,
        lines,
    })
}

/// The units from the issuer down to the one looked at, without it.
async fn above(conn: &mut Conn, actor: &Actor, document: &Document, unit: &UnitRow) -> Result<Vec<(UnitId, String)>> {
    let mut above = Vec::new();
    let mut next = unit.parent_id;
    while let Some(parent) = next {
        let Some(row) = store::org::unit(conn, actor.root.0, parent).await? else { break };
        let may = allows(actor, Act::ViewAcknowledgements, &Resource::of_unit(&row.path));
        if !may || !row.path.starts_with(&document.path) {
            break;
        }
        above.push((UnitId(row.unit_id), row.name));
        next = row.parent_id;
    }
    above.reverse();
    Ok(above)
}

/// The document and a unit at or below its issuer, for whoever may look at what that unit's part of the tree did.
async fn looked_at(conn: &mut Conn, actor: &Actor, id: DirectiveId, unit: UnitId) -> Result<(Document, UnitRow)> {
    let document = Document::seen(conn, actor, id).await?;
    let unit = store::org::unit(conn, actor.root.0, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewAcknowledgements, &Resource::of_unit(&unit.path))?;
    if document.was_issued() && unit.path.starts_with(&document.path) {
        Ok((document, unit))
    } else {
        Err(Error::Denied)
    }
}

/// What is still to be done at and below a unit, with who heads each body.
///
/// # Errors
/// As [`recipients`].
pub async fn chase(
    app: &App,
    actor: &Actor,
    id: DirectiveId,
    unit: UnitId,
    matter: Matter,
) -> Result<(Recipients, Vec<(Body, String)>)> {
    let page = recipients(app, actor, id, unit, matter).await?;
    let mut conn = app.read(actor.root).await?;
    let (document, unit) = looked_at(&mut conn, actor, id, unit).await?;
    let today = app.clock.today();
    let followed = following(&mut conn, &document, matter, &unit.path, today).await?;
    let mut heads: BTreeMap<Uuid, String> = BTreeMap::new();
    for title in [Title::Secretary, Title::DeputySecretary] {
        for head in store::directive::heads(&mut conn, actor.root.0, title.word(), today).await? {
            heads.entry(head.unit_id).or_insert(head.full_name);
        }
    }
    let open = followed.bodies.into_iter().filter(|body| body.done.is_none());
    let named = open.map(|body| {
        let head = heads.get(&body.id.0).cloned().unwrap_or_default();
        (body, head)
    });
    Ok((page, named.collect()))
}

/// Everybody at and below `scope` who must, as the tree stands today, and what they did.
pub(crate) async fn following(
    conn: &mut Conn,
    document: &Document,
    matter: Matter,
    scope: &str,
    today: Day,
) -> Result<Following> {
    let (root, id) = (document.row.root_id, document.row.directive_id);
    let (duty, due_on, done) = match matter {
        Matter::Study => (None, stored_day(document.row.study_by.as_deref())?, studied(conn, document).await?),
        Matter::Duty(place) => {
            let parts = store::directive::parts(conn, root, id).await?;
            let row = parts.duties.iter().find(|duty| duty.place == place).ok_or(Error::Denied)?;
            let view = duty(row)?;
            let done = met(conn, document, &view).await?;
            let due_on = view.due_on;
            (Some(view), due_on, done)
        }
    };
    let mut bodies = Vec::new();
    for unit in store::org::units_below(conn, root, scope).await? {
        let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
        let must = match &duty {
            None => document.reaches(&unit.path, kind),
            Some(duty) => unit.path.starts_with(&document.path) && duty.kinds.contains(&kind),
        };
        if must && is_there(&unit, today)? {
            bodies.push(body(unit, kind, (&done, due_on), today)?);
        }
    }
    Ok(Following { duty, due_on, bodies })
}

fn is_there(unit: &UnitRow, today: Day) -> Result<bool> {
    let begun = stored_day(unit.founded_on.as_deref())?.is_none_or(|day| day <= today);
    Ok(begun && stored_day(unit.closed_on.as_deref())?.is_none_or(|day| day >= today))
}

/// A body that was founded after the last day is not late.
fn body(
    unit: UnitRow,
    kind: UnitKind,
    (done, due_on): (&BTreeMap<Uuid, Done>, Option<Day>),
    today: Day,
) -> Result<Body> {
    let done = done.get(&unit.unit_id).cloned();
    let founded = stored_day(unit.founded_on.as_deref())?;
    let due = due_on.filter(|due| done.is_none() && founded.is_none_or(|day| day <= *due));
    Ok(Body { id: UnitId(unit.unit_id), name: unit.name, kind, late: days_late(due, today), done, path: unit.path })
}

/// Unit → the first acknowledgement given for it.
async fn studied(conn: &mut Conn, document: &Document) -> Result<BTreeMap<Uuid, Done>> {
    let mut done = BTreeMap::new();
    let rows = store::directive::acknowledgements(conn, document.row.root_id, document.row.directive_id).await?;
    for named in rows {
        let row = named.row;
        let one = Done {
            on: day_of(row.acknowledged_at),
            who: named.full_name,
            title: Title::from_word(&row.title),
            how: row.manner,
            note: row.note,
        };
        done.entry(row.unit_id).or_insert(one);
    }
    Ok(done)
}

/// Unit → how an obligation was met: as the system knows, else as the unit reported.
pub(super) async fn met(conn: &mut Conn, document: &Document, duty: &DutyView) -> Result<BTreeMap<Uuid, Done>> {
    let mut done = match duty.known_by {
        KnownBy::Acknowledged => return studied(conn, document).await,
        KnownBy::RoundOpened => asked::opened(conn, document, &duty.clause).await?,
        KnownBy::ResultsReported => asked::reported(conn, document, &duty.clause).await?,
        KnownBy::Stated => BTreeMap::new(),
    };
    let reports = store::directive::reports(conn, document.row.root_id, document.row.directive_id).await?;
    for named in reports.into_iter().filter(|named| named.row.place == duty.place) {
        let one = Done {
            on: day_of(named.row.reported_at),
            who: named.full_name,
            title: None,
            how: KnownBy::Stated.word().to_owned(),
            note: named.row.note,
        };
        done.entry(named.row.unit_id).or_insert(one);
    }
    Ok(done)
}

/// Whether one body has met an obligation.
pub(crate) async fn met_by(conn: &mut Conn, document: &Document, duty: &DutyView, unit: UnitId) -> Result<bool> {
    Ok(met(conn, document, duty).await?.contains_key(&unit.0))
}
