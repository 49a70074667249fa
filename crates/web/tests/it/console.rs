//! The verbs of the console, as somebody types them: what they say, and with what code they end.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use application::upkeep;
use tempfile::TempDir;

use crate::house::House;

fn examples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn guong(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guong"));
    command.current_dir(folder).env("GUONG_DATA_FOLDER", folder).args(["--lang", "vi"]).args(words);
    command.output().expect("the program starts")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{}", said(output)))
}

#[test]
fn check_ends_with_one_when_a_rule_is_broken_and_with_two_when_the_file_is_no_table() {
    let folder = TempDir::new().expect("a folder");
    let table = examples("published-results.csv");
    let found = guong(folder.path(), &["check", table.to_str().expect("a path")]);
    assert_eq!(code(&found), 1, "{}", said(&found));
    assert!(said(&found).contains("đúng ra là 352/353 = 99,72 %"), "{}", said(&found));
    std::fs::write(folder.path().join("dung.csv"), "place,year,rated,note\nXã Mẫu,2022,12,\n").expect("written");
    assert_eq!(code(&guong(folder.path(), &["check", "dung.csv"])), 0);
    std::fs::write(folder.path().join("khac.csv"), "a,b\n1,2\n").expect("written");
    std::fs::write(folder.path().join("anh.csv"), b"\x89PNG\r\n\x1a\n____").expect("written");
    for (file, reason) in [("khac.csv", "CHECK-001"), ("anh.csv", "INTAKE-003"), ("khong-co.csv", "khong-co.csv")] {
        let refused = guong(folder.path(), &["check", file]);
        assert_eq!(code(&refused), 2, "{file}");
        assert!(said(&refused).contains(reason), "{}", said(&refused));
    }
    let of_units = guong(folder.path(), &["check", "dung.csv", "--kind", "published", "--units", "dung.csv"]);
    assert_eq!(code(&of_units), 2, "a table of figures has no heads to hold against their units");
    assert!(said(&of_units).contains("CHECK-025"), "{}", said(&of_units));
}

