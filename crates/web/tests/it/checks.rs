//! The page that checks published tables.

use axum::http::StatusCode;

use crate::house::{CLERK, House};

const PUBLISHED: &[u8] = include_bytes!("../../../../examples/published-results.csv");
const PAGE: &str = "/kiem-tra-bang";

#[tokio::test]
async fn a_table_is_checked_on_the_page_and_as_files() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    assert_eq!(browser.get(PAGE).await.status, StatusCode::OK);
    let page = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "page")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for words in ["144/604", "352/353 = 99,72 %", "Nghệ An"] {
        assert!(page.text.contains(words), "{words} is missing");
    }
    let file = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "xlsx")]).await;
    assert!(file.status == StatusCode::OK && file.bytes.starts_with(b"PK"));
    let file = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "json")]).await;
    assert!(file.text.starts_with('{'));
}

#[tokio::test]
async fn what_is_no_table_is_refused_at_the_field() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    for (name, bytes, code) in [
        ("a.csv", b"a,b\n1,2\n".as_slice(), "CHECK-001"),
        ("a.png", b"\x89PNG\r\n\x1a\n____", "INTAKE-003"),
        ("", b"", "CHECK-006"),
    ] {
        let page = browser.upload(PAGE, "file", name, bytes, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.text.contains(code), "{name}: {}", page.text);
    }
}

