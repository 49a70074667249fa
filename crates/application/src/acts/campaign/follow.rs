//! Danh sách đối tượng theo thực tế: while a round runs, its register follows the tree, the posts and the memberships of the
//! cut-off day. A unit that is founded, a leader who is appointed and a member who comes get a review; who is none any more
//! leaves the round; what was decided stays.

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use domain::campaign::CampaignState;
use domain::org::UnitKind;
use domain::review::{Comeback, Meanwhile, ReviewAct, ReviewState, after, comeback};
use domain::subject::Subject;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{self, UnitRow};
use store::outcome::ItemRow;
use store::review::ReviewRow;
use store::withdrawal::{self, WithdrawnRow};
use uuid::Uuid;

use super::followed::{Followed, RegisterChanges, Turn};
use super::opening::{campaign_of, review_of, step_rows};
use super::set_days::calendar;
use super::subjects::{Other, known_as_members, others};
use crate::acts::roster::{kept_of, taken_out};
use crate::app::{App, Work};
use crate::error::{Error, Result, known, stored};
use crate::judge;
use crate::sectors::Sectors;

/// Lets the registers of all rounds that run follow the facts as they stand now, and what is still to be remedied its person. What it did is still to be written into the
/// journal.
pub(crate) async fn follow(app: &App, conn: &mut Conn, root: Uuid) -> Result<Followed> {
    let mut done = Followed::default();
    for top in running(conn, root).await? {
        Running::load(app, conn, top, &mut done).await?.follow().await?;
    }
    let today = app.clock.today().to_string();
    let mut seen = BTreeSet::new();
    let left = store::running::items_left_behind(conn, root, &today).await?;
    for (item, unit_id) in left.into_iter().filter(|(item, _)| seen.insert(*item)) {
        let Some(before) = store::outcome::item(conn, root, item).await? else { continue };
        let after = ItemRow { unit_id, ..before.clone() };
        if store::outcome::update_item(conn, &after).await? {
            let after = ItemRow { version: before.version + 1, ..after };
            done.items.push((before, after));
        }
    }
    Ok(done)
}

/// As [`follow`], within an act.
pub(crate) async fn follow_registers(work: &mut Work<'_>) -> Result<RegisterChanges> {
    let (app, root) = (work.app(), work.root());
    let followed = follow(app, &mut work.tx, root).await?;
    work.note_all(followed.entries(|event, object| work.draft(event, object))?);
    followed.told(&mut work.tx).await
}

/// Gives bodies that were founded the campaigns which they lead in rounds that run, before reviews go there.
pub(crate) async fn give_campaigns(work: &mut Work<'_>) -> Result<()> {
    let (app, root, mut done) = (work.app(), work.root(), Followed::default());
    for top in running(&mut work.tx, root).await? {
        let mut round = Running::load(app, &mut work.tx, top, &mut done).await?;
        for other in round.facts().await? {
            round.give_campaigns(&other).await?;
        }
    }
    work.note_all(done.entries(|event, object| work.draft(event, object))?);
    Ok(())
}

pub(super) async fn running(conn: &mut Conn, root: Uuid) -> Result<Vec<CampaignRow>> {
    let mut rounds = Vec::new();
    for top in store::campaign::rounds(conn, root).await? {
        let open = top.state == CampaignState::Open.word();
        if open && store::running::is_under_way(conn, root, top.campaign_id).await? {
            rounds.push(top);
        }
    }
    Ok(rounds)
}

/// A round that runs, beside the facts.
struct Running<'a> {
    app: &'a App,
    conn: &'a mut Conn,
    top: CampaignRow,
    units: BTreeMap<Uuid, UnitRow>,
    /// Unit → the campaign it leads in the round.
    campaigns: BTreeMap<Uuid, CampaignRow>,
    /// Kind and whom → review.
    existing: BTreeMap<(String, Uuid), ReviewRow>,
    /// Those that were taken out, as they stood.
    kept: BTreeMap<Uuid, WithdrawnRow>,
    done: &'a mut Followed,
}

impl<'a> Running<'a> {
    async fn load(app: &'a App, conn: &'a mut Conn, top: CampaignRow, done: &'a mut Followed) -> Result<Self> {
        let root = top.root_id;
        let unit = org::unit(conn, root, top.unit_id).await?.ok_or(Error::Denied)?;
        let units = org::units_below(conn, root, &unit.path).await?;
        let below = store::campaign::below(conn, root, top.campaign_id).await?;
        let existing = store::running::others_in_round(conn, root, top.campaign_id).await?;
        let kept = withdrawal::of_open_campaigns(conn, root).await?;
        Ok(Self {
            app,
            conn,
            units: units.into_iter().map(|unit| (unit.unit_id, unit)).collect(),
            campaigns: below.into_iter().chain([top.clone()]).map(|one| (one.unit_id, one)).collect(),
            existing: existing.into_iter().map(|row| ((row.subject.clone(), row.about_id), row)).collect(),
            kept: kept.into_iter().map(|row| (row.review_id, row)).collect(),
            top,
            done,
        })
    }

