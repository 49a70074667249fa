//! Pages, one folder per area, the template beside its handler.

pub mod after;
pub mod assignment;
pub mod authority;
pub mod ballot;
pub mod campaign;
pub mod checks;
pub mod classification;
pub mod components;
pub mod decision;
pub mod direction;
pub mod fault;
pub mod language;
pub mod meeting;
pub mod organisation;
pub mod papers;
pub mod person;
pub mod petition;
pub mod proposal;
pub mod province;
pub mod reminder;
pub mod review;
pub mod roster;
pub mod rule_book;
pub mod search;
pub mod sign_in;
pub mod start;
pub mod suggestion;

use crate::routes::Routes;

/// Every route of the house, in the order of the navigation bar.
#[must_use]
pub fn routes(demo: bool) -> Routes {
    let areas = [
        start::routes(),
        campaign::routes(),
        direction::routes(),
        province::routes(),
        review::routes(),
        meeting::routes(),
        ballot::routes(),
        proposal::routes(),
        decision::routes(),
        classification::routes(),
        suggestion::routes(),
        assignment::routes(),
        after::routes(),
        petition::routes(),
        papers::routes(),
        roster::routes(),
        authority::routes(),
        organisation::routes(),
        search::routes(),
        person::routes(),
        reminder::routes(),
        checks::routes(),
        rule_book::routes(),
        sign_in::routes(),
        language::routes(),
    ];
    let all = areas.into_iter().fold(Routes::new(), Routes::and);
    if demo { all.and(components::routes()) } else { all }
}
