//! Phiên làm việc: a random token in a strict cookie, its digest in the store.

use application::accounts::{self, Candidate, SignedIn};
use chrono::TimeDelta;
use data_encoding::HEXLOWER;
use domain::RootId;

use crate::answer::Failure;
use crate::secret::{LONGEST, digest, locked_until};
use crate::server::Server;

/// Where one signs in.
pub const SIGN_IN: &str = "/dang-nhap";

const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Takes a cookie apart: hierarchy and token.
fn parts(cookie: &str) -> Option<(RootId, &str)> {
    let (root, token) = cookie.split_once('.')?;
    (token.len() == 64).then_some((root.parse().ok()?, token))
}

/// Who is behind this cookie, if its session lives.
///
/// # Errors
/// [`Failure::Fault`] when the database fails.
pub async fn find(server: &Server, cookie: &str) -> Result<Option<SignedIn>, Failure> {
    let Some((root, token)) = parts(cookie) else { return Ok(None) };
    let now = server.app.clock.now();
    let idle_since = now - TimeDelta::minutes(i64::from(server.config.idle_minutes));
    let hash = digest(token);
    let found = accounts::signed_in(&server.app, root, &hash, idle_since).await?;
    if let Some(person) = &found
        && now - person.seen_at > SEEN_EVERY
    {
        accounts::see(&server.app, root, &hash).await?;
    }
    Ok(found)
}

/// Begins a session if login and passphrase are right and the account is open and not paused. The answer is the value
/// of the cookie. Unknown, wrong, closed and paused look and take the same.
///
/// # Errors
/// [`Failure::Busy`] when too many are at the door.
pub async fn begin(server: &Server, login: &str, passphrase: &str) -> Result<Option<String>, Failure> {
    if passphrase.len() > LONGEST * 4 || login.len() > LONGEST {
        return Ok(None);
    }
    let candidate = accounts::candidate(&server.app, login).await?;
    let hash = candidate.as_ref().map(|found| found.secret_hash.clone());
    let now = server.app.clock.now();
    let paused = candidate.as_ref().is_some_and(|found| found.locked_until.is_some_and(|until| until > now));
    let right = server.hasher.verify(passphrase.to_owned(), hash).await?;
    match candidate {
        Some(found) if right && found.open && !paused => admit(server, &found).await.map(Some),
        Some(found) if !paused && !right => {
            accounts::note_failure(&server.app, &found, locked_until(found.failures, now)).await?;
            Ok(None)
        }
        _ => Ok(None),
    }
}

async fn admit(server: &Server, candidate: &Candidate) -> Result<String, Failure> {
    let token = HEXLOWER.encode(&server.app.chance.salt());
    let expires = server.app.clock.now() + TimeDelta::hours(i64::from(server.config.session_hours));
    accounts::begin_session(&server.app, candidate, &digest(&token), expires).await?;
    Ok(format!("{}.{token}", candidate.root))
}

/// Ends the session of this cookie.
///
/// # Errors
/// [`Failure::Fault`] when the database fails.
pub async fn end(server: &Server, cookie: &str) -> Result<(), Failure> {
    if let Some((root, token)) = parts(cookie) {
        accounts::end_session(&server.app, root, &digest(token)).await?;
    }
    Ok(())
}

/// A path of ours to go on to: never another site, whatever was typed.
#[must_use]
pub fn own_path(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t'])
        && path.len() < 1000;
    if ours { path } else { "/" }
}

/// A path as the value of a query parameter.
#[must_use]
pub fn escaped(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_sign_in_one_stays_in_the_house() {
        for elsewhere in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "javascript:alert(1)", "/\t/evil.example"]
        {
            assert_eq!(own_path(elsewhere), "/", "{elsewhere}");
        }
        assert_eq!(own_path("/to-chuc?trang=2"), "/to-chuc?trang=2");
    }

    #[test]
    fn a_cookie_of_another_shape_is_nobody() {
        for cookie in
            ["", "x", "x.y", "00000000-0000-0000-0000-000000000000.short", &format!("nobody.{}", "0".repeat(64))]
        {
            assert!(parts(cookie).is_none(), "{cookie}");
        }
    }
}
