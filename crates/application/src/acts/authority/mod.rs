//! Phân cấp thẩm quyền.

mod choose_place;
mod delegate;
mod end_delegation;

pub(crate) use choose_place::superior_of;
pub use choose_place::{ChoosePlace, choose_place};
pub use delegate::{Delegate, delegate};
pub use end_delegation::end_delegation;