    async fn facts(&mut self) -> Result<Vec<Other>> {
        let units: Vec<UnitRow> = self.units.values().cloned().collect();
        let day = stored(Day::parse_stored(&self.top.cut_off_on), "cut_off_on")?;
        others(judge::book_of(self.app, &self.top)?, self.conn, (self.top.root_id, day), &in_order(units)).await
    }

    async fn follow(mut self) -> Result<()> {
        let facts = self.facts().await?;
        for other in &facts {
            self.give_campaigns(other).await?;
        }
        let mut there = BTreeSet::new();
        for other in facts {
            let key = (other.subject.word().to_owned(), other.about());
            match self.existing.get(&key).cloned() {
                None => self.open(other).await?,
                Some(row) => self.place(&row, &other).await?,
            }
            there.insert(key);
        }
        for (key, row) in self.existing.clone() {
            if !there.contains(&key) && undecided(&row)? {
                self.withdraw(row).await?;
            }
        }
        self.members().await
    }

    /// A body that came to decide, and a new base organisation, get a campaign of the round.
    async fn give_campaigns(&mut self, other: &Other) -> Result<()> {
        let unit = other.unit();
        let base = UnitKind::from_word(&unit.kind).is_some_and(UnitKind::is_base).then_some(unit.unit_id);
        for unit in other.body().into_iter().chain(base) {
            let Some(unit) = self.units.get(&unit).filter(|unit| unit.closed_on.is_none()).cloned() else { continue };
            if self.campaigns.contains_key(&unit.unit_id) {
                continue;
            }
            let own = CampaignRow { opened_at: self.app.clock.now(), ..campaign_of(self.app, &self.top, &unit) };
            let steps = calendar(&store::campaign::steps(self.conn, own.root_id, self.top.campaign_id).await?)?;
            let sectors = Sectors::on(self.conn, own.root_id, &own.cut_off_on).await?;
            let steps = step_rows(&own, &sectors.calendar(judge::book_of(self.app, &self.top)?, &unit.path, &steps));
            store::running::add_campaign(self.conn, &own, &steps).await?;
            self.done.campaigns.push(own.clone());
            self.campaigns.insert(unit.unit_id, own);
        }
        Ok(())
    }

    /// A review for whom the round did not know.
    async fn open(&mut self, mut other: Other) -> Result<()> {
        let Some(campaign) = other.body().and_then(|body| self.campaigns.get(&body)).cloned() else { return Ok(()) };
        if other.unit().closed_on.is_some() || (other.subject == Subject::Leader && !self.is_member(&other).await?) {
            return Ok(());
        }
        known_as_members(self.conn, &self.top, std::slice::from_mut(&mut other), &[]).await?;
        let row = other.review(self.app, &campaign)?;
        store::review::insert(self.conn, &row).await?;
        self.done.turns.push((Turn::Opened, None, row));
        Ok(())
    }

    async fn is_member(&mut self, leader: &Other) -> Result<bool> {
        let today = self.app.clock.today().to_string();
        let member = store::reviewed::member_on(self.conn, self.top.root_id, leader.about(), &today).await?;
        Ok(member.is_some())
    }

    /// Brings back who was taken out, and takes a review to where its subject stands now.
    async fn place(&mut self, row: &ReviewRow, other: &Other) -> Result<()> {
        let Some(campaign) = other.body().and_then(|body| self.campaigns.get(&body)).cloned() else { return Ok(()) };
        let row = match self.kept.get(&row.review_id).cloned() {
            None => row.clone(),
            Some(_) if other.unit().closed_on.is_some() => return Ok(()),
            Some(_) if other.subject == Subject::Leader && !self.is_member(other).await? => return Ok(()),
            Some(kept) => self.restore(row, &kept).await?,
        };
        if !undecided(&row)? || !self.stands_wrong(&row, other) {
            return Ok(());
        }
        let moved = ReviewRow { unit_id: other.unit().unit_id, campaign_id: campaign.campaign_id, ..row.clone() };
        if !store::follow::move_review(self.conn, &moved, row.unit_id).await? {
            return Err(domain::Refusal::new("REVIEW-002").into());
        }
        let after = ReviewRow { version: row.version + 1, ..moved };
        let verified = after.state == ReviewState::Proposed.word();
        self.done.turns.push((Turn::Moved, Some(row), after.clone()));
        if verified { self.take_back(after).await } else { Ok(()) }
    }

