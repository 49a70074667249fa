//! Somebody of the counting team, or a monitor, leaves: another is named, and everything says so.

use application::acts::after::{
    CloseItem, PlanItem, ReplaceMonitor, close_remediation, plan_remediation, replace_monitor,
};
use application::acts::ballot::{ReplaceTeller, TypedTally, enter_tally, replace_teller};
use application::demo::Play;
use application::papers::{UnitPaper, What, data};
use application::reads::{after, ballot};
use application::{Error, Result};
use domain::ballot::BallotState;
use domain::org::EndReason;
use domain::{Actor, BallotId, Day, PersonId, ReviewId};

use crate::it::ended::{change, end};
use crate::it::story::{app, build, entries};

/// Day on which the monitor checks.
const CHECKED: &str = "01/02/2023";
/// A cell in which number 7 has entered his counts and 8 has not; 9 leads them, 5 is secretary, 10 is absent.
const COUNTING: &str = "CB-CQ";

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(reasons)) => reasons[0].code.clone(),
        Err(Error::Denied) => "denied".to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

fn person(play: &Play, number: u32) -> PersonId {
    play.member(COUNTING, number).unwrap().person
}

async fn names(play: &Play, by: &Actor, ballot: BallotId, (seat, number): (&str, u32), reason: &str) -> Result<()> {
    let order = ReplaceTeller { seat: seat.to_owned(), named: Some(person(play, number)), reason: reason.to_owned() };
    replace_teller(&play.app, by, ballot, &order).await
}

async fn times(play: &Play, act: &str) -> usize {
    entries(play).await.iter().filter(|(noted, _)| noted == act).count()
}

