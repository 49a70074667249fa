//! Acts, one file each, by area.

pub mod after;
pub mod assignment;
pub mod attachment;
pub mod authority;
pub mod ballot;
pub mod campaign;
pub mod classification;
pub mod decision;
pub mod direction;
pub mod meeting;
pub mod organisation;
pub mod petition;
pub mod proposal;
pub mod register;
pub mod reminder;
pub mod review;
pub mod roster;
pub(crate) mod seen;
pub(crate) mod substitution;
pub mod suggestion;
pub mod temporary;

use domain::{Day, Refusal, text};

/// A day as a person typed it into `field`.
pub(crate) fn typed_day(value: &str, field: &str) -> Result<Day, Refusal> {
    Day::parse_typed(value).map_err(|_| Refusal::new("FORM-004").with("value", value.trim()).at(field))
}

/// A time of day as a person typed it into `field`: `7:30`, `07:30` or `7g30`.
pub(crate) fn typed_time(value: &str, field: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::new("FORM-005").with("value", value.trim()).at(field);
    let clean = value.trim().replace(['g', 'h', 'G', 'H'], ":");
    let (hour, minute) = clean.split_once(':').ok_or_else(wrong)?;
    let hour: u8 = hour.parse().map_err(|_| wrong())?;
    let minute: u8 = if minute.is_empty() { 0 } else { minute.parse().map_err(|_| wrong())? };
    if hour < 24 && minute < 60 { Ok(format!("{hour:02}:{minute:02}")) } else { Err(wrong()) }
}

/// Stands for the name of a field in a message that appears at the field itself.
pub(crate) const UNNAMED: &str = "none";

/// A short text of a form: tidied, at most `max` characters.
pub(crate) fn typed_text(value: &str, field: &str, max: usize) -> Result<String, Refusal> {
    let clean = text::tidy_long(value);
    let length = clean.chars().count();
    if length > max {
        return Err(Refusal::new("FORM-002").with("label", UNNAMED).with("length", length).with("max", max).at(field));
    }
    Ok(clean)
}
