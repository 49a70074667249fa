//! Rule books as documents, the answer to "why not higher", and trials that change nothing.

use std::collections::BTreeSet;

use application::demo::Play;
use application::reads::rule_book::{book, books};
use application::upkeep::verify_journals;
use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::house::{Browser, CLERK, House, Page};

/// Everything between `before` and the next quote.
pub(crate) fn after<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

pub(crate) fn ids(page: &Page) -> Vec<&str> {
    after(&page.text, " id=\"").collect()
}

async fn english(browser: &mut Browser) {
    browser.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
}

pub(crate) fn no_word_is_missing(page: &Page, path: &str) {
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

/// The list item or heading that begins at an anchor, up to the next anchor or heading.
fn at<'a>(page: &'a Page, anchor: &str) -> &'a str {
    let rest = page.text.split(&format!(" id=\"{anchor}\"")).nth(1);
    let until_next = |rest: &'a str| rest.split(" id=\"").next()?.split("<h").next();
    rest.and_then(until_next).unwrap_or_else(|| panic!("{anchor} is not in the document"))
}

#[tokio::test]
async fn points_consequences_and_provisions_of_every_book_stand_under_anchors_of_their_own() {
    let house = House::new().await;
    let mut clerk = house.sign_in(CLERK).await;
    let (mut consequences, mut provisions) = (0, 0);
    for head in books(&house.app) {
        let view = book(&house.app, &head.id).unwrap();
        let page = clerk.get(&format!("/quy-dinh/{}", head.id)).await;
        let ids = ids(&page);
        let points = view.points.frames.iter().map(|frame| &frame.entry).chain(&view.points.components);
        let points = points.chain(&view.points.roundings).chain(&view.points.means).chain(&view.points.feeds);
        let of_topics = view.provisions.iter().flat_map(|topic| &topic.provisions);
        let others = view.consequences.iter().chain(&view.history_counts).chain(&view.quarter_steps);
        for entry in points.chain(of_topics).chain(others) {
            assert!(ids.contains(&entry.anchor.as_str()), "{}: {} is not shown", head.id, entry.anchor);
            let badges = at(&page, &entry.anchor).matches("class=\"tag ").count();
            assert_eq!(badges, entry.cited.len(), "{}: {}", head.id, entry.anchor);
        }
        consequences += view.consequences.iter().filter(|one| one.anchor.starts_with("AFTER-")).count();
        provisions += view.provisions.iter().map(|topic| topic.provisions.len()).sum::<usize>();
        for listed in view.points.frames.iter().map(|frame| &frame.entry.anchor) {
            assert!(page.text.contains(&format!("<li><a href=\"#{listed}\">")), "{listed} is not in the contents");
        }
    }
    assert!(consequences > 8 && provisions > 50, "{consequences}, {provisions}");
}

#[tokio::test]
async fn the_points_of_the_regulation_of_2025_are_read_in_both_languages() {
    let house = House::new().await;
    let mut vietnamese = house.sign_in(CLERK).await;
    let mut other = house.sign_in(CLERK).await;
    english(&mut other).await;
    let path = "/quy-dinh/party-2025-qd366";
    let (vi, en) = (vietnamese.get(path).await, other.get(path).await);
    for (anchor, words, in_english) in [
        ("frame-leader", "100 điểm: tiêu chí chung 30, kết quả nhiệm vụ 70", "100 points: general criteria 30"),
        ("frame-leader", "<td>1.1</td><td>Trung thành, kiên định</td><td class=\"num\">2</td>", "Faithfulness"),
        ("frame-leader", "#setting-points_rounding", "#setting-points_deduction"),
        ("components-management", "B. Chất lượng, an toàn, tuân thủ: 35", "B. Quality, safety, compliance: 35"),
        ("rounding-tenth_each", "bội số của 0,1", "a multiple of 0.1"),
        ("feed-worst_key_task_quality", "sản phẩm trọng tâm", "key products"),
        ("quarter-quarter_tasks", "ngày làm việc kể từ ngày đầu quý", "working days"),
        ("AFTER-001", "2 năm liền", "2 years running"),
        ("AFTER-001", "cách hiểu", "reading"),
        ("AFTER-003", "Khi: được xếp mức Hoàn thành xuất sắc nhiệm vụ trong năm", "in the year"),
        ("count-not_fulfilled_quarters", "trong 3 quý của năm", "of the 3 quarters"),
        ("provision-quarter-four", "Quý I–III xếp loại riêng", "Quarters I–III are rated"),
    ] {
        assert!(at(&vi, anchor).contains(words), "{anchor}: {}", at(&vi, anchor));
        assert!(at(&en, anchor).contains(in_english), "{anchor}: {}", at(&en, anchor));
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

#[tokio::test]
async fn why_not_higher_is_answered_wherever_a_person_stands_in_a_list() {
    let (house, play) = House::demo().await;
    let (cell, login) = ("CB-T1", "bithu.thon1");
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
        let alone = format!("/ho-so/{}/vi-sao", review.review_id);
        assert_eq!(decision.text.contains(&format!("hx-get=\"{alone}\"")), due, "fetched only when it is asked for");
        let region = Request::get(&alone).header("HX-Request", "true").body(Body::empty()).unwrap();
        let (region, page) = (secretary.send(region).await, secretary.get(&alone).await);
        assert_eq!(region.text.contains("Mức cao nhất còn có thể theo quy định:"), due, "{}", review.full_name);
        assert!(
            page.text.contains(region.text.trim()) && page.text.contains("<html") && !region.text.contains("<html")
        );
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

#[tokio::test]
async fn why_not_higher_and_a_trial_are_there_for_organisations_as_for_people() {
    let (house, play) = House::demo().await;
    let mut secretary = house.sign_in("bithu").await;
    for (kind, tried, rule) in [
        ("organization", "value-targets_assigned=10&value-targets_done=4&value-force_majeure=false", "RULE-223"),
        ("member", "value-disciplined_in_year=true", "RULE-121"),
    ] {
        let case = match kind {
            "member" => format!("/ho-so/{}", play.reviews("CB-T1").await.unwrap()[0].0.review_id),
            _ => {
                let register = format!("/dot/{}/{}/doi-tuong?loai={kind}", play.campaign, play.base);
                let page = secretary.get(&register).await;
                let found = after(&page.text, "href=\"").find(|link| link.starts_with("/ho-so/"));
                found.unwrap_or_else(|| panic!("no {kind}: {}", page.text)).to_owned()
            }
        };
        let page = secretary.get(&case).await;
        assert!(
            page.text.contains("id=\"vi-sao\"") && page.text.contains(&format!("{case}/thu\"")),
            "{kind}: {}",
            page.text
        );
        let trial = secretary.get(&format!("{case}/thu?{tried}")).await;
        assert_eq!(trial.status, StatusCode::OK, "{kind}: {}", trial.text);
        let link = format!("href=\"/quy-dinh/party-2018-qd132#{rule}\"");
        assert!(trial.text.contains(&link) && trial.text.contains("Đang thử thay"), "{kind}: {}", trial.text);
        no_word_is_missing(&trial, &case);
        assert!(!secretary.get(&case).await.text.contains(&link), "{kind}: the trial changed the case");
        if kind != "member" {
            let list = secretary.get(&format!("/xep-loai/{}/{kind}", play.campaign)).await;
            assert!(list.text.contains(&format!("href=\"{case}#vi-sao\"")), "{kind}: {}", list.text);
        }
    }
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
