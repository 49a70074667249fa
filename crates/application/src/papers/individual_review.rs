//! Bản kiểm điểm cá nhân: the handed-in version, or the draft for its writer, with what others have added since.

use std::collections::BTreeMap;

use domain::form::Content;
use domain::policy::{Act, allows};
use domain::review::Assessor;
use domain::{Actor, Day, PersonId, Refusal};
use serde::Serialize;
use store::review::SubmittedRow;

use super::decision;
use super::explanations::explain;
use super::place::{Letterhead, LevelHead, Place, day, day_of, shown};
use super::proposal_list::was_sent;
use super::words::official_day;
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};

/// Bản kiểm điểm cá nhân.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndividualReview {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Line of the journal, or that it is a draft.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// Whether the leader's part applies.
    pub is_leader: bool,
    /// Who wrote it for him, and why; empty when he wrote it himself.
    pub filled_by: String,
    /// Who he is.
    pub person: Particulars,
    /// Field of the form → text, grade or level.
    pub answers: Content,
    /// Grades.
    pub grades: Vec<GradeBox>,
    /// Levels.
    pub levels: Vec<LevelHead>,
    /// Comment and level of the head of his agency.
    pub agency: Comment,
    /// Comment and proposed level of the cell.
    pub cell: Comment,
    /// Decided level.
    pub base: Verdict,
}

/// Lý lịch trên bản kiểm điểm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Particulars {
    /// Name.
    pub name: String,
    /// Day of birth.
    pub birth: String,
    /// Posts in the Party.
    pub party_post: String,
    /// Posts in government.
    pub state_post: String,
    /// Posts in mass organisations.
    pub mass_post: String,
    /// Where he works.
    pub workplace: String,
    /// Cell.
    pub cell: String,
}

/// Một cấp độ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GradeBox {
    /// Id in the rule book.
    pub id: String,
    /// Name.
    pub label: String,
}

/// Nhận xét kèm mức.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// Comment.
    pub comment: String,
    /// Level.
    pub level: String,
    /// Place and day.
    pub place_date: String,
    /// Signer.
    pub signer: String,
}

/// Mức được quyết định.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Level.
    pub level: String,
    /// Place and day.
    pub place_date: String,
    /// Signer.
    pub signer: String,
}

/// What is printed: the form with its content.
pub(super) struct Written {
    pub(super) form: String,
    pub(super) paper: IndividualReview,
}

/// Whether the actor may print a handed-in version: who prints for the unit, or the person himself.
pub(super) fn permitted(actor: &Actor, loaded: &Loaded) -> Result<()> {
    let own = loaded.is_own(actor) && allows(actor, Act::ViewSelfReview, &loaded.resource());
    if own || allows(actor, Act::PrintPapers, &loaded.resource()) { Ok(()) } else { Err(Error::Denied) }
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
    let mut paper = fill(&mut place, loaded, &handed_in.form, content, day_of(handed_in.submitted_at), foot).await?;
    paper.filled_by = filled_by(&mut place, &handed_in).await?;
    paper.agency = agency(&mut place, loaded).await?;
    paper.cell = cell(&mut place, loaded).await?;
    paper.base = base(&mut place, loaded).await?;
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
    let mut paper = fill(&mut place, loaded, &draft.form, content, day_of(draft.saved_at), foot.clone()).await?;
    paper.filled_by = foot;
    Ok(Written { form: draft.form, paper })
}

