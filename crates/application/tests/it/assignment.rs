//! Committee members follow units: who may be assigned, what he sees and records, sessions without him, the calendar feed.

use application::acts::assignment::{Assign, Observe, assign, end_assignment, observe, renew_calendar};
use application::demo::Play;
use application::papers::{What, data};
use application::reads::assignment::{CalendarEntry, assignments, calendar, mine};
use application::reads::tasks::tasks;
use application::{App, Error};
use domain::{Actor, AssignmentId, PersonId, UnitId};

use crate::it::collective::code;
use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build};
use crate::it::testdb::TestDb;

/// A cell that has met, one that is meeting, one that has not begun.
const MET: &str = "CB-T1";
const UNTOUCHED: &str = "CB-T4";

struct House {
    app: App,
    play: Play,
    secretary: Actor,
    /// A member of the committee who is not its secretary.
    member: Actor,
}

impl House {
    async fn new(t: &TestDb) -> Self {
        let play = build(&app(t).await).await;
        play.at("2022-11-02", 8).unwrap();
        let (secretary, member) = (play.seated(0).await.unwrap(), play.seated(4).await.unwrap());
        assert_ne!(secretary.person, member.person);
        Self { app: play.app.clone(), play, secretary, member }
    }

    fn order(&self, person: PersonId, cells: &[&str]) -> Assign {
        Assign {
            person: Some(person),
            units: cells.iter().map(|cell| self.play.cells[*cell]).collect(),
            basis: "Thông báo số 12-TB/ĐU ngày 01/11/2022".to_owned(),
            ..Assign::default()
        }
    }

    async fn assign(&self, order: &Assign) -> Result<(), Error> {
        assign(&self.app, &self.secretary, self.play.campaign, order).await
    }

    async fn id(&self, cell: &str) -> AssignmentId {
        let unit = self.play.cells[cell];
        let followed = mine(&self.app, &self.member).await.unwrap();
        followed.into_iter().find(|one| one.unit == Some(unit)).unwrap().line.id
    }

    async fn observe(&self, cell: &str, (kind, day, content): (&str, &str, &str)) -> Result<(), Error> {
        let text = |text: &str| text.to_owned();
        let order = Observe { kind: text(kind), seen_on: text(day), content: text(content) };
        observe(&self.app, &self.member, self.id(cell).await, &order).await
    }

    /// How many sessions without the assigned member the committee is told of, and how many he is told to attend.
    async fn told(&self) -> (i64, usize) {
        let of_secretary = tasks(&self.app, &self.secretary).await.unwrap();
        let missed = of_secretary.iter().filter(|task| task.kind == "unattended").map(|task| task.number).sum();
        let his = tasks(&self.app, &self.member).await.unwrap();
        (missed, his.iter().filter(|task| task.kind == "attend").count())
    }
}

on_both! {
    async fn an_assigned_member_follows_his_units_and_confirms_that_he_attended(t: &TestDb) {
        let house = House::new(t).await;
        let (app, play) = (&house.app, &house.play);
        play.at("2022-12-20", 8).unwrap();
        let (before, free) = (house.told().await, assignments(app, &house.secretary, play.campaign).await.unwrap().unfollowed.len());
        play.at("2022-11-02", 8).unwrap();
        let order = Assign { sector: "Khối nông thôn".to_owned(), ..house.order(house.member.person, &[MET, UNTOUCHED]) };
        house.assign(&order).await.unwrap();
        assert_eq!(code(house.assign(&order).await), "ASSIGN-004");
        play.at("2022-12-20", 8).unwrap();

        // He sees the preparation of each.
        let followed = mine(app, &house.member).await.unwrap();
        assert_eq!(followed.len(), 2);
        let of = |cell: &str| followed.iter().find(|one| one.unit == Some(play.cells[cell])).unwrap();
        assert_eq!(of(MET).handed_in.0, of(MET).handed_in.1 - 1, "all members; the report of the cell itself is open");
        assert_eq!(of(UNTOUCHED).handed_in.0, 0);
        assert!(of(MET).line.session.missed && !of(UNTOUCHED).line.session.missed);
        assert!(!of(MET).steps.is_empty());

        // The session without him shows at the committee, until he confirms it.
        assert_eq!(house.told().await, (before.0 + 1, before.1 + 1));
        let held_on = of(MET).line.session.held_on.unwrap();
        for (what, expected) in [
            (("session", "24/11/2022", "Đã dự"), "ASSIGN-011"),
            (("session", "21/12/2022", "Đã dự"), "ASSIGN-009"),
            (("preparation", "01/11/2022", "Đã xem"), "ASSIGN-009"),
            (("preparation", "05/12/2022", "  "), "ASSIGN-008"),
            (("gossip", "05/12/2022", "Nghe nói"), "FORM-003"),
            (("preparation", "31/02/2022", "Đã xem"), "FORM-004"),
        ] {
            assert_eq!(code(house.observe(MET, what).await), expected);
        }
        house.observe(UNTOUCHED, ("preparation", "15/12/2022", "Chi bộ chưa giao viết bản kiểm điểm.")).await.unwrap();
        house.observe(MET, ("session", &held_on.shown(), "Đã dự, đề nghị làm rõ việc thu quỹ.")).await.unwrap();
        assert_eq!(house.told().await, before);

        let page = assignments(app, &house.secretary, play.campaign).await.unwrap();
        let line = page.lines.iter().find(|line| line.unit_id == Some(play.cells[MET])).unwrap();
        assert_eq!((line.seen.len(), line.session.attended), (1, true));
        assert_eq!(page.unfollowed.len(), free - 2);

        // Somebody else's assignment is nobody's to write on, and an ended one is closed.
        let id = house.id(UNTOUCHED).await;
        let words = Observe { kind: "preparation".to_owned(), seen_on: "16/12/2022".to_owned(), content: "Thay".to_owned() };
        assert!(matches!(observe(app, &house.secretary, id, &words).await, Err(Error::Denied)));
        assert_eq!(code(end_assignment(app, &house.secretary, id, " ").await), "ASSIGN-007");
        assert!(matches!(end_assignment(app, &house.member, id, "Bận").await, Err(Error::Denied)));
        end_assignment(app, &house.secretary, id, "Đồng chí đi học").await.unwrap();
        assert_eq!(code(end_assignment(app, &house.secretary, id, "Lần nữa").await), "ASSIGN-006");
        assert_eq!(code(observe(app, &house.member, id, &words).await), "ASSIGN-006");
        assert_eq!(mine(app, &house.member).await.unwrap().len(), 1);
        app.close().await;
    }

    async fn the_calendar_of_a_member_opens_by_its_address_only_and_says_nothing_of_people(t: &TestDb) {
        let house = House::new(t).await;
        let (app, play) = (&house.app, &house.play);
        house.assign(&house.order(house.member.person, &["CB-CQ"])).await.unwrap();
        play.at("2022-12-15", 8).unwrap();
        renew_calendar(app, &house.member, "first").await.unwrap();
        let entries = calendar(app, play.root, "first").await.unwrap().unwrap();
        let sessions: Vec<_> = entries.iter().filter(|one| matches!(one, CalendarEntry::Session(..))).collect();
        assert_eq!(sessions.len(), 1, "{entries:?}");
        let told = format!("{entries:?}");
        assert!(!told.contains(&house.member.name) && !told.contains("gợi ý"), "{told}");
        renew_calendar(app, &house.member, "second").await.unwrap();
        assert!(calendar(app, play.root, "first").await.unwrap().is_none(), "the old address ended");
        assert!(calendar(app, play.root, "second").await.unwrap().is_some());
        assert!(calendar(app, play.root, "").await.unwrap().is_none());
        app.close().await;
    }
}

