//! Papers: what they say, who gets them, and bundles that are whole or not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use application::acts::proposal::{SaveProposal, save_proposal};
use application::acts::register::{NumberPaper, Numbering, number_paper};
use application::demo::{self, Play, SeededChance, SetClock};
use application::papers::{
    BundleState, UnitPaper, What, bundle, bundle_file, catalogue, data, order_bundle, print_paper,
};
use application::ports::{Format, Press};
use application::{App, Error, app::Parts, jobs};
use domain::{Actor, JobId, ReviewId, UnitId};
use serde_json::Value;

use crate::it::story::library;
use crate::it::testdb::TestDb;

/// A press that writes down what it is given, and breaks at one form when told to.
#[derive(Default)]
struct PlainPress {
    breaks_at: Mutex<String>,
}

impl Press for PlainPress {
    fn press(&self, form: &str, format: Format, data: &Value) -> Result<Vec<u8>, String> {
        if *self.breaks_at.lock().unwrap() == form {
            return Err("broken on purpose".to_owned());
        }
        Ok(format!("{form} {} {data}", format.ending()).into_bytes())
    }

    fn bundle(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
        let names: BTreeSet<&String> = files.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), files.len());
        Ok(files.into_iter().map(|(name, _)| name + "\n").collect::<String>().into_bytes())
    }
}

const CELL: &str = "CB-T1";

/// The demonstration after its decision, with a press of ours.
struct House {
    play: Play,
    press: Arc<PlainPress>,
    app: App,
}

impl House {
    async fn new(t: &TestDb) -> Self {
        Self::after(t, true).await
    }

    async fn after(t: &TestDb, whole_year: bool) -> Self {
        let press = Arc::new(PlainPress::default());
        let parts = Parts {
            database: t.url(),
            clock: Arc::new(SetClock::default()),
            chance: Arc::new(SeededChance::new(1)),
            library: library(),
            press: press.clone(),
        };
        let app = App::open(parts).await.unwrap();
        let play = demo::build(&app, &|_| "hash".to_owned()).await.unwrap();
        if whole_year {
            play.finish_cells().await.unwrap();
            play.decide().await.unwrap();
            play.follow_up(CELL, 6).await.unwrap();
        }
        let app = play.app.clone();
        Self { play, press, app }
    }

    fn cell(&self) -> UnitId {
        self.play.cells[CELL]
    }

    fn paper(&self, unit: UnitId, paper: UnitPaper) -> What {
        What::OfUnit { campaign: self.play.campaign, unit, paper }
    }

    async fn head(&self) -> Actor {
        self.play.head(CELL).await.unwrap()
    }

    async fn member(&self, number: u32) -> Actor {
        self.play.actor(self.play.member(CELL, number).unwrap().person).await.unwrap()
    }

    async fn review(&self, number: u32) -> ReviewId {
        let reviews = self.play.reviews(CELL).await.unwrap();
        let (row, _) = reviews.into_iter().find(|(_, member)| member.number == number).unwrap();
        ReviewId(row.review_id)
    }

    async fn of_cell(&self, paper: UnitPaper) -> Value {
        data(&self.app, &self.head().await, self.paper(self.cell(), paper)).await.unwrap()
    }

    async fn kept(&self, t: &TestDb, object: &str) -> usize {
        let mut conn = t.db.read(self.play.root).await.unwrap();
        store::paper::papers_of(&mut conn, self.play.root.0, object).await.unwrap().len()
    }

    async fn close(self) {
        self.app.close().await;
    }
}

/// Paths of all keys; lists count as one element, so that samples of other lengths compare.
fn keys(value: &Value, at: &str, open: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) if !open.contains(at) => {
            for (key, value) in object {
                keys(value, &format!("{at}.{key}"), open, found);
            }
        }
        Value::Array(list) => {
            for one in list {
                keys(one, &format!("{at}[]"), open, found);
            }
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

pub(crate) fn keys_of(value: &Value) -> BTreeSet<String> {
    let open = BTreeSet::from([".people[].counts", ".people[].marks", ".rows[].counts", ".rows[].percents"]);
    let mut found = BTreeSet::new();
    keys(value, "", &open, &mut found);
    found
}

pub(crate) fn sample(form: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms").join(form).join("samples/longest.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn denied<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Denied))
}

fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(reasons)) => reasons[0].code.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

on_both! {
    async fn every_paper_has_exactly_the_keys_of_its_sample(t: &TestDb) {
        let house = House::new(t).await;
        let secretary = house.play.seated(0).await.unwrap();
        let mut wanted: Vec<(&str, What)> = UnitPaper::ALL
            .into_iter()
            .filter(|paper| *paper != UnitPaper::Decision)
            .map(|paper| (paper.meaning(), house.paper(house.cell(), paper)))
            .collect();
        wanted.push(("decision", house.paper(house.play.base, UnitPaper::Decision)));
        wanted.push(("meeting-minutes", house.paper(house.play.base, UnitPaper::MeetingMinutes)));
        wanted.push(("summary-table", house.paper(house.play.base, UnitPaper::SummaryTable)));
        wanted.push(("notice", What::Notice(house.review(6).await)));
        wanted.push(("individual-review", What::SelfReview(house.review(6).await)));
        for (meaning, what) in wanted {
            let version = if meaning == "individual-review" { "2019" } else { "1" };
            let found = keys_of(&data(&house.app, &secretary, what).await.unwrap());
            let expected = keys_of(&sample(&format!("{meaning}/{version}")));
            // A list that happens to be empty shows no keys below it.
            let missing: Vec<&String> = expected.difference(&found).filter(|key| !emptied(key, &found)).collect();
            let surplus: Vec<&String> = found.difference(&expected).collect();
            assert!(missing.is_empty() && surplus.is_empty(), "{meaning}: missing {missing:?}, surplus {surplus:?}");
        }
        house.close().await;
    }
}

/// Whether the list that a key stands in has no element among what was found.
fn emptied(key: &str, found: &BTreeSet<String>) -> bool {
    key.rfind("[]").is_some_and(|end| !found.iter().any(|other| other.starts_with(&key[..end])))
}

#[tokio::test]
async fn papers_go_to_whoever_may_print_and_to_the_person_himself() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let (head, plain) = (house.head().await, house.member(6).await);
    let (own, other) = (house.review(6).await, house.review(8).await);
    for paper in UnitPaper::ALL {
        assert!(
            denied(print_paper(&house.app, &plain, house.paper(house.cell(), paper), Format::Pdf).await),
            "{paper:?}"
        );
    }
    for what in [What::SelfReview(own), What::Notice(own)] {
        assert!(data(&house.app, &plain, what).await.is_ok());
        assert!(data(&house.app, &head, what).await.is_ok());
    }
    for what in [What::SelfReview(other), What::Notice(other)] {
        assert!(denied(data(&house.app, &plain, what).await));
    }
    let stranger = house.play.head("CB-T2").await.unwrap();
    assert!(denied(data(&house.app, &stranger, What::SelfReview(own)).await));
    assert!(denied(catalogue(&house.app, &stranger, house.play.campaign, house.cell()).await));
    assert!(denied(data(&house.app, &head, house.paper(house.cell(), UnitPaper::Decision)).await));
    house.close().await;
}

#[tokio::test]
async fn a_draft_is_printed_for_its_writer_only_and_says_so() {
    let t = TestDb::lite().await;
    let house = House::after(&t, false).await;
    let cell = "CB-TH";
    let mut drafts = 0;
    let head = house.play.head(cell).await.unwrap();
    for (row, member) in house.play.reviews(cell).await.unwrap() {
        let review = ReviewId(row.review_id);
        let writer = house.play.actor(member.person).await.unwrap();
        if row.state == "awaiting_self_review" {
            assert_eq!(code(data(&house.app, &writer, What::SelfReview(review)).await), "PAPER-007");
            let Ok(draft) = data(&house.app, &writer, What::Draft(review)).await else { continue };
            drafts += 1;
            assert!(draft["checkpoint"].as_str().unwrap().contains("BẢN NHÁP"));
            if member.person != head.person {
                assert!(denied(data(&house.app, &head, What::Draft(review)).await));
            }
            let printed = print_paper(&house.app, &writer, What::Draft(review), Format::Pdf).await.unwrap();
            assert!(printed.file_name.starts_with("ban-kiem-diem-ca-nhan-"), "{}", printed.file_name);
            assert_eq!(house.kept(&t, &format!("individual-review/{review}")).await, 0, "a draft is not kept");
        }
    }
    assert_eq!(drafts, 1);
    house.close().await;
}

