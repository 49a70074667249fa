//! Đồng hồ và ngẫu nhiên của bản dùng thử: a clock that stands where it was put, and chance that falls the same every time.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use domain::Day;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::ports::{Chance, Clock};

const VIETNAM_HOURS_EAST: i64 = 7;
const MICROS_A_SECOND: i64 = 1_000_000;
const SECONDS_AN_HOUR: i64 = 3600;

/// Đồng hồ đặt tay: each look at it is one second later than the last, so that things happen one after the other.
#[derive(Debug, Default)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// Puts the clock to an hour of a day in Vietnam.
    pub fn put(&self, day: Day, hour: i64) {
        let midnight = day.date().and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        let second = midnight + (hour - VIETNAM_HOURS_EAST) * SECONDS_AN_HOUR;
        self.0.store(second * MICROS_A_SECOND, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        let micros = self.0.fetch_add(MICROS_A_SECOND, Ordering::SeqCst);
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

/// Ngẫu nhiên có hạt giống: the same identifiers and salts in the same order for the same seed. Never for real data.
#[derive(Debug)]
pub struct SeededChance {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededChance {
    /// Chance that falls as `seed` says.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }

    fn draw(&self) -> (u64, [u8; 32]) {
        let number = self.drawn.fetch_add(1, Ordering::SeqCst);
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(number.to_be_bytes());
        (number, hash.finalize().into())
    }
}

impl Chance for SeededChance {
    fn id(&self, at: DateTime<Utc>) -> Uuid {
        let (number, drawn) = self.draw();
        let mut bytes = [0_u8; 10];
        bytes.copy_from_slice(&drawn[..10]);
        // The highest bits count up, so that identifiers of one moment keep the order in which they were drawn.
        bytes[..2].copy_from_slice(&(u16::try_from(number % 0x1000).unwrap_or(0)).to_be_bytes());
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    fn salt(&self) -> [u8; 32] {
        self.draw().1
    }
}
