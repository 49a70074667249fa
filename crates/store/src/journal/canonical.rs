//! Canonical JSON (RFC 8785), for texts, whole numbers, truth values, lists and objects.

use std::fmt::Write as _;

use serde_json::Value;

use crate::error::{Result, StoreError};

/// Whole numbers beyond this are not the same in every JSON reader.
const LARGEST: u64 = (1 << 53) - 1;

/// The one text of a JSON value: keys sorted by their UTF-16 form, no blanks, shortest escapes.
///
/// # Errors
/// [`StoreError::NotCanonical`] for numbers with a fraction or beyond 2^53 - 1.
pub fn canonical(value: &Value) -> Result<String> {
    let mut text = String::new();
    write(&mut text, value)?;
    Ok(text)
}

fn write(out: &mut String, value: &Value) -> Result<()> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            let whole = number.as_i64().filter(|n| n.unsigned_abs() <= LARGEST);
            let whole = whole.ok_or_else(|| StoreError::NotCanonical(number.to_string()))?;
            let _ = write!(out, "{whole}");
        }
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(out, item)?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (key, value)) in fields.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(out, key);
                out.push(':');
                write(out, value)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
