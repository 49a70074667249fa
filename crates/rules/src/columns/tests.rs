//! Blocks answer what the evaluator of one row answers.

use proptest::prelude::*;

use super::kernel::{Bench, Columns};
use super::plan::{Plan, Planner};
use super::table::{Cells, Table};
use super::{BLOCK, Over, Summary, truth};
use crate::book::{Book, Derivation, FactDeclaration, Level};
use crate::expression::{Expression, Frame, Scalar, Type, compile};
use crate::language::Text;
use crate::quota::{Counts, Denominator, Reading, Rounding, assess};
use crate::rational::Rational;
use crate::value::Kind;

fn fact(name: &str, kind: Kind, derived: Option<Derivation>) -> FactDeclaration {
    FactDeclaration {
        drawn: None,
        name: name.to_owned(),
        kind,
        label: Text::same(name),
        choices: vec![Text::same("Đỏ"), Text::same("Xanh")],
        subjects: Vec::new(),
        stated_by: Text::default(),
        evidence: Text::default(),
        derived,
        usual: None,
    }
}

/// Slots: 0 a, 1 b truths; 2 n, 3 m numbers; 4 p exact; 5 day, 6 other day; 7 months, 8 days derived; 9 level; 10 colour;
/// 11 a number stated of nobody.
fn book() -> Book {
    let level = |id: &str| Level { id: id.to_owned(), title: Text::same(id), short: Text::default() };
    let colours = Kind::Choice(vec!["red".to_owned(), "blue".to_owned()]);
    let facts = vec![
        fact("a", Kind::Boolean, None),
        fact("b", Kind::Boolean, None),
        fact("n", Kind::Integer, None),
        fact("m", Kind::Integer, None),
        fact("p", Kind::Fraction, None),
        fact("day", Kind::Date, None),
        fact("other_day", Kind::Date, None),
        fact("months", Kind::Integer, Some(Derivation::FullMonths { from: 5, until: 6 })),
        fact("days", Kind::Integer, Some(Derivation::Days { from: 5, until: 6 })),
        fact("level", Kind::Level, None),
        fact("colour", colours, None),
        fact("nobody", Kind::Integer, None),
    ];
    Book { facts, levels: vec![level("high"), level("middle"), level("low")], ..Book::default() }
}

/// Numbers around the edges of each width of cell, and some that fit none.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        8 => -5_i64..20,
        2 => prop_oneof![Just(-128), Just(-127), Just(127), Just(128), Just(-32768), Just(32767), Just(32768)],
        1 => prop_oneof![Just(i64::from(i32::MIN)), Just(i64::from(i32::MAX)), Just(i64::MAX), Just(i64::MIN)],
    ]
}

fn day() -> impl Strategy<Value = Scalar> {
    (2020_i32..2024, 1_u32..13, 1_u32..29)
        .prop_map(|(year, month, day)| Scalar::Day(chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()))
}

type Row = Vec<Option<Scalar>>;

fn row() -> impl Strategy<Value = Row> {
    let whole = number().prop_map(|number| Scalar::Number(Rational::whole(number)));
    let exact = (number(), 1_i128..8)
        .prop_map(|(above, below)| Scalar::Number(Rational::new(i128::from(above), below).unwrap()));
    (
        proptest::option::of(any::<bool>().prop_map(Scalar::Truth)),
        proptest::option::of(any::<bool>().prop_map(Scalar::Truth)),
        proptest::option::of(whole),
        proptest::option::of((0_i64..12).prop_map(|number| Scalar::Number(Rational::whole(number)))),
        proptest::option::of(exact),
        proptest::option::of(day()),
        proptest::option::of(day()),
        proptest::option::of((1_u16..4).prop_map(Scalar::Rank)),
        proptest::option::of((0_u16..2).prop_map(Scalar::Choice)),
    )
        .prop_map(|(a, b, n, m, p, day, other, level, colour)| {
            vec![a, b, n, m, p, day, other, None, None, level, colour, None]
        })
}

