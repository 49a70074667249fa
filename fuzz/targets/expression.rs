//! Any text as a condition: it is refused or compiled, and what is compiled is answered in columns as it is row by row.
#![no_main]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use rules::columns::{Sieve, Table};
use rules::expression::{Expression, Frame, Scalar, Type, compile};
use rules::{Book, Rational, Settings, Truth};

#[path = "../sound.rs"]
mod sound;

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut files = sound::files();
        files.insert("facts.toml".to_owned(), include_str!("../facts.toml").to_owned());
        files.insert("rules.toml".to_owned(), String::new());
        files.retain(|path, _| !path.starts_with("cases/"));
        rules::load(&files).unwrap_or_else(|flaws| panic!("{}", flaws[0]))
    })
}

/// Rows with edges of every width, and with everything missing.
fn rows() -> Vec<Vec<Option<Scalar>>> {
    let number = |number: i64| Some(Scalar::Number(Rational::whole(number)));
    let part = |above, below| Rational::new(above, below).map(Scalar::Number);
    let day = |day: &str| day.parse().ok().map(Scalar::Day);
    vec![
        vec![None; 8],
        vec![Some(Scalar::Truth(true)), number(0), number(0), part(1, 2), day("2022-12-31"), Some(Scalar::Rank(1)), Some(Scalar::Choice(0)), None],
        vec![Some(Scalar::Truth(false)), number(-128), number(127), part(-1, 3), day("1930-02-03"), Some(Scalar::Rank(2)), Some(Scalar::Choice(1)), number(1)],
        vec![None, number(i64::MAX), number(5), part(i128::from(i64::MAX), 7), None, None, None, number(i64::MIN)],
        vec![Some(Scalar::Truth(true)), number(7), number(20), part(899, 10), day("2024-02-29"), Some(Scalar::Rank(2)), Some(Scalar::Choice(0)), number(3)],
    ]
}

fn agree(expression: &Expression) {
    let mut own = book().clone();
    let Some(rule) = sound::rule(expression) else { return };
    own.rules = vec![rule];
    let rows = rows();
    let mut table = Table::new(&own, rows.len());
    for (at, row) in rows.iter().enumerate() {
        for (slot, value) in row.iter().enumerate() {
            if let Some(value) = value {
                assert!(table.state(slot, at, *value));
            }
        }
    }
    let sifted = Sieve::new(&own, "person", &Settings::new(), &table).run();
    for (at, row) in rows.iter().enumerate() {
        let truth: Truth = expression.truth(&Frame { facts: row, settings: &[] });
        assert_eq!(sifted.truth(0, at), truth, "{expression:?} {row:?}");
    }
}

fuzz_target!(|text: &str| {
    let scope = book().scope();
    for wanted in [Some(Type::Truth), Some(Type::Number), None] {
        if let Ok((expression, found)) = compile(text, &scope, wanted.as_ref()) {
            let mut labels = BTreeMap::new();
            for row in rows() {
                let frame = Frame { facts: &row, settings: &[] };
                labels.insert(expression.figures(&frame, &scope).len(), expression.value(&frame).is_some());
            }
            if found == Type::Truth {
                agree(&expression);
            }
        }
    }
});
