//! Bảng tổng hợp theo mức của một đơn vị.

use std::collections::BTreeMap;

use domain::policy::{Act, Resource};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, UnitId};
use serde::Serialize;
use store::review::ReviewListRow;
use store::{Conn, org};
use uuid::Uuid;

use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge::{self, Cap, Words};
use crate::reads::after::consider::{ToConsider, to_consider};
use crate::reads::proposal::level_names;

/// Bảng tổng hợp: one line per unit and a total.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Levels: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// Lines.
    pub lines: Vec<SummaryLine>,
    /// All together.
    pub total: SummaryLine,
    /// The cap over the whole unit.
    pub cap: Cap,
    /// What is to be considered after the decision.
    pub consider: Vec<ToConsider>,
}

/// Một dòng của bảng tổng hợp.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SummaryLine {
    /// Unit; empty for the total.
    pub unit: String,
    /// Name of the unit.
    pub name: String,
    /// Persons in the register.
    pub people: u32,
    /// Who was rated.
    pub rated: u32,
    /// Per level.
    pub levels: BTreeMap<String, u32>,
    /// Reviewed, not rated.
    pub not_rated: u32,
    /// Neither reviewed nor rated.
    pub exempt: u32,
    /// To be rated and not decided yet.
    pub open: u32,
}

/// The summary by level of a unit and everything below it, as decided so far.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn summary(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<SummaryPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let unit = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewSummary, &Resource::of_unit(&unit.path))?;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let book = judge::book_of(app, &campaign)?;
    let decided = decided_levels(&mut conn, root, &campaign).await?;
    let reviews = store::review::list_of_campaign(&mut conn, root, campaign.campaign_id).await?;
    let mut total = SummaryLine::default();
    let mut by_unit: BTreeMap<(String, String), SummaryLine> = BTreeMap::new();
    for review in reviews.iter().filter(|review| review.unit_path.starts_with(&unit.path)) {
        let line = by_unit.entry((review.unit_path.clone(), review.unit_name.clone())).or_default();
        line.name.clone_from(&review.unit_name);
        line.unit = review.unit_id.to_string();
        let level = decided.get(&review.review_id);
        count(line, review, level);
        count(&mut total, review, level);
    }
    total.name.clone_from(&unit.name);
    let levels: Vec<(Uuid, &str)> = decided.iter().map(|(review, level)| (*review, level.as_str())).collect();
    let cap = judge::cap(&mut conn, book, &campaign, &reviews, &levels).await?;
    Ok(SummaryPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name,
        levels: level_names(book),
        lines: by_unit.into_values().collect(),
        total,
        cap,
        consider: to_consider(app, &mut conn, &campaign, &unit.path).await?,
    })
}

/// Levels of an issued decision; none before it is issued.
async fn decided_levels(
    conn: &mut Conn,
    root: Uuid,
    campaign: &store::campaign::CampaignRow,
) -> Result<BTreeMap<Uuid, String>> {
    let decision = store::outcome::decision(conn, root, campaign.campaign_id, Subject::Member.word()).await?;
    let Some(decision) = decision.filter(|decision| decision.state == domain::decision::DecisionState::Issued.word())
    else {
        return Ok(BTreeMap::new());
    };
    let lines = store::outcome::decision_lines(conn, root, decision.decision_id).await?;
    Ok(lines.into_iter().map(|line| (line.review_id, line.level)).collect())
}

fn count(line: &mut SummaryLine, review: &ReviewListRow, level: Option<&String>) {
    line.people += 1;
    if review.obligation == Obligation::Neither.word() {
        line.exempt += 1;
    } else if review.obligation == Obligation::ReviewOnly.word() {
        line.not_rated += 1;
    } else if let Some(level) = level {
        line.rated += 1;
        *line.levels.entry(level.clone()).or_default() += 1;
    } else {
        line.open += 1;
    }
}
