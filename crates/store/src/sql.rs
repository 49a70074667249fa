//! Statements and how they are run: one text for both engines, every statement named and listed, so that one test
//! prepares each of them on SQLite and on PostgreSQL.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// One statement: its name for messages and its text.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// Name of the constant.
    pub name: &'static str,
    /// Text for SQLite.
    pub lite: &'static str,
    /// Text for PostgreSQL; the same as for SQLite unless the declaration says otherwise.
    pub pg: &'static str,
    /// Whether it may look across hierarchies; only the list of hierarchies does.
    pub across: bool,
    /// Whether PostgreSQL plans it for the values at hand each time: the best way depends on how common what is sought is.
    pub anew: bool,
}

/// The table a statement writes to; empty when it only reads.
pub(crate) fn written_table(text: &str) -> &str {
    let mut words = text.split_whitespace();
    match words.next() {
        Some("UPDATE") => words.next().unwrap_or_default(),
        Some("INSERT" | "DELETE") => words.nth(1).unwrap_or_default(),
        _ => "",
    }
}

/// Declares statements as constants and lists them in `STATEMENTS` of the module.
///
/// `NAME = "…";` has one text, `NAME = { lite: "…", pg: "…" };` two, `NAME = across "…";` is not bound to one hierarchy,
/// `NAME = anew "…";` is planned each time.
macro_rules! statements {
    ($($name:ident = $text:tt $($more:literal)?;)*) => {
        $(pub(crate) const $name: $crate::sql::Statement = $crate::sql::statement!(stringify!($name), $text $($more)?);)*
        /// Every statement of this file.
        pub(crate) const STATEMENTS: &[$crate::sql::Statement] = &[$($name),*];
    };
}

macro_rules! statement {
    ($name:expr, { lite: $lite:literal, pg: $pg:literal $(,)? }) => {
        $crate::sql::Statement { name: $name, lite: $lite, pg: $pg, across: false, anew: false }
    };
    ($name:expr, across $text:literal) => {
        $crate::sql::Statement { name: $name, lite: $text, pg: $text, across: true, anew: false }
    };
    ($name:expr, anew $text:literal) => {
        $crate::sql::Statement { name: $name, lite: $text, pg: $text, across: false, anew: true }
    };
    ($name:expr, $text:literal) => {
        $crate::sql::Statement { name: $name, lite: $text, pg: $text, across: false, anew: false }
    };
}

/// `run!(conn, NAME, root, …)`: how many rows it touched.
macro_rules! run {
    ($conn:expr, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::run(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// `change!(conn, NAME, root, …)`: exactly one row, else [`crate::StoreError::Stale`]. For `… WHERE version = $n`.
macro_rules! change {
    ($conn:expr, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::change(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// `rows!(conn, Row, NAME, root, …)`: all rows.
macro_rules! rows {
    ($conn:expr, $row:ty, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::rows::<$row>(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// `kept!(conn, Row, NAME, root, …)`: as `rows!`, for what the readings of one page ask again and again.
macro_rules! kept {
    ($conn:expr, $row:ty, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::kept::<$row>(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// `maybe_row!(conn, Row, NAME, root, …)`: the first row, if there is one.
macro_rules! maybe_row {
    ($conn:expr, $row:ty, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::maybe_row::<$row>(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// `one!(conn, Row, NAME, root, …)`: the first row, else [`crate::StoreError::Absent`]. A single value is a row `(i64,)`.
macro_rules! one {
    ($conn:expr, $row:ty, $statement:expr $(, $value:expr)* $(,)?) => {
        $crate::query::one::<$row>(&mut *$conn, $statement, vec![$($crate::sql::Param::value($value)),*]).await
    };
}

/// Values as one engine wants them.
macro_rules! arguments {
    ($arguments:ty, $values:expr) => {{
        let mut arguments = <$arguments>::default();
        for value in $values {
            match value {
                $crate::sql::Value::Uuid(v) => sqlx::Arguments::add(&mut arguments, v),
                $crate::sql::Value::Text(v) => sqlx::Arguments::add(&mut arguments, v),
                $crate::sql::Value::Int(v) => sqlx::Arguments::add(&mut arguments, v),
                $crate::sql::Value::Bool(v) => sqlx::Arguments::add(&mut arguments, v),
                $crate::sql::Value::Time(v) => sqlx::Arguments::add(&mut arguments, v),
                $crate::sql::Value::Bytes(v) => sqlx::Arguments::add(&mut arguments, v),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        arguments
    }};
}

pub(crate) use {arguments, change, kept, maybe_row, one, rows, run, statement, statements};

/// A value on its way into a statement. An absent value keeps its type, as PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Uuid(Option<Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Bool(Option<bool>),
    Time(Option<DateTime<Utc>>),
    Bytes(Option<Vec<u8>>),
}

/// What can be bound to a parameter.
pub(crate) trait Param {
    /// The absent value of this type.
    const ABSENT: Value;
    /// Hands the value over.
    fn value(self) -> Value;
}

macro_rules! params {
    ($($type:ty => $variant:ident, $self:ident => $convert:expr;)*) => { $(
        impl Param for $type {
            const ABSENT: Value = Value::$variant(None);
            fn value($self) -> Value { Value::$variant(Some($convert)) }
        }
    )* };
}

params! {
    Uuid => Uuid, self => self;
    String => Text, self => self;
    &str => Text, self => self.to_owned();
    i64 => Int, self => self;
    i32 => Int, self => i64::from(self);
    u32 => Int, self => i64::from(self);
    u16 => Int, self => i64::from(self);
    u8 => Int, self => i64::from(self);
    bool => Bool, self => self;
    // PostgreSQL keeps microseconds: what is written is what is read, on both.
    DateTime<Utc> => Time, self => self.trunc_subsecs(6);
    Vec<u8> => Bytes, self => self;
    &[u8] => Bytes, self => self.to_vec();
    domain::Day => Text, self => self.to_string();
}

macro_rules! ids { ($($id:ident)*) => { params! { $(domain::$id => Uuid, self => self.0;)* } }; }
ids! {
    RootId UnitId PersonId MembershipId PostId CampaignId ReviewId FactId OpinionId MeetingId CriticismId BallotId
    ProposalId DecisionId ItemId PaperId JobId IntakeId AccountId EntryId ChangeId ActivityId
}

impl<T: Param> Param for Option<T> {
    const ABSENT: Value = T::ABSENT;
    fn value(self) -> Value {
        self.map_or(Self::ABSENT, T::value)
    }
}

impl<T: Param + Clone> Param for &T {
    const ABSENT: Value = T::ABSENT;
    fn value(self) -> Value {
        self.clone().value()
    }
}