#[tokio::test]
async fn the_list_that_a_cell_has_not_sent_is_printed_by_nobody_above_it() {
    let t = TestDb::lite().await;
    let house = House::after(&t, false).await;
    let (cell, unit) = ("CB-T2", house.play.cells["CB-T2"]);
    let head = house.play.head(cell).await.unwrap();
    save_proposal(&house.app, &head, house.play.campaign, unit, &SaveProposal::default()).await.unwrap();
    let secretary = house.play.seated(0).await.unwrap();
    let paper = house.paper(unit, UnitPaper::ProposalList);
    assert!(data(&house.app, &head, paper).await.is_ok(), "the cell looks at its own list on paper");
    assert_eq!(code(data(&house.app, &secretary, paper).await), "PAPER-004");
    let seen = catalogue(&house.app, &secretary, house.play.campaign, unit).await.unwrap();
    assert!(seen.papers.iter().any(|offer| offer.paper == UnitPaper::ProposalList && !offer.ready));
    house.play.propose(cell).await.unwrap();
    house.play.integrate().await.unwrap();
    assert!(data(&house.app, &secretary, paper).await.is_ok(), "sent");
    house.close().await;
}

#[tokio::test]
async fn what_does_not_exist_yet_is_refused_with_what_to_do() {
    let t = TestDb::lite().await;
    let house = House::after(&t, false).await;
    let secretary = house.play.seated(0).await.unwrap();
    let untouched = house.play.cells["CB-YT"];
    let codes = [
        (UnitPaper::AttendanceList, "PAPER-001"),
        (UnitPaper::Ballot, "PAPER-001"),
        (UnitPaper::ProposalList, "PAPER-004"),
        (UnitPaper::SummaryTable, "PAPER-005"),
    ];
    for (paper, expected) in codes {
        assert_eq!(code(data(&house.app, &secretary, house.paper(untouched, paper)).await), expected);
    }
    let counting = house.play.cells["CB-CQ"];
    assert_eq!(
        code(data(&house.app, &secretary, house.paper(counting, UnitPaper::CountingMinutes)).await),
        "PAPER-003"
    );
    assert_eq!(
        code(print_paper(&house.app, &secretary, house.paper(counting, UnitPaper::MeetingMinutes), Format::Xlsx).await),
        "PAPER-008"
    );
    let minutes = data(&house.app, &secretary, house.paper(counting, UnitPaper::MeetingMinutes)).await.unwrap();
    assert!(minutes["checkpoint"].as_str().unwrap().starts_with("DỰ THẢO"), "{}", minutes["checkpoint"]);
    assert_eq!(code(order_bundle(&house.app, &secretary, house.play.campaign, untouched).await), "PAPER-009");
    house.close().await;
}

fn numbered(number: &str) -> NumberPaper {
    NumberPaper {
        number: number.to_owned(),
        dated_on: String::new(),
        number_field: "number".to_owned(),
        day_field: "day".to_owned(),
    }
}

#[tokio::test]
async fn a_paper_is_numbered_when_it_exists_and_by_a_number() {
    let t = TestDb::lite().await;
    let house = House::after(&t, false).await;
    let secretary = house.play.seated(0).await.unwrap();
    let [untouched, counting, ended] = ["CB-YT", "CB-CQ", CELL].map(|cell| house.play.cells[cell]);
    for (unit, paper, expected) in [
        (untouched, UnitPaper::MeetingMinutes, "PAPER-001"),
        (untouched, UnitPaper::ProposalList, "PAPER-004"),
        (untouched, UnitPaper::SummaryTable, "PAPER-005"),
        (counting, UnitPaper::CountingMinutes, "PAPER-003"),
        (counting, UnitPaper::ProposalList, "PAPER-004"),
        (house.play.base, UnitPaper::SummaryTable, "PAPER-005"),
    ] {
        let what = house.paper(unit, paper);
        let tried = number_paper(&house.app, &secretary, what, &numbered("15")).await;
        assert_eq!(code(tried), expected, "{paper:?}");
    }
    let minutes = house.paper(ended, UnitPaper::MeetingMinutes);
    for no_number in ["-", "/", " – ", "…"] {
        let tried = number_paper(&house.app, &secretary, minutes, &numbered(no_number)).await;
        let Err(Error::Refused(reasons)) = tried else { panic!("{no_number} is no number: {tried:?}") };
        assert_eq!((reasons[0].code.as_str(), reasons[0].field.as_deref()), ("REGISTER-005", Some("number")));
    }
    for (number, done) in [
        ("", Numbering::Unchanged),
        ("15", Numbering::Numbered),
        ("15", Numbering::Unchanged),
        ("16", Numbering::Numbered),
        ("", Numbering::Cleared),
        ("", Numbering::Unchanged),
    ] {
        assert_eq!(number_paper(&house.app, &secretary, minutes, &numbered(number)).await.unwrap(), done, "{number}");
    }
    house.close().await;
}

