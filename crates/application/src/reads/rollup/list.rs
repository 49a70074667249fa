//! Danh sách đứng sau một con số: the people or units that a figure of the overview counts.

use domain::policy::{Act, Resource, allows};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::rollup::{self, ListedReviewRow, ListedUnitRow, ReviewFilter, UnitFilter};

use super::{Place, day, place};
use crate::app::App;
use crate::error::{Error, Result};
use crate::judge::{self, Words};

/// Lines of one page.
pub(super) const PAGE: u32 = 100;

/// Con số nào: what is listed, as it stands in the address of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Reviews of a kind of subject.
    People(Subject, PeopleOf),
    /// Units.
    Units(UnitsOf),
}

/// Conditions on reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleOf {
    obligations: &'static [Obligation],
    states: &'static [&'static str],
    level: String,
    notice: &'static str,
}

/// Conditions on units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitsOf {
    steps: &'static [&'static str],
    late: bool,
}

/// Một trang của danh sách.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Round's title.
    pub campaign_title: String,
    /// Unit.
    pub unit_name: String,
    /// Kind of subject that is listed.
    pub subject: Subject,
    /// Word of the list.
    pub word: String,
    /// Name of the level, when one is listed.
    pub level: Option<Words>,
    /// People.
    pub reviews: Vec<ListedReview>,
    /// Units.
    pub units: Vec<ListedUnit>,
    /// Page, from 1.
    pub page: u32,
    /// Number of the first line.
    pub first: u32,
    /// Whether there is a next page.
    pub more: bool,
}

/// Một người.
#[derive(Debug, Clone, Serialize)]
pub struct ListedReview {
    /// Review, for whoever may open it.
    pub link: Option<ReviewId>,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit_name: String,
    /// Name of what stands above it.
    pub above: String,
    /// Word of `ReviewState`.
    pub state: String,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Why not the ordinary one.
    pub reason: String,
    /// Decided level.
    pub level: Words,
}

/// Một đơn vị.
#[derive(Debug, Clone, Serialize)]
pub struct ListedUnit {
    /// Unit.
    pub unit: UnitId,
    /// Campaign of the body that decides for it.
    pub campaign: CampaignId,
    /// Name.
    pub name: String,
    /// Name of its superior.
    pub above: String,
    /// Whether people belong to it directly.
    pub is_cell: bool,
    /// Word of `UnitStep`.
    pub step: String,
    /// Until when it should be a step further.
    pub due_on: Option<Day>,
    /// Whether that day has passed.
    pub late: bool,
    /// Whether the reader may open its register.
    pub may_open: bool,
}

impl What {
    /// The list of a word of an address; `muc-<level>` for a level; `<subject>.` before it for others than members.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let (subject, word) = Self::parts(word)?;
        let what = Self::of_members(word)?;
        match what {
            Self::People(_, part) => Some(Self::People(subject, part)),
            Self::Units(_) => Some(what).filter(|_| subject == Subject::Member),
        }
    }

    /// Kind of subject and word of the list.
    fn parts(word: &str) -> Option<(Subject, &str)> {
        match word.split_once('.') {
            Some((subject, word)) => Some((Subject::from_word(subject)?, word)),
            None => Some((Subject::Member, word)),
        }
    }

    fn of_members(word: &str) -> Option<Self> {
        const DUE: &[Obligation] = &[Obligation::ReviewAndClassify, Obligation::ReviewOnly];
        let due = |states| Self::People(Subject::Member, PeopleOf { obligations: DUE, states, ..PeopleOf::default() });
        let cells = |steps| Self::Units(UnitsOf { steps, late: false });
        let people = |part| Self::People(Subject::Member, part);
        let only = |obligations| people(PeopleOf { obligations, ..PeopleOf::default() });
        Some(match word {
            "dang-vien" => people(PeopleOf::default()),
            "phai-kiem-diem" => due(&[]),
            "da-nop" => due(&["self_reviewed", "discussed", "proposed", "decided"]),
            "chua-nop" => due(&["awaiting_self_review"]),
            "da-kiem-diem" => due(&["discussed", "proposed", "decided"]),
            "da-de-xuat" => due(&["proposed", "decided"]),
            "da-quyet-dinh" => due(&["decided"]),
            "da-xep-loai" => people(PeopleOf {
                obligations: &[Obligation::ReviewAndClassify],
                states: &["decided"],
                ..PeopleOf::default()
            }),
            "phai-xep-loai" => only(&[Obligation::ReviewAndClassify]),
            "chi-kiem-diem" => only(&[Obligation::ReviewOnly]),
            "khong-thuoc-dien" => only(&[Obligation::Neither]),
            "cho-xep-loai" => people(PeopleOf {
                obligations: &[Obligation::ReviewAndClassify],
                level: rollup::NO_LEVEL.to_owned(),
                ..PeopleOf::default()
            }),
            "chua-xep-loai" => {
                people(PeopleOf { obligations: DUE, level: rollup::NO_LEVEL.to_owned(), ..PeopleOf::default() })
            }
            "da-thong-bao" => people(PeopleOf { notice: "issued", ..PeopleOf::default() }),
            "da-doc" => people(PeopleOf { notice: "read", ..PeopleOf::default() }),
            "chi-bo" => cells(&[]),
            "da-hop" => cells(&["met", "counted", "sealed", "proposed", "decided"]),
            "da-kiem-phieu" => cells(&["counted", "sealed", "proposed", "decided"]),
            "da-khoa-bien-ban" => cells(&["sealed", "proposed", "decided"]),
            "da-gui-de-xuat" => cells(&["proposed", "decided"]),
            "cham" => Self::Units(UnitsOf { steps: &[], late: true }),
            other => {
                let level = other.strip_prefix("muc-")?.to_owned();
                people(PeopleOf { level, ..PeopleOf::default() })
            }
        })
    }
}