    /// What another body verified is verified anew by the one that decides now; its sheet stays to be read.
    async fn take_back(&mut self, row: ReviewRow) -> Result<()> {
        let state = known(ReviewState::from_word(&row.state), "review state")?;
        let state = after(state, ReviewAct::TakeBack)?;
        self.set(Turn::TakenBack, &row, ReviewRow { state: state.word().to_owned(), ..row.clone() }).await
    }

    /// Whether a review lies with a unit that its leader left, or with a body that is not above its unit any more. Where the
    /// place was right when the round was opened and still is, it stays.
    fn stands_wrong(&self, row: &ReviewRow, other: &Other) -> bool {
        let Some(unit) = self.units.get(&row.unit_id) else { return true };
        let led_by = self.campaigns.iter().find(|(_, campaign)| campaign.campaign_id == row.campaign_id);
        let above = led_by.is_some_and(|(body, _)| *body != unit.unit_id && unit.path.contains(&body.to_string()));
        !above || (other.subject == Subject::Leader && !other.leads(row.unit_id))
    }

    async fn restore(&mut self, row: &ReviewRow, kept: &WithdrawnRow) -> Result<ReviewRow> {
        let state = known(ReviewState::from_word(&kept.state), "review state")?;
        let Comeback::To(state) = comeback(state, Meanwhile { proposal_sent: true, ..Meanwhile::default() })? else {
            return Ok(row.clone());
        };
        let back = ReviewRow {
            state: state.word().to_owned(),
            obligation: kept.obligation.clone(),
            obligation_rule: kept.obligation_rule.clone(),
            obligation_reason: kept.obligation_reason.clone(),
            ..row.clone()
        };
        self.set(Turn::Restored, row, back.clone()).await?;
        withdrawal::clear(self.conn, row.root_id, row.review_id).await?;
        Ok(ReviewRow { version: row.version + 1, ..back })
    }

    async fn withdraw(&mut self, row: ReviewRow) -> Result<()> {
        let state = known(ReviewState::from_word(&row.state), "review state")?;
        after(state, ReviewAct::Withdraw)?;
        let subject = known(Subject::from_word(&row.subject), "subject")?;
        let day = stored(Day::parse_stored(&self.top.cut_off_on), "cut_off_on")?;
        let out = ReviewRow { version: row.version, ..taken_out(&row, &no_more(subject, day))? };
        self.set(Turn::Withdrawn, &row, out).await?;
        withdrawal::set(self.conn, &kept_of(&row)).await?;
        Ok(())
    }

    /// Writes state and obligation of `wanted` over `row`.
    async fn set(&mut self, turn: Turn, row: &ReviewRow, wanted: ReviewRow) -> Result<()> {
        if !store::review::set_obligation(self.conn, &wanted).await? {
            return Err(domain::Refusal::new("REVIEW-002").into());
        }
        let after = ReviewRow { version: row.version + 1, ..wanted };
        self.done.turns.push((turn, Some(row.clone()), after));
        Ok(())
    }

    /// Reviews for members whom no round of the period knows.
    async fn members(&mut self) -> Result<()> {
        let Some(unit) = self.units.get(&self.top.unit_id) else { return Ok(()) };
        let today = self.app.clock.today().to_string();
        let missing = store::running::members_missing(self.conn, &self.top, &unit.path, &today).await?;
        let mut seen = BTreeSet::new();
        for member in missing.into_iter().filter(|member| seen.insert(member.person_id)) {
            let Some(campaign) = self.campaign_above(member.unit_id) else { continue };
            let campaign = CampaignRow { opened_at: self.app.clock.now(), ..campaign.clone() };
            let row = review_of(self.app, &campaign, &member)?;
            store::review::insert(self.conn, &row).await?;
            self.done.turns.push((Turn::Opened, None, row));
        }
        Ok(())
    }

    /// The campaign of the nearest body at or above a unit.
    fn campaign_above(&self, unit: Uuid) -> Option<&CampaignRow> {
        let path = &self.units.get(&unit)?.path;
        path.rsplit('/').filter_map(|part| part.parse::<Uuid>().ok()).find_map(|unit| self.campaigns.get(&unit))
    }
}

/// Superiors before what is below them.
pub(super) fn in_order(mut units: Vec<UnitRow>) -> Vec<UnitRow> {
    units.sort_by(|one, other| (&one.path, &one.code).cmp(&(&other.path, &other.code)));
    units
}

fn undecided(row: &ReviewRow) -> Result<bool> {
    let state = known(ReviewState::from_word(&row.state), "review state")?;
    Ok(!matches!(state, ReviewState::Decided | ReviewState::NotDue))
}

/// Why a subject is in the register no more.
fn no_more(subject: Subject, day: Day) -> String {
    let what = match subject {
        Subject::Leader => "Không giữ chức vụ lãnh đạo",
        Subject::Collective => "Không có tập thể lãnh đạo",
        Subject::Organization | Subject::Member => "Không có trong danh sách",
    };
    format!("{what} vào ngày chốt {}", day.shown())
}
