//! Biểu tổng hợp kết quả xếp loại: level by unit, with the denominators a reader needs to check the percentages.

pub(super) mod round;

use std::collections::BTreeMap;

use domain::review::Obligation;
use domain::{Day, Refusal};
use serde::Serialize;
use store::review::ReviewListRow;
use uuid::Uuid;

use super::decision::{self, Line};
use super::percent::{WHOLE, hundredths, written};
use super::place::{Letterhead, LevelHead, Place, day};
use super::sheet::UnitPaper;
use crate::error::Result;

const MEANING: &str = UnitPaper::SummaryTable.meaning();

/// Biểu tổng hợp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryTable {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, written by hand when empty.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Levels.
    pub levels: Vec<LevelHead>,
    /// Head of the share of the best level, as its cap is counted.
    pub top_head: String,
    /// Rows, the total last.
    pub rows: Vec<SummaryRow>,
    /// What the short names mean.
    pub legend: String,
    /// How figures were computed.
    pub notes: Vec<Line>,
    /// Who drew it up.
    pub compiler: String,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một dòng của biểu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummaryRow {
    /// Number of the row; empty for the total.
    pub mark: String,
    /// Whom the row counts.
    pub kind: String,
    /// All.
    pub total: String,
    /// Who owes neither review nor classification.
    pub exempt: String,
    /// Who owes a review and has no level.
    pub not_rated: String,
    /// Who has a level: the whole of the percentages.
    pub rated: String,
    /// How many of each level.
    pub counts: BTreeMap<String, String>,
    /// Percentage of each level.
    pub percents: BTreeMap<String, String>,
    /// Percentage of the best level among those with it or the next.
    pub top: String,
    /// Remark.
    pub note: String,
    /// Whether it is the total.
    pub is_total: bool,
}

/// Figures of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) total: u64,
    pub(super) exempt: u64,
    pub(super) rated: u64,
    pub(super) levels: BTreeMap<String, u64>,
}

impl Figures {
    fn add(&mut self, review: &ReviewListRow, level: Option<&String>) {
        self.total += 1;
        match level {
            Some(level) => {
                self.rated += 1;
                *self.levels.entry(level.clone()).or_default() += 1;
            }
            None if review.obligation == Obligation::Neither.word() => self.exempt += 1,
            None => {}
        }
    }
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<SummaryTable> {
    if round::sums_up(place) {
        return round::read(place).await;
    }
    let decision = decision::load(place).await?;
    if !decision::issued(&decision) {
        return Err(Refusal::new("PAPER-005").into());
    }
    let signed_on = day(&decision.signed_on)?;
    let lines = store::outcome::decision_lines(place.conn, place.root, decision.decision_id).await?;
    let levels: BTreeMap<Uuid, String> = lines.into_iter().map(|line| (line.review_id, line.level)).collect();
    let groups = groups(place, &levels).await?;
    let heads = place.levels();
    let signature = place.signature(signed_on).await?;
    let entered = place.entered(MEANING).await?;
    let (number, dated_on) = place.numbered(MEANING, entered.as_ref(), signed_on)?;
    Ok(SummaryTable {
        letterhead: place.letterhead(dated_on)?,
        number,
        checkpoint: place.checkpoint(decision.issued_at).await?,
        year: place.year(),
        rows: rows(place, groups, &heads),
        legend: place.legend(&heads),
        top_head: top_head(place, &heads),
        levels: heads,
        notes: vec![Line { text: place.words.summary.denominator.plain().to_owned() }],
        compiler: compiler(place, signed_on).await?,
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
    })
}

/// A base organisation by its units, a cell by who leads and who does not.
async fn groups(place: &mut Place<'_>, levels: &BTreeMap<Uuid, String>) -> Result<Vec<(String, Figures)>> {
    let campaign = place.campaign.campaign_id;
    let reviews = store::review::list_of_campaign(place.conn, place.root, campaign).await?;
    let below = reviews.into_iter().filter(|review| review.unit_path.starts_with(&place.unit.path));
    let words = &place.words.summary;
    let mut groups: Vec<(String, Figures)> = Vec::new();
    if place.is_cell() {
        groups.extend([&words.leaders, &words.others].map(|name| (name.plain().to_owned(), Figures::default())));
        for review in below {
            let at = usize::from(!review.leader);
            if let Some((_, figures)) = groups.get_mut(at) {
                figures.add(&review, levels.get(&review.review_id));
            }
        }
        return Ok(groups);
    }
    let mut unit = None;
    for review in below {
        if unit != Some(review.unit_id) {
            unit = Some(review.unit_id);
            groups.push((review.unit_name.clone(), Figures::default()));
        }
        if let Some((_, figures)) = groups.last_mut() {
            figures.add(&review, levels.get(&review.review_id));
        }
    }
    Ok(groups)
}

fn rows(place: &Place<'_>, groups: Vec<(String, Figures)>, levels: &[LevelHead]) -> Vec<SummaryRow> {
    let mut sum = Figures::default();
    let mut rows = Vec::new();
    for (at, (name, figures)) in groups.into_iter().enumerate() {
        sum.total += figures.total;
        sum.exempt += figures.exempt;
        sum.rated += figures.rated;
        for (level, count) in &figures.levels {
            *sum.levels.entry(level.clone()).or_default() += count;
        }
        rows.push(row(place, (at + 1).to_string(), name, &figures, levels));
    }
    let total = row(place, String::new(), place.words.summary.total.plain().to_owned(), &sum, levels);
    rows.push(SummaryRow { is_total: true, ..total });
    rows
}

fn row(place: &Place<'_>, mark: String, kind: String, figures: &Figures, levels: &[LevelHead]) -> SummaryRow {
    let words = &place.words.summary;
    let count = |level: &LevelHead| figures.levels.get(&level.id).copied().unwrap_or(0);
    let share = |level: &LevelHead| hundredths(count(level), figures.rated);
    let percent = |share: Option<u64>| share.map_or_else(|| words.none.plain().to_owned(), written);
    let good: u64 = levels.iter().take(GOOD_OR_BETTER).map(count).sum();
    let sum: u64 = levels.iter().filter_map(share).sum();
    let note =
        if figures.rated > 0 && sum != WHOLE { words.rounding.say(&[("sum", &written(sum))]) } else { String::new() };
    SummaryRow {
        mark,
        kind,
        total: figures.total.to_string(),
        exempt: figures.exempt.to_string(),
        not_rated: (figures.total - figures.exempt - figures.rated).to_string(),
        rated: figures.rated.to_string(),
        counts: levels.iter().map(|level| (level.id.clone(), count(level).to_string())).collect(),
        percents: levels.iter().map(|level| (level.id.clone(), percent(share(level)))).collect(),
        top: percent(hundredths(levels.first().map_or(0, count), good)),
        note,
        is_total: false,
    }
}

/// The two best levels: what the cap on the best is counted over.
const GOOD_OR_BETTER: usize = 2;

fn top_head(place: &Place<'_>, levels: &[LevelHead]) -> String {
    match levels {
        [best, second, ..] => place.words.summary.top.say(&[("best", &best.short), ("second", &second.short)]),
        _ => String::new(),
    }
}

/// The clerk of the unit draws it up, or else it is left to be signed.
pub(super) async fn compiler(place: &mut Place<'_>, day: Day) -> Result<String> {
    let holders = store::org::holders(place.conn, place.root, place.unit.unit_id, &day.to_string()).await?;
    match holders.iter().find(|holder| holder.title == domain::org::Title::Clerk.word()) {
        Some(clerk) => place.name(clerk.person_id).await,
        None => Ok(String::new()),
    }
}
