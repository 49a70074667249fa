use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A package of these parts besides those that every workbook has.
pub(super) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    packed(parts, CompressionMethod::Deflated)
}

pub(super) fn packed(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub(super) const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Đảng viên" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub(super) const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
pub(super) const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub(super) const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// A workbook of one sheet with this content after the cells.
pub(super) fn workbook(cells: &str, after: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData>{after}</worksheet>"#
    );
    package(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ])
}

pub(super) fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

pub(super) fn read_default(bytes: &[u8]) -> Result<Vec<IntakeEvent>, IntakeFault> {
    read_all(bytes, &Limits::default())
}

pub(super) fn code(bytes: &[u8]) -> FaultCode {
    read_default(bytes).expect_err("a fault").code
}

/// Rows as `row:column=text`.
pub(super) fn written(events: &[IntakeEvent]) -> Vec<String> {
    let mut found = Vec::new();
    for event in events {
        if let IntakeEvent::Row { row, cells, .. } = event {
            found.extend(cells.iter().map(|cell| format!("{row}:{}={}", cell.column, cell.text)));
        }
    }
    found
}

pub(super) fn cells(events: &[IntakeEvent]) -> Vec<IntakeCell> {
    events
        .iter()
        .flat_map(|event| if let IntakeEvent::Row { cells, .. } = event { cells.clone() } else { Vec::new() })
        .collect()
}

#[test]
fn text_is_trimmed_and_composed() {
    let decomposed = "Nguye\u{302}\u{303}n Va\u{306}n Ma\u{302}\u{303}u";
    let rows = format!("<row r=\"3\">{}</row>", text_cell("B3", &format!(" {decomposed}\u{a0} ")));
    assert_eq!(written(&read_default(&workbook(&rows, "")).unwrap()), ["3:2=Nguyễn Văn Mẫu"]);
}

#[test]
fn days_come_as_day_month_year_and_whole_numbers_without_a_point() {
    let rows = r#"<row r="1"><c r="A1" s="1"><v>44896</v></c><c r="B1"><v>45</v></c><c r="C1"><v>1.5</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" s="1"><v>44896.5</v></c></row>"#;
    let found = cells(&read_default(&workbook(rows, "")).unwrap());
    let kinds: Vec<(&str, CellKind)> = found.iter().map(|cell| (cell.text.as_str(), cell.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("01/12/2022", CellKind::Date),
            ("45", CellKind::Number),
            ("1.5", CellKind::Number),
            ("TRUE", CellKind::Truth),
            ("#N/A", CellKind::Error),
            ("01/12/2022 12:00:00", CellKind::Time),
        ]
    );
}

#[test]
fn a_formula_is_reported_with_its_stored_value() {
    let rows = r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c><c r="C1"><v>3</v></c></row>"#;
    let found = cells(&read_default(&workbook(rows, "")).unwrap());
    let flags: Vec<(&str, bool)> = found.iter().map(|cell| (cell.text.as_str(), cell.formula)).collect();
    assert_eq!(flags, [("2", true), ("", true), ("3", false)]);
}

#[test]
fn merged_cells_are_reported() {
    let rows = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "x"), text_cell("D1", "y"));
    let events =
        read_default(&workbook(&rows, r#"<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>"#)).unwrap();
    let IntakeEvent::Sheet { name, .. } = &events[1] else { panic!("a sheet") };
    let IntakeEvent::Merged { ranges, .. } = &events[3] else { panic!("merged ranges") };
    assert_eq!((name.as_str(), ranges.as_slice()), ("Đảng viên", ["A1:C2".to_owned()].as_slice()));
}

#[test]
fn a_sheet_that_claims_a_milliard_rows_is_read_by_what_it_holds() {
    let sheet = format!(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}</row></sheetData></worksheet>"#,
        text_cell("A1", "x")
    );
    let bytes = package(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ]);
    assert_eq!(written(&read_default(&bytes).unwrap()), ["1:1=x"]);
}

