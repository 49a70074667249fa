//! What is rolled up is what counting gives, whatever happened in whatever order and whenever it was folded.

use chrono::{DateTime, Utc};
use store::ballot::{self, BallotRow};
use store::campaign::{self, CampaignRow, StepRow};
use store::journal::Record;
use store::meeting::{self, MeetingRow};
use store::org;
use store::outcome::{self, DecidedRow, DecisionRow, NoticeRow, ProposalRow};
use store::review::{self, ReviewRow};
use store::rollup::{self, CampaignUnitRow, Class, ReportRow, ReviewFilter, UnitFilter};
use store::{Tx, follow, rollup::CheckRow};
use uuid::Uuid;

use crate::it::bulk::sample_person;
use crate::it::commit::sample_unit;
use crate::it::testdb::TestDb;

const PROVINCE: u128 = 0x10;
const DISTRICTS: [u128; 2] = [0x20, 0x21];
const BASES: [u128; 3] = [0x30, 0x31, 0x32];
const ROUND: u128 = 0x100;
const CELLS_OF_BASE: u128 = 2;
const MEMBERS_OF_CELL: u128 = 3;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn campaign_of(base: u128) -> u128 {
    0x200 + base
}

/// Base and cell → unit.
fn cell_of(base: u128, n: u128) -> u128 {
    base * 0x100 + n
}

fn review_of(cell: u128, n: u128) -> u128 {
    cell * 0x100 + n
}

fn cells() -> impl Iterator<Item = (u128, u128)> {
    BASES.into_iter().flat_map(|base| (0..CELLS_OF_BASE).map(move |n| (base, cell_of(base, n))))
}

/// Chance that falls the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

async fn add_unit(tx: &mut Tx, root: Uuid, n: u128, parent: Option<(u128, &str)>, kind: &str) -> String {
    let path = format!("{}{}/", parent.map_or("/", |(_, path)| path), id(n));
    let row = org::UnitRow {
        path: path.clone(),
        kind: kind.to_owned(),
        ..sample_unit(domain::RootId(root), n, parent.map(|(n, _)| n))
    };
    org::insert_unit(tx, &row).await.unwrap();
    path
}

fn campaign_row(root: Uuid, n: u128, unit: u128, parent: Option<u128>) -> CampaignRow {
    CampaignRow {
        root_id: root,
        campaign_id: id(n),
        unit_id: id(unit),
        title: String::new(),
        period_year: 2022,
        period_from: "2022-01-01".to_owned(),
        period_to: "2022-12-31".to_owned(),
        cut_off_on: "2022-12-31".to_owned(),
        rule_book_id: "party-2018-qd132".to_owned(),
        rule_book_seal: "00".to_owned(),
        settings: "{}".to_owned(),
        basis: String::new(),
        state: "open".to_owned(),
        opened_by: id(1),
        opened_at: now(),
        parent_id: parent.map(id),
        kind: "annual".to_owned(),
    }
}

fn review_row(root: Uuid, base: u128, cell: u128, n: u128) -> ReviewRow {
    ReviewRow {
        root_id: root,
        review_id: id(review_of(cell, n)),
        campaign_id: id(campaign_of(base)),
        subject: "member".to_owned(),
        about_id: id(review_of(cell, n)),
        person_id: Some(id(review_of(cell, n))),
        unit_id: id(cell),
        state: "awaiting_self_review".to_owned(),
        obligation: "review_and_classify".to_owned(),
        obligation_rule: String::new(),
        obligation_reason: String::new(),
        leader: false,
        version: 1,
    }
}

