use std::path::Path;

use super::*;

/// The small book that loads, among the broken ones.
fn sound() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/tests/broken/sound");
    let names = [
        "rulebook.toml", "sources.toml", "levels.toml", "grades.toml", "subjects.toml", "facts.toml", "rules.toml",
        "cases/all.toml",
    ];
    names.map(|name| (name.to_owned(), std::fs::read_to_string(folder.join(name)).unwrap())).into()
}

fn changed(file: &str, from: &str, to: &str) -> Files {
    let mut files = sound();
    let text = files[file].replace(from, to);
    assert_ne!(text, files[file], "{from} is not in {file}");
    files.insert(file.to_owned(), text);
    files
}

fn volume(files: Files) -> Volume {
    Volume::read(files).unwrap()
}

fn ask(facts: &str) -> Result<Answer, Refusal> {
    let volume = volume(sound());
    let question = Question::read(&volume, "person", Read { name: "f.json", text: facts }, None)?;
    Ok(volume.answer("person", question))
}

fn problems(facts: &str) -> Vec<(String, Vec<(String, String)>)> {
    ask(facts).unwrap().problems.into_iter().map(|problem| (problem.code, problem.args)).collect()
}

fn codes(facts: &str) -> Vec<String> {
    problems(facts).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_period_is_a_year_a_quarter_or_a_day() {
    let read = |text: &str| PeriodEnd::read(text).map(|end| end.0.to_string());
    assert_eq!(read("2022").unwrap(), "2022-12-31");
    assert_eq!(read("2025-Q1").unwrap(), "2025-03-31");
    assert_eq!(read("2025-q4").unwrap(), "2025-12-31");
    assert_eq!(read(" 2024-02-29 ").unwrap(), "2024-02-29");
    for nonsense in ["", "22", "2025-Q5", "2025-Q0", "2023-02-29", "31/12/2022", "năm", "0001", "99999-12-31"] {
        assert_eq!(read(nonsense).unwrap_err().code, "SHELF-002", "{nonsense}");
    }
}

#[test]
fn an_id_is_a_name_that_a_folder_may_bear() {
    assert!(is_id("party-2027-qd1") && is_id("a"));
    for bad in ["", "-a", "a-", "a--b", "Party", "a b", "../a", "a/b", "2027-party", "đảng", &"a".repeat(61)] {
        assert!(!is_id(bad), "{bad}");
    }
}

#[test]
fn a_new_book_has_the_old_law_but_neither_seal_nor_periods() {
    let sealed = {
        let old = volume(sound());
        let front = seal(&old).unwrap().front;
        let mut files = sound();
        files.insert("rulebook.toml".to_owned(), front.replace("Bộ mẫu", "Bộ \\\"mẫu\\\""));
        files.insert("rulebook.toml".to_owned(), front);
        volume(files)
    };
    let comments =
        Comments { periods: "sửa\nngày".to_owned(), history: "# Lịch sử\n".to_owned(), ..Comments::default() };
    let files = fresh(&sealed, "sample-2021", &comments);
    assert!(
        !files["rulebook.toml"].contains("seal") && files["rulebook.toml"].contains("# sửa\n# ngày\n# [[periods]]")
    );
    assert_eq!(files["CHANGES.md"], "# Lịch sử\n");
    let flaws = Volume::read(files.clone()).unwrap_err();
    assert_eq!(flaws.iter().map(|flaw| flaw.code.as_str()).collect::<Vec<_>>(), ["BOOK-012"], "only the periods lack");
    let mut filled = files;
    let front = filled["rulebook.toml"].replace("# [[periods]]", "[[periods]]").replace("# from", "from");
    filled.insert("rulebook.toml".to_owned(), front);
    let new = volume(filled);
    assert_eq!((new.id(), new.summary().sealed), ("sample-2021", false));
    let change = compare(&sealed, &new);
    assert_eq!(change.parts.iter().map(|part| part.part.as_str()).collect::<Vec<_>>(), ["front"]);
}

#[test]
fn the_seal_goes_above_every_key_whatever_the_file_begins_with() {
    for front in ["", "# ghi chú\n\n", "\u{feff}", "\u{feff}# ghi chú\r\n"] {
        let mut files = sound();
        let text = format!("{front}{}", files["rulebook.toml"]);
        files.insert("rulebook.toml".to_owned(), text);
        let sealed = seal(&volume(files.clone())).unwrap();
        files.insert("rulebook.toml".to_owned(), sealed.front);
        let book = volume(files.clone());
        assert_eq!((book.summary().sealed, book.summary().digest), (true, sealed.digest), "{front:?}");
        assert_eq!(seal(&book).unwrap_err().code, "SHELF-012");
        let changed = files["facts.toml"].replace("Số việc", "Số công việc");
        files.insert("facts.toml".to_owned(), changed);
        assert_eq!(Volume::read(files).unwrap_err()[0].code, "BOOK-010");
    }
}

#[test]
fn numbers_are_read_as_they_are_written_and_never_as_binary_fractions() {
    let highest = |facts: &str| ask(facts).unwrap().highest.map(|level| level.id);
    assert_eq!(highest(r#"{ "done": 5, "assigned": 10 }"#).as_deref(), Some("high"));
    assert_eq!(highest(r#"{ "done": "5", "assigned": 10.0 }"#).as_deref(), Some("high"));
    assert_eq!(codes(r#"{ "done": 4.99999999999999999999, "assigned": 10 }"#), ["QUESTION-005"], "not rounded to 5");
    assert_eq!(codes(r#"{ "done": 5e0, "assigned": 10 }"#), ["QUESTION-005"]);
    assert_eq!(codes(r#"{ "done": 99999999999999999999, "assigned": 10 }"#), ["QUESTION-005"]);
}

#[test]
fn a_fraction_keeps_every_digit() {
    let fraction = changed("facts.toml", "kind = \"integer\"", "kind = \"fraction\"");
    let volume = volume(fraction);
    let value = |text: &str| {
        let facts = format!("{{ \"done\": {text} }}");
        let question = Question::read(&volume, "person", Read { name: "f", text: &facts }, None).unwrap();
        question.facts.get("done").map(rules::Value::write)
    };
    assert_eq!(value("0.1").as_deref(), Some("1/10"));
    assert_eq!(value("0.30000000000000004").as_deref(), Some("7500000000000001/25000000000000000"));
    assert_eq!(value("\"4/5\"").as_deref(), Some("4/5"));
    assert_eq!(value("\"92,5\"").as_deref(), Some("185/2"));
    assert_eq!(value("null"), None);
    assert_eq!(value("\"4/0\""), None);
}

#[test]
fn what_is_not_understood_is_told_with_its_line_and_taken_as_not_stated() {
    let found =
        problems("{\n \"done\": true,\n \"asigned\": 10,\n \"assigned\": [1],\n \"assigned\": 3, \"assigned\": 4\n}");
    let told: Vec<(&str, Option<&str>)> = found
        .iter()
        .map(|(code, args)| {
            (code.as_str(), args.iter().find(|(name, _)| name == "line").map(|(_, line)| line.as_str()))
        })
        .collect();
    let expected = [("QUESTION-005", "2"), ("QUESTION-003", "3"), ("QUESTION-005", "4"), ("QUESTION-011", "5")];
    assert_eq!(told, expected.map(|(code, line)| (code, Some(line))));
    assert!(found[1].1.contains(&("near".to_owned(), "assigned".to_owned())));
    let answer = ask(r#"{ "done": true, "assigned": 10 }"#).unwrap();
    assert_eq!(answer.missing.iter().map(|fact| fact.id.as_str()).collect::<Vec<_>>(), ["done"]);
    assert_eq!(answer.levels[0].possibility, "unknown");
}

#[test]
fn a_text_that_is_no_object_is_refused_with_line_and_column() {
    let refused = |text: &str| {
        let refusal = ask(text).unwrap_err();
        let line = refusal.args.iter().find(|(name, _)| name == "line").map(|(_, line)| line.clone());
        (refusal.code, line.unwrap_or_default())
    };
    assert_eq!(refused("{\n \"done\": 1,\n}"), ("QUESTION-001".to_owned(), "3".to_owned()));
    assert_eq!(refused("").0, "QUESTION-001");
    assert_eq!(refused("{} {}").0, "QUESTION-001");
    assert_eq!(refused("[1]").0, "QUESTION-002");
    assert_eq!(refused("3").0, "QUESTION-002");
    assert_eq!(codes("\u{feff}{}"), Vec::<String>::new(), "the mark of a Windows editor is no fault");
}

#[test]
fn a_kind_of_subject_that_the_book_does_not_know_is_not_answered() {
    let volume = volume(sound());
    let refusal = Question::read(&volume, "persn", Read { name: "f", text: "{}" }, None).unwrap_err();
    assert_eq!(refusal.code, "SHELF-013");
    assert!(refusal.args.contains(&("near".to_owned(), "person".to_owned())));
    let other = Question::read(&volume, "unit", Read { name: "f", text: "{ \"done\": 1 }" }, None).unwrap();
    assert_eq!(other.problems[0].code, "QUESTION-010", "a fact about others is told");
}

#[test]
fn what_changed_is_told_by_stable_ids_with_old_and_new() {
    let new = changed("rules.toml", ">= \"1/2\"", ">= \"2/3\"");
    let change = compare(&volume(sound()), &volume(new));
    let [part] = change.parts.as_slice() else { panic!("{change:?}") };
    let [item] = part.changed.as_slice() else { panic!("{part:?}") };
    assert_eq!((part.part.as_str(), item.id.as_str(), item.code.as_str()), ("rules", "half-done", "RULE-901"));
    let [line] = item.lines.as_slice() else { panic!("{item:?}") };
    let told = |said: &[Said]| match said {
        [Said::Condition { all, written }] => (all[0].vi.clone(), written.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(line.aspect, "must");
    assert_eq!(
        told(&line.old),
        ("“Số việc đã làm” / “Số việc được giao” ≥ 50 %".to_owned(), "done / assigned >= \"1/2\"".to_owned())
    );
    assert_eq!(told(&line.new).1, "done / assigned >= \"2/3\"");
}

#[test]
fn a_label_that_changed_is_told_with_its_fact_and_not_with_every_condition() {
    let mut new = changed("facts.toml", "Số việc đã làm", "Số việc đã xong");
    let message = new["rules.toml"].replace("{done / assigned}", "…");
    new.insert("rules.toml".to_owned(), message.clone());
    let mut old = sound();
    old.insert("rules.toml".to_owned(), message);
    let change = compare(&volume(old), &volume(new));
    assert_eq!(change.parts.iter().map(|part| part.part.as_str()).collect::<Vec<_>>(), ["facts"]);
}

#[test]
fn an_item_in_one_book_only_is_added_or_removed() {
    let new = changed("rules.toml", "id = \"half-done\"", "id = \"two-thirds-done\"");
    let part = compare(&volume(sound()), &volume(new)).parts.remove(0);
    let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(
        (ids(&part.added), ids(&part.removed)),
        (vec!["two-thirds-done".to_owned()], vec!["half-done".to_owned()])
    );
    assert!(compare(&volume(sound()), &volume(sound())).parts.is_empty());
}

#[test]
fn a_folder_takes_the_place_of_the_carried_book_with_its_id() {
    let below = |files: &Files| {
        files.iter().map(|(path, text)| (format!("sample-2020/{path}"), text.clone())).collect::<BTreeMap<_, _>>()
    };
    let carried = Carried::of(&below(&sound()));
    let clean = |books: &[(String, Files)]| {
        examine(books, &carried).iter().map(|one| (one.is_clean(), one.coverage.len())).collect::<Vec<_>>()
    };
    assert_eq!(clean(&[("sample-2020".to_owned(), sound())]), [(true, 0)]);
    let later = changed("rulebook.toml", "id = \"sample-2020\"", "id = \"sample-2021\"");
    assert_eq!(clean(&[("x/sample-2021/".to_owned(), later.clone())]), [(false, 1)], "both govern 2020");
    let ended = changed("rulebook.toml", "until = 2020-12-31", "until = 2020-06-30");
    let mut begun = later;
    let front = begun["rulebook.toml"].replace("from = 2020-01-01", "from = 2020-07-01");
    begun.insert("rulebook.toml".to_owned(), front);
    let both = [("sample-2021".to_owned(), begun), ("sample-2020".to_owned(), ended)];
    assert_eq!(clean(&both), [(true, 0), (true, 0)]);
}

#[test]
fn the_check_tells_flaws_names_readings_and_rules_without_an_article() {
    let nothing = Carried::default();
    let one = |name: &str, files: Files| examine(&[(name.to_owned(), files)], &nothing).remove(0);
    let renamed = one("another-name", sound());
    assert_eq!((renamed.is_clean(), renamed.other_name.as_deref()), (false, Some("sample-2020")));
    let vague = one(
        "sample-2020",
        changed("rules.toml", "source = \"text\", article = \"1\"", "source = \"text\", surety = \"reading\""),
    );
    assert!(vague.is_clean(), "a reading is told, not refused");
    assert_eq!((vague.readings[0].rule.as_str(), vague.readings[0].line), ("half-done", 1));
    assert_eq!(vague.without_article.len(), 1);
    let broken = one("sample-2020", changed("levels.toml", "id = \"low\"", "id = low"));
    assert_eq!((broken.book.is_none(), broken.flaws[0].code.as_str()), (true, "BOOK-001"));
}

#[test]
fn an_unknown_book_or_rule_is_answered_with_the_nearest() {
    let carried = Carried::of(&BTreeMap::from([("sample-2020/x.toml".to_owned(), String::new())]));
    let near = |refusal: Refusal| refusal.args.iter().find(|(name, _)| name == "near").map(|(_, near)| near.clone());
    assert_eq!(near(carried.files("sample-2021").unwrap_err()).as_deref(), Some("sample-2020"));
    assert_eq!(near(carried.files("zzz").unwrap_err()).as_deref(), Some("none"));
    let volume = volume(sound());
    assert_eq!(near(volume.one_rule("half-dun").unwrap_err()).as_deref(), Some("half-done"));
    assert!(volume.one_rule("rule-901").is_ok(), "codes are found in small letters too");
}

/// A book that is carried, with all its files.
fn carried_book(id: &str) -> Volume {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks").join(id);
    let mut files = Files::new();
    for (place, prefix) in [(folder.clone(), ""), (folder.join("cases"), "cases/")] {
        for entry in std::fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    volume(files)
}

const FIVE_PRODUCTS: &str = r#"{ "frame": "leader", "component_set": "operations", "general": 30, "products": [
    { "name": "SP1", "weight": 30, "components": { "a": 100, "b": "95", "c": 100.0, "d": 100 }, "above_standard": true },
    { "name": "SP2", "weight": 15, "components": { "a": 100, "b": 90, "c": 100, "d": 95 }, "above_standard": false },
    { "name": "SP3", "weight": 10, "components": { "a": 100, "b": 100, "c": 100, "d": 100 }, "above_standard": true },
    { "name": "SP4", "weight": 10, "components": { "a": 100, "b": 95, "c": 100, "d": 90 }, "above_standard": false },
    { "name": "SP5", "weight": 5, "components": { "a": 100, "b": 90, "c": 90, "d": 90 }, "above_standard": false } ] }"#;

fn ask_with_sheet(facts: &str) -> Answer {
    let volume = carried_book("party-2025-qd366");
    let settings = r#"{ "product_percent": "weighted", "points_rounding": "tenth_each" }"#;
    let read = |text| Read { name: "f.json", text };
    let question = Question::read(&volume, "leader", read(facts), Some(read(settings))).unwrap();
    volume.answer("leader", question)
}

#[test]
fn points_come_out_of_a_score_sheet_as_the_book_reckons_them() {
    let answer = ask_with_sheet(&format!("{{ \"score_sheet\": {FIVE_PRODUCTS} }}"));
    let score = answer.score.unwrap();
    let total = score.total.clone().unwrap();
    assert_eq!((total.exact.as_str(), total.rounded.as_str()), ("97.475", "97.6"));
    assert_eq!(score.lines.iter().filter(|line| line.arithmetic.vi.contains("29,25 → 29,3")).count(), 1);
    assert!(!score.is_refused() && answer.problems.is_empty(), "{:?}", answer.problems);
    // What the sheet states is no longer missing.
    assert!(
        answer.missing.iter().all(|fact| fact.id != "score" && fact.id != "tasks_exceeded"),
        "{:?}",
        answer.missing
    );
}

#[test]
fn a_score_sheet_that_cannot_stand_or_be_read_is_told() {
    let codes = |facts: &str| -> Vec<String> {
        ask_with_sheet(facts).problems.into_iter().map(|problem| problem.code).collect()
    };
    let sheet = |from: &str, to: &str| format!("{{ \"score_sheet\": {} }}", FIVE_PRODUCTS.replace(from, to));
    assert_eq!(codes(&sheet("\"leader\"", "\"leadr\"")), ["QUESTION-014"]);
    assert_eq!(codes(&sheet("\"weight\": 30", "\"weight\": \"ba mươi\"")), ["QUESTION-013"]);
    assert_eq!(codes(&sheet("\"weight\": 30", "\"wait\": 30")), ["QUESTION-013"]);
    assert_eq!(codes("{ \"score_sheet\": 12 }"), ["QUESTION-013"]);
    let stated = format!("{{ \"score\": 50, \"score_sheet\": {FIVE_PRODUCTS} }}");
    assert_eq!(codes(&stated), ["QUESTION-015"]);
    // Weights that do not add up are the book's to refuse, in its own words.
    let refused = ask_with_sheet(&sheet("\"weight\": 30", "\"weight\": 31")).score.unwrap();
    assert!(refused.is_refused() && refused.total.is_none(), "{:?}", refused.findings);
}
