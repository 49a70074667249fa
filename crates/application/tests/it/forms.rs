//! The forms that rule books name: they exist, and what they ask feeds the rules.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::form::{FieldKind, Filler, Form};
use domain::subject::Subject;
use rules::Book;
use serde_json::Value;

use super::story::library;

const MEMBER: Filler = Filler { leader: false, civil: true };
const LEADER: Filler = Filler { leader: true, civil: true };
const OUTSIDER: Filler = Filler { leader: false, civil: false };

fn forms() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms")
}

/// Forms that a book names and the program does not print yet, each with its reason.
fn to_come() -> BTreeMap<String, String> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/allow/forms-to-come.txt");
    let text = std::fs::read_to_string(list).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (form, reason) = line.split_once('|').unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!reason.trim().is_empty(), "no reason: {line}");
            (form.trim().to_owned(), reason.trim().to_owned())
        })
        .collect()
}

fn key(form: &rules::book::Form) -> String {
    format!("{}/{}", form.meaning, form.version)
}

#[test]
fn every_form_that_a_book_names_is_printed_or_stands_in_the_list_of_those_to_come() {
    let (library, to_come) = (library(), to_come());
    let named: BTreeSet<String> = library.books().flat_map(|book| book.forms.iter().map(key)).collect();
    let exists = |form: &String| forms().join(form).join("paper.toml").exists();
    let missing: Vec<&String> = named.iter().filter(|form| !exists(form) && !to_come.contains_key(*form)).collect();
    assert!(missing.is_empty(), "write these forms: {missing:?}");
    let idle: Vec<&String> = to_come.keys().filter(|form| exists(form) || !named.contains(*form)).collect();
    assert!(idle.is_empty(), "take these out of xtask/allow/forms-to-come.txt: {idle:?}");
}

/// Subjects that review themselves, as each kind of person.
fn filled_in() -> Vec<(Subject, Filler)> {
    let persons = [MEMBER, LEADER, OUTSIDER].map(|filler| (Subject::Member, filler));
    let others = [Subject::Organization, Subject::Collective].map(|subject| (subject, MEMBER));
    persons.into_iter().chain([(Subject::Leader, LEADER)]).chain(others).collect()
}

fn grades(form: &Form) -> BTreeSet<String> {
    let fields = form.sections.iter().flat_map(|section| &section.fields);
    let graded = fields.filter(|field| field.kind == FieldKind::Grade);
    graded.map(|field| field.id.strip_suffix("_grade").unwrap_or_else(|| panic!("{}", field.id)).to_owned()).collect()
}

#[test]
fn every_subject_of_every_party_book_has_a_form_and_its_grades_are_criteria_of_the_book() {
    let library = library();
    let books: Vec<&Book> = library.books().filter(|book| book.form("collective-review").is_some()).collect();
    assert!(books.len() >= 3);
    for book in books {
        let mut asked: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (subject, filler) in filled_in() {
            let form = library.review_form(book, subject, filler).unwrap_or_else(|fault| panic!("{fault:?}"));
            let kind = if subject.is_person() { "member" } else { "collective" };
            let criteria: BTreeSet<String> = book.criteria_of(kind).iter().map(|one| one.id.clone()).collect();
            let graded = grades(form);
            let unknown: Vec<&String> = graded.difference(&criteria).collect();
            assert!(unknown.is_empty(), "{} of {}: {unknown:?} are no criteria", form.key(), book.id);
            asked.entry(kind).or_default().extend(graded);
        }
        for (kind, graded) in asked {
            let criteria: BTreeSet<String> = book.criteria_of(kind).iter().map(|one| one.id.clone()).collect();
            assert_eq!(criteria, graded, "{}: a criterion of a {kind} that no form asks", book.id);
        }
    }
}

#[test]
fn a_leader_and_a_member_outside_the_political_system_write_on_forms_of_their_own_where_the_book_has_them() {
    let library = library();
    let form = |year: i32, filler| {
        let book = library.book_on(domain::Day::of(year, 12, 31).unwrap()).unwrap();
        library.review_form(book, Subject::Member, filler).unwrap().key()
    };
    for filler in [MEMBER, LEADER, OUTSIDER] {
        assert_eq!(form(2022, filler), "individual-review/2019");
    }
    assert_eq!(form(2024, MEMBER), "individual-review/2023a");
    assert_eq!(form(2024, OUTSIDER), "individual-review/2023a");
    assert_eq!(form(2024, LEADER), "individual-review-leader/2023b");
    assert_eq!(form(2025, MEMBER), "individual-review/2025a");
    assert_eq!(form(2025, LEADER), "individual-review-leader/2025b");
    assert_eq!(form(2025, OUTSIDER), "individual-review-outside/2025c");
    // Whoever holds a leading post answers for it, wherever he works.
    assert_eq!(form(2025, Filler { leader: true, civil: false }), "individual-review-leader/2025b");
}

#[test]
fn every_form_has_the_level_that_its_subject_claims() {
    let library = library();
    for book in library.books().filter(|book| book.form("collective-review").is_some()) {
        for (subject, filler) in filled_in() {
            let form = library.review_form(book, subject, filler).unwrap();
            let wanted = if subject.is_person() { "self_level_member" } else { "self_level" };
            let level = form.fields(filler).find(|field| field.id == wanted);
            assert!(level.is_some_and(|field| field.kind == FieldKind::Level && field.required), "{}", form.key());
        }
    }
}

#[test]
fn all_forms_of_a_person_are_filled_by_the_same_data() {
    let sample = |form: &str| -> Value {
        let path = forms().join(form).join("samples/longest.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let library = library();
    let model = super::papers::keys_of(&sample("individual-review/2019"));
    let beside = |keys: &BTreeSet<String>| -> BTreeSet<String> {
        keys.iter().filter(|key| !key.starts_with(".answers.")).cloned().collect()
    };
    let forms = ["individual-review/2023a", "individual-review-leader/2023b", "individual-review/2025a"];
    for form in forms.into_iter().chain(["individual-review-leader/2025b", "individual-review-outside/2025c"]) {
        let keys = super::papers::keys_of(&sample(form));
        assert_eq!(beside(&keys), beside(&model), "{form}");
        let fields = library.form(form).unwrap().sections.iter().flat_map(|section| &section.fields);
        let answers: BTreeSet<String> = fields.map(|field| format!(".answers.{}", field.id)).collect();
        assert_eq!(answers, keys.difference(&beside(&keys)).cloned().collect(), "{form}");
    }
}
