//! `guong rulebook`, as a legal officer types it: what it says, what it writes, and with what code it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const CARRIED: [&str; 5] =
    ["civil-2020-nd90", "civil-2025-nd335", "party-2018-qd132", "party-2023-qd124", "party-2025-qd366"];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn sound() -> String {
    repository("crates/rules/tests/broken/sound").display().to_string()
}

fn typed(folder: &Path, lang: &str, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guong"));
    command.current_dir(folder).stdin(Stdio::null()).args(["--lang", lang, "rulebook"]).args(words);
    command.output().expect("the program starts")
}

/// Exit code, standard output, standard error.
fn rulebook(folder: &TempDir, words: &[&str]) -> (i32, String, String) {
    let output = typed(folder.path(), "vi", words);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (output.status.code().expect("a code"), text(&output.stdout), text(&output.stderr))
}

fn json(folder: &TempDir, words: &[&str]) -> Value {
    let (_, out, err) = rulebook(folder, words);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { drop(fs::copy(entry.path(), target)) }
    }
}

/// A copy of the small sound book under its own name.
fn sample(folder: &TempDir) -> PathBuf {
    let target = folder.path().join("sample-2020");
    copy(Path::new(&sound()), &target);
    target
}

#[test]
fn every_carried_book_is_listed_and_reads_whole_in_both_languages() {
    let folder = TempDir::new().expect("a folder");
    let listed = json(&folder, &["list", "--format", "json"]);
    let ids: Vec<&str> = listed["rule_books"]
        .as_array()
        .expect("books")
        .iter()
        .map(|book| book["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(ids, CARRIED);
    for lang in ["vi", "en"] {
        assert!(typed(folder.path(), lang, &["list"]).status.success());
        for book in CARRIED {
            let shown = String::from_utf8(typed(folder.path(), lang, &["show", book]).stdout).expect("text");
            assert!(shown.lines().count() > 100 && !shown.contains('⟦'), "{lang} {book}: {shown}");
        }
        for pair in [["party-2018-qd132", "party-2023-qd124"], ["civil-2025-nd335", "party-2025-qd366"]] {
            let told = String::from_utf8(typed(folder.path(), lang, &["diff", pair[0], pair[1]]).stdout).expect("text");
            assert!(told.lines().count() > 100 && !told.contains('⟦'), "{lang} {pair:?}: {told}");
        }
    }
}

#[test]
fn the_carried_books_are_clean_and_the_same_as_their_folders() {
    let folder = TempDir::new().expect("a folder");
    let carried = json(&folder, &["check", "--format", "json"]);
    let carried = carried["rule_books"].as_array().expect("books");
    assert_eq!(carried.len(), CARRIED.len());
    for (book, id) in carried.iter().zip(CARRIED) {
        assert_eq!((&book["clean"], &book["coverage"]), (&true.into(), &Value::Array(Vec::new())), "{book}");
        let path = repository(&format!("rulebooks/{id}")).display().to_string();
        let own = json(&folder, &["check", &path, "--format", "json"]);
        assert_eq!(own["rule_books"][0]["book"]["digest"], book["book"]["digest"], "{id}");
    }
}

#[test]
fn roundings_facts_from_a_score_and_facts_counted_from_quarters_are_shown_and_compared() {
    let folder = TempDir::new().expect("a folder");
    let (_, shown, _) = rulebook(&folder, &["show", "party-2025-qd366"]);
    let (_, told, _) = rulebook(&folder, &["diff", "civil-2025-nd335", "party-2025-qd366"]);
    for (heading, item, words) in [
        ("Cách làm tròn điểm", "[tenth_each]", "Cách tính: làm tròn từ một nửa trở lên, đến bội số của 0,1\n"),
        ("Dữ kiện lấy từ phiếu điểm", "[tasks_done]", "Lấy từ: số sản phẩm hoàn thành\n"),
        ("Dữ kiện đếm từ các quý", "[not_fulfilled_quarters]", "trong 3 quý của năm được xếp loại riêng\n"),
    ] {
        for text in [&shown, &told] {
            let part = text.split("\n## ").find(|part| part.starts_with(heading)).expect(heading);
            assert!(part.contains(item) && part.contains(words), "{heading}: {part}");
        }
    }
    let (_, civil, _) = rulebook(&folder, &["show", "civil-2025-nd335"]);
    assert!(civil.contains("mỗi lỗi trừ 25 %") && civil.contains("một trong các mức 100; 50 %"), "{civil}");
}

#[test]
fn a_rule_is_shown_by_id_or_code_and_the_calendar_with_the_days_of_a_period() {
    let folder = TempDir::new().expect("a folder");
    let by_id = rulebook(&folder, &["show", "party-2018-qd132", "--rule", "member-excellent-civil-service"]);
    let by_code = rulebook(&folder, &["show", "--period", "2022", "--rule", "rule-114"]);
    assert_eq!((by_id.0, &by_id.1), (0, &by_code.1));
    assert!(by_id.1.contains("“Là cán bộ, công chức, viên chức”") && by_id.1.contains("mức chắc chắn: thấy lời văn"));
    let (_, calendar, _) = rulebook(&folder, &["show", "--period", "2022"]);
    assert!(calendar.contains("Hạn: 24/11/2022"), "{calendar}");
    let (_, relative, _) = rulebook(&folder, &["show", "party-2018-qd132"]);
    assert!(relative.contains("Hạn: 24/11 của năm kiểm điểm"));
    for (words, reason) in [
        (vec!["show", "party-2018-qd131"], "Có phải ý là “party-2018-qd132”?"),
        (vec!["show", "party-2018-qd132", "--rule", "RULE-11O"], "SHELF-005"),
        (vec!["show", "party-2018-qd132", "--period", "2024"], "không áp dụng cho kỳ kết thúc ngày 31/12/2024"),
        (vec!["show", "--period", "2017"], "SHELF-003"),
        (vec!["show", "--period", "năm ngoái"], "SHELF-002"),
        (vec!["show"], "SHELF-015"),
    ] {
        let (code, out, err) = rulebook(&folder, &words);
        assert!(code == 2 && out.is_empty() && err.contains(reason), "{words:?}: {code} {out} {err}");
    }
}

#[test]
fn a_broken_book_is_told_line_by_line_and_used_for_nothing() {
    let folder = TempDir::new().expect("a folder");
    let book = sample(&folder);
    let broken = fs::read_to_string(repository("crates/rules/tests/broken/unknown-fact/rules.toml")).expect("read");
    fs::write(book.join("rules.toml"), broken).expect("written");
    let (code, out, _) = rulebook(&folder, &["check", "./sample-2020"]);
    assert_eq!(code, 1);
    assert!(out.contains("rules.toml, dòng 7: [BOOK-054]") && out.contains("có phải ý là “done”?"), "{out}");
    for words in [vec!["show", "./sample-2020"], vec!["diff", "./sample-2020", "party-2018-qd132"]] {
        let (code, out, err) = rulebook(&folder, &words);
        assert!(code == 2 && out.is_empty() && err.contains("BOOK-054"), "{words:?}: {code} {out} {err}");
    }
    let (code, _, err) = rulebook(&folder, &["new", "sample-2021", "--from", "./sample-2020"]);
    assert!(code == 2 && err.contains("BOOK-054") && !folder.path().join("sample-2021").exists());
    let before = fs::read(book.join("rulebook.toml")).expect("read");
    assert_eq!(rulebook(&folder, &["seal", "./sample-2020"]).0, 1);
    assert_eq!(fs::read(book.join("rulebook.toml")).expect("read"), before, "nothing was written");
}

#[test]
fn a_book_is_copied_filled_in_checked_sealed_and_then_never_changed() {
    let folder = TempDir::new().expect("a folder");
    sample(&folder);
    let new = ["new", "sample-2021", "--from", "./sample-2020"];
    let (code, said, err) = rulebook(&folder, &new);
    assert!(code == 0 && said.contains("guong rulebook check"), "{said}{err}");
    let front = folder.path().join("sample-2021/rulebook.toml");
    let (code, out, _) = rulebook(&folder, &["check", "sample-2021"]);
    assert!(code == 1 && out.contains("BOOK-012") && out.contains("1 chỗ phải sửa"), "{out}");
    let text = fs::read_to_string(&front).expect("read");
    fs::write(&front, text.replace("# [[periods]]", "[[periods]]").replace("# from", "from")).expect("written");
    assert_eq!(rulebook(&folder, &["check", "sample-2021"]).0, 0);
    let (code, _, err) = rulebook(&folder, &new);
    assert!(code == 1 && err.contains("SHELF-007"), "an old folder is not overwritten: {err}");
    let (code, said, err) = rulebook(&folder, &["seal", "sample-2021"]);
    assert_eq!(code, 0, "{said}{err}");
    let listed = json(&folder, &["check", "sample-2021", "--format", "json"]);
    let digest = listed["rule_books"][0]["book"]["digest"].as_str().expect("a digest").to_owned();
    assert_eq!(listed["rule_books"][0]["book"]["sealed"], true);
    assert!(said.contains(&digest) && fs::read_to_string(&front).expect("read").contains(&digest));
    assert!(rulebook(&folder, &["seal", "sample-2021"]).2.contains("SHELF-012"));
    fs::write(folder.path().join("sample-2021/CHANGES.md"), "- đã công bố\n").expect("written");
    assert_eq!(rulebook(&folder, &["check", "sample-2021"]).0, 0, "a note to readers is not law");
    let facts = folder.path().join("sample-2021/facts.toml");
    let text = fs::read_to_string(&facts).expect("read");
    fs::write(&facts, text.replace("Số việc đã làm", "Số việc đã xong")).expect("written");
    let (code, out, _) = rulebook(&folder, &["check", "sample-2021"]);
    assert!(code == 1 && out.contains("BOOK-010"), "{out}");
}

#[test]
fn a_new_book_takes_over_from_one_without_a_last_day_and_two_books_for_one_day_are_seen() {
    let folder = TempDir::new().expect("a folder");
    assert_eq!(rulebook(&folder, &["new", "party-2027-x", "--from", "party-2025-qd366"]).0, 0);
    let front = folder.path().join("party-2027-x/rulebook.toml");
    let text =
        fs::read_to_string(&front).expect("read").replace("# [[periods]]", "[[periods]]").replace("# from", "from");
    fs::write(&front, &text).expect("written");
    let (code, out, _) = rulebook(&folder, &["check", "party-2027-x"]);
    assert_eq!(code, 0, "the carried book has no last day, so the new one ends it: {out}");
    let old = folder.path().join("party-2025-qd366");
    copy(&repository("rulebooks/party-2025-qd366"), &old);
    let open = fs::read_to_string(old.join("rulebook.toml")).expect("read");
    let ended = open.replace("from = 2025-01-01", "from = 2025-01-01\nuntil = 2027-12-31");
    assert_ne!(open, ended);
    fs::write(old.join("rulebook.toml"), ended).expect("written");
    let (code, out, _) = rulebook(&folder, &["check", "./party-2027-x", "./party-2025-qd366"]);
    assert!(code == 1 && out.contains("BOOK-082"), "{out}");
    assert_eq!(rulebook(&folder, &["seal", "party-2027-x", "--beside", "./party-2025-qd366"]).0, 1);
    assert_eq!(rulebook(&folder, &["seal", "party-2027-x"]).0, 0);
}

#[test]
fn what_stands_in_the_way_of_a_new_book_is_told() {
    let folder = TempDir::new().expect("a folder");
    for (words, code, reason) in [
        (vec!["new", "Party 2027", "--from", "party-2025-qd366"], 2, "SHELF-006"),
        (vec!["new", "../party", "--from", "party-2025-qd366"], 2, "SHELF-006"),
        (vec!["new", "party-2023-qd124", "--from", "party-2025-qd366"], 1, "SHELF-016"),
        (vec!["new", "party-2027-x", "--from", "party-2025-qd366", "--into", "khong-co"], 1, "SHELF-017"),
        (vec!["new", "party-2027-x", "--from", "./khong-co"], 2, "SHELF-008"),
        (vec!["seal", "party-2025-qd366"], 2, "SHELF-014"),
        (vec!["seal", "khong-co"], 2, "SHELF-020"),
    ] {
        let (found, _, err) = rulebook(&folder, &words);
        assert!(found == code && err.contains(reason), "{words:?}: {found} {err}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing was left behind");
}

#[test]
fn folders_are_read_with_limits() {
    let folder = TempDir::new().expect("a folder");
    let book = sample(&folder);
    let check = || rulebook(&folder, &["check", "./sample-2020"]);
    fs::write(book.join(".hidden.toml"), "x").expect("written");
    assert_eq!(check().0, 0, "hidden files are left alone");
    fs::write(book.join("ghi-chu.docx"), b"\xff\xfe").expect("written");
    let (code, out, _) = check();
    assert!(code == 1 && out.contains("ghi-chu.docx: [BOOK-009]"), "{out}");
    fs::remove_file(book.join("ghi-chu.docx")).expect("removed");
    fs::write(book.join("forms.toml"), b"# \xe1").expect("written");
    let (code, _, err) = check();
    assert!(code == 2 && err.contains("SHELF-010") && err.contains("UTF-8"), "{err}");
    fs::write(book.join("forms.toml"), "#".repeat(1024 * 1024 + 1)).expect("written");
    let (code, _, err) = check();
    assert!(code == 2 && err.contains("SHELF-009"), "{err}");
    fs::remove_file(book.join("forms.toml")).expect("removed");
    fs::write(folder.path().join("ngoai.toml"), "").expect("written");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("ngoai.toml"), book.join("forms.toml")).expect("a link");
        let (code, _, err) = check();
        assert!(code == 2 && err.contains("SHELF-011"), "{err}");
    }
}

#[test]
fn eval_answers_with_level_reasons_figures_and_source() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("f.json"), "{ \"done\": 4, \"assigned\": 10 }").expect("written");
    let words = ["eval", &sound(), "--subject", "person", "--facts", "f.json"];
    let (code, out, err) = rulebook(&folder, &words);
    assert_eq!(code, 0, "{out}{err}");
    for part in [
        "Mức cao nhất chắc chắn được phép: Thấp",
        "Cao – không được",
        "RULE-901 half-done: Phải xong một nửa: 4/10 = 40,00 %.",
        "Số liệu: 4/10 = 40,00 % < 50 %",
        "Căn cứ: 1-QĐ/MẪU, 1 (thấy lời văn)",
    ] {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    let in_english = typed(folder.path(), "en", &words);
    let in_english = String::from_utf8(in_english.stdout).expect("text");
    assert!(in_english.contains("Half must be done: 4/10 = 40.00 %.") && !in_english.contains('⟦'), "{in_english}");
}

