//! Three-valued truth after Kleene: what is not known is neither satisfied nor violated.

/// Giá trị chân lý: true, false or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Certainly not so, whatever the missing facts are.
    False,
    /// Depends on a fact that is missing.
    Unknown,
    /// Certainly so, whatever the missing facts are.
    True,
}

impl Truth {
    /// Both: the lesser of the two.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either: the greater of the two.
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// If this then that.
    pub fn implies(self, other: Self) -> Self {
        (!self).or(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// The contrary; not known stays not known.
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Truth::{self, False, True, Unknown};

    fn any_truth() -> impl Strategy<Value = Truth> {
        prop_oneof![Just(False), Just(Unknown), Just(True)]
    }

    proptest! {
        #[test]
        fn the_laws_of_kleene_hold(a in any_truth(), b in any_truth(), c in any_truth()) {
            prop_assert_eq!(a.and(b), b.and(a));
            prop_assert_eq!(a.and(b).and(c), a.and(b.and(c)));
            prop_assert_eq!(a.or(b.and(c)), a.or(b).and(a.or(c)));
            prop_assert_eq!(!a.and(b), (!a).or(!b));
            prop_assert_eq!(!!a, a);
            prop_assert_eq!(a.or(a.and(b)), a);
        }

        #[test]
        fn learning_a_fact_never_turns_a_certain_answer(a in any_truth(), b in any_truth(), known: bool) {
            let learned = if b == Unknown { Truth::from(known) } else { b };
            for (before, after) in [(a.and(b), a.and(learned)), (a.or(b), a.or(learned)), (a.implies(b), a.implies(learned))] {
                prop_assert!(before == Unknown || before == after);
            }
        }
    }

    #[test]
    fn a_known_part_can_decide_alone() {
        assert_eq!(False.and(Unknown), False);
        assert_eq!(True.or(Unknown), True);
        assert_eq!(True.and(Unknown), Unknown);
        assert_eq!(False.implies(Unknown), True);
    }
}
