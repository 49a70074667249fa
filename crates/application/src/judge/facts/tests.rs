use std::path::Path;

use super::*;

/// The files of one rule book.
fn book(id: &str) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks").join(id);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    rules::load(&files).unwrap()
}

fn known(book: &Book, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let question = Question { book, facts: Facts::new(), settings: book.default_settings() };
    let mut case = Case { question, subject: Subject::Collective };
    case.add_content(&typed.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect());
    case.question.facts.iter().map(|(name, value)| (name.clone(), value.write())).collect()
}

#[test]
fn the_total_of_points_is_the_score_that_the_rules_ask_for() {
    let book = book("party-2025-qd366");
    let typed = [("general_points", "28,5"), ("results_points", "66,75"), ("score_points", "95,25")];
    assert_eq!(known(&book, &typed), [("score".to_owned(), "381/4".to_owned())]);
    assert!(known(&book, &[("score_points", "chín mươi")]).is_empty(), "what is no number stays unknown");
}

#[test]
fn grades_of_a_collective_are_facts_under_the_names_of_its_criteria() {
    let book = book("party-2023-qd124");
    let typed = [("col_results_grade", "outstanding"), ("col_remedy_grade", ""), ("results_text", "Đã hoàn thành.")];
    assert_eq!(known(&book, &typed), [("grade.col_results".to_owned(), "outstanding".to_owned())]);
}

#[test]
fn what_was_to_be_remedied_settles_the_facts_about_it_and_nothing_where_there_was_nothing() {
    let settled = |id: &str, counts| {
        let book = book(id);
        let question = Question { book: &book, facts: Facts::new(), settings: book.default_settings() };
        let mut case = Case { question, subject: Subject::Member };
        case.add_remedies(counts);
        let said = |(name, value): (&String, &Value)| format!("{name} {}", value.write());
        case.question.facts.iter().map(said).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(settled("party-2025-qd366", (5, 4)), "faults_pointed_out 5, faults_remedied 4");
    assert_eq!(settled("party-2018-qd132", (2, 1)), "has_earlier_shortcomings true");
    assert_eq!(settled("party-2023-qd124", (0, 0)), "");
}
