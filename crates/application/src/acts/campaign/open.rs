//! Mở đợt kiểm điểm: pins the rule book and its settings, sets the calendar, makes a review for everybody in the roster.

use std::collections::{BTreeMap, BTreeSet};

use domain::campaign::{CalendarStep, CampaignState, check_calendar};
use domain::org::{EndReason, UnitKind};
use domain::policy::{Act, Resource};
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, Refusal, ReviewId, UnitId, text};
use store::campaign::{CampaignRow, StepRow};
use store::org::{self, MemberRow, UnitRow};
use store::review::ReviewRow;
use uuid::Uuid;

use super::subjects::other_reviews;
use crate::acts::roster::{end_of, kept_of, without_duty};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Case};

/// What is asked for. Days as typed.
#[derive(Debug, Clone, Default)]
pub struct OpenCampaign {
    /// Base organisation.
    pub unit: Option<UnitId>,
    /// Year under review.
    pub year: i32,
    /// Title, empty for the usual one.
    pub title: String,
    /// Documents it rests on, one a line.
    pub basis: String,
    /// Choices where the law leaves one: setting → choice; what is not named takes the book's default.
    pub settings: BTreeMap<String, String>,
    /// Step → last day as typed; what is not named takes the book's default.
    pub calendar: BTreeMap<String, String>,
}

/// Opens the campaign.
///
/// # Errors
/// `CAMPAIGN-001` … `-007`, `FORM-002`, `FORM-004`; [`Error::Denied`] for others than the base committee's office.
pub async fn open_campaign(app: &App, actor: &Actor, order: &OpenCampaign) -> Result<CampaignId> {
    let mut work = Work::begin(app, actor).await?;
    let unit = load_base(&mut work, order.unit).await?;
    permit(actor, Act::OpenCampaign, &Resource::of_unit(&unit.path))?;
    if unit.kind != UnitKind::BaseOrganization.word() {
        return Err(Refusal::new("CAMPAIGN-006").at("unit").into());
    }
    let year = i64::from(order.year);
    let earlier = store::campaign::campaigns(&mut work.tx, actor.root.0).await?;
    if earlier.iter().any(|one| one.period_year == year && one.unit_id == unit.unit_id) {
        return Err(Refusal::new("CAMPAIGN-001").with("year", year).at("year").into());
    }
    let mut row = draft_row(&work, actor, order, &unit)?;
    let steps = calendar(app, order, &row)?;
    row.cut_off_on = cut_off(&steps, &row.period_to);
    let members = org::members_below(&mut work.tx, actor.root.0, &unit.path, &row.period_to).await?;
    if members.is_empty() {
        return Err(Refusal::new("CAMPAIGN-005").at("unit").into());
    }
    store::campaign::insert(&mut work.tx, &row).await?;
    work.note("campaign.opened", format!("campaign/{}", row.campaign_id), None, Some(&row))?;
    for step in &steps {
        let step = StepRow {
            root_id: row.root_id,
            campaign_id: row.campaign_id,
            step: step.step.clone(),
            due_on: step.due_on.to_string(),
        };
        store::campaign::insert_step(&mut work.tx, &step).await?;
    }
    let since = Since::load(&mut work, &unit).await?;
    for member in members {
        let mut review = review_of(app, &work, &row, &member)?;
        review.unit_id = since.cell_of(&member);
        let left = since.left(&mut work, &member).await?;
        let opened = left.as_ref().map_or_else(|| review.clone(), |reason| without_duty(&review, reason));
        store::review::insert(&mut work.tx, &opened).await?;
        if left.is_some() && review.state != ReviewState::NotDue.word() {
            store::withdrawal::set(&mut work.tx, &kept_of(&review)).await?;
        }
        work.note("review.opened", format!("review/{}", opened.review_id), None, Some(&opened))?;
    }
    for review in other_reviews(app, &mut work, &row, &unit).await? {
        store::review::insert(&mut work.tx, &review).await?;
        work.note("review.opened", format!("review/{}", review.review_id), None, Some(&review))?;
    }
    let id = CampaignId(row.campaign_id);
    work.commit().await?;
    Ok(id)
}

/// Từ cuối kỳ đến nay: what became of the members since the end of the period, in a round that is opened after it.
struct Since {
    today: String,
    /// Cell of everybody who is a member today.
    cells: BTreeMap<Uuid, Uuid>,
    closed: BTreeSet<Uuid>,
}

impl Since {
    async fn load(work: &mut Work<'_>, unit: &UnitRow) -> Result<Self> {
        let (root, today) = (work.root(), work.today().to_string());
        let members = org::members_below(&mut work.tx, root, &unit.path, &today).await?;
        let units = org::units_below(&mut work.tx, root, &unit.path).await?;
        let closed = units.into_iter().filter(|unit| unit.closed_on.is_some()).map(|unit| unit.unit_id);
        Ok(Self {
            today,
            cells: members.into_iter().map(|member| (member.person_id, member.unit_id)).collect(),
            closed: closed.collect(),
        })
    }