/// One page of the list behind a figure.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or for a word that is no list.
pub async fn list(
    app: &App,
    actor: &Actor,
    (round, unit): (CampaignId, UnitId),
    word: &str,
    page: u32,
) -> Result<Listed> {
    let what = What::from_word(word).ok_or(Error::Denied)?;
    let (subject, plain) = What::parts(word).ok_or(Error::Denied)?;
    let mut conn = app.read(actor.root).await?;
    let place = place(&mut conn, actor, round, unit, Act::ViewRoster).await?;
    let page = page.max(1);
    let first = (page - 1).saturating_mul(PAGE);
    let mut listed = Listed {
        campaign_title: place.round.title.clone(),
        unit_name: place.unit.name.clone(),
        subject,
        word: plain.to_owned(),
        level: None,
        reviews: Vec::new(),
        units: Vec::new(),
        page,
        first: first + 1,
        more: false,
    };
    let rows = match what {
        What::People(subject, part) => {
            let book = judge::book_of(app, &place.round)?;
            listed.level = book.level(&part.level).map(|level| Words::from(&level.title));
            let rows = people(&mut conn, &place, (subject, part), first).await?;
            listed.reviews = rows.iter().take(PAGE as usize).map(|row| review(actor, book, row)).collect();
            rows.len()
        }
        What::Units(part) => {
            let today = app.clock.today();
            let rows = units(&mut conn, &place, &part, today, first).await?;
            let shown = rows.iter().take(PAGE as usize).map(|row| listed_unit(actor, row, today));
            listed.units = shown.collect::<Result<_>>()?;
            rows.len()
        }
    };
    listed.more = rows > PAGE as usize;
    Ok(listed)
}

async fn people(
    conn: &mut Conn,
    place: &Place,
    (subject, part): (Subject, PeopleOf),
    first: u32,
) -> Result<Vec<ListedReviewRow>> {
    let filter = ReviewFilter {
        path: place.within.path.clone(),
        subject: subject.word().to_owned(),
        obligations: part.obligations.iter().map(|one| one.word().to_owned()).collect(),
        states: part.states.iter().map(|state| (*state).to_owned()).collect(),
        level: part.level,
        notice: part.notice.to_owned(),
    };
    let (root, round) = (place.round.root_id, place.round.round_id());
    Ok(rollup::listed_reviews(conn, root, round, &filter, (PAGE + 1, first)).await?)
}

async fn units(conn: &mut Conn, place: &Place, part: &UnitsOf, today: Day, first: u32) -> Result<Vec<ListedUnitRow>> {
    let filter = UnitFilter {
        path: place.within.path.clone(),
        only_cells: !part.late,
        steps: part.steps.iter().map(|step| (*step).to_owned()).collect(),
        late_on: if part.late { today.to_string() } else { String::new() },
    };
    let (root, round) = (place.round.root_id, place.round.round_id());
    Ok(rollup::listed_units(conn, root, round, &filter, (PAGE + 1, first)).await?)
}

fn review(actor: &Actor, book: &rules::Book, row: &ListedReviewRow) -> ListedReview {
    let resource = match row.person_id {
        Some(person) => Resource::about(&row.place, PersonId(person)),
        None => Resource::of_unit(&row.place),
    };
    ListedReview {
        link: allows(actor, Act::ViewReview, &resource).then_some(ReviewId(row.review_id)),
        name: row.name.clone(),
        unit_name: row.unit_name.clone(),
        above: row.above.clone(),
        state: row.state.clone(),
        obligation: row.obligation.clone(),
        reason: row.obligation_reason.clone(),
        level: book.level(&row.level).map(|level| Words::from(&level.title)).unwrap_or_default(),
    }
}

fn listed_unit(actor: &Actor, row: &ListedUnitRow, today: Day) -> Result<ListedUnit> {
    let due_on = day(&row.due_on)?;
    Ok(ListedUnit {
        unit: UnitId(row.unit_id),
        campaign: CampaignId(row.campaign_id),
        name: row.name.clone(),
        above: row.above.clone(),
        is_cell: domain::org::has_members(&row.kind),
        step: row.step.clone(),
        late: due_on.is_some_and(|due| due < today),
        due_on,
        may_open: allows(actor, Act::ViewRoster, &Resource::of_unit(&row.place)),
    })
}
