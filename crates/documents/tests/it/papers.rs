//! Every paper with every sample in every format. The files stay in the target folder for looking at them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use documents::intake::{self, IntakeEvent, Limits};
use documents::{Paper, PaperDef, Press, to_docx, to_pdf, to_xlsx};
use serde_json::Value;

/// A paper with one of its samples.
struct Case {
    name: String,
    def: PaperDef,
    paper: Paper,
}

fn forms() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms")
}

fn out(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for meaning in sorted(&forms()) {
        for version in sorted(&meaning).into_iter().filter(|version| version.join("paper.toml").exists()) {
            let def = PaperDef::parse(&fs::read_to_string(version.join("paper.toml")).unwrap())
                .unwrap_or_else(|fault| panic!("{}: {fault}", version.display()));
            let folder = format!("{}/{}", file_name(&meaning), file_name(&version));
            assert_eq!(folder, format!("{}/{}", def.meaning, def.version));
            let samples = sorted(&version.join("samples"));
            let names: Vec<String> = samples.iter().map(|sample| file_name(sample)).collect();
            assert_eq!(names, ["long-names.json", "longest.json", "shortest.json"], "{folder}");
            for sample in samples {
                let name = format!("{}-{}-{}", def.meaning, def.version, file_name(&sample).replace(".json", ""));
                let data: Value = serde_json::from_str(&fs::read_to_string(&sample).unwrap()).unwrap();
                let paper = Paper::fill(&def, &data).unwrap_or_else(|fault| panic!("{name}: {fault}"));
                cases.push(Case { name, def: def.clone(), paper });
            }
        }
    }
    assert!(cases.len() >= 27, "found {}", cases.len());
    cases
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|one| one.unwrap().path()).collect();
    found.sort();
    found
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Every text on a paper, from the blocks themselves.
fn texts(paper: &Paper) -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Array(list) if list.iter().all(|one| one.get("bold").is_some()) => {
                let whole: String = list.iter().filter_map(|one| one["text"].as_str()).collect();
                found.insert(whole);
            }
            Value::Array(list) => list.iter().for_each(|one| match one {
                Value::String(text) => {
                    found.insert(text.clone());
                }
                other => collect(other, found),
            }),
            Value::Object(object) => object.iter().for_each(|(name, one)| match (name.as_str(), one) {
                ("text" | "label" | "name" | "note" | "date" | "title", Value::String(text)) => {
                    found.insert(text.clone());
                }
                (_, other) => collect(other, found),
            }),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    collect(&serde_json::to_value(&paper.blocks).unwrap(), &mut found);
    found.retain(|text| !text.trim().is_empty());
    found
}

/// Letters only: no spaces, no line ends, no difference of capitals.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}' && *c != '\u{ad}')
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text may be cut by the foot of a page: its beginning must be there.
fn start(text: &str) -> String {
    bare(text).chars().take(30).collect()
}

fn must_hold_all(name: &str, found: &str, paper: &Paper) {
    let found = bare(found);
    let missing: Vec<String> = texts(paper).into_iter().filter(|text| !found.contains(&start(text))).collect();
    assert!(missing.is_empty(), "{name} lacks {missing:#?}");
}

fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap_or_else(|fault| panic!("{program}: {fault}"));
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_paper_with_every_sample_becomes_a_pdf_that_says_all_of_it() {
    let press = Press::new().unwrap();
    for case in cases() {
        let pdf = to_pdf(&case.paper, &press).unwrap_or_else(|fault| panic!("{}: {fault}", case.name));
        let path = out(&format!("{}.pdf", case.name), &pdf);
        let path = path.to_str().unwrap();
        must_hold_all(&case.name, &run("pdftotext", &["-raw", path, "-"]), &case.paper);
        let pages: u32 =
            run("pdfinfo", &[path]).lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok()).unwrap();
        let most = if case.name.ends_with("longest") { 16 } else { 8 };
        assert!((1..=most).contains(&pages), "{} has {pages} pages", case.name);
        let fonts = run("pdffonts", &[path]);
        assert!(
            fonts.lines().skip(2).all(|line| line.contains("LiberationSerif") && line.contains("yes yes")),
            "{fonts}"
        );
        assert!(String::from_utf8_lossy(&pdf).contains("<pdfaid:part>2</pdfaid:part>"), "{} is no PDF/A-2", case.name);
    }
}

