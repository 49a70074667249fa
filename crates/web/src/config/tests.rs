use super::*;
use crate::locale::Translator;

fn nothing(_: &str) -> Option<String> {
    None
}

#[test]
fn the_environment_stands_over_the_file_and_the_file_over_the_defaults() {
    let environment = |name: &str| (name == "GUONG_IDLE_MINUTES").then(|| "5".to_owned());
    let config = Config::read("idle_minutes = 10\nsession_hours = 3", environment).expect("readable");
    assert_eq!((config.idle_minutes, config.session_hours, config.requests), (5, 3, Config::default().requests));
}

#[test]
fn every_key_can_be_set_by_its_variable() {
    for (key, value) in Config::keys() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let config = Config::read("", |name| (name == variable(&key)).then(|| text.clone()));
        assert_eq!(config.expect("readable"), Config::default(), "{key}");
    }
}

#[test]
fn an_unknown_key_and_a_senseless_value_are_refused_by_name() {
    for (text, named) in [
        ("lisen = \"127.0.0.1:1\"", "lisen"),
        ("requests = 0", "requests"),
        ("language = \"fr\"", "language"),
        ("public_address = \"guong.internal\"", "public_address"),
        ("idle_minutes = \"soon\"", "idle_minutes"),
    ] {
        let error = Config::read(text, nothing).expect_err(text).to_string();
        assert!(error.contains(named), "{text}: {error}");
    }
}

#[test]
fn the_handbook_lists_exactly_the_keys_there_are() {
    let page = std::fs::read_to_string("../../docs/operations/configuration.md").expect("the handbook page");
    let found: String = page.lines().filter(|line| line.starts_with("| `")).map(|line| format!("{line}\n")).collect();
    let wanted = handbook(Translator::new(Locale::Vi));
    assert_eq!(found, wanted, "docs/operations/configuration.md: replace the table by\n{wanted}");
}

#[test]
fn a_password_in_an_address_is_never_shown() {
    let config = Config { database: "postgres://guong:bi-mat@db.internal/guong".to_owned(), ..Config::default() };
    let shown = format!("{:?}", config.shown());
    assert!(!shown.contains("bi-mat") && shown.contains("guong:***@db.internal"), "{shown}");
}
