use std::time::Duration;

use sqlx::Connection as _;

use domain::EntryId;
use store::journal::tree::{Hash, is_included, leaf_hash, node_hash};
use store::journal::{
    BadEntry, Head, JournalReport, Record, What, checkpoint, export, head, head_as_of, inclusion_proof, integrate,
    read_checkpoint, verify, verify_export,
};
use uuid::Uuid;

use crate::it::commit::draft;
use crate::it::testdb::{Raw, TestDb};

/// One act after the other, numbered at once, so that entry `n` has number `n - 1`.
async fn fill(t: &TestDb, count: u128) {
    for n in 1..=count {
        act(t, n).await;
        integrate(&t.db, t.root).await.unwrap();
    }
}

async fn act(t: &TestDb, n: u128) {
    let tx = t.db.begin(t.root).await.unwrap();
    tx.commit(Record::of(draft(n).after(&format!("state {n}")).unwrap())).await.unwrap();
}

fn entry(n: u128) -> EntryId {
    EntryId(Uuid::from_u128(n))
}

fn bad(seq: u64, entry: EntryId, what: What) -> BadEntry {
    BadEntry { seq: Some(seq), entry: Some(entry), what }
}

/// The identifier as the engine's own language writes it.
fn literal(raw: &Raw, n: u128) -> String {
    match raw {
        Raw::Lite(_) => format!("X'{n:032X}'"),
        Raw::Pg(_) => format!("'{}'", Uuid::from_u128(n)),
    }
}

fn by_definition(leaves: &[Hash]) -> Hash {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    node_hash(&by_definition(left), &by_definition(right))
}

async fn report(t: &TestDb) -> JournalReport {
    verify(&t.db, t.root, &[]).await.unwrap()
}

/// Fills a journal with six entries, lets the administrator do `harm`, and says which entry is named.
async fn after_harm(t: &TestDb, harm: &[String]) -> Option<BadEntry> {
    let mut raw = t.raw().await;
    for statement in harm {
        assert!(raw.execute(statement).await.unwrap() > 0, "nothing was harmed: {statement}");
    }
    report(t).await.first_bad
}

/// Changes one character of a stored hash.
fn other_hash(column: &str) -> String {
    format!("{column} = CASE WHEN substr({column}, 1, 1) = 'a' THEN 'b' ELSE 'a' END || substr({column}, 2)")
}

