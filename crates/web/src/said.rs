//! What a rule book says, in words: the same on a terminal and in the browser.

use application::rulebooks::{Line, Said};

use crate::locale::Translator;

/// One saying, without what is written in the file.
pub(crate) fn said(said: &Said, t: Translator) -> String {
    let language = t.locale().tag();
    match said {
        Said::Words(words) => words.get(language).to_owned(),
        Said::Condition { all, .. } => {
            let all: Vec<&str> = all.iter().map(|one| one.get(language)).collect();
            all.join(&t.get("rulebook-and"))
        }
        Said::Plain(text) => text.clone(),
        Said::Sentence { key, with } => {
            let with: Vec<(String, String)> =
                with.iter().map(|(name, words)| (name.clone(), words.get(language).to_owned())).collect();
            t.with(&format!("rulebook-said-{key}"), &with)
        }
    }
}

/// The label of an aspect.
pub(crate) fn aspect(name: &str, t: Translator) -> String {
    t.get(&format!("rulebook-aspect-{name}"))
}

/// Labels with what is said under each, in order; lines of one aspect that follow each other share a label, and the
/// sentence of the book itself needs none.
pub(crate) fn by_aspect(lines: &[Line], t: Translator) -> Vec<(String, Vec<String>)> {
    let label = |name: &str| if name == "message" { String::new() } else { aspect(name, t) };
    let runs = lines.chunk_by(|one, next| one.aspect == next.aspect);
    let told = |run: &[Line]| run.iter().map(|line| said(&line.said, t)).collect();
    runs.filter_map(|run| Some((label(&run.first()?.aspect), told(run)))).collect()
}
