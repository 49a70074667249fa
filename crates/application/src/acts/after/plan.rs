//! Kế hoạch khắc phục with what an act about it asks.

use domain::remediation_plan::{PlanAct, PlanState, after};
use domain::{Refusal, ReviewId};
use store::outcome::remedy::{self, PlanRow};

use super::shortcomings::{self, Known};
use crate::acts::review::Loaded;
use crate::app::{App, Grounds, Work};
use crate::error::{Result, known};

/// State of a plan; one of which nothing is stored is being drawn up.
pub(crate) fn state_of(plan: Option<&PlanRow>) -> Result<PlanState> {
    plan.map_or(Ok(PlanState::Draft), |row| known(PlanState::from_word(&row.state), "plan state"))
}

fn object(review: ReviewId) -> String {
    format!("remediation_plan/{review}")
}

/// Opens the plan for a change: what is added to an approved one is approved anew.
///
/// # Errors
/// `PLAN-001` while it is with the body that approves.
pub(super) async fn amend(work: &mut Work<'_>, review: ReviewId) -> Result<()> {
    let root = work.root();
    let plan = remedy::plan(&mut work.tx, root, review.0).await?;
    let state = state_of(plan.as_ref())?;
    let next = after(state, PlanAct::Amend)?;
    if plan.is_some() && next == state {
        return Ok(());
    }
    keep(work, review, plan, |row| next.word().clone_into(&mut row.state), ("remediation_plan.opened", "")).await
}

/// Stores a plan as `change` makes it and writes it down as `event`, with the reason.
///
/// # Errors
/// `REVIEW-002` somebody changed it meanwhile.
pub(super) async fn keep(
    work: &mut Work<'_>,
    review: ReviewId,
    before: Option<PlanRow>,
    change: impl FnOnce(&mut PlanRow),
    (event, why): (&str, &str),
) -> Result<()> {
    let mut row = before.clone().unwrap_or_else(|| PlanRow {
        root_id: work.root(),
        review_id: review.0,
        state: PlanState::Draft.word().to_owned(),
        sent_by: None,
        sent_at: None,
        judged_by: None,
        judged_at: None,
        reason: String::new(),
        version: 1,
    });
    change(&mut row);
    if before.is_none() {
        remedy::insert_plan(&mut work.tx, &row).await?;
    } else if !remedy::update_plan(&mut work.tx, &row).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    work.note_citing(event, object(review), before.as_ref(), Some(&row), Grounds::because(why))
}

/// What the plan has to answer and what it answers.
pub(crate) struct Answered {
    pub(crate) known: Vec<Known>,
    /// Origin, reason.
    pub(crate) left: Vec<(String, String)>,
    /// Origins that an item takes up.
    pub(crate) taken: Vec<String>,
    pub(crate) items: usize,
}

impl Answered {
    pub(crate) async fn load(app: &App, conn: &mut store::Conn, loaded: &Loaded) -> Result<Self> {
        let (root, review) = (loaded.review.root_id, loaded.review.review_id);
        let items = store::outcome::items_of_review(conn, root, review).await?;
        let left = remedy::shortcomings_left(conn, root, review).await?;
        Ok(Self {
            known: shortcomings::known(app, conn, loaded).await?,
            left: left.into_iter().map(|row| (row.origin, row.reason)).collect(),
            items: items.len(),
            taken: items.into_iter().map(|item| item.origin).collect(),
        })
    }

    /// Why a shortcoming is left, if it is.
    pub(crate) fn left(&self, origin: &str) -> Option<&str> {
        self.left.iter().find(|(known, _)| known == origin).map(|(_, reason)| reason.as_str())
    }

    pub(crate) fn takes(&self, origin: &str) -> bool {
        self.taken.iter().any(|known| known == origin)
    }

    /// Shortcomings with neither an item nor a reason, in words.
    pub(crate) fn open(&self) -> Vec<String> {
        let open = self.known.iter().filter(|one| !self.takes(&one.origin) && self.left(&one.origin).is_none());
        open.map(|one| one.text.clone()).collect()
    }
}
