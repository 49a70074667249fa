//! Drawings of state machines are those of the tables that decide.

use xtask::{states, tree};

use super::assert_none;

#[test]
fn every_state_machine_is_drawn_as_it_decides() {
    let drawings = states::drawings().unwrap();
    let mut problems: Vec<String> = drawings
        .iter()
        .filter(|(path, text)| tree::text(path) != *text)
        .map(|(path, _)| format!("{path} is not what its table says"))
        .collect();
    let drawn = |path: &String| drawings.iter().any(|(known, _)| known == path);
    let strays = tree::files_ending(states::FOLDER, ".md").into_iter().filter(|path| !drawn(path));
    problems.extend(strays.map(|path| format!("{path} is drawn from nothing")));
    assert_none(&problems, "cargo run -p xtask -- draw-states");
}

#[test]
fn every_table_of_transitions_is_drawn() {
    let with_table = |path: &String| tree::text(path).contains("pub const TRANSITIONS");
    let tables = tree::files_ending("crates/domain/src", ".rs").into_iter().filter(with_table);
    let drawn = |path: &String| states::drawings().unwrap().iter().any(|(_, text)| text.contains(path.as_str()));
    let problems: Vec<String> = tables.filter(|path| !drawn(path)).collect();
    assert_none(&problems, "add the machine to xtask/src/states.rs");
}
