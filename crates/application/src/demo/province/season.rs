//! Giữa mùa: where every base organisation and cell of the sample province stands on 19 December, and the rows behind it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::campaign::{UnitStep, awaited};
use domain::decision::DecisionState;
use domain::form::{Field, Filler};
use domain::org::{CivilKind, UnitKind};
use domain::proposal::ProposalState;
use domain::review::{Assessor, Obligation, ReviewState};
use domain::subject::Subject;
use store::campaign::{CampaignRow, StepRow};
use store::outcome::{DecisionRow, NoticeRow, ProposalRow};
use store::review::{OpinionRow, ReviewRow, SubmittedRow};
use store::rollup::CampaignUnitRow;
use store::season::{DecidedLineRow, ProposedRow, Season};
use uuid::Uuid;

use super::cast::{Cast, Unit, mix};
use super::day;
use crate::app::App;
use crate::error::{Error, Result, known};
use crate::judge;

mod meeting;

const WRITTEN: &str = "2022-11-14";
const MET: &str = "2022-12-02";
const DECIDED: &str = "2022-12-15";

/// Whether he leads, whether he is in the civil service.
const SORTS: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];

/// How far a cell has come, each with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Untouched,
    Writing,
    Met,
    Counted,
    Sealed,
    Proposed,
    Decided,
}

impl Stage {
    const fn step(self) -> UnitStep {
        match self {
            Self::Untouched | Self::Writing => UnitStep::Waiting,
            Self::Met => UnitStep::Met,
            Self::Counted => UnitStep::Counted,
            Self::Sealed => UnitStep::Sealed,
            Self::Proposed => UnitStep::Proposed,
            Self::Decided => UnitStep::Decided,
        }
    }

    const fn state(self) -> (ReviewState, i64) {
        match self {
            Self::Untouched => (ReviewState::AwaitingSelfReview, 1),
            Self::Writing | Self::Met | Self::Counted => (ReviewState::SelfReviewed, 2),
            Self::Sealed => (ReviewState::Discussed, 3),
            Self::Proposed => (ReviewState::Proposed, 4),
            Self::Decided => (ReviewState::Decided, 5),
        }
    }
}

/// The stage of a base organisation's cell: whole organisations are decided, proposed or late, the rest is mixed.
fn stage(base: usize, cell: usize) -> Stage {
    match mix(base as u64) % 100 {
        0..=17 => Stage::Decided,
        18..=39 => Stage::Proposed,
        40..=69 => match mix(cell as u64) % 10 {
            0..=3 => Stage::Sealed,
            4 | 5 => Stage::Counted,
            6 | 7 => Stage::Met,
            _ => Stage::Proposed,
        },
        70..=91 => Stage::Writing,
        _ => Stage::Untouched,
    }
}

/// Which level a member is headed for, counted from the best: one in eight the best, few the third.
fn aim(member: u32) -> usize {
    match member % 24 {
        2 | 10 | 18 => 0,
        7 => 2,
        _ => 1,
    }
}

/// A member unit with its reviews.
pub(super) struct Cell<'a> {
    at: usize,
    unit: &'a Unit,
    row: CampaignUnitRow,
    reviews: Vec<(u32, ReviewRow)>,
    stage: Stage,
}

/// Deciding body → its decision and the lines of it.
type Bodies = BTreeMap<Uuid, (Uuid, Vec<DecidedLineRow>)>;

/// How far the play has come.
#[derive(Default)]
pub(super) struct Played {
    /// Reviews of the units that are still to come.
    reviews: BTreeMap<Uuid, Vec<(u32, ReviewRow)>>,
    bodies: Bodies,
}

/// Who says what happens next.
pub(super) struct Director<'a> {
    app: &'a App,
    cast: &'a Cast,
    root: Uuid,
    at: DateTime<Utc>,
    levels: Vec<String>,
    choices: String,
    /// Form and content by aim, leader and civil service.
    contents: BTreeMap<(usize, bool, bool), (String, String)>,
    due: BTreeMap<String, String>,
    numbers: BTreeMap<Uuid, usize>,
    members: BTreeMap<Uuid, u32>,
}

impl<'a> Director<'a> {
    pub(super) fn new(app: &'a App, campaign: &CampaignRow, steps: &[StepRow], cast: &'a Cast) -> Result<Self> {
        let book = judge::book_of(app, campaign)?;
        let (levels, grades) = (judge::levels(book), judge::grades(book));
        let mut contents = BTreeMap::new();
        for (aim, leader, civil) in (0..3).flat_map(|aim| SORTS.map(|(leader, civil)| (aim, leader, civil))) {
            let filler = Filler { leader, civil };
            let form = app.library.review_form(book, Subject::Member, filler)?;
            let sample = |field: &Field| super::super::sample::sample(field.kind, (&grades, &levels), aim);
            let fields = form.fields(filler).filter(|field| field.required);
            let content: BTreeMap<String, String> = fields.map(|field| (field.id.clone(), sample(field))).collect();
            contents.insert((aim, leader, civil), (form.key(), serde_json::to_string(&content)?));
        }
        Ok(Self {
            app,
            cast,
            root: campaign.root_id,
            at: app.clock.now(),
            choices: serde_json::to_string(&judge::ballot_choices(book))?,
            levels,
            contents,
            due: steps.iter().map(|step| (step.step.clone(), step.due_on.clone())).collect(),
            numbers: cast.units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect(),
            members: cast.people.iter().zip(0..).map(|(person, number)| (*person, number)).collect(),
        })
    }

