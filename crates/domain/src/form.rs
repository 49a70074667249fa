//! Mẫu biểu: what a form asks for, read from `forms/<meaning>/<version>/form.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::text;
use crate::word::words;

/// Một câu chữ in two languages, Vietnamese first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Tiếng Việt.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in the language `en`, or Vietnamese for anything else.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }
}

words! {
    /// Kiểu ô nhập.
    FieldKind {
        /// Đoạn văn nhiều dòng.
        LongText = "long_text",
        /// Một dòng.
        Text = "text",
        /// Cấp độ thực hiện của một tiêu chí.
        Grade = "grade",
        /// Mức xếp loại.
        Level = "level",
    }
}

/// Một ô của mẫu biểu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable name, also the name of the fact for grades.
    pub id: String,
    /// What is entered.
    pub kind: FieldKind,
    /// Longest text in characters (long and short texts).
    #[serde(default)]
    pub max: Option<u32>,
    /// Whether the form cannot be handed in without it.
    #[serde(default)]
    pub required: bool,
    /// `all`, `leader` (has a leading post), `civil` (cadre, civil servant, public employee).
    #[serde(default = "everybody")]
    pub applies_to: Vec<String>,
    /// Label on screen.
    pub label: Bilingual,
    /// Hint below the label.
    #[serde(default)]
    pub help: Option<Bilingual>,
    /// Why the field is asked for.
    pub purpose: Bilingual,
    /// Who reads it.
    pub readers: Vec<String>,
}

fn everybody() -> Vec<String> {
    vec!["all".to_owned()]
}

/// Một phần của mẫu biểu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Number as printed (`I`, `II` …).
    pub id: String,
    /// Heading.
    pub title: Bilingual,
    /// Its fields.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// Mẫu biểu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Meaning, such as `individual-review`.
    pub meaning: String,
    /// Version, such as `2019`.
    pub version: String,
    /// Official number as printed.
    pub number: String,
    /// Title.
    pub title: Bilingual,
    /// Sections in order.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

/// Who the form is filled in for: which fields apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filler {
    /// Has a leading post.
    pub leader: bool,
    /// Is a cadre, civil servant or public employee.
    pub civil: bool,
}

/// Nội dung đã điền: field id → text, grade id or level id.
pub type Content = BTreeMap<String, String>;

impl Field {
    /// Whether this field is asked of `filler`.
    #[must_use]
    pub fn applies(&self, filler: Filler) -> bool {
        self.applies_to.iter().any(|group| match group.as_str() {
            "leader" => filler.leader,
            "civil" => filler.civil,
            _ => true,
        })
    }
}

impl Form {
    /// `individual-review/2019`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.meaning, self.version)
    }

    /// The fields asked of `filler`, in order.
    pub fn fields(&self, filler: Filler) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields).filter(move |field| field.applies(filler))
    }

    /// Keeps what belongs to the form and puts texts in order: NFC, no control characters. Unknown names are dropped.
    #[must_use]
    pub fn tidy(&self, filler: Filler, typed: &Content) -> Content {
        self.fields(filler)
            .filter_map(|field| typed.get(&field.id).map(|value| (field.id.clone(), text::tidy_long(value))))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// Checks a tidied content: lengths always; required fields only when it is handed in (`complete`); grades and
    /// levels must be among those given.
    ///
    /// # Errors
    /// `FORM-001` required field empty, `FORM-002` text too long, `FORM-003` no such grade or level; one per field.
    pub fn check(
        &self,
        filler: Filler,
        content: &Content,
        grades: &[String],
        levels: &[String],
        complete: bool,
    ) -> Result<(), Vec<Refusal>> {
        let faults: Vec<Refusal> = self
            .fields(filler)
            .filter_map(|field| match content.get(&field.id) {
                None if complete && field.required => {
                    Some(Refusal::new("FORM-001").with("label", &field.label.vi).at(&field.id))
                }
                None => None,
                Some(value) => check_value(field, value, grades, levels),
            })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

fn check_value(field: &Field, value: &str, grades: &[String], levels: &[String]) -> Option<Refusal> {
    let known = match field.kind {
        FieldKind::Grade => grades.iter().any(|grade| grade == value),
        FieldKind::Level => levels.iter().any(|level| level == value),
        FieldKind::LongText | FieldKind::Text => true,
    };
    if !known {
        return Some(Refusal::new("FORM-003").with("label", &field.label.vi).at(&field.id));
    }
    let length = value.chars().count();
    let too_long = field.max.is_some_and(|max| u32::try_from(length).is_ok_and(|length| length > max));
    too_long.then(|| {
        Refusal::new("FORM-002")
            .with("label", &field.label.vi)
            .with("length", length)
            .with("max", field.max.unwrap_or(0))
            .at(&field.id)
    })
}
