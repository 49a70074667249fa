//! Files from outside are read by a child process that can be lost: little memory, little time, no environment.

pub mod roster;

use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use application::checks::grid::{Grid, Merged, Sheet};
use application::checks::roll::column_number;
use documents::intake::{
    CellKind, FaultCode, Frame, IntakeEvent, IntakeFault, Limits, parse_events, read_frames, write_events,
};
use domain::Refusal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::answer::Failure;
use crate::config::Config;

/// Name of the hidden subcommand.
pub const SUBCOMMAND: &str = "intake";

const AT_ONCE: usize = 2;
const PIPE: usize = 256 * 1024;
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
        let child = self.spawn(Stdio::piped()).map_err(|error| Failure::Fault(format!("intake: {error}")))?;
        let said = tokio::time::timeout(self.longest, converse(child, bytes)).await;
        // Too slow: the child was dropped and is killed; what it said so far ends in a fault that says so.
        let said = said.unwrap_or_default();
        Ok(tokio::task::spawn_blocking(move || parse_events(BufReader::new(&said[..])).collect()).await?)
    }

    /// Reads a table into a grid, row by row while the child is still reading.
    ///
    /// # Errors
    /// `INTAKE-…` for what is wrong with the file; [`Failure::Fault`] when no process can be started.
    pub async fn grid(&self, bytes: Vec<u8>) -> Result<Grid, Failure> {
        let _slot = self.slots.acquire().await.map_err(|_| Failure::Busy)?;
        let failed = |error: std::io::Error| Failure::Fault(format!("intake: {error}"));
        let (said, mouth) = std::io::pipe().map_err(failed)?;
        let mut child = self.spawn(mouth.into()).map_err(failed)?;
        let stdin = child.stdin.take();
        let hand_in = async move {
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(&bytes).await;
                let _ = stdin.shutdown().await;
            }
        };
        let listen = tokio::task::spawn_blocking(move || hear(said));
        let both = async { tokio::join!(hand_in, listen).1 };
        let heard = tokio::time::timeout(self.longest, both).await;
        // Too slow: the child is killed, and whoever listens to it hears the end.
        let _ = child.start_kill();
        let _ = child.wait().await;
        let heard = match heard {
            Ok(heard) => heard?,
            Err(_) => Err(refusal(&IntakeFault::new(FaultCode::ReaderDied))),
        };
        heard.map_err(|refusal| Failure::Refused(vec![refusal]))
    }

    fn spawn(&self, stdout: Stdio) -> std::io::Result<Child> {
        Command::new(&self.program)
            .arg(SUBCOMMAND)
            .args(["--memory-mb", &self.memory_mb.to_string(), "--cpu-seconds", &self.cpu_seconds.to_string()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(stdout)
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

/// Takes rows as they come.
fn hear(from: std::io::PipeReader) -> Result<Grid, Refusal> {
    let mut grid = Grid::default();
    let mut fault = None;
    read_frames(BufReader::with_capacity(PIPE, from.take(MOST_SAID)), &mut |frame| match frame {
        Frame::Row(row) => {
            if let Some(sheet) = grid.sheets.last_mut() {
                let cells = row.cells().map(|cell| (cell.column, cell.text.len(), cell.kind == CellKind::Number));
                sheet.push_row(row.row, row.text, cells);
            }
        }
        Frame::Event(IntakeEvent::Sheet { name, hidden, .. }) => {
            let mut sheet = Sheet::named(name);
            sheet.hidden = hidden;
            grid.sheets.push(sheet);
        }
        Frame::Event(IntakeEvent::Merged { ranges, .. }) => {
            if let Some(sheet) = grid.sheets.last_mut() {
                sheet.merge(ranges.iter().filter_map(|range| downwards(range)));
            }
        }
        Frame::Event(IntakeEvent::Fault(told)) => fault = Some(refusal(&told)),
        Frame::Event(_) => {}
    });
    fault.map_or(Ok(grid), Err)
}

/// `A3:A9`: one column, several rows.
fn downwards(range: &str) -> Option<Merged> {
    let ((column, first), (right, last)) = corners(range)?;
    (column == right && first < last).then_some(Merged { first, last, column })
}

type Corner = (u32, u32);

/// Column and row of the first and the last cell of `A3:C9`.
fn corners(range: &str) -> Option<(Corner, Corner)> {
    let cell = |name: &str| {
        let (letters, row) = name.split_at(name.find(|c: char| c.is_ascii_digit())?);
        Some((column_number(letters)?, row.parse::<u32>().ok()?))
    };
    let (from, to) = range.split_once(':')?;
    Some((cell(from)?, cell(to)?))
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
    let mut stdout = BufWriter::with_capacity(PIPE, std::io::stdout().lock());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ranges_of_one_column_reach_downwards() {
        assert_eq!(downwards("AB3:AB9"), Some(Merged { first: 3, last: 9, column: 28 }));
        for range in ["A1:C1", "A1:B2", "A1", "A1:A1", "", ":", "1:2"] {
            assert_eq!(downwards(range), None, "{range}");
        }
    }
}
