//! Rule books as documents, the answer to "why not higher", and trials that change nothing.

use std::collections::{BTreeMap, BTreeSet};

use application::demo::Play;
use application::reads::rule_book::books;
use application::upkeep::verify_journals;
use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::house::{Browser, CLERK, House, Page};

/// A cell that has proposed, one that counts, one that writes; the secretary's login of each.
const CELLS: [(&str, &str); 3] = [("CB-T1", "bithu.thon1"), ("CB-CQ", "bithu.coquan"), ("CB-TH", "bithu.truong")];

/// Everything between `before` and the next quote.
fn after<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

fn ids(page: &Page) -> Vec<&str> {
    after(&page.text, " id=\"").collect()
}

async fn english(browser: &mut Browser) {
    browser.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
}

fn no_word_is_missing(page: &Page, path: &str) {
    assert_eq!(page.status, StatusCode::OK, "{path}");
    assert_eq!(page.text.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()), None, "{path}");
}

#[tokio::test]
async fn every_book_the_program_carries_is_a_document_in_both_languages() {
    let house = House::new().await;
    let mut vietnamese = house.sign_in(CLERK).await;
    let mut other = house.sign_in(CLERK).await;
    english(&mut other).await;
    let list = vietnamese.get("/quy-dinh").await;
    no_word_is_missing(&list, "/quy-dinh");
    let all = books(&house.app);
    assert!(all.len() >= 5);
    for book in all {
        let path = format!("/quy-dinh/{}", book.id);
        assert!(list.text.contains(&format!("href=\"{path}\"")), "{path} is not in the list");
        for browser in [&mut vietnamese, &mut other] {
            let page = browser.get(&path).await;
            no_word_is_missing(&page, &path);
            assert!(page.text.contains(&book.seal), "{path} does not show its seal");
            let main = page.text.split("<main").nth(1).expect("the document");
            assert!(!main.contains('{'), "{path}: a place for a figure is left as written");
        }
    }
    assert_eq!(vietnamese.get("/quy-dinh/khong-co").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_rule_stands_once_under_its_code_and_every_link_inside_a_document_leads_somewhere() {
    let house = House::new().await;
    let mut clerk = house.sign_in(CLERK).await;
    for book in books(&house.app) {
        let page = clerk.get(&format!("/quy-dinh/{}", book.id)).await;
        let ids = ids(&page);
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{}: an anchor stands twice", book.id);
        let rules = once.iter().filter(|id| id.starts_with("RULE-")).count();
        assert_eq!(rules, book.rules, "{}", book.id);
        let dead: Vec<&str> = after(&page.text, " href=\"#").filter(|anchor| !once.contains(anchor)).collect();
        assert_eq!(dead, Vec::<&str>::new(), "{}", book.id);
    }
}

#[tokio::test]
async fn the_book_of_a_campaign_shows_what_the_campaign_chose_and_is_open_to_its_members() {
    let (house, play) = House::demo().await;
    let path = format!("/dot/{}/quy-dinh", play.campaign);
    let mut member = house.sign_in("dangvien").await;
    let progress = member.get(&format!("/dot/{}", play.campaign)).await;
    assert!(progress.text.contains(&format!("href=\"{path}\"")), "{}", progress.text);
    let page = member.get(&path).await;
    no_word_is_missing(&page, &path);
    let settings = page.text.matches(" id=\"setting-").count();
    assert!(settings > 0);
    assert_eq!(page.text.matches("đợt này chọn").count(), settings, "one choice for each point");
    let elsewhere = "/dot/00000000-0000-7000-8000-000000000000/quy-dinh";
    assert_eq!(member.get(elsewhere).await.status, StatusCode::NOT_FOUND);
    let book = after(&page.text, "/quy-dinh/").next();
    assert_eq!(book, None, "the document refers to itself by anchors only");
}

/// Pages of a cell on which the rules give reasons, and the pages of its people.
async fn pages_with_reasons(play: &Play, cell: &str) -> Vec<String> {
    let place = format!("{}/{}", play.campaign, play.cells[cell]);
    let mut paths = vec![format!("/dot/{place}"), format!("/de-xuat/{place}")];
    for (review, _) in play.reviews(cell).await.unwrap() {
        paths.push(format!("/ho-so/{}", review.review_id));
        paths.push(format!("/ho-so/{}/thu?value-disciplined_in_year=true", review.review_id));
    }
    paths
}

#[tokio::test]
async fn every_reason_on_a_page_of_the_demonstration_leads_to_its_rule() {
    let (house, play) = House::demo().await;
    let mut anchors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut followed = BTreeSet::new();
    for (cell, login) in CELLS {
        let mut head = house.sign_in(login).await;
        for path in pages_with_reasons(&play, cell).await {
            let page = head.get(&path).await;
            no_word_is_missing(&page, &path);
            for link in after(&page.text, "href=\"").filter(|link| link.contains("quy-dinh") && link.contains('#')) {
                let (document, anchor) = link.split_once('#').unwrap();
                if !anchors.contains_key(document) {
                    let page = head.get(document).await;
                    assert_eq!(page.status, StatusCode::OK, "{document}");
                    anchors.insert(document.to_owned(), ids(&page).into_iter().map(str::to_owned).collect());
                }
                assert!(anchors[document].contains(anchor), "{path} refers to {link}");
                followed.insert(anchor.to_owned());
            }
            let reasons = page.text.matches(" class=\"code\" href=\"/quy-dinh/").count();
            let refused = page.text.matches("quy định không cho phép, vì:").count();
            assert!(reasons >= refused, "{path}: {refused} levels refused with {reasons} reasons");
        }
    }
    let rules = followed.iter().filter(|code| code.starts_with("RULE-")).count();
    let limits = followed.iter().filter(|code| code.starts_with("QUOTA-")).count();
    assert!(rules > 5 && limits > 0, "{followed:?}");
}

#[tokio::test]
async fn why_not_higher_is_answered_wherever_a_person_stands_in_a_list() {
    let (house, play) = House::demo().await;
    let (cell, login) = CELLS[0];
    let place = format!("{}/{}", play.campaign, play.cells[cell]);
    let mut head = house.sign_in(login).await;
    let register = head.get(&format!("/dot/{place}")).await;
    let proposal = head.get(&format!("/de-xuat/{place}")).await;
    let mut secretary = house.sign_in("bithu").await;
    let decision = secretary.get(&format!("/quyet-dinh/{}", play.campaign)).await;
    let mut classified = 0;
    for (review, _) in play.reviews(cell).await.unwrap() {
        let answer = format!("/ho-so/{}#vi-sao", review.review_id);
        let due = review.obligation == "review_and_classify";
        assert_eq!(register.text.contains(&answer), due, "{}", review.full_name);
        classified += usize::from(due);
        let question = format!("Vì sao không cao hơn?<span class=\"hidden\"> {}</span>", review.full_name);
        assert_eq!(proposal.text.contains(&question), due, "{}", review.full_name);
        assert_eq!(decision.text.contains(&question), due, "{}", review.full_name);
        let case = head.get(&format!("/ho-so/{}", review.review_id)).await;
        assert!(case.text.contains("id=\"vi-sao\"") && case.text.contains("/thu\""), "{}", review.full_name);
        assert_eq!(case.text.contains("Mức cao nhất còn có thể theo quy định:"), due, "{}", review.full_name);
    }
    assert!(classified > 3);
    let mut member = house.sign_in("dangvien").await;
    let start = member.get("/").await;
    assert!(start.text.contains("#vi-sao"), "{}", start.text);
    let form = after(&start.text, "href=\"").find(|link| link.ends_with("/tu-kiem-diem")).unwrap();
    let form = member.get(form).await;
    assert!(form.text.contains("href=\"#verdict\"") && form.text.contains("Mức cao nhất còn có thể"), "{}", form.text);
}

/// The case of the member who signs in as `dangvien.thon1`.
async fn own_case(house: &House) -> (Browser, String) {
    let mut member = house.sign_in("dangvien.thon1").await;
    let start = member.get("/").await;
    let case = after(&start.text, "href=\"/ho-so/").find_map(|link| link.strip_suffix("#vi-sao")).unwrap();
    (member, format!("/ho-so/{case}"))
}

/// Everything that could have been written: the journal, entries that wait included, and the case as others see it.
async fn written(house: &House, play: &Play, case: &str) -> String {
    let journals: Vec<_> = verify_journals(&house.app, &[]).await.unwrap();
    let head = play.head("CB-T1").await.unwrap();
    let review = case.trim_start_matches("/ho-so/").parse().unwrap();
    let view = application::reads::review::review(&house.app, &head, review).await.unwrap();
    format!("{journals:?} {view:?}")
}

#[tokio::test]
async fn a_trial_shows_the_forced_level_with_its_rule_and_changes_nothing() {
    let (house, play) = House::demo().await;
    let (mut member, case) = own_case(&house).await;
    let before = written(&house, &play, &case).await;
    let plain = member.get(&format!("{case}/thu")).await;
    no_word_is_missing(&plain, "a trial without changes");
    assert!(plain.text.contains("Chỉ là thử") && plain.text.contains("Chưa thay dữ kiện nào"), "{}", plain.text);
    assert!(!plain.text.contains("method=\"post\" action=\"/ho-so"), "nothing on the page sends anything");

    let path = format!("{case}/thu?value-disciplined_in_year=true");
    let page = member.get(&path).await;
    no_word_is_missing(&page, &path);
    let (now, then) = page.text.split_once("Nếu thay như trên").expect("two answers side by side");
    let forced = "Quy định chỉ để một mức, vì:";
    assert!(!now.contains(forced) && then.contains(forced), "{}", page.text);
    assert!(then.contains("#RULE-121\"") && then.contains("Không hoàn thành nhiệm vụ"), "{then}");
    assert!(now.contains("Đang thử thay 1 dữ kiện") && now.contains("→ <strong>Có</strong>"), "{now}");
    assert!(then.contains("<option value=\"true\" selected>"), "what is tried stays in the form");
    assert_eq!(written(&house, &play, &case).await, before);
}

#[tokio::test]
async fn a_trial_takes_unknown_facts_and_counts_again() {
    let (house, _) = House::demo().await;
    let (mut member, case) = own_case(&house).await;
    let page = member.get(&format!("{case}/thu?value-admitted_on=15%2F10%2F2022&value-standing=probationary")).await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, then) = page.text.split_once("Nếu thay như trên").unwrap();
    assert!(then.contains("Kiểm điểm, chưa xếp loại.") && then.contains("#RULE-103\""), "{then}");
    assert!(page.text.contains("→ <strong>2</strong>"), "months since admission are counted again");
    let page = member.get(&format!("{case}/thu?value-admitted_on=")).await;
    assert!(page.text.contains("→ <strong>chưa biết</strong>"), "{}", page.text);
}

#[tokio::test]
async fn a_trial_keeps_what_cannot_be_read_and_says_so_at_the_field() {
    let (house, _) = House::demo().await;
    let (mut member, case) = own_case(&house).await;
    let path =
        format!("{case}/thu?value-sick_leave_days=ba%20m%C6%B0%C6%A1i&value-disciplined_in_year=xx&value-nothing=1");
    let page = member.get(&path).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "value=\"ba mươi\"",
        "id=\"value-sick_leave_days-error\"",
        "id=\"value-disciplined_in_year-error\"",
        "<option value=\"xx\" selected>",
        "REVIEW-007",
    ] {
        assert!(page.text.contains(kept), "{kept}: {}", page.text);
    }
    assert!(page.text.contains("Chưa thay dữ kiện nào"), "what cannot be read counts as it stands");
    assert_eq!(member.get(&format!("{case}/thu?value-x=%FF")).await.status, StatusCode::BAD_REQUEST);

    let request = Request::get(&path).header("HX-Request", "true").body(Body::empty()).unwrap();
    let region = member.send(request).await;
    assert_eq!(region.status, StatusCode::OK);
    assert!(region.text.contains("id=\"outcome\"") && !region.text.contains("<html"), "{}", region.text);
    assert!(region.text.contains("Giá trị này chưa được tính đến."), "{}", region.text);
}

#[tokio::test]
async fn only_who_may_see_a_case_may_try_it() {
    let (house, _) = House::demo().await;
    let (_, case) = own_case(&house).await;
    for (login, seen) in [("bithu.thon1", true), ("bithu.thon2", true), ("giaovien", false), ("dangvien", false)] {
        let mut browser = house.sign_in(login).await;
        let status = browser.get(&format!("{case}/thu")).await.status;
        assert_eq!(status, browser.get(&case).await.status, "{login}");
        assert_eq!(status, if seen { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{login}");
    }
}