/// A province with two districts, three base organisations and six cells, in a round that was opened.
async fn opened(t: &TestDb) {
    let root = t.root.0;
    let mut tx = t.db.begin(t.root).await.unwrap();
    let province = add_unit(&mut tx, root, PROVINCE, None, "province").await;
    campaign::insert(&mut tx, &campaign_row(root, ROUND, PROVINCE, None)).await.unwrap();
    let mut above = vec![unit_of_round(root, PROVINCE, None, &province)];
    let mut districts = Vec::new();
    for district in DISTRICTS {
        let path = add_unit(&mut tx, root, district, Some((PROVINCE, &province)), "above_base").await;
        above.push(unit_of_round(root, district, Some(PROVINCE), &path));
        districts.push(path);
    }
    rollup::insert_units(&mut tx, &above).await.unwrap();
    for (at, base) in BASES.into_iter().enumerate() {
        let district = at % DISTRICTS.len();
        let path =
            add_unit(&mut tx, root, base, Some((DISTRICTS[district], &districts[district])), "base_organization").await;
        campaign::insert(&mut tx, &campaign_row(root, campaign_of(base), base, Some(ROUND))).await.unwrap();
        for (step, due_on) in [("meeting", "2022-12-12"), ("proposal", "2022-12-15"), ("decision", "2022-12-25")] {
            let (step, due_on) = (step.to_owned(), due_on.to_owned());
            let step = StepRow { root_id: root, campaign_id: id(campaign_of(base)), step, due_on };
            campaign::insert_step(&mut tx, &step).await.unwrap();
        }
        for cell in (0..CELLS_OF_BASE).map(|n| cell_of(base, n)) {
            add_unit(&mut tx, root, cell, Some((base, &path)), "cell").await;
            for n in 1..=MEMBERS_OF_CELL {
                let person = sample_person(t.root, review_of(cell, n));
                org::insert_person(&mut tx, &person).await.unwrap();
                review::insert(&mut tx, &review_row(root, base, cell, n)).await.unwrap();
            }
        }
    }
    rollup::rebuild(&mut tx, root, id(ROUND)).await.unwrap();
    tx.commit(Record::housekeeping("test data")).await.unwrap();
}

fn unit_of_round(root: Uuid, unit: u128, parent: Option<u128>, path: &str) -> CampaignUnitRow {
    CampaignUnitRow {
        root_id: root,
        campaign_id: id(ROUND),
        unit_id: id(unit),
        round_id: id(ROUND),
        parent_id: parent.map(id),
        path: path.to_owned(),
        kind: "above_base".to_owned(),
        step: "waiting".to_owned(),
        due_on: String::new(),
        version: 1,
    }
}

async fn move_review(tx: &mut Tx, root: Uuid, dice: &mut Dice) {
    let cells: Vec<_> = cells().collect();
    let (_, cell) = dice.pick(&cells);
    let review = id(review_of(cell, 1 + dice.roll(3) as u128));
    let row = review::review(tx, root, review).await.unwrap().unwrap();
    if row.state == "decided" {
        return;
    }
    // Sometimes with a version that somebody else has overtaken: then nothing may be counted.
    let version = if dice.roll(6) == 0 { row.version - 1 } else { row.version };
    if dice.roll(7) == 0 {
        let (base, unit) = dice.pick(&cells);
        let moved = ReviewRow { unit_id: id(unit), campaign_id: id(campaign_of(base)), version, ..row.clone() };
        follow::move_review(tx, &moved, row.unit_id).await.unwrap();
        return;
    }
    if dice.roll(5) == 0 {
        let obligation = dice.pick(&["neither", "review_only"]).to_owned();
        review::set_obligation(tx, &ReviewRow { state: "not_due".to_owned(), obligation, version, ..row })
            .await
            .unwrap();
    } else {
        let state = dice.pick(&["awaiting_self_review", "self_reviewed", "discussed", "proposed", "not_due"]);
        review::set_state(tx, root, review, version, state).await.unwrap();
    }
}

/// A cell stands under another base organisation from now on; in the tree of the round only while somebody in it is undecided.
async fn move_unit(tx: &mut Tx, root: Uuid, dice: &mut Dice) {
    let (_, cell) = dice.pick(&cells().collect::<Vec<_>>());
    let over = org::unit(tx, root, id(dice.pick(&BASES))).await.unwrap().unwrap();
    let unit = org::unit(tx, root, id(cell)).await.unwrap().unwrap();
    let path = format!("{}{}/", over.path, unit.unit_id);
    org::update_unit(tx, &org::UnitRow { parent_id: Some(over.unit_id), path, ..unit }).await.unwrap();
    follow::replant(tx, root, id(cell)).await.unwrap();
}

