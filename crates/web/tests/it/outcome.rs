//! From the proposal to the closed remediation item over the pages, in the demonstration.

use application::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting, seal_minutes};
use application::demo::Play;
use application::papers::{UnitPaper, What, data};
use application::reads::{decision, proposal};
use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::house::{Browser, House, Page, encoded};

/// A cell whose minutes are sealed and whose proposal is not made.
const SEALED: &str = "CB-T2";
/// The cell of the member who signs in, and his number.
const MEMBERS: (&str, u32) = ("CB-T4", 8);

type Fields = Vec<(String, String)>;

async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

fn set(fields: &mut Fields, name: &str, value: &str) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
}

/// What is chosen on a page in every select whose name begins with `level-`, the proposals and the version it hands back.
fn chosen(page: &Page) -> Fields {
    let mut fields = Fields::new();
    for part in page.text.split("<input type=\"hidden\" name=\"seen-").skip(1) {
        let mut words = part.split('"');
        let (name, value) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
        fields.push((format!("seen-{name}"), value.to_owned()));
    }
    if let Some(version) = page.text.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()) {
        fields.push(("version".to_owned(), version.to_owned()));
    }
    for part in page.text.split("<select ").skip(1) {
        let name = part.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let options = part.split("</select>").next().unwrap_or_default();
        let selected = options
            .split("<option value=\"")
            .find(|option| option.split('>').next().is_some_and(|tag| tag.ends_with("selected")));
        let value = selected.and_then(|option| option.split('"').next()).unwrap_or_default();
        if name.starts_with("level-") {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields
}

/// The form as it would be sent from this page: on the version that the page shows.
fn on(fields: &mut Fields, page: &Page) {
    let version = chosen(page).into_iter().find(|(name, _)| name == "version").expect("a version on the page").1;
    set(fields, "version", &version);
}

fn no_key_is_missing(page: &Page) {
    let missing = page.text.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next());
    assert_eq!(missing, None);
}

/// The page in both languages: it is there, and no word is missing in it.
async fn both_languages(browser: &mut Browser, path: &str) -> Page {
    browser.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
    no_key_is_missing(&browser.get(path).await);
    browser.post("/ngon-ngu", &[("ngon-ngu", "vi"), ("tiep", "/")]).await;
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    no_key_is_missing(&page);
    page
}

async fn of_cell(house: &House, play: &Play, cell: &str) -> proposal::ProposalPage {
    let head = play.head(cell).await.unwrap();
    proposal::of_unit(&house.app, &head, play.campaign, play.cells[cell]).await.unwrap()
}

/// What the rules say of one person.
async fn case(house: &House, play: &Play, review: domain::ReviewId) -> application::judge::Judgement {
    application::reads::review::verdict(&house.app, &play.seated(0).await.unwrap(), review).await.unwrap().1
}

async fn of_base(house: &House, play: &Play) -> decision::DecisionPage {
    decision::decision(&house.app, &play.seated(0).await.unwrap(), play.campaign).await.unwrap()
}

