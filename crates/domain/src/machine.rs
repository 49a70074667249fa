//! State machines as tables: from, act, to. Drawn into the documentation; what decides asks the same tables.

/// The state to which `act` leads from `state`; none when it is not possible there.
pub(crate) fn step<S: Copy + PartialEq, A: Copy + PartialEq>(table: &[(S, A, S)], state: S, act: A) -> Option<S> {
    table.iter().find(|(from, by, _)| *from == state && *by == act).map(|(_, _, to)| *to)
}
