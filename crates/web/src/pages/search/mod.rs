//! Tra cứu: where an inspector begins. Nothing is changed here.

use application::reads::search::{MOST, Results, search};
use serde::Deserialize;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new().get("/tra-cuu", Act::ViewRoster, show).menu("/tra-cuu", "search-title", Act::ViewRoster)
}

/// What is looked for: `ten` a part of a name, `nam` a year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ten: String,
    nam: String,
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct SearchPage {
    shell: Shell,
    form: FormState,
    wanted: String,
    years: Vec<Choice>,
    results: Results,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let wanted = domain::text::tidy(&asked.ten);
    let results = search(visit.app(), visit.actor()?, &wanted, asked.nam.parse().unwrap_or(0)).await?;
    let mut years = vec![Choice::new("", visit.t.get("search-every-year"))];
    years.extend(results.years.iter().map(|year| Choice::new(year.to_string(), year.to_string())));
    let form = FormState::new().set("ten", &wanted).set("nam", &asked.nam);
    visit.render(SearchPage { shell: visit.shell("search-title"), form, wanted, years, results })
}
