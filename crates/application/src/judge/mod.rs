//! Đối chiếu với quy định: puts the facts of a case to the rule book of its campaign and words the answer for pages.

mod book;
mod cap;
mod days_off;
mod facts;
mod heads;
mod results;
pub(crate) mod scores;
mod verdict;
mod words;

pub(crate) use book::{
    ballot_choices, book_of, calendar_to, grades, levels, majority, majority_citation, majority_on, pin_settings,
    reply_due, settings_of, settings_offered, settings_shown, step_title, usual_calendar,
};
pub use cap::{Cap, GroupCap};
pub(crate) use cap::{cap, group_caps, peer_caps, positions};
pub(crate) use days_off::{petition_limit, working_days};
pub(crate) use facts::{Case, choices, facts_about, facts_offered, kind_word, read_fact, shown, shown_words};
pub(crate) use results::Others;
pub use verdict::{Judgement, LevelView};
pub(crate) use words::cite as cited;
pub use words::{Missing, Reason, Words};
