//! Hồ sơ đi theo: where an undecided review belongs when its cell or the tree above it changes in mid-round. What was
//! decided stays where it was decided.

use std::collections::{BTreeMap, BTreeSet};

use domain::reorganisation::Carried;
use domain::review::ReviewState;
use domain::subject::Subject;
use domain::{Day, Refusal};
use store::Conn;
use store::campaign::CampaignRow;
use store::follow;
use store::org::{self, UnitRow};
use store::review::ReviewRow;
use uuid::Uuid;

use super::rearranging::Rearranging;
use crate::acts::roster::{kept_of, left_on, taken_out, unit_ended_on};
use crate::error::{Error, Result, stored};

/// Một đợt đang mở with the path of who leads it.
#[derive(Debug, Clone)]
struct Round {
    row: CampaignRow,
    path: String,
}

impl Round {
    /// Whether another is about the same period in the same way.
    fn alike(&self, other: &Self) -> bool {
        self.row.kind == other.row.kind
            && self.row.period_from == other.row.period_from
            && self.row.period_to == other.row.period_to
            && self.row.rule_book_seal == other.row.rule_book_seal
    }
}

/// Các đợt đang mở: who leads them, which cells have sealed minutes or sent their list.
#[derive(Debug, Clone)]
pub(crate) struct Rounds {
    open: BTreeMap<Uuid, Round>,
    sent: BTreeSet<(Uuid, Uuid)>,
    sealed: BTreeSet<(Uuid, Uuid)>,
}

/// What becomes of an undecided review whose person goes to another cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays in the old cell.
    Stays,
    /// It goes to the new cell, in this round.
    Goes(Uuid),
    /// No open round of the same period reaches the new cell: it leaves its round.
    Leaves,
}

/// The cell a review would go to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) unit: Uuid,
    pub(crate) path: &'a str,
    pub(crate) name: &'a str,
}

impl<'a> From<&'a UnitRow> for Target<'a> {
    fn from(row: &'a UnitRow) -> Self {
        Self { unit: row.unit_id, path: &row.path, name: &row.name }
    }
}

