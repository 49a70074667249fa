//! Thẩm định một đối tượng: the sheet of the advisory body, with the level it proposes to the competent body.

use domain::policy::Act;
use domain::review::{Assessor, ReviewAct, ReviewState};
use domain::verification::{Missing, Sheet, check};
use domain::{Actor, CampaignId, Refusal, ReviewId};
use store::Conn;
use store::verification::VerificationRow;

use super::deciding;
use crate::acts::review::Loaded;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::{UNNAMED, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::judge::{self, Case};

/// The sheet as typed.
#[derive(Debug, Clone, Default)]
pub struct Verify {
    /// Level proposed.
    pub level: String,
    /// Opinion of the verifying body.
    pub opinion: String,
    /// Grounds where the level differs from the self-assessment or the dossier lacks something.
    pub grounds: String,
    /// Version of the sheet on which it was typed, 0 when none was written; none for whoever saw no page.
    pub seen: Option<i64>,
}

/// Saves the sheet; until the decision is issued it can be written anew, the journal keeps the earlier one.
///
/// # Errors
/// `VERIFY-001` … `-005`, `REVIEW-010` changed since, `FORM-002`, `FORM-003` no such level, `REVIEW-001` after the decision; [`Error::Denied`], also for whoever it is about.
pub async fn verify(app: &App, actor: &Actor, review: ReviewId, order: &Verify) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let campaign = CampaignId(loaded.review.campaign_id);
    deciding(&mut work.tx, actor, campaign, loaded.subject, Act::VerifySubject).await?;
    if loaded.person_id() == Some(actor.person) {
        return Err(Error::Denied);
    }
    loaded.must_be_due()?;
    let book = judge::book_of(app, &loaded.campaign)?;
    if !order.level.is_empty() && !judge::levels(book).contains(&order.level) {
        return Err(Refusal::new("FORM-003").with("label", UNNAMED).at("level").into());
    }
    let grounds = typed_text(&order.grounds, "grounds", 4000)?;
    let against = Case::load(app, &mut work.tx, &loaded).await?.judge();
    check(&Sheet {
        proposed: order.level.clone(),
        itself: own_level(&mut work.tx, &loaded).await?,
        missing: dossier_gaps(&mut work.tx, &loaded).await?,
        forbidden: against.against(&order.level).map(judge::Reason::cited),
        grounds: grounds.clone(),
    })?;
    let root = work.root();
    let before = store::verification::verification(&mut work.tx, root, review.0).await?;
    let standing = before.as_ref().map(|sheet| Standing {
        version: sheet.version,
        saved_by: Some(sheet.verified_by),
        saved_at: Some(sheet.verified_at),
    });
    must_be_newest(&mut work, order.seen, standing.as_ref()).await?;
    let row = VerificationRow {
        root_id: root,
        review_id: review.0,
        level: order.level.clone(),
        opinion: typed_text(&order.opinion, "opinion", 8000)?,
        grounds,
        verified_by: actor.person.0,
        verified_at: work.at,
        version: before.as_ref().map_or(1, |before| before.version + 1),
    };
    store::verification::save(&mut work.tx, &row).await?;
    work.note("review.verification_saved", loaded.object(), before.as_ref(), Some(&row))?;
    loaded.advance(&mut work, ReviewAct::Verify, "review.verified", "").await?;
    work.commit().await
}

/// The level the subject gave itself: of its newest word.
pub(crate) async fn own_level(conn: &mut Conn, loaded: &Loaded) -> Result<Option<String>> {
    let opinions = store::review::opinions(conn, loaded.review.root_id, loaded.review.review_id).await?;
    let own = opinions.into_iter().rev().filter(|opinion| opinion.actor != Assessor::SelfAsCivilServant.word());
    let mut own = own.filter(|opinion| Assessor::from_word(&opinion.actor).is_some_and(Assessor::is_subject));
    Ok(own.find_map(|opinion| opinion.level))
}

/// What the dossier lacks.
pub(crate) async fn dossier_gaps(conn: &mut Conn, loaded: &Loaded) -> Result<Vec<Missing>> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let report = !store::review::submitted(conn, root, review).await?.is_empty();
    let meetings = store::meeting::of_unit(conn, root, loaded.review.campaign_id, loaded.unit.unit_id).await?;
    let discussed = loaded.state()? == ReviewState::Discussed
        || meetings.iter().any(|meeting| meeting.state == domain::meeting::MeetingState::Sealed.word());
    let opinions = store::review::opinions(conn, root, review).await?;
    let others = opinions.iter().any(|one| Assessor::from_word(&one.actor).is_some_and(|actor| !actor.is_subject()));
    let gaps = [(report, Missing::Report), (discussed, Missing::Minutes), (others, Missing::Opinions)];
    Ok(gaps.into_iter().filter(|(there, _)| !there).map(|(_, gap)| gap).collect())
}
