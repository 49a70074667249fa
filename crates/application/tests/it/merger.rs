//! The reform of 1 July 2025 in Quảng Ngãi: districts end, communes merge and stand directly under the province.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use application::accounts::{Founding, found};
use application::acts::organisation::{
    Ground, MergeUnits, NewUnit, RenameUnit, SplitPart, SplitUnit, Step, close_unit, merge_units, move_unit,
    rename_unit, split_unit,
};
use application::acts::roster::{Importer, confirm_import, preview_import};
use application::demo::{SeededChance, SetClock};
use application::reads::organisation::{self, Node};
use application::reads::person::person;
use application::{App, access, app::Parts};
use domain::{Actor, Day, PersonId, RootId, UnitId};

use crate::it::roster::upload;
use crate::it::story::{NoPress, library};
use crate::it::testdb::TestDb;

const TABLE: &str = include_str!("../../../../examples/quang-ngai-2025-07.csv");

/// One line of the table: a commune before the reform and the one it went into.
struct Line {
    district: (String, String),
    commune: (String, String),
    into: (String, String),
}

fn lines() -> Vec<Line> {
    let lines = TABLE.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let pair = |parts: &[String]| (parts[0].clone(), parts[1].clone());
    lines.map(|p| Line { district: pair(&p[0..2]), commune: pair(&p[2..4]), into: pair(&p[4..6]) }).collect()
}

/// The province with its office, a month before the reform.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) root: RootId,
    pub(crate) office: Actor,
}

pub(crate) async fn house(t: &TestDb, name: &str) -> House {
    let clock = Arc::new(SetClock::default());
    clock.put(Day::of(2025, 6, 2).unwrap(), 8);
    let parts = Parts {
        database: t.url(),
        clock: clock.clone(),
        chance: Arc::new(SeededChance::new(7)),
        library: library(),
        press: Arc::new(NoPress),
    };
    let app = App::open(parts).await.unwrap();
    let order = Founding {
        name: name.to_owned(),
        unit_code: "51".to_owned(),
        superior_name: "Ban Chấp hành Trung ương".to_owned(),
        place: "Quảng Ngãi".to_owned(),
        full_name: "Lê Thị Mẫu".to_owned(),
        person_code: "VP1".to_owned(),
        login: "vanthu".to_owned(),
        secret_hash: "hash".to_owned(),
        demo: true,
    };
    let root = found(&app, &order).await.unwrap();
    let mut conn = t.db.read(root).await.unwrap();
    let people = store::org::people(&mut conn, root.0).await.unwrap();
    let office = access::actor(&app, root, PersonId(people[0].person_id)).await.unwrap();
    House { app, clock, root, office }
}

type Rows = Vec<Vec<String>>;

