//! The whole review of one base organisation in a browser, as five people live it: clerk, member, cell secretary,
//! tellers, committee secretary; from the roster to the decision on paper.

#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "a journey runs on the real clock and waits for real programs")]

#[path = "browser.rs"]
mod browser;
#[path = "pages.rs"]
mod pages;
#[path = "roster_file.rs"]
mod roster_file;

use std::path::Path;
use std::process::{Command, Stdio};

use browser::{Owned, Person, driver, free_port, wait_for_port};

const PHONE: u32 = 390;
const DESK: u32 = 1280;

/// A fresh installation: data folder, server, driver.
struct Office {
    _server: Owned,
    _driver: Owned,
    driver: u16,
    base: String,
    folder: tempfile::TempDir,
}

impl Office {
    fn opens() -> (Self, String) {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let first = [
            "user", "first", "--unit", "Đảng uỷ xã Mẫu", "--unit-code", "DU", "--superior", "Huyện uỷ Mẫu", "--place",
            "Mẫu",
        ];
        let clerk = ["--name", "Nguyễn Thị Mẫu 99", "--code", "VP01", "--login", "vanphong"];
        let passphrase = guong(folder.path(), &[&first[..], &clerk[..]].concat());
        let server = command(folder.path())
            .args(["serve"])
            .env("GUONG_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server");
        wait_for_port(port);
        let (driver_child, driver) = driver();
        let base = format!("http://127.0.0.1:{port}");
        (Self { _server: Owned(server), _driver: driver_child, driver, base, folder }, passphrase)
    }

    async fn sits_down(&self, width: u32, login: &str, passphrase: &str) -> Person {
        Person::sits_down(self.driver, &self.base, width, login, passphrase).await
    }

    /// An account for a person of the roster; the passphrase is what the console prints.
    fn account(&self, code: &str, login: &str) -> String {
        guong(self.folder.path(), &["user", "add", "--person", code, "--login", login])
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guong"));
    command.env("GUONG_DATA_FOLDER", folder.join("data")).env("LANG", "vi_VN.UTF-8").current_dir(folder);
    command
}

/// Runs a verb that prints a passphrase: four or more groups of four signs joined by hyphens.
fn guong(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder).args(arguments).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    let mut words = said.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    words.rfind(|word| word.matches('-').count() >= 4).unwrap_or_else(|| panic!("no passphrase in: {said}")).to_owned()
}

