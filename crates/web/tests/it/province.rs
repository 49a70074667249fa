//! A round over a province, from the overview down to a person.

use application::acts::organisation::{Ground, MergeUnits, Step, merge_units};
use application::papers::What;
use application::ports::Format;
use application::reads::{organisation, rollup};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{Actor, CampaignId, UnitId};

use crate::house::{Browser, House, Page};

const MEMBERS: u32 = 600;
const PROVINCE: &str = "tinh-van-phong";
const DISTRICT: &str = "huyen-van-phong";
const BASE: &str = "co-so-van-phong";

/// The first link of a page that begins so and is longer than that.
fn link(page: &Page, prefix: &str) -> String {
    let mut links = page.text.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    links.find(|link| link.starts_with(prefix) && link.len() > prefix.len()).expect(prefix).to_owned()
}

#[tokio::test]
async fn from_the_province_one_goes_down_to_a_person() {
    let (house, built) = House::province(MEMBERS).await;
    house.clock.pass(TimeDelta::days(20));
    let mut clerk = house.sign_in(PROVINCE).await;
    let top = format!("/toan-canh/{}/{}", built.round, built.unit);
    let round = clerk.get(&format!("/dot/{}", built.round)).await;
    assert_eq!(round.location(), Some(top.as_str()), "a round over a tree opens as its overview");
    let page = clerk.get(&top).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Đảng bộ tỉnh Quảng Ngãi", "Đơn vị chậm", "<svg", "Đảng bộ huyện Ba Tơ", "Hoàn thành tốt nhiệm vụ"]
    {
        assert!(page.text.contains(words), "{words}");
    }
    let prefix = format!("/toan-canh/{}/", built.round);
    let lists = format!("{top}/danh-sach/");
    for list in ["phai-kiem-diem", "da-nop", "da-quyet-dinh", "chi-bo", "cham", "muc-good", "chua-xep-loai"] {
        assert_eq!(clerk.get(&format!("{lists}{list}")).await.status, StatusCode::OK, "{list}");
    }
    assert_eq!(clerk.get(&format!("{lists}khong-co")).await.status, StatusCode::NOT_FOUND);
    let people = clerk.get(&format!("{lists}dang-vien")).await;
    assert!(people.text.contains("dang-vien?trang=2"), "a long list has pages");
    assert_eq!(clerk.get(&format!("{lists}dang-vien?trang=2")).await.status, StatusCode::OK);
    let mut overviews = page.text.split("href=\"").filter_map(|part| part.split('"').next());
    let district = overviews.find(|link| link.starts_with(&prefix) && !link.contains("danh-sach")).unwrap();
    let district = clerk.get(district).await;
    let base = district.text.split("href=\"").filter_map(|part| part.split('"').next());
    let base =
        base.filter(|link| link.starts_with(&prefix) && !link.contains("danh-sach") && !link.contains("tong-hop"));
    let base = base.filter(|link| !link.ends_with(&built.unit.to_string())).map(str::to_owned).next().unwrap();
    let cells = clerk.get(&base).await;
    assert_eq!(cells.status, StatusCode::OK);
    let mut registers = cells.text.split("href=\"").filter_map(|part| part.split('"').next());
    let register = registers
        .find(|link| link.starts_with("/dot/") && link.matches('/').count() == 3 && !link.ends_with("moc-thoi-gian"));
    let register = clerk.get(register.expect("a cell")).await;
    let case = clerk.get(&link(&register, "/ho-so/")).await;
    assert_eq!(case.status, StatusCode::OK);
}

