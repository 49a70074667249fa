//! The roster comes in by a workbook: template, upload, preview, confirmation; and every kind of bad file.

use std::io::{Cursor, Write};

use application::acts::roster::layout::SHEETS;
use axum::http::StatusCode;
use zip::write::SimpleFileOptions;

use crate::house::{Browser, CLERK, House, Page};

const UPLOAD: &str = "/danh-sach/nhap";

type Rows = Vec<Vec<String>>;

fn texts(rows: &[&[&str]]) -> Rows {
    rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect()
}

/// A workbook as some other program would write it: names, rows (headings first), merged ranges.
struct Book {
    sheets: Vec<(String, Rows, Vec<&'static str>)>,
}

/// The good file. A text that begins with `=` becomes a formula.
fn book() -> Book {
    let units = texts(&[
        &["DU", "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", "Đảng bộ huyện Mẫu", "Mẫu", "ĐU", ""],
        &["CB1", "Chi bộ thôn Một", "Chi bộ", "DU", "", "Mẫu", "CB", ""],
    ]);
    let members = texts(&[
        &[
            "ĐV1", "Nguyễn Văn Mẫu", "01/02/1970", "51.1", "CB1", "Chính thức", "03/02/2000", "03/02/2001", "Không",
            "", "", "", "Có",
        ],
        &["ĐV2", "Trần Thị Mẫu", "05/03/1980", "51.2", "CB1", "Dự bị", "03/02/2022"],
    ]);
    let posts = texts(&[&["ĐV1", "CB1", "Bí thư", "01/06/2020"]]);
    let sheets = std::iter::zip(SHEETS, [units, members, posts]).map(|(layout, rows)| {
        let headings = layout.columns.iter().map(|column| column.heading.to_owned()).collect();
        (layout.name.to_owned(), std::iter::once(headings).chain(rows).collect(), Vec::new())
    });
    Book { sheets: sheets.collect() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Book {
    fn put(mut self, (sheet, row, column): (usize, usize, usize), text: &str) -> Self {
        let row = &mut self.sheets[sheet].1[row - 1];
        row.resize(row.len().max(column), String::new());
        row[column - 1] = text.to_owned();
        self
    }

    fn add(mut self, sheet: usize, row: &[&str]) -> Self {
        self.sheets[sheet].1.extend(texts(&[row]));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let (mut kinds, mut links, mut tabs) = (String::new(), String::new(), String::new());
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: String| {
            packed.start_file(name, SimpleFileOptions::default()).unwrap();
            packed.write_all(text.as_bytes()).unwrap();
        };
        for (number, (name, rows, merged)) in (1..).zip(&self.sheets) {
            kinds += &format!(
                "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
            );
            links += &format!(
                "<Relationship Id=\"r{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
            tabs += &format!("<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"r{number}\"/>", escaped(name));
            part(
                &format!("xl/worksheets/sheet{number}.xml"),
                format!("<worksheet xmlns=\"{MAIN}\">{}</worksheet>", data(rows, merged)),
            );
        }
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>{kinds}</Types>"
            ),
        );
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r0\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        part(
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{tabs}</sheets></workbook>"),
        );
        part(
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
        );
        packed.finish().unwrap().into_inner()
    }
}

fn cell(row: usize, column: u8, text: &str) -> String {
    let place = format!("{}{row}", char::from(b'A' + column));
    match text.strip_prefix('=') {
        Some(formula) => format!("<c r=\"{place}\" t=\"str\"><f>{}</f><v>Nguyễn</v></c>", escaped(formula)),
        None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
    }
}

fn data(rows: &Rows, merged: &[&str]) -> String {
    let row = |(number, texts): (usize, &Vec<String>)| {
        let filled = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        let cells = filled.map(|(column, text)| cell(number, column, text)).collect::<String>();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows = (1..).zip(rows).map(row).collect::<String>();
    let ranges = merged.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect::<String>();
    let ranges = if ranges.is_empty() { ranges } else { format!("<mergeCells>{ranges}</mergeCells>") };
    format!("<sheetData>{rows}</sheetData>{ranges}")
}

async fn send(browser: &mut Browser, bytes: &[u8]) -> Page {
    browser.upload(UPLOAD, "tep", "danh-sach.xlsx", bytes, &[]).await
}

/// The preview of a good file: its path and its page.
async fn previewed(browser: &mut Browser, book: &Book) -> (String, Page) {
    let sent = send(browser, &book.bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let path = sent.location().unwrap().to_owned();
    let page = browser.get(&path).await;
    (path, page)
}

fn seen(page: &Page) -> String {
    page.text.split("name=\"da-xem\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn confirmed(browser: &mut Browser, book: &Book) {
    let (path, page) = previewed(browser, book).await;
    let done = browser.post(&path, &[("da-xem", &seen(&page))]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, Some("/danh-sach")), "{}", done.text);
}

#[tokio::test]
async fn the_template_goes_out_and_the_roster_comes_in_when_it_is_confirmed() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let template = browser.get("/danh-sach/mau.xlsx").await;
    assert!(template.bytes.starts_with(b"PK") && template.header("content-disposition").unwrap().contains(".xlsx"));
    let (_, page) = previewed(&mut browser, &book()).await;
    assert!(page.text.contains("Nguyễn Văn Mẫu") && page.text.contains("Chi bộ thôn Một"), "{}", page.text);
    assert!(!browser.get("/danh-sach").await.text.contains("Chi bộ thôn Một"), "nothing before it is confirmed");
    confirmed(&mut browser, &book()).await;
    let tree = browser.get("/danh-sach").await.text;
    assert!(tree.contains("Chi bộ thôn Một") && !tree.contains('⟦'), "{tree}");
    let unit =
        tree.split("href=\"/danh-sach/").filter_map(|rest| rest.split('"').next()).find(|id| id.len() == 36).unwrap();
    let people = browser.get(&format!("/danh-sach/{unit}?tim=tran+thi")).await.text;
    assert!(
        people.contains("Trần Thị Mẫu")
            && people.contains("\">Trần Thị Mẫu</a></th>")
            && !people.contains("\">Nguyễn Văn Mẫu</a></th>")
            && !people.contains('⟦'),
        "{people}"
    );
}

#[tokio::test]
async fn the_present_roster_as_a_workbook_changes_nothing_when_it_is_sent_back() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    confirmed(&mut browser, &book()).await;
    let file = browser.get("/danh-sach/hien-co.xlsx").await.bytes;
    let sent = send(&mut browser, &file).await;
    let page = browser.get(sent.location().expect(&sent.text)).await;
    assert!(page.text.contains("không làm thay đổi gì") && !page.text.contains("da-xem"), "{}", page.text);
}

#[tokio::test]
async fn a_change_shows_old_and_new_and_can_be_discarded() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    confirmed(&mut browser, &book()).await;
    let (path, page) = previewed(&mut browser, &book().put((1, 3, 6), "Được miễn")).await;
    assert!(page.text.contains("<del>Dự bị</del>") && page.text.contains("<ins>Được miễn</ins>"), "{}", page.text);
    let left = browser.post(&format!("{path}/bo"), &[]).await;
    assert_eq!((left.status, left.location()), (StatusCode::SEE_OTHER, Some(UPLOAD)));
    let late = browser.post(&path, &[("da-xem", &seen(&page))]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("ROSTER-030"), "{}", late.text);
}

#[tokio::test]
async fn a_preview_made_from_another_state_is_shown_again_instead_of_written() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let (path, _) = previewed(&mut browser, &book()).await;
    let page = browser.post(&path, &[("da-xem", "another state")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("ROSTER-031") && page.text.contains("da-xem"), "{}", page.text);
}

#[tokio::test]
async fn every_bad_file_gets_its_sentence_and_leaves_nothing_behind() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let renamed = |mut book: Book| {
        book.sheets[1].0 = "Trang2".to_owned();
        book
    };
    let merged = |mut book: Book| {
        book.sheets[1].2 = vec!["B2:C2"];
        book
    };
    let cycle =
        book().add(0, &["BP1", "Một", "Đảng bộ bộ phận", "BP2"]).add(0, &["BP2", "Hai", "Đảng bộ bộ phận", "BP1"]);
    let mut many = book();
    for number in 0..10_000 {
        let day = if number == 5_000 { "30/02/2020" } else { "03/02/2020" };
        many = many.add(1, &[&format!("X{number}"), "Lê Thị Mẫu", "", "", "CB1", "Dự bị", day]);
    }
    let cases: [(&str, Vec<u8>, &[&str]); 10] = [
        ("wrong sheet", renamed(book()).bytes(), &["ROSTER-001", "Trang2"]),
        ("missing column", book().put((1, 1, 7), "").bytes(), &["ROSTER-002", "Ngày vào Đảng"]),
        ("merged cells", merged(book()).bytes(), &["ROSTER-009"]),
        ("one error in ten thousand rows", many.bytes(), &["ROSTER-005", "30/02/2020", "5004", "<td>G</td>"]),
        ("formula", book().put((1, 2, 2), "=A1&B1").bytes(), &["ROSTER-008"]),
        ("day that does not exist", book().put((1, 2, 3), "31/04/1970").bytes(), &["ROSTER-005", "31/04/1970"]),
        ("cycle", cycle.bytes(), &["ROSTER-015", "BP1 → BP2 → BP1"]),
        ("card twice", book().put((1, 3, 4), "51.1").bytes(), &["ROSTER-012", "ĐV1"]),
        ("long text", book().put((1, 2, 12), &"x".repeat(100_000)).bytes(), &["INTAKE-012"]),
        ("another encoding", b"M\xe3 t\xe6 ch\xf8c;T\xean\nCB1;Chi b\xe9\n".to_vec(), &["INTAKE-013"]),
    ];
    for (name, bytes, expected) in cases {
        let page = send(&mut browser, &bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", page.text);
        for words in expected {
            assert!(page.text.contains(words), "{name}: {words} in {}", page.text);
        }
        assert!(!page.text.contains('⟦'), "{name}: {}", page.text);
    }
    assert!(!browser.get("/danh-sach").await.text.contains("Chi bộ"), "nothing was written");
}

#[tokio::test]
async fn no_file_at_all_is_told_at_the_field() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let page = browser.upload(UPLOAD, "tep", "", b"", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("id=\"tep-error\""), "{}", page.text);
}

