//! Who decides, verification sheets, lists and large rounds over their pages, as those who are entitled to them.

use application::access;
use application::demo::province::Province;
use application::reads::{authority, campaign, classification, organisation};
use axum::http::StatusCode;
use domain::subject::Subject;
use domain::{Actor, CampaignId, UnitId};

use crate::house::{Browser, House, Page};
use crate::rule_book::{after, no_word_is_missing};

const MEMBERS: u32 = 600;

async fn actor(house: &House, province: &Province, at: usize) -> Actor {
    access::actor(&house.app, province.root, province.people[at]).await.unwrap()
}

async fn sign_in(house: &House, province: &Province, at: usize) -> Browser {
    house.sign_in(&province.accounts[at].login).await
}

const PROVINCE_CLERK: usize = 0;
const PROVINCE_SECRETARY: usize = 1;
const DISTRICT_CLERK: usize = 2;

fn told(page: &Page, code: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
    assert!(page.text.contains(code), "{code} in {}", page.text);
}

/// The first district with its first base organisation.
async fn first_units(house: &House, province: &Province) -> (UnitId, UnitId) {
    let clerk = actor(house, province, PROVINCE_CLERK).await;
    let top = organisation::unit(&house.app, &clerk, province.unit).await.unwrap();
    let district = organisation::unit(&house.app, &clerk, top.below[0].0).await.unwrap();
    (district.id, district.below[0].0)
}

