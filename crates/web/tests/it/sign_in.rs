//! The door.

use application::accounts;
use application::acts::roster::{Importer, Roster, RowCells, SheetRows, TextCell, Upload, layout};
use application::acts::roster::{confirm_import, preview_import};
use application::demo::Play;
use application::reads::roster::present;
use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::house::{CLERK, House, PASSPHRASE, Page};

async fn attempt(house: &House, login: &str, passphrase: &str) -> Page {
    house.browser().post("/dang-nhap", &[("login", login), ("passphrase", passphrase), ("tiep", "/")]).await
}

#[tokio::test]
async fn a_clerk_signs_in_works_and_leaves() {
    let house = House::new().await;
    let mut clerk = house.sign_in(CLERK).await;
    let page = clerk.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Chào Nguyễn Văn Mẫu 00.") && page.text.contains("DỮ LIỆU MẪU"), "{}", page.text);
    let kept = clerk.clone();
    assert_eq!(clerk.post("/dang-xuat", &[]).await.location(), Some("/dang-nhap"));
    assert!(clerk.get("/dang-nhap").await.text.contains("Đồng chí đã đăng xuất."));
    assert_eq!(kept.clone().get("/").await.status, StatusCode::SEE_OTHER, "the old cookie must be worth nothing");
}

#[tokio::test]
async fn unknown_and_wrong_get_the_same_answer() {
    let house = House::new().await;
    let wrong = attempt(&house, CLERK, "một câu dài nhưng sai").await;
    let unknown = attempt(&house, "khongco", "một câu dài nhưng sai").await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    let same = |page: &Page| page.text.replace(&page.token(), "").replace("khongco", CLERK);
    assert_eq!(same(&wrong), same(&unknown));
}

