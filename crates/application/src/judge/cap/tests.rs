use std::path::Path;

use super::*;

fn book(id: &str) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks").join(id);
    let mut files = BTreeMap::new();
    for (prefix, folder) in [("", folder.clone()), ("cases/", folder.join("cases"))] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.file_name().unwrap().to_str().unwrap();
                files.insert(format!("{prefix}{name}"), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    rules::load(&files).unwrap()
}

/// So many of the best and the second level; the first so many of the best head a unit.
fn capped(id: &str, settings: &str, (best, heads): (u32, u32), second: u32) -> Cap {
    let book = book(id);
    let level = |place: usize| book.levels[place].id.as_str();
    let of_best = (0..best).map(|number| Rated { level: level(0), is_head: number < heads });
    let of_second = (0..second).map(|_| Rated { level: level(1), is_head: false });
    over(&book, Subject::Member, settings, of_best.chain(of_second)).unwrap()
}

#[test]
fn heads_stand_outside_the_cap_where_the_settings_say_so_and_the_figures_say_how_many() {
    let cap = capped("party-2025-qd366", "{}", (5, 1), 21);
    assert_eq!((cap.used, cap.limit, cap.over), (4, 4, 0), "the book's default: scenario 45");
    assert!(cap.arithmetic.vi.ends_with("hiện có 4; không tính 1 người đứng đầu"), "{}", cap.arithmetic.vi);
    assert!(cap.arithmetic.en.ends_with("now 4; 1 head of a unit not counted"), "{}", cap.arithmetic.en);
    let cap = capped("party-2025-qd366", "{}", (6, 2), 21);
    assert!(cap.arithmetic.en.ends_with("2 heads of units not counted"), "{}", cap.arithmetic.en);
}

#[test]
fn heads_count_like_everybody_where_the_campaign_chose_so() {
    let cap = capped("party-2025-qd366", r#"{"quota_counts_head":"true"}"#, (5, 1), 21);
    assert_eq!((cap.used, cap.limit, cap.over), (5, 4, 1));
    assert!(cap.arithmetic.vi.ends_with("hiện có 5"), "{}", cap.arithmetic.vi);
}

#[test]
fn a_group_without_heads_says_nothing_of_them() {
    let cap = capped("party-2025-qd366", "{}", (4, 0), 21);
    assert!(cap.arithmetic.vi.ends_with("hiện có 4"), "{}", cap.arithmetic.vi);
}

#[test]
fn a_book_that_does_not_speak_of_heads_counts_them() {
    let with = capped("party-2018-qd132", "{}", (5, 5), 20);
    assert_eq!(with, capped("party-2018-qd132", "{}", (5, 0), 20));
    assert_eq!(with.used, 5);
}
