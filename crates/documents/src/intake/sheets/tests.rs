use std::fmt::Write as _;

use zip::CompressionMethod;

use super::super::tests::*;
use super::super::*;

fn with_shared(cells: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    package(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ])
}

#[test]
fn cells_are_read_however_they_are_written() {
    let strings = r#"<sst><si><t>một</t></si><si><r><t xml:space="preserve">hai </t></r><r><t>ba</t></r><rPh><t>x</t></rPh></si><si/><si><t>_x005F_x000D_ &amp; &#x1EAD;</t></si></sst>"#;
    // What another reader found in the same sheets.
    for (cells, found) in [
        (
            r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>3</v></c></row>"#,
            vec!["2:1=một", "2:3=hai ba", "2:4=_x000D_ & ậ"],
        ),
        (
            r#"<row><c><v>1</v></c><c t="inlineStr"><is><t>a&lt;b</t></is></c></row><row><c/><c><v>2.5</v></c></row>"#,
            vec!["1:1=1", "1:2=a<b", "2:2=2.5"],
        ),
        (
            r#"<row r="7"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>kết quả</v></c></row><row><c><v>8</v></c></row>"#,
            vec!["7:1=TRUE", "7:2=#N/A", "7:3=kết quả", "8:1=8"],
        ),
        (
            r#"<row r="3" spans="1:2"><c s="0" t="inlineStr" r='B3'><is><r><rPr><b/></rPr><t xml:space="preserve">Đảng </t></r><r><t>viên</t></r></is></c></row>"#,
            vec!["3:2=Đảng viên"],
        ),
        (
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t><![CDATA[a<b&c]]></t></is></c></row><!-- <c r=\"B1\"><v>9</v></c> -->",
            vec!["1:1=a<b&c"],
        ),
        (r#"<x:row xmlns:x="u" r="4"><x:c r="A4"><x:v>12</x:v></x:c></x:row>"#, vec!["4:1=12"]),
        (
            r#"<row r="1"><c r="AB1"><v>1e3</v></c><c r="AC1"><v>0012</v></c><c r="AD1"><v>chữ</v></c><c r="AE1" t="n"><v></v></c></row>"#,
            vec!["1:28=1000", "1:29=12", "1:30=chữ"],
        ),
    ] {
        assert_eq!(written(&read_default(&with_shared(cells, strings)).unwrap()), found, "{cells}");
    }
}

#[test]
fn what_cannot_be_a_cell_is_damage_and_never_another_cell() {
    for cells in [
        r#"<row r="1"><c r="A"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="11"><v>1</v></c></row>"#,
        r#"<row r="0"><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r=A1><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>4</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>-1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="b"><v>2</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="n"><v>x</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="mới"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>"#,
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c></row>"#,
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>&#0;</t></is></c></row>"#,
        r#"<row r="4294967296"><c><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>"#,
    ] {
        let bytes = with_shared(cells, "<sst><si><t>x</t></si></sst>");
        assert_eq!(code(&bytes), FaultCode::Damaged, "{cells}");
    }
}

#[test]
fn bombs_in_the_parts_that_are_read_are_refused_while_they_are_read() {
    let links = LINKS.replace(
        "</Relationships>",
        r#"<Relationship Id="rId3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    );
    let with = |name: &str, part: &[u8]| {
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", links.as_bytes()),
            ("xl/styles.xml", STYLES.as_bytes()),
            ("xl/sharedStrings.xml", b"<sst/>"),
            (SHEET, b"<worksheet><sheetData/></worksheet>"),
        ];
        parts.iter_mut().filter(|(own, _)| *own == name).for_each(|(_, own)| *own = part);
        package(&parts)
    };
    assert!(read_default(&with("none", b"")).is_ok());
    let spaces = " ".repeat(40 << 20);
    let deep = |root: &str| format!("<{root}>{}{}</{root}>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    for (name, root) in [(SHEET, "worksheet"), ("xl/sharedStrings.xml", "sst"), ("xl/styles.xml", "styleSheet")] {
        let wide = format!("<{root}>{spaces}</{root}>");
        assert_eq!(code(&with(name, wide.as_bytes())), FaultCode::PackedTooTightly, "{name}");
        assert_eq!(code(&with(name, deep(root).as_bytes())), FaultCode::HostileXml, "{name}");
        let laughs = format!("<!DOCTYPE a [<!ENTITY b \"ha\">]><{root}>&b;</{root}>");
        assert_eq!(code(&with(name, laughs.as_bytes())), FaultCode::HostileXml, "{name}");
        let long_tag = format!("<{root} a=\"{}\"/>", "x".repeat(2 << 20));
        assert_eq!(code(&with(name, long_tag.as_bytes())), FaultCode::HostileXml, "{name}");
        for broken in ["", "   ", "x", "<", "<a", "<!-- ", "<![CDATA[", "<a></b>", "</a>", "<a/", "<>", "<?"] {
            assert_eq!(code(&with(name, broken.as_bytes())), FaultCode::Damaged, "{name}: {broken}");
        }
    }
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let wide = format!("<worksheet>{}</worksheet>", &spaces[..2 << 20]);
    assert_eq!(read_all(&with(SHEET, wide.as_bytes()), &limits).unwrap_err().code, FaultCode::UnpacksTooLarge);
}

#[test]
fn texts_and_tags_are_whole_wherever_the_room_for_reading_ends() {
    // Some 700 kB: the room ends at every kind of place.
    let mut rows = String::new();
    let mut wanted = Vec::new();
    for row in 1..=4_000 {
        let text = "ậ".repeat(row % 37) + &"&amp;".repeat(row % 5);
        let _ = write!(rows, r#"<row r="{row}">{}</row>"#, text_cell(&format!("B{row}"), &format!("x{text}y")));
        wanted.push(format!("{row}:2=x{}y", text.replace("&amp;", "&")));
    }
    assert_eq!(written(&read_default(&workbook(&rows, "")).unwrap()), wanted);
    // A text longer than the room, cut nowhere.
    let long = "ẫ&#x1EAB;".repeat(9_999);
    let rows = format!("<row r=\"1\">{}</row>", text_cell("A1", &long));
    assert!(long.len() > 100_000);
    assert_eq!(written(&read_default(&workbook(&rows, "")).unwrap()), [format!("1:1={}", "ẫẫ".repeat(9_999))]);
}

#[test]
fn more_cells_or_merged_ranges_than_anybody_could_keep_are_refused() {
    let limits = Limits { cells: 3, merged: 2, ..Limits::default() };
    let of = |cells: usize, merged: usize| {
        let rows = format!("<row r=\"1\">{}</row>", "<c><v>1</v></c>".repeat(cells));
        workbook(&rows, &format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:B2\"/>".repeat(merged)))
    };
    assert!(read_all(&of(3, 2), &limits).is_ok());
    assert_eq!(read_all(&of(4, 2), &limits).unwrap_err().code, FaultCode::TooManyCells);
    assert_eq!(read_all(&of(3, 3), &limits).unwrap_err().code, FaultCode::TooManyMerged);
    assert_eq!(read_all(b"a,b,c,d\n", &limits).unwrap_err().code, FaultCode::TooManyCells);
}

#[test]
fn sheets_are_found_by_their_links_and_told_in_the_order_of_the_book() {
    let book = WORKBOOK.replace("</sheets>", r#"<sheet name="Ẩn &amp; giấu" sheetId="2" state="veryHidden" r:id="rId9"/><sheet name="Biểu đồ" sheetId="3" r:id="rId8"/></sheets>"#);
    let links = LINKS.replace("</Relationships>", r#"<Relationship Id="rId9" Type="http://x/worksheet" Target="/xl/Worksheets/other.xml"/><Relationship Id="rId8" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>"#);
    let sheet = |text: &str| {
        format!("<worksheet><sheetData><row r=\"1\">{}</row></sheetData></worksheet>", text_cell("A1", text))
    };
    let bytes = package(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/other.xml", sheet("hai").as_bytes()),
        (SHEET, sheet("một").as_bytes()),
    ]);
    let events = read_default(&bytes).unwrap();
    let names: Vec<(&str, bool)> = events
        .iter()
        .filter_map(|event| {
            if let IntakeEvent::Sheet { name, hidden, .. } = event { Some((name.as_str(), *hidden)) } else { None }
        })
        .collect();
    assert_eq!(names, [("Đảng viên", false), ("Ẩn & giấu", true)]);
    assert_eq!(written(&events), ["1:1=một", "1:1=hai"]);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_cells() {
    /// Kilobytes that are resident.
    fn resident() -> u64 {
        let told = std::fs::read_to_string("/proc/self/statm").unwrap();
        told.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4
    }
    let row = format!("<row>{}</row>", "<c><v>12</v></c>".repeat(100));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(20_000));
    let parts = [
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ];
    let bytes = packed(&parts, CompressionMethod::Stored);
    drop(sheet);
    let (mut first, mut most, mut rows) = (None, 0, 0_u32);
    read(&bytes, &Limits::default(), &mut |frame| {
        if matches!(frame, Frame::Row(_)) {
            rows += 1;
            if rows % 500 == 0 {
                most = most.max(resident());
                first.get_or_insert(most);
            }
        }
        Ok(())
    })
    .unwrap();
    // Two million cells: even at one byte each they would show.
    let grown = most - first.unwrap();
    assert!(rows == 20_000 && grown < 1_500, "{grown} kB");
}
