//! Danh sách xếp loại tổ chức, tập thể, cán bộ lãnh đạo, and the verification sheet of one of them.

use std::collections::BTreeMap;

use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::review::{Obligation, ReviewAct, ReviewState, after};
use domain::subject::Subject;
use domain::verification::Missing;
use domain::{Actor, CampaignId, ReviewId, UnitId};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::outcome::{DecidedRow, DecisionRow};
use store::standing::StandingRow;
use store::verification::VerificationRow;
use uuid::Uuid;

use super::decision::Paper;
use super::proposal::level_names;
use super::publication::{IssuedList, issued_lists};
use super::review::{Head, OpinionView, head, opinions};
use crate::acts::classification::order::{self, Waiting};
use crate::acts::classification::{deciding, dossier_gaps, own_level};
use crate::acts::decision::CALIBRATION_MINUTES;
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result, known};
use crate::judge::{self, Case, GroupCap, Judgement, Others, Words};

/// Danh sách trình cấp có thẩm quyền: the subjects of one kind with everything that was said about each.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Kind of subject.
    pub subject: Subject,
    /// The other kinds this body decides on in this campaign, members left out.
    pub kinds: Vec<Subject>,
    /// Deciding body's unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Number of the list: 1, or a further one for whoever came late.
    pub serial: i64,
    /// Whether it is issued and nobody is left over.
    pub issued: bool,
    /// Head of the decision.
    pub paper: Paper,
    /// The caps, group by group, with the levels as they stand.
    pub groups: Vec<GroupCap>,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// One line per subject to be classified.
    pub lines: Vec<ListLine>,
    /// Subjects that are not classified: name and reason.
    pub not_rated: Vec<(String, String)>,
    /// Whether the reader sees how it was prepared: minutes, votes, sheets of verification.
    pub prepares: bool,
    /// Whether the reader may change it.
    pub may_prepare: bool,
    /// Whether the reader may verify.
    pub may_verify: bool,
    /// Whether the reader may issue it.
    pub may_issue: bool,
    /// Whether the rule book knows calibration and the reader may see it.
    pub calibrates: bool,
    /// What is issued already, and whether it was made known.
    pub lists: Vec<IssuedList>,
}

/// Một dòng của danh sách.
#[derive(Debug, Clone, Serialize)]
pub struct ListLine {
    /// Review.
    pub review: ReviewId,
    /// Name of the subject.
    pub name: String,
    /// Name of the unit a leader leads, empty for others.
    pub place: String,
    /// Word of `domain::org::UnitKind`.
    pub unit_kind: String,
    /// State of the review.
    pub state: ReviewState,
    /// Level it gave itself, empty for none.
    pub own_level: String,
    /// Level the verifying body proposes, empty before.
    pub proposed: String,
    /// Its grounds.
    pub grounds: String,
    /// Level as it stands on the list.
    pub level: String,
    /// Reason.
    pub reason: String,
    /// Whether it is decided on an issued list.
    pub decided: bool,
    /// Whether it is marked as late with a reason.
    pub late: bool,
    /// What it waits for.
    pub waiting: Vec<Waiting>,
    /// What the rules permit.
    pub judgement: Judgement,
}

impl ListLine {
    /// The line for whoever sees the decision and not what was prepared for it.
    fn without_preparation(self) -> Self {
        Self { proposed: String::new(), grounds: String::new(), ..self }
    }
}

fn kinds_of<'a>(rows: impl Iterator<Item = &'a StandingRow>) -> Vec<Subject> {
    let words: std::collections::BTreeSet<&str> = rows.map(|one| one.subject.as_str()).collect();
    Subject::ALL.iter().copied().filter(|kind| words.contains(kind.word())).collect()
}

fn levels_of(lines: &[ListLine]) -> Vec<(Uuid, &str)> {
    lines.iter().filter(|line| !line.level.is_empty()).map(|line| (line.review.0, line.level.as_str())).collect()
}

