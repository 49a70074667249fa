//! Biên bản hội nghị kiểm điểm: who was there, how the vote base came about, what was said and answered.

use std::collections::BTreeMap;

use domain::ballot::Seat;
use domain::meeting::{Presence, Purpose, VoteBase, vote_base};
use domain::review::{Assessor, Obligation};
use serde::Serialize;
use store::meeting::{AttendeeRow, CriticismRow, MeetingRow};
use store::review::ReviewListRow;
use uuid::Uuid;

use super::attendance_list::{absence, standing};
use super::explanations::discussed;
use super::place::{Letterhead, Place, Roll, clock, day};
use super::sheet::UnitPaper;
use super::words::{Words, official_day};
use crate::acts::meeting::attendees;
use crate::error::{Result, known};
use crate::judge;
use crate::library::MEMBER;

const MEANING: &str = UnitPaper::MeetingMinutes.meaning();

/// Biên bản hội nghị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingMinutes {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, written by hand when empty.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Time of opening.
    pub opened_at: String,
    /// Time of closing.
    pub closed_at: String,
    /// Day.
    pub meeting_date: String,
    /// Place.
    pub meeting_place: String,
    /// Chair.
    pub chair: String,
    /// His post, and why another than the head presides.
    pub chair_post: String,
    /// Who writes.
    pub secretary: String,
    /// The superior's delegate.
    pub delegate: String,
    /// The body in running text.
    pub unit_name: String,
    /// What those convened are called: members of the cell, or of the committee.
    pub member_word: String,
    /// How many were convened.
    pub members_count: usize,
    /// How many came.
    pub present_count: usize,
    /// How many did not.
    pub absent_count: usize,
    /// Those who came.
    pub attendees: Vec<Attending>,
    /// Those who did not.
    pub absentees: Vec<Absent>,
    /// Base of the vote.
    pub vote_base: Base,
    /// What was discussed.
    pub opening: String,
    /// Person by person.
    pub people: Vec<Discussed>,
    /// Conclusion.
    pub conclusion: String,
    /// How many copies are made.
    pub copies: String,
}

/// Người có mặt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attending {
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// Standing in words.
    pub standing: String,
}

/// Người vắng mặt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Absent {
    /// Name.
    pub name: String,
    /// Reason.
    pub reason: String,
    /// Whether it was accepted.
    pub accepted: String,
}

/// Cách tính số người được tính.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Base {
    /// Convened, taken off, remaining.
    pub lines: Vec<BaseLine>,
    /// Votes that pass.
    pub majority: String,
    /// Membership of the meeting.
    pub total: String,
}

/// Một dòng của cách tính.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseLine {
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: String,
    /// Where the law says so.
    pub source: String,
    /// Whether it is the result.
    pub is_total: bool,
}

/// Phần kiểm điểm của một người.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discussed {
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// What he presented.
    pub summary: String,
    /// What was said, each with its answer.
    pub criticisms: Vec<Said>,
    /// Answer to all of it; empty because each answer stands with its remark.
    pub answer: String,
    /// Conclusion of the chair on this person; empty when he gave none.
    pub conclusion: String,
}

