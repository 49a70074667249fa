//! Trang thẩm quyền: who decides on which kind of subject in which kind of unit, the decisions that delegate, and the
//! subjects of which that is missing or ambiguous, to be mended before a round is opened.

use std::collections::{BTreeMap, BTreeSet};

use domain::authority::Competence;
use domain::org::UnitKind;
use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, Day, DelegationId, PersonId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::{self, UnitRow};
use uuid::Uuid;

use crate::acts::authority::superior_of;
use crate::acts::campaign::{Conflict, conflicts, standing_conflicts};
use crate::app::App;
use crate::authority::{Authorities, arises};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

/// Trang thẩm quyền.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorityPage {
    /// The day asked about.
    pub on: Day,
    /// Title of the rule book that gives the defaults, none when no book governs the day.
    pub book: Option<Words>,
    /// Who decides, by kind of subject, kind of unit and deciding body, with how many units.
    pub rows: Vec<AuthorityLine>,
    /// What must be settled by people first.
    pub faults: Vec<AuthorityFault>,
    /// Leaders on whom different bodies would decide.
    pub conflicts: Vec<ConflictView>,
    /// The decisions that delegate, ended ones too.
    pub delegations: Vec<DelegationView>,
    /// Units the reader may delegate for: id, name.
    pub units: Vec<(UnitId, String)>,
}

/// Một dòng thẩm quyền.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorityLine {
    /// Kind of subject.
    pub subject: Subject,
    /// Kind of unit.
    pub kind: UnitKind,
    /// Names of the deciding bodies, the first few; empty when they stand above the hierarchy.
    pub bodies: Vec<String>,
    /// How many bodies in all.
    pub of_bodies: usize,
    /// How many units.
    pub units: usize,
    /// Source of the default.
    pub citation: String,
}

/// Một đối tượng chưa rõ thẩm quyền.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorityFault {
    /// Kind of subject.
    pub subject: Subject,
    /// Name of the unit.
    pub unit: String,
    /// The bodies that contradict each other; none when nobody is named.
    pub bodies: Vec<String>,
}

/// Một người giữ chức vụ ở nhiều nơi.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictView {
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Unit, its name and the body that would decide; where he is reviewed stands first.
    pub places: Vec<(UnitId, String, String)>,
    /// The document that decided it, empty where he is reviewed where he stands highest.
    pub basis: String,
    /// Whether the reader may decide it.
    pub may_choose: bool,
}

/// Một quyết định phân cấp.
#[derive(Debug, Clone, Serialize)]
pub struct DelegationView {
    /// Decision.
    pub id: DelegationId,
    /// Word of [`Subject`].
    pub subject: String,
    /// Name of the unit it holds for.
    pub within: String,
    /// Word of [`UnitKind`], empty for every kind.
    pub kind: String,
    /// Name of the body.
    pub body: String,
    /// First day.
    pub from_on: Day,
    /// Last day.
    pub to_on: Option<Day>,
    /// The document.
    pub basis: String,
    /// Whether the reader may end it.
    pub may_end: bool,
}

const SHOWN: usize = 3;

/// The page as of a day; without one as of today, with the conflicts that the running rounds are to have settled.
///
/// # Errors
/// [`Error::Denied`] for whoever sees no roster.
pub async fn authority(app: &App, actor: &Actor, on: Option<Day>) -> Result<AuthorityPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let (asked, on) = (on, on.unwrap_or_else(|| app.clock.today()));
    let units = org::units(&mut conn, root).await?;
    let seen: Vec<&UnitRow> = units
        .iter()
        .filter(|unit| unit.closed_on.as_deref().is_none_or(|closed| closed >= on.to_string().as_str()))
        .filter(|unit| allows(actor, Act::ViewRoster, &Resource::of_unit(&unit.path)))
        .collect();
    if seen.is_empty() {
        return Err(Error::Denied);
    }
    let names: BTreeMap<Uuid, &str> = units.iter().map(|unit| (unit.unit_id, unit.name.as_str())).collect();
    let delegations = store::authority::delegations(&mut conn, root).await?;
    let authorities = Authorities::of(&units, &delegations)?;
    let book = app.library.book_on(on);
    let (rows, faults) = match book {
        Some(book) => lines(book, &authorities, &seen, &names, on)?,
        None => (Vec::new(), Vec::new()),
    };
    let path = |unit: Uuid| units.iter().find(|one| one.unit_id == unit).map_or("", |one| one.path.as_str());
    let may = |unit: Uuid| allows(actor, Act::Delegate, &Resource::of_unit(path(unit)));
    let name = |unit: Uuid| names.get(&unit).copied().unwrap_or_default().to_owned();
    let mut views = Vec::new();
    for row in &delegations {
        views.push(DelegationView {
            id: DelegationId(row.delegation_id),
            subject: row.subject.clone(),
            within: name(row.within_id),
            kind: row.kind.clone(),
            body: name(row.body_id),
            from_on: stored(Day::parse_stored(&row.from_on), "from_on")?,
            to_on: row.to_on.as_deref().map(|day| stored(Day::parse_stored(day), "to_on")).transpose()?,
            basis: row.basis.clone(),
            may_end: row.to_on.is_none() && may(row.within_id) && may(row.body_id),
        });
    }
    Ok(AuthorityPage {
        on,
        book: book.map(|book| Words::from(&book.title)),
        conflicts: conflicts_shown(app, &mut conn, actor, asked, (&seen, &names)).await?,
        rows,
        faults,
        delegations: views,
        units: seen
            .iter()
            .filter(|unit| may(unit.unit_id) && !domain::org::has_members(&unit.kind))
            .map(|unit| (UnitId(unit.unit_id), unit.name.clone()))
            .collect(),
    })
}

