//! Bảng tổng hợp ở mọi cấp: results by unit and subject as they are now, the tables reported before, and what changed since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::org::{Title, UnitKind};
use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, CampaignId, ReportId, UnitId};
use serde::{Deserialize, Serialize};
use store::campaign::CampaignRow;
use store::rollup::{self, CampaignUnitRow, Figures, LeaderRow, ReportRow};
use store::{Conn, org};
use uuid::Uuid;

use super::changed::{self, ChangedSubjects};
use super::{Place, Tally, place};
use crate::app::App;
use crate::error::{Error, Result};
use crate::judge::{self, Words};

/// Số liệu được giữ: the figures of a unit and of each unit directly below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// By unit, in the order of the table; the whole last.
    pub(crate) units: Vec<KeptUnit>,
    /// The leaders of the whole by title. Tables kept before titles were counted have none.
    #[serde(default)]
    pub(crate) titles: Vec<TitleGroup>,
}

/// Nhóm chức danh: leaders of one title in units of one kind. Whoever holds several counts once, where he is reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleGroup {
    /// Word of `domain::org::UnitKind`.
    pub unit_kind: String,
    /// Word of `domain::org::Title`.
    pub title: String,
    /// Results.
    pub tally: Tally,
}

/// Số liệu của một đơn vị.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptUnit {
    pub(crate) unit: String,
    pub(crate) name: String,
    /// Word of `Subject` → results.
    pub(crate) subjects: BTreeMap<String, Tally>,
}

impl KeptUnit {
    fn of(unit: Uuid, name: String, figures: &Figures) -> Self {
        let subjects =
            Subject::ALL.iter().map(|subject| (subject.word().to_owned(), Tally::of(figures, subject.word())));
        let subjects = subjects.filter(|(_, tally)| tally.total > 0).collect();
        Self { unit: unit.to_string(), name, subjects }
    }

    /// The results in the order in which kinds of subject are named.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (&str, &Tally)> {
        Subject::ALL.iter().filter_map(|one| self.subjects.get(one.word()).map(|tally| (one.word(), tally)))
    }
}

impl Kept {
    /// The figures as they are at this moment.
    pub(crate) async fn read(conn: &mut Conn, round: &CampaignRow, within: &CampaignUnitRow) -> Result<Self> {
        let (root, round, unit, day) = (round.root_id, within.round_id, within.unit_id, &round.cut_off_on);
        let whole = rollup::figures(conn, root, round, unit).await?;
        let children = rollup::children(conn, root, round, unit).await?;
        let ids: Vec<Uuid> = children.iter().map(|child| child.unit_id).collect();
        let mut below = rollup::figures_below(conn, root, (round, unit), &ids).await?;
        let mut units = Vec::new();
        for child in children {
            let figures = below.remove(&child.unit_id).unwrap_or_default();
            units.push(KeptUnit::of(child.unit_id, child.name, &figures));
        }
        let name = org::unit(conn, root, unit).await?.map(|unit| unit.name).unwrap_or_default();
        units.push(KeptUnit::of(unit, name, &whole));
        let leaders = rollup::leaders(conn, root, round, (&within.path, day)).await?;
        Ok(Self { units, titles: by_title(leaders) })
    }

    /// Unit and subject → results, for comparing.
    fn flat(&self) -> BTreeMap<(&str, &str), (&str, &Tally)> {
        let mut flat = BTreeMap::new();
        for unit in &self.units {
            for (subject, tally) in &unit.subjects {
                flat.insert((unit.unit.as_str(), subject.as_str()), (unit.name.as_str(), tally));
            }
        }
        flat
    }
}

/// In the order of kinds of unit and titles: higher before lower, head before deputy.
fn by_title(leaders: Vec<LeaderRow>) -> Vec<TitleGroup> {
    let mut groups: BTreeMap<_, TitleGroup> = BTreeMap::new();
    for row in leaders {
        let order = (UnitKind::from_word(&row.unit_kind), Title::from_word(&row.title));
        let group = groups.entry(order).or_default();
        group.tally.add(&row.obligation, &row.level, row.n);
        (group.unit_kind, group.title) = (row.unit_kind, row.title);
    }
    groups.into_values().collect()
}