#[test]
fn the_shape_of_an_answer_is_stable() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("f.json"), "{ \"done\": 4, \"assigned\": 10, \"asigned\": 1 }").expect("written");
    let (code, out, _) =
        rulebook(&folder, &["eval", &sound(), "--subject", "person", "--facts", "f.json", "--format", "json"]);
    assert_eq!(code, 1, "answered, but a fact was not understood");
    insta::assert_snapshot!("rulebook-eval-answer", out);
}

#[test]
fn a_question_that_cannot_be_read_is_not_answered() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("f.json"), "{ \"done\": 4 }").expect("written");
    fs::write(folder.path().join("hong.json"), "{\n  \"done\": 4,,\n}").expect("written");
    fs::write(folder.path().join("utf16.json"), b"\xff\xfe{\0}\0").expect("written");
    let sound = sound();
    for (book, subject, facts, reason) in [
        (sound.as_str(), "person", "hong.json", "hong.json, dòng 2, cột 13: không đúng cú pháp JSON"),
        (sound.as_str(), "person", "utf16.json", "SHELF-010"),
        (sound.as_str(), "person", "khong-co.json", "SHELF-008"),
        (sound.as_str(), "persom", "f.json", "Có phải ý là “person”?"),
        ("party-2018-qd13", "member", "f.json", "Có phải ý là “party-2018-qd132”?"),
    ] {
        let words = ["eval", book, "--subject", subject, "--facts", facts, "--format", "json"];
        let (code, out, err) = rulebook(&folder, &words);
        assert!(code == 2 && out.is_empty() && err.contains(reason), "{words:?}: {code} {out} {err}");
    }
}

