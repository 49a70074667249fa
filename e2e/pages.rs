//! Every page of the demonstration as several people see it, at a desk and on a phone; a review written without script;
//! and one written with the keyboard alone.

use std::collections::{BTreeSet, VecDeque};
use std::process::Stdio;

use super::browser::{Owned, Person, driver, free_port, wait_for_port};
use super::{DESK, PHONE, command};

/// More kinds of page than this nobody of the demonstration sees.
const MOST: usize = 80;

struct Demonstration {
    _server: Owned,
    _driver: Owned,
    driver: u16,
    base: String,
    _folder: tempfile::TempDir,
}

impl Demonstration {
    fn opens() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let data = folder.path().join("demo");
        let server = command(folder.path())
            .args(["demo", "--port", &port.to_string(), "--data-folder"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server");
        let server = Owned(server);
        wait_for_port(port);
        let (driver_child, driver) = driver();
        Self {
            _server: server,
            _driver: driver_child,
            driver,
            base: format!("http://127.0.0.1:{port}"),
            _folder: folder,
        }
    }
}

/// The passphrase that the demonstration prints for an account.
fn passphrase(login: &str) -> String {
    format!("mau-{login}-nam-2022")
}

/// A path with its ids taken out, so that of pages that differ in nothing else one is looked at.
fn kind(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let is_id = |part: &&str| part.len() == 36 && part.matches('-').count() == 4;
    path.split('/').map(|part| if is_id(&part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// Files are not pages.
fn is_page(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let file = ["/pdf", "/docx", "/xlsx", ".xlsx", ".csv", ".zip", ".json", "/tai-ve", "/tep"];
    href.starts_with('/') && !href.starts_with("/assets/") && !file.iter().any(|ending| path.ends_with(ending))
}

/// Follows every link to a page of a kind not seen yet.
async fn looks_at_everything(person: &Person) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(kind(&path)) {
            continue;
        }
        assert!(seen.len() < MOST, "{seen:?}");
        person.goes_to(&path).await;
        person.sees("h1").await;
        assert_eq!(person.status().await, Some(200), "{path}");
        person.unfolds().await;
        person.page_is_sound().await;
        let links = person.all("a[href]:not([download])", "href").await;
        waiting.extend(links.into_iter().filter(|href| is_page(href) && !seen.contains(&kind(href))));
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_sound_at_a_desk_and_on_a_phone() {
    let house = Demonstration::opens();
    for (login, least) in [("vanthu", 12), ("bithu", 10), ("bithu.thon1", 10), ("dangvien", 3)] {
        for width in [DESK, PHONE] {
            let person = Person::sits_down(house.driver, &house.base, width, login, &passphrase(login)).await;
            let seen = looks_at_everything(&person).await;
            assert!(seen.len() >= least, "{login} sees only {seen:?}");
            person.leaves().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_hands_in_a_self_review_without_script() {
    let house = Demonstration::opens();
    let member = Person::sits_down_without_script(house.driver, &house.base, "dangvien", &passphrase("dangvien")).await;
    member.presses(".task-list a[href$='/tu-kiem-diem']").await;
    for field in member.all("textarea", "id").await {
        member.types(&field, "Nội dung viết khi không có kịch bản.").await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let state = member.sees("[data-save-state]").await.text().await.expect("an element");
    assert_eq!(state, "", "a script ran");
    member.presses("button[name='do'][value='submit']").await;
    member.reads("Nội dung viết khi không có kịch bản.").await;
    member.sees(".error").await;
    for choice in member.all("input[type='radio'][value='good']", "id").await {
        member.presses_label(&choice).await;
    }
    member.presses("button[name='do'][value='save']").await;
    member.reads("Đã lưu bản nháp").await;
    member.presses("button[name='do'][value='submit']").await;
    member.reads("Đã nộp bản tự kiểm điểm").await;
    member.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_writes_and_hands_in_with_the_keyboard_alone() {
    const SPACE: &str = " ";
    let house = Demonstration::opens();
    let member = Person::opens_a_browser(house.driver, &house.base, DESK, true).await;
    member.goes_to("/dang-nhap").await;
    member.tabs_to("#login").await;
    member.keys("dangvien").await;
    member.tabs_to("#passphrase").await;
    member.keys(&passphrase("dangvien")).await;
    member.enters().await;
    member.tabs_to(".task-list a[href$='/tu-kiem-diem']").await;
    member.enters().await;
    for field in member.all("textarea", "id").await {
        member.tabs_to(&format!("[id='{field}']")).await;
        member.keys("Nội dung gõ bằng bàn phím.").await;
    }
    // From the top again: the choices stand between the texts.
    let path = member.path().await;
    member.tabs_to("button[name='do'][value='save']").await;
    member.enters().await;
    member.goes_to(&path).await;
    let mut names = member.all("input[type='radio'][value='good']", "name").await;
    names.dedup();
    for name in names {
        member.tabs_to(&format!("input[type='radio'][name='{name}']")).await;
        member.keys(SPACE).await;
        while member.all(&format!("input[name='{name}'][value='good']:checked"), "id").await.is_empty() {
            member.keys("\u{E015}").await;
        }
    }
    member.tabs_to("button[name='do'][value='submit']").await;
    member.enters().await;
    member.reads("Đã nộp bản tự kiểm điểm").await;
    member.leaves().await;
}