/// Trang bảng tổng hợp.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Round.
    pub round: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Levels of the book, best first: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// Units directly below, the whole last.
    pub groups: Vec<SummaryGroup>,
    /// The leaders of the whole by title.
    pub titles: Vec<TitleGroup>,
    /// The table whose figures these are, when they are not those of this moment.
    pub as_reported: Option<Report>,
    /// Tables that were reported, newest first.
    pub reports: Vec<Report>,
    /// What changed since the newest of them.
    pub changes: Vec<Change>,
    /// Of a table that was reported: the subjects behind what changed, where figures open their lists.
    pub subjects: ChangedSubjects,
    /// Whether the reader may keep a table as reported.
    pub may_report: bool,
    /// Whether the reader may print.
    pub may_print: bool,
    /// Whether figures open their lists to the reader.
    pub may_list: bool,
}

/// Một đơn vị của bảng.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryGroup {
    /// Unit.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Whether it is the whole.
    pub is_total: bool,
    /// Word of `Subject` and results.
    pub subjects: Vec<(String, Tally)>,
}

/// Một bảng đã báo cáo.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Report.
    pub id: ReportId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Remark.
    pub note: String,
    /// Figures that are different today.
    pub changed: usize,
}

/// Một số liệu đã khác.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Unit.
    pub unit_name: String,
    /// Word of `Subject`.
    pub subject: String,
    /// What: id of a level, or `total`, `exempt`, `not_rated`, `rated`.
    pub what: String,
    /// As reported.
    pub before: i64,
    /// As it is now.
    pub now: i64,
}

/// The summary table of a unit in a round, with what was reported before.
///
/// # Errors
/// [`crate::Error::Denied`] outside the remit.
pub async fn summary(app: &App, actor: &Actor, round: CampaignId, unit: UnitId) -> Result<Summary> {
    let mut conn = app.read(actor.root).await?;
    let place = place(&mut conn, actor, round, unit, Act::ViewSummary).await?;
    let (root, id) = (actor.root.0, place.round.round_id());
    let kept = Kept::read(&mut conn, &place.round, &place.within).await?;
    let mut reports = Vec::new();
    let mut changes = Vec::new();
    for (at, row) in rollup::reports(&mut conn, root, id, unit.0).await?.into_iter().enumerate() {
        let differing = changes_since(&serde_json::from_str(&row.figures)?, &kept);
        reports.push(report(&mut conn, &row, differing.len()).await?);
        if at == 0 {
            changes = differing;
        }
    }
    let may_report = allows(actor, Act::NumberPapers, &Resource::of_unit(&place.unit.path));
    Ok(Summary { reports, changes, may_report, ..shown(app, actor, &place, kept)? })
}

/// A summary table as it was reported, whatever changed since: figures, and one page of the subjects behind them.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or when the unit reported no such table.
pub async fn reported(
    app: &App,
    actor: &Actor,
    (round, unit): (CampaignId, UnitId),
    report: ReportId,
    page: u32,
) -> Result<Summary> {
    let mut conn = app.read(actor.root).await?;
    let place = place(&mut conn, actor, round, unit, Act::ViewSummary).await?;
    let row = rollup::report(&mut conn, actor.root.0, report.0).await?;
    let ours = |row: &ReportRow| row.round_id == place.round.round_id() && row.unit_id == unit.0;
    let row = row.filter(ours).ok_or(Error::Denied)?;
    let now = Kept::read(&mut conn, &place.round, &place.within).await?;
    let kept: Kept = serde_json::from_str(&row.figures)?;
    let changes = changes_since(&kept, &now);
    let as_reported = Some(self::report(&mut conn, &row, changes.len()).await?);
    let table = shown(app, actor, &place, kept)?;
    let subjects = if table.may_list {
        let book = judge::book_of(app, &place.round)?;
        changed::subjects(&mut conn, actor, (&place, book), &row, page).await?
    } else {
        ChangedSubjects::default()
    };
    Ok(Summary { as_reported, changes, subjects, ..table })
}

