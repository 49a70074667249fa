//! Directives over the pages: drafted by the office, issued by the secretary, studied by cells, printed as lists.

use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::house::{Browser, House, Page};
use crate::rule_book::no_word_is_missing;

/// The first link of a page that begins so and leads to one document.
fn document(page: &Page) -> String {
    let links = page.text.split("href=\"/chi-dao/").skip(1).filter_map(|rest| rest.split('"').next());
    let id = links.map(|link| link.split(['?', '#', '/']).next().unwrap()).find(|id| id.len() == 36);
    format!("/chi-dao/{}", id.expect("a document"))
}

async fn in_both_languages(browser: &mut Browser, path: &str) {
    no_word_is_missing(&browser.get(path).await, path);
    browser.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
    no_word_is_missing(&browser.get(path).await, path);
    browser.post("/ngon-ngu", &[("ngon-ngu", "vi"), ("tiep", "/")]).await;
}

const DRAFT: [(&str, &str); 17] = [
    ("kind", "guidance"),
    ("number", "5"),
    ("dated_on", "19/12/2022"),
    ("summary", "Hướng dẫn <b>thử</b>"),
    ("secrecy", "none"),
    ("circulation", "internal"),
    ("study_by", "25/12/2022"),
    ("recipients", "cell"),
    ("basis-1-number", "04-HD/TU"),
    ("basis-1-dated_on", "25/10/2021"),
    ("basis-1-issuer", "Ban Thường vụ Tỉnh uỷ"),
    ("clause-0-label", "1"),
    ("clause-0-text", "Quán triệt"),
    ("duty-2-clause", "1"),
    ("duty-2-kinds", "cell"),
    ("duty-2-what", "Báo cáo kết quả"),
    ("duty-2-known_by", "stated"),
];

