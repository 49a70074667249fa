//! Cuts an expression into words and signs.

use super::Refused;

/// One word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name, possibly with points: `grade.duties`.
    Name(String),
    /// A whole number.
    Number(i64),
    /// A text in quotes.
    Quoted(String),
    /// A sign of one or two characters.
    Sign(&'static str),
}

const SIGNS: [&str; 18] =
    ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "(", ")", "[", "]", ","];

/// The words of an expression with their byte offsets.
pub fn cut(text: &str) -> Result<Vec<(usize, Token)>, Refused> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else if first == '"' || first == '\'' {
            quoted(rest, first, at)?
        } else if first.is_ascii_digit() {
            number(rest, at)?
        } else if first.is_ascii_lowercase() || first == '_' {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
            (Token::Name(rest[..end].to_owned()), end)
        } else {
            return Err(Refused::new(
                at,
                "BOOK-041",
                format!("ký tự “{first}” không thuộc ngôn ngữ biểu thức"),
                "chỉ dùng tên dữ kiện viết thường không dấu, số nguyên, chữ trong ngoặc kép và các dấu && || ! == != < <= > >= + - * / ( ) [ ] và dấu phẩy; ≥ viết là >=, ≤ viết là <=, ≠ viết là !=",
            ));
        };
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}

fn quoted(rest: &str, quote: char, at: usize) -> Result<(Token, usize), Refused> {
    match rest[1..].find(quote) {
        Some(end) => Ok((Token::Quoted(rest[1..=end].to_owned()), end + 2)),
        None => Err(Refused::new(at, "BOOK-042", "chuỗi chưa đóng ngoặc kép", "thêm dấu ngoặc kép ở cuối chuỗi")),
    }
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Refused> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if rest[end..].starts_with('.') {
        return Err(Refused::new(
            at,
            "BOOK-043",
            "số thập phân không được dùng",
            "viết phân số chính xác, ví dụ \"1/5\" thay cho 0.2",
        ));
    }
    let number = rest[..end]
        .parse()
        .map_err(|_| Refused::new(at, "BOOK-044", "số quá lớn", "viết số nhỏ hơn, nhiều nhất 18 chữ số"))?;
    Ok((Token::Number(number), end))
}