#[test]
fn cells_beyond_the_limits_are_refused_with_their_place() {
    let at = |place: &str, row: &str| workbook(&format!("<row r=\"{row}\">{}</row>", text_cell(place, "x")), "");
    let fault = read_default(&at("A1048576", "1048576")).unwrap_err();
    assert_eq!((fault.code, fault.row, fault.column), (FaultCode::TooManyRows, Some(1_048_576), Some(1)));
    assert_eq!(code(&at("XFD1", "1")), FaultCode::TooManyColumns);
    let long = workbook(&format!("<row r=\"1\">{}</row>", text_cell("A1", &"ẫ".repeat(20_001))), "");
    assert_eq!(code(&long), FaultCode::CellTooLong);
    let fits = workbook(&format!("<row r=\"1\">{}</row>", text_cell("A1", &"ẫ".repeat(20_000))), "");
    assert!(read_default(&fits).is_ok());
}

#[test]
fn rows_out_of_order_or_twice_are_refused() {
    let rows = format!("<row r=\"2\">{}</row><row r=\"1\">{}</row>", text_cell("A2", "x"), text_cell("A1", "y"));
    assert_eq!(code(&workbook(&rows, "")), FaultCode::OutOfOrder);
    let rows = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "x"), text_cell("A1", "y"));
    assert_eq!(code(&workbook(&rows, "")), FaultCode::OutOfOrder);
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_parsed() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = package(&[("xl/workbook.xml", WORKBOOK.as_bytes()), (SHEET, &zeros)]);
    assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
    assert_eq!(code(&bomb), FaultCode::PackedTooTightly);
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let wide = package(&[("xl/workbook.xml", WORKBOOK.as_bytes()), (SHEET, &zeros[..2 << 20])]);
    assert_eq!(read_all(&wide, &limits).unwrap_err().code, FaultCode::UnpacksTooLarge);
}

#[test]
fn too_many_parts_are_refused() {
    let names: Vec<String> = (0..501).map(|at| format!("xl/media/{at}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"<a/>".as_slice())).collect();
    assert_eq!(code(&package(&parts)), FaultCode::TooManyParts);
}

#[test]
fn nested_elements_and_declared_entities_are_refused() {
    let deep = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    let with = |part: &[u8]| package(&[("xl/workbook.xml", WORKBOOK.as_bytes()), (SHEET, part)]);
    assert_eq!(code(&with(deep.as_bytes())), FaultCode::HostileXml);
    let laughs = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    assert_eq!(code(&with(laughs)), FaultCode::HostileXml);
}

#[test]
fn one_long_text_named_by_many_cells_does_not_fill_the_memory() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(10_000));
    let mut rows = String::new();
    for row in 1..=300 {
        let _ = write!(rows, r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#);
    }
    let links = LINKS.replace(
        "</Relationships>",
        r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    );
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes = package(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ]);
    assert!(read_default(&bytes).is_ok());
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(read_all(&bytes, &limits).unwrap_err().code, FaultCode::UnpacksTooLarge);
}

#[test]
fn other_kinds_of_file_are_named() {
    for (bytes, found) in [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "xls_or_protected"),
        (b"%PDF-1.7".to_vec(), "pdf"),
        (b"\x89PNG\r\n".to_vec(), "image"),
        (b"<html><table>".to_vec(), "html"),
        (package(&[("word/document.xml", b"<a/>")]), "docx"),
        (package(&[("content.xml", b"<a/>")]), "ods"),
        (package(&[("xl/workbook.bin", b"")]), "xlsb"),
        (package(&[("a.txt", b"")]), "zip"),
        (b"a\0b\0\0\0\0\x01,,".to_vec(), "unknown"),
    ] {
        let fault = read_default(&bytes).unwrap_err();
        assert_eq!((fault.code, fault.args["found"].as_str()), (FaultCode::UnknownFormat, found));
    }
    assert_eq!(code(b""), FaultCode::Empty);
    assert_eq!(code(b" \n\n"), FaultCode::Empty);
}