#[tokio::test]
async fn a_delegation_is_recorded_refused_and_ended_each_error_in_its_own_place() {
    let (house, province) = House::province(MEMBERS).await;
    let (district, base) = first_units(&house, &province).await;
    let mut secretary = sign_in(&house, &province, PROVINCE_SECRETARY).await;
    let page = secretary.get("/tham-quyen").await;
    no_word_is_missing(&page, "/tham-quyen");
    let (within, body) = (base.to_string(), district.to_string());
    let order = [("subject", "organization"), ("within", within.as_str()), ("kind", "cell"), ("body", body.as_str())];
    let days = [("from_on", "01/12/2022"), ("to_on", "")];
    let without: Vec<_> = order.into_iter().chain(days).chain([("basis", " ")]).collect();
    let refused = secretary.post("/tham-quyen", &without).await;
    told(&refused, "AUTHORITY-003");
    assert!(refused.text.contains("<details class=\"details\" open>"), "what was typed is still there");
    assert!(refused.text.contains("value=\"01/12/2022\""));
    let basis = "Quyết định 12-QĐ/TU";
    let whole: Vec<_> = order.into_iter().chain(days).chain([("basis", basis)]).collect();
    assert_eq!(secretary.post("/tham-quyen", &whole).await.status, StatusCode::SEE_OTHER);
    let mut clerk = sign_in(&house, &province, DISTRICT_CLERK).await;
    assert_eq!(clerk.post("/tham-quyen", &whole).await.status, StatusCode::NOT_FOUND, "not by a clerk below");

    let page = secretary.get("/tham-quyen").await;
    let end = after(&page.text, "action=\"").find(|path| path.ends_with("/het-hieu-luc")).unwrap().to_owned();
    let id = end.split('/').nth(2).unwrap();
    let field = format!("end-{id}");
    for (day, code) in [("99/99/2022", "FORM-004"), ("30/11/2022", "AUTHORITY-002")] {
        let refused = secretary.post(&end, &[(field.as_str(), day)]).await;
        told(&refused, code);
        assert!(refused.text.contains(&format!("id=\"{field}-error\"")), "{code} at its own row");
        assert!(refused.text.contains(&format!("value=\"{day}\"")), "what was typed is still there");
        assert!(!refused.text.contains("<details class=\"details\" open>"), "nobody is recording a new one");
    }
    assert_eq!(secretary.post(&end, &[(field.as_str(), "31/12/2022")]).await.status, StatusCode::SEE_OTHER);
    let view =
        authority::authority(&house.app, &actor(&house, &province, PROVINCE_SECRETARY).await, None).await.unwrap();
    assert_eq!(view.delegations[0].to_on, domain::Day::of(2022, 12, 31));
    assert_eq!(clerk.post(&end, &[(field.as_str(), "31/12/2022")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_day_that_is_no_day_is_said_to_be_none() {
    let (house, province) = House::province(MEMBERS).await;
    let mut secretary = sign_in(&house, &province, PROVINCE_SECRETARY).await;
    let wrong = secretary.get("/tham-quyen?ngay=99/99/2022").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"ngay-error\"") && wrong.text.contains("value=\"99/99/2022\""));
    assert!(wrong.text.contains("tính đến hôm nay, 01/12/2022"), "and which day is shown instead");
    let right = secretary.get("/tham-quyen?ngay=05/11/2022").await;
    assert_eq!(right.status, StatusCode::OK);
    assert!(right.text.contains("value=\"05/11/2022\"") && !right.text.contains("tính đến hôm nay"));
}

/// The district's own campaign and its list of organisations.
async fn list(house: &House, clerk: &Actor, district: UnitId) -> (CampaignId, classification::ListPage) {
    let own = campaign::campaigns(&house.app, clerk).await.unwrap();
    let own = own.iter().find(|one| one.unit == district).unwrap().id;
    (own, classification::list(&house.app, clerk, own, Subject::Organization).await.unwrap())
}

#[tokio::test]
async fn a_sheet_is_refused_and_a_late_one_and_a_list_are_saved_by_the_office_of_the_deciding_body() {
    let (house, province) = House::province(MEMBERS).await;
    let (district, _) = first_units(&house, &province).await;
    let clerk = actor(&house, &province, DISTRICT_CLERK).await;
    let (own, before) = list(&house, &clerk, district).await;
    let waiting = before.lines.iter().find(|line| line.state.word() == "awaiting_self_review").unwrap();
    let case = format!("/ho-so/{}", waiting.review);
    let mut office = sign_in(&house, &province, DISTRICT_CLERK).await;
    let sheet = format!("{case}/tham-dinh");
    no_word_is_missing(&office.get(&sheet).await, &sheet);
    let typed = [("level", "good"), ("opinion", "Nhận xét đã gõ"), ("grounds", ""), ("version", "0")];
    let refused = office.post(&sheet, &typed).await;
    told(&refused, "VERIFY-001");
    assert!(refused.text.contains("Nhận xét đã gõ"), "what was typed is still there");
    told(&office.post(&format!("{sheet}/tra-lai"), &[("return_reason", "")]).await, "VERIFY-006");
    told(&office.post(&format!("{sheet}/tra-lai"), &[("return_reason", "Thiếu")]).await, "REVIEW-001");

    let late = format!("{case}/tham-dinh/cham");
    told(&office.post(&late, &[("reason", " ")]).await, "ORDER-101");
    assert_eq!(office.post(&late, &[("reason", "Đơn vị vừa sáp nhập")]).await.status, StatusCode::SEE_OTHER);
    assert!(office.get(&sheet).await.text.contains("Đơn vị vừa sáp nhập"));
    let (_, now) = list(&house, &clerk, district).await;
    assert!(now.lines.iter().any(|line| line.review == waiting.review && line.late));

    let path = format!("/xep-loai/{own}/organization");
    no_word_is_missing(&office.get(&path).await, &path);
    let level = format!("level-{}", waiting.review);
    let paper = [("number", "15"), ("signed_on", "30/12/2022"), ("in_favour", "1"), ("version", "0")];
    let strange: Vec<_> = paper.into_iter().chain([(level.as_str(), "no-such-level")]).collect();
    told(&office.post(&path, &strange).await, "FORM-003");
    let order: Vec<_> = paper.into_iter().chain([(level.as_str(), "good")]).collect();
    let saved = office.post(&path, &order).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let (_, now) = list(&house, &clerk, district).await;
    assert!(now.lines.iter().any(|line| line.review == waiting.review && line.level == "good"));
    let stale = office.post(&path, &order).await;
    told(&stale, "REVIEW-010");
}

#[tokio::test]
async fn a_large_round_is_ordered_watched_by_who_ordered_it_and_opened_in_the_background() {
    let (house, province) = House::province(3_100).await;
    let mut clerk = sign_in(&house, &province, PROVINCE_CLERK).await;
    let unit = province.unit.to_string();
    let order = [("unit", unit.as_str()), ("year", "2022"), ("kind", "re_examination")];
    let ordered = clerk.post("/dot/mo", &order).await;
    let watched = ordered.location().map(str::to_owned).unwrap_or_default();
    assert!(watched.starts_with("/dot/dang-mo/"), "{} {watched}", ordered.status);
    no_word_is_missing(&clerk.get(&watched).await, &watched);
    told(&clerk.post("/dot/mo", &order).await, "CAMPAIGN-010");
    let mut other = sign_in(&house, &province, DISTRICT_CLERK).await;
    assert_eq!(other.get(&watched).await.status, StatusCode::NOT_FOUND, "it is not his");
    while application::jobs::run_one(&house.app).await.unwrap() {}
    let done = clerk.get(&watched).await;
    let round = after(&done.text, "href=\"/dot/").find(|id| id.parse::<CampaignId>().is_ok());
    let round = round.expect("the way to the round").to_owned();
    let round = clerk.get(&format!("/dot/{round}")).await;
    let whole = round.location().expect("a round of a province opens at its overview").to_owned();
    assert_eq!(clerk.get(&whole).await.status, StatusCode::OK);
}
