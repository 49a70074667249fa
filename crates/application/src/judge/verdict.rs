//! Kết luận đối chiếu: what the rules permit for one person, worded for pages.

use domain::Refusal;
use domain::review::Obligation;
use rules::verdict::{Finding, Outcome, Possibility};
use rules::{Book, Verdict};
use serde::Serialize;

use super::words::{Missing, Reason, Words};

/// Khả năng của một mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// Id of the level.
    pub level: String,
    /// Name as printed.
    pub title: Words,
    /// Short name for tables.
    pub short: Words,
    /// `permitted`, `unknown` or `refused`.
    pub possibility: String,
    /// What stands against it.
    pub against: Vec<Reason>,
    /// What may stand against it.
    pub unknown: Vec<Reason>,
}

/// Kết luận đối chiếu: what the rules permit for one person. No level is set here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// What the person owes.
    pub obligation: Obligation,
    /// Rule behind it, empty in the ordinary case.
    pub obligation_rule: String,
    /// Its sentence in Vietnamese.
    pub obligation_reason: String,
    /// The same with its source, for pages.
    pub obligation_ground: Option<Reason>,
    /// Best level that is certainly permitted.
    pub highest: Option<String>,
    /// Best level nothing stands against so far.
    pub highest_possible: Option<String>,
    /// Every level, best first.
    pub levels: Vec<LevelView>,
    /// Rules that force a level.
    pub forced: Vec<Reason>,
    /// Set when the competent body must decide.
    pub needs_decision: Vec<Reason>,
    /// Remarks.
    pub advice: Vec<Reason>,
    /// Facts that would settle what is not known, each once.
    pub missing: Vec<Missing>,
}

impl Judgement {
    /// The refusal with the source of the rule by which the subject owes what it owes, where a rule says so.
    pub(crate) fn citing_obligation(&self, refusal: Refusal) -> Refusal {
        match &self.obligation_ground {
            Some(ground) => refusal.citing(ground.cited()),
            None => refusal,
        }
    }

    /// The first reason why `level` is not permitted; none when it is, or when that is not known.
    #[must_use]
    pub fn against(&self, level: &str) -> Option<&Reason> {
        self.levels
            .iter()
            .find(|view| view.level == level && view.possibility == "refused")
            .and_then(|view| view.against.first())
    }

    /// The best level that nothing stands against so far.
    #[must_use]
    pub fn best(&self) -> Option<&LevelView> {
        let best = self.highest_possible.as_deref()?;
        self.levels.iter().find(|view| view.level == best)
    }

    /// The best level that is certainly permitted, when it is another one. The lowest says nothing: it is permitted
    /// because nothing is asked for it.
    #[must_use]
    pub fn assured(&self) -> Option<&LevelView> {
        let assured = self.highest.as_deref().filter(|_| !self.settled())?;
        let last = self.levels.len().saturating_sub(1);
        self.levels.get(..last)?.iter().find(|view| view.level == assured)
    }

    /// Whether no missing fact could change the answer to "which is the best level".
    #[must_use]
    pub fn settled(&self) -> bool {
        self.highest == self.highest_possible
    }

    /// The levels above the best one: the rules stand against each of them.
    #[must_use]
    pub fn above(&self) -> &[LevelView] {
        let best = self.highest_possible.as_deref();
        let place = self.levels.iter().position(|view| Some(view.level.as_str()) == best);
        self.levels.get(..place.unwrap_or(self.levels.len())).unwrap_or_default()
    }

    /// The levels below the best one that the rules stand against too, as when a level is forced.
    #[must_use]
    pub fn refused_below(&self) -> Vec<&LevelView> {
        let below = self.levels.iter().skip(self.above().len());
        below.filter(|view| view.possibility == "refused").collect()
    }

    /// The missing facts on which a level depends, each once.
    #[must_use]
    pub fn unsettled(&self) -> Vec<&Missing> {
        let mut open: Vec<&Missing> = Vec::new();
        let reasons = self.levels.iter().filter(|view| view.possibility == "unknown").flat_map(|view| &view.unknown);
        for fact in reasons.flat_map(|reason| &reason.missing) {
            if !open.iter().any(|known| known.name == fact.name) {
                open.push(fact);
            }
        }
        open
    }
}

/// Those that apply: what is only not known yet must not read as if it were so.
pub(super) fn applying(book: &Book, findings: &[Finding]) -> Vec<Reason> {
    let applying = findings.iter().filter(|finding| finding.outcome == Outcome::Applies);
    applying.map(|finding| Reason::of(book, finding)).collect()
}

