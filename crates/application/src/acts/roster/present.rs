//! Danh sách hiện có: the stored roster, as rows and as the lines a workbook would have.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use domain::org::{CivilKind, EndReason, Standing, Title, UnitKind};
use domain::{Day, RootId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Conn;
use store::org::{self, MembershipRow, PersonRow, PostRow, UnitRow};
use store::review::ReviewRow;
use store::withdrawal::WithdrawnRow;
use uuid::Uuid;

use super::lines::{At, MemberLine, PostLine, Roster, UnitLine};
use crate::acts::organisation::Rounds;
use crate::error::{Result, known, stored};

/// What tells one post from another: person, unit, title, first day.
pub(crate) type PostKey = (Uuid, Uuid, String, String);

/// The stored roster.
#[derive(Debug, Clone, Default)]
pub(crate) struct Present {
    pub(crate) units: BTreeMap<String, UnitRow>,
    pub(crate) people: BTreeMap<String, PersonRow>,
    /// By person: the membership that lasts, else the last one that ended without another cell.
    pub(crate) memberships: BTreeMap<Uuid, MembershipRow>,
    /// Since when each member, by code, is in his cell.
    pub(crate) since: BTreeMap<String, Day>,
    /// Last day of the memberships that ended in each unit, by code.
    pub(crate) last_days: BTreeMap<String, Day>,
    pub(crate) posts: BTreeMap<PostKey, PostRow>,
    /// The same as lines.
    pub(crate) roster: Roster,
    /// People without a membership: code → card number.
    pub(crate) former: BTreeMap<String, Option<String>>,
    /// Reviews of open campaigns that are not decided.
    pub(crate) reviews: Vec<ReviewRow>,
    /// The open campaigns, as far as cells have come in them.
    pub(crate) rounds: Option<Rounds>,
    /// Reviews of open campaigns that the roster took out, with how they stood before.
    pub(crate) withdrawn: Vec<(ReviewRow, WithdrawnRow)>,
    /// SHA-256 over all rows: whoever confirms says by it which state he saw.
    pub(crate) digest: String,
}

impl Present {
    pub(crate) async fn load(conn: &mut Conn, root: RootId) -> Result<Self> {
        let units = org::units(conn, root.0).await?;
        let people = org::people(conn, root.0).await?;
        let memberships = store::roster::listed_memberships(conn, root.0).await?;
        let last_days = store::roster::last_days(conn, root.0).await?;
        let mut posts = org::posts(conn, root.0).await?;
        posts.sort_by_key(|row| (row.unit_id, row.title.clone(), row.from_on.clone(), row.post_id));
        let last_days = last_days.into_iter().map(|row| (row.unit_id, row.to_on)).collect();
        let reviews = store::review::undecided(conn, root.0).await?;
        let out = store::withdrawal::reviews(conn, root.0).await?;
        let kept = store::withdrawal::of_open_campaigns(conn, root.0).await?;
        // A deciding body may have issued several lists: the last row of a review counts.
        let mut kept: BTreeMap<Uuid, WithdrawnRow> = kept.into_iter().map(|row| (row.review_id, row)).collect();
        let withdrawn = out.into_iter().filter_map(|row| kept.remove(&row.review_id).map(|kept| (row, kept))).collect();
        let rounds = Some(Rounds::load(conn, root.0).await?);
        Ok(Self { reviews, withdrawn, rounds, ..Self::of(units, people, memberships, posts, &last_days)? })
    }

    /// Reviews without a decision, by code of the person and of the cell.
    pub(crate) fn undecided(&self) -> Vec<(&str, &str)> {
        let people: BTreeMap<Uuid, &str> =
            self.people.iter().map(|(code, row)| (row.person_id, code.as_str())).collect();
        let units: BTreeMap<Uuid, &str> = self.units.iter().map(|(code, row)| (row.unit_id, code.as_str())).collect();
        let codes = |row: &ReviewRow| Some((*people.get(&row.person_id?)?, *units.get(&row.unit_id)?));
        self.reviews.iter().filter_map(codes).collect()
    }

    fn of(
        units: Vec<UnitRow>,
        people: Vec<PersonRow>,
        memberships: Vec<MembershipRow>,
        posts: Vec<PostRow>,
        last_days: &BTreeMap<Uuid, String>,
    ) -> Result<Self> {
        let mut digest = Rows::default();
        digest.add(&(&units, &people))?;
        digest.add(&(&memberships, &posts))?;
        let by_person = by_person(memberships);
        let roster = roster(&units, &people, &by_person, &posts)?;
        let former = people.iter().filter(|row| !by_person.contains_key(&row.person_id));
        let former = former.map(|row| (row.code.clone(), row.card_number.clone())).collect();
        let since = since(&people, &by_person)?;
        let ended = units.iter().filter_map(|unit| Some((unit.code.clone(), last_days.get(&unit.unit_id)?)));
        let ended = ended.map(|(code, text)| Ok((code, stored(Day::parse_stored(text), "to_on")?)));
        Ok(Self {
            since,
            last_days: ended.collect::<Result<_>>()?,
            units: units.into_iter().map(|row| (row.code.clone(), row)).collect(),
            people: people.into_iter().map(|row| (row.code.clone(), row)).collect(),
            memberships: by_person,
            posts: posts.into_iter().map(|row| (post_key(&row), row)).collect(),
            roster,
            former,
            reviews: Vec::new(),
            rounds: None,
            withdrawn: Vec::new(),
            digest: digest.hex(),
        })
    }
}

/// Whoever came back has a membership that lasts beside those that ended.
fn by_person(memberships: Vec<MembershipRow>) -> BTreeMap<Uuid, MembershipRow> {
    let mut chosen: BTreeMap<Uuid, MembershipRow> = BTreeMap::new();
    let end = |row: &MembershipRow| row.to_on.clone().unwrap_or_else(|| "9".to_owned());
    for row in memberships {
        if chosen.get(&row.person_id).is_none_or(|other| end(other) < end(&row)) {
            chosen.insert(row.person_id, row);
        }
    }
    chosen
}

fn since(people: &[PersonRow], memberships: &BTreeMap<Uuid, MembershipRow>) -> Result<BTreeMap<String, Day>> {
    let known = people.iter().filter_map(|person| Some((person, memberships.get(&person.person_id)?)));
    known.map(|(person, row)| Ok((person.code.clone(), stored(Day::parse_stored(&row.from_on), "from_on")?))).collect()
}

pub(crate) fn post_key(row: &PostRow) -> PostKey {
    (row.person_id, row.unit_id, row.title.clone(), row.from_on.clone())
}

/// SHA-256 over rows in the order they are added.
#[derive(Default)]
pub(crate) struct Rows(Sha256);

impl Rows {
    pub(crate) fn add(&mut self, row: &impl Serialize) -> Result<()> {
        self.0.update(serde_json::to_vec(row)?);
        self.0.update(b"\n");
        Ok(())
    }

    pub(crate) fn hex(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }
}

fn roster(
    units: &[UnitRow],
    people: &[PersonRow],
    memberships: &BTreeMap<Uuid, MembershipRow>,
    posts: &[PostRow],
) -> Result<Roster> {
    let unit_codes: BTreeMap<Uuid, &str> = units.iter().map(|row| (row.unit_id, row.code.as_str())).collect();
    let person_codes: BTreeMap<Uuid, &str> = people.iter().map(|row| (row.person_id, row.code.as_str())).collect();
    let mut members = Vec::with_capacity(people.len());
    for person in people {
        if let Some(membership) = memberships.get(&person.person_id) {
            members.push(member_line(person, membership, &unit_codes)?);
        }
    }
    let order: BTreeMap<&str, usize> = units.iter().enumerate().map(|(at, row)| (row.code.as_str(), at)).collect();
    members.sort_by_key(|line| order.get(line.unit.as_str()).copied());
    let mut post_lines = Vec::with_capacity(posts.len());
    for row in posts {
        post_lines.push(PostLine {
            member: code(&person_codes, row.person_id)?,
            unit: code(&unit_codes, row.unit_id)?,
            title: known(Title::from_word(&row.title), "title")?,
            from_on: stored(Day::parse_stored(&row.from_on), "from_on")?,
            to_on: day(row.to_on.as_deref())?,
        });
    }
    post_lines.sort_by_key(|line| (order.get(line.unit.as_str()).copied(), line.title, line.from_on));
    let units = units.iter().map(|row| unit_line(row, &unit_codes)).collect::<Result<Vec<_>>>()?;
    Ok(Roster { units: placed(units), members: placed(members), posts: placed(post_lines) })
}

fn placed<T>(lines: Vec<T>) -> Vec<At<T>> {
    lines.into_iter().map(|line| At { row: 0, line }).collect()
}

fn code(codes: &BTreeMap<Uuid, &str>, id: Uuid) -> Result<String> {
    known(codes.get(&id).map(|code| (*code).to_owned()), "identifier in the roster")
}

fn day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|text| stored(Day::parse_stored(text), "day")).transpose()
}

