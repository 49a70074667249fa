//! The program `guong`.

use std::process::ExitCode;

fn main() -> ExitCode {
    web::cli::run()
}