pub(super) fn word(book: &Book, verdict: &Verdict) -> Judgement {
    let obligation = match verdict.obligation {
        rules::Obligation::ReviewAndClassify | rules::Obligation::Unknown => Obligation::ReviewAndClassify,
        rules::Obligation::ReviewOnly => Obligation::ReviewOnly,
        rules::Obligation::Neither => Obligation::Neither,
    };
    let mut grounds = verdict.obligation_findings.iter().filter(|finding| finding.outcome == Outcome::Applies);
    let ground = grounds.next().filter(|_| obligation != Obligation::ReviewAndClassify);
    Judgement {
        obligation,
        obligation_rule: ground.map_or_else(String::new, |finding| finding.rule.clone()),
        obligation_reason: ground.map_or_else(String::new, |finding| Reason::of(book, finding).kept()),
        obligation_ground: ground.map(|finding| Reason::of(book, finding)),
        highest: verdict.highest.clone(),
        highest_possible: verdict.highest_possible.clone(),
        levels: verdict.levels.iter().filter_map(|answer| level_view(book, answer)).collect(),
        forced: applying(book, &verdict.forced),
        needs_decision: applying(book, &verdict.needs_decision),
        advice: applying(book, &verdict.advice),
        missing: verdict.missing.iter().map(|fact| Missing::of(book, fact)).collect(),
    }
}

fn level_view(book: &Book, answer: &rules::LevelAnswer) -> Option<LevelView> {
    let level = book.level(&answer.level)?;
    let possibility = match answer.possibility {
        Possibility::Permitted => "permitted",
        Possibility::Unknown => "unknown",
        Possibility::Refused => "refused",
    };
    Some(LevelView {
        level: level.id.clone(),
        title: Words::from(&level.title),
        short: Words::from(&level.short),
        possibility: possibility.to_owned(),
        against: answer.against.iter().map(|finding| Reason::of(book, finding)).collect(),
        unknown: answer.unknown.iter().map(|finding| Reason::of(book, finding)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(possibilities: [&str; 4], highest: Option<&str>, possible: Option<&str>) -> Judgement {
        let missing =
            |name: &str| Missing { name: name.to_owned(), label: Words::default(), stated_by: Words::default() };
        let reason = |facts: &[&str]| Reason {
            book: String::new(),
            rule: String::new(),
            code: String::new(),
            message: Words::default(),
            figures: Vec::new(),
            citation: Words::default(),
            surety: String::new(),
            missing: facts.iter().map(|name| missing(name)).collect(),
        };
        let level = |(place, possibility): (usize, &str)| LevelView {
            level: ["a", "b", "c", "d"][place].to_owned(),
            title: Words::default(),
            short: Words::default(),
            possibility: possibility.to_owned(),
            against: Vec::new(),
            unknown: vec![reason(&["x", "y"]), reason(&["y"])],
        };
        Judgement {
            obligation: Obligation::ReviewAndClassify,
            obligation_rule: String::new(),
            obligation_reason: String::new(),
            obligation_ground: None,
            highest: highest.map(str::to_owned),
            highest_possible: possible.map(str::to_owned),
            levels: possibilities.into_iter().enumerate().map(level).collect(),
            forced: Vec::new(),
            needs_decision: Vec::new(),
            advice: Vec::new(),
            missing: Vec::new(),
        }
    }

    fn ids(levels: &[LevelView]) -> String {
        levels.iter().map(|view| view.level.as_str()).collect()
    }

    #[test]
    fn the_levels_above_the_best_one_are_those_to_explain() {
        let judgement = judged(["refused", "unknown", "permitted", "permitted"], Some("c"), Some("b"));
        assert_eq!((ids(judgement.above()), judgement.settled()), ("a".to_owned(), false));
        assert_eq!(judgement.best().map(|view| view.level.as_str()), Some("b"));
        assert_eq!(judgement.assured().map(|view| view.level.as_str()), Some("c"));
        assert!(judgement.refused_below().is_empty());
    }

    #[test]
    fn that_the_lowest_level_is_permitted_is_no_news() {
        let judgement = judged(["unknown", "unknown", "unknown", "permitted"], Some("d"), Some("a"));
        assert_eq!(judgement.assured(), None);
        assert!(judgement.above().is_empty() && !judgement.settled());
    }

    #[test]
    fn a_forced_level_leaves_reasons_above_and_below() {
        let judgement = judged(["refused", "refused", "permitted", "refused"], Some("c"), Some("c"));
        assert_eq!(ids(judgement.above()), "ab");
        assert_eq!(judgement.refused_below().iter().map(|view| view.level.as_str()).collect::<String>(), "d");
        assert!(judgement.settled() && judgement.unsettled().is_empty());
    }

    #[test]
    fn without_any_level_left_every_level_is_explained() {
        let judgement = judged(["refused"; 4], None, None);
        assert_eq!((ids(judgement.above()), judgement.best()), ("abcd".to_owned(), None));
    }

    #[test]
    fn each_missing_fact_is_asked_for_once() {
        let judgement = judged(["unknown", "unknown", "permitted", "permitted"], Some("c"), Some("a"));
        let names: Vec<&str> = judgement.unsettled().iter().map(|fact| fact.name.as_str()).collect();
        assert_eq!(names, ["x", "y"]);
    }
}
