//! What is released stays as it is.

use xtask::migrations;

use super::assert_none;

#[test]
fn a_released_migration_never_changes() {
    let problems = migrations::problems(&migrations::present(), &migrations::recorded());
    assert_none(&problems, "docs/how-to/change-the-schema.md says how");
}

#[test]
fn migrations_are_numbered_without_gaps() {
    let names: Vec<String> = migrations::present().into_iter().map(|(name, _)| name).collect();
    assert!(!names.is_empty());
    for engine in ["lite/", "pg/"] {
        let own = names.iter().filter(|name| !name.contains('/') || name.starts_with(engine));
        let mut numbers: Vec<&str> = own.map(|name| migrations::number(name)).collect();
        numbers.sort_unstable();
        let expected: Vec<String> = (1..=numbers.len()).map(|number| format!("{number:04}")).collect();
        assert_eq!(numbers, expected, "{engine} {names:?}");
    }
}
