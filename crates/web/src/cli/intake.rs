//! `guong intake`: the process that reads a file from outside. Started by the program itself.

use super::{FINE, UNREADABLE};

/// Limits of the process.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, default_value_t = 512)]
    memory_mb: u64,
    #[arg(long, default_value_t = 20)]
    cpu_seconds: u64,
}

/// Reads standard input and says on standard output what is in it.
#[must_use]
pub fn run(options: &Options) -> u8 {
    if crate::intake::read_here(options.memory_mb, options.cpu_seconds).is_ok() { FINE } else { UNREADABLE }
}
