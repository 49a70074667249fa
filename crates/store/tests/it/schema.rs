use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::it::testdb::{Raw, TestDb};

/// What both engines can say of a table.
#[derive(Debug, Default, PartialEq, Eq)]
struct TableShape {
    /// Name → type and whether it may be absent.
    columns: BTreeMap<String, (String, bool)>,
    key: Vec<String>,
    /// Unique constraints, the key included.
    unique: BTreeSet<Vec<String>>,
    /// Columns of every index, unique ones included.
    indexes: BTreeSet<Vec<String>>,
    foreign: BTreeSet<ForeignKey>,
}

/// Own columns, other table, its columns.
type ForeignKey = (Vec<String>, String, Vec<String>);
type Shape = BTreeMap<String, TableShape>;

async fn shape(t: &TestDb) -> Shape {
    match &mut t.raw().await {
        Raw::Lite(raw) => shape_of_lite(raw).await,
        Raw::Pg(raw) => shape_of_pg(raw).await,
    }
}

async fn shape_of_lite(raw: &mut sqlx::SqliteConnection) -> Shape {
    let mut shape = Shape::new();
    let columns = "SELECT m.name, c.name, c.type, c.\"notnull\" = 0, c.pk FROM sqlite_schema m, pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.pk";
    for row in sqlx::query(columns).fetch_all(&mut *raw).await.unwrap() {
        let table = shape.entry(row.get(0)).or_default();
        table.columns.insert(row.get(1), (row.get::<String, _>(2), row.get(3)));
        if row.get::<i64, _>(4) > 0 {
            table.key.push(row.get(1));
        }
    }
    let indexes = "SELECT m.name, i.name, i.\"unique\", c.name FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c \
        WHERE m.type = 'table' ORDER BY m.name, i.name, c.seqno";
    let mut found: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for row in sqlx::query(indexes).fetch_all(&mut *raw).await.unwrap() {
        found.entry((row.get(0), row.get(1), row.get(2))).or_default().push(row.get(3));
    }
    put_indexes(&mut shape, found);
    let foreign = "SELECT m.name, f.id, f.\"from\", f.\"table\", f.\"to\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f \
        WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq";
    let mut found: BTreeMap<(String, i64), ForeignKey> = BTreeMap::new();
    for row in sqlx::query(foreign).fetch_all(&mut *raw).await.unwrap() {
        let key = found.entry((row.get(0), row.get(1))).or_default();
        key.0.push(row.get(2));
        key.1 = row.get(3);
        key.2.push(row.get(4));
    }
    for ((table, _), foreign) in found {
        shape.entry(table).or_default().foreign.insert(foreign);
    }
    shape.retain(|name, _| name != "_sqlx_migrations");
    shape
}

fn put_indexes(shape: &mut Shape, found: BTreeMap<(String, String, bool), Vec<String>>) {
    for ((table, _, unique), columns) in found {
        let table = shape.entry(table).or_default();
        if unique {
            table.unique.insert(columns.clone());
        }
        table.indexes.insert(columns);
    }
}

async fn shape_of_pg(raw: &mut sqlx::PgConnection) -> Shape {
    let mut shape = Shape::new();
    let columns = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' FROM information_schema.columns \
        WHERE table_schema = 'public'";
    for row in sqlx::query(columns).fetch_all(&mut *raw).await.unwrap() {
        let kind = match row.get::<String, _>(2).as_str() {
            "timestamp with time zone" => "TIMESTAMPTZ".to_owned(),
            other => other.to_uppercase(),
        };
        shape.entry(row.get(0)).or_default().columns.insert(row.get(1), (kind, row.get(3)));
    }
    let indexes = "SELECT t.relname::text, i.indexrelid::regclass::text, i.indisunique, a.attname::text, i.indisprimary \
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public', \
        unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place) \
        JOIN pg_attribute a ON a.attnum = k.attnum WHERE a.attrelid = i.indrelid ORDER BY 1, 2, k.place";
    let mut found: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for row in sqlx::query(indexes).fetch_all(&mut *raw).await.unwrap() {
        if row.get(4) {
            shape.entry(row.get(0)).or_default().key.push(row.get(3));
        }
        found.entry((row.get(0), row.get(1), row.get(2))).or_default().push(row.get(3));
    }
    put_indexes(&mut shape, found);
    let foreign = "SELECT c.conrelid::regclass::text, \
        ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, o) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY o), \
        c.confrelid::regclass::text, \
        ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, o) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY o) \
        FROM pg_constraint c WHERE c.contype = 'f'";
    for row in sqlx::query(foreign).fetch_all(&mut *raw).await.unwrap() {
        let row: PgRow = row;
        shape.entry(row.get(0)).or_default().foreign.insert((row.get(1), row.get(2), row.get(3)));
    }
    shape.retain(|name, _| name != "_sqlx_migrations");
    shape
}

fn begins_with_root(columns: &[String]) -> bool {
    columns.first().is_some_and(|first| first == "root_id")
}

on_both! {
    async fn every_key_and_every_index_begins_with_the_hierarchy(t: &TestDb) {
        let shape = shape(t).await;
        assert!(shape.len() > 25, "the schema was read: {:?}", shape.keys());
        let mut problems = Vec::new();
        for (name, table) in &shape {
            if !begins_with_root(&table.key) {
                problems.push(format!("{name}: primary key {:?}", table.key));
            }
            for columns in table.indexes.iter().filter(|columns| !begins_with_root(columns)) {
                problems.push(format!("{name}: index {columns:?}"));
            }
            for (own, other, columns) in &table.foreign {
                if !begins_with_root(own) || !begins_with_root(columns) {
                    problems.push(format!("{name}: foreign key {own:?} to {other} {columns:?}"));
                }
                if shape[other].key != *columns {
                    problems.push(format!("{name}: foreign key {own:?} does not refer to the whole key of {other}"));
                }
            }
            if name != "root" && table.foreign.is_empty() {
                problems.push(format!("{name}: belongs to nothing"));
            }
        }
        assert!(problems.is_empty(), "{problems:#?}");
    }

    async fn only_the_agreed_types_are_used(t: &TestDb) {
        for (name, table) in shape(t).await {
            for (column, (kind, _)) in table.columns {
                let agreed = ["UUID", "TEXT", "BIGINT", "BOOLEAN", "TIMESTAMPTZ", "BYTEA"].contains(&kind.as_str());
                assert!(agreed, "{name}.{column} is {kind}");
            }
        }
    }

    async fn whole_rows_name_every_column_of_their_table(t: &TestDb) {
        let shape = shape(t).await;
        for table in store::all_tables() {
            assert_eq!(shape[table.name].key, table.key, "key of {}", table.name);
            let named: BTreeSet<&str> = table.key.iter().chain(table.rest).copied().collect();
            let stored: BTreeSet<&str> = shape[table.name].columns.keys().map(String::as_str).collect();
            assert_eq!(stored, named, "columns of {}", table.name);
        }
    }

    async fn migrating_again_changes_nothing(t: &TestDb) {
        let before = shape(t).await;
        t.db.migrate().await.unwrap();
        assert_eq!(shape(t).await, before);
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_keys_and_indexes() {
    let Some(pg) = TestDb::pg().await else { return };
    let lite = TestDb::lite().await;
    let (on_lite, on_pg) = (shape(&lite).await, shape(&pg).await);
    for (name, table) in &on_lite {
        assert_eq!(Some(table), on_pg.get(name), "{name}");
    }
    assert_eq!(on_lite.len(), on_pg.len());
    pg.finish().await;
}
