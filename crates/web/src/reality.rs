//! The real clock and the real dice. Everything else takes them as arguments.

use std::time::SystemTime;

use application::ports::{Chance, Clock};
use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// The clock of this machine, in whole microseconds as the databases keep them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the real time is read")]
    fn now(&self) -> DateTime<Utc> {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

/// Randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl SystemChance {
    #[expect(clippy::disallowed_methods, reason = "the one place where real randomness is read")]
    #[expect(
        clippy::panic,
        reason = "without randomness no token and no salt is safe: better no answer than a weak one"
    )]
    fn fill<const N: usize>() -> [u8; N] {
        let mut bytes = [0; N];
        if let Err(error) = getrandom::fill(&mut bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
        bytes
    }
}

impl Chance for SystemChance {
    fn id(&self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &Self::fill()).into_uuid()
    }

    fn salt(&self) -> [u8; 32] {
        Self::fill()
    }
}
