use proptest::prelude::*;

use super::*;
use crate::book::{FactDeclaration, Level};
use crate::language::{Language, Text};
use crate::truth::Truth::{False, True, Unknown};
use crate::value::Kind;

fn fact(name: &str, kind: Kind) -> FactDeclaration {
    FactDeclaration {
        drawn: None,
        name: name.to_owned(),
        kind,
        label: Text::same(name),
        choices: vec![Text::same("Đỏ"), Text::same("Xanh")],
        subjects: Vec::new(),
        stated_by: Text::default(),
        evidence: Text::default(),
        derived: None,
        usual: None,
    }
}

fn level(id: &str) -> Level {
    Level { id: id.to_owned(), title: Text::same(&id.to_uppercase()), short: Text::default() }
}

struct World {
    facts: Vec<FactDeclaration>,
    levels: Vec<Level>,
    grades: Vec<Level>,
}

impl World {
    fn new() -> Self {
        let colours = Kind::Choice(vec!["red".to_owned(), "blue".to_owned()]);
        Self {
            facts: vec![
                fact("a", Kind::Boolean),
                fact("b", Kind::Boolean),
                fact("n", Kind::Integer),
                fact("m", Kind::Integer),
                fact("day", Kind::Date),
                fact("level", Kind::Level),
                fact("grade.x", Kind::Grade),
                fact("colour", colours),
            ],
            levels: vec![level("high"), level("middle"), level("low")],
            grades: vec![level("fine"), level("bad")],
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope { facts: &self.facts, settings: &[], levels: &self.levels, grades: &self.grades }
    }

    fn compile(&self, text: &str) -> Result<Expression, Refused> {
        compile(text, &self.scope(), Some(&Type::Truth)).map(|(expression, _)| expression)
    }
}

fn number(value: i64) -> Scalar {
    Scalar::Number(Rational::whole(value))
}

/// a = true, b unknown, n = 12, m = 15, a day, the middle level, the grade fine, blue.
fn frame() -> Vec<Option<Scalar>> {
    vec![
        Some(Scalar::Truth(true)),
        None,
        Some(number(12)),
        Some(number(15)),
        Some(Scalar::Day("2022-12-31".parse().unwrap())),
        Some(Scalar::Rank(2)),
        Some(Scalar::Rank(2)),
        Some(Scalar::Choice(1)),
    ]
}

#[test]
fn conditions_come_out_true_false_or_unknown() {
    let world = World::new();
    let facts = frame();
    let frame = Frame { facts: &facts, settings: &[] };
    for (text, expected) in [
        ("a", True),
        ("b", Unknown),
        ("!a || b", Unknown),
        ("a || b", True),
        ("!a && b", False),
        ("has(b)", False),
        ("has(a) && !has(b)", True),
        ("n / m >= \"4/5\"", True),
        ("n / m > \"4/5\"", False),
        ("n + 3 == m && m - n == 3 && n * 2 > m", True),
        ("-n < 0", True),
        ("n / (m - 15) > 1", Unknown),
        ("day <= \"2022-12-31\"", True),
        ("\"2023-01-01\" <= day", False),
        ("level >= \"middle\"", True),
        ("level > \"middle\"", False),
        ("grade.x == \"fine\"", True),
        ("colour in [\"red\", \"blue\"]", True),
        ("colour != \"blue\"", False),
        ("level in [\"high\", \"low\"]", False),
        ("true || b", True),
        ("(a && (b || true))", True),
        ("b && has(b)", False),
    ] {
        assert_eq!(world.compile(text).unwrap().truth(&frame), expected, "{text}");
    }
}

#[test]
fn what_is_unknown_is_named() {
    let world = World::new();
    let facts = frame();
    let frame = Frame { facts: &facts, settings: &[] };
    let gaps = |text: &str| {
        let mut gaps = Gaps::default();
        world.compile(text).unwrap().gaps(&frame, &mut gaps);
        gaps
    };
    assert_eq!(gaps("a && b").facts.into_iter().collect::<Vec<_>>(), [1]);
    assert_eq!(gaps("a || b"), Gaps::default());
    assert!(gaps("n / (m - 15) > 1").faults.contains(&MathFault::DividedByNought));
    let large = "9223372036854775807 * 9223372036854775807 * 9223372036854775807 > n";
    assert!(gaps(large).faults.contains(&MathFault::TooLarge));
}

#[test]
fn figures_tell_the_comparisons_that_decided() {
    let world = World::new();
    let facts = frame();
    let frame = Frame { facts: &facts, settings: &[] };
    let figures = |text: &str| -> Vec<String> {
        let figures = world.compile(text).unwrap().figures(&frame, &world.scope());
        figures.into_iter().map(|figure| figure.get(Language::Vietnamese).to_owned()).collect()
    };
    assert_eq!(figures("n / m >= \"4/5\""), ["12/15 = 80,00 % ≥ 80 %"]);
    assert_eq!(figures("n / m > \"4/5\""), ["12/15 = 80,00 % ≤ 80 %"]);
    assert_eq!(figures("n >= 90 && level == \"high\""), ["n: 12 < 90", "level: MIDDLE ≠ HIGH"]);
    assert_eq!(figures("a && day < \"2023-01-01\""), ["day: 31/12/2022 < 01/01/2023"]);
    assert_eq!(figures("colour == \"blue\""), ["colour: Xanh"]);
    assert_eq!(figures("b"), Vec::<String>::new());
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let world = World::new();
    let deep = format!("{}a{}", "(".repeat(100), ")".repeat(100));
    let long = vec!["a"; 200].join(" && ");
    for (text, code, at) in [
        ("a & b", "BOOK-041", 2),
        ("level == \"high", "BOOK-042", 9),
        ("n > 0.5", "BOOK-043", 4),
        ("n > 99999999999999999999", "BOOK-044", 4),
        ("a b", "BOOK-045", 2),
        ("1 < n < 3", "BOOK-045", 6),
        ("(a || b", "BOOK-046", 7),
        ("a &&", "BOOK-047", 4),
        ("has(1)", "BOOK-048", 4),
        (deep.as_str(), "BOOK-049", 64),
        (long.as_str(), "BOOK-049", 325),
        ("n", "BOOK-051", 0),
        ("a && n", "BOOK-051", 5),
        ("n + a > 2", "BOOK-051", 4),
        ("a || colour > \"red\"", "BOOK-052", 5),
        ("settings.none == 1", "BOOK-053", 0),
        ("a && leevl == \"high\"", "BOOK-054", 5),
        ("level == \"hihg\"", "BOOK-055", 9),
        ("grade.x == \"high\"", "BOOK-055", 11),
        ("day < \"2022-02-30\"", "BOOK-055", 6),
        ("n / m >= \"0.8\"", "BOOK-055", 9),
        ("sum(n) > 3", "BOOK-045", 3),
        ("", "BOOK-047", 0),
    ] {
        let refused = world.compile(text).unwrap_err();
        assert_eq!((refused.code, refused.at), (code, at), "{text}: {}", refused.what);
    }
    assert!(world.compile("leevl == \"high\"").unwrap_err().mend.ends_with("có phải ý là “level”?)"));
}

fn any_frame() -> impl Strategy<Value = Vec<Option<Scalar>>> {
    let truth = || prop::option::of(any::<bool>().prop_map(Scalar::Truth));
    let numbers = || prop::option::of((-5_i64..20).prop_map(|value| Scalar::Number(Rational::whole(value))));
    let rank = |highest: u16| prop::option::of((1..=highest).prop_map(Scalar::Rank));
    let choice = prop::option::of((0_u16..2).prop_map(Scalar::Choice));
    (truth(), truth(), numbers(), numbers(), rank(3), rank(2), choice)
        .prop_map(|(a, b, n, m, level, grade, colour)| vec![a, b, n, m, None, level, grade, colour])
}

fn any_condition() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a", "b", "has(n)", "n > m", "n / m >= \"1/2\"", "level >= \"middle\"", "grade.x == \"fine\"",
        "colour in [\"red\"]", "n - m == 0", "level != \"low\"", "true",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("!({inner})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) && ({right})")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("({left}) || ({right})")),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_compiled_or_refused(text in "\\PC{0,80}") {
        let _ = World::new().compile(&text);
    }

    #[test]
    fn any_soup_of_words_is_compiled_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "a", "n", "level", "(", ")", "&&", "||", "!", "==", "in", "[", "]", ",", "\"high\"", "has", "1", "/", "-", "<",
    ]), 0..60)) {
        let _ = World::new().compile(&words.join(" "));
    }

    #[test]
    fn adding_a_missing_fact_never_turns_a_certain_answer(
        text in any_condition(), facts in any_frame(), slot in 0_usize..4, value in -5_i64..20,
    ) {
        // `has` asks about the very absence of a fact; every other condition only grows more certain.
        prop_assume!(!text.contains("has("));
        let condition = World::new().compile(&text).unwrap();
        let before = condition.truth(&Frame { facts: &facts, settings: &[] });
        let mut more = facts.clone();
        if more[slot].is_none() {
            more[slot] = Some(if slot < 2 { Scalar::Truth(value > 7) } else { Scalar::Number(Rational::whole(value)) });
        }
        let after = condition.truth(&Frame { facts: &more, settings: &[] });
        prop_assert!(before == Unknown || before == after, "{text}: {before:?} became {after:?}");
    }

    #[test]
    fn an_unknown_always_names_what_would_settle_it(text in any_condition(), facts in any_frame()) {
        let condition = World::new().compile(&text).unwrap();
        let frame = Frame { facts: &facts, settings: &[] };
        let mut gaps = Gaps::default();
        condition.gaps(&frame, &mut gaps);
        let named = !gaps.facts.is_empty() || !gaps.faults.is_empty();
        prop_assert_eq!(condition.truth(&frame) == Unknown, named);
    }
}

