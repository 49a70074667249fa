use chrono::DateTime;
use data_encoding::HEXLOWER;
use domain::{EntryId, PersonId, RootId};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::tree::{Edge, Hash, Part, empty_root, fold, is_included, leaf_hash, node_hash, parts, path};
use super::*;

/// MTH of RFC 6962 section 2.1, word for word.
fn by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let middle = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(middle);
            node_hash(&by_definition(left), &by_definition(right))
        }
    }
}

/// PATH of RFC 6962 section 2.1.1, word for word.
fn path_by_definition(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let middle = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(middle);
    let (mut path, sibling) = if index < middle {
        (path_by_definition(index, left), by_definition(right))
    } else {
        (path_by_definition(index - middle, right), by_definition(left))
    };
    path.push(sibling);
    path
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn hex(text: &str) -> Hash {
    HEXLOWER.decode(text.as_bytes()).unwrap().try_into().unwrap()
}

/// Leaves of the tests of the certificate transparency reference implementation.
fn reference_leaves() -> Vec<Hash> {
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        .map(|entry| leaf_hash(&HEXLOWER.decode(entry.as_bytes()).unwrap()))
        .to_vec()
}

const REFERENCE_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn the_tree_has_the_roots_of_the_reference_implementation() {
    let mut edge = Edge::default();
    assert_eq!(edge.root(), hex(REFERENCE_ROOTS[0]));
    for (leaf, root) in reference_leaves().into_iter().zip(&REFERENCE_ROOTS[1..]) {
        edge.push(leaf);
        assert_eq!(edge.root(), hex(root), "size {}", edge.size());
    }
}

#[test]
fn a_proof_of_the_reference_implementation_is_accepted_and_no_other() {
    let proof = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    .map(hex);
    let (leaf, root) = (reference_leaves()[0], hex(REFERENCE_ROOTS[8]));
    assert!(is_included(leaf, 0, 8, &proof, &root));
    assert!(!is_included(leaf, 1, 8, &proof, &root));
    assert!(!is_included(leaf, 0, 4, &proof, &root));
    assert!(!is_included(leaf, 8, 8, &proof, &root));
    assert!(!is_included(leaf, 0, 8, &proof[..2], &root));
    assert!(!is_included(leaf_hash(b"x"), 0, 8, &proof, &root));
}

/// What `integrate` keeps beside each leaf: its hash, and the subtree that ends with it.
fn keep(leaves: &[Hash]) -> Vec<(Hash, Hash)> {
    let mut edge = Edge::default();
    leaves.iter().map(|leaf| (*leaf, edge.push(*leaf))).collect()
}

fn root_from_kept(kept: &[(Hash, Hash)], from: u64, to: u64) -> Hash {
    let at = |seq: u64| kept[usize::try_from(seq).unwrap()];
    let subtrees: Vec<Hash> = parts(from, to)
        .into_iter()
        .map(|part| match part {
            Part::Leaf(seq) => at(seq).0,
            Part::EndingWith(seq) => at(seq).1,
        })
        .collect();
    fold(&subtrees)
}

#[test]
fn every_proof_of_every_small_tree_is_the_defined_one_and_comes_from_what_is_kept() {
    for size in 0..70_usize {
        let leaves = leaves(size);
        let (kept, root) = (keep(&leaves), by_definition(&leaves));
        for index in 0..size {
            let (index_, size_) = (index as u64, size as u64);
            let proof: Vec<Hash> =
                path(index_, size_).into_iter().map(|(from, to)| root_from_kept(&kept, from, to)).collect();
            assert_eq!(proof, path_by_definition(index, &leaves), "leaf {index} of {size}");
            assert!(is_included(leaves[index], index_, size_, &proof, &root));
        }
    }
}

proptest! {
    #[test]
    fn a_tree_that_grew_is_the_defined_one(size in 0..700_usize) {
        let leaves = leaves(size);
        let mut edge = Edge::default();
        for leaf in &leaves {
            edge.push(*leaf);
        }
        prop_assert_eq!(edge.root(), by_definition(&leaves));
    }

    #[test]
    fn a_tree_taken_up_from_what_is_kept_grows_as_if_never_left(before in 0..300_usize, more in 0..40_usize) {
        let leaves = leaves(before + more);
        let kept = keep(&leaves);
        let subtrees = parts(0, before as u64)
            .into_iter()
            .map(|part| match part { Part::Leaf(seq) | Part::EndingWith(seq) => kept[usize::try_from(seq).unwrap()].1 })
            .collect();
        let mut edge = Edge::resume(before as u64, subtrees).unwrap();
        for leaf in &leaves[before..] {
            edge.push(*leaf);
        }
        prop_assert_eq!(edge.root(), by_definition(&leaves));
    }

    #[test]
    fn canonical_json_is_read_back_as_the_same_value(text in ".*", number in -9_007_199_254_740_991_i64..=9_007_199_254_740_991) {
        let value = json!({ &text: [number, text, true, null], "": {} });
        let once = canonical(&value).unwrap();
        prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&once).unwrap(), &value);
    }
}

