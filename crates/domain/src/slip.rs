//! Phiếu phân tích chất lượng: what a body that takes part says of an organisation or a collective.

use std::collections::{BTreeMap, BTreeSet};

use crate::Refusal;
use crate::word::words;

words! {
    /// Tư cách của chủ thể ghi phiếu.
    SlipRole {
        /// Cơ quan, đơn vị tham gia: grades everything and proposes a level.
        Participant = "participant",
        /// Cơ quan cấp trên tham gia: grades only what lies in its own field.
        Superior = "superior",
        /// Cơ quan thẩm định: its grades are the facts that the rules are asked with.
        Verifying = "verifying",
    }
}

/// Tiêu chí trên phiếu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipCriterion {
    /// Id in the rule book.
    pub id: String,
    /// Title as printed, for messages.
    pub title: String,
    /// Whether it concerns every subject; the others are graded where they apply.
    pub always: bool,
}

/// Nội dung phiếu, tidied but not checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slip {
    /// The body that takes part.
    pub body: String,
    /// Criterion → grade.
    pub grades: BTreeMap<String, String>,
    /// Proposed level, or empty.
    pub level: String,
    /// General comment.
    pub comment: String,
    /// Who signed it.
    pub signer: String,
}

/// Words of the rule book that a slip may use.
#[derive(Debug, Clone, Copy)]
pub struct SlipScale<'a> {
    /// Criteria of the subject.
    pub criteria: &'a [SlipCriterion],
    /// Grades.
    pub grades: &'a [String],
    /// Levels.
    pub levels: &'a [String],
}

impl Slip {
    /// Checks a slip. `graded` are criteria whose grade is a fact already: the verifying body grades them again, so that
    /// no older grade stays behind unseen.
    ///
    /// # Errors
    /// `SLIP-001` no body, `SLIP-002` a criterion without grade, `SLIP-003` nothing graded and nothing said, `SLIP-004` no
    /// level, `SLIP-005` no signer, `FORM-003` no such grade or level; one per field.
    pub fn check(&self, role: SlipRole, scale: SlipScale<'_>, graded: &BTreeSet<String>) -> Result<(), Vec<Refusal>> {
        let mut faults = Vec::new();
        let mut missing = |code: &str, field: &str| faults.push(Refusal::new(code).at(field));
        if self.body.is_empty() {
            missing("SLIP-001", "body");
        }
        if self.signer.is_empty() {
            missing("SLIP-005", "signer");
        }
        if role == SlipRole::Superior && self.grades.is_empty() && self.comment.is_empty() {
            missing("SLIP-003", "comment");
        }
        if role != SlipRole::Superior && self.level.is_empty() {
            missing("SLIP-004", "level");
        }
        if !self.level.is_empty() && !scale.levels.contains(&self.level) {
            faults.push(Refusal::new("FORM-003").with("label", "none").at("level"));
        }
        faults.extend(scale.criteria.iter().filter_map(|one| self.check_grade(role, one, scale.grades, graded)));
        faults.extend(self.unknown(scale.criteria));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn check_grade(
        &self,
        role: SlipRole,
        criterion: &SlipCriterion,
        grades: &[String],
        graded: &BTreeSet<String>,
    ) -> Option<Refusal> {
        let field = format!("grade-{}", criterion.id);
        match self.grades.get(&criterion.id) {
            Some(grade) if grades.contains(grade) => None,
            Some(_) => Some(Refusal::new("FORM-003").with("label", &criterion.title).at(&field)),
            None if role == SlipRole::Superior => None,
            None => {
                let again = role == SlipRole::Verifying && graded.contains(&criterion.id);
                (criterion.always || again)
                    .then(|| Refusal::new("SLIP-002").with("criterion", &criterion.title).at(&field))
            }
        }
    }

    fn unknown(&self, criteria: &[SlipCriterion]) -> Option<Refusal> {
        let known = |id: &String| criteria.iter().any(|one| one.id == *id);
        let strange = self.grades.keys().find(|id| !known(id))?;
        Some(Refusal::new("FORM-003").with("label", strange).at(&format!("grade-{strange}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criteria() -> Vec<SlipCriterion> {
        let one = |id: &str, always| SlipCriterion { id: id.to_owned(), title: format!("Mục {id}"), always };
        vec![one("ideology", true), one("results", true), one("remedy", false)]
    }

    fn slip(grades: &[(&str, &str)]) -> Slip {
        Slip {
            body: "Ban Tổ chức Huyện uỷ Mẫu".to_owned(),
            grades: grades.iter().map(|(id, grade)| ((*id).to_owned(), (*grade).to_owned())).collect(),
            level: "good".to_owned(),
            comment: String::new(),
            signer: "Nguyễn Văn Mẫu, Trưởng ban".to_owned(),
        }
    }

    fn faults(slip: &Slip, role: SlipRole, graded: &[&str]) -> Vec<String> {
        let (criteria, scale) = (criteria(), ["good", "poor"].map(str::to_owned));
        let scale = SlipScale { criteria: &criteria, grades: &scale, levels: &scale };
        let graded = graded.iter().map(|id| (*id).to_owned()).collect();
        let refused = slip.check(role, scale, &graded).err().unwrap_or_default();
        refused.into_iter().map(|one| format!("{} {}", one.code, one.field.unwrap_or_default())).collect()
    }

    #[test]
    fn a_participating_body_grades_every_criterion_that_concerns_all_and_proposes_a_level() {
        let whole = slip(&[("ideology", "good"), ("results", "poor")]);
        assert!(faults(&whole, SlipRole::Participant, &["remedy"]).is_empty());
        let part = Slip { level: String::new(), ..slip(&[("ideology", "good")]) };
        assert_eq!(faults(&part, SlipRole::Participant, &[]), ["SLIP-004 level", "SLIP-002 grade-results"]);
    }

    #[test]
    fn a_superior_body_fills_only_its_own_field() {
        let own = Slip { level: String::new(), ..slip(&[("ideology", "good")]) };
        assert!(faults(&own, SlipRole::Superior, &[]).is_empty());
        let nothing = Slip { level: String::new(), ..slip(&[]) };
        assert_eq!(faults(&nothing, SlipRole::Superior, &[]), ["SLIP-003 comment"]);
        let said = Slip { comment: "Không có ý kiến khác.".to_owned(), ..nothing };
        assert!(faults(&said, SlipRole::Superior, &[]).is_empty());
    }

    #[test]
    fn the_verifying_body_grades_again_what_is_a_fact_already() {
        let whole = slip(&[("ideology", "good"), ("results", "good")]);
        assert!(faults(&whole, SlipRole::Verifying, &[]).is_empty());
        assert_eq!(faults(&whole, SlipRole::Verifying, &["remedy"]), ["SLIP-002 grade-remedy"]);
    }

    #[test]
    fn words_that_are_not_of_the_book_are_refused_where_they_stand() {
        let strange =
            Slip { level: "great".to_owned(), ..slip(&[("ideology", "great"), ("results", "good"), ("x", "good")]) };
        let expected = ["FORM-003 level", "FORM-003 grade-ideology", "FORM-003 grade-x"];
        assert_eq!(faults(&strange, SlipRole::Participant, &[]), expected);
        let nobody =
            Slip { body: String::new(), signer: String::new(), ..slip(&[("ideology", "good"), ("results", "good")]) };
        assert_eq!(faults(&nobody, SlipRole::Participant, &[]), ["SLIP-001 body", "SLIP-005 signer"]);
    }
}
