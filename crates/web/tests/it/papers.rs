//! Papers over the pages: every one fills its layout, every file opens, the whole set comes as one archive.

use std::io::{Cursor, Read};

use application::demo::Play;
use application::jobs;
use application::papers::{UnitPaper, What, data, print_paper};
use application::ports::{Format, Press};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{Actor, ReviewId};
use web::press::PaperPress;
use zip::ZipArchive;

use crate::house::House;

const CELL: &str = "CB-YT";
/// A cell in which half have handed in and no meeting was held: the smallest set of papers.
const WRITING: &str = "CB-TH";

/// Everything that can be printed at the end of the year, for a cell and for the committee.
async fn everything(play: &Play) -> Vec<What> {
    let (campaign, cell) = (play.campaign, play.cells[CELL]);
    let of_unit = |unit| move |paper| What::OfUnit { campaign, unit, paper };
    let cell_papers = UnitPaper::ALL.into_iter().filter(|paper| *paper != UnitPaper::Decision).map(of_unit(cell));
    let base = [UnitPaper::AttendanceList, UnitPaper::MeetingMinutes, UnitPaper::Decision, UnitPaper::SummaryTable];
    let mut wanted: Vec<What> = cell_papers.chain(base.into_iter().map(of_unit(play.base))).collect();
    for (row, member) in play.reviews(CELL).await.unwrap() {
        wanted.push(What::SelfReview(ReviewId(row.review_id)));
        if member.number == 6 {
            wanted.push(What::Notice(ReviewId(row.review_id)));
        }
    }
    wanted
}

async fn year() -> (House, Play, Actor) {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    play.decide().await.unwrap();
    let secretary = play.seated(0).await.unwrap();
    (house, play, secretary)
}