    fn id(&self) -> Uuid {
        self.app.chance.id(self.at)
    }

    fn level(&self, member: u32) -> String {
        self.levels.get(aim(member)).cloned().unwrap_or_default()
    }

    fn person(&self, member: u32) -> Result<Uuid> {
        known(self.cast.people.get(member as usize).copied(), "member of the province")
    }

    /// The members' reviews, before anything came to the round.
    pub(super) fn begin(&self, reviews: Vec<ReviewRow>) -> Result<Played> {
        let mut played = Played::default();
        for review in reviews.into_iter().filter(|review| review.subject == Subject::Member.word()) {
            let person = known(review.person_id, "person of a review")?;
            let member = known(self.members.get(&person).copied(), "member of the province")?;
            played.reviews.entry(review.unit_id).or_default().push((member, review));
        }
        Ok(played)
    }

    /// What came to some units of the round.
    pub(super) fn part(&self, units: &[CampaignUnitRow], played: &mut Played) -> Result<Season> {
        let mut season = Season::default();
        for row in units {
            let reviews = played.reviews.remove(&row.unit_id).unwrap_or_default();
            self.unit(row, reviews, &mut season, &mut played.bodies)?;
        }
        Ok(season)
    }

    /// Decisions come after the meetings and proposals of their cells.
    pub(super) fn end(&self, units: &[CampaignUnitRow], mut played: Played) -> Result<Season> {
        let mut season = Season::default();
        for row in units {
            if let Some((decision, lines)) = played.bodies.remove(&row.unit_id) {
                self.decide(row, decision, lines, &mut season)?;
            }
        }
        Ok(season)
    }

    /// A unit of the round: a cell with its people, or a body that waits for its cells.
    fn unit(
        &self,
        row: &CampaignUnitRow,
        mut reviews: Vec<(u32, ReviewRow)>,
        season: &mut Season,
        bodies: &mut Bodies,
    ) -> Result<()> {
        let at = known(self.numbers.get(&row.unit_id).copied(), "unit of the province")?;
        let unit = &self.cast.units[at];
        if !unit.kind.has_members() {
            if unit.kind == UnitKind::BaseOrganization && stage(at, at) == Stage::Decided {
                season.units.push(self.moved(row, UnitStep::Decided));
            }
            return Ok(());
        }
        reviews.sort_by_key(|(member, _)| *member);
        let base = if unit.kind == UnitKind::BaseCell { at } else { unit.parent.unwrap_or(at) };
        let cell = Cell { at, unit, row: row.clone(), reviews, stage: stage(base, at) };
        season.units.push(self.moved(row, cell.stage.step()));
        self.write(&cell, season)?;
        if cell.stage >= Stage::Met {
            meeting::meet(self, &cell, season)?;
        }
        if cell.stage >= Stage::Proposed {
            let body = self.cast.units[base].id;
            let (decision, lines) = bodies.entry(body).or_insert_with(|| (self.id(), Vec::new()));
            let proposed = self.propose(&cell, *decision, season)?;
            if cell.stage == Stage::Decided {
                lines.extend(proposed);
            }
        }
        Ok(())
    }

    fn moved(&self, row: &CampaignUnitRow, step: UnitStep) -> CampaignUnitRow {
        let next = awaited(&row.kind, step.word());
        let due_on = next.and_then(|next| self.due.get(next)).cloned().unwrap_or_default();
        CampaignUnitRow { step: step.word().to_owned(), due_on, version: row.version + 1, ..row.clone() }
    }

    /// Self-reviews handed in, and the state of every review.
    fn write(&self, cell: &Cell<'_>, season: &mut Season) -> Result<()> {
        let civil = CivilKind::from_word(cell.unit.civil).is_some_and(CivilKind::is_civil);
        for (number, (member, review)) in cell.reviews.iter().enumerate() {
            let due = review.obligation != Obligation::Neither.word();
            let handed_in = due && (cell.stage > Stage::Writing || cell.stage == Stage::Writing && number % 3 != 2);
            if !handed_in {
                continue;
            }
            let only_reviewed = review.obligation == Obligation::ReviewOnly.word();
            // Whoever is only reviewed is neither proposed nor decided.
            let stage = if only_reviewed { cell.stage.min(Stage::Sealed) } else { cell.stage };
            let (state, version) = stage.state();
            season.reviews.push(ReviewRow { state: state.word().to_owned(), version, ..review.clone() });
            let written = self.contents.get(&(aim(*member), review.leader, civil)).cloned();
            let (form, content) = known(written, "sample of a self-review")?;
            season.submitted.push(SubmittedRow {
                root_id: self.root,
                review_id: review.review_id,
                version: 1,
                form,
                content,
                submitted_at: self.at,
                submitted_by: self.person(*member)?,
                on_behalf_reason: None,
            });
            if civil && stage >= Stage::Sealed && !only_reviewed {
                season.opinions.push(self.opinion(review, *member)?);
            }
        }
        Ok(())
    }

