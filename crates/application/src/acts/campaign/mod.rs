//! Đợt kiểm điểm.

mod open;

pub use open::{OpenCampaign, open_campaign};
