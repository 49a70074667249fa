//! Tra cứu: people and units by name below a body, with the result of every year and the way to its history.

use std::collections::{BTreeMap, BTreeSet};

use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, PersonId, ReviewId, text};
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::search::{self, NamedRow, Wanted};
use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, Result, known};
use crate::judge::{self, Words};

/// People, and units, shown at most.
pub const MOST: u32 = 50;

/// Kết quả tra cứu.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// Years in which rounds were held, the newest first.
    pub years: Vec<i64>,
    /// People.
    pub people: Vec<Found>,
    /// Units.
    pub units: Vec<Found>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// Một người hoặc một tổ chức tìm thấy.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its page.
    pub link: String,
    /// Name.
    pub name: String,
    /// Code.
    pub code: String,
    /// Where: cell and what stands above it.
    pub place: String,
    /// Reviews, the newest year first.
    pub reviews: Vec<FoundReview>,
}

/// Một hồ sơ tìm thấy.
#[derive(Debug, Clone, Serialize)]
pub struct FoundReview {
    /// Review.
    pub id: ReviewId,
    /// Title of the campaign.
    pub campaign: String,
    /// Kind of subject.
    pub subject: Subject,
    /// Word of `ReviewState`.
    pub state: String,
    /// Id and name of the level in force, when there is one.
    pub level: Option<(String, Words)>,
    /// Whether the reader may see its history.
    pub may_trace: bool,
}

/// People and units whose name contains `wanted`, typed with or without marks; nobody when it is empty.
///
/// # Errors
/// [`Error::Denied`] for whoever may see no roster.
pub async fn search(app: &App, actor: &Actor, wanted: &str, year: i64) -> Result<Results> {
    let tops = tops(actor);
    if tops.is_empty() {
        return Err(Error::Denied);
    }
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let fold = text::fold(&text::tidy(wanted));
    let (mut people, mut units) = (Vec::new(), Vec::new());
    for path in tops.iter().filter(|_| fold.contains(char::is_alphanumeric)) {
        let wanted = Wanted { fold: &fold, path, most: MOST + 1 };
        people.extend(search::people(&mut conn, root, wanted).await?);
        units.extend(search::units(&mut conn, root, wanted).await?);
    }
    let most = MOST as usize;
    let more = people.len() > most || units.len() > most;
    let mut seeker = Seeker { app, actor, year, rounds: BTreeMap::new() };
    let mut results = Results { years: years(&mut conn, root).await?, people: Vec::new(), units: Vec::new(), more };
    for row in people.into_iter().take(most) {
        let person = Some(PersonId(row.id));
        results.people.push(seeker.found(&mut conn, row, person).await?);
    }
    for row in units.into_iter().take(most) {
        results.units.push(seeker.found(&mut conn, row, None).await?);
    }
    Ok(results)
}

/// The highest units whose roster somebody may see.
fn tops(actor: &Actor) -> Vec<&str> {
    let seen: BTreeSet<&str> = actor.posts.iter().map(|post| post.path.as_str()).collect();
    let seen = seen.into_iter().filter(|path| allows(actor, Act::ViewRoster, &Resource::of_unit(path)));
    let mut tops: Vec<&str> = Vec::new();
    for path in seen {
        if !tops.iter().any(|top| path.starts_with(top)) {
            tops.push(path);
        }
    }
    tops
}

async fn years(conn: &mut Conn, root: Uuid) -> Result<Vec<i64>> {
    let rounds = store::campaign::rounds(conn, root).await?;
    let years: BTreeSet<i64> = rounds.iter().map(|round| round.period_year).collect();
    Ok(years.into_iter().rev().collect())
}

struct Seeker<'a> {
    app: &'a App,
    actor: &'a Actor,
    year: i64,
    /// Campaigns, each asked for once.
    rounds: BTreeMap<Uuid, CampaignRow>,
}

impl Seeker<'_> {
    async fn found(&mut self, conn: &mut Conn, row: NamedRow, person: Option<PersonId>) -> Result<Found> {
        let mut reviews = Vec::new();
        for result in search::results_of(conn, self.actor.root.0, row.id, self.year).await? {
            let resource = Resource { about: person, ..Resource::of_unit(&result.path) };
            if !allows(self.actor, Act::ViewReview, &resource) {
                continue;
            }
            let round = self.round(conn, result.campaign_id).await?;
            let book = judge::book_of(self.app, &round)?;
            reviews.push(FoundReview {
                id: ReviewId(result.review_id),
                campaign: round.title,
                subject: known(Subject::from_word(&result.subject), "subject")?,
                state: result.state,
                level: book.level(&result.level).map(|level| (result.level, Words::from(&level.title))),
                may_trace: allows(self.actor, Act::ViewHistory, &resource),
            });
        }
        let area = if person.is_some() { "nguoi" } else { "danh-sach" };
        let place: Vec<&str> =
            [row.cell.as_str(), row.above.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        Ok(Found {
            link: format!("/{area}/{}", row.id),
            place: place.join(", "),
            name: row.name,
            code: row.code,
            reviews,
        })
    }

    async fn round(&mut self, conn: &mut Conn, id: Uuid) -> Result<CampaignRow> {
        if let Some(round) = self.rounds.get(&id) {
            return Ok(round.clone());
        }
        let round = store::campaign::campaign(conn, self.actor.root.0, id).await?.ok_or(Error::Denied)?;
        self.rounds.insert(id, round.clone());
        Ok(round)
    }
}
