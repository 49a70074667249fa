//! What somebody typed, and what is wrong with it. Nothing typed is ever lost because something else was wrong.

use std::collections::BTreeMap;

use application::Error;
use axum::extract::{FromRequest, RawForm, Request};
use domain::{Day, Refusal};

use crate::answer::Failure;
use crate::locale::{Told, Translator};

/// Name of the hidden field with the form token.
pub const TOKEN: &str = "_token";

/// Whether one of the choices says in words what choosing nothing means.
#[must_use]
pub fn names_none(choices: &[Choice]) -> bool {
    choices.iter().any(|choice| choice.value.is_empty() && !choice.label.is_empty())
}

/// One of several things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Value sent.
    pub value: String,
    /// Words shown.
    pub label: String,
    /// What it means, if that needs saying.
    pub hint: String,
}

impl Choice {
    /// A choice that needs no explanation.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// Says what it means.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Something wrong, at a field or with the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Field to mend, if it is one field.
    pub field: Option<String>,
    /// What is wrong, what to do, by which source.
    pub told: Told,
}

/// Values and errors of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl FormState {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A form with what was sent. Line ends become those of a text here.
    #[must_use]
    pub fn of_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::new();
        for (name, value) in pairs {
            if name != TOKEN {
                form.values.entry(name).or_default().push(value.replace("\r\n", "\n"));
            }
        }
        form
    }

    /// Fills in a value.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.put(name, value);
        self
    }

    /// Fills in a value.
    pub fn put(&mut self, name: &str, value: impl std::fmt::Display) {
        self.values.insert(name.to_owned(), vec![value.to_string()]);
    }

    /// Chooses one more of a group of check boxes.
    pub fn choose(&mut self, name: &str, value: impl std::fmt::Display) {
        self.values.entry(name.to_owned()).or_default().push(value.to_string());
    }

    /// The value of a field; empty when nothing was sent.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values(name).first().map_or("", String::as_str)
    }

    /// All values of a field.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether this choice was made.
    #[must_use]
    pub fn checked(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|chosen| chosen == value)
    }

    /// Names of all fields that were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The rest of the name and the first value of every field whose name begins so.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.values.keys().filter_map(move |name| Some((name.strip_prefix(prefix)?, self.value(name))))
    }

    /// A whole number, with or without points between the thousands. Nothing when the field is empty; when it is no
    /// number, nothing and an error at the field.
    pub fn number(&mut self, name: &str, t: Translator) -> Option<i64> {
        let typed: String = self.value(name).chars().filter(|letter| !matches!(letter, '.' | ' ' | '\u{a0}')).collect();
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse().ok().filter(|_| typed.bytes().all(|byte| byte.is_ascii_digit()));
        if number.is_none() {
            self.fail(name, t.get("shell-error-number"));
        }
        number
    }

    /// A day typed as `dd/mm/yyyy` (or as a date field sends it). Nothing when the field is empty; when there is no
    /// such day, nothing and an error at the field.
    pub fn day(&mut self, name: &str, t: Translator) -> Option<Day> {
        let typed = self.value(name).trim().to_owned();
        if typed.is_empty() {
            return None;
        }
        let day = Day::parse_typed(&typed).or_else(|_| Day::parse_stored(&typed)).ok();
        if day.is_none() {
            self.fail(name, t.get("shell-error-day"));
        }
        day
    }

    /// Adds an error at a field, in words.
    pub fn fail(&mut self, name: &str, what: String) {
        self.errors.push(FieldError { field: Some(name.to_owned()), told: Told { what, ..Told::default() } });
    }

    /// Takes over the reasons of a refusal, each at its field.
    ///
    /// # Errors
    /// What is no refusal goes on as a failure.
    pub fn refuse(&mut self, error: Error, t: Translator) -> Result<(), Failure> {
        self.take(error.into(), t)
    }

    /// As [`FormState::refuse`], for a failure of several steps.
    ///
    /// # Errors
    /// What is no refusal goes on as a failure.
    pub fn take(&mut self, failure: Failure, t: Translator) -> Result<(), Failure> {
        match failure {
            Failure::Refused(reasons) => {
                self.errors.extend(reasons.iter().map(|reason| field_error(reason, t)));
                Ok(())
            }
            other => Err(other),
        }
    }

    /// What is wrong at a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&FieldError> {
        self.errors.iter().find(|error| error.field.as_deref() == Some(name))
    }

    /// Everything that is wrong, in order.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether it was refused for this reason.
    #[must_use]
    pub fn is_refused(&self, code: &str) -> bool {
        self.errors.iter().any(|error| error.told.code == code)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }
}

fn field_error(reason: &Refusal, t: Translator) -> FieldError {
    FieldError { field: reason.field.clone(), told: t.refusal(reason) }
}

/// Pairs of a form sent the usual way; nothing when it is not text.
#[must_use]
pub fn pairs(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut pairs = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((unescaped(name)?, unescaped(value)?));
    }
    Some(pairs)
}

/// `C%E1%BA%A5p+x` → `Cấp x`; nothing when the bytes are not text.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// A form sent to us, with everything that was typed.
pub struct Typed(pub FormState);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let RawForm(bytes) = RawForm::from_request(request, state).await.map_err(|rejection| {
            let status = axum::response::IntoResponse::into_response(rejection).status();
            Failure::of_status(status).unwrap_or(Failure::Unreadable)
        })?;
        Ok(Self(FormState::of_pairs(pairs(&bytes).ok_or(Failure::Unreadable)?)))
    }
}

#[cfg(test)]
mod tests;
