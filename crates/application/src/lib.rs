//! Every act an official can perform, one file each: permission, rules, decision, journal, in one transaction.
//!
//! What comes in are plain orders, what goes out are plain views; no type of the store appears in this interface.
#![deny(missing_docs)]

pub mod access;
pub mod accounts;
pub mod acts;
pub mod app;
mod authority;
mod branches;
mod cases;
pub mod checks;
pub mod demo;
mod direction;
pub mod error;
pub mod jobs;
pub mod judge;
pub mod library;
pub mod papers;
pub mod ports;
pub mod reads;
pub mod remind;
pub mod rulebooks;
mod sectors;
pub mod upkeep;

pub use app::App;
pub use error::{Error, Result};
