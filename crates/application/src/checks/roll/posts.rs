//! Chức vụ: whether somebody heads a unit, and which one, as far as the words of the post tell it.

use super::words::{Vocabulary, begins, holds, key, spelled, without_marks};

/// What a post tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    /// Heads nothing.
    None,
    /// Heads a cell.
    OfCell,
    /// Heads a base organisation.
    OfBase,
    /// Heads a unit, it is not told which, or several.
    Other,
}

/// What one part of a post says: "Bí thư", "Phó chủ tịch", "Đảng uỷ viên".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head(Post),
    Deputy,
    /// Cannot be told without marks: "Truong".
    Unclear,
    Nothing,
}

/// What a post tells; an empty one tells nothing, nor one of which one part heads something and another does not.
pub(super) fn post(title: &str, words: &Vocabulary) -> Option<Post> {
    let parts: Vec<Part> =
        parts(title, words).map(|part| judged(&part, words)).filter(|p| *p != Part::Nothing).collect();
    let heads: Vec<Post> =
        parts.iter().filter_map(|part| if let Part::Head(of) = part { Some(*of) } else { None }).collect();
    match (&heads[..], parts.len()) {
        _ if title.trim().is_empty() || parts.contains(&Part::Unclear) => None,
        ([], _) => Some(Post::None),
        (heads, all) if heads.len() < all => None,
        ([first, others @ ..], _) => {
            // "Bí thư chi bộ, Trưởng thôn" heads the cell; of two party organisations it is not told which one is meant.
            let party: Vec<Post> =
                [first].into_iter().chain(others).filter(|one| **one != Post::Other).copied().collect();
            Some(if let [one] = party[..] { one } else { Post::Other })
        }
    }
}

fn parts<'a>(title: &'a str, words: &'a Vocabulary) -> impl Iterator<Item = String> + 'a {
    let bare = without_marks(title);
    let joints: Vec<String> =
        words.posts.joints.iter().map(|joint| if bare { key(joint) } else { spelled(joint) }).collect();
    title.split([',', ';', '/', '+', '&', '\n', '–', '-', '(', ')']).flat_map(move |part| {
        let part = format!(" {} ", if bare { key(part) } else { spelled(part) });
        let joined = joints.iter().fold(part, |part, joint| part.replace(&format!(" {joint} "), " \n "));
        joined.split('\n').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
    })
}

fn judged(part: &str, words: &Vocabulary) -> Part {
    let posts = &words.posts;
    let bare = without_marks(part);
    let same = |word: &String| if bare { key(word) } else { spelled(word) };
    let any = |list: &[String]| list.iter().any(|word| holds(part, &same(word)));
    let secretary = posts.heads.first().is_some_and(|word| begins(part, &same(word)));
    match () {
        () if any(&posts.deputies) => Part::Deputy,
        () if any(&posts.elsewhere) => Part::Nothing,
        () if posts.cell.iter().any(|word| begins(part, &same(word))) => Part::Head(Post::OfCell),
        () if secretary && any(&posts.upper) => Part::Head(Post::OfBase),
        () if secretary && posts.heads.iter().any(|word| part == same(word)) => Part::Head(Post::OfCell),
        // "Truong" may be "Trưởng" and "Trường".
        () if bare
            && !posts.heads.iter().any(|word| word.contains(' ') && holds(part, &same(word)))
            && any(&posts.heads) =>
        {
            Part::Unclear
        }
        () if any(&posts.heads) => Part::Head(Post::Other),
        () => Part::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_tells_who_heads_what_or_nothing() {
        let words = Vocabulary::load().unwrap();
        let told = [
            ("", None),
            ("Giáo viên Trường THCS A", Some(Post::None)),
            ("Hiệu trưởng Trường THCS A", Some(Post::Other)),
            ("Bí thư", Some(Post::OfCell)),
            ("Bí thư Chi bộ thôn 1", Some(Post::OfCell)),
            ("Bí thư chi bộ Văn phòng Đảng uỷ", Some(Post::OfCell)),
            ("Bí thư Đảng ủy", Some(Post::OfBase)),
            ("Phó Bí thư Đảng uỷ", Some(Post::None)),
            ("Đảng uỷ viên, Bí thư chi bộ thôn 1", Some(Post::OfCell)),
            ("Bí thư chi bộ, Trưởng thôn", Some(Post::OfCell)),
            ("Bí thư kiêm Phó Chủ tịch", None),
            ("Bí thư chi bộ, Phó Chủ tịch UBND", None),
            ("Chủ tịch Hội Nông dân", Some(Post::None)),
            ("Kế toán trưởng", Some(Post::None)),
            ("Bi thu chi bo", Some(Post::OfCell)),
            ("Giao vien Truong THCS A", None),
            ("Bi thu Dang uy", Some(Post::OfBase)),
        ];
        for (title, post_told) in told {
            assert_eq!(post(title, &words), post_told, "{title}");
        }
    }
}
