#![cfg(test)]

use uuid::Uuid;

use super::*;

fn day(text: &str) -> Day {
    Day::parse_typed(text).unwrap()
}

/// Something sound to break.
fn sound() -> Content {
    Content {
        summary: "Kiểm điểm cuối năm".to_owned(),
        dated_on: Some(day("26/10/2022")),
        issuer: Some(UnitKind::Province),
        recipients: vec![UnitKind::AboveBase],
        bases: vec![Basis {
            number: "4628".to_owned(),
            dated_on: Some(day("29/08/2022")),
            issuer: "Văn phòng Trung ương Đảng".to_owned(),
            directive: None,
        }],
        clauses: vec![Clause { label: "1".to_owned(), text: "Quán triệt".to_owned(), carries: String::new() }],
        duties: vec![Duty {
            clause: "1".to_owned(),
            kinds: vec![UnitKind::AboveBase, UnitKind::Province],
            post: None,
            what: "Rà soát lại kết quả".to_owned(),
            due_on: Some(day("30/11/2022")),
            known_by: KnownBy::Stated,
        }],
        ..Content::default()
    }
}

fn broken(change: impl Fn(&mut Content)) -> Vec<(String, String)> {
    let mut content = sound();
    change(&mut content);
    faults(&content).into_iter().map(|one| (one.code, one.field.unwrap())).collect()
}

fn one(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

#[test]
fn a_sound_document_has_no_faults_and_each_fault_stands_at_its_field() {
    assert_eq!(broken(|_| ()), []);
    assert_eq!(broken(|c| c.summary = " ".to_owned()), one("DIRECT-003", "summary"));
    assert_eq!(broken(|c| c.recipients = vec![]).first(), one("DIRECT-011", "recipients").first());
    assert_eq!(broken(|c| c.bases[0].issuer.clear()), one("DIRECT-007", "basis-0-number"));
    assert_eq!(broken(|c| c.duties[0].what.clear()), one("DIRECT-023", "duty-0-what"));
}

#[test]
fn no_deadline_lies_before_the_document_and_no_basis_after_it() {
    let early = Some(day("25/10/2022"));
    assert_eq!(broken(|c| c.duties[0].due_on = early), one("DIRECT-004", "duty-0-due_on"));
    assert_eq!(broken(|c| c.study_by = early), one("DIRECT-004", "study_by"));
    assert_eq!(broken(|c| c.duties[0].due_on = c.dated_on), [], "the same day is no contradiction");
    assert_eq!(broken(|c| c.bases[0].dated_on = Some(day("27/10/2022"))), one("DIRECT-022", "basis-0-dated_on"));
}

#[test]
fn a_duty_names_a_clause_that_is_there_and_bodies_that_receive_the_document() {
    assert_eq!(broken(|c| c.duties[0].clause = "9".to_owned()), one("DIRECT-009", "duty-0-clause"));
    assert_eq!(broken(|c| c.duties[0].kinds = vec![UnitKind::Cell]), one("DIRECT-010", "duty-0-kinds"));
}

#[test]
fn clauses_are_told_apart_and_carry_out_what_the_superior_said() {
    let twice = |c: &mut Content| c.clauses.push(c.clauses[0].clone());
    assert_eq!(broken(twice), one("DIRECT-008", "clause-1-label"));
    let carries = |above: &'static str| {
        broken(move |c| {
            c.above = BTreeSet::from(["2".to_owned()]);
            c.clauses[0].carries = above.to_owned();
        })
    };
    assert_eq!(carries("2"), []);
    assert_eq!(carries("3"), one("DIRECT-009", "clause-0-carries"));
}

#[test]
fn what_was_issued_is_frozen_and_ends_once() {
    use DirectiveState::{Draft, Issued, Replaced, Withdrawn};
    assert_eq!(after(Draft, DirectiveAct::Issue), Ok(Issued));
    assert_eq!(after(Issued, DirectiveAct::Replace), Ok(Replaced));
    for (state, act) in [
        (Issued, DirectiveAct::Save),
        (Issued, DirectiveAct::Issue),
        (Draft, DirectiveAct::Replace),
        (Withdrawn, DirectiveAct::Withdraw),
        (Replaced, DirectiveAct::Withdraw),
        (Withdrawn, DirectiveAct::Save),
    ] {
        assert_eq!(after(state, act).unwrap_err().code, "DIRECT-001", "{state} {act}");
    }
}

#[test]
fn a_document_cannot_rest_on_itself_over_others() {
    let [a, b, c, d] = [1, 2, 3, 4].map(|n| DirectiveId(Uuid::from_u128(n)));
    let rests_on = BTreeMap::from([(b, BTreeSet::from([c])), (c, BTreeSet::from([a, d]))]);
    assert!(goes_in_a_circle(&rests_on, a, b) && goes_in_a_circle(&rests_on, a, a));
    assert!(!goes_in_a_circle(&rests_on, a, d) && !goes_in_a_circle(&rests_on, d, a));
}

#[test]
fn an_installation_keeps_no_mark_above_what_it_may_hold() {
    assert_eq!(may_be_kept(Secrecy::None, Secrecy::None), Ok(()));
    assert_eq!(may_be_kept(Secrecy::Confidential, Secrecy::None).unwrap_err().code, "DIRECT-005");
    assert_eq!(may_be_kept(Secrecy::Confidential, Secrecy::Secret), Ok(()));
    assert_eq!(may_be_kept(Secrecy::TopSecret, Secrecy::Secret).unwrap_err().code, "DIRECT-005");
}

#[test]
fn only_the_head_acknowledges_and_the_deputy_only_while_there_is_none() {
    let (head, deputy) = (Title::Secretary, Title::DeputySecretary);
    assert_eq!(acknowledges_as(&[head], true), Ok(head));
    assert_eq!(acknowledges_as(&[deputy], false), Ok(deputy));
    for (held, has_head) in [(vec![deputy], true), (vec![], false), (vec![Title::Clerk, Title::CommitteeMember], false)]
    {
        assert_eq!(acknowledges_as(&held, has_head).unwrap_err().code, "DIRECT-016");
    }
}

#[test]
fn nobody_studied_it_before_it_was_written_or_tomorrow() {
    let studied = |text| check_studied(day(text), day("26/10/2022"), day("05/11/2022")).is_ok();
    assert!(studied("26/10/2022") && studied("05/11/2022"));
    assert!(!studied("25/10/2022") && !studied("06/11/2022"));
}