#[tokio::test]
async fn the_same_content_is_kept_and_written_down_once() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let head = house.head().await;
    let what = house.paper(house.cell(), UnitPaper::CountingMinutes);
    let object = format!("counting-minutes/{}/{}", house.play.campaign, house.cell());
    let first = print_paper(&house.app, &head, what, Format::Pdf).await.unwrap();
    let again = print_paper(&house.app, &house.play.seated(0).await.unwrap(), what, Format::Pdf).await.unwrap();
    assert_eq!(first, again, "the journal has grown in between, the paper is the same");
    assert!(first.file_name.starts_with("bien-ban-kiem-phieu-chi-bo-"), "{}", first.file_name);
    assert_eq!(house.kept(&t, &object).await, 1);
    print_paper(&house.app, &head, what, Format::Docx).await.unwrap();
    assert_eq!(house.kept(&t, &object).await, 2);
    house.close().await;
}

#[tokio::test]
async fn an_answer_is_printed_wherever_the_remark_is() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let minutes = house.of_cell(UnitPaper::MeetingMinutes).await;
    assert_eq!(minutes["member_word"], "đảng viên");
    let committee = house.paper(house.play.base, UnitPaper::MeetingMinutes);
    let committee = data(&house.app, &house.play.seated(0).await.unwrap(), committee).await.unwrap();
    assert_eq!(committee["member_word"], "cấp uỷ viên");
    let said: Vec<&str> = minutes["people"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["criticisms"].as_array().unwrap())
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert!(!said.is_empty());
    for text in said {
        assert!(text.contains("Ý kiến tiếp thu, giải trình:") || text.contains("chưa có ý kiến trả lời"), "{text}");
    }
    let base = &minutes["vote_base"];
    let lines: Vec<i64> =
        base["lines"].as_array().unwrap().iter().map(|line| line["count"].as_str().unwrap().parse().unwrap()).collect();
    let (total, rest) = lines.split_last().unwrap();
    assert_eq!(rest[0] - rest[1..].iter().sum::<i64>(), *total);
    assert_eq!(base["total"].as_str().unwrap().parse::<i64>().unwrap(), *total);
    assert!(!base["lines"][0]["source"].as_str().unwrap().is_empty());
    assert!(minutes["checkpoint"].as_str().unwrap().starts_with("Sổ nhật ký: "));
    house.close().await;
}

#[tokio::test]
async fn the_rows_of_the_summary_add_up_to_its_total() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let secretary = house.play.seated(0).await.unwrap();
    for unit in [house.play.base, house.cell()] {
        let table = data(&house.app, &secretary, house.paper(unit, UnitPaper::SummaryTable)).await.unwrap();
        let rows = table["rows"].as_array().unwrap();
        let number =
            |row: &Value, path: &str| row.pointer(path).and_then(Value::as_str).unwrap().parse::<u64>().unwrap();
        let (total, parts) = rows.split_last().unwrap();
        assert!(total["is_total"].as_bool().unwrap());
        let levels: Vec<String> = table["levels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|level| format!("/counts/{}", level["id"].as_str().unwrap()))
            .collect();
        for path in ["/total", "/exempt", "/not_rated", "/rated"].into_iter().map(str::to_owned).chain(levels.clone()) {
            assert_eq!(parts.iter().map(|row| number(row, &path)).sum::<u64>(), number(total, &path), "{path}");
        }
        for row in rows {
            assert_eq!(levels.iter().map(|path| number(row, path)).sum::<u64>(), number(row, "/rated"));
            assert_eq!(
                number(row, "/total"),
                number(row, "/exempt") + number(row, "/not_rated") + number(row, "/rated")
            );
            let hundredths = |text: &str| text.replace(',', "").parse::<u64>().ok();
            let sum: u64 =
                row["percents"].as_object().unwrap().values().filter_map(|one| hundredths(one.as_str().unwrap())).sum();
            let remarked = !row["note"].as_str().unwrap().is_empty();
            assert_eq!(remarked, sum != 10_000 && number(row, "/rated") > 0, "{row}");
        }
    }
    house.close().await;
}