#[tokio::test]
async fn only_members_of_the_committee_are_assigned_to_units_below_it() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let (app, play) = (&house.app, &house.play);
    let plain = play.member(UNTOUCHED, 9).unwrap().person;
    let accounts = application::demo::accounts().unwrap();
    let clerk = play.members.iter().find(|one| one.name == accounts[0].name).unwrap().person;
    for nobody in [plain, clerk] {
        assert_eq!(code(house.assign(&house.order(nobody, &[MET])).await), "ASSIGN-001");
    }
    assert_eq!(code(house.assign(&Assign { person: None, ..house.order(plain, &[MET]) }).await), "ASSIGN-001");
    let member = house.member.person;
    assert_eq!(code(house.assign(&house.order(member, &[])).await), "ASSIGN-002");
    let itself = Assign { units: vec![play.base], ..house.order(member, &[]) };
    assert_eq!(code(house.assign(&itself).await), "ASSIGN-003");
    let early = Assign { from_on: "31/12/2021".to_owned(), ..house.order(member, &[MET]) };
    assert_eq!(code(house.assign(&early).await), "ASSIGN-010");
    let no_paper = Assign { basis: " ".to_owned(), ..house.order(member, &[MET]) };
    assert_eq!(code(house.assign(&no_paper).await), "ASSIGN-005");
    let before_his_term = Assign { from_on: "01/01/2022".to_owned(), ..house.order(plain, &[MET]) };
    assert_eq!(code(house.assign(&before_his_term).await), "ASSIGN-001");
    let nowhere = Assign { units: vec![UnitId(uuid::Uuid::nil())], ..house.order(member, &[]) };
    assert!(matches!(house.assign(&nowhere).await, Err(Error::Denied)));
    let head = play.head(MET).await.unwrap();
    let by_cell =
        assign(app, &house.play.actor(plain).await.unwrap(), play.campaign, &house.order(member, &[MET])).await;
    assert!(matches!(by_cell, Err(Error::Denied)));
    assert!(mine(app, &head).await.unwrap().is_empty());
    app.close().await;
}

#[tokio::test]
async fn the_assignment_list_is_printed() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let printed = async || data(&house.app, &house.secretary, What::Assignments(house.play.campaign)).await.unwrap();
    let before = printed().await["lines"].as_array().unwrap().len();
    house.assign(&house.order(house.member.person, &[MET])).await.unwrap();
    let sector = Assign { sector: "Khối trường học".to_owned(), ..house.order(house.secretary.person, &[]) };
    house.assign(&sector).await.unwrap();
    let paper = printed().await;
    assert_eq!(keys_of(&paper), keys_of(&sample("assignment-list/1")));
    assert_eq!(paper["lines"].as_array().unwrap().len(), before + 2);
    assert!(paper["unfollowed"].as_str().unwrap().contains("Chi bộ Thôn 4"));
    let member = house.play.actor(house.play.member(MET, 9).unwrap().person).await.unwrap();
    assert!(matches!(data(&house.app, &member, What::Assignments(house.play.campaign)).await, Err(Error::Denied)));
    house.app.close().await;
}
