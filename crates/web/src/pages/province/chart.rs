//! Biểu đồ tiến độ: one bar for each unit, drawn on the server; the same figures stand in the table beside it.

use application::reads::rollup::Line;

/// Width of the drawing in its own units; it is scaled to the page.
pub const WIDTH: i64 = 400;
const ROW: i64 = 34;
const BAR: i64 = 12;
const BAR_TOP: i64 = 18;

/// One unit's bar: parts lie over one another, the furthest step on top.
pub struct Bar {
    /// Name.
    pub name: String,
    /// Share of those decided, as shown.
    pub share: String,
    /// Baseline of the name.
    pub text_y: i64,
    /// Top of the bar.
    pub y: i64,
    /// Widths with the class that colours them, widest first.
    pub parts: Vec<(&'static str, i64)>,
}

/// Height of a drawing of so many bars.
pub fn height(bars: usize) -> i64 {
    i64::try_from(bars).unwrap_or(0) * ROW
}

/// Height of a bar.
pub const fn thickness() -> i64 {
    BAR
}

/// The bars of the units that have somebody to review.
pub fn bars(lines: &[Line]) -> Vec<Bar> {
    let drawn = lines.iter().filter(|line| line.steps.due > 0);
    drawn.zip(0_i64..).map(|(line, at)| bar(line, at * ROW)).collect()
}

fn bar(line: &Line, top: i64) -> Bar {
    let steps = &line.steps;
    let width = |n: i64| n * WIDTH / steps.due;
    Bar {
        name: line.name.clone(),
        share: crate::show::percent(steps.decided.unsigned_abs(), steps.due.unsigned_abs()),
        text_y: top + 14,
        y: top + BAR_TOP,
        parts: vec![
            ("due", WIDTH),
            ("submitted", width(steps.submitted)),
            ("discussed", width(steps.discussed)),
            ("proposed", width(steps.proposed)),
            ("decided", width(steps.decided)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use application::reads::rollup::Steps;

    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_share_of_those_who_are_so_far() {
        let steps = Steps { due: 8, submitted: 6, discussed: 4, proposed: 2, decided: 1, ..Steps::default() };
        let line = Line { name: "Huyện Mẫu".to_owned(), steps, ..Line::default() };
        let empty = Line::default();
        let bars = bars(&[empty, line]);
        assert_eq!(bars.len(), 1, "whoever has nobody to review has no bar");
        assert_eq!(bars[0].parts.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [400, 300, 200, 100, 50]);
        assert_eq!((bars[0].share.as_str(), bars[0].y), ("12,50 %", 18));
    }
}
