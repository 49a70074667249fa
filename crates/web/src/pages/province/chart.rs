//! Biểu đồ: bars drawn on the server. What a bar shows stands below it in figures too, never in colour alone, and in the
//! table beside it.

use application::reads::rollup::Line;

/// Width of the drawing in its own units; it is scaled to the page.
pub const WIDTH: i64 = 400;
const ROW: i64 = 48;
const BAR: i64 = 12;
const NAME: i64 = 14;
const BAR_TOP: i64 = 18;
const SAID: i64 = 40;
/// Classes of the levels, the best first.
const SHADES: [&str; 5] = ["decided", "proposed", "discussed", "submitted", "due"];

/// One bar with its name above and its figures below.
pub struct Bar {
    /// Name.
    pub name: String,
    /// What the parts come to, in words.
    pub said: String,
    /// Baseline of the name.
    pub text_y: i64,
    /// Top of the bar.
    pub y: i64,
    /// Baseline of what is said.
    pub said_y: i64,
    /// Parts in the order in which they are drawn: the class that colours it, where it begins, its width.
    pub parts: Vec<(String, i64, i64)>,
}

impl Bar {
    fn at(row: i64, name: String, said: String, parts: Vec<(String, i64, i64)>) -> Self {
        let top = row * ROW;
        Self { name, said, parts, text_y: top + NAME, y: top + BAR_TOP, said_y: top + SAID }
    }
}

/// Height of a drawing of so many bars.
pub fn height(bars: usize) -> i64 {
    i64::try_from(bars).unwrap_or(0) * ROW
}

/// Height of a bar.
pub const fn thickness() -> i64 {
    BAR
}

/// Tiến độ: the bars of the units that have somebody to review. Parts lie over one another, the furthest step on top.
pub fn bars(lines: &[Line]) -> Vec<Bar> {
    let drawn = lines.iter().filter(|line| line.steps.due > 0);
    drawn.zip(0_i64..).map(|(line, row)| progress(line, row)).collect()
}

fn progress(line: &Line, row: i64) -> Bar {
    let s = &line.steps;
    let steps =
        [("submitted", s.submitted), ("discussed", s.discussed), ("proposed", s.proposed), ("decided", s.decided)];
    let share = |(_, n): &(&str, i64)| crate::show::percent(n.unsigned_abs(), s.due.unsigned_abs());
    let said = steps.iter().map(share).collect::<Vec<_>>().join(" · ");
    let part = |(class, n): (&str, i64)| (class.to_owned(), 0, n * WIDTH / s.due);
    Bar::at(row, line.name.clone(), said, [("due", s.due)].into_iter().chain(steps).map(part).collect())
}

/// Kết quả: one bar of those who have a level, level beside level: name, number.
pub fn spread(name: String, levels: &[(String, i64)], rated: i64, row: i64) -> Bar {
    let some = levels.iter().filter(|(_, n)| *n > 0);
    let said = some.map(|(level, n)| format!("{level}: {}", crate::show::number(*n)));
    let said = said.collect::<Vec<_>>().join(" · ");
    let shades = SHADES.iter().map(|shade| (*shade).to_owned()).zip(levels.iter().map(|(_, n)| *n));
    let mut before = 0;
    let mut parts = Vec::new();
    for (class, n) in shades {
        let begins = before * WIDTH / rated;
        before += n;
        parts.push((class, begins, before * WIDTH / rated - begins));
    }
    Bar::at(row, name, said, parts)
}

#[cfg(test)]
mod tests {
    use application::reads::rollup::Steps;

    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_share_of_those_who_are_so_far_and_says_it() {
        let steps = Steps { due: 8, submitted: 6, discussed: 4, proposed: 2, decided: 1, ..Steps::default() };
        let line = Line { name: "Huyện Mẫu".to_owned(), steps, ..Line::default() };
        let empty = Line::default();
        let bars = bars(&[empty, line]);
        assert_eq!(bars.len(), 1, "whoever has nobody to review has no bar");
        assert_eq!(bars[0].parts.iter().map(|(.., width)| *width).collect::<Vec<_>>(), [400, 300, 200, 100, 50]);
        assert_eq!((bars[0].said.as_str(), bars[0].y), ("75,00 % · 50,00 % · 25,00 % · 12,50 %", 18));
    }

    #[test]
    fn levels_stand_beside_each_other_fill_the_bar_and_are_named() {
        let levels = [("Tốt", 1), ("Khá", 0), ("Kém", 2)];
        let levels = levels.map(|(name, n)| (name.to_owned(), n));
        let bar = spread("Đảng viên".to_owned(), &levels, 3, 0);
        assert_eq!(bar.said, "Tốt: 1 · Kém: 2");
        assert_eq!(
            bar.parts,
            [("decided".to_owned(), 0, 133), ("proposed".to_owned(), 133, 0), ("discussed".to_owned(), 133, 267)]
        );
    }
}
