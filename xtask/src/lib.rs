//! Work on the repository itself: reading its own files for the tidy tests, and data for measurements.

pub mod allow;
pub mod graph;
pub mod load;
pub mod markdown;
pub mod migrations;
pub mod results;
pub mod roster;
pub mod source;
pub mod states;
pub mod tree;