fn row(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

impl House {
    pub(crate) async fn import(&self, sheets: [Rows; 3]) {
        let importer = Importer::Console(self.root);
        let preview = preview_import(&self.app, importer, upload(sheets)).await.unwrap();
        assert!(preview.errors.is_empty(), "{:?}", preview.errors.listed);
        confirm_import(&self.app, importer, preview.intake.unwrap(), &preview.seen).await.unwrap();
    }

    pub(crate) async fn unit(&self, t: &TestDb, code: &str) -> UnitId {
        let mut conn = t.db.read(self.root).await.unwrap();
        let row = store::org::unit_of_code(&mut conn, self.root.0, code).await.unwrap();
        UnitId(row.unwrap_or_else(|| panic!("no unit {code}")).unit_id)
    }

    /// Every unit of a day; what a page leaves out is asked for branch by branch.
    pub(crate) async fn tree(&self, day: &str) -> Vec<Node> {
        let day = Day::parse_typed(day).unwrap();
        let whole = organisation::tree(&self.app, &self.office, day, None).await.unwrap();
        let mut nodes = Vec::new();
        for node in &whole.nodes {
            nodes.push(node.clone());
            if whole.cut && node.below > 0 && !node.opens {
                let branch = organisation::tree(&self.app, &self.office, day, Some(node.id)).await.unwrap();
                assert!(!branch.cut);
                nodes.extend(branch.nodes.into_iter().skip(1));
            }
        }
        assert_eq!(nodes.len(), whole.total);
        nodes
    }
}

fn ground() -> Ground {
    Ground {
        effective_on: "01/07/2025".to_owned(),
        basis_number: "1677/NQ-UBTVQH15".to_owned(),
        basis_on: "16/06/2025".to_owned(),
        basis_issuer: "Uỷ ban Thường vụ Quốc hội".to_owned(),
    }
}

/// The roster before: each commune a base organisation with a cell, the one that is divided with two.
fn before(lines: &[Line]) -> [Rows; 3] {
    let mut units = vec![row(&["51", "Đảng bộ tỉnh Quảng Ngãi", "Đảng bộ tỉnh", "", "Ban Chấp hành Trung ương"])];
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for line in lines {
        let (district, commune) = (&line.district, &line.commune);
        if seen.insert(district.0.clone()) {
            units.push(row(&[&district.0, &district.1, "Đảng bộ cấp trên cơ sở", "51"]));
        }
        if commune.0.is_empty() {
            continue;
        }
        let first = seen.insert(commune.0.clone());
        if first {
            units.push(row(&[&commune.0, &commune.1, "Đảng bộ cơ sở", &district.0]));
        }
        let cell = format!("{}-{}", commune.0, if first { 1 } else { 2 });
        units.push(row(&[&cell, &format!("Chi bộ {cell}"), "Chi bộ", &commune.0]));
        members.push(row(&[&format!("DV-{cell}"), "Nguyễn Văn Mẫu", "", "", &cell, "Chính thức", "03/02/2010"]));
    }
    let posts = vec![row(&["DV-21010-1", "21010", "Bí thư", "15/06/2020"])];
    [units, members, posts]
}

/// Name and superior of every unit of a kind.
fn names(tree: &[Node], kinds: &[&str]) -> BTreeSet<(String, String)> {
    let wanted = tree.iter().filter(|node| kinds.contains(&node.kind.word()));
    wanted.map(|node| (node.name.clone(), node.superior.clone())).collect()
}

/// Successors with the codes of the communes that went into each, the one whose code goes on first.
fn mergers(lines: &[Line]) -> BTreeMap<(String, String), Vec<String>> {
    let mut into: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.commune.0.is_empty() && line.commune.0 != "21142") {
        into.entry(line.into.clone()).or_default().push(line.commune.0.clone());
    }
    for ((code, _), from) in &mut into {
        from.sort_by_key(|one| one != code);
        assert_eq!(&from[0], code, "the code of a commune goes on in its successor");
    }
    into
}

async fn reform(house: &House, t: &TestDb, lines: &[Line]) {
    house.clock.put(Day::of(2025, 7, 3).unwrap(), 8);
    let (app, office) = (&house.app, &house.office);
    // Trà Bùi is divided between two of its neighbours.
    let parts = [("21136", "21142-1"), ("21157", "21142-2")].map(|(into, cell)| async move {
        SplitPart { code: into.to_owned(), below: vec![house.unit(t, cell).await], ..SplitPart::default() }
    });
    let [one, two] = parts;
    let order = SplitUnit { parts: vec![one.await, two.await], ends: true };
    split_unit(app, office, house.unit(t, "21142").await, &order, &ground(), Step::Write).await.unwrap();
    for ((code, name), from) in mergers(lines) {
        let unit = house.unit(t, &code).await;
        if from.len() > 1 {
            let target = NewUnit { name, kind: "above_base".to_owned(), ..NewUnit::default() };
            let codes = from[1..].to_vec();
            let order = MergeUnits { codes, into_new: false, target, superior: "51".to_owned() };
            merge_units(app, office, unit, &order, &ground(), Step::Write).await.unwrap();
        } else {
            move_unit(app, office, unit, "51", &ground(), Step::Write).await.unwrap();
            let order = RenameUnit { name, kind: "above_base".to_owned() };
            rename_unit(app, office, unit, &order, &ground(), Step::Write).await.unwrap();
        }
    }
    let districts: BTreeSet<&str> = lines.iter().map(|line| line.district.0.as_str()).collect();
    for district in districts {
        let unit = house.unit(t, district).await;
        if district == "536" {
            let order = RenameUnit { name: "Đặc khu Lý Sơn".to_owned(), kind: "above_base".to_owned() };
            rename_unit(app, office, unit, &order, &ground(), Step::Write).await.unwrap();
        } else {
            close_unit(app, office, unit, &ground(), Step::Write).await.unwrap();
        }
    }
}

