use std::path::Path;

use super::*;

fn book() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/party-2018-qd132");
    let mut files = BTreeMap::new();
    for (prefix, folder) in [("", folder.clone()), ("cases/", folder.join("cases"))] {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.file_name().unwrap().to_str().unwrap();
                files.insert(format!("{prefix}{name}"), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    rules::load(&files).unwrap()
}

fn row(number: u128, subject: Subject) -> StandingRow {
    StandingRow {
        review_id: Uuid::from_u128(number),
        subject: subject.word().to_owned(),
        about_id: Uuid::from_u128(number),
        unit_id: Uuid::nil(),
        name: format!("Mẫu {number}"),
        unit_kind: "base_organization".to_owned(),
        state: "verified".to_owned(),
        obligation: Obligation::ReviewAndClassify.word().to_owned(),
        obligation_reason: String::new(),
        level: None,
        issued: false,
        late: false,
    }
}

fn candidate_of(number: u128, subject: Subject, heads: bool, others: &Others) -> Candidate {
    let row = row(number, subject);
    let item = Item { review: Some(ReviewId(row.review_id)), ..cell(&row.name, 0) };
    Candidate { row, item, heads, subject, others: others.clone() }
}

fn names(turns: &[Turn]) -> Vec<&str> {
    turns.iter().flat_map(|turn| turn.items.iter().map(|item| item.name.as_str())).collect()
}

#[test]
fn below_comes_before_above_the_organisation_before_its_collective_and_the_head_last() {
    let below = row(1, Subject::Organization);
    let unit = vec![row(2, Subject::Organization), row(3, Subject::Collective)];
    let of_unit = Others { below: vec![below], unit };
    let ready = vec![
        candidate_of(5, Subject::Leader, true, &of_unit),
        candidate_of(4, Subject::Leader, false, &of_unit),
        candidate_of(3, Subject::Collective, false, &of_unit),
        candidate_of(2, Subject::Organization, false, &of_unit),
        candidate_of(1, Subject::Organization, false, &Others::default()),
    ];
    let (mut placed, mut turns) = (BTreeSet::new(), Vec::new());
    let stuck = in_order(&book(), ready, &mut placed, &mut turns).unwrap();
    assert!(stuck.is_empty());
    assert_eq!(names(&turns), ["Mẫu 1", "Mẫu 2", "Mẫu 3", "Mẫu 4", "Mẫu 5"]);
    let kinds: Vec<(Subject, bool)> = turns.iter().map(|turn| (turn.subject, turn.heads)).collect();
    let leader = |heads| (Subject::Leader, heads);
    assert_eq!(
        kinds,
        [(Subject::Organization, false), (Subject::Collective, false), leader(false), leader(true)],
        "organisations of both levels are one part: the book's order holds within it"
    );
}

#[test]
fn a_collective_is_not_waited_for_by_the_name_of_its_organisation() {
    let named = |number, subject| StandingRow { name: "Đảng bộ xã Mẫu".to_owned(), ..row(number, subject) };
    let unit = vec![named(2, Subject::Organization), named(3, Subject::Collective)];
    let head = candidate_of(5, Subject::Leader, true, &Others { below: Vec::new(), unit });
    let waiting = head.waiting(&book(), &BTreeSet::new()).unwrap();
    let names: BTreeSet<&str> = waiting.iter().flat_map(|one| &one.names).map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["Ban Chấp hành Đảng bộ xã Mẫu", "Đảng bộ xã Mẫu"]));
}

#[test]
fn whoever_waits_for_what_is_not_on_the_table_stays_off_it() {
    let unit = vec![row(2, Subject::Organization)];
    let of_unit = Others { below: Vec::new(), unit };
    let ready = vec![candidate_of(3, Subject::Collective, false, &of_unit)];
    let (mut placed, mut turns) = (BTreeSet::new(), Vec::new());
    let stuck = in_order(&book(), ready, &mut placed, &mut turns).unwrap();
    assert_eq!((stuck.len(), turns.len(), placed.len()), (1, 0, 0));
}
