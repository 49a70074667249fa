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
    for (number, name) in names.iter().enumerate() {
        assert!(name.starts_with(&format!("{:04}_", number + 1)), "{names:?}");
    }
}
