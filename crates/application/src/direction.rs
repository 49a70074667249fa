//! Văn bản chỉ đạo đã nạp: who receives it, who may see it, under which clauses its guidances stand.

use domain::directive::{Circulation, DirectiveState};
use domain::org::UnitKind;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, Day, DirectiveId, UnitId};
use store::Conn;
use store::directive::{DirectiveRow, PlacedRow};

use crate::error::{Error, Result, known, stored};

/// Object in the journal and beside files.
pub(crate) fn object(id: DirectiveId) -> String {
    format!("directive/{id}")
}

/// Nơi của người xem: a unit in which somebody holds a post or is a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    pub(crate) id: UnitId,
    pub(crate) path: String,
    pub(crate) kind: UnitKind,
    pub(crate) name: String,
}

/// The units of an actor, each once.
pub(crate) async fn own_units(conn: &mut Conn, actor: &Actor) -> Result<Vec<Own>> {
    let posts = actor.posts.iter().map(|post| post.unit);
    let ids: std::collections::BTreeSet<UnitId> = posts.chain(actor.member_of.iter().map(|(unit, _)| *unit)).collect();
    let mut own = Vec::new();
    for id in ids {
        if let Some(unit) = store::org::unit(conn, actor.root.0, id.0).await? {
            let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
            own.push(Own { id, path: unit.path, kind, name: unit.name });
        }
    }
    own.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(own)
}

/// Văn bản chỉ đạo.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) row: DirectiveRow,
    /// Name of the issuer.
    pub(crate) issuer: String,
    /// Path of the issuer.
    pub(crate) path: String,
    /// Kind of the issuer.
    pub(crate) kind: UnitKind,
    pub(crate) state: DirectiveState,
    pub(crate) recipients: Vec<UnitKind>,
    circulation: Circulation,
}

impl Document {
    pub(crate) fn of(placed: PlacedRow) -> Result<Self> {
        let row = placed.directive;
        Ok(Self {
            state: known(DirectiveState::from_word(&row.state), "state of a directive")?,
            recipients: kinds(&row.recipients)?,
            circulation: known(Circulation::from_word(&row.circulation), "circulation")?,
            issuer: placed.unit_name,
            path: placed.path,
            kind: known(UnitKind::from_word(&placed.unit_kind), "kind of unit")?,
            row,
        })
    }

    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: DirectiveId) -> Result<Self> {
        let placed = store::directive::directive(conn, actor.root.0, id.0).await?;
        Self::of(placed.ok_or(Error::Denied)?)
    }

    /// As [`Document::load`], for whoever may see it.
    pub(crate) async fn seen(conn: &mut Conn, actor: &Actor, id: DirectiveId) -> Result<Self> {
        let document = Self::load(conn, actor, id).await?;
        let own = own_units(conn, actor).await?;
        if document.shows_to(actor, &own) { Ok(document) } else { Err(Error::Denied) }
    }

    pub(crate) fn id(&self) -> DirectiveId {
        DirectiveId(self.row.directive_id)
    }

    /// The issuing body, for the access table.
    pub(crate) fn resource(&self) -> Resource {
        Resource::of_unit(&self.path)
    }

    /// Day of the document, if it has one.
    pub(crate) fn dated_on(&self) -> Result<Option<Day>> {
        stored_day(self.row.dated_on.as_deref())
    }

    /// Whether it was issued, in force or not.
    pub(crate) fn was_issued(&self) -> bool {
        self.row.issued_at.is_some()
    }

    /// Whether a unit receives it: one below the issuer, of a kind it is sent to, as the tree stands today.
    pub(crate) fn reaches(&self, path: &str, kind: UnitKind) -> bool {
        path != self.path && path.starts_with(&self.path) && self.recipients.contains(&kind)
    }

    /// Whether somebody sees it: as one of the issuer or above, or in a unit that received it. A draft is seen by those who
    /// draft there.
    pub(crate) fn shows_to(&self, actor: &Actor, own: &[Own]) -> bool {
        if !self.was_issued() {
            return allows(actor, Act::DraftDirective, &self.resource());
        }
        let act = if self.circulation.is_restricted() { Act::ViewRestrictedDirective } else { Act::ViewDirective };
        allows(actor, act, &self.resource())
            || self.received_by(own).any(|unit| allows(actor, act, &Resource::of_unit(&unit.path)))
    }

    /// Those of the units that received it.
    pub(crate) fn received_by<'a>(&'a self, own: &'a [Own]) -> impl Iterator<Item = &'a Own> {
        own.iter().filter(|unit| self.was_issued() && self.reaches(&unit.path, unit.kind))
    }
}

/// Kinds of unit kept as words with blanks between.
pub(crate) fn kinds(words: &str) -> Result<Vec<UnitKind>> {
    words.split_whitespace().map(|word| known(UnitKind::from_word(word), "kind of unit")).collect()
}

/// A stored day that may be absent.
pub(crate) fn stored_day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|text| stored(Day::parse_stored(text), "day")).transpose()
}