impl Rounds {
    pub(crate) async fn load(conn: &mut Conn, root: Uuid) -> Result<Self> {
        let mut open = BTreeMap::new();
        for row in store::campaign::campaigns(conn, root).await? {
            if row.state == domain::campaign::CampaignState::Open.word() {
                let unit = org::unit(conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
                open.insert(row.campaign_id, Round { row, path: unit.path });
            }
        }
        let pair = |one: follow::ProgressRow| (one.campaign_id, one.unit_id);
        let sent = follow::sent_lists(conn, root).await?.into_iter().map(pair).collect();
        let sealed = follow::sealed_meetings(conn, root).await?.into_iter().map(pair).collect();
        Ok(Self { open, sent, sealed })
    }

    /// The open campaign of the same round, or of another of the same period and book, that reaches `path`: the same one if
    /// it does, else that of the nearest body above. Where a superior's round reaches it but no body below decides there,
    /// the review stays in the campaign it is in. `not_of` is the unit that does not decide, because it is about itself.
    fn home(&self, campaign: Uuid, path: &str, not_of: Option<Uuid>) -> Option<Uuid> {
        let own = self.open.get(&campaign)?;
        if path.starts_with(&own.path) {
            return Some(campaign);
        }
        let beside =
            |one: &&Round| one.row.parent_id == own.row.parent_id && own.alike(one) && path.starts_with(&one.path);
        let decides = |one: &&Round| Some(one.row.unit_id) != not_of;
        let nearest = self.open.values().filter(beside).filter(decides).max_by_key(|one| one.path.len());
        let above = own.row.parent_id.and_then(|round| self.open.get(&round));
        let stays = above.filter(|above| path.starts_with(&above.path)).map(|_| campaign);
        nearest.map(|one| one.row.campaign_id).or(stays)
    }

    /// The open campaign beside this one that the unit leads itself.
    fn led_by(&self, campaign: Uuid, unit: Uuid) -> Option<Uuid> {
        let own = self.open.get(&campaign)?;
        let led = |one: &&Round| one.row.parent_id == own.row.parent_id && own.alike(one) && one.row.unit_id == unit;
        self.open.values().find(led).map(|one| one.row.campaign_id)
    }

    fn title(&self, campaign: Uuid) -> &str {
        self.open.get(&campaign).map_or("", |round| round.row.title.as_str())
    }

    /// Where an undecided review belongs when its person is in another cell from `day` on.
    ///
    /// A member is reviewed in the cell that is his on the cut-off day; a list that was sent stays together until it is
    /// decided or sent back, and whoever was not heard yet does not go to a cell that has closed its minutes. Where the
    /// old cell ends, neither can wait.
    ///
    /// # Errors
    /// `ORG-014` a list is under way, `ORG-021` the new cell has closed its minutes; only when the old cell ends.
    pub(crate) fn fate(
        &self,
        review: &ReviewRow,
        to: Target<'_>,
        day: Day,
        ends: bool,
    ) -> std::result::Result<Fate, Refusal> {
        let Some(round) = self.open.get(&review.campaign_id) else { return Ok(Fate::Stays) };
        if !ends && day.to_string() > round.row.cut_off_on {
            return Ok(Fate::Stays);
        }
        if review.state == ReviewState::Proposed.word() {
            return if ends { Err(self.under_way(review.campaign_id, to.name)) } else { Ok(Fate::Stays) };
        }
        let Some(home) = self.home(review.campaign_id, to.path, None) else { return Ok(Fate::Leaves) };
        if self.sent.contains(&(home, to.unit)) {
            return if ends { Err(self.under_way(home, to.name)) } else { Ok(Fate::Stays) };
        }
        if self.sealed.contains(&(home, to.unit)) && review.state != ReviewState::Discussed.word() {
            let what = Refusal::new("ORG-021").with("unit", to.name).with("campaign", self.title(home));
            return if ends { Err(what) } else { Ok(Fate::Stays) };
        }
        Ok(Fate::Goes(home))
    }

    fn under_way(&self, campaign: Uuid, unit: &str) -> Refusal {
        Refusal::new("ORG-014").with("unit", unit).with("campaign", self.title(campaign))
    }

    /// The open round in which the list of this cell was sent and waits to be decided.
    pub(crate) fn sent_in(&self, unit: Uuid) -> Option<(Uuid, &str)> {
        let found = self.sent.iter().find(|(_, sender)| *sender == unit)?;
        Some((found.0, self.title(found.0)))
    }
}

impl Rearranging<'_> {
    async fn rounds(&mut self) -> Result<Rounds> {
        let root = self.work.root();
        Rounds::load(&mut self.work.tx, root).await
    }

    /// Refuses while the list of one of these units was sent and is not decided: it could be neither decided nor mended.
    ///
    /// # Errors
    /// `ORG-014`.
    pub(super) async fn lists_are_not_under_way(&mut self, units: &[&UnitRow]) -> Result<()> {
        let rounds = self.rounds().await?;
        for unit in units {
            if let Some((campaign, _)) = rounds.sent_in(unit.unit_id) {
                return Err(rounds.under_way(campaign, &unit.name).into());
            }
        }
        Ok(())
    }

    /// Undecided reviews of people who go over; when the old unit ends, also its own leave their round.
    pub(super) async fn reviews_follow(
        &mut self,
        from: &UnitRow,
        to: &UnitRow,
        people: &BTreeSet<Uuid>,
        ends: bool,
    ) -> Result<()> {
        let root = self.work.root();
        let waiting = follow::waiting_in_cell(&mut self.work.tx, root, from.unit_id).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let rounds = self.rounds().await?;
        for review in waiting {
            let member = review.subject == Subject::Member.word();
            let goes = member && review.person_id.is_some_and(|person| ends || people.contains(&person));
            if goes {
                match rounds.fate(&review, to.into(), self.day, ends)? {
                    Fate::Stays => {}
                    Fate::Goes(campaign) => self.move_review(&review, to.unit_id, campaign).await?,
                    Fate::Leaves => self.withdraw(&review, &left_on(self.day)).await?,
                }
            } else if ends {
                self.withdraw(&review, &unit_ended_on(self.day.before())).await?;
            }
        }
        Ok(())
    }

