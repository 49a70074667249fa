//! Giấy tờ khác của một đơn vị: papers that arise on other pages, offered beside those of the unit.

use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::subject::Subject;
use domain::{Actor, CalibrationId, CampaignId, DecisionId, ReviewId, ScoreSheetId, UnitId};
use uuid::Uuid;

use super::place::{Place, day};
use super::published_list::PUBLISHED_LIST;
use super::session_agenda::SESSION_AGENDA;
use super::sheet::{What, form_of};
use super::subject_register::SUBJECT_REGISTER;
use super::words::official_day;
use crate::acts::decision::CALIBRATION_MINUTES;
use crate::acts::review::Loaded;
use crate::error::{Result, known};
use crate::reads::scores;

/// Một loại giấy khác.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherOffer {
    /// Which.
    pub what: What,
    /// Name.
    pub title: String,
    /// On what, empty when the unit has only one.
    pub about: String,
}

/// The other papers that the reader may print now.
pub(super) async fn others(place: &mut Place<'_>, actor: &Actor) -> Result<Vec<OtherOffer>> {
    let (campaign, unit) = (CampaignId(place.campaign.campaign_id), UnitId(place.unit.unit_id));
    let mut offers = vec![offer(place, What::SubjectRegister { campaign, unit }, SUBJECT_REGISTER, String::new())?];
    if place.unit.unit_id == place.campaign.unit_id {
        offers.extend(of_deciding_body(place, actor, campaign).await?);
    }
    offers.extend(score_sheets(place, actor).await?);
    Ok(offers)
}

fn offer(place: &Place<'_>, what: What, meaning: &str, about: String) -> Result<OtherOffer> {
    Ok(OtherOffer { what, title: form_of(place.book, meaning)?.1, about })
}

async fn of_deciding_body(place: &mut Place<'_>, actor: &Actor, campaign: CampaignId) -> Result<Vec<OtherOffer>> {
    let mut offers = Vec::new();
    if allows(actor, Act::ViewPreparation, &Resource::of_unit(&place.unit.path)) {
        offers.push(offer(place, What::Agenda(campaign), SESSION_AGENDA, String::new())?);
        for subject in Subject::ALL {
            for row in store::outcome::calibrations(place.conn, place.root, campaign.0, subject.word()).await? {
                let about = format!("{}, {}", name_of(place, *subject), official_day(day(&row.held_on)?));
                let what = What::Calibration(CalibrationId(row.calibration_id));
                offers.push(offer(place, what, CALIBRATION_MINUTES, about)?);
            }
        }
    }
    for row in store::outcome::decisions(place.conn, place.root, campaign.0).await? {
        if row.state == DecisionState::Issued.word() {
            let about = name_of(place, known(Subject::from_word(&row.subject), "subject")?);
            offers.push(offer(place, What::Published(DecisionId(row.decision_id)), PUBLISHED_LIST, about)?);
        }
    }
    Ok(offers)
}

fn name_of(place: &Place<'_>, subject: Subject) -> String {
    place.words.summary.subject.get(subject.word()).map_or_else(String::new, |subject| subject.plain().to_owned())
}

/// The newest scoring sheet of each role on the reviews of the unit, where the book knows points.
async fn score_sheets(place: &mut Place<'_>, actor: &Actor) -> Result<Vec<OtherOffer>> {
    if place.book.points.frames.is_empty() {
        return Ok(Vec::new());
    }
    let campaign = place.campaign.clone();
    let members = store::review::list_of_unit(place.conn, place.root, campaign.campaign_id, place.unit.unit_id).await?;
    let others = store::running::others_of_unit(place.conn, &campaign, place.unit.unit_id).await?;
    let reviews: Vec<Uuid> =
        members.iter().map(|one| one.review_id).chain(others.iter().map(|one| one.review_id)).collect();
    let mut offers = Vec::new();
    for review in reviews {
        let sheets = store::review::score_sheets(place.conn, place.root, review).await?;
        let Some(newest) = sheets.last() else { continue };
        let loaded = Loaded::load(place.conn, actor, ReviewId(review)).await?;
        if scores::reads(actor, &loaded) {
            let meaning = super::score_sheet::meaning(loaded.subject);
            let what = What::ScoreSheet(ScoreSheetId(newest.sheet_id));
            offers.push(offer(place, what, meaning, loaded.name()?)?);
        }
    }
    Ok(offers)
}
