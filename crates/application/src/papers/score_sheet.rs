//! Phiếu chấm điểm: the points of one subject line by line, with how they were reckoned.

use domain::subject::Subject;
use domain::{Actor, Day, ScoreSheetId};
use serde::Serialize;
use store::Conn;

use super::place::{Letterhead, Place, day_of};
use super::words::{official_day, words};
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::Result;
use crate::reads::scores::{SheetView, one_sheet};

/// Phiếu chấm điểm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreSheetPaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Who is scored.
    pub subject: String,
    /// Where.
    pub unit: String,
    /// Who scored: the subject itself, or whoever verified.
    pub role: String,
    /// Line by line.
    pub lines: Vec<Scored>,
    /// Total, rounded.
    pub total: String,
    /// How it was reckoned.
    pub arithmetic: String,
    /// What is worth knowing.
    pub remarks: Vec<super::decision::Line>,
    /// Who entered it.
    pub scorer: String,
}

/// Một dòng điểm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scored {
    /// What is scored.
    pub title: String,
    /// How it was reckoned.
    pub arithmetic: String,
    /// Points.
    pub points: String,
}

/// Meaning of the form for a kind of subject.
pub(super) const fn meaning(subject: Subject) -> &'static str {
    match subject {
        Subject::Leader => "leader-scoring",
        Subject::Collective => "collective-self-assessment",
        Subject::Organization | Subject::Member => "score-sheet",
    }
}

/// A sheet with its review, for whoever may read it.
pub(super) async fn load(app: &App, actor: &Actor, conn: &mut Conn, id: ScoreSheetId) -> Result<(SheetView, Loaded)> {
    one_sheet(app, actor, conn, id).await
}

pub(super) async fn read(app: &App, conn: &mut Conn, (sheet, loaded): (SheetView, &Loaded)) -> Result<ScoreSheetPaper> {
    let (root, campaign) = (loaded.review.root_id, loaded.campaign.campaign_id);
    let mut place = Place::find(app, conn, root, campaign, loaded.unit.unit_id).await?;
    let comma = |points: &str| points.replace('.', ",");
    let line = |line: &crate::rulebooks::ReckonedLine| Scored {
        title: line.title.vi.clone(),
        arithmetic: line.arithmetic.vi.clone(),
        points: comma(&line.points.rounded),
    };
    let role = place.words.score.role.get(sheet.role.word()).map_or("", |role| role.plain()).to_owned();
    Ok(ScoreSheetPaper {
        letterhead: place.letterhead(day_of(sheet.at))?,
        checkpoint: place.checkpoint(Some(sheet.at)).await?,
        year: place.year(),
        subject: loaded.name()?,
        unit: loaded.unit.name.clone(),
        role,
        lines: sheet.reckoned.lines.iter().map(line).collect(),
        total: sheet.reckoned.total.as_ref().map_or_else(String::new, |total| comma(&total.rounded)),
        arithmetic: sheet.reckoned.arithmetic.vi.clone(),
        remarks: sheet
            .reckoned
            .findings
            .iter()
            .map(|one| super::decision::Line { text: one.message.vi.clone() })
            .collect(),
        scorer: sheet.by,
    })
}

/// How a sheet is named where a fact rests on it.
pub(crate) fn score_sheet_as_evidence(on: Day) -> Result<String> {
    Ok(words()?.score.evidence.say(&[("day", &official_day(on))]))
}
