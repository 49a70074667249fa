//! Yêu cầu cho ý kiến gửi nơi sinh hoạt tạm thời.

use domain::policy::{self, Act, Resource};
use domain::review::Assessor;
use domain::{ActivityId, Actor, Day, PersonId, ReviewId};
use serde::Serialize;
use store::Conn;
use store::temporary::{self, AskedRow};

use crate::acts::review::Loaded;
use crate::acts::temporary::{asked, must_wait};
use crate::app::App;
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

/// Trạng thái của một yêu cầu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Review.
    pub review: ReviewId,
    /// Activity.
    pub activity: ActivityId,
    /// Who is reviewed.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Official cell.
    pub official: String,
    /// Temporary cell.
    pub temporary: String,
    /// Round.
    pub campaign: String,
    /// Last day for the answer.
    pub due_on: Option<Day>,
    /// Whether that day has passed.
    pub late: bool,
    /// Whether it was answered.
    pub answered: bool,
    /// Why the official cell went on without it; empty when it did not.
    pub waived: String,
}

impl Request {
    fn of(row: AskedRow, today: Day) -> Result<Self> {
        let due_on = row.due_on.as_deref().map(|text| stored(Day::parse_stored(text), "due_on")).transpose()?;
        Ok(Self {
            review: ReviewId(row.review_id),
            activity: ActivityId(row.activity_id),
            person: PersonId(row.person_id),
            name: row.full_name,
            official: row.unit_name,
            temporary: row.temporary_name,
            campaign: row.campaign_title,
            due_on,
            late: due_on.is_some_and(|due| due < today),
            answered: row.answers > 0,
            waived: row.waived.unwrap_or_default(),
        })
    }

    /// Whether the temporary cell still owes its opinion.
    #[must_use]
    pub const fn waits(&self) -> bool {
        !self.answered && self.waived.is_empty()
    }
}

/// Trang của một yêu cầu.
#[derive(Debug, Clone, Serialize)]
pub struct RequestPage {
    /// The request.
    pub request: Request,
    /// Opinions of temporary cells so far: comment, signer, day.
    pub opinions: Vec<(String, String, Day)>,
    /// Levels to choose from: id and name.
    pub levels: Vec<(String, Words)>,
    /// Whether the reader may answer.
    pub may_answer: bool,
    /// Whether the reader may go on without an answer.
    pub may_waive: bool,
}

/// A request, for the cell that is asked and for the one that asks.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn request(app: &App, actor: &Actor, review: ReviewId, activity: ActivityId) -> Result<RequestPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = asked(&mut conn, root, review, activity).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let there = Resource::about(&row.temporary_path, PersonId(row.person_id));
    let answers = policy::allows(actor, Act::AnswerForTemporaryCell, &there)
        && !policy::touches_oneself(actor, Act::AnswerForTemporaryCell, &there);
    let waives = policy::allows(actor, Act::StateOpinion, &loaded.resource());
    if !answers && !waives && !policy::allows(actor, Act::ViewReview, &loaded.resource()) {
        return Err(Error::Denied);
    }
    let open = must_wait(&loaded.review.state).is_ok();
    let request = Request::of(row, app.clock.today())?;
    let opinions = store::review::opinions(&mut conn, root, review.0).await?;
    let opinions = opinions.into_iter().filter(|one| one.actor == Assessor::TemporaryCell.word());
    let opinions = opinions.map(|one| {
        let on = stored(Day::parse_stored(&one.stated_on), "stated_on")?;
        Ok((one.comment, one.signer, on))
    });
    let book = judge::book_of(app, &loaded.campaign)?;
    Ok(RequestPage {
        opinions: opinions.collect::<Result<_>>()?,
        levels: book.levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect(),
        may_answer: open && answers,
        may_waive: open && waives && request.waits(),
        request,
    })
}

/// The requests of the undecided reviews of one person, as far as the reader may see the reviews.
///
/// # Errors
/// [`Error::Fault`].
pub async fn of_person(app: &App, actor: &Actor, person: PersonId) -> Result<Vec<Request>> {
    let mut conn = app.read(actor.root).await?;
    let mut list = Vec::new();
    for review in store::review::list_of_person(&mut conn, actor.root.0, person.0).await? {
        let resource = Resource::about(&review.unit_path, person);
        if must_wait(&review.state).is_ok() && policy::allows(actor, Act::ViewReview, &resource) {
            for row in temporary::asked_for_review(&mut conn, actor.root.0, review.review_id).await? {
                list.push(Request::of(row, app.clock.today())?);
            }
        }
    }
    Ok(list)
}

/// What cells headed by the reader are asked and have not answered.
pub(super) async fn waiting(app: &App, conn: &mut Conn, actor: &Actor) -> Result<Vec<Request>> {
    let mut list = Vec::new();
    for post in &actor.posts {
        if !policy::allows(actor, Act::AnswerForTemporaryCell, &Resource::of_unit(&post.path)) {
            continue;
        }
        for row in temporary::asked_of_unit(conn, actor.root.0, post.unit.0).await? {
            let request = Request::of(row, app.clock.today())?;
            let known = list.contains(&request);
            if request.waits() && request.person != actor.person && !known {
                list.push(request);
            }
        }
    }
    Ok(list)
}