    async fn move_review(&mut self, review: &ReviewRow, unit: Uuid, campaign: Uuid) -> Result<()> {
        if self.is_reviewed_in(review, campaign).await? {
            return self.withdraw(review, &left_on(self.day)).await;
        }
        let moved = ReviewRow { unit_id: unit, campaign_id: campaign, ..review.clone() };
        if !follow::move_review(&mut self.work.tx, &moved, review.unit_id).await? {
            return Err(Refusal::new("REVIEW-002").into());
        }
        let after = ReviewRow { version: review.version + 1, ..moved };
        self.work.note("review.moved", format!("review/{}", review.review_id), Some(review), Some(&after))?;
        self.carries(review.review_id, Carried::ReviewMoved);
        self.outcome.reviews += 1;
        Ok(())
    }

    /// Whether the same subject has a review in another round already.
    async fn is_reviewed_in(&mut self, review: &ReviewRow, campaign: Uuid) -> Result<bool> {
        if campaign == review.campaign_id {
            return Ok(false);
        }
        let root = self.work.root();
        Ok(follow::has_review(&mut self.work.tx, root, campaign, &review.subject, review.about_id).await?)
    }

    async fn withdraw(&mut self, review: &ReviewRow, reason: &str) -> Result<()> {
        let after = taken_out(review, reason)?;
        let read = ReviewRow { version: review.version, ..after.clone() };
        if !store::review::set_obligation(&mut self.work.tx, &read).await? {
            return Err(Refusal::new("REVIEW-002").into());
        }
        store::withdrawal::set(&mut self.work.tx, &kept_of(review)).await?;
        self.outcome.withdrawn += 1;
        self.work.note("review.withdrawn", format!("review/{}", review.review_id), Some(review), Some(&after))
    }

    /// Rounds led by a committee that ended go over to who follows it.
    pub(super) async fn hand_over_rounds(&mut self) -> Result<()> {
        for (old, new) in std::mem::take(&mut self.followers) {
            // Read anew each time: a committee that follows several leads one round, not one of each.
            let rounds = self.rounds().await?;
            for round in rounds.open.values().filter(|round| round.row.unit_id == old) {
                if rounds.led_by(round.row.campaign_id, new.unit_id).is_none() {
                    self.hand_over_round(&round.row, &new).await?;
                }
            }
        }
        Ok(())
    }

    /// Reviews in units that now stand elsewhere go to the round that reaches them, and the units to their place there.
    pub(super) async fn settle_rounds(&mut self) -> Result<()> {
        let rounds = self.rounds().await?;
        let root = self.work.root();
        for moved in std::mem::take(&mut self.moved) {
            let mut seen = BTreeSet::new();
            for review in follow::waiting_below(&mut self.work.tx, root, &moved.path).await? {
                let unit = org::unit(&mut self.work.tx, root, review.unit_id).await?.ok_or(Error::Denied)?;
                // Members are decided in the unit's own campaign, the unit itself above it.
                let itself = (review.subject != Subject::Member.word()).then_some(unit.unit_id);
                let home = rounds.home(review.campaign_id, &unit.path, itself);
                if home == Some(review.campaign_id) {
                    continue;
                }
                if review.state == ReviewState::Proposed.word() {
                    let code = if itself.is_none() { "ORG-014" } else { "ORG-025" };
                    return Err(
                        Refusal { code: code.to_owned(), ..rounds.under_way(review.campaign_id, &unit.name) }.into()
                    );
                }
                let Some(home) = home else {
                    self.withdraw(&review, &left_on(self.day)).await?;
                    continue;
                };
                if itself.is_none() && seen.insert((review.campaign_id, unit.unit_id)) {
                    let (from, cell) = (review.campaign_id, unit.unit_id);
                    follow::move_proceedings(&mut self.work.tx, root, cell, from, home).await?;
                }
                self.move_review(&review, unit.unit_id, home).await?;
            }
            follow::replant(&mut self.work.tx, root, moved.unit_id).await?;
        }
        Ok(())
    }

    async fn hand_over_round(&mut self, row: &CampaignRow, new: &UnitRow) -> Result<()> {
        let root = self.work.root();
        follow::hand_over_campaign(&mut self.work.tx, root, row.campaign_id, new.unit_id).await?;
        let after = CampaignRow { unit_id: new.unit_id, ..row.clone() };
        self.outcome.handed_over += 1;
        self.work.note("campaign.handed_over", format!("campaign/{}", row.campaign_id), Some(row), Some(&after))
    }
}

/// A stored day as shown.
pub(super) fn shown(text: &str) -> String {
    stored(Day::parse_stored(text), "day").map_or_else(|_: Error| text.to_owned(), Day::shown)
}
