//! What the application needs from outside and tests replace: time, chance, the press.

use chrono::{DateTime, FixedOffset, Timelike, Utc};
use domain::Day;
use uuid::Uuid;

/// Đồng hồ: the only source of time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> DateTime<Utc>;

    /// Today in Vietnam (UTC+7), which is the day the law means.
    fn today(&self) -> Day {
        day_in_vietnam(self.now())
    }
}

const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

/// The day a moment lies in, in Vietnam (UTC+7).
pub(crate) fn day_in_vietnam(moment: DateTime<Utc>) -> Day {
    FixedOffset::east_opt(VIETNAM_SECONDS_EAST)
        .map_or_else(|| moment.date_naive(), |zone| moment.with_timezone(&zone).date_naive())
        .into()
}

/// The hour of the day in Vietnam.
pub(crate) fn hour_in_vietnam(moment: DateTime<Utc>) -> u32 {
    FixedOffset::east_opt(VIETNAM_SECONDS_EAST).map_or_else(|| moment.hour(), |zone| moment.with_timezone(&zone).hour())
}

/// Ngẫu nhiên: the only source of identifiers and salts.
pub trait Chance: Send + Sync {
    /// A new identifier (UUIDv7 of `at` in production).
    fn id(&self, at: DateTime<Utc>) -> Uuid;
    /// 32 random bytes.
    fn salt(&self) -> [u8; 32];
}

/// Dạng tệp của một bản giấy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// PDF/A.
    Pdf,
    /// Word.
    Docx,
    /// Excel, for tables.
    Xlsx,
}

impl Format {
    /// File ending without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Máy in: turns the data of a paper into a file. Implemented in `web` over the documents crate.
pub trait Press: Send + Sync {
    /// Renders the paper `form` (such as `notice/1`) with `data`.
    ///
    /// # Errors
    /// A sentence for the log when the layout lacks data or cannot be typeset.
    fn press(&self, form: &str, format: Format, data: &serde_json::Value) -> Result<Vec<u8>, String>;

    /// Packs files (name, content) into one archive; the same files give the same bytes.
    ///
    /// # Errors
    /// A sentence for the log.
    fn bundle(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String>;
}

/// Thư nhắc việc: how many things wait, and nothing about them; they stand behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where it goes.
    pub address: String,
    /// Stays the same when the letter is sent anew, so that a mail program shows it once.
    pub id: Uuid,
    /// How many tasks are new.
    pub new: usize,
    /// How many are due soon.
    pub soon: usize,
    /// How many are late.
    pub late: usize,
}

/// Why a letter was not sent: what the mail server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// To be tried again later.
    ForNow(String),
    /// It never will be: the address is refused.
    ForGood(String),
}

/// Hộp thư đi: hands letters to a mail server. Implemented in `web`; an installation without one reminds on its pages only.
pub trait Mailer: Send + Sync {
    /// Sends a letter and waits until the server has taken it.
    ///
    /// # Errors
    /// [`NotSent`].
    fn send(&self, letter: &Letter) -> Result<(), NotSent>;
}
