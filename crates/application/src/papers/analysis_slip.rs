//! Phiếu phân tích chất lượng: blank for a body that takes part, or as it was filled in.

use std::collections::BTreeMap;

use domain::policy::{Act, allows};
use domain::subject::Subject;
use domain::{Actor, Day, SlipId};
use serde::Serialize;
use store::review::SlipRow;

use super::individual_review::GradeBox;
use super::place::{LevelHead, Place, day};
use super::words::{official_day, words};
use crate::acts::review::{Loaded, sees_slip};
use crate::app::App;
use crate::error::{Error, Result};

/// Phiếu phân tích chất lượng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnalysisSlip {
    /// Day of the paper, `YYYY-MM-DD`.
    pub made_on: String,
    /// The body that takes part, written by hand when empty.
    pub body: String,
    /// Place and day.
    pub place_date: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Which organisation or collective is analysed.
    pub subject: String,
    /// Whether the book has criteria; otherwise comment and level only.
    pub has_criteria: bool,
    /// Criteria.
    pub criteria: Vec<Graded>,
    /// Grades.
    pub grades: Vec<GradeBox>,
    /// General comment.
    pub comment: String,
    /// Levels.
    pub levels: Vec<LevelHead>,
    /// Proposed level, empty for none.
    pub level: String,
    /// Signer.
    pub signer: String,
}

/// Một tiêu chí với các ô cấp độ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Graded {
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: String,
    /// Whom it concerns, empty for every subject.
    pub only_for: String,
    /// Whether it heads a part of the form.
    pub heads: bool,
    /// Grade → whether it is ticked.
    pub marks: BTreeMap<String, bool>,
}

/// Meaning of the form for a kind of subject.
pub(super) const fn meaning(subject: Subject) -> &'static str {
    match subject {
        Subject::Organization => "organization-analysis",
        _ => "collective-analysis",
    }
}

/// A slip to be filled in by hand, for whoever sees the case.
pub(super) async fn read_blank(
    app: &App,
    actor: &Actor,
    conn: &mut store::Conn,
    loaded: &Loaded,
) -> Result<AnalysisSlip> {
    permitted(actor, loaded)?;
    let today = app.clock.today();
    let place = Place::find(app, conn, actor.root.0, loaded.campaign.campaign_id, loaded.unit.unit_id).await?;
    let blank = place.words.slip.place_date.plain().to_owned();
    fill(&place, loaded, None, (today, blank))
}

/// A slip as it was entered, with its review.
pub(super) async fn load(conn: &mut store::Conn, actor: &Actor, slip: SlipId) -> Result<(SlipRow, Loaded)> {
    let row = store::review::slip(conn, actor.root.0, slip.0).await?.ok_or(Error::Denied)?;
    let loaded = Loaded::load(conn, actor, domain::ReviewId(row.review_id)).await?;
    permitted(actor, &loaded)?;
    if sees_slip(conn, actor, &loaded, &row.role).await? { Ok((row, loaded)) } else { Err(Error::Denied) }
}

/// The paper of an entered slip.
pub(super) async fn read(
    app: &App,
    actor: &Actor,
    conn: &mut store::Conn,
    (row, loaded): (&SlipRow, &Loaded),
) -> Result<AnalysisSlip> {
    let mut place = Place::find(app, conn, actor.root.0, loaded.campaign.campaign_id, loaded.unit.unit_id).await?;
    let on = day(&row.signed_on)?;
    let foot = place.checkpoint(Some(row.entered_at)).await?;
    let (date, month, year) = parts(on);
    let dated = place.words.place_date_without_place.say(&[("day", &date), ("month", &month), ("year", &year)]);
    let mut paper = fill(&place, loaded, Some(row), (on, dated))?;
    paper.checkpoint = foot;
    Ok(paper)
}

fn permitted(actor: &Actor, loaded: &Loaded) -> Result<()> {
    if loaded.subject.is_person() || !allows(actor, Act::ViewReview, &loaded.resource()) {
        return Err(Error::Denied);
    }
    Ok(())
}

fn parts(on: Day) -> (String, String, String) {
    let (year, _, date) = on.parts();
    (format!("{date:02}"), super::words::official_month(on), year.to_string())
}

fn fill(
    place: &Place<'_>,
    loaded: &Loaded,
    slip: Option<&SlipRow>,
    (on, place_date): (Day, String),
) -> Result<AnalysisSlip> {
    let given: BTreeMap<String, String> = match slip {
        Some(slip) => serde_json::from_str(&slip.grades)?,
        None => BTreeMap::new(),
    };
    let marks = |criterion: &str| {
        let chosen = |grade: &str| given.get(criterion).is_some_and(|one| one == grade);
        place.book.grades.iter().map(|grade| (grade.id.clone(), chosen(&grade.id))).collect()
    };
    let criteria: Vec<Graded> = place
        .book
        .criteria_of(loaded.subject.word())
        .into_iter()
        .map(|one| Graded {
            number: one.number.clone(),
            title: one.title.vi.clone(),
            only_for: one.only_for.as_ref().map_or_else(String::new, |whom| whom.vi.clone()),
            heads: !one.number.contains('.'),
            marks: marks(&one.id),
        })
        .collect();
    let said = |text: fn(&SlipRow) -> String| slip.map_or_else(String::new, text);
    Ok(AnalysisSlip {
        made_on: on.to_string(),
        body: said(|slip| slip.body.clone()),
        place_date,
        checkpoint: String::new(),
        year: place.year(),
        subject: loaded.name()?,
        has_criteria: !criteria.is_empty(),
        criteria,
        grades: place.grades().into_iter().map(|grade| GradeBox { id: grade.id, label: grade.label }).collect(),
        comment: said(|slip| slip.comment.clone()),
        levels: place.levels(),
        level: said(|slip| slip.level.clone().unwrap_or_default()),
        signer: said(|slip| slip.signer.clone()),
    })
}

/// How a slip is named where a fact rests on it.
pub(crate) fn slip_as_evidence(body: &str, on: Day) -> Result<String> {
    Ok(words()?.slip.evidence.say(&[("body", body), ("day", &official_day(on))]))
}
