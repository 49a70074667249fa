//! Where units stood on which day.

use domain::Day;
use store::org::{self, UnitRow};
use store::place::{self, UNKNOWN_BEGINNING, UnitOnRow};
use store::roster::save_units;
use store::{Conn, Tx};
use uuid::Uuid;

use crate::it::commit::sample_unit;
use crate::it::testdb::TestDb;

fn day(text: &str) -> Day {
    Day::parse_stored(text).unwrap()
}

/// Units 1 (top), 2 and 3 below it, 4 below 2, 5 below 4.
async fn grown(t: &TestDb) -> Tx {
    let mut tx = t.db.begin(t.root).await.unwrap();
    for (n, parent, path) in [
        (1, None, "/1/"),
        (2, Some(1), "/1/2/"),
        (3, Some(1), "/1/3/"),
        (4, Some(2), "/1/2/4/"),
        (5, Some(4), "/1/2/4/5/"),
    ] {
        let row = UnitRow {
            path: path.to_owned(),
            founded_on: (n > 1).then(|| "2020-01-01".to_owned()),
            closed_on: None,
            ..sample_unit(t.root, n, parent)
        };
        org::insert_unit(&mut tx, &row).await.unwrap();
    }
    tx
}

async fn paths_on(conn: &mut Conn, root: Uuid, on: &str) -> String {
    let rows = place::tree_on(conn, root, day(on)).await.unwrap();
    rows.iter().map(|row| row.path.as_str()).collect::<Vec<_>>().join(" ")
}

/// The tree of a day is what `unit` says of the units that are open that day.
async fn equals_units(conn: &mut Conn, root: Uuid, today: &str) {
    let units = org::units(conn, root).await.unwrap().into_iter();
    let open = units.filter(|unit| unit.closed_on.as_deref().is_none_or(|closed| closed >= today));
    let now = open.map(|unit| UnitOnRow {
        unit_id: unit.unit_id,
        parent_id: unit.parent_id,
        kind: unit.kind,
        code: unit.code,
        name: unit.name,
        path: unit.path,
    });
    assert_eq!(place::tree_on(conn, root, day(today)).await.unwrap(), now.collect::<Vec<_>>());
}

