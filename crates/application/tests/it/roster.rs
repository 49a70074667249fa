//! A roster comes in whole or not at all, once, and says what it did.

use std::sync::Arc;

use application::accounts::{Founding, found};
use application::acts::roster::{
    Importer, Preview, RowCells, SheetRows, TextCell, Upload, cancel_import, confirm_import, layout, preview_again,
    preview_import,
};
use application::demo::{SeededChance, SetClock};
use application::library::Library;
use application::ports::{Format, Press};
use application::{App, Error, access, app::Parts, reads};
use domain::{Actor, Day, PersonId, RootId};

use crate::it::testdb::TestDb;

struct NoPress;

impl Press for NoPress {
    fn press(&self, form: &str, _: Format, _: &serde_json::Value) -> Result<Vec<u8>, String> {
        Err(format!("no paper is printed here: {form}"))
    }

    fn bundle(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
        Err(format!("nothing is bundled here: {}", files.len()))
    }
}

struct House {
    app: App,
    clock: Arc<SetClock>,
    root: RootId,
    clerk: Actor,
}

async fn house(t: &TestDb) -> House {
    let clock = Arc::new(SetClock::default());
    clock.put(Day::of(2022, 12, 1).unwrap(), 8);
    let parts = Parts {
        database: t.url(),
        clock: clock.clone(),
        chance: Arc::new(SeededChance::new(7)),
        library: Library::default(),
        press: Arc::new(NoPress),
    };
    let app = App::open(parts).await.unwrap();
    let order = Founding {
        name: "Đảng bộ xã Mẫu".to_owned(),
        unit_code: "ĐU".to_owned(),
        superior_name: "Huyện uỷ Mẫu".to_owned(),
        place: "Xã Mẫu".to_owned(),
        full_name: "Lê Thị Mẫu".to_owned(),
        person_code: "VP1".to_owned(),
        login: "vanthu".to_owned(),
        secret_hash: "hash".to_owned(),
        demo: true,
    };
    let root = found(&app, &order).await.unwrap();
    let mut conn = t.db.read(root).await.unwrap();
    let people = store::org::people(&mut conn, root.0).await.unwrap();
    let clerk = access::actor(&app, root, PersonId(people[0].person_id)).await.unwrap();
    House { app, clock, root, clerk }
}

type Rows = Vec<Vec<&'static str>>;

#[derive(Clone)]
struct File {
    units: Rows,
    members: Rows,
    posts: Rows,
}

fn file() -> File {
    File {
        units: vec![
            vec!["ĐU", "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", "Huyện uỷ Mẫu", "Xã Mẫu", "ĐU", "03/02/1990"],
            vec!["BP", "Đảng bộ bộ phận Mẫu", "Đảng bộ bộ phận", "ĐU"],
            vec!["CB1", "Chi bộ thôn Một", "Chi bộ", "ĐU"],
            vec!["CB2", "Chi bộ thôn Hai", "Chi bộ", "BP"],
        ],
        members: vec![
            vec!["ĐV1", "Nguyễn Văn Mẫu", "01/02/1970", "51.1", "CB1", "Chính thức", "03/02/2000", "03/02/2001"],
            vec!["ĐV2", "Trần Thị Ánh", "05/03/1980", "51.2", "CB1", "Dự bị", "03/02/2022"],
            vec!["ĐV3", "Trần Thị An", "05/03/1981", "", "CB2", "Chính thức", "03/02/2010", "03/02/2011"],
        ],
        posts: vec![vec!["ĐV1", "CB1", "Bí thư", "01/06/2020"], vec!["ĐV1", "ĐU", "Bí thư", "01/06/2020"]],
    }
}

impl File {
    fn upload(&self) -> Upload {
        let texts = |rows: &Rows| rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        upload([texts(&self.units), texts(&self.members), texts(&self.posts)])
    }
}

