//! Danh sách dự hội nghị.

use domain::meeting::Presence;
use domain::org::Standing;
use serde::Serialize;
use store::meeting::AttendeeRow;

use super::place::{Letterhead, Place, Roll, day};
use super::words::{Words, official_day};
use crate::error::{Result, known};

/// Danh sách dự hội nghị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttendanceList {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Day of the meeting.
    pub meeting_date: String,
    /// Its place.
    pub meeting_place: String,
    /// Everybody convened.
    pub people: Vec<Convened>,
    /// How many were convened.
    pub people_count: usize,
    /// How many came.
    pub present_count: usize,
    /// How many did not.
    pub absent_count: usize,
    /// The superior's delegate.
    pub guests: String,
    /// Who writes the minutes.
    pub secretary: String,
    /// Who presides.
    pub chair: String,
}

/// Một người được triệu tập.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Convened {
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// Standing in words.
    pub standing: String,
    /// Reason for absence; empty for those present.
    pub absence: String,
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<AttendanceList> {
    let meeting = place.meeting().await?;
    let held_on = day(&meeting.held_on)?;
    let attendees = store::meeting::attendees(place.conn, place.root, meeting.meeting_id).await?;
    let roll = place.roll(held_on).await?;
    let people = attendees.iter().map(|one| convened(place.words, &roll, one)).collect::<Result<Vec<_>>>()?;
    let present_count = attendees.iter().filter(|one| one.presence == Presence::Present.word()).count();
    Ok(AttendanceList {
        letterhead: place.letterhead(held_on)?,
        checkpoint: place.meeting_line(&meeting).await?,
        year: place.year(),
        meeting_date: official_day(held_on),
        meeting_place: meeting.place,
        people_count: people.len(),
        present_count,
        absent_count: people.len() - present_count,
        people,
        guests: meeting.delegate,
        secretary: place.name(meeting.secretary_id).await?,
        chair: place.name(meeting.chair_id).await?,
    })
}

fn convened(words: &Words, roll: &Roll, one: &AttendeeRow) -> Result<Convened> {
    Ok(Convened {
        name: one.full_name.clone(),
        post: roll.post(one.person_id),
        standing: standing(words, &one.standing)?,
        absence: absence(words, one),
    })
}

/// Standing in words.
pub(super) fn standing(words: &Words, word: &str) -> Result<String> {
    known(Standing::from_word(word).and_then(|standing| words.standing.get(standing.word())), "standing")
        .map(|said| said.plain().to_owned())
}

/// Why somebody did not come; empty when he came.
pub(super) fn absence(words: &Words, one: &AttendeeRow) -> String {
    match Presence::from_word(&one.presence) {
        Some(Presence::Present) => String::new(),
        Some(Presence::AbsentUnexcused) if one.reason.is_empty() => words.attendance.no_reason.plain().to_owned(),
        _ => one.reason.clone(),
    }
}
