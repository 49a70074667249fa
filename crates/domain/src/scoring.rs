//! Phiếu chấm điểm: who scores. The points themselves are reckoned by the rules.

use crate::word::words;

words! {
    /// Tư cách chấm điểm.
    ScoreRole {
        /// Tự chấm.
        Own = "own",
        /// Thẩm định: what it finds are the facts that the rules are asked with.
        Verifying = "verifying",
    }
}

/// Whether a sheet states the facts of the review: the verified one does, and the subject's own as long as nobody verified it.
#[must_use]
pub fn states_facts(role: ScoreRole, is_verified: bool) -> bool {
    role == ScoreRole::Verifying || !is_verified
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_subject_scores_for_itself_never_replaces_what_was_verified() {
        assert!(states_facts(ScoreRole::Own, false));
        assert!(!states_facts(ScoreRole::Own, true));
        assert!(states_facts(ScoreRole::Verifying, true) && states_facts(ScoreRole::Verifying, false));
    }
}
