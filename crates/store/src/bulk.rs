//! Whole rows in, many at a time. The only place where SQL text is assembled, and only from constants.

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;

use crate::db::{Conn, Engine};
use crate::error::{Result, StoreError};
use crate::sql::{Value, arguments};

/// SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const PARAMETERS: usize = 30_000;
const ROWS: usize = 1_000;

/// Names of a table, as far as whole rows need them.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name of the table.
    pub name: &'static str,
    /// Columns of the primary key, `root_id` first.
    pub key: &'static [&'static str],
    /// The other columns.
    pub rest: &'static [&'static str],
}

/// A struct that is a whole row of one table; made by `columns!`.
pub(crate) trait WholeRow {
    const TABLE: Table;
    fn values(&self) -> Vec<Value>;
}

/// `columns! { UnitRow in unit, key (unit_id), rest (parent_id, kind) }`: field names are column names; the struct has
/// a field `root_id`, which is not listed.
macro_rules! columns {
    ($row:ident in $table:ident, key ($($key:ident),* $(,)?), rest ($($rest:ident),* $(,)?)) => {
        impl $crate::bulk::WholeRow for $row {
            const TABLE: $crate::bulk::Table = $crate::bulk::Table {
                name: stringify!($table),
                key: &["root_id", $(stringify!($key)),*],
                rest: &[$(stringify!($rest)),*],
            };
            fn values(&self) -> Vec<$crate::sql::Value> {
                vec![
                    $crate::sql::Param::value(&self.root_id),
                    $($crate::sql::Param::value(&self.$key),)*
                    $($crate::sql::Param::value(&self.$rest),)*
                ]
            }
        }
    };
}
pub(crate) use columns;

/// What to do with a row whose key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    Refused,
    Overwritten,
}

/// How parameters are marked. SQLite looks a numbered one up in the list of all: slow where there are thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Plain,
    Numbered,
}

/// Adds rows; refuses all when one key is taken.
pub(crate) async fn insert_all<T: WholeRow>(conn: &mut Conn, rows: &[T]) -> Result<u64> {
    write_all(conn, rows, Existing::Refused).await
}

/// Adds rows, overwriting those whose primary key is there. A key may stand only once in `rows`.
pub(crate) async fn save_all<T: WholeRow>(conn: &mut Conn, rows: &[T]) -> Result<u64> {
    write_all(conn, rows, Existing::Overwritten).await
}

/// Tables whose rows are written whole, for the test that compares their names with the schema.
#[must_use]
pub fn all_tables() -> Vec<Table> {
    use crate::campaign::{CampaignRow, StepRow};
    use crate::change::CarriedRow;
    use crate::org::{MembershipRow, PersonRow, PostRow, UnitRow};
    let mut tables = vec![UnitRow::TABLE, PersonRow::TABLE, MembershipRow::TABLE, PostRow::TABLE, CarriedRow::TABLE];
    tables.extend([CampaignRow::TABLE, StepRow::TABLE, crate::review::ReviewRow::TABLE]);
    tables.extend(crate::rollup::TABLES);
    tables.extend(crate::season::TABLES);
    tables.extend(crate::suggestion::TABLES);
    tables.extend(crate::assignment::TABLES);
    tables.extend(crate::journal::TABLES);
    tables
}

async fn write_all<T: WholeRow>(conn: &mut Conn, rows: &[T], existing: Existing) -> Result<u64> {
    let width = T::TABLE.key.len() + T::TABLE.rest.len();
    let mut written = 0;
    for chunk in rows.chunks((PARAMETERS / width).clamp(1, ROWS)) {
        let mut values = Vec::with_capacity(width * chunk.len());
        for row in chunk {
            let row = row.values();
            let inside =
                matches!((conn.root(), row.first()), (Some(root), Some(Value::Uuid(Some(first)))) if root.0 == *first);
            if !inside {
                return Err(StoreError::OutsideRoot(T::TABLE.name));
            }
            values.extend(row);
        }
        let marks = match conn.engine() {
            Engine::Lite(_) => Marks::Plain,
            Engine::Pg(_) => Marks::Numbered,
        };
        written += execute(conn, insert_text(&T::TABLE, chunk.len(), existing, marks), values).await?;
    }
    conn.bulk_rows += rows.len() as u64;
    conn.roster_touched |= crate::root::is_of_roster(T::TABLE.name);
    Ok(written)
}

async fn execute(conn: &mut Conn, text: String, values: Vec<Value>) -> Result<u64> {
    let text = AssertSqlSafe(text);
    Ok(match conn.engine() {
        Engine::Lite(conn) => {
            let arguments = arguments!(SqliteArguments, values);
            sqlx::query_with(text, arguments).execute(conn).await?.rows_affected()
        }
        Engine::Pg(conn) => {
            let arguments = arguments!(PgArguments, values);
            sqlx::query_with(text, arguments).execute(conn).await?.rows_affected()
        }
    })
}

fn insert_text(table: &Table, rows: usize, existing: Existing, marks: Marks) -> String {
    let columns: Vec<&str> = table.key.iter().chain(table.rest).copied().collect();
    let tuples: Vec<String> = (0..rows)
        .map(|row| {
            let mark = |n| match marks {
                Marks::Plain => "?".to_owned(),
                Marks::Numbered => format!("${}", row * columns.len() + n),
            };
            let parameters: Vec<String> = (1..=columns.len()).map(mark).collect();
            format!("({})", parameters.join(", "))
        })
        .collect();
    let conflict = match existing {
        Existing::Refused => String::new(),
        Existing::Overwritten if table.rest.is_empty() => format!(" ON CONFLICT ({}) DO NOTHING", table.key.join(", ")),
        Existing::Overwritten => {
            let changes: Vec<String> =
                table.rest.iter().map(|column| format!("{column} = excluded.{column}")).collect();
            format!(" ON CONFLICT ({}) DO UPDATE SET {}", table.key.join(", "), changes.join(", "))
        }
    };
    format!("INSERT INTO {} ({}) VALUES {}{conflict}", table.name, columns.join(", "), tuples.join(", "))
}
