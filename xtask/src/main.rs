//! Work on the repository: `cargo run -p xtask -- help`.

use std::error::Error;

use clap::{Parser, Subcommand};

/// Work on the repository itself.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Records the sha256 of every new migration: from then on a test fails when it is edited.
    RecordMigrations,
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().command {
        Command::RecordMigrations => {
            for name in xtask::migrations::record()? {
                println!("recorded {name}");
            }
        }
    }
    Ok(())
}
