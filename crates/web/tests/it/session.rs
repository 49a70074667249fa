//! Agenda, publication, calibration and scoring over their pages.

use application::acts::campaign::{OpenCampaign, open_campaign};
use application::reads::decision::decision;
use axum::http::StatusCode;

use crate::house::{Browser, House, Page};
use crate::rule_book::{after, no_word_is_missing};

async fn page(browser: &mut Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    no_word_is_missing(&page, path);
    page
}

#[tokio::test]
async fn the_agenda_is_reached_from_the_decision_and_the_result_is_made_known_after_it() {
    let (house, play) = House::demo().await;
    let mut secretary = house.sign_in("bithu").await;
    let agenda = format!("/chuong-trinh/{}", play.campaign);
    for from in [format!("/dot/{}", play.campaign), format!("/quyet-dinh/{}", play.campaign)] {
        assert!(page(&mut secretary, &from).await.text.contains(&agenda), "{from}");
    }
    let shown = page(&mut secretary, &agenda).await;
    for file in after(&shown.text, "href=\"").filter(|link| link.starts_with("/giay-to/")) {
        assert_eq!(secretary.get(file).await.status, StatusCode::OK, "{file}");
    }
    play.finish_cells().await.unwrap();
    play.decide().await.unwrap();
    house.clock.pass(chrono::TimeDelta::days(30));
    let mut secretary = house.sign_in("bithu").await;
    let board = page(&mut secretary, &format!("/quyet-dinh/{}", play.campaign)).await;
    let link =
        after(&board.text, "href=\"").find(|link| link.starts_with("/cong-bo/")).expect("the next step").to_owned();
    assert!(page(&mut secretary, "/").await.text.contains(&link), "on the task list");
    let mut member = house.sign_in("dangvien").await;
    assert_eq!(member.get(&link).await.status, StatusCode::NOT_FOUND);
    page(&mut secretary, &link).await;
    let typed = [("form", "posted"), ("audience", "Nhà văn hoá các thôn"), ("published_on", "31/02/2023")];
    let refused = secretary.post(&link, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Nhà văn hoá các thôn") && refused.text.contains("FORM-004"));
    let whole = [typed[0], typed[1], ("published_on", "30/12/2022")];
    assert_eq!(secretary.post(&link, &whole).await.status, StatusCode::SEE_OTHER);
    let known = page(&mut member, &link).await;
    assert!(known.text.contains("Nhà văn hoá các thôn") && !known.text.contains("/giay-to/cong-bo/"));
}

#[tokio::test]
async fn points_are_counted_before_they_are_saved_and_levels_are_moved_with_a_reason() {
    let (house, play) = House::demo().await;
    let office = play.seated(0).await.unwrap();
    let order = OpenCampaign { unit: Some(play.base), year: 2025, ..OpenCampaign::default() };
    let campaign = open_campaign(&play.app, &office, &order).await.unwrap();
    let name = &play.member("CB-T1", 9).unwrap().name;
    let lines = decision(&play.app, &office, campaign).await.unwrap().lines;
    let line = lines.iter().find(|line| line.line.name == *name).unwrap().line.review;
    let mut secretary = house.sign_in("bithu").await;

    let board = page(&mut secretary, &format!("/quyet-dinh/{campaign}")).await;
    let calibration = format!("/can-chinh/{campaign}/member");
    assert!(board.text.contains(&calibration) && board.text.contains("có căn cứ:"), "caps by groups");
    assert!(page(&mut secretary, &calibration).await.text.contains("bấm lưu, rồi trở lại đây"), "no list is saved yet");
    let field = format!("level-{line}");
    let draft = [("number", "1"), ("version", "0"), (field.as_str(), "good")];
    assert_eq!(secretary.post(&format!("/quyet-dinh/{campaign}"), &draft).await.status, StatusCode::SEE_OTHER);
    let (to, why) = (format!("to-{line}"), format!("why-{line}"));
    let today = house.app.clock.today().shown();
    let shown = page(&mut secretary, &calibration).await;
    let version = after(&shown.text, "name=\"version\" value=\"").next().unwrap().to_owned();
    let head = [("chair", "Mẫu"), ("secretary", "Mẫu 2"), ("version", version.as_str())];
    let typed = [&[(to.as_str(), "fulfilled"), ("held_on", today.as_str())][..], &head[..]].concat();
    let refused = secretary.post(&calibration, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("CALIBRATE-002") && refused.text.contains(&format!("href=\"#{why}\"")),
        "{}",
        refused.text
    );
    let mut member = house.sign_in("dangvien").await;
    assert_eq!(member.get(&calibration).await.status, StatusCode::NOT_FOUND);
    assert_eq!(member.post(&calibration, &typed).await.status, StatusCode::NOT_FOUND);
    let whole: Vec<(&str, &str)> = typed.iter().copied().chain([(why.as_str(), "Sản phẩm 2 kém hơn.")]).collect();
    assert_eq!(secretary.post(&calibration, &whole).await.status, StatusCode::SEE_OTHER);
    assert!(page(&mut secretary, &calibration).await.text.contains("Sản phẩm 2 kém hơn."));

    let scores = format!("/ho-so/{line}/cham-diem");
    page(&mut secretary, &scores).await;
    assert_eq!(member.get(&scores).await.status, StatusCode::NOT_FOUND, "another's points");
    let mut secretary = house.sign_in("bithu.thon1").await;
    page(&mut secretary, &scores).await;
    let sheet = [("frame", "member"), ("role", "own"), ("general", "30"), ("part-results", "62,5")];
    let counted: Vec<(&str, &str)> = sheet.into_iter().chain([("do", "count")]).collect();
    let counted = secretary.post(&scores, &counted).await;
    assert!(counted.status == StatusCode::OK && counted.text.contains("92.5"), "{}", counted.text);
    no_word_is_missing(&counted, &scores);
}
