use super::*;

#[test]
fn a_missing_key_shows_itself() {
    assert_eq!(Translator::default().get("no-such-key"), "⟦no-such-key⟧");
}

#[test]
fn a_refusal_says_what_is_wrong_and_what_to_do() {
    let told = Translator::default().refusal(&Refusal::new("CAMPAIGN-001").with("year", 2022));
    assert_eq!(told.what, "Đợt kiểm điểm này đã có trong năm 2022.");
    assert_eq!(told.remedy, "Mở đợt đã có để làm tiếp.");
}
