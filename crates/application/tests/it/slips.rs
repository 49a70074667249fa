//! Analysis slips: several bodies analyse an organisation; the verifying body's grades are what the rules are asked with.
#![cfg(test)]

use std::collections::BTreeMap;

use application::acts::review::{RecordSlip, record_slip};
use application::demo::Play;
use application::papers::{What, data};
use application::reads::classification::list;
use application::reads::review::review;
use application::reads::slips::slips;
use application::{App, Error, reads};
use domain::subject::Subject;
use domain::{Actor, ReviewId};

use crate::it::collective::{code, open_review};
use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build, entries};
use crate::it::testdb::TestDb;
use store::journal::Record;

struct House {
    app: App,
    play: Play,
    /// Secretary of the deciding body.
    head: Actor,
    review: ReviewId,
}

impl House {
    async fn about(t: &TestDb, subject: &str) -> Self {
        let play = build(&app(t).await).await;
        let (app, head) = (play.app.clone(), play.seated(0).await.unwrap());
        let review = open_review(t, &play, subject, play.base.0).await;
        Self { app, play, head, review }
    }

    /// A slip with the same grade for everything but what concerns only some.
    async fn slip(&self, body: &str, role: &str, grade: &str) -> RecordSlip {
        let page = slips(&self.app, &self.head, self.review).await.unwrap();
        let asked = page.criteria.into_iter().filter(|one| one.only_for.vi.is_empty());
        RecordSlip {
            body: body.to_owned(),
            role: role.to_owned(),
            grades: asked.map(|one| (one.id, grade.to_owned())).collect(),
            level: "good".to_owned(),
            comment: "Nhận xét chung.".to_owned(),
            signer: "Nguyễn Văn Mẫu, Trưởng ban".to_owned(),
            signed_on: "06/12/2022".to_owned(),
        }
    }

    async fn record(&self, slip: &RecordSlip) -> Result<(), Error> {
        record_slip(&self.app, &self.head, self.review, slip).await.map(|_| ())
    }

    /// Criterion → grade as it is a fact now.
    async fn facts(&self) -> BTreeMap<String, String> {
        let page = review(&self.app, &self.head, self.review).await.unwrap();
        let graded = page.facts.into_iter().filter(|fact| fact.name.starts_with("grade.") && !fact.value.is_empty());
        graded.map(|fact| (fact.name, format!("{} ({})", fact.value, fact.evidence))).collect()
    }
}

on_both! {
    async fn slips_stand_side_by_side_and_only_the_verifying_one_is_taken_as_facts(t: &TestDb) {
        let house = House::about(t, "organization").await;
        let front = house.slip("Uỷ ban Mặt trận Tổ quốc xã Mẫu", "participant", "good").await;
        house.record(&front).await.unwrap();
        let own = BTreeMap::from([("org_inspection".to_owned(), "average".to_owned())]);
        let superior = RecordSlip { grades: own, level: String::new(), ..house.slip("Uỷ ban Kiểm tra Huyện uỷ", "superior", "").await };
        house.record(&superior).await.unwrap();
        assert!(house.facts().await.is_empty(), "what others say is shown and is no fact");

        house.record(&house.slip("Ban Tổ chức Huyện uỷ", "verifying", "outstanding").await).await.unwrap();
        let facts = house.facts().await;
        assert_eq!(facts.len(), 7);
        assert_eq!(facts["grade.org_inspection"], "Xuất sắc (Phiếu phân tích chất lượng của Ban Tổ chức Huyện uỷ, ngày 06/12/2022)");

        // The same body again, however it is typed: the newest counts, the older stays.
        house.record(&RecordSlip { level: "fulfilled".to_owned(), ..house.slip("  uỷ ban Mặt trận  Tổ quốc xã Mẫu", "participant", "poor").await }).await.unwrap();
        let page = slips(&house.app, &house.head, house.review).await.unwrap();
        let shown: Vec<String> = page.slips.iter().map(|slip| format!("{} {} {} {}", slip.body, slip.role, slip.grades.len(), slip.earlier)).collect();
        assert_eq!(shown, [
            "uỷ ban Mặt trận Tổ quốc xã Mẫu participant 7 1",
            "Uỷ ban Kiểm tra Huyện uỷ superior 1 0",
            "Ban Tổ chức Huyện uỷ verifying 7 0",
        ]);
        assert_eq!(page.slips[0].level.vi, "Hoàn thành nhiệm vụ");
        assert_eq!(house.facts().await, facts);
        let noted = entries(&house.play).await.into_iter().filter(|(act, _)| act == "review.slip_recorded").count();
        assert_eq!(noted, 4);
        house.app.close().await;
    }
}

async fn printed(subject: &str, form: &str) {
    let t = TestDb::lite().await;
    let house = House::about(&t, subject).await;
    let blank = data(&house.app, &house.head, What::BlankSlip(house.review)).await.unwrap();
    assert_eq!(keys_of(&blank), keys_of(&sample(form)));
    assert_eq!((blank["body"].as_str().unwrap(), blank["level"].as_str().unwrap()), ("", ""));
    let ticked = |paper: &serde_json::Value| {
        let rows = paper["criteria"].as_array().unwrap().iter();
        let marks = rows.flat_map(|row| row["marks"].as_object().unwrap().values().cloned().collect::<Vec<_>>());
        marks.filter(|mark| mark.as_bool().unwrap()).count()
    };
    assert_eq!(ticked(&blank), 0);
    let slip = house.slip("Ban Tổ chức Huyện uỷ", "participant", "good").await;
    let id = record_slip(&house.app, &house.head, house.review, &slip).await.unwrap();
    let paper = data(&house.app, &house.head, What::Slip(id)).await.unwrap();
    assert_eq!(keys_of(&paper), keys_of(&sample(form)));
    assert_eq!(ticked(&paper), slip.grades.len());
    assert_eq!(paper["body"], "Ban Tổ chức Huyện uỷ");
    house.app.close().await;
}