#[test]
fn settings_decide_where_the_texts_are_silent() {
    let folder = TempDir::new().expect("a folder");
    let facts = "{ \"standing\": \"probationary\", \"admitted_on\": \"2022-07-03\", \"cut_off_date\": \"2022-12-31\" }";
    fs::write(folder.path().join("f.json"), facts).expect("written");
    fs::write(folder.path().join("s.json"), "{ \"six_months\": \"days_180\" }").expect("written");
    let words = ["eval", "--period", "2022", "--subject", "member", "--facts", "f.json", "--format", "json"];
    let by_months = json(&folder, &words);
    let by_days = json(&folder, &[words.as_slice(), &["--settings", "s.json"]].concat());
    assert_eq!(by_months["obligation"], "review_only");
    assert_eq!(by_days["obligation"], "review_and_classify", "{by_days}");
    fs::write(folder.path().join("s.json"), "{ \"six_month\": \"days_180\" }").expect("written");
    let asked = json(&folder, &[words.as_slice(), &["--settings", "s.json"]].concat());
    assert_eq!(
        (&asked["problems"][0]["code"], &asked["problems"][0]["name"]),
        (&"QUESTION-012".into(), &"six_month".into())
    );
}

#[test]
fn the_folder_of_a_carried_id_is_not_taken_in_its_place_unseen() {
    let folder = TempDir::new().expect("a folder");
    copy(Path::new(&sound()), &folder.path().join("party-2018-qd132"));
    let (code, out, err) = rulebook(&folder, &["show", "party-2018-qd132"]);
    assert!(code == 0 && out.contains("RULE-114") && err.contains("./party-2018-qd132"), "{err}");
    let (_, out, err) = rulebook(&folder, &["show", "./party-2018-qd132"]);
    assert!(out.contains("RULE-901") && err.is_empty(), "{out}{err}");
}