#[tokio::test]
async fn markup_in_a_table_is_shown_as_text() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "place,year,rated\n<script>alert(1)</script>,2022,<b>\n".as_bytes();
    let page = browser.upload(PAGE, "file", "a.csv", table, &[]).await;
    assert!(page.text.contains("&#60;script&#62;") && !page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn nobody_checks_a_table_without_signing_in() {
    let house = House::new().await;
    assert_eq!(house.browser().get(PAGE).await.status, StatusCode::SEE_OTHER);
}

const LIST: &[u8] = include_bytes!("../../../application/tests/tables/members-plain.csv");

#[tokio::test]
async fn a_list_of_people_is_read_confirmed_checked_and_taken() {
    let (house, _) = House::demo().await;
    let mut browser = house.sign_in(CLERK).await;
    let sent = browser.upload(PAGE, "file", "danh-sach.csv", LIST, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let table = sent.location().unwrap().to_owned();
    let page = browser.get(&table).await;
    assert!(page.status == StatusCode::OK && !page.text.contains('⟦'), "{}", page.text);
    for words in ["Khiển trách", "value=\"fact.disciplined_in_year\" selected", "value=\"2022\"", "Nghỉ ốm (ngày)"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let twice = browser.post(&table, &[("ky", "2022"), ("loai", "person"), ("cot-D", "name")]).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.text.contains("CHECK-019"), "{}", twice.text);
    let ordered =
        browser.post(&table, &[("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("muc", "decided")]).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    let job = ordered.location().unwrap().to_owned();
    let waiting = browser.get(&job).await;
    assert!(waiting.text.contains("hx-trigger") && !waiting.text.contains("ROLL-"), "{}", waiting.text);
    assert_eq!(browser.get(&format!("{job}/xlsx")).await.status, StatusCode::NOT_FOUND);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    let ready = browser.get(&job).await;
    assert!(
        ready.text.contains("ROLL-105") && !ready.text.contains("hx-trigger") && !ready.text.contains('⟦'),
        "{}",
        ready.text
    );
    let filtered = browser.get(&format!("{job}?loai=review_only")).await;
    let findings = filtered.text.split("phat-hien").last().unwrap();
    assert!(findings.contains("ROLL-103") && !findings.contains("ROLL-105"), "{findings}");
    for (format, starts) in [("xlsx", "PK"), ("json", "{"), ("html", "<!doctype html>")] {
        let file = browser.get(&format!("{job}/{format}")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(starts.as_bytes()), "{format}");
    }
    assert_eq!(browser.get(&format!("{job}/exe")).await.status, StatusCode::NOT_FOUND);
    let mut other = house.sign_in("bithu").await;
    for path in [&table, &job, &format!("{job}/json")] {
        assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_list_that_is_not_understood_can_be_explained_by_hand() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "Ai,Được gì\nNguyễn Văn Mẫu 01,HTT\nNguyễn Văn Mẫu 02,KHT\n".as_bytes();
    let sent = browser.upload(PAGE, "file", "a.csv", table, &[("loai", "person"), ("ky", "2022")]).await;
    let place = sent.location().unwrap().to_owned();
    let page = browser.get(&place).await;
    assert!(page.text.contains("CHECK-011") && page.text.contains("Được gì"), "{}", page.text);
    let path = place.split('?').next().unwrap();
    let fields =
        [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("cot-A", "name"), ("cot-B", "level.decided")];
    let ordered = browser.post(path, &fields).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    let ready = browser.get(ordered.location().unwrap()).await;
    assert!(ready.text.contains("2 dòng"), "{}", ready.text);
}

#[tokio::test]
async fn a_list_without_a_period_asks_for_it_and_markup_in_it_stays_text() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "Họ tên,Xếp loại\n<script>alert(1)</script>,HTT\n".as_bytes();
    let sent = browser.upload(PAGE, "file", "a.csv", table, &[]).await;
    let page = browser.get(sent.location().unwrap()).await;
    assert!(page.text.contains("CHECK-012"), "{}", page.text);
    let page = browser.get(&format!("{}?ky=2022", sent.location().unwrap())).await;
    assert!(page.text.contains("&#60;script&#62;") && !page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn letters_for_levels_are_asked_for_before_they_count() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "Họ tên,Xếp loại\nNguyễn Văn Mẫu 01,A\nNguyễn Văn Mẫu 02,B\nNguyễn Văn Mẫu 03,B\n".as_bytes();
    let sent = browser.upload(PAGE, "file", "a.csv", table, &[("loai", "person"), ("ky", "2022")]).await;
    let place = sent.location().unwrap().to_owned();
    let page = browser.get(&place).await;
    for words in ["name=\"chu-A\"", "value=\"excellent\" selected", "name=\"chu-B\"", "value=\"good\" selected"] {
        assert!(page.text.contains(words) && !page.text.contains('⟦'), "{words}: {}", page.text);
    }
    let fields =
        [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("chu-A", "none"), ("chu-B", "fulfilled")];
    let ordered = browser.post(place.split('?').next().unwrap(), &fields).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    let job = ordered.location().unwrap();
    let report: serde_json::Value = serde_json::from_str(&browser.get(&format!("{job}/json")).await.text).unwrap();
    let rows = |level: &str| {
        let levels = report["summary"]["levels"].as_array().unwrap();
        levels.iter().find(|one| one["level"] == level).unwrap()["rows"].as_u64().unwrap()
    };
    assert_eq!((rows("excellent"), rows("good"), rows("fulfilled")), (0, 0, 2));
    assert_eq!(report["summary"]["kinds"][0]["kind"], "level_unread");
}

#[tokio::test]
async fn an_impossible_meaning_of_empty_cells_is_refused_with_its_column() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "Họ tên,Nghỉ ốm (ngày),Xếp loại\nNguyễn Văn Mẫu 01,,HTT\n".as_bytes();
    let sent = browser.upload(PAGE, "file", "a.csv", table, &[("loai", "person"), ("ky", "2022")]).await;
    let path = sent.location().unwrap().split('?').next().unwrap().to_owned();
    let fields = [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("trong-B", "ít thôi")];
    let ordered = browser.post(&path, &fields).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    let told = browser.get(ordered.location().unwrap()).await;
    for words in ["CHECK-023", "ít thôi", "Nghỉ ốm (ngày)"] {
        assert!(told.text.contains(words), "{words}: {}", told.text);
    }
}

#[tokio::test]
async fn a_list_is_forgotten_after_a_day() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let sent = browser.upload(PAGE, "file", "danh-sach.csv", LIST, &[]).await;
    let table = sent.location().unwrap().to_owned();
    let fields = [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("muc", "decided")];
    let job = browser.post(&table, &fields).await.location().unwrap().to_owned();
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    house.clock.pass(chrono::TimeDelta::hours(23));
    application::checks::desk::forget_old(&house.app).await.unwrap();
    let mut browser = house.sign_in(CLERK).await;
    assert_eq!(browser.get(&table).await.status, StatusCode::OK);
    assert!(browser.get(&job).await.text.contains("danh-sach.csv"));
    house.clock.pass(chrono::TimeDelta::hours(2));
    application::checks::desk::forget_old(&house.app).await.unwrap();
    let mut browser = house.sign_in(CLERK).await;
    for path in [&table, &job, &format!("{job}/json")] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

const HEADS: &[u8] = "Họ tên,Chi bộ,Chức vụ,Xếp loại
Nguyễn Văn Mẫu 01,Chi bộ 1,Bí thư chi bộ,HTTNV
Nguyễn Văn Mẫu 02,Chi bộ 2,Bí thư chi bộ,HTTNV
"
.as_bytes();

#[tokio::test]
async fn a_head_above_his_unit_is_found_with_a_second_file_read_click_by_click() {
    let (house, _) = House::demo().await;
    let mut browser = house.sign_in(CLERK).await;
    let sent = browser.upload(PAGE, "file", "nguoi.csv", HEADS, &[("loai", "person"), ("ky", "2022")]).await;
    let first = sent.location().unwrap().to_owned();
    let page = browser.get(&first).await;
    assert!(page.text.contains("value=\"don-vi\"") && !page.text.contains('⟦'), "{}", page.text);
    let said = [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("tiep", "don-vi")];
    let wrong = [&said[..], &[("cot-A", "none")]].concat();
    let refused = browser.post(first.split('?').next().unwrap(), &wrong).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text.contains("CHECK-021"),
        "{}",
        refused.text
    );
    let second = browser.post(first.split('?').next().unwrap(), &said).await.location().unwrap().to_owned();
    let page = browser.get(&second).await;
    assert!(page.text.contains("nguoi.csv") && !page.text.contains('⟦'), "{}", page.text);
    for (name, bytes, code) in [
        ("danh-sach.csv", HEADS, "CHECK-020"),
        ("anh.png", b"\x89PNG\r\n\x1a\n____".as_slice(), "INTAKE-003"),
        ("", b"", "CHECK-006"),
    ] {
        let page = browser.upload(&second, "file", name, bytes, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            page.text.contains(code) && page.text.contains(name) && page.text.contains("nguoi.csv"),
            "{name}: {}",
            page.text
        );
    }
    let units = "Tên chi bộ,Ai biết,Xếp loại\nChi bộ 1,x,HTNV\nChi bộ 2,x,HTTNV\n".as_bytes();
    let sent = browser.upload(&second, "file", "don-vi.csv", units, &[]).await;
    let preview = sent.location().unwrap().to_owned();
    let page = browser.get(&preview).await;
    for words in ["don-vi.csv", "nguoi.csv", "Chi bộ 2", "value=\"level.decided\" selected"] {
        assert!(page.text.contains(words) && !page.text.contains('⟦'), "{words}: {}", page.text);
    }
    let fields = |level: &'static str| [("doi-tuong", "organization"), ("cot-A", "name"), ("cot-B", level)];
    let refused = browser.post(&preview, &[&fields("level.decided")[..], &[("cot-C", "none")]].concat()).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text.contains("CHECK-024"),
        "{}",
        refused.text
    );
    let ordered = browser.post(&preview, &fields("none")).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    let job = ordered.location().unwrap().to_owned();
    let ready = browser.get(&job).await;
    for words in ["ROLL-107", "RULE-126", "tệp “don-vi.csv” (2 đơn vị có mức)", "nguoi.csv"] {
        assert!(ready.text.contains(words), "{words}: {}", ready.text);
    }
    only_the_sender_sees_them_for_a_day(&house, &[&second, &preview]).await;
}

async fn only_the_sender_sees_them_for_a_day(house: &House, paths: &[&str]) {
    let mut other = house.sign_in("bithu").await;
    for path in paths {
        assert_eq!(other.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    house.clock.pass(chrono::TimeDelta::hours(25));
    application::checks::desk::forget_old(&house.app).await.unwrap();
    let mut sender = house.sign_in(CLERK).await;
    for path in paths {
        assert_eq!(sender.get(path).await.status, StatusCode::NOT_FOUND, "{path} after a day");
    }
}

#[tokio::test]
async fn whoever_has_no_file_of_units_goes_on_without_it() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let sent = browser.upload(PAGE, "file", "nguoi.csv", HEADS, &[("loai", "person"), ("ky", "2022")]).await;
    let said = [("ky", "2022"), ("loai", "person"), ("doi-tuong", "member"), ("tiep", "don-vi")];
    let second = browser.post(sent.location().unwrap().split('?').next().unwrap(), &said).await;
    let ordered = browser.upload(second.location().unwrap(), "file", "", b"", &[("tiep", "khong")]).await;
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    assert!(browser.get(ordered.location().unwrap()).await.text.contains("2 dòng"));
}

#[tokio::test]
async fn a_row_taken_for_headings_by_mistake_is_corrected_by_hand() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "Ai,Được gì\nChi bộ 1,HTNV\nChi bộ 2,HTTNV\n".as_bytes();
    let sent = browser.upload(PAGE, "file", "a.csv", table, &[("loai", "unit"), ("ky", "2022")]).await;
    let path = sent.location().unwrap().split('?').next().unwrap().to_owned();
    let page = browser.get(&format!("{path}?loai=unit&ky=2022&hang=1")).await;
    assert!(page.text.contains("<td>Được gì</td>") && !page.text.contains('⟦'), "{}", page.text);
    for typed in ["77", "một"] {
        let page = browser.get(&format!("{path}?loai=unit&ky=2022&hang={typed}")).await;
        assert!(page.text.contains("CHECK-026") && page.text.contains("id=\"hang-error\""), "{}", page.text);
    }
    let fields = [("loai", "unit"), ("ky", "2022"), ("hang", "1"), ("cot-A", "name"), ("cot-B", "level.decided")];
    let ordered = browser.post(&path, &fields).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.text);
    assert!(application::jobs::run_one(&house.app).await.unwrap());
    assert!(browser.get(ordered.location().unwrap()).await.text.contains("2 dòng"));
}
