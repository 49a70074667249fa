//! `guong rulebook seal`: fixes the law of a folder for ever.

use std::path::{Path, PathBuf};

use application::rulebooks::{Carried, Volume, examine, seal};
use domain::Refusal;

use super::{check, folder, put, unreadable, words};
use crate::cli::{Desk, Done, FINE, WRONG};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[arg(long, value_name = "FOLDER")]
    beside: Vec<String>,
}

/// Seals: 0 done, 1 the book must be mended first or is sealed already, 2 it cannot be read.
///
/// # Errors
/// When the folder cannot be opened.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let name = options.folder.display().to_string();
    if !Path::new(&options.folder).is_dir() {
        let code = if carried.files(&name).is_ok() { "SHELF-014" } else { "SHELF-020" };
        return Err(unreadable(desk.t, &Refusal::new(code).with("book", &name)));
    }
    let files = folder::read(&options.folder).map_err(|refusal| unreadable(desk.t, &refusal))?;
    let mut books = vec![(name.clone(), files.clone())];
    books.extend(check::gathered(desk, carried, &options.beside)?);
    let examined = examine(&books, carried);
    let own = examined.first().filter(|one| one.is_clean());
    let (Some(_), Ok(volume)) = (own, Volume::read(files)) else {
        put(&examined.iter().map(|one| check::text(one, desk.t)).collect::<String>());
        eprintln!("{}", words::refusal(&Refusal::new("SHELF-018").with("book", &name), desk.t));
        return Ok(WRONG);
    };
    let written = seal(&volume).and_then(|sealed| {
        folder::replace(&options.folder.join("rulebook.toml"), &sealed.front)?;
        Ok(sealed.digest)
    });
    match written {
        Ok(digest) => {
            put(&format!("{}\n", desk.words("rulebook-seal-done", &[("folder", name), ("digest", digest)])));
            Ok(FINE)
        }
        Err(refusal) => {
            eprintln!("{}", words::refusal(&refusal, desk.t));
            Ok(WRONG)
        }
    }
}