pub(crate) fn upload(sheets: [Vec<Vec<String>>; 3]) -> Upload {
    let sheets = std::iter::zip(layout::SHEETS, sheets).map(|(layout, rows)| {
        let headings = layout.columns.iter().map(|column| column.heading.to_owned()).collect();
        let row = |(number, texts): (u32, Vec<String>)| {
            let cells = (1..).zip(texts).filter(|(_, text)| !text.is_empty());
            let cells = cells.map(|(column, text)| TextCell { column, text, ..TextCell::default() });
            RowCells { number, cells: cells.collect() }
        };
        let rows = (1..).zip(std::iter::once(headings).chain(rows)).map(row).collect();
        SheetRows { name: layout.name.to_owned(), rows }
    });
    Upload { file_name: "danh-sach.xlsx".to_owned(), sha256: "00".repeat(32), sheets: sheets.collect() }
}

fn counts(preview: &Preview) -> Vec<(usize, usize, usize)> {
    preview.sheets.iter().map(|sheet| (sheet.added, sheet.changed, sheet.unchanged)).collect()
}

fn codes(error: &Error) -> String {
    match error {
        Error::Refused(reasons) => reasons.iter().map(|reason| reason.code.as_str()).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

impl House {
    fn clerk(&self) -> Importer<'_> {
        Importer::Official(&self.clerk)
    }

    async fn preview(&self, file: &File) -> Preview {
        preview_import(&self.app, self.clerk(), file.upload()).await.unwrap()
    }

    async fn import(&self, file: &File) -> Preview {
        let preview = self.preview(file).await;
        assert!(preview.errors.is_empty(), "{:?}", preview.errors.listed);
        confirm_import(&self.app, self.clerk(), preview.intake.unwrap(), &preview.seen).await.unwrap();
        preview
    }

    async fn acts(&self) -> Vec<String> {
        let mut lines = Vec::new();
        application::upkeep::export_journal(&self.app, self.root, &mut lines).await.unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let act = |line: &str| {
            Some(
                line.split("act\\\":\\\"")
                    .nth(1)
                    .or(line.split("\"act\":\"").nth(1))?
                    .split(['"', '\\'])
                    .next()?
                    .to_owned(),
            )
        };
        lines.lines().filter_map(act).collect()
    }
}

on_both! {
    async fn nothing_is_written_before_it_is_confirmed(t: &TestDb) {
        let house = house(t).await;
        let preview = house.preview(&file()).await;
        assert_eq!(counts(&preview), [(3, 1, 0), (3, 0, 0), (2, 0, 0)]);
        assert!(preview.errors.is_empty(), "{:?}", preview.errors);
        let mut conn = t.db.read(house.root).await.unwrap();
        assert_eq!(store::org::units(&mut conn, house.root.0).await.unwrap().len(), 1);
        assert_eq!(store::org::people(&mut conn, house.root.0).await.unwrap().len(), 1);
    }

    async fn what_is_confirmed_is_there_and_the_same_file_changes_nothing(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let units = reads::roster::tree(&house.app, &house.clerk).await.unwrap();
        let told: Vec<String> = units.iter().map(|unit| format!("{}{} {}", " ".repeat(unit.depth), unit.code, unit.members())).collect();
        assert_eq!(told, ["ĐU 3", " BP 1", "  CB2 1", " CB1 2"]);
        let again = house.import(&file()).await;
        assert!(again.changes_nothing());
        assert_eq!(counts(&again), [(0, 0, 4), (0, 0, 3), (0, 0, 2)]);
    }

    async fn an_end_is_written_once_exported_and_leaves_the_cell_without_the_member(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let mut leaving = file();
        leaving.members[1] = vec![
            "ĐV2", "Trần Thị Ánh", "05/03/1980", "51.2", "CB1", "Dự bị", "03/02/2022", "", "", "", "", "", "", "15/11/2022", "Từ trần",
        ];
        let preview = house.import(&leaving).await;
        assert_eq!(counts(&preview), [(0, 0, 4), (0, 1, 2), (0, 0, 2)]);
        let fields: Vec<String> =
            preview.sheets[1].listed_changed[0].fields.iter().map(|field| format!("{}: {}", field.heading, field.new)).collect();
        assert_eq!(fields, ["Ngày kết thúc sinh hoạt: 15/11/2022", "Lý do kết thúc: Từ trần"]);
        assert!(house.import(&leaving).await.changes_nothing());
        let mut conn = t.db.read(house.root).await.unwrap();
        let root = house.root.0;
        let units = store::org::units(&mut conn, root).await.unwrap();
        let cell = units.iter().find(|unit| unit.code == "CB1").unwrap().unit_id;
        for (day, members) in [("2022-11-15", 2), ("2022-11-16", 1)] {
            assert_eq!(store::org::members_of_unit(&mut conn, root, cell, day).await.unwrap().len(), members, "{day}");
        }
        let exported = reads::roster::present(&house.app, &house.clerk).await.unwrap();
        let again = preview_import(&house.app, house.clerk(), upload(exported.sheets().map(|(_, rows)| rows))).await.unwrap();
        assert!(again.errors.is_empty() && again.changes_nothing(), "{again:?}");

        let back = house.import(&file()).await;
        assert_eq!(back.warnings.listed.iter().filter(|one| one.what.code == "ROSTER-110").count(), 1);
        let memberships = store::roster::listed_memberships(&mut t.db.read(house.root).await.unwrap(), root).await.unwrap();
        assert_eq!(memberships.len(), 3, "a mistake is put right in the same membership");
        assert!(memberships.iter().all(|row| row.to_on.is_none() && row.end_reason.is_empty()));
    }

    async fn whoever_left_the_hierarchy_and_comes_back_begins_anew(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let mut leaving = file();
        leaving.members[1].extend(["", "", "", "", "", "", "15/11/2022", "Chuyển sinh hoạt đi"]);
        house.import(&leaving).await;
        house.clock.put(Day::of(2022, 12, 20).unwrap(), 8);
        house.import(&file()).await;
        let mut conn = t.db.read(house.root).await.unwrap();
        let rows = store::roster::listed_memberships(&mut conn, house.root.0).await.unwrap();
        let mut told: Vec<String> = rows
            .iter()
            .filter(|row| row.standing == "probationary")
            .map(|row| format!("{} {:?} {}", row.from_on, row.to_on, row.end_reason))
            .collect();
        told.sort();
        assert_eq!(told, ["2022-02-03 Some(\"2022-11-15\") transferred_out", "2022-12-20 None "]);
        assert!(house.import(&file()).await.changes_nothing());
    }

    async fn a_cell_is_closed_when_its_members_have_moved(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let mut closing = file();
        closing.units[3] = vec!["CB2", "Chi bộ thôn Hai", "Chi bộ", "BP", "", "", "", "", "30/11/2022"];
        let preview = house.preview(&closing).await;
        let codes: Vec<&str> = preview.errors.listed.iter().map(|one| one.what.code.as_str()).collect();
        assert_eq!(codes, ["ROSTER-044"]);
        assert!(preview.intake.is_none());
        closing.members[2] = vec!["ĐV3", "Trần Thị An", "05/03/1981", "", "CB1", "Chính thức", "03/02/2010", "03/02/2011"];
        house.import(&closing).await;
        assert!(house.import(&closing).await.changes_nothing());
        let units = reads::roster::tree(&house.app, &house.clerk).await.unwrap();
        let closed: Vec<(&str, Option<Day>)> =
            units.iter().filter(|unit| unit.closed_on.is_some()).map(|unit| (unit.code.as_str(), unit.closed_on)).collect();
        assert_eq!(closed, [("CB2", Day::of(2022, 11, 30))]);
    }

    async fn the_journal_has_one_entry_for_the_file_and_one_for_each_unit_that_changed(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let first = house.acts().await.iter().filter(|act| act.starts_with("roster.")).count();
        assert_eq!(first, 1 + 4);
        let mut changed = file();
        changed.members[1][5] = "Được miễn";
        house.import(&changed).await;
        house.import(&changed).await;
        let acts = house.acts().await;
        let roster: Vec<&str> = acts.iter().map(String::as_str).filter(|act| act.starts_with("roster.")).skip(first).collect();
        assert_eq!(roster, ["roster.imported", "roster.unit_changed"]);
        let reports = application::upkeep::verify_journals(&house.app, &[]).await.unwrap();
        assert!(reports.iter().all(|report| report.first_bad.is_none()));
    }

    async fn a_file_with_an_error_is_not_kept(t: &TestDb) {
        let house = house(t).await;
        let mut bad = file();
        bad.members[2][6] = "31/02/2010";
        let preview = house.preview(&bad).await;
        assert_eq!((preview.intake, preview.errors.total, preview.sheets.len()), (None, 1, 0));
    }

    async fn who_moves_to_another_cell_leaves_the_old_one_the_day_before(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        house.clock.put(Day::of(2022, 12, 10).unwrap(), 8);
        let mut moved = file();
        moved.members[1][4] = "CB2";
        let preview = house.import(&moved).await;
        let change = &preview.sheets[1].listed_changed[0];
        assert_eq!((change.name.as_str(), change.fields[0].old.as_str(), change.fields[0].new.as_str()), ("Trần Thị Ánh", "CB1", "CB2"));
        let tree = reads::roster::tree(&house.app, &house.clerk).await.unwrap();
        let cell = |code: &str| tree.iter().find(|unit| unit.code == code).unwrap().id;
        let mut conn = t.db.read(house.root).await.unwrap();
        for (day, unit, expected) in [("2022-12-09", "CB1", 2), ("2022-12-09", "CB2", 1), ("2022-12-10", "CB1", 1), ("2022-12-10", "CB2", 2)] {
            let members = store::org::members_of_unit(&mut conn, house.root.0, cell(unit).0, day).await.unwrap();
            assert_eq!(members.len(), expected, "{unit} on {day}");
        }
    }

    async fn two_people_can_exchange_their_card_numbers(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let mut swapped = file();
        (swapped.members[0][3], swapped.members[1][3]) = ("51.2", "51.1");
        house.import(&swapped).await;
        assert!(house.preview(&swapped).await.changes_nothing());
    }

    async fn units_below_follow_their_superior(t: &TestDb) {
        let house = house(t).await;
        let mut flat = file();
        flat.units[3][3] = "ĐU";
        house.import(&flat).await;
        house.import(&file()).await;
        let tree = reads::roster::tree(&house.app, &house.clerk).await.unwrap();
        let below = tree.iter().find(|unit| unit.code == "BP").unwrap().id;
        let people = reads::roster::unit(&house.app, &house.clerk, below, "", 1).await.unwrap();
        assert_eq!(people.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Trần Thị An"]);
    }

    async fn a_preview_of_yesterday_is_not_confirmed(t: &TestDb) {
        let house = house(t).await;
        let first = house.preview(&file()).await;
        let by_console = preview_import(&house.app, Importer::Console(house.root), file().upload()).await.unwrap();
        confirm_import(&house.app, Importer::Console(house.root), by_console.intake.unwrap(), &by_console.seen).await.unwrap();
        let late = confirm_import(&house.app, house.clerk(), first.intake.unwrap(), &first.seen).await.unwrap_err();
        assert_eq!(codes(&late), "ROSTER-031");
        let now = preview_again(&house.app, house.clerk(), first.intake.unwrap()).await.unwrap();
        assert!(now.changes_nothing() && now.seen != first.seen);
    }

    async fn a_file_is_confirmed_once_by_whoever_uploaded_it(t: &TestDb) {
        let house = house(t).await;
        let preview = house.preview(&file()).await;
        let id = preview.intake.unwrap();
        let foreign = confirm_import(&house.app, Importer::Console(house.root), id, &preview.seen).await.unwrap_err();
        assert!(matches!(foreign, Error::Denied));
        confirm_import(&house.app, house.clerk(), id, &preview.seen).await.unwrap();
        assert_eq!(codes(&confirm_import(&house.app, house.clerk(), id, &preview.seen).await.unwrap_err()), "ROSTER-030");
        let other = house.preview(&file()).await.intake.unwrap();
        cancel_import(&house.app, house.clerk(), other).await.unwrap();
        assert_eq!(codes(&preview_again(&house.app, house.clerk(), other).await.unwrap_err()), "ROSTER-030");
    }

    async fn whoever_holds_no_office_imports_nothing(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let mut conn = t.db.read(house.root).await.unwrap();
        let people = store::org::people(&mut conn, house.root.0).await.unwrap();
        drop(conn);
        let second = people.iter().find(|row| row.code == "ĐV2").unwrap();
        let member = access::actor(&house.app, house.root, PersonId(second.person_id)).await.unwrap();
        let denied = preview_import(&house.app, Importer::Official(&member), file().upload()).await.unwrap_err();
        assert!(matches!(denied, Error::Denied));
        assert!(matches!(reads::roster::tree(&house.app, &member).await.unwrap_err(), Error::Denied));
        assert!(matches!(reads::roster::present(&house.app, &member).await.unwrap_err(), Error::Denied));
    }

    async fn what_is_exported_can_be_imported_and_changes_nothing(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let roster = reads::roster::present(&house.app, &house.clerk).await.unwrap();
        let upload = upload(roster.sheets().map(|(_, rows)| rows));
        let preview = preview_import(&house.app, house.clerk(), upload).await.unwrap();
        assert!(preview.errors.is_empty(), "{:?}", preview.errors);
        assert!(preview.changes_nothing(), "{:?}", preview.sheets);
    }

    async fn people_are_found_with_and_without_marks_in_vietnamese_order(t: &TestDb) {
        let house = house(t).await;
        house.import(&file()).await;
        let top = reads::roster::tree(&house.app, &house.clerk).await.unwrap()[0].id;
        for (wanted, expected) in [
            ("", vec!["Trần Thị An", "Trần Thị Ánh", "Nguyễn Văn Mẫu"]),
            ("tran thi", vec!["Trần Thị An", "Trần Thị Ánh"]),
            ("MẪU", vec!["Nguyễn Văn Mẫu"]),
            ("100%", vec![]),
        ] {
            let found = reads::roster::unit(&house.app, &house.clerk, top, wanted, 1).await.unwrap();
            assert_eq!(found.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), expected, "{wanted}");
        }
        let unit = reads::roster::unit(&house.app, &house.clerk, top, "", 9).await.unwrap();
        assert_eq!((unit.page, unit.pages, unit.found, unit.holders.len()), (1, 1, 3, 2));
    }
}

/// Members of one sample cell.
const CELL: usize = 25;

/// A roster of so many members in one base organisation.
fn large(members: usize) -> Upload {
    let cell = |number: usize| format!("CB{:05}", number / CELL);
    let texts = |row: &[&str]| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut units = vec![texts(&["ĐU", "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", "Huyện uỷ Mẫu"])];
    units.extend((0..members).step_by(CELL).map(|first| {
        let code = cell(first);
        texts(&[&code, &format!("Chi bộ thôn {code}"), "Chi bộ", "ĐU", "", "Xã Mẫu", "CB"])
    }));
    let person = |number: usize| {
        let (code, name, card) =
            (format!("ĐV{number:06}"), format!("Nguyễn Văn Mẫu {number:06}"), format!("51.{number:06}"));
        texts(&[
            &code,
            &name,
            "01/02/1970",
            &card,
            &cell(number),
            "Chính thức",
            "03/02/2000",
            "03/02/2001",
            "Công chức",
            "",
            "",
            "Xã Mẫu",
            "Không",
        ])
    };
    let posts = (0..members)
        .step_by(CELL)
        .map(|number| texts(&[&format!("ĐV{number:06}"), &cell(number), "Bí thư", "01/06/2020"]));
    upload([units, (0..members).map(person).collect(), posts.collect()])
}

on_both! {
    async fn ten_thousand_rows_come_in_and_again_change_nothing(t: &TestDb) {
        let house = house(t).await;
        let members = 10_000;
        let preview = preview_import(&house.app, house.clerk(), large(members)).await.unwrap();
        assert_eq!(counts(&preview), [(members / CELL, 1, 0), (members, 0, 0), (members / CELL, 0, 0)]);
        assert_eq!(preview.sheets[1].listed_added.len(), application::acts::roster::LISTED);
        confirm_import(&house.app, house.clerk(), preview.intake.unwrap(), &preview.seen).await.unwrap();
        assert!(preview_import(&house.app, house.clerk(), large(members)).await.unwrap().changes_nothing());
    }
}
