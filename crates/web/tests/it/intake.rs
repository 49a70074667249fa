//! Files from outside: the process that reads them may die, this one never.

use std::time::{Duration, Instant};

use documents::intake::{FaultCode, IntakeEvent};
use web::config::Config;
use web::intake::Intake;

fn intake(config: &Config) -> Intake {
    Intake::new(env!("CARGO_BIN_EXE_guong").into(), config)
}

fn fault(events: &[IntakeEvent]) -> Option<FaultCode> {
    match events.last() {
        Some(IntakeEvent::Fault(fault)) => Some(fault.code),
        _ => None,
    }
}

#[tokio::test]
async fn a_table_is_read_by_the_child_process() {
    let events = intake(&Config::default()).read("Mã,Tên\nCB1,Chi bộ Mẫu 1\n".as_bytes().to_vec()).await.expect("read");
    let rows = events.iter().filter(|event| matches!(event, IntakeEvent::Row { .. })).count();
    assert_eq!((rows, fault(&events)), (2, None), "{events:?}");
    assert!(matches!(events.last(), Some(IntakeEvent::End { .. })), "{events:?}");
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_by_code() {
    let events = intake(&Config::default()).read(b"%PDF-1.7 not a table".to_vec()).await.expect("read");
    let code = fault(&events).expect("a fault");
    assert_eq!(code.as_str(), "INTAKE-003");
}

#[tokio::test]
async fn a_child_without_memory_dies_alone() {
    // A table that is in order, and larger than the memory the child may have.
    let config = Config { intake_memory_mb: 1, ..Config::default() };
    let table = "Mã,Tên\nCB1,Chi bộ Mẫu 1\n".repeat(100_000).into_bytes();
    let events = intake(&config).read(table).await.expect("an answer");
    assert_eq!(fault(&events).map(FaultCode::as_str), Some("INTAKE-016"), "{events:?}");
}

#[tokio::test]
async fn a_child_that_never_ends_is_ended() {
    let config = Config { intake_seconds: 1, ..Config::default() };
    // Not our program: one that says nothing for a long time and takes no arguments amiss.
    let folder = tempfile::tempdir().expect("a folder");
    let slow = folder.path().join("slow");
    std::fs::write(&slow, "#!/bin/sh\nexec sleep 30\n").expect("written");
    std::fs::set_permissions(&slow, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("allowed");
    let begun = Instant::now();
    let events = Intake::new(slow, &config).read(b"a,b\n".to_vec()).await.expect("an answer");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(fault(&events).map(FaultCode::as_str), Some("INTAKE-016"), "{events:?}");
}

#[tokio::test]
async fn a_bomb_is_refused_and_the_house_stands() {
    use std::io::Write;
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).expect("begun");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        packed.write_all(&zeros).expect("written");
    }
    let bytes = packed.finish().expect("packed").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    let intake = intake(&Config::default());
    assert!(fault(&intake.read(bytes).await.expect("an answer")).is_some());
    assert_eq!(fault(&intake.read(b"a,b\n1,2\n".to_vec()).await.expect("read")), None);
}
