//! Việc phải xem xét: what follows from levels over several years or quarters, for the competent body. Nothing here acts.

use std::collections::BTreeMap;

use domain::campaign::CampaignKind;
use domain::review::Obligation;
use domain::{Day, ReviewId, text};
use rules::Book;
use rules::history::{History, Period, Standing};
use rules::verdict::Outcome;
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::standing::PastRow;
use uuid::Uuid;

use crate::app::App;
use crate::error::{Result, known, stored};
use crate::judge::{self, Reason};

/// Một việc phải xem xét về một đối tượng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToConsider {
    /// Review of the round after which it is to be considered.
    pub review: ReviewId,
    /// Person or organisation.
    pub name: String,
    /// Where.
    pub unit_name: String,
    /// What, with the periods it rests on and its source.
    pub reason: Reason,
    /// Periods of which no level is known; with any of them it is open whether it is to be considered.
    pub unknown: Vec<String>,
    /// Whether a measure comes first that lasts some months, and nobody has planned anything yet.
    pub to_plan: bool,
}

/// What is to be considered about the members and organisations that a campaign has decided on in a part of the tree, unit
/// by unit.
pub(crate) async fn to_consider(
    app: &App,
    conn: &mut Conn,
    campaign: &CampaignRow,
    path: &str,
) -> Result<Vec<ToConsider>> {
    let book = judge::book_of(app, campaign)?;
    let settings = judge::settings_of(book, &campaign.settings)?;
    let now = period(&campaign.kind, &campaign.period_to)?;
    let mut of: BTreeMap<Uuid, Vec<PastRow>> = BTreeMap::new();
    for row in store::standing::over_years(conn, campaign.root_id, campaign.campaign_id, &campaign.period_to).await? {
        if row.unit_path.starts_with(path) {
            of.entry(row.review_id).or_default().push(row);
        }
    }
    let mut subjects: Vec<Vec<PastRow>> = of.into_values().collect();
    subjects.sort_by_key(|rows| rows.first().map(|row| (row.unit_path.clone(), text::name_key(&row.name))));
    let mut list = Vec::new();
    for rows in &subjects {
        let Some(one) = rows.first() else { continue };
        let found = book.consequences(&one.subject, &history(book, rows)?, now, &settings);
        list.extend(found.iter().map(|consequence| ToConsider {
            review: ReviewId(one.review_id),
            name: one.name.clone(),
            unit_name: one.unit_name.clone(),
            unknown: consequence.missing.iter().map(ToString::to_string).collect(),
            to_plan: consequence.outcome == Outcome::Applies && consequence.months.is_some() && !one.planned,
            reason: Reason::of_consequence(book, consequence),
        }));
    }
    Ok(list)
}

/// The levels of one subject, the oldest first: a later decision on a period stands for the earlier one.
fn history(book: &Book, rows: &[PastRow]) -> Result<History> {
    let mut history = History::new();
    for row in rows {
        let at = period(&row.kind, &row.period_to)?;
        match row.level.as_deref().filter(|level| book.level(level).is_some()) {
            Some(level) => {
                history.insert(at, Standing::Level(level.to_owned()));
            }
            None if row.obligation != Obligation::ReviewAndClassify.word() => {
                history.entry(at).or_insert(Standing::NotRated);
            }
            None => {}
        }
    }
    Ok(history)
}

/// Months of a quarter.
const QUARTER: u32 = 3;

fn period(kind: &str, to: &str) -> Result<Period> {
    let (year, month, _) = stored(Day::parse_stored(to), "period_to")?.parts();
    if kind != CampaignKind::Quarter.word() {
        return Ok(Period::of_year(year));
    }
    let quarter = u8::try_from(month.div_ceil(QUARTER)).ok();
    known(quarter.and_then(|quarter| Period::of_quarter(year, quarter)), "quarter")
}
