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

/// Every line of kinds from a top downward that the tree permits.
fn lines_of_kinds() -> Vec<Vec<UnitKind>> {
    let mut lines: Vec<Vec<UnitKind>> =
        UnitKind::ALL.iter().filter(|kind| kind.may_be_top()).map(|kind| vec![*kind]).collect();
    let mut at = 0;
    while at < lines.len() {
        let superior = *lines[at].last().unwrap();
        let below = UnitKind::ALL.iter().filter(|kind| kind.may_stand_under(superior));
        let longer: Vec<_> = below.map(|kind| lines[at].iter().copied().chain([*kind]).collect()).collect();
        lines.extend(longer);
        at += 1;
    }
    lines
}

fn path_of(length: usize) -> String {
    (0..length).fold("/".to_owned(), |path, at| format!("{path}{}/", UnitId(Uuid::from_u128(at as u128 + 1))))
}

fn post(kind: UnitKind, title: Title, path: &str) -> HeldPost {
    HeldPost { post: PostId(Uuid::nil()), title, unit: UnitId(Uuid::nil()), path: path.to_owned(), kind }
}

#[test]
fn the_remit_ends_at_the_next_deciding_body_on_every_line_the_tree_permits() {
    let decides = |kind: UnitKind| kind.is_base() || matches!(kind, UnitKind::AboveBase | UnitKind::Province);
    let mut further = 0;
    for line in lines_of_kinds() {
        let resource = Resource::of_unit(&path_of(line.len()));
        for at in 0..line.len() - 1 {
            let between = &line[at + 1..line.len() - 1];
            let expected = if between.iter().any(|kind| decides(*kind)) { FurtherBelow } else { InRemit };
            let holder = post(line[at], Title::Secretary, &path_of(at + 1));
            assert_eq!(relate(&holder, &resource), Some(expected), "{} over {line:?}", line[at]);
            further += usize::from(expected == FurtherBelow);
        }
    }
    assert!(further > 5, "{further}");
}

fn superior(kind: UnitKind, title: Title, path: &str) -> Actor {
    Actor { posts: vec![post(kind, title, path)], ..actor(1, &[], "/elsewhere/") }
}

#[test]
fn what_a_unit_decides_on_itself_lies_further_below_for_every_superior() {
    let (district, base) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
    let secretary = superior(UnitKind::AboveBase, Title::Secretary, &path_of(1));
    let member = Resource::about(&path_of(2), PersonId(Uuid::from_u128(9)));
    assert!(allows(&secretary, Act::ViewSelfReview, &member.clone().decided_by(district)));
    assert!(!allows(&secretary, Act::ViewSelfReview, &member.decided_by(base)));
    let session = Resource::of_unit(&path_of(2));
    assert!(!allows(&secretary, Act::ViewTally, &session.clone().in_campaign_of(base)));
    assert!(allows(&secretary, Act::ViewTally, &session.in_campaign_of(district)));
}

#[test]
fn a_body_to_which_the_decision_on_somebody_is_delegated_upwards_has_him_in_its_remit() {
    let (district, base) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
    let in_cell = Resource::about(&path_of(3), PersonId(Uuid::from_u128(9)));
    let above = superior(UnitKind::AboveBase, Title::Secretary, &path_of(1));
    assert!(!allows(&above, Act::PlanRemediation, &in_cell.clone().decided_by(base)));
    assert!(allows(&above, Act::PlanRemediation, &in_cell.clone().decided_by(district)));
    // An address that names a campaign of the district and a cell does not widen what the tree says.
    assert!(!allows(&above, Act::PlanRemediation, &in_cell.clone().in_campaign_of(district)));
    // A body that stands above the unit no more leaves it to the tree.
    let gone = UnitId(Uuid::from_u128(77));
    assert!(!allows(&above, Act::PlanRemediation, &in_cell.decided_by(gone)));
}

#[test]
fn whoever_stands_further_above_does_nothing_and_sees_neither_texts_nor_minutes_nor_counts() {
    // The tree itself, and who decides on whom in it, are kept from above.
    let register = [Act::ImportRoster, Act::ChangeOrganization, Act::Delegate];
    let results = [Act::ViewDecision, Act::ViewPublished, Act::ViewNotice, Act::ViewSummary];
    let directives = [Act::ViewDirective, Act::ViewRestrictedDirective, Act::ViewAcknowledgements];
    let seen = [&[Act::ViewRoster, Act::ViewCampaign, Act::ViewReview][..], &results[..], &directives[..]].concat();
    for title in [Title::Secretary, Title::StandingMember, Title::CommitteeMember, Title::Clerk] {
        let province = superior(UnitKind::Province, title, &path_of(1));
        let cell = Resource::about(&path_of(4), PersonId(Uuid::from_u128(9)));
        for act in Act::ALL.iter().filter(|act| allows(&province, **act, &cell)) {
            assert!(seen.contains(act) || register.contains(act), "{title} of a province: {act}");
        }
    }
}

#[test]
fn an_inspector_reads_in_his_whole_subtree_and_does_nothing() {
    let province = superior(UnitKind::Province, Title::Inspector, &path_of(1));
    for depth in 1..5 {
        let resource = Resource::about(&path_of(depth), PersonId(Uuid::from_u128(9)));
        let acts = Act::ALL.iter().filter(|act| allows(&province, **act, &resource));
        let words: Vec<&str> = acts.map(|act| act.word()).collect();
        assert!(words.contains(&"view_history") && words.contains(&"view_self_review"), "{words:?}");
        assert!(words.iter().all(|word| word.starts_with("view_") && *word != "view_tally"), "{words:?}");
    }
    let beside = superior(UnitKind::AboveBase, Title::Inspector, "/other/");
    assert!(Act::ALL.iter().all(|act| !allows(&beside, *act, &Resource::of_unit(&path_of(2)))));
    let in_cell = superior(UnitKind::Cell, Title::Inspector, &path_of(2));
    assert!(Act::ALL.iter().all(|act| !allows(&in_cell, *act, &Resource::of_unit(&path_of(2)))));
}

#[test]
fn whoever_sees_a_list_of_people_may_open_their_dossiers() {
    for capacity in Capacity::ALL {
        for relation in Relation::ALL {
            for list in [Act::ViewRoster, Act::ViewDecision, Act::ViewProposal] {
                let may = |act| permits(act, *capacity, *relation);
                assert!(!may(list) || may(Act::ViewReview), "{capacity} {relation}: {list}");
            }
        }
    }
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
    assert_eq!(
        allowed,
        [
            Act::ViewSelfReview,
            Act::ViewReview,
            Act::ViewNotice,
            Act::ViewRemediation,
            Act::ViewPetition,
            Act::ViewSuggestion,
            Act::ViewHistory
        ]
    );
    let other = Resource { about: None, ..named };
    assert!(Act::ALL.iter().all(|act| !allows(&left, *act, &other)));
}

#[test]
fn the_printed_matrix_is_the_one_under_review() {
    let printed = include_str!("../../../../docs/access-matrix.md");
    let table: String = printed.lines().filter(|line| line.starts_with('|')).map(|line| format!("{line}\n")).collect();
    assert_eq!(table, matrix(), "docs/access-matrix.md must be changed with the table; new text:\n{}", matrix());
}
