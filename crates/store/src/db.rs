//! The database behind two engines: connecting, the schema, transactions.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use domain::RootId;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

pub use crate::error::{Result, StoreError};
use crate::journal::{self, Record};
use crate::query::Answered;
use crate::upkeep;

const LITE_READERS: u32 = 4;
/// Kilobytes of pages that a connection to SQLite keeps, with the minus sign that says kilobytes.
pub(crate) const LITE_CACHE: &str = "-16000";
/// Rows that a connection to SQLite reads ahead of whoever asked.
const LITE_ROWS: usize = 1_000;
/// More than the program has statements: none is prepared twice on a connection.
const STATEMENTS: usize = 1_000;
const PG_CONNECTIONS: u32 = 10;
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(15);
const ASK_AFTER: Duration = Duration::from_secs(5);
const WAIT_FOR_LOCK: Duration = Duration::from_secs(10);
/// After so many rows in bulk the engine's figures about its tables are renewed, or it would plan for empty tables.
const MANY_ROWS: u64 = 1_000;
/// The server ends a transaction whose client fell silent, so that it does not lock its hierarchy for ever.
const PG_LIMITS: [(&str, &str); 2] = [("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "60s")];

/// Acts of one hierarchy follow one another, as they do behind the one writer of SQLite: each begins by locking the row
/// of the hierarchy, and read committed lets every later statement see what the act before it wrote. So no act has to
/// be repeated because of another. The lock lets foreign keys to the row be checked, and it is one that a sharded server
/// keeps where the hierarchy is.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
const ONE_AT_A_TIME: &str = "SELECT root_id FROM root WHERE root_id = $1 FOR NO KEY UPDATE";
const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success";
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const BEGIN_LITE_WRITE: &str = "BEGIN IMMEDIATE";
const BEGIN_LITE_READ: &str = "BEGIN";

static COMMON: Migrator = sqlx::migrate!("./migrations");
static LITE_ONLY: Migrator = sqlx::migrate!("./migrations/lite");
static PG_ONLY: Migrator = sqlx::migrate!("./migrations/pg");

/// Kho dữ liệu: an embedded SQLite file or a PostgreSQL server. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// One connection that writes, several that only read.
    Lite {
        /// Its one connection is the only one that writes.
        writer: SqlitePool,
        /// Connections that cannot write.
        readers: SqlitePool,
    },
    /// A pool of equal connections.
    Pg(PgPool),
}

impl Db {
    /// Opens `sqlite:///path/to/file` (made when it does not exist) or `postgres://user@host/database`.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] when the engine could lose acknowledged work, [`StoreError::Address`] for other engines.
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            Self::open_lite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_pg(url).await
        } else {
            Err(StoreError::Address("neither sqlite: nor postgres:".to_owned()))
        }
    }

    async fn open_lite(url: &str) -> Result<Self> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StoreError::Address("SQLite in memory cannot be shared by readers and writer".to_owned()));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("cache_size", LITE_CACHE)
            .row_buffer_size(LITE_ROWS)
            .statement_cache_capacity(STATEMENTS)
            .busy_timeout(WAIT_FOR_LOCK);
        // A file does not go away as a server does: nothing is asked of a connection before it is used.
        let pool = || SqlitePoolOptions::new().acquire_timeout(WAIT_FOR_CONNECTION).test_before_acquire(false);
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        assert_durable(&writer).await?;
        let readers = pool().max_connections(LITE_READERS).connect_with(options.read_only(true)).await?;
        Ok(Self::Lite { writer, readers })
    }

    async fn open_pg(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?.application_name("guong").options(PG_LIMITS);
        let options = options.statement_cache_capacity(STATEMENTS);
        let pool = PgPoolOptions::new()
            .max_connections(PG_CONNECTIONS)
            .acquire_timeout(WAIT_FOR_CONNECTION)
            .test_before_acquire(false)
            .before_acquire(|conn, meta| Box::pin(async move { still_there(conn, meta.idle_for).await }))
            .connect_with(options)
            .await?;
        let (commit,): (String,) = sqlx::query_as("SHOW synchronous_commit").fetch_one(&pool).await?;
        if commit == "off" {
            return Err(StoreError::Unsafe("synchronous_commit = off".to_owned()));
        }
        Ok(Self::Pg(pool))
    }

    /// Brings the schema up to date; does nothing when it is. Refuses a database whose applied steps differ from ours.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Lite { writer, .. } => steps(&LITE_ONLY).run(writer).await?,
            Self::Pg(pool) => steps(&PG_ONLY).run(pool).await?,
        }
        Ok(())
    }

    /// Begins the transaction of one act. Waits until the act before it in this hierarchy has ended, at most ten seconds.
    pub async fn begin(&self, root: RootId) -> Result<Tx> {
        Ok(Tx { conn: self.write_alone(root).await?, db: self.clone() })
    }

    /// Begins a transaction that only bookkeeping of the store itself uses: no act, no journal entry.
    pub(crate) async fn chore(&self, root: RootId) -> Result<Chore> {
        self.write(root).await.map(Chore)
    }

    /// Begins bookkeeping that no act and no other such bookkeeping may run beside.
    pub(crate) async fn chore_alone(&self, root: RootId) -> Result<Chore> {
        self.write_alone(root).await.map(Chore)
    }

    /// Begins to read one hierarchy: every statement sees the same state. Ends when it is dropped.
    pub async fn read(&self, root: RootId) -> Result<Reader> {
        let link = match self {
            Self::Lite { readers, .. } => Link::Lite(readers.begin_with(BEGIN_LITE_READ).await?),
            Self::Pg(pool) => Link::Pg(pool.begin_with(BEGIN_READ).await?),
        };
        Ok(Reader(Conn {
            root: Some(root),
            link,
            bulk_rows: 0,
            roster_touched: false,
            answered: Some(Answered::default()),
        }))
    }

    /// For one statement that needs no other to be true: on PostgreSQL a transaction around it would be two more ways there
    /// and back. What takes several statements begins with [`Db::read`].
    pub async fn look(&self, root: RootId) -> Result<Reader> {
        self.look_any(Some(root)).await
    }

    /// As [`Db::look`], across hierarchies, which only statements marked so can.
    pub(crate) async fn look_across(&self) -> Result<Reader> {
        self.look_any(None).await
    }

    async fn look_any(&self, root: Option<RootId>) -> Result<Reader> {
        let link = match self {
            Self::Lite { readers, .. } => Link::LiteOnce(readers.acquire().await?),
            Self::Pg(pool) => Link::PgOnce(pool.acquire().await?),
        };
        Ok(Reader(Conn { root, link, bulk_rows: 0, roster_touched: false, answered: None }))
    }

    async fn write(&self, root: RootId) -> Result<Conn> {
        let link = match self {
            Self::Lite { writer, .. } => Link::Lite(writer.begin_with(BEGIN_LITE_WRITE).await?),
            Self::Pg(pool) => Link::Pg(pool.begin_with(BEGIN_WRITE).await?),
        };
        Ok(Conn { root: Some(root), link, bulk_rows: 0, roster_touched: false, answered: None })
    }

    async fn write_alone(&self, root: RootId) -> Result<Conn> {
        let mut conn = self.write(root).await?;
        if let Link::Pg(tx) = &mut conn.link {
            sqlx::query(ONE_AT_A_TIME).bind(root.0).execute(&mut **tx).await?;
        }
        Ok(conn)
    }

    /// `SQLite` or `PostgreSQL`, for messages.
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Lite { .. } => "SQLite",
            Self::Pg(_) => "PostgreSQL",
        }
    }

    /// Waits for running statements and closes all connections; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Lite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

