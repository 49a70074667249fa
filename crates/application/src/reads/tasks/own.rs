//! Hồ sơ của tôi: what is expected of a person in each round, by when, and afterwards the result.

use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Actor, Day, ReviewId};
use serde::Serialize;
use store::Conn;
use store::review::ReviewListRow;

use crate::app::App;
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Một hồ sơ của tôi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnReview {
    /// Review.
    pub id: ReviewId,
    /// Title of the campaign.
    pub campaign: String,
    /// Where it is reviewed.
    pub unit_name: String,
    /// What is said of it: the word of `ReviewState`, or `not_rated` when it ended without a level.
    pub said: &'static str,
    /// Last day for what comes next.
    pub due_on: Option<Day>,
    /// Whether the day has passed.
    pub late: bool,
    /// Why not the ordinary obligation.
    pub reason: String,
    /// Whether the book goes by points, so that there is a scoring sheet to fill in.
    pub scores: bool,
    /// Level's id and name in the issued decision, when there is one.
    pub level: Option<(String, Words)>,
}

/// The actor's own reviews, newest first.
pub(super) async fn own_reviews_on(app: &App, conn: &mut Conn, actor: &Actor) -> Result<Vec<OwnReview>> {
    let mut list = Vec::new();
    for review in store::review::list_of_person(conn, actor.root.0, actor.person.0).await? {
        list.push(own_review(app, conn, actor, review).await?);
    }
    Ok(list)
}

/// Step of the calendar by which a review should be further.
const fn awaited(state: ReviewState) -> Option<&'static str> {
    match state {
        ReviewState::AwaitingSelfReview => Some("self_review"),
        ReviewState::SelfReviewed => Some("meeting"),
        ReviewState::Discussed => Some("proposal"),
        ReviewState::Proposed => Some("decision"),
        _ => None,
    }
}

async fn own_review(app: &App, conn: &mut Conn, actor: &Actor, review: ReviewListRow) -> Result<OwnReview> {
    let root = actor.root.0;
    let campaign = store::campaign::campaign(conn, root, review.campaign_id).await?.ok_or(Error::Denied)?;
    let state = known(ReviewState::from_word(&review.state), "state of a review")?;
    let mut due_on = None;
    let mine = state == ReviewState::AwaitingSelfReview;
    if let Some(step) = awaited(state) {
        let steps = store::campaign::steps(conn, root, review.campaign_id).await?;
        let day = steps.into_iter().find(|one| one.step == step).map(|one| one.due_on);
        due_on = day.map(|day| stored(Day::parse_stored(&day), "due_on")).transpose()?;
        // What others do late is not held against whoever waits for it.
        due_on = due_on.filter(|due| mine || *due >= app.clock.today());
    }
    let mut level = None;
    if state == ReviewState::Decided {
        let book = judge::book_of(app, &campaign)?;
        let row = store::journal::issued_on(conn, root, review.review_id).await?.pop();
        level = row.and_then(|row| book.level(&row.level).map(|level| (row.level, Words::from(&level.title))));
    }
    let ended = state == ReviewState::Decided && level.is_none();
    let book = judge::book_of(app, &campaign)?;
    Ok(OwnReview {
        scores: !judge::scores::frames(book, Subject::Member.word()).is_empty(),
        id: ReviewId(review.review_id),
        campaign: campaign.title,
        unit_name: review.unit_name,
        said: if ended { "not_rated" } else { state.word() },
        due_on,
        late: due_on.is_some_and(|due| due < app.clock.today()),
        reason: if review.obligation == Obligation::ReviewAndClassify.word() {
            String::new()
        } else {
            review.obligation_reason
        },
        level,
    })
}
