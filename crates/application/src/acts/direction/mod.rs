//! Văn bản chỉ đạo: drafting, issuing, studying, following.

mod acknowledge;
mod add_original;
mod ask;
mod content;
mod end_directive;
mod issue_directive;
mod report_duty;
mod save_directive;

pub use acknowledge::{Acknowledge, acknowledge};
pub use add_original::add_original;
pub use ask::Asked;
pub(crate) use ask::{asked_for, readable};
pub use content::{TypedBasis, TypedClause, TypedDirective, TypedDuty};
pub use end_directive::{EndDirective, end_directive};
pub use issue_directive::issue_directive;
pub use report_duty::report_duty;
pub use save_directive::save_directive;