/// Asks a connection to a server whether it still stands, unless it was used just now: each question is a way there and back.
async fn still_there(conn: &mut PgConnection, idle_for: Duration) -> sqlx::Result<bool> {
    if idle_for > ASK_AFTER {
        conn.ping().await?;
    }
    Ok(true)
}

/// The steps both engines share and those of one engine, numbered in one sequence.
fn steps(own: &Migrator) -> Migrator {
    Migrator::with_migrations(COMMON.iter().chain(own.iter()).cloned().collect())
}

/// Digest over every step of the schema this program knows: two programs with the same digest make the same schema.
#[must_use]
pub fn schema_digest() -> String {
    let all = COMMON.iter().chain(LITE_ONLY.iter()).chain(PG_ONLY.iter());
    crate::paper::sha256(&all.flat_map(|step| step.checksum.iter().copied()).collect::<Vec<u8>>())
}

/// Names of the steps that are not applied yet. Changes nothing, not even in an empty database.
pub(crate) async fn pending_steps(db: &Db) -> Result<Vec<String>> {
    let all = match db {
        Db::Lite { .. } => steps(&LITE_ONLY),
        Db::Pg(_) => steps(&PG_ONLY),
    };
    // A database without the list of steps has none.
    let applied: Vec<(i64,)> = match db {
        Db::Lite { readers, .. } => sqlx::query_as(APPLIED).fetch_all(readers).await.unwrap_or_default(),
        Db::Pg(pool) => sqlx::query_as(APPLIED).fetch_all(pool).await.unwrap_or_default(),
    };
    let pending = all.iter().filter(|step| !applied.contains(&(step.version,)));
    Ok(pending.map(|step| format!("{:04} {}", step.version, step.description)).collect())
}