/// A table with nothing said of reports.
fn shown(app: &App, actor: &Actor, place: &Place, kept: Kept) -> Result<Summary> {
    let last = kept.units.len().saturating_sub(1);
    let group = |(at, one): (usize, KeptUnit)| SummaryGroup {
        subjects: one.in_order().map(|(subject, tally)| (subject.to_owned(), tally.clone())).collect(),
        is_total: at == last,
        unit: one.unit,
        name: one.name,
    };
    Ok(Summary {
        round: CampaignId(place.round.round_id()),
        campaign_title: place.round.title.clone(),
        unit: UnitId(place.unit.unit_id),
        unit_name: place.unit.name.clone(),
        levels: crate::reads::proposal::level_names(judge::book_of(app, &place.round)?),
        titles: kept.titles,
        groups: kept.units.into_iter().enumerate().map(group).collect(),
        as_reported: None,
        reports: Vec::new(),
        changes: Vec::new(),
        subjects: ChangedSubjects::default(),
        may_report: false,
        may_print: allows(actor, Act::PrintPapers, &Resource::of_unit(&place.unit.path)),
        may_list: allows(actor, Act::ViewRoster, &Resource::of_unit(&place.unit.path)),
    })
}

async fn report(conn: &mut Conn, row: &ReportRow, changed: usize) -> Result<Report> {
    let by = org::person(conn, row.root_id, row.reported_by).await?;
    let by = by.map(|person| person.full_name).unwrap_or_default();
    Ok(Report { id: ReportId(row.report_id), at: row.reported_at, by, note: row.note.clone(), changed })
}

/// Figures that are not what they were, unit by unit.
fn changes_since(before: &Kept, now: &Kept) -> Vec<Change> {
    let (before, now) = (before.flat(), now.flat());
    let nothing = Tally::default();
    let keys: BTreeSet<_> = before.keys().chain(now.keys()).copied().collect();
    let mut changes = Vec::new();
    for key in keys {
        let (was, is) = (before.get(&key), now.get(&key));
        let name = is.or(was).map_or("", |(name, _)| name);
        let (was, is) = (was.map_or(&nothing, |(_, tally)| tally), is.map_or(&nothing, |(_, tally)| tally));
        let (was, is) = (parts(was), parts(is));
        let what: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for what in what {
            let (before, now) = (was.get(what).copied().unwrap_or(0), is.get(what).copied().unwrap_or(0));
            if before != now {
                changes.push(Change {
                    unit_name: name.to_owned(),
                    subject: key.1.to_owned(),
                    what: what.clone(),
                    before,
                    now,
                });
            }
        }
    }
    changes
}

fn parts(tally: &Tally) -> BTreeMap<String, i64> {
    let fixed =
        [("total", tally.total), ("exempt", tally.exempt), ("not_rated", tally.not_rated), ("rated", tally.rated)];
    let fixed = fixed.into_iter().map(|(name, n)| (name.to_owned(), n));
    fixed.chain(tally.levels.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(good: i64, not_rated: i64) -> Kept {
        let levels = BTreeMap::from([("good".to_owned(), good)]);
        let tally = Tally { total: good + not_rated, not_rated, rated: good, levels, ..Tally::default() };
        let subjects = BTreeMap::from([("member".to_owned(), tally)]);
        let unit = KeptUnit { unit: "1".to_owned(), name: "Đảng bộ Mẫu".to_owned(), subjects };
        Kept { units: vec![unit], titles: Vec::new() }
    }

    #[test]
    fn what_changed_since_a_report_is_told_figure_by_figure() {
        assert_eq!(changes_since(&kept(7, 3), &kept(7, 3)), []);
        let changes = changes_since(&kept(7, 3), &kept(9, 1));
        let told: Vec<_> = changes.iter().map(|one| (one.what.as_str(), one.before, one.now)).collect();
        assert_eq!(told, [("good", 7, 9), ("not_rated", 3, 1), ("rated", 7, 9)]);
    }

    #[test]
    fn a_unit_that_was_not_reported_counts_from_nothing() {
        let changes = changes_since(&Kept::default(), &kept(2, 0));
        let told: Vec<_> = changes.iter().map(|one| (one.what.as_str(), one.before, one.now)).collect();
        assert_eq!(told, [("good", 0, 2), ("rated", 0, 2), ("total", 0, 2)]);
    }
}
