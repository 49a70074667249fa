//! Trang của một người: all his memberships, posts and temporary activity with their days, the past ones too.

use domain::org::{EndReason, Standing, Title, UnitKind};
use domain::policy::{self, Act, Resource};
use domain::reorganisation::ChangeKind;
use domain::{ActivityId, Actor, Day, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::{self, MembershipRow, PersonRow, PostRow};
use store::place;
use store::temporary::{self, ActivityRow};
use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, Result, known, stored};

/// Một tổ chức with its name at that time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Where {
    /// Unit.
    pub id: UnitId,
    /// Name on the last day of the stay, or today.
    pub name: String,
    /// Kind then.
    pub kind: UnitKind,
}

/// Thay đổi tổ chức làm kết thúc một quãng: what was done and by which document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByChange {
    /// What was done.
    pub kind: ChangeKind,
    /// Number of the document.
    pub number: String,
    /// Its day.
    pub on: Day,
}

/// Một quãng: membership, post or temporary activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stay<T> {
    /// Where.
    pub place: Where,
    /// What is particular about it.
    pub what: T,
    /// First day.
    pub from_on: Day,
    /// Last day.
    pub to_on: Option<Day>,
    /// Change of the organisation that ended or began it.
    pub change: Option<ByChange>,
}

/// Đảng tịch trong một chi bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Belonging {
    /// Standing.
    pub standing: Standing,
    /// Why it ended, when no other cell took its place.
    pub end_reason: Option<EndReason>,
}

/// Sinh hoạt tạm thời.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Activity.
    pub id: ActivityId,
    /// Document it rests on.
    pub basis: String,
    /// Counts changes.
    pub version: i64,
    /// Whether it lasts today.
    pub lasts: bool,
}

/// Trang của một người.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonPage {
    /// Who.
    pub id: PersonId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Day of birth.
    pub born_on: Option<Day>,
    /// His cell today.
    pub cell: Option<Where>,
    /// Memberships, the first one first.
    pub memberships: Vec<Stay<Belonging>>,
    /// Posts in the party, the first one first.
    pub posts: Vec<Stay<Title>>,
    /// Temporary activity, the first one first.
    pub temporary: Vec<Stay<Visit>>,
    /// His reviews, newest first: review, title of the round, cell.
    pub reviews: Vec<(ReviewId, String, String)>,
    /// Whether the reader may enter temporary activity.
    pub may_record: bool,
}

/// A person with everything dated about him.
///
/// # Errors
/// [`Error::Denied`] for others than himself and whoever may see the roster of his cell, or of his last one.
pub async fn person(app: &App, actor: &Actor, person: PersonId) -> Result<PersonPage> {
    let mut conn = app.read(actor.root).await?;
    let (root, today) = (actor.root.0, app.clock.today());
    let row = org::person(&mut conn, root, person.0).await?.ok_or(Error::Denied)?;
    let memberships = org::memberships_of(&mut conn, root, person.0).await?;
    let now = today.to_string();
    let holds = |row: &&MembershipRow| row.from_on <= now && row.to_on.as_ref().is_none_or(|end| *end >= now);
    let present = memberships.iter().find(holds).map(|row| row.unit_id);
    let last = present.or_else(|| memberships.last().map(|row| row.unit_id));
    let path = match last {
        Some(unit) => org::unit(&mut conn, root, unit).await?.map(|unit| unit.path).unwrap_or_default(),
        None => String::new(),
    };
    let resource = Resource::about(&path, person);
    if actor.person != person && !policy::allows(actor, Act::ViewRoster, &resource) {
        return Err(Error::Denied);
    }
    let cell = match present {
        Some(unit) => Some(place_of(&mut conn, root, unit, None, today).await?),
        None => None,
    };
    Ok(PersonPage {
        id: person,
        born_on: row.born_on.as_deref().map(|text| stored(Day::parse_stored(text), "born_on")).transpose()?,
        memberships: memberships_of(&mut conn, memberships, today).await?,
        posts: posts_of(&mut conn, &row, today).await?,
        temporary: temporary_of(&mut conn, &row, today).await?,
        reviews: reviews_of(&mut conn, actor, &row).await?,
        may_record: cell.is_some() && policy::allows(actor, Act::RecordTemporaryActivity, &resource),
        code: row.code,
        name: row.full_name,
        cell,
    })
}

