//! Running statements on whichever engine the connection is; the macros of `sql` call these.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{FromRow, Postgres, Sqlite};

use crate::db::{Conn, Engine};
use crate::error::{Result, StoreError};
use crate::sql::{Statement, Value, arguments};

/// A struct that can be read from a row of either engine: `#[derive(sqlx::FromRow)]` makes one.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// Answers with more rows are not kept.
const FEW_ROWS: usize = 32;
/// So many answers are kept.
const ANSWERS: usize = 200;

/// What a reading transaction was asked and what came of it. It sees one state, so that the same question has the same
/// answer: the readings of one page may each ask for the campaign, and it is fetched once.
#[derive(Default)]
pub(crate) struct Answered(BTreeMap<(&'static str, Vec<Value>), Box<dyn Any + Send>>);

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answers", self.0.len())
    }
}

impl Answered {
    fn find<T: Clone + 'static>(&self, question: &(&'static str, Vec<Value>)) -> Option<Vec<T>> {
        self.0.get(question)?.downcast_ref::<Vec<T>>().cloned()
    }

    fn keep<T: Clone + Send + 'static>(&mut self, question: (&'static str, Vec<Value>), answer: &[T]) {
        if answer.len() <= FEW_ROWS && self.0.len() < ANSWERS {
            self.0.insert(question, Box::new(answer.to_vec()));
        }
    }
}

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
    conn.roster_touched |= crate::root::is_of_roster(crate::sql::written_table(statement.lite));
    match conn.engine() {
        Engine::Lite(conn) => {
            let arguments = arguments!(SqliteArguments, values);
            let done = sqlx::query_with::<Sqlite, _>(statement.lite, arguments).execute(conn).await?;
            Ok(done.rows_affected())
        }
        Engine::Pg(conn) => {
            let arguments = arguments!(PgArguments, values);
            let done = sqlx::query_with::<Postgres, _>(statement.pg, arguments).execute(conn).await?;
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

/// As [`rows`], asked once in a reading transaction however often it is called.
pub(crate) async fn kept<T: Row + Clone + 'static>(
    conn: &mut Conn,
    statement: Statement,
    values: Vec<Value>,
) -> Result<Vec<T>> {
    if conn.answered.is_none() {
        return rows(conn, statement, values).await;
    }
    let question = (statement.pg, values);
    if let Some(known) = conn.answered.as_ref().and_then(|answered| answered.find(&question)) {
        return Ok(known);
    }
    let found = rows(conn, statement, question.1.clone()).await?;
    if let Some(answered) = &mut conn.answered {
        answered.keep(question, &found);
    }
    Ok(found)
}

pub(crate) async fn rows<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<Vec<T>> {
    keep_inside(conn, statement, &values)?;
    Ok(match conn.engine() {
        Engine::Lite(conn) => {
            let arguments = arguments!(SqliteArguments, values);
            sqlx::query_as_with::<Sqlite, T, _>(statement.lite, arguments).fetch_all(conn).await?
        }
        Engine::Pg(conn) => {
            let arguments = arguments!(PgArguments, values);
            let query = sqlx::query_as_with::<Postgres, T, _>(statement.pg, arguments);
            query.persistent(!statement.anew).fetch_all(conn).await?
        }
    })
}

pub(crate) async fn maybe_row<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<Option<T>> {
    Ok(rows(conn, statement, values).await?.into_iter().next())
}

pub(crate) async fn one<T: Row>(conn: &mut Conn, statement: Statement, values: Vec<Value>) -> Result<T> {
    maybe_row(conn, statement, values).await?.ok_or(StoreError::Absent(statement.name))
}
