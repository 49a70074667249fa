//! Kết luận đối chiếu: what the rules permit for one person, worded for pages.

use domain::review::Obligation;
use rules::verdict::{Finding, Outcome, Possibility};
use rules::{Book, Verdict};
use serde::Serialize;

use super::words::{Reason, Words};

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
    /// Labels of the facts that would settle what is not known, each once.
    pub missing: Vec<Words>,
}

impl Judgement {
    /// The first reason why `level` is not permitted; none when it is, or when that is not known.
    #[must_use]
    pub fn against(&self, level: &str) -> Option<&Reason> {
        self.levels
            .iter()
            .find(|view| view.level == level && view.possibility == "refused")
            .and_then(|view| view.against.first())
    }
}

pub(super) fn word(book: &Book, verdict: &Verdict) -> Judgement {
    // What is only not known yet must not read as if it were so.
    let applying = |findings: &[Finding]| {
        findings.iter().filter(|finding| finding.outcome == Outcome::Applies).map(Reason::of).collect::<Vec<_>>()
    };
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
        obligation_reason: ground.map_or_else(String::new, |finding| Reason::of(finding).cited()),
        highest: verdict.highest.clone(),
        highest_possible: verdict.highest_possible.clone(),
        levels: verdict.levels.iter().filter_map(|answer| level_view(book, answer)).collect(),
        forced: applying(&verdict.forced),
        needs_decision: applying(&verdict.needs_decision),
        advice: applying(&verdict.advice),
        missing: verdict.missing.iter().map(|fact| Words::from(&fact.label)).collect(),
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
        against: answer.against.iter().map(Reason::of).collect(),
        unknown: answer.unknown.iter().map(Reason::of).collect(),
    })
}