/// An acknowledged act must survive a power cut: WAL alone does not promise it, `synchronous = FULL` (2) does.
async fn assert_durable(writer: &SqlitePool) -> Result<()> {
    let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(writer).await?;
    let (synchronous,): (i64,) = sqlx::query_as("PRAGMA synchronous").fetch_one(writer).await?;
    let (foreign_keys,): (i64,) = sqlx::query_as("PRAGMA foreign_keys").fetch_one(writer).await?;
    if (mode.as_str(), synchronous, foreign_keys) == ("wal", 2, 1) {
        Ok(())
    } else {
        Err(StoreError::Unsafe(format!(
            "SQLite with journal_mode {mode}, synchronous {synchronous}, foreign_keys {foreign_keys}"
        )))
    }
}

#[derive(Debug)]
enum Link {
    Lite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
    LiteOnce(PoolConnection<Sqlite>),
    PgOnce(PoolConnection<Postgres>),
}

/// A connection of either engine.
pub(crate) enum Engine<'c> {
    Lite(&'c mut SqliteConnection),
    Pg(&'c mut PgConnection),
}

/// What the functions of the table files work on: a transaction of either engine, bound to one hierarchy.
#[derive(Debug)]
pub struct Conn {
    root: Option<RootId>,
    link: Link,
    /// Rows written in bulk so far.
    pub(crate) bulk_rows: u64,
    /// Whether tree or roster was written to.
    pub(crate) roster_touched: bool,
    /// What was asked and answered so far, where one state lasts.
    pub(crate) answered: Option<Answered>,
}

impl Conn {
    /// The hierarchy every statement must name first.
    pub(crate) const fn root(&self) -> Option<RootId> {
        self.root
    }

    pub(crate) fn engine(&mut self) -> Engine<'_> {
        match &mut self.link {
            Link::Lite(tx) => Engine::Lite(tx),
            Link::Pg(tx) => Engine::Pg(tx),
            Link::LiteOnce(conn) => Engine::Lite(conn),
            Link::PgOnce(conn) => Engine::Pg(conn),
        }
    }

    async fn commit(self) -> Result<()> {
        match self.link {
            Link::Lite(tx) => tx.commit().await?,
            Link::Pg(tx) => tx.commit().await?,
            Link::LiteOnce(_) | Link::PgOnce(_) => {}
        }
        Ok(())
    }
}

/// Giao dịch of one act. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Tx {
    conn: Conn,
    db: Db,
}

impl Tx {
    /// This is one part of very many rows, after the last of which [`upkeep::settle`] renews the engine's figures.
    pub fn part_of_many(mut self) -> Self {
        self.conn.bulk_rows = 0;
        self
    }

    /// Writes the journal entries of the act and commits everything; there is no other way to commit.
    pub async fn commit(mut self, record: Record) -> Result<()> {
        journal::append(&mut self.conn, record).await?;
        if self.conn.roster_touched {
            crate::root::count_change(&mut self.conn).await?;
        }
        let many = self.conn.bulk_rows >= MANY_ROWS;
        self.conn.commit().await?;
        if many {
            // What was committed stays committed whether or not the figures could be renewed.
            let _ = upkeep::analyse(&self.db).await;
        }
        Ok(())
    }
}

/// A transaction of the store's own bookkeeping.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub(crate) struct Chore(Conn);

impl Chore {
    pub(crate) async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}

/// A reading transaction: one state for all statements.
#[derive(Debug)]
pub struct Reader(Conn);

macro_rules! derefs {
    ($($type:ident $field:tt)*) => { $(
        impl Deref for $type {
            type Target = Conn;
            fn deref(&self) -> &Conn { &self.$field }
        }
        impl DerefMut for $type {
            fn deref_mut(&mut self) -> &mut Conn { &mut self.$field }
        }
    )* };
}
derefs! { Tx conn Chore 0 Reader 0 }