/// Today in Vietnam as typed; the journeys run on the real clock.
fn today() -> String {
    let now = chrono::Utc::now() + chrono::TimeDelta::hours(7);
    now.format("%d/%m/%Y").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commune_goes_from_roster_to_signed_papers_and_remediation() {
    let (office, passphrase) = Office::opens();
    let clerk = office.sits_down(DESK, "vanphong", &passphrase).await;
    let campaign = roster_and_campaign(&office, &clerk).await;
    let unit = cell_of(&clerk, &campaign).await;
    let passphrases = ["M01", "M02", "M03", "M04"].map(|code| office.account(code, &code.to_lowercase()));
    self_reviews(&office, &passphrases).await;
    cell_meeting(&office, &campaign, &unit, &passphrases).await;
    decision(&office, &clerk, &campaign).await;
    notice_and_remedy(&office, &campaign, &unit, &passphrases).await;
    clerk.leaves().await;
}

/// Steps 5 and 6: the roster goes in when it is confirmed, the campaign is opened under the book of its year.
async fn roster_and_campaign(office: &Office, clerk: &Person) -> String {
    let file = office.folder.path().join("danh-sach.xlsx");
    std::fs::write(&file, roster_file::workbook()).expect("a file");
    clerk.goes_to("/danh-sach/nhap").await;
    clerk.page_is_sound().await;
    clerk.sends_file("tep", &file).await;
    clerk.presses("form[enctype] button").await;
    clerk.page_is_sound().await;
    clerk.presses("form:has(input[name='da-xem']) button").await;
    clerk.goes_to("/dot/mo?year=2022").await;
    clerk.page_is_sound().await;
    clerk.presses("form[method='post'][action='/dot/mo'] button").await;
    clerk.reads("Chi bộ Thôn Mẫu").await;
    clerk.page_is_sound().await;
    clerk.path().await.rsplit('/').next().expect("an id").to_owned()
}

async fn cell_of(clerk: &Person, campaign: &str) -> String {
    let links = clerk.all(&format!("th a[href^='/dot/{campaign}/']"), "href").await;
    links.first().and_then(|link| link.rsplit('/').next()).expect("the cell").to_owned()
}

/// Step 7: one member on a phone, the others at a desk; the secretary writes for one who cannot.
async fn self_reviews(office: &Office, passphrases: &[String; 4]) {
    for (number, passphrase) in passphrases.iter().enumerate() {
        let width = if number == 1 { PHONE } else { DESK };
        let member = office.sits_down(width, &format!("m0{}", number + 1), passphrase).await;
        member.page_is_sound().await;
        member.presses(".task-list a[href$='/tu-kiem-diem']").await;
        write_self_review(&member).await;
        member.page_is_sound().await;
        member.presses("button[name='do'][value='submit']").await;
        member.reads("Đã nộp bản tự kiểm điểm").await;
        if number == 0 {
            writes_for_another(&member).await;
        }
        member.leaves().await;
    }
}

async fn write_self_review(member: &Person) {
    for field in member.all("textarea", "id").await {
        member.types(&field, &format!("Nội dung mẫu của mục {field}.")).await;
    }
    let mut names = member.all("input[type='radio'][value='good']", "name").await;
    names.dedup();
    for name in names {
        member.ticks(&name, "good").await;
    }
}

/// The secretary writes for the fifth member, with a reason.
async fn writes_for_another(secretary: &Person) {
    secretary.goes_to("/dot").await;
    secretary.presses("main table a").await;
    secretary.presses("th a[href^='/dot/']").await;
    let links = secretary.all("td a[href$='/tu-kiem-diem']", "href").await;
    secretary.goes_to(links.last().expect("somebody to write for")).await;
    write_self_review(secretary).await;
    secretary.presses("button[name='do'][value='submit']").await;
    secretary.reads("Lý do ghi giúp").await;
    secretary.types("on_behalf_reason", "Tuổi cao, mắt kém, đọc cho chi uỷ ghi.").await;
    secretary.presses("button[name='do'][value='submit']").await;
    secretary.reads("Đã nộp bản tự kiểm điểm").await;
}

/// Steps 8 and 9: meeting, criticism and answer, ballot on paper counted twice, minutes sealed, proposal sent.
async fn cell_meeting(office: &Office, campaign: &str, unit: &str, passphrases: &[String; 4]) {
    let place = format!("/hoi-nghi/{campaign}/{unit}");
    let secretary = office.sits_down(DESK, "m01", &passphrases[0]).await;
    secretary.goes_to(&place).await;
    record_meeting(&secretary).await;
    secretary.reads("8 − 3 = 5").await;
    secretary.unfolds().await;
    secretary.selects("review", "Nguyễn Văn Mẫu 02").await;
    secretary.types("content", "Có lúc chậm báo cáo.").await;
    secretary.types("answer", "Xin tiếp thu, sẽ khắc phục.").await;
    secretary.presses("form[action$='/y-kien'] button").await;
    secretary.page_is_sound().await;
    for (name, person) in
        [("teller_a", "Nguyễn Văn Mẫu 03"), ("teller_b", "Nguyễn Văn Mẫu 04"), ("head_teller", "Nguyễn Văn Mẫu 02")]
    {
        secretary.selects(name, person).await;
    }
    secretary.presses("form[action$='/phieu'] button").await;
    let ballot = secretary.path().await;
    count(office, &ballot, passphrases).await;
    secretary.goes_to(&place).await;
    secretary.presses("form[action$='/khoa'] button").await;
    secretary.reads("Biên bản đã khoá").await;
    secretary.page_is_sound().await;
    let proposal = format!("/de-xuat/{campaign}/{unit}");
    secretary.goes_to(&proposal).await;
    secretary.page_is_sound().await;
    secretary.presses(&format!("form[action='{proposal}'] button")).await;
    secretary.presses("form[action$='/gui'] button, button[formaction$='/gui'], button[name='do'][value='send']").await;
    secretary.page_is_sound().await;
    secretary.leaves().await;
}

async fn record_meeting(person: &Person) {
    let secretary = person.all("select[name='secretary'] option:nth-child(3)", "value").await;
    person.types("starts_at", "07:30").await;
    person.types("place", "Nhà văn hoá thôn Mẫu").await;
    person.chooses("secretary", secretary.first().expect("somebody")).await;
    person.types("discussion", "Thảo luận mẫu.").await;
    person.types("conclusion", "Thống nhất kết luận mẫu.").await;
    person.types("ends_at", "11:00").await;
    person.presses("form:has([name='held_on']) button.button").await;
}

/// The first teller counts wrongly; the head of counting resolves the difference.
async fn count(office: &Office, ballot: &str, passphrases: &[String; 4]) {
    for (login, wrong) in [(2, true), (3, false)] {
        let teller = office.sits_down(DESK, &format!("m0{}", login + 1), &passphrases[login]).await;
        teller.goes_to(ballot).await;
        type_count(&teller, wrong).await;
        teller.presses(&format!("form[action^='{ballot}'] button")).await;
        teller.page_is_sound().await;
        teller.leaves().await;
    }
    let head = office.sits_down(PHONE, "m02", &passphrases[1]).await;
    head.goes_to(ballot).await;
    head.reads("Chỗ khác nhau").await;
    head.page_is_sound().await;
    type_count(&head, false).await;
    head.types("note", "Người thứ nhất đếm nhầm một phiếu.").await;
    head.presses(&format!("form[action^='{ballot}'] button")).await;
    head.reads("Kết quả").await;
    head.leaves().await;
}

async fn type_count(person: &Person, wrong: bool) {
    for (field, figure) in [("printed", "6"), ("given", "5"), ("left_over", "1"), ("returned", "5"), ("valid", "5")] {
        person.types(field, figure).await;
    }
    for field in person.all("input.count[id$='-good']", "id").await {
        person.types(&field, if wrong && field == "line-1-good" { "4" } else { "5" }).await;
    }
    if wrong {
        person.types("line-1-fulfilled", "1").await;
    }
}

/// Step 10: the committee meets, decides, the papers come out.
async fn decision(office: &Office, clerk: &Person, campaign: &str) {
    let secretary = office.sits_down(DESK, "bithu", &office.account("C01", "bithu")).await;
    secretary.goes_to(&format!("/dot/{campaign}")).await;
    let links = secretary.all("a[href^='/hoi-nghi/']", "href").await;
    let place = links.first().expect("the committee's meeting").clone();
    secretary.goes_to(&place).await;
    record_meeting(&secretary).await;
    secretary.presses("form[action$='/khoa'] button").await;
    secretary.goes_to(&format!("/quyet-dinh/{campaign}")).await;
    secretary.page_is_sound().await;
    secretary.types("number", "15").await;
    secretary.types("signed_on", &today()).await;
    secretary.types("in_favour", "3").await;
    secretary.presses("button[name='do'][value='issue']").await;
    secretary.reads("Mẫu 05").await;
    secretary.page_is_sound().await;
    let papers = place.replace("/hoi-nghi/", "/giay-to/");
    clerk.goes_to(&papers).await;
    clerk.page_is_sound().await;
    let pdf = clerk.downloads("a[href*='quyet-dinh'][href$='/pdf']", "pdf").await;
    let text = Command::new("pdftotext")
        .arg("-layout")
        .arg(&pdf)
        .arg("-")
        .output()
        .expect("pdftotext, which .ci/test installs");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    for words in ["ĐẢNG CỘNG SẢN VIỆT NAM", "QUYẾT ĐỊNH", "Nguyễn Văn Mẫu 05"] {
        assert!(text.contains(words), "“{words}” is not in the decision:\n{text}");
    }
    secretary.leaves().await;
}

/// Step 11: the person reads, replies; the shortcoming becomes an item.
async fn notice_and_remedy(office: &Office, campaign: &str, unit: &str, passphrases: &[String; 4]) {
    let member = office.sits_down(PHONE, "m02", &passphrases[1]).await;
    member.presses(".task-list a[href$='/thong-bao']").await;
    member.reads("Nguyễn Văn Mẫu 02").await;
    member.page_is_sound().await;
    member.types("reply", "Tôi nhất trí.").await;
    member.presses("form[action$='/thong-bao'] button").await;
    let remedy = member.path().await.replace("/thong-bao", "/khac-phuc");
    member.leaves().await;
    let secretary = office.sits_down(DESK, "m01", &passphrases[0]).await;
    secretary.goes_to(&remedy).await;
    secretary.unfolds().await;
    secretary.types("shortcoming", "Có lúc chậm báo cáo.").await;
    secretary.types("measure", "Báo cáo trước ngày 25 hằng tháng.").await;
    secretary.selects("monitor", "Nguyễn Văn Mẫu 03").await;
    secretary.types("due_on", "31/12/2099").await;
    secretary.presses("form[action$='/khac-phuc'] button").await;
    secretary.reads("Báo cáo trước ngày 25").await;
    secretary.page_is_sound().await;
    secretary.goes_to(&format!("/tong-hop/{campaign}/{unit}")).await;
    secretary.page_is_sound().await;
    secretary.leaves().await;
}
