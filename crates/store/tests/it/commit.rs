use store::StoreError;
use store::journal::{JournalDraft, Record, integrate};
use store::org::{MembershipRow, UnitRow, insert_person, insert_unit, unit, units, update_membership};
use store::root::roster_version;
use store::roster::save_memberships;

use chrono::DateTime;
use domain::{EntryId, RootId};
use uuid::Uuid;

use crate::it::bulk::sample_person;
use crate::it::testdb::{Place, TestDb, add_root};

pub fn sample_unit(root: RootId, n: u128, parent: Option<u128>) -> UnitRow {
    UnitRow {
        root_id: root.0,
        unit_id: Uuid::from_u128(n),
        parent_id: parent.map(Uuid::from_u128),
        kind: "cell".to_owned(),
        code: format!("CB{n:02}"),
        name: format!("Chi bộ Mẫu {n:02}"),
        name_fold: format!("chi bo mau {n:02}"),
        superior_name: String::new(),
        place: "Quảng Ngãi".to_owned(),
        number_suffix: "CB".to_owned(),
        path: format!("/{n}/"),
        founded_on: None,
        closed_on: Some("2022-12-31".to_owned()),
    }
}

fn membership(root: RootId) -> MembershipRow {
    MembershipRow {
        root_id: root.0,
        membership_id: Uuid::from_u128(9),
        person_id: Uuid::from_u128(1),
        unit_id: Uuid::from_u128(1),
        standing: "official".to_owned(),
        admitted_on: "2000-01-01".to_owned(),
        official_on: None,
        from_on: "2000-01-01".to_owned(),
        to_on: None,
        end_reason: String::new(),
    }
}

pub fn draft(n: u128) -> JournalDraft {
    let at = DateTime::from_timestamp(1_672_444_800, 0).unwrap();
    JournalDraft::new(EntryId(Uuid::from_u128(n)), [3; 32], at, "unit.added", format!("unit/{n}"))
}