#[test]
fn the_score_sheet_of_the_handbook_is_accepted_and_reckoned_as_printed() {
    let folder = TempDir::new().expect("a folder");
    let handbook = fs::read_to_string(repository("docs/operations/bo-quy-tac.md")).expect("read");
    let block = |opening: &str, place: usize| {
        let rest = handbook.split(opening).nth(place).expect(opening);
        rest.split("```").next().expect("closed").to_owned()
    };
    fs::write(folder.path().join("phieu.json"), block("```json\n", 2)).expect("written");
    let command = handbook.split('`').find(|said| said.contains("--facts phieu.json")).expect("a command");
    let words: Vec<&str> = command.split_whitespace().skip(2).collect();
    let (code, out, err) = rulebook(&folder, &words);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains(&block("```text\n", 1)) && !out.contains("POINT-"), "{out}");
}

#[test]
fn the_handbook_tells_the_truth_about_questions_and_answers() {
    let folder = TempDir::new().expect("a folder");
    let handbook = fs::read_to_string(repository("docs/operations/bo-quy-tac.md")).expect("read");
    let example = handbook.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    fs::write(folder.path().join("f.json"), example).expect("written");
    let words = ["eval", "party-2018-qd132", "--subject", "member", "--facts", "f.json", "--format", "json"];
    let (code, out, err) = rulebook(&folder, &words);
    assert_eq!(code, 0, "{out}{err}");
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    for key in answer.as_object().expect("an object").keys() {
        assert!(handbook.contains(&format!("`{key}`")), "the handbook does not name {key}");
    }
    let piped = Command::new(env!("CARGO_BIN_EXE_guong"))
        .args(["--lang", "vi", "rulebook", "eval", "party-2018-qd132", "--subject", "member", "--facts", "-"])
        .stdin(fs::File::open(folder.path().join("f.json")).expect("opened"))
        .output()
        .expect("the program starts");
    assert!(piped.status.success());
}