#[tokio::test]
async fn a_cell_secretary_finds_the_plan_on_his_list_and_acknowledges_it() {
    let (house, play) = House::demo().await;
    house.clock.pass(TimeDelta::days(19));
    let mut head = house.sign_in("bithu.thon4").await;
    let start = head.get("/").await;
    assert!(
        start.text.contains("Quán triệt văn bản chỉ đạo và xác nhận") && start.text.contains("quá hạn từ 10/11/2022"),
        "{}",
        start.text
    );
    let path = document(&start);
    in_both_languages(&mut head, "/chi-dao").await;
    in_both_languages(&mut head, &path).await;
    let study = format!("{path}/quan-triet/{}", play.cells["CB-T4"]);
    let sent = [("manner", "session"), ("studied_on", "31/12/2022"), ("note", "Buổi sinh hoạt <i>thường kỳ</i>")];
    let page = head.post(&study, &sent).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("DIRECT-018") && page.text.contains("Buổi sinh hoạt &#60;i&#62;"), "{}", page.text);
    let page = head.post(&study, &[("manner", "session"), ("studied_on", "18/12/2022"), ("note", "")]).await;
    assert_eq!(page.location(), Some(path.as_str()));
    assert!(!head.get("/").await.text.contains("Quán triệt văn bản chỉ đạo và xác nhận"));
    assert!(head.get(&path).await.text.contains("Quán triệt cùng tập thể"));
    let mut member = house.sign_in("dangvien").await;
    assert!(member.get("/chi-dao").await.text.contains(&path), "a member reads what his cell received");
    assert_eq!(member.post(&study, &sent).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.sign_in("vanthu").await.post(&study, &sent).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_office_sees_who_has_not_studied_it_and_prints_both_lists() {
    let (house, play) = House::demo().await;
    house.clock.pass(TimeDelta::days(19));
    let mut office = house.sign_in("vanthu").await;
    let start = office.get("/").await;
    assert!(start.text.contains("chưa quán triệt"), "{}", start.text);
    let path = document(&start);
    let who = format!("{path}/noi-nhan/{}", play.base);
    in_both_languages(&mut office, &path).await;
    in_both_languages(&mut office, &who).await;
    in_both_languages(&mut office, &format!("{who}?viec=1")).await;
    let page = office.get(&who).await;
    assert!(page.text.contains("Chi bộ Thôn 4") && page.text.contains("Chậm 40 ngày"), "{}", page.text);
    let id = path.trim_start_matches("/chi-dao/");
    for (file, beginning) in [("pdf", "%PDF"), ("xlsx", "PK"), ("docx", "PK")] {
        for list in [format!("don-doc/{}/quan-triet", play.base), "noi-nhan".to_owned()] {
            let paper = office.get(&format!("/giay-to/chi-dao/{id}/{list}/{file}")).await;
            assert_eq!(paper.status, StatusCode::OK, "{list} {file}");
            assert!(paper.bytes.starts_with(beginning.as_bytes()), "{list} {file}");
        }
    }
    let round = office.get(&format!("/dot/{}", play.campaign)).await;
    assert!(
        round.text.contains("Theo yêu cầu của") && round.text.contains(&path),
        "the round says which clause asked for it"
    );
    assert!(office.get(&path).await.text.contains(&format!("/dot/{}", play.campaign)), "and the plan what came of it");
    assert!(
        office.get("/dot/mo?year=2022").await.text.contains(&format!("{id}/2")),
        "a clause can be named when opening"
    );
}

#[tokio::test]
async fn a_draft_keeps_what_was_typed_and_is_issued_with_its_original() {
    let (house, play) = House::demo().await;
    house.clock.pass(TimeDelta::days(19));
    let mut office = house.sign_in("vanthu").await;
    let new = format!("/chi-dao/moi/{}", play.base);
    in_both_languages(&mut office, &new).await;
    let mut wrong = DRAFT.to_vec();
    wrong.push(("duty-2-due_on", "18/12/2022"));
    let page = office.post(&new, &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text.contains("DIRECT-004") && page.text.contains("href=\"#duty-0-due_on\""),
        "at the row one sees: {}",
        page.text
    );
    assert!(page.text.contains("value=\"04-HD/TU\"") && page.text.contains("Báo cáo kết quả"), "nothing is lost");
    let saved = office.post(&new, &DRAFT).await;
    let path = saved.location().expect("saved").to_owned();
    in_both_languages(&mut office, &path).await;
    in_both_languages(&mut office, &format!("{path}/sua")).await;
    let more = [&DRAFT[..], &[("more", "1")]].concat();
    assert_eq!(office.post(&format!("{path}/sua"), &more).await.location(), Some(format!("{path}/sua").as_str()));
    let mut cell = house.sign_in("bithu.thon1").await;
    assert_eq!(cell.get(&path).await.status, StatusCode::NOT_FOUND, "a draft is not sent");
    assert_eq!(
        office.post(&format!("{path}/ban-hanh"), &[]).await.status,
        StatusCode::NOT_FOUND,
        "the office does not issue"
    );
    let original = format!("{path}/ban-goc");
    let false_type = office.upload(&original, "file", "ban-goc.pdf", b"MZ", &[]).await;
    assert!(false_type.status == StatusCode::UNPROCESSABLE_ENTITY && false_type.text.contains("ATTACH-004"));
    let nothing = office.upload(&original, "file", "", b"", &[]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.text.contains("Chưa chọn tệp"));
    assert_eq!(cell.upload(&original, "file", "a.pdf", b"%PDF-1.7", &[]).await.status, StatusCode::NOT_FOUND);
    let kept = office.upload(&original, "file", "ban-goc.pdf", b"%PDF-1.7\n% scan", &[]).await;
    assert_eq!(kept.location(), Some(path.as_str()), "{}", kept.text);
    let mut secretary = house.sign_in("bithu").await;
    assert!(secretary.get("/").await.text.contains("Ban hành văn bản chỉ đạo đang dự thảo"));
    assert_eq!(secretary.post(&format!("{path}/ban-hanh"), &[]).await.location(), Some(path.as_str()));
    let page = cell.get(&path).await;
    assert!(page.text.contains("5-HD/ĐU") && page.text.contains("Hướng dẫn &#60;b&#62;"), "{}", page.text);
    let file =
        page.text.split(&format!("href=\"{path}/ban-goc/")).nth(1).expect("the original").split('"').next().unwrap();
    let file = cell.get(&format!("{path}/ban-goc/{file}")).await;
    assert!(
        file.bytes.starts_with(b"%PDF")
            && file.header("content-disposition").is_some_and(|how| how.contains("attachment"))
    );

    let duty = format!("{path}/yeu-cau/0/{}", play.cells["CB-T1"]);
    let empty = cell.post(&duty, &[("report-0", " ")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.text.contains("DIRECT-021"));
    assert_eq!(cell.post(&duty, &[("report-0", "Đã báo cáo")]).await.location(), Some(path.as_str()));
    let ended = secretary.post(&format!("{path}/thu-hoi"), &[("reason", ""), ("replaced_by", "")]).await;
    assert!(ended.status == StatusCode::UNPROCESSABLE_ENTITY && ended.text.contains("DIRECT-014"));
    secretary.post(&format!("{path}/thu-hoi"), &[("reason", "Ban hành nhầm"), ("replaced_by", "")]).await;
    let page = cell.get(&path).await;
    assert!(page.text.contains("Đã thu hồi: Ban hành nhầm"), "{}", page.text);
    in_both_languages(&mut cell, &path).await;
}
