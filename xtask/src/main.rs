//! Work on the repository: `cargo run -p xtask -- help`.

use std::error::Error;
use std::path::PathBuf;

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
    /// Draws the state machines of `crates/domain` into `docs/state-machines`.
    DrawStates,
    /// Writes a sample roster workbook, for measuring the import.
    BenchData {
        /// How many members.
        #[arg(long, default_value_t = 70_000)]
        members: usize,
        /// Where to write.
        #[arg(long, default_value = "target/roster-70000.xlsx")]
        out: PathBuf,
    },
    /// Writes a sample table of results with planted breaches, for measuring `guong check`, and says how many it planted.
    BenchResults {
        /// How many people.
        #[arg(long, default_value_t = 70_000)]
        rows: usize,
        /// Where to write.
        #[arg(long, default_value = "target/results-70000.xlsx")]
        out: PathBuf,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().command {
        Command::RecordMigrations => {
            for name in xtask::migrations::record()? {
                println!("recorded {name}");
            }
        }
        Command::DrawStates => {
            for path in xtask::states::write()? {
                println!("drawn {path}");
            }
        }
        Command::BenchData { members, out } => {
            if let Some(folder) = out.parent() {
                std::fs::create_dir_all(folder)?;
            }
            xtask::roster::write(members, &out)?;
            println!("{members} members: {}", out.display());
        }
        Command::BenchResults { rows, out } => {
            if let Some(folder) = out.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let planted = xtask::results::write(rows, &out)?;
            println!("{rows} rows: {}", out.display());
            for (kind, count) in planted {
                println!("{kind} {count}");
            }
        }
    }
    Ok(())
}