#[tokio::test]
async fn a_table_is_kept_as_reported_and_printed() {
    let (house, built) = House::province(MEMBERS).await;
    let mut clerk = house.sign_in(PROVINCE).await;
    let path = format!("/toan-canh/{}/{}/tong-hop", built.round, built.unit);
    let page = clerk.get(&path).await;
    assert!(page.text.contains("Chưa báo cáo bảng nào."));
    let long = "x".repeat(400);
    let refused = clerk.post(&path, &[("note", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = clerk.post(&path, &[("note", "Báo cáo số 12-BC/TU")]).await;
    assert_eq!(kept.location(), Some(path.as_str()));
    let page = clerk.get(&path).await;
    assert!(page.text.contains("Báo cáo số 12-BC/TU") && page.text.contains("không có gì khác"));
    let kept = link(&page, &format!("{path}/"));
    let again = clerk.get(&kept).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text.contains("đúng như khi báo cáo") && !again.text.contains("Giữ bảng này"), "{}", again.text);
    for (format, begins) in [("pdf", &b"%PDF"[..]), ("xlsx", &b"PK"[..])] {
        assert!(clerk.get(&format!("{kept}/{format}")).await.bytes.starts_with(begins), "{format}");
    }
    assert!(again.text.contains("Không có ai, không có tổ chức nào được tính khác lúc báo cáo."));
    // A case that is not counted as it was stands there by name, with the act behind it.
    let actor = application::access::actor(&house.app, built.root, built.people[0]).await.unwrap();
    let name = merge_two_cells(&house, &actor, (built.round, built.unit)).await;
    let again = clerk.get(&kept).await;
    crate::rule_book::no_word_is_missing(&again, &kept);
    let row = again.text.split("<tr>").find(|row| row.contains(&name)).expect("who changed");
    assert!(row.contains("Chuyển hồ sơ theo người sang đơn vị khác") && row.contains("Kiểm điểm, xếp loại"), "{row}");
    assert!(!again.text.contains("?trang="), "one page is enough");
    let papers = clerk.get(&format!("/giay-to/{}/{}", built.round, built.unit)).await;
    assert_eq!(papers.status, StatusCode::OK);
    let paper = application::papers::UnitPaper::SummaryTable;
    let what = What::OfUnit { campaign: built.round, unit: built.unit, paper };
    for (format, begins) in [(Format::Pdf, &b"%PDF"[..]), (Format::Xlsx, &b"PK"[..])] {
        let printed = application::papers::print_paper(&house.app, &actor, what, format).await.unwrap();
        assert!(printed.bytes.starts_with(begins), "{format:?}");
    }
}

/// Two cells that have not met yet become one; the name of somebody whose review goes along.
async fn merge_two_cells(house: &House, actor: &Actor, place: (CampaignId, UnitId)) -> String {
    let cells = rollup::list(&house.app, actor, place, "chi-bo", 1).await.unwrap().units;
    let quiet: Vec<_> = cells.iter().filter(|cell| cell.step == "waiting").collect();
    let [into, from] = *quiet.windows(2).find(|two| two[0].campaign == two[1].campaign).unwrap() else {
        unreachable!()
    };
    let page = organisation::unit(&house.app, actor, from.unit).await.unwrap();
    let due = rollup::list(&house.app, actor, (place.0, from.unit), "chua-nop", 1).await.unwrap().reviews;
    let order = MergeUnits { codes: vec![page.code], ..MergeUnits::default() };
    let ground = Ground {
        effective_on: "01/12/2022".to_owned(),
        basis_number: "5-QĐ/ĐU".to_owned(),
        basis_on: "01/12/2022".to_owned(),
        basis_issuer: "Đảng uỷ xã".to_owned(),
    };
    merge_units(&house.app, actor, into.unit, &order, &ground, Step::Write).await.unwrap();
    due[0].name.clone()
}

/// The links of a page that begin and end so and have an identifier between.
fn links(page: &Page, (start, end): (&str, &str)) -> Vec<String> {
    let links = page.text.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    let fits = |link: &&str| link.starts_with(start) && link.ends_with(end) && link.len() > start.len() + 30;
    links.filter(fits).map(str::to_owned).collect()
}

fn last_link(page: &Page, ends: (&str, &str)) -> String {
    links(page, ends).pop().expect(ends.1)
}

#[tokio::test]
async fn a_district_sees_itself_and_not_the_province() {
    let (house, built) = House::province(MEMBERS).await;
    house.clock.pass(TimeDelta::days(20));
    let mut clerk = house.sign_in(DISTRICT).await;
    let rounds = clerk.get("/dot").await;
    // A clerk is a member somewhere too: the district's own campaign is the one that opens as an overview.
    let mut overviews = Vec::new();
    for own in links(&rounds, ("/dot/", "")) {
        overviews.extend(clerk.get(&own).await.location().map(str::to_owned));
    }
    let mine = overviews.pop().expect("its own overview");
    assert_eq!(mine, format!("/toan-canh/{}/{}", built.round, mine.rsplit('/').next().unwrap()));
    assert_eq!(clerk.get(&mine).await.status, StatusCode::OK);
    let late = last_link(&clerk.get("/").await, ("/toan-canh/", "/danh-sach/cham"));
    assert_eq!(late, format!("{mine}/danh-sach/cham"), "who is late is a task of the district too");
    for path in ["", "/tong-hop", "/danh-sach/dang-vien"] {
        let there = format!("/toan-canh/{}/{}{path}", built.round, built.unit);
        assert_eq!(clerk.get(&there).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_base_organization_s_days_are_set_on_a_page() {
    let (house, _) = House::province(MEMBERS).await;
    let mut clerk = house.sign_in(BASE).await;
    let rounds = clerk.get("/dot").await;
    let own = last_link(&rounds, ("/dot/", ""));
    let days = last_link(&clerk.get(&own).await, ("/dot/", "/moc-thoi-gian"));
    let page = clerk.get(&days).await;
    assert!(page.text.contains("Cấp trên: chậm nhất 25/12/2022"), "{days}");
    let late = clerk.post(&days, &[("due-decision", "27/12/2022")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("muộn hơn mốc của cấp trên (25/12/2022)"));
    assert!(late.text.contains("value=\"27/12/2022\""), "what was typed stays");
    let saved = clerk.post(&days, &[("due-decision", "24/12/2022")]).await;
    assert_eq!(saved.location(), Some(days.as_str()));
    assert!(clerk.get(&days).await.text.contains("value=\"24/12/2022\""));
}

/// The figures of a page that lead to a list, with the address of the list.
fn figures(page: &Page) -> Vec<(String, usize)> {
    let links = page.text.split("href=\"").skip(1);
    let figure = |link: &str| {
        let (path, rest) = link.split_once("\">")?;
        let number = rest.split_once("</a>")?.0.replace('.', "").parse().ok()?;
        path.contains("/danh-sach/").then(|| (path.to_owned(), number))
    };
    links.filter_map(figure).collect()
}

/// How many lines the pages of a list have together.
async fn listed(reader: &mut Browser, path: &str) -> usize {
    let (mut lines, mut at) = (0, 1);
    loop {
        let page = reader.get(&format!("{path}?trang={at}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        lines += page.text.matches("<tr><td class=\"num\">").count();
        at += 1;
        if !page.text.contains(&format!("?trang={at}\"")) {
            return lines;
        }
    }
}

/// Every figure of a page against its list; how many there were.
async fn compare(reader: &mut Browser, path: &str) -> usize {
    let page = reader.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let figures = figures(&page);
    for (list, number) in &figures {
        assert_eq!(listed(reader, list).await, *number, "{list} on {path}");
    }
    figures.len()
}

#[tokio::test]
async fn every_number_above_the_base_opens_the_list_it_counts() {
    let (house, built) = House::province(MEMBERS).await;
    house.clock.pass(TimeDelta::days(20));
    let top = format!("/toan-canh/{}/{}", built.round, built.unit);
    let mut clerk = house.sign_in(PROVINCE).await;
    let (overview, table) = (compare(&mut clerk, &top).await, compare(&mut clerk, &format!("{top}/tong-hop")).await);
    assert!(overview > 100 && table > 20, "{overview}, {table}");
    let mut district = house.sign_in(DISTRICT).await;
    let late = last_link(&district.get("/").await, ("/toan-canh/", "/danh-sach/cham"));
    let below = compare(&mut district, late.trim_end_matches("/danh-sach/cham")).await;
    assert!(below > 20, "{below}");
    let mut base = house.sign_in(BASE).await;
    let own = last_link(&base.get("/dot").await, ("/dot/", ""));
    assert!(compare(&mut base, &own).await > 4);
}

#[tokio::test]
async fn every_number_of_a_base_organisation_opens_the_list_it_counts() {
    for whole_year in [false, true] {
        let (house, play) = House::demo().await;
        if whole_year {
            play.finish_cells().await.unwrap();
            play.decide().await.unwrap();
        }
        let mut clerk = house.sign_in("vanthu").await;
        let grid = compare(&mut clerk, &format!("/dot/{}", play.campaign)).await;
        let table = compare(&mut clerk, &format!("/tong-hop/{}/{}", play.campaign, play.base)).await;
        assert!(grid > 16 && table > 16, "{grid}, {table}");
    }
}
