//! Đợt kiểm điểm.

mod open;
mod subjects;

pub use open::{OpenCampaign, open_campaign};
