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
