//! The rooms of the house and the doors between them.

use std::collections::BTreeSet;

use xtask::allow;
use xtask::graph::Graph;
use xtask::source::{Source, sources};
use xtask::tree;

use super::assert_none;

/// Which of our crates each crate may name.
const DOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("rules", &[]),
    ("documents", &[]),
    ("store", &["domain"]),
    ("application", &["domain", "rules", "store"]),
    ("web", &["application", "documents", "domain"]),
    ("xtask", &[]),
];

/// What no pure crate may reach, at any depth.
const IMPURE: &[&str] =
    &["axum", "fantoccini", "hyper", "mio", "reqwest", "rustls", "sqlx", "sqlx-core", "tokio", "tower"];

#[test]
fn every_crate_names_only_the_crates_below_it() {
    let graph = Graph::read().unwrap();
    let mut problems = Vec::new();
    for name in &graph.ours {
        let Some((_, allowed)) = DOORS.iter().find(|(own, _)| own == name) else {
            problems.push(format!("{name} is a crate without a place in the house"));
            continue;
        };
        let named = graph.direct(name).intersection(&graph.ours).cloned().collect::<BTreeSet<_>>();
        let more = named.iter().filter(|other| !allowed.contains(&other.as_str()));
        problems.extend(more.map(|other| format!("{name} may not depend on {other}")));
    }
    assert_none(&problems, "the rooms and their doors stand in ARCHITECTURE.md");
}

#[test]
fn domain_rules_and_documents_reach_no_runtime_no_sql_and_no_network() {
    let graph = Graph::read().unwrap();
    for name in ["domain", "rules", "documents"] {
        let reached = graph.reached(name);
        let impure: Vec<_> = IMPURE.iter().filter(|other| reached.contains(**other)).collect();
        assert!(impure.is_empty(), "{name} reaches {impure:?}");
    }
    for name in ["domain", "rules"] {
        let heavy = graph.reached(name).into_iter().filter(|other| other.starts_with("typst")).collect::<Vec<_>>();
        assert!(heavy.is_empty(), "{name} reaches {heavy:?}");
    }
}

#[test]
fn the_graph_is_not_empty() {
    let graph = Graph::read().unwrap();
    assert!(graph.reached("store").contains("sqlx") && graph.reached("web").contains("tokio"));
}

#[test]
fn no_type_of_the_store_appears_in_the_public_interface_of_application() {
    let all = sources("crates/application/src");
    let open = all.iter().filter(|source| is_open(&source.path["crates/application/src/".len()..]));
    let known = allow::list("store-in-application");
    let open = open.filter(|source| !known.iter().any(|line| line.covers(&source.path, "store")));
    let problems: Vec<String> = open.flat_map(store_in_public).collect();
    assert_none(&problems, "use `pub(crate)`, or give the page a type of its own");
}

/// Whether every module on the way to this file of `application` is declared `pub`, or its items are handed on.
fn is_open(path: &str) -> bool {
    let modules: Vec<&str> = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    (0..modules.len()).filter(|at| modules[*at] != "lib").all(|at| {
        let folder = format!("crates/application/src/{}", modules[..at].join("/"));
        let folder = folder.trim_end_matches('/');
        let parents = [format!("{folder}/lib.rs"), format!("{folder}/mod.rs"), format!("{folder}.rs")];
        let declared = [format!("pub mod {};", modules[at]), format!("pub use {}::", modules[at])];
        parents.iter().any(|parent| declared.iter().any(|line| tree::text(parent).contains(line)))
    })
}

/// Public items of this file that name the store, or something imported from it.
fn store_in_public(source: &Source) -> Vec<String> {
    let imported = imported_from_store(&source.code);
    let named = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        text.contains("store::") || words.any(|word| imported.contains(word))
    };
    let items = source.public_items().into_iter().filter(|(_, text)| named(text));
    items.map(|(line, text)| format!("{}:{line}: {}", source.path, text.lines().next().unwrap_or_default())).collect()
}

fn imported_from_store(code: &str) -> BTreeSet<String> {
    let uses = code.match_indices("use store::").filter_map(|(at, _)| code[at + 11..].split(';').next());
    let words = uses.flat_map(|list| list.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}

#[test]
fn a_store_type_in_a_signature_is_seen() {
    assert!(is_open("lib.rs") && is_open("acts/mod.rs") && !is_open("no_such_module/x.rs"));
    let text = "use store::{Db, unit};\npub struct App { db: Db }\npub fn a(db: &Db) {}\npub fn b() {}\npub(crate) fn c(db: &Db) {}\n";
    let found = store_in_public(&Source::of("x.rs", text));
    assert_eq!(found, ["x.rs:3: pub fn a(db: &Db)"]);
}

#[test]
fn web_touches_documents_only_where_they_are_wired_in() {
    const WIRED: &[&str] =
        &["crates/web/src/cli", "crates/web/src/intake", "crates/web/src/main.rs", "crates/web/src/press"];
    let known = allow::list("documents-in-web");
    let mut problems = Vec::new();
    for source in sources("crates/web/src") {
        let by_list = known.iter().any(|line| line.covers(&source.path, "documents"));
        if by_list || WIRED.iter().any(|place| source.path.starts_with(place)) {
            continue;
        }
        let uses = source.code.match_indices("documents::").filter(|(at, _)| {
            source.code[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
        });
        problems.extend(uses.map(|(at, _)| format!("{}:{}", source.path, source.code[..at].matches('\n').count() + 1)));
    }
    assert_none(
        &problems,
        "pages ask the application's press; only press, intake and the command line know `documents`",
    );
}

#[test]
fn crates_that_promise_documentation_and_exact_numbers_deny_the_opposite() {
    let promises = [
        ("domain", "missing_docs"),
        ("rules", "missing_docs"),
        ("store", "missing_docs"),
        ("application", "missing_docs"),
        ("domain", "clippy::float_arithmetic"),
        ("rules", "clippy::float_arithmetic"),
    ];
    let mut problems = Vec::new();
    for (name, lint) in promises {
        let path = format!("crates/{name}/src/lib.rs");
        let text = tree::text(&path);
        let mut attributes = text.lines().filter(|line| line.starts_with("#![deny(") || line.starts_with("#![forbid("));
        if !attributes.any(|line| line.contains(lint)) {
            problems.push(format!("{path} lacks #![deny({lint})]"));
        }
    }
    assert_none(&problems, "add the attribute");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let graph = Graph::read().unwrap();
    let manifests = tree::files_ending("", "Cargo.toml").into_iter().filter(|path| path != "Cargo.toml");
    let manifests: Vec<String> = manifests.filter(|path| !path.starts_with("fuzz/")).collect();
    assert_eq!(manifests.len(), graph.ours.len(), "{manifests:?}");
    for path in manifests {
        assert!(tree::text(&path).contains("[lints]\nworkspace = true"), "{path}");
    }
}
