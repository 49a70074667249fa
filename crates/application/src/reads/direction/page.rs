//! Một văn bản chỉ đạo: what it says, what the reader must do, how far everybody is, what came of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::directive::{DirectiveState, KnownBy, acknowledges_as};
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, AttachmentId, DirectiveId, UnitId};
use serde::Serialize;
use store::Conn;
use store::directive::ClauseRow;

use super::asked::{Outcome, outcomes};
use super::following::{Done, Matter, following, met};
use super::view::{BasisView, ClauseView, DirectiveLine, DutyView, basis, clause, duty, line};
use crate::app::App;
use crate::direction::{Document, Own, object, own_units};
use crate::error::{Error, Result};
use crate::reads::attachment::{FileContent, FileView, content, files};

/// Việc quán triệt của một nơi của người xem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MineStudy {
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Who acknowledged, how.
    pub done: Option<Done>,
    /// Whether the reader may acknowledge for it now.
    pub may: bool,
    /// Whether he would, as its deputy, if it had no head.
    pub head_must: bool,
}

/// Yêu cầu đối với một nơi của người xem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MineDuty {
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// How it was met.
    pub done: Option<Done>,
    /// Whether the reader may report it.
    pub may: bool,
}

/// Một hướng dẫn thực hiện ở cấp dưới.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GuidanceLine {
    /// How many levels below.
    pub depth: usize,
    /// The document.
    pub directive: DirectiveLine,
    /// Its clauses with the clause of the document above that each carries out.
    pub carries: Vec<(String, String)>,
}

/// How many below have met an obligation, how many are late, and of how many.
pub type Met = (usize, usize, usize);

/// Văn bản chỉ đạo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectivePage {
    /// Head.
    pub directive: DirectiveLine,
    /// Version, against which a change is made.
    pub version: i64,
    /// The superior's directive that it carries out, and whether it opens to the reader.
    pub under: Option<(DirectiveLine, bool)>,
    /// Documents it rests on.
    pub bases: Vec<BasisView>,
    /// Clauses.
    pub clauses: Vec<ClauseView>,
    /// Obligations, with what each means for the reader's units and how many below have met it.
    pub duties: Vec<(DutyView, Vec<MineDuty>, Option<Met>)>,
    /// Guidances under it.
    pub guidance: Vec<GuidanceLine>,
    /// The original and its versions.
    pub files: Vec<FileView>,
    /// Studying it in the reader's units.
    pub mine: Vec<MineStudy>,
    /// Unit below which the reader follows it, with done, all and late.
    pub scope: Option<(UnitId, String, (usize, usize, usize))>,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
    /// Who drafted it, when.
    pub made: (String, DateTime<Utc>),
    /// Who recorded that it was issued, when.
    pub issued: Option<(String, DateTime<Utc>)>,
    /// Who ended it, when, why.
    pub ended: Option<(String, DateTime<Utc>, String)>,
    /// What stands in its place.
    pub replaced_by: Option<DirectiveLine>,
    /// Later documents of the same body, to be named as standing in its place.
    pub successors: Vec<DirectiveLine>,
    /// Bodies for which the reader may issue a guidance under it.
    pub may_guide: Vec<(UnitId, String)>,
    /// Whether the reader may change the draft and add the original.
    pub may_draft: bool,
    /// Whether he may issue and end it.
    pub may_issue: bool,
}