/// Conditions of every form the language has, sensible or not.
fn condition() -> impl Strategy<Value = String> {
    let sum = prop_oneof![
        Just("n".to_owned()),
        Just("m".to_owned()),
        Just("p".to_owned()),
        Just("months".to_owned()),
        Just("days".to_owned()),
        Just("nobody".to_owned()),
        (-20_i64..20).prop_map(|number| format!("({number})")),
        Just("\"2/3\"".to_owned()),
    ]
    .prop_recursive(3, 8, 2, |inner| {
        (inner.clone(), prop_oneof![Just("+"), Just("-"), Just("*"), Just("/")], inner)
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
    });
    let compared = prop_oneof![Just("=="), Just("!="), Just("<"), Just("<="), Just(">"), Just(">=")];
    let leaf = prop_oneof![
        Just("a".to_owned()),
        Just("b".to_owned()),
        Just("has(n)".to_owned()),
        Just("has(months)".to_owned()),
        Just("has(nobody)".to_owned()),
        Just("a == b".to_owned()),
        Just("colour == \"blue\"".to_owned()),
        Just("level in [\"high\", \"low\"]".to_owned()),
        Just("n in [1, 2, 127, 128]".to_owned()),
        Just("day <= other_day".to_owned()),
        Just("level >= \"middle\"".to_owned()),
        Just("day < \"2022-06-15\"".to_owned()),
        (sum.clone(), compared, sum).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) && ({right})")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("({left}) || ({right})")),
        ]
    })
}

fn table_of(book: &Book, rows: &[Row]) -> Table {
    let mut table = Table::new(book, rows.len());
    for (at, row) in rows.iter().enumerate() {
        for (slot, value) in row.iter().enumerate() {
            if let Some(value) = value {
                assert!(table.state(slot, at, *value), "{slot} {value:?}");
            }
        }
    }
    table
}