#[tokio::test]
async fn a_cell_proposes_what_its_ballot_chose_and_the_committee_can_send_it_back() {
    let (house, play) = House::demo().await;
    let path = format!("/de-xuat/{}/{}", play.campaign, play.cells[SEALED]);
    let mut head = house.sign_in("bithu.thon2").await;

    let page = both_languages(&mut head, &path).await;
    let view = of_cell(&house, &play, SEALED).await;
    assert!(view.id.is_none(), "looking stores nothing");
    let mut fields = chosen(&page);
    assert_eq!(fields.len(), 1 + view.lines.len());
    for line in &view.lines {
        let preset = fields.iter().find(|(name, _)| *name == format!("level-{}", line.review)).unwrap();
        assert_eq!(preset.1, line.majority.clone().unwrap_or_default(), "{}", line.name);
    }

    let line = view.lines.iter().find(|line| !line.refused.is_empty()).expect("a level that the rules refuse");
    let judgement = case(&house, &play, line.review).await;
    let refused = judgement.levels.into_iter().find(|level| level.level == line.refused[0]).unwrap();
    let (field, citation) = (format!("level-{}", line.review), refused.against[0].citation.vi.clone());
    let refused = refused.level;
    let permitted = fields.iter().find(|(name, _)| *name == field).unwrap().1.clone();
    set(&mut fields, "note", "Ghi chú mẫu");
    set(&mut fields, &field, &refused);
    let page = send(&mut head, &format!("{path}/gui"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("PROPOSAL-005") && page.text.contains(&citation), "{}", page.text);
    assert!(page.text.contains(&format!("{citation}; RULE-")), "the refusal names the rule: {}", page.text);
    assert!(chosen(&page).contains(&(field.clone(), refused)), "what was chosen stays on the page");
    no_key_is_missing(&page);

    set(&mut fields, &field, &permitted);
    on(&mut fields, &page);
    let page = send(&mut head, &format!("{path}/gui"), &fields).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, Some(path.as_str())), "{}", page.text);
    assert_eq!(of_cell(&house, &play, SEALED).await.state.word(), "sent");
    assert_eq!(head.post(&format!("{path}/tra-lai"), &[("reason", "x")]).await.status, StatusCode::NOT_FOUND);

    let mut secretary = house.sign_in("bithu").await;
    assert_eq!(
        secretary.post(&format!("{path}/tra-lai"), &[("reason", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        secretary.post(&format!("{path}/tra-lai"), &[("reason", "Xem lại <b>một</b> trường hợp")]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = both_languages(&mut head, &path).await;
    assert!(page.text.contains("Xem lại &#60;b&#62;một") && !page.text.contains("<b>một"), "{}", page.text);
    assert!(page.text.contains("Ghi chú mẫu"));
}

#[tokio::test]
async fn a_saved_level_can_be_cleared_and_the_list_is_not_sent_without_it() {
    let (house, play) = House::demo().await;
    let path = format!("/de-xuat/{}/{}", play.campaign, play.cells[SEALED]);
    let mut head = house.sign_in("bithu.thon2").await;
    let mut fields = chosen(&head.get(&path).await);
    let (field, name) = {
        let line = of_cell(&house, &play, SEALED).await.lines.remove(2);
        (format!("level-{}", line.review), line.name)
    };
    set(&mut fields, &field.replace("level", "reason"), "Lý do mẫu");
    assert_eq!(send(&mut head, &path, &fields).await.status, StatusCode::SEE_OTHER);
    set(&mut fields, &field, "");
    on(&mut fields, &head.get(&path).await);
    assert_eq!(send(&mut head, &path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = head.get(&path).await;
    on(&mut fields, &page);
    assert!(
        chosen(&page).contains(&(field.clone(), String::new())),
        "it stays open, the ballot does not fill it again"
    );
    assert!(page.text.contains("Lý do mẫu"), "what was typed beside it is kept");
    let page = send(&mut head, &format!("{path}/gui"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&format!("href=\"#{field}\"")), "{}", page.text);
    assert_eq!(noted(&house, &play, "proposal.level_cleared").await, 1, "clearing is written down, once");
    assert!(page.text.contains("PROPOSAL-004") && page.text.contains(&format!("đầu tiên là {name}")), "{}", page.text);
}

/// How often an act stands in the journal.
async fn noted(house: &House, play: &Play, act: &str) -> usize {
    let mut lines = Vec::new();
    application::upkeep::export_journal(&house.app, play.root, &mut lines).await.unwrap();
    String::from_utf8(lines).unwrap().matches(&format!("\"{act}\"")).count()
}

/// The committee meets with everybody present; its minutes are sealed.
async fn committee_meets(house: &House, play: &Play) {
    let secretary = play.seated(0).await.unwrap();
    let view = application::reads::meeting::of_unit(&house.app, &secretary, play.campaign, play.base).await.unwrap();
    let present = |person| AttendanceLine {
        person,
        presence: "present".to_owned(),
        circumstance: "normal".to_owned(),
        reason: String::new(),
    };
    let order = RecordMeeting {
        held_on: "29/12/2022".to_owned(),
        starts_at: "13:30".to_owned(),
        ends_at: "16:00".to_owned(),
        place: "Hội trường mẫu".to_owned(),
        chair: Some(secretary.person),
        secretary: Some(play.seated(2).await.unwrap().person),
        discussion: "Nội dung mẫu".to_owned(),
        conclusion: "Nội dung mẫu".to_owned(),
        attendance: view.convened.iter().map(|one| present(one.person)).collect(),
        ..RecordMeeting::default()
    };
    let meeting = record_meeting(&play.app, &secretary, play.campaign, play.base, &order).await.unwrap();
    seal_minutes(&play.app, &secretary, meeting).await.unwrap();
}

#[tokio::test]
async fn the_committee_counts_places_without_saving_and_issues_what_is_on_the_page() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    house.clock.pass(TimeDelta::days(29));
    let path = format!("/quyet-dinh/{}", play.campaign);
    let issue = format!("{path}/ban-hanh");
    let mut secretary = house.sign_in("bithu").await;
    let page = both_languages(&mut secretary, &path).await;
    let mut fields = chosen(&page);
    set(&mut fields, "number", "45");
    set(&mut fields, "in_favour", "8");
    set(&mut fields, "signed_on", "29/12/2022");
    set(&mut fields, "signer", &play.seated(0).await.unwrap().person.to_string());

    let before = of_base(&house, &play).await;
    let mut all_at_top = fields.clone();
    for line in &before.lines {
        set(&mut all_at_top, &format!("level-{}", line.line.review), &before.cap.level);
    }
    let levels = before.lines.iter().map(|line| (line.line.review, before.cap.level.clone())).collect();
    let cap = decision::cap_of(&house.app, &play.seated(0).await.unwrap(), play.campaign, &levels).await.unwrap();
    let over = cap.over;
    assert!(over > before.cap.over);
    let pairs: Vec<(&str, &str)> = all_at_top.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = Browser::form(&path, &pairs).header("sec-fetch-site", "same-origin").header("HX-Request", "true");
    let region = secretary.send(request.body(Body::from(encoded(&pairs))).unwrap()).await;
    assert_eq!(region.status, StatusCode::OK);
    assert!(
        region.text.contains(&format!("Vượt {over} người")) && region.text.contains("id=\"places\""),
        "{}",
        region.text
    );
    assert!(!region.text.contains("<html") && !region.text.contains("<table"), "{}", region.text);
    set(&mut all_at_top, "do", "count");
    let page = send(&mut secretary, &path, &all_at_top).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&format!("Vượt {over} người")), "the page counts without script too");
    assert_eq!(of_base(&house, &play).await.paper.number, "", "counting saves nothing");

    let page = send(&mut secretary, &issue, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the committee has not met");
    assert!(page.text.contains("DECISION-010"), "{}", page.text);
    committee_meets(&house, &play).await;
    set(&mut all_at_top, "do", "issue");
    on(&mut all_at_top, &page);
    let page = send(&mut secretary, &path, &all_at_top).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "levels that the rules forbid");
    assert!(page.text.contains("DECISION-007") && page.text.contains("Căn cứ:"), "{}", page.text);
    on(&mut fields, &page);
    let page = send(&mut secretary, &issue, &fields).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, Some(path.as_str())), "{}", page.text);
    assert!(of_base(&house, &play).await.issued);
    let page = both_languages(&mut secretary, &path).await;
    assert!(chosen(&page).is_empty(), "nothing can be chosen any more");
    assert_eq!(send(&mut secretary, &path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// A page to be issued as it stands.
fn ready(page: &Page, signer: &str) -> Fields {
    let mut fields = chosen(page);
    for (name, value) in [("number", "45"), ("in_favour", "8"), ("signed_on", "29/12/2022"), ("signer", signer)] {
        set(&mut fields, name, value);
    }
    fields
}

#[tokio::test]
async fn a_proposal_that_changed_after_the_committee_saved_its_level_must_be_looked_at_again() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    committee_meets(&house, &play).await;
    house.clock.pass(TimeDelta::days(29));
    let path = format!("/quyet-dinh/{}", play.campaign);
    let issue = format!("{path}/ban-hanh");
    let of_cell_path = format!("/de-xuat/{}/{}", play.campaign, play.cells[SEALED]);
    let mut secretary = house.sign_in("bithu").await;
    let signer = play.seated(0).await.unwrap().person.to_string();
    let mut opened = ready(&secretary.get(&path).await, &signer);
    assert_eq!(send(&mut secretary, &path, &opened).await.status, StatusCode::SEE_OTHER);

    let returned = secretary.post(&format!("{of_cell_path}/tra-lai"), &[("reason", "Xem lại")]).await;
    assert_eq!(returned.status, StatusCode::SEE_OTHER);
    let page = both_languages(&mut secretary, &path).await;
    assert!(page.text.contains("đã trả lại chi bộ, chưa gửi lại"), "{}", page.text);
    let page = send(&mut secretary, &issue, &ready(&page, &signer)).await;
    assert!(page.text.contains("DECISION-005"), "{}", page.text);
    on(&mut opened, &page);

    let mut head = house.sign_in("bithu.thon2").await;
    let mut fields = chosen(&head.get(&of_cell_path).await);
    let view = of_cell(&house, &play, SEALED).await;
    let mut found = None;
    for line in &view.lines {
        let levels = case(&house, &play, line.review).await.levels.into_iter().rev();
        let mut others = levels.filter(|one| one.possibility == "permitted" && one.level != line.proposed);
        found = found.or(others.next().map(|other| (line, other.level)));
    }
    let (line, level) = found.expect("somebody for whom another level is permitted");
    set(&mut fields, &format!("level-{}", line.review), &level);
    set(&mut fields, &format!("reason-{}", line.review), "Lý do mẫu");
    assert_eq!(send(&mut head, &format!("{of_cell_path}/gui"), &fields).await.status, StatusCode::SEE_OTHER);

    let page = send(&mut secretary, &issue, &opened).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the page was opened before the proposal changed");
    let confirm = format!("confirm-{}", line.review);
    assert!(page.text.contains("DECISION-011") && page.text.contains(&format!("id=\"{confirm}\"")), "{}", page.text);
    let page = both_languages(&mut secretary, &path).await;
    assert!(
        page.text.contains("Đề xuất của 1 người đã đổi")
            && page.text.contains(&format!("href=\"#level-{}\"", line.review))
    );
    assert_eq!(page.text.matches("Đề xuất đã đổi sau khi").count(), 1, "only this line: {}", page.text);
    let mut fields = ready(&page, &signer);
    let page = send(&mut secretary, &issue, &fields).await;
    assert!(page.text.contains("DECISION-011"), "saving without looking is not enough: {}", page.text);
    on(&mut fields, &page);
    set(&mut fields, &confirm, "1");
    set(&mut fields, &format!("reason-{}", line.review), "Giữ mức đã chọn, lý do mẫu");
    let page = send(&mut secretary, &issue, &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(of_base(&house, &play).await.issued);
}

#[tokio::test]
async fn a_decided_level_can_be_cleared_and_the_decision_waits_for_it() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    committee_meets(&house, &play).await;
    house.clock.pass(TimeDelta::days(29));
    let path = format!("/quyet-dinh/{}", play.campaign);
    let mut secretary = house.sign_in("bithu").await;
    let signer = play.seated(0).await.unwrap().person.to_string();
    let mut fields = ready(&secretary.get(&path).await, &signer);
    let field = fields.iter().find(|(name, _)| name.starts_with("level-")).unwrap().0.clone();
    assert_eq!(send(&mut secretary, &path, &fields).await.status, StatusCode::SEE_OTHER);
    let level = fields.iter().find(|(name, _)| *name == field).unwrap().1.clone();
    set(&mut fields, &field, "");
    on(&mut fields, &secretary.get(&path).await);
    assert_eq!(send(&mut secretary, &path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = secretary.get(&path).await;
    on(&mut fields, &page);
    assert!(chosen(&page).contains(&(field.clone(), String::new())), "the proposal does not fill it again");
    let page = send(&mut secretary, &format!("{path}/ban-hanh"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(noted(&house, &play, "decision.level_cleared").await, 1, "clearing is written down, once");
    assert!(page.text.contains("DECISION-006") && page.text.contains(&format!("href=\"#{field}\"")), "{}", page.text);
    set(&mut fields, &field, &level);
    on(&mut fields, &page);
    assert_eq!(send(&mut secretary, &format!("{path}/ban-hanh"), &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_older_page_of_a_proposal_does_not_wipe_away_what_another_saved() {
    let (house, play) = House::demo().await;
    let path = format!("/de-xuat/{}/{}", play.campaign, play.cells[SEALED]);
    let mut head = house.sign_in("bithu.thon2").await;
    let mut other = house.sign_in("bithu.thon2").await;
    let (mut older, mut newer) = (chosen(&head.get(&path).await), chosen(&other.get(&path).await));
    let lines = of_cell(&house, &play, SEALED).await.lines;
    let (first, second) = (lines[0].review, lines[1].review);
    set(&mut newer, &format!("reason-{first}"), "Lý do của người lưu trước");
    set(&mut newer, "note", "Ghi chú đã lưu");
    assert_eq!(send(&mut other, &path, &newer).await.status, StatusCode::SEE_OTHER);

    set(&mut older, &format!("reason-{second}"), "Lý do của người lưu sau");
    set(&mut older, "note", "Ghi chú khác");
    for address in [path.clone(), format!("{path}/gui")] {
        let page = send(&mut head, &address, &older).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        let saver = play.head(SEALED).await.unwrap().name;
        assert!(page.text.contains("REVIEW-010") && page.text.contains(&format!("được {saver} sửa")), "{}", page.text);
        assert!(page.text.contains("Lý do của người lưu sau"), "what was typed stays");
        assert!(page.text.contains("Lý do của người lưu trước"), "and what is stored is shown");
        assert!(page.text.contains("Ghi chú khác") && page.text.contains("Ghi chú đã lưu"));
        no_key_is_missing(&page);
    }
    let kept = of_cell(&house, &play, SEALED).await;
    assert_eq!(
        (kept.lines[0].proposed_reason.as_str(), kept.note.as_str()),
        ("Lý do của người lưu trước", "Ghi chú đã lưu")
    );
    let page = send(&mut head, &path, &older).await;
    on(&mut older, &page);
    assert_eq!(send(&mut head, &path, &older).await.status, StatusCode::SEE_OTHER, "having seen it, he may save");
    assert_eq!(of_cell(&house, &play, SEALED).await.lines[1].proposed_reason, "Lý do của người lưu sau");
}

#[tokio::test]
async fn an_older_page_of_a_decision_does_not_wipe_away_what_another_saved() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    let path = format!("/quyet-dinh/{}", play.campaign);
    let mut secretary = house.sign_in("bithu").await;
    let mut other = house.sign_in("bithu").await;
    let signer = play.seated(0).await.unwrap();
    let mut older = ready(&secretary.get(&path).await, &signer.person.to_string());
    let mut newer = older.clone();
    let field = newer.iter().find(|(name, value)| name.starts_with("level-") && !value.is_empty()).unwrap().0.clone();
    set(&mut newer, &field, "");
    set(&mut newer, "in_favour", "7");
    assert_eq!(send(&mut other, &path, &newer).await.status, StatusCode::SEE_OTHER);
    for address in [path.clone(), format!("{path}/ban-hanh")] {
        let page = send(&mut secretary, &address, &older).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(page.text.contains("REVIEW-010") && page.text.contains(&signer.name), "{}", page.text);
        assert!(page.text.contains("Số người tán thành: 7"), "{}", page.text);
        assert_eq!(page.text.matches("Đang lưu:").count(), 2, "one line and the fields: {}", page.text);
        assert!(
            older.iter().filter(|(name, _)| *name == field).all(|one| chosen(&page).contains(one)),
            "it stays typed"
        );
        no_key_is_missing(&page);
    }
    let kept = of_base(&house, &play).await;
    assert_eq!((kept.paper.in_favour, kept.lines.iter().filter(|line| line.level.is_empty()).count()), (7, 1));
    let page = send(&mut secretary, &path, &older).await;
    on(&mut older, &page);
    assert_eq!(send(&mut secretary, &path, &older).await.status, StatusCode::SEE_OTHER, "having seen it, he may save");
    assert_eq!(of_base(&house, &play).await.paper.in_favour, 8);
}

#[tokio::test]
async fn the_base_of_the_vote_is_that_of_the_sealed_minutes_and_not_of_the_last_save() {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    let path = format!("/quyet-dinh/{}", play.campaign);
    let mut secretary = house.sign_in("bithu").await;
    let signer = play.seated(0).await.unwrap();
    let fields = ready(&secretary.get(&path).await, &signer.person.to_string());
    assert_eq!(send(&mut secretary, &path, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(of_base(&house, &play).await.paper.base, 0, "saved before the committee met");
    committee_meets(&house, &play).await;
    house.clock.pass(TimeDelta::days(29));
    let mut secretary = house.sign_in("bithu").await;
    let page = secretary.post(&format!("{path}/ban-hanh"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let base = of_base(&house, &play).await.paper.base;
    let what = What::OfUnit { campaign: play.campaign, unit: play.base, paper: UnitPaper::Decision };
    let paper = data(&house.app, &signer, what).await.unwrap().to_string();
    assert!(base > 8 && paper.contains(&format!("8 trên tổng số {base} uỷ viên")), "{base}: {paper}");
}

/// The demonstration after the decision, and the review of the member who signs in.
async fn decided() -> (House, Play, String) {
    let (house, play) = House::demo().await;
    play.finish_cells().await.unwrap();
    play.decide().await.unwrap();
    house.clock.pass(TimeDelta::days(29));
    let reviews = play.reviews(MEMBERS.0).await.unwrap();
    let (row, _) = reviews.into_iter().find(|(_, member)| member.number == MEMBERS.1).unwrap();
    (house, play, row.review_id.to_string())
}

#[tokio::test]
async fn a_member_reads_his_notice_and_replies_once_and_nobody_of_another_cell_sees_it() {
    let (house, play, review) = decided().await;
    let path = format!("/ho-so/{review}/thong-bao");
    let mut member = house.sign_in("dangvien").await;
    let page = both_languages(&mut member, &path).await;
    assert!(page.text.contains("45") && page.text.contains("name=\"reply\""), "{}", page.text);
    let head = play.head(MEMBERS.0).await.unwrap();
    let seen = application::reads::after::notice(&house.app, &head, review.parse().unwrap()).await.unwrap();
    assert!(seen.read_at.is_some(), "his looking is on record");

    assert_eq!(member.post(&path, &[("reply", "  ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(member.post(&path, &[("reply", "Ý kiến mẫu")]).await.status, StatusCode::SEE_OTHER);
    let page = member.get(&path).await;
    assert!(page.text.contains("Ý kiến mẫu") && !page.text.contains("name=\"reply\""));
    assert_eq!(member.post(&path, &[("reply", "Lần hai")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut stranger = house.sign_in("bithu.thon1").await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_shortcoming_is_planned_by_the_secretary_and_closed_by_its_monitor_only() {
    let (house, play, review) = decided().await;
    let path = format!("/ho-so/{review}/khac-phuc");
    let mut head = house.sign_in("bithu.thon4").await;
    both_languages(&mut head, &path).await;
    let monitor = play.member(MEMBERS.0, 1).unwrap().person.to_string();
    let item = |due_on| {
        [
            ("source", "self_review"),
            ("shortcoming", "Hạn chế mẫu"),
            ("measure", "Biện pháp mẫu"),
            ("expected", "Kết quả mẫu"),
            ("monitor", monitor.as_str()),
            ("due_on", due_on),
        ]
    };
    let page = head.post(&path, &item("01/01/2022")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("REMEDY-002") && page.text.contains("Biện pháp mẫu"), "{}", page.text);
    assert_eq!(head.post(&path, &item("31/03/2023")).await.status, StatusCode::SEE_OTHER);

    let list = format!("/khac-phuc/{}/{}", play.campaign, play.cells[MEMBERS.0]);
    let page = both_languages(&mut head, &list).await;
    let here = page.text.split("href=\"/khac-phuc/").nth(1).and_then(|rest| rest.split('"').next()).expect("the item");
    let here = format!("/khac-phuc/{here}");
    let mut owner = house.sign_in("dangvien").await;
    let page = owner.get(&here).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("name=\"outcome\""), "its owner does not close it");
    let own = owner.post(&here, &[("outcome", "Xong")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("REMEDY-015"), "{}", own.text);
    both_languages(&mut head, &here).await;
    let today = house.app.clock.today().shown();
    let seen = |outcome| [("outcome", outcome), ("checked_on", today.as_str())];
    assert_eq!(head.post(&here, &seen("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(head.post(&here, &[("outcome", "Đã kiểm tra")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(head.post(&here, &seen("Đã kiểm tra")).await.status, StatusCode::SEE_OTHER);
    assert!(both_languages(&mut head, &here).await.text.contains("Đã kiểm tra"));
}

#[tokio::test]
async fn the_summary_counts_everybody_once() {
    let (house, play, _) = decided().await;
    let mut secretary = house.sign_in("bithu").await;
    let page = both_languages(&mut secretary, &format!("/tong-hop/{}/{}", play.campaign, play.base)).await;
    let actor = play.seated(0).await.unwrap();
    let view = application::reads::after::summary(&house.app, &actor, play.campaign, play.base).await.unwrap();
    let total = view.total;
    assert_eq!(total.people, total.rated + total.not_rated + total.exempt + total.open);
    assert_eq!(total.rated, total.levels.values().sum::<u32>());
    assert_eq!(view.lines.iter().map(|line| line.people).sum::<u32>(), total.people);
    assert!(page.text.contains("id=\"xem-xet\"") && page.text.contains("phải tra kết quả kỳ 2021"), "{}", page.text);
    let decision = both_languages(&mut secretary, &format!("/quyet-dinh/{}", play.campaign)).await;
    assert!(decision.text.contains("(sau hạn 25/12/2022)"), "signed on 30/12: {}", decision.text);
    for (list, number) in [("dang-vien", total.people), ("da-xep-loai", total.rated)] {
        assert!(page.text.contains(&format!("{}/danh-sach/{list}\">{number}</a>", play.base)), "{list}: {}", page.text);
    }
}