#[test]
fn a_condition_is_said_in_words_with_labels_and_brackets_where_they_matter() {
    let world = World::new();
    let said = |text: &str, language| world.compile(text).unwrap().words(&world.scope(), language);
    let vi = |text: &str| said(text, Language::Vietnamese);
    assert_eq!(vi("n / m >= \"4/5\""), "“n” / “m” ≥ 80 %");
    assert_eq!(vi("(n - m) * 2 < n - (m - 1)"), "(“n” − “m”) × 2 < “n” − (“m” − 1)");
    assert_eq!(vi("!(a && b) || has(day)"), "không đúng là (“a” và “b”) hoặc đã biết “day”");
    assert_eq!(vi("a && (b || n > 1)"), "“a” và (“b” hoặc “n” > 1)");
    assert_eq!(vi("colour == \"blue\" && level != \"low\""), "“colour” là “Xanh” và “level” không phải là “LOW”");
    assert_eq!(vi("colour in [\"red\", \"blue\"]"), "“colour” là một trong (“Đỏ”, “Xanh”)");
    assert_eq!(vi("day < \"2022-12-31\""), "“day” < 31/12/2022");
    let all = world.compile("a && (b || n > 1) && m > 2").unwrap();
    let all: Vec<String> = all.all().into_iter().map(|one| one.words(&world.scope(), Language::Vietnamese)).collect();
    assert_eq!(all, ["“a”", "“b” hoặc “n” > 1", "“m” > 2"]);
    assert_eq!(said("a == false || grade.x > \"bad\"", Language::English), "“a” is no or “grade.x” > “BAD”");
}
