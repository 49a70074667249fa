//! Theo yêu cầu của điểm, mục nào: a later record says which clause asked for it.

use domain::directive::DirectiveState;
use domain::{Actor, DirectiveId, Refusal};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::directive::AskedRow;

use crate::app::Work;
use crate::direction::{Document, object};
use crate::error::Result;

/// Điểm, mục của một văn bản; sent by pages as `<directive>/<clause>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Document.
    pub directive: DirectiveId,
    /// Number of the clause.
    pub clause: String,
}

impl Asked {
    /// Reads what a page sent; none for nothing.
    #[must_use]
    pub fn typed(value: &str) -> Option<Self> {
        let (directive, clause) = value.split_once('/')?;
        Some(Self { directive: directive.parse().ok()?, clause: clause.to_owned() })
    }

    /// As a page sends it.
    #[must_use]
    pub fn value(&self) -> String {
        format!("{}/{}", self.directive, self.clause)
    }
}

/// Whether the clause is there, of a document in force that the actor may see.
///
/// # Errors
/// `DIRECT-028` at `asked_by`; [`crate::Error::Denied`] for a document that he may not see.
pub(crate) async fn readable(conn: &mut Conn, actor: &Actor, asked: &Asked) -> Result<()> {
    let document = Document::seen(conn, actor, asked.directive).await?;
    let parts = store::directive::parts(conn, actor.root.0, asked.directive.0).await?;
    let there = parts.clauses.iter().any(|clause| clause.label == asked.clause);
    if there && document.state == DirectiveState::Issued {
        return Ok(());
    }
    Err(Refusal::new("DIRECT-028").with("clause", &asked.clause).at("asked_by").into())
}

/// Writes down that a clause asked for `record` (`campaign/<id>`); the caller has asked [`readable`].
pub(crate) async fn asked_for(work: &mut Work<'_>, record: &str, asked: &Asked) -> Result<()> {
    let row = AskedRow {
        root_id: work.root(),
        object: record.to_owned(),
        directive_id: asked.directive.0,
        clause: asked.clause.clone(),
    };
    store::directive::ask(&mut work.tx, &row).await?;
    work.note("directive.followed_up", object(asked.directive), None, Some(&row))
}