/// Một ý kiến góp ý và trả lời.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Who spoke.
    pub who: String,
    /// What was said, what it rests on, and the answer.
    pub text: String,
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<MeetingMinutes> {
    let meeting = place.meeting().await?;
    let held_on = day(&meeting.held_on)?;
    let rows = store::meeting::attendees(place.conn, place.root, meeting.meeting_id).await?;
    let roll = place.roll(held_on).await?;
    let (present, absent): (Vec<_>, Vec<_>) = rows.iter().partition(|one| one.presence == Presence::Present.word());
    let words = place.words;
    let people = people(place, &meeting, &roll).await?;
    let entered = place.entered(MEANING).await?;
    let (number, dated_on) = place.numbered(MEANING, entered.as_ref(), held_on)?;
    Ok(MeetingMinutes {
        letterhead: place.letterhead(dated_on)?,
        number,
        checkpoint: place.meeting_line(&meeting).await?,
        year: place.year(),
        opened_at: clock(words, Some(&meeting.starts_at)),
        closed_at: clock(words, meeting.ends_at.as_deref()),
        meeting_date: official_day(held_on),
        chair: place.name(meeting.chair_id).await?,
        chair_post: chair_post(words, &meeting, &roll),
        secretary: place.name(meeting.secretary_id).await?,
        unit_name: place.body()?.in_text.plain().to_owned(),
        member_word: member_word(words, &meeting)?.to_owned(),
        members_count: rows.len(),
        present_count: present.len(),
        absent_count: absent.len(),
        attendees: present.into_iter().map(|one| attending(words, &roll, one)).collect::<Result<_>>()?,
        absentees: absent.into_iter().map(|one| absentee(words, one)).collect(),
        vote_base: base(place, &meeting, &rows)?,
        opening: opening(place, &meeting).await?,
        people,
        conclusion: meeting.conclusion,
        copies: words.copies.plain().to_owned(),
        meeting_place: meeting.place,
        delegate: meeting.delegate,
    })
}

fn member_word<'a>(words: &'a Words, meeting: &MeetingRow) -> Result<&'a str> {
    let of_cell = known(Purpose::from_word(&meeting.purpose), "purpose")? == Purpose::CellReview;
    Ok(if of_cell { words.minutes.member.plain() } else { words.minutes.member_of_committee.plain() })
}

/// What was discussed, issues that the superior suggested among it, and who took whose place on the counting team.
async fn opening(place: &mut Place<'_>, meeting: &MeetingRow) -> Result<String> {
    let issues = discussed(place, &meeting.held_on).await?;
    let texts = std::iter::once(meeting.discussion.clone()).chain(issues).filter(|text| !text.is_empty());
    let mut text = texts.collect::<Vec<_>>().join("\n");
    let Some(ballot) = store::ballot::of_meeting(place.conn, place.root, meeting.meeting_id).await? else {
        return Ok(text);
    };
    let object = format!("ballot/{}", ballot.ballot_id);
    for one in store::substitution::of_object(place.conn, place.root, &object).await? {
        let seat = known(Seat::from_word(&one.role), "seat")?;
        let role = super::ballot::role(&place.words.ballot, seat).plain().to_lowercase();
        let said = [("named", &*one.named), ("role", &*role), ("former", &*one.former), ("reason", &*one.reason)];
        let said = place.words.minutes.teller_replaced.say(&said);
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&said);
    }
    Ok(text)
}

fn chair_post(words: &Words, meeting: &MeetingRow, roll: &Roll) -> String {
    let post = roll.party(meeting.chair_id);
    if meeting.chair_reason.is_empty() {
        return post;
    }
    let reason = words.minutes.other_chair.say(&[("reason", &meeting.chair_reason)]);
    if post.is_empty() { reason } else { format!("{post}. {reason}") }
}

fn attending(words: &Words, roll: &Roll, one: &AttendeeRow) -> Result<Attending> {
    Ok(Attending {
        name: one.full_name.clone(),
        post: roll.post(one.person_id),
        standing: standing(words, &one.standing)?,
    })
}

fn absentee(words: &Words, one: &AttendeeRow) -> Absent {
    let accepted = one.presence == Presence::AbsentExcused.word();
    let accepted = if accepted { &words.attendance.accepted } else { &words.attendance.not_accepted };
    Absent { name: one.full_name.clone(), reason: absence(words, one), accepted: accepted.plain().to_owned() }
}

fn base(place: &Place<'_>, meeting: &MeetingRow, rows: &[AttendeeRow]) -> Result<Base> {
    let purpose = known(Purpose::from_word(&meeting.purpose), "purpose")?;
    let base: VoteBase = vote_base(&attendees(rows)?, purpose, judge::majority(place.book));
    let words = &place.words.minutes;
    let line = |label: &str, count: u32, source: String, is_total: bool| BaseLine {
        label: label.to_owned(),
        count: count.to_string(),
        source,
        is_total,
    };
    let convened = if purpose == Purpose::CellReview { &words.convened } else { &words.convened_committee };
    let mut lines = vec![line(convened.plain(), base.convened, citation(place), false)];
    for (reason, count) in &base.taken_off {
        let label = words.taken_off.get(reason.word()).map_or(reason.word(), |label| label.plain());
        lines.push(line(label, *count, String::new(), false));
    }
    lines.push(line(words.counted.plain(), base.base, String::new(), true));
    Ok(Base { lines, majority: base.needed.to_string(), total: base.base.to_string() })
}

