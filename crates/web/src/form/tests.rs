use super::*;

#[test]
fn a_form_is_read_with_its_vietnamese_letters_and_repeated_fields() {
    let form = FormState::of_pairs(pairs(b"ten=C%E1%BA%A5p+u%E1%BB%B7&muc=a&muc=b&_token=x&trong").expect("readable"));
    assert_eq!(form.value("ten"), "Cấp uỷ");
    assert_eq!(form.values("muc"), ["a", "b"]);
    assert!(form.checked("muc", "b") && !form.checked("muc", "c"));
    assert_eq!((form.value(TOKEN), form.value("trong"), form.value("absent")), ("", "", ""));
}

#[test]
fn broken_escapes_are_no_form() {
    for bytes in [&b"a=%F"[..], b"a=%ZZ", b"a=%FF", b"\xff=1"] {
        assert_eq!(pairs(bytes), None, "{bytes:?}");
    }
}

#[test]
fn numbers_and_days_are_read_as_people_type_them() {
    let t = Translator::default();
    let mut form = FormState::new().set("n", "70.000").set("on", "5/1/2023").set("iso", "2022-12-31");
    assert_eq!(form.number("n", t), Some(70_000));
    assert_eq!(form.day("on", t), Day::of(2023, 1, 5));
    assert_eq!(form.day("iso", t), Day::of(2022, 12, 31));
    assert!(!form.has_errors());
}

#[test]
fn what_is_no_number_and_no_day_is_an_error_at_its_field_and_stays_typed() {
    let t = Translator::default();
    for wrong in ["-1", "12,5", "mười", "1e3", "+4"] {
        let mut form = FormState::new().set("n", wrong);
        assert_eq!((form.number("n", t), form.error("n").is_some(), form.value("n")), (None, true, wrong));
    }
    let mut form = FormState::new().set("on", "30/02/2022");
    assert_eq!((form.day("on", t), form.error("on").is_some(), form.value("on")), (None, true, "30/02/2022"));
}

#[test]
fn a_refusal_stands_at_its_field_and_a_fault_goes_on() {
    let t = Translator::default();
    let mut form = FormState::new();
    form.refuse(Refusal::new("CAMPAIGN-006").at("unit").into(), t).expect("a refusal");
    assert_eq!(form.error("unit").map(|error| error.told.code.as_str()), Some("CAMPAIGN-006"));
    assert_eq!(form.refuse(Error::Denied, t), Err(Failure::Denied));
}