    /// Why he owes nothing any more, in the words of the roster; none for a member.
    async fn left(&self, work: &mut Work<'_>, member: &MemberRow) -> Result<Option<String>> {
        if self.cells.contains_key(&member.person_id) {
            return Ok(None);
        }
        let root = work.root();
        let ended = store::roster::ended_before(&mut work.tx, root, member.person_id, &self.today).await?;
        let Some(ended) = ended else { return Ok(None) };
        let reason = known(EndReason::from_word(&ended.end_reason), "reason of an end")?;
        let day = ended.to_on.as_deref().map(|day| stored(Day::parse_stored(day), "to_on")).transpose()?;
        Ok(day.map(|day| end_of(reason, day)))
    }

    /// The cell he was in, or where he went when it was closed.
    fn cell_of(&self, member: &MemberRow) -> Uuid {
        let moved = self.cells.get(&member.person_id).filter(|_| self.closed.contains(&member.unit_id));
        moved.copied().unwrap_or(member.unit_id)
    }
}

async fn load_base(work: &mut Work<'_>, unit: Option<UnitId>) -> Result<UnitRow> {
    let unit = unit.ok_or_else(|| Refusal::new("CAMPAIGN-006").at("unit"))?;
    let root = work.root();
    org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)
}

fn draft_row(work: &Work<'_>, actor: &Actor, order: &OpenCampaign, unit: &UnitRow) -> Result<CampaignRow> {
    let no_book = || Refusal::new("CAMPAIGN-004").with("year", order.year).at("year");
    let from = Day::of(order.year, 1, 1).ok_or_else(no_book)?;
    let to = Day::of(order.year, 12, 31).ok_or_else(no_book)?;
    let book = work.library().book_on(to).ok_or_else(no_book)?;
    let settings = judge::pin_settings(book, &order.settings)?;
    let title = typed_text(&text::tidy(&order.title), "title", 300)?;
    let campaign: CampaignId = work.id();
    Ok(CampaignRow {
        root_id: actor.root.0,
        campaign_id: campaign.0,
        unit_id: unit.unit_id,
        title: if title.is_empty() {
            format!("Kiểm điểm, đánh giá, xếp loại chất lượng năm {}", order.year)
        } else {
            title
        },
        period_year: i64::from(order.year),
        period_from: from.to_string(),
        period_to: to.to_string(),
        cut_off_on: to.to_string(),
        rule_book_id: book.id.clone(),
        rule_book_seal: book.seal.clone(),
        settings: serde_json::to_string(&settings)?,
        basis: typed_text(&order.basis, "basis", 4000)?,
        state: CampaignState::Open.word().to_owned(),
        opened_by: actor.person.0,
        opened_at: work.at,
    })
}

fn calendar(app: &App, order: &OpenCampaign, row: &CampaignRow) -> Result<Vec<CalendarStep>> {
    let to = stored(Day::parse_stored(&row.period_to), "period_to")?;
    let from = stored(Day::parse_stored(&row.period_from), "period_from")?;
    let book = app.library.book(&row.rule_book_id).ok_or(Error::Denied)?;
    let mut steps = Vec::new();
    for (step, usual) in judge::usual_calendar(book, to) {
        let due_on = match order.calendar.get(&step).filter(|typed| !typed.trim().is_empty()) {
            Some(typed) => typed_day(typed, &format!("due-{step}"))?,
            None => usual,
        };
        steps.push(CalendarStep { step, due_on });
    }
    check_calendar(&steps, from)?;
    Ok(steps)
}

/// Ngày chốt: months of membership are counted to this step of the calendar; a book without it counts to the period's end.
fn cut_off(steps: &[CalendarStep], period_to: &str) -> String {
    const CUT_OFF: &str = "cut_off";
    steps.iter().find(|step| step.step == CUT_OFF).map_or_else(|| period_to.to_owned(), |step| step.due_on.to_string())
}

fn review_of(app: &App, work: &Work<'_>, campaign: &CampaignRow, member: &MemberRow) -> Result<ReviewRow> {
    let case = Case::of_member(app, campaign, member)?;
    let judgement = case.judge();
    let state =
        if judgement.obligation == Obligation::Neither { ReviewState::NotDue } else { ReviewState::AwaitingSelfReview };
    let review: ReviewId = work.id();
    Ok(ReviewRow {
        root_id: campaign.root_id,
        review_id: review.0,
        campaign_id: campaign.campaign_id,
        subject: Subject::Member.word().to_owned(),
        about_id: member.person_id,
        person_id: Some(member.person_id),
        unit_id: member.unit_id,
        state: state.word().to_owned(),
        obligation: judgement.obligation.word().to_owned(),
        obligation_rule: judgement.obligation_rule,
        obligation_reason: judgement.obligation_reason,
        leader: member.leader,
        version: 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_to_the_cut_off_day_that_the_calendar_names() {
        let step = |step: &str, due_on| CalendarStep { step: step.to_owned(), due_on };
        let (plan, cut) = (Day::of(2022, 11, 24).unwrap(), Day::of(2022, 11, 30).unwrap());
        assert_eq!(cut_off(&[step("plan", plan), step("cut_off", cut)], "2022-12-31"), "2022-11-30");
        assert_eq!(cut_off(&[step("plan", plan)], "2022-12-31"), "2022-12-31");
    }
}
