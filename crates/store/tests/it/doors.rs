use chrono::{DateTime, TimeDelta, Utc};
use domain::Day;
use store::StoreError;
use store::account::{
    AccountRow, account, account_by_login, account_by_person, accounts, clear_failures, insert_account, note_failure,
    set_secret, set_state,
};
use store::journal::Record;
use store::paper::{PaperRow, insert_paper, paper_file, papers_of, sha256};
use store::session::{SessionRow, end, end_all, end_dead, insert_session, live_session, see};
use uuid::Uuid;

use crate::it::bulk::sample_person;
use crate::it::testdb::TestDb;

fn minute(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
}

fn sample_account(t: &TestDb, n: u128) -> AccountRow {
    AccountRow {
        root_id: t.root.0,
        account_id: Uuid::from_u128(n + 100),
        person_id: Uuid::from_u128(n),
        login: format!("mau{n:02}"),
        secret_hash: "$argon2id$…".to_owned(),
        state: "open".to_owned(),
        failures: 0,
        locked_until: None,
        created_at: minute(0),
    }
}

fn sample_session(t: &TestDb, hash: &str, begun: i64) -> SessionRow {
    SessionRow {
        root_id: t.root.0,
        session_hash: hash.to_owned(),
        account_id: Uuid::from_u128(101),
        created_at: minute(begun),
        seen_at: minute(begun),
        expires_at: minute(begun + 720),
    }
}

async fn with_account(t: &TestDb) -> store::Tx {
    let mut tx = t.db.begin(t.root).await.unwrap();
    store::roster::save_people(&mut tx, &[sample_person(t.root, 1)]).await.unwrap();
    insert_account(&mut tx, &sample_account(t, 1)).await.unwrap();
    tx
}

