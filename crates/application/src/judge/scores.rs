//! Phiếu chấm điểm as it is typed: fields of the page into marks, by the frame of the rule book.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::form::{Content, Form};
use domain::scoring::ScoreRole;
use rules::book::{PointFrame, ResultsMethod};
use rules::language::Language;
use rules::score::{GeneralMarks, Mark, Product, ProductMarks, ResultMarks, Score, ScoreSheet, ShareMark};
use rules::{Book, Rational, Settings};
use store::Conn;

use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};

/// Fields of a sheet as typed: `frame`, `general` or `mark-<criterion>` with `grounds-<criterion>`, then `part-<id>`, `share-<id>` or, for each
/// product n, `name-n`, `kind-n`, `composite-n`, `weight-n`, `<component>-n`, `done-n`, `time-n`, `above-n`, `key-n`, `quality-n`.
pub(crate) type Fields = BTreeMap<String, String>;

/// The frames by which a kind of subject is scored; none where the book goes by grades.
pub(crate) fn frames<'a>(book: &'a Book, subject: &str) -> Vec<&'a PointFrame> {
    book.points.frames_of(subject)
}

/// The frame a sheet names, else the first one.
pub(crate) fn frame_of<'a>(book: &'a Book, subject: &str, fields: &Fields) -> Option<&'a PointFrame> {
    let frames = frames(book, subject);
    let named = fields.get("frame").map(String::as_str).unwrap_or_default();
    frames.iter().find(|frame| frame.id == named).or(frames.first()).copied()
}

/// Reckons a sheet as typed.
///
/// # Errors
/// `SCORE-001` at each field that is no number.
pub(crate) fn reckon(
    book: &Book,
    frame: &PointFrame,
    settings: &Settings,
    fields: &Fields,
) -> std::result::Result<Score, Vec<Refusal>> {
    let mut typed = Typed { fields, faults: Vec::new() };
    let general = typed.general(frame);
    let results = typed.results(book, frame);
    let bonus = typed.number("bonus").unwrap_or(Rational::ZERO);
    if !typed.faults.is_empty() {
        return Err(typed.faults);
    }
    Ok(book.score(&ScoreSheet { frame: frame.id.clone(), general, results, bonus }, settings))
}

struct Typed<'a> {
    fields: &'a Fields,
    faults: Vec<Refusal>,
}

