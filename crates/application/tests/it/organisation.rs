//! Units change from a day on, by a document; people, posts and reviews go along, and what cannot be is refused.

use std::collections::BTreeMap;

use application::acts::organisation::{
    Ground, MergeUnits, NewUnit, Outcome, RenameUnit, SplitPart, SplitUnit, Step, close_unit, merge_units, move_unit,
    open_unit, rename_unit, split_unit,
};
use application::demo::Play;
use application::{Error, reads};
use domain::{Actor, Day, PersonId, UnitId};
use uuid::Uuid;

use crate::it::story::{app, build, entries, the_journal_explains_every_state};
use crate::it::testdb::TestDb;

const SENT: &str = "CB-T1";
const SEALED: &str = "CB-T2";
const WRITING: &str = "CB-T3";
const UNTOUCHED: &str = "CB-T4";

fn ground(day: &str) -> Ground {
    Ground {
        effective_on: day.to_owned(),
        basis_number: "15-QĐ/ĐU".to_owned(),
        basis_on: "15/12/2022".to_owned(),
        basis_issuer: "Đảng uỷ xã Mẫu".to_owned(),
    }
}

/// The demonstration on 21/12/2022, with who acts for the committee.
async fn opened(t: &TestDb) -> (application::App, Play, Actor) {
    let app = app(t).await;
    let play = build(&app).await;
    play.at("2022-12-21", 8).unwrap();
    let office = play.seated(0).await.unwrap();
    (app, play, office)
}

async fn closed(app: application::App, play: Play) {
    app.close().await;
    play.app.close().await;
}

fn refused(result: application::Result<Outcome>) -> String {
    match result {
        Err(Error::Refused(reasons)) => reasons.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" "),
        Err(Error::Denied) => "denied".to_owned(),
        other => format!("{other:?}"),
    }
}

fn into(codes: &[&str]) -> MergeUnits {
    MergeUnits { codes: codes.iter().map(|code| (*code).to_owned()).collect(), ..MergeUnits::default() }
}

fn new_cell(code: &str, name: &str) -> NewUnit {
    NewUnit { code: code.to_owned(), name: name.to_owned(), kind: "cell".to_owned(), ..NewUnit::default() }
}

/// State of each undecided review of a cell.
async fn reviews(play: &Play, t: &TestDb, unit: UnitId) -> BTreeMap<Uuid, String> {
    let mut conn = t.db.read(play.root).await.unwrap();
    let rows = store::review::list_of_unit(&mut conn, play.root.0, play.campaign.0, unit.0).await.unwrap();
    rows.into_iter().filter(|row| row.state != "not_due").map(|row| (row.review_id, row.state)).collect()
}

async fn members(play: &Play, t: &TestDb, unit: UnitId, day: &str) -> Vec<Uuid> {
    let mut conn = t.db.read(play.root).await.unwrap();
    let rows = store::org::members_of_unit(&mut conn, play.root.0, unit.0, day).await.unwrap();
    rows.into_iter().map(|row| row.person_id).collect()
}

/// What was rolled up is what counting gives.
async fn the_figures_are_right(play: &Play, t: &TestDb) {
    let mut conn = t.db.read(play.root).await.unwrap();
    let (compared, differing) = store::rollup::compare(&mut conn, play.root.0, play.campaign.0).await.unwrap();
    assert!(compared > 0 && differing.is_empty(), "{differing:?}");
}

/// The tree of today says what the rows of today say.
async fn the_tree_of_today_is_in_the_units(play: &Play, t: &TestDb, today: &str) {
    let mut conn = t.db.read(play.root).await.unwrap();
    let day = Day::parse_stored(today).unwrap();
    let tree = store::place::tree_on(&mut conn, play.root.0, day).await.unwrap();
    let tree: Vec<_> = tree.into_iter().map(|row| (row.unit_id, row.parent_id, row.kind, row.name, row.path)).collect();
    let units = store::org::units(&mut conn, play.root.0).await.unwrap().into_iter();
    let open = units.filter(|row| row.closed_on.as_deref().is_none_or(|closed| closed >= today));
    assert_eq!(tree, open.map(|row| (row.unit_id, row.parent_id, row.kind, row.name, row.path)).collect::<Vec<_>>());
}

