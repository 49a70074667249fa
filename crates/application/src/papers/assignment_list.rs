//! Danh sách phân công cấp uỷ viên theo dõi, chỉ đạo kiểm điểm.

use domain::policy::{Act, Resource};
use domain::{Actor, CampaignId, UnitId};
use serde::Serialize;
use store::Conn;

use super::place::{Letterhead, Place};
use super::words::{AssignmentWords, official_day};
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::reads::assignment::{AssignedLine, Session, lines, unfollowed};

/// Meaning of its form.
pub(super) const ASSIGNMENT_LIST: &str = "assignment-list";

/// Danh sách phân công.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignmentList {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number, written by hand.
    pub number: String,
    /// Year under review.
    pub year: String,
    /// Who follows what.
    pub lines: Vec<AssignedOnPaper>,
    /// Units that nobody follows; empty when there are none.
    pub unfollowed: String,
    /// To whom it goes.
    pub recipients: Vec<String>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một phân công trên giấy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignedOnPaper {
    /// Who.
    pub name: String,
    /// His posts.
    pub post: String,
    /// Unit and sector.
    pub followed: String,
    /// First day.
    pub from_on: String,
    /// Document.
    pub basis: String,
    /// Day of the session and whether he attended.
    pub session: String,
}

/// The list for whoever sees and prints it.
pub(super) async fn read<'a>(
    app: &'a App,
    actor: &Actor,
    conn: &'a mut Conn,
    campaign: CampaignId,
) -> Result<(AssignmentList, Place<'a>)> {
    let row = store::campaign::campaign(conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    let mut place = Place::open(app, actor, conn, campaign, UnitId(row.unit_id)).await?;
    permit(actor, Act::ViewAssignments, &Resource::of_unit(&place.unit.path))?;
    let today = app.clock.today();
    let roll = place.roll(today).await?;
    let all = lines(place.conn, &row, today).await?;
    let words = &place.words.assignment;
    let units = unfollowed(place.conn, &place.unit, &all).await?;
    let on_paper = all.into_iter().filter(|one| one.ended.is_none()).map(|one| AssignedOnPaper {
        post: roll.post(one.person.0),
        followed: followed(words, &one),
        from_on: official_day(one.from_on),
        session: session(words, &one.session),
        basis: one.basis,
        name: one.name,
    });
    let lines: Vec<AssignedOnPaper> = on_paper.collect();
    let (signature, office) = (place.signature(today).await?, [("office", place.body()?.office.plain())]);
    let paper = AssignmentList {
        letterhead: place.letterhead(today)?,
        number: place.by_hand(ASSIGNMENT_LIST),
        year: place.year(),
        lines,
        unfollowed: if units.is_empty() {
            String::new()
        } else {
            words.unfollowed.say(&[("units", &units.join("; "))])
        },
        recipients: words.recipients.iter().map(|line| line.say(&office)).collect(),
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
    };
    Ok((paper, place))
}

fn followed(words: &AssignmentWords, line: &AssignedLine) -> String {
    let sector = words.sector.say(&[("sector", &line.sector)]);
    match (line.unit.is_empty(), line.sector.is_empty()) {
        (false, true) => line.unit.clone(),
        (true, _) => sector,
        (false, false) => format!("{} ({sector})", line.unit),
    }
}

fn session(words: &AssignmentWords, session: &Session) -> String {
    let Some(day) = session.held_on else { return String::new() };
    let said = match (session.attended, session.missed) {
        (true, _) => &words.attended,
        (false, true) => &words.missed,
        (false, false) => &words.planned,
    };
    said.say(&[("day", &official_day(day))])
}
