//! Thẩm quyền: who decides on which subject on a day, from the rule book and the decisions that delegate.

use std::collections::BTreeMap;

use domain::authority::{Competence, Delegation, Tier, competent};
use domain::org::UnitKind;
use domain::subject::Subject;
use domain::{Day, UnitId};
use rules::Book;
use store::Conn;
use store::authority::DelegationRow;
use store::org::{self, UnitRow};
use uuid::Uuid;

use crate::error::{Result, known, stored};

/// The tree and the decisions that delegate, read once.
pub(crate) struct Authorities {
    units: BTreeMap<Uuid, (Option<Uuid>, UnitKind)>,
    delegations: Vec<Delegation>,
}

impl Authorities {
    pub(crate) async fn load(conn: &mut Conn, root: Uuid) -> Result<Self> {
        let units = org::units(conn, root).await?;
        let rows = store::authority::delegations(conn, root).await?;
        Self::of(&units, &rows)
    }

    pub(crate) fn of(units: &[UnitRow], delegations: &[DelegationRow]) -> Result<Self> {
        let mut tree = BTreeMap::new();
        for unit in units {
            tree.insert(unit.unit_id, (unit.parent_id, known(UnitKind::from_word(&unit.kind), "kind of unit")?));
        }
        let delegations = delegations.iter().map(delegation).collect::<Result<_>>()?;
        Ok(Self { units: tree, delegations })
    }

    /// The unit and its superiors, upward.
    pub(crate) fn line(&self, unit: Uuid) -> Vec<(UnitId, UnitKind)> {
        let superior = |unit: &Uuid| self.units.get(unit).and_then(|(parent, _)| *parent);
        std::iter::successors(Some(unit), superior)
            .take(self.units.len() + 1)
            .filter_map(|unit| Some((UnitId(unit), self.units.get(&unit)?.1)))
            .collect()
    }

    /// Who decides on a subject of the unit on a day under a book.
    pub(crate) fn of_subject(&self, book: &Book, subject: Subject, unit: Uuid, day: Day) -> Competence {
        let line = self.line(unit);
        let default = line.first().and_then(|(_, kind)| book.authority(subject.word(), kind.word()));
        let default = default.map(|rule| match rule.decides {
            rules::book::Tier::Base => Tier::Base,
            rules::book::Tier::Superior => Tier::Superior,
        });
        competent(subject, &line, default, &self.delegations, day)
    }
}

/// A stored decision as the domain reads it.
pub(crate) fn delegation(row: &DelegationRow) -> Result<Delegation> {
    let kind = match row.kind.as_str() {
        "" => None,
        word => Some(known(UnitKind::from_word(word), "kind of unit")?),
    };
    let to_on = row.to_on.as_deref().map(|day| stored(Day::parse_stored(day), "to_on")).transpose()?;
    Ok(Delegation {
        subject: known(Subject::from_word(&row.subject), "subject")?,
        within: UnitId(row.within_id),
        kind,
        body: UnitId(row.body_id),
        from_on: stored(Day::parse_stored(&row.from_on), "from_on")?,
        to_on,
    })
}

/// Whether a book knows this kind of subject, and units of this kind have it: members only where members belong to the unit,
/// leaders only from the base up.
pub(crate) fn arises(book: &Book, subject: Subject, kind: &str) -> bool {
    let there = match (UnitKind::from_word(kind), subject) {
        (None, _) => false,
        (Some(kind), Subject::Member) => kind.has_members(),
        (Some(kind), Subject::Leader) => !matches!(kind, UnitKind::Cell | UnitKind::SubCommittee),
        (Some(_), Subject::Organization | Subject::Collective) => true,
    };
    there && book.subject(subject.word()).is_some()
}
