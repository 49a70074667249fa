//! Danh sách đề nghị xếp loại: own level, opinions, votes and proposed level side by side.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::meeting::Purpose;
use domain::proposal::ProposalState;
use domain::review::{Assessor, Obligation};
use serde::Serialize;
use store::outcome::{LevelRow, ProposalRow};
use uuid::Uuid;

use super::place::{Letterhead, LevelHead, Place, day_of};
use super::sheet::UnitPaper;
use crate::error::{Error, Result};

const MEANING: &str = UnitPaper::ProposalList.meaning();

/// Danh sách đề nghị xếp loại.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposalList {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, written by hand when empty.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Who is proposed.
    pub subject: String,
    /// Levels.
    pub levels: Vec<LevelHead>,
    /// What the short names mean.
    pub legend: String,
    /// Who drew up the list.
    pub compiler: String,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
    /// How many people.
    pub people_count: usize,
    /// People.
    pub people: Vec<Proposed>,
}

/// Một người được đề nghị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposed {
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// Heading above the line, empty for none.
    pub group: String,
    /// Own level as civil servant.
    pub self_civil: String,
    /// Own level as member.
    pub self_member: String,
    /// Level by the head of the agency.
    pub agency: String,
    /// Level by the cell committee.
    pub cell_committee: String,
    /// Votes for each level; empty when there was no ballot.
    pub counts: BTreeMap<String, String>,
    /// Proposed level.
    pub proposed: String,
    /// Reason.
    pub grounds: String,
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<ProposalList> {
    let (root, campaign, unit) = (place.root, place.campaign.campaign_id, place.unit.unit_id);
    let proposal = store::outcome::proposal_of_unit(place.conn, root, campaign, unit).await?;
    let proposal =
        proposal.filter(|row| place.proposes || was_sent(row)).ok_or_else(|| Error::from(Refusal::new("PAPER-004")))?;
    let lines = store::outcome::proposal_lines(place.conn, root, proposal.proposal_id).await?;
    let day = proposal.sent_at.map_or_else(|| place.app.clock.today(), day_of);
    let people = people(place, &lines, day).await?;
    let entered = place.entered(MEANING).await?;
    let (number, dated_on) = place.numbered(MEANING, entered.as_ref(), day)?;
    let signature = place.signature(day).await?;
    let levels = place.levels();
    let compiler = match place.meeting().await {
        Ok(meeting) => place.name(meeting.secretary_id).await?,
        Err(_) => String::new(),
    };
    Ok(ProposalList {
        letterhead: place.letterhead(dated_on)?,
        number,
        checkpoint: foot(place, &proposal).await?,
        year: place.year(),
        subject: place.words.subject.plain().to_owned(),
        legend: place.legend(&levels),
        levels,
        compiler,
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
        people_count: people.len(),
        people,
    })
}

/// Whether the list has left the cell.
pub(super) fn was_sent(proposal: &ProposalRow) -> bool {
    [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&proposal.state.as_str())
}

async fn foot(place: &mut Place<'_>, proposal: &ProposalRow) -> Result<String> {
    if was_sent(proposal) {
        place.checkpoint(proposal.sent_at).await
    } else {
        Ok(place.unsealed(place.words.proposal.not_sent.plain()))
    }
}

async fn people(place: &mut Place<'_>, lines: &[LevelRow], day: domain::Day) -> Result<Vec<Proposed>> {
    let (root, campaign) = (place.root, place.campaign.campaign_id);
    let roll = place.roll(day).await?;
    let mut opinions: BTreeMap<(Uuid, String), String> = BTreeMap::new();
    for opinion in store::review::opinions_of_campaign(place.conn, root, campaign).await? {
        if let Some(level) = opinion.level {
            opinions.insert((opinion.review_id, opinion.actor), level);
        }
    }
    let mut votes: BTreeMap<(Uuid, String), i64> = BTreeMap::new();
    for count in store::ballot::counts_of_campaign(place.conn, root, campaign).await? {
        if count.purpose == Purpose::CellReview.word() {
            votes.insert((count.review_id, count.choice), count.votes);
        }
    }
    let lines: BTreeMap<Uuid, &LevelRow> = lines.iter().map(|line| (line.review_id, line)).collect();
    let reviews = store::review::list_of_unit(place.conn, root, campaign, place.unit.unit_id).await?;
    let levels = place.levels();
    let due = reviews.into_iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    Ok(due
        .map(|review| {
            let id = review.review_id;
            let opinion =
                |actor: Assessor| place.level_short(opinions.get(&(id, actor.word().to_owned())).map(String::as_str));
            let votes_for =
                |level: &LevelHead| votes.get(&(id, level.id.clone())).map_or_else(String::new, ToString::to_string);
            let line = lines.get(&id);
            Proposed {
                post: roll.post(review.person_id),
                group: String::new(),
                self_civil: opinion(Assessor::SelfAsCivilServant),
                self_member: opinion(Assessor::SelfAsMember),
                agency: opinion(Assessor::HeadOfAgency),
                cell_committee: opinion(Assessor::CellCommittee),
                counts: levels.iter().map(|level| (level.id.clone(), votes_for(level))).collect(),
                proposed: place.level_short(line.map(|line| line.level.as_str())),
                grounds: line.map_or_else(String::new, |line| line.reason.clone()),
                name: review.full_name,
            }
        })
        .collect())
}
