//! Số, ngày văn bản trên giấy: what the register says of a paper, and in which words it is printed.

use std::collections::BTreeSet;

use domain::{Day, Refusal, ReviewId};
use store::outcome::NoticeRow;
use store::register::NumberRow;
use uuid::Uuid;

use super::place::{Place, day, day_of};
use super::sheet::UnitPaper;
use super::words::words;
use crate::error::{Error, Result};
use crate::library::COLLECTIVE_REVIEW;

/// Meaning of the form of a person's notice.
pub(crate) const NOTICE: &str = "notice";

/// The series in which papers of a kind are numbered: the letters printed behind the number, so that two kinds of paper that print the
/// same letters share one.
pub(crate) fn series(meaning: &str) -> Result<String> {
    Ok(words()?.number.symbol.get(meaning).map_or(meaning, |symbol| symbol.plain()).to_owned())
}

/// The paper of a unit in a campaign, as the journal and the register name it.
pub(crate) fn object(meaning: &str, campaign: Uuid, unit: Uuid) -> String {
    format!("{meaning}/{campaign}/{unit}")
}

/// The notice to a person, as the journal and the register name it.
pub(crate) fn object_of_notice(review: ReviewId) -> String {
    format!("{NOTICE}/{review}")
}

/// The report of an organisation or a collective, as the journal and the register name it.
pub(crate) fn object_of_report(review: ReviewId) -> String {
    format!("{COLLECTIVE_REVIEW}/{review}")
}

impl Place<'_> {
    /// What the register says of this unit's paper.
    pub(super) async fn entered(&mut self, meaning: &str) -> Result<Option<NumberRow>> {
        let object = object(meaning, self.campaign.campaign_id, self.unit.unit_id);
        Ok(store::register::of_paper(self.conn, self.root, &object).await?)
    }

    /// Number as printed (empty when the paper has none) and the day that stands beside it (`usual` when it has none).
    pub(super) fn numbered(&self, meaning: &str, entered: Option<&NumberRow>, usual: Day) -> Result<(String, Day)> {
        match entered {
            Some(row) => Ok((self.composed(meaning, &row.number), day(&row.dated_on)?)),
            None => Ok((String::new(), usual)),
        }
    }

    /// `……-BC/ĐU`: a paper that stands in no register of this program and is numbered by hand.
    pub(super) fn by_hand(&self, meaning: &str) -> String {
        self.worded(meaning, self.words.blank.plain())
    }

    /// `127` as `127-QĐ/ĐU`: kind and body are added when only the figure was typed.
    pub(super) fn composed(&self, meaning: &str, number: &str) -> String {
        let number = number.trim();
        let symbol = self.words.number.symbol.get(meaning).map_or("", |symbol| symbol.plain());
        if symbol.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return number.to_owned();
        }
        self.worded(meaning, number)
    }

    fn worded(&self, meaning: &str, number: &str) -> String {
        let symbol = self.words.number.symbol.get(meaning).map_or("", |symbol| symbol.plain());
        let (words, suffix) = (&self.words.number, self.unit.number_suffix.as_str());
        let said = if suffix.is_empty() { &words.without_suffix } else { &words.full };
        said.say(&[("number", number), ("symbol", symbol), ("suffix", suffix)])
    }
}

/// Whether papers of this kind stand in the register.
pub(crate) const fn carries_number(paper: UnitPaper) -> bool {
    !matches!(paper, UnitPaper::AttendanceList | UnitPaper::Ballot)
}

/// The day a paper carries when the register says nothing (that of the meeting, of the sending, of the decision), and the
/// earliest it may carry.
pub(crate) async fn days(place: &mut Place<'_>, paper: UnitPaper) -> Result<(Day, Day)> {
    let (root, campaign, unit) = (place.root, place.campaign.campaign_id, place.unit.unit_id);
    match paper {
        UnitPaper::AttendanceList | UnitPaper::Ballot => Err(Error::Denied),
        UnitPaper::CountingMinutes | UnitPaper::MeetingMinutes => {
            let held_on = day(&place.meeting().await?.held_on)?;
            Ok((held_on, held_on))
        }
        UnitPaper::ProposalList => {
            let proposal = store::outcome::proposal_of_unit(place.conn, root, campaign, unit).await?;
            let proposal = proposal.ok_or_else(|| Error::from(Refusal::new("PAPER-004")))?;
            let usual = proposal.sent_at.map_or_else(|| place.app.clock.today(), day_of);
            Ok((usual, day(&place.meeting().await?.held_on)?.min(usual)))
        }
        UnitPaper::Decision | UnitPaper::SummaryTable => {
            let signed_on = day(&super::decision::load(place).await?.signed_on)?;
            Ok((signed_on, signed_on))
        }
    }
}

/// The notices of the round that have no number, in the order of the register of people.
pub(crate) async fn notices_without(place: &mut Place<'_>) -> Result<Vec<(Uuid, NoticeRow)>> {
    let (root, campaign) = (place.root, place.campaign.campaign_id);
    let numbers = store::register::of_unit(place.conn, root, place.campaign.unit_id, &series(NOTICE)?).await?;
    let numbered: BTreeSet<String> = numbers.into_iter().map(|row| row.object).collect();
    let mut notices: Vec<NoticeRow> = store::outcome::notices(place.conn, root, campaign).await?;
    notices.retain(|notice| !numbered.contains(&object_of_notice(ReviewId(notice.review_id))));
    let reviews = store::review::list_of_campaign(place.conn, root, campaign).await?;
    let order: std::collections::BTreeMap<Uuid, usize> =
        reviews.iter().enumerate().map(|(at, review)| (review.review_id, at)).collect();
    notices.sort_by_key(|notice| order.get(&notice.review_id).copied());
    Ok(notices.into_iter().map(|notice| (notice.review_id, notice)).collect())
}
