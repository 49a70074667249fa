//! Ghi phiếu phân tích chất lượng: a body that takes part grades an organisation or a collective. Older slips stay; the
//! grades of the verifying body become facts.

use std::collections::{BTreeMap, BTreeSet};

use domain::policy::{Act, Resource, allows};
use domain::review::{ReviewAct, ReviewState, after};
use domain::slip::{Slip, SlipCriterion, SlipRole, SlipScale};
use domain::{Actor, Day, FactId, Refusal, ReviewId, SlipId, text};
use store::Conn;
use store::review::{FactRow, SlipRow, insert_fact, insert_slip};

use super::Loaded;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::judge;

/// A slip as typed.
#[derive(Debug, Clone, Default)]
pub struct RecordSlip {
    /// The body that takes part.
    pub body: String,
    /// Word of [`SlipRole`].
    pub role: String,
    /// Criterion → grade; empty ones are left out.
    pub grades: BTreeMap<String, String>,
    /// Proposed level, or empty.
    pub level: String,
    /// General comment.
    pub comment: String,
    /// Name and post of the signer.
    pub signer: String,
    /// Day of the paper.
    pub signed_on: String,
}

/// Enters a slip from its paper.
///
/// # Errors
/// `SLIP-001` … `-005`, `FORM-002` … `-004`, `REVIEW-001` after the decision, `REVIEW-003` when it owes no review;
/// [`Error::Denied`] about persons, and for others than the office of the body that decides.
pub async fn record_slip(app: &App, actor: &Actor, review: ReviewId, order: &RecordSlip) -> Result<SlipId> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit_slips(&mut work.tx, actor, &loaded).await?;
    loaded.must_be_due()?;
    if !open(&loaded)? {
        return Err(Refusal::new("REVIEW-001").into());
    }
    let role =
        SlipRole::from_word(&order.role).ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("role"))?;
    let (slip, signed_on) = typed(order)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let facts = store::review::facts(&mut work.tx, actor.root.0, review.0).await?;
    let graded: BTreeSet<String> =
        facts.iter().filter_map(|fact| fact.name.strip_prefix(GRADE)).map(str::to_owned).collect();
    let (criteria, grades, levels) = (criteria_of(book, &loaded), judge::grades(book), judge::levels(book));
    slip.check(role, SlipScale { criteria: &criteria, grades: &grades, levels: &levels }, &graded)?;
    let row = row(&work, actor, &loaded, role, (&slip, signed_on))?;
    insert_slip(&mut work.tx, &row).await?;
    work.note("review.slip_recorded", loaded.object(), None, Some(&row))?;
    if role == SlipRole::Verifying && !slip.grades.is_empty() {
        state_grades(&mut work, actor, &loaded, &slip, signed_on).await?;
    }
    work.commit().await?;
    Ok(SlipId(row.slip_id))
}

const GRADE: &str = "grade.";

/// Slips are entered by the office of the body that decides on the organisation or collective.
pub(crate) async fn permit_slips(conn: &mut Conn, actor: &Actor, loaded: &Loaded) -> Result<()> {
    if loaded.subject.is_person() {
        return Err(Error::Denied);
    }
    loaded.permit_stating(conn, actor, Act::StateOpinion).await
}

/// Whether the reader sees a slip in this role: what the verifying body wrote is part of the preparation until it is decided.
pub(crate) async fn sees_slip(conn: &mut Conn, actor: &Actor, loaded: &Loaded, role: &str) -> Result<bool> {
    if role != SlipRole::Verifying.word() || loaded.state()? == ReviewState::Decided {
        return Ok(true);
    }
    let body = store::org::unit(conn, actor.root.0, loaded.campaign.unit_id).await?.ok_or(Error::Denied)?;
    Ok(allows(actor, Act::ViewPreparation, &Resource::of_unit(&body.path)))
}

/// Whether facts may still be stated.
pub(crate) fn open(loaded: &Loaded) -> Result<bool> {
    let state = loaded.state()?;
    Ok(after(state, ReviewAct::Propose).is_ok() || after(state, ReviewAct::Submit).is_ok())
}

/// The criteria of the book by which the subject is analysed.
fn criteria_of(book: &rules::Book, loaded: &Loaded) -> Vec<SlipCriterion> {
    let criteria = book.criteria_of(loaded.subject.word()).into_iter();
    let one = |criterion: &rules::book::Criterion| SlipCriterion {
        id: criterion.id.clone(),
        title: criterion.title.vi.clone(),
        always: criterion.only_for.is_none(),
    };
    criteria.map(one).collect()
}

fn typed(order: &RecordSlip) -> Result<(Slip, Day)> {
    let signed_on = typed_day(&order.signed_on, "signed_on");
    let slip = Slip {
        body: text::tidy(&typed_text(&order.body, "body", 300)?),
        grades: order
            .grades
            .iter()
            .filter(|(_, grade)| !grade.is_empty())
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect(),
        level: order.level.clone(),
        comment: typed_text(&order.comment, "comment", 4000)?,
        signer: typed_text(&order.signer, "signer", 200)?,
    };
    Ok((slip, signed_on?))
}

fn row(
    work: &Work<'_>,
    actor: &Actor,
    loaded: &Loaded,
    role: SlipRole,
    (slip, signed_on): (&Slip, Day),
) -> Result<SlipRow> {
    Ok(SlipRow {
        root_id: work.root(),
        slip_id: work.id::<SlipId>().0,
        review_id: loaded.review.review_id,
        body: slip.body.clone(),
        body_key: slip.body.to_lowercase(),
        role: role.word().to_owned(),
        grades: serde_json::to_string(&slip.grades)?,
        level: (!slip.level.is_empty()).then(|| slip.level.clone()),
        comment: slip.comment.clone(),
        signer: slip.signer.clone(),
        signed_on: signed_on.to_string(),
        entered_by: actor.person.0,
        entered_at: work.at,
    })
}

/// The grades of the verifying body are stated as facts that rest on its slip; nothing is computed from several slips.
async fn state_grades(work: &mut Work<'_>, actor: &Actor, loaded: &Loaded, slip: &Slip, on: Day) -> Result<()> {
    let evidence = crate::papers::slip_as_evidence(&slip.body, on)?;
    let mut rows = Vec::new();
    for (criterion, grade) in &slip.grades {
        rows.push(FactRow {
            root_id: work.root(),
            fact_id: work.id::<FactId>().0,
            review_id: loaded.review.review_id,
            name: format!("{GRADE}{criterion}"),
            value: grade.clone(),
            evidence: evidence.clone(),
            stated_by: actor.person.0,
            stated_at: work.at,
        });
    }
    for row in &rows {
        insert_fact(&mut work.tx, row).await?;
    }
    work.note("review.facts_stated", loaded.object(), None, Some(&rows))
}