impl Typed<'_> {
    fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    /// A number, where something is typed.
    fn number(&mut self, name: &str) -> Option<Rational> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let number = Rational::parse_decimal(text);
        if number.is_none() {
            self.faults.push(Refusal::new("SCORE-001").with("value", text).at(name));
        }
        number
    }

    /// A whole number, where something is typed.
    fn whole(&mut self, name: &str) -> Option<i64> {
        let number = self.number(name)?;
        let whole = number.is_whole().then(|| i64::try_from(number.numerator()).ok()).flatten();
        if whole.is_none() {
            self.faults.push(Refusal::new("SCORE-005").with("value", self.text(name)).at(name));
        }
        whole
    }

    /// Yes or no, where one is chosen.
    fn truth(&self, name: &str) -> Option<bool> {
        match self.text(name) {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn general(&mut self, frame: &PointFrame) -> GeneralMarks {
        let criteria: Vec<&str> =
            frame.groups.iter().flat_map(|group| &group.criteria).map(|one| one.id.as_str()).collect();
        if criteria.is_empty() {
            return GeneralMarks::Sum(self.number("general").unwrap_or(Rational::ZERO));
        }
        let mut marks = BTreeMap::new();
        for id in criteria {
            let has_grounds = !self.text(&format!("grounds-{id}")).is_empty();
            if let Some(points) = self.number(&format!("mark-{id}")) {
                marks.insert(id.to_owned(), Mark { points, has_grounds });
            }
        }
        GeneralMarks::PerCriterion(marks)
    }

    fn results(&mut self, book: &Book, frame: &PointFrame) -> ResultMarks {
        match &frame.method {
            ResultsMethod::Parts(parts) => {
                let part = |part: &rules::book::points::ResultPart| {
                    Some((part.id.clone(), self.number(&format!("part-{}", part.id))?))
                };
                ResultMarks::Parts(parts.iter().filter_map(part).collect())
            }
            ResultsMethod::Shares(rules) => {
                let share = |share: &rules::book::points::Share| {
                    let percent = self.number(&format!("share-{}", share.id))?;
                    Some((share.id.clone(), ShareMark::Percent(percent)))
                };
                ResultMarks::Shares(rules.shares.iter().filter_map(share).collect())
            }
            ResultsMethod::Products(_) => ResultMarks::Products(self.products(book)),
        }
    }

    fn products(&mut self, book: &Book) -> ProductMarks {
        let component_set = self.text("set").to_owned();
        let set = book.points.component_set(&component_set);
        let components: Vec<String> =
            set.into_iter().flat_map(|set| &set.components).map(|one| one.id.clone()).collect();
        let moved = components.iter().filter_map(|id| Some((id.clone(), self.number(&moved_field(id))?)));
        let component_weights: BTreeMap<String, Rational> = moved.collect();
        let products = (1..=MOST_PRODUCTS).filter_map(|at| self.product(at, &components)).collect();
        ProductMarks { more_approved: self.truth("approved") == Some(true), component_set, component_weights, products }
    }

    /// A product of which anything is typed; one without points is told where they belong.
    fn product(&mut self, at: usize, components: &[String]) -> Option<Product> {
        let (name, weight) = (self.text(&format!("name-{at}")).to_owned(), self.number(&format!("weight-{at}")));
        let others = ["kind", "composite", "done", "time", "above", "key", "quality"].into_iter();
        let others = others.chain(components.iter().map(String::as_str));
        let typed = |field: &str| !self.text(&format!("{field}-{at}")).is_empty();
        if name.is_empty() && weight.is_none() && !others.into_iter().any(typed) {
            return None;
        }
        let kind = self.text(&format!("kind-{at}")).to_owned();
        let mut marks = BTreeMap::new();
        for id in components {
            marks.extend(self.number(&format!("{id}-{at}")).map(|percent| (id.clone(), percent)));
        }
        Some(Product {
            name: if name.is_empty() { at.to_string() } else { name },
            kind: (!kind.is_empty()).then_some(kind),
            is_composite: self.truth(&format!("composite-{at}")) == Some(true),
            weight: weight.unwrap_or(Rational::ZERO),
            components: marks,
            is_done: self.truth(&format!("done-{at}")),
            is_on_time: self.truth(&format!("time-{at}")),
            is_above_standard: self.truth(&format!("above-{at}")),
            is_key: self.truth(&format!("key-{at}")) == Some(true),
            quality: self.whole(&format!("quality-{at}")),
        })
    }
}

/// Field of a weight that was moved away from the set.
pub(crate) fn moved_field(component: &str) -> String {
    format!("moved-{component}")
}

/// Field that says where moved weights were announced.
pub(crate) const MOVED_BASIS: &str = "moved-basis";
/// Field of the grounds for a verified total that differs from the subject's own.
pub(crate) const DIFFERENCE_GROUNDS: &str = "difference-grounds";

/// Whether two totals are so far apart that the book asks for written grounds.
pub(crate) fn needs_grounds(book: &Book, own: Rational, verified: Rational) -> Option<Rational> {
    let most = book.points.grounds_difference?;
    let apart = own.checked_sub(verified)?;
    let apart = if apart < Rational::ZERO { apart.checked_neg()? } else { apart };
    (apart >= most).then_some(most)
}

/// The refusal of a verified total without them, with the source of the rule that asks for them.
pub(crate) fn without_grounds(book: &Book, most: Rational, field: &str) -> Refusal {
    let refusal = Refusal::new("SCORE-003").with("n", most.to_decimal(0)).at(field);
    match book.rule(DIFFERS) {
        Some(rule) => refusal.citing(super::cited(&rule.citation)),
        None => refusal,
    }
}

/// Rule of a book that speaks of it.
const DIFFERS: &str = "verified-score-differs";
/// Fact that keeps what the subject gave itself beside what was verified.
pub(crate) const SELF_SCORE: &str = "self_score";

/// Takes the points of the subject's own sheet into the form it writes, where there is a sheet; says whether there is.
pub(crate) async fn onto_form(
    app: &App,
    conn: &mut Conn,
    loaded: &Loaded,
    form: &Form,
    content: &mut Content,
) -> Result<bool> {
    let sheets = store::review::score_sheets(conn, loaded.review.root_id, loaded.review.review_id).await?;
    let Some(own) = sheets.iter().rfind(|sheet| sheet.role == ScoreRole::Own.word()) else { return Ok(false) };
    let book = super::book_of(app, &loaded.campaign)?;
    let fields: Fields = serde_json::from_str(&own.content)?;
    let settings = super::settings_of(book, &loaded.campaign.settings)?;
    let Some(frame) = frame_of(book, loaded.subject.word(), &fields) else { return Ok(false) };
    let score = reckon(book, frame, &settings, &fields).map_err(Error::Refused)?;
    let Some(totals) = score.totals else { return Ok(false) };
    let (general, total) = (totals.general.rounded, totals.total.rounded);
    for field in form.sections.iter().flat_map(|section| &section.fields) {
        let points = match field.from_score.as_str() {
            "general" => Some(general),
            // What the results add to the total, so that the paper adds up however the sheet was rounded.
            "results" => total.checked_sub(general),
            "total" => Some(total),
            _ => None,
        };
        if let Some(points) = points {
            content.insert(
                field.id.clone(),
                Language::Vietnamese.decimal(points, 2).trim_end_matches('0').trim_end_matches(',').to_owned(),
            );
        }
    }
    Ok(true)
}

/// Rows for products on a sheet; more than a book allows without approval, so that approval can be recorded.
pub(crate) const MOST_PRODUCTS: usize = 10;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn book() -> Book {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/party-2025-qd366");
        let mut files = BTreeMap::new();
        for (prefix, folder) in [("", folder.clone()), ("cases/", folder.join("cases"))] {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.extension().is_some_and(|ending| ending == "toml") {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    files.insert(format!("{prefix}{name}"), std::fs::read_to_string(&path).unwrap());
                }
            }
        }
        rules::load(&files).unwrap()
    }

    /// Scenario 38: five products; everything general is met.
    fn typed(last_weight: &str) -> Fields {
        let book = book();
        let frame = book.points.frame("leader").unwrap();
        let mut fields = Fields::from([("set".to_owned(), "operations".to_owned())]);
        for one in frame.groups.iter().flat_map(|group| &group.criteria) {
            fields.insert(format!("mark-{}", one.id), one.points.to_decimal(1));
        }
        let weights = ["30", "15", "10", "10", last_weight];
        let marks = [
            ["100", "95", "100", "100"],
            ["100", "90", "100", "95"],
            ["100"; 4],
            ["100", "95", "100", "90"],
            ["100", "90", "90", "90"],
        ];
        for (at, (weight, marks)) in (1..).zip(weights.iter().zip(marks)) {
            fields.insert(format!("name-{at}"), format!("SP{at}"));
            fields.insert(format!("weight-{at}"), (*weight).to_owned());
            for (component, mark) in ["a", "b", "c", "d"].iter().zip(marks) {
                fields.insert(format!("{component}-{at}"), mark.to_owned());
            }
            for said in ["done", "time"] {
                fields.insert(format!("{said}-{at}"), "true".to_owned());
            }
            fields.insert(format!("above-{at}"), (at <= 2).to_string());
        }
        fields
    }

    fn score(fields: &Fields, settings: &[(&str, &str)]) -> Score {
        let book = book();
        let settings: Settings = book
            .default_settings()
            .into_iter()
            .chain(settings.iter().map(|(name, word)| ((*name).to_owned(), rules::Value::Choice((*word).to_owned()))))
            .collect();
        let frame = frame_of(&book, "leader", fields).unwrap();
        reckon(&book, frame, &settings, fields).unwrap()
    }

    #[test]
    fn the_typed_sheet_of_a_leader_comes_to_97_6_and_tells_the_rules_what_was_done() {
        let settings = [("points_rounding", "tenth_each"), ("product_percent", "weighted")];
        let score = score(&typed("5"), &settings);
        let total = score.totals.expect("a sheet that stands").total;
        assert_eq!((total.rounded.to_decimal(1), total.exact.to_decimal(3)), ("97.6".to_owned(), "97.475".to_owned()));
        let told = |name: &str| score.facts.get(name).map(rules::Value::write);
        assert_eq!((told("tasks_assigned").as_deref(), told("tasks_exceeded").as_deref()), (Some("5"), Some("2")));
    }

    #[test]
    fn products_that_make_69_are_refused() {
        let score = score(&typed("4"), &[]);
        assert!(score.totals.is_none() && score.findings.iter().any(|finding| finding.code.starts_with("POINT")));
    }

    #[test]
    fn weights_are_moved_by_ten_points_at_most_and_still_make_a_hundred() {
        let moved = |a: &str, b: &str| {
            let weights = [("moved-a", a), ("moved-b", b), ("moved-c", "15"), ("moved-d", "20")];
            let weights = weights.map(|(name, value)| (name.to_owned(), value.to_owned()));
            score(&typed("5").into_iter().chain(weights).collect(), &[("product_percent", "weighted")]).totals
        };
        assert!(moved("25", "40").is_some());
        assert!(moved("26", "39").is_none(), "scenario 39: more than ten points");
        assert!(moved("25", "50").is_none(), "scenario 39: 110 in all");
    }

    #[test]
    fn a_quality_that_is_no_whole_number_is_told_and_not_dropped() {
        let qualities = [("quality-1".to_owned(), "tốt".to_owned()), ("quality-2".to_owned(), "1,5".to_owned())];
        let fields: Fields = typed("5").into_iter().chain(qualities).collect();
        let book = book();
        let frame = frame_of(&book, "leader", &fields).unwrap();
        let faults = reckon(&book, frame, &book.default_settings(), &fields).unwrap_err();
        let told: Vec<(&str, Option<&str>)> =
            faults.iter().map(|one| (one.code.as_str(), one.field.as_deref())).collect();
        assert_eq!(told, [("SCORE-001", Some("quality-1")), ("SCORE-005", Some("quality-2"))]);
    }

    #[test]
    fn what_is_no_number_is_told_at_its_field_and_every_one_of_them() {
        let mut fields = typed("năm");
        fields.insert("mark-study".to_owned(), "?".to_owned());
        let book = book();
        let frame = frame_of(&book, "leader", &fields).unwrap();
        let faults = reckon(&book, frame, &book.default_settings(), &fields).unwrap_err();
        let at: Vec<Option<&str>> = faults.iter().map(|fault| fault.field.as_deref()).collect();
        assert_eq!(at, [Some("mark-study"), Some("weight-5")]);
    }
}
