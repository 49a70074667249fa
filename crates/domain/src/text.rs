//! Vietnamese text: one normal form, a fold for searching, a key for sorting names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Unicode NFC with white space folded to single blanks; what every stored text has gone through.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Unicode NFC with line breaks kept (for long texts); control characters other than line breaks and tabs go.
#[must_use]
pub fn tidy_long(text: &str) -> String {
    let text: String =
        text.replace("\r\n", "\n").nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    text.trim().to_owned()
}

/// Letters without marks, lower case, đ as d: `Nguyễn Đình Ưng` → `nguyen dinh ung`. For searching with or without marks.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Words in lower case with their marks, the tone at the end of its word, so that both ways of placing it are one: `Đảng ủy`
/// and `Đảng uỷ`. For telling whether two names are the same.
#[must_use]
pub fn spelled(text: &str) -> String {
    let lower = text.nfc().collect::<String>().to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let word = |word: &str| {
        let (mut letters, mut tones) = (String::new(), String::new());
        for (letter, tone) in word.chars().map(split_tone) {
            letters.push(letter);
            tones.extend(tone.checked_sub(1).and_then(|place| TONES.get(usize::from(place))));
        }
        letters + &tones
    };
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// Key that sorts personal names as Vietnamese lists do: by given name (the last word), then by the words before it;
/// letters in the order of the alphabet (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng).
///
/// The key is plain ASCII lower-case letters and digits, so both database engines order it alike.
#[must_use]
pub fn name_key(full_name: &str) -> String {
    let name = tidy(full_name).to_lowercase();
    let words: Vec<&str> = name.split(' ').collect();
    let (before, given) = words.split_at(words.len().saturating_sub(1));
    given.iter().chain(before).map(|word| word_key(word)).collect::<Vec<_>>().join("00")
}

/// Letters first, tones second: `01` closes the letters, so that a shorter word stands before a longer one.
fn word_key(word: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for c in word.nfc() {
        let (letter, tone) = split_tone(c);
        letters.push_str(&letter_code(letter));
        if tone > 0 {
            tones.push(char::from(b'0' + tone));
        }
    }
    format!("{letters}01{tones}")
}

const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

fn split_tone(c: char) -> (char, u8) {
    let mut tone = 0;
    let rest: String = std::iter::once(c)
        .nfd()
        .filter(|mark| match TONES.iter().position(|t| t == mark) {
            Some(index) => {
                tone = u8::try_from(index + 1).unwrap_or(0);
                false
            }
            None => true,
        })
        .collect();
    (rest.nfc().next().unwrap_or(c), tone)
}

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

fn letter_code(letter: char) -> String {
    match ALPHABET.chars().position(|known| known == letter).and_then(|at| u8::try_from(at).ok()) {
        Some(at) => format!("{}{}", char::from(b'a' + at / 10), char::from(b'a' + at % 10)),
        None => format!("z{:x}", u32::from(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_by_key(|name| name_key(name));
        names
    }

    #[test]
    fn names_are_sorted_by_given_name_first() {
        assert_eq!(
            sorted(&["Nguyễn Văn Bình", "Trần Thị An", "Lê Văn An"]),
            ["Lê Văn An", "Trần Thị An", "Nguyễn Văn Bình"]
        );
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet_before_tones() {
        assert_eq!(sorted(&["Ân", "Ăn", "An", "Đan", "Dư", "Bê", "Be"]), ["An", "Ăn", "Ân", "Be", "Bê", "Dư", "Đan"]);
        assert_eq!(sorted(&["Hạ", "Há", "Hã", "Hả", "Hà", "Ha", "Hai"]), ["Ha", "Hà", "Hả", "Hã", "Há", "Hạ", "Hai"]);
    }

    #[test]
    fn both_ways_of_composing_letters_give_one_text_and_one_key() {
        let decomposed = "Nguye\u{302}\u{303}n Vie\u{302}\u{323}t";
        assert_eq!(tidy(decomposed), "Nguyễn Việt");
        assert_eq!(name_key(decomposed), name_key("Nguyễn  Việt "));
    }

    #[test]
    fn the_fold_finds_names_typed_without_marks() {
        assert_eq!(fold("Đặng Thị Ưng"), "dang thi ung");
    }

    #[test]
    fn long_text_keeps_its_lines_and_loses_control_characters() {
        assert_eq!(tidy_long(" một\r\nhai\u{0}\u{b} \n"), "một\nhai");
    }
}