/// One directive, for whoever may see it.
///
/// # Errors
/// [`Error::Denied`].
pub async fn directive(app: &App, actor: &Actor, id: DirectiveId) -> Result<DirectivePage> {
    let mut conn = app.read(actor.root).await?;
    let document = Document::load(&mut conn, actor, id).await?;
    let own = own_units(&mut conn, actor).await?;
    if !document.shows_to(actor, &own) {
        return Err(Error::Denied);
    }
    let reader = Reader { app, actor, own: &own, document: &document };
    let root = actor.root.0;
    let parts = store::directive::parts(&mut conn, root, id.0).await?;
    let all = reader.visible(&mut conn).await?;
    let shown: BTreeSet<DirectiveId> = all.iter().map(Document::id).collect();
    let above = match document.row.under_id {
        Some(under) => store::directive::parts(&mut conn, root, under).await?.clauses,
        None => Vec::new(),
    };
    let mut duties = Vec::new();
    let scope = reader.scope(&mut conn).await?;
    for row in &parts.duties {
        let view = duty(row)?;
        let (mine, count) = reader.duty(&mut conn, &view, scope.as_ref()).await?;
        duties.push((view, mine, count));
    }
    let bases = parts.bases.into_iter().map(|row| {
        let opens = row.basis_id.is_some_and(|id| shown.contains(&DirectiveId(id)));
        basis(row, opens)
    });
    let row = &document.row;
    Ok(DirectivePage {
        version: row.version,
        under: reader.other(&mut conn, row.under_id, &shown).await?,
        bases: bases.collect::<Result<_>>()?,
        clauses: parts.clauses.into_iter().map(|row| clause(row, &above)).collect(),
        duties,
        guidance: guidance(&mut conn, &all, &document, 0).await?,
        files: files(&mut conn, root, &object(id)).await?,
        mine: reader.studies(&mut conn).await?,
        scope,
        outcomes: outcomes(&mut conn, actor, &document).await?,
        made: (reader.name(&mut conn, Some(row.made_by)).await?, row.made_at),
        issued: reader.moment(&mut conn, row.issued_by, row.issued_at).await?,
        ended: reader
            .moment(&mut conn, row.ended_by, row.ended_at)
            .await?
            .map(|(who, at)| (who, at, row.end_reason.clone())),
        replaced_by: reader
            .other(&mut conn, row.replaced_by, &shown)
            .await?
            .filter(|(_, opens)| *opens)
            .map(|(line, _)| line),
        successors: reader.successors(&all)?,
        may_guide: reader.may_guide(),
        may_draft: allows(actor, Act::DraftDirective, &document.resource()),
        may_issue: allows(actor, Act::IssueDirective, &document.resource()),
        directive: line(&document)?,
    })
}

/// A file of the original, for whoever may see the document.
///
/// # Errors
/// [`Error::Denied`].
pub async fn original(app: &App, actor: &Actor, id: DirectiveId, file: AttachmentId) -> Result<FileContent> {
    let mut conn = app.read(actor.root).await?;
    let document = Document::seen(&mut conn, actor, id).await?;
    content(&mut conn, actor.root.0, &object(document.id()), file).await
}

/// Guidances under a document, each before those under it.
async fn guidance(conn: &mut Conn, all: &[Document], above: &Document, depth: usize) -> Result<Vec<GuidanceLine>> {
    let mut lines = Vec::new();
    let under = |one: &&Document| one.row.under_id == Some(above.row.directive_id) && one.was_issued();
    for one in all.iter().filter(under) {
        let parts = store::directive::parts(conn, one.row.root_id, one.row.directive_id).await?;
        let carried = parts.clauses.into_iter().filter(|clause| !clause.carries.is_empty());
        let carries = carried.map(|ClauseRow { label, carries, .. }| (label, carries)).collect();
        lines.push(GuidanceLine { depth, directive: line(one)?, carries });
        lines.extend(Box::pin(guidance(conn, all, one, depth + 1)).await?);
    }
    Ok(lines)
}

/// Who reads which document.
struct Reader<'a> {
    app: &'a App,
    actor: &'a Actor,
    own: &'a [Own],
    document: &'a Document,
}

