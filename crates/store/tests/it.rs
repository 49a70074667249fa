//! Everything the store promises, on both engines.
//!
//! `GUONG_TEST_PG` names a PostgreSQL server on which databases may be made (`.ci/postgres-start` prints its URL);
//! `GUONG_TEST_PG=skip` leaves that half out.
#![cfg(test)]

mod it {
    #[macro_use]
    mod testdb;

    mod bulk;
    mod commit;
    mod doors;
    mod jobs;
    mod journal;
    mod place;
    mod rollup;
    mod schema;
    mod spine;
    mod statements;
    mod upkeep;
}