#[tokio::test]
async fn a_bomb_is_told_like_any_other_bad_file() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let mut bomb = book();
    bomb.sheets[2].1.push(vec![" ".repeat(30_000_000)]);
    let page = send(&mut browser, &bomb.bytes()).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("INTAKE-007"), "{}", page.text);
    assert_eq!(browser.get("/danh-sach").await.status, StatusCode::OK);
}

#[tokio::test]
async fn html_in_every_field_stays_text() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let html = "<script>alert(1)</script>";
    let mut hostile = book();
    for place in [(0, 3, 2), (0, 3, 5), (0, 3, 6), (0, 3, 7), (1, 2, 2), (1, 2, 4), (1, 2, 10), (1, 2, 11), (1, 2, 12)]
    {
        hostile = hostile.put(place, html);
    }
    confirmed(&mut browser, &hostile).await;
    let tree = browser.get("/danh-sach").await.text;
    let units: Vec<&str> = tree
        .split("href=\"/danh-sach/")
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| id.len() == 36)
        .collect();
    for path in units {
        let page = browser.get(&format!("/danh-sach/{path}?tim=%3Cscript%3E")).await.text;
        assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "{page}");
    }
    assert!(!tree.contains("<script>alert"), "{tree}");
    let bad = send(&mut browser, &hostile.put((1, 2, 6), html).put((1, 3, 3), html).bytes()).await;
    assert!(bad.text.contains("ROSTER-006") && !bad.text.contains("<script>alert"), "{}", bad.text);
}
