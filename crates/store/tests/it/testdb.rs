//! A fresh, migrated database for one test, on either engine. Tests of other crates may take this file as a module
//! `it::testdb` of their own.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::RootId;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use store::Db;
use store::journal::Record;
use store::root::{RootRow, insert_root};
use uuid::Uuid;

/// One test on both engines: `on_both! { async fn sentence(t: &TestDb) { … } }`.
macro_rules! on_both {
    ($($(#[$about:meta])* async fn $name:ident($t:ident: &TestDb) $body:block)*) => { $(
        $(#[$about])*
        mod $name {
            use super::*;

            async fn check($t: &$crate::it::testdb::TestDb) $body

            #[tokio::test]
            async fn on_sqlite() {
                let t = $crate::it::testdb::TestDb::lite().await;
                check(&t).await;
                t.finish().await;
            }

            #[tokio::test]
            async fn on_postgresql() {
                let Some(t) = $crate::it::testdb::TestDb::pg().await else { return };
                check(&t).await;
                t.finish().await;
            }
        }
    )* };
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database of its own with one hierarchy in it.
pub struct TestDb {
    pub db: Db,
    pub root: RootId,
    pub place: Place,
}

/// Where the database is, for tests that go past the store.
pub enum Place {
    Lite { path: PathBuf, _folder: tempfile::TempDir },
    Pg { server: String, name: String },
}

/// A connection past the store, without its guards: what an administrator could open.
pub enum Raw {
    Lite(SqliteConnection),
    Pg(PgConnection),
}

impl TestDb {
    pub async fn lite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.sqlite");
        let db = Db::connect(&format!("sqlite://{}", path.display())).await.unwrap();
        db.migrate().await.unwrap();
        Self::with_root(db, Place::Lite { path, _folder: folder }).await
    }

    /// None when the environment says that the PostgreSQL half is to be left out.
    pub async fn pg() -> Option<Self> {
        let server = server()?;
        let template = template(&server).await;
        let name = format!("guong_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut admin = admin(&server).await;
        execute_pg(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        execute_pg(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let db = Db::connect(&database_url(&server, &name)).await.unwrap();
        Some(Self::with_root(db, Place::Pg { server, name }).await)
    }

    async fn with_root(db: Db, place: Place) -> Self {
        let root = RootId(Uuid::from_u128(0xA));
        add_root(&db, root).await;
        Self { db, root, place }
    }

    pub fn url(&self) -> String {
        match &self.place {
            Place::Lite { path, .. } => format!("sqlite://{}", path.display()),
            Place::Pg { server, name } => database_url(server, name),
        }
    }

    /// A connection that knows no foreign keys and no triggers.
    pub async fn raw(&self) -> Raw {
        match &self.place {
            Place::Lite { path, .. } => {
                let options = SqliteConnectOptions::new().filename(path).foreign_keys(false);
                let mut raw = Raw::Lite(options.connect().await.unwrap());
                for trigger in ["entry_stays", "entry_unchanged", "leaf_stays", "leaf_unchanged"] {
                    raw.execute(&format!("DROP TRIGGER IF EXISTS journal_{trigger}")).await.unwrap();
                }
                raw
            }
            Place::Pg { .. } => {
                let mut raw = PgConnection::connect(&self.url()).await.unwrap();
                execute_pg(&mut raw, "SET session_replication_role = replica".to_owned()).await;
                Raw::Pg(raw)
            }
        }
    }

    pub async fn finish(self) {
        self.db.close().await;
        if let Place::Pg { server, name } = self.place {
            execute_pg(&mut admin(&server).await, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

impl Raw {
    pub async fn execute(&mut self, text: &str) -> Result<u64, sqlx::Error> {
        let text = AssertSqlSafe(text.to_owned());
        Ok(match self {
            Self::Lite(raw) => sqlx::raw_sql(text).execute(raw).await?.rows_affected(),
            Self::Pg(raw) => sqlx::raw_sql(text).execute(raw).await?.rows_affected(),
        })
    }

    /// The first column of every row, as text.
    pub async fn texts(&mut self, text: &str) -> Vec<String> {
        let text = AssertSqlSafe(text.to_owned());
        match self {
            Self::Lite(raw) => sqlx::query_scalar(text).fetch_all(raw).await.unwrap(),
            Self::Pg(raw) => sqlx::query_scalar(text).fetch_all(raw).await.unwrap(),
        }
    }

    pub async fn count(&mut self, table: &str) -> i64 {
        let text = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        match self {
            Self::Lite(raw) => sqlx::query_scalar(text).fetch_one(raw).await.unwrap(),
            Self::Pg(raw) => sqlx::query_scalar(text).fetch_one(raw).await.unwrap(),
        }
    }
}

/// Sets up one more hierarchy.
pub async fn add_root(db: &Db, root: RootId) {
    let row = RootRow {
        root_id: root.0,
        name: "Đảng bộ Mẫu".to_owned(),
        demo: true,
        created_at: chrono::DateTime::UNIX_EPOCH,
    };
    let mut tx = db.begin(root).await.unwrap();
    insert_root(&mut tx, &row).await.unwrap();
    tx.commit(Record::housekeeping("test data")).await.unwrap();
}

/// URL of the server, or none when the PostgreSQL half is to be left out.
pub fn server() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the test runner says by the environment where the server is")]
    let value = std::env::var("GUONG_TEST_PG").unwrap_or_default();
    assert!(
        !value.is_empty(),
        "GUONG_TEST_PG is not set: start a server with .ci/postgres-start and set it to the URL that it prints, or set it to skip"
    );
    (value != "skip").then_some(value)
}

fn database_url(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').expect("a URL that ends in /database");
    format!("{address}/{name}")
}

async fn admin(server: &str) -> PgConnection {
    PgConnectOptions::from_str(server).unwrap().connect().await.expect("the server of GUONG_TEST_PG answers")
}

async fn execute_pg(conn: &mut PgConnection, text: String) {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(conn).await.unwrap();
}

/// Name of a migrated database to copy; made by whoever comes first, for each state of the migrations once.
async fn template(server: &str) -> String {
    let name = format!("guong_template_{}", &store::schema_digest()[..16]);
    let mut admin = admin(server).await;
    execute_pg(&mut admin, "SELECT pg_advisory_lock(7061)".to_owned()).await;
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut admin)
        .await
        .unwrap();
    if !exists {
        let unfinished = format!("{name}_unfinished");
        execute_pg(&mut admin, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        execute_pg(&mut admin, format!("CREATE DATABASE {unfinished}")).await;
        let db = Db::connect(&database_url(server, &unfinished)).await.unwrap();
        db.migrate().await.unwrap();
        db.close().await;
        execute_pg(&mut admin, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    admin.close().await.unwrap();
    name
}
