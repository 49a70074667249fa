//! Drawings of the state machines, from the tables that decide: `crates/domain/src/<machine>.rs` into
//! `docs/state-machines/<machine>.md`.

use std::fmt::Write as _;
use std::fs;

use crate::tree;

/// Where the drawings stand.
pub const FOLDER: &str = "docs/state-machines";

/// The machines: file in `crates/domain/src` without its ending, and title.
const MACHINES: &[(&str, &str)] = &[
    ("review", "Hồ sơ kiểm điểm"),
    ("meeting", "Hội nghị"),
    ("ballot", "Kiểm phiếu"),
    ("proposal", "Đề xuất"),
    ("decision", "Quyết định"),
    ("petition", "Kiến nghị về kết quả xếp loại"),
    ("remediation", "Việc khắc phục"),
    ("directive", "Văn bản chỉ đạo"),
    ("suggestion", "Gợi ý kiểm điểm"),
    ("remediation_plan", "Kế hoạch khắc phục"),
];

/// A machine as its file declares it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Machine {
    /// Word → meaning, in declared order.
    states: Vec<(String, String)>,
    acts: Vec<(String, String)>,
    /// From, act, to, as words.
    transitions: Vec<[String; 3]>,
}

/// Path and text of every drawing.
///
/// # Errors
/// Names the machine whose table cannot be read.
pub fn drawings() -> Result<Vec<(String, String)>, String> {
    let draw = |(name, title): &(&str, &str)| {
        let path = format!("crates/domain/src/{name}.rs");
        let machine = Machine::read(&tree::text(&path)).map_err(|fault| format!("{path}: {fault}"))?;
        Ok((format!("{FOLDER}/{name}.md"), machine.draw(title, &path)))
    };
    MACHINES.iter().map(draw).collect()
}

/// Writes the drawings that differ; gives their paths.
///
/// # Errors
/// When a table cannot be read or a file not be written.
pub fn write() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut written = Vec::new();
    fs::create_dir_all(tree::root().join(FOLDER))?;
    for (path, text) in drawings()? {
        if tree::text(&path) != text {
            fs::write(tree::root().join(&path), text)?;
            written.push(path);
        }
    }
    Ok(written)
}

impl Machine {
    fn read(text: &str) -> Result<Self, String> {
        let (_, table) = text.split_once("pub const TRANSITIONS: &[(").ok_or("no table TRANSITIONS")?;
        let (kinds, rows) = table.split_once(")] =").ok_or("the table has no type")?;
        let (rows, _) = rows.split_once("];").ok_or("the table has no end")?;
        let mut kinds = kinds.split(", ");
        let (Some(state), Some(act)) = (kinds.next(), kinds.next()) else { return Err("the table has no type".into()) };
        let (states, acts) = (words(text, state)?, words(text, act)?);
        let mut transitions = Vec::new();
        for row in rows.split('(').skip(1) {
            let names: Vec<&str> = row.split(')').next().unwrap_or_default().split(", ").map(str::trim).collect();
            let [from, by, to] = names.as_slice() else { return Err(format!("three names expected in ({row}")) };
            transitions.push([word(&states, from)?, word(&acts, by)?, word(&states, to)?]);
        }
        let plain = |list: Vec<Value>| list.into_iter().map(|one| (one.word, one.meaning)).collect();
        Ok(Self { states: plain(states), acts: plain(acts), transitions })
    }

    fn draw(&self, title: &str, path: &str) -> String {
        let mut text = format!(
            "# {title}\n\nDrawn by `cargo run -p xtask -- draw-states` from the table in `{path}` that decides; a test compares the two.\n\n```mermaid\nstateDiagram-v2\n"
        );
        for (state, _) in self.states.iter().filter(|(state, _)| self.begins(state)) {
            let _ = writeln!(text, "    [*] --> {state}");
        }
        for [from, act, to] in &self.transitions {
            let _ = writeln!(text, "    {from} --> {to}: {act}");
        }
        for (state, _) in self.states.iter().filter(|(state, _)| self.ends(state)) {
            let _ = writeln!(text, "    {state} --> [*]");
        }
        text.push_str("```\n");
        for (head, list) in [("state", &self.states), ("act", &self.acts)] {
            let _ = write!(text, "\n| {head} | meaning |\n|---|---|\n");
            for (word, meaning) in list {
                let _ = writeln!(text, "| `{word}` | {meaning} |");
            }
        }
        text
    }

    /// The first state declared, and those that no act leads to.
    fn begins(&self, state: &str) -> bool {
        let first = self.states.first().is_some_and(|(first, _)| first == state);
        first || self.transitions.iter().all(|[_, _, to]| to != state)
    }

    /// Those that no act leads out of.
    fn ends(&self, state: &str) -> bool {
        self.transitions.iter().all(|[from, _, to]| from != state || to == state)
    }
}

/// A value of a closed list of words.
struct Value {
    name: String,
    word: String,
    meaning: String,
}

/// The values of a list declared by the macro `words!`, each with its documentation.
fn words(text: &str, list: &str) -> Result<Vec<Value>, String> {
    let mut lines = text.lines().skip_while(|line| line.trim() != format!("{list} {{"));
    lines.next().ok_or_else(|| format!("no list {list}"))?;
    let (mut words, mut meaning) = (Vec::new(), Vec::new());
    for line in lines.map(str::trim).take_while(|line| *line != "}") {
        if let Some(said) = line.strip_prefix("///") {
            meaning.push(said.trim().to_owned());
        } else if let Some((name, word)) = line.split_once(" = ") {
            let word = word.trim_matches([',', '"', ' ']).to_owned();
            words.push(Value { name: name.to_owned(), word, meaning: meaning.join(" ") });
            meaning.clear();
        }
    }
    if words.is_empty() { Err(format!("{list} cannot be read")) } else { Ok(words) }
}

/// The word of `List::Name`.
fn word(words: &[Value], path: &str) -> Result<String, String> {
    let name = path.rsplit("::").next().unwrap_or(path);
    let found = words.iter().find(|one| one.name == name);
    found.map(|one| one.word.clone()).ok_or_else(|| format!("no value {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "words! {\n    /// Trạng thái.\n    DoorState {\n        /// Mở.\n        Open = \"open\",\n        /// Đóng, and\n        /// locked.\n        Shut = \"shut\",\n        /// Không có cửa.\n        None = \"none\",\n    }\n}\nwords! {\n    DoorAct {\n        /// Đóng.\n        Close = \"close\",\n    }\n}\npub const TRANSITIONS: &[(DoorState, DoorAct, DoorState)] = &[\n    (DoorState::Open, DoorAct::Close, DoorState::Shut),\n];\n";

    #[test]
    fn a_table_is_drawn_with_its_beginnings_and_ends() {
        let drawn = Machine::read(TABLE).unwrap().draw("Cửa", "door.rs");
        let diagram = drawn.split("stateDiagram-v2\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let lines: Vec<&str> = diagram.lines().map(str::trim).collect();
        assert_eq!(lines, ["[*] --> open", "[*] --> none", "open --> shut: close", "shut --> [*]", "none --> [*]"]);
        assert!(drawn.contains("| `shut` | Đóng, and locked. |"), "{drawn}");
    }

    #[test]
    fn a_table_that_names_nothing_declared_is_refused() {
        let wrong = TABLE.replace("DoorAct::Close, DoorState", "DoorAct::Slam, DoorState");
        assert_eq!(Machine::read(&wrong).unwrap_err(), "no value DoorAct::Slam");
        assert_eq!(Machine::read("").unwrap_err(), "no table TRANSITIONS");
    }
}
