//! Passphrases: hashed slowly, two at a time, and locked softly by account.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Refusal;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::answer::Failure;

/// Longest passphrase in bytes.
pub const LONGEST: usize = 128;
/// Shortest passphrase in characters, without a second factor.
pub const SHORTEST: usize = 15;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 2;
const WAITING: usize = 64;

/// Checks and makes hashes without letting a crowd at the door take the whole machine.
#[derive(Debug, Clone)]
pub struct Hasher {
    slots: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)), queue: Arc::new(Semaphore::new(WAITING)) }
    }
}

fn argon() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Hasher {
    /// Whether the passphrase is the one of this hash. Without a hash it takes as long and says no.
    ///
    /// # Errors
    /// [`Failure::Busy`] when too many wait already.
    pub async fn verify(&self, passphrase: String, hash: Option<String>) -> Result<bool, Failure> {
        self.run(move || {
            let argon = argon()?;
            let Some(hash) = hash else {
                argon.hash_password_with_salt(prepared(&passphrase).as_bytes(), &[0; 16]).map_err(fault)?;
                return Ok(false);
            };
            let known = PasswordHash::new(&hash).map_err(fault)?;
            Ok(argon.verify_password(prepared(&passphrase).as_bytes(), &known).is_ok())
        })
        .await
    }

    /// The hash of a new passphrase.
    ///
    /// # Errors
    /// [`Failure::Refused`] `ACCOUNT-003` too short, `ACCOUNT-004` too long.
    pub async fn hash(&self, passphrase: String, salt: [u8; 32]) -> Result<String, Failure> {
        let length = prepared(&passphrase).chars().count();
        if length < SHORTEST {
            return Err(Refusal::new("ACCOUNT-003").with("min", SHORTEST).at("passphrase").into());
        }
        if prepared(&passphrase).len() > LONGEST {
            return Err(Refusal::new("ACCOUNT-004").with("max", LONGEST).at("passphrase").into());
        }
        self.run(move || {
            let hash =
                argon()?.hash_password_with_salt(prepared(&passphrase).as_bytes(), &salt[..16]).map_err(fault)?;
            Ok(hash.to_string())
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _queued = self.queue.try_acquire().map_err(|_| Failure::Busy)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|_| Failure::Busy)?;
        tokio::task::spawn_blocking(move || {
            let _slot = slot;
            work()
        })
        .await?
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Fault(format!("hashing: {error}"))
}

/// Passphrases may be Vietnamese: however the keyboard composed the letters, they are the same.
fn prepared(passphrase: &str) -> String {
    domain::text::tidy(passphrase)
}

/// How long nobody may try again after so many wrong passphrases in a row: seconds, so that a slip costs nothing and a
/// machine gets nowhere.
#[must_use]
pub fn pause(failures: u32) -> TimeDelta {
    match failures {
        0 => TimeDelta::zero(),
        1..=2 => TimeDelta::seconds(1),
        3..=8 => TimeDelta::seconds(3),
        9..=24 => TimeDelta::seconds(5),
        25..=99 => TimeDelta::seconds(10),
        _ => TimeDelta::hours(1),
    }
}

/// Until when nobody may try, after one more wrong passphrase.
#[must_use]
pub fn locked_until(failures_before: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    now.checked_add_signed(pause(failures_before.saturating_add(1)))
}

/// Hexadecimal SHA-256.
#[must_use]
pub fn digest(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_vietnamese_passphrase_is_the_same_however_it_was_typed() {
        let hasher = Hasher::default();
        let hash = hasher.hash("đường về quê hương".to_owned(), [7; 32]).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let decomposed = "đu\u{31b}o\u{31b}\u{300}ng về quê hu\u{31b}o\u{31b}ng".to_owned();
        assert_eq!(hasher.verify(decomposed, Some(hash.clone())).await, Ok(true));
        assert_eq!(hasher.verify("đường về quê nhà tôi".to_owned(), Some(hash)).await, Ok(false));
        assert_eq!(hasher.verify("đường về quê hương".to_owned(), None).await, Ok(false));
    }

    #[tokio::test]
    async fn short_and_endless_passphrases_are_refused() {
        let hasher = Hasher::default();
        assert!(matches!(hasher.hash("ngắn quá".to_owned(), [7; 32]).await, Err(Failure::Refused(_))));
        assert!(matches!(hasher.hash("a".repeat(200), [7; 32]).await, Err(Failure::Refused(_))));
    }

    #[test]
    fn the_pause_grows_and_stays_short_until_a_hundred() {
        let seconds: Vec<i64> = [0, 1, 3, 9, 25, 99].map(|count| pause(count).num_seconds()).to_vec();
        assert_eq!(seconds, [0, 1, 3, 5, 10, 10]);
        assert!(pause(100) > pause(99));
    }
}