#[test]
fn every_paper_with_every_sample_becomes_a_docx_that_says_all_of_it() {
    for case in cases() {
        let docx = to_docx(&case.paper).unwrap();
        out(&format!("{}.docx", case.name), &docx);
        let body = part(&docx, "word/document.xml");
        must_hold_all(&case.name, &words(&body), &case.paper);
        let all =
            ["word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/header1.xml"];
        for name in all.into_iter().chain(["docProps/core.xml", "[Content_Types].xml", "_rels/.rels"]) {
            well_formed(&part(&docx, name));
        }
    }
}

#[test]
fn every_table_becomes_an_xlsx_that_says_all_of_it_without_a_formula() {
    let mut tables = 0;
    for case in cases() {
        let Some(xlsx) = to_xlsx(&case.paper).unwrap_or_else(|fault| panic!("{}: {fault}", case.name)) else {
            assert!(!case.def.is_table());
            continue;
        };
        tables += 1;
        out(&format!("{}.xlsx", case.name), &xlsx);
        let mut found = String::new();
        for event in intake::read_all(&xlsx, &Limits::default()).unwrap() {
            if let IntakeEvent::Row { cells, .. } = event {
                assert!(cells.iter().all(|cell| !cell.formula), "{}: {cells:?}", case.name);
                found.extend(cells.into_iter().map(|cell| cell.text));
            }
        }
        // Dots between thousands are a format in a workbook, and boxes stand before their labels.
        must_hold_all(&case.name, &found, &case.paper);
    }
    assert!(tables >= 15, "{tables} tables");
}

/// The text of a Word part.
fn words(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Text(text) => found.push_str(&text),
            quick_xml::events::Event::GeneralRef(name) => match &*name {
                "amp" => found.push('&'),
                "lt" => found.push('<'),
                "gt" => found.push('>'),
                "quot" => found.push('"'),
                other => panic!("entity {other}"),
            },
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

fn well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0_i32;
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{fault} in {xml:.300}")) {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let press = Press::new().unwrap();
    let case = cases().into_iter().find(|case| case.name == "notice-1-long-names").unwrap();
    assert_eq!(to_pdf(&case.paper, &press), to_pdf(&case.paper, &Press::new().unwrap()));
    assert_eq!(to_docx(&case.paper).unwrap(), to_docx(&case.paper).unwrap());
}

#[test]
fn a_word_longer_than_its_column_stays_on_the_page() {
    let press = Press::new().unwrap();
    let case = cases().into_iter().find(|case| case.name == "proposal-list-1-shortest").unwrap();
    let mut data: Value =
        serde_json::from_str(&fs::read_to_string(forms().join("proposal-list/1/samples/shortest.json")).unwrap())
            .unwrap();
    data["people"][0]["grounds"] = Value::from("x".repeat(600));
    let pdf = to_pdf(&Paper::fill(&case.def, &data).unwrap(), &press).unwrap();
    let path = out("long-word.pdf", &pdf);
    let boxes = run("pdftotext", &["-bbox", path.to_str().unwrap(), "-"]);
    for line in boxes.lines().filter(|line| line.contains("<word")) {
        let right: f64 = line.split("xMax=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(right < 842.0 - 30.0, "{line}");
    }
}

#[test]
fn the_state_style_is_another_file_and_no_other_code() {
    let text = fs::read_to_string(forms().join("notice/1/paper.toml")).unwrap();
    let def = PaperDef::parse(&text.replace("party-2018", "state-2020")).unwrap();
    let data =
        serde_json::from_str(&fs::read_to_string(forms().join("notice/1/samples/shortest.json")).unwrap()).unwrap();
    let pdf = to_pdf(&Paper::fill(&def, &data).unwrap(), &Press::new().unwrap()).unwrap();
    let path = out("state-notice.pdf", &pdf);
    let found = run("pdftotext", &["-raw", path.to_str().unwrap(), "-"]);
    assert!(
        found.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && found.contains("Độc lập - Tự do - Hạnh phúc"),
        "{found}"
    );
    assert!(!found.contains("ĐẢNG CỘNG SẢN VIỆT NAM"));
}

#[test]
fn every_field_of_the_screen_is_printed() {
    for meaning in sorted(&forms()) {
        for version in sorted(&meaning) {
            let Ok(form) = fs::read_to_string(version.join("form.toml")) else { continue };
            let form: toml::Value = toml::from_str(&form).unwrap();
            let paper = fs::read_to_string(version.join("paper.toml")).unwrap();
            for section in form["section"].as_array().unwrap() {
                for field in section["field"].as_array().unwrap() {
                    let id = field["id"].as_str().unwrap();
                    let (text, chosen) = (format!("{{{{answers.{id}}}}}"), format!("\"answers.{id}\""));
                    assert!(
                        paper.contains(&text) || paper.contains(&chosen),
                        "{} does not print {id}",
                        version.display()
                    );
                }
            }
        }
    }
}
