//! Every rule book the program carries.

use application::reads::rule_book::{BookHead, books};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "rule_book/list.html")]
struct ListPage {
    shell: Shell,
    books: Vec<BookHead>,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let shell = visit.shell("book-list-title");
    visit.render(ListPage { shell, books: books(visit.app()) })
}
