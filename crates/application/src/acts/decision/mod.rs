//! Quyết định xếp loại của cấp uỷ cơ sở, and what every decision on levels has in common.

mod calibrate;
mod issue_decision;
pub(crate) mod issuing;
mod paper;
mod publish;
mod save_decision;

pub(crate) use calibrate::{CALIBRATION_MINUTES, day_of};
pub use calibrate::{Calibrate, calibrate};
pub use issue_decision::issue_decision;
pub use paper::Paper;
pub use publish::{PublishResult, publish, withdraw_publication};
pub use save_decision::{DecidedLine, SaveDecision, save_decision};
