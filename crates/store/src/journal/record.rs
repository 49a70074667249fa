//! What an act writes into the journal, and the rule that it writes something.

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use domain::{EntryId, PersonId, PostId, RootId};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::canonical;
use super::of_review::AboutRow;
use crate::bulk::{Table, WholeRow, columns, insert_all};
use crate::db::Conn;
use crate::error::{Result, StoreError};

/// Version of the form of an entry.
const FORM: i64 = 1;

/// Mục nhật ký as an act hands it in. Facts and codes stand in the entry as they are; states and reasons enter it only
/// as salted digests, so that their text can be erased and the tree stays valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalDraft {
    /// Identifier, from the injected source.
    pub id: EntryId,
    /// 32 random bytes, from the injected source; kept apart from the entry.
    pub salt: [u8; 32],
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none when the installation itself acted.
    pub person: Option<PersonId>,
    /// In which post.
    pub post: Option<PostId>,
    /// What was done: a word such as `review.self_review_submitted`.
    pub act: String,
    /// On what: kind and identifier, such as `review/0190…`.
    pub object: String,
    /// Digest of the row or rows before.
    pub pre: Option<String>,
    /// Digest of the row or rows after.
    pub post_state: Option<String>,
    /// Codes of rules and identifiers of entries this act relies on; no text about people.
    pub cites: Vec<String>,
    /// The reason given, in words; only its digest enters the journal.
    pub why: Option<String>,
}

impl JournalDraft {
    /// An entry without person, states and reasons; the methods below add them.
    #[must_use]
    pub fn new(id: EntryId, salt: [u8; 32], at: DateTime<Utc>, act: &str, object: String) -> Self {
        let (act, cites) = (act.to_owned(), Vec::new());
        Self { id, salt, at, person: None, post: None, act, object, pre: None, post_state: None, cites, why: None }
    }

    /// Who acted, in which post.
    #[must_use]
    pub fn by(mut self, person: PersonId, post: Option<PostId>) -> Self {
        (self.person, self.post) = (Some(person), post);
        self
    }

    /// The row (or list of rows) before the act.
    ///
    /// # Errors
    /// [`StoreError::NotCanonical`] when it cannot be written as JSON.
    pub fn before(mut self, state: &impl Serialize) -> Result<Self> {
        self.pre = Some(state_digest(&self.salt, &as_json(state)?)?);
        Ok(self)
    }

    /// The row (or list of rows) after the act.
    ///
    /// # Errors
    /// [`StoreError::NotCanonical`] when it cannot be written as JSON.
    pub fn after(mut self, state: &impl Serialize) -> Result<Self> {
        self.post_state = Some(state_digest(&self.salt, &as_json(state)?)?);
        Ok(self)
    }

    /// Adds a rule or an entry this act relies on.
    #[must_use]
    pub fn cites(mut self, citation: impl Into<String>) -> Self {
        self.cites.push(citation.into());
        self
    }

    /// The reason given.
    #[must_use]
    pub fn why(mut self, reason: impl Into<String>) -> Self {
        self.why = Some(reason.into());
        self
    }

    /// The canonical text that becomes the leaf.
    pub(super) fn body(&self, root: RootId) -> Result<String> {
        let mut entry = json!({
            "v": FORM,
            "root": root.0,
            "id": self.id.0,
            "at": self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "act": self.act,
            "object": self.object,
            "cites": self.cites,
        });
        let why = self.why.as_ref().map(|why| state_digest(&self.salt, &json!(why))).transpose()?;
        let optional = [
            ("person", self.person.map(|id| json!(id.0))),
            ("post", self.post.map(|id| json!(id.0))),
            ("pre", self.pre.as_ref().map(|digest| json!(digest))),
            ("post_state", self.post_state.as_ref().map(|digest| json!(digest))),
            ("why", why.map(Value::from)),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                entry[key] = value;
            }
        }
        canonical(&entry)
    }
}

