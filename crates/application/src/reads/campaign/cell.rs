//! Các bước của một chi bộ trong đợt: what is done, what comes next, for whom and by when, as its secretary needs it.

use std::collections::{BTreeMap, BTreeSet};

use domain::ballot::BallotState;
use domain::campaign::UnitStep;
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::remediation::ItemState;
use domain::review::{Assessor, Obligation, ReviewState};
use domain::{Actor, Day};
use serde::Serialize;
use store::Conn;
use store::ballot::BallotRow;
use store::campaign::CampaignRow;
use store::org::UnitRow;
use store::review::ReviewListRow;
use uuid::Uuid;

use super::UnitProgress;
use crate::error::{Result, known, stored};

/// Bước đang ở đâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Standing {
    /// Xong.
    Done,
    /// Việc tiếp theo.
    Next,
    /// Chờ người khác: others are at it.
    Elsewhere,
    /// Còn thiếu: something is missing, and the cell went on.
    Short,
    /// Chưa đến lượt.
    Later,
}

impl Standing {
    /// How it is called in keys of texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Next => "next",
            Self::Elsewhere => "elsewhere",
            Self::Short => "short",
            Self::Later => "later",
        }
    }
}

/// Một bước của chi bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellStep {
    /// Which, as in keys of texts.
    pub step: &'static str,
    /// How it stands among the others.
    pub standing: Standing,
    /// What is said of it: the end of a key.
    pub said: &'static str,
    /// How many of them.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// Last day by the calendar.
    pub due_on: Option<Day>,
    /// Whether that day has passed, it is its turn, and it is not done.
    pub late: bool,
    /// Whom it waits for: name, and where to act.
    pub missing: Vec<(String, String)>,
    /// Where it is done or looked at; empty when that is not open to the reader.
    pub link: String,
    /// Whether the reader is who does it.
    pub may_do: bool,
}

/// A step before it is known how it stands among the others.
struct Draft {
    step: &'static str,
    /// Step of the calendar.
    day: &'static str,
    said: &'static str,
    finished: bool,
    /// Whether the next steps do not wait for it any more.
    passed: bool,
    elsewhere: bool,
    counts: (usize, usize),
    missing: Vec<(String, String)>,
    link: String,
}

impl Draft {
    fn new(step: &'static str, day: &'static str, (finished, said): (bool, &'static str), link: String) -> Self {
        let (counts, missing) = ((0, 0), Vec::new());
        Self { step, day, said, finished, passed: false, elsewhere: false, counts, missing, link }
    }
}

/// What the steps of a cell are read from.
pub(super) struct Cell<'a> {
    pub(super) actor: &'a Actor,
    pub(super) round: &'a CampaignRow,
    pub(super) unit: &'a UnitRow,
    pub(super) line: &'a UnitProgress,
    pub(super) reviews: &'a [ReviewListRow],
    pub(super) today: Day,
}