/// The list of one kind of subject.
///
/// # Errors
/// [`Error::Denied`] outside the remit, and for members, who are decided on another list.
pub async fn list(app: &App, actor: &Actor, campaign: CampaignId, subject: Subject) -> Result<ListPage> {
    let mut conn = app.read(actor.root).await?;
    let (campaign, unit) = deciding(&mut conn, actor, campaign, subject, Act::ViewDecision).await?;
    let root = actor.root.0;
    let row = store::outcome::decision(&mut conn, root, campaign.campaign_id, subject.word()).await?;
    let all = store::standing::of_campaign(&mut conn, root, campaign.campaign_id).await?;
    let resource = Resource::of_unit(&unit.path);
    let prepares = allows(actor, Act::ViewPreparation, &resource);
    let shown = |one: &StandingRow| prepares || one.issued;
    let kinds = kinds_of(all.iter().filter(|one| shown(one)));
    let rows: Vec<StandingRow> = all.into_iter().filter(|one| one.subject == subject.word()).collect();
    let due = |one: &&StandingRow| one.obligation == Obligation::ReviewAndClassify.word();
    let left_over = rows.iter().filter(due).any(|one| !one.issued);
    let issued_row = row.as_ref().is_some_and(|row| row.state == DecisionState::Issued.word());
    (issued_row || prepares).then_some(()).ok_or(Error::Denied)?;
    let further = issued_row && left_over;
    let open = row.filter(|_| !further);
    let book = judge::book_of(app, &campaign)?;
    let gathering = Gathering::load(&mut conn, &campaign, open.as_ref()).await?;
    let mut lines = Vec::new();
    for one in rows.iter().filter(due).filter(|one| shown(one)) {
        let line = gathering.line(app, &mut conn, actor, book, one).await?;
        lines.push(if prepares { line } else { line.without_preparation() });
    }
    let levels = levels_of(&lines);
    let counted: Vec<StandingRow> = rows.iter().filter(due).cloned().collect();
    let groups = judge::group_caps(&mut conn, book, &campaign, &counted, &levels).await?;
    let paper = Paper::load(app, &mut conn, actor, (&campaign, subject), open.as_ref()).await?;
    let issued = issued_row && !left_over;
    let serial = open.as_ref().map_or(1, |row| row.serial);
    Ok(ListPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        subject,
        kinds,
        unit: UnitId(unit.unit_id),
        unit_name: unit.name.clone(),
        serial: if further { serial + 1 } else { serial },
        issued,
        groups,
        levels: level_names(book),
        not_rated: not_rated(&rows)?,
        prepares,
        may_prepare: !issued && allows(actor, Act::PrepareDecision, &resource),
        may_verify: !issued && allows(actor, Act::VerifySubject, &resource),
        may_issue: !issued && paper.minutes_sealed && allows(actor, Act::IssueDecision, &resource),
        calibrates: prepares && book.form(CALIBRATION_MINUTES).is_some(),
        lists: issued_lists(&mut conn, root, campaign.campaign_id, subject).await?,
        lines,
        paper,
    })
}

/// The caps over levels as chosen on the page but not saved; what is decided on earlier lists counts along.
///
/// # Errors
/// [`Error::Denied`] for whoever does not see how the decision is prepared.
pub async fn groups_of(
    app: &App,
    actor: &Actor,
    (campaign, subject): (CampaignId, Subject),
    chosen: &BTreeMap<ReviewId, String>,
) -> Result<Vec<GroupCap>> {
    let mut conn = app.read(actor.root).await?;
    let (campaign, _) = deciding(&mut conn, actor, campaign, subject, Act::ViewPreparation).await?;
    let rows = store::standing::of_campaign(&mut conn, actor.root.0, campaign.campaign_id).await?;
    let due =
        |one: &StandingRow| one.subject == subject.word() && one.obligation == Obligation::ReviewAndClassify.word();
    let rows: Vec<StandingRow> = rows.into_iter().filter(due).collect();
    let level = |one: &StandingRow| match &one.level {
        Some(level) if one.issued => Some(level.clone()),
        _ => chosen.get(&ReviewId(one.review_id)).filter(|level| !level.is_empty()).cloned(),
    };
    let levels: Vec<(Uuid, String)> = rows.iter().filter_map(|one| Some((one.review_id, level(one)?))).collect();
    let levels: Vec<(Uuid, &str)> = levels.iter().map(|(review, level)| (*review, level.as_str())).collect();
    judge::group_caps(&mut conn, judge::book_of(app, &campaign)?, &campaign, &rows, &levels).await
}

fn not_rated(rows: &[StandingRow]) -> Result<Vec<(String, String)>> {
    let others = rows.iter().filter(|one| one.obligation != Obligation::ReviewAndClassify.word());
    others.map(|one| Ok((name_of(one)?, one.obligation_reason.clone()))).collect()
}

/// Name of a subject for lists.
pub(crate) fn name_of(row: &StandingRow) -> Result<String> {
    let subject = known(Subject::from_word(&row.subject), "subject")?;
    if subject.is_person() {
        return Ok(row.name.clone());
    }
    crate::papers::subject_name(subject, &row.unit_kind, &row.name)
}

/// What is read once for all lines.
struct Gathering {
    saved: BTreeMap<Uuid, DecidedRow>,
    sheets: BTreeMap<Uuid, VerificationRow>,
}

impl Gathering {
    async fn load(conn: &mut store::Conn, campaign: &CampaignRow, open: Option<&DecisionRow>) -> Result<Self> {
        let root = campaign.root_id;
        let saved = match open {
            Some(row) => store::outcome::saved_decision_lines(conn, root, row.decision_id).await?,
            None => Vec::new(),
        };
        let sheets = store::verification::of_campaign(conn, root, campaign.campaign_id).await?;
        Ok(Self {
            saved: saved.into_iter().map(|line| (line.review_id, line)).collect(),
            sheets: sheets.into_iter().map(|sheet| (sheet.review_id, sheet)).collect(),
        })
    }

