//! Có hay không: what a cell in words says about a fact that is so or is not. Negation goes before everything else, and what
//! says both is not known.

use rules::book::FactDeclaration;

use super::values::Reader;
use super::words::{holds, key};

/// Shortest word for yes that is looked for among others.
const TELLING: usize = 4;

impl Reader<'_> {
    pub(super) fn truth(&self, fact: &FactDeclaration, text: &str) -> Option<bool> {
        let whole = key(text);
        let is_one_of = |words: &[String]| words.contains(&whole);
        let own = self.own_words(fact);
        match () {
            () if is_one_of(&self.no) => return Some(false),
            () if is_one_of(&self.yes) || is_one_of(&own) => return Some(true),
            () => {}
        }
        let clauses = text.split([',', ';', '.', '(', ')', '\n']).map(key).filter(|clause| !clause.is_empty());
        let mut said = clauses.map(|clause| self.clause(fact, &own, &clause));
        let first = said.next()??;
        said.all(|other| other == Some(first)).then_some(first)
    }

    fn own_words(&self, fact: &FactDeclaration) -> Vec<String> {
        let known = self.words.facts.iter().filter(|known| known.name == fact.name);
        known.flat_map(|known| &known.yes).map(|word| key(word)).collect()
    }

    fn clause(&self, fact: &FactDeclaration, own: &[String], clause: &str) -> Option<bool> {
        let negated = |word: &&str| self.negations.iter().any(|negation| negation == word);
        let said = own.iter().any(|word| word.len() >= TELLING && holds(clause, word));
        let words: Vec<&str> = clause.split(' ').collect();
        match words.iter().position(negated) {
            None if said => Some(true),
            None => words.first().filter(|word| **word == "co").map(|_| true),
            Some(at) => {
                let (before, after) = words.split_at(at);
                let denied = after.iter().skip(1).all(|word| self.may_be_denied(fact, own, word));
                // What was said before the "no" stays said.
                let told_before = own.iter().any(|word| word.len() >= TELLING && holds(&before.join(" "), word));
                (denied && !told_before).then_some(false)
            }
        }
    }

    /// Whether a word after "no" belongs to what is denied: "không bị kỷ luật", but not "không rõ".
    fn may_be_denied(&self, fact: &FactDeclaration, own: &[String], word: &str) -> bool {
        let heads = self.words.facts.iter().filter(|known| known.name == fact.name).flat_map(|known| &known.heads);
        let mut named = heads.map(|head| key(head)).chain([key(&fact.label.vi)]);
        self.between.iter().any(|known| known == word)
            || own.iter().any(|known| holds(known, word))
            || named.any(|name| holds(&name, word))
    }
}
