//! Ghi số, ngày của một văn bản as the office gave them. Both can be put right later; each change is in the journal.

use domain::policy::{Act, Resource};
use domain::{Actor, Day, Refusal, ReviewId};
use uuid::Uuid;

use super::{Entry, Numbering, dated};
use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::library::COLLECTIVE_REVIEW;
use crate::papers::place::{Place, day_of};
use crate::papers::{UnitPaper, What, catalogue, number};

/// Number and day as typed.
#[derive(Debug, Clone, Default)]
pub struct NumberPaper {
    /// Number in the register; an empty one leaves the place on the paper blank.
    pub number: String,
    /// Day on the paper, empty for the usual one.
    pub dated_on: String,
    /// Name of the field of the number.
    pub number_field: String,
    /// Name of the field of the day.
    pub day_field: String,
}

/// Enters the number of a paper in the register of the unit that issues it. The decision has its number on its own page.
///
/// # Errors
/// `REGISTER-001` … `-003`, `-005`; `PAPER-001` … `-006` when the paper does not exist yet; `FORM-002`, `-004`; [`Error::Denied`]
/// for papers that carry no number and for whoever does not keep the register.
pub async fn number_paper(app: &App, actor: &Actor, what: What, order: &NumberPaper) -> Result<Numbering> {
    let mut work = Work::begin(app, actor).await?;
    let number = typed_text(&order.number, &order.number_field, 30)?;
    let (kind, object, unit, days) = match what {
        What::OfUnit { paper: UnitPaper::Decision, .. }
        | What::Draft(_)
        | What::BlankSlip(_)
        | What::SubjectRegister { .. }
        | What::Reported { .. }
        | What::Agenda(_)
        | What::Calibration(_)
        | What::Published(_)
        | What::Transmission(_)
        | What::Chase(..)
        | What::ScoreSheet(_)
        | What::Suggestion(_)
        | What::Assignments(_)
        | What::Slip(_) => return Err(Error::Denied),
        What::OfUnit { campaign, unit, paper } => {
            let mut place = Place::find(app, &mut work.tx, actor.root.0, campaign.0, unit.0).await?;
            permit(actor, Act::NumberPapers, &place.resource())?;
            let days = number::days(&mut place, paper).await?;
            // A number that was given by mistake can always be taken back.
            if !number.is_empty() {
                catalogue::must_exist(&mut place, paper).await?;
            }
            (paper.meaning(), number::object(paper.meaning(), campaign.0, unit.0), unit.0, days)
        }
        What::SelfReview(review) => report(&mut work, actor, review).await?,
        What::Notice(review) => {
            let loaded = Loaded::load(&mut work.tx, actor, review).await?;
            let root = work.root();
            let base = loaded.campaign.unit_id;
            let place = Place::find(app, &mut work.tx, root, loaded.campaign.campaign_id, base).await?;
            permit(actor, Act::NumberPapers, &place.resource())?;
            let notice = store::outcome::notice(&mut work.tx, root, review.0).await?;
            let notice = notice.ok_or_else(|| Refusal::new("PAPER-006"))?;
            let issued_on = stored(Day::parse_stored(&notice.issued_on), "issued_on")?;
            (number::NOTICE, number::object_of_notice(review), base, (issued_on, issued_on))
        }
    };
    let dated_on = dated(&work, &order.dated_on, &order.day_field, days)?;
    let entry = Entry { kind, object, unit, number, dated_on };
    let done = entry.enter(&mut work, actor, &order.number_field).await?;
    if done != Numbering::Unchanged {
        work.commit().await?;
    }
    Ok(done)
}

/// Kind, name in the register, unit, usual day and earliest one.
type Numbered = (&'static str, String, Uuid, (Day, Day));

/// The report of an organisation or a collective stands in the register of the unit that reports.
async fn report(work: &mut Work<'_>, actor: &Actor, review: ReviewId) -> Result<Numbered> {
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    if loaded.subject.is_person() {
        return Err(Error::Denied);
    }
    permit(actor, Act::NumberPapers, &Resource::of_unit(&loaded.unit.path))?;
    let handed_in = store::review::submitted(&mut work.tx, loaded.review.root_id, review.0).await?;
    let usual = day_of(handed_in.first().ok_or_else(|| Refusal::new("PAPER-007"))?.submitted_at);
    let earliest = stored(Day::parse_stored(&loaded.campaign.period_from), "period_from")?;
    Ok((COLLECTIVE_REVIEW, number::object_of_report(review), loaded.unit.unit_id, (usual, earliest.min(usual))))
}
