//! Đối tượng của đợt ngoài đảng viên: the organisations, collectives and leaders on whom the body that opened the round decides.

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use domain::authority::Competence;
use domain::org::{Title, has_members, holds_on};
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use rules::Book;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{self, MemberRow, PostRow, UnitRow};
use store::review::ReviewRow;
use uuid::Uuid;

use crate::app::App;
use crate::authority::{Authorities, arises};
use crate::error::{Result, stored};
use crate::judge::{Case, Judgement};

/// Một đối tượng ngoài đảng viên, as the tree and the posts of the cut-off day give it.
pub(super) struct Other {
    /// Who decides on it.
    pub(super) decides: Competence,
    pub(super) subject: Subject,
    unit: UnitRow,
    /// The leader, where it is one, with what the roster says of him.
    leader: Option<(Uuid, Option<MemberRow>)>,
    /// Further units that he leads, with who decides there.
    also: Vec<(UnitRow, Competence)>,
    /// Whether the place where he is reviewed was decided.
    chosen: bool,
}

impl Other {
    /// Unit that is reviewed, or which the person leads.
    pub(super) fn unit(&self) -> &UnitRow {
        &self.unit
    }

    /// Person or unit that is reviewed.
    pub(super) fn about(&self) -> Uuid {
        self.leader.as_ref().map_or(self.unit.unit_id, |(person, _)| *person)
    }

    /// Whether a leader may be reviewed in this unit: he leads it, and no other place was decided.
    pub(super) fn leads(&self, unit: Uuid) -> bool {
        let here = self.unit.unit_id == unit;
        here || (!self.chosen && self.also.iter().any(|(also, _)| also.unit_id == unit))
    }

    /// The places of a leader, the present one first, when different bodies decide there.
    pub(super) fn conflict(&self) -> Option<Vec<(&UnitRow, &Competence)>> {
        let apart = self.also.iter().any(|(_, decides)| *decides != self.decides);
        let also = self.also.iter().map(|(unit, decides)| (unit, decides));
        apart.then(|| std::iter::once((&self.unit, &self.decides)).chain(also).collect())
    }

    /// Reviews a leader where it was decided, if he still leads that unit.
    fn stand_where_chosen(&mut self, chosen: &BTreeMap<Uuid, Uuid>) {
        let Some(unit) = self.leader.as_ref().and_then(|(person, _)| chosen.get(person)) else { return };
        if let Some((also, decides)) = self.also.iter_mut().find(|(also, _)| also.unit_id == *unit) {
            std::mem::swap(&mut self.unit, also);
            std::mem::swap(&mut self.decides, decides);
        }
        self.chosen = self.unit.unit_id == *unit;
    }

    /// Unit whose body decides, when it is one of the hierarchy.
    pub(super) fn body(&self) -> Option<Uuid> {
        match self.decides {
            Competence::Body(body) => Some(body.0),
            _ => None,
        }
    }

    /// His review in the campaign of the body, with what is owed by the book.
    pub(super) fn review(&self, app: &App, campaign: &CampaignRow) -> Result<ReviewRow> {
        let Some((person, member)) = &self.leader else {
            let judgement = Case::of_unit(app, campaign, self.subject, &self.unit)?.judge();
            return Ok(row(app, campaign, self.subject, (self.unit.unit_id, None, self.unit.unit_id), judgement));
        };
        let mut case = Case::empty(app, campaign, Subject::Leader)?;
        if let Some(member) = member {
            case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, true);
        }
        let about = (*person, Some(*person), self.unit.unit_id);
        Ok(row(app, campaign, Subject::Leader, about, case.judge()))
    }
}

/// Who is reviewed in a round besides members, in the order of the tree: every organisation, collective and leader of `units`
/// on a day (the cut-off day of a round) of which the book speaks, whoever decides. One dossier for each person: whoever leads
/// in several units stands where he is highest, or where the competent body decided.
pub(super) async fn others(
    book: &Book,
    conn: &mut Conn,
    (root, day): (Uuid, Day),
    units: &[UnitRow],
) -> Result<Vec<Other>> {
    let on = day.to_string();
    let authorities = Authorities::load(conn, root).await?;
    let mut held: BTreeMap<Uuid, Vec<PostRow>> = BTreeMap::new();
    for post in posts_on(org::posts(conn, root).await?, day)? {
        held.entry(post.unit_id).or_default().push(post);
    }
    let ours: BTreeSet<Uuid> = units.iter().map(|unit| unit.unit_id).collect();
    let (mut others, mut led): (Vec<Other>, BTreeMap<Uuid, usize>) = (Vec::new(), BTreeMap::new());
    for unit in units.iter().filter(|unit| stands(unit, &on)) {
        let posts: Vec<&PostRow> = held.get(&unit.unit_id).into_iter().flatten().collect();
        // Who decides, unless that is a body outside of the round or the book does not know the kind of subject.
        let decides = |subject: Subject| {
            let competence = authorities.of_subject(book, subject, unit.unit_id, day);
            let here = match &competence {
                Competence::Body(body) => ours.contains(&body.0) && book.subject(subject.word()).is_some(),
                Competence::Outside => false,
                Competence::Missing | Competence::Ambiguous(_) => arises(book, subject, &unit.kind),
            };
            here.then_some(competence)
        };
        let of_unit = |subject, decides| Other {
            decides,
            subject,
            unit: unit.clone(),
            leader: None,
            also: Vec::new(),
            chosen: false,
        };
        others.extend(decides(Subject::Organization).map(|body| of_unit(Subject::Organization, body)));
        let collective = decides(Subject::Collective).filter(|_| has_collective(unit, &posts));
        others.extend(collective.map(|body| of_unit(Subject::Collective, body)));
        let Some(decides) = decides(Subject::Leader) else { continue };
        for person in leaders(&posts) {
            let at = led.get(&person).copied();
            if let Some(other) = at.and_then(|at| others.get_mut(at)) {
                other.also.push((unit.clone(), decides.clone()));
                continue;
            }
            led.insert(person, others.len());
            others.push(Other { leader: Some((person, None)), ..of_unit(Subject::Leader, decides.clone()) });
        }
    }
    let chosen = store::authority::leader_places(conn, root).await?;
    let chosen: BTreeMap<Uuid, Uuid> = chosen.into_iter().map(|row| (row.person_id, row.unit_id)).collect();
    for other in &mut others {
        other.stand_where_chosen(&chosen);
    }
    Ok(others)
}

/// Adds what the roster says of the leaders.
pub(super) async fn known_as_members(
    conn: &mut Conn,
    top: &CampaignRow,
    others: &mut [Other],
    members: &[MemberRow],
) -> Result<()> {
    let known: BTreeMap<Uuid, &MemberRow> = members.iter().map(|member| (member.person_id, member)).collect();
    for (person, member) in others.iter_mut().filter_map(|other| other.leader.as_mut()) {
        *member = match known.get(person) {
            Some(member) => Some((*member).clone()),
            None => store::reviewed::member_on(conn, top.root_id, *person, &top.cut_off_on).await?,
        };
    }
    Ok(())
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

/// Whether a unit exists on the day.
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

/// `of` is whom it is about, the person if it is one, and the unit.
fn row(
    app: &App,
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
        review_id: app.chance.id(campaign.opened_at),
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
