//! Người và tổ chức trực thuộc đi theo: memberships, units below and guests go over, posts end.

use std::collections::BTreeSet;

use domain::reorganisation::Carried;
use domain::{ActivityId, MembershipId, Refusal};
use store::org::{self, MembershipRow, PostRow, UnitRow};
use store::temporary::{self, ActivityRow};
use uuid::Uuid;

use super::rearranging::{Rearranging, Shape, kind_of};
use crate::error::{Error, Result};

impl Rearranging<'_> {
    /// Takes members and units below from one unit to another: those named, or all.
    pub(super) async fn hand_over(
        &mut self,
        from: &UnitRow,
        to: &UnitRow,
        members: Option<&BTreeSet<Uuid>>,
        below: Option<&BTreeSet<Uuid>>,
    ) -> Result<()> {
        for unit in self.open_below(from).await? {
            if below.is_none_or(|named| named.contains(&unit.unit_id)) && unit.unit_id != to.unit_id {
                let shape = Shape { name: &unit.name, kind: kind_of(&unit)?, superior: Some(to) };
                let moved = self.reshape(&unit, &shape).await?;
                self.part(moved.unit_id, domain::reorganisation::Part::Reshaped).await?;
            }
        }
        let people = self.hand_over_members(from, to, members).await?;
        let ends = members.is_none();
        if !ends {
            self.end_posts(from, Some(&people)).await?;
        }
        self.reviews_follow(from, to, &people, ends).await?;
        if ends {
            self.guests_follow(from, to).await?;
        }
        Ok(())
    }

    /// Memberships end with the day before and begin anew; one that began later begins in the other cell.
    async fn hand_over_members(
        &mut self,
        from: &UnitRow,
        to: &UnitRow,
        named: Option<&BTreeSet<Uuid>>,
    ) -> Result<BTreeSet<Uuid>> {
        let root = self.work.root();
        let held = org::memberships_from(&mut self.work.tx, root, from.unit_id, self.day).await?;
        let there = org::memberships_from(&mut self.work.tx, root, to.unit_id, self.day).await?;
        let there: BTreeSet<Uuid> = there.iter().map(|row| row.person_id).collect();
        let (day, mut rows, mut people) = (self.day.to_string(), Vec::new(), BTreeSet::new());
        for row in held.into_iter().filter(|row| named.is_none_or(|named| named.contains(&row.person_id))) {
            people.insert(row.person_id);
            if row.from_on >= day {
                self.carries(row.membership_id, Carried::MembershipBegun);
                rows.push(MembershipRow { unit_id: to.unit_id, ..row });
                continue;
            }
            if !there.contains(&row.person_id) {
                let begun = MembershipRow {
                    membership_id: self.work.id::<MembershipId>().0,
                    unit_id: to.unit_id,
                    from_on: day.clone(),
                    ..row.clone()
                };
                self.carries(begun.membership_id, Carried::MembershipBegun);
                rows.push(begun);
            }
            self.carries(row.membership_id, Carried::MembershipEnded);
            rows.push(MembershipRow { to_on: Some(self.day.before().to_string()), end_reason: String::new(), ..row });
        }
        if named.is_some_and(|named| named.iter().any(|person| !people.contains(person))) {
            return Err(Refusal::new("ORG-024").with("unit", &from.name).at("members").into());
        }
        store::roster::save_memberships(&mut self.work.tx, &rows).await?;
        self.outcome.members += people.len();
        Ok(people)
    }

    /// Posts end with the day before: all of a unit, or those of some people.
    ///
    /// # Errors
    /// `ORG-018` one began later.
    pub(super) async fn end_posts(&mut self, unit: &UnitRow, holders: Option<&BTreeSet<Uuid>>) -> Result<()> {
        let root = self.work.root();
        let held = org::posts_from(&mut self.work.tx, root, unit.unit_id, self.day).await?;
        let mut rows = Vec::new();
        for row in held.into_iter().filter(|row| holders.is_none_or(|people| people.contains(&row.person_id))) {
            if row.from_on >= self.day.to_string() {
                let person = org::person(&mut self.work.tx, root, row.person_id).await?.ok_or(Error::Denied)?;
                let what = Refusal::new("ORG-018").with("person", person.full_name).with("unit", &unit.name);
                return Err(what.with("day", crate::acts::organisation::shown(&row.from_on)).into());
            }
            self.carries(row.post_id, Carried::PostEnded);
            rows.push(PostRow { to_on: Some(self.day.before().to_string()), ..row });
        }
        self.outcome.posts += rows.len();
        store::roster::save_posts(&mut self.work.tx, &rows).await?;
        Ok(())
    }

    /// Whoever takes part for a time in a cell that ends takes part in the one that follows it.
    async fn guests_follow(&mut self, from: &UnitRow, to: &UnitRow) -> Result<()> {
        for guest in self.guests(from).await? {
            let begun = ActivityRow {
                activity_id: self.work.id::<ActivityId>().0,
                unit_id: to.unit_id,
                from_on: self.day.to_string().max(guest.from_on.clone()),
                made_by: self.actor.person.0,
                made_at: self.work.at,
                version: 1,
                ..guest
            };
            temporary::insert(&mut self.work.tx, &begun).await?;
            let object = format!("temporary/{}", begun.activity_id);
            self.work.note("temporary_activity.begun", object, None, Some(&begun))?;
        }
        Ok(())
    }

    /// Temporary activity in a unit ends with it.
    pub(super) async fn end_guests(&mut self, unit: &UnitRow) -> Result<()> {
        for guest in self.guests(unit).await? {
            let ended = ActivityRow { to_on: Some(self.day.before().to_string()), ..guest.clone() };
            temporary::end(&mut self.work.tx, &ended).await?;
            let object = format!("temporary/{}", guest.activity_id);
            self.work.note("temporary_activity.ended", object, Some(&guest), Some(&ended))?;
        }
        Ok(())
    }

    async fn guests(&mut self, unit: &UnitRow) -> Result<Vec<ActivityRow>> {
        let root = self.work.root();
        Ok(temporary::from(&mut self.work.tx, root, unit.unit_id, self.day).await?)
    }
}