on_both! {
    async fn an_account_is_found_by_login_person_and_identifier(t: &TestDb) {
        let mut tx = with_account(t).await;
        let row = sample_account(t, 1);
        assert_eq!(account(&mut tx, t.root.0, row.account_id).await.unwrap().as_ref(), Some(&row));
        assert_eq!(account_by_login(&mut tx, t.root.0, "mau01").await.unwrap().as_ref(), Some(&row));
        assert_eq!(account_by_person(&mut tx, t.root.0, row.person_id).await.unwrap().as_ref(), Some(&row));
        assert_eq!(account_by_login(&mut tx, t.root.0, "mau02").await.unwrap(), None);
        assert_eq!(accounts(&mut tx, t.root.0).await.unwrap(), [row]);
    }

    async fn wrong_secrets_are_counted_and_forgotten_after_a_right_one(t: &TestDb) {
        let mut tx = with_account(t).await;
        let (root, id) = (t.root.0, Uuid::from_u128(101));
        note_failure(&mut tx, root, id, None).await.unwrap();
        note_failure(&mut tx, root, id, Some(minute(1))).await.unwrap();
        let row = account(&mut tx, root, id).await.unwrap().unwrap();
        assert_eq!((row.failures, row.locked_until), (2, Some(minute(1))));
        clear_failures(&mut tx, root, id).await.unwrap();
        let row = account(&mut tx, root, id).await.unwrap().unwrap();
        assert_eq!((row.failures, row.locked_until), (0, None));
        note_failure(&mut tx, root, id, Some(minute(9))).await.unwrap();
        set_secret(&mut tx, root, id, "new").await.unwrap();
        let row = account(&mut tx, root, id).await.unwrap().unwrap();
        assert_eq!((row.secret_hash.as_str(), row.failures, row.locked_until), ("new", 0, None));
        let nobody = clear_failures(&mut tx, root, Uuid::from_u128(7)).await;
        assert!(matches!(nobody, Err(StoreError::Stale("CLEAR_FAILURES"))));
    }

    async fn a_session_lives_until_it_ends_is_idle_too_long_or_its_account_is_closed(t: &TestDb) {
        let mut tx = with_account(t).await;
        let root = t.root.0;
        insert_session(&mut tx, &sample_session(t, "a", 0)).await.unwrap();
        let day = Day::parse_stored("2022-12-31").unwrap();
        let live = live_session(&mut tx, root, "a", (minute(10), minute(-20)), day).await.unwrap();
        assert_eq!((live[0].person_id, live[0].full_name.as_str()), (Uuid::from_u128(1), "Nguyễn Văn Mẫu 01"));
        assert!(live_session(&mut tx, root, "a", (minute(31), minute(1)), day).await.unwrap().is_empty(), "idle");
        see(&mut tx, root, "a", minute(30)).await.unwrap();
        assert!(!live_session(&mut tx, root, "a", (minute(31), minute(1)), day).await.unwrap().is_empty());
        assert!(live_session(&mut tx, root, "a", (minute(720), minute(1)), day).await.unwrap().is_empty(), "too old");
        assert!(live_session(&mut tx, root, "b", (minute(10), minute(-20)), day).await.unwrap().is_empty(), "unknown");
        set_state(&mut tx, root, Uuid::from_u128(101), "closed").await.unwrap();
        assert!(live_session(&mut tx, root, "a", (minute(31), minute(1)), day).await.unwrap().is_empty(), "closed");
    }

    async fn sessions_end_one_by_one_all_together_or_when_they_are_dead(t: &TestDb) {
        let mut tx = with_account(t).await;
        for hash in ["a", "b", "c"] {
            insert_session(&mut tx, &sample_session(t, hash, 0)).await.unwrap();
        }
        end(&mut tx, t.root.0, "a").await.unwrap();
        assert_eq!(end_all(&mut tx, t.root.0, Uuid::from_u128(101)).await.unwrap(), 2);
        insert_session(&mut tx, &sample_session(t, "old", 0)).await.unwrap();
        insert_session(&mut tx, &sample_session(t, "new", 60)).await.unwrap();
        assert_eq!(end_dead(&mut tx, t.root.0, minute(61), minute(31)).await.unwrap(), 1);
        let day = Day::parse_stored("2022-12-31").unwrap();
        assert!(!live_session(&mut tx, t.root.0, "new", (minute(61), minute(31)), day).await.unwrap().is_empty());
    }

    async fn times_are_read_back_to_the_microsecond(t: &TestDb) {
        let mut tx = with_account(t).await;
        let fine = DateTime::from_timestamp(1_672_444_800, 123_456_789).unwrap();
        note_failure(&mut tx, t.root.0, Uuid::from_u128(101), Some(fine)).await.unwrap();
        let row = account(&mut tx, t.root.0, Uuid::from_u128(101)).await.unwrap().unwrap();
        assert_eq!(row.locked_until, DateTime::from_timestamp(1_672_444_800, 123_456_000));
    }

    async fn a_paper_is_kept_under_its_digest_and_a_changed_one_is_not_handed_out(t: &TestDb) {
        let bytes = b"%PDF-1.7 \x00\xff".to_vec();
        let row = PaperRow {
            root_id: t.root.0,
            paper_id: Uuid::from_u128(1),
            form: "notice/1".to_owned(),
            object: "review/1".to_owned(),
            format: "pdf".to_owned(),
            file_name: "Thông báo.pdf".to_owned(),
            sha256: sha256(&bytes),
            made_by: Uuid::from_u128(1),
            made_at: minute(0),
        };
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert!(insert_paper(&mut tx, &row, b"something else").await.is_err());
        insert_paper(&mut tx, &row, &bytes).await.unwrap();
        tx.commit(Record::housekeeping("test data")).await.unwrap();

        let mut reader = t.db.read(t.root).await.unwrap();
        let file = paper_file(&mut reader, t.root.0, row.paper_id).await.unwrap().unwrap();
        assert_eq!((&file.row, &file.bytes), (&row, &bytes));
        assert_eq!(papers_of(&mut reader, t.root.0, "review/1").await.unwrap(), [row]);
        drop(reader);

        t.raw().await.execute("UPDATE paper SET sha256 = 'x'").await.unwrap();
        let mut reader = t.db.read(t.root).await.unwrap();
        assert!(paper_file(&mut reader, t.root.0, Uuid::from_u128(1)).await.is_err());
    }
}

#[test]
fn a_recorded_account_does_not_contain_its_secret() {
    let row = AccountRow {
        root_id: Uuid::nil(),
        account_id: Uuid::nil(),
        person_id: Uuid::nil(),
        login: String::new(),
        secret_hash: "secret".to_owned(),
        state: String::new(),
        failures: 0,
        locked_until: None,
        created_at: minute(0),
    };
    assert!(!serde_json::to_string(&row).unwrap().contains("secret"));
}