#[tokio::test]
async fn a_slip_on_an_organisation_is_printed_blank_and_as_it_was_entered() {
    printed("organization", "organization-analysis/2019").await;
}

#[tokio::test]
async fn a_slip_on_a_collective_is_printed_blank_and_as_it_was_entered() {
    printed("collective", "collective-analysis/2019").await;
}

#[tokio::test]
async fn a_slip_with_gaps_is_refused_and_nothing_is_kept() {
    let t = TestDb::lite().await;
    let house = House::about(&t, "organization").await;
    let whole = house.slip("Ban Tổ chức Huyện uỷ", "verifying", "good").await;
    let mut gap = whole.clone();
    gap.grades.remove("org_results");
    let wrong = [
        (RecordSlip { body: "  ".to_owned(), ..whole.clone() }, "SLIP-001"),
        (gap, "SLIP-002"),
        (
            RecordSlip {
                role: "superior".to_owned(),
                grades: BTreeMap::new(),
                comment: String::new(),
                ..whole.clone()
            },
            "SLIP-003",
        ),
        (RecordSlip { level: String::new(), ..whole.clone() }, "SLIP-004"),
        (RecordSlip { signer: String::new(), ..whole.clone() }, "SLIP-005"),
        (RecordSlip { role: "observer".to_owned(), ..whole.clone() }, "FORM-003"),
        (RecordSlip { signed_on: "31/02/2022".to_owned(), ..whole.clone() }, "FORM-004"),
        (RecordSlip { comment: "x".repeat(4001), ..whole.clone() }, "FORM-002"),
    ];
    for (slip, expected) in wrong {
        assert_eq!(code(house.record(&slip).await), expected);
    }
    assert!(slips(&house.app, &house.head, house.review).await.unwrap().slips.is_empty());
    assert!(house.facts().await.is_empty());
    house.app.close().await;
}

#[tokio::test]
async fn slips_are_entered_by_the_deciding_body_and_never_about_a_person() {
    let t = TestDb::lite().await;
    let house = House::about(&t, "organization").await;
    let slip = house.slip("Ban Tổ chức Huyện uỷ", "participant", "good").await;
    let cell = house.play.head("CB-T1").await.unwrap();
    assert!(matches!(record_slip(&house.app, &cell, house.review, &slip).await, Err(Error::Denied)));
    let member = house.play.actor(house.play.member("CB-T1", 6).unwrap().person).await.unwrap();
    assert!(matches!(slips(&house.app, &member, house.review).await, Err(Error::Denied)));
    assert!(matches!(data(&house.app, &member, What::BlankSlip(house.review)).await, Err(Error::Denied)));
    let (row, _) = house.play.reviews("CB-T1").await.unwrap().into_iter().next().unwrap();
    let person = ReviewId(row.review_id);
    assert!(matches!(record_slip(&house.app, &house.head, person, &slip).await, Err(Error::Denied)));
    assert!(matches!(slips(&house.app, &house.head, person).await, Err(Error::Denied)));
    house.app.close().await;
}

#[tokio::test]
async fn what_the_verifying_body_wrote_is_shown_to_the_reviewed_when_it_is_decided() {
    let t = TestDb::lite().await;
    let house = House::about(&t, "organization").await;
    // A head who sits on no committee above: those who do, prepare the decision.
    let mut found = None;
    for (code, unit) in &house.play.cells {
        let head = house.play.head(code).await.unwrap();
        if head.posts.iter().all(|post| post.unit == *unit) {
            found = Some((head, reads::organisation::unit(&house.app, &house.head, *unit).await.unwrap().name));
        }
    }
    let (cell, name) = found.unwrap();
    let page = list(&house.app, &house.head, house.play.campaign, Subject::Organization).await.unwrap();
    let review = page.lines.iter().find(|line| line.name == name).unwrap().review;
    let house = House { review, ..house };
    for (body, role) in [("Mặt trận Tổ quốc xã", "participant"), ("Ban Tổ chức Huyện uỷ", "verifying")]
    {
        house.record(&house.slip(body, role, "good").await).await.unwrap();
    }
    let seen = slips(&house.app, &house.head, review).await.unwrap().slips;
    let verifying = What::Slip(seen[1].id);
    let bodies = |page: reads::slips::SlipsPage| page.slips.into_iter().map(|slip| slip.body).collect::<Vec<_>>();
    assert_eq!(bodies(slips(&house.app, &cell, review).await.unwrap()), ["Mặt trận Tổ quốc xã"]);
    assert!(matches!(data(&house.app, &cell, verifying).await, Err(Error::Denied)));
    assert!(data(&house.app, &house.head, verifying).await.is_ok());
    assert!(data(&house.app, &cell, What::Slip(seen[0].id)).await.is_ok());

    let mut tx = t.db.begin(house.play.root).await.unwrap();
    let version = store::review::review(&mut tx, house.play.root.0, review.0).await.unwrap().unwrap().version;
    assert!(store::review::set_state(&mut tx, house.play.root.0, review.0, version, "decided").await.unwrap());
    tx.commit(Record::housekeeping("test data")).await.unwrap();
    assert_eq!(bodies(slips(&house.app, &cell, review).await.unwrap()).len(), 2);
    assert!(data(&house.app, &cell, verifying).await.is_ok());
    house.app.close().await;
}
