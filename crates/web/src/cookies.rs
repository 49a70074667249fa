//! Our cookies: all are strict, unreadable to script, and bound to the host when the address is secure.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookies this house sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The session: `<hierarchy>.<token>`.
    Session,
    /// Something to derive the form token from while nobody is signed in.
    Guest,
    /// Language of the interface.
    Language,
    /// What to say on the next page.
    Flash,
}

const YEAR_SECONDS: u32 = 365 * 24 * 3600;

impl Cookie {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Session, Self::Guest, Self::Language, Self::Flash];

    /// Name of the cookie; browsers keep `__Host-` names to this host, this scheme and the whole site.
    #[must_use]
    pub const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-guong",
            (Self::Session, false) => "guong",
            (Self::Guest, true) => "__Host-guong-guest",
            (Self::Guest, false) => "guong-guest",
            (Self::Language, true) => "__Host-guong-language",
            (Self::Language, false) => "guong-language",
            (Self::Flash, true) => "__Host-guong-flash",
            (Self::Flash, false) => "guong-flash",
        }
    }

    /// Its value in a request.
    #[must_use]
    pub fn read(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        let name = self.name(secure);
        let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (found, value) = pair.trim().split_once('=')?;
            (found == name && !value.is_empty()).then(|| value.to_owned())
        })
    }

    /// Sets it. The value must be made of letters that need no quoting; anything else is not set.
    pub fn set(self, headers: &mut HeaderMap, secure: bool, value: &str) {
        let age = if self == Self::Language { format!("; Max-Age={YEAR_SECONDS}") } else { String::new() };
        self.put(headers, secure, value, &age);
    }

    /// Takes it away.
    pub fn clear(self, headers: &mut HeaderMap, secure: bool) {
        self.put(headers, secure, "", "; Max-Age=0");
    }

    fn put(self, headers: &mut HeaderMap, secure: bool, value: &str, age: &str) {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let only = if secure { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{only}{age}", self.name(secure));
        if value.chars().all(plain)
            && let Ok(line) = HeaderValue::from_str(&line)
        {
            headers.append(header::SET_COOKIE, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_is_strict_and_hidden_from_script() {
        for cookie in Cookie::ALL {
            let mut headers = HeaderMap::new();
            cookie.set(&mut headers, true, "abc");
            let line = headers[header::SET_COOKIE].to_str().expect("text").to_owned();
            for part in ["__Host-guong", "; Path=/;", "HttpOnly", "SameSite=Strict", "; Secure"] {
                assert!(line.contains(part), "{line}");
            }
        }
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        let mut headers = HeaderMap::new();
        Cookie::Flash.set(&mut headers, false, "a; Domain=elsewhere");
        assert!(headers.is_empty());
    }
}
