//! Thang điểm, lịch quý, hệ quả, quy định khác: parts of a book that `guong rulebook show` words already, with anchors
//! and with their sources as links.

use rules::Book;
use rules::book::points::{PointGroup, Points};
use rules::book::{ConsequenceRule, PointFrame, Provision, ResultsMethod, TOPICS};
use rules::verdict::Citation;
use serde::Serialize;

use super::Cited;
use crate::judge::Words;
use crate::rulebooks::document::{aftermath, points};
use crate::rulebooks::{Item, Line};

/// What is shown beside the lines: sources as links, settings with their choices, tables of criteria.
const SHOWN_OTHERWISE: [&str; 5] = ["cite", "surety", "reading", "group", "criterion"];

/// Mục: one thing of the book, with what is said of it.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Its place in the document.
    pub anchor: String,
    /// Code shown to people; may be empty.
    pub code: String,
    /// Name; may be empty.
    pub title: Words,
    /// Kinds of subject it is about; empty when it is about none or all.
    pub about: Vec<Words>,
    /// What is said of it.
    pub lines: Vec<Line>,
    /// Names of the settings that choose the reading.
    pub readings: Vec<String>,
    /// Name of the fact it states; empty when it states none.
    pub fact: String,
    /// Where it stands.
    pub cited: Vec<Cited>,
}

/// Khung điểm.
#[derive(Debug, Clone, Serialize)]
pub struct FrameView {
    /// What is said of it besides its criteria.
    pub entry: EntryView,
    /// General criteria by groups; empty when the texts seen give only their sum.
    pub groups: Vec<CriteriaGroup>,
}

/// Nhóm tiêu chí chung.
#[derive(Debug, Clone, Serialize)]
pub struct CriteriaGroup {
    /// Heading.
    pub title: Words,
    /// Points of the group.
    pub points: Words,
    /// Number as printed, what it asks, points.
    pub criteria: Vec<(String, Words, Words)>,
}

/// Thang điểm: everything the book says about points. Empty where levels are given by grades alone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PointsView {
    /// Frames by kind of subject.
    pub frames: Vec<FrameView>,
    /// Components of a product.
    pub components: Vec<EntryView>,
    /// Ways of rounding.
    pub roundings: Vec<EntryView>,
    /// Means over months.
    pub means: Vec<EntryView>,
    /// Facts that a score states.
    pub feeds: Vec<EntryView>,
}

/// Quy định khác về một việc.
#[derive(Debug, Clone, Serialize)]
pub struct TopicView {
    /// Word of the topic.
    pub topic: String,
    /// What the texts say.
    pub provisions: Vec<EntryView>,
}

impl EntryView {
    fn of<'a>(anchor: &str, item: Item, cited: impl IntoIterator<Item = &'a Citation>) -> Self {
        let lines = item.lines.into_iter().filter(|line| !SHOWN_OTHERWISE.contains(&line.aspect.as_str()));
        Self {
            anchor: format!("{anchor}-{}", item.id),
            code: item.code,
            title: item.title,
            about: item.about,
            lines: lines.collect(),
            readings: Vec::new(),
            fact: String::new(),
            cited: cited.into_iter().map(Cited::from).collect(),
        }
    }
}

pub(super) fn points(book: &Book) -> PointsView {
    let Points { component_sets, roundings, means, feeds, .. } = &book.points;
    let feed = |stated: &(rules::book::points::Feed, String)| {
        let entry = EntryView::of("feed", points::feed(book, stated), []);
        EntryView { fact: stated.1.clone(), ..entry }
    };
    PointsView {
        frames: book.points.frames.iter().map(|one| frame(book, one)).collect(),
        components: component_sets
            .iter()
            .map(|set| EntryView::of("components", points::component_set(set), [&set.citation]))
            .collect(),
        roundings: roundings.iter().map(|one| EntryView::of("rounding", points::rounding(book, one), [])).collect(),
        means: means.iter().map(|mean| EntryView::of("mean", points::mean(mean), [&mean.citation])).collect(),
        feeds: feeds.iter().map(feed).collect(),
    }
}

fn frame(book: &Book, frame: &PointFrame) -> FrameView {
    let mut cited = vec![&frame.citation];
    if let ResultsMethod::Products(rules) = &frame.method
        && rules.citation != frame.citation
    {
        cited.push(&rules.citation);
    }
    let readings = points::settings_of(frame).into_iter().map(str::to_owned).collect();
    FrameView {
        entry: EntryView { readings, ..EntryView::of("frame", points::frame(book, frame), cited) },
        groups: frame.groups.iter().map(group).collect(),
    }
}

fn group(group: &PointGroup) -> CriteriaGroup {
    let criteria = group.criteria.iter();
    CriteriaGroup {
        title: Words::from(&group.title),
        points: points::points(group.points),
        criteria: criteria
            .map(|one| (one.number.clone(), Words::from(&one.title), points::points(one.points)))
            .collect(),
    }
}

pub(super) fn quarter_steps(book: &Book) -> Vec<EntryView> {
    let view = |step| EntryView::of("quarter", aftermath::quarter_step(step), [&step.citation]);
    book.quarter_steps.iter().map(view).collect()
}

/// Each stands under its code.
pub(super) fn consequences(book: &Book) -> Vec<EntryView> {
    let view = |rule: &ConsequenceRule| EntryView {
        anchor: rule.code.clone(),
        readings: rule.not_rated_setting.iter().cloned().collect(),
        ..EntryView::of("", aftermath::consequence(book, rule), [&rule.citation])
    };
    book.consequence_rules.iter().map(view).collect()
}

pub(super) fn history_counts(book: &Book) -> Vec<EntryView> {
    let view = |count: &rules::book::HistoryCount| EntryView {
        fact: count.fact.clone(),
        ..EntryView::of("count", aftermath::history_count(book, count), [&count.citation])
    };
    book.history_counts.iter().map(view).collect()
}

/// By topic, in the order of a review.
pub(super) fn provisions(book: &Book) -> Vec<TopicView> {
    let view = |provision: &Provision| {
        let mut entry = EntryView::of("provision", aftermath::provision(provision), [&provision.citation]);
        entry.lines.retain(|line| line.aspect != "topic");
        entry
    };
    let of = |topic: &str| book.provisions.iter().filter(|one| one.topic == topic).map(view).collect::<Vec<_>>();
    let topics = TOPICS.into_iter().map(|topic| TopicView { topic: topic.to_owned(), provisions: of(topic) });
    topics.filter(|topic| !topic.provisions.is_empty()).collect()
}