on_both! {
    async fn what_is_committed_is_read_back_as_it_was(t: &TestDb) {
        let row = sample_unit(t.root, 1, None);
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &row).await.unwrap();
        tx.commit(Record::of(draft(1).after(&row).unwrap())).await.unwrap();

        let mut reader = t.db.read(t.root).await.unwrap();
        assert_eq!(unit(&mut reader, t.root.0, row.unit_id).await.unwrap(), Some(row));
    }

    async fn the_entries_of_an_act_are_there_when_its_rows_are(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        tx.commit(Record::of(draft(1)).and(draft(2))).await.unwrap();
        let mut raw = t.raw().await;
        assert_eq!((raw.count("unit").await, raw.count("journal_entry").await, raw.count("journal_salt").await), (1, 2, 2));
    }

    async fn an_act_that_is_not_committed_leaves_nothing(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        drop(tx);
        // The next one gets the connection only after the roll-back.
        drop(t.db.begin(t.root).await.unwrap());
        let mut reader = t.db.read(t.root).await.unwrap();
        assert!(units(&mut reader, t.root.0).await.unwrap().is_empty());
    }

    async fn an_act_whose_entry_cannot_be_written_leaves_nothing(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        tx.commit(Record::of(draft(1))).await.unwrap();

        tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        let again = tx.commit(Record::of(draft(1))).await.unwrap_err();
        assert!(again.is_taken() && !again.is_retryable(), "{again}");

        tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        let fraction = draft(2).after(&serde_json::json!({ "share": 0.5 }));
        assert!(matches!(fraction, Err(StoreError::NotCanonical(_))), "no entry, so nothing that could be committed");
        drop(tx);

        let mut raw = t.raw().await;
        assert_eq!((raw.count("unit").await, raw.count("journal_entry").await), (0, 1));
    }

    async fn housekeeping_leaves_no_entry(t: &TestDb) {
        let tx = t.db.begin(t.root).await.unwrap();
        tx.commit(Record::housekeeping("nothing happened")).await.unwrap();
        assert_eq!(t.raw().await.count("journal_entry").await, 0);
    }

    async fn a_transaction_of_one_hierarchy_touches_no_other(t: &TestDb) {
        let other = RootId(Uuid::from_u128(0xB));
        add_root(&t.db, other).await;
        let mut tx = t.db.begin(t.root).await.unwrap();
        let outside = insert_unit(&mut tx, &sample_unit(other, 1, None)).await.unwrap_err();
        assert!(matches!(outside, StoreError::OutsideRoot("INSERT_UNIT")), "{outside}");
        let outside = units(&mut tx, other.0).await.unwrap_err();
        assert!(matches!(outside, StoreError::OutsideRoot("UNITS")), "{outside}");
        drop(tx);
        assert_eq!(store::root::roots(&t.db).await.unwrap().len(), 2);
    }

    async fn a_reader_cannot_write(t: &TestDb) {
        let mut reader = t.db.read(t.root).await.unwrap();
        assert!(insert_unit(&mut reader, &sample_unit(t.root, 1, None)).await.is_err());
    }

    async fn a_reader_sees_one_state_from_beginning_to_end(t: &TestDb) {
        let mut reader = t.db.read(t.root).await.unwrap();
        assert!(units(&mut reader, t.root.0).await.unwrap().is_empty());
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        tx.commit(Record::of(draft(1))).await.unwrap();
        assert!(units(&mut reader, t.root.0).await.unwrap().is_empty());
        drop(reader);
        assert_eq!(units(&mut t.db.read(t.root).await.unwrap(), t.root.0).await.unwrap().len(), 1);
    }

    async fn what_a_reader_asked_before_is_answered_from_the_same_state_and_nobody_else_is_answered_from_it(t: &TestDb) {
        let mut before = t.db.read(t.root).await.unwrap();
        assert_eq!(unit(&mut before, t.root.0, Uuid::from_u128(1)).await.unwrap(), None);
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert_eq!(unit(&mut tx, t.root.0, Uuid::from_u128(1)).await.unwrap(), None);
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        assert!(unit(&mut tx, t.root.0, Uuid::from_u128(1)).await.unwrap().is_some(), "an act sees what it wrote");
        tx.commit(Record::of(draft(1))).await.unwrap();
        assert_eq!(unit(&mut before, t.root.0, Uuid::from_u128(1)).await.unwrap(), None);
        assert_eq!(unit(&mut before, t.root.0, Uuid::from_u128(2)).await.unwrap(), None);
        let mut look = t.db.look(t.root).await.unwrap();
        assert!(unit(&mut look, t.root.0, Uuid::from_u128(1)).await.unwrap().is_some());
    }

    async fn changes_of_tree_and_roster_are_counted_and_no_others(t: &TestDb) {
        let version = async || {
            let mut reader = t.db.read(t.root).await.unwrap();
            roster_version(&mut reader, t.root.0).await.unwrap()
        };
        let founded = version().await;
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        tx.commit(Record::of(draft(1))).await.unwrap();
        let with_unit = version().await;
        assert!(with_unit > founded, "a unit");
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_person(&mut tx, &sample_person(t.root, 1)).await.unwrap();
        tx.commit(Record::housekeeping("test")).await.unwrap();
        assert_eq!(version().await, with_unit, "somebody who belongs nowhere");
        let mut tx = t.db.begin(t.root).await.unwrap();
        save_memberships(&mut tx, &[membership(t.root)]).await.unwrap();
        tx.commit(Record::housekeeping("test")).await.unwrap();
        let with_member = version().await;
        assert!(with_member > with_unit, "a member by the thousand");
        let mut tx = t.db.begin(t.root).await.unwrap();
        update_membership(&mut tx, &membership(t.root)).await.unwrap();
        drop(tx);
        assert_eq!(version().await, with_member, "what was not committed");
        let mut tx = t.db.begin(t.root).await.unwrap();
        update_membership(&mut tx, &membership(t.root)).await.unwrap();
        tx.commit(Record::housekeeping("test")).await.unwrap();
        assert!(version().await > with_member, "a member alone");
    }

    async fn of_two_acts_at_once_the_second_sees_what_the_first_wrote(t: &TestDb) {
        let first = async {
            let mut tx = t.db.begin(t.root).await.unwrap();
            tokio::time::sleep_until(tokio::time::Instant::now() + std::time::Duration::from_millis(50)).await;
            insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
            tx.commit(Record::of(draft(1))).await.unwrap();
        };
        let second = async {
            tokio::time::sleep_until(tokio::time::Instant::now() + std::time::Duration::from_millis(10)).await;
            let mut tx = t.db.begin(t.root).await.unwrap();
            let seen = units(&mut tx, t.root.0).await.unwrap().len();
            tx.commit(Record::of(draft(2))).await.unwrap();
            seen
        };
        let ((), seen) = tokio::join!(first, second);
        assert_eq!(seen, 1);
    }

    async fn acts_of_two_hierarchies_do_not_wait_for_each_other_on_a_server(t: &TestDb) {
        let other = RootId(Uuid::from_u128(0xB));
        add_root(&t.db, other).await;
        if matches!(t.place, Place::Lite { .. }) {
            return;
        }
        let (a, b) = (t.db.begin(t.root).await.unwrap(), t.db.begin(other).await.unwrap());
        b.commit(Record::of(draft(1))).await.unwrap();
        a.commit(Record::of(draft(1))).await.unwrap();
    }

    async fn a_code_that_is_taken_and_a_superior_that_is_missing_are_told_apart(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        let missing = insert_unit(&mut tx, &sample_unit(t.root, 1, Some(99))).await.unwrap_err();
        assert!(missing.is_dangling() && !missing.is_taken(), "{missing}");
        drop(tx);
        let mut tx = t.db.begin(t.root).await.unwrap();
        insert_unit(&mut tx, &sample_unit(t.root, 1, None)).await.unwrap();
        let twin = UnitRow { unit_id: Uuid::from_u128(2), ..sample_unit(t.root, 1, None) };
        let taken = insert_unit(&mut tx, &twin).await.unwrap_err();
        assert!(taken.is_taken() && !taken.is_dangling(), "{taken}");
    }
}

