//! Theo yêu cầu nào, và đã dẫn đến việc gì: records that a clause asked for.

use std::collections::{BTreeMap, BTreeSet};

use domain::directive::{DirectiveState, KnownBy};
use domain::policy::{Act, Resource, allows};
use domain::{Actor, CampaignId, DirectiveId};
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::directive::{AskedRow, ClauseRow};
use uuid::Uuid;

use super::following::Done;
use super::view::{DirectiveLine, line};
use crate::acts::direction::Asked;
use crate::app::App;
use crate::direction::{Document, own_units};
use crate::error::Result;
use crate::papers::place::day_of;

/// What stands before the id of a campaign in the journal.
const CAMPAIGN: &str = "campaign/";

/// Theo yêu cầu của điểm, mục nào.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedView {
    /// The document.
    pub directive: DirectiveLine,
    /// Number of the clause.
    pub clause: String,
    /// What the clause says.
    pub text: String,
    /// Whether the document opens to the reader.
    pub opens: bool,
}

/// Việc đã dẫn đến.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Number of the clause that asked for it.
    pub clause: String,
    /// What the record is called.
    pub title: String,
    /// Whose it is.
    pub unit_name: String,
    /// Where it stands, when it opens to the reader.
    pub link: Option<String>,
}

/// Which clauses asked for a record (`campaign/<id>`). Whoever sees the record sees them.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn asked(app: &App, actor: &Actor, record: &str) -> Result<Vec<AskedView>> {
    let mut conn = app.read(actor.root).await?;
    let own = own_units(&mut conn, actor).await?;
    let mut rows = store::directive::asked_by(&mut conn, actor.root.0, record).await?;
    if let Some(round) = round_of(&mut conn, actor, record).await? {
        rows.extend(store::directive::asked_by(&mut conn, actor.root.0, &round).await?);
    }
    let mut views = Vec::new();
    for row in rows {
        let document = Document::load(&mut conn, actor, DirectiveId(row.directive_id)).await?;
        let parts = store::directive::parts(&mut conn, actor.root.0, row.directive_id).await?;
        let text = parts.clauses.into_iter().find(|clause| clause.label == row.clause).map(|clause| clause.text);
        views.push(AskedView {
            directive: line(&document)?,
            opens: document.shows_to(actor, &own),
            text: text.unwrap_or_default(),
            clause: row.clause,
        });
    }
    Ok(views)
}

/// The round to which a campaign belongs: what asked for the round asked for it too.
async fn round_of(conn: &mut Conn, actor: &Actor, record: &str) -> Result<Option<String>> {
    let id: Option<CampaignId> = record.strip_prefix(CAMPAIGN).and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(None) };
    let campaign = store::campaign::campaign(conn, actor.root.0, id.0).await?;
    Ok(campaign.and_then(|one| one.parent_id).map(|round| format!("{CAMPAIGN}{round}")))
}

/// The clauses on which the actor may call: of documents in force that he sees, the newest first.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn askable(app: &App, actor: &Actor) -> Result<Vec<(Asked, DirectiveLine, String)>> {
    let mut conn = app.read(actor.root).await?;
    let own = own_units(&mut conn, actor).await?;
    let mut found = Vec::new();
    for placed in store::directive::directives(&mut conn, actor.root.0).await? {
        let document = Document::of(placed)?;
        if document.state != DirectiveState::Issued || !document.shows_to(actor, &own) {
            continue;
        }
        for ClauseRow { label, text, .. } in
            store::directive::parts(&mut conn, actor.root.0, document.row.directive_id).await?.clauses
        {
            found.push((Asked { directive: document.id(), clause: label }, line(&document)?, text));
        }
    }
    Ok(found)
}

/// What came of a document, as far as the reader sees that kind of record.
pub(super) async fn outcomes(conn: &mut Conn, actor: &Actor, document: &Document) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for row in store::directive::asked_of(conn, actor.root.0, document.row.directive_id).await? {
        let Some(campaign) = campaign_of(conn, &row).await? else { continue };
        let unit = store::org::unit(conn, actor.root.0, campaign.unit_id).await?;
        let Some(unit) = unit else { continue };
        let opens = allows(actor, Act::ViewCampaign, &Resource::of_unit(&unit.path));
        outcomes.push(Outcome {
            clause: row.clause,
            title: campaign.title,
            unit_name: unit.name,
            link: opens.then(|| format!("/dot/{}", campaign.campaign_id)),
        });
    }
    Ok(outcomes)
}

async fn campaign_of(conn: &mut Conn, row: &AskedRow) -> Result<Option<CampaignRow>> {
    let id: Option<CampaignId> = row.object.strip_prefix(CAMPAIGN).and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(None) };
    Ok(store::campaign::campaign(conn, row.root_id, id.0).await?)
}

/// The clause itself and every clause of a guidance that carries it out, level by level.
async fn carried(conn: &mut Conn, document: &Document, clause: &str) -> Result<BTreeSet<(Uuid, String)>> {
    let root = document.row.root_id;
    let all = store::directive::directives(conn, root).await?;
    let first = (document.row.directive_id, clause.to_owned());
    let mut found = BTreeSet::from([first.clone()]);
    let mut open = vec![first];
    while let Some((above, label)) = open.pop() {
        for guidance in all.iter().filter(|one| one.directive.under_id == Some(above)) {
            let id = guidance.directive.directive_id;
            for row in store::directive::parts(conn, root, id).await?.clauses {
                let next = (id, row.label);
                if row.carries == label && found.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
    }
    Ok(found)
}

/// The campaigns that a clause asked for, those of the bodies in a round included.
async fn campaigns(conn: &mut Conn, document: &Document, clause: &str) -> Result<Vec<CampaignRow>> {
    let mut ids = BTreeSet::new();
    for (directive, clause) in carried(conn, document, clause).await? {
        for row in store::directive::asked_of(conn, document.row.root_id, directive).await? {
            if row.clause == clause {
                ids.extend(row.object.strip_prefix(CAMPAIGN).and_then(|id| Uuid::parse_str(id).ok()));
            }
        }
    }
    let mut all = store::campaign::campaigns(conn, document.row.root_id).await?;
    all.retain(|one| ids.contains(&one.campaign_id) || one.parent_id.is_some_and(|round| ids.contains(&round)));
    Ok(all)
}

/// Unit → since when it has a round that the clause asked for.
pub(super) async fn opened(conn: &mut Conn, document: &Document, clause: &str) -> Result<BTreeMap<Uuid, Done>> {
    let mut done = BTreeMap::new();
    for campaign in campaigns(conn, document, clause).await? {
        done.entry(campaign.unit_id)
            .or_insert_with(|| known(KnownBy::RoundOpened, &campaign.title, campaign.opened_at));
    }
    Ok(done)
}

/// Unit → since when it has reported the results of such a round.
pub(super) async fn reported(conn: &mut Conn, document: &Document, clause: &str) -> Result<BTreeMap<Uuid, Done>> {
    let mut done = BTreeMap::new();
    for campaign in campaigns(conn, document, clause).await? {
        let round = campaign.parent_id.unwrap_or(campaign.campaign_id);
        let reports = store::rollup::reports(conn, campaign.root_id, round, campaign.unit_id).await?;
        if let Some(first) = reports.last() {
            done.insert(campaign.unit_id, known(KnownBy::ResultsReported, &campaign.title, first.reported_at));
        }
    }
    Ok(done)
}

fn known(by: KnownBy, title: &str, at: chrono::DateTime<chrono::Utc>) -> Done {
    Done { on: day_of(at), who: String::new(), title: None, how: by.word().to_owned(), note: title.to_owned() }
}
