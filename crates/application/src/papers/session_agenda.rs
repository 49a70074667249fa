//! Chương trình phiên họp xét, quyết định xếp loại.

use domain::meeting::{Purpose, vote_base};
use domain::policy::{Act, Resource};
use domain::{Actor, CampaignId, UnitId};
use serde::Serialize;
use store::Conn;

use super::decision::Line;
use super::place::{Letterhead, Place, day};
use super::words::official_day;
use crate::acts::meeting::attendees;
use crate::app::{App, permit};
use crate::error::{Error, Result, known};
use crate::judge;
use crate::reads::agenda::{Held, Item, gather, rules_of};

/// Meaning of the form.
pub(super) const SESSION_AGENDA: &str = "session-agenda";

/// Chương trình phiên họp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionAgenda {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Year under review.
    pub year: String,
    /// Day and place of the session, when they are recorded.
    pub session: String,
    /// How many votes are needed, when the attendance is recorded.
    pub vote: String,
    /// What is decided, in order.
    pub items: Vec<AgendaLine>,
    /// What cannot be decided yet.
    pub waiting: Vec<Line>,
    /// What the order rests on.
    pub rules: Vec<Line>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một dòng của chương trình.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgendaLine {
    /// Heading above the line, empty for none.
    pub group: String,
    /// Subject.
    pub name: String,
    /// Level it gave itself.
    pub own_level: String,
    /// Level proposed.
    pub proposed: String,
    /// Grounds.
    pub grounds: String,
}

/// Opens the place of the deciding body and reads the paper, for whoever prepares its decisions.
pub(super) async fn read<'a>(
    app: &'a App,
    actor: &Actor,
    conn: &'a mut Conn,
    campaign: CampaignId,
) -> Result<(SessionAgenda, Place<'a>)> {
    let row = store::campaign::campaign(conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    let mut place = Place::open(app, actor, conn, campaign, UnitId(row.unit_id)).await?;
    permit(actor, Act::ViewPreparation, &Resource::of_unit(&place.unit.path))?;
    let agenda = gather(app, place.conn, actor, &row).await?;
    let today = app.clock.today();
    let signature = place.signature(today).await?;
    let mut items = Vec::new();
    for (at, turn) in (1..).zip(&agenda.turns) {
        let kind = place.words.agenda.turn(turn.subject, turn.heads);
        for (of_turn, item) in turn.items.iter().enumerate() {
            let group = if of_turn == 0 { format!("{at}. {kind}") } else { String::new() };
            items.push(line(&place, group, item));
        }
    }
    let (session, vote) = session(&mut place).await?;
    let paper = SessionAgenda {
        letterhead: place.letterhead(today)?,
        year: place.year(),
        session,
        vote,
        items,
        waiting: agenda.waiting.iter().map(|one| Line { text: held(&place, one) }).collect(),
        rules: rules_of(place.book)
            .into_iter()
            .map(|(rule, source)| Line { text: format!("{} ({source})", rule.vi) })
            .collect(),
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
    };
    Ok((paper, place))
}

fn line(place: &Place<'_>, group: String, item: &Item) -> AgendaLine {
    let name = match (item.people, item.place.as_str()) {
        (0, "") => item.name.clone(),
        (0, place) => format!("{} ({place})", item.name),
        (people, _) => place.words.agenda.members.say(&[("unit", &item.name), ("count", &people.to_string())]),
    };
    AgendaLine {
        group,
        name,
        own_level: place.level_short(Some(&item.own_level)),
        proposed: place.level_short(Some(&item.proposed)),
        grounds: item.grounds.clone(),
    }
}

fn held(place: &Place<'_>, one: &Held) -> String {
    let words = &place.words.agenda;
    let mut why: Vec<String> = Vec::new();
    for (holds, reason) in [(one.unsent, &words.not_sent), (one.unverified, &words.not_verified)] {
        why.extend(holds.then(|| reason.plain().to_owned()));
    }
    for waiting in &one.waiting {
        let (first, more) = (waiting.first_names(), waiting.more());
        let more = (more > 0).then(|| words.more.say(&[("names", &first), ("count", &more.to_string())]));
        let names = more.unwrap_or(first);
        why.push(words.waits_for.say(&[("names", &names), ("source", &waiting.citation)]));
    }
    if !one.late_reason.is_empty() {
        why.push(words.late.say(&[("reason", &one.late_reason)]));
    }
    format!("{}: {}.", one.name, why.join("; "))
}

/// Day, hour and place of the body's session, and its majority, as far as they are recorded.
async fn session(place: &mut Place<'_>) -> Result<(String, String)> {
    let (root, campaign, unit) = (place.root, place.campaign.campaign_id, place.unit.unit_id);
    let Some(meeting) = store::meeting::of_unit(place.conn, root, campaign, unit).await?.pop() else {
        return Ok((String::new(), String::new()));
    };
    let rows = store::meeting::attendees(place.conn, root, meeting.meeting_id).await?;
    let purpose = known(Purpose::from_word(&meeting.purpose), "purpose")?;
    let base = vote_base(&attendees(&rows)?, purpose, judge::majority(place.book));
    let words = &place.words.agenda;
    let on = official_day(day(&meeting.held_on)?);
    let at = super::place::clock(place.words, Some(&meeting.starts_at));
    let held = words.session.say(&[("time", &at), ("day", &on), ("place", &meeting.place)]);
    let (base, needed) = (base.base.to_string(), base.needed.to_string());
    Ok((held, words.vote.say(&[("base", &base), ("needed", &needed)])))
}