impl Reader<'_> {
    async fn visible(&self, conn: &mut Conn) -> Result<Vec<Document>> {
        let all = store::directive::directives(conn, self.actor.root.0).await?;
        let mut documents = all.into_iter().map(Document::of).collect::<Result<Vec<_>>>()?;
        documents.retain(|one| one.shows_to(self.actor, self.own));
        Ok(documents)
    }

    /// Where the reader follows it: everything below the issuer, or below his own bodies.
    async fn scope(&self, conn: &mut Conn) -> Result<Option<(UnitId, String, (usize, usize, usize))>> {
        let may = |path: &str| allows(self.actor, Act::ViewAcknowledgements, &Resource::of_unit(path));
        if !self.document.was_issued() {
            return Ok(None);
        }
        let of_issuer = may(&self.document.path)
            .then(|| (UnitId(self.document.row.unit_id), self.document.issuer.clone(), self.document.path.clone()));
        let below = |one: &&Own| one.path.starts_with(&self.document.path) && may(&one.path);
        let of_own = || self.own.iter().find(below).map(|one| (one.id, one.name.clone(), one.path.clone()));
        let Some((unit, name, path)) = of_issuer.or_else(of_own) else { return Ok(None) };
        let today = self.app.clock.today();
        let followed = following(conn, self.document, Matter::Study, &path, today).await?;
        Ok(Some((unit, name, followed.count())))
    }

    /// What an obligation means for the reader's units, and how far those below are.
    async fn duty(
        &self,
        conn: &mut Conn,
        view: &DutyView,
        scope: Option<&(UnitId, String, (usize, usize, usize))>,
    ) -> Result<(Vec<MineDuty>, Option<(usize, usize, usize)>)> {
        if !self.document.was_issued() {
            return Ok((Vec::new(), None));
        }
        let done = met(conn, self.document, view).await?;
        let concerned = |one: &&Own| one.path.starts_with(&self.document.path) && view.kinds.contains(&one.kind);
        let in_force = self.document.state == DirectiveState::Issued;
        let mine = self.own.iter().filter(concerned).map(|one| {
            let done = done.get(&one.id.0).cloned();
            let reports = view.known_by != KnownBy::Acknowledged;
            let may = allows(self.actor, Act::ReportDuty, &Resource::of_unit(&one.path));
            MineDuty { unit: one.id, name: one.name.clone(), may: done.is_none() && reports && in_force && may, done }
        });
        let mine = mine.collect();
        let Some((unit, ..)) = scope else { return Ok((mine, None)) };
        let Some(unit) = store::org::unit(conn, self.actor.root.0, unit.0).await? else { return Ok((mine, None)) };
        let today = self.app.clock.today();
        let followed = following(conn, self.document, Matter::Duty(view.place), &unit.path, today).await?;
        Ok((mine, Some(followed.count())))
    }

    async fn studies(&self, conn: &mut Conn) -> Result<Vec<MineStudy>> {
        let (root, today) = (self.actor.root.0, self.app.clock.today());
        let mut mine = Vec::new();
        for one in self.document.received_by(self.own) {
            let followed = following(conn, self.document, Matter::Study, &one.path, today).await?;
            let done = followed.bodies.into_iter().find(|body| body.id == one.id).and_then(|body| body.done);
            let holders = store::org::holders(conn, root, one.id.0, &today.to_string()).await?;
            let has_head = holders.iter().any(|holder| holder.title == Title::Secretary.word());
            let held: Vec<Title> =
                self.actor.posts.iter().filter(|post| post.unit == one.id).map(|post| post.title).collect();
            let rows = store::directive::acknowledged_by_unit(conn, root, one.id.0).await?;
            let himself = rows
                .iter()
                .any(|row| row.directive_id == self.document.row.directive_id && row.person_id == self.actor.person.0);
            let may =
                acknowledges_as(&held, has_head).is_ok() && !himself && self.document.state == DirectiveState::Issued;
            let head_must = has_head && held.contains(&Title::DeputySecretary) && !held.contains(&Title::Secretary);
            mine.push(MineStudy { unit: one.id, name: one.name.clone(), done, may, head_must });
        }
        Ok(mine)
    }

    /// Those of the reader's bodies that received it, or issued it, and may issue something under it.
    fn may_guide(&self) -> Vec<(UnitId, String)> {
        if self.document.state != DirectiveState::Issued {
            return Vec::new();
        }
        let drafts = |one: &&Own| allows(self.actor, Act::DraftDirective, &Resource::of_unit(&one.path));
        let bodies = self.document.received_by(self.own).filter(drafts);
        bodies.map(|one| (one.id, one.name.clone())).collect()
    }

    fn successors(&self, all: &[Document]) -> Result<Vec<DirectiveLine>> {
        let (own, unit) = (self.document.id(), self.document.row.unit_id);
        let fits = |one: &&Document| one.row.unit_id == unit && one.id() != own && one.state == DirectiveState::Issued;
        all.iter().filter(fits).map(line).collect()
    }

    async fn other(
        &self,
        conn: &mut Conn,
        id: Option<uuid::Uuid>,
        shown: &BTreeSet<DirectiveId>,
    ) -> Result<Option<(DirectiveLine, bool)>> {
        let Some(id) = id.map(DirectiveId) else { return Ok(None) };
        let other = Document::load(conn, self.actor, id).await?;
        Ok(Some((line(&other)?, shown.contains(&id))))
    }

    async fn name(&self, conn: &mut Conn, person: Option<uuid::Uuid>) -> Result<String> {
        let Some(person) = person else { return Ok(String::new()) };
        let row = store::org::person(conn, self.actor.root.0, person).await?;
        Ok(row.map_or_else(String::new, |row| row.full_name))
    }

    async fn moment(
        &self,
        conn: &mut Conn,
        who: Option<uuid::Uuid>,
        at: Option<DateTime<Utc>>,
    ) -> Result<Option<(String, DateTime<Utc>)>> {
        let Some(at) = at else { return Ok(None) };
        Ok(Some((self.name(conn, who).await?, at)))
    }
}
