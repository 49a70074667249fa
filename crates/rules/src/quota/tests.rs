use proptest::prelude::*;

use super::*;

fn fifth(denominator: Denominator, rounding: Rounding) -> Reading {
    Reading { denominator, rounding, rate: Rational::new(1, 5).unwrap() }
}

/// T, then the largest number of the limited level: R1 floor, R1 half up, R2 floor, R2 half up.
const LARGEST: [[u64; 5]; 28] = [
    [1, 0, 0, 0, 0],
    [2, 0, 0, 0, 0],
    [3, 0, 0, 0, 1],
    [4, 0, 1, 0, 1],
    [5, 0, 1, 1, 1],
    [6, 1, 1, 1, 1],
    [7, 1, 1, 1, 1],
    [8, 1, 1, 1, 2],
    [9, 1, 1, 1, 2],
    [10, 1, 2, 2, 2],
    [11, 1, 2, 2, 2],
    [12, 2, 2, 2, 2],
    [13, 2, 2, 2, 3],
    [14, 2, 2, 2, 3],
    [15, 2, 2, 3, 3],
    [16, 2, 3, 3, 3],
    [17, 2, 3, 3, 3],
    [18, 3, 3, 3, 4],
    [20, 3, 3, 4, 4],
    [24, 4, 4, 4, 5],
    [25, 4, 4, 5, 5],
    [30, 5, 5, 6, 6],
    [40, 6, 7, 8, 8],
    [48, 8, 8, 9, 10],
    [50, 8, 8, 10, 10],
    [60, 10, 10, 12, 12],
    [100, 16, 17, 20, 20],
    [0, 0, 0, 0, 0],
];

#[test]
fn the_largest_number_for_each_group_is_as_the_table_says() {
    use Denominator::{Literal, Pool};
    use Rounding::{Floor, HalfUp};
    let readings = [fifth(Literal, Floor), fifth(Literal, HalfUp), fifth(Pool, Floor), fifth(Pool, HalfUp)];
    for [eligible, expected @ ..] in LARGEST {
        let found = readings.map(|reading| largest(eligible, reading));
        assert_eq!(found, expected, "T = {eligible}");
    }
}

#[test]
fn the_arithmetic_is_written_out() {
    let counts = Counts { limited: 5, base: 20, rated: 26 };
    let answer = assess(counts, fifth(Denominator::Pool, Rounding::HalfUp));
    assert_eq!(answer.arithmetic.vi, "20 % × (5 + 20) = 5,00 → tối đa 5; hiện có 5");
    assert_eq!((answer.limit, answer.left, answer.over), (5, 0, 0));
    let answer = assess(counts, fifth(Denominator::Literal, Rounding::Floor));
    assert_eq!(answer.arithmetic.en, "20 % × 20 = 4.00 → at most 4; now 5");
    assert_eq!((answer.limit, answer.left, answer.over), (4, 0, 1));
    let answer = assess(counts, fifth(Denominator::All, Rounding::Floor));
    assert_eq!((answer.denominator_count, answer.limit), (26, 5));
}

proptest! {
    #[test]
    fn a_larger_group_never_lowers_the_cap(limited in 0_u64..500, base in 0_u64..500, low in 0_u64..500, more in 0_u64..50) {
        for reading in readings(Rational::new(1, 5).unwrap()) {
            let counts = Counts { limited, base, rated: limited + base + low };
            let larger = Counts { base: base + more, rated: counts.rated + more, ..counts };
            prop_assert!(assess(larger, reading).limit >= assess(counts, reading).limit);
        }
    }

    #[test]
    fn the_largest_number_fits_and_one_more_does_not(eligible in 0_u64..3000) {
        for reading in readings(Rational::new(1, 5).unwrap()) {
            let over = |limited: u64| assess(Counts { limited, base: eligible - limited, rated: eligible }, reading).over;
            let largest = largest(eligible, reading);
            prop_assert_eq!(over(largest), 0);
            prop_assert!(largest == eligible || over(largest + 1) > 0);
        }
    }

    #[test]
    fn no_count_panics(limited: u64, base: u64, rated: u64) {
        for reading in readings(Rational::new(1, 5).unwrap()) {
            let _ = assess(Counts { limited, base, rated }, reading);
        }
    }

    #[test]
    fn the_quick_limit_is_the_limit_of_the_assessment(
        limited in prop_oneof![0_u64..300, any::<u64>()],
        base in prop_oneof![0_u64..300, any::<u64>()],
        above in prop_oneof![1_i128..100, 1..i128::from(u64::MAX)],
        below in prop_oneof![1_i128..100, 1..i128::from(u64::MAX)],
    ) {
        let counts = Counts { limited, base, rated: limited.saturating_add(base) };
        for reading in readings(Rational::new(above, below).unwrap()) {
            prop_assert_eq!(Limit::new(reading).of(counts), assess(counts, reading).limit);
        }
    }

    #[test]
    fn a_higher_share_never_lowers_the_cap(limited in 0_u64..500, base in 0_u64..500, below in 2_i128..40, more in 0_i128..3) {
        let rate = |above: i128| Rational::new(above.min(below), below).unwrap();
        for (lower, higher) in readings(rate(1)).into_iter().zip(readings(rate(1 + more))) {
            let counts = Counts { limited, base, rated: limited + base };
            prop_assert!(assess(counts, higher).limit >= assess(counts, lower).limit);
        }
    }
}
