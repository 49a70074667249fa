//! What the application promises over a real database; the store's own promises are tested there.
//!
//! `GUONG_TEST_PG` names a PostgreSQL server on which databases may be made; `GUONG_TEST_PG=skip` leaves that half out.
#![cfg(test)]

mod it {
    #[path = "../../../store/tests/it/testdb.rs"]
    #[macro_use]
    mod testdb;

    mod afterwards;
    mod agenda;
    mod assignment;
    mod calendar;
    mod calibration;
    mod caps;
    mod checks;
    mod collective;
    mod commune;
    mod direction;
    mod ended;
    mod following;
    mod forms;
    mod merger;
    mod obligation;
    mod order;
    mod organisation;
    mod papers;
    mod petitions;
    mod province;
    mod publication;
    mod quota;
    mod remedies;
    mod reminders;
    mod rolls;
    mod roster;
    mod scenarios;
    mod scores;
    mod slips;
    mod story;
    mod subject_register;
    mod subjects;
    mod substitution;
    mod suggestion;
    mod temporary;
    mod views;
    mod votes;
    mod waiting;
}