async fn state(house: &House, actor: &Actor, job: JobId) -> BundleState {
    bundle(&house.app, actor, job).await.unwrap().state
}

#[tokio::test]
async fn a_bundle_is_all_or_nothing_and_names_the_paper_that_failed() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let head = house.head().await;
    let (campaign, cell) = (house.play.campaign, house.cell());
    "notice/1".clone_into(&mut house.press.breaks_at.lock().unwrap());
    let job = order_bundle(&house.app, &head, campaign, cell).await.unwrap();
    assert_eq!(order_bundle(&house.app, &head, campaign, cell).await.unwrap(), job, "one at a time");
    assert_eq!(state(&house, &head, job).await, BundleState::Making);
    assert!(jobs::run_one(&house.app).await.unwrap());
    let BundleState::Failed(paper) = state(&house, &head, job).await else { panic!("not failed") };
    assert!(paper.starts_with("Thông báo kết quả xếp loại – "), "{paper}");
    assert!(denied(bundle_file(&house.app, &head, job).await));
    assert_eq!(house.kept(&t, &format!("job/{job}")).await, 0);

    house.press.breaks_at.lock().unwrap().clear();
    let job = order_bundle(&house.app, &head, campaign, cell).await.unwrap();
    assert!(jobs::run_one(&house.app).await.unwrap());
    assert!(!jobs::run_one(&house.app).await.unwrap(), "nothing waits");
    let view = bundle(&house.app, &head, job).await.unwrap();
    assert_eq!((view.state, view.done), (BundleState::Ready, view.total));
    let file = bundle_file(&house.app, &head, job).await.unwrap();
    let names = String::from_utf8(file.bytes).unwrap();
    assert_eq!(i64::try_from(names.lines().count()).unwrap(), view.total);
    assert!(names.starts_with("001-danh-sach-du-hoi-nghi-chi-bo-"), "{names}");
    assert_eq!(Path::new(&file.file_name).extension().unwrap(), "zip");
    let other = house.play.seated(0).await.unwrap();
    assert!(denied(bundle(&house.app, &other, job).await) && denied(bundle_file(&house.app, &other, job).await));
    house.close().await;
}

#[tokio::test]
async fn a_bundle_whose_worker_died_is_made_by_the_next_one() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let head = house.head().await;
    house.play.at("2023-05-02", 8).unwrap();
    let job = order_bundle(&house.app, &head, house.play.campaign, house.cell()).await.unwrap();
    let now = house.app.clock.now();
    let dead =
        store::job::claim(&t.db, house.play.root, now, now + chrono::TimeDelta::minutes(2)).await.unwrap().unwrap();
    assert!(!jobs::run_one(&house.app).await.unwrap(), "the lease still holds");
    house.play.at("2023-05-02", 9).unwrap();
    assert!(jobs::run_one(&house.app).await.unwrap());
    assert_eq!(state(&house, &head, job).await, BundleState::Ready);
    assert!(!store::job::fail(&t.db, &dead, "late").await.unwrap(), "the first worker lost its lease");
    assert_eq!(house.kept(&t, &format!("job/{job}")).await, 1);
    house.close().await;
}

#[tokio::test]
async fn names_of_levels_come_from_the_rule_book() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let library = library();
    let book = library.books().next().unwrap();
    let labels: BTreeMap<&str, &str> =
        book.levels.iter().map(|level| (level.id.as_str(), level.title.vi.as_str())).collect();
    let list = house.of_cell(UnitPaper::ProposalList).await;
    for level in list["levels"].as_array().unwrap() {
        assert_eq!(labels[level["id"].as_str().unwrap()], level["label"].as_str().unwrap());
    }
    house.close().await;
}