    fn opinion(&self, review: &ReviewRow, member: u32) -> Result<OpinionRow> {
        Ok(OpinionRow {
            root_id: self.root,
            opinion_id: self.id(),
            review_id: review.review_id,
            actor: Assessor::HeadOfAgency.word().to_owned(),
            level: Some(self.level(member)),
            comment: "Hoàn thành công việc được giao (câu mẫu).".to_owned(),
            signer: "Thủ trưởng đơn vị mẫu".to_owned(),
            stated_on: day(WRITTEN)?.to_string(),
            stated_by: self.person(member)?,
            stated_at: self.at,
        })
    }

    /// The list a cell sent; its lines as the body above would decide them.
    fn propose(&self, cell: &Cell<'_>, decision: Uuid, season: &mut Season) -> Result<Vec<DecidedLineRow>> {
        let decided = cell.stage == Stage::Decided;
        let head = self.person(cell.unit.first)?;
        let state = if decided { ProposalState::Decided } else { ProposalState::Sent };
        let proposal = ProposalRow {
            root_id: self.root,
            proposal_id: self.id(),
            campaign_id: cell.row.campaign_id,
            unit_id: cell.unit.id,
            state: state.word().to_owned(),
            note: String::new(),
            returned_reason: String::new(),
            sent_at: Some(self.at),
            sent_by: Some(head),
            version: if decided { 3 } else { 2 },
            saved_by: Some(head),
            saved_at: Some(self.at),
        };
        let mut lines = Vec::new();
        for (member, review) in &cell.reviews {
            if review.obligation != Obligation::ReviewAndClassify.word() {
                continue;
            }
            let (root_id, review_id, level) = (self.root, review.review_id, self.level(*member));
            let (proposal_id, reason) = (proposal.proposal_id, String::new());
            season.proposed.push(ProposedRow { root_id, proposal_id, review_id, level: level.clone(), reason });
            lines.push(DecidedLineRow {
                root_id,
                decision_id: decision,
                review_id,
                proposed: level.clone(),
                level,
                reason: String::new(),
                in_favour: None,
            });
        }
        season.proposals.push(proposal);
        Ok(lines)
    }

    /// The committee met and decided; everybody has a notice, every other one has read it.
    fn decide(
        &self,
        row: &CampaignUnitRow,
        decision_id: Uuid,
        lines: Vec<DecidedLineRow>,
        season: &mut Season,
    ) -> Result<()> {
        let at = known(self.numbers.get(&row.unit_id).copied(), "unit of the province")?;
        let unit = &self.cast.units[at];
        if lines.is_empty() || stage(at, at) != Stage::Decided {
            return Ok(());
        }
        let secretary = self.person(unit.first)?;
        let meeting = self.committee_meeting(row, unit)?;
        self.committee_came(&meeting, unit, season)?;
        season.decisions.push(DecisionRow {
            root_id: self.root,
            decision_id,
            campaign_id: row.campaign_id,
            unit_id: row.unit_id,
            subject: Subject::Member.word().to_owned(),
            serial: 1,
            meeting_id: Some(meeting.meeting_id),
            state: DecisionState::Issued.word().to_owned(),
            number: format!("{:02}", 1 + at % 40),
            signed_on: day(DECIDED)?.to_string(),
            signer_id: secretary,
            membership_base: meeting::COMMITTEE.into(),
            in_favour: meeting::COMMITTEE.into(),
            cap_override_reason: String::new(),
            issued_at: Some(self.at),
            issued_by: Some(secretary),
            version: 2,
            saved_by: Some(secretary),
            saved_at: Some(self.at),
        });
        season.meetings.push(meeting);
        for (number, line) in lines.iter().enumerate() {
            season.notices.push(NoticeRow {
                root_id: self.root,
                review_id: line.review_id,
                decision_id,
                comment: String::new(),
                issued_on: day(DECIDED)?.to_string(),
                reply_due_on: "2022-12-29".to_owned(),
                read_at: (number % 2 == 0).then_some(self.at),
                reply: String::new(),
                replied_at: None,
            });
        }
        season.decided.extend(lines);
        Ok(())
    }
}

/// Part of the play that must not go on when something is missing.
fn missing(what: &str) -> Error {
    Error::Fault(format!("the sample province has no {what}"))
}
