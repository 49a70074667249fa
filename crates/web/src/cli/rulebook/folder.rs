//! Folders of rule books on disk: read with limits, written whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use application::rulebooks::Files;
use domain::Refusal;

/// Largest file read.
const LARGEST_FILE: u64 = 1024 * 1024;
/// Largest folder read.
const LARGEST_FOLDER: u64 = 8 * 1024 * 1024;
/// Most files in a folder.
const MOST_FILES: usize = 200;
/// Folders inside the folder: `cases`.
const DEEPEST: usize = 2;
/// Names tried for what is being written.
const MOST_NAMES: u32 = 1_000;

/// Reads the `.toml` and `.md` files of a folder. Other files are only named, so that the check can tell of them; hidden
/// files are left alone. A link that leads out of the folder is refused.
///
/// # Errors
/// `SHELF-008` to `SHELF-011` with the file.
pub(super) fn read(folder: &Path) -> Result<Files, Refusal> {
    let root = folder.canonicalize().map_err(|cause| closed(folder, &cause))?;
    let mut reader = Reader { root, read: 0, files: Files::new() };
    let entries = reader.root.clone();
    reader.folder(&entries, "", 1)?;
    Ok(reader.files)
}

/// Reads one file of text.
///
/// # Errors
/// `SHELF-008` to `SHELF-010` with the file.
pub(super) fn text(path: &Path) -> Result<String, Refusal> {
    let file = fs::File::open(path).map_err(|cause| closed(path, &cause))?;
    whole(file, path)
}

/// Reads what is typed or piped in.
pub(super) fn standard_input() -> Result<String, Refusal> {
    whole(std::io::stdin().lock(), Path::new("-"))
}

fn whole(source: impl Read, path: &Path) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    source.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|cause| closed(path, &cause))?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST_FILE) {
        return Err(too_large(path));
    }
    String::from_utf8(bytes).map_err(|_| Refusal::new("SHELF-010").with("file", path.display()))
}

fn closed(path: &Path, cause: &std::io::Error) -> Refusal {
    Refusal::new("SHELF-008").with("file", path.display()).with("cause", cause)
}

fn too_large(path: &Path) -> Refusal {
    Refusal::new("SHELF-009").with("file", path.display()).with("files", MOST_FILES)
}

struct Reader {
    root: PathBuf,
    read: u64,
    files: Files,
}

impl Reader {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Refusal> {
        for entry in fs::read_dir(folder).map_err(|cause| closed(folder, &cause))? {
            let entry = entry.map_err(|cause| closed(folder, &cause))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = entry.path().canonicalize().map_err(|cause| closed(&entry.path(), &cause))?;
            if !path.starts_with(&self.root) {
                return Err(Refusal::new("SHELF-011").with("file", entry.path().display()));
            }
            let relative = format!("{prefix}{name}");
            if path.is_dir() && depth < DEEPEST {
                self.folder(&path, &format!("{relative}/"), depth + 1)?;
            } else {
                self.file(&path, relative)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, relative: String) -> Result<(), Refusal> {
        let ending = Path::new(&relative).extension().unwrap_or_default();
        let text = if path.is_file() && (ending == "toml" || ending == "md") { text(path)? } else { String::new() };
        self.read += u64::try_from(text.len()).unwrap_or(LARGEST_FOLDER);
        if self.read > LARGEST_FOLDER || self.files.len() >= MOST_FILES {
            return Err(too_large(&self.root));
        }
        self.files.insert(relative, text);
        Ok(())
    }
}

/// Writes a new folder: first beside its place, then moved there, so that nothing half-written stands under its name.
///
/// # Errors
/// `SHELF-007` when something is there already, `SHELF-017` when it cannot be written.
pub(super) fn write_new(folder: &Path, files: &Files) -> Result<(), Refusal> {
    if folder.symlink_metadata().is_ok() {
        return Err(Refusal::new("SHELF-007").with("file", folder.display()));
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = |at: u32| folder.with_file_name(format!(".{name}.{}.{at}", std::process::id()));
    let written = first_free(beside, |path| fs::create_dir(path)).and_then(|((), path)| {
        let begun = Begun(path);
        write_all(&begun.0, files).and_then(|()| fs::rename(&begun.0, folder))
    });
    written.map_err(|cause| unwritable(folder, &cause))
}

/// Makes the first of several names that nobody has.
fn first_free<T>(
    name: impl Fn(u32) -> PathBuf,
    make: impl Fn(&Path) -> std::io::Result<T>,
) -> std::io::Result<(T, PathBuf)> {
    let mut at = 0;
    loop {
        let path = name(at);
        match make(&path) {
            Ok(made) => return Ok((made, path)),
            Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists && at < MOST_NAMES => at += 1,
            Err(cause) => return Err(cause),
        }
    }
}

/// What was begun under a name of its own: ours alone, and removed unless it has got its place.
struct Begun(PathBuf);

impl Drop for Begun {
    fn drop(&mut self) {
        // After the move nothing is there any more; a failure to remove it must not hide the first one.
        let _ = if self.0.is_dir() { fs::remove_dir_all(&self.0) } else { fs::remove_file(&self.0) };
    }
}

fn write_all(folder: &Path, files: &Files) -> std::io::Result<()> {
    for (relative, text) in files {
        let path = folder.join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// Puts a text in the place of a file, whole or not at all.
///
/// # Errors
/// `SHELF-017` when it cannot be written.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Refusal> {
    let beside = |at: u32| path.with_extension(format!("toml.{}.{at}", std::process::id()));
    let written = first_free(beside, |path| fs::File::create_new(path)).and_then(|(mut file, beside)| {
        let begun = Begun(beside);
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&begun.0, path))
    });
    written.map_err(|cause| unwritable(path, &cause))
}

fn unwritable(path: &Path, cause: &std::io::Error) -> Refusal {
    Refusal::new("SHELF-017").with("file", path.display()).with("cause", cause)
}
