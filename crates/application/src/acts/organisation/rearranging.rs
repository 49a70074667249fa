//! One change of the organisation in the making: its day and document, and the steps it is made of.

use domain::org::UnitKind;
use domain::policy::{self, Act, Resource};
use domain::reorganisation::{Carried, ChangeKind, Part, Standing, check_day, fits};
use domain::{Actor, ChangeId, Day, Refusal, UnitId, text};
use store::change::{CarriedRow, ChangeRow};
use store::org::{self, UnitRow};
use store::place::{self, UNKNOWN_BEGINNING};
use uuid::Uuid;

use super::{Ground, Outcome, Step};
use crate::acts::campaign::{follow_registers, give_campaigns};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known, stored};

/// Letters a name and a code may have.
const NAME: usize = 200;
const CODE: usize = 40;

/// A change in the making.
pub(super) struct Rearranging<'a> {
    pub(super) actor: &'a Actor,
    pub(super) work: Work<'a>,
    pub(super) day: Day,
    pub(super) change: ChangeRow,
    pub(super) carried: Vec<CarriedRow>,
    pub(super) outcome: Outcome,
    /// Units that ended, with who follows them.
    pub(super) followers: Vec<(Uuid, UnitRow)>,
    /// Units that stand elsewhere now.
    pub(super) moved: Vec<UnitRow>,
}

/// What a unit is to be from now on.
pub(super) struct Shape<'a> {
    pub(super) name: &'a str,
    pub(super) kind: UnitKind,
    pub(super) superior: Option<&'a UnitRow>,
}

impl<'a> Rearranging<'a> {
    /// Begins a change.
    ///
    /// # Errors
    /// `ORG-001` the day lies ahead, `ORG-011` part of the document is missing, `FORM-002`, `FORM-004`.
    pub(super) async fn begin(app: &'a App, actor: &'a Actor, kind: ChangeKind, ground: &Ground) -> Result<Self> {
        let mut work = Work::begin(app, actor).await?;
        let day = typed_day(&ground.effective_on, "effective_on")?;
        check_day(day, work.today())?;
        let needed = |value: &str, field: &str| {
            let clean = typed_text(value, field, NAME)?;
            if clean.is_empty() { Err(Refusal::new("ORG-011").at(field)) } else { Ok(clean) }
        };
        let change = ChangeRow {
            root_id: work.root(),
            change_id: work.id::<ChangeId>().0,
            kind: kind.word().to_owned(),
            effective_on: day.to_string(),
            basis_number: needed(&ground.basis_number, "basis_number")?,
            basis_on: typed_day(&ground.basis_on, "basis_on")?.to_string(),
            basis_issuer: needed(&ground.basis_issuer, "basis_issuer")?,
            made_by: actor.person.0,
            made_at: work.at,
        };
        store::change::insert(&mut work.tx, &change).await?;
        let (followers, moved) = (Vec::new(), Vec::new());
        Ok(Self { actor, work, day, change, carried: Vec::new(), outcome: Outcome::default(), followers, moved })
    }

