use domain::RootId;
use store::StoreError;
use store::journal::Record;
use store::org::{MembershipRow, PersonRow, people, person, units};
use store::roster::{save_memberships, save_people, save_units};
use uuid::Uuid;

use crate::it::commit::sample_unit;
use crate::it::testdb::Place;

pub fn sample_person(root: RootId, n: u128) -> PersonRow {
    PersonRow {
        root_id: root.0,
        person_id: Uuid::from_u128(n),
        code: format!("DV{n:05}"),
        card_number: None,
        full_name: format!("Nguyễn Văn Mẫu {n:02}"),
        name_fold: format!("nguyen van mau {n:02}"),
        name_key: format!("mau {n:05}"),
        born_on: Some("1980-02-29".to_owned()),
        civil_kind: "none".to_owned(),
        government_post: String::new(),
        mass_post: String::new(),
        workplace: "Trạm Y tế".to_owned(),
        leader: n.is_multiple_of(10),
    }
}

on_both! {
    async fn thousands_of_rows_arrive_as_they_were_sent(t: &TestDb) {
        let sent: Vec<PersonRow> = (1..=3_456).map(|n| sample_person(t.root, n)).collect();
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert_eq!(save_people(&mut tx, &sent).await.unwrap(), 3_456);
        assert_eq!(save_people(&mut tx, &[]).await.unwrap(), 0);
        tx.commit(Record::housekeeping("test data")).await.unwrap();
        let arrived = people(&mut t.db.read(t.root).await.unwrap(), t.root.0).await.unwrap();
        assert_eq!(arrived.len(), sent.len());
        assert!(arrived == sent, "a row arrived changed");
    }

    async fn after_many_rows_the_engine_knows_how_many_there_are(t: &TestDb) {
        let rows: Vec<PersonRow> = (1..=1_000).map(|n| sample_person(t.root, n)).collect();
        let mut tx = t.db.begin(t.root).await.unwrap();
        save_people(&mut tx, &rows).await.unwrap();
        tx.commit(Record::housekeeping("test data")).await.unwrap();
        let known = match t.place {
            Place::Lite { .. } => "SELECT stat FROM sqlite_stat1 WHERE idx = 'person_by_name' AND stat LIKE '1000 %'",
            Place::Pg { .. } => "SELECT relname::text FROM pg_class WHERE relname = 'person' AND reltuples = 1000",
        };
        assert_eq!(t.raw().await.texts(known).await.len(), 1);
    }

    async fn saving_again_changes_what_changed_and_adds_what_is_new(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        save_people(&mut tx, &[sample_person(t.root, 1), sample_person(t.root, 2)]).await.unwrap();
        let moved = PersonRow { workplace: "Trường THCS".to_owned(), card_number: Some("1".to_owned()), ..sample_person(t.root, 2) };
        save_people(&mut tx, &[moved.clone(), sample_person(t.root, 3)]).await.unwrap();
        assert_eq!(people(&mut tx, t.root.0).await.unwrap().len(), 3);
        assert_eq!(person(&mut tx, t.root.0, moved.person_id).await.unwrap(), Some(moved));
    }

    async fn units_and_memberships_arrive_in_bulk_too(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        let sent = [sample_unit(t.root, 1, None), sample_unit(t.root, 2, Some(1))];
        save_units(&mut tx, &sent).await.unwrap();
        assert_eq!(units(&mut tx, t.root.0).await.unwrap(), sent);
        let membership = MembershipRow {
            root_id: t.root.0,
            membership_id: Uuid::from_u128(1),
            person_id: Uuid::from_u128(9),
            unit_id: Uuid::from_u128(2),
            standing: "official".to_owned(),
            admitted_on: "2001-02-03".to_owned(),
            official_on: None,
            from_on: "2001-02-03".to_owned(),
            to_on: None, end_reason: String::new(),
        };
        assert!(save_memberships(&mut tx, &[membership]).await.unwrap_err().is_dangling());
    }

    async fn one_row_of_another_hierarchy_among_thousands_is_refused(t: &TestDb) {
        let mut rows: Vec<PersonRow> = (1..=50).map(|n| sample_person(t.root, n)).collect();
        rows[30].root_id = Uuid::from_u128(0xB);
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert!(matches!(save_people(&mut tx, &rows).await, Err(StoreError::OutsideRoot("person"))));
    }
}
