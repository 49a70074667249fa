//! Running statements on whichever engine the connection is; the macros of `sql` call these.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{FromRow, Postgres, Sqlite};

use crate::db::{Conn, Link};
use crate::error::{Result, StoreError};
use crate::sql::{Statement, Value, arguments};

/// A struct that can be read from a row of either engine: `#[derive(sqlx::FromRow)]` makes one.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// Refuses a statement whose first value is not the hierarchy the transaction was begun for.
fn keep_inside(conn: &Conn, statement: Statement, values: &[Value]) -> Result<()> {
    let inside = match (conn.root(), values.first()) {
        _ if statement.across => true,
        (Some(root), Some(Value::Uuid(Some(first)))) => root.0 == *first,
        _ => false,
    };
    if inside { Ok(()) } else { Err(StoreError::OutsideRoot(statement.name)) }
}

pub(crate) async fn run(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<u64> {
    keep_inside(conn, statement, &values)?;
    match &mut conn.link {
        Link::Lite(tx) => {
            let arguments = arguments!(SqliteArguments, values);
            let done = sqlx::query_with::<Sqlite, _>(statement.lite, arguments).execute(&mut **tx).await?;
            Ok(done.rows_affected())
        }
        Link::Pg(tx) => {
            let arguments = arguments!(PgArguments, values);
            let done = sqlx::query_with::<Postgres, _>(statement.pg, arguments).execute(&mut **tx).await?;
            Ok(done.rows_affected())
        }
    }
}

pub(crate) async fn change(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<()> {
    match run(conn, statement, values).await? {
        1 => Ok(()),
        _ => Err(StoreError::Stale(statement.name)),
    }
}

pub(crate) async fn rows<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<Vec<T>> {
    keep_inside(conn, statement, &values)?;
    Ok(match &mut conn.link {
        Link::Lite(tx) => {
            let arguments = arguments!(SqliteArguments, values);
            sqlx::query_as_with::<Sqlite, T, _>(statement.lite, arguments).fetch_all(&mut **tx).await?
        }
        Link::Pg(tx) => {
            let arguments = arguments!(PgArguments, values);
            sqlx::query_as_with::<Postgres, T, _>(statement.pg, arguments).fetch_all(&mut **tx).await?
        }
    })
}

pub(crate) async fn maybe_row<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<Option<T>> {
    Ok(rows(conn, statement, values).await?.into_iter().next())
}

pub(crate) async fn one<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<T> {
    maybe_row(conn, statement, values).await?.ok_or(StoreError::Absent(statement.name))
}