on_both! {
    async fn a_unit_stands_from_its_founding_or_as_far_back_as_one_asks(t: &TestDb) {
        let mut tx = grown(t).await;
        let root = t.root.0;
        assert_eq!(paths_on(&mut tx, root, "2019-12-31").await, "/1/");
        assert_eq!(paths_on(&mut tx, root, "2020-01-01").await, "/1/ /1/2/ /1/2/4/ /1/2/4/5/ /1/3/");
        equals_units(&mut tx, root, "2022-12-31").await;
        let sixth = UnitRow { path: "/1/6/".to_owned(), founded_on: None, closed_on: None, ..sample_unit(t.root, 6, Some(1)) };
        save_units(&mut tx, std::slice::from_ref(&sixth)).await.unwrap();
        assert_eq!(place::last_place(&mut tx, root, sixth.unit_id).await.unwrap().unwrap().from_on, UNKNOWN_BEGINNING);
        equals_units(&mut tx, root, "2022-12-31").await;
    }

    async fn what_an_import_changes_holds_from_today_and_the_past_stays(t: &TestDb) {
        let mut tx = grown(t).await;
        let root = t.root.0;
        let mut units = org::units(&mut tx, root).await.unwrap();
        for unit in &mut units {
            if unit.path.starts_with("/1/2/4/") {
                unit.path = unit.path.replacen("/1/2/", "/1/3/", 1);
                unit.parent_id = unit.parent_id.map(|id| if id == Uuid::from_u128(2) { Uuid::from_u128(3) } else { id });
            }
            if unit.unit_id == Uuid::from_u128(3) {
                unit.name = "Tên mới".to_owned();
            }
        }
        save_units(&mut tx, &units).await.unwrap();
        place::settle(&mut tx, root, day("2022-12-05")).await.unwrap();
        assert_eq!(paths_on(&mut tx, root, "2022-12-04").await, "/1/ /1/2/ /1/2/4/ /1/2/4/5/ /1/3/");
        assert_eq!(paths_on(&mut tx, root, "2022-12-05").await, "/1/ /1/2/ /1/3/ /1/3/4/ /1/3/4/5/");
        equals_units(&mut tx, root, "2022-12-05").await;
        // What was written down today is put right, not written down twice.
        let mut third = org::unit(&mut tx, root, Uuid::from_u128(3)).await.unwrap().unwrap();
        third.name = "Tên đúng".to_owned();
        save_units(&mut tx, &[third]).await.unwrap();
        place::settle(&mut tx, root, day("2022-12-05")).await.unwrap();
        let names: Vec<String> =
            place::places(&mut tx, root, Uuid::from_u128(3)).await.unwrap().into_iter().map(|row| row.name).collect();
        assert_eq!((names.len(), names[1].as_str()), (2, "Tên đúng"));
    }

    async fn a_closed_unit_is_there_until_its_last_day_and_again_when_it_was_a_mistake(t: &TestDb) {
        let mut tx = grown(t).await;
        let root = t.root.0;
        let fifth = org::unit(&mut tx, root, Uuid::from_u128(5)).await.unwrap().unwrap();
        let closed = UnitRow { closed_on: Some("2022-11-30".to_owned()), ..fifth.clone() };
        save_units(&mut tx, &[closed]).await.unwrap();
        place::settle(&mut tx, root, day("2022-12-05")).await.unwrap();
        assert!(paths_on(&mut tx, root, "2022-11-30").await.contains("/5/"));
        assert!(!paths_on(&mut tx, root, "2022-12-01").await.contains("/5/"));
        equals_units(&mut tx, root, "2022-12-05").await;
        save_units(&mut tx, &[fifth]).await.unwrap();
        place::settle(&mut tx, root, day("2022-12-06")).await.unwrap();
        assert!(paths_on(&mut tx, root, "2022-12-03").await.contains("/5/"));
        assert_eq!(place::places(&mut tx, root, Uuid::from_u128(5)).await.unwrap().len(), 1);
    }

    async fn a_unit_moved_in_the_past_takes_along_what_changed_below_it_since(t: &TestDb) {
        let mut tx = grown(t).await;
        let root = t.root.0;
        let fifth = Uuid::from_u128(5);
        place::cut(&mut tx, root, fifth, day("2022-06-01")).await.unwrap();
        place::reshape(&mut tx, (root, fifth), day("2022-06-01"), Some(Uuid::from_u128(4)), ("cell", "Tên sau")).await.unwrap();
        place::carry(&mut tx, root, day("2022-05-01"), "/1/2/4/", "/1/3/4/").await.unwrap();
        place::reshape(&mut tx, (root, Uuid::from_u128(4)), day("2022-05-01"), Some(Uuid::from_u128(3)), ("cell", "x")).await.unwrap();
        let path = |on: &'static str| (day(on), fifth);
        let mut seen = Vec::new();
        for (on, unit) in [path("2022-04-30"), path("2022-05-01"), path("2022-06-01")] {
            let row = place::unit_on(&mut tx, root, unit, on).await.unwrap().unwrap();
            seen.push(format!("{} {}", row.path, row.name == "Tên sau"));
        }
        assert_eq!(seen, ["/1/2/4/5/ false", "/1/3/4/5/ false", "/1/3/4/5/ true"]);
        assert_eq!(org::unit(&mut tx, root, fifth).await.unwrap().unwrap().path, "/1/3/4/5/");
        assert_eq!(place::below_on(&mut tx, root, Uuid::from_u128(3), day("2022-05-01")).await.unwrap().len(), 1);
        assert_eq!(place::below_on(&mut tx, root, Uuid::from_u128(3), day("2022-04-30")).await.unwrap().len(), 0);
    }
}