fn unit_line(row: &UnitRow, codes: &BTreeMap<Uuid, &str>) -> Result<UnitLine> {
    Ok(UnitLine {
        code: row.code.clone(),
        name: row.name.clone(),
        kind: known(UnitKind::from_word(&row.kind), "kind of unit")?,
        superior: row.parent_id.map(|id| code(codes, id)).transpose()?,
        superior_name: row.superior_name.clone(),
        place: row.place.clone(),
        suffix: row.number_suffix.clone(),
        founded_on: day(row.founded_on.as_deref())?,
        closed_on: day(row.closed_on.as_deref())?,
    })
}

fn member_line(person: &PersonRow, membership: &MembershipRow, codes: &BTreeMap<Uuid, &str>) -> Result<MemberLine> {
    Ok(MemberLine {
        code: person.code.clone(),
        name: person.full_name.clone(),
        born_on: day(person.born_on.as_deref())?,
        card: person.card_number.clone(),
        unit: code(codes, membership.unit_id)?,
        standing: known(Standing::from_word(&membership.standing), "standing")?,
        admitted_on: stored(Day::parse_stored(&membership.admitted_on), "admitted_on")?,
        official_on: day(membership.official_on.as_deref())?,
        civil: known(CivilKind::from_word(&person.civil_kind), "civil kind")?,
        government_post: person.government_post.clone(),
        mass_post: person.mass_post.clone(),
        workplace: person.workplace.clone(),
        leader: person.leader,
        ended_on: day(membership.to_on.as_deref())?,
        end_reason: match membership.end_reason.as_str() {
            "" => None,
            word => Some(known(EndReason::from_word(word), "reason of an end")?),
        },
    })
}
