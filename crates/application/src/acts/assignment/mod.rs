//! Phân công theo dõi, chỉ đạo: the committee assigns its members, each records what he saw and that he attended.

mod assign;
mod end_assignment;
mod observe;
mod renew_calendar;

pub use assign::{Assign, assign};
pub use end_assignment::end_assignment;
pub use observe::{Observe, observe};
pub use renew_calendar::renew_calendar;