#[test]
fn a_damaged_package_is_refused() {
    let whole = workbook(&format!("<row r=\"1\">{}</row>", text_cell("A1", "x")), "");
    assert_eq!(code(&whole[..whole.len() / 2]), FaultCode::Damaged);
    let broken = workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</row>", "");
    assert_eq!(code(&broken), FaultCode::Damaged);
    assert_eq!(code(b"PK\x03\x04 and nothing more"), FaultCode::Damaged);
}

#[test]
fn a_file_with_any_byte_changed_is_read_or_refused_but_never_breaks_the_reader() {
    let rows = format!("<row r=\"1\">{}<c r=\"B1\" s=\"1\"><f>1+1</f><v>2</v></c></row>", text_cell("A1", "x"));
    let merged = r#"<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>");
    for at in 0..sheet.len() {
        for byte in [b'<', b'9', b'"', 0] {
            let mut changed = sheet.clone().into_bytes();
            changed[at] = byte;
            let parts: [(&str, &[u8]); 4] = [
                ("_rels/.rels", ROOT.as_bytes()),
                ("xl/workbook.xml", WORKBOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
                (SHEET, &changed),
            ];
            let _ = read_default(&packed(&parts, CompressionMethod::Stored));
        }
    }
}

#[test]
fn a_file_larger_than_allowed_is_not_looked_at() {
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(read_all(b"a,b,c,d,e,f", &limits).unwrap_err().code, FaultCode::FileTooLarge);
}

#[test]
fn text_files_in_every_unicode_encoding_say_the_same() {
    let text = "Họ và tên;Ngày sinh\r\n\r\n\"Nguyễn;\nVăn Mẫu\";02/9/1975\r\nLê Thị Mẫu;1/1/1980";
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let with = |mark: &[u8], body: &[u8]| [mark, body].concat();
    let expected =
        ["1:1=Họ và tên", "1:2=Ngày sinh", "3:1=Nguyễn;\nVăn Mẫu", "3:2=02/9/1975", "4:1=Lê Thị Mẫu", "4:2=1/1/1980"];
    for bytes in [
        text.as_bytes().to_vec(),
        with(b"\xEF\xBB\xBF", text.as_bytes()),
        with(b"\xFF\xFE", &le),
        with(b"\xFE\xFF", &be),
        with(b"", &le),
    ] {
        assert_eq!(written(&read_default(&bytes).unwrap()), expected);
    }
}

#[test]
fn text_of_an_old_encoding_is_refused_with_a_guess() {
    let (old, _, lossy) = encoding_rs::WINDOWS_1258.encode("Ho\u{323} va\u{300} tên: Nguyê\u{303}n Văn Mâ\u{303}u");
    assert!(!lossy && std::str::from_utf8(&old).is_err());
    let fault = read_default(&old).unwrap_err();
    assert_eq!((fault.code, fault.args["encoding"].as_str()), (FaultCode::Encoding, "windows-1258"));
    let fault = read_default(b"H\xE4 v\xB5 t\xAAn,Ng\xB5y sinh\nNguy\xD4n,1").unwrap_err();
    assert_eq!((fault.code, fault.args["encoding"].as_str()), (FaultCode::Encoding, "unknown"));
}

#[test]
fn separators_are_found_outside_quotes() {
    for (text, expected) in [
        ("a,b\n1,2", vec!["1:1=a", "1:2=b", "2:1=1", "2:2=2"]),
        ("\"a,b,c\";d\n1;2", vec!["1:1=a,b,c", "1:2=d", "2:1=1", "2:2=2"]),
        ("a\tb\n", vec!["1:1=a", "1:2=b"]),
        ("sep=;\na,x;b\n", vec!["1:1=a,x", "1:2=b"]),
        ("chỉ một cột\nhai", vec!["1:1=chỉ một cột", "2:1=hai"]),
    ] {
        assert_eq!(written(&read_default(text.as_bytes()).unwrap()), expected, "{text}");
    }
}

#[test]
fn events_survive_the_way_through_a_pipe() {
    let rows = format!("<row r=\"1\">{}<c r=\"B1\"><f>1+1</f><v>2</v></c></row>", text_cell("A1", "x&amp;\"\n"));
    let bytes = workbook(&rows, "");
    let mut piped = Vec::new();
    write_events(&bytes, &Limits::default(), &mut piped).unwrap();
    let back: Vec<IntakeEvent> = parse_events(piped.as_slice()).collect();
    assert_eq!(back, read_default(&bytes).unwrap());
    assert!(matches!(back.last(), Some(IntakeEvent::End { sheets: 1, rows: 1, cells: 2 })));
}

#[test]
fn a_fault_is_the_last_event_of_a_pipe() {
    let mut piped = Vec::new();
    write_events(b"%PDF", &Limits::default(), &mut piped).unwrap();
    let back: Vec<IntakeEvent> = parse_events(piped.as_slice()).collect();
    assert!(matches!(back.as_slice(), [IntakeEvent::Fault(fault)] if fault.code == FaultCode::UnknownFormat));
    assert!(String::from_utf8_lossy(&piped).contains("INTAKE-003"));
}

#[test]
fn a_reader_that_died_is_a_fault_and_not_a_short_file() {
    let mut piped = Vec::new();
    write_events(b"a,b\nc,d", &Limits::default(), &mut piped).unwrap();
    let cut = &piped[..piped.len() - 10];
    let back: Vec<IntakeEvent> = parse_events(cut).collect();
    assert!(matches!(back.last(), Some(IntakeEvent::Fault(fault)) if fault.code == FaultCode::ReaderDied));
    let nothing: Vec<IntakeEvent> = parse_events(&b""[..]).collect();
    for strange in [&b"R\xff\xff\xff\xff"[..], b"R\x02\0\0\0ab", b"X\0\0\0\0", b"E\x01\0\0\0{", b"{\"e\":\"end\"}\n"] {
        let told: Vec<IntakeEvent> = parse_events(strange).collect();
        assert!(
            matches!(told.as_slice(), [IntakeEvent::Fault(fault)] if fault.code == FaultCode::ReaderDied),
            "{told:?}"
        );
    }
    assert!(matches!(nothing.as_slice(), [IntakeEvent::Fault(fault)] if fault.code == FaultCode::ReaderDied));
}

#[test]
fn codes_are_written_as_they_are_serialized() {
    for code in [FaultCode::Empty, FaultCode::UnpacksTooLarge, FaultCode::ReaderDied] {
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.as_str()));
    }
}