async fn fill(
    place: &mut Place<'_>,
    loaded: &Loaded,
    form: &str,
    content: Content,
    on: Day,
    foot: String,
) -> Result<IndividualReview> {
    let form = place.app.library.form(form).ok_or_else(|| Error::Fault(format!("no form {form}")))?;
    let fields = form.sections.iter().flat_map(|section| &section.fields);
    let answers: BTreeMap<String, String> =
        fields.map(|field| (field.id.clone(), content.get(&field.id).cloned().unwrap_or_default())).collect();
    let roll = place.roll(on).await?;
    let person = loaded.person()?;
    Ok(IndividualReview {
        letterhead: place.letterhead(on)?,
        checkpoint: foot,
        year: place.year(),
        is_leader: loaded.review.leader,
        filled_by: String::new(),
        person: Particulars {
            name: person.full_name.clone(),
            birth: shown(person.born_on.as_deref())?,
            party_post: roll.party(person.person_id),
            state_post: person.government_post.clone(),
            mass_post: person.mass_post.clone(),
            workplace: person.workplace.clone(),
            cell: loaded.unit.name.clone(),
        },
        answers,
        grades: place.grades().into_iter().map(|grade| GradeBox { id: grade.id, label: grade.label }).collect(),
        levels: place.levels(),
        agency: Comment::default(),
        cell: Comment::default(),
        base: Verdict::default(),
    })
}

async fn filled_by(place: &mut Place<'_>, handed_in: &SubmittedRow) -> Result<String> {
    let Some(reason) = &handed_in.on_behalf_reason else { return Ok(String::new()) };
    let writer = place.name(handed_in.submitted_by).await?;
    let on = official_day(day_of(handed_in.submitted_at));
    Ok(place.words.individual_review.filled_by.say(&[("writer", &writer), ("day", &on), ("reason", reason)]))
}

async fn agency(place: &mut Place<'_>, loaded: &Loaded) -> Result<Comment> {
    let opinions = store::review::opinions(place.conn, place.root, loaded.review.review_id).await?;
    let Some(opinion) = opinions.into_iter().rev().find(|opinion| opinion.actor == Assessor::HeadOfAgency.word())
    else {
        return Ok(Comment::default());
    };
    let place_date = place.place_date(day(&opinion.stated_on)?);
    Ok(Comment {
        comment: opinion.comment,
        level: opinion.level.unwrap_or_default(),
        place_date,
        signer: opinion.signer,
    })
}

/// The cell's comment, and the level once the proposal was sent.
async fn cell(place: &mut Place<'_>, loaded: &Loaded) -> Result<Comment> {
    let (root, review) = (place.root, loaded.review.review_id);
    let opinions = store::review::opinions(place.conn, root, review).await?;
    let opinion = opinions.into_iter().rev().find(|opinion| opinion.actor == Assessor::CellCommittee.word());
    let mut said =
        Comment { comment: opinion.map_or_else(String::new, |opinion| opinion.comment), ..Comment::default() };
    let proposal =
        store::outcome::proposal_of_unit(place.conn, root, place.campaign.campaign_id, place.unit.unit_id).await?;
    let Some(proposal) = proposal.filter(was_sent) else { return Ok(said) };
    let lines = store::outcome::proposal_lines(place.conn, root, proposal.proposal_id).await?;
    let Some(line) = lines.into_iter().find(|line| line.review_id == review) else { return Ok(said) };
    said.level = line.level;
    if let Some(sent_at) = proposal.sent_at {
        let on = day_of(sent_at);
        said.place_date = place.place_date(on);
        said.signer = place.signature(on).await?.name;
    }
    Ok(said)
}

/// The decided level once the decision was issued.
async fn base(place: &mut Place<'_>, loaded: &Loaded) -> Result<Verdict> {
    let root = place.root;
    let decision = match store::outcome::notice(place.conn, root, loaded.review.review_id).await? {
        Some(notice) => store::outcome::decision_by_id(place.conn, root, notice.decision_id).await?,
        None => None,
    };
    let Some(decision) = decision.filter(decision::issued) else { return Ok(Verdict::default()) };
    let lines = store::outcome::decision_lines(place.conn, root, decision.decision_id).await?;
    let Some(line) = lines.into_iter().find(|line| line.review_id == loaded.review.review_id) else {
        return Ok(Verdict::default());
    };
    let mut body = place.of_deciding_body().await?;
    let place_date = body.place_date(day(&decision.signed_on)?);
    let signer = body.name(PersonId(decision.signer_id).0).await?;
    Ok(Verdict { level: line.level, place_date, signer })
}
