//! What a page needs, in one line.

pub use application::App;
pub use askama::Template;
pub use axum::extract::{Path, Query};
pub use axum::response::Response;
pub use domain::policy::Act;

pub use crate::answer::{Answer, Failure, Kind};
pub use crate::flash::Flash;
pub use crate::form::{Choice, FormState, Typed};
pub use crate::locale::{Locale, Translator};
pub use crate::routes::{Audience, Routes};
pub use crate::shell::Shell;
pub use crate::upload::{Upload, UploadedFile};
pub use crate::visit::Visit;