fn as_json(state: &impl Serialize) -> Result<Value> {
    serde_json::to_value(state).map_err(|error| StoreError::NotCanonical(error.to_string()))
}

/// Salted digest of a state as it stands in entries: hexadecimal SHA-256(salt ‖ canonical JSON).
///
/// # Errors
/// [`StoreError::NotCanonical`] when the state holds numbers with a fraction.
pub fn state_digest(salt: &[u8; 32], state: &Value) -> Result<String> {
    let digest = Sha256::new().chain_update(salt).chain_update(canonical(state)?).finalize();
    Ok(HEXLOWER.encode(&digest))
}

/// What [`crate::Tx::commit`] takes: the journal entries of the act, at least one, or the plain statement that nothing
/// happened that the journal is for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a record belongs to a commit"]
pub struct Record(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Entries(Vec<JournalDraft>),
    Housekeeping(&'static str),
}

impl Record {
    /// The record of an act with one entry.
    pub fn of(entry: JournalDraft) -> Self {
        Self(Kind::Entries(vec![entry]))
    }

    /// One more entry of the same act.
    pub fn and(self, entry: JournalDraft) -> Self {
        let mut entries = match self.0 {
            Kind::Entries(entries) => entries,
            Kind::Housekeeping(_) => Vec::new(),
        };
        entries.push(entry);
        Self(Kind::Entries(entries))
    }

    /// No act: sessions, jobs, drafts only their author sees. The reason is for the reader of the code.
    pub const fn housekeeping(reason: &'static str) -> Self {
        Self(Kind::Housekeeping(reason))
    }
}

#[derive(Debug)]
struct EntryRow {
    root_id: Uuid,
    entry_id: Uuid,
    body: String,
}
columns! { EntryRow in journal_entry, key (entry_id), rest (body) }

#[derive(Debug)]
struct SaltRow {
    root_id: Uuid,
    entry_id: Uuid,
    salt: String,
}
columns! { SaltRow in journal_salt, key (entry_id), rest (salt) }

#[derive(Debug)]
struct PendingRow {
    root_id: Uuid,
    entry_id: Uuid,
}
columns! { PendingRow in journal_pending, key (entry_id), rest () }

pub(super) const TABLES: [Table; 4] = [EntryRow::TABLE, SaltRow::TABLE, PendingRow::TABLE, AboutRow::TABLE];

/// Entries written together.
const PART: usize = 1_000;

/// Adds the entries to the transaction, not yet numbered.
pub(crate) async fn append(conn: &mut Conn, record: Record) -> Result<()> {
    let Kind::Entries(drafts) = record.0 else { return Ok(()) };
    let root = conn.root().ok_or_else(|| StoreError::Journal("an act outside every hierarchy".to_owned()))?;
    let mut drafts = drafts.into_iter().peekable();
    while drafts.peek().is_some() {
        append_part(conn, root, drafts.by_ref().take(PART).collect()).await?;
    }
    Ok(())
}

async fn append_part(conn: &mut Conn, root: RootId, drafts: Vec<JournalDraft>) -> Result<()> {
    let (mut entries, mut salts, mut pending) = (Vec::new(), Vec::new(), Vec::new());
    for draft in &drafts {
        let (root_id, entry_id) = (root.0, draft.id.0);
        entries.push(EntryRow { root_id, entry_id, body: draft.body(root)? });
        salts.push(SaltRow { root_id, entry_id, salt: HEXLOWER.encode(&draft.salt) });
        pending.push(PendingRow { root_id, entry_id });
    }
    insert_all(conn, &entries).await?;
    insert_all(conn, &salts).await?;
    insert_all(conn, &pending).await?;
    let about: Vec<AboutRow> = drafts.iter().filter_map(|draft| AboutRow::of(root.0, draft)).collect();
    insert_all(conn, &about).await?;
    Ok(())
}