#[tokio::test]
async fn after_wrong_attempts_even_the_right_passphrase_has_to_wait() {
    let house = House::new().await;
    for _ in 0..3 {
        attempt(&house, CLERK, "một câu dài nhưng sai").await;
        house.clock.pass(TimeDelta::milliseconds(1100));
    }
    // The third failure paused the account for three seconds, of which one has passed.
    assert_eq!(attempt(&house, CLERK, PASSPHRASE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.clock.pass(TimeDelta::seconds(3));
    assert_eq!(attempt(&house, CLERK, PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    // Right once: the count begins anew.
    attempt(&house, CLERK, "một câu dài nhưng sai").await;
    house.clock.pass(TimeDelta::milliseconds(1100));
    assert_eq!(attempt(&house, CLERK, PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn attempts_during_the_pause_do_not_make_it_longer() {
    let house = House::new().await;
    attempt(&house, CLERK, "một câu dài nhưng sai").await;
    for _ in 0..5 {
        attempt(&house, CLERK, "một câu dài nhưng sai").await;
    }
    house.clock.pass(TimeDelta::milliseconds(1100));
    assert_eq!(attempt(&house, CLERK, PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case() {
    let house = House::new().await;
    let mut idle = house.sign_in(CLERK).await;
    house.clock.pass(TimeDelta::minutes(29));
    assert_eq!(idle.get("/").await.status, StatusCode::OK);
    house.clock.pass(TimeDelta::minutes(29));
    assert_eq!(idle.get("/").await.status, StatusCode::OK, "a sign of life keeps it");
    house.clock.pass(TimeDelta::minutes(31));
    assert_eq!(idle.get("/").await.status, StatusCode::SEE_OTHER);
    let mut busy = house.sign_in(CLERK).await;
    for _ in 0..35 {
        house.clock.pass(TimeDelta::minutes(20));
        assert_eq!(busy.get("/").await.status, StatusCode::OK);
    }
    house.clock.pass(TimeDelta::minutes(21));
    assert_eq!(busy.get("/").await.status, StatusCode::SEE_OTHER, "twelve hours are enough");
}

#[tokio::test]
async fn signing_in_never_leads_out_of_the_house() {
    let house = House::new().await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let fields = [("login", CLERK), ("passphrase", PASSPHRASE), ("tiep", next)];
        assert_eq!(house.browser().post("/dang-nhap", &fields).await.location(), Some("/"), "{next}");
    }
}

#[tokio::test]
async fn the_passphrase_is_never_sent_back() {
    let house = House::new().await;
    let page = attempt(&house, CLERK, "một câu rất riêng tư").await;
    assert!(page.text.contains(&format!("value=\"{CLERK}\"")) && !page.text.contains("riêng tư"), "{}", page.text);
}

#[tokio::test]
async fn the_language_is_switched_and_kept() {
    let house = House::new().await;
    let mut browser = house.browser();
    assert!(browser.get("/dang-nhap").await.text.contains("<html lang=\"vi\">"));
    assert_eq!(
        browser.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/dang-nhap")]).await.location(),
        Some("/dang-nhap")
    );
    let page = browser.get("/dang-nhap").await;
    assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("Passphrase"), "{}", page.text);
}

/// Where the language button of a page leads.
fn way_of_language(page: &Page) -> &str {
    let (_, rest) = page.text.split_once("name=\"tiep\" value=\"").expect("a language button");
    rest.split('"').next().expect("its end")
}

#[tokio::test]
async fn the_language_button_of_a_refused_form_leads_to_a_page_that_can_be_looked_at() {
    let (house, play) = House::demo().await;
    let mut head = house.sign_in("bithu.thon1").await;
    assert_eq!(way_of_language(&head.get("/dot?a=1").await), "/dot?a=1", "what was asked for is kept");
    let (campaign, unit) = (play.campaign, play.cells["CB-T1"]);
    for (sent, page) in [("de-xuat", "gui"), ("giay-to", "so/bien-ban-hoi-nghi")] {
        let place = format!("/{sent}/{campaign}/{unit}");
        let typed = [("number-bien-ban-hoi-nghi", "7"), ("dated-bien-ban-hoi-nghi", "hôm qua")];
        let refused = head.post(&format!("{place}/{page}"), &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}: {}", refused.text);
        assert_eq!(way_of_language(&refused), place);
    }
}

#[tokio::test]
async fn sessions_that_ended_are_swept_and_those_that_live_are_not() {
    let house = House::new().await;
    let mut old = house.sign_in(CLERK).await;
    house.clock.pass(TimeDelta::hours(20));
    let mut fresh = house.sign_in(CLERK).await;
    let idle_since = house.app.clock.now() - TimeDelta::minutes(30);
    assert_eq!(accounts::sweep_sessions(&house.app, idle_since).await.unwrap(), 1);
    assert_eq!(accounts::sweep_sessions(&house.app, idle_since).await.unwrap(), 0);
    assert_eq!(fresh.get("/").await.status, StatusCode::OK);
    assert_eq!(old.get("/").await.status, StatusCode::SEE_OTHER);
}

/// Says in a roster file that somebody of this code left on 10/01/2023.
async fn leaves(house: &House, play: &Play, name: &str) {
    let mut roster = present(&house.app, &play.seated(0).await.unwrap()).await.unwrap();
    roster.members.retain(|at| at.line.name == name);
    roster.members[0].line.ended_on = domain::Day::of(2023, 1, 10);
    roster.members[0].line.end_reason = Some(domain::org::EndReason::TransferredOut);
    let file = Roster { members: roster.members, ..Roster::default() };
    let sheet = |(layout, rows): (&layout::SheetLayout, Vec<Vec<String>>)| {
        let headings = layout.columns.iter().map(|column| column.heading.to_owned()).collect();
        let cells = |texts: Vec<String>| {
            let filled = (1..).zip(texts).filter(|(_, text)| !text.is_empty());
            filled.map(|(column, text)| TextCell { column, text, ..TextCell::default() }).collect()
        };
        let rows = (1..).zip(std::iter::once(headings).chain(rows));
        SheetRows {
            name: layout.name.to_owned(),
            rows: rows.map(|(number, texts)| RowCells { number, cells: cells(texts) }).collect(),
        }
    };
    let sheets = file.sheets().map(sheet).into();
    let upload = Upload { file_name: "danh-sach.xlsx".to_owned(), sha256: "00".repeat(32), sheets };
    let importer = Importer::Console(play.root);
    let preview = preview_import(&house.app, importer, upload).await.unwrap();
    assert!(preview.errors.is_empty(), "{:?}", preview.errors.listed);
    confirm_import(&house.app, importer, preview.intake.unwrap(), &preview.seen).await.unwrap();
}

#[tokio::test]
async fn whoever_left_signs_in_to_read_his_own_reviews_and_nothing_else() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    play.decide().await.unwrap();
    house.clock.pass(TimeDelta::days(60));
    let (cell, member) = ("CB-T1", play.member("CB-T1", 8).unwrap().person);
    let reviews = play.reviews(cell).await.unwrap();
    let review = reviews.iter().find(|(row, _)| row.person_id == member.0).unwrap().0.clone();
    leaves(&house, &play, &review.full_name).await;
    let listed = accounts::accounts_of(&house.app, play.root).await.unwrap();
    let left: Vec<(&str, Option<domain::Day>)> =
        listed.iter().filter(|one| one.left_on.is_some()).map(|one| (one.login.as_str(), one.left_on)).collect();
    assert_eq!(left, [("dangvien.thon1", domain::Day::of(2023, 1, 10))], "the list of accounts says so");

    let mut former = house.sign_in("dangvien.thon1").await;
    let own = format!("/ho-so/{}", review.review_id);
    let place = format!("{}/{}", play.campaign, play.cells[cell]);
    let start = former.get("/").await;
    assert!(start.status == StatusCode::OK && start.text.contains(&own), "{}", start.text);
    for path in [own.clone(), format!("{own}/thong-bao"), format!("{own}/vi-sao"), format!("{own}/khac-phuc")] {
        assert_eq!(former.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let other = reviews.iter().find(|(row, _)| row.person_id != member.0).unwrap().0.review_id;
    for path in [
        format!("/ho-so/{other}"),
        format!("/ho-so/{other}/thong-bao"),
        format!("{own}/tu-kiem-diem"),
        format!("/dot/{}", play.campaign),
        format!("/dot/{place}"),
        format!("/hoi-nghi/{place}"),
        format!("/de-xuat/{place}"),
        format!("/quyet-dinh/{}", play.campaign),
        format!("/tong-hop/{place}"),
        format!("/giay-to/{place}"),
        "/danh-sach".to_owned(),
        "/kiem-tra-bang".to_owned(),
    ] {
        assert_eq!(former.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (path, field) in [("thong-bao", "reply"), ("tu-kiem-diem", "note"), ("khac-phuc", "measure")] {
        let page = former.post(&format!("{own}/{path}"), &[(field, "x")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
