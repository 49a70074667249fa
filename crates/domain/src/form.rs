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
        /// Điểm, at most `max`.
        Points = "points",
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
    /// Longest text in characters (long and short texts), or most points.
    #[serde(default)]
    pub max: Option<u32>,
    /// Fields of points whose sum this field must be.
    #[serde(default)]
    pub sum_of: Vec<String>,
    /// Which points of the subject's own scoring sheet it repeats: `general`, `results` or `total`; empty for none. Where there is
    /// a sheet they are taken from it and not typed a second time.
    #[serde(default)]
    pub from_score: String,
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
    /// `FORM-001` required field empty, `FORM-002` text too long, `FORM-003` no such grade or level, `FORM-007` not points
    /// within the maximum, `FORM-008` a total that is not the sum of its parts; one per field.
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
                Some(value) => check_value(field, value, grades, levels).or_else(|| check_sum(field, value, content)),
            })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

fn check_value(field: &Field, value: &str, grades: &[String], levels: &[String]) -> Option<Refusal> {
    let known = match field.kind {
        FieldKind::Grade => grades.iter().any(|grade| grade == value),
        FieldKind::Level => levels.iter().any(|level| level == value),
        FieldKind::Points => return check_points(field, value),
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

fn check_points(field: &Field, value: &str) -> Option<Refusal> {
    let most = field.max.unwrap_or(u32::MAX / HUNDREDTHS);
    let within = hundredths(value).is_some_and(|points| points <= u64::from(most) * u64::from(HUNDREDTHS));
    (!within).then(|| {
        Refusal::new("FORM-007").with("label", &field.label.vi).with("value", value).with("max", most).at(&field.id)
    })
}

/// A total is compared once its parts are points; a part that is not says so itself.
fn check_sum(field: &Field, value: &str, content: &Content) -> Option<Refusal> {
    if field.sum_of.is_empty() {
        return None;
    }
    let parts: Option<Vec<u64>> =
        field.sum_of.iter().map(|part| hundredths(content.get(part).map_or("", String::as_str))).collect();
    let sum: u64 = parts?.iter().sum();
    (hundredths(value)? != sum).then(|| {
        Refusal::new("FORM-008")
            .with("label", &field.label.vi)
            .with("value", value)
            .with("sum", points_text(sum))
            .at(&field.id)
    })
}

const HUNDREDTHS: u32 = 100;

/// Points as people type them, with comma or point and at most two decimals, counted in hundredths.
#[must_use]
pub fn hundredths(typed: &str) -> Option<u64> {
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.len() > 6 || part.len() > 2 {
        return None;
    }
    let tens = if part.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<u64>().ok()? * u64::from(HUNDREDTHS) + part.parse::<u64>().ok()? * tens)
}

/// Hundredths as papers print them: `95,25`, `28,5`, `70`.
#[must_use]
pub fn points_text(hundredths: u64) -> String {
    let (whole, part) = (hundredths / u64::from(HUNDREDTHS), hundredths % u64::from(HUNDREDTHS));
    if part == 0 { whole.to_string() } else { format!("{whole},{part:02}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(id: &str, max: u32, sum_of: &[&str]) -> Field {
        let said = Bilingual { vi: id.to_owned(), en: id.to_owned() };
        Field {
            id: id.to_owned(),
            kind: FieldKind::Points,
            max: Some(max),
            sum_of: sum_of.iter().map(|part| (*part).to_owned()).collect(),
            from_score: String::new(),
            required: true,
            applies_to: everybody(),
            label: said.clone(),
            help: None,
            purpose: said,
            readers: Vec::new(),
        }
    }

    fn codes(typed: [&str; 3]) -> Vec<String> {
        let title = Bilingual { vi: "Mẫu".to_owned(), en: "Form".to_owned() };
        let fields =
            vec![points("general", 30, &[]), points("results", 70, &[]), points("score", 100, &["general", "results"])];
        let form = Form {
            meaning: "m".to_owned(),
            version: "1".to_owned(),
            number: String::new(),
            title: title.clone(),
            sections: vec![Section { id: "B".to_owned(), title, fields }],
        };
        let typed = ["general", "results", "score"].map(str::to_owned).into_iter().zip(typed.map(str::to_owned));
        let filler = Filler { leader: false, civil: false };
        let content = form.tidy(filler, &typed.collect());
        let refused = form.check(filler, &content, &[], &[], false).err().unwrap_or_default();
        refused.into_iter().map(|refusal| format!("{} {}", refusal.code, refusal.field.unwrap_or_default())).collect()
    }

    #[test]
    fn points_are_numbers_up_to_the_maximum_with_at_most_two_decimals() {
        assert!(codes(["30", "66,75", ""]).is_empty());
        assert!(codes(["0", "70.0", ""]).is_empty());
        for wrong in ["30,01", "31", "-1", "hai mươi", "1e2", "2,", ",5", "28,125", "1 0", "99999999999999999999"] {
            assert_eq!(codes([wrong, "70", ""]), ["FORM-007 general"], "{wrong}");
        }
    }

    #[test]
    fn a_total_is_the_sum_of_its_parts() {
        assert!(codes(["28,5", "66,75", "95,25"]).is_empty());
        assert!(codes(["28.50", "66,75", "95.25"]).is_empty());
        assert_eq!(codes(["28,5", "66,75", "96"]), ["FORM-008 score"]);
        // A part that is missing or wrong is told there; the total waits.
        assert!(codes(["", "66,75", "96"]).is_empty());
        assert_eq!(codes(["x", "66,75", "96"]), ["FORM-007 general"]);
    }

    #[test]
    fn points_are_printed_with_a_comma_and_no_idle_noughts() {
        for (typed, printed) in
            [("95,25", "95,25"), ("28.50", "28,5"), ("70", "70"), ("0,05", "0,05"), ("100,00", "100")]
        {
            assert_eq!(points_text(hundredths(typed).unwrap()), printed);
        }
    }
}
