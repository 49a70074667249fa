//! Báo cáo kiểm điểm của tập thể: the handed-in version, or the draft for its writer, signed for the body.

use std::collections::BTreeMap;

use domain::form::Content;
use domain::{Actor, Day, Refusal, ReviewId};
use serde::Serialize;

use super::explanations::explain;
use super::individual_review::{GradeBox, permitted};
use super::number;
use super::place::{Letterhead, LevelHead, Place, day_of};
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};
use crate::library::COLLECTIVE_REVIEW;

/// Báo cáo kiểm điểm của tập thể.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectiveReview {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, or the place where it is written by hand.
    pub number: String,
    /// Line of the journal, or that it is a draft.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Which collective or organisation reports.
    pub subject: String,
    /// Field of the form → text, grade, points or level.
    pub answers: Content,
    /// Grades.
    pub grades: Vec<GradeBox>,
    /// Levels.
    pub levels: Vec<LevelHead>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
    /// To whom it goes.
    pub recipients: Vec<String>,
}

/// What is printed: the form with its content.
pub(super) struct Written {
    pub(super) form: String,
    pub(super) paper: CollectiveReview,
}

/// The newest version that was handed in.
pub(super) async fn read(app: &App, actor: &Actor, conn: &mut store::Conn, loaded: &Loaded) -> Result<Written> {
    permitted(actor, loaded)?;
    let handed_in = store::review::submitted(conn, actor.root.0, loaded.review.review_id).await?;
    let handed_in = handed_in.into_iter().next().ok_or_else(|| Error::from(Refusal::new("PAPER-007")))?;
    let mut place = Place::find(app, conn, actor.root.0, loaded.campaign.campaign_id, loaded.unit.unit_id).await?;
    let mut content: Content = serde_json::from_str(&handed_in.content)?;
    let of = (place.root, loaded.review.review_id);
    explain(place.conn, place.book, of, &mut content, handed_in.submitted_at).await?;
    let foot = place.checkpoint(Some(handed_in.submitted_at)).await?;
    let paper = fill(&mut place, loaded, &handed_in.form, &content, (day_of(handed_in.submitted_at), foot)).await?;
    Ok(Written { form: handed_in.form, paper })
}

/// The draft, for whoever typed it.
pub(super) async fn read_draft(app: &App, actor: &Actor, conn: &mut store::Conn, loaded: &Loaded) -> Result<Written> {
    let draft = store::review::draft(conn, actor.root.0, loaded.review.review_id).await?.ok_or(Error::Denied)?;
    if draft.saved_by != actor.person.0 {
        return Err(Error::Denied);
    }
    let mut place = Place::find(app, conn, actor.root.0, loaded.campaign.campaign_id, loaded.unit.unit_id).await?;
    let mut content: Content = serde_json::from_str(&draft.content)?;
    let of = (place.root, loaded.review.review_id);
    explain(place.conn, place.book, of, &mut content, app.clock.now()).await?;
    let foot = place.words.draft.plain().to_owned();
    let paper = fill(&mut place, loaded, &draft.form, &content, (day_of(draft.saved_at), foot)).await?;
    Ok(Written { form: draft.form, paper })
}

async fn fill(
    place: &mut Place<'_>,
    loaded: &Loaded,
    form: &str,
    content: &Content,
    (on, foot): (Day, String),
) -> Result<CollectiveReview> {
    let form = place.app.library.form(form).ok_or_else(|| Error::Fault(format!("no form {form}")))?;
    let fields = form.sections.iter().flat_map(|section| &section.fields);
    let answers: BTreeMap<String, String> =
        fields.map(|field| (field.id.clone(), content.get(&field.id).cloned().unwrap_or_default())).collect();
    let object = number::object_of_report(ReviewId(loaded.review.review_id));
    let entered = store::register::of_paper(place.conn, place.root, &object).await?;
    let (number, on) = place.numbered(COLLECTIVE_REVIEW, entered.as_ref(), on)?;
    let signature = place.signature(on).await?;
    Ok(CollectiveReview {
        letterhead: place.letterhead(on)?,
        number: if number.is_empty() { place.by_hand(COLLECTIVE_REVIEW) } else { number },
        checkpoint: foot,
        year: place.year(),
        subject: loaded.name()?,
        answers,
        grades: place.grades().into_iter().map(|grade| GradeBox { id: grade.id, label: grade.label }).collect(),
        levels: place.levels(),
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
        recipients: recipients(place)?,
    })
}

/// The body above, if one is known, and the office that keeps the paper.
fn recipients(place: &Place<'_>) -> Result<Vec<String>> {
    let (words, superior) = (&place.words.collective_review, place.superior());
    let above = (!superior.is_empty()).then(|| words.reported_to.say(&[("superior", superior)]));
    Ok(above.into_iter().chain([place.body()?.office.plain().to_owned()]).collect())
}
