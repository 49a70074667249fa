//! Tệp đính kèm: files from outside that stand beside a record. They are kept as they came and never opened by us.

use crate::refusal::Refusal;
use crate::text;
use crate::word::words;

/// The largest file, in bytes: what a form may send leaves room for its other fields.
pub const LARGEST: usize = 10_000_000;

words! {
    /// What a file may be: what every office reads and what carries no program.
    FileKind {
        /// PDF.
        Pdf = "pdf",
        /// Word.
        Docx = "docx",
        /// Excel.
        Xlsx = "xlsx",
        /// Photograph.
        Jpeg = "jpg",
        /// Picture.
        Png = "png",
    }
}

impl FileKind {
    /// The kind that the end of a file's name claims.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        if ending == "jpeg" { Some(Self::Jpeg) } else { Self::from_word(&ending) }
    }
}

/// The kind of a file, when its name and its content say the same. `found` is what the content begins like, as an ending without dot.
///
/// # Errors
/// `ATTACH-001` empty, `-002` too large, `-003` a kind that is not taken, `-004` the content is not what the name says.
pub fn check_file(name: &str, size: usize, found: Option<&str>) -> Result<FileKind, Refusal> {
    let shown = text::tidy(name);
    if size == 0 {
        return Err(Refusal::new("ATTACH-001").with("name", shown));
    }
    if size > LARGEST {
        return Err(Refusal::new("ATTACH-002").with("name", shown).with("max", LARGEST / 1_000_000));
    }
    let kind = FileKind::of_name(name).ok_or_else(|| Refusal::new("ATTACH-003").with("name", shown.clone()))?;
    if found.and_then(FileKind::from_word) != Some(kind) {
        return Err(Refusal::new("ATTACH-004").with("name", shown).with("found", found.unwrap_or("none")));
    }
    Ok(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, size: usize, found: Option<&str>) -> String {
        check_file(name, size, found).unwrap_err().code.to_owned()
    }

    #[test]
    fn name_and_content_must_say_the_same() {
        assert_eq!(check_file("Kết luận.PDF", 10, Some("pdf")), Ok(FileKind::Pdf));
        assert_eq!(check_file("ảnh.jpeg", 10, Some("jpg")), Ok(FileKind::Jpeg));
        assert_eq!(code("Kết luận.pdf", 10, Some("exe")), "ATTACH-004");
        assert_eq!(code("Kết luận.pdf", 10, None), "ATTACH-004");
        assert_eq!(code("virus.exe", 10, Some("exe")), "ATTACH-003");
        assert_eq!(code("không đuôi", 10, Some("pdf")), "ATTACH-003");
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(code("a.pdf", 0, None), "ATTACH-001");
        assert_eq!(code("a.pdf", LARGEST + 1, Some("pdf")), "ATTACH-002");
    }
}
