//! Đối tượng của đợt ngoài đảng viên: the organisations, collectives and leaders on whom the body that opened the round decides.

use std::collections::BTreeSet;

use domain::authority::Competence;
use domain::org::{Title, has_members, holds_on};
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Day, ReviewId, UnitId};
use store::campaign::CampaignRow;
use store::org::{self, PostRow, UnitRow};
use store::review::ReviewRow;
use uuid::Uuid;

use crate::app::{App, Work};
use crate::authority::Authorities;
use crate::error::{Result, stored};
use crate::judge::{self, Case, Judgement};

/// The reviews of a round that are not about members, in the order of the tree. `deciding` is the unit whose body opened it.
pub(crate) async fn other_reviews(
    app: &App,
    work: &mut Work<'_>,
    campaign: &CampaignRow,
    deciding: &UnitRow,
) -> Result<Vec<ReviewRow>> {
    let root = work.root();
    let day = stored(Day::parse_stored(&campaign.period_to), "period_to")?;
    let authorities = Authorities::load(&mut work.tx, root).await?;
    let posts = posts_on(org::posts(&mut work.tx, root).await?, day)?;
    let book = judge::book_of(app, campaign)?;
    let (mut reviews, mut led) = (Vec::new(), BTreeSet::new());
    for unit in org::units_below(&mut work.tx, root, &deciding.path).await? {
        if !stands(&unit, &campaign.period_to) {
            continue;
        }
        let here = |subject: Subject| {
            let decides = authorities.of_subject(book, subject, unit.unit_id, day);
            book.subject(subject.word()).is_some() && decides == Competence::Body(UnitId(deciding.unit_id))
        };
        let held: Vec<&PostRow> = posts.iter().filter(|post| post.unit_id == unit.unit_id).collect();
        if here(Subject::Organization) {
            reviews.push(of_unit(app, work, campaign, Subject::Organization, &unit)?);
        }
        if here(Subject::Collective) && has_collective(&unit, &held) {
            reviews.push(of_unit(app, work, campaign, Subject::Collective, &unit)?);
        }
        if here(Subject::Leader) {
            // One dossier for each person: whoever leads in several units is reviewed where he stands highest.
            for person in leaders(&held).into_iter().filter(|person| led.insert(*person)).collect::<Vec<_>>() {
                reviews.push(of_leader(app, work, campaign, &unit, person).await?);
            }
        }
    }
    Ok(reviews)
}

fn posts_on(posts: Vec<PostRow>, day: Day) -> Result<Vec<PostRow>> {
    let mut held = Vec::new();
    for post in posts {
        let from = stored(Day::parse_stored(&post.from_on), "from_on")?;
        let to = post.to_on.as_deref().map(|day| stored(Day::parse_stored(day), "to_on")).transpose()?;
        if holds_on(day, from, to) {
            held.push(post);
        }
    }
    Ok(held)
}

/// Whether a unit exists on the last day of the period.
fn stands(unit: &UnitRow, on: &str) -> bool {
    unit.founded_on.as_deref().is_none_or(|founded| founded <= on)
        && unit.closed_on.as_deref().is_none_or(|closed| closed >= on)
}

/// A cell has a collective only where it elected a committee (chi uỷ); every other unit is led by one.
fn has_collective(unit: &UnitRow, held: &[&PostRow]) -> bool {
    !has_members(&unit.kind) || held.iter().any(|post| post.title == Title::CommitteeMember.word())
}

/// Head and deputies, each once.
fn leaders(held: &[&PostRow]) -> BTreeSet<Uuid> {
    let leads =
        |post: &&&PostRow| [Title::Secretary.word(), Title::DeputySecretary.word()].contains(&post.title.as_str());
    held.iter().filter(leads).map(|post| post.person_id).collect()
}

fn of_unit(app: &App, work: &Work<'_>, campaign: &CampaignRow, subject: Subject, unit: &UnitRow) -> Result<ReviewRow> {
    let judgement = Case::of_unit(app, campaign, subject, unit)?.judge();
    Ok(row(work.id(), campaign, subject, (unit.unit_id, None, unit.unit_id), judgement))
}

async fn of_leader(
    app: &App,
    work: &mut Work<'_>,
    campaign: &CampaignRow,
    unit: &UnitRow,
    person: Uuid,
) -> Result<ReviewRow> {
    let root = work.root();
    let mut case = Case::empty(app, campaign, Subject::Leader)?;
    if let Some(member) = store::reviewed::member_on(&mut work.tx, root, person, &campaign.period_to).await? {
        case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, true);
    }
    Ok(row(work.id(), campaign, Subject::Leader, (person, Some(person), unit.unit_id), case.judge()))
}

/// `of` is whom it is about, the person if it is one, and the unit.
fn row(
    id: ReviewId,
    campaign: &CampaignRow,
    subject: Subject,
    of: (Uuid, Option<Uuid>, Uuid),
    judgement: Judgement,
) -> ReviewRow {
    let state =
        if judgement.obligation == Obligation::Neither { ReviewState::NotDue } else { ReviewState::AwaitingSelfReview };
    let (about_id, person_id, unit_id) = of;
    ReviewRow {
        root_id: campaign.root_id,
        review_id: id.0,
        campaign_id: campaign.campaign_id,
        subject: subject.word().to_owned(),
        about_id,
        person_id,
        unit_id,
        state: state.word().to_owned(),
        obligation: judgement.obligation.word().to_owned(),
        obligation_rule: judgement.obligation_rule,
        obligation_reason: judgement.obligation_reason,
        leader: subject == Subject::Leader,
        version: 1,
    }
}