impl Cell<'_> {
    /// The steps in order.
    pub(super) async fn steps(&self, conn: &mut Conn) -> Result<Vec<CellStep>> {
        let (root, campaign) = (self.round.root_id, self.round.campaign_id);
        let within = store::rollup::unit_in_round(conn, root, self.round.round_id(), self.unit.unit_id).await?;
        let at = match within {
            Some(row) => known(UnitStep::from_word(&row.step), "step of a unit")?,
            None => UnitStep::Waiting,
        };
        let mut days = BTreeMap::new();
        for row in store::campaign::steps(conn, root, campaign).await? {
            days.insert(row.step, stored(Day::parse_stored(&row.due_on), "due_on")?);
        }
        let drafts = vec![
            self.roster(),
            self.self_reviews(at),
            self.opinions(conn, at).await?,
            self.meeting(at),
            self.ballot(conn, at).await?,
            self.minutes(at),
            self.proposal(conn, at).await?,
            self.decision(at),
            self.notices(conn, at).await?,
            self.remediation(conn, at).await?,
        ];
        Ok(self.placed(drafts, &days))
    }

    /// The first step that is not done is the next one, unless others are at it.
    fn placed(&self, drafts: Vec<Draft>, days: &BTreeMap<String, Day>) -> Vec<CellStep> {
        let resource = Resource::of_unit(&self.unit.path);
        let leads = allows(self.actor, Act::Propose, &resource);
        let mut reached = false;
        let place = |draft: Draft| {
            let standing = match (draft.finished, reached) {
                (true, _) => Standing::Done,
                (false, true) => Standing::Later,
                (false, false) if draft.passed => Standing::Short,
                (false, false) if draft.elsewhere => Standing::Elsewhere,
                (false, false) => Standing::Next,
            };
            reached |= matches!(standing, Standing::Next | Standing::Elsewhere);
            let due_on = days.get(draft.day).copied();
            CellStep {
                step: draft.step,
                standing,
                said: draft.said,
                done: draft.counts.0,
                total: draft.counts.1,
                due_on,
                late: !matches!(standing, Standing::Done | Standing::Later)
                    && due_on.is_some_and(|due| due < self.today),
                missing: draft.missing,
                may_do: leads && !draft.link.is_empty(),
                link: draft.link,
            }
        };
        drafts.into_iter().map(place).collect()
    }

    /// Path of a page of this cell in this round, for whoever it opens to.
    fn page(&self, open: bool, area: &str) -> String {
        let (campaign, unit) = (self.round.campaign_id, self.unit.unit_id);
        if open { format!("/{area}/{campaign}/{unit}") } else { String::new() }
    }

    fn due(&self) -> impl Iterator<Item = &ReviewListRow> {
        self.reviews.iter().filter(|review| review.obligation != Obligation::Neither.word())
    }

    fn roster(&self) -> Draft {
        let link = format!("{}#danh-sach", self.page(true, "dot"));
        Draft { counts: (self.due().count(), self.reviews.len()), ..Draft::new("roster", "", (true, "all"), link) }
    }

    fn self_reviews(&self, at: UnitStep) -> Draft {
        let waits = |review: &&ReviewListRow| review.state == ReviewState::AwaitingSelfReview.word();
        let write =
            |review: &ReviewListRow| (review.full_name.clone(), format!("/ho-so/{}/tu-kiem-diem", review.review_id));
        let look = |review: &ReviewListRow| (review.full_name.clone(), format!("/ho-so/{}", review.review_id));
        let leads = allows(self.actor, Act::WriteOnBehalf, &Resource::of_unit(&self.unit.path));
        let missing: Vec<(String, String)> =
            self.due().filter(waits).map(|one| if leads { write(one) } else { look(one) }).collect();
        let total = self.due().count();
        let link = missing.first().map(|(_, link)| link.clone()).unwrap_or_default();
        let said = if missing.is_empty() { "all" } else { "missing" };
        Draft {
            counts: (total - missing.len(), total),
            passed: at >= UnitStep::Met,
            missing,
            ..Draft::new("self_review", "self_review", (said == "all", said), link)
        }
    }

    /// Opinions are entered until the proposal goes out; what the temporary cells owe stands first.
    async fn opinions(&self, conn: &mut Conn, at: UnitStep) -> Result<Draft> {
        let draft = Draft::new("opinion", "meeting", (true, "closed"), String::new());
        if at >= UnitStep::Proposed {
            return Ok(draft);
        }
        let (root, campaign) = (self.round.root_id, self.round.campaign_id);
        let names: BTreeMap<Uuid, &str> =
            self.reviews.iter().map(|review| (review.review_id, review.full_name.as_str())).collect();
        let asked = store::temporary::unanswered_in_unit(conn, root, campaign, self.unit.unit_id).await?;
        let name = |review: &Uuid| names.get(review).copied().unwrap_or_default().to_owned();
        let of_asked =
            |(review, activity): &(Uuid, Uuid)| (name(review), format!("/sinh-hoat-tam-thoi/{review}/{activity}"));
        let mut missing: Vec<(String, String)> = asked.iter().map(of_asked).collect();
        let of_others = |actor: &str| Assessor::from_word(actor).is_some_and(|one| !one.is_subject());
        let opinions = store::review::opinions_of_unit(conn, root, campaign, self.unit.unit_id).await?;
        let heard: BTreeSet<Uuid> =
            opinions.iter().filter(|one| of_others(&one.actor)).map(|one| one.review_id).collect();
        let rated = |review: &&ReviewListRow| review.obligation == Obligation::ReviewAndClassify.word();
        let asks = |review: &ReviewListRow| asked.iter().any(|(id, _)| *id == review.review_id);
        let silent = self.due().filter(rated).filter(|one| !heard.contains(&one.review_id) && !asks(one));
        missing.extend(silent.map(|one| (one.full_name.clone(), format!("/ho-so/{}#y-kien", one.review_id))));
        let total = self.due().filter(rated).count();
        let said = if missing.is_empty() { "all" } else { "missing" };
        Ok(Draft {
            counts: (self.due().filter(rated).filter(|one| heard.contains(&one.review_id)).count(), total),
            passed: at >= UnitStep::Met,
            finished: missing.is_empty(),
            said,
            link: missing.first().map(|(_, link)| link.clone()).unwrap_or_default(),
            missing,
            ..draft
        })
    }

    fn meeting(&self, at: UnitStep) -> Draft {
        let said = if at >= UnitStep::Met { "recorded" } else { "none" };
        Draft::new("meeting", "meeting", (at >= UnitStep::Met, said), self.page(self.line.may_meet, "hoi-nghi"))
    }

    async fn ballot(&self, conn: &mut Conn, at: UnitStep) -> Result<Draft> {
        let link = self.page(self.line.may_meet, "hoi-nghi");
        let (root, campaign, unit) = (self.round.root_id, self.round.campaign_id, self.unit.unit_id);
        if at != UnitStep::Met {
            let counted = at >= UnitStep::Counted;
            return Ok(Draft::new("ballot", "meeting", (counted, if counted { "counted" } else { "none" }), link));
        }
        let meeting = store::meeting::of_unit(conn, root, campaign, unit).await?.into_iter().next();
        let ballot = match meeting {
            Some(meeting) => store::ballot::of_meeting(conn, root, meeting.meeting_id).await?,
            None => None,
        };
        let said = match &ballot {
            None => "none",
            Some(ballot) if ballot.state == BallotState::Differs.word() => "differs",
            Some(_) => "counting",
        };
        let mut missing = Vec::new();
        if let Some(ballot) = &ballot {
            for person in awaited(conn, ballot).await? {
                let name = store::org::person(conn, root, person).await?.map(|person| person.full_name);
                missing.push((name.unwrap_or_default(), String::new()));
            }
        }
        Ok(Draft { elsewhere: ballot.is_some(), missing, ..Draft::new("ballot", "meeting", (false, said), link) })
    }

    fn minutes(&self, at: UnitStep) -> Draft {
        let said = if at >= UnitStep::Sealed { "sealed" } else { "open" };
        Draft::new("minutes", "meeting", (at >= UnitStep::Sealed, said), self.page(self.line.may_meet, "hoi-nghi"))
    }

    async fn proposal(&self, conn: &mut Conn, at: UnitStep) -> Result<Draft> {
        let sent = at >= UnitStep::Proposed;
        let mut said = if sent { "sent" } else { "none" };
        if at == UnitStep::Sealed {
            let (root, campaign) = (self.round.root_id, self.round.campaign_id);
            let row = store::outcome::proposal_of_unit(conn, root, campaign, self.unit.unit_id).await?;
            if row.is_some_and(|row| row.state == ProposalState::Returned.word()) {
                said = "returned";
            }
        }
        Ok(Draft::new("proposal", "proposal", (sent, said), self.page(self.line.may_see_proposal, "de-xuat")))
    }

    /// A base cell decides on its own list, any other waits for the committee.
    fn decision(&self, at: UnitStep) -> Draft {
        let own = self.round.unit_id == self.unit.unit_id;
        let link = if own { format!("/quyet-dinh/{}", self.round.campaign_id) } else { String::new() };
        let said = match (at == UnitStep::Decided, own) {
            (true, _) => "issued",
            (false, true) => "own",
            (false, false) => "waiting",
        };
        Draft { elsewhere: !own, ..Draft::new("decision", "decision", (said == "issued", said), link) }
    }

    async fn notices(&self, conn: &mut Conn, at: UnitStep) -> Result<Draft> {
        let draft = Draft::new("notice", "notice", (false, "none"), String::new());
        if at < UnitStep::Decided {
            return Ok(draft);
        }
        let ours: BTreeMap<Uuid, &str> =
            self.reviews.iter().map(|review| (review.review_id, review.full_name.as_str())).collect();
        let (root, campaign) = (self.round.root_id, self.round.campaign_id);
        let notices = store::outcome::notices_of_unit(conn, root, campaign, self.unit.unit_id).await?;
        let notices: Vec<_> = notices.iter().filter(|notice| ours.contains_key(&notice.review_id)).collect();
        let unread = notices.iter().filter(|notice| notice.read_at.is_none());
        let opens = allows(self.actor, Act::ViewNotice, &Resource::of_unit(&self.unit.path));
        let page = if opens { "/thong-bao" } else { "" };
        let told = |id: &Uuid| (ours.get(id).copied().unwrap_or_default().to_owned(), format!("/ho-so/{id}{page}"));
        let missing: Vec<(String, String)> = unread.map(|notice| told(&notice.review_id)).collect();
        let read = notices.len() - missing.len();
        Ok(Draft {
            finished: missing.is_empty(),
            said: if missing.is_empty() { "all" } else { "unread" },
            counts: (read, notices.len()),
            // Nobody can make another read his notice: what is to be remedied does not wait for it.
            passed: true,
            missing,
            link: self.page(self.line.may_print, "giay-to"),
            ..draft
        })
    }

    async fn remediation(&self, conn: &mut Conn, at: UnitStep) -> Result<Draft> {
        let draft = Draft::new("remediation", "remediation_plan", (false, "none"), String::new());
        if at < UnitStep::Decided {
            return Ok(draft);
        }
        let (root, campaign) = (self.round.root_id, self.round.campaign_id);
        let items = store::outcome::items_of_unit(conn, root, campaign, self.unit.unit_id).await?;
        let closed = items.iter().filter(|item| item.state == ItemState::Closed.word()).count();
        let said = match (items.len(), closed) {
            (0, _) => "none",
            (all, closed) if all == closed => "closed",
            _ => "open",
        };
        let link = self.page(self.line.may_follow, "khac-phuc");
        Ok(Draft { finished: said == "closed", said, counts: (closed, items.len()), link, ..draft })
    }
}

/// Who of the counting team has still to act: whoever has not entered his count, or the head when the counts differ.
async fn awaited(conn: &mut Conn, ballot: &BallotRow) -> Result<Vec<Uuid>> {
    if ballot.state == BallotState::Differs.word() {
        return Ok(vec![ballot.head_teller]);
    }
    let first = store::ballot::entry(conn, ballot.root_id, ballot.ballot_id, 1).await?;
    let entered = first.map(|entry| entry.entered_by);
    Ok([ballot.teller_a, ballot.teller_b].into_iter().filter(|teller| Some(*teller) != entered).collect())
}
