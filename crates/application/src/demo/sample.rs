//! Sample values of form fields.

use domain::form::FieldKind;

/// A short sample value of a required field, for whoever is headed for the level `aim` places below the best.
pub(super) fn sample(kind: FieldKind, (grades, levels): (&[String], &[String]), aim: usize) -> String {
    match kind {
        FieldKind::Grade => grades.get(aim).cloned().unwrap_or_default(),
        FieldKind::Level => levels.get(aim).cloned().unwrap_or_default(),
        FieldKind::LongText | FieldKind::Text => "Câu mẫu.".to_owned(),
        FieldKind::Points => String::new(),
    }
}
