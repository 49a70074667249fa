//! Lưu bản nháp tự kiểm điểm: as often as one types; nobody but the writer sees a draft.

use domain::form::{Content, Filler, Form};
use domain::org::CivilKind;
use domain::policy::{Act, touches_oneself};
use domain::{Actor, ReviewId};
use store::Conn;
use store::review::{SelfReviewRow, save_draft};

use super::Loaded;
use crate::acts::seen::{Standing, must_be_newest};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};
use crate::judge;

/// What was typed into the form: field → value.
pub type Typed = Content;

/// Saves the draft; returns its version. Length limits hold already, required fields do not. `seen` is the version on which it
/// was typed, 0 when there was none; whoever goes on with his own words is never in his own way.
///
/// # Errors
/// `FORM-002`, `FORM-003`, `REVIEW-001` after the minutes were sealed, `REVIEW-003`, `REVIEW-010` another saved meanwhile;
/// [`Error::Denied`].
pub async fn save_self_review(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    typed: &Typed,
    seen: Option<i64>,
) -> Result<i64> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit_writing(actor, &loaded)?;
    loaded.must_be_due()?;
    domain::review::after(loaded.state()?, domain::review::ReviewAct::Submit)?;
    let before = store::review::draft(&mut work.tx, actor.root.0, review.0).await?;
    if let Some(other) = before.as_ref().filter(|draft| draft.saved_by != actor.person.0) {
        let (saved_by, saved_at) = (Some(other.saved_by), Some(other.saved_at));
        must_be_newest(&mut work, seen, Some(&Standing { version: other.version, saved_by, saved_at })).await?;
    }
    let typed = &with_score(app, &mut work.tx, &loaded, typed).await?;
    let (content, form) = checked(app, &loaded, typed, false)?;
    store_draft(&mut work, actor, &loaded, form, &content).await?;
    work.commit_housekeeping("a draft that only its writer sees").await?;
    Ok(before.map_or(1, |draft| draft.version + 1))
}

/// The person himself, or his cell's secretary for him; for an organisation or a collective whoever heads it, or its office.
pub(crate) fn permit_writing(actor: &Actor, loaded: &Loaded) -> Result<()> {
    let resource = loaded.resource();
    if !loaded.subject.is_person() {
        return permit(actor, Act::WriteCollectiveReview, &resource);
    }
    if touches_oneself(actor, Act::WriteOnBehalf, &resource) {
        return permit(actor, Act::WriteSelfReview, &resource);
    }
    permit(actor, Act::WriteOnBehalf, &resource)
}

/// What was typed with the points of the subject's own scoring sheet, where there is one.
pub(crate) async fn with_score(app: &App, conn: &mut Conn, loaded: &Loaded, typed: &Typed) -> Result<Typed> {
    let mut content = typed.clone();
    let form = app.library.review_form(judge::book_of(app, &loaded.campaign)?, loaded.subject, filler(loaded)?)?;
    judge::scores::onto_form(app, conn, loaded, form, &mut content).await?;
    Ok(content)
}

/// What was typed, tidied and checked against the form of the campaign's rule book.
pub(super) fn checked<'a>(app: &'a App, loaded: &Loaded, typed: &Typed, complete: bool) -> Result<(Content, &'a Form)> {
    let book =
        app.library.book(&loaded.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let filler = filler(loaded)?;
    let form = app.library.review_form(book, loaded.subject, filler)?;
    let content = form.tidy(filler, typed);
    form.check(filler, &content, &judge::grades(book), &judge::levels(book), complete)?;
    Ok((content, form))
}

pub(crate) fn filler(loaded: &Loaded) -> Result<Filler> {
    let civil = match &loaded.person {
        Some(person) => known(CivilKind::from_word(&person.civil_kind), "civil kind")?.is_civil(),
        None => false,
    };
    Ok(Filler { leader: loaded.review.leader, civil })
}

pub(super) async fn store_draft(
    work: &mut Work<'_>,
    actor: &Actor,
    loaded: &Loaded,
    form: &Form,
    content: &Content,
) -> Result<()> {
    let row = SelfReviewRow {
        root_id: actor.root.0,
        review_id: loaded.review.review_id,
        form: form.key(),
        content: serde_json::to_string(content)?,
        saved_at: work.at,
        saved_by: actor.person.0,
        version: 1,
    };
    Ok(save_draft(&mut work.tx, &row).await?)
}