on_both! {
    async fn a_teller_who_has_to_leave_is_replaced_and_the_other_counts_on(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let ballot = play.meeting(play.cells[COUNTING]).await.unwrap().1.unwrap();
        let head = play.head(COUNTING).await.unwrap();
        let first = play.actor(person(&play, 7)).await.unwrap();
        let second = play.actor(person(&play, 8)).await.unwrap();
        for stranger in [&first, &second, &play.seated(0).await.unwrap(), &play.seated(2).await.unwrap()] {
            assert_eq!(code(names(&play, stranger, ballot, ("teller_b", 6), "ốm").await), "denied", "{}", stranger.name);
        }
        let page = ballot::ballot(&play.app, &head, ballot).await.unwrap();
        let seats: Vec<&str> = page.seats.iter().map(|(seat, _)| seat.word()).collect();
        assert_eq!(seats, ["teller_b", "head"], "who has entered keeps his seat");
        assert!(page.substitutes.iter().all(|(one, _)| ![7, 8, 9, 10].map(|n| person(&play, n)).contains(one)));
        for (seat, named, reason, expected) in [
            ("teller_a", 6, "ốm", "BALLOT-021"), ("teller_b", 7, "ốm", "BALLOT-015"), ("teller_b", 9, "ốm", "BALLOT-015"),
            ("teller_b", 10, "ốm", "BALLOT-015"), ("teller_b", 6, "  ", "BALLOT-022"), ("clerk", 6, "ốm", "FORM-003"),
        ] {
            assert_eq!(code(names(&play, &head, ballot, (seat, named), reason).await), expected, "{seat} {named}");
        }
        assert_eq!(times(&play, "ballot.teller_replaced").await, 0, "nothing half-written");

        names(&play, &head, ballot, ("teller_b", 6), "phải về cấp cứu người nhà").await.unwrap();
        let late = enter_tally(&play.app, &second, ballot, &TypedTally::default()).await;
        assert_eq!(code(late), "denied", "whoever left the seat enters nothing");
        assert_eq!(play.count(COUNTING, ballot, 0).await.unwrap(), BallotState::Definitive);
        assert_eq!(code(names(&play, &head, ballot, ("head", 8), "ốm").await), "BALLOT-020");
        play.integrate().await.unwrap();
        assert_eq!(times(&play, "ballot.teller_replaced").await, 1);

        let shown = ballot::ballot(&play.app, &head, ballot).await.unwrap();
        let told = &shown.substitutions[0];
        assert_eq!((&told.former, told.role.as_str()), (&second.name, "teller_b"));
        assert_eq!((&shown.team[1], shown.seats.len()), (&told.named, 0));
        for paper in [UnitPaper::CountingMinutes, UnitPaper::MeetingMinutes] {
            let what = What::OfUnit { campaign: play.campaign, unit: play.cells[COUNTING], paper };
            let text = data(&play.app, &head, what).await.unwrap().to_string();
            let said = format!("thay đồng chí {}", second.name);
            assert!(text.contains(&said) && text.contains("phải về cấp cứu người nhà"), "{paper:?}: {text}");
        }
        app.close().await;
        play.app.close().await;
    }

    async fn a_head_of_counting_is_replaced_before_he_resolves_anything(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let ballot = play.meeting(play.cells[COUNTING]).await.unwrap().1.unwrap();
        let head = play.head(COUNTING).await.unwrap();
        names(&play, &head, ballot, ("head", 6), "ốm").await.unwrap();
        let former = play.actor(person(&play, 9)).await.unwrap();
        assert!(matches!(ballot::ballot(&play.app, &former, ballot).await, Err(Error::Denied)));
        assert_eq!(code(names(&play, &head, ballot, ("teller_b", 6), "ốm").await), "BALLOT-015", "one seat each");
        names(&play, &head, ballot, ("teller_b", 9), "ốm").await.unwrap();
        app.close().await;
        play.app.close().await;
    }

    async fn another_monitor_is_named_when_one_leaves(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        play.at("2023-01-10", 9).unwrap();
        let cell = "CB-T1";
        let head = play.head(cell).await.unwrap();
        let member = |number| play.member(cell, number).unwrap().person;
        let owner = member(6);
        let row = play.reviews(cell).await.unwrap().into_iter().find(|(row, _)| row.person_id == owner.0).unwrap().0;
        let plan = PlanItem {
            source: "criticism".to_owned(), shortcoming: "Đi muộn".to_owned(), measure: "Đúng giờ".to_owned(),
            expected: "Không còn đi muộn".to_owned(), monitor: Some(member(8)), due_on: "31/03/2023".to_owned(), ..PlanItem::default()
        };
        let item = plan_remediation(&play.app, &head, ReviewId(row.review_id), &plan).await.unwrap();
        let gone = play.actor(member(8)).await.unwrap();
        let mut conn = t.db.read(play.root).await.unwrap();
        let left = store::org::person(&mut conn, play.root.0, gone.person.0).await.unwrap().unwrap().code;
        drop(conn);
        play.at("2023-02-01", 9).unwrap();
        change(&play, |roster| end(roster, &left, Day::of(2023, 1, 31).unwrap(), EndReason::TransferredOut)).await;
        let page = after::item(&play.app, &head, item).await.unwrap();
        assert!(page.item.unwatched, "it shows that nobody watches");
        assert!(page.monitors.iter().all(|(one, _)| *one != owner && *one != gone.person));

        let names = async |by: &Actor, named, reason: &str| {
            let order = ReplaceMonitor { named, reason: reason.to_owned() };
            replace_monitor(&play.app, by, item, &order).await
        };
        let owning = play.actor(owner).await.unwrap();
        assert_eq!(code(names(&owning, Some(member(7)), "x").await), "denied", "the owner names nobody");
        for (named, reason, expected) in [
            (Some(owner), "x", "REMEDY-001"), (Some(gone.person), "x", "REMEDY-007"), (None, "x", "REMEDY-009"),
            (Some(member(7)), " ", "REMEDY-008"),
        ] {
            assert_eq!(code(names(&head, named, reason).await), expected);
        }
        names(&head, Some(member(7)), "người cũ chuyển sinh hoạt").await.unwrap();
        assert_eq!(code(names(&head, Some(gone.person), "x").await), "REMEDY-009", "he is no member any more");
        assert_eq!(code(close_remediation(&play.app, &gone, item, &CloseItem { outcome: "xong".to_owned(), checked_on: CHECKED.to_owned() }).await), "denied");
        let page = after::item(&play.app, &head, item).await.unwrap();
        assert!(!page.item.unwatched);
        assert_eq!((page.substitutions.len(), &page.substitutions[0].former), (1, &gone.name));
        let named = play.actor(member(7)).await.unwrap();
        close_remediation(&play.app, &named, item, &CloseItem { outcome: "Đã đúng giờ".to_owned(), checked_on: CHECKED.to_owned() }).await.unwrap();
        assert_eq!(code(names(&head, Some(member(9)), "x").await), "REMEDY-005");
        play.integrate().await.unwrap();
        assert_eq!(times(&play, "remediation.monitor_replaced").await, 1);
        app.close().await;
        play.app.close().await;
    }
}