/// Where the law says how a majority is counted.
fn citation(place: &Place<'_>) -> String {
    let majority = place.book.procedure(MEMBER).and_then(|procedure| place.book.majority(&procedure.majority));
    majority.map_or_else(String::new, |majority| {
        let parts = [majority.citation.article.vi.as_str(), majority.citation.number.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    })
}

async fn people(place: &mut Place<'_>, meeting: &MeetingRow, roll: &Roll) -> Result<Vec<Discussed>> {
    let (root, campaign) = (place.root, place.campaign.campaign_id);
    let mut said: BTreeMap<Uuid, Vec<CriticismRow>> = BTreeMap::new();
    for criticism in store::meeting::criticisms(place.conn, root, meeting.meeting_id).await? {
        said.entry(criticism.review_id).or_default().push(criticism);
    }
    let reviews = if meeting.purpose == Purpose::CellReview.word() {
        store::review::list_of_unit(place.conn, root, campaign, meeting.unit_id).await?
    } else {
        let all = store::review::list_of_campaign(place.conn, root, campaign).await?;
        all.into_iter().filter(|review| said.contains_key(&review.review_id)).collect()
    };
    let own_levels = own_levels(place).await?;
    let conclusions = store::meeting::conclusions(place.conn, root, meeting.meeting_id).await?;
    let mut concluded: BTreeMap<Uuid, String> =
        conclusions.into_iter().map(|one| (one.review_id, one.content)).collect();
    let due = reviews.iter().filter(|review| review.obligation != Obligation::Neither.word());
    Ok(due
        .map(|review| Discussed {
            name: review.full_name.clone(),
            post: roll.post(review.person_id),
            summary: summary(place, review, own_levels.get(&review.review_id)),
            criticisms: said
                .remove(&review.review_id)
                .unwrap_or_default()
                .iter()
                .map(|one| remark(place.words, one))
                .collect(),
            answer: String::new(),
            conclusion: concluded.remove(&review.review_id).unwrap_or_default(),
        })
        .collect())
}

/// The level each person proposed for himself as a member.
async fn own_levels(place: &mut Place<'_>) -> Result<BTreeMap<Uuid, String>> {
    let opinions = store::review::opinions_of_campaign(place.conn, place.root, place.campaign.campaign_id).await?;
    let own = opinions.into_iter().filter(|opinion| opinion.actor == Assessor::SelfAsMember.word());
    Ok(own.filter_map(|opinion| Some((opinion.review_id, opinion.level?))).collect())
}

fn summary(place: &Place<'_>, review: &ReviewListRow, own_level: Option<&String>) -> String {
    let words = &place.words.minutes;
    let mut text = match own_level {
        Some(level) => words.summary.say(&[("level", &place.level_label(level))]),
        None => words.summary_without_level.plain().to_owned(),
    };
    if review.obligation == Obligation::ReviewOnly.word() {
        text.push('\n');
        text.push_str(&words.review_only.say(&[("reason", &review.obligation_reason)]));
    }
    text
}

/// A remark; its answer is printed wherever the remark is.
fn remark(words: &Words, one: &CriticismRow) -> Said {
    let minutes = &words.minutes;
    let mut text = one.content.clone();
    if !one.evidence.is_empty() {
        text.push('\n');
        text.push_str(&minutes.evidence.say(&[("evidence", &one.evidence)]));
    }
    text.push('\n');
    if one.answer.is_empty() {
        text.push_str(minutes.no_answer.plain());
    } else {
        text.push_str(&minutes.answer.say(&[("answer", &one.answer)]));
    }
    let who = if one.speaker.is_empty() { minutes.unnamed.plain().to_owned() } else { one.speaker.clone() };
    Said { who, text }
}