#[test]
fn check_writes_json_html_and_a_workbook() {
    let folder = TempDir::new().expect("a folder");
    let table = examples("published-results.csv");
    let table = table.to_str().expect("a path");
    let json = guong(folder.path(), &["check", table, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["rows"].as_array().expect("rows").len(), 9);
    let html = guong(folder.path(), &["check", table, "--format", "html"]);
    assert!(said(&html).contains("<!doctype html>") && said(&html).contains("144/604"));
    assert_eq!(code(&guong(folder.path(), &["check", table, "--format", "xlsx"])), 2);
    assert_eq!(code(&guong(folder.path(), &["check", table, "--format", "xlsx", "--out", "ra.xlsx"])), 1);
    let again = guong(folder.path(), &["check", "ra.xlsx"]);
    assert_eq!(code(&again), 1, "what was written can be read again: {}", said(&again));
}

#[test]
fn check_never_writes_over_the_table_it_reads() {
    let folder = TempDir::new().expect("a folder");
    let list = "Họ tên,Xếp loại\nMẫu 01,HTT\n";
    std::fs::write(folder.path().join("bang.csv"), list).expect("written");
    let refused = guong(folder.path(), &["check", "bang.csv", "--period", "2022", "--out", "./bang.csv"]);
    assert_eq!(code(&refused), 2, "{}", said(&refused));
    assert!(said(&refused).contains("bang.csv"), "{}", said(&refused));
    assert_eq!(std::fs::read_to_string(folder.path().join("bang.csv")).expect("read"), list);
}

fn tables(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../application/tests/tables").join(name);
    file.to_str().expect("a path").to_owned()
}

#[test]
fn check_reads_a_list_of_people_and_says_how_it_read_it() {
    let folder = TempDir::new().expect("a folder");
    let list = tables("members-plain.csv");
    let found = guong(folder.path(), &["check", &list, "--period", "2022", "--most", "3"]);
    assert_eq!(code(&found), 1, "{}", said(&found));
    let text = said(&found);
    for words in [
        "Cột H “Kỷ luật” → Bị kỷ luật trong năm",
        "ROLL-105",
        "Bị kỷ luật trong năm: Không hoàn thành nhiệm vụ",
        "Chưa kết luận được".to_uppercase().as_str(),
        "… và còn",
        "party-2018-qd132",
        "Mặc định:",
    ] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(!text.contains('⟦'), "a key without words: {text}");
    let json = guong(folder.path(), &["check", &list, "--period", "2022", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((json["head"]["rows"].as_u64(), json["head"]["book"].as_str()), (Some(7), Some("party-2018-qd132")));
}

#[test]
fn the_way_of_reading_is_shown_corrected_and_given_back() {
    let folder = TempDir::new().expect("a folder");
    let list = tables("members-plain.csv");
    let shown = guong(folder.path(), &["check", &list, "--show-map"]);
    assert_eq!(code(&shown), 0, "{}", said(&shown));
    let map = String::from_utf8(shown.stdout).expect("text");
    assert!(map.contains("means = \"fact.disciplined_in_year\"") && map.contains("period = \"2022\""), "{map}");
    let corrected = map.replace("\"fact.disciplined_in_year\"", "\"none\"");
    std::fs::write(folder.path().join("map.toml"), &corrected).expect("written");
    let found = guong(folder.path(), &["check", &list, "--map", "map.toml"]);
    assert!(!said(&found).contains("ROLL-105") && said(&found).contains("H “Kỷ luật”"), "{}", said(&found));
    std::fs::write(folder.path().join("map.toml"), corrected.replace("\"name\"", "\"fact.height\"")).expect("written");
    let refused = guong(folder.path(), &["check", &list, "--map", "map.toml"]);
    assert!(code(&refused) == 2 && said(&refused).contains("fact.height"), "{}", said(&refused));
}

#[test]
fn a_checked_list_is_written_with_marks_and_as_a_page() {
    let folder = TempDir::new().expect("a folder");
    let list = tables("members-plain.csv");
    let written = guong(folder.path(), &["check", &list, "--period", "2022", "--format", "xlsx", "--out", "ra.xlsx"]);
    assert_eq!(code(&written), 1, "{}", said(&written));
    let bytes = std::fs::read(folder.path().join("ra.xlsx")).expect("written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut comments = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        if part.name().expect("a name").contains("comments") {
            std::io::Read::read_to_string(&mut part, &mut comments).expect("text");
        }
    }
    assert!(comments.contains("ROLL-105") && comments.contains("ref=\"K6\""), "{comments}");
    let again = guong(folder.path(), &["check", "ra.xlsx", "--period", "2022"]);
    assert!(said(&again).contains("ROLL-105"), "what was written can be read again: {}", said(&again));
    let page = guong(folder.path(), &["check", &list, "--period", "2022", "--format", "html"]);
    assert!(said(&page).contains("<!doctype html>") && said(&page).contains("ROLL-105") && !said(&page).contains('⟦'));
}

#[test]
fn a_list_that_cannot_be_understood_is_refused_with_what_was_seen() {
    let folder = TempDir::new().expect("a folder");
    let cases = [
        ("a.csv", "Họ tên,Ngày sinh\nNguyễn Văn Mẫu,1/1/1970\n", &["--period", "2022"][..], "“Ngày sinh”"),
        ("b.csv", "Họ tên,Xếp loại,Xếp loại\nNguyễn Văn Mẫu,HTT,HT\n", &["--period", "2022"], "CHECK-013"),
        ("c.csv", "Họ tên,Xếp loại\nNguyễn Văn Mẫu,HTT\n", &[], "CHECK-012"),
        ("d.csv", "Họ tên,Xếp loại\nNguyễn Văn Mẫu,HTT\n", &["--period", "1975"], "CHECK-014"),
        ("e.csv", "Họ tên,Xếp loại\nNguyễn Văn Mẫu,HTT\n", &["--period", "1e308"], "CHECK-015"),
        ("f.csv", "Họ tên,Xếp loại\nNguyễn Văn Mẫu,HTT\n", &["--period", "2022", "--set", "a=b"], "quota_denominator"),
        ("g.csv", "Họ tên,Xếp loại\n", &["--period", "2022"], "CHECK-004"),
        ("h.csv", "", &["--period", "2022"], "INTAKE-001"),
    ];
    for (name, text, words, reason) in cases {
        std::fs::write(folder.path().join(name), text).expect("written");
        let refused = guong(folder.path(), &[&["check", name], words].concat());
        assert_eq!(code(&refused), 2, "{name}: {}", said(&refused));
        assert!(said(&refused).contains(reason) && !said(&refused).contains('⟦'), "{name}: {}", said(&refused));
    }
}

#[tokio::test]
async fn the_journal_is_verified_and_one_changed_byte_is_named() {
    let folder = TempDir::new().expect("a folder");
    let (house, play) = House::demo().await;
    let mut lines = Vec::new();
    upkeep::export_journal(&house.app, play.root, &mut lines).await.expect("exported");
    let file = folder.path().join("so.jsonl");
    std::fs::write(&file, &lines).expect("written");
    std::fs::write(folder.path().join("diem.txt"), upkeep::checkpoint(&house.app, play.root).await.expect("a head"))
        .expect("written");
    let words = ["verify", "journal", "--file", "so.jsonl", "--checkpoint", "diem.txt"];
    assert_eq!(code(&guong(folder.path(), &words)), 0);
    let number = 42;
    let text = String::from_utf8(lines).expect("text");
    let changed: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == number { line.replacen("\"act\":\"", "\"act\":\"x", 1) } else { line.to_owned() })
        .collect();
    std::fs::write(&file, changed.join("\n") + "\n").expect("written");
    let found = guong(folder.path(), &words);
    assert_eq!(code(&found), 1);
    assert!(said(&found).contains("số 42, mã ") && said(&found).contains("nội dung mục đã bị sửa"), "{}", said(&found));
    let shorter: Vec<&str> = text.lines().take(number).collect();
    std::fs::write(&file, shorter.join("\n") + "\n").expect("written");
    assert!(said(&guong(folder.path(), &words)).contains("phần cuối bị cắt"));
}

#[test]
fn accounts_are_made_listed_and_reset_and_the_database_is_copied() {
    let folder = TempDir::new().expect("a folder");
    let first = [
        "user", "first", "--unit", "Đảng uỷ xã Mẫu", "--unit-code", "DU", "--name", "Nguyễn Văn Mẫu A", "--login",
        "vanthu",
    ];
    let made = guong(folder.path(), &first);
    assert_eq!(code(&made), 0, "{}", said(&made));
    assert!(said(&made).contains("chỉ in một lần"), "{}", said(&made));
    assert!(said(&guong(folder.path(), &["user", "list"])).contains("vanthu · Nguyễn Văn Mẫu A · open"));
    assert_eq!(code(&guong(folder.path(), &["user", "reset", "--login", "vanthu"])), 0);
    assert_eq!(code(&guong(folder.path(), &["user", "reset", "--login", "khong-co"])), 2);
    let nobody = guong(folder.path(), &["user", "add", "--person", "KHONG", "--login", "moi"]);
    assert!(code(&nobody) == 2 && said(&nobody).contains("KHONG"), "{}", said(&nobody));
    assert_eq!(code(&guong(folder.path(), &["backup", "ban-sao.sqlite"])), 0);
    let twice = guong(folder.path(), &["backup", "ban-sao.sqlite"]);
    assert!(code(&twice) == 1 && said(&twice).contains("BACKUP-002"), "{}", said(&twice));
    let copied = format!("sqlite://{}", folder.path().join("ban-sao.sqlite").display());
    assert_eq!(code(&guong(folder.path(), &["verify", "journal", "--database", &copied])), 0);
}
