//! The house's front: pages over HTTP and the command line.
//!
//! A page lives in `pages/<area>/<page>.rs` with its template beside it; its route stands in a table with its audience.
//! Everything a person reads comes by key from `locales/`.

pub mod answer;
pub mod assets;
pub mod background;
pub mod cli;
pub mod config;
pub mod context;
pub mod cookies;
pub mod flash;
pub mod form;
pub mod gate;
pub mod headers;
pub mod intake;
pub mod locale;
pub mod mail;
pub mod pages;
pub mod prelude;
pub mod press;
pub mod reality;
pub mod routes;
mod said;
pub mod secret;
pub mod server;
pub mod session;
pub mod shell;
pub mod show;
pub mod upload;
pub mod visit;