/// Text of every part of a packed file.
fn parts(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[tokio::test]
async fn what_the_records_say_fills_every_layout_in_every_format() {
    let (house, play, secretary) = year().await;
    let press = PaperPress::new().unwrap();
    for what in everything(&play).await {
        for format in what.formats().iter().filter(|format| **format != Format::Pdf) {
            let printed = print_paper(&house.app, &secretary, what, *format)
                .await
                .unwrap_or_else(|error| panic!("{what:?}: {error}"));
            assert!(
                printed.file_name.ends_with(format.ending()) && printed.file_name.is_ascii(),
                "{}",
                printed.file_name
            );
            assert!(parts(&printed.bytes).contains("Tịnh Khê"), "{what:?}");
        }
    }
    let decision = What::OfUnit { campaign: play.campaign, unit: play.base, paper: UnitPaper::Decision };
    let filled = data(&house.app, &secretary, decision).await.unwrap();
    let pdf = press.press("decision/1", Format::Pdf, &filled).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(press.press("decision/1", Format::Pdf, &filled).unwrap(), pdf, "the same data, the same bytes");
}

#[tokio::test]
async fn files_come_from_the_pages_to_whoever_may_print() {
    let (house, play, _) = year().await;
    let place = format!("/giay-to/{}/{}", play.campaign, play.cells["CB-T1"]);
    let mut head = house.sign_in("bithu").await;
    let page = head.get(&place).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(!page.text.contains('⟦'), "a key without words");
    let link = format!("{place}/bien-ban-kiem-phieu/pdf");
    assert!(page.text.contains(&link));
    let file = head.get(&link).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, Some("application/pdf")));
    assert!(file.bytes.starts_with(b"%PDF-"));
    assert!(file.header("content-disposition").unwrap().contains("bien-ban-kiem-phieu-chi-bo-thon-1.pdf"));
    for wrong in
        [format!("{place}/bien-ban-kiem-phieu/exe"), format!("{place}/gi-do/pdf"), format!("{place}/quyet-dinh/pdf")]
    {
        assert_eq!(head.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let mut member = house.sign_in("dangvien").await;
    assert_eq!(member.get(&place).await.status, StatusCode::NOT_FOUND);
    assert_eq!(member.get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_whole_set_is_ordered_watched_and_taken() {
    let (house, play) = House::demo().await;
    let place = format!("/giay-to/{}/{}", play.campaign, play.cells[WRITING]);
    let mut clerk = house.sign_in("vanthu").await;
    let ordered = clerk.post(&format!("{place}/ca-bo"), &[]).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    let job = ordered.location().unwrap().to_owned();
    let waiting = clerk.get(&job).await;
    assert!(waiting.text.contains("Đang chờ") && waiting.text.contains("hx-trigger"), "{}", waiting.text);
    assert_eq!(clerk.get(&format!("{job}/tai-ve")).await.status, StatusCode::NOT_FOUND);
    assert!(jobs::run_one(&house.app).await.unwrap());
    let ready = clerk.get(&job).await;
    assert!(ready.text.contains("/tai-ve") && !ready.text.contains("hx-trigger"), "{}", ready.text);
    let file = clerk.get(&format!("{job}/tai-ve")).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, Some("application/zip")));
    let mut archive = ZipArchive::new(Cursor::new(file.bytes)).unwrap();
    assert!(archive.len() >= 5);
    for at in 0..archive.len() {
        let mut paper = archive.by_index(at).unwrap();
        let mut start = [0; 5];
        paper.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"%PDF-", "number {at}");
    }
    let mut other = house.sign_in("bithu").await;
    assert_eq!(other.get(&job).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_is_typed_where_the_paper_is_made_and_printed_on_it() {
    let (house, play, secretary) = year().await;
    let place = format!("/giay-to/{}/{}", play.campaign, play.cells["CB-T1"]);
    let minutes = What::OfUnit { campaign: play.campaign, unit: play.cells["CB-T1"], paper: UnitPaper::MeetingMinutes };
    let before = data(&house.app, &secretary, minutes).await.unwrap();
    assert_eq!(before["number"], "", "the place stays blank");
    house.clock.pass(TimeDelta::days(29));
    let mut head = house.sign_in("bithu.thon1").await;
    let path = format!("{place}/so/bien-ban-hoi-nghi");
    let fields = |number, dated| [("number-bien-ban-hoi-nghi", number), ("dated-bien-ban-hoi-nghi", dated)];
    for (number, dated, code) in
        [("12", "01/01/2022", "REGISTER-002"), ("12", "01/01/2099", "REGISTER-003"), ("12", "31/02/2022", "FORM-004")]
    {
        let page = head.post(&path, &fields(number, dated)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{dated}");
        assert!(
            page.text.contains(code) && page.text.contains(&format!("value=\"{dated}\"")),
            "{dated}: {}",
            page.text
        );
        assert!(!page.text.contains('⟦'));
    }
    assert_eq!(head.post(&path, &fields("12", "")).await.status, StatusCode::SEE_OTHER);
    let page = head.get(&place).await;
    assert!(page.text.contains("12-BB/") && !page.text.contains('⟦'), "{}", page.text);
    let after = data(&house.app, &secretary, minutes).await.unwrap();
    assert!(after["number"].as_str().unwrap().starts_with("12-BB/"), "{after}");
    assert_eq!(after["place_date"], before["place_date"], "the day of the meeting, when no other is typed");

    let counting = format!("{place}/so/bien-ban-kiem-phieu");
    let taken = [("number-bien-ban-kiem-phieu", "012"), ("dated-bien-ban-kiem-phieu", "")];
    let page = head.post(&counting, &taken).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "both papers print BB, so they share a series");
    assert!(page.text.contains("REGISTER-001"), "{}", page.text);
    let free = [("number-bien-ban-kiem-phieu", "13"), ("dated-bien-ban-kiem-phieu", "")];
    assert_eq!(head.post(&counting, &free).await.status, StatusCode::SEE_OTHER);
    let list = format!("{place}/so/danh-sach-de-nghi");
    let other = [("number-danh-sach-de-nghi", "12"), ("dated-danh-sach-de-nghi", "")];
    assert_eq!(head.post(&list, &other).await.status, StatusCode::SEE_OTHER, "another series");
    assert_eq!(
        head.post(&format!("{place}/so/phieu"), &[]).await.status,
        StatusCode::NOT_FOUND,
        "a ballot has no number"
    );
    for (number, said) in [("12", "vẫn như cũ"), ("", "Đã xoá số văn bản."), ("", "vẫn như cũ")] {
        assert_eq!(head.post(&path, &fields(number, "")).await.status, StatusCode::SEE_OTHER);
        let page = head.get(&place).await;
        assert!(page.text.contains(said) && !page.text.contains("Đã ghi số văn bản."), "{said}: {}", page.text);
    }
    assert_eq!(data(&house.app, &secretary, minutes).await.unwrap()["number"], "", "it can be taken back");
    let mut member = house.sign_in("dangvien").await;
    assert_eq!(member.post(&path, &fields("13", "")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn notices_are_numbered_one_after_the_other_and_no_number_is_given_twice() {
    let (house, play, secretary) = year().await;
    house.clock.pass(TimeDelta::days(29));
    let place = format!("/giay-to/{}/{}", play.campaign, play.base);
    let mut clerk = house.sign_in("vanthu").await;
    let page = clerk.get(&place).await;
    assert!(page.text.contains("name=\"first_number\"") && page.text.contains("Còn 104 thông báo"), "{}", page.text);
    let path = format!("{place}/so-thong-bao");
    for wrong in ["", "mười", "-1", "1.5"] {
        let page = clerk.post(&path, &[("first_number", wrong), ("notices_dated", "")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let (row, _) = play.reviews("CB-YT").await.unwrap().remove(0);
    let cell = format!("/giay-to/{}/{}", play.campaign, play.cells["CB-YT"]);
    let one = format!("{cell}/so-thong-bao/{}", row.review_id);
    let number = format!("number-{}", row.review_id);
    assert_eq!(clerk.post(&one, &[(number.as_str(), "50")]).await.status, StatusCode::SEE_OTHER);
    let page = clerk.post(&path, &[("first_number", "46"), ("notices_dated", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text.contains("REGISTER-001") && page.text.contains("Còn 103 thông báo"),
        "all or nothing: {}",
        page.text
    );
    assert_eq!(clerk.post(&path, &[("first_number", "51"), ("notices_dated", "")]).await.status, StatusCode::SEE_OTHER);
    assert!(!clerk.get(&place).await.text.contains("name=\"first_number\""), "none waits any more");
    let notice = data(&house.app, &secretary, What::Notice(ReviewId(row.review_id))).await.unwrap();
    assert!(notice["number"].as_str().unwrap().starts_with("50-TB/"), "{notice}");
    let mut head = house.sign_in("bithu.thon1").await;
    let page = head.get(&format!("/giay-to/{}/{}", play.campaign, play.cells["CB-T1"])).await;
    assert!(
        page.text.contains("-TB/") && !page.text.contains("/so-thong-bao/"),
        "a cell does not number the notices of the committee"
    );
}

#[tokio::test]
async fn the_conclusion_on_a_person_is_typed_at_the_meeting_frozen_and_printed() {
    let (house, play) = House::demo().await;
    let cell = play.cells["CB-CQ"];
    let place = format!("/hoi-nghi/{}/{cell}", play.campaign);
    let (row, member) = play.reviews("CB-CQ").await.unwrap().remove(3);
    let (path, field) = (format!("{place}/ket-luan"), format!("conclusion-{}", row.review_id));
    let mut head = house.sign_in("bithu.coquan").await;
    let long = "x".repeat(100_000);
    let page = head.post(&path, &[(field.as_str(), long.as_str())]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&format!("id=\"{field}-error\"")) && page.text.contains(&long), "what was typed stays");
    assert!(page.text.contains("Phần này dài 100000 ký tự"), "the field's internal name is nobody's word");
    let said = "Tiếp thu nghiêm túc <b>";
    assert_eq!(head.post(&path, &[(field.as_str(), said)]).await.status, StatusCode::SEE_OTHER);
    let page = head.get(&place).await;
    assert!(page.text.contains("Tiếp thu nghiêm túc &#60;b&#62;") && !page.text.contains('⟦'), "{}", page.text);
    let secretary = play.seated(0).await.unwrap();
    let minutes = What::OfUnit { campaign: play.campaign, unit: cell, paper: UnitPaper::MeetingMinutes };
    let printed = data(&house.app, &secretary, minutes).await.unwrap();
    let people = printed["people"].as_array().unwrap();
    let concluded: Vec<&str> =
        people.iter().filter(|one| one["conclusion"] == said).map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(concluded, [member.name.as_str()]);
    let mut other = house.sign_in("bithu.thon1").await;
    assert_eq!(other.post(&path, &[(field.as_str(), "khác")]).await.status, StatusCode::NOT_FOUND);

    play.finish_cells().await.unwrap();
    house.clock.pass(TimeDelta::days(29));
    let mut head = house.sign_in("bithu.coquan").await;
    let page = head.post(&path, &[(field.as_str(), "Sửa sau khi khoá")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text);
    assert!(page.text.contains("MEETING-002") && page.text.contains("Tiếp thu nghiêm túc"), "{}", page.text);
    assert_eq!(data(&house.app, &secretary, minutes).await.unwrap()["people"], printed["people"]);
}

#[tokio::test]
async fn conclusions_on_several_people_are_saved_together_and_nobody_wipes_away_anothers() {
    let (house, play) = House::demo().await;
    let cell = play.cells["CB-CQ"];
    let place = format!("/hoi-nghi/{}/{cell}", play.campaign);
    let path = format!("{place}/ket-luan");
    let reviews = play.reviews("CB-CQ").await.unwrap();
    let [first, second, third] = [2, 3, 4].map(|at| reviews[at].0.review_id);
    let [one, two, three] = [first, second, third].map(|id| format!("conclusion-{id}"));
    let [saw_one, saw_two, saw_three] = [first, second, third].map(|id| format!("seen-{id}"));
    let mut head = house.sign_in("bithu.coquan").await;
    let typed = [(one.as_str(), "Một\r\nhai dòng"), (two.as_str(), "Hai"), (three.as_str(), "")];
    assert_eq!(head.post(&path, &typed).await.status, StatusCode::SEE_OTHER);
    let page = head.get(&place).await;
    assert!(page.text.contains("Một\nhai dòng</textarea>") && page.text.contains(">Hai</textarea>"), "{}", page.text);

    // A page opened before: what its owner did not touch stays as somebody else left it, what both changed is asked about.
    let stale = [
        (one.as_str(), "Một, viết lại"),
        (saw_one.as_str(), "Một\r\nhai dòng"),
        (two.as_str(), ""),
        (saw_two.as_str(), ""),
        (three.as_str(), "Ba"),
        (saw_three.as_str(), ""),
    ];
    assert_eq!(head.post(&path, &stale).await.status, StatusCode::SEE_OTHER);
    let page = head.get(&place).await;
    for kept in ["Một, viết lại</textarea>", ">Hai</textarea>", ">Ba</textarea>"] {
        assert!(page.text.contains(kept), "{kept} is not on {}", page.text);
    }
    let clash =
        [(two.as_str(), "Hai, theo tôi"), (saw_two.as_str(), ""), (three.as_str(), "Bốn"), (saw_three.as_str(), "Ba")];
    let page = head.post(&path, &clash).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("MEETING-012") && page.text.contains("Hai, theo tôi</textarea>"), "{}", page.text);
    assert!(head.get(&place).await.text.contains(">Ba</textarea>"), "all or nothing");
}
