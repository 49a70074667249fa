use proptest::prelude::*;

use super::Rational;

fn fraction(above: i128, below: i128) -> Rational {
    Rational::new(above, below).unwrap()
}

fn small() -> impl Strategy<Value = Rational> {
    (-10_000_i128..10_000, 1_i128..10_000).prop_map(|(above, below)| fraction(above, below))
}

fn extreme() -> impl Strategy<Value = i128> {
    prop_oneof![any::<i128>(), Just(i128::MAX), Just(i128::MIN), Just(0), Just(1), Just(-1)]
}

proptest! {
    #[test]
    fn adding_and_multiplying_keep_their_laws(a in small(), b in small(), c in small()) {
        prop_assert_eq!(a.checked_add(b), b.checked_add(a));
        prop_assert_eq!(a.checked_mul(b), b.checked_mul(a));
        let left = a.checked_mul(b.checked_add(c).unwrap());
        let right = a.checked_mul(b).unwrap().checked_add(a.checked_mul(c).unwrap());
        prop_assert_eq!(left, right);
        prop_assert_eq!(a.checked_sub(b).unwrap().checked_add(b), Some(a));
        if b != Rational::ZERO {
            prop_assert_eq!(a.checked_div(b).unwrap().checked_mul(b), Some(a));
        }
    }

    #[test]
    fn comparing_agrees_with_multiplying_out(a in small(), b in small()) {
        let out = (a.numerator() * b.denominator()).cmp(&(b.numerator() * a.denominator()));
        prop_assert_eq!(a.cmp(&b), out);
    }

    #[test]
    fn no_input_panics(a in extreme(), b in extreme(), c in extreme(), d in extreme(), decimals in 0_u32..60) {
        if let (Some(left), Some(right)) = (Rational::new(a, b), Rational::new(c, d)) {
            let _ = (left.checked_add(right), left.checked_sub(right), left.checked_mul(right), left.checked_div(right));
            let _ = (left.cmp(&right), left.floor(), left.round_half_up(), left.to_decimal(decimals), left.to_decimal_cut(decimals));
            prop_assert_eq!(left.cmp(&right).reverse(), right.cmp(&left));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = (text.parse::<Rational>(), Rational::parse_decimal(&text));
    }

    #[test]
    fn what_is_written_is_read_again(a in small()) {
        prop_assert_eq!(a.to_string().parse::<Rational>(), Ok(a));
    }
}

#[test]
fn decimals_are_rounded_half_up_or_cut_off() {
    let eighth_part = Rational::new(800, 51).unwrap();
    assert_eq!(eighth_part.to_decimal(2), "15.69");
    assert_eq!(eighth_part.to_decimal_cut(2), "15.68");
    assert_eq!(fraction(5, 1000).to_decimal(2), "0.01");
    assert_eq!(fraction(1, 2).to_decimal(0), "1");
    assert_eq!(fraction(-1, 200).to_decimal(1), "0.0");
}

#[test]
fn a_printed_decimal_is_read_exactly() {
    assert_eq!(Rational::parse_decimal("15,67"), Rational::new(1567, 100));
    assert_eq!(Rational::parse_decimal("8"), Rational::new(8, 1));
    assert_eq!(Rational::parse_decimal("-0.5"), Rational::new(-1, 2));
    for wrong in ["", "1.2.3", "1e5", "abc", "1 000"] {
        assert_eq!(Rational::parse_decimal(wrong), None, "{wrong}");
    }
}

#[test]
fn a_fraction_is_never_read_from_a_decimal() {
    assert_eq!("1/5".parse(), Ok(fraction(1, 5)));
    assert!("0.2".parse::<Rational>().is_err());
    assert!("1/0".parse::<Rational>().is_err());
}