on_both! {
    async fn an_empty_journal_is_good(t: &TestDb) {
        let report = report(t).await;
        assert_eq!((report.head.size, report.waiting, report.first_bad), (0, 0, None));
        assert_eq!(integrate(&t.db, t.root).await.unwrap(), report.head);
    }

    async fn entries_wait_until_they_are_numbered_and_then_make_the_defined_tree(t: &TestDb) {
        for n in 1..=5 {
            act(t, n).await;
        }
        assert_eq!(report(t).await.waiting, 5);
        let head = integrate(&t.db, t.root).await.unwrap();
        let bodies = t.raw().await.texts("SELECT body FROM journal_entry ORDER BY entry_id").await;
        let leaves: Vec<Hash> = bodies.iter().map(|body| leaf_hash(body.as_bytes())).collect();
        assert_eq!(head, Head { size: 5, root_hash: by_definition(&leaves) });
        let report = report(t).await;
        assert_eq!((report.head, report.waiting, report.first_bad), (head, 0, None));
        assert_eq!(integrate(&t.db, t.root).await.unwrap(), head, "again: nothing changes");
    }

    async fn more_entries_than_one_batch_are_numbered(t: &TestDb) {
        let mut record = Record::of(draft(1));
        for n in 2..=2_300 {
            record = record.and(draft(n));
        }
        t.db.begin(t.root).await.unwrap().commit(record).await.unwrap();
        assert_eq!(integrate(&t.db, t.root).await.unwrap().size, 2_300);
        assert_eq!(report(t).await.first_bad, None);
    }

    async fn an_integration_cut_off_anywhere_is_simply_repeated(t: &TestDb) {
        let mut record = Record::of(draft(1));
        for n in 2..=40 {
            record = record.and(draft(n));
        }
        t.db.begin(t.root).await.unwrap().commit(record).await.unwrap();
        let mut cut = 0;
        for step in 0..60_u64 {
            let patience = Duration::from_micros(step * 250);
            cut += i32::from(tokio::time::timeout(patience, integrate(&t.db, t.root)).await.is_err());
            let report = report(t).await;
            assert_eq!(report.first_bad, None);
            assert!(matches!((report.head.size, report.waiting), (0, 40) | (40, 0)), "half of a batch: {report:?}");
        }
        assert!(cut > 0, "nothing was cut off");
        assert_eq!(integrate(&t.db, t.root).await.unwrap().size, 40);
        assert_eq!(report(t).await.first_bad, None);
    }

    async fn two_integrators_at_once_number_every_entry_once(t: &TestDb) {
        for round in 0..10 {
            for n in 1..=5 {
                act(t, round * 5 + n).await;
            }
            let (a, b) = tokio::join!(integrate(&t.db, t.root), integrate(&t.db, t.root));
            assert_eq!(a.unwrap().size, b.unwrap().size);
        }
        let report = report(t).await;
        assert_eq!((report.head.size, report.waiting, report.first_bad), (50, 0, None));
    }

    async fn one_changed_byte_of_an_entry_is_named(t: &TestDb) {
        fill(t, 6).await;
        let harm = "UPDATE journal_entry SET body = replace(body, 'unit/4', 'unit/3') WHERE body LIKE '%unit/4%'".to_owned();
        let found = after_harm(t, &[harm]).await;
        assert_eq!(found, Some(bad(3, entry(4), What::EntryChanged)));
    }

    async fn an_entry_that_says_the_same_in_other_bytes_is_named(t: &TestDb) {
        fill(t, 6).await;
        let harm = "UPDATE journal_entry SET body = body || ' ' WHERE body LIKE '%unit/4%'".to_owned();
        let found = after_harm(t, &[harm]).await;
        assert_eq!(found, Some(bad(3, entry(4), What::EntryChanged)));
    }

    async fn an_entry_changed_together_with_its_leaf_is_named(t: &TestDb) {
        fill(t, 6).await;
        let mut raw = t.raw().await;
        let body = raw.texts("SELECT body FROM journal_entry WHERE body LIKE '%unit/4%'").await.remove(0);
        let forged = body.replace("unit.added", "unit.closed");
        let leaf = data_encoding::HEXLOWER.encode(&leaf_hash(forged.as_bytes()));
        let found = after_harm(t, &[
            format!("UPDATE journal_entry SET body = '{forged}' WHERE body LIKE '%unit/4%'"),
            format!("UPDATE journal_leaf SET leaf_hash = '{leaf}' WHERE seq = 3"),
        ]).await;
        assert_eq!(found, Some(bad(3, entry(4), What::TreeChanged)));
    }

    async fn a_changed_leaf_root_or_node_is_named(t: &TestDb) {
        fill(t, 6).await;
        for (column, what) in [
            ("node_hash", What::NodeChanged), ("tree_hash", What::TreeChanged), ("leaf_hash", What::LeafChanged),
        ] {
            let mut raw = t.raw().await;
            let old = raw.texts(&format!("SELECT {column} FROM journal_leaf WHERE seq = 4")).await.remove(0);
            let found = after_harm(t, &[format!("UPDATE journal_leaf SET {} WHERE seq = 4", other_hash(column))]).await;
            assert_eq!(found, Some(bad(4, entry(5), what)));
            assert_eq!(after_harm(t, &[format!("UPDATE journal_leaf SET {column} = '{old}' WHERE seq = 4")]).await, None);
        }
    }

    async fn a_removed_entry_is_named(t: &TestDb) {
        fill(t, 6).await;
        let found = after_harm(t, &["DELETE FROM journal_entry WHERE body LIKE '%unit/3%'".to_owned()]).await;
        assert_eq!(found, Some(bad(2, entry(3), What::EntryRemoved)));
    }

    async fn an_entry_removed_with_its_leaf_is_named_by_its_number(t: &TestDb) {
        fill(t, 6).await;
        let found = after_harm(t, &[
            "DELETE FROM journal_entry WHERE body LIKE '%unit/3%'".to_owned(),
            "DELETE FROM journal_leaf WHERE seq = 2".to_owned(),
        ]).await;
        assert_eq!(found, Some(BadEntry { seq: Some(2), entry: None, what: What::LeafRemoved }));
    }

    async fn an_entry_removed_without_a_gap_is_named_by_its_successor(t: &TestDb) {
        fill(t, 6).await;
        let mut harm = vec![
            "DELETE FROM journal_entry WHERE body LIKE '%unit/3%'".to_owned(),
            "DELETE FROM journal_leaf WHERE seq = 2".to_owned(),
        ];
        harm.extend((3..6).map(|seq| format!("UPDATE journal_leaf SET seq = {seq} - 1 WHERE seq = {seq}")));
        let found = after_harm(t, &harm).await;
        assert_eq!(found, Some(bad(2, entry(4), What::TreeChanged)));
    }

    async fn an_entry_put_in_between_is_named(t: &TestDb) {
        fill(t, 6).await;
        let mut raw = t.raw().await;
        let body = raw.texts("SELECT body FROM journal_entry WHERE body LIKE '%unit/3%'").await.remove(0);
        let forged = body.replace(&Uuid::from_u128(3).to_string(), &Uuid::from_u128(99).to_string());
        let leaf = data_encoding::HEXLOWER.encode(&leaf_hash(forged.as_bytes()));
        let (root, id) = (literal(&raw, t.root.0.as_u128()), literal(&raw, 99));
        let mut harm: Vec<String> =
            (3..6).rev().map(|seq| format!("UPDATE journal_leaf SET seq = {seq} + 1 WHERE seq = {seq}")).collect();
        harm.push(format!("INSERT INTO journal_entry VALUES ({root}, {id}, '{forged}')"));
        harm.push(format!(
            "INSERT INTO journal_leaf (root_id, seq, entry_id, leaf_hash, tree_hash, node_hash) \
             SELECT root_id, 3, {id}, '{leaf}', tree_hash, node_hash FROM journal_leaf WHERE seq = 2"
        ));
        let found = after_harm(t, &harm).await;
        assert_eq!(found, Some(bad(3, entry(99), What::TreeChanged)));
    }

    async fn an_entry_that_came_past_every_act_is_named(t: &TestDb) {
        fill(t, 2).await;
        let raw = t.raw().await;
        let (root, id) = (literal(&raw, t.root.0.as_u128()), literal(&raw, 99));
        let found = after_harm(t, &[format!("INSERT INTO journal_entry VALUES ({root}, {id}, '{{}}')")]).await;
        assert_eq!(found, Some(BadEntry { seq: None, entry: Some(entry(99)), what: What::Stray }));
    }

    async fn a_journal_that_was_cut_off_is_found_by_a_checkpoint_kept_elsewhere(t: &TestDb) {
        fill(t, 6).await;
        let text = checkpoint(t.root, &head(&t.db, t.root).await.unwrap());
        let known = read_checkpoint(t.root, &text).unwrap();
        assert_eq!(verify(&t.db, t.root, &[known]).await.unwrap().first_bad, None);
        let harm = ["DELETE FROM journal_leaf WHERE seq = 5".to_owned(), "DELETE FROM journal_entry WHERE body LIKE '%unit/6%'".to_owned()];
        assert_eq!(after_harm(t, &harm).await, None, "nothing inside shows it");
        let found = verify(&t.db, t.root, &[known]).await.unwrap().first_bad;
        assert_eq!(found, Some(BadEntry { seq: Some(5), entry: None, what: What::CutOff }));
        act(t, 7).await;
        integrate(&t.db, t.root).await.unwrap();
        let found = verify(&t.db, t.root, &[known]).await.unwrap().first_bad;
        assert_eq!(found, Some(bad(5, entry(7), What::NotAsCheckpoint)));
    }

    async fn erasing_a_salt_leaves_the_journal_good(t: &TestDb) {
        fill(t, 3).await;
        assert_eq!(t.raw().await.execute("DELETE FROM journal_salt").await.unwrap(), 3);
        assert_eq!(report(t).await.first_bad, None);
    }

    async fn every_entry_can_be_proved_against_every_later_head(t: &TestDb) {
        let mut heads = Vec::new();
        for n in 1..=9 {
            act(t, n).await;
            heads.push(integrate(&t.db, t.root).await.unwrap());
        }
        let bodies = t.raw().await.texts("SELECT body FROM journal_entry ORDER BY entry_id").await;
        for head in &heads {
            for (at, body) in bodies.iter().enumerate() {
                let id = EntryId(Uuid::from_u128(at as u128 + 1));
                let proof = inclusion_proof(&t.db, t.root, id, head).await.unwrap();
                let Some((index, proof)) = proof else {
                    assert!(at as u64 >= head.size);
                    continue;
                };
                assert!(is_included(leaf_hash(body.as_bytes()), index, head.size, &proof, &head.root_hash));
            }
        }
        let nobody = EntryId(Uuid::from_u128(77));
        assert_eq!(inclusion_proof(&t.db, t.root, nobody, &heads[8]).await.unwrap(), None);
    }

    async fn the_head_of_a_past_moment_stays_the_same_however_much_follows(t: &TestDb) {
        let moment = |second: i64| chrono::DateTime::from_timestamp(second, 0).unwrap();
        let made_at = |second: u128| (second * 1_000) << 80;
        let mut heads = Vec::new();
        for second in 1..=4 {
            act(t, made_at(second)).await;
            heads.push(integrate(&t.db, t.root).await.unwrap());
        }
        let mut reader = t.db.read(t.root).await.unwrap();
        assert_eq!(head_as_of(&mut reader, t.root, moment(0)).await.unwrap(), None);
        assert_eq!(head_as_of(&mut reader, t.root, moment(2)).await.unwrap(), Some(heads[1]));
        assert_eq!(head_as_of(&mut reader, t.root, moment(9)).await.unwrap(), Some(heads[3]));
    }

    async fn an_exported_journal_is_verified_without_the_database(t: &TestDb) {
        fill(t, 7).await;
        act(t, 8).await;
        let mut file = Vec::new();
        let head = export(&t.db, t.root, &mut file).await.unwrap();
        let report = verify_export(file.as_slice(), &[head]).unwrap();
        assert_eq!((report.root, report.head, report.first_bad), (Some(t.root), head, None));
        assert_eq!(head.size, 7, "what waits is not exported");
    }
}