#[test]
fn columns_have_the_letters_of_a_spreadsheet() {
    let names: Vec<String> = [1, 26, 27, 702, 703, 16_384].into_iter().map(column_name).collect();
    assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
}

#[test]
fn the_roster_of_a_province_is_read_as_a_stream() {
    let row = format!("<row>{}</row>", "<c><v>12</v></c>".repeat(20));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(70_000));
    let parts = [
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        (SHEET, sheet.as_bytes()),
    ];
    let bytes = packed(&parts, CompressionMethod::Stored);
    let (mut seen, mut end) = (0_u64, None);
    read(&bytes, &Limits::default(), &mut |frame| {
        match frame {
            Frame::Row(row) => seen += row.cells().count() as u64,
            Frame::Event(IntakeEvent::End { rows, cells, .. }) => end = Some((rows, cells)),
            Frame::Event(_) => {}
        }
        Ok(())
    })
    .unwrap();
    assert_eq!((seen, end), (1_400_000, Some((70_000, 1_400_000))));
}

#[test]
fn letters_that_are_passed_at_once_are_in_their_composed_form() {
    use unicode_normalization::UnicodeNormalization;
    let plain: Vec<char> = ('\0'..=char::MAX).filter(|letter| is_plain(*letter)).collect();
    assert!(plain.len() > 600 && plain.contains(&'ậ') && plain.contains(&'Đ') && !plain.contains(&'\u{301}'));
    let text: String = plain.iter().flat_map(|letter| [*letter, 'a', *letter]).collect();
    assert_eq!(text.nfc().collect::<String>(), text);
    assert!(!plain.iter().any(|letter| letter.is_control()));
}
