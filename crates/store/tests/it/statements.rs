use std::collections::BTreeSet;

use sqlx::{Executor, SqlSafeStr};

use crate::it::testdb::Raw;

on_both! {
    async fn every_statement_is_prepared(t: &TestDb) {
        let mut raw = t.raw().await;
        let mut problems = Vec::new();
        for statement in store::all_statements() {
            let prepared = match &mut raw {
                Raw::Lite(raw) => raw.prepare(statement.lite.into_sql_str()).await.err(),
                Raw::Pg(raw) => raw.prepare(statement.pg.into_sql_str()).await.err(),
            };
            problems.extend(prepared.map(|error| format!("{}: {error}", statement.name)));
        }
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn every_statement_stays_in_one_hierarchy() {
    let mut problems = Vec::new();
    for statement in store::all_statements().into_iter().filter(|statement| !statement.across) {
        for text in [statement.lite, statement.pg] {
            problems.extend(leaves_hierarchy(text).map(|why| format!("{}: {why}", statement.name)));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// What lets a statement see rows of another hierarchy. Reads words only: enough for statements as we write them.
fn leaves_hierarchy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if let Some(rest) = text.strip_prefix("INSERT INTO ") {
        let first = rest.split('(').nth(1).and_then(|columns| columns.split([',', ')']).next());
        if first != Some("root_id") {
            return Some("its first column is not root_id".to_owned());
        }
        if text.contains("VALUES ($1") {
            return None;
        }
    }
    // Each SELECT, UPDATE and DELETE compares root_id with $1 …
    let questions = words.iter().filter(|word| matches!(word.trim_start_matches('('), "SELECT" | "UPDATE" | "DELETE"));
    let set_clauses = text.matches("DO UPDATE").count() + text.matches("FOR UPDATE").count();
    if text.matches("root_id = $1").count() < questions.count() - set_clauses {
        return Some("a part of it does not compare root_id with $1".to_owned());
    }
    // … and each joined table brings its own.
    let parts: Vec<&str> = text.split(" JOIN ").collect();
    let joins = parts.windows(2).filter(|two| {
        // A CROSS JOIN has no ON: its table is tied in the WHERE clause, by its alias.
        let alias = two[1].split(' ').nth(1).unwrap_or_default();
        let tied = two[0].ends_with(" CROSS") && text.contains(&format!(" {alias}.root_id = "));
        !tied && !two[1].split(" WHERE ").next().unwrap_or_default().contains("root_id = ")
    });
    joins
        .map(|two| two[1])
        .map(|join| format!("JOIN {} does not join root_id", join.split(' ').next().unwrap_or_default()))
        .next()
}

#[test]
fn a_statement_that_leaves_its_hierarchy_is_seen() {
    for text in [
        "SELECT * FROM unit WHERE unit_id = $1",
        "INSERT INTO unit (unit_id, root_id) VALUES ($1, $2)",
        "SELECT * FROM post p CROSS JOIN unit u WHERE p.root_id = $1 AND u.unit_id = p.unit_id",
        "SELECT * FROM post p JOIN unit u ON u.unit_id = p.unit_id WHERE p.root_id = $1",
        "DELETE FROM session WHERE root_id = $1 AND session_hash = (SELECT session_hash FROM session)",
    ] {
        assert!(leaves_hierarchy(text).is_some(), "{text}");
    }
}

#[test]
fn statements_have_names_of_their_own_within_a_file_and_texts_of_their_own_everywhere() {
    let statements = store::all_statements();
    let texts: BTreeSet<&str> = statements.iter().map(|statement| statement.pg).collect();
    assert_eq!(texts.len(), statements.len(), "a statement stands twice");
}

#[test]
fn every_file_with_statements_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(folder.join("lib.rs")).unwrap();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = if path.is_dir() { path.join("mod.rs") } else { path };
        let text = std::fs::read_to_string(text).unwrap();
        if name != "sql" && text.contains("statements! {") {
            assert!(lib.contains(&format!("{name}::STATEMENTS")), "{name}.rs is missing in all_statements()");
        }
    }
}

/// Statements that are meant to go through all rows of a hierarchy in some table.
const READS_ALL: &[&str] = &[
    // Few rows in any hierarchy.
    "CAMPAIGNS",
    "ROUNDS",
    "CANCEL_EARLIER",
    "END_DEAD_SESSIONS",
    "FORGET_INTAKES",
    "FORGET_OWN_INTAKES",
    "FORGET_JOBS",
    "JOBS_OF_PERSON",
    "NEWEST_JOBS",
    "ROOTS",
    "ROOT_BY_ID",
    "ROSTER_VERSION",
    "COUNT_CHANGE",
    "UNDECIDED_REVIEWS",
    "UNITS",
    "UNITS_BELOW",
    "WITHDRAWN",
    "WITHDRAWN_REVIEWS",
    "WAITING_IN_CELL",
    "DELEGATIONS",
    "DIRECTIVES",
    "LEADER_PLACES",
    "SECTORS_ON",
    // The tree, its days included: a few rows for each unit.
    "BEGIN_CHANGED",
    "CARRY_BEGIN",
    "CARRY_END",
    "CARRY_LATER",
    "CARRY_UNITS",
    "END_CHANGED",
    "END_CLOSED",
    "FOUND",
    "FOUNDED_ANEW",
    "OVERWRITE",
    "REOPEN",
    "SUCCESSIONS",
    "TREE_ON",
    // Undecided reviews and lists of the open rounds, asked for when the organisation changes.
    "ITEMS_LEFT_BEHIND",
    "MEMBERS_MISSING",
    "OTHERS_IN_ROUND",
    "SEALED_MEETINGS",
    "SENT_LISTS",
    "STANDS_ELSEWHERE",
    "WAITING_BELOW",
    // The first row of an index, or what waits only for a moment.
    "CLEAR_DELTAS",
    "FOLDED",
    "ONE_PENDING",
    "PENDING",
    "COUNT_WAITING",
    "LAST_LEAF",
    "ONE_WAITING",
    "WAITING",
    // The lines of one page.
    "REVIEWS_LISTED",
    // Every subject of a reported table is compared.
    "CHANGED_SINCE",
    // One row for every cell and campaign.
    "BALLOTS_OF_TELLER",
    "COUNTS_OF_CAMPAIGN",
    "NOTICES_OF_CAMPAIGN",
    "PROPOSED_OF_CAMPAIGN",
    "VERIFICATIONS_OF_CAMPAIGN",
    // Everything is what is asked for.
    "ACCOUNTS",
    "COUNT_BELOW",
    "COUNT_BY_NAME",
    "COUNT_BY_UNIT",
    "FOUND_BY_NAME",
    "HEADS",
    "HOLDERS_OF_TITLE",
    "LAST_DAYS",
    "MEMBERSHIPS_LISTED",
    "MEMBERS_BELOW",
    "MEMBER_COUNTS",
    "MEMBER_COUNTS_OF_MANY",
    "PEOPLE",
    "PEOPLE_NAMED",
    "POSTS",
    "STRAY",
    "UNITS_NAMED",
];

/// A party committee of 20 cells with 20 members each, in its sixth campaign; every cell has met and found faults.
const MANY: &[&str] = &[
    "INSERT INTO unit SELECT $root, randomblob(16), NULL, 'cell', 'CB' || value, 'Chi bộ', 'chi bo', '', '', '', '/1/' || value || '/', NULL, NULL \
     FROM generate(20)",
    "INSERT INTO unit_place SELECT $root, unit_id, '2020-01-01', NULL, NULL, kind, name, path FROM unit",
    "INSERT INTO unit_change SELECT $root, randomblob(16), 'merged', '2022-01-01', '', '', '', randomblob(16), '' FROM unit",
    "INSERT INTO unit_succession SELECT $root, o.unit_id, n.unit_id, change_id FROM unit o, unit n, unit_change WHERE o.unit_id <> n.unit_id",
    "INSERT INTO person SELECT $root, randomblob(16), 'DV' || value, NULL, 'Mẫu', 'mau', 'mau' || value, NULL, 'none', '', '', '', FALSE \
     FROM generate(400)",
    "INSERT INTO membership SELECT $root, randomblob(16), person_id, (SELECT unit_id FROM unit WHERE code = 'CB' || (1 + person.rowid % 20)), \
     'official', '', NULL, '2020-01-01', NULL, '' FROM person",
    "INSERT INTO temporary_activity SELECT $root, randomblob(16), person_id, unit_id, '2022-01-01', NULL, '', person_id, '', 1 FROM membership",
    "INSERT INTO post SELECT $root, randomblob(16), person_id, unit_id, 'secretary', '2020-01-01', NULL FROM membership WHERE rowid % 20 = 0",
    "INSERT INTO account SELECT $root, randomblob(16), person_id, code, '', 'open', 0, NULL, '' FROM person",
    "INSERT INTO session SELECT $root, login, account_id, '', '', '' FROM account",
    "INSERT INTO campaign SELECT $root, randomblob(16), unit_id, '', 2016 + value, '', '', '', '', '', '', '', 'open', unit_id, '', NULL, 'annual' \
     FROM generate(6), (SELECT unit_id FROM unit LIMIT 1)",
    "INSERT INTO review SELECT $root, randomblob(16), campaign_id, 'member', person_id, person_id, membership.unit_id, 'open', 'full', '', '', FALSE, 1 FROM membership, campaign",
    "INSERT INTO campaign_unit SELECT $root, campaign_id, unit.unit_id, campaign_id, unit.parent_id, unit.path, unit.kind, 'waiting', '', 1 FROM unit, campaign",
    "INSERT INTO rollup SELECT $root, round_id, unit_id, 'member', 'full', 'open', value, 1 FROM campaign_unit, generate(5)",
    "INSERT INTO rollup_check SELECT $root, randomblob(16), campaign_id, value, 1, 0, '' FROM campaign, generate(400)",
    "INSERT INTO reported_summary SELECT $root, randomblob(16), campaign_id, unit_id, '', '', unit_id, value FROM campaign_unit, generate(5)",
    "INSERT INTO reported_subject SELECT $root, report_id, review_id, reported_summary.unit_id, '', '' FROM reported_summary JOIN review ON review.campaign_id = round_id AND review.unit_id = reported_summary.unit_id",
    "INSERT INTO self_review_submitted SELECT $root, review_id, 1, '', '', '', person_id, NULL FROM review",
    "INSERT INTO fact SELECT $root, randomblob(16), review_id, '', '', '', person_id, '' FROM review, generate(3)",
    "INSERT INTO opinion SELECT $root, randomblob(16), review_id, '', NULL, '', '', '', person_id, '' FROM review, generate(3)",
    "INSERT INTO meeting SELECT $root, randomblob(16), campaign_id, unit.unit_id, '', '', '', NULL, '', unit.unit_id, '', unit.unit_id, '', '', '', \
     'open', NULL, NULL, 1 FROM unit, campaign",
    "INSERT INTO attendance SELECT $root, meeting_id, person_id, '', '', '', '' FROM meeting JOIN membership USING (unit_id)",
    "INSERT INTO criticism SELECT $root, randomblob(16), meeting_id, review_id, '', '', '', '', NULL, NULL, person_id, '' \
     FROM review JOIN meeting USING (campaign_id, unit_id)",
    "INSERT INTO conclusion SELECT $root, meeting_id, review_id, '', person_id, '' FROM review JOIN meeting USING (campaign_id, unit_id)",
    "INSERT INTO register_number SELECT $root, 'paper/' || value, unit_id, 'notice', 2016 + value, '', value, '', unit_id, '' FROM generate(400), (SELECT unit_id FROM unit LIMIT 1)",
    "INSERT INTO ballot SELECT $root, randomblob(16), meeting_id, '', '', 3, '', unit_id, chair_id, secretary_id, 1 FROM meeting",
    "INSERT INTO ballot_line SELECT $root, ballot_id, row_number() OVER (), review_id \
     FROM ballot JOIN meeting USING (meeting_id) JOIN review USING (campaign_id, unit_id)",
    "INSERT INTO tally_entry SELECT $root, ballot_id, value - 1, 0, 0, 0, 0, 0, 0, 0, 0, '', ballot_id, '' FROM ballot, generate(3)",
    "INSERT INTO tally_count SELECT $root, ballot_id, entry_no, line_no, value, 1 FROM ballot_line JOIN tally_entry USING (ballot_id), generate(5)",
    "INSERT INTO proposal SELECT $root, randomblob(16), campaign_id, unit.unit_id, 'sent', '', '', NULL, NULL, 1, NULL, NULL FROM unit, campaign",
    "INSERT INTO proposal_line SELECT $root, proposal_id, review_id, '', '' FROM proposal JOIN review USING (campaign_id, unit_id)",
    "INSERT INTO decision SELECT $root, randomblob(16), campaign_id, unit_id, 'member', 1, NULL, '', '', '', unit_id, 0, 0, '', NULL, NULL, 1, NULL, NULL FROM campaign",
    "INSERT INTO decision_line SELECT $root, decision_id, review_id, '', '', NULL, '' FROM decision JOIN review USING (campaign_id)",
    "INSERT INTO notice SELECT $root, review_id, decision_id, '', '', '', NULL, '', NULL FROM decision JOIN review USING (campaign_id)",
    "INSERT INTO remediation_item SELECT $root, randomblob(16), review_id, unit_id, '', '', '', person_id, unit_id, '', '', '', NULL, 1, '', 0, '', NULL, NULL, NULL FROM review",
    "INSERT INTO remediation_plan SELECT $root, review_id, '', NULL, NULL, NULL, NULL, '', 1 FROM review",
    "INSERT INTO shortcoming_left SELECT $root, review_id, '', '', unit_id, '' FROM review",
    "INSERT INTO remediation_note SELECT $root, randomblob(16), item_id, '', '', '', owner_id, '' FROM remediation_item",
    "INSERT INTO extension SELECT $root, randomblob(16), 'remediation/' || value, '', '', '', randomblob(16), '' FROM generate(400)",
    "INSERT INTO support_milestone SELECT $root, review_id, 30, '', '', unit_id, '', NULL, NULL FROM review",
    "INSERT INTO petition SELECT $root, randomblob(16), review_id, decision_id, randomblob(16), '', '', randomblob(16), 30, '', '', '', NULL, NULL, 1 FROM decision JOIN review USING (campaign_id)",
    "INSERT INTO redecision SELECT $root, decision_id, review_id, decision_id, '' FROM decision JOIN review USING (campaign_id)",
    "INSERT INTO replaced_notice SELECT $root, review_id, decision_id, '', '', '', NULL, '', NULL FROM decision JOIN review USING (campaign_id)",
    "INSERT INTO substitution SELECT $root, randomblob(16), 'ballot/' || value, 'head', person_id, person_id, '', person_id, '' FROM generate(400), (SELECT person_id FROM person LIMIT 1)",
    "INSERT INTO withdrawal SELECT $root, review_id, '', '', '', '' FROM review",
    "INSERT INTO paper SELECT $root, randomblob(16), '', 'review/' || value, '', '', '', X'', X'', '' FROM generate(400)",
    "INSERT INTO job SELECT $root, randomblob(16), '', '', 'done', 0, 0, '', 1, NULL, randomblob(16), '', NULL FROM generate(400)",
    "INSERT INTO intake SELECT $root, randomblob(16), '', '', '', '', '', randomblob(16), '' FROM generate(5)",
];

#[tokio::test]
async fn no_statement_reads_a_whole_table_by_accident() {
    let t = crate::it::testdb::TestDb::lite().await;
    let mut raw = t.raw().await;
    for text in MANY {
        let text = text.replace("$root", "(SELECT root_id FROM root)");
        let numbers = |n: &str| {
            format!(
                "(WITH RECURSIVE g(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM g WHERE value < {n}) SELECT value FROM g)"
            )
        };
        let text = ["3", "5", "6", "20", "400"]
            .iter()
            .fold(text, |text, n| text.replace(&format!("generate({n})"), &numbers(n)));
        assert!(raw.execute(&text).await.unwrap() > 0, "{text}");
    }
    store::upkeep::analyse(&t.db).await.unwrap();
    let Raw::Lite(mut raw) = t.raw().await else { unreachable!() };
    let mut problems = Vec::new();
    for statement in store::all_statements() {
        let plan = format!("EXPLAIN QUERY PLAN {}", statement.lite);
        let query = (0..20).fold(sqlx::query(sqlx::AssertSqlSafe(plan)), |query, _| query.bind(t.root.0));
        let steps = query.fetch_all(&mut raw).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| sqlx::Row::get(step, "detail")).collect();
        let reads_all = steps.iter().any(|step| step.starts_with("SCAN") || step.ends_with("(root_id=?)"));
        if reads_all && !READS_ALL.contains(&statement.name) {
            problems.push(format!("{}: {}", statement.name, steps.join("; ")));
        }
    }
    assert!(problems.is_empty(), "write an index, or list it in READS_ALL: {problems:#?}");
}

/// A round over 300 cells with 100 members each, every cell with a campaign of its own.
const ROUND_OVER_CELLS: &[&str] = &[
    "INSERT INTO unit SELECT $root, md5('u' || i)::uuid, NULL, 'cell', 'CB' || i, 'Chi bộ', 'chi bo', '', '', '', '/1/' || i || '/', NULL, NULL FROM generate_series(1, 300) i",
    "INSERT INTO campaign SELECT $root, md5('c' || i)::uuid, md5('u' || i)::uuid, '', 2022, '', '', '', '', '', '', '', 'open', $root, now(), md5('c0')::uuid, 'annual' FROM generate_series(0, 300) i",
    "INSERT INTO campaign_unit SELECT $root, md5('c0')::uuid, unit_id, md5('c' || substr(code, 3))::uuid, NULL, path, kind, 'waiting', '', 1 FROM unit",
    "INSERT INTO person SELECT $root, md5('p' || i)::uuid, 'DV' || i, NULL, 'Mẫu', 'mau', 'mau' || i, NULL, 'none', '', '', '', FALSE FROM generate_series(1, 30000) i",
    "INSERT INTO review SELECT $root, md5('r' || i)::uuid, md5('c' || 1 + i % 300)::uuid, 'member', md5('p' || i)::uuid, md5('p' || i)::uuid, md5('u' || 1 + i % 300)::uuid, \
     'proposed', 'review_and_classify', '', '', FALSE, 1 FROM generate_series(1, 30000) i",
    "ANALYZE",
];

#[tokio::test]
async fn postgresql_stops_when_a_page_of_reviews_is_full() {
    let Some(t) = crate::it::testdb::TestDb::pg().await else { return };
    let Raw::Pg(mut raw) = t.raw().await else { unreachable!() };
    for text in ROUND_OVER_CELLS {
        let text = text.replace("$root", &format!("'{}'::uuid", t.root));
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut raw).await.unwrap();
    }
    let listed = store::all_statements().into_iter().find(|statement| statement.name == "REVIEWS_LISTED").unwrap();
    let prepare = format!("PREPARE listed AS {}", listed.pg);
    sqlx::raw_sql(sqlx::AssertSqlSafe(prepare)).execute(&mut raw).await.unwrap();
    for (obligations, states) in [("", ""), ("/review_and_classify/review_only/", "/proposed/decided/")] {
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let set = format!("SET plan_cache_mode = {mode}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(&mut raw).await.unwrap();
            let explain = format!(
                "EXPLAIN EXECUTE listed('{}', md5('c0')::uuid, '/1/', 'member', '{obligations}', '{states}', '', '', 101, 0)",
                t.root
            );
            let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(explain)).fetch_all(&mut raw).await.unwrap();
            let plan = plan.join("\n");
            assert!(plan.contains("Incremental Sort"), "{obligations} {states} {mode}: {plan}");
        }
    }
    drop(raw);
    t.finish().await;
}
