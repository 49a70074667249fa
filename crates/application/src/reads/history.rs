//! Lịch sử hồ sơ: who did what to a review and when, the versions handed in, the levels of every year. No free text.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::policy::{Act, allows};
use domain::{Actor, Day, ReviewId};
use serde::Serialize;
use store::{Conn, journal, org};
use uuid::Uuid;

use super::decision::last_day;
use super::review::{Head, head};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Result, stored};
use crate::judge::{self, Words};

/// Trang lịch sử.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryPage {
    /// Whose.
    pub head: Head,
    /// Versions of the self-review that were handed in, the first one first.
    pub versions: Vec<Version>,
    /// Levels that issued decisions gave to the same subject, the newest year first.
    pub decisions: Vec<Decided>,
    /// What the journal says, the oldest first.
    pub entries: Vec<Entry>,
}

/// Một lần nộp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Number.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who handed it in.
    pub by: String,
    /// Whether he wrote it for another.
    pub on_behalf: bool,
}

/// Một mức đã quyết định.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Title of the campaign.
    pub campaign: String,
    /// Level's id.
    pub level_id: String,
    /// Level's name.
    pub level: Words,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub signed_on: Day,
    /// The last day of the calendar, when it was signed after it.
    pub late_after: Option<Day>,
}

/// Một mục nhật ký.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// What was done, as in the journal.
    pub act: String,
    /// Who; empty when the installation itself acted.
    pub who: String,
}

/// Entries about a level that is being prepared. The subject learns the level from the decision, not from how often it was
/// looked at before.
const PREPARATION: [&str; 6] = [
    "proposal.level_cleared",
    "decision.level_cleared",
    "decision.level_moved",
    "review.verification_saved",
    "review.suggestion_dropped",
    "review.suggestion_passed_over",
];

/// The history of a review.
///
/// # Errors
/// [`crate::Error::Denied`] outside the remit.
pub async fn history(app: &App, actor: &Actor, review: ReviewId) -> Result<HistoryPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit(actor, Act::ViewHistory, &loaded.resource())?;
    let root = actor.root.0;
    let mut names = Names { root, known: BTreeMap::new() };
    let mut entries = Vec::new();
    let own = loaded.is_own(actor);
    for one in journal::of_review(&mut conn, root, review.0).await? {
        if !(own && PREPARATION.contains(&one.act.as_str())) {
            entries.push(Entry { at: one.at, who: names.of(&mut conn, one.person_id).await?, act: one.act });
        }
    }
    let mut versions = Vec::new();
    for row in store::review::submitted(&mut conn, root, review.0).await?.into_iter().rev() {
        versions.push(Version {
            version: row.version,
            at: row.submitted_at,
            by: names.of(&mut conn, Some(row.submitted_by)).await?,
            on_behalf: row.on_behalf_reason.is_some(),
        });
    }
    let decisions = decisions(app, &mut conn, actor, &loaded).await?;
    Ok(HistoryPage { head: head(&loaded, actor)?, versions, decisions, entries })
}

/// Levels of the same subject in every campaign whose history opens to the reader.
async fn decisions(app: &App, conn: &mut Conn, actor: &Actor, loaded: &Loaded) -> Result<Vec<Decided>> {
    let root = actor.root.0;
    let mut decisions = Vec::new();
    for review in store::review::of_subject(conn, root, loaded.subject.word(), loaded.review.about_id).await? {
        let one = Loaded::load(conn, actor, ReviewId(review.review_id)).await?;
        if !allows(actor, Act::ViewHistory, &one.resource()) {
            continue;
        }
        let book = judge::book_of(app, &one.campaign)?;
        let last = last_day(conn, &one.campaign).await?;
        for row in journal::issued_on(conn, root, review.review_id).await? {
            let signed_on = stored(Day::parse_stored(&row.signed_on), "signed_on")?;
            decisions.push(Decided {
                late_after: last.filter(|last| signed_on > *last),
                campaign: one.campaign.title.clone(),
                level: book.level(&row.level).map(|level| Words::from(&level.title)).unwrap_or_default(),
                level_id: row.level,
                number: row.number,
                signed_on,
            });
        }
    }
    Ok(decisions)
}

/// Names of people, each asked for once.
struct Names {
    root: Uuid,
    known: BTreeMap<Uuid, String>,
}

impl Names {
    async fn of(&mut self, conn: &mut Conn, person: Option<Uuid>) -> Result<String> {
        let Some(person) = person else { return Ok(String::new()) };
        if let Some(name) = self.known.get(&person) {
            return Ok(name.clone());
        }
        let name = org::person(conn, self.root, person).await?.map_or_else(String::new, |row| row.full_name);
        self.known.insert(person, name.clone());
        Ok(name)
    }
}
