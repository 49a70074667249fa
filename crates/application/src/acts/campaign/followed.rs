//! Danh sách đối tượng đã đổi gì: what following the facts did to the registers of rounds that run, for the journal and for
//! whoever is asked whether a change is meant.

use domain::subject::Subject;
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::journal::JournalDraft;
use store::org;
use store::outcome::ItemRow;
use store::review::ReviewRow;

use crate::error::{Result, known};

/// What was done to one review, as the journal calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Thêm vào danh sách.
    Opened,
    /// Đưa trở lại danh sách.
    Restored,
    /// Chuyển sang nơi khác.
    Moved,
    /// Phải thẩm định lại ở nơi mới.
    TakenBack,
    /// Đưa ra khỏi danh sách.
    Withdrawn,
}

impl Turn {
    const ALL: [Self; 5] = [Self::Opened, Self::Restored, Self::Moved, Self::TakenBack, Self::Withdrawn];

    const fn act(self) -> &'static str {
        match self {
            Self::Opened => "review.opened",
            Self::Restored => "review.restored",
            Self::Moved => "review.moved",
            Self::TakenBack => "review.verification_taken_back",
            Self::Withdrawn => "review.withdrawn",
        }
    }

    /// Key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opened => "register-opened",
            Self::Restored => "register-restored",
            Self::Moved => "register-moved",
            Self::TakenBack => "register-taken-back",
            Self::Withdrawn => "register-withdrawn",
        }
    }
}

/// Một thay đổi trong danh sách đối tượng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterLine {
    /// What happens.
    pub turn: Turn,
    /// Kind of subject.
    pub subject: Subject,
    /// Name of the person or unit.
    pub name: String,
    /// Unit where the person is, or which he leads; empty for organisations and collectives.
    pub place: String,
    /// Why, where it is not the ordinary duty.
    pub reason: String,
}

/// Các thay đổi: the first ones by name, and how many of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RegisterChanges {
    /// How many there are of each that there are.
    pub counts: Vec<(Turn, usize)>,
    /// The first ones.
    pub lines: Vec<RegisterLine>,
}

impl RegisterChanges {
    /// How many are not listed by name.
    #[must_use]
    pub fn more(&self) -> usize {
        self.counts.iter().map(|(_, number)| number).sum::<usize>().saturating_sub(self.lines.len())
    }
}

/// How many are listed by name.
const LISTED: usize = 50;

/// Everything that was written.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    pub(super) campaigns: Vec<CampaignRow>,
    /// What is to be remedied, before and after.
    pub(super) items: Vec<(ItemRow, ItemRow)>,
    pub(super) turns: Vec<(Turn, Option<ReviewRow>, ReviewRow)>,
}

impl Followed {
    /// The journal entries; `draft` makes one from the word of the act and its object.
    pub(crate) fn entries(&self, mut draft: impl FnMut(&str, String) -> JournalDraft) -> Result<Vec<JournalDraft>> {
        let mut entries = Vec::new();
        for campaign in &self.campaigns {
            entries.push(draft("campaign.opened", format!("campaign/{}", campaign.campaign_id)).after(campaign)?);
        }
        for (turn, before, after) in &self.turns {
            let entry = draft(turn.act(), format!("review/{}", after.review_id)).after(after)?;
            entries.push(match before {
                Some(before) => entry.before(before)?,
                None => entry,
            });
        }
        for (before, after) in &self.items {
            entries.push(
                draft("remediation.moved", format!("remediation/{}", after.item_id)).before(before)?.after(after)?,
            );
        }
        Ok(entries)
    }

    /// The same for people to read.
    pub(crate) async fn told(&self, conn: &mut Conn) -> Result<RegisterChanges> {
        let mut told = RegisterChanges::default();
        for turn in Turn::ALL {
            let number = self.turns.iter().filter(|(one, ..)| *one == turn).count();
            told.counts.extend((number > 0).then_some((turn, number)));
        }
        for (turn, _, after) in self.turns.iter().take(LISTED) {
            told.lines.push(line(conn, *turn, after).await?);
        }
        Ok(told)
    }
}

async fn line(conn: &mut Conn, turn: Turn, row: &ReviewRow) -> Result<RegisterLine> {
    let unit = org::unit(conn, row.root_id, row.unit_id).await?.map(|unit| unit.name).unwrap_or_default();
    let (name, place) = match row.person_id {
        None => (unit, String::new()),
        Some(person) => {
            let person = org::person(conn, row.root_id, person).await?;
            (person.map(|person| person.full_name).unwrap_or_default(), unit)
        }
    };
    let subject = known(Subject::from_word(&row.subject), "subject")?;
    Ok(RegisterLine { turn, subject, name, place, reason: row.obligation_reason.clone() })
}
