//! Work on the repository: `cargo run -p xtask -- help`.

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use xtask::load;

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
    /// Asks a server on this machine that shows the sample province, and says how long answers took.
    BenchLoad {
        /// Where the server is.
        #[arg(long, default_value = "127.0.0.1:8080")]
        address: std::net::SocketAddr,
        /// Requests a second.
        #[arg(long, default_value_t = 500)]
        rate: usize,
        /// For so many seconds.
        #[arg(long, default_value_t = 30)]
        seconds: usize,
        /// Process of the server, to read its memory.
        #[arg(long, default_value_t = 0)]
        pid: u32,
    },
}

fn say(outcome: &load::Outcome) {
    let line = |name: &str, one: &load::Measured| {
        let (median, last) = (one.percentile(50), one.percentile(99));
        println!(
            "{name:<10} {:>7} asked  median {median:>8.1} ms  p99 {last:>8.1} ms  errors {}",
            one.micros.len(),
            one.errors
        );
    };
    for (kind, measured) in &outcome.kinds {
        line(&format!("{kind:?}"), measured);
    }
    line("all", &outcome.all);
    println!("took {:.1} s", outcome.took.as_secs_f64());
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
        Command::BenchLoad { address, rate, seconds, pid } => {
            if !address.ip().is_loopback() {
                return Err("only a server on this machine is asked".into());
            }
            let before = load::processor_time(pid);
            let outcome = load::run(load::Plan { address, rate, seconds })?;
            let spent = load::processor_time(pid).saturating_sub(before);
            say(&outcome);
            let each = spent / u32::try_from(rate * seconds)?.max(1);
            println!("server: {each:.2?} of the processor a request, {} MB at most", load::peak_memory(pid));
        }
    }
    Ok(())
}