/// What stands directly below a unit adds up to its figures; in this province only cells have reviews of their own.
async fn the_parts_add_up(t: &TestDb) {
    let mut reader = t.db.read(t.root).await.unwrap();
    for unit in [PROVINCE].into_iter().chain(DISTRICTS).chain(BASES) {
        let of_reviews = |figures: rollup::Figures| figures.into_iter().filter(|(class, _)| class.subject != "unit");
        let whole = rollup::figures(&mut reader, t.root.0, id(ROUND), id(unit)).await.unwrap();
        let mut sum = rollup::Figures::new();
        for figures in rollup::figures_below(&mut reader, t.root.0, (id(ROUND), id(unit)), &[id(unit); 21])
            .await
            .unwrap()
            .into_values()
        {
            for (class, n) in of_reviews(figures) {
                *sum.entry(class).or_default() += n;
            }
        }
        sum.retain(|_, n| *n != 0);
        assert_eq!(of_reviews(whole).collect::<rollup::Figures>(), sum, "{unit:x}");
    }
}

fn meeting_row(root: Uuid, base: u128, cell: u128) -> MeetingRow {
    MeetingRow {
        root_id: root,
        meeting_id: id(cell * 0x10),
        campaign_id: id(campaign_of(base)),
        unit_id: id(cell),
        purpose: "cell_review".to_owned(),
        held_on: "2022-12-05".to_owned(),
        starts_at: "08:00".to_owned(),
        ends_at: None,
        place: String::new(),
        chair_id: id(review_of(cell, 1)),
        chair_reason: String::new(),
        secretary_id: id(review_of(cell, 2)),
        delegate: String::new(),
        discussion: String::new(),
        conclusion: String::new(),
        state: "recording".to_owned(),
        sealed_at: None,
        sealed_by: None,
        version: 1,
    }
}

fn ballot_row(root: Uuid, cell: u128) -> BallotRow {
    BallotRow {
        root_id: root,
        ballot_id: id(cell * 0x10 + 1),
        meeting_id: id(cell * 0x10),
        kind: "paper".to_owned(),
        state: "first_entry".to_owned(),
        base: 3,
        choices: "[]".to_owned(),
        teller_a: id(review_of(cell, 1)),
        teller_b: id(review_of(cell, 2)),
        head_teller: id(review_of(cell, 3)),
        version: 1,
    }
}

/// The cell goes on: a meeting, its ballot, its end; or it goes to the next step of its proposal.
async fn move_cell(tx: &mut Tx, root: Uuid, dice: &mut Dice) {
    let cells: Vec<_> = cells().collect();
    let (base, cell) = dice.pick(&cells);
    let met = meeting::meeting(tx, root, id(cell * 0x10)).await.unwrap();
    let Some(met) = met else {
        meeting::insert(tx, &meeting_row(root, base, cell)).await.unwrap();
        ballot::insert(tx, &ballot_row(root, cell), &[id(review_of(cell, 1))]).await.unwrap();
        return;
    };
    match dice.roll(3) {
        0 => {
            let version = ballot::ballot(tx, root, id(cell * 0x10 + 1)).await.unwrap().unwrap().version;
            let state = dice.pick(&["differs", "definitive"]);
            ballot::set_state(tx, root, id(cell * 0x10 + 1), version, state).await.unwrap();
        }
        1 => {
            meeting::update(tx, &MeetingRow { state: "sealed".to_owned(), ..met }).await.unwrap();
        }
        _ => propose(tx, root, (base, cell), dice).await,
    }
}

async fn propose(tx: &mut Tx, root: Uuid, (base, cell): (u128, u128), dice: &mut Dice) {
    let present = outcome::proposal_of_unit(tx, root, id(campaign_of(base)), id(cell)).await.unwrap();
    let state = dice.pick(&["sent", "returned", "decided"]).to_owned();
    if let Some(present) = present {
        outcome::update_proposal(tx, &ProposalRow { state, ..present }).await.unwrap();
        return;
    }
    let row = ProposalRow {
        root_id: root,
        proposal_id: id(cell * 0x10 + 2),
        campaign_id: id(campaign_of(base)),
        unit_id: id(cell),
        state: "draft".to_owned(),
        note: String::new(),
        returned_reason: String::new(),
        sent_at: None,
        sent_by: None,
        version: 1,
        saved_by: None,
        saved_at: None,
    };
    outcome::insert_proposal(tx, &row).await.unwrap();
}

