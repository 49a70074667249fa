//! Tidy: what must always be true of this repository, read from its own files.
#![cfg(test)]

mod it {
    mod forbidden;
    mod house;
    mod papers;
    mod released;
    mod size;
    mod states;

    /// Fails with every problem, one a line.
    fn assert_none(problems: &[String], what_to_do: &str) {
        assert!(problems.is_empty(), "\n{}\n→ {what_to_do}\n", problems.join("\n"));
    }
}