#[tokio::test]
async fn every_changed_byte_of_an_exported_journal_is_found_in_its_line() {
    let t = TestDb::lite().await;
    fill(&t, 4).await;
    let mut file = Vec::new();
    let head = export(&t.db, t.root, &mut file).await.unwrap();
    for place in 0..file.len() {
        let mut forged = file.clone();
        forged[place] ^= 1;
        let line = file[..place].split(|byte| *byte == b'\n').count() as u64 - 1;
        let found = verify_export(forged.as_slice(), &[head]).unwrap().first_bad.unwrap();
        assert_eq!(found.seq, Some(line), "byte {place}");
    }
}

#[tokio::test]
async fn a_line_removed_doubled_or_moved_in_an_exported_journal_is_named() {
    let t = TestDb::lite().await;
    fill(&t, 5).await;
    let mut file = Vec::new();
    let head = export(&t.db, t.root, &mut file).await.unwrap();
    let text = String::from_utf8(file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let found = |lines: &[&str]| verify_export(lines.join("\n").as_bytes(), &[head]).unwrap().first_bad.unwrap();
    assert_eq!(found(&[lines[0], lines[1], lines[3], lines[4]]).seq, Some(2));
    assert_eq!(found(&[lines[0], lines[1], lines[1], lines[2], lines[3], lines[4]]).seq, Some(2));
    assert_eq!(found(&[lines[0], lines[2], lines[1], lines[3], lines[4]]).seq, Some(1));
    assert_eq!(found(&lines[..4]), BadEntry { seq: Some(4), entry: None, what: What::CutOff });
    assert_eq!(found(&["", lines[0]]).what, What::Unreadable);
}

#[tokio::test]
async fn sqlite_itself_refuses_to_change_the_journal() {
    let t = TestDb::lite().await;
    fill(&t, 1).await;
    let mut raw = Raw::Lite(sqlx::SqliteConnection::connect(&t.url()).await.unwrap());
    for statement in [
        "UPDATE journal_entry SET body = ''",
        "DELETE FROM journal_entry",
        "UPDATE journal_leaf SET seq = 7",
        "DELETE FROM journal_leaf",
    ] {
        let refused = raw.execute(statement).await.unwrap_err().to_string();
        assert!(refused.contains("journal"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn on_postgresql_the_program_needs_no_right_to_change_the_journal() {
    let Some(t) = TestDb::pg().await else { return };
    let role = format!("guong_app_{}", std::process::id());
    let mut owner = t.raw().await;
    // The statements of docs/how-to/postgresql.md.
    for statement in [
        format!("CREATE ROLE {role} LOGIN"),
        format!("GRANT USAGE ON SCHEMA public TO {role}"),
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
        format!("REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry, journal_leaf FROM {role}"),
    ] {
        owner.execute(&statement).await.unwrap();
    }
    let (_, address) = t.url().split_once('@').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let url = format!("postgres://{role}@{address}");
    let db = store::Db::connect(&url).await.unwrap();
    db.begin(t.root).await.unwrap().commit(Record::of(draft(1))).await.unwrap();
    assert_eq!(integrate(&db, t.root).await.unwrap().size, 1);

    let mut raw = Raw::Pg(sqlx::PgConnection::connect(&url).await.unwrap());
    for statement in ["UPDATE journal_entry SET body = ''", "DELETE FROM journal_leaf", "TRUNCATE journal_leaf"] {
        let refused = raw.execute(statement).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{statement}: {refused}");
    }
    drop(raw);
    db.close().await;
    owner.execute(&format!("DROP OWNED BY {role}")).await.unwrap();
    owner.execute(&format!("DROP ROLE {role}")).await.unwrap();
    t.finish().await;
}