/// The unit as it was on the last day of a stay, or is today.
async fn place_of(conn: &mut Conn, root: Uuid, unit: Uuid, to_on: Option<&str>, today: Day) -> Result<Where> {
    let row = org::unit(conn, root, unit).await?.ok_or(Error::Denied)?;
    let on =
        to_on.map(|text| stored(Day::parse_stored(text), "to_on")).transpose()?.map_or(today, |day| day.min(today));
    let then = place::unit_on(conn, root, unit, on).await?;
    let (name, kind) = then.map_or((row.name, row.kind), |then| (then.name, then.kind));
    Ok(Where { id: UnitId(unit), name, kind: known(UnitKind::from_word(&kind), "kind of unit")? })
}

async fn stay<T>(
    conn: &mut Conn,
    row: (Uuid, Uuid, Uuid),
    days: (&str, Option<&str>),
    today: Day,
    what: T,
) -> Result<Stay<T>> {
    let (root, id, unit) = row;
    let (from_on, to_on) = days;
    let change = match store::change::carried_by(conn, root, id).await? {
        Some(change) => Some(ByChange {
            kind: known(ChangeKind::from_word(&change.kind), "kind of change")?,
            number: change.basis_number,
            on: stored(Day::parse_stored(&change.basis_on), "basis_on")?,
        }),
        None => None,
    };
    Ok(Stay {
        place: place_of(conn, root, unit, to_on, today).await?,
        what,
        from_on: stored(Day::parse_stored(from_on), "from_on")?,
        to_on: to_on.map(|text| stored(Day::parse_stored(text), "to_on")).transpose()?,
        change,
    })
}

async fn memberships_of(conn: &mut Conn, rows: Vec<MembershipRow>, today: Day) -> Result<Vec<Stay<Belonging>>> {
    let mut stays = Vec::with_capacity(rows.len());
    for row in rows {
        let what = Belonging {
            standing: known(Standing::from_word(&row.standing), "standing")?,
            end_reason: EndReason::from_word(&row.end_reason),
        };
        let ids = (row.root_id, row.membership_id, row.unit_id);
        stays.push(stay(conn, ids, (&row.from_on, row.to_on.as_deref()), today, what).await?);
    }
    Ok(stays)
}

async fn posts_of(conn: &mut Conn, person: &PersonRow, today: Day) -> Result<Vec<Stay<Title>>> {
    let rows: Vec<PostRow> = org::posts_of(conn, person.root_id, person.person_id).await?;
    let mut stays = Vec::with_capacity(rows.len());
    for row in rows {
        let title = known(Title::from_word(&row.title), "title")?;
        let ids = (row.root_id, row.post_id, row.unit_id);
        stays.push(stay(conn, ids, (&row.from_on, row.to_on.as_deref()), today, title).await?);
    }
    Ok(stays)
}

async fn temporary_of(conn: &mut Conn, person: &PersonRow, today: Day) -> Result<Vec<Stay<Visit>>> {
    let rows: Vec<ActivityRow> = temporary::of_person(conn, person.root_id, person.person_id).await?;
    let mut stays = Vec::with_capacity(rows.len());
    for row in rows {
        let ids = (row.root_id, row.activity_id, row.unit_id);
        let lasts = row.to_on.as_ref().is_none_or(|end| *end >= today.to_string());
        let (id, version) = (ActivityId(row.activity_id), row.version);
        let what = Visit { id, basis: row.basis.clone(), version, lasts };
        stays.push(stay(conn, ids, (&row.from_on, row.to_on.as_deref()), today, what).await?);
    }
    Ok(stays)
}

/// His reviews, as far as the reader may open them.
async fn reviews_of(conn: &mut Conn, actor: &Actor, person: &PersonRow) -> Result<Vec<(ReviewId, String, String)>> {
    let mut list = Vec::new();
    for review in store::review::list_of_person(conn, person.root_id, person.person_id).await? {
        let resource = Resource::about(&review.unit_path, PersonId(person.person_id));
        if policy::allows(actor, Act::ViewReview, &resource) {
            let campaign = store::campaign::campaign(conn, person.root_id, review.campaign_id).await?;
            let title = campaign.map_or_else(String::new, |campaign| campaign.title);
            list.push((ReviewId(review.review_id), title, review.unit_name));
        }
    }
    Ok(list)
}
