//! What classes of a roll-up add up to: how far a unit is, and its results by level.

use std::collections::BTreeMap;

use domain::campaign::UnitStep;
use domain::org::has_members;
use domain::review::{Obligation, ReviewState};
use serde::{Deserialize, Serialize};
use store::rollup::{Class, Figures};

/// Subject under which units themselves are counted.
const UNIT: &str = "unit";
/// Subject under which notices are counted.
const NOTICE: &str = "notice";
const READ: &str = "read";
const MEMBER: &str = "member";

/// Tiến độ: people and cells by the steps they have reached; who is further counts at every step before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Steps {
    /// Members in the register.
    pub people: i64,
    /// Members who must review.
    pub due: i64,
    /// Self-reviews handed in.
    pub submitted: i64,
    /// Reviewed in a meeting whose minutes are sealed.
    pub discussed: i64,
    /// Level proposed.
    pub proposed: i64,
    /// Decided.
    pub decided: i64,
    /// Notices issued.
    pub notified: i64,
    /// Notices read.
    pub read: i64,
    /// Cells in the round.
    pub cells: i64,
    /// Cells whose meeting was recorded.
    pub met: i64,
    /// Cells whose ballot is counted.
    pub counted: i64,
    /// Cells with sealed minutes.
    pub sealed: i64,
    /// Cells that sent their proposal.
    pub sent: i64,
}

impl Steps {
    pub(crate) fn of(figures: &Figures) -> Self {
        let mut steps = Self::default();
        for (class, n) in figures {
            match class.subject.as_str() {
                MEMBER => steps.add_member(class, *n),
                UNIT if has_members(&class.kind) => steps.add_cell(class, *n),
                NOTICE => {
                    steps.notified += n;
                    steps.read += if class.state == READ { *n } else { 0 };
                }
                _ => {}
            }
        }
        steps
    }

    fn add_member(&mut self, class: &Class, n: i64) {
        self.people += n;
        if class.kind == Obligation::Neither.word() {
            return;
        }
        self.due += n;
        let reached = match ReviewState::from_word(&class.state) {
            Some(ReviewState::SelfReviewed) => 1,
            Some(ReviewState::Discussed) => 2,
            Some(ReviewState::Proposed) => 3,
            Some(ReviewState::Decided) => 4,
            _ => 0,
        };
        let fields = [&mut self.submitted, &mut self.discussed, &mut self.proposed, &mut self.decided];
        for field in fields.into_iter().take(reached) {
            *field += n;
        }
    }

    fn add_cell(&mut self, class: &Class, n: i64) {
        self.cells += n;
        let reached = match UnitStep::from_word(&class.state) {
            Some(UnitStep::Met) => 1,
            Some(UnitStep::Counted) => 2,
            Some(UnitStep::Sealed) => 3,
            Some(UnitStep::Proposed | UnitStep::Decided) => 4,
            _ => 0,
        };
        let fields = [&mut self.met, &mut self.counted, &mut self.sealed, &mut self.sent];
        for field in fields.into_iter().take(reached) {
            *field += n;
        }
    }
}

/// Đơn vị chậm: units that should have been a step further before this day.
pub(super) fn late(figures: &Figures, today: &str) -> i64 {
    let late = |class: &Class| class.subject == UNIT && !class.level.is_empty() && class.level.as_str() < today;
    figures.iter().filter(|(class, _)| late(class)).map(|(_, n)| n).sum()
}

/// Kết quả theo mức: rated, not rated and exempt always add up to the total.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// All.
    pub total: i64,
    /// Who owes neither review nor classification.
    pub exempt: i64,
    /// Who owes a review and has no level.
    pub not_rated: i64,
    /// Of those, who is still to be decided.
    pub open: i64,
    /// Who has a level.
    pub rated: i64,
    /// How many of each level.
    pub levels: BTreeMap<String, i64>,
}

impl Tally {
    pub(crate) fn of(figures: &Figures, subject: &str) -> Self {
        let mut tally = Self::default();
        for (class, n) in figures.iter().filter(|(class, _)| class.subject == subject) {
            tally.add(&class.kind, &class.level, *n);
        }
        tally
    }

    /// Counts `n` with an obligation and a level, empty before one is decided.
    pub(super) fn add(&mut self, obligation: &str, level: &str, n: i64) {
        self.total += n;
        if !level.is_empty() {
            self.rated += n;
            *self.levels.entry(level.to_owned()).or_default() += n;
        } else if obligation == Obligation::Neither.word() {
            self.exempt += n;
        } else {
            self.not_rated += n;
            let open = obligation == Obligation::ReviewAndClassify.word();
            self.open += if open { n } else { 0 };
        }
    }

    /// Number of a level.
    #[must_use]
    pub fn level(&self, id: &str) -> i64 {
        self.levels.get(id).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(rows: &[(&str, &str, &str, &str, i64)]) -> Figures {
        let class = |subject: &str, kind: &str, state: &str, level: &str| Class {
            subject: subject.to_owned(),
            kind: kind.to_owned(),
            state: state.to_owned(),
            level: level.to_owned(),
        };
        rows.iter().map(|(subject, kind, state, level, n)| (class(subject, kind, state, level), *n)).collect()
    }

    fn mid_season() -> Figures {
        figures(&[
            ("member", "review_and_classify", "awaiting_self_review", "", 5),
            ("member", "review_and_classify", "self_reviewed", "", 3),
            ("member", "review_and_classify", "decided", "good", 7),
            ("member", "review_and_classify", "decided", "excellent", 2),
            ("member", "review_only", "discussed", "", 1),
            ("member", "neither", "not_due", "", 4),
            ("leader", "review_and_classify", "decided", "good", 1),
            ("unit", "cell", "waiting", "2022-12-10", 2),
            ("unit", "cell", "counted", "", 1),
            ("unit", "base_cell", "decided", "", 1),
            ("unit", "base_organization", "waiting", "2022-12-15", 1),
            ("notice", "", "issued", "", 6),
            ("notice", "", "read", "", 3),
        ])
    }

    #[test]
    fn rated_not_rated_and_exempt_are_the_members_at_the_cut_off() {
        // Scenario 60.
        let tally = Tally::of(&mid_season(), "member");
        assert_eq!((tally.total, tally.rated, tally.not_rated, tally.exempt), (22, 9, 9, 4));
        assert_eq!(tally.rated + tally.not_rated + tally.exempt, tally.total);
        assert_eq!(tally.levels.values().sum::<i64>(), tally.rated);
        assert_eq!(tally.open, 8, "who is only reviewed is not waiting for a level");
    }

    #[test]
    fn a_unit_is_late_from_the_day_after_the_one_it_was_given() {
        let on = |today: &str| late(&mid_season(), today);
        assert_eq!((on("2022-12-10"), on("2022-12-11"), on("2022-12-15"), on("2022-12-16")), (0, 2, 2, 3));
    }

    #[test]
    fn whoever_is_further_counts_at_every_step_before() {
        let steps = Steps::of(&mid_season());
        assert_eq!((steps.people, steps.due), (22, 18));
        assert_eq!((steps.submitted, steps.discussed, steps.proposed, steps.decided), (13, 10, 9, 9));
        assert_eq!((steps.cells, steps.met, steps.counted, steps.sealed, steps.sent), (4, 2, 2, 1, 1));
        assert_eq!((steps.notified, steps.read), (9, 3));
    }
}