/// The answers of the blocks, and of the evaluator asked row by row.
fn both(book: &Book, expression: &Expression, table: &Table) -> (Vec<crate::Truth>, Vec<crate::Truth>) {
    let slots = 0..book.facts.len();
    let columns = Columns { table, derived: table.derived(slots.clone()) };
    let plan = Planner { columns: &columns, settings: &[] }.plan(expression);
    let mut spare = vec![vec![0; BLOCK]; plan.depth()];
    let mut out = vec![9; table.rows()];
    let mut bench = Bench::new(&columns, &[], book.facts.len());
    for (place, part) in out.chunks_mut(BLOCK).enumerate() {
        bench.fill(&plan, place * BLOCK, part, &mut spare);
    }
    let by_row = (0..table.rows()).map(|row| {
        let facts: Vec<_> = slots.clone().map(|slot| table.value(slot, row)).collect();
        expression.truth(&Frame { facts: &facts, settings: &[] })
    });
    (out.into_iter().map(truth).collect(), by_row.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_condition_in_columns_is_the_condition_row_by_row(
        text in condition(),
        rows in prop::collection::vec(row(), 1..40),
    ) {
        let book = book();
        let (expression, _) = compile(&text, &book.scope(), Some(&Type::Truth))
            .map_err(|refused| TestCaseError::fail(format!("{text}: {refused:?}")))?;
        let (blocks, row_by_row) = both(&book, &expression, &table_of(&book, &rows));
        prop_assert_eq!(blocks, row_by_row, "{}", text);
    }

    #[test]
    fn what_was_stated_is_what_is_read(rows in prop::collection::vec(row(), 1..40)) {
        let book = book();
        let table = table_of(&book, &rows);
        for (at, row) in rows.iter().enumerate() {
            for (slot, value) in row.iter().enumerate().filter(|(slot, _)| ![7, 8].contains(slot)) {
                prop_assert_eq!(table.value(slot, at), *value);
            }
        }
    }
}

fn number_at(number: i64) -> Scalar {
    Scalar::Number(Rational::whole(number))
}

#[test]
fn most_conditions_of_the_books_have_a_form_in_columns() {
    let book = book();
    let rows = vec![vec![None, None, Some(number_at(3)), Some(number_at(4)), Some(number_at(5))]; 3];
    let table = table_of(&book, &rows);
    let columns = Columns { table: &table, derived: table.derived(0..12) };
    for (text, plain) in [
        ("n > 0 && m / n < \"1/2\"", true),
        ("(m - n) / n <= \"1/5\"", true),
        ("p >= \"1799/20\"", true),
        ("months < 6", true),
        ("n in [1, 2]", true),
        ("n * m > 3", false),
    ] {
        let (expression, _) = compile(text, &book.scope(), Some(&Type::Truth)).unwrap();
        let plan = Planner { columns: &columns, settings: &[] }.plan(&expression);
        assert_eq!(!has_row_by_row(&plan), plain, "{text}: {plan:?}");
    }
}

fn has_row_by_row(plan: &Plan) -> bool {
    match plan {
        Plan::RowByRow(_) => true,
        Plan::Not(inner) => has_row_by_row(inner),
        Plan::All(plans) | Plan::Any(plans) => plans.iter().any(has_row_by_row),
        _ => false,
    }
}

#[test]
fn a_table_of_several_blocks_is_answered_to_its_last_row() {
    let book = book();
    let mut table = Table::new(&book, 2 * BLOCK + 7);
    for row in (0..table.rows()).step_by(3) {
        assert!(table.state(2, row, number_at(i64::try_from(row % 50).unwrap())));
    }
    let (expression, _) = compile("n >= 25 || !has(n) && n < 3", &book.scope(), Some(&Type::Truth)).unwrap();
    let (blocks, row_by_row) = both(&book, &expression, &table);
    assert_eq!(blocks, row_by_row);
}

#[test]
fn cells_are_as_narrow_as_their_values_allow() {
    let book = book();
    let mut table = Table::new(&book, 4);
    let widths = |table: &Table| match &table.column(4).unwrap().cells {
        Cells::Narrow(_) => 8,
        Cells::Middle(_) => 16,
        Cells::Wide(_) => 32,
        Cells::Exact(_) => 0,
    };
    for (value, width) in [("90", 8), ("92.5", 16), ("67.475", 16), ("1/3", 16), ("12345.75", 32)] {
        let number = value.parse().ok().or_else(|| Rational::parse_decimal(value)).unwrap();
        assert!(table.state(4, 0, Scalar::Number(number)));
        assert_eq!(widths(&table), width, "{value}");
        assert_eq!(table.value(4, 0), Some(Scalar::Number(number)));
    }
    assert!(table.state(4, 1, Scalar::Number(Rational::new(1, 999_983).unwrap())));
    assert_eq!(widths(&table), 0);
    assert_eq!(table.value(4, 0), Some(Scalar::Number(Rational::parse_decimal("12345.75").unwrap())));
}

#[test]
fn nothing_is_stated_where_it_does_not_belong() {
    let book = book();
    let mut table = Table::new(&book, 2);
    for (slot, row, value) in [
        (0, 0, number_at(1)),
        (2, 0, Scalar::Number(Rational::new(1, 2).unwrap())),
        (2, 2, number_at(1)),
        (7, 0, number_at(1)),
        (10, 0, Scalar::Choice(2)),
        (99, 0, number_at(1)),
    ] {
        assert!(!table.state(slot, row, value), "{slot} {row} {value:?}");
    }
}

proptest! {
    #[test]
    fn a_summary_counts_what_stands_in_its_rows(
        rows in prop::collection::vec((prop_oneof![0_u8..6, Just(u8::MAX)], 0_u32..6), 0..300),
        levels in 1_usize..8,
    ) {
        let (level_of, unit_of): (Vec<u8>, Vec<u32>) = rows.iter().copied().unzip();
        let cells = Summary::of(levels, &level_of, &unit_of, 5);
        let above = cells.roll_up(&[0, 1, 0, 1, 9], 2);
        for unit in 0..5_u32 {
            let own: Vec<u8> = rows.iter().filter(|row| row.1 == unit).map(|row| row.0).collect();
            for level in 0..levels {
                let counted = own.iter().filter(|own| usize::from(**own) == level).count();
                prop_assert_eq!(cells.levels_of(unit as usize)[level] as usize, counted);
            }
            let rest = own.iter().filter(|own| usize::from(**own) >= levels).count();
            prop_assert_eq!(cells.not_rated(unit as usize) as usize, rest);
        }
        for level in 0..levels {
            prop_assert_eq!(above.levels_of(1)[level], cells.levels_of(1)[level] + cells.levels_of(3)[level]);
        }
    }

    #[test]
    fn a_unit_is_over_the_cap_when_its_assessment_says_so(
        rows in prop::collection::vec((0_u8..3, 0_u32..4), 0..80),
        half_up: bool,
    ) {
        let (level_of, unit_of): (Vec<u8>, Vec<u32>) = rows.into_iter().unzip();
        let summary = Summary::of(2, &level_of, &unit_of, 4);
        for denominator in [Denominator::Literal, Denominator::Pool, Denominator::All] {
            let rounding = if half_up { Rounding::HalfUp } else { Rounding::Floor };
            let reading = Reading { denominator, rounding, rate: Rational::new(1, 5).unwrap() };
            let expected: Vec<Over> = (0..4).filter_map(|unit| {
                let levels = summary.levels_of(unit);
                let (limited, base) = (u64::from(levels[0]), u64::from(levels[1]));
                let answer = assess(Counts { limited, base, rated: limited + base }, reading);
                (answer.over > 0).then_some(Over { unit, limit: answer.limit, used: answer.used })
            }).collect();
            prop_assert_eq!(summary.over(0, 1, reading), expected);
        }
    }
}
