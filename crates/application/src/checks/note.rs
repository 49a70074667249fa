//! Số liệu nằm trong ghi chú: `good or better: 56, printed 96.5 %`, `352 of 353 = 99.43 %`, `329 = 10.99 %`.

use domain::text;
use serde::Deserialize;

/// Phrases that mark what a note says.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Phrases {
    good_or_better: Vec<String>,
    single_group: Vec<String>,
    pub(super) yes: Vec<String>,
}

/// What a note says in figures.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Count of the two best levels together.
    pub(super) good_or_better: Option<u64>,
    /// Percentage printed for them.
    pub(super) good_or_better_percent: Option<String>,
    /// Count, whole if it was named, percentage: `352 of 353 = 99.43 %`.
    pub(super) shares: Vec<(u64, Option<u64>, String)>,
    /// Whether the row is one group.
    pub(super) single_group: bool,
}

pub(super) fn read(note: &str, phrases: &Phrases) -> Said {
    let folded = text::fold(note);
    let has = |list: &[String]| list.iter().any(|phrase| folded.contains(&text::fold(phrase)));
    let figures = figures(&folded);
    let mut said = Said { single_group: has(&phrases.single_group), ..Said::default() };
    if has(&phrases.good_or_better) {
        said.good_or_better = figures.iter().find_map(Figure::count);
        said.good_or_better_percent = figures.iter().find_map(Figure::percent);
        return said;
    }
    let mut counts: Vec<u64> = Vec::new();
    for figure in figures {
        match figure {
            Figure::Count(count) => counts.push(count),
            Figure::Percent(percent) => {
                match counts.as_slice() {
                    [] => {}
                    [count] => said.shares.push((*count, None, percent)),
                    [.., part, whole] => said.shares.push((*part, Some(*whole), percent)),
                }
                counts.clear();
            }
        }
    }
    said
}

#[derive(Debug)]
enum Figure {
    Count(u64),
    Percent(String),
}

impl Figure {
    fn count(&self) -> Option<u64> {
        if let Self::Count(count) = self { Some(*count) } else { None }
    }

    fn percent(&self) -> Option<String> {
        if let Self::Percent(percent) = self { Some(percent.clone()) } else { None }
    }
}

/// Numbers in order: those followed by `%` are percentages, the others counts when they are whole.
fn figures(note: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut rest = note;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[start..];
        let end = from.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(from.len());
        let number = from[..end].trim_end_matches(['.', ',']);
        rest = &from[end..];
        if rest.trim_start().starts_with('%') {
            figures.push(Figure::Percent(number.to_owned()));
        } else if let Some(count) = super::whole(number) {
            figures.push(Figure::Count(count));
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(note: &str) -> Said {
        let phrases = Phrases {
            good_or_better: vec!["good or better".to_owned(), "tốt trở lên".to_owned()],
            single_group: vec!["single peer group".to_owned()],
            yes: Vec::new(),
        };
        read(note, &phrases)
    }

    #[test]
    fn a_share_of_a_named_whole_is_read() {
        assert_eq!(said("printed: 352 of 353 = 99.43 %").shares, [(352, Some(353), "99.43".to_owned())]);
    }

    #[test]
    fn several_shares_in_one_note_stay_apart() {
        let said = said("printed: 2645 reviewed and rated = 88.37 %, 329 = 10.99 %");
        assert_eq!(said.shares, [(2645, None, "88.37".to_owned()), (329, None, "10.99".to_owned())]);
    }

    #[test]
    fn good_or_better_is_read_in_both_languages() {
        assert_eq!(said("good or better printed as 604").good_or_better, Some(604));
        let vi = said("Tốt trở lên: 56, in 96,5 %");
        assert_eq!((vi.good_or_better, vi.good_or_better_percent.as_deref()), (Some(56), Some("96,5")));
        assert!(said("single peer group").single_group);
    }

    #[test]
    fn a_note_without_figures_says_nothing() {
        assert_eq!(said("the same count is printed with two percentages"), Said::default());
    }
}
