//! Biên bản cân chỉnh giữa các chức danh tương đương.

use domain::policy::{Act, Resource};
use domain::subject::Subject;
use domain::{Actor, CalibrationId, CampaignId, UnitId};
use serde::Serialize;
use store::Conn;

use super::decision::{Line, about};
use super::place::{Letterhead, Place};
use super::words::official_day;
use crate::app::{App, permit};
use crate::error::{Error, Result, known};
use crate::reads::calibration::{names, session};

/// Biên bản cân chỉnh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalibrationMinutes {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Line of the journal.
    pub checkpoint: String,
    /// What it is about.
    pub about: String,
    /// Day of the session.
    pub held_on: String,
    /// Chair.
    pub chair: String,
    /// Who wrote the minutes.
    pub secretary: String,
    /// Who took part.
    pub members: Vec<Line>,
    /// Who was moved.
    pub moves: Vec<MovedLine>,
    /// Conclusion.
    pub conclusion: String,
}

/// Một người được chuyển mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedLine {
    /// Name.
    pub name: String,
    /// Level before.
    pub from: String,
    /// Level after.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// Opens the place of the deciding body and reads the minutes, for whoever sees how its decisions are prepared.
pub(super) async fn read<'a>(
    app: &'a App,
    actor: &Actor,
    conn: &'a mut Conn,
    id: CalibrationId,
) -> Result<(CalibrationMinutes, Place<'a>)> {
    let root = actor.root.0;
    let row = store::outcome::calibration(conn, root, id.0).await?.ok_or(Error::Denied)?;
    let decision = store::outcome::decision_by_id(conn, root, row.decision_id).await?.ok_or(Error::Denied)?;
    let mut place = Place::open(app, actor, conn, CampaignId(decision.campaign_id), UnitId(decision.unit_id)).await?;
    permit(actor, Act::ViewPreparation, &Resource::of_unit(&place.unit.path))?;
    let recorded_at = row.recorded_at;
    let subject = known(Subject::from_word(&decision.subject), "subject")?;
    let names = names(place.conn, root, decision.campaign_id, subject).await?;
    let session = session(place.conn, row, &names).await?;
    let moves = session.moves.iter().map(|one| MovedLine {
        name: one.name.clone(),
        from: place.level_label(&one.from),
        to: place.level_label(&one.to),
        reason: one.reason.clone(),
    });
    let paper = CalibrationMinutes {
        letterhead: place.letterhead(session.held_on)?,
        checkpoint: String::new(),
        about: about(&place, &decision.subject),
        held_on: official_day(session.held_on),
        members: session.members.lines().map(|line| Line { text: line.to_owned() }).collect(),
        moves: moves.collect(),
        chair: session.chair,
        secretary: session.secretary,
        conclusion: session.conclusion,
    };
    Ok((CalibrationMinutes { checkpoint: place.checkpoint(Some(recorded_at)).await?, ..paper }, place))
}