#[test]
fn an_edge_is_not_taken_up_with_missing_subtrees() {
    assert!(Edge::resume(5, vec![leaf_hash(b"a")]).is_none());
}

#[test]
fn canonical_json_sorts_keys_as_rfc_8785_does() {
    let value = json!({
        "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
        "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
    });
    let text = canonical(&value).unwrap();
    let order: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
        .iter()
        .map(|word| text.find(word).unwrap())
        .collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn canonical_json_escapes_as_rfc_8785_does() {
    let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{8}\t\u{c}\r\u{7f}Đồng chí");
    assert_eq!(canonical(&value).unwrap(), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u{7f}Đồng chí\"");
}

#[test]
fn numbers_that_readers_understand_differently_have_no_canonical_form() {
    for value in [json!(0.5), json!(1e30), json!(9_007_199_254_740_992_i64), json!([u64::MAX])] {
        assert!(matches!(canonical(&value), Err(crate::StoreError::NotCanonical(_))), "{value}");
    }
}

#[test]
fn a_checkpoint_is_read_back_and_belongs_to_one_hierarchy() {
    let (root, other) = (RootId(Uuid::from_u128(7)), RootId(Uuid::from_u128(8)));
    let head = Head { size: 12, root_hash: leaf_hash(b"x") };
    let text = checkpoint(root, &head);
    assert_eq!(text.lines().nth(1), Some("12"));
    assert_eq!(read_checkpoint(root, &text), Some(head));
    assert_eq!(read_checkpoint(root, &format!("{text}\n— key signature\n")), Some(head));
    assert_eq!(read_checkpoint(other, &text), None);
    assert_eq!(read_checkpoint(root, &text.replace("12\n", "zwölf\n")), None);
}

/// An entry with personal text in every place that takes text about people.
fn draft() -> JournalDraft {
    let at = DateTime::from_timestamp(1_672_444_800, 123_456_000).unwrap();
    JournalDraft::new(EntryId(Uuid::from_u128(1)), [7; 32], at, "decision.issued", "decision/1".to_owned())
        .by(PersonId(Uuid::from_u128(2)), None)
        .before(&json!({ "comment": "Nguyễn Văn Mẫu 01" }))
        .unwrap()
        .after(&json!({ "comment": "Nguyễn Văn Mẫu 02", "version": 2 }))
        .unwrap()
        .cites("party-2018-qd132/cap-excellent")
        .why("Đồng chí Mẫu 01 hay nóng tính")
}

#[test]
fn an_entry_has_exactly_this_form_and_holds_no_personal_text() {
    let body = draft().body(RootId(Uuid::from_u128(9))).unwrap();
    insta::assert_snapshot!(body, @r#"{"act":"decision.issued","at":"2022-12-31T00:00:00.123456Z","cites":["party-2018-qd132/cap-excellent"],"id":"00000000-0000-0000-0000-000000000001","object":"decision/1","person":"00000000-0000-0000-0000-000000000002","post_state":"b9f67038f345279c5fcd191e5f0b83110fe0708b66c9101dd47392df40932157","pre":"d9c830c8029057f3de323ace0c89afca315a38debaf94489d3318ac15681a88d","root":"00000000-0000-0000-0000-000000000009","v":1,"why":"bfc3bec1f7a7d7939db42bfdaf9e19ecad7fc7f61ab9bb3e3e6387b55e207aa8"}"#);
}

#[test]
fn the_same_state_with_another_salt_has_another_digest() {
    let state = json!({ "level": "good" });
    assert_ne!(state_digest(&[1; 32], &state).unwrap(), state_digest(&[2; 32], &state).unwrap());
    assert_eq!(state_digest(&[1; 32], &state).unwrap(), state_digest(&[1; 32], &json!({ "level": "good" })).unwrap());
}