on_both! {
    async fn a_merged_cell_takes_members_and_undecided_reviews_and_ends_the_posts_of_the_old_one(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let (old, new) = (play.cells[WRITING], play.cells[UNTOUCHED]);
        let (people, theirs) = (members(&play, t, old, "2022-12-19").await, reviews(&play, t, old).await);
        let (there, before) = (members(&play, t, new, "2022-12-19").await, reviews(&play, t, new).await);
        let look = merge_units(&play.app, &office, new, &into(&[WRITING]), &ground("20/12/2022"), Step::Look).await.unwrap();
        assert_eq!((look.members, look.reviews, look.closed.as_slice()), (people.len(), theirs.len(), ["Chi bộ Thôn 3".to_owned()].as_slice()));
        assert_eq!(reviews(&play, t, old).await, theirs, "nothing is written by looking");
        let done = merge_units(&play.app, &office, new, &into(&[WRITING]), &ground("20/12/2022"), Step::Write).await.unwrap();
        assert_eq!(done, look);
        play.integrate().await.unwrap();
        assert!(reviews(&play, t, old).await.is_empty());
        assert_eq!(reviews(&play, t, new).await, theirs.into_iter().chain(before).collect());
        assert_eq!(members(&play, t, old, "2022-12-19").await, people, "until the day before");
        assert!(members(&play, t, old, "2022-12-20").await.is_empty());
        assert_eq!(members(&play, t, new, "2022-12-20").await.len(), people.len() + there.len());
        let head = play.member(WRITING, 1).unwrap().person;
        let page = reads::person::person(&play.app, &office, head).await.unwrap();
        let post = page.posts.iter().find(|post| post.place.id == old).unwrap();
        assert_eq!((post.to_on, post.change.as_ref().unwrap().number.as_str()), (Day::of(2022, 12, 19), "15-QĐ/ĐU"));
        assert_eq!(page.memberships.iter().map(|stay| stay.place.id).collect::<Vec<_>>(), [old, new]);
        the_tree_of_today_is_in_the_units(&play, t, "2022-12-21").await;
        the_figures_are_right(&play, t).await;
        the_journal_explains_every_state(&play, t).await;
        let acts: Vec<String> = entries(&play).await.into_iter().map(|(act, _)| act).collect();
        for act in ["organization.changed", "unit.closed", "review.moved"] {
            assert!(acts.iter().any(|one| one == act), "{act}");
        }
        closed(app, play).await;
    }

    async fn nobody_is_left_without_a_meeting_or_a_decision_by_a_merger(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let day = ground("20/12/2022");
        for (into_cell, from, code) in [(UNTOUCHED, SENT, "ORG-014"), (SENT, UNTOUCHED, "ORG-014"), (SEALED, WRITING, "ORG-021")] {
            let result = merge_units(&play.app, &office, play.cells[into_cell], &into(&[from]), &day, Step::Write).await;
            assert_eq!(refused(result), code, "{from} into {into_cell}");
        }
        // A new cell can hear whoever was not heard yet; who was heard in the old one stays heard.
        let order = MergeUnits { into_new: true, target: new_cell("CB-M", "Chi bộ Thôn Mới"), ..into(&[WRITING]) };
        let done = merge_units(&play.app, &office, play.cells[SEALED], &order, &day, Step::Write).await.unwrap();
        let states = reviews(&play, t, done.unit.unwrap()).await;
        assert!(states.values().any(|state| state == "discussed") && states.values().any(|state| state == "awaiting_self_review"));
        the_tree_of_today_is_in_the_units(&play, t, "2022-12-21").await;
        the_figures_are_right(&play, t).await;
        closed(app, play).await;
    }

    async fn who_is_split_off_takes_his_review_along_and_its_facts_keep_their_cell(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let old = play.cells[WRITING];
        let mut conn = t.db.read(play.root).await.unwrap();
        let rows = store::review::list_of_unit(&mut conn, play.root.0, play.campaign.0, old.0).await.unwrap();
        drop(conn);
        let gone: Vec<_> = rows.iter().filter(|row| row.state != "not_due").rev().take(3).collect();
        let head = play.head(WRITING).await.unwrap();
        let fact = application::acts::review::StateFact { name: "sick_leave_days".to_owned(), value: "20".to_owned(), evidence: "Giấy nghỉ ốm".to_owned() };
        application::acts::review::state_fact(&play.app, &head, domain::ReviewId(gone[0].review_id), &fact).await.unwrap();
        let order = SplitUnit {
            parts: vec![SplitPart {
                new: new_cell("CB-M", "Chi bộ Thôn Mới"),
                members: gone.iter().map(|row| PersonId(row.person_id)).collect(),
                ..SplitPart::default()
            }],
            ends: false,
        };
        let done = split_unit(&play.app, &office, old, &order, &ground("20/12/2022"), Step::Write).await.unwrap();
        assert_eq!((done.unit, done.members, done.reviews), (Some(old), 3, 3));
        let mut conn = t.db.read(play.root).await.unwrap();
        let new = store::org::unit_of_code(&mut conn, play.root.0, "CB-M").await.unwrap().unwrap();
        let places = store::follow::fact_places(&mut conn, play.root.0, gone[0].review_id).await.unwrap();
        assert_eq!(places.last().unwrap().1, "Chi bộ Thôn 3");
        drop(conn);
        assert_eq!(reviews(&play, t, UnitId(new.unit_id)).await.len(), 3);
        the_figures_are_right(&play, t).await;
        let ends = SplitUnit { ends: true, parts: vec![SplitPart { code: "CB-M".to_owned(), members: vec![head.person], ..SplitPart::default() }] };
        assert_eq!(refused(split_unit(&play.app, &office, old, &ends, &ground("21/12/2022"), Step::Write).await), "ORG-008");
        let nobody = SplitUnit { parts: vec![SplitPart { code: "CB-M".to_owned(), ..SplitPart::default() }], ends: false };
        assert_eq!(refused(split_unit(&play.app, &office, old, &nobody, &ground("21/12/2022"), Step::Write).await), "ORG-016");
        closed(app, play).await;
    }

    async fn a_unit_is_founded_renamed_moved_and_closed_and_each_day_is_remembered(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let sub = NewUnit { code: "BP".to_owned(), name: "Đảng bộ bộ phận Thôn".to_owned(), kind: "sub_committee".to_owned(), ..NewUnit::default() };
        let bp = open_unit(&play.app, &office, play.base, &sub, &ground("01/12/2022"), Step::Write).await.unwrap().unit.unwrap();
        move_unit(&play.app, &office, play.cells[UNTOUCHED], "BP", &ground("05/12/2022"), Step::Write).await.unwrap();
        let order = RenameUnit { name: "Đảng bộ bộ phận Thôn Bốn".to_owned(), kind: "sub_committee".to_owned() };
        rename_unit(&play.app, &office, bp, &order, &ground("10/12/2022"), Step::Write).await.unwrap();
        the_tree_of_today_is_in_the_units(&play, t, "2022-12-21").await;
        the_figures_are_right(&play, t).await;
        assert_eq!(refused(close_unit(&play.app, &office, bp, &ground("15/12/2022"), Step::Write).await), "ORG-009");
        let mut conn = t.db.read(play.root).await.unwrap();
        let top = store::org::unit(&mut conn, play.root.0, play.base.0).await.unwrap().unwrap().code;
        drop(conn);
        move_unit(&play.app, &office, play.cells[UNTOUCHED], &top, &ground("15/12/2022"), Step::Write).await.unwrap();
        close_unit(&play.app, &office, bp, &ground("15/12/2022"), Step::Write).await.unwrap();
        let page = reads::organisation::unit(&play.app, &office, bp).await.unwrap();
        let told: Vec<_> = page.places.iter().map(|place| (place.name.as_str(), place.from_on, place.to_on)).collect();
        let day = |n| Day::of(2022, 12, n);
        assert_eq!(told, [("Đảng bộ bộ phận Thôn", day(1), day(9)), ("Đảng bộ bộ phận Thôn Bốn", day(10), day(14))]);
        let cell = reads::organisation::unit(&play.app, &office, play.cells[UNTOUCHED]).await.unwrap();
        let over: Vec<&str> = cell.places.iter().map(|place| place.superior.as_str()).collect();
        assert_eq!(over, ["Đảng uỷ xã Tịnh Khê", "Đảng bộ bộ phận Thôn", "Đảng uỷ xã Tịnh Khê"]);
        the_tree_of_today_is_in_the_units(&play, t, "2022-12-21").await;
        the_figures_are_right(&play, t).await;
        closed(app, play).await;
    }

    async fn what_cannot_be_is_refused_with_its_reason(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let (cell, base) = (play.cells[UNTOUCHED], play.base);
        let look = |day: &str| ground(day);
        let named = |name: &str, kind: &str| RenameUnit { name: name.to_owned(), kind: kind.to_owned() };
        let renamed = named("Chi bộ Thôn Bốn", "cell");
        let rename = async |unit, order: &RenameUnit, day: &str| refused(rename_unit(&play.app, &office, unit, order, &look(day), Step::Write).await);
        assert_eq!(rename(cell, &renamed, "22/12/2022").await, "ORG-001", "a day ahead");
        assert_eq!(rename(cell, &renamed, "31/02/2022").await, "FORM-004", "no such day");
        assert_eq!(rename(cell, &named("Chi bộ Thôn 4", "cell"), "20/12/2022").await, "ORG-017");
        assert_eq!(rename(cell, &named(" ", "cell"), "20/12/2022").await, "ORG-022");
        assert_eq!(rename(cell, &named("Chi bộ", "province"), "20/12/2022").await, "ORG-005");
        assert_eq!(rename(cell, &named("Chi bộ", "sub_committee"), "20/12/2022").await, "ORG-008", "it has members");
        assert_eq!(rename(base, &named("Đảng bộ", "base_cell"), "20/12/2022").await, "ORG-009", "it has units below");
        assert_eq!(rename(base, &named("Đảng bộ", "sub_committee"), "20/12/2022").await, "ORG-010", "it is the top");
        closed(app, play).await;
    }

    async fn a_document_is_needed_and_the_order_of_days_is_kept(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let cell = play.cells[UNTOUCHED];
        for field in ["basis_number", "basis_issuer"] {
            let mut lacking = ground("20/12/2022");
            match field {
                "basis_number" => lacking.basis_number = "  ".to_owned(),
                _ => lacking.basis_issuer = String::new(),
            }
            let Err(Error::Refused(reasons)) = close_unit(&play.app, &office, cell, &lacking, Step::Write).await else { panic!("{field}") };
            assert_eq!((reasons[0].code.as_str(), reasons[0].field.as_deref()), ("ORG-011", Some(field)));
        }
        let order = RenameUnit { name: "Chi bộ Thôn Bốn".to_owned(), kind: "cell".to_owned() };
        rename_unit(&play.app, &office, cell, &order, &ground("10/12/2022"), Step::Write).await.unwrap();
        let back = RenameUnit { name: "Chi bộ Thôn 4".to_owned(), kind: "cell".to_owned() };
        assert_eq!(refused(rename_unit(&play.app, &office, cell, &back, &ground("09/12/2022"), Step::Write).await), "ORG-002");
        assert_eq!(refused(close_unit(&play.app, &office, cell, &ground("20/12/2022"), Step::Write).await), "ORG-008");
        assert_eq!(refused(close_unit(&play.app, &office, play.base, &ground("20/12/2022"), Step::Write).await), "ORG-010");
        closed(app, play).await;
    }

    async fn nobody_changes_or_sees_units_outside_his_remit(t: &TestDb) {
        let (app, play, office) = opened(t).await;
        let head = play.head(WRITING).await.unwrap();
        let day = ground("20/12/2022");
        assert_eq!(refused(merge_units(&play.app, &head, play.cells[WRITING], &into(&[UNTOUCHED]), &day, Step::Write).await), "denied");
        assert_eq!(refused(merge_units(&play.app, &office, play.cells[WRITING], &into(&["NO-SUCH"]), &day, Step::Write).await), "ORG-007");
        assert_eq!(refused(merge_units(&play.app, &office, play.cells[WRITING], &into(&[WRITING]), &day, Step::Write).await), "ORG-012");
        assert_eq!(refused(merge_units(&play.app, &office, play.base, &into(&[WRITING]), &day, Step::Write).await), "ORG-019");
        assert_eq!(refused(move_unit(&play.app, &office, play.cells[WRITING], UNTOUCHED, &day, Step::Write).await), "ORG-005");
        let member = play.actor(play.member(WRITING, 5).unwrap().person).await.unwrap();
        assert!(reads::organisation::unit(&play.app, &member, play.cells[UNTOUCHED]).await.is_err());
        assert!(reads::organisation::tree(&play.app, &member, Day::of(2022, 12, 20).unwrap(), None).await.is_err());
        closed(app, play).await;
    }
}