fn decision_row(root: Uuid, base: u128) -> DecisionRow {
    DecisionRow {
        root_id: root,
        decision_id: id(0x300 + base),
        campaign_id: id(campaign_of(base)),
        unit_id: id(base),
        subject: "member".to_owned(),
        serial: 1,
        meeting_id: None,
        state: "draft".to_owned(),
        number: String::new(),
        signed_on: "2022-12-20".to_owned(),
        signer_id: id(review_of(cell_of(base, 0), 1)),
        membership_base: 9,
        in_favour: 8,
        cap_override_reason: String::new(),
        issued_at: None,
        issued_by: None,
        version: 1,
        saved_by: None,
        saved_at: None,
    }
}

/// A base committee decides: levels for whoever is not decided yet, a notice each; or somebody reads his notice.
async fn decide(tx: &mut Tx, root: Uuid, dice: &mut Dice) {
    let base = dice.pick(&BASES);
    let campaign = id(campaign_of(base));
    let decision = outcome::decision(tx, root, campaign, "member").await.unwrap();
    let Some(decision) = decision else {
        outcome::insert_decision(tx, &decision_row(root, base)).await.unwrap();
        return;
    };
    let reviews: Vec<Uuid> = cells()
        .filter(|(of, _)| *of == base)
        .flat_map(|(_, cell)| (1..=MEMBERS_OF_CELL).map(move |n| id(review_of(cell, n))))
        .collect();
    if decision.state == "issued" {
        outcome::read_notice(tx, root, dice.pick(&reviews), now()).await.unwrap();
        return;
    }
    outcome::update_decision(tx, &DecisionRow { state: "issued".to_owned(), ..decision.clone() }).await.unwrap();
    for review in reviews {
        let row = review::review(tx, root, review).await.unwrap().unwrap();
        if row.state == "not_due" {
            continue;
        }
        let level = dice.pick(&["excellent", "good", "fulfilled"]).to_owned();
        let line = DecidedRow { review_id: review, level, reason: String::new(), proposed: String::new() };
        outcome::set_decision_line(tx, root, decision.decision_id, &line, None).await.unwrap();
        assert!(review::set_state(tx, root, review, row.version, "decided").await.unwrap());
        let notice = NoticeRow {
            root_id: root,
            review_id: review,
            decision_id: decision.decision_id,
            comment: String::new(),
            issued_on: "2022-12-20".to_owned(),
            reply_due_on: "2022-12-30".to_owned(),
            read_at: None,
            reply: String::new(),
            replied_at: None,
        };
        outcome::insert_notice(tx, &notice).await.unwrap();
    }
}

async fn differences(t: &TestDb) -> Vec<rollup::Difference> {
    let mut reader = t.db.read(t.root).await.unwrap();
    let (compared, differing) = rollup::compare(&mut reader, t.root.0, id(ROUND)).await.unwrap();
    assert!(compared > 10, "figures were compared");
    differing
}

async fn people(t: &TestDb, unit: u128) -> i64 {
    let mut reader = t.db.read(t.root).await.unwrap();
    let figures = rollup::figures(&mut reader, t.root.0, id(ROUND), id(unit)).await.unwrap();
    figures.iter().filter(|(class, _)| class.subject == "member").map(|(_, n)| n).sum()
}

async fn recount(t: &TestDb, check: u128) -> CheckRow {
    rollup::check_round(&t.db, t.root, id(ROUND), id(check), now()).await.unwrap()
}