#[tokio::test]
async fn acknowledged_acts_survive_on_sqlite_because_every_commit_reaches_the_disk() {
    let t = TestDb::lite().await;
    let Place::Lite { path, .. } = &t.place else { unreachable!() };
    let tx = t.db.begin(t.root).await.unwrap();
    tx.commit(Record::of(draft(1))).await.unwrap();
    // What another process reads while ours still runs is what would be found after its death.
    let copy = path.with_extension("copy");
    std::fs::copy(path, &copy).unwrap();
    std::fs::copy(path.with_extension("sqlite-wal"), path.with_extension("copy-wal")).unwrap();
    let db = store::Db::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    assert_eq!(integrate(&db, t.root).await.unwrap().size, 1);
}

#[tokio::test]
async fn addresses_of_other_engines_and_of_memory_are_refused() {
    for url in ["mysql://x/y", "sqlite::memory:", "sqlite://x?mode=memory", "x.sqlite"] {
        assert!(matches!(store::Db::connect(url).await, Err(StoreError::Address(_))), "{url}");
    }
}

#[tokio::test]
async fn a_server_that_acknowledges_before_it_keeps_is_refused() {
    let Some(t) = TestDb::pg().await else { return };
    let url = format!("{}?options=-c%20synchronous_commit%3Doff", t.url());
    assert!(matches!(store::Db::connect(&url).await, Err(StoreError::Unsafe(_))));
    t.finish().await;
}