type Lines = (Vec<AuthorityLine>, Vec<AuthorityFault>);

fn lines(
    book: &rules::Book,
    authorities: &Authorities,
    units: &[&UnitRow],
    names: &BTreeMap<Uuid, &str>,
    on: Day,
) -> Result<Lines> {
    let mut groups: BTreeMap<(Subject, UnitKind), (BTreeSet<UnitId>, usize)> = BTreeMap::new();
    let mut faults = Vec::new();
    let name = |unit: &UnitId| names.get(&unit.0).copied().unwrap_or_default().to_owned();
    for unit in units {
        let kind = crate::error::known(UnitKind::from_word(&unit.kind), "kind of unit")?;
        for subject in Subject::ALL.iter().copied().filter(|subject| arises(book, *subject, &unit.kind)) {
            let fault = |bodies: Vec<String>| AuthorityFault { subject, unit: unit.name.clone(), bodies };
            let group = groups.entry((subject, kind)).or_default();
            match authorities.of_subject(book, subject, unit.unit_id, on) {
                Competence::Body(body) => {
                    group.0.insert(body);
                    group.1 += 1;
                }
                Competence::Outside => group.1 += 1,
                Competence::Missing => faults.push(fault(Vec::new())),
                Competence::Ambiguous(bodies) => faults.push(fault(bodies.iter().map(name).collect())),
            }
        }
    }
    let line = |((subject, kind), (bodies, units)): ((Subject, UnitKind), (BTreeSet<UnitId>, usize))| AuthorityLine {
        subject,
        kind,
        of_bodies: bodies.len(),
        bodies: bodies.iter().take(SHOWN).map(name).collect(),
        units,
        citation: book
            .authority(subject.word(), kind.word())
            .map_or_else(String::new, |rule| judge::cited(&rule.citation)),
    };
    let rows = groups.into_iter().filter(|(_, (_, units))| *units > 0).map(line).collect();
    Ok((rows, faults))
}

/// As many as the page lists.
const LISTED: usize = 100;

async fn conflicts_shown(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    on: Option<Day>,
    (seen, names): (&[&UnitRow], &BTreeMap<Uuid, &str>),
) -> Result<Vec<ConflictView>> {
    let root = actor.root.0;
    let units: Vec<UnitRow> = seen.iter().map(|unit| (*unit).clone()).collect();
    let mut found = match on.map(|on| (on, app.library.book_on(on))) {
        None => standing_conflicts(app, conn, root).await?,
        Some((on, Some(book))) => conflicts(book, conn, (root, on), &units).await?,
        Some((_, None)) => Vec::new(),
    };
    let ours: BTreeSet<Uuid> = units.iter().map(|unit| unit.unit_id).collect();
    found.retain(|one| one.places.iter().all(|place| ours.contains(&place.unit.0)));
    let decided = store::authority::leader_places(conn, root).await?;
    let mut views = Vec::new();
    for Conflict { person, places } in found.into_iter().take(LISTED) {
        let row = org::person(conn, root, person.0).await?.ok_or(Error::Denied)?;
        let may = |path: &str| allows(actor, Act::Delegate, &Resource::of_unit(superior_of(path)));
        let basis = decided.iter().find(|one| one.person_id == person.0);
        let name = |body: UnitId| names.get(&body.0).copied().unwrap_or_default().to_owned();
        views.push(ConflictView {
            person,
            name: row.full_name,
            basis: basis.map_or_else(String::new, |one| one.basis.clone()),
            may_choose: places.iter().all(|place| may(&place.path)),
            places: places
                .into_iter()
                .map(|place| (place.unit, place.name, place.body.map_or_else(String::new, name)))
                .collect(),
        });
    }
    Ok(views)
}