on_both! {
    async fn what_is_rolled_up_is_what_counting_gives_after_any_acts_folded_at_any_moment(t: &TestDb) {
        opened(t).await;
        for seed in 1..=4 {
            let mut dice = Dice(seed);
            for act in 0..60 {
                let mut tx = t.db.begin(t.root).await.unwrap();
                match dice.roll(12) {
                    10 | 11 => move_unit(&mut tx, t.root.0, &mut dice).await,
                    0 => decide(&mut tx, t.root.0, &mut dice).await,
                    1..=4 => move_cell(&mut tx, t.root.0, &mut dice).await,
                    _ => move_review(&mut tx, t.root.0, &mut dice).await,
                }
                // An act that is refused leaves nothing behind.
                if dice.roll(8) == 0 {
                    drop(tx);
                } else {
                    tx.commit(Record::housekeeping("random act")).await.unwrap();
                }
                if dice.roll(5) == 0 {
                    rollup::fold(&t.db, t.root).await.unwrap();
                }
                if act % 6 == 0 {
                    assert_eq!(differences(t).await, [], "seed {seed}, act {act}");
                    the_parts_add_up(t).await;
                }
            }
            assert_eq!(differences(t).await, [], "seed {seed}");
        }
        rollup::fold(&t.db, t.root).await.unwrap();
        assert_eq!(rollup::fold(&t.db, t.root).await.unwrap(), 0, "everything is folded");
        assert_eq!(differences(t).await, []);
        assert_eq!(people(t, PROVINCE).await, 18, "nobody is lost and nobody counted twice");
        assert_eq!(people(t, DISTRICTS[0]).await + people(t, DISTRICTS[1]).await, 18);
    }

    async fn a_unit_takes_its_figures_along_and_stays_where_it_was_decided(t: &TestDb) {
        opened(t).await;
        let root = t.root.0;
        let cell = cell_of(BASES[0], 0);
        let mut tx = t.db.begin(t.root).await.unwrap();
        // One change that is folded, one that is not.
        review::set_state(&mut tx, root, id(review_of(cell, 1)), 1, "self_reviewed").await.unwrap();
        tx.commit(Record::housekeeping("test")).await.unwrap();
        rollup::fold(&t.db, t.root).await.unwrap();
        let mut tx = t.db.begin(t.root).await.unwrap();
        review::set_state(&mut tx, root, id(review_of(cell, 2)), 1, "self_reviewed").await.unwrap();
        let stand_under = async |tx: &mut Tx, base: u128| {
            let over = org::unit(tx, root, id(base)).await.unwrap().unwrap();
            let unit = org::unit(tx, root, id(cell)).await.unwrap().unwrap();
            let path = format!("{}{}/", over.path, id(cell));
            org::update_unit(tx, &org::UnitRow { parent_id: Some(over.unit_id), path, ..unit }).await.unwrap();
            follow::replant(tx, root, id(cell)).await.unwrap();
        };
        stand_under(&mut tx, BASES[1]).await;
        tx.commit(Record::housekeeping("test")).await.unwrap();
        let figures = [people(t, BASES[0]).await, people(t, BASES[1]).await, people(t, DISTRICTS[0]).await, people(t, PROVINCE).await];
        assert_eq!(figures, [3, 9, 9, 18]);
        rollup::fold(&t.db, t.root).await.unwrap();
        assert_eq!(differences(t).await, []);
        the_parts_add_up(t).await;
        let mut tx = t.db.begin(t.root).await.unwrap();
        for n in 1..=MEMBERS_OF_CELL {
            let row = review::review(&mut tx, root, id(review_of(cell, n))).await.unwrap().unwrap();
            review::set_state(&mut tx, root, row.review_id, row.version, "decided").await.unwrap();
        }
        stand_under(&mut tx, BASES[2]).await;
        tx.commit(Record::housekeeping("test")).await.unwrap();
        assert_eq!((people(t, BASES[1]).await, people(t, BASES[2]).await), (9, 6), "it was decided there");
    }

    async fn whom_a_reported_table_counts_otherwise_is_listed_even_when_no_figure_differs(t: &TestDb) {
        opened(t).await;
        let root = t.root.0;
        let mut tx = t.db.begin(t.root).await.unwrap();
        let [one, two, three] = [1, 2, 3].map(|n| id(review_of(cell_of(BASES[0], 0), n)));
        let row = review::review(&mut tx, root, one).await.unwrap().unwrap();
        let exempt = |row: ReviewRow| ReviewRow { state: "not_due".to_owned(), obligation: "neither".to_owned(), ..row };
        review::set_obligation(&mut tx, &exempt(row)).await.unwrap();
        let of = |unit: u128, report: u128| ReportRow {
            root_id: root, report_id: id(report), round_id: id(ROUND), unit_id: id(unit), figures: "{}".to_owned(), note: String::new(), reported_by: id(1), reported_at: now(),
        };
        let path = |unit: u128| format!("/{}/{}/{}/", id(PROVINCE), id(DISTRICTS[0]), id(unit));
        for (unit, report) in [(BASES[0], 0x900), (BASES[2], 0x901)] {
            rollup::insert_report(&mut tx, &of(unit, report), &path(unit)).await.unwrap();
            assert_eq!(rollup::changed_since(&mut tx, &of(unit, report), &path(unit), (9, 0)).await.unwrap(), []);
        }
        // One comes in, one goes out: the figures are the same. A third goes to another base organisation.
        let row = review::review(&mut tx, root, one).await.unwrap().unwrap();
        review::set_obligation(&mut tx, &ReviewRow { state: "awaiting_self_review".to_owned(), obligation: "review_and_classify".to_owned(), ..row }).await.unwrap();
        let row = review::review(&mut tx, root, two).await.unwrap().unwrap();
        review::set_obligation(&mut tx, &exempt(row)).await.unwrap();
        let row = review::review(&mut tx, root, three).await.unwrap().unwrap();
        let there = cell_of(BASES[2], 1);
        follow::move_review(&mut tx, &ReviewRow { unit_id: id(there), campaign_id: id(campaign_of(BASES[2])), ..row.clone() }, row.unit_id).await.unwrap();
        let told = async |tx: &mut Tx, unit: u128, report: u128, page| {
            let rows = rollup::changed_since(tx, &of(unit, report), &path(unit), page).await.unwrap();
            rows.into_iter().map(|row| (row.review_id, row.obligation_before, row.obligation_now, row.unit_before.is_empty(), row.unit_now.is_empty())).collect::<Vec<_>>()
        };
        let (due, out) = ("review_and_classify".to_owned(), "neither".to_owned());
        let of_first = [(one, out.clone(), due.clone(), false, false), (two, due.clone(), out, false, false), (three, due.clone(), String::new(), false, true)];
        assert_eq!(told(&mut tx, BASES[0], 0x900, (9, 0)).await, of_first);
        assert_eq!(told(&mut tx, BASES[0], 0x900, (1, 1)).await, of_first[1..2], "one page of it");
        assert_eq!(told(&mut tx, BASES[2], 0x901, (9, 0)).await, [(three, String::new(), due, true, false)]);
        assert_eq!(told(&mut tx, BASES[2], 0x999, (9, 0)).await, [], "a table without subjects says nothing of anybody");
    }

    async fn a_change_in_one_cell_is_in_the_province_s_figures_before_it_is_folded(t: &TestDb) {
        opened(t).await;
        rollup::fold(&t.db, t.root).await.unwrap();
        let cell = cell_of(BASES[2], 1);
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert!(review::set_state(&mut tx, t.root.0, id(review_of(cell, 1)), 1, "self_reviewed").await.unwrap());
        tx.commit(Record::housekeeping("test")).await.unwrap();
        let class = Class {
            subject: "member".to_owned(),
            kind: "review_and_classify".to_owned(),
            state: "self_reviewed".to_owned(),
            level: String::new(),
        };
        let mut reader = t.db.read(t.root).await.unwrap();
        for unit in [cell, BASES[2], DISTRICTS[0], PROVINCE] {
            let figures = rollup::figures(&mut reader, t.root.0, id(ROUND), id(unit)).await.unwrap();
            assert_eq!(figures.get(&class), Some(&1), "{unit:x}");
        }
        let below = rollup::figures_below(&mut reader, t.root.0, (id(ROUND), id(PROVINCE)), &DISTRICTS.map(id)).await.unwrap();
        assert_eq!(below[&id(DISTRICTS[0])].get(&class), Some(&1));
        assert_eq!(below[&id(DISTRICTS[1])].get(&class), None);
    }

    async fn a_difference_is_written_down_and_counted_anew(t: &TestDb) {
        opened(t).await;
        rollup::fold(&t.db, t.root).await.unwrap();
        assert_eq!(recount(t, 1).await.differing, 0);
        let changed = t.raw().await.execute("UPDATE rollup SET n = n + 5 WHERE subject = 'member'").await.unwrap();
        let found = recount(t, 2).await;
        assert_eq!(u64::try_from(found.differing).unwrap(), changed);
        assert!(found.sample.contains("member/review_and_classify/awaiting_self_review/: 8 ≠ 3"), "{}", found.sample);
        assert_eq!(recount(t, 3).await.differing, 0, "it was counted anew");
        let mut reader = t.db.read(t.root).await.unwrap();
        let checks = rollup::last_checks(&mut reader, t.root.0, id(ROUND), 10).await.unwrap();
        assert_eq!(checks.iter().filter(|check| check.differing > 0).count(), 1, "and stays written down");
    }

    async fn units_are_late_by_their_own_calendar(t: &TestDb) {
        opened(t).await;
        let root = t.root.0;
        let mut tx = t.db.begin(t.root).await.unwrap();
        let earlier = StepRow { root_id: root, campaign_id: id(campaign_of(BASES[1])), step: "meeting".to_owned(), due_on: "2022-12-01".to_owned() };
        campaign::set_step_day(&mut tx, &earlier).await.unwrap();
        rollup::set_due_days(&mut tx, root, id(campaign_of(BASES[1]))).await.unwrap();
        let late = |figures: &rollup::Figures, day: &str| -> i64 {
            let late = figures.iter().filter(|(class, _)| class.subject == "unit" && !class.level.is_empty() && class.level.as_str() < day);
            late.map(|(_, n)| n).sum()
        };
        let below = rollup::figures_below(&mut tx, root, (id(ROUND), id(PROVINCE)), &DISTRICTS.map(id)).await.unwrap();
        let late_below = below.iter().map(|(unit, figures)| (*unit, late(figures, "2022-12-02"))).filter(|(_, n)| *n > 0);
        assert_eq!(late_below.collect::<Vec<_>>(), [(id(DISTRICTS[1]), 2)]);
        let place = (id(ROUND), id(PROVINCE));
        let behind = rollup::children_behind(&mut tx, root, place, "2022-12-02").await.unwrap();
        assert_eq!(behind.len(), rollup::count_children(&mut tx, root, place.0, place.1).await.unwrap());
        let named = rollup::figures_below(&mut tx, root, place, &[id(DISTRICTS[1])]).await.unwrap();
        assert_eq!(named[&id(DISTRICTS[1])], below[&id(DISTRICTS[1])]);
        let filter = UnitFilter { path: format!("/{}/", id(PROVINCE)), late_on: "2022-12-02".to_owned(), ..UnitFilter::default() };
        let listed = rollup::listed_units(&mut tx, root, id(ROUND), &filter, (10, 0)).await.unwrap();
        assert_eq!(listed.iter().map(|row| row.due_on.as_str()).collect::<Vec<_>>(), ["2022-12-01"; 2]);
        let whole = rollup::figures(&mut tx, root, id(ROUND), id(PROVINCE)).await.unwrap();
        assert_eq!(late(&whole, "2022-12-13"), 6);
        let (_, differing) = rollup::compare(&mut tx, root, id(ROUND)).await.unwrap();
        assert!(differing.is_empty(), "{differing:?}");
        tx.commit(Record::housekeeping("test")).await.unwrap();
        rollup::fold(&t.db, t.root).await.unwrap();
        let mut reader = t.db.read(t.root).await.unwrap();
        let behind = rollup::children_behind(&mut reader, root, place, "2022-12-02").await.unwrap();
        assert_eq!(behind.iter().map(|row| row.unit_id).collect::<Vec<_>>(), [id(DISTRICTS[1]), id(DISTRICTS[0])]);
    }

    async fn the_list_behind_a_figure_has_as_many_lines_as_it_says(t: &TestDb) {
        opened(t).await;
        let root = t.root.0;
        let mut tx = t.db.begin(t.root).await.unwrap();
        for n in 1..=2 {
            review::set_state(&mut tx, root, id(review_of(cell_of(BASES[0], 0), n)), 1, "self_reviewed").await.unwrap();
        }
        let listed = |path: String, states: &[&str]| ReviewFilter {
            path,
            states: states.iter().map(|state| (*state).to_owned()).collect(),
            ..ReviewFilter::default()
        };
        let province = format!("/{}/", id(PROVINCE));
        let district = format!("{province}{}/", id(DISTRICTS[1]));
        for (filter, number) in [
            (listed(province.clone(), &["self_reviewed"]), 2),
            (listed(province.clone(), &["self_reviewed", "awaiting_self_review"]), 18),
            (listed(district.clone(), &["self_reviewed"]), 0),
            (listed(district, &[]), 6),
            (ReviewFilter { level: "good".to_owned(), ..listed(province, &[]) }, 0),
        ] {
            let rows = rollup::listed_reviews(&mut tx, root, id(ROUND), &filter, (100, 0)).await.unwrap();
            assert_eq!(rows.len(), number, "{filter:?}");
        }
    }
}