on_both! {
    async fn the_tree_is_what_the_table_says_on_the_last_day_before_and_on_the_first_day_after(t: &TestDb) {
        let house = house(t, "Đảng bộ tỉnh Quảng Ngãi").await;
        let lines = lines();
        house.import(before(&lines)).await;
        reform(&house, t, &lines).await;

        let province = "Đảng bộ tỉnh Quảng Ngãi".to_owned();
        let districts = lines.iter().map(|line| (line.district.1.clone(), province.clone())).collect();
        let communes = lines.iter().filter(|line| !line.commune.0.is_empty());
        let communes: BTreeSet<_> = communes.map(|line| (line.commune.1.clone(), line.district.1.clone())).collect();
        let old = house.tree("30/06/2025").await;
        assert_eq!(names(&old, &["above_base"]), districts);
        assert_eq!(names(&old, &["base_organization"]), communes);
        assert_eq!((communes.len(), districts.len()), (170, 13));

        let new = house.tree("01/07/2025").await;
        let successors: BTreeSet<_> = lines.iter().map(|line| (line.into.1.clone(), province.clone())).collect();
        assert_eq!(names(&new, &["above_base"]), successors);
        assert_eq!((successors.len(), names(&new, &["base_organization"]).len()), (56, 0));

        // Every cell stands where its commune went.
        let cells: BTreeMap<String, String> =
            new.iter().filter(|node| node.kind.word() == "cell").map(|node| (node.name.clone(), node.superior.clone())).collect();
        assert_eq!(cells.len(), 171);
        assert_eq!(cells["Chi bộ 21010-1"], "Phường Nghĩa Lộ");
        assert_eq!((cells["Chi bộ 21142-1"].as_str(), cells["Chi bộ 21142-2"].as_str()), ("Xã Cà Đam", "Xã Tây Trà Bồng"));
        for line in lines.iter().filter(|line| !["", "21142"].contains(&line.commune.0.as_str())) {
            assert_eq!(cells[&format!("Chi bộ {}-1", line.commune.0)], line.into.1);
        }
        house.app.close().await;
    }

    async fn an_inspector_follows_a_commune_to_its_successor_and_back_and_the_secretary_to_the_end_of_his_post(t: &TestDb) {
        let house = house(t, "Đảng bộ tỉnh Quảng Ngãi").await;
        let lines: Vec<Line> = lines().into_iter().filter(|line| ["21028", "21136", "21157"].contains(&line.into.0.as_str()) || line.commune.0.is_empty()).collect();
        house.import(before(&lines)).await;
        reform(&house, t, &lines).await;
        let (app, office) = (&house.app, &house.office);
        let old = organisation::unit(app, office, house.unit(t, "21010").await).await.unwrap();
        assert_eq!(old.closed_on, Day::of(2025, 6, 30));
        assert!(!old.may_change && old.superior_code == "522");
        let next: Vec<&str> = old.successors.iter().map(|kin| kin.name.as_str()).collect();
        assert_eq!(next, ["Phường Nghĩa Lộ"]);
        let new = organisation::unit(app, office, old.successors[0].id).await.unwrap();
        let from: BTreeSet<&str> = new.predecessors.iter().map(|kin| kin.name.as_str()).collect();
        assert_eq!(from, BTreeSet::from(["Phường Lê Hồng Phong", "Phường Trần Phú", "Phường Quảng Phú"]));
        let told: Vec<(Option<Day>, &str, &str)> =
            new.places.iter().map(|place| (place.from_on, place.superior.as_str(), place.kind.word())).collect();
        let first_day = Day::of(2025, 7, 1);
        assert_eq!(told, [(None, "Thành phố Quảng Ngãi", "base_organization"), (first_day, "Đảng bộ tỉnh Quảng Ngãi", "above_base")]);
        assert_eq!(new.changes.last().unwrap().basis.0, "1677/NQ-UBTVQH15");
        // Divided communes have two successors.
        let divided = organisation::unit(app, office, house.unit(t, "21142").await).await.unwrap();
        let next: BTreeSet<&str> = divided.successors.iter().map(|kin| kin.name.as_str()).collect();
        assert_eq!(next, BTreeSet::from(["Xã Cà Đam", "Xã Tây Trà Bồng"]));

        let mut conn = t.db.read(house.root).await.unwrap();
        let people = store::org::people(&mut conn, house.root.0).await.unwrap();
        let secretary = people.iter().find(|row| row.code == "DV-21010-1").unwrap().person_id;
        drop(conn);
        let page = person(app, office, PersonId(secretary)).await.unwrap();
        assert_eq!((page.posts[0].to_on, page.posts[0].place.name.as_str()), (Day::of(2025, 6, 30), "Phường Lê Hồng Phong"));
        assert_eq!(page.posts[0].change.as_ref().unwrap().number, "1677/NQ-UBTVQH15");
        assert_eq!((page.memberships.len(), page.memberships[0].to_on), (1, None), "his cell goes on");
        house.app.close().await;
    }
}
