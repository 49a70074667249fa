use store::journal::{Record, integrate, verify};
use store::upkeep::{analyse, backup, inspect};
use store::{Db, StoreError};

use crate::it::commit::{draft, sample_unit};
use crate::it::testdb::Place;

on_both! {
    async fn a_migrated_database_has_nothing_pending_and_no_damaged_rows(t: &TestDb) {
        analyse(&t.db).await.unwrap();
        let found = inspect(&t.db).await.unwrap();
        assert!(found.version.starts_with(t.db.engine()), "{}", found.version);
        assert!(found.pending.is_empty() && found.size > 100_000);
        // The server of the tests runs without fsync, and the inspection says so.
        let unsafe_server = ["fsync = off".to_owned(), "full_page_writes = off".to_owned()];
        let expected = if matches!(t.place, Place::Lite { .. }) { &[][..] } else { &unsafe_server };
        assert!(found.damage.iter().all(|line| expected.contains(line)), "{:?}", found.damage);
    }
}

#[tokio::test]
async fn an_empty_database_has_every_step_pending() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite://{}/new.sqlite", folder.path().display())).await.unwrap();
    let pending = inspect(&db).await.unwrap().pending;
    assert_eq!(pending.first().map(String::as_str), Some("0001 spine"));
    db.migrate().await.unwrap();
    assert!(inspect(&db).await.unwrap().pending.is_empty());
}

#[tokio::test]
async fn a_row_that_refers_to_nothing_is_reported() {
    let t = crate::it::testdb::TestDb::lite().await;
    let mut tx = t.db.begin(t.root).await.unwrap();
    store::org::insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
    tx.commit(Record::of(draft(1))).await.unwrap();
    t.raw().await.execute("UPDATE unit SET parent_id = X'00'").await.unwrap();
    assert_eq!(inspect(&t.db).await.unwrap().damage, ["unit: 1 rows refer to nothing"]);
}

#[tokio::test]
async fn a_copy_made_in_use_holds_all_that_was_acknowledged() {
    let t = crate::it::testdb::TestDb::lite().await;
    t.db.begin(t.root).await.unwrap().commit(Record::of(draft(1))).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bản sao.sqlite");
    let unfinished = t.db.begin(t.root).await.unwrap();
    backup(&t.db, &file).await.unwrap();
    drop(unfinished);
    assert!(matches!(backup(&t.db, &file).await, Err(StoreError::Address(_))), "an existing file is never overwritten");

    let copy = Db::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    assert_eq!(integrate(&copy, t.root).await.unwrap().size, 1);
    assert_eq!(verify(&copy, t.root, &[]).await.unwrap().first_bad, None);
}
