//! Every finding on a page leads to its rule in the book, and the rule is there.

use std::collections::{BTreeMap, BTreeSet};

use application::demo::Play;
use axum::http::StatusCode;

use crate::house::{Browser, CLERK, House, Page};
use crate::rule_book::{after, ids, no_word_is_missing};

/// Documents seen so far with their anchors, and the anchors that were followed.
#[derive(Default)]
struct Followed {
    documents: BTreeMap<String, BTreeSet<String>>,
    anchors: BTreeSet<String>,
}

impl Followed {
    /// Follows every link of a page into a rule book.
    async fn links_of(&mut self, page: &Page, path: &str, browser: &mut Browser) {
        no_word_is_missing(page, path);
        for link in
            after(&page.text, "href=\"").filter(|link| link.contains("quy-dinh/") || link.contains("/quy-dinh#"))
        {
            let (document, anchor) = link.split_once('#').unwrap_or((link, ""));
            if !self.documents.contains_key(document) {
                let book = browser.get(document).await;
                assert_eq!(book.status, StatusCode::OK, "{path} refers to {document}");
                self.documents.insert(document.to_owned(), ids(&book).into_iter().map(str::to_owned).collect());
            }
            assert!(anchor.is_empty() || self.documents[document].contains(anchor), "{path} refers to {link}");
            self.anchors.insert(anchor.to_owned());
        }
        let reasons = page.text.matches(" class=\"code\" href=\"/quy-dinh/").count();
        let refused = page.text.matches("quy định không cho phép, vì:").count();
        assert!(reasons >= refused, "{path}: {refused} levels refused with {reasons} reasons");
    }

    async fn pages(&mut self, paths: &[String], browser: &mut Browser) {
        for path in paths {
            let page = browser.get(path).await;
            self.links_of(&page, path, browser).await;
        }
    }

    fn has(&self, kind: &str) -> usize {
        self.anchors.iter().filter(|anchor| anchor.starts_with(kind)).count()
    }
}

/// A cell in each state; the secretary's login of each.
const CELLS: [(&str, &str); 3] = [("CB-T1", "bithu.thon1"), ("CB-CQ", "bithu.coquan"), ("CB-TH", "bithu.truong")];

/// Pages of a cell on which the rules give reasons, and the pages of its people.
async fn of_cell(play: &Play, cell: &str) -> Vec<String> {
    let place = format!("{}/{}", play.campaign, play.cells[cell]);
    let mut paths = vec![format!("/dot/{place}"), format!("/de-xuat/{place}")];
    for (review, _) in play.reviews(cell).await.unwrap() {
        paths.push(format!("/ho-so/{}", review.review_id));
        paths.push(format!("/ho-so/{}/thu?value-disciplined_in_year=true", review.review_id));
    }
    paths
}

#[tokio::test]
async fn every_reason_on_cases_registers_proposals_and_the_decision_leads_to_its_rule() {
    let (house, play) = House::demo().await;
    let mut followed = Followed::default();
    for (cell, login) in CELLS {
        let mut head = house.sign_in(login).await;
        followed.pages(&of_cell(&play, cell).await, &mut head).await;
    }
    let mut secretary = house.sign_in("bithu").await;
    let campaign = play.campaign;
    let mut paths = vec![
        format!("/dot/{campaign}"),
        format!("/dot/{campaign}/quy-dinh"),
        format!("/quyet-dinh/{campaign}"),
        format!("/tong-hop/{campaign}/{}", play.base),
    ];
    for cell in play.cells.values() {
        paths.extend([format!("/dot/{campaign}/{cell}"), format!("/de-xuat/{campaign}/{cell}")]);
    }
    followed.pages(&paths, &mut secretary).await;
    assert!(followed.has("RULE-") > 5 && followed.has("QUOTA-") > 0, "{:?}", followed.anchors);
}

const PAGE: &str = "/kiem-tra-bang";
const PUBLISHED: &[u8] = include_bytes!("../../../../examples/published-results.csv");
/// Sample tables with what is said beside the file: period, kind, subject.
const TABLES: [(&[u8], [&str; 3]); 4] = [
    (include_bytes!("../../../application/tests/tables/members-plain.csv"), ["2022", "person", "member"]),
    (include_bytes!("../../../application/tests/tables/organisations.csv"), ["2022", "unit", "organization"]),
    (include_bytes!("../../../application/tests/tables/collectives.csv"), ["2022", "unit", "collective"]),
    (include_bytes!("../../../application/tests/tables/points.csv"), ["2025", "person", "member"]),
];

#[tokio::test]
async fn every_finding_about_a_published_table_or_a_list_leads_to_its_rule() {
    let house = House::new().await;
    let mut clerk = house.sign_in(CLERK).await;
    let mut followed = Followed::default();
    let page = clerk.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "page")]).await;
    followed.links_of(&page, PAGE, &mut clerk).await;
    let caps = followed.has("QUOTA-");
    assert!(caps > 0, "{:?}", followed.anchors);
    for (table, [period, kind, subject]) in TABLES {
        let sent = clerk.upload(PAGE, "file", "bang.csv", table, &[("ky", period), ("loai", kind)]).await;
        let place = sent.location().expect(period).split('?').next().unwrap().to_owned();
        let said = [("ky", period), ("loai", kind), ("doi-tuong", subject), ("muc", "decided")];
        let ordered = clerk.post(&place, &said).await;
        assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{period} {subject}: {}", ordered.text);
        assert!(application::jobs::run_one(&house.app).await.unwrap());
        let job = ordered.location().unwrap();
        let page = clerk.get(job).await;
        assert!(page.text.contains(" class=\"code\" href=\"/quy-dinh/"), "{period} {subject}: {}", page.text);
        followed.links_of(&page, job, &mut clerk).await;
        let file = clerk.get(&format!("{job}/html")).await;
        assert!(
            !file.text.contains("/quy-dinh/") && file.text.contains("RULE-"),
            "a page that is sent around has no links"
        );
    }
    assert!(followed.documents.len() > 2, "of several books: {:?}", followed.documents.keys());
    assert!(followed.has("RULE-") > 5 && followed.has("QUOTA-") > caps, "{:?}", followed.anchors);
}
