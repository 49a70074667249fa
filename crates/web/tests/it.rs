//! The house from outside: requests go in, answers come out.
#![cfg(test)]

#[path = "it/house.rs"]
mod house;

#[path = "it/assignment.rs"]
mod assignment;
#[path = "it/audience.rs"]
mod audience;
#[path = "it/checks.rs"]
mod checks;
#[path = "it/console.rs"]
mod console;
#[path = "it/deciding.rs"]
mod deciding;
#[path = "it/direction.rs"]
mod direction;
#[path = "it/faults.rs"]
mod faults;
#[path = "it/files.rs"]
mod files;
#[path = "it/forged.rs"]
mod forged;
#[path = "it/intake.rs"]
mod intake;
#[path = "it/links.rs"]
mod links;
#[path = "it/organisation.rs"]
mod organisation;
#[path = "it/outcome.rs"]
mod outcome;
#[path = "it/papers.rs"]
mod papers;
#[path = "it/province.rs"]
mod province;
#[path = "it/reminders.rs"]
mod reminders;
#[path = "it/remit.rs"]
mod remit;
#[path = "it/review.rs"]
mod review;
#[path = "it/roster.rs"]
mod roster;
#[path = "it/rule_book.rs"]
mod rule_book;
#[path = "it/rulebook.rs"]
mod rulebook;
#[path = "it/session.rs"]
mod session;
#[path = "it/sheet.rs"]
mod sheet;
#[path = "it/sign_in.rs"]
mod sign_in;
#[path = "it/subjects.rs"]
mod subjects;
#[path = "it/substitution.rs"]
mod substitution;
#[path = "it/suggestion.rs"]
mod suggestion;
#[path = "it/views.rs"]
mod views;
#[path = "it/words.rs"]
mod words;