    /// A unit that the actor may change.
    pub(super) async fn unit(&mut self, unit: UnitId) -> Result<UnitRow> {
        let root = self.work.root();
        let row = org::unit(&mut self.work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
        permit(self.actor, Act::ChangeOrganization, &Resource::of_unit(&row.path))?;
        Ok(row)
    }

    /// The unit of a code that was typed into `field`. One outside the remit is as good as none.
    ///
    /// # Errors
    /// `ORG-007`.
    pub(super) async fn unit_of_code(&mut self, code: &str, field: &str) -> Result<UnitRow> {
        let root = self.work.root();
        let found = org::unit_of_code(&mut self.work.tx, root, code.trim()).await?;
        let may = |row: &UnitRow| policy::allows(self.actor, Act::ChangeOrganization, &Resource::of_unit(&row.path));
        found.filter(may).ok_or_else(|| Refusal::new("ORG-007").with("code", code.trim()).at(field).into())
    }

    /// How a unit stands before the change.
    pub(super) async fn standing<'u>(&mut self, row: &'u UnitRow) -> Result<Standing<'u>> {
        let root = self.work.root();
        let last = place::last_place(&mut self.work.tx, root, row.unit_id).await?;
        let since = last.map(|last| last.from_on).filter(|from_on| from_on != UNKNOWN_BEGINNING);
        let day = |text: &str| stored(Day::parse_stored(text), "day of a unit");
        Ok(Standing {
            name: &row.name,
            path: &row.path,
            kind: kind_of(row)?,
            since: since.as_deref().map(day).transpose()?,
            closed_on: row.closed_on.as_deref().map(day).transpose()?,
        })
    }

    /// Founds a unit under `superior`.
    ///
    /// # Errors
    /// `ORG-006` the code is taken, `ORG-005` it does not stand there; `FORM-001`, `FORM-002`.
    pub(super) async fn found(&mut self, new: &super::NewUnit, kind: UnitKind, superior: &UnitRow) -> Result<UnitRow> {
        let (root, id) = (self.work.root(), self.work.id::<UnitId>().0);
        let (code, name) = (required(&new.code, "code", CODE)?, required(&new.name, "name", NAME)?);
        let over = self.standing(superior).await?;
        self.stood_then(superior).await?;
        fits(&name, kind, over.kind, &superior.name)?;
        if org::unit_of_code(&mut self.work.tx, root, &code).await?.is_some() {
            return Err(Refusal::new("ORG-006").with("code", code).at("code").into());
        }
        let row = UnitRow {
            root_id: root,
            unit_id: id,
            parent_id: Some(superior.unit_id),
            kind: kind.word().to_owned(),
            code,
            name_fold: text::fold(&name),
            name,
            superior_name: superior.name.clone(),
            place: text::tidy(&typed_text(&new.place, "place", NAME)?),
            number_suffix: text::tidy(&typed_text(&new.suffix, "suffix", CODE)?),
            path: format!("{}{id}/", superior.path),
            founded_on: Some(self.day.to_string()),
            closed_on: None,
        };
        org::insert_unit(&mut self.work.tx, &row).await?;
        self.part(row.unit_id, Part::Founded).await?;
        self.note("unit.founded", None, &row)?;
        self.outcome.founded.push(row.name.clone());
        Ok(row)
    }

    /// Gives a unit another name, kind or superior; what is below it goes along. Nothing when it has them already.
    ///
    /// # Errors
    /// `ORG-002` … `-005`, `-008`, `-009`; `-020` when a unit below does not fit any more.
    pub(super) async fn reshape(&mut self, row: &UnitRow, shape: &Shape<'_>) -> Result<UnitRow> {
        let root = self.work.root();
        let path = match shape.superior {
            Some(over) => format!("{}{}/", over.path, row.unit_id),
            None => row.path.clone(),
        };
        if path == row.path && shape.name == row.name && shape.kind.word() == row.kind {
            return Ok(row.clone());
        }
        self.check_shape(row, shape).await?;
        let moved = path != row.path;
        let after = UnitRow {
            parent_id: shape.superior.map_or(row.parent_id, |over| Some(over.unit_id)),
            kind: shape.kind.word().to_owned(),
            name: shape.name.to_owned(),
            name_fold: text::fold(shape.name),
            superior_name: match shape.superior.filter(|_| moved && !row.superior_name.is_empty()) {
                Some(over) => over.name.clone(),
                None => row.superior_name.clone(),
            },
            path: path.clone(),
            ..row.clone()
        };
        if moved {
            place::carry(&mut self.work.tx, root, self.day, &row.path, &path).await?;
        } else {
            place::cut(&mut self.work.tx, root, row.unit_id, self.day).await?;
        }
        let words = (after.kind.as_str(), after.name.as_str());
        place::reshape(&mut self.work.tx, (root, row.unit_id), self.day, after.parent_id, words).await?;
        org::update_unit(&mut self.work.tx, &after).await?;
        org::superior_renamed(&mut self.work.tx, root, row.unit_id, &row.name, &after.name).await?;
        self.note("unit.reshaped", Some(row), &after)?;
        if shape.name != row.name || after.kind != row.kind {
            self.outcome.reshaped.push((row.name.clone(), after.name.clone()));
        }
        if let Some(over) = shape.superior.filter(|_| moved) {
            self.outcome.moved.push((after.name.clone(), over.name.clone()));
            self.moved.push(after.clone());
        }
        Ok(after)
    }

    /// Refuses a superior that did not stand on the day where it stands today; it may have been renamed since.
    async fn stood_then(&mut self, superior: &UnitRow) -> Result<()> {
        let standing = self.standing(superior).await?;
        let root = self.work.root();
        let then = place::unit_on(&mut self.work.tx, root, superior.unit_id, self.day).await?;
        if then.is_some_and(|then| then.path == superior.path) {
            standing.must_be_open()?;
            return Ok(());
        }
        let since = standing.since.map(Day::shown).unwrap_or_default();
        let what = Refusal::new("ORG-002").with("unit", &superior.name).with("since", since);
        Err(what.at("effective_on").into())
    }

    async fn check_shape(&mut self, row: &UnitRow, shape: &Shape<'_>) -> Result<()> {
        let standing = self.standing(row).await?;
        standing.may_change(self.day)?;
        if let Some(over) = shape.superior {
            self.stood_then(over).await?;
            let over = self.standing(over).await?;
            standing.may_stand_under(shape.kind, &over)?;
        } else if shape.kind != standing.kind {
            self.fits_where_it_stands(row, shape).await?;
        }
        if shape.kind.has_members() != standing.kind.has_members() {
            self.must_be_empty(row).await?;
        }
        for below in self.open_below(row).await? {
            if !kind_of(&below)?.may_stand_under(shape.kind) {
                let what = Refusal::new("ORG-020").with("unit", &below.name).with("kind", &below.kind);
                return Err(what.with("superior", shape.name).with("superior_kind", shape.kind).at("kind").into());
            }
        }
        Ok(())
    }

    async fn fits_where_it_stands(&mut self, row: &UnitRow, shape: &Shape<'_>) -> Result<()> {
        let root = self.work.root();
        let Some(parent) = row.parent_id else {
            let top = shape.kind.may_be_top();
            return if top { Ok(()) } else { Err(Refusal::new("ORG-010").at("kind").into()) };
        };
        let over = org::unit(&mut self.work.tx, root, parent).await?.ok_or(Error::Denied)?;
        let over_kind = kind_of(&over)?;
        Ok(fits(shape.name, shape.kind, over_kind, &over.name)?)
    }

    /// Ends a unit with the day before; the posts held in it end with it.
    ///
    /// # Errors
    /// `ORG-002`, `-003`, `-008`, `-009`, `-010`, `-018`.
    pub(super) async fn end(&mut self, row: &UnitRow, part: Part) -> Result<()> {
        let standing = self.standing(row).await?;
        standing.may_end(self.day)?;
        if row.parent_id.is_none() {
            return Err(Refusal::new("ORG-010").into());
        }
        self.must_be_empty(row).await?;
        self.end_posts(row, None).await?;
        self.end_guests(row).await?;
        let root = self.work.root();
        let after = UnitRow { closed_on: Some(self.day.before().to_string()), ..row.clone() };
        place::end(&mut self.work.tx, root, row.unit_id, self.day.before()).await?;
        org::update_unit(&mut self.work.tx, &after).await?;
        self.part(row.unit_id, part).await?;
        self.note("unit.closed", Some(row), &after)?;
        self.outcome.closed.push(row.name.clone());
        Ok(())
    }

    /// Refuses when somebody is a member on the day or later, or a unit below is open.
    async fn must_be_empty(&mut self, row: &UnitRow) -> Result<()> {
        let root = self.work.root();
        let members = org::memberships_from(&mut self.work.tx, root, row.unit_id, self.day).await?;
        if let Some(first) = members.first() {
            let person = org::person(&mut self.work.tx, root, first.person_id).await?.ok_or(Error::Denied)?;
            let what = Refusal::new("ORG-008").with("unit", &row.name).with("count", members.len());
            return Err(what.with("person", person.full_name).into());
        }
        let below = self.open_below(row).await?;
        if let Some(first) = below.first() {
            let what = Refusal::new("ORG-009").with("unit", &row.name).with("count", below.len());
            return Err(what.with("first", &first.name).into());
        }
        Ok(())
    }

    /// Units directly below that are open today.
    pub(super) async fn open_below(&mut self, row: &UnitRow) -> Result<Vec<UnitRow>> {
        let root = self.work.root();
        let below = org::units_below(&mut self.work.tx, root, &row.path).await?;
        Ok(below.into_iter().filter(|unit| unit.parent_id == Some(row.unit_id) && unit.closed_on.is_none()).collect())
    }

    pub(super) async fn part(&mut self, unit: Uuid, part: Part) -> Result<()> {
        Ok(store::change::insert_part(&mut self.work.tx, &self.change, unit, part.word()).await?)
    }

    pub(super) async fn succeeds(&mut self, old: &UnitRow, new: &UnitRow) -> Result<()> {
        self.followers.push((old.unit_id, new.clone()));
        Ok(store::change::insert_succession(&mut self.work.tx, &self.change, old.unit_id, new.unit_id).await?)
    }

    pub(super) fn carries(&mut self, row: Uuid, what: Carried) {
        let change = &self.change;
        let (root_id, change_id) = (change.root_id, change.change_id);
        self.carried.push(CarriedRow { root_id, row_id: row, change_id, what: what.word().to_owned() });
    }

    fn note(&mut self, event: &str, before: Option<&UnitRow>, after: &UnitRow) -> Result<()> {
        self.work.note(event, format!("unit/{}", after.unit_id), before, Some(after))
    }

    /// Takes reviews to where they belong now, and writes everything or drops it.
    pub(super) async fn finish(mut self, step: Step, unit: UnitId) -> Result<Outcome> {
        self.outcome.unit = Some(unit);
        self.hand_over_rounds().await?;
        if !self.outcome.founded.is_empty() {
            give_campaigns(&mut self.work).await?;
        }
        self.settle_rounds().await?;
        self.outcome.register = follow_registers(&mut self.work).await?;
        store::change::insert_carried(&mut self.work.tx, &self.carried).await?;
        let object = format!("change/{}", self.change.change_id);
        let made = (&self.change, &self.carried);
        self.work.note("organization.changed", object, None, Some(&made))?;
        if step == Step::Write {
            self.work.commit().await?;
        }
        Ok(self.outcome)
    }
}

pub(super) fn kind_of(row: &UnitRow) -> Result<UnitKind> {
    known(UnitKind::from_word(&row.kind), "kind of unit")
}

/// A kind as chosen.
///
/// # Errors
/// `FORM-003`.
pub(super) fn chosen_kind(word: &str) -> std::result::Result<UnitKind, Refusal> {
    UnitKind::from_word(word).ok_or_else(|| Refusal::new("FORM-003").with("label", crate::acts::UNNAMED).at("kind"))
}

/// A short text that must be there.
///
/// # Errors
/// `ORG-022` empty, `FORM-002` too long.
pub(super) fn required(value: &str, field: &str, max: usize) -> std::result::Result<String, Refusal> {
    let clean = text::tidy(&typed_text(value, field, max)?);
    if clean.is_empty() { Err(Refusal::new("ORG-022").at(field)) } else { Ok(clean) }
}
