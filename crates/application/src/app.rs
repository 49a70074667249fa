//! The application: database, time, chance, the library of rule books and forms, the press.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::directive::Secrecy;
use domain::policy::{self, Act, Resource};
use domain::{Actor, EntryId, RootId};
use serde::Serialize;
use store::journal::{JournalDraft, Record};
use store::{Db, StoreError, Tx};

use crate::branches::Branches;
use crate::error::{Error, Result};
use crate::library::Library;
use crate::ports::{Chance, Clock, Mailer, Press};

/// Ứng dụng: everything acts and readings need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Db,
    /// The only source of time.
    pub clock: Arc<dyn Clock>,
    /// The only source of identifiers and salts.
    pub chance: Arc<dyn Chance>,
    /// Rule books and forms.
    pub library: Arc<Library>,
    /// Turns papers into files.
    pub press: Arc<dyn Press>,
    /// The highest mark of secrecy that this installation may hold.
    pub(crate) holds: Secrecy,
    /// Hands letters to a mail server, where there is one.
    pub mailer: Option<Arc<dyn Mailer>>,
    pub(crate) branches: Arc<Branches>,
}

/// What the application is built from.
pub struct Parts {
    /// Address of the database: `sqlite:///path/to/file` or `postgres://…`.
    pub database: String,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Rule books and forms.
    pub library: Library,
    /// Press.
    pub press: Arc<dyn Press>,
}

impl App {
    /// Connects to the database; the schema is brought up to date by [`App::migrate`].
    ///
    /// # Errors
    /// [`Error::Fault`] when the database cannot be reached or runs with unsafe settings.
    pub async fn open(parts: Parts) -> Result<Self> {
        let db = Db::connect(&parts.database).await?;
        Ok(Self {
            db,
            clock: parts.clock,
            chance: parts.chance,
            library: Arc::new(parts.library),
            press: parts.press,
            holds: Secrecy::None,
            mailer: None,
            branches: Arc::default(),
        })
    }

    /// The same in an installation that may hold marks of secrecy: a network of its own that leads nowhere.
    #[must_use]
    pub fn holding(self, at_most: Secrecy) -> Self {
        Self { holds: at_most, ..self }
    }

    /// The same with a mail server.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Arc<dyn Mailer>>) -> Self {
        Self { mailer, ..self }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Error::Fault`] when a migration fails or was edited after its release.
    pub async fn migrate(&self) -> Result<()> {
        Ok(self.db.migrate().await?)
    }

    /// `SQLite` or `PostgreSQL`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        self.db.engine()
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.db.close().await;
    }

    pub(crate) async fn read(&self, root: RootId) -> Result<store::Reader> {
        Ok(self.db.read(root).await?)
    }
}

/// Refuses what the access table does not permit; forbidden and absent look the same.
pub(crate) fn permit(actor: &Actor, act: Act, resource: &Resource) -> Result<()> {
    if policy::allows(actor, act, resource) && !policy::touches_oneself(actor, act, resource) {
        Ok(())
    } else {
        Err(Error::Denied)
    }
}

/// One act in the making: its transaction and the journal entries that will be committed with it.
pub(crate) struct Work<'a> {
    app: &'a App,
    actor: &'a Actor,
    pub(crate) tx: Tx,
    pub(crate) at: DateTime<Utc>,
    entries: Vec<JournalDraft>,
}

impl<'a> Work<'a> {
    pub(crate) async fn begin(app: &'a App, actor: &'a Actor) -> Result<Self> {
        let tx = app.db.begin(actor.root).await?;
        Ok(Self { app, actor, tx, at: app.clock.now(), entries: Vec::new() })
    }

    pub(crate) fn root(&self) -> uuid::Uuid {
        self.actor.root.0
    }

    /// Who acts.
    pub(crate) const fn person(&self) -> uuid::Uuid {
        self.actor.person.0
    }

    pub(crate) fn app(&self) -> &'a App {
        self.app
    }

    pub(crate) fn today(&self) -> domain::Day {
        self.app.clock.today()
    }

    /// A new identifier.
    pub(crate) fn id<T: From<uuid::Uuid>>(&self) -> T {
        T::from(self.app.chance.id(self.at))
    }

    /// Writes down what happened: past participle, object (`review/<id>`), the rows before and after.
    pub(crate) fn note<S: Serialize>(
        &mut self,
        event: &str,
        object: String,
        before: Option<&S>,
        after: Option<&S>,
    ) -> Result<()> {
        self.note_citing(event, object, before, after, Grounds::default())
    }

    /// As [`Work::note`], with the rules relied on and the reason given.
    pub(crate) fn note_citing<S: Serialize>(
        &mut self,
        event: &str,
        object: String,
        before: Option<&S>,
        after: Option<&S>,
        grounds: Grounds,
    ) -> Result<()> {
        let mut entry = self.draft(event, object);
        if let Some(before) = before {
            entry = entry.before(before)?;
        }
        if let Some(after) = after {
            entry = entry.after(after)?;
        }
        entry.cites = grounds.cites;
        entry.why = grounds.why;
        self.entries.push(entry);
        Ok(())
    }

    /// An entry of this act still to be filled.
    pub(crate) fn draft(&self, event: &str, object: String) -> JournalDraft {
        JournalDraft::new(self.id::<EntryId>(), self.app.chance.salt(), self.at, event, object)
            .by(self.actor.person, self.actor.post_id())
    }

    /// Writes down what several rows went through.
    pub(crate) fn note_all(&mut self, entries: Vec<JournalDraft>) {
        self.entries.extend(entries);
    }

    /// Commits state and journal together.
    pub(crate) async fn commit(self) -> Result<()> {
        let mut entries = self.entries.into_iter();
        let first = entries.next().ok_or_else(|| Error::Fault("an act without a journal entry".to_owned()))?;
        let record = entries.fold(Record::of(first), Record::and);
        Ok(self.tx.commit(record).await?)
    }

    /// Commits something that is not an act of the review: a saved draft, a read mark.
    pub(crate) async fn commit_housekeeping(self, reason: &'static str) -> Result<()> {
        Ok(self.tx.commit(Record::housekeeping(reason)).await?)
    }
}

/// What an act relies on: rules, and the reason the actor gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grounds {
    pub(crate) cites: Vec<String>,
    pub(crate) why: Option<String>,
}

impl Grounds {
    pub(crate) fn because(why: &str) -> Self {
        Self { cites: Vec::new(), why: (!why.is_empty()).then(|| why.to_owned()) }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale(_) => domain::Refusal::new("REVIEW-002").into(),
            other => Self::Fault(other.to_string()),
        }
    }
}
