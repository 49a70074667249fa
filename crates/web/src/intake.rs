//! Files from outside are read by a child process that can be lost: little memory, little time, no environment.

pub mod roster;

use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use documents::intake::{IntakeEvent, IntakeFault, Limits, parse_events, write_events};
use domain::Refusal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::answer::Failure;
use crate::config::Config;

/// Name of the hidden subcommand.
pub const SUBCOMMAND: &str = "intake";

const AT_ONCE: usize = 2;
const OPEN_FILES: u64 = 16;
/// What a reader may say about one file.
const MOST_SAID: u64 = 256 * 1024 * 1024;
const MEGABYTE: u64 = 1024 * 1024;

/// Starts reading processes.
#[derive(Debug, Clone)]
pub struct Intake {
    program: PathBuf,
    memory_mb: u32,
    cpu_seconds: u32,
    longest: Duration,
    slots: Arc<Semaphore>,
}

impl Intake {
    /// Reading processes are `program intake …`: this very program.
    #[must_use]
    pub fn new(program: PathBuf, config: &Config) -> Self {
        Self {
            program,
            memory_mb: config.intake_memory_mb,
            cpu_seconds: config.intake_cpu_seconds,
            longest: Duration::from_secs(u64::from(config.intake_seconds)),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Reads a workbook or a table. What is wrong with the file comes as the last event.
    ///
    /// # Errors
    /// [`Failure::Fault`] when no process can be started.
    pub async fn read(&self, bytes: Vec<u8>) -> Result<Vec<IntakeEvent>, Failure> {
        let _slot = self.slots.acquire().await.map_err(|_| Failure::Busy)?;
        let child = self.spawn().map_err(|error| Failure::Fault(format!("intake: {error}")))?;
        let said = tokio::time::timeout(self.longest, converse(child, bytes)).await;
        // Too slow: the child was dropped and is killed; what it said so far ends in a fault that says so.
        let said = said.unwrap_or_default();
        Ok(tokio::task::spawn_blocking(move || parse_events(BufReader::new(&said[..])).collect()).await?)
    }

    fn spawn(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .arg(SUBCOMMAND)
            .args(["--memory-mb", &self.memory_mb.to_string(), "--cpu-seconds", &self.cpu_seconds.to_string()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Hands the file in and takes what is said until the child is silent or says too much. A child that stops reading or
/// dies is no error here: what it said is then cut off, which the reader of events reports.
async fn converse(mut child: Child, bytes: Vec<u8>) -> Vec<u8> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let hand_in = async move {
        if let Some(mut stdin) = stdin {
            let _ = stdin.write_all(&bytes).await;
            let _ = stdin.shutdown().await;
        }
    };
    let take = async move {
        let mut said = Vec::new();
        if let Some(stdout) = stdout {
            let _ = stdout.take(MOST_SAID).read_to_end(&mut said).await;
        }
        said
    };
    let ((), said) = tokio::join!(hand_in, take);
    let _ = child.start_kill();
    let _ = child.wait().await;
    said
}

/// The reading process itself: sets its limits, reads the file from standard input, says what is in it.
///
/// # Errors
/// When a limit cannot be set or nobody listens any more.
pub fn read_here(memory_mb: u64, cpu_seconds: u64) -> std::io::Result<()> {
    limit(memory_mb, cpu_seconds)?;
    let limits = Limits::default();
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(crate::server::BODY_LIMIT as u64 * 4).read_to_end(&mut bytes)?;
    let mut stdout = std::io::stdout().lock();
    write_events(&bytes, &limits, &mut stdout)?;
    stdout.flush()
}

#[cfg(unix)]
fn limit(memory_mb: u64, cpu_seconds: u64) -> std::io::Result<()> {
    use rlimit::Resource;
    let memory = memory_mb.saturating_mul(MEGABYTE);
    for (resource, most) in [
        (Resource::AS, memory),
        (Resource::CPU, cpu_seconds),
        (Resource::NOFILE, OPEN_FILES),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ] {
        rlimit::setrlimit(resource, most, most)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit(_: u64, _: u64) -> std::io::Result<()> {
    Ok(())
}

/// A fault of a file in the terms of a refusal.
#[must_use]
pub fn refusal(fault: &IntakeFault) -> Refusal {
    let mut refusal = Refusal::new(fault.code.as_str());
    if let Some(sheet) = &fault.sheet {
        refusal = refusal.with("sheet", sheet);
    }
    if let Some(row) = fault.row {
        refusal = refusal.with("row", row);
    }
    if let Some(column) = fault.column {
        refusal = refusal.with("column", documents::intake::column_name(column));
    }
    for (name, value) in &fault.args {
        refusal = refusal.with(name, value);
    }
    refusal
}
