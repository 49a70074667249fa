use super::*;
use crate::actor::HeldPost;
use crate::{PostId, RootId, UnitId};
use uuid::Uuid;

fn actor(person: u128, posts: &[(Title, &str, bool)], cell: &str) -> Actor {
    Actor {
        root: RootId(Uuid::nil()),
        person: PersonId(Uuid::from_u128(person)),
        name: String::new(),
        posts: posts
            .iter()
            .map(|(title, path, in_cell)| HeldPost {
                post: PostId(Uuid::nil()),
                title: *title,
                unit: UnitId(Uuid::nil()),
                path: (*path).to_owned(),
                kind: if *in_cell { UnitKind::Cell } else { UnitKind::BaseOrganization },
            })
            .collect(),
        member_of: vec![(UnitId(Uuid::nil()), cell.to_owned())],
    }
}

#[test]
fn every_act_is_permitted_to_somebody() {
    for act in Act::ALL {
        assert!(TABLE.iter().any(|(_, _, acts)| acts.contains(act)), "{act} is permitted to nobody");
    }
}

#[test]
fn a_committee_sees_below_and_not_beside() {
    let secretary = actor(1, &[(Title::Secretary, "/xa/", false)], "/xa/1/");
    assert!(allows(&secretary, Act::ViewReview, &Resource::of_unit("/xa/2/")));
    assert!(!allows(&secretary, Act::ViewReview, &Resource::of_unit("/xb/2/")));
    assert!(!allows(&secretary, Act::ViewReview, &Resource::of_unit("/xab/")));
}

#[test]
fn a_cell_secretary_writes_for_his_members_and_not_for_the_next_cell() {
    let secretary = actor(1, &[(Title::Secretary, "/xa/1/", true)], "/xa/1/");
    assert!(allows(&secretary, Act::WriteOnBehalf, &Resource::about("/xa/1/", PersonId(Uuid::from_u128(2)))));
    assert!(!allows(&secretary, Act::WriteOnBehalf, &Resource::about("/xa/2/", PersonId(Uuid::from_u128(3)))));
    assert!(touches_oneself(&secretary, Act::WriteOnBehalf, &Resource::about("/xa/1/", secretary.person)));
}

#[test]
fn a_superior_neither_writes_nor_counts_for_a_cell() {
    let secretary = actor(1, &[(Title::Secretary, "/xa/", false)], "/xa/1/");
    for act in [Act::WriteOnBehalf, Act::RecordMeeting, Act::SealMinutes, Act::EnterTally, Act::Propose] {
        assert!(!allows(&secretary, act, &Resource::of_unit("/xa/2/")), "{act}");
    }
}

#[test]
fn a_plain_member_sees_his_own_things_only() {
    let member = actor(7, &[], "/xa/1/");
    assert!(allows(&member, Act::ViewNotice, &Resource::about("/xa/1/", member.person)));
    assert!(!allows(&member, Act::ViewNotice, &Resource::about("/xa/1/", PersonId(Uuid::from_u128(8)))));
    assert!(!allows(&member, Act::ViewTally, &Resource::of_unit("/xa/1/")));
    assert!(!allows(&member, Act::ViewRoster, &Resource::of_unit("/xa/1/")));
}

#[test]
fn whoever_left_reads_his_own_reviews_and_does_nothing() {
    let mut left = actor(7, &[], "/xa/1/");
    left.member_of.clear();
    let named = Resource {
        tellers: vec![left.person],
        head_teller: Some(left.person),
        monitor: Some(left.person),
        ..Resource::about("/xa/1/", left.person)
    };
    let allowed: Vec<Act> = Act::ALL.iter().copied().filter(|act| allows(&left, *act, &named)).collect();
    assert_eq!(allowed, [Act::ViewSelfReview, Act::ViewReview, Act::ViewNotice, Act::ViewRemediation]);
    let other = Resource { about: None, ..named };
    assert!(Act::ALL.iter().all(|act| !allows(&left, *act, &other)));
}

#[test]
fn the_printed_matrix_is_the_one_under_review() {
    let printed = include_str!("../../../../docs/access-matrix.md");
    let table: String = printed.lines().filter(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect();
    assert_eq!(table, matrix(), "docs/access-matrix.md must be changed with the table; new text:\n{}", matrix());
}
