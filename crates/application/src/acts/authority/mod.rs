//! Phân cấp thẩm quyền.

mod delegate;
mod end_delegation;

pub use delegate::{Delegate, delegate};
pub use end_delegation::end_delegation;