    async fn line(
        &self,
        app: &App,
        conn: &mut store::Conn,
        actor: &Actor,
        book: &rules::Book,
        row: &StandingRow,
    ) -> Result<ListLine> {
        let loaded = Loaded::load(conn, actor, ReviewId(row.review_id)).await?;
        let others = Others::load(conn, &loaded.campaign, &loaded.unit).await?;
        let on_list = |other: &StandingRow| self.saved.get(&other.review_id).is_some_and(|line| !line.level.is_empty());
        let case = Case::load(app, conn, &loaded).await?;
        let about = (loaded.subject, case.heads());
        let waiting = if row.issued { Vec::new() } else { order::waiting(book, about, &others, on_list)? };
        // What stands on the sheet of a dossier that was returned is no proposal.
        let verified = matches!(loaded.state()?, ReviewState::Proposed | ReviewState::Decided);
        let (sheet, saved) = (self.sheets.get(&row.review_id).filter(|_| verified), self.saved.get(&row.review_id));
        let proposed = sheet.map_or_else(String::new, |sheet| sheet.level.clone());
        let decided = row.level.clone().filter(|_| row.issued);
        let level = decided.or_else(|| saved.map(|line| line.level.clone())).unwrap_or_else(|| proposed.clone());
        Ok(ListLine {
            review: ReviewId(row.review_id),
            name: loaded.name()?,
            place: if loaded.subject.is_person() { loaded.unit.name.clone() } else { String::new() },
            unit_kind: row.unit_kind.clone(),
            state: loaded.state()?,
            own_level: own_level(conn, &loaded).await?.unwrap_or_default(),
            proposed,
            grounds: sheet.map_or_else(String::new, |sheet| sheet.grounds.clone()),
            level,
            reason: saved.map_or_else(String::new, |line| line.reason.clone()),
            decided: row.issued,
            late: row.late,
            waiting,
            judgement: case.judge(),
        })
    }
}

/// Phiếu thẩm định một đối tượng.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    /// Whose.
    pub head: Head,
    /// Level it gave itself.
    pub own_level: Words,
    /// What the dossier lacks.
    pub gaps: Vec<Missing>,
    /// What the rules permit.
    pub judgement: Judgement,
    /// What it waits for.
    pub waiting: Vec<Waiting>,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// Version that is shown, 0 while nothing is written.
    pub version: i64,
    /// Level proposed.
    pub level: String,
    /// Opinion of the verifying body.
    pub opinion: String,
    /// Grounds.
    pub grounds: String,
    /// Who verified it, empty before.
    pub verified_by: String,
    /// Why it comes late, empty when it does not.
    pub late_reason: String,
    /// Whether the reader may write the sheet.
    pub may_verify: bool,
    /// Whether the reader may return the dossier that was verified.
    pub may_take_back: bool,
    /// Opinions gathered, oldest first, with who signed them.
    pub opinions: Vec<OpinionView>,
    /// Whether the reader may mark it as late.
    pub may_mark_late: bool,
}

/// The verification sheet of a review, written or not.
///
/// # Errors
/// [`Error::Denied`] for members, and outside the deciding body.
pub async fn sheet(app: &App, actor: &Actor, review: ReviewId) -> Result<SheetPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let campaign = CampaignId(loaded.review.campaign_id);
    let (_, unit) = deciding(&mut conn, actor, campaign, loaded.subject, Act::ViewPreparation).await?;
    let root = actor.root.0;
    let book = judge::book_of(app, &loaded.campaign)?;
    let row = store::verification::verification(&mut conn, root, review.0).await?;
    let verified_by = match &row {
        Some(row) => store::org::person(&mut conn, root, row.verified_by).await?.ok_or(Error::Denied)?.full_name,
        None => String::new(),
    };
    let others = Others::load(&mut conn, &loaded.campaign, &loaded.unit).await?;
    let case = Case::load(app, &mut conn, &loaded).await?;
    let own = own_level(&mut conn, &loaded).await?;
    let own = own.and_then(|level| book.level(&level)).map(|level| Words::from(&level.title)).unwrap_or_default();
    let late = store::verification::late(&mut conn, root, review.0).await?;
    let resource = Resource::of_unit(&unit.path);
    let open = after(loaded.state()?, ReviewAct::Verify).is_ok();
    let undecided = loaded.state()? != ReviewState::Decided;
    Ok(SheetPage {
        own_level: own,
        gaps: dossier_gaps(&mut conn, &loaded).await?,
        judgement: case.judge(),
        waiting: order::waiting(book, (loaded.subject, case.heads()), &others, |_| false)?,
        levels: level_names(book),
        version: row.as_ref().map_or(0, |row| row.version),
        level: row.as_ref().map_or_else(String::new, |row| row.level.clone()),
        opinion: row.as_ref().map_or_else(String::new, |row| row.opinion.clone()),
        grounds: row.map_or_else(String::new, |row| row.grounds),
        verified_by,
        late_reason: late.map_or_else(String::new, |late| late.reason),
        may_verify: open && allows(actor, Act::VerifySubject, &resource),
        may_take_back: after(loaded.state()?, ReviewAct::TakeBack).is_ok()
            && allows(actor, Act::VerifySubject, &resource),
        opinions: opinions(app, &mut conn, &loaded).await?,
        may_mark_late: undecided && allows(actor, Act::PrepareDecision, &resource),
        head: head(&loaded, actor)?,
    })
}
