//! Care of the database as a whole: figures for the planner, an inspection, a copy while it is in use.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, SqlitePool};

use crate::db::{Db, LITE_CACHE, Result, StoreError, pending_steps};

/// What the database says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Engine with its version.
    pub version: String,
    /// Steps of the schema that are not applied yet, by name.
    pub pending: Vec<String>,
    /// What is wrong, in the words of the engine; empty when nothing is.
    pub damage: Vec<String>,
    /// Size of the data in bytes.
    pub size: u64,
}

/// Renews the figures by which the engine plans its queries; without them a roll-up may take minutes. Happens by itself
/// after an act that wrote many rows in bulk.
///
/// # Errors
/// When the database fails.
pub async fn analyse(db: &Db) -> Result<()> {
    match db {
        Db::Lite { writer, .. } => sqlx::query("ANALYZE").execute(writer).await.map(drop)?,
        Db::Pg(pool) => sqlx::query("ANALYZE").execute(pool).await.map(drop)?,
    }
    Ok(())
}

/// Before very many rows are written: until [`settle`] SQLite keeps more pages in memory and folds its log into the file more
/// rarely, or pages that are written to again and again would go to disk as often.
///
/// # Errors
/// When the database fails.
pub async fn expect_many(db: &Db) -> Result<()> {
    if let Db::Lite { writer, .. } = db {
        sqlx::query("PRAGMA cache_size = -80000").execute(writer).await?;
        sqlx::query("PRAGMA wal_autocheckpoint = 20000").execute(writer).await?;
    }
    Ok(())
}

/// After very many rows were written: renews the figures, and folds what SQLite has in its log into the file, or every page
/// would be looked for in the log first.
///
/// # Errors
/// When the database fails.
pub async fn settle(db: &Db) -> Result<()> {
    match db {
        Db::Lite { writer, .. } => {
            sqlx::query("ANALYZE").execute(writer).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await?;
            sqlx::query("PRAGMA wal_autocheckpoint = 1000").execute(writer).await?;
            sqlx::query(AssertSqlSafe(format!("PRAGMA cache_size = {LITE_CACHE}"))).execute(writer).await?;
        }
        Db::Pg(pool) => {
            sqlx::query("VACUUM (ANALYZE)").execute(pool).await?;
        }
    }
    Ok(())
}

/// Looks the database over. On SQLite this reads all of it.
///
/// # Errors
/// When the database cannot be asked.
pub async fn inspect(db: &Db) -> Result<Inspection> {
    let pending = pending_steps(db).await?;
    let (version, size, damage) = match db {
        Db::Lite { readers, .. } => {
            let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(readers).await?;
            let (size,): (i64,) =
                sqlx::query_as("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                    .fetch_one(readers)
                    .await?;
            (format!("SQLite {version}"), size, damage(readers).await?)
        }
        Db::Pg(pool) => {
            let (version,): (String,) = sqlx::query_as("SHOW server_version").fetch_one(pool).await?;
            let (size,): (i64,) = sqlx::query_as("SELECT pg_database_size(current_database())").fetch_one(pool).await?;
            (format!("PostgreSQL {version}"), size, unsafe_settings(pool).await?)
        }
    };
    Ok(Inspection { version, pending, damage, size: u64::try_from(size).unwrap_or_default() })
}

/// Broken pages and references.
async fn damage(pool: &SqlitePool) -> Result<Vec<String>> {
    let found: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check").fetch_all(pool).await?;
    let mut damage: Vec<String> = found.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect();
    let dangling: Vec<(String, i64)> =
        sqlx::query_as("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY \"table\"")
            .fetch_all(pool)
            .await?;
    damage.extend(dangling.into_iter().map(|(table, rows)| format!("{table}: {rows} rows refer to nothing")));
    Ok(damage)
}

/// Settings under which a server may lose what it acknowledged.
async fn unsafe_settings(pool: &sqlx::PgPool) -> Result<Vec<String>> {
    let off: Vec<(String,)> = sqlx::query_as(
        "SELECT name || ' = off' FROM pg_settings \
         WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name",
    )
    .fetch_all(pool)
    .await?;
    Ok(off.into_iter().map(|(line,)| line).collect())
}

/// Sao lưu: writes one state of the whole database into a new file while it is in use, and checks the copy.
///
/// # Errors
/// [`StoreError::Address`] on PostgreSQL, which has its own tools; when the file exists or the copy is damaged.
pub async fn backup(db: &Db, file: &Path) -> Result<()> {
    let Db::Lite { readers, .. } = db else {
        return Err(StoreError::Address("PostgreSQL is backed up with pg_dump or pg_basebackup".to_owned()));
    };
    let name = file.to_str().ok_or_else(|| StoreError::Address("file name that is not UTF-8".to_owned()))?;
    if file.exists() {
        return Err(StoreError::Address(format!("{name} exists already")));
    }
    sqlx::query("VACUUM INTO $1").bind(name).execute(readers).await?;
    std::fs::File::open(file)?.sync_all()?;
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let copy = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let damage = damage(&copy).await?;
    copy.close().await;
    if damage.is_empty() { Ok(()) } else { Err(StoreError::Unsafe(format!("damaged copy: {}", damage.join("; ")))) }
}
