//! Thẩm định: the advisory body's sheet on one subject – completeness of the dossier, differences from the self-assessment,
//! the level it proposes. It proposes; the competent body decides.

use crate::Refusal;
use crate::word::words;

words! {
    /// Thành phần hồ sơ that may be missing when a subject is verified.
    Missing {
        /// Bản tự kiểm điểm, báo cáo kiểm điểm.
        Report = "report",
        /// Biên bản hội nghị kiểm điểm.
        Minutes = "minutes",
        /// Ý kiến của các chủ thể tham gia.
        Opinions = "opinions",
    }
}

/// Phiếu thẩm định as it is about to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Level proposed; empty when none was chosen.
    pub proposed: String,
    /// Level the subject gave itself, if it named one.
    pub itself: Option<String>,
    /// What the dossier lacks.
    pub missing: Vec<Missing>,
    /// Source of the rule that stands against the proposed level, if one does.
    pub forbidden: Option<String>,
    /// Written grounds.
    pub grounds: String,
}

/// Whether the sheet may stand.
///
/// # Errors
/// `VERIFY-001` no report, which nothing replaces (review before classification); `-002` no level; `-003` a rule forbids the
/// level, with citation; `-004` written grounds missing where the level differs from the self-assessment, `-005` where the
/// dossier is not complete.
pub fn check(sheet: &Sheet) -> Result<(), Refusal> {
    if sheet.missing.contains(&Missing::Report) {
        return Err(Refusal::new("VERIFY-001"));
    }
    if sheet.proposed.is_empty() {
        return Err(Refusal::new("VERIFY-002").at("level"));
    }
    if let Some(citation) = &sheet.forbidden {
        return Err(Refusal::new("VERIFY-003").citing(citation.clone()).at("level"));
    }
    let reasoned = !sheet.grounds.trim().is_empty();
    if !reasoned && sheet.itself.as_ref().is_some_and(|own| *own != sheet.proposed) {
        return Err(Refusal::new("VERIFY-004").at("grounds"));
    }
    if !reasoned && !sheet.missing.is_empty() {
        return Err(Refusal::new("VERIFY-005").at("grounds"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            proposed: "good".to_owned(),
            itself: Some("good".to_owned()),
            missing: Vec::new(),
            forbidden: None,
            grounds: String::new(),
        }
    }

    fn refused(sheet: &Sheet) -> String {
        check(sheet).unwrap_err().code
    }

    #[test]
    fn a_complete_dossier_that_agrees_with_the_self_assessment_needs_no_grounds() {
        assert_eq!(check(&sheet()), Ok(()));
    }

    #[test]
    fn whoever_departs_from_the_self_assessment_writes_why() {
        let lower = Sheet { itself: Some("excellent".to_owned()), ..sheet() };
        assert_eq!(refused(&lower), "VERIFY-004");
        assert_eq!(check(&Sheet { grounds: "Chỉ tiêu 3 chưa đạt".to_owned(), ..lower }), Ok(()));
    }

    #[test]
    fn a_gap_in_the_dossier_is_explained_and_a_missing_report_cannot_be() {
        let gap = Sheet { missing: vec![Missing::Minutes], ..sheet() };
        assert_eq!(refused(&gap), "VERIFY-005");
        let none = Sheet { missing: vec![Missing::Report], grounds: "x".to_owned(), ..sheet() };
        assert_eq!(refused(&none), "VERIFY-001");
    }

    #[test]
    fn what_a_rule_forbids_is_refused_with_its_source_whatever_is_written() {
        let against = Sheet { forbidden: Some("21-HD".to_owned()), grounds: "x".to_owned(), ..sheet() };
        let refusal = check(&against).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.citation.as_deref()), ("VERIFY-003", Some("21-HD")));
    }
}
