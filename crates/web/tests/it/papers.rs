//! Papers over the pages: every one fills its layout, every file opens, the whole set comes as one archive.

use std::io::{Cursor, Read};

use application::demo::Play;
use application::jobs;
use application::papers::{UnitPaper, What, data, print_paper};
use application::ports::{Format, Press};
use axum::http::StatusCode;
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
