//! Nhắc việc: how one wants to be reminded, what one has seen, background work begun anew.

mod choose_reminders;
mod mark_seen;
mod retry_job;

pub use choose_reminders::choose_reminders;
pub use mark_seen::mark_seen;
pub use retry_job::retry_job;
